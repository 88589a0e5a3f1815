"""Holes: stretches of days without any order in a log that has orders every few days before and after."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SHORTEST_DAYS = 7
"""Shops close over a holiday; from a week on it is told."""

FEWEST_DUE = 12.0
"""Orders that were due in a hole: none at all of so many is no chance (1 in 160,000)."""

NEAR_DAYS = 56
"""The days on either side that tell how many were due."""


class Hole(NamedTuple):
    """First and last day without an order, since 1970, and how many orders were due."""

    first_day: int
    last_day: int
    due: float


def holes_in(days: NDArray[np.int32]) -> tuple[Hole, ...]:
    """The holes of a log, in order; ``days`` are those of its orders, since 1970, in any order."""
    start = int(days.min())
    counts = np.bincount(days.astype(np.int64) - start)
    busy = np.flatnonzero(counts)
    gaps = np.flatnonzero(np.diff(busy) > SHORTEST_DAYS)
    found = (_hole(counts, int(busy[gap]) + 1, int(busy[gap + 1]) - 1) for gap in gaps)
    many = (hole for hole in found if hole.due >= FEWEST_DUE)
    return tuple(Hole(start + hole.first_day, start + hole.last_day, hole.due) for hole in many)


def _hole(counts: NDArray[np.int64], first: int, last: int) -> Hole:
    sides = counts[max(first - NEAR_DAYS, 0) : first], counts[last + 1 : last + 1 + NEAR_DAYS]
    long = [side for side in sides if side.size >= SHORTEST_DAYS] or list(sides)
    return Hole(first, last, (last - first + 1) * min(float(side.mean()) for side in long))


def weeks_with(holes: tuple[Hole, ...], week_ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which weeks have a day of a hole."""
    inside = np.zeros(week_ends.shape, np.bool_)
    for hole in holes:
        inside |= (week_ends >= hole.first_day) & (week_ends - 6 <= hole.last_day)
    return inside
