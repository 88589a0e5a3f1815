"""An engine that lives a formula: experiments can be checked against what the formula must give."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from tiny_books import earning

import sim
from sim.assumptions.scenario import Scenario
from sim.inference import replications

Formula = Callable[[Scenario, str, int], float]
"""Net profit in yuan of a scenario under a strategy with a seed."""

DAY = {"clock.days": 1, "clock.run_out_days": 0}


def one_day(**more) -> Scenario:
    """The baseline, one day long."""
    return sim.load("baseline", {**DAY, **more})


def noise(*words: object) -> float:
    """A standard normal number, the same for the same words."""
    return float(np.random.Generator(np.random.Philox(abs(hash(words)) % 2**63)).normal())


def price(scenario: Scenario) -> float:
    """The parameter that most tests vary."""
    return scenario.public.start_click_price_cny


def live_by(monkeypatch, formula: Formula, ads: float = 100.0) -> list:
    """Let every experiment live by the formula; the list holds all worlds lived."""
    lived: list = []

    def run_many(worlds, *, progress=None, **_how):
        lived.extend(worlds)
        if progress:
            progress(len(worlds), len(worlds))
        return [earning(w.strategy, w.seed, ads + formula(w.scenario, w.strategy, w.seed), ads, w.scenario) for w in worlds]

    monkeypatch.setattr(replications, "run_many", run_many)
    return lived
