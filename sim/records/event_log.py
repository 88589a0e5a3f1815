"""The crowd of one world that writes down what everybody does: who ordered, what a message did, who went silent.

The crowd's own verbs are used and nothing of them is repeated here: every customer lives through the day in a task of
its own, so that what the verbs count is what this one customer did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import Scenario
from sim.customers import acquisition, opt_in
from sim.customers import orders as kernels
from sim.customers.columns import Columns
from sim.customers.rows import EIGHT, GOES_SILENT, LEFT, MEMBER, MUTED, NEEDED, TEMPTED, Population, Rows, no_rows
from sim.customers.sales import Sales
from sim.kernel import luck
from sim.kernel.ledger import EARNED, Ledger
from sim.market.market import Market
from sim.rules.pool import NO_MESSAGE, Calendar

Whole = NDArray[np.int64]
Pieces = list[Sequence[NDArray[Any]]]
"""Columns of a table, a day or so at a time."""
MESSAGES = ("content", "offer", "welcome", "event", "care", "win_back")
"""Kinds of messages, as sim.rules.pool numbers them."""

STARTING = "starting"
SOURCES = (*EARNED, STARTING)
"""Where an order came from: the ledger's revenue accounts, and those who are customers from the start."""

HELD_OUT = 1
"""Which of a person's draws of traits decides whether it is held out; the first, 0, decides the traits themselves."""


class Orders(NamedTuple):
    """Every order, in the order of days; amounts in micro-yuan."""

    day: Whole
    person: Whole
    source: Whole  # place in SOURCES
    revenue: Whole
    discount: Whole
    refund: Whole
    commission: Whole
    goods: Whole


class Touches(NamedTuple):
    """Every message to a member, sent or withheld, and what it does if it is sent (truth, whether sent or not)."""

    day: Whole
    person: Whole
    place: Whole  # the n-th message of the day, from 0
    kind: Whole  # place in MESSAGES
    held_out: Whole
    seen: Whole
    tempted: Whole
    needed: Whole
    left: Whole
    muted: Whole


class Customers(NamedTuple):
    """Everybody who became a customer: when, with which chances a day, and the day of silent exit (-1: none)."""

    person: Whole
    first_day: Whole
    joined: Whole
    need: NDArray[np.float64]
    exit: NDArray[np.float64]
    exit_day: Whole


class _Lived(NamedTuple):
    """Some rows after a day that they lived, and what each of them did (places as in orders.TALLY)."""

    rows: Rows
    tallies: Whole


class RecordedCrowd(Columns):
    """The crowd of one world that writes down what everybody does."""

    def __init__(
        self, scenario: Scenario, seed: int, books: Ledger, *, touches: bool, hold_out_share: float
    ) -> None:
        super().__init__([scenario], [seed], books)
        self._seed, self._touches, self._share = seed, touches, hold_out_share
        self._held = np.zeros(scenario.market.people, np.bool_)
        self._orders: Pieces = []
        self._messages: Pieces = []
        self._people: Pieces = []
        self._exits: Pieces = []

    def __enter__(self) -> RecordedCrowd:
        return self

    def written_down(self) -> tuple[Orders, Touches, Customers]:
        """Everything up to now."""
        people = _joined(self._people, 5)
        person, first_day, joined = (column.astype(np.int64) for column in people[:3])
        gone, day = _joined(self._exits, 2)
        last = np.full(self._held.size if gone.size else 0, -1, np.int64)
        last[gone] = day
        exit_day = last[person] if gone.size else np.full(person.size, -1)
        customers = Customers(person, first_day, joined, people[3], people[4], exit_day)
        return Orders(*_joined(self._orders, 8)), Touches(*_joined(self._messages, 10)), customers

    def _share_out(self, calendar: Calendar, tasks: Whole) -> Whole:
        """Let everybody live, each in a task of its own; those held out without messages."""
        rows, filled = self.population.rows, int(self.population.filled[0])
        held = self._held[rows.person[0, :filled]]
        said = np.flatnonzero(calendar.messages[0] != NO_MESSAGE)
        total = np.zeros((len(tasks), kernels.TALLY), np.int64)
        for out in (False, True):
            places = np.flatnonzero(held == out)
            if places.size:
                total[0] += self._arm(calendar, said, places, out=out)
        return total

    def _arm(self, calendar: Calendar, said: Whole, places: Whole, *, out: bool) -> Whole:
        """Let some rows live with all messages or, held out, without; write down what they did. Returns the tally."""
        spread = _spread(self.population, places)
        sent = 0 if out else len(said)
        lived = self._lived(_only(calendar, said[:sent]), spread, self.population.cohorts)
        if self._touches and len(said):
            scratch = np.zeros_like(self.population.cohorts)
            versions = [
                lived if k == sent else self._lived(_only(calendar, said[:k]), spread, scratch)
                for k in range(len(said) + 1)
            ]
            self._note_messages(calendar.messages[0, said], versions, out=out)
        for name in Rows._fields:
            getattr(self.population.rows, name)[0, places] = getattr(lived.rows, name)
        for source, place in (("repeat_pool", kernels.POOL), ("repeat_by_itself", kernels.BY_ITSELF)):
            sold = lived.tallies[:, place] > 0
            sales = lived.tallies[sold, place : place + kernels.SALES]
            self._note_orders(source, lived.rows.person[sold], sales)
        gone = lived.rows.person[lived.rows.today & GOES_SILENT != 0]
        self._exits.append((gone, np.full(gone.size, self._day)))
        return lived.tallies.sum(axis=0)

    def _lived(self, calendar: Calendar, spread: Population, books: Whole) -> _Lived:
        """What a day does to copies of rows that stand eight places apart; the originals stay as they are."""
        rows = _rows(column.copy() for column in spread.rows)
        first = np.arange(0, rows.person.shape[1], EIGHT)
        tasks = np.stack([0 * first, first, first + 1, 0 * first], axis=1)
        tallies = np.zeros((len(first), kernels.TALLY), np.int64)
        self._live_in(tasks, spread._replace(rows=rows), calendar, self.members > 0, tallies, books)
        return _Lived(_rows(column[0, ::EIGHT] for column in rows), tallies)

    def _note_messages(self, kinds: NDArray[np.int8], versions: Sequence[_Lived], *, out: bool) -> None:
        """What each message did, or would have done: the day with it against the day without it."""
        for k, (without, by) in enumerate(pairwise(versions)):
            reached = np.flatnonzero(by.tallies[:, kernels.SENT] > without.tallies[:, kernels.SENT])
            before, after = (_rows(column[reached] for column in each.rows) for each in (without, by))
            seen = by.tallies[reached, kernels.SEEN] - without.tallies[reached, kernels.SEEN]
            caused = after.today & ~before.today
            muted = after.flags & ~before.flags & MUTED != 0
            facts = (seen, caused & TEMPTED != 0, after.today & NEEDED != 0, caused & LEFT != 0, muted)
            same = (np.full(reached.size, each) for each in (k, kinds[k], out))
            self._messages.append((np.full(reached.size, self._day), after.person, *same, *facts))

    def buy_back(self, affordable: Whole) -> Sales:
        """As ever; whoever was bought back is written down."""
        p, filled = self.population, int(self.population.filled[0])
        orders, before = p.rows.orders[0, :filled].copy(), _rows(column[0, :filled].copy() for column in p.rows)
        sales = super().buy_back(affordable)
        bought = np.flatnonzero(p.rows.orders[0, :filled] != orders)
        if bought.size:
            alone = each_alone(p, bought.size)
            for name in Rows._fields:
                getattr(alone.rows, name)[:, 0] = getattr(before, name)[bought]
            alone.filled[:] = 1
            tallies = np.zeros((bought.size, kernels.TALLY), np.int64)
            kernels.buy_back(self._day, alone, np.ones(bought.size), tallies)
            amounts = tallies[:, kernels.BY_ITSELF : kernels.BY_ITSELF + kernels.SALES]
            self._note_orders("repeat_bought_back", before.person[bought], amounts)
        return sales

    def start_customers(self, has_pool: NDArray[np.bool_]) -> None:
        """As ever; they are written down with an order of nothing, because what they paid before is not known."""
        first = int(self.population.filled[0])
        super().start_customers(has_pool)
        people = self._note_people(first)
        self._note_orders(STARTING, people, np.zeros((people.size, kernels.SALES), np.int64))

    def arrive_invited(self) -> Sales:
        """As ever, written down."""
        return self._arrived("first_referred", opt_in.BY_A_FRIEND, super().arrive_invited)

    def arrive_visitors(self, expected: NDArray[np.float64]) -> Sales:
        """As ever, written down."""
        return self._arrived("first_free", opt_in.BY_THEMSELVES, partial(super().arrive_visitors, expected))

    def arrive_clicked(self, square: Market, money: Whole) -> tuple[Sales, Whole, Whole]:
        """As ever, written down."""
        first = int(self.population.filled[0])
        answer = super().arrive_clicked(square, money)
        self._note_first_orders("first_paid", opt_in.BY_ADS, first)
        return answer

    def _arrived(self, source: str, how: int, arrive: Callable[[], Sales]) -> Sales:
        first = int(self.population.filled[0])
        sales = arrive()
        self._note_first_orders(source, how, first)
        return sales

    def _note_first_orders(self, source: str, how: int, first: int) -> None:
        people = self._note_people(first)
        if not people.size:
            return
        alone, number = each_alone(self.population, people.size), np.ones(people.size, np.int64)
        nobody = np.zeros(people.size, np.int64)
        closed = opt_in.Door(nobody > 0, np.zeros(people.size), nobody.copy(), np.zeros((people.size, 0, 0)))
        new = opt_in.Newcomers(np.zeros((people.size, kernels.SALES), np.int64), *(nobody.copy() for _ in range(4)))
        ordering, generations = people.astype(np.int32)[:, np.newaxis], np.zeros((people.size, 1), np.uint8)
        acquisition.welcome(self._day, how, alone, ordering, generations, number, closed, new)
        self._note_orders(source, people, new.sales)

    def _note_people(self, first: int) -> Whole:
        """Write down who came from row ``first`` on, and draw who of them is held out."""
        rows, new = self.population.rows, slice(first, int(self.population.filled[0]))
        person = rows.person[0, new].astype(np.int64)
        member = (rows.flags[0, new] & MEMBER) != 0
        columns = (person, rows.first_day[0, new], member, rows.need[0, new], rows.exit[0, new])
        self._people.append([column.astype(np.float64) for column in columns])
        if self._share:
            drawn = [luck.draw(self._seed, luck.TRAITS, 0, who, HELD_OUT)[0] for who in person.tolist()]
            self._held[person] = np.array(drawn) < self._share
        return person

    def _note_orders(self, source: str, people: NDArray[Any], sales: Whole) -> None:
        place = SOURCES.index(source)
        self._orders.append((np.full(people.size, self._day), people, np.full(people.size, place), *sales.T[1:]))


def _rows(columns: Iterable[Any]) -> Rows:
    return Rows(*columns)


def _only(calendar: Calendar, places: Whole) -> Calendar:
    """The day's messages at some places, and none elsewhere."""
    said = np.full_like(calendar.messages, NO_MESSAGE)
    said[:, places] = calendar.messages[:, places]
    return calendar._replace(messages=said)


def _spread(p: Population, places: Whole) -> Population:
    """Copies of some rows of the only world, eight places apart, so that each can be a task of its own."""
    rows = no_rows(1, EIGHT * places.size)
    for name in Rows._fields:
        getattr(rows, name)[0, ::EIGHT] = getattr(p.rows, name)[0, places]
    return p._replace(rows=rows, filled=np.array([EIGHT * places.size], np.int64))


def each_alone(p: Population, number: int) -> Population:
    """So many worlds like the only one, without rows and with books of their own, that are thrown away."""
    return p._replace(
        seeds=np.repeat(p.seeds, number),
        settings=np.repeat(p.settings, number, axis=0),
        kinds=np.repeat(p.kinds, number, axis=0),
        table_of=np.repeat(p.table_of, number),
        channels=np.repeat(p.channels, number, axis=0),
        channel_count=np.repeat(p.channel_count, number),
        rows=no_rows(number, EIGHT),
        filled=np.zeros(number, np.int64),
        known=np.zeros((number, 1), np.uint8),
        cohorts=np.zeros((number, *p.cohorts.shape[1:]), np.int64),
    )


def _joined(pieces: Pieces, columns: int) -> list[NDArray[Any]]:
    """Pieces of a table as whole columns; whole numbers as int64."""
    if not pieces:
        return [np.empty(0, np.int64)] * columns
    whole = [np.concatenate(column) for column in zip(*pieces, strict=True)]
    return [column if column.dtype == np.float64 else column.astype(np.int64) for column in whole]
