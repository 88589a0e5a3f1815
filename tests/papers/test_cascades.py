"""Referral as a branching process: in a huge well-mixed market one joiner in all brings 1 / (1 - R0), itself included."""

from __future__ import annotations

import numpy as np
import pytest
from many_worlds import lived, mean_and_error, members, ratio_and_error, said

import sim
from sim.assumptions.scenario import Scenario
from sim.customers.settings import EXIT, NEED, trait_tables
from sim.results.metrics import METRICS

FANS, SEEDS = 400, range(1, 41)
WELL_MIXED = {
    "clock.days": 600, "clock.run_out_days": 0, "market.people": 5_000_000, "market.starting_customers": members(FANS),
    "market.need_gamma_shape": 1000.0, "market.need_gamma_months": 160.0,  # all alike: an order in five days
    "market.exit_gamma_shape": 1000.0, "market.exit_gamma_months": 1000.0,  # gone after a month
    "brand.budget_cny_per_day": 0.0, "brand.gift_cny": 0.0, "brand.touches_per_month": 0.0, "brand.remove_after_days": 10_000,
    "door.invitation_seen_chance": 1.0, "door.accept_without_gift_chance": 1.0,
    "pool.start_engagement_level": 1.0, "pool.capture_level": 10.0, "pool.exit_reduction_share": 0.0,
    "pool.base_leave_chance_per_month": 0.0, "pool.service_cny_per_month": 0.0,
    "word_of_mouth.inviter_gamma_shape": 1000.0, "word_of_mouth.invitee_order_chance": 0.5,
    "word_of_mouth.neighbours_count": 10_000, "word_of_mouth.rewired_share": 1.0,
    "word_of_mouth.referred_exit_factor": 1.0, "word_of_mouth.referred_need_factor": 1.0,
    "switches.forgetting": False, "switches.self_selection": False,
}
LEVELS = {0.1: 0.3, 0.2: 0.6}
"""Invitations an order, and the R0 at which they aim."""


def offspring(scenario: Scenario) -> tuple[float, float]:
    """Mean and variance of the buyers whom one joiner brings, from the parameters.

    Every day until a joiner exits, a need (met by the pool) brings an invitation and this a buyer, with chance q in all;
    needs come before exit, so that the days lived are geometric.
    """
    needs, exits = trait_tables(scenario)[[NEED, EXIT]]
    words = scenario.word_of_mouth
    q = needs.mean() * words.invitations_level * words.invitee_order_chance
    days, days_squared = (1 / exits).mean(), ((2 - exits) / exits**2).mean()
    return q * days, q * (1 - q) * days + q**2 * (days_squared - days**2)


@pytest.fixture(scope="module")
def cascades():
    scenarios = {level: sim.load("baseline", {**WELL_MIXED, "word_of_mouth.invitations_level": level}) for level in LEVELS}
    results = lived(scenarios.values(), "private_pool", SEEDS)
    return {level: (scenarios[level], runs) for level, runs in zip(LEVELS, results, strict=True)}


@pytest.mark.parametrize("level", LEVELS)
def test_a_cascade_is_as_large_as_a_branching_process(cascades, level):
    scenario, results = cascades[level]
    r0, variance = offspring(scenario)
    assert r0 == pytest.approx(LEVELS[level], rel=0.05)
    sizes = [r.count("customers")[-1] / FANS for r in results]
    mean, error = mean_and_error(sizes)
    assert mean == pytest.approx(1 / (1 - r0), abs=3 * error), f"R0 {r0:.4f}: {said(mean, error, 4)}, not {1 / (1 - r0):.4f}"
    spread, expected = np.var(sizes, ddof=1) * FANS, variance / (1 - r0) ** 3
    assert spread == pytest.approx(expected, rel=3 * np.sqrt(2 / (len(SEEDS) - 1))), f"{spread:.2f} for {expected:.2f}"


@pytest.mark.parametrize("level", LEVELS)
def test_the_metric_r0_is_the_r0_of_the_parameters(cascades, level):
    scenario, results = cascades[level]
    mean, error = mean_and_error([METRICS["r0"].of(r) for r in results])
    assert mean == pytest.approx(offspring(scenario)[0], abs=3 * error), said(mean, error, 4)


def test_with_poisson_invitations_the_formula_gives_the_published_figures():
    assert round(1 / (1 - 0.3), 3) == 1.429
    assert round(0.3 / (1 - 0.3) ** 3, 3) == 0.875


REWARD_CNY = 1.0
"""A reward in every tier alike, on top of the envelope, that changes nobody's mind."""


@pytest.fixture(scope="module")
def rewarded():
    """Members and rewards paid to two tiers, of each seed, once every cascade has died out."""
    scenario = sim.load("baseline", {
        **WELL_MIXED, "word_of_mouth.invitations_level": 0.1, "brand.pool_costs": "on_top",
        "word_of_mouth.reward_cny": REWARD_CNY, "word_of_mouth.induced_factor": 0.0,
        "word_of_mouth.reward_tiers_count": 2, "word_of_mouth.next_tier_share": 1.0,
    })
    (results,) = lived([scenario], "private_pool", SEEDS)
    people = [r.count("customers")[-1] for r in results]
    return scenario, people, [r.account("referral_rewards").sum() / 1e6 / REWARD_CNY for r in results]


def test_two_tiers_reach_a_member_those_whom_it_brought_and_those_whom_these_brought(rewarded):
    scenario, people, rewards = rewarded
    r0, _ = offspring(scenario)
    beyond, error = ratio_and_error(rewards, people)
    assert 1 + beyond == pytest.approx(1 + r0 + r0**2, abs=3 * error), said(1 + beyond, error, 4)
    assert abs(beyond - r0) > 6 * error, "one tier and two could not be told apart"
