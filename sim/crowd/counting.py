"""The evening's census of the pool, compiled."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import pool
from sim.compiled import kernel, step
from sim.crowd.rows import ALL, BLOCK, EIGHT, EXITED, MEMBER, MUTED, NOTHING, Population, Rows, count_marked
from sim.crowd.settings import AT
from sim.ledger import POOL_LEVELS
from sim.points import FEN

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


@kernel
def due_to_be_won_back(day: int, p: Population, every: Array, due: Array) -> None:
    """Count the inactive members whose turn it is when every so many-th has one, by world."""
    for w in range(p.filled.shape[0]):
        flags, person, contact_day = p.rows.flags[w], p.rows.person[w], p.rows.contact_day[w]
        for i in range(p.filled[w]):
            member, last = flags[i] & MEMBER, contact_day[i]
            due[w] += pool.is_addressed(pool.WIN_BACK, every[w], day, person[i], member, 0, last, 0)


@kernel
def census(day: int, tasks: Array, p: Population, levels: Array) -> None:
    """Count the pool in the rows of each task (world, first row, row after the last), in the order of POOL_LEVELS.

    Active members saw a message or ordered in the last 30 days; engaged ones live and have engagement above 0.3, weak
    ties live and have a tie below 0.2.
    """
    marks = np.empty(BLOCK + EIGHT, np.uint8)
    for task in range(tasks.shape[0]):
        w = tasks[task, 0]
        for start in range(tasks[task, 1], tasks[task, 2], BLOCK):
            stop = min(start + BLOCK, tasks[task, 2])
            _mark(day, p.rows, w, start, stop, marks)
            for level in range(LEVELS):
                levels[task, level] += count_marked(marks, stop - start, np.uint8(1 << level))


def points_outstanding(p: Population) -> NDArray[np.int64]:
    """What members' points are worth [world], in micro-yuan: what the brand still owes them. Points of who is no longer
    in the pool have lapsed."""
    owed = np.zeros(len(p.filled), np.int64)
    for w in np.flatnonzero(p.settings[:, AT.points_share] > 0):
        n = p.filled[w]
        owed[w] = p.rows.points[w, :n][(p.rows.flags[w, :n] & MEMBER) != 0].sum(dtype=np.int64) * FEN
    return owed
