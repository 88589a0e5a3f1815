"""Customers as rows: one a relationship with the brand, in arrays [world, row] of narrow types.

Only people who have ordered or started as customers have a row. The market at large costs a bit a person: whether the
brand knows them. Rows of people who can never matter again (silently exited, not in the pool) are dropped; every order
that they made stays in the books.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.kernel.compiled import step

# A row's flags. All bits are bytes, so that the compiler can treat many rows at once.
NOTHING = np.uint8(0)
MEMBER = np.uint8(1)  # is in the pool
MUTED = np.uint8(2)  # has muted the brand
EXITED = np.uint8(4)  # is gone for good; nobody sees it
BOUGHT = np.uint8(8)  # has ordered in the current counted year
ALL = np.uint8(255)
NO_MEMBER = np.uint8(255 - 3)  # keeps everything but membership
NO_BUYER = np.uint8(255 - 8)  # keeps everything but BOUGHT

# What happened to a row today.
NEEDED = np.uint8(1)  # had a need
CAUGHT = np.uint8(2)  # and it would turn to the pool
TEMPTED = np.uint8(4)  # a message made it order
WANTS = np.uint8(8)  # its need waits to be bought back
TALKS = np.uint8(16)  # it ordered, and tells others
LEFT = np.uint8(32)
GOES_SILENT = np.uint8(64)
REMOVED = np.uint8(128)
NEED = np.uint8(1 + 4)  # NEEDED or TEMPTED
EVENTFUL = np.uint8(1 + 4 + 32 + 64 + 128)  # NEED, LEFT, GOES_SILENT or REMOVED
NOT_LEFT = np.uint8(255 - 32)


EIGHT = 8
"""Rows whose marks of the day are looked at together, as one 64-bit number: most days bring most people nothing."""

BLOCK = 8192
"""Rows that live their day together: small enough for the cache, large enough to be worth a call; eights."""

ROWS_A_FORGOTTEN_ONE = 16
"""Rows of forgotten people stay until they are more than one in so many: moving the others costs as much as that."""

EVERY_OTHER_BYTE = np.uint64(0x00FF00FF00FF00FF)
LOWEST_PAIR = np.uint64(0xFFFF)
EVERY_BYTE = np.uint64(0x0101010101010101)
"""Times a mark: the mark of eight rows."""


@step
def whole_eights(rows: int) -> int:
    """How many groups of eight hold so many rows."""
    return (rows + EIGHT - 1) // EIGHT


@step
def count_marked(marks: NDArray[np.uint8], rows: int, mark: int) -> int:
    """How many of the first ``rows`` bytes, and of those that fill up the last eight, bear a mark (a power of two).

    Eight bytes are added at a time, 255 times at most, so that no byte overflows.
    """
    eights, found = marks[: whole_eights(rows) * EIGHT].view(np.uint64), np.uint64(0)
    shift = np.uint64(0)
    while (mark >> shift) & 1 == 0:
        shift += np.uint64(1)
    for start in range(0, eights.size, 255):
        sums, some = np.uint64(0), eights[start : start + 255]
        for k in range(some.size):
            sums += (some[k] >> shift) & EVERY_BYTE
        pairs = (sums & EVERY_OTHER_BYTE) + ((sums >> np.uint64(8)) & EVERY_OTHER_BYTE)
        for quarter in range(4):
            found += (pairs >> np.uint64(16 * quarter)) & LOWEST_PAIR
    return int(found)


@step
def list_marked(marks: NDArray[np.uint8], a: int, b: int, looked_for: int, found: NDArray[np.int64]) -> int:
    """List the rows from ``a``, a multiple of eight, to ``b`` that bear any of the marks; returns how many do.

    Most days bring most people nothing: 64 rows are looked at together, then sixteen. Where one bears a mark, each is
    written down without a branch, and stays written only if it does: a branch that is often guessed wrong would take
    longer. ``found`` is room for all of them.
    """
    eights, mask, last = marks.view(np.uint64), np.uint64(looked_for) * EVERY_BYTE, whole_eights(b)
    number = np.uint64(0)
    for start in range(a // EIGHT, last, EIGHT):
        stop, together = min(start + EIGHT, last), np.uint64(0)
        for each in eights[start:stop]:
            together |= each
        for k in range(start, stop if together & mask != 0 else start, 2):
            if (eights[k] | eights[min(k + 1, last - 1)]) & mask != 0:
                first = EIGHT * k
                some = marks[first : min(first + 2 * EIGHT, b)]
                for i in range(some.size):
                    found[number] = first + i
                    number += np.uint64((some[i] & looked_for) != 0)
    return int(np.int64(number))


class Rows(NamedTuple):
    """The columns, each [world, row]; days count from the first day lived, -1 or less is never.

    ``generation`` is 0 for who was not referred, 1 for who was by such a customer, and so on. ``channels`` has a bit
    for each channel that somebody follows in the pool; the first is the pool's own. ``points`` is the balance of
    membership points, each a fen.
    """

    person: NDArray[np.int32]
    need: NDArray[np.float32]
    exit: NDArray[np.float32]
    engagement: NDArray[np.float32]
    tie: NDArray[np.float32]
    fatigue: NDArray[np.float32]
    flags: NDArray[np.uint8]
    kind: NDArray[np.uint8]
    today: NDArray[np.uint8]
    generation: NDArray[np.uint8]
    channels: NDArray[np.uint8]
    orders: NDArray[np.uint16]
    points: NDArray[np.int32]
    first_day: NDArray[np.int16]
    joined_day: NDArray[np.int16]
    contact_day: NDArray[np.int16]
    offer_day: NDArray[np.int16]


_TYPES: tuple[type[np.generic], ...] = (
    np.int32, *(np.float32,) * 5, *(np.uint8,) * 5, np.uint16, np.int32, *(np.int16,) * 4
)


class Population(NamedTuple):
    """All that the crowd's verbs work on, over several worlds."""

    seeds: NDArray[np.int64]  # [world]
    settings: NDArray[np.float64]  # [world, settings.AT]
    kinds: NDArray[np.float64]  # [world, kind of message, settings.KIND_FIELDS]
    tables: NDArray[np.float64]  # [distinct scenario, trait, slice]
    table_of: NDArray[np.int64]  # [world]: which of the tables
    channels: NDArray[np.float64]  # [world, channel, ways.CHANNEL_FIELDS]
    channel_count: NDArray[np.int64]  # [world]
    rows: Rows
    filled: NDArray[np.int64]  # [world]: how many rows are in use
    known: NDArray[np.uint8]  # [world, person / 8]: one bit a person whom the brand has met
    cohorts: NDArray[np.int64]  # [world, week, kind, field]: the ledger's cohort books


LONG_AGO = -20_000
"""A day before any other: no contact, no offer yet."""


def no_rows(worlds: int, capacity: int) -> Rows:
    """Empty columns."""
    return Rows(*(np.zeros((worlds, capacity), kind) for kind in _TYPES))


def more_rows(rows: Rows, capacity: int) -> Rows:
    """The same rows in wider columns; a multiple of eight, at least ``capacity``."""
    wider = no_rows(rows.person.shape[0], -(-capacity // EIGHT) * EIGHT)
    for name in Rows._fields:
        old = getattr(rows, name)
        getattr(wider, name)[:, : old.shape[1]] = old
    return wider


def drop_forgotten(rows: Rows, filled: NDArray[np.int64]) -> NDArray[np.int64]:
    """Drop the rows of those who silently exited and are not in the pool, where there are so many that it pays; the
    others keep their order, and rows not in use are all zero. Returns how many of the dropped had BOUGHT, by world."""
    buyers = np.zeros(filled.size, np.int64)
    for w, n in enumerate(filled.tolist()):
        matters = (rows.flags[w, :n] & (MEMBER | EXITED)) != EXITED
        kept = np.count_nonzero(matters)
        if n - kept > n // ROWS_A_FORGOTTEN_ONE:
            keep, flags, filled[w] = np.flatnonzero(matters), rows.flags[w], kept
            buyers[w] = np.count_nonzero(flags[:n] & BOUGHT) - np.count_nonzero(flags[keep] & BOUGHT)
            for name in Rows._fields:
                column = getattr(rows, name)
                column[w, :kept] = column[w].take(keep)
                column[w, kept:n] = 0
    return buyers
