"""A design: which runs a batch makes. Scenarios x points x strategies x seeds, read strictly from a YAML file.

```yaml
scenarios: [baseline, car]          # shipped ones, or files beside the design
strategies: [public_only, hybrid]   # the three main ones, if not given
seeds: 40                           # 1 to 40; or 101..140, or a list
changes:                            # laid over every scenario
  clock.days: 180
grid:                               # every combination
  public.start_click_price_cny: [2, 4, 6]
latin_hypercube:
  points: 50
  vary:
    brand.touches_per_month: 1..12
list:                               # chosen combinations
  - {door.self_selection_share: 0.0, brand.gift_cny: 0.0}
```

Grid, Latin hypercube and list are crossed with one another where more than one is given. The order of runs never
changes: scenarios, then points, then strategies, then seeds.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from sim.assumptions.errors import MOST_TOLD, ScenarioError, number, shown
from sim.assumptions.loading import is_file, load, shipped
from sim.assumptions.overrides import Change
from sim.assumptions.provenance import scenario_fingerprint
from sim.assumptions.scenario import Scenario
from sim.assumptions.seeds import MOST as MOST_SEEDS
from sim.assumptions.seeds import SeedError, futures_of, is_whole
from sim.batches.points import Point, count_of_points, points_of
from sim.batches.reading import Reading, opened
from sim.strategies import SHIPPED, find, names

KEYS = ("name", "question", "scenarios", "strategies", "seeds", "changes", "grid", "latin_hypercube", "list", "daily")
MOST_RUNS = 1_000_000


Announce = Callable[[str], None]
"""Told in a sentence that code of the design's own is about to run: a strategy in a file or a module."""


class Run(NamedTuple):
    """One run of a batch: a scenario with changes laid over it, a strategy and a seed."""

    run_id: int
    scenario: Scenario
    changes: tuple[tuple[str, Any], ...]
    strategy: str
    seed: int

    def assumed(self) -> Scenario:
        """The scenario with the run's changes in it."""
        return load(self.scenario, dict(self.changes)) if self.changes else self.scenario


@dataclass(frozen=True)
class Design:
    """Which runs a batch makes, in an order that never changes; ``design[n]`` is run n, counted from 0."""

    name: str
    question: str
    scenarios: tuple[Scenario, ...]
    strategies: tuple[str, ...]
    seeds: tuple[int, ...]
    points: tuple[Point, ...]
    daily: bool
    text: str = field(compare=False)

    def __len__(self) -> int:
        return len(self.scenarios) * len(self.points) * len(self.strategies) * len(self.seeds)

    def __getitem__(self, run_id: int) -> Run:
        if not 0 <= run_id < len(self):
            raise IndexError(f"there is no run {run_id}; runs are numbered from 0 to {len(self) - 1}")
        rest, seed = divmod(run_id, len(self.seeds))
        rest, strategy = divmod(rest, len(self.strategies))
        scenario, point = divmod(rest, len(self.points))
        changes = tuple((each.key, each.value) for each in self.points[point])
        return Run(run_id, self.scenarios[scenario], changes, self.strategies[strategy], self.seeds[seed])

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The full keys of the parameters that vary, in the order in which the design names them."""
        return tuple(dict.fromkeys(each.key for point in self.points for each in point))

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of everything that decides the runs, strategies of one's own by their source file; comments,
        the design's name and the question have no say."""
        points = [[(each.key, each.value) for each in point] for point in self.points]
        assumed = [(each.name, scenario_fingerprint(each)) for each in self.scenarios]
        strategies = [(name, _source(name)) for name in self.strategies]
        content = json.dumps([assumed, points, strategies, self.seeds, self.daily], separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()


def _source(strategy: str) -> str:
    """The SHA-256 of the file in which a strategy of one's own stands; empty for a shipped one."""
    where = strategy.rpartition(":")[0]
    if not where:
        return ""
    spec = None if where.endswith(".py") else find_spec(where)
    file = Path((spec and spec.origin) or where)
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def read_design(
    source: str | os.PathLike[str] | Mapping[str, Any] | Design, *, announce: Announce | None = None
) -> Design:
    """The design in a file, or in a mapping of the same keys.

    Raises:
        ScenarioError: with one sentence for every mistake in the design, in its scenarios and in its values.
    """
    if isinstance(source, Design):
        return source
    page, folder = opened(source)
    page.only(KEYS, ())
    design = Design(
        name=page.name("name"),
        question=page.word("question", ""),
        scenarios=_scenarios(page, folder),
        strategies=_strategies(page, announce),
        seeds=_seeds(page),
        points=points_of(page),
        daily=page.switch("daily"),
        text=page.text,
    )
    _check_size(page, design)
    mistakes = list(dict.fromkeys(page.mistakes)) or _mistakes_of_points(design)
    if mistakes:
        raise ScenarioError(mistakes[:MOST_TOLD])
    return design


def _scenarios(page: Reading, folder: Path) -> tuple[Scenario, ...]:
    """The scenarios that a design names, with what is changed in all of them."""
    given = page.values.get("scenarios")
    named = given if isinstance(given, tuple) else () if given is None else (given,)
    found = [each for n, name in enumerate(named) for each in _scenario(page, folder, name, n)]
    if not named:
        page.mistake(("scenarios",), "scenarios is missing; write `scenarios: [baseline]` or name your own files")
    calls = [each.name for each in found]
    twice = next((name for n, name in enumerate(calls) if name in calls[:n]), None)
    if twice:
        sentence = f"two scenarios are called {twice}; give one of them another `name:`, or take it out"
        page.mistake(("scenarios",), sentence)
    return tuple(found)


def _scenario(page: Reading, folder: Path, name: Any, n: int) -> Iterator[Scenario]:
    if not isinstance(name, str) or not name:
        page.mistake(("scenarios", n), "scenarios must name files or shipped scenarios, such as [baseline, my.yaml]")
        return
    beside = name not in shipped() and is_file(folder / name)
    try:
        yield load(folder / name if beside else name, _changes(page))
    except ScenarioError as error:
        page.mistakes.extend(sentence for sentence in error.mistakes if sentence not in page.mistakes)


def _changes(page: Reading) -> list[Change]:
    """What the design changes in every scenario."""
    return [Change(key, value, page.place("changes", key)) for key, value in page.group("changes").items()]


def _strategies(page: Reading, announce: Announce | None) -> tuple[str, ...]:
    given = page.values.get("strategies")
    chosen = names() if given is None else given if isinstance(given, tuple) else (given,)
    for n, name in enumerate(chosen):
        _check_strategy(page, name, n, announce)
    named = [name for name in chosen if isinstance(name, str)]
    if not chosen or len(set(named)) < len(named):
        page.mistake(("strategies",), "strategies must name one strategy or more, each once; or leave it out for all")
    return tuple(named)


def _check_strategy(page: Reading, name: Any, n: int, announce: Announce | None) -> None:
    if not isinstance(name, str):
        what = "strategies must be names, such as [public_only, hybrid], or FILE.py:Class for one of your own"
        page.mistake(("strategies", n), what)
    elif ":" not in name and name not in SHIPPED:
        page.unknown(("strategies", n), f"there is no strategy {shown(name)}", name, SHIPPED)
    else:
        if ":" in name and announce:
            where = shown(name.rpartition(":")[0], 4096)
            announce(f"{page.place('strategies', n)}: the code in {where} is run now")
        try:
            find(name)
        except KeyError as error:
            page.mistake(("strategies", n), shown(str(error.args[0]), 300))


def _seeds(page: Reading) -> tuple[int, ...]:
    given = page.values.get("seeds", 1)
    between = page.range_of(given, whole=True)
    if between is not None and between[0] <= between[1] < between[0] + MOST_SEEDS:
        seeds: Any = range(int(between[0]), int(between[1]) + 1)
    else:
        seeds = given if isinstance(given, tuple) or is_whole(given) else ()
    try:
        return futures_of(seeds)
    except SeedError:
        what = f"seeds must be a number from 1 to {number(MOST_SEEDS)}, a range or a list of different whole numbers"
        page.mistake(("seeds",), f"{what}; write `seeds: 40`, `seeds: 101..140` or `seeds: [7, 8]`")
        return (1,)


def _check_size(page: Reading, design: Design) -> None:
    """Refuse a design of more runs than anybody means."""
    others = len(design.scenarios) * len(design.strategies) * len(design.seeds)
    runs = count_of_points(page) * others
    if runs > MOST_RUNS:
        what = f"the design asks for {number(runs)} runs, but one batch makes at most {number(MOST_RUNS)}"
        page.mistake((), f"{what}; vary less, or split it into several designs")


def _mistakes_of_points(design: Design) -> list[str]:
    """What is wrong with the values that vary, each mistake once, with the line on which the value stands."""
    found: dict[str, str] = {}
    for scenario in design.scenarios:
        for point in design.points:
            try:
                load(scenario, point)
            except ScenarioError as error:
                found |= {sentence.partition(", but ")[0]: sentence for sentence in error.mistakes}
            if len(found) >= MOST_TOLD:
                return list(found.values())
    return list(found.values())
