"""Orders after contacts against orders of people who were not contacted then: differences with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.calibration.histories import Floats, Whole
from sim.calibration.orders import Orders

AFTER_DAYS = 7
"""Days after a contact in which it may bring an order, fewer if the next contact comes earlier."""

FATIGUE_DAYS = 28
"""Earlier contacts within so many days count as wear."""

FEWEST = 20
"""Customers on each side, at the least."""


@dataclass(frozen=True)
class Effect:
    """Extra orders a contact, and how much less each further contact within 28 days brings, with 95 % intervals.

    ``before_z`` compares both sides before any contact, in standard errors: where it is large, they were never alike.
    """

    lift: float | None
    interval: tuple[float, float] | None
    fatigue: float | None
    fatigue_interval: tuple[float, float] | None
    before_z: float | None
    contacts: int
    treated: int
    control: int


class Counter:
    """How many days with an order a customer has within days."""

    def __init__(self, orders: Orders) -> None:
        self._start, self._span = orders.first_day - 1, orders.last_day - orders.first_day + 3
        self._keys = orders.customer.astype(np.int64) * self._span + (orders.day - self._start)
        first = np.flatnonzero(np.diff(orders.customer, prepend=-1))
        self.first_day = orders.day[first].astype(np.int64)

    def orders(self, customer: Whole, after: Whole | int, until: Whole | int) -> Whole:
        """Days with an order after one day and until another, itself included."""
        return np.asarray(self._before(customer, until) - self._before(customer, after))

    def _before(self, customer: Whole, day: Whole | int) -> Whole:
        within = np.clip(np.asarray(day) - self._start, 0, self._span - 1)
        return np.searchsorted(self._keys, customer * self._span + within, side="right")


def held_out_effect(customer: Whole, day: Whole, held_out: Whole, orders: Orders, log_ends: int) -> Effect:
    """Contacted people against people held out, over the same days: what the lot decided is all that differs."""
    count = Counter(orders)
    start = int(day.min())
    treated = np.unique(customer[count.first_day[customer] < start])
    control = held_out[count.first_day[held_out] < start]
    end = min(int(day.max()) + AFTER_DAYS, log_ends)
    contacts = int(np.isin(customer, treated).sum())
    if min(treated.size, control.size) < FEWEST or end <= start:
        return _nothing(contacts, treated.size, control.size)
    lift, error = _difference(count.orders(treated, start - 1, end), count.orders(control, start - 1, end))
    each = contacts / treated.size
    z = _z(count.orders(treated, start - 1 - (end - start + 1), start - 1),
           count.orders(control, start - 1 - (end - start + 1), start - 1))
    mine = np.isin(customer, treated)
    slope, slope_error = _fatigue(customer[mine], day[mine], lambda a, b: _mean_orders(count, control, a, b), count, log_ends)
    return _effect(lift / each, error / each, slope, slope_error, z, contacts, treated.size, control.size)


def staggered_effect(customer: Whole, day: Whole, orders: Orders, log_ends: int) -> Effect | None:
    """People first contacted on a day against people first contacted later, on the same days; None if nobody is."""
    count = Counter(orders)
    people, first = _first_contacts(customer, day)
    old = count.first_day[people] < first - FATIGUE_DAYS
    people, first = people[old], first[old]
    differences, befores, groups, control = [], [], [], 0
    for start in np.unique(first[first + AFTER_DAYS <= log_ends]):
        now, later = people[first == start], people[(first > start + AFTER_DAYS)]
        later = later[count.first_day[later] < start - FATIGUE_DAYS]
        if later.size < FEWEST:
            continue
        control = max(control, later.size)
        after = _mean_orders(count, later, start - 1, start - 1 + AFTER_DAYS)
        before = _mean_orders(count, later, start - 1 - FATIGUE_DAYS, start - 1)
        differences.append(count.orders(now, start - 1, start - 1 + AFTER_DAYS) - after)
        befores.append(count.orders(now, start - 1 - FATIGUE_DAYS, start - 1) - before)
        groups.append(later.size)
    if sum(each.size for each in differences) < FEWEST:
        return None
    after, before = np.concatenate(differences), np.concatenate(befores)
    spread = 1.0 + after.size / len(groups) / float(np.mean(groups))  # those compared with are a sample too
    error = float(after.std(ddof=1) / np.sqrt(after.size) * np.sqrt(spread))
    before_error = float(before.std(ddof=1) / np.sqrt(before.size) * np.sqrt(spread))
    z = float(before.mean() / before_error) if before_error > 0 else None
    return _effect(float(after.mean()), error, None, None, z, after.size, after.size, control)


def naive_effect(customer: Whole, day: Whole, orders: Orders, log_ends: int) -> Effect:
    """Contacted people against all who never were: who they are as much as what contacts did."""
    everybody = np.arange(int(orders.customer[-1]) + 1)
    return held_out_effect(customer, day, everybody[~np.isin(everybody, customer)], orders, log_ends)


def _first_contacts(customer: Whole, day: Whole) -> tuple[Whole, Whole]:
    order = np.lexsort((day, customer))
    people, place = np.unique(customer[order], return_index=True)
    return people, day[order][place]


def _fatigue(customer: Whole, day: Whole, usual: object, count: Counter, log_ends: int) -> tuple[float | None, float | None]:
    """The slope of extra orders in the number of contacts of the 28 days before, with an error by customers."""
    order = np.lexsort((day, customer))
    customer, day = customer[order], day[order]
    same = np.concatenate((customer[1:] == customer[:-1], [False]))
    gap = np.where(same, np.concatenate((day[1:], [0])) - day, AFTER_DAYS)
    until = np.minimum(day - 1 + np.clip(gap, 1, AFTER_DAYS), log_ends)
    windows, back = np.unique(np.column_stack((day - 1, until)), axis=0, return_inverse=True)
    due = np.array([usual(int(a), int(b)) for a, b in windows])[back.ravel()]  # type: ignore[operator]
    extra = count.orders(customer, day - 1, until) - due
    span = int(day.max()) + FATIGUE_DAYS + 2
    keys = customer * span + day
    wear = np.arange(keys.size) - np.searchsorted(keys, keys - FATIGUE_DAYS, side="left")
    first = np.searchsorted(customer, customer, side="left")
    wear = np.minimum(wear, np.arange(keys.size) - first).astype(float)
    if wear.std() == 0 or np.unique(customer).size < FEWEST:
        return None, None
    away = wear - wear.mean()
    slope = float(away @ extra / (away @ away))
    residuals = away * (extra - extra.mean() - slope * away)
    by_person = np.bincount(np.unique(customer, return_inverse=True)[1], residuals)
    return slope, float(np.sqrt((by_person**2).sum()) / (away @ away))


def _mean_orders(count: Counter, people: Whole, after: int, until: int) -> float:
    return float(count.orders(people, after, until).mean())


def _difference(a: Floats | Whole, b: Floats | Whole) -> tuple[float, float]:
    """A difference of means with its standard error (Welch)."""
    return float(a.mean() - b.mean()), float(np.sqrt(a.var(ddof=1) / a.size + b.var(ddof=1) / b.size))


def _z(a: NDArray[np.int64], b: NDArray[np.int64]) -> float | None:
    difference, error = _difference(a, b)
    return difference / error if error > 0 else None


def _effect(
    lift: float, error: float, slope: float | None, slope_error: float | None, z: float | None, contacts: int, treated: int,
    control: int,
) -> Effect:
    worn = None if slope is None or slope_error is None else (slope - 1.96 * slope_error, slope + 1.96 * slope_error)
    return Effect(lift, (lift - 1.96 * error, lift + 1.96 * error), slope, worn, z, contacts, treated, control)


def _nothing(contacts: int, treated: int, control: int) -> Effect:
    return Effect(None, None, None, None, None, contacts, treated, control)
