"""One more click, message, person or starting customer: everybody else draws the same luck for the same decisions.

Agents are spied on: every draw that anybody makes is written down, with its day, its decision and its numbers.
"""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace

import numpy as np
import pytest
from many_worlds import members

import sim
from sim.customers import agents, customer, environment
from sim.customers.acquisition import CLICKS_ROUNDED
from sim.customers.agents import Agents
from sim.kernel import luck
from sim.mesa_model import TrafficModel
from sim.rules.pool import CONTENT
from sim.simulation.messages import Messages

SEED, DAY = 2**41 + 5, 15
WORLD = {
    "market.people": 4000, "clock.days": 30, "clock.run_out_days": 0, "market.starting_customers": members(300),
    "market.need_gamma_months": 1.0, "visitors.passers_by_per_day": 40.0, "visitors.buy_share": 0.5,
    "brand.budget_cny_per_day": 60.0, "brand.bidding": "fixed_click_price", "public.clicks_offered_per_day": 1500.0,
    "public.sampled_auctions_count": 16, "public.repeat_orders_paid_share": 0.0, "pool.service_cny_per_month": 0.0,
    "brand.pool_costs": "on_top", "brand.remove_after_days": 10_000, "pool.offer_order_chance": 0.0, "switches.referral": False,
    "pool.leave_per_seen_chance": 0.0, "pool.base_leave_chance_per_month": 0.0, "pool.exit_reduction_share": 0.0,
}
"""What people do follows from their own luck alone: nobody leaves, no message sells, every need is met."""

Draws = dict[int, dict[tuple[int, int, int], tuple[float, ...]]]
OF_A_PERSON = {luck.TRAITS, luck.LIFE, luck.ORDER, luck.FIRST_ORDER}


def lived(monkeypatch, changes: dict | None = None) -> tuple[TrafficModel, Draws]:
    """A world of agents, and person -> (stream, day, which) -> what was drawn."""
    drawn: Draws = defaultdict(dict)

    def noting(function):
        def spy(seed, stream, day, who, which):
            uniforms = function(seed, stream, day, who, which)
            if stream in OF_A_PERSON:
                drawn[who][stream, day, which] = tuple(float(u) for u in uniforms)
            return uniforms

        return spy

    class DrawnOneByOne(environment.TwoDraws):
        def __init__(self, seed, stream, day, which, _everybody):
            super().__init__(seed, stream, day, which, np.empty(0, np.int32))

        def __missing__(self, person):
            seed, stream, day, which = self._key
            return noting(luck.draw_two)(seed, stream, day, person, which)

    spied = SimpleNamespace(**{**vars(luck), "draw": noting(luck.draw)})
    with monkeypatch.context() as patch:
        patch.setattr(environment, "TwoDraws", DrawnOneByOne)
        for module in (agents, customer, environment):
            patch.setattr(module, "luck", spied)
        model = TrafficModel(sim.load("baseline", {**WORLD, **(changes or {})}), "hybrid", rng=SEED, crowd="agents")
        while model.running:
            model.live_a_day()
    return model, drawn


@pytest.fixture(scope="module")
def before():
    with pytest.MonkeyPatch.context() as patch:
        return lived(patch)


CLICKS = 37
"""So many are bought on the day on which one more will be."""


def one_more_click(patch):
    """On one day the brand buys exactly one click more; later it lacks what that cost."""
    arrive = Agents.arrive_clicked

    def other(self, square, money):
        if self.day != DAY:
            return arrive(self, square, money)
        rounded_up_from = CLICKS + 1.5 - self.draw(luck.MARKET, 0, CLICKS_ROUNDED)[0]
        return arrive(self, SimpleNamespace(**{**vars(square), "clicks_offered": [rounded_up_from]}), money + 10**9)

    patch.setattr(Agents, "arrive_clicked", other)


def one_more_message(patch):
    """On one day every member gets one message more, in a place of its own."""
    plan_the_day = Messages.plan_the_day

    def other(self, day, *given):
        plan_the_day(self, day, *given)
        if day == DAY:
            self.today.messages[:, 7] = CONTENT

    patch.setattr(Messages, "plan_the_day", other)


MINIMAL = {
    "one more click": (one_more_click, {}),
    "one more message": (one_more_message, {}),
    "one more starting customer": (None, {"market.starting_customers": members(301)}),
    "one more passer-by": (None, {"visitors.passers_by_per_day": 41.0}),
    "one more person": (None, {"market.people": 4001}),
}


def parting(one: Draws, other: Draws, person: int) -> list:
    """Decisions that only one of the worlds asked of a person, or for which the luck differs."""
    mine, theirs = one[person], other[person]
    return [key for key in mine.keys() | theirs.keys() if mine.get(key) != theirs.get(key)]


@pytest.mark.parametrize("change", MINIMAL)
def test_nobody_else_draws_other_luck(before, change, monkeypatch):
    disturb, changes = MINIMAL[change]
    if disturb:
        disturb(monkeypatch)
    (model, drawn), (model_before, drawn_before) = lived(monkeypatch, changes), before
    now, then = (each.result for each in (model, model_before))
    if change == "one more click":
        assert (now.count("clicks")[DAY], then.count("clicks")[DAY]) == (CLICKS + 1, CLICKS)
    if change == "one more message":
        assert now.count("sent").sum() == then.count("sent").sum() + then.count("members")[DAY - 1]
    if change == "one more starting customer":
        assert now.count("started").sum() == then.count("started").sum() + 1
    first_days = [{person: each.first_day for person, each in m.crowd.customers.items()} for m in (model, model_before)]
    both = [person for person in first_days[0].keys() & first_days[1].keys() if first_days[0][person] == first_days[1][person]]
    assert len(both) > (50 if change == "one more person" else 400)
    if change != "one more person":  # in another market other people start, and somebody else is the n-th to come by
        assert len(first_days[0].keys() ^ first_days[1].keys()) <= 30
    apart = {person: parting(drawn, drawn_before, person) for person in both}
    assert {person: keys for person, keys in apart.items() if keys} == {}


def test_the_spy_sees_what_everybody_draws(before):
    model, drawn = before
    streams = {stream for keys in drawn.values() for stream, _, _ in keys}
    assert streams == OF_A_PERSON
    for person, each in list(model.crowd.customers.items())[:50]:
        days = {day for stream, day, _ in drawn[person] if stream == luck.LIFE}
        lived_days = [day for day in range(each.first_day + 1, 30) if day in days]
        assert each.has_exited or lived_days == list(range(each.first_day + 1, 30))


def test_a_draw_that_hung_on_who_came_before_would_be_noticed(monkeypatch):
    """A generator that is handed around, as models usually have: the negative control."""
    handed_around = np.random.default_rng(1)
    draw_two = luck.draw_two
    monkeypatch.setattr(luck, "draw_two", lambda *key: (draw_two(*key)[0], float(handed_around.random())))
    _, one = lived(monkeypatch)
    handed_around = np.random.default_rng(1)
    _, other = lived(monkeypatch, {"market.starting_customers": members(301)})
    both = one.keys() & other.keys()
    assert sum(bool(parting(one, other, person)) for person in both) > len(both) / 2
