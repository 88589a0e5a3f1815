"""Many cases in the same futures: lived in portions, kept as the few whole numbers that metrics need, none twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import Scenario
from sim.assumptions.seeds import futures_of
from sim.inference.bootstrap import FLOAT
from sim.inference.paired_differences import PairedDifferences, differences
from sim.results.metrics import METRICS, Metric
from sim.running import Progress, World, run_many
from sim.strategies import find

WORLDS_AT_ONCE = 192
"""Worlds whose books are in memory together: some 60 MB of two years each."""

Announce = Callable[[int], None]
"""Told, before anything is lived, how many runs there will be at most."""


class Case(NamedTuple):
    """One scenario under one strategy, to be lived in every future."""

    scenario: Scenario
    strategy: str


class Replications:
    """Lives cases in the same futures (seeds). A case that was lived is remembered, so that asking again costs nothing.

    What was promised beforehand bounds the bar of progress; ``runs`` counts those really done.
    """

    def __init__(
        self,
        metrics: Sequence[Metric],
        seeds: int | Sequence[int],
        *,
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.metrics, self.seeds = tuple(metrics), futures_of(seeds)
        self._tally = [0]
        self._most_runs = 0
        self._workers, self._progress = workers, progress
        self._lived: dict[Case, NDArray[np.int64]] = {}

    @property
    def runs(self) -> int:
        """Runs done so far, those of sequels included."""
        return self._tally[0]

    def promise(self, cases: int, announce: Announce | None) -> None:
        """Say how many runs so many more cases will take at most."""
        self._most_runs = self.runs + cases * len(self.seeds)
        if announce:
            announce(cases * len(self.seeds))

    def live(self, cases: Iterable[Case]) -> NDArray[np.int64]:
        """The parts of every metric: futures x cases x metrics x 4."""
        cases = list(cases)
        missing = iter([case for case in dict.fromkeys(cases) if case not in self._lived])
        while portion := list(islice(missing, max(1, WORLDS_AT_ONCE // len(self.seeds)))):
            self._live(portion)
        return np.stack([self._lived[case] for case in cases], axis=1)

    def differences(
        self, scenarios: Sequence[Scenario], strategies: Sequence[str], metric: int = 0
    ) -> PairedDifferences:
        """The gap between two strategies, or the value of one, on a metric in each of some scenarios."""
        cases = [Case(scenario, strategy) for strategy in strategies for scenario in scenarios]
        parts = self.live(cases)[:, :, metric].astype(np.float64)
        halves: list[FLOAT] = np.split(parts, len(strategies), axis=1)
        return differences(self.metrics[metric].name, halves[0], halves[1] if len(halves) > 1 else None)

    def sequel(self, seeds: Sequence[int]) -> Replications:
        """Replications of the same metrics in other futures, whose runs count among those promised here."""
        after = Replications(self.metrics, seeds, workers=self._workers, progress=self._progress)
        after._tally, after._most_runs = self._tally, self._most_runs
        return after

    def _live(self, cases: list[Case]) -> None:
        worlds = [World(case.scenario, case.strategy, seed) for case in cases for seed in self.seeds]
        for n, result in enumerate(run_many(worlds, threads=self._workers, progress=self._further(len(worlds)))):
            case, future = cases[n // len(self.seeds)], n % len(self.seeds)
            table = self._lived.setdefault(case, np.zeros((len(self.seeds), len(self.metrics), 4), np.int64))
            table[future] = [metric.parts(result) for metric in self.metrics]
        self._tally[0] += len(worlds)

    def _further(self, worlds: int) -> Progress | None:
        """Progress of a portion as progress of the whole: days lived of all days promised."""
        if self._progress is None:
            return None
        tell, before, most = self._progress, self.runs, max(self._most_runs, self.runs + worlds)

        def told(done: int, total: int) -> None:
            days = total / worlds
            tell(round(before * days) + done, round(most * days))

        return told


def pair(strategies: str | Sequence[str], at_least: int = 2) -> tuple[str, ...]:
    """Two strategies (or one, where ``at_least`` says so); raises KeyError for one that does not exist."""
    chosen = (strategies,) if isinstance(strategies, str) else tuple(strategies)
    if not at_least <= len(chosen) <= 2 or len(set(chosen)) < len(chosen):
        named = f"; strategies is {', '.join(map(repr, chosen)) or 'empty'}" if len(chosen) < at_least else ""
        raise ValueError("name two different strategies" + (", or one" if at_least == 1 else "") + named)
    for each in chosen:
        find(each)
    return chosen


def yardstick(metric: str) -> Metric:
    """The metric of that name; raises KeyError with a sentence for any other."""
    if metric not in METRICS:
        raise KeyError(f"there is no metric {metric!r}; choose from {', '.join(METRICS)}")
    return METRICS[metric]


def live_each(
    worlds: Sequence[World], metrics: Sequence[Metric], *, workers: int | None = None, progress: Progress | None = None
) -> NDArray[np.int64]:
    """The parts of every metric of each world, however many there are: worlds x metrics x 4."""
    table = np.zeros((len(worlds), len(metrics), 4), np.int64)
    for first in range(0, len(worlds), WORLDS_AT_ONCE):
        portion = worlds[first : first + WORLDS_AT_ONCE]
        lived = run_many(portion, threads=workers, progress=_after(progress, first, len(portion), len(worlds)))
        table[first : first + len(portion)] = [[metric.parts(result) for metric in metrics] for result in lived]
    return table


def _after(progress: Progress | None, before: int, now: int, most: int) -> Progress | None:
    """Progress of some worlds, of which so many were lived before, as progress of all."""
    if progress is None:
        return None

    def told(done: int, total: int) -> None:
        progress(round(total / now * before) + done, round(total / now * most))

    return told
