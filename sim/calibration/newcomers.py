"""Customers who were there before the log began, and look like new ones in its first weeks."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.calibration.read.orders import Orders

LEAST_SHARE = 0.15
"""The share of all customers from which on it is told."""

LEAST_TIMES = 2.0
"""New customers of the first weeks over those of later weeks, at least."""

GONE = 0.6
"""The part of the first weeks' excess that is gone by a quarter of the time; who slowly wins fewer keeps more."""

SURE = 4.0
"""Standard deviations of chance."""


class Old(NamedTuple):
    """How many customers too many seem to begin in the first so many weeks, and how many begin at all."""

    people: int
    weeks: int
    everybody: int


def old_customers(orders: Orders) -> Old | None:
    """Customers who begin in the log's first weeks beyond those who begin in as many weeks later; None if few do.

    New customers of the second half of the time in which customers begin tell how many come usually. A log of a single
    cohort, whose customers come evenly while it is gathered, is none that begins in the middle.
    """
    first = np.flatnonzero(np.diff(orders.customer, prepend=-1))
    began = (orders.day[first].astype(np.int64) - orders.first_day) // 7
    weeks = int(began.max())  # the last week may be cut
    if weeks < 8:
        return None
    new = np.bincount(began, minlength=weeks + 1)[:weeks]
    usual = float(new[weeks // 2 :].mean())
    beyond = np.cumsum(new[: weeks // 2] - usual)
    most = int(beyond.argmax())
    early, quarter = new[: max(2, weeks // 16)].mean(), new[weeks // 5 : max(weeks // 3, weeks // 5 + 2)].mean()
    excess = float(beyond[most])
    noise = np.sqrt((most + 1) * max(usual, 1.0) * (1.0 + (most + 1) / (weeks - weeks // 2)))
    if early < LEAST_TIMES * usual or quarter - usual > (1.0 - GONE) * (early - usual):
        return None
    if excess < LEAST_SHARE * first.size or excess < SURE * noise:
        return None
    nearly = int(np.argmax(beyond >= 0.9 * excess))
    return Old(round(excess), nearly + 1, int(first.size))
