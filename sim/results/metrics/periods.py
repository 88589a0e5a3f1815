"""Which days and which cohorts a metric looks at. Warm-up days are lived, and enter no metric."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import Clock
from sim.kernel.ledger import COHORT_FIELD, KINDS
from sim.results.result import Result

NEW = ("outside", "joined")
"""Kinds of customers who came during the run, in or out of the pool."""

FIRST_ORDERS = ("orders_first_paid", "orders_first_free", "orders_first_referred")
"""Counts that together are the day's new customers."""


def counted(result: Result) -> slice:
    """The days that are lived and counted, with new acquisition."""
    clock = result.scenario.clock
    return slice(clock.warm_up_days, clock.warm_up_days + clock.days)


def watched(result: Result) -> slice:
    """The counted days and the run-out: the days on which the verdict stands."""
    return slice(result.scenario.clock.warm_up_days, None)


def run_out(result: Result) -> slice:
    """The days after the counted ones, without new acquisition."""
    return slice(counted(result).stop, None)


def phase(clock: Clock, day: int) -> str:
    """Whether a day, counted from the first day lived, is warm_up, counted or run_out."""
    if day < clock.warm_up_days:
        return "warm_up"
    return "counted" if day < clock.warm_up_days + clock.days else "run_out"


def summed(series: NDArray[np.int64], days: slice) -> int:
    """The exact sum of a daily series over some days."""
    return int(series[days].sum())


def first_orders(result: Result) -> int:
    """First orders of the counted days, whoever brought them."""
    return sum(summed(result.count(name), counted(result)) for name in FIRST_ORDERS)


def cumulative_cash(result: Result) -> NDArray[np.int64]:
    """Contribution less marketing since the first counted day, at each day's end, run-out included; micro-yuan."""
    return np.cumsum((result.contribution - result.marketing)[watched(result)])


def cohort_weeks(result: Result, horizon_days: int) -> slice:
    """Weekly cohorts that began on a counted day and whose last customers were watched for the whole horizon.

    Week ``w`` took in customers from day ``7 w`` to ``7 w + 6``. A horizon of 30 days is the day of the first order and
    the 29 that follow, so that day ``7 w + 6 + 29`` must have been lived.
    """
    days = counted(result)
    first = -(-days.start // 7)
    began = -(-days.stop // 7)
    observed = max(0, (len(result.money) - horizon_days + 1) // 7)
    return slice(first, max(first, min(began, observed)))


def cohorts_summed(result: Result, field: str, kinds: Sequence[str], horizon_days: int) -> int:
    """One field of the cohorts, summed over kinds and over the weeks that had the whole horizon."""
    columns = [KINDS.index(kind) for kind in kinds]
    return int(result.cohorts[cohort_weeks(result, horizon_days)][:, columns, COHORT_FIELD[field]].sum())
