"""How well a fitted process foretells what it has not seen: tracking by week, and later orders by earlier ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.calibration.histories import DAYS_IN, Customers, Floats
from sim.calibration.read.orders import Orders

MOST_SHOWN = 7
"""Customers with so many repeat orders or more share one point of the picture of conditional expectations."""


@dataclass(frozen=True)
class Period:
    """The calibration period and what follows it: days since 1970, and the unit in which time is told."""

    first_day: int
    last_day: int
    log_ends: int
    unit: str

    @property
    def week_ends(self) -> NDArray[np.int64]:
        """The last day of every whole week, counted from the log's first day."""
        weeks = (self.log_ends + 1 - self.first_day) // 7
        return self.first_day + 7 * np.arange(1, weeks + 1) - 1

    @property
    def held_out(self) -> NDArray[np.bool_]:
        """Which of these weeks end after the calibration period."""
        return self.week_ends > self.last_day

    @property
    def later_time(self) -> float:
        """The time held out, in the unit."""
        return (self.log_ends - self.last_day) / DAYS_IN[self.unit]


def actual_repeats(orders: Orders, customers: Customers, days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Cumulative repeat orders of these customers at the end of each of the days."""
    known = np.zeros(int(orders.customer.max()) + 1, np.bool_)
    known[customers.number] = True
    first = np.zeros(orders.customer.size, np.bool_)
    first[np.flatnonzero(np.diff(orders.customer, prepend=-1))] = True
    repeats = np.sort(orders.day[known[orders.customer] & ~first])
    return np.searchsorted(repeats, days, side="right")


def tracking(
    expected: Callable[[NDArray[np.float64]], Floats], customers: Customers, days: NDArray[np.int64], unit: str
) -> Floats:
    """Expected cumulative repeat orders of these customers at the end of each of the days.

    ``expected`` gives a new customer's expected repeats within a time; each customer's time runs from the first order.
    """
    starts, people = np.unique(customers.first_day, return_counts=True)
    longest = max(int(days.max() - starts.min()), 0) if days.size else 0
    curve = expected(np.arange(longest + 1) / DAYS_IN[unit])
    lags = days[:, None] - starts[None, :]
    return np.where(lags > 0, curve[np.maximum(lags, 0)], 0.0) @ people


def mean_error(actual: NDArray[np.int64], expected: Floats) -> float | None:
    """Mean absolute error of cumulative repeats over what they were (0.013 is 1.3 %), or None without any."""
    return float(np.mean(np.abs(expected - actual) / actual)) if actual.size and actual.min() > 0 else None


@dataclass(frozen=True)
class Later:
    """Mean later orders of customers by their repeat orders so far: 0, 1 ... and 7 or more."""

    repeats: NDArray[np.int64]
    people: NDArray[np.int64]
    actual: Floats
    expected: dict[str, Floats]


def later_orders(customers: Customers, expected: dict[str, Floats]) -> Later:
    """Actual and expected later orders, averaged over customers with as many repeat orders."""
    classes = np.minimum(customers.repeats, MOST_SHOWN)
    people = np.bincount(classes, minlength=MOST_SHOWN + 1)
    seen = np.flatnonzero(people)

    def mean(values: Floats) -> Floats:
        return np.asarray(np.bincount(classes, values, minlength=MOST_SHOWN + 1)[seen] / people[seen])

    means = {name: mean(values) for name, values in expected.items()}
    return Later(seen, people[seen], mean(customers.later.astype(float)), means)
