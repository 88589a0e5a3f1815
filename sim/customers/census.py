"""The census of the pool, compiled: those who were there in the morning are counted as soon as they have lived, while
the processor still has their rows at hand; whoever came later, in the evening."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.customers.rows import ALL, BLOCK, EIGHT, EXITED, MEMBER, MUTED, NOTHING, Population, Rows, count_marked
from sim.customers.settings import AT
from sim.kernel.compiled import kernel, step
from sim.kernel.ledger import POOL_LEVELS
from sim.rules import pool
from sim.rules.points import FEN

Array = NDArray[Any]


LEVELS = len(POOL_LEVELS)
IN_POOL, ACTIVE, ENGAGED, WEAK, HUSHED, SILENT = (np.uint8(2**n) for n in range(LEVELS))
LIVING = np.uint8(255 - 32)


@step
def _mark(day: int, rows: Rows, w: int, a: int, b: int, marks: Array) -> None:
    """Mark what each of the rows ``a`` to ``b`` counts as."""
    flags, contact_day = rows.flags[w, a:b], rows.contact_day[w, a:b]
    engagement, tie = rows.engagement[w, a:b], rows.tie[w, a:b]
    long_ago = np.int16(day - pool.ACTIVE_DAYS)
    for i in range(b - a):
        level = (engagement[i] > pool.ENGAGED) * ENGAGED + (tie[i] < pool.WEAK_TIE) * WEAK
        marks[i] = NOTHING if flags[i] & EXITED else level
    for i in range(b - a):
        always = IN_POOL | (HUSHED if flags[i] & MUTED else NOTHING) | (SILENT if flags[i] & EXITED else NOTHING)
        recent = ACTIVE if contact_day[i] > long_ago else NOTHING
        marks[i] = (marks[i] | always | recent) & (ALL if flags[i] & MEMBER else NOTHING)
    marks[b - a : b - a + EIGHT] = NOTHING


@step
def count_levels(day: int, rows: Rows, w: int, a: int, b: int, marks: Array, levels: Array) -> None:
    """Add what the rows ``a`` to ``b`` are in the pool to ``levels``, in the order of POOL_LEVELS.

    Active members saw a message or ordered in the last 30 days; engaged ones live and have engagement above 0.3, weak
    ties live and have a tie below 0.2. ``marks`` is room for as many rows and eight more.
    """
    _mark(day, rows, w, a, b, marks)
    for level in range(LEVELS):
        levels[level] += count_marked(marks, b - a, np.uint8(1 << level))


@step
def count_each(day: int, rows: Rows, w: int, places: Array, sign: int, marks: Array, levels: Array) -> None:
    """Add what some rows are in the pool to ``levels``, or with a sign of -1 take it away."""
    for i in places:
        _mark(day, rows, w, i, i + 1, marks)
        for level in range(LEVELS):
            levels[level] += sign if marks[0] & (1 << level) else 0


@kernel
def due_to_be_won_back(day: int, p: Population, every: Array, due: Array) -> None:
    """Count the inactive members whose turn it is when every so many-th has one, by world."""
    for w in range(p.filled.shape[0]):
        flags, person, contact_day = p.rows.flags[w], p.rows.person[w], p.rows.contact_day[w]
        for i in range(p.filled[w]):
            member, last = flags[i] & MEMBER, contact_day[i]
            due[w] += pool.is_addressed(pool.WIN_BACK, every[w], day, person[i], member, 0, last, 0)


@kernel
def census(day: int, p: Population, counted: Array, levels: Array) -> None:
    """Add the rows that came since ``counted`` [world] were there to ``levels`` [world, ...]."""
    marks = np.empty(BLOCK + EIGHT, np.uint8)
    for w in range(counted.size):
        for start in range(counted[w], p.filled[w], BLOCK):
            count_levels(day, p.rows, w, start, min(start + BLOCK, p.filled[w]), marks, levels[w])


def points_outstanding(p: Population) -> NDArray[np.int64]:
    """What members' points are worth [world], in micro-yuan: what the brand still owes them. Points of who is no longer
    in the pool have lapsed."""
    owed = np.zeros(len(p.filled), np.int64)
    for w in np.flatnonzero(p.settings[:, AT.points_share] > 0):
        n = p.filled[w]
        owed[w] = p.rows.points[w, :n][(p.rows.flags[w, :n] & MEMBER) != 0].sum(dtype=np.int64) * FEN
    return owed
