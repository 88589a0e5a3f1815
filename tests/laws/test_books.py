"""Every identity of the books, every day: shipped scenarios under every strategy, and scenarios made up at random."""

from __future__ import annotations

import numpy as np
import pytest
from books import CHECKS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from many_worlds import STRATEGIES

import sim
from sim.assumptions.scenario import Switches
from sim.running import World, run_many

SHORT = {"clock.warm_up_days": 10, "clock.days": 110, "clock.run_out_days": 40}


@pytest.fixture(scope="module")
def shipped_runs():
    scenarios = [sim.load(name, SHORT) for name in sim.shipped()]
    results = run_many([World(scenario, strategy, 3) for scenario in scenarios for strategy in STRATEGIES])
    return {(result.scenario.name, result.strategy): result for result in results}


@pytest.mark.parametrize("law", CHECKS)
@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("name", list(sim.shipped()))
def test_the_books_of_every_shipped_scenario_obey_the_laws(shipped_runs, name, strategy, law):
    CHECKS[law](shipped_runs[name, strategy])


def test_the_shipped_scenarios_put_the_laws_to_the_test(shipped_runs):
    """A law about people who leave says nothing where nobody leaves."""
    for name in ("left", "removed", "exited", "seen", "muted", "invitations", "weak_ties", "orders_bought_back", "needs_lost"):
        assert any(result.count(name).any() for result in shipped_runs.values()), name
    assert any(result.count("orders_first_referred").any() for result in shipped_runs.values())
    assert any(result.account("discounts").any() for result in shipped_runs.values())


starts = st.lists(
    st.fixed_dictionaries({
        "day": st.integers(0, 30), "people": st.integers(0, 300), "in_pool": st.booleans(),
    }), max_size=3,
).map(tuple)

any_scenario = st.fixed_dictionaries({
    "clock.warm_up_days": st.integers(0, 10),
    "clock.days": st.integers(1, 40),
    "clock.run_out_days": st.integers(0, 20),
    "market.people": st.integers(1, 3000),
    "market.need_gamma_months": st.sampled_from([0.2, 2.0, 5.0]),
    "market.need_gamma_shape": st.sampled_from([0.02, 0.55, 50.0]),
    "market.exit_gamma_months": st.sampled_from([0.3, 7.5]),
    "market.margin_share": st.sampled_from([0.0, 0.06, 0.45, 1.0]),
    "market.order_value_variation_share": st.sampled_from([0.0, 0.5, 3.0]),
    "market.season_factors": st.sampled_from([(1.0,) * 12, (0.0, 3.0) * 6]),
    "market.starting_customers": starts,
    "visitors.passers_by_per_day": st.sampled_from([0.0, 30.5]),
    "visitors.enter_share": st.sampled_from([0.2, 1.0]),
    "visitors.buy_share": st.sampled_from([0.1, 1.0]),
    "public.start_click_price_cny": st.sampled_from([0.1, 2.0, 40.0]),
    "public.first_order_chance": st.sampled_from([0.0, 0.03, 1.0]),
    "public.returning_order_chance": st.sampled_from([0.0, 0.09, 1.0]),
    "public.repeat_orders_paid_share": st.sampled_from([0.0, 0.5, 1.0]),
    "public.clicks_offered_per_day": st.just(3000.0),
    "public.sampled_auctions_count": st.just(16),
    "brand.budget_cny_per_day": st.sampled_from([0.0, 10.0, 100.0]),
    "brand.pool_costs": st.sampled_from(["within_envelope", "on_top"]),
    "brand.bidding": st.sampled_from(["spend_budget", "fixed_click_price", "lifetime_value"]),
    "brand.pool_budget_share": st.sampled_from([0.0, 0.3, 1.0]),
    "brand.touches_per_month": st.sampled_from([0.0, 7.0, 240.0]),
    "brand.offer_share": st.sampled_from([0.0, 0.5, 1.0]),
    "brand.offer_discount_share": st.sampled_from([0.0, 0.1, 1.0]),
    "brand.offer_valid_days": st.integers(0, 9),
    "brand.gift_cny": st.sampled_from([0.0, 3.0, 500.0]),
    "brand.remove_after_days": st.sampled_from([7, 20, 10_000]),
    "door.invitation_seen_chance": st.sampled_from([0.0, 0.8, 1.0]),
    "pool.leave_per_seen_chance": st.sampled_from([0.0, 0.003, 0.5]),
    "pool.base_leave_chance_per_month": st.sampled_from([0.0, 0.5, 1.0]),
    "pool.capture_level": st.sampled_from([0.0, 1.5, 10.0]),
    "pool.price_premium_share": st.sampled_from([0.0, 1.0]),
    "pool.service_cny_per_month": st.sampled_from([0.0, 0.5, 300.0]),
    "word_of_mouth.invitations_level": st.sampled_from([0.0, 0.3, 5.0]),
    "word_of_mouth.rewired_share": st.sampled_from([0.0, 0.9, 1.0]),
    **{f"switches.{name}": st.booleans() for name in Switches.model_fields},
})


@settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(any_scenario, st.sampled_from([0, 1, 2**62]))
def test_the_books_of_scenarios_made_up_at_random_obey_the_laws(changes, seed):
    scenario = sim.load("baseline", changes)
    for result in run_many([World(scenario, strategy, seed) for strategy in STRATEGIES]):
        for law, check in CHECKS.items():
            try:
                check(result)
            except AssertionError as error:
                raise AssertionError(f"{law}, {result.strategy}: {error}") from error


def test_a_purse_that_pays_a_third_of_the_gifts_gives_a_third_of_them():
    scenario = sim.load("baseline", {
        "clock.days": 20, "clock.run_out_days": 0, "visitors.passers_by_per_day": 100.0, "visitors.enter_share": 1.0,
        "visitors.buy_share": 1.0, "door.invitation_seen_chance": 1.0, "door.accept_without_gift_chance": 1.0,
        "door.self_selection_share": 0.0, "pool.service_cny_per_month": 0.0, "brand.budget_cny_per_day": 100.0,
    })
    (result,) = run_many([World(scenario, "private_pool", 1)])
    for check in CHECKS.values():
        check(result)
    assert (result.count("joins") >= 95).all() and set(result.account("join_gifts") // 3_000_000) <= {33, 34}


def lawful(changes, strategy="private_pool"):
    (result,) = run_many([World(sim.load("baseline", changes), strategy, 1)])
    for check in CHECKS.values():
        check(result)
    return result


INACTIVE = {
    "clock.days": 60, "clock.run_out_days": 0, "brand.budget_cny_per_day": 30.0, "pool.service_cny_per_month": 0.0,
    "brand.touches_per_month": 0.0, "brand.remove_after_days": 365, "market.need_factor": 0.0,
    "market.starting_customers": ({"day": 0, "people": 3000, "in_pool": True},),
    "calendar.win_back_contacts_per_day": 1000.0,
}
"""Three thousand members who never hear anything: from the thirtieth day on all of them are to be won back."""


def test_a_purse_that_pays_some_contacts_wins_back_some_of_those_whose_turn_it_is():
    rich = lawful({**INACTIVE, "calendar.win_back_cny": 0.001})
    poor = lawful({**INACTIVE, "calendar.win_back_cny": 2.0})
    assert rich.count("win_back_contacts").max() > 900, "about a third of three thousand"
    assert 5 < poor.count("win_back_contacts").max() <= 30, "30 yuan pay 15 contacts at 2 yuan; some are saved up"
    assert (poor.account("ads_recontact") <= 30_000_000 * np.arange(1, 61)).all()


REWARDED = {
    "clock.days": 60, "clock.run_out_days": 0, "pool.service_cny_per_month": 0.0, "market.people": 20_000,
    "market.need_gamma_months": 0.3, "market.starting_customers": ({"day": 0, "people": 1000, "in_pool": True},),
    "word_of_mouth.reward_cny": 20.0, "word_of_mouth.invitations_level": 2.0, "brand.gift_cny": 0.0,
}
"""Members who order and invite a great deal, for a reward."""


def test_rewards_that_cannot_be_paid_are_shared_and_not_promised_again_the_next_day():
    rich, poor = lawful({**REWARDED, "brand.budget_cny_per_day": 1e6}), lawful({**REWARDED, "brand.budget_cny_per_day": 50.0})
    assert np.array_equal(rich.account("referral_rewards"), rich.count("orders_first_referred") * 20_000_000)
    paid, due = poor.account("referral_rewards"), poor.count("orders_first_referred") * 20_000_000
    assert 0 < paid.sum() < due.sum() and (paid <= 50_000_000 * np.arange(1, 61)).all()
    short = np.flatnonzero((paid > 0) & (paid < due))
    assert short.size > 5 and not paid[short[short < 58] + 2].any(), "who came through an unpromised invitation brings none"
