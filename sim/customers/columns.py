"""The crowd as columns: the verbs of the day over many worlds at once, compiled. Counts and sales come back, money does
not move here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import Scenario
from sim.customers import acquisition, census, customer_day, multichannel, opt_in, orders
from sim.customers.acquisition import ClickLaw
from sim.customers.daily import CountedYears, DailySettings
from sim.customers.rows import BLOCK, Population, drop_forgotten, more_rows
from sim.customers.sales import Counts, Sales, sales_at
from sim.customers.settings import AT
from sim.customers.starting import nobody, starts_of, stride_of
from sim.customers.touchpoints import doors_of, open_to
from sim.kernel.compiled import straight
from sim.kernel.ledger import COHORT_FIELD, COUNT, MICRO, POOL_LEVELS, Ledger
from sim.market.market import Market
from sim.rules.channels import MOST_CHANNELS
from sim.rules.pool import Calendar
from sim.rules.referral import TIERS

_TALLIED = np.array([COUNT[name] for name in (
    "sent", "seen", "win_back_contacts", "needs_lost", "left", "removed", "exited", "points_earned", "points_spent",
)])
_PLACES = np.array([
    orders.SENT, orders.SEEN, orders.WON_BACK, orders.WAITING, orders.LEAVES, orders.REMOVALS, orders.EXITS,
    orders.POINTS_EARNED, orders.POINTS_SPENT,
])
"""Counts of the ledger that the day's tally holds, and where."""
_LEVELS = slice(COUNT[POOL_LEVELS[0]], COUNT[POOL_LEVELS[-1]] + 1)

NOBODY_REFERRED = np.zeros((0, 0), np.uint8)
DAYS_BETWEEN_TIDYING = 56
BOOK = 3
"""Where a task (world, first row, row after the last, book) names its cohort book."""
ROWS_WORTH_A_THREAD = 200_000
"""A world of fewer rows is not cut into slices: then each thread needs a cohort book of its own."""
PARTS_A_THREAD = 4
"""Parts of a day's work for each thread, so that one that is held up leaves more to the others."""
ROWS_WORTH_THREADS = 40_000
"""Below so many rows in all worlds a second thread costs more than it brings."""

_live, _census, _buy_back, _invite = map(straight, (customer_day.live, census.census, orders.buy_back, orders.invite))
_follow_invitations, _pass_by = straight(acquisition.follow_invitations), straight(acquisition.pass_by)
_click, _welcome = straight(acquisition.click), straight(acquisition.welcome)


class Columns:
    """Customers of several worlds as columns; ``members``, ``gifts`` and ``liveliness`` are [world]."""

    def __init__(self, scenarios: Sequence[Scenario], seeds: Sequence[int], books: Ledger, threads: int = 1) -> None:
        self._worlds = len(scenarios)
        self._population = nobody(scenarios, seeds, books.cohorts)
        self._daily, self._years = DailySettings(scenarios, self._population.settings), CountedYears(scenarios)
        self._threads = ThreadPoolExecutor(threads - 1) if threads > 1 else None
        self._thread_count = threads
        self._starts = starts_of(scenarios)
        self._doors = doors_of(scenarios)
        self._strides = np.array([stride_of(s.market.people) for s in scenarios], np.int64)
        self._cursors, self._queue_length, self._customers = self._zeros(), self._zeros(), self._zeros()
        self._invited = np.zeros((self._worlds, 256), np.int32)
        self._invited_early = np.zeros((self._worlds, 256), np.bool_)
        self._inviters = np.zeros((self._worlds, 256), np.uint8)
        self._today = np.zeros((self._worlds, len(COUNT)), np.int64)
        self._each = np.stack([np.arange(self._worlds), self._zeros(), self._zeros(), np.arange(self._worlds)], axis=1)
        self._has_channels = bool(self._population.channel_count.max() > 1)
        self._is_various = self._has_channels or bool((self._population.settings[:, AT.uses_tags] != 0).any())
        self._gives_points = bool((self._population.settings[:, AT.points_share] > 0).any())
        self.members = self._zeros()
        self.liveliness = np.ones(self._worlds)

    def __enter__(self) -> Columns:
        return self

    def __exit__(self, *problem: object) -> None:
        if self._threads is not None:
            self._threads.shutdown()

    @property
    def population(self) -> Population:
        """The state itself, for those who look closely."""
        return self._population

    @property
    def gifts(self) -> Counts:
        """Gifts given today, up to now."""
        return self._new.gifts

    @property
    def bonuses(self) -> Counts:
        """What today's joiners cost at their entrances, in micro-yuan."""
        return self._new.entrance_costs

    @property
    def win_backs(self) -> Counts:
        """Inactive members who were reached through the public side today."""
        return self._today[:, COUNT["win_back_contacts"]]

    @property
    def followers(self) -> Counts:
        """Members on each channel [world, channel] of worlds that have several; else nobody."""
        followers = np.zeros((self._worlds, MOST_CHANNELS), np.int64)
        if self._has_channels:
            multichannel.count_followers(self._population, followers)
        return followers

    def wake_up(self, day: int) -> None:
        """A new day, of which nothing is counted yet."""
        self._day = day
        self._today[:] = 0
        self._new = opt_in.Newcomers(self._sales(), *(self._zeros() for _ in range(4)))
        self._daily.wake_up(day)

    def promise_rewards(self, promised: NDArray[np.bool_]) -> None:
        """Where no reward is promised, members invite as many as they would without one."""
        self._daily.promise_rewards(promised)

    def feel_the_brand(self, targeting: NDArray[np.float64], quality: NDArray[np.float64]) -> None:
        """Clicks suit so much better than usual, and goods meet so much of a need: factors of each world."""
        self._daily.feel_the_brand(targeting, quality)

    def start_customers(self, has_pool: NDArray[np.bool_]) -> None:
        """People who are customers from tonight on, as after a first order; in the pool where the brand has one."""
        for in_pool in (True, False):
            counts = self._starts.get((self._day, in_pool))
            if counts is not None:
                self._start(counts, has_pool & in_pool)

    def _start(self, counts: Counts, entering: NDArray[np.bool_]) -> None:
        self._make_room(int(counts.max()))
        p, (starting, started) = self._population, self._nobody_yet(int(counts.max()))
        acquisition.next_in_line(p, self._strides, self._cursors, counts, starting, started)
        tasks = self._tasks(started)
        self._side_by_side(
            lambda some, _: acquisition.start_customers(self._day, tasks[some], p, starting, entering), tasks
        )
        p.filled[:] += started
        p.cohorts[:, self._day // 7, opt_in.STARTING, COHORT_FIELD["customers"]] += started
        self._note("started", started)
        self._note("started_in_pool", started * entering)

    def lose_accounts(
        self, accounts: Counts, lost_share: NDArray[np.float64], recovered_share: NDArray[np.float64]
    ) -> None:
        """The platform takes each account with a chance ``lost_share``; some of its members can be won again."""
        if np.count_nonzero(lost_share):
            lost = self._zeros()
            customer_day.take_accounts(self._day, self._population, accounts, lost_share, recovered_share, lost)
            self._note("banned", lost)

    def due_to_be_won_back(self, every: Counts) -> Counts:
        """Inactive members whose turn it would be today if every so many-th had one."""
        due = self._zeros()
        census.due_to_be_won_back(self._day, self._population, every, due)
        return due

    def live(self, calendar: Calendar) -> tuple[Sales, Sales]:
        """Everybody lives through the day: forgets, hears from the brand, needs something, perhaps leaves.

        Returns the repeat orders that the pool caught and those that came by themselves; other needs wait.
        """
        if self._day % DAYS_BETWEEN_TIDYING == 0:
            self._years.gone += drop_forgotten(self._population.rows, self._population.filled)
        tasks = self._tasks(self._population.filled)
        tally = self._by_world(self._share_out(calendar, tasks), tasks)
        self._waiting = tally[:, orders.WAITING]
        self._today[:, _TALLIED] += tally.take(_PLACES, axis=1)
        self.charged, self._levels = tally[:, orders.CHARGED], tally[:, orders.IN_POOL :].copy()
        self._counted = self._population.filled.copy()
        return sales_at(tally, orders.POOL), sales_at(tally, orders.BY_ITSELF)

    def _share_out(self, calendar: Calendar, tasks: Counts) -> Counts:
        """Let the tasks live, on several threads if there are large ones; returns their tallies."""
        p, tallies = self._population, np.zeros((len(tasks), orders.TALLY), np.int64)
        alone = len(tasks) == self._worlds
        books = p.cohorts if alone else np.zeros((self._thread_count * self._worlds, *p.cohorts.shape[1:]), np.int64)

        def work(some: slice, thread: int) -> None:
            if not alone:
                tasks[some, BOOK] = tasks[some, 0] + thread * self._worlds
            self._live_in(tasks[some], p, calendar, has_pool, tallies[some], books)

        has_pool = self.members > 0
        self._side_by_side(work, tasks)
        if not alone:
            np.add(p.cohorts, books.reshape(-1, *p.cohorts.shape).sum(axis=0), out=p.cohorts)
        return tallies

    def _live_in(
        self, tasks: Counts, p: Population, calendar: Calendar, has_pool: NDArray[np.bool_], tallies: Counts,
        books: Counts,
    ) -> None:
        """What the day does to the rows of these tasks, in a population that may be a copy of the crowd's own."""
        if self._is_various:
            customer_day.hear_on_channels(self._day, tasks, p, self.liveliness, calendar, has_pool, tallies)
        seasons = self._daily.seasons()
        _live(self._day, tasks, p, seasons, self.liveliness, calendar, has_pool, tallies, books)

    def _by_world(self, parts: Counts, tasks: Counts) -> Counts:
        """What the tasks, in the order of worlds and one each at least, found [task, ...]: summed [world, ...]."""
        if len(tasks) == self._worlds:
            return parts
        return np.add.reduceat(parts, np.searchsorted(tasks[:, 0], np.arange(self._worlds)), axis=0)

    def _side_by_side(self, work: Callable[[slice, int], None], tasks: Counts) -> None:
        """Do the tasks; where there is enough to do, threads take part after part, until none is left."""
        if self._threads is None or (tasks[:, 2] - tasks[:, 1]).sum() < ROWS_WORTH_THREADS:
            work(slice(None), 0)
            return
        parts = iter(self._parts(tasks))

        def take(thread: int) -> None:
            for part in parts:
                work(part, thread)

        others = [self._threads.submit(take, thread) for thread in range(1, self._thread_count)]
        take(0)
        for other in others:
            other.result()

    def _parts(self, tasks: Counts) -> list[slice]:
        """The tasks in parts of about as many rows each, several for each thread, so that none waits long."""
        rows, number = tasks[:, 2] - tasks[:, 1], PARTS_A_THREAD * self._thread_count
        shares = np.arange(1, number) / number
        cuts = [0, *np.searchsorted(np.cumsum(rows) - rows / 2, rows.sum() * shares).tolist(), len(tasks)]
        return [slice(a, b) for a, b in pairwise(cuts) if a < b]

    def _tasks(self, rows: Counts) -> Counts:
        """Which rows, of so many in each world, are done together, and in which cohort book: a world each, or slices
        of the large ones."""
        if self._threads is None or rows.max() < ROWS_WORTH_A_THREAD:
            self._each[:, 2] = rows
            return self._each
        return np.array(list(self._slices(rows.tolist())), np.int64)

    def _slices(self, counts: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
        """Each world, or several slices of a large one for each thread, in whole blocks."""
        for w, rows in enumerate(counts):
            slices = 1 if rows < ROWS_WORTH_A_THREAD else PARTS_A_THREAD * self._thread_count
            step = max(-(-rows // (slices * BLOCK)) * BLOCK, 1)
            yield from ((w, a, min(a + step, rows), w) for a in range(0, max(rows, 1), step))

    def buy_back(self, affordable: Counts) -> Sales:
        """Buy back waiting needs, at most so many in each world; a competitor gets the rest."""
        bought, last_rank = np.zeros((self._worlds, orders.TALLY), np.int64), np.minimum(self._waiting, 1.0)
        for w in (affordable < self._waiting).nonzero()[0].tolist():
            last_rank[w] = self._rank_of_the_last(w, int(affordable[w]))
        if not np.count_nonzero(last_rank):
            return sales_at(bought, orders.BY_ITSELF)
        _buy_back(self._day, self._population, last_rank, bought)
        sales = sales_at(bought, orders.BY_ITSELF)
        self._note("needs_lost", -sales.orders)
        self._levels += bought[:, orders.IN_POOL :]
        if self._gives_points:
            self._note("points_earned", bought[:, orders.POINTS_EARNED])
            self._note("points_spent", bought[:, orders.POINTS_SPENT])
        return sales

    def _rank_of_the_last(self, w: int, affordable: int) -> float:
        if affordable <= 0:
            return 0.0
        found = np.empty(int(self._waiting[w]))
        orders.ranks(self._day, self._population, w, found)
        return float(np.partition(found, affordable - 1)[affordable - 1])

    def open_door(
        self, is_open: NDArray[np.bool_], gift_cny: NDArray[np.float64], gifts_affordable: Counts,
        solvent: NDArray[np.bool_],
    ) -> None:
        """Set today's invitation to newcomers, and entrances: those that cost are open where there is money."""
        self._door = opt_in.Door(is_open, gift_cny.copy(), gifts_affordable, open_to(self._doors, solvent))

    def arrive_invited(self) -> Sales:
        """Neighbours whom members told yesterday."""
        self._note("invitations", self._queue_length)
        ordering, number = self._nobody_yet(int(self._queue_length.max()))
        generations, from_early = np.empty(ordering.shape, np.uint8), self._zeros()
        self.referred_tiers = np.zeros((self._worlds, TIERS), np.int64)
        queue = (self._invited, self._invited_early, self._inviters, self._queue_length)
        _follow_invitations(
            self._day, self._population, *queue, ordering, generations, number, from_early, self.referred_tiers
        )
        self._note("referred_by_early", from_early)
        return self._welcome(opt_in.BY_A_FRIEND, ordering, number, generations)

    def arrive_visitors(self, expected: NDArray[np.float64]) -> Sales:
        """Visitors who come without an advertisement, so many a day on average."""
        ordering, number = self._nobody_yet(int(expected.max()) + 1)
        visits = self._zeros()
        _pass_by(self._day, self._population, expected, ordering, number, visits)
        self._note("visits", visits)
        return self._welcome(opt_in.BY_THEMSELVES, ordering, number)

    def arrive_clicked(self, square: Market, money: Counts) -> tuple[Sales, Counts, Counts]:
        """People who clicked a paid advertisement: their sales, the clicks and what these cost in micro-yuan."""
        law = ClickLaw(
            square.clicks_offered, square.cumulative, square.price_micro, square.t_low, square.t_mass,
            square.match_shape, square.match_scale, square.match_most,
        )
        ordering, number = self._nobody_yet(int(square.clicks_offered.max()) + 1)
        clicks, spent = self._zeros(), self._zeros()
        _click(self._day, self._population, law, money, ordering, number, clicks, spent)
        return self._welcome(opt_in.BY_ADS, ordering, number), clicks, spent

    def _nobody_yet(self, at_most: int) -> tuple[NDArray[np.int32], Counts]:
        return np.empty((self._worlds, max(at_most, 1)), np.int32), self._zeros()

    def _welcome(
        self, how: int, ordering: NDArray[np.int32], number: Counts, generations: NDArray[np.uint8] = NOBODY_REFERRED
    ) -> Sales:
        if not np.count_nonzero(number):
            return sales_at(self._sales(), 0)
        self._make_room(int(number.max()))
        before = self._new.sales.copy()
        _welcome(self._day, how, self._population, ordering, generations, number, self._door, self._new)
        return sales_at(self._new.sales - before, 0)

    def invite(self) -> None:
        """Members who ordered today tell neighbours, who arrive tomorrow."""
        self._let_invite()
        if self._queue_length.max() > self._invited.shape[1]:
            places = 2 * int(self._queue_length.max())
            self._invited = np.zeros((self._worlds, places), np.int32)
            self._invited_early = np.zeros((self._worlds, places), np.bool_)
            self._inviters = np.zeros((self._worlds, places), np.uint8)
            self._let_invite()

    def _let_invite(self) -> None:
        queue = (self._invited, self._invited_early, self._inviters, self._queue_length)
        _invite(self._day, self._population, *queue)

    def census(self) -> NDArray[np.int64]:
        """Count everybody in the evening; returns the day's counts and levels [world, ledger.COUNT_NAMES]."""
        levels = self._levels
        _census(self._day, self._population, self._counted, levels)
        self.members = levels[:, 0].copy()
        self._note("joins", self._new.joins)
        if self._gives_points:
            self._note("points_earned", self._new.points)
            self._note("points", census.points_outstanding(self._population))
        self._today[:, _LEVELS] = levels
        self._customers += self._new.sales[:, 0] + self._today[:, COUNT["started"]]
        self._note("customers", self._customers)
        joins = self._new.joins + self._today[:, COUNT["started_in_pool"]]
        seen = self._today[:, COUNT["seen"]]
        customer_day.enliven(self._population.settings, joins, seen, self.members, self.liveliness)
        self._note("liveliness", np.rint(self.liveliness * MICRO).astype(np.int64))
        return self._today

    def close_year(self) -> Counts:
        """On the last evening of a counted year: how many customers ordered in it; on any other 0."""
        return self._years.close(self._day, self._population.rows.flags)

    def _make_room(self, newcomers: int) -> None:
        needed = int(self._population.filled.max()) + newcomers
        if needed > self._population.rows.person.shape[1]:
            self._population = self._population._replace(rows=more_rows(self._population.rows, needed + needed // 2))

    def _note(self, name: str, amount: Counts) -> None:
        counted = self._today[:, COUNT[name]]
        counted += amount

    def _zeros(self) -> Counts:
        return np.zeros(self._worlds, np.int64)

    def _sales(self) -> Counts:
        return np.zeros((self._worlds, orders.SALES), np.int64)
