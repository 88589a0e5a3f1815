"""Possible worlds are lived: each in one future under every strategy, in portions, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import Scenario
from sim.inference.bootstrap import FLOAT, divided
from sim.inference.replications import Replications, live_each
from sim.questions.decide.draws import Draws
from sim.results.metrics import METRICS, Metric
from sim.running import Progress, World

FIRST = 64
"""Worlds that are lived before anything is said; then twice as many, and so on."""
ANOTHER_FUTURE = 2**32
"""What is added to a draw's seed for its second future."""


@dataclass(frozen=True, eq=False)
class Lives:
    """Worlds of some draws that were lived: which draws, and the parts of every metric [world, strategy, metric, 4]."""

    draws: NDArray[np.int64]
    parts: NDArray[np.int64]

    def values(self, metric: int = 0) -> FLOAT:
        """A metric in every world under every strategy [world, strategy], NaN where undefined."""
        return divided(self.parts[:, :, metric].astype(np.float64))

    def part(self, which: NDArray[np.bool_]) -> Lives:
        """Some of the worlds."""
        return Lives(self.draws[which], self.parts[which])


class Living:
    """Lives the worlds of draws; remembers how many runs were promised, for progress, and how many were done."""

    def __init__(
        self,
        scenario: Scenario,
        strategies: Sequence[str],
        metrics: Sequence[str],
        *,
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.scenario, self.strategies = scenario, tuple(strategies)
        self.metrics: tuple[Metric, ...] = tuple(METRICS[name] for name in metrics)
        self.runs = self.promised = 0
        self._workers, self._progress = workers, progress

    def live(self, draws: Draws, first: int, last: int, *, again: bool = False) -> Lives:
        """Draws from ``first`` on, up to before ``last``; those that no firm can have are left out.

        The draw numbered n, from 0, lives the future of seed n + 1, or where it is lived ``again`` another one.
        """
        worlds = [(n, draws.world(self.scenario, n)) for n in range(first, last)]
        held = [(n, world) for n, world in worlds if world is not None]
        seeds = [n + 1 + ANOTHER_FUTURE * again for n, _ in held]
        runs = [
            World(world, name, seed) for (_, world), seed in zip(held, seeds, strict=True) for name in self.strategies
        ]
        parts = live_each(runs, self.metrics, workers=self._workers, progress=self.further(len(runs)))
        self.runs += len(runs)
        shape = (len(held), len(self.strategies), len(self.metrics), 4)
        return Lives(np.array([n for n, _ in held], np.int64), parts.reshape(shape))

    def replications(self, seeds: int) -> Replications:
        """Cases in the same futures, for what is confirmed and not drawn."""
        return Replications(self.metrics[:1], seeds, workers=self._workers, progress=self._told)

    def further(self, runs: int) -> Progress | None:
        """Progress of the next runs as progress of all that were promised."""
        if self._progress is None:
            return None
        tell, before = self._progress, self.runs

        def told(done: int, total: int) -> None:
            days = total / max(runs, 1)
            tell(round(days * before) + done, round(days * max(self.promised, before + runs)))

        return told

    def _told(self, done: int, total: int) -> None:
        """Progress of replications, whose number is not known beforehand: the bar stands near its end meanwhile."""
        if self._progress is not None:
            days = self.scenario.clock.total_days
            self._progress(days * self.runs + done, max(days * self.promised, days * self.runs + total))


def joined(parts: Sequence[Lives]) -> Lives:
    """Worlds of several portions."""
    return Lives(np.concatenate([each.draws for each in parts]), np.concatenate([each.parts for each in parts]))
