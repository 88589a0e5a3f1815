"""The crowd of one world while somebody watches it from above: every evening it is noted who is where.

The crowd's own verbs are used and nothing of them is repeated here, so that the books are those of `sim.run`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import Scenario
from sim.customers import orders as kernels
from sim.customers.columns import DAYS_BETWEEN_TIDYING, Columns
from sim.customers.opt_in import STARTING
from sim.customers.rows import EXITED, MEMBER, TALKS, Rows
from sim.customers.sales import Sales
from sim.kernel.ledger import Ledger
from sim.records.event_log import each_alone
from sim.rules.pool import ACTIVE_DAYS

Whole = NDArray[np.int64]

ZONES = ("square", "shop", "active", "silent", "gone")
"""Where a person can be, each in one place only: on the public square, not yet a customer; a customer of the shop
outside the pool; in the pool and active (saw a message or ordered in the last 30 days); in the pool and not; gone,
which is out of the pool again or a customer no more."""

SQUARE, SHOP, ACTIVE, SILENT, GONE = (np.uint8(place) for place in range(len(ZONES)))
NEVER = -1
"""A day before the first one lived."""


class Noted(NamedTuple):
    """What was seen up to now; days count from the first one lived.

    Columns of ``moves``: day, person, zone that the person is in from that evening on; of ``orders``: day, person; of
    ``arrivals``: day, inviter, invited person who became a customer. ``counts`` [day, zone] holds everybody.
    """

    moves: Whole
    orders: Whole
    arrivals: Whole
    counts: Whole


class _Evening(NamedTuple):
    """The rows of an evening: who, where, and how many orders up to then."""

    person: NDArray[np.int32]
    zone: NDArray[np.uint8]
    orders: NDArray[np.uint16]

    def of(self, keep: NDArray[np.bool_]) -> _Evening:
        """Some of the rows."""
        return _Evening(self.person[keep], self.zone[keep], self.orders[keep])


class ObservedCrowd(Columns):
    """The crowd of one world whose moves between zones, orders and invitations are noted."""

    def __init__(self, scenario: Scenario, seed: int, books: Ledger) -> None:
        super().__init__([scenario], [seed], books)
        self._people, self._forgotten = scenario.market.people, 0
        self._evening = _Evening(np.empty(0, np.int32), np.empty(0, np.uint8), np.empty(0, np.uint16))
        self._told: dict[int, int] = {}
        self._moves: list[Whole] = []
        self._orders: list[Whole] = []
        self._arrivals: list[tuple[int, int, int]] = []
        self._counts: list[Whole] = []

    def __enter__(self) -> ObservedCrowd:
        return self

    def noted(self) -> Noted:
        """Everything up to now."""
        arrivals = np.array(self._arrivals, np.int64).reshape(-1, 3)
        counts = np.array(self._counts, np.int64).reshape(-1, len(ZONES))
        return Noted(_stacked(self._moves, 3), _stacked(self._orders, 2), arrivals, counts)

    def arrive_invited(self) -> Sales:
        """As ever; who followed whose invitation is noted. Of several inviters the first one wins."""
        first = int(self.population.filled[0])
        sales = super().arrive_invited()
        arrived = self.population.rows.person[0, first : int(self.population.filled[0])]
        self._arrivals += [(self._day, self._told[person], person) for person in arrived.tolist()]
        return sales

    def invite(self) -> None:
        """As ever; who tells whom is noted until tomorrow."""
        super().invite()
        self._told = {}
        if self._queue_length[0]:
            self._note_told()

    def _note_told(self) -> None:
        """Let each of today's talkers tell once more, alone, so that it is known who told whom."""
        p = self.population
        places = np.flatnonzero(p.rows.today[0, : int(p.filled[0])] & TALKS)
        alone = each_alone(p, places.size)
        for name in Rows._fields:
            getattr(alone.rows, name)[:, 0] = getattr(p.rows, name)[0, places]
        alone.filled[:] = 1
        wide, told = (places.size, int(self._queue_length[0])), np.zeros(places.size, np.int64)
        invited = np.zeros(wide, np.int32)
        kernels.invite(self._day, alone, invited, np.zeros(wide, np.bool_), np.zeros(wide, np.uint8), told)
        for inviter, friends, number in zip(p.rows.person[0, places].tolist(), invited.tolist(), told, strict=True):
            for friend in friends[:number]:
                self._told.setdefault(friend, inviter)

    def census(self) -> Whole:
        """As ever; who has moved since yesterday evening and who has ordered is noted."""
        counted = super().census()
        now, before = self._look(), self._yesterday()
        self._evening = now
        self._compare(before, now)
        self._count(now.zone)
        return counted

    def _yesterday(self) -> _Evening:
        """Yesterday evening's rows without those that were dropped since; the others keep their order."""
        before = self._evening
        if self._day % DAYS_BETWEEN_TIDYING == 0:
            kept = np.isin(before.person, self.population.rows.person[0, : int(self.population.filled[0])])
            self._forgotten += int((~kept).sum())
            return before.of(kept)
        return before

    def _compare(self, before: _Evening, now: _Evening) -> None:
        """Note who is elsewhere than yesterday, and who has ordered; rows beyond yesterday's are new."""
        old = before.person.size
        moved, ordered = now.zone != SQUARE, now.orders > 0
        moved[:old] = now.zone[:old] != before.zone
        ordered[:old] = now.orders[:old] != before.orders
        ordered[old:] = self.population.rows.kind[0, old : now.person.size] != STARTING
        self._moves.append(self._dated(now.person[moved], now.zone[moved]))
        self._orders.append(self._dated(now.person[ordered]))

    def _look(self) -> _Evening:
        rows, filled = self.population.rows, int(self.population.filled[0])
        here = (0, slice(filled))
        zones = zones_of(self._day, rows.flags[here], rows.contact_day[here], rows.joined_day[here])
        return _Evening(rows.person[0, :filled].copy(), zones, rows.orders[0, :filled].copy())

    def _count(self, zones: NDArray[np.uint8]) -> None:
        """Everybody by zone; who has lost the row is gone, and who never had one is on the square."""
        counts = np.bincount(zones, minlength=len(ZONES)).astype(np.int64)
        counts[GONE] += self._forgotten
        counts[SQUARE] = self._people - counts.sum()
        self._counts.append(counts)

    def _dated(self, *columns: NDArray[Any]) -> Whole:
        day = np.full(columns[0].size, self._day, np.int64)
        return np.stack([day, *(column.astype(np.int64) for column in columns)], axis=1)


def zones_of(
    day: int, flags: NDArray[np.uint8], contact_day: NDArray[np.int16], joined_day: NDArray[np.int16]
) -> NDArray[np.uint8]:
    """In which zone customers are this evening, from their rows. Active is what the evening's census calls so."""
    member = flags & MEMBER != 0
    out_for_good = (flags & EXITED != 0) | (joined_day > NEVER)
    in_pool = np.where(contact_day > day - ACTIVE_DAYS, ACTIVE, SILENT)
    return np.where(member, in_pool, np.where(out_for_good, GONE, SHOP)).astype(np.uint8)


def _stacked(pieces: list[Whole], columns: int) -> Whole:
    return np.concatenate(pieces) if pieces else np.zeros((0, columns), np.int64)
