"""Books small enough to add up by hand, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.assumptions.scenario import Clock, Scenario
from sim.kernel.ledger import ACCOUNT, COHORT_FIELD, COUNT, KINDS, MICRO, Ledger
from sim.results.result import Result

Week = tuple[int, str]


def scenario(days: int, *, warm_up_days: int = 0, run_out_days: int = 0, name: str = "tiny") -> Scenario:
    """The defaults with a short clock."""
    return Scenario(name=name, clock=Clock(days=days, warm_up_days=warm_up_days, run_out_days=run_out_days))


def run(
    given: Scenario,
    *,
    yuan: Mapping[str, Sequence[float]] | None = None,
    counts: Mapping[str, Sequence[int]] | None = None,
    cohorts: Mapping[Week, Mapping[str, int]] | None = None,
    buyers: Mapping[int, int] | None = None,
    strategy: str = "hybrid",
    seed: int = 1,
) -> Result:
    """One run from accounts in yuan by day, counts by day, cohort fields by (week, kind), money in micro-yuan, and a year's
    active buyers by its last day."""
    books = Ledger(1, given.clock.total_days)
    for account, amounts in (yuan or {}).items():
        books.money[0, :, ACCOUNT[account]] = np.round(np.array(amounts) * MICRO).astype(np.int64)
    for name, numbers in (counts or {}).items():
        books.counts[0, :, COUNT[name]] = numbers
    for (week, kind), fields in (cohorts or {}).items():
        for field, value in fields.items():
            books.cohorts[0, week, KINDS.index(kind), COHORT_FIELD[field]] = value
    for day, number in (buyers or {}).items():
        books.buyers[0, day] = number
    return Result(given, strategy, seed, books.money[0], books.counts[0], books.cohorts[0], books.buyers[0])


def earning(strategy: str, seed: int, revenue: float, ads: float = 100.0, given: Scenario | None = None) -> Result:
    """One day on which paid first orders earn ``revenue`` yuan for ``ads`` yuan of clicks, at no other cost."""
    accounts = {"first_paid": [revenue], "ads_new": [ads]}
    return run(given or scenario(1), yuan=accounts, strategy=strategy, seed=seed)
