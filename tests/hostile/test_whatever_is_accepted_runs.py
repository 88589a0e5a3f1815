"""What `siyu check` accepts, `siyu run` lives to the end, with books that obey every law; or it says why in a sentence."""

from __future__ import annotations

import numpy as np
import pytest
from books import CHECKS
from extreme_worlds import KEYS, SMALL, at_limits, limit
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from many_worlds import STRATEGIES

import sim
from sim.assumptions.errors import ScenarioError, parameter
from sim.kernel.ledger import MICRO
from sim.market.initial import UnreachablePrice
from sim.results.metrics import all_of
from sim.running import World, run_many

NEWEST = tuple(
    key for key in KEYS
    if key.startswith(("calendar.", "content.", "platform.", "word_of_mouth.re", "brand.new", "brand.coupon", "market.refund"))
)
BOUNDED = {"deadline": None, "derandomize": True, "database": None, "suppress_health_check": list(HealthCheck)}
MOST_MICRO = 2**62
"""Half of what 64 bits hold: a sum beyond is near the edge."""


def check_laws(changes, seed):
    scenario = sim.load("baseline", changes)
    for result in run_many([World(scenario, strategy, seed) for strategy in STRATEGIES]):
        assert np.abs(result.money.astype(float)).sum() < MOST_MICRO, "sums stay far from the edge of 64 bits"
        for law, holds in CHECKS.items():
            try:
                holds(result)
            except AssertionError as error:
                raise AssertionError(f"{law}, {result.strategy}: {error}") from error
        for name, value in all_of(result).items():
            assert value is None or np.isfinite(value), name


def check_laws_unless_refused(changes, seed):
    try:
        check_laws(changes, seed)
    except UnreachablePrice as error:
        assert len(error.mistakes) == 1
        assume(False)
    except ScenarioError:
        assume(False)


@settings(max_examples=40, **BOUNDED)
@given(at_limits(most=25), st.sampled_from([0, 1, 2**63 - 1]))
def test_every_accepted_scenario_at_its_limits_runs_and_its_books_are_lawful(changes, seed):
    check_laws_unless_refused(changes, seed)


@settings(max_examples=40, **BOUNDED)
@given(at_limits(NEWEST, most=6), st.sampled_from([0, 1, 2**63 - 1]))
def test_calendars_content_platforms_rewards_coupons_and_refunds_at_their_limits_keep_the_books(changes, seed):
    check_laws_unless_refused(changes, seed)


EXTREMES = {
    "a gift costs two thirds of the envelope, so that a day owes more than the next receives": {"brand.gift_cny": 200.0},
    "rewards of a million yuan in three tiers": {
        "word_of_mouth.reward_cny": 1e6, "word_of_mouth.reward_tiers_count": 3, "word_of_mouth.invitations_level": 50.0,
        "word_of_mouth.invitee_order_chance": 1.0, "word_of_mouth.next_tier_share": 1.0,
    },
    "winning back costs a million each": {
        "calendar.win_back_cny": 1e6, "calendar.win_back_contacts_per_day": 1e9, "clock.days": 80,
    },
    "care costs a million each, on top": {
        "calendar.care_cny": 1e6, "calendar.care_contacts_per_day": 1e9, "brand.pool_costs": "on_top",
    },
    "care costs a million each, in the envelope": {
        "calendar.care_cny": 1e6, "calendar.care_contacts_per_day": 1e9, "brand.budget_cny_per_day": 1e9,
    },
    "an event of a milliard every day": {
        "calendar.event_cny": 1e9, "calendar.event_every_days": 1, "brand.pool_costs": "on_top",
    },
    "coupons of a million, leaking to all": {"brand.new_customer_coupon_cny": 1e6, "brand.coupon_leak_share": 1.0},
    "everything refunded, all sales taken": {
        "market.refund_share": 1.0, "platform.commission_share": 1.0, "brand.new_customer_coupon_cny": 50.0,
    },
    "an account each at a million a month": {
        "platform.account_members_count": 1, "platform.account_cny_per_month": 1e6, "pool.service_cny_per_month": 1e5,
        "brand.pool_costs": "on_top", "platform.operator_members_count": 10_000_000,
    },
    "orders of a million, 10^12 yuan in all": {
        "market.order_value_cny": 1e6, "market.order_value_variation_share": 3.0, "market.people": 20_000,
        "visitors.passers_by_per_day": 5000.0, "visitors.enter_share": 1.0, "visitors.buy_share": 1.0,
        "market.need_gamma_months": 0.01, "market.need_factor": 100.0, "clock.days": 80,
    },
    "one person in the market": {"market.people": 1, "visitors.buy_share": 1.0},
    "a click for a millionth of a yuan": {"public.start_click_price_cny": 1e-6},
    "a click for a million": {"public.start_click_price_cny": 1e6, "brand.budget_cny_per_day": 1e9},
    "nothing to spend": {"brand.budget_cny_per_day": 0.0},
    "nothing earned": {"market.margin_share": 0.0},
    "rivals a thousandfold each year": {
        "public.value_growth_share_per_year": 1000.0, "public.advertisers_growth_share_per_year": 1000.0,
        "public.budget_growth_share_per_year": 1000.0, "clock.days": 400, "market.people": 50,
    },
}


@pytest.mark.parametrize("name", EXTREMES)
def test_a_world_at_an_extreme_runs_and_its_books_are_lawful(name):
    check_laws({**SMALL, **EXTREMES[name]}, 1)


def test_ten_to_the_twelve_yuan_are_really_reached():
    scenario = sim.load("baseline", {**SMALL, **EXTREMES["orders of a million, 10^12 yuan in all"]})
    (result,) = run_many([World(scenario, "hybrid", 1)])
    assert result.revenue.sum() > 5e11 * 1e6


@pytest.mark.parametrize(("changes", "word"), [
    ({"market.people": 1_000_000, "market.order_value_cny": 1e7}, "1_000_000 people could spend 8.6e+13 yuan"),
    ({"market.people": 1_100_000_000, "market.order_value_cny": 1e5}, "books hold 9e+12; lower market.order_value_cny"),
    ({"content.seeding_cny_per_day": 1e9, "content.visits_per_cny": 1e6}, "1.0e+15 visitors a day could come"),
    ({"content.post_visits_per_day": 1000.0}, "room for 2e+07; lower content.visits_per_cny, content.post_visits_per_day"),
    ({"public.value_growth_share_per_year": 1000.0, "clock.days": 3650}, "a click could come to cost 1.0e+31 yuan"),
])
def test_more_than_the_books_can_hold_is_refused_before_anything_is_lived(changes, word):
    with pytest.raises(ScenarioError) as refused:
        sim.load("baseline", changes)
    (sentence,) = refused.value.mistakes
    assert word in sentence


def test_the_largest_envelope_fits_into_the_purse_for_the_longest_clock():
    """Lived once by hand as well: 9,125 days take most of a minute."""
    most = {name: limit(parameter(tuple(name.split("."))), "le") for name in (
        "brand.budget_cny_per_day", "clock.warm_up_days", "clock.days", "clock.run_out_days",
    )}
    envelope, *days = most.values()
    assert round(envelope * MICRO) * sum(days) < 2**63


def test_every_division_by_zero_has_an_outcome_in_an_empty_world():
    """Nobody buys, nobody joins, nothing is spent: every metric is a number or says that it has none."""
    nobody = {**SMALL, "market.starting_customers": (), "visitors.passers_by_per_day": 0.0, "brand.budget_cny_per_day": 0.0}
    scenario = sim.load("baseline", nobody)
    for result in run_many([World(scenario, strategy, 1) for strategy in STRATEGIES]):
        assert not result.money.any()
        assert all(value is None or np.isfinite(value) for value in all_of(result).values())
