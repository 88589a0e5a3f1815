"""Worlds that must be the same world: to the bit, or in every yuan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from many_worlds import STRATEGIES, members

import sim
from sim.inference.comparison import MAIN, Comparison
from sim.running import World, run_many
from sim.strategies import SHIPPED, PrivatePool

SMALL = {
    "market.people": 20_000, "clock.days": 90, "clock.run_out_days": 60, "brand.budget_cny_per_day": 300.0,
    "market.starting_customers": members(500),
}
NOTHING_PRIVATE = {
    "brand.gift_cny": 0.0,
    "brand.offer_discount_share": 0.0,
    "pool.service_cny_per_month": 0.0,
    "pool.exit_reduction_share": 0.0,
    "switches.pool_capture": False,
    "switches.touch_effects": False,
    "switches.referral": False,
}
"""All effects and costs of a pool off; people still join it, forget and leave."""


@pytest.mark.parametrize("strategy", ["hybrid", "private_pool"])
def test_nobody_invited_is_the_same_as_referral_switched_off(strategy):
    loud, none, off = run_many([
        World(sim.load("baseline", {**SMALL, **changes}), strategy, 5)
        for changes in (
            {"word_of_mouth.invitations_level": 3.0},
            {"word_of_mouth.invitations_level": 0.0},
            {"switches.referral": False, "word_of_mouth.invitations_level": 3.0},
        )
    ])
    assert none.ledger_sha256 == off.ledger_sha256
    assert loud.ledger_sha256 != off.ledger_sha256 and loud.count("orders_first_referred").sum() > 50


def test_a_pool_that_only_selects_leaves_every_yuan_where_it_was():
    scenario = sim.load("selection_only")
    public, hybrid, private = run_many([World(scenario, strategy, 2) for strategy in STRATEGIES])
    assert np.array_equal(public.money, hybrid.money) and np.array_equal(public.money, private.money)
    assert private.count("members").max() > 1000 and private.count("left").sum() > 100


@settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(
    st.fixed_dictionaries({
        "brand.touches_per_month": st.sampled_from([0.0, 7.0, 60.0]),
        "brand.remove_after_days": st.sampled_from([7, 90]),
        "pool.base_leave_chance_per_month": st.sampled_from([0.0, 0.5]),
        "door.self_selection_share": st.sampled_from([0.0, 1.0]),
        "public.repeat_orders_paid_share": st.sampled_from([0.0, 0.5, 1.0]),
        "brand.bidding": st.sampled_from(["spend_budget", "lifetime_value"]),
        "brand.pool_costs": st.sampled_from(["within_envelope", "on_top"]),
        "visitors.passers_by_per_day": st.sampled_from([0.0, 50.0]),
        "pool.start_engagement_level": st.sampled_from([0.0, 1.0]),
        **{f"switches.{name}": st.booleans()
           for name in ("silent_exit", "liveliness", "fatigue", "forgetting", "self_selection", "buy_back", "price_growth")},
    }),
    st.integers(0, 1000),
)
def test_all_pool_effects_and_costs_off_is_renting_only_in_every_yuan(changes, seed):
    scenario = sim.load("baseline", {**SMALL, "clock.days": 40, "clock.run_out_days": 20, **NOTHING_PRIVATE, **changes})
    public, hybrid, private = run_many([World(scenario, strategy, seed) for strategy in STRATEGIES])
    assert hybrid.count("members").any()
    assert np.array_equal(public.money, hybrid.money)
    if not scenario.switches.buy_back:
        assert np.array_equal(public.money, private.money)


@pytest.mark.parametrize("effect", [
    {"pool.service_cny_per_month": 0.5}, {"brand.gift_cny": 3.0}, {"switches.pool_capture": True},
    {"pool.exit_reduction_share": 0.3}, {"switches.touch_effects": True},
    {"switches.referral": True, "word_of_mouth.invitations_level": 3.0},
])
def test_each_effect_or_cost_of_a_pool_alone_makes_it_differ_from_renting(effect):
    scenario = sim.load("baseline", {**SMALL, **NOTHING_PRIVATE, **effect})
    public, hybrid = run_many([World(scenario, strategy, 1) for strategy in ("public_only", "hybrid")])
    assert not np.array_equal(public.money, hybrid.money)


class Twin(PrivatePool):
    """The private pool under another name."""

    name = "twin"


def test_two_identical_strategies_have_identical_books_and_differ_by_exactly_nothing(monkeypatch):
    monkeypatch.setitem(SHIPPED, "twin", Twin)
    scenario = sim.load("baseline", SMALL)
    results = run_many([World(scenario, name, seed) for name in ("private_pool", "twin") for seed in range(1, 9)])
    assert [one.ledger_sha256 for one in results[:8]] == [other.ledger_sha256 for other in results[8:]]
    comparison = Comparison.from_results(results)
    assert {each.metric for each in comparison.differences} == set(MAIN)
    for each in comparison.differences:
        assert each.mean in {0.0, None}, each
        assert (each.low, each.high) in {(0.0, 0.0), (None, None)}, each
        assert each.too_close and each.wins_share in {0.5, None}, each
    assert comparison.difference("profit_cny", "private_pool", "twin").mean == 0.0


def test_the_same_world_twice_is_the_same_and_another_seed_is_another():
    scenario = sim.load("baseline", SMALL)
    first, again, other = run_many([World(scenario, "hybrid", seed) for seed in (1, 1, 2)])
    assert first.ledger_sha256 == again.ledger_sha256 != other.ledger_sha256
    assert replace(first, strategy="else").ledger_sha256 == first.ledger_sha256
