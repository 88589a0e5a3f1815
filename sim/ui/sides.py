"""Which scenarios and strategies stand side by side: what the address says, what the visitor chooses, what is run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from sim.assumptions.errors import ScenarioError
from sim.assumptions.provenance import scenario_fingerprint
from sim.assumptions.scenario import Scenario
from sim.questions.compare.side import Side
from sim.running import Progress, World, run_many
from sim.strategies import SHIPPED, names
from sim.text.phrases import Language, strategy_name
from sim.ui.link import base_of
from sim.ui.visit import Visit

THIS = "this"
"""The scenario of the visit, sliders and all."""

MOST = 4
LETTERS = "ABCD"
KEPT = 48


@dataclass(frozen=True)
class Choice:
    """One side: a scenario's name, or `this`, and a strategy."""

    scenario: str
    strategy: str

    def written(self) -> str:
        """As the address says it."""
        return f"{self.scenario}:{self.strategy}"


def chosen(text: str) -> list[Choice]:
    """The sides that an address names, those that make sense; the three strategies of the visit if there are none."""
    found = []
    for each in text.split(",")[:MOST] if text else ():
        scenario, _, strategy = each.partition(":")
        if strategy in SHIPPED and _is_known(scenario):
            found.append(Choice(scenario, strategy))
    return found if len(found) > 1 else [Choice(THIS, name) for name in names()]


def _is_known(scenario: str) -> bool:
    try:
        return scenario == THIS or bool(base_of(scenario))
    except (KeyError, ScenarioError):
        return False


def assumed(choice: Choice, visit: Visit) -> Scenario:
    """The scenario of a side."""
    return visit.scenario if choice.scenario == THIS else base_of(choice.scenario)[0]


def labels(choices: Sequence[Choice], visit: Visit, language: Language) -> list[str]:
    """What the sides are called: a letter, the strategy, and the scenario where there are several."""
    several = len({choice.scenario for choice in choices}) > 1
    names = [f" · {assumed(choice, visit).name}" if several else "" for choice in choices]
    strategies = [strategy_name(choice.strategy, language) for choice in choices]
    return [f"{letter} {one}{name}" for letter, one, name in zip(LETTERS, strategies, names, strict=False)]


class Kept:
    """The place of one side: empty until it is run."""

    def __init__(self, scenario: Scenario, strategy: str, futures: int) -> None:
        self.scenario, self.strategy, self.futures = scenario, strategy, futures
        self.side: Side | None = None


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _place(fingerprint: str, strategy: str, futures: int, _scenario: Scenario) -> Kept:  # noqa: ARG001 - it names it
    return Kept(_scenario, strategy, futures)


def place(scenario: Scenario, strategy: str, futures: int) -> Kept:
    """Where the side of a scenario under a strategy in so many futures is kept, or will be."""
    return _place(scenario_fingerprint(scenario), strategy, futures, scenario)


def fill(places: Sequence[Kept], progress: Progress) -> None:
    """Run the sides that are missing, all together; an attempt that is given up leaves them as they were."""
    missing = list(dict.fromkeys(each for each in places if each.side is None))
    worlds = [World(each.scenario, each.strategy, seed) for each in missing for seed in range(1, each.futures + 1)]
    runs = iter(run_many(worlds, progress=progress))
    for each in missing:
        each.side = Side.of([next(runs) for _ in range(each.futures)])
