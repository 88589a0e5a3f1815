"""One side of a comparison across scenarios: a scenario under a strategy in some futures, reduced to what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import Scenario
from sim.inference.bootstrap import FLOAT
from sim.inference.paired_differences import PairedDifference, PairedDifferences, differences
from sim.kernel.ledger import ACCOUNTS, COHORT_FIELD, HORIZONS, KINDS, MICRO
from sim.results.metrics import METRICS
from sim.results.metrics.periods import NEW, cohort_weeks, watched
from sim.results.result import Result

LEFT = ("left", "removed", "banned")
"""Counts of members who are lost, by their own will or not."""

LEVELS = ("active", "muted", "silent")


@dataclass(frozen=True, eq=False)
class Side:
    """Runs of one scenario under one strategy, a future (seed) each.

    ``parts`` (futures x metrics x 4) are what metrics divide; ``accounts`` (futures x ledger.ACCOUNTS) is yuan over the
    watched days; by watched day, a future on average: ``people`` (active, muted, silent members, and how many were lost
    so far) and ``click_price_cny`` (with the futures' 5 and 95 % quantiles); ``cohorts`` (weeks x ledger.HORIZONS) is
    contribution per new customer in yuan, NaN where nobody came or a horizon was not watched to its end.
    """

    scenario: Scenario
    strategy: str
    seeds: tuple[int, ...]
    parts: FLOAT
    accounts: FLOAT
    people: dict[str, FLOAT]
    click_price_cny: FLOAT
    cohorts: FLOAT

    @classmethod
    def of(cls, runs: Sequence[Result]) -> Side:
        """The side that these runs make; raises ValueError if they are none, or of several scenarios or strategies."""
        if not runs or any((run.scenario, run.strategy) != (runs[0].scenario, runs[0].strategy) for run in runs):
            raise ValueError("a side needs runs of one scenario under one strategy")
        days = watched(runs[0])
        prices = np.stack([run.count("click_price")[days] for run in runs]) / MICRO
        return cls(
            runs[0].scenario, runs[0].strategy, tuple(run.seed for run in runs),
            np.array([[metric.parts(run) for metric in METRICS.values()] for run in runs], np.float64),
            np.stack([run.money[days].sum(axis=0) for run in runs]) / MICRO,
            _people(runs, days), np.quantile(prices, (0.05, 0.5, 0.95), axis=0), _cohorts(runs),
        )

    def account(self, name: str) -> float:
        """What a ledger account came to, in yuan, a future on average."""
        return float(self.accounts[:, ACCOUNTS.index(name)].mean())

    def values(self) -> dict[str, PairedDifference]:
        """Every metric with its interval."""
        return _by_metric(differences("roi", self.parts))

    def less(self, other: Side) -> dict[str, PairedDifference]:
        """This side less another on every metric, paired by future under common luck; exactly 0 against itself.

        Raises ValueError unless both were lived in the same futures.
        """
        return _by_metric(self._differences(other))

    def gaps(self, other: Side, metric: str) -> tuple[float, ...]:
        """This side less another on a metric, future by future; NaN where undefined."""
        return tuple(self._differences(other).singles[:, list(METRICS).index(metric)].tolist())

    def _differences(self, other: Side) -> PairedDifferences:
        if self.seeds != other.seeds:
            raise ValueError("both sides must be lived in the same futures")
        return differences("roi", self.parts, other.parts)


def _by_metric(every: PairedDifferences) -> dict[str, PairedDifference]:
    found = {}
    for n, metric in enumerate(METRICS.values()):
        gap = replace(every, better=metric.better).gap(n)
        found[metric.name] = replace(gap, wins_share=None) if metric.better == "neither" else gap
    return found


def _people(runs: Sequence[Result], days: slice) -> dict[str, FLOAT]:
    people = {name: np.mean([run.count(name)[days] for run in runs], axis=0) for name in LEVELS}
    lost = np.sum([run.count(name)[days] for run in runs for name in LEFT], axis=0) / len(runs)
    return people | {"left": np.cumsum(lost)}


def _cohorts(runs: Sequence[Result]) -> FLOAT:
    """Contribution per new customer of each week's cohort after each horizon, summed over runs before it is divided."""
    kinds = [KINDS.index(kind) for kind in NEW]
    table: NDArray[np.int64] = sum(run.cohorts[:, kinds].sum(axis=1) for run in runs)
    customers = table[:, COHORT_FIELD["customers"]].astype(np.float64)
    weeks = cohort_weeks(runs[0], min(HORIZONS))
    found = np.full((weeks.stop - weeks.start, len(HORIZONS)), np.nan)
    for column, horizon in enumerate(HORIZONS):
        seen = cohort_weeks(runs[0], horizon)
        count = customers[seen]
        earned = table[seen, COHORT_FIELD[f"contribution_{horizon}"]] / MICRO
        with np.errstate(divide="ignore", invalid="ignore"):
            found[: seen.stop - seen.start, column] = np.where(count > 0, earned / count, np.nan)
    return found
