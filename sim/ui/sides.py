"""Which scenarios and strategies stand side by side: what the address says, what the visitor chooses, what is run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from sim.assumptions.errors import ScenarioError
from sim.assumptions.provenance import scenario_fingerprint
from sim.assumptions.scenario import Scenario
from sim.questions.compare.side import Side
from sim.results.result import Result
from sim.running import Progress, World, run_many
from sim.strategies import SHIPPED, names
from sim.text.phrases import Language, strategy_name
from sim.ui import bounds
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
    """Run the sides that are missing, all together; an attempt that is given up leaves them as they were.

    Large ones are run one after the other, in as many portions as memory asks for.
    """
    missing = list(dict.fromkeys(each for each in places if each.side is None))
    runs = sum(each.futures for each in missing)
    if all(bounds.most_at_once(each.scenario, runs) == runs for each in missing):
        _fill_together(missing, progress)
        return
    days = [each.scenario.clock.total_days * each.futures for each in missing]
    for n, each in enumerate(missing):
        before = sum(days[:n])
        each.side = Side.of(list(_in_portions(each, _later(progress, before, sum(days)))))


def _fill_together(missing: Sequence[Kept], progress: Progress) -> None:
    worlds = [World(each.scenario, each.strategy, seed) for each in missing for seed in range(1, each.futures + 1)]
    runs = iter(run_many(worlds, progress=progress))
    for each in missing:
        each.side = Side.of([next(runs) for _ in range(each.futures)])


def _in_portions(place: Kept, progress: Progress) -> Iterator[Result]:
    """The runs of one side, as many side by side as memory allows."""
    worlds = [World(place.scenario, place.strategy, seed) for seed in range(1, place.futures + 1)]
    size, a_run = bounds.most_at_once(place.scenario, len(worlds)), place.scenario.clock.total_days
    for start in range(0, len(worlds), size):
        some = worlds[start : start + size]
        with bounds.room_for(place.scenario, len(some)):
            yield from run_many(some, progress=_later(progress, start * a_run, len(worlds) * a_run))


def _later(progress: Progress, before: int, in_all: int) -> Progress:
    """Progress of a part as progress of the whole, so many days of which were lived before."""
    return lambda done, _total: progress(before + done, in_all)
