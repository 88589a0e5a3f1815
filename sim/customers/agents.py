"""The crowd as Mesa agents, one object a customer: the verbs of columns.py over one world, in plain Python.

What people do stands in sim/customers/customer.py; here is what happens to all of them, and what is written down.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from mesa import Model
from numpy.typing import NDArray

from sim.assumptions.scenario import Scenario
from sim.customers import acquisition
from sim.customers.agent_census import forget_buyers, levels_of_the_pool
from sim.customers.customer import JOINED, OUTSIDE, STARTING, Customer
from sim.customers.environment import YEAR, Town
from sim.customers.message import TwoDraws
from sim.customers.orders import SALES
from sim.customers.sales import Counts, Sales, sales_at
from sim.customers.settings import DEMANDED
from sim.customers.starting import starts_of, stride_of
from sim.customers.touchpoints import INTENT, JOINER_COST, doors_of, open_to
from sim.kernel import luck
from sim.kernel.ledger import COHORT_FIELD, COUNT, MICRO, POOL_LEVELS, Ledger
from sim.market.market import Market
from sim.rules import member_day, pool
from sim.rules.auction import draw_click
from sim.rules.channels import MOST_CHANNELS
from sim.rules.platform import ACCOUNT, MEMBER_OF
from sim.rules.points import FEN
from sim.rules.referral import TIERS


class Agents(Town):
    """Customers of one world as Mesa agents; takes and returns arrays with one place, as for many worlds.

    ``customer`` is the class of which people are made; ``activation`` is ``do`` or ``shuffle_do``, which give the same
    books, because nobody's luck depends on who came before.
    """

    def __init__(
        self, model: Model, scenario: Scenario, seed: int, books: Ledger, customer: type[Customer] = Customer,
        activation: str = "do",
    ) -> None:
        super().__init__(scenario, seed, books)
        self.customers: dict[int, Customer] = {}
        self._model, self._market = model, scenario.market
        self._first_counted = scenario.clock.warm_up_days
        self.kind_of_customer, self._activation, self._targeted = customer, activation, False
        self._known: set[int] = set()
        self._starts = starts_of([scenario])
        self._stride, self._cursor = stride_of(scenario.market.people), 0
        self._doors = doors_of([scenario])
        self._induced = self.settings.invitations
        self._invited: list[tuple[int, bool, int]] = []
        self._customers_so_far = self._gone_buyers = 0
        self.members, self.liveliness = np.zeros(1, np.int64), np.ones(1)

    # The verbs of the day.

    @property
    def gifts(self) -> Counts:
        """Gifts given today, up to now."""
        return np.array([self._gifts])

    @property
    def bonuses(self) -> Counts:
        """What today's joiners cost at their entrances, in micro-yuan."""
        return np.array([self._bonuses])

    def wake_up(self, day: int) -> None:
        """A new day, of which nothing is counted yet."""
        super().wake_up(day)
        self._joins = self._gifts = self._newcomers = self._bonuses = 0

    def promise_rewards(self, promised: NDArray[np.bool_]) -> None:
        """Where no reward is promised, members invite as many as they would without one."""
        level = self._induced if promised[0] else self.settings.quiet_invitations
        if level != self.settings.invitations:
            self.settings = self.settings._replace(invitations=level)

    def feel_the_brand(self, targeting: NDArray[np.float64], quality: NDArray[np.float64]) -> None:
        """Clicks suit so much better than usual, and goods meet so much of a need."""
        self.quality = float(quality[0])
        if targeting[0] != 1.0 or self._targeted:
            self._targeted = True
            chance = self._usual.first_order_chance * float(self._days[DEMANDED, self.day % YEAR]) * float(targeting[0])
            self.settings = self.settings._replace(first_order_chance=chance)

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
        everybody = self._market.people
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
        customer = self.kind_of_customer(self._model, self, person, kind)
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

    def due_to_be_won_back(self, every: Counts) -> Counts:
        """Inactive members whose turn it would be today if every so many-th had one."""
        turns, day = int(every[0]), self.day
        return np.array([sum(
            pool.is_addressed(pool.WIN_BACK, turns, day, c.person, c.is_member, 0, c.contact_day, 0)
            for c in self.customers.values()
        )])

    @property
    def followers(self) -> Counts:
        """Members on each channel [1, channel] of a world that has several; else nobody."""
        several = len(self.channels) > 1
        following = [c.channels for c in self.customers.values() if c.is_member] if several else []
        return np.array([[sum(each >> k & 1 for each in following) for k in range(MOST_CHANNELS)]])

    @property
    def win_backs(self) -> Counts:
        """Inactive members who were reached through the public side today."""
        return np.array([self._today[COUNT["win_back_contacts"]]])

    def live(self, calendar: pool.Calendar) -> tuple[Sales, Sales]:
        """Everybody lives through the day; returns the repeat orders that the pool caught and those by themselves."""
        self.has_pool = bool(self.members[0] > 0)
        everybody = np.fromiter(self.customers, np.int32, len(self.customers))
        self._lay_out(calendar, everybody, float(self.liveliness[0]))
        getattr(self._model.agents_by_type[self.kind_of_customer], self._activation)(self.kind_of_customer.step)
        return self._sold("pool"), self._sold("by_itself")

    def _sold(self, how: str) -> Sales:
        return sales_at(self._sales[how].reshape(1, SALES), 0)

    def buy_back(self, affordable: Counts) -> Sales:
        """Buy back waiting needs, at most so many; those with the lowest keyed rank."""
        ranked = sorted((self.draw(luck.ORDER, c.person)[3], c.unique_id, c) for c in self._waiting)
        for _, _, customer in ranked[: max(int(affordable[0]), 0)]:
            customer.order("bought_back")
            self.count("needs_lost", -1)
        return self._sold("bought_back")

    def open_door(
        self, is_open: NDArray[np.bool_], gift_cny: NDArray[np.float64], gifts_affordable: Counts,
        solvent: NDArray[np.bool_],
    ) -> None:
        """Set today's invitation to newcomers, and entrances: those that cost are open where there is money."""
        self.entrances = open_to(self._doors, solvent)[0]
        self._is_open, self._gift_cny = bool(is_open[0]), float(gift_cny[0])
        self._gifts_affordable = int(gifts_affordable[0])

    def arrive_invited(self) -> Sales:
        """Neighbours whom members told yesterday."""
        queue, self._invited = self._invited, []
        self.count("invitations", len(queue))
        ordering, generations = [], []
        for person, from_early, inviter in queue:
            orders = self.draw(luck.INVITATION, person, acquisition.ARRIVES)[1] < self.settings.invitee_orders
            if orders and self._is_new(person):
                ordering.append(person)
                generations.append(min(inviter + 1, 255))
                self.count("referred_by_early", from_early)
        self.referred_tiers = np.array([[sum(each >= tier for each in generations) for tier in range(1, 1 + TIERS)]])
        return self._receive(ordering, "referred", generations)

    def arrive_visitors(self, expected: NDArray[np.float64]) -> Sales:
        """Visitors who come without an advertisement, so many a day on average."""
        s = self.settings
        visitors = int(expected[0] + self.draw(luck.MARKET, 0, acquisition.VISITORS_ROUNDED)[0])
        self.count("visits", visitors)
        draws = (self.draw(luck.VISIT, n) for n in range(visitors))
        ordering = [int(u[0] * s.people) for u in draws if u[1] < s.visitor_buys and self._is_new(int(u[0] * s.people))]
        return self._receive(ordering, "")

    def arrive_clicked(self, square: Market, money: Counts) -> tuple[Sales, Counts, Counts]:
        """People who clicked a paid advertisement: their sales, the clicks and what these cost in micro-yuan."""
        s, left, spent, clicks, ordering = self.settings, int(money[0]), 0, 0, []
        offered = int(square.clicks_offered[0] + self.draw(luck.MARKET, 0, acquisition.CLICKS_ROUNDED)[0])
        draws = TwoDraws(self.seed, luck.CLICK, self.day, 0, np.arange(offered, dtype=np.int32))
        while clicks < offered and spent < left:
            (auction, wish), clicker = draws[clicks], self.draw(luck.CLICKER, clicks)
            price, suits = draw_click(
                square.cumulative[0], square.price_micro[0], square.t_low[0], square.t_mass[0], square.match_shape[0],
                square.match_scale[0], square.match_most[0], auction, clicker[0],
            )
            if price > left - spent:
                break
            spent, clicks, person = spent + int(price), clicks + 1, int(clicker[1] * s.people)
            if wish < s.first_order_chance * suits and self._is_new(person):
                ordering.append(person)
        return self._receive(ordering, "bought_by_ads"), np.array([clicks]), np.array([spent])

    def _receive(self, ordering: list[int], how: str, generations: Sequence[int] = ()) -> Sales:
        """Newcomers who order; they may join the pool at the door. ``how`` is the cohorts' word for how they came."""
        customers = [self._welcome_in(person, OUTSIDE) for person in ordering]
        for customer in customers:
            self._ask_in(customer, how)
        self._newcomers += len(customers)
        sales = np.zeros(SALES, np.int64)
        for customer, generation in zip(customers, generations, strict=False):
            customer.generation = generation
        for customer in customers:
            if how == "referred":
                customer.need = member_day.times(customer.need, self.settings.referred_need)
                customer.exit = member_day.times(customer.exit, self.settings.referred_exit)
            sales += self._book_first_order(customer, how)
        return sales_at(sales.reshape(1, SALES), 0)

    def _ask_in(self, customer: Customer, how: str) -> None:
        """Ask a newcomer to join; a gift that cannot be paid is not offered."""
        if not self._is_open:
            return
        customer.entrance = met = self.entrance_met(customer.person, how)
        offered = self._gift_cny if self._gifts_affordable > 0 else 0.0
        if customer.accepts(offered):
            if offered > 0 and not customer.accepts(0.0):
                customer.engagement = member_day.times(customer.engagement, self.settings.gift_joiner_engagement)
            if met is not None:
                customer.engagement = member_day.times(customer.engagement, float(met[INTENT]))
                self._bonuses += int(met[JOINER_COST])
            self._cohort(customer)[COHORT_FIELD["customers"]] -= 1
            customer.join(JOINED)
            self._cohort(customer)[COHORT_FIELD["customers"]] += 1
            self._joins += 1
            self._gifts += offered > 0
            self._gifts_affordable -= offered > 0

    def invite(self) -> None:
        """Members who ordered today tell neighbours, who arrive tomorrow; those who came first speak first."""
        s = self.settings
        for customer in sorted(self._talking, key=lambda each: each.unique_id):
            u = self.draw(luck.ORDER, customer.person)[2]
            early = bool(s.early_from_day <= customer.joined_day < s.early_before_day)
            for k in range(customer.neighbours_to_tell(u)):
                self._invited.append((self.neighbour(customer.person, k), early, customer.generation))

    def census(self) -> NDArray[np.int64]:
        """Count everybody in the evening; returns the day's counts and levels [1, ledger.COUNT_NAMES]."""
        members = self._count_the_pool()
        self.count("joins", self._joins)
        if self.settings.points_share > 0:
            self.count("points", self._points_outstanding())
        self._customers_so_far += self._newcomers + self._today[COUNT["started"]]
        self.count("customers", self._customers_so_far)
        self._enliven(members)
        return np.array([self._today])

    def _points_outstanding(self) -> int:
        """What members' points are worth, in micro-yuan."""
        return FEN * sum(each.points for each in self.customers.values() if each.is_member)

    def close_year(self) -> Counts:
        """On the last evening of a counted year: how many customers ordered in it; on any other 0."""
        if (self.day + 1 - self._first_counted) % YEAR:
            return np.zeros(1, np.int64)
        buyers, self._gone_buyers = self._gone_buyers + forget_buyers(self.customers.values()), 0
        return np.array([buyers])

    def _count_the_pool(self) -> int:
        """Count members by what they are, and part from those who are gone for good; returns how many members."""
        levels, gone = levels_of_the_pool(self.day, self.customers.values())
        for name, level in zip(POOL_LEVELS, levels, strict=True):
            self.count(name, level)
        self._part_from(gone)
        return levels[0]

    def _part_from(self, gone: list[Customer]) -> None:
        """Who silently exited and is not in the pool can never matter again."""
        for customer in gone:
            self._gone_buyers += customer.bought_this_year
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
