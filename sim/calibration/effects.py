"""Orders after contacts against orders of people who were not contacted then: differences with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.calibration.histories import Floats, Whole
from sim.calibration.read.orders import Orders

AFTER_DAYS = 7
"""Days after a contact in which it may bring an order, fewer if the next contact comes earlier."""

FATIGUE_DAYS = 28
"""Earlier contacts within so many days count as wear."""

Estimate = tuple[float, float] | None
"""A number with its standard error."""

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
    z = _z(
        count.orders(treated, start - 1 - (end - start + 1), start - 1),
        count.orders(control, start - 1 - (end - start + 1), start - 1),
    )
    mine = np.isin(customer, treated)
    worn = _fatigue(customer[mine], day[mine], control, count, log_ends)
    return _effect((lift / each, error / each), worn, z, contacts, treated.size, control.size)


def triggered_effect(
    customer: Whole, day: Whole, held_out: Whole, own_day: Whole, orders: Orders, log_ends: int
) -> Effect:
    """Contacted people against people held out, each from the own day on: that of the first contact, or of the one that
    a lot withheld. As many days after it as contacts usually last, and a week."""
    count = Counter(orders)
    people, first = _first_contacts(customer, day)
    mine = np.searchsorted(people, customer)
    last = np.full(people.size, first.min())
    np.maximum.at(last, mine, day)
    days = int(np.median(last - first)) + AFTER_DAYS
    treated, start = _own(people, first, count, log_ends - days + 1)
    control, due = _own(held_out, own_day, count, log_ends - days + 1)
    inside = np.isin(customer, treated) & (day < first[mine] + days)
    contacts = int(inside.sum())
    if min(treated.size, control.size) < FEWEST:
        return _nothing(contacts, treated.size, control.size)
    after = [count.orders(who, own - 1, own - 1 + days) for who, own in ((treated, start), (control, due))]
    before = [count.orders(who, own - 1 - days, own - 1) for who, own in ((treated, start), (control, due))]
    lift, error = _difference(*after)
    each = contacts / treated.size
    return _effect((lift / each, error / each), None, _z(*before), contacts, treated.size, control.size)


def _own(people: Whole, day: Whole, count: Counter, latest: int) -> tuple[Whole, Whole]:
    """Who was a customer before the own day, which lies early enough to see what comes after it."""
    seen = (count.first_day[people] < day) & (day <= latest)
    return people[seen], day[seen]


def staggered_effect(customer: Whole, day: Whole, orders: Orders, log_ends: int) -> Effect | None:
    """People first contacted on a day against people first contacted later, on the same days; None if nobody is."""
    count = Counter(orders)
    people, first = _first_contacts(customer, day)
    old = count.first_day[people] < first - FATIGUE_DAYS
    people, first = people[old], first[old]
    after, before, compared = [], [], []
    for start in np.unique(first[first + AFTER_DAYS <= log_ends]):
        now, later = people[first == start], people[first > start + AFTER_DAYS]
        later = later[count.first_day[later] < start - FATIGUE_DAYS]
        if later.size < FEWEST:
            continue
        compared.append(later.size)
        after.append(_beyond(count, now, later, start - 1, start - 1 + AFTER_DAYS))
        before.append(_beyond(count, now, later, start - 1 - FATIGUE_DAYS, start - 1))
    if sum(each.size for each in after) < FEWEST:
        return None
    (lift, error), (unlike, before_error) = (_pooled(each, compared) for each in (after, before))
    size = sum(each.size for each in after)
    z = unlike / before_error if before_error > 0 else None
    return _effect((lift, error), None, z, size, size, max(compared))


def _beyond(count: Counter, people: Whole, others: Whole, after: int, until: int) -> Floats:
    """Each one's orders within days beyond the mean of others'."""
    return np.asarray(count.orders(people, after, until) - count.orders(others, after, until).mean())


def _pooled(groups: list[Floats], compared: list[int]) -> tuple[float, float]:
    """The mean over groups, with an error that knows that those compared with are a sample too."""
    values = np.concatenate(groups)
    wider = 1.0 + values.size / len(groups) / float(np.mean(compared))
    return float(values.mean()), float(values.std(ddof=1) / np.sqrt(values.size) * np.sqrt(wider))


def naive_effect(customer: Whole, day: Whole, orders: Orders, log_ends: int) -> Effect:
    """Contacted people against all who never were: who they are as much as what contacts did."""
    everybody = np.arange(int(orders.customer[-1]) + 1)
    return held_out_effect(customer, day, everybody[~np.isin(everybody, customer)], orders, log_ends)


def _first_contacts(customer: Whole, day: Whole) -> tuple[Whole, Whole]:
    order = np.lexsort((day, customer))
    people, place = np.unique(customer[order], return_index=True)
    return people, day[order][place]


def _fatigue(customer: Whole, day: Whole, control: Whole, count: Counter, log_ends: int) -> Estimate:
    """The slope of extra orders in the number of contacts of the 28 days before, with an error by customers.

    Extra are orders after a contact, until the next one, beyond what people held out ordered in the same days.
    """
    order = np.lexsort((day, customer))
    customer, day = customer[order], day[order]
    until = np.minimum(day - 1 + _days_to_next(customer, day), log_ends)
    wear = _contacts_before(customer, day)
    if wear.std() == 0 or np.unique(customer).size < FEWEST:
        return None
    away = wear - wear.mean()
    windows, back = np.unique(np.column_stack((day - 1, until)), axis=0, return_inverse=True)
    due, theirs = np.empty(len(windows)), np.zeros(control.size)
    weights = np.bincount(back.ravel(), away)
    for place, (start, end) in enumerate(windows):
        ordered = count.orders(control, start, end)
        due[place] = ordered.mean()
        theirs += weights[place] * (ordered - due[place]) / control.size
    extra = count.orders(customer, day - 1, until) - due[back.ravel()]
    slope = float(away @ extra / (away @ away))
    residuals = away * (extra - extra.mean() - slope * away)
    by_person = np.bincount(np.unique(customer, return_inverse=True)[1], residuals)
    error = np.sqrt((by_person**2).sum() + (theirs**2).sum()) / (away @ away)
    return slope, float(error)


def _days_to_next(customer: Whole, day: Whole) -> Whole:
    """Days until a customer's next contact, at most those in which a contact may bring an order."""
    same = np.append(customer[1:] == customer[:-1], False)
    return np.clip(np.where(same, np.append(day[1:], 0) - day, AFTER_DAYS), 1, AFTER_DAYS)


def _contacts_before(customer: Whole, day: Whole) -> Floats:
    """How many contacts a customer had in the 28 days before each contact."""
    keys = customer * (int(day.max()) + FATIGUE_DAYS + 2) + day
    places = np.arange(keys.size)
    recent = places - np.searchsorted(keys, keys - FATIGUE_DAYS, side="left")
    return np.minimum(recent, places - np.searchsorted(customer, customer, side="left")).astype(float)


def _difference(a: Whole, b: Whole) -> tuple[float, float]:
    """A difference of means with its standard error (Welch)."""
    return float(a.mean() - b.mean()), float(np.sqrt(a.var(ddof=1) / a.size + b.var(ddof=1) / b.size))


def _z(a: Whole, b: Whole) -> float | None:
    difference, error = _difference(a, b)
    return difference / error if error > 0 else None


def _effect(lift: Estimate, worn: Estimate, z: float | None, contacts: int, treated: int, control: int) -> Effect:
    return Effect(*_with_interval(lift), *_with_interval(worn), z, contacts, treated, control)


def _with_interval(found: Estimate) -> tuple[float | None, tuple[float, float] | None]:
    if found is None:
        return None, None
    value, error = found
    return value, (value - 1.96 * error, value + 1.96 * error)


def _nothing(contacts: int, treated: int, control: int) -> Effect:
    return Effect(None, None, None, None, None, contacts, treated, control)
