"""What each customer had done by the end of the calibration period: x repeat orders, the last at t_x, watched for T.

This is all that Pareto/NBD and BG/NBD ask of a log (Fader, Hardie & Lee 2005). Time runs from each customer's first
order, in the chosen unit and unscaled; orders of one day count as one; the first order is no repeat.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.calibration.read.orders import Orders

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

DAYS_IN = {"day": 1, "week": 7}
"""Units of time in which rates can be told, in days."""


@dataclass(frozen=True)
class Histories:
    """Customers with the same x, t_x and T, counted: one entry each, so that ten million orders stay cheap.

    ``repeats`` is x, ``last`` is t_x and ``watched`` is T, both in the unit; ``people`` says how many are alike.
    """

    repeats: Floats
    last: Floats
    watched: Floats
    people: Floats

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return int(self.people.sum())

    @property
    def repeaters(self) -> int:
        """How many of them ordered again."""
        return int(self.people[self.repeats > 0].sum())

    def some(self, most: int, seed: int = 1) -> Histories:
        """About so many entries that stand for all: who never came back in full, of the others some, with more
        weight."""
        rare = np.flatnonzero(self.repeats > 0)
        if rare.size <= most:
            return self
        drawn = np.random.default_rng(seed).choice(rare, most, replace=False)
        rows = np.sort(np.concatenate((np.flatnonzero(self.repeats == 0), drawn)))
        people = np.where(self.repeats > 0, self.people * (rare.size / most), self.people)
        return Histories(self.repeats[rows], self.last[rows], self.watched[rows], people[rows])

    def pieces(self, rows: int) -> list[Histories]:
        """These entries in pieces of so many, to be shared out between threads."""
        columns = (self.repeats, self.last, self.watched, self.people)
        starts = range(0, self.repeats.size, rows)
        return [Histories(*(column[start : start + rows] for column in columns)) for start in starts]


@dataclass(frozen=True)
class Customers:
    """One entry a customer of the calibration period, in the log's order of customers.

    ``number`` is the customer's number in the log, ``first_day`` and ``last_day`` are days of the calendar since 1970,
    ``repeats`` counts later days with an order, ``repeat_spend`` is what these orders were worth together, ``later``
    counts the days with an order after the calibration's end.
    """

    number: Whole
    first_day: Whole
    last_day: Whole
    repeats: Whole
    repeat_spend: Floats
    later: Whole

    def alike(self, last_watched_day: int, unit: str) -> tuple[Histories, Whole]:
        """These customers as (x, t_x, T), alike ones together; and each customer's entry."""
        columns = (self.repeats, self.last_day - self.first_day, last_watched_day - self.first_day)
        rows, people, entry = _counted(np.column_stack(columns).astype(np.int64))
        days = DAYS_IN[unit]
        return Histories(rows[:, 0].astype(float), rows[:, 1] / days, rows[:, 2] / days, people.astype(float)), entry


def customers_until(orders: Orders, last_day: int) -> Customers:
    """The customers who had ordered by the end of a day, and what they had done by then."""
    inside = orders.day <= last_day
    customer, day, amount = orders.customer[inside], orders.day[inside].astype(np.int64), orders.amount[inside]
    first = np.flatnonzero(np.diff(customer, prepend=-1))
    number, count = customer[first], np.diff(first, append=customer.size)
    later = np.bincount(orders.customer[~inside], minlength=int(orders.customer.max()) + 1)[number]
    spend = np.add.reduceat(amount, first) - amount[first] if first.size else np.zeros(0)
    return Customers(number.astype(np.int64), day[first], day[first + count - 1], count - 1, spend, later)


def _counted(rows: Whole) -> tuple[Whole, Whole, Whole]:
    """Distinct rows of small whole numbers, how often each occurs, and which of them each row is."""
    spans = [int(span) for span in rows.max(axis=0) + 1] if rows.size else [1, 1, 1]
    keys = (rows[:, 0] * spans[1] + rows[:, 1]) * spans[2] + rows[:, 2]
    order = np.argsort(keys)
    new = np.diff(keys[order], prepend=-1) > 0
    first = np.flatnonzero(new)
    entry = np.empty(keys.size, np.int64)
    entry[order] = np.cumsum(new) - 1
    return rows[order[first]], np.diff(first, append=keys.size), entry
