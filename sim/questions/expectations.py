"""Whether a scenario does what it says: each expectation is held against many futures, and against its own opposite.

An expectation holds if the 95 % interval of the paired difference lies wholly on the expected side (contains 0 for
"same"); and it must not hold in the world in which its mechanism is gone, or it would tell nothing about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.assumptions.loading import load
from sim.assumptions.scenario import Expectation, Scenario
from sim.assumptions.seeds import futures_of
from sim.inference.bootstrap import interval, resampled
from sim.results.metrics import METRICS
from sim.results.result import Result
from sim.running import World, run_many


@dataclass(frozen=True)
class Finding:
    """A paired difference of a metric over futures, with its 95 % interval; ``holds`` is whether it is as expected."""

    mean: float
    low: float
    high: float
    holds: bool


@dataclass(frozen=True)
class Outcome:
    """An expectation as it came out: in the scenario, and without the mechanism that it is about."""

    expectation: Expectation
    found: Finding
    without: Finding

    @property
    def confirmed(self) -> bool:
        """It holds, and it would not without its mechanism."""
        return self.found.holds and not self.without.holds


def check_expectations(scenario: Scenario, seeds: Sequence[int] | int = 20) -> list[Outcome]:
    """Live every expectation of a scenario. Raises KeyError for an unknown strategy or metric, ScenarioError for a
    change that cannot be made."""
    futures = futures_of(seeds)
    sides = [_sides(scenario, each) for each in scenario.expect]
    once = list(dict.fromkeys(side for four in sides for side in four))
    runs = run_many([World(world, strategy, seed) for world, strategy in once for seed in futures])
    lived = {side: runs[n * len(futures) : (n + 1) * len(futures)] for n, side in enumerate(once)}
    return [
        Outcome(each, _finding(each, lived[a], lived[b]), _finding(each, lived[c], lived[d]))
        for each, (a, b, c, d) in zip(scenario.expect, sides, strict=True)
    ]


def _sides(scenario: Scenario, expectation: Expectation) -> list[tuple[Scenario, str]]:
    """The two worlds that are compared, and the same two without the mechanism."""
    changes = [change for change in expectation.than if not change.startswith("strategy=")]
    named = [change.partition("=")[2] for change in expectation.than if change not in changes]
    other = named[0] if named else expectation.strategy
    return [
        side
        for unless in ([], list(expectation.unless))
        for side in (
            (load(scenario, unless), expectation.strategy), (load(scenario, [*unless, *changes]), other),
        )
    ]


def _finding(expectation: Expectation, here: list[Result], there: list[Result]) -> Finding:
    metric = METRICS[expectation.metric]
    parts = np.array([[metric.parts(a), metric.parts(b)] for a, b in zip(here, there, strict=True)], np.float64)
    values = resampled(parts)
    low, high = interval(values[:, 0] - values[:, 1], len(here))
    mean = float(np.nanmean(values[:, 0] - values[:, 1]))
    if low is None or high is None:
        return Finding(mean, mean, mean, holds=False)
    holds = {"higher": low > 0, "lower": high < 0, "same": low <= 0 <= high}[expectation.direction]
    return Finding(mean, low, high, holds)
