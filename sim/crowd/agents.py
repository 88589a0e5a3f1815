"""The crowd as Mesa agents, one object a customer: the verbs of sim/crowd/columns.py over one world, in plain Python.

What people do stands in sim/crowd/customer.py; here is what happens to all of them, and what is written down.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from mesa import Model
from numpy.typing import NDArray

from sim import luck, people, pool, word_of_mouth
from sim.auction import draw_click
from sim.crowd import arrivals, singly
from sim.crowd.columns import Counts, Sales
from sim.crowd.customer import JOINED, OUTSIDE, STARTING, Customer
from sim.crowd.orders import SALES
from sim.crowd.rows import LONG_AGO
from sim.crowd.settings import VALUE, kinds_of_messages, settings_of, trait_tables
from sim.crowd.starting import starts_of, stride_of
from sim.ledger import COHORT_FIELD, COUNT, HORIZONS, KINDS, MICRO, Ledger
from sim.market import Market
from sim.platform import ACCOUNT, MEMBER_OF
from sim.scenario import Scenario

YEAR = 365
ENGAGED, WEAK_TIE = float(pool.ENGAGED), float(pool.WEAK_TIE)


class Message(NamedTuple):
    """A message of today: of which kind, to every how many-th member, and what its chances and effects depend on."""

    kind: int
    every: int
    is_discounted: bool
    chances: tuple[float, ...]
    effects: tuple[float, ...]


class Agents:
    """Customers of one world as Mesa agents; takes and returns arrays with one place, as for many worlds.

    ``customer`` is the class of which people are made; ``activation`` is ``do`` or ``shuffle_do``, which give the same
    books, because nobody's luck depends on who came before.
    """

    def __init__(
        self, model: Model, scenario: Scenario, seed: int, books: Ledger, customer: type[Customer] = Customer,
        activation: str = "do",
    ) -> None:
        self.settings = settings_of(scenario)
        self.traits = trait_tables(scenario)
        self.customers: dict[int, Customer] = {}
        self._model, self._scenario, self.seed, self._books = model, scenario, seed, books
        self._make, self._activation = customer, activation
        self._known: set[int] = set()
        self._starts = starts_of([scenario])
        self._stride, self._cursor = stride_of(scenario.market.people), 0
        self._invited: list[tuple[int, bool, int]] = []
        self._customers_so_far = 0
        self._kinds = kinds_of_messages(scenario)
        self.onboarding = int(self.settings.onboarding)
        self.stays = singly.rounded(self.settings.base_stay_chance)
        self.members, self.liveliness = np.zeros(1, np.int64), np.ones(1)
        self.has_pool = False
        self.day = 0

    def __enter__(self) -> Agents:
        return self

    def __exit__(self, *problem: object) -> None:
        """Nothing is held open."""

    def _message(self, kind: int, every: int, reach: float) -> Message:
        s, blunts = self.settings, 1.0 / self.settings.fatigue_blunts
        value, builds, wears, order_chance, discounted = self._kinds[kind].tolist()
        chances = (
            s.accessibility * reach, s.seen_floor, s.muted_factor, order_chance, s.weak_tie_factor, blunts,
            1.0 / s.fatigue_leaves, s.leave_per_seen, s.mute_per_leave,
        )
        return Message(kind, every, discounted != 0, chances, (value, s.message_gain, builds, wears, s.tires, blunts))

    # What customers ask and tell.

    def draw(self, stream: int, person: int, which: int = 0, *, day: int | None = None) -> Any:
        """Four uniforms for a decision of a person, today unless another day is named."""
        return luck.draw(self.seed, stream, self.day if day is None else day, person, which)

    def count(self, name: str, amount: int = 1) -> None:
        """Add to one of the day's counts."""
        self._today[COUNT[name]] += amount

    def let_wait(self, customer: Customer) -> None:
        """A need that nobody met may be bought back; if not, a competitor gets it."""
        self._waiting.append(customer)
        self.count("needs_lost")

    def book_repeat(self, customer: Customer, how: str, value: int, discount: int) -> None:
        """Write a repeat order down: in the day's sales and in the customer's cohort."""
        s = self.settings
        discount += people.order_value_micro(s.leaked_coupon_cny, 1.0)
        goods = people.share_of_micro(value, 1.0 - s.margin_share)
        refund = people.share_of_micro(max(value - discount - goods, 0), s.refund)
        commission = people.share_of_micro(max(value - discount, 0), (how == "pool") * s.commission)
        self._sales[how] += (1, value, discount, goods, refund, commission)
        cohort, age = self._cohort(customer), self.day - customer.first_day
        cohort[COHORT_FIELD["repeat_orders"]] += 1
        cohort[COHORT_FIELD["repeat_orders_365"]] += age < YEAR
        cohort[COHORT_FIELD["second_orders_365"]] += age < YEAR and customer.orders == 2
        self._book_contribution(cohort, age, value - discount - goods - refund - commission)

    def _cohort(self, customer: Customer) -> NDArray[np.int64]:
        return self._books.cohorts[0, customer.first_day // 7, KINDS.index(customer.kind)]

    @staticmethod
    def _book_contribution(cohort: NDArray[np.int64], age: int, contribution: int) -> None:
        cohort[COHORT_FIELD["contribution_ever"]] += contribution
        for horizon in HORIZONS:
            if age < horizon:
                cohort[COHORT_FIELD[f"contribution_{horizon}"]] += contribution

    # The verbs of the day.

    @property
    def gifts(self) -> Counts:
        """Gifts given today, up to now."""
        return np.array([self._gifts])

    def wake_up(self, day: int) -> None:
        """A new day, of which nothing is counted yet."""
        self.day = day
        self._today = [0] * len(COUNT)
        self._sales = {how: np.zeros(SALES, np.int64) for how in ("pool", "by_itself", "bought_back")}
        self._waiting: list[Customer] = []
        self._joins = self._gifts = self._newcomers = 0

    def start_customers(self, has_pool: NDArray[np.bool_]) -> None:
        """People who are customers from tonight on, as after a first order; in the pool where the brand has one."""
        for in_pool in (True, False):
            wanted = int(self._starts.get((self.day, in_pool), [0])[0])
            started = self._next_in_line(wanted)
            for person in started:
                customer = self._welcome_in(person, STARTING)
                if in_pool and has_pool[0]:
                    customer.join(STARTING)
            self.count("started", len(started))
            self.count("started_in_pool", len(started) * bool(in_pool and has_pool[0]))

    def _next_in_line(self, wanted: int) -> list[int]:
        everybody = self._scenario.market.people
        found: list[int] = []
        while len(found) < wanted and self._cursor < everybody:
            person = self._cursor * self._stride % everybody
            self._cursor += 1
            if self._is_new(person):
                found.append(person)
        return found

    def _is_new(self, person: int) -> bool:
        new = person not in self._known
        self._known.add(person)
        return new

    def _welcome_in(self, person: int, kind: str) -> Customer:
        customer = self._make(self._model, self, person, kind)
        self.customers[person] = customer
        self._cohort(customer)[COHORT_FIELD["customers"]] += 1
        return customer

    def lose_accounts(
        self, accounts: Counts, lost_share: NDArray[np.float64], recovered_share: NDArray[np.float64]
    ) -> None:
        """The platform takes each account with a chance ``lost_share``; some of its members can be won again."""
        if lost_share[0] <= 0:
            return
        for customer in self.customers.values():
            if customer.is_member:
                u = self.draw(luck.PLATFORM, customer.person, MEMBER_OF)
                taken = self.draw(luck.PLATFORM, int(u[0] * accounts[0]), ACCOUNT)[0]
                if taken < lost_share[0] and u[1] >= recovered_share[0]:
                    customer.is_member = customer.is_muted = False
                    self.count("banned")

    @property
    def win_backs(self) -> Counts:
        """Inactive members who were reached through the public side today."""
        return np.array([self._today[COUNT["win_back_contacts"]]])

    def live(self, calendar: pool.Calendar) -> tuple[Sales, Sales]:
        """Everybody lives through the day; returns the repeat orders that the pool caught and those by themselves."""
        s = self.settings
        self.has_pool = bool(self.members[0] > 0)
        self.too_long_ago = max(self.day - s.remove_after_days, LONG_AGO)
        kinds, reach = enumerate(calendar.messages[0].tolist()), float(calendar.reach[0])
        self.messages = [
            (n, self._message(kind, int(calendar.every[0, n]), reach)) for n, kind in kinds if kind != pool.NO_MESSAGE
        ]
        self.fading = (
            s.half_life_days, float(self.liveliness[0]), s.quiet_factor, s.tie_half_life_share, s.fatigue_stays,
        )
        season = self._scenario.market.season_factors[int(self.day % 365 * 12 / 365)]
        self.deciding = (season, s.capture, s.exit_reduction)
        everybody = self._model.agents_by_type.get(self._make)
        if everybody is not None:
            getattr(everybody, self._activation)("step")
        return self._sold("pool"), self._sold("by_itself")

    def _sold(self, how: str) -> Sales:
        return Sales(*self._sales[how].reshape(SALES, 1))

    def buy_back(self, affordable: Counts) -> Sales:
        """Buy back waiting needs, at most so many; those with the lowest keyed rank."""
        ranked = sorted((self.draw(luck.ORDER, c.person)[3], c.unique_id, c) for c in self._waiting)
        for _, _, customer in ranked[: max(int(affordable[0]), 0)]:
            customer.order("bought_back")
            self.count("needs_lost", -1)
        return self._sold("bought_back")

    def open_door(self, is_open: NDArray[np.bool_], gift_cny: NDArray[np.float64], gifts_affordable: Counts) -> None:
        """Set today's invitation to newcomers."""
        self._is_open, self._gift_cny = bool(is_open[0]), float(gift_cny[0])
        self._gifts_affordable = int(gifts_affordable[0])

    def arrive_invited(self) -> Sales:
        """Neighbours whom members told yesterday."""
        queue, self._invited = self._invited, []
        self.count("invitations", len(queue))
        ordering, generations = [], []
        for person, from_early, inviter in queue:
            orders = self.draw(luck.INVITATION, person, arrivals.ARRIVES)[1] < self.settings.invitee_orders
            if orders and self._is_new(person):
                ordering.append(person)
                generations.append(min(inviter + 1, 255))
                self.count("referred_by_early", from_early)
        self.referred_tiers = np.array([[sum(each >= tier for each in generations) for tier in (1, 2, 3)]])
        return self._receive(ordering, "referred", generations)

    def arrive_visitors(self, expected: NDArray[np.float64]) -> Sales:
        """Visitors who come without an advertisement, so many a day on average."""
        s = self.settings
        visitors = int(expected[0] + self.draw(luck.MARKET, 0, arrivals.VISITORS_ROUNDED)[0])
        self.count("visits", visitors)
        draws = (self.draw(luck.VISIT, n) for n in range(visitors))
        ordering = [int(u[0] * s.people) for u in draws if u[1] < s.visitor_buys and self._is_new(int(u[0] * s.people))]
        return self._receive(ordering, "")

    def arrive_clicked(self, square: Market, money: Counts) -> tuple[Sales, Counts, Counts]:
        """People who clicked a paid advertisement: their sales, the clicks and what these cost in micro-yuan."""
        s, left, spent, clicks, ordering = self.settings, int(money[0]), 0, 0, []
        offered = int(square.clicks_offered[0] + self.draw(luck.MARKET, 0, arrivals.CLICKS_ROUNDED)[0])
        while clicks < offered and spent < left:
            u = self.draw(luck.CLICK, clicks)
            price, suits = draw_click(
                square.cumulative[0], square.price_micro[0], square.t_low[0], square.t_mass[0], square.match_shape[0],
                square.match_scale[0], square.match_most[0], u[0], u[1],
            )
            if price > left - spent:
                break
            spent, clicks, person = spent + int(price), clicks + 1, int(u[2] * s.people)
            if u[3] < s.first_order_chance * suits and self._is_new(person):
                ordering.append(person)
        return self._receive(ordering, "bought_by_ads"), np.array([clicks]), np.array([spent])

    def _receive(self, ordering: list[int], how: str, generations: Sequence[int] = ()) -> Sales:
        """Newcomers who order; they may join the pool at the door. ``how`` is the cohorts' word for how they came."""
        customers = [self._welcome_in(person, OUTSIDE) for person in ordering]
        for customer in customers:
            self._ask_in(customer)
        self._newcomers += len(customers)
        sales = np.zeros(SALES, np.int64)
        for customer, generation in zip(customers, generations, strict=False):
            customer.generation = generation
        for customer in customers:
            if how == "referred":
                customer.need = singly.times(customer.need, self.settings.referred_need)
                customer.exit = singly.times(customer.exit, self.settings.referred_exit)
            sales += self._book_first_order(customer, how)
        return Sales(*sales.reshape(SALES, 1))

    def _ask_in(self, customer: Customer) -> None:
        """Ask a newcomer to join; a gift that cannot be paid is not offered."""
        if not self._is_open:
            return
        offered = self._gift_cny if self._gifts_affordable > 0 else 0.0
        if customer.accepts(offered):
            if offered > 0 and not customer.accepts(0.0):
                customer.engagement = singly.times(customer.engagement, self.settings.gift_joiner_engagement)
            self._cohort(customer)[COHORT_FIELD["customers"]] -= 1
            customer.join(JOINED)
            self._cohort(customer)[COHORT_FIELD["customers"]] += 1
            self._joins += 1
            self._gifts += offered > 0
            self._gifts_affordable -= offered > 0

    def _book_first_order(self, customer: Customer, how: str) -> tuple[int, ...]:
        s, u = self.settings, self.draw(luck.FIRST_ORDER, customer.person)
        value = people.order_value_micro(s.order_value_cny, float(self.traits[VALUE, people.table_row(u[0])]))
        goods = people.share_of_micro(value, 1.0 - s.margin_share)
        coupon = min(people.order_value_micro(s.coupon_cny, 1.0), value)
        refund = people.share_of_micro(max(value - coupon - goods, 0), s.refund)
        contribution, cohort = value - coupon - goods - refund, self._cohort(customer)
        if how:
            cohort[COHORT_FIELD[how]] += 1
        cohort[COHORT_FIELD["contribution_first"]] += contribution
        self._book_contribution(cohort, 0, contribution)
        return 1, value, coupon, goods, refund, 0

    def invite(self) -> None:
        """Members who ordered today tell neighbours, who arrive tomorrow; those who came first speak first."""
        s = self.settings
        for customer in self.customers.values():
            if customer.talks:
                u = self.draw(luck.ORDER, customer.person)[2]
                early = bool(s.early_from_day <= customer.joined_day < s.early_before_day)
                for k in range(customer.neighbours_to_tell(u)):
                    self._invited.append((self._neighbour(customer.person, k), early, customer.generation))

    def _neighbour(self, person: int, k: int) -> int:
        s = self.settings
        which = int(self.draw(luck.INVITATION, person, k)[0] * s.neighbours)
        far = self.draw(luck.NEIGHBOUR, person, which, day=0)
        return int(word_of_mouth.neighbour(person, which, int(s.people), s.rewired_share, far[0], far[1]))

    def census(self) -> NDArray[np.int64]:
        """Count everybody in the evening; returns the day's counts and levels [1, ledger.COUNT_NAMES]."""
        self._part_from_those_gone()
        pool_now = [customer for customer in self.customers.values() if customer.is_member]
        living, long_ago = [c for c in pool_now if not c.has_exited], self.day - pool.ACTIVE_DAYS
        self.count("joins", self._joins)
        self.count("members", len(pool_now))
        self.count("silent", len(pool_now) - len(living))
        self.count("muted", sum(c.is_muted for c in pool_now))
        self.count("active", sum(c.contact_day > long_ago for c in pool_now))
        self.count("engaged", sum(c.engagement > ENGAGED for c in living))
        self.count("weak_ties", sum(c.tie < WEAK_TIE for c in living))
        self._customers_so_far += self._newcomers + self._today[COUNT["started"]]
        self.count("customers", self._customers_so_far)
        self._enliven(len(pool_now))
        return np.array([self._today])

    def _part_from_those_gone(self) -> None:
        """Who silently exited and is not in the pool can never matter again."""
        for customer in [c for c in self.customers.values() if c.has_exited and not c.is_member]:
            del self.customers[customer.person]
            customer.remove()

    def _enliven(self, members: int) -> None:
        s, joins = self.settings, self._joins + self._today[COUNT["started_in_pool"]]
        alive = pool.liveliness_after_day(
            float(self.liveliness[0]), joins, self._today[COUNT["seen"]], members, s.join_factor, s.half_lively,
            s.lively_window,
        )
        self.members, self.liveliness = np.array([members]), np.array([alive])
        self.count("liveliness", int(np.rint(alive * MICRO)))
