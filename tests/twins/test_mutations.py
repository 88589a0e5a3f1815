"""The comparison of the twins can fail: a rule or an order of events that differs in one of them is noticed."""

from __future__ import annotations

import pytest
from both import difference, in_agents, in_columns
from made_up import Case

import sim
from sim.customers import agent_census, customer
from sim.customers.agents import Agents
from sim.customers.customer import Customer
from sim.kernel import luck
from sim.rules import member_day
from sim.running import World

LIVELY = {
    "clock.warm_up_days": 3, "clock.days": 37, "clock.run_out_days": 5, "market.people": 3000,
    "market.need_gamma_months": 0.5, "market.exit_gamma_months": 2.0,
    "market.starting_customers": ({"day": 0, "people": 300, "in_pool": True}, {"day": 4, "people": 200, "in_pool": False}),
    "visitors.passers_by_per_day": 300.0, "visitors.buy_share": 0.5,
    "public.start_click_price_cny": 0.5, "public.clicks_offered_per_day": 500.0, "public.sampled_auctions_count": 16,
    "brand.budget_cny_per_day": 25.0, "brand.touches_per_month": 30.0, "brand.pool_budget_share": 0.9,
    "brand.remove_after_days": 20, "pool.leave_per_seen_chance": 0.03, "pool.offer_order_chance": 0.2,
    "pool.service_cny_per_month": 0.3, "pool.engagement_half_life_days": 8.0, "word_of_mouth.invitations_level": 3.0,
    "pool.channels": ({"kind": "group", "member_share": 0.5}, {"kind": "sms", "member_share": 0.3}),
}
"""A small world in which everything happens, and in which gifts and money to buy back run out."""


@pytest.fixture(scope="module")
def case():
    return Case(0, World(sim.load("baseline", LIVELY), "hybrid", 2**33 + 7), "do")


@pytest.fixture(scope="module")
def in_rows(case):
    return in_columns([case.world])[0]


class HearsBeforeForgetting(Customer):
    """The day's messages come before forgetting."""

    def forget(self) -> None:
        """Later."""

    def decide(self) -> None:
        if self.is_member and self.town.has_pool and self.contact_day > self.town.too_long_ago:
            super().forget()
        super().decide()


class DecidesAfterExit(Customer):
    """Who goes silent today needs nothing any more."""

    def decide(self) -> None:
        before = self.needs_something, self.turns_to_pool
        super().decide()
        if self.has_exited:
            self.needs_something, self.turns_to_pool = before


class HearsBeforeBeingRemoved(Customer):
    """A silent member hears today's messages once more before it is removed."""

    def be_removed(self) -> None:
        for message in self.town.messages:
            self.hear(message)
        if self.is_member:
            super().be_removed()


class TalksWithoutListening(Customer):
    """Whoever orders tells as many neighbours as with full engagement."""

    def neighbours_to_tell(self, uniform: float) -> int:
        kept, self.engagement = self.engagement, 1.0
        told = super().neighbours_to_tell(uniform)
        self.engagement = kept
        return told


class HearsAgainAsNew(Customer):
    """The same message on another channel is as good as new."""

    def hear(self, message) -> None:
        super().hear(message._replace(felt_again=message.felt))


CUSTOMERS = (HearsBeforeForgetting, DecidesAfterExit, HearsBeforeBeingRemoved, TalksWithoutListening, HearsAgainAsNew)


def reversed_ranks(monkeypatch):
    """Who comes last in the queue to be bought back comes first."""
    draw = Agents.draw

    def other(self, stream, person, which=0, *, day=None):
        u = draw(self, stream, person, which, day=day)
        return (*u[:3], 1.0 - u[3]) if stream == luck.ORDER else u

    monkeypatch.setattr(Agents, "draw", other)


def gifts_without_end(monkeypatch):
    """A gift is offered after the purse can pay none."""
    ask = Agents._ask_in

    def other(self, newcomer, how):
        self._gifts_affordable = 10**9
        ask(self, newcomer, how)

    monkeypatch.setattr(Agents, "_ask_in", other)


def another_constant(monkeypatch):
    """An order restores a thousandth more of the missing engagement."""
    monkeypatch.setattr(customer.member_day, "after_an_order", lambda e, gain: member_day.rounded(e + 1.001 * gain * (1.0 - e)))


def float64_instead_of_float32(monkeypatch):
    """A rule computes in float64: wrong in the last digit."""
    monkeypatch.setattr(customer.member_day, "after_an_order", lambda e, gain: float(e) + gain * (1.0 - float(e)))


def engaged_at_the_limit(monkeypatch):
    """A member counts as engaged from a tenth more on."""
    monkeypatch.setattr(agent_census, "ENGAGED", 0.33)


def a_day_too_long(monkeypatch):
    """Members are removed a day late."""
    live = Agents.live

    def other(self, messages):
        self.settings = self.settings._replace(remove_after_days=21)
        return live(self, messages)

    monkeypatch.setattr(Agents, "live", other)


def luck_of_yesterday(monkeypatch):
    """First orders draw yesterday's luck."""
    draw = Agents.draw

    def other(self, stream, person, which=0, *, day=None):
        return draw(self, stream, person, which, day=max(self.day - 1, 0) if stream == luck.FIRST_ORDER else day)

    monkeypatch.setattr(Agents, "draw", other)


WORKINGS = (
    reversed_ranks, gifts_without_end, another_constant, float64_instead_of_float32, engaged_at_the_limit, a_day_too_long, luck_of_yesterday,
)


def test_without_a_mutation_the_twins_are_equal_in_a_world_where_all_is_scarce(case, in_rows):
    assert difference(in_agents(case), in_rows) is None
    books = in_rows.result
    assert 0 < books.account("join_gifts").sum() / 1e6 < 3.0 * books.count("joins").sum(), "gifts run out"
    assert books.count("orders_bought_back").any() and books.count("needs_lost").any()
    for name in ("left", "removed", "exited", "orders_first_referred", "muted"):
        assert books.count(name).any(), name


@pytest.mark.parametrize("mutant", CUSTOMERS, ids=lambda mutant: mutant.__name__)
def test_customers_who_live_in_another_way_are_noticed(case, in_rows, mutant):
    assert difference(in_agents(case, mutant), in_rows) is not None


@pytest.mark.parametrize("mutate", WORKINGS, ids=lambda mutate: mutate.__name__)
def test_a_rule_or_an_order_of_events_that_differs_in_one_engine_is_noticed(case, in_rows, mutate, monkeypatch):
    mutate(monkeypatch)
    assert difference(in_agents(case), in_rows) is not None
