"""Every parameter changes some result in some scenario, and every switch does."""

from __future__ import annotations

from typing import get_args

import pytest
from many_worlds import STRATEGIES as MAIN
from pydantic import BaseModel

import sim
from sim.assumptions.doubts import Evidence, PriorRange, PriorTable
from sim.assumptions.scenario import Scenario
from sim.running import World, run_many

STRATEGIES = (*MAIN, "target_cac")

LIVELY = {
    "clock.warm_up_days": 3, "clock.days": 57, "clock.run_out_days": 20,
    "market.people": 20_000, "market.need_gamma_months": 1.0,
    "market.starting_customers": (
        {"day": 0, "people": 400, "in_pool": True}, {"day": 4, "people": 200, "in_pool": False},
    ),
    "visitors.passers_by_per_day": 50.0,
    "brand.budget_cny_per_day": 300.0, "brand.remove_after_days": 45, "brand.touches_per_month": 15.0,
    "pool.price_premium_share": 0.05,
    "word_of_mouth.invitations_level": 3.0, "word_of_mouth.neighbours_count": 20, "word_of_mouth.reward_cny": 3.0,
    "word_of_mouth.reward_tiers_count": 3,
    "calendar.onboarding_days": (0, 2, 7, 15, 30), "calendar.event_every_days": 7, "calendar.event_cny": 20.0,
    "calendar.care_contacts_per_day": 20.0, "calendar.win_back_contacts_per_day": 10.0,
    "content.seeding_cny_per_day": 10.0, "content.post_visits_per_day": 0.02,
    "platform.account_members_count": 50, "platform.account_cny_per_month": 3.0, "platform.automation_share": 0.2,
    "platform.bans_per_year": 6.0, "platform.events": ({"day": 30, "lost_accounts_share": 0.1},),
    "platform.commission_share": 0.02, "platform.sanction_chance_per_month": 0.5,
    "market.refund_share": 0.05, "brand.new_customer_coupon_cny": 10.0, "brand.coupon_leak_share": 0.05,
    "door.gift_joiner_engagement_factor": 0.8, "door.consent_share": 0.95,
}
"""A small world in which everything happens."""

FIXED_BID = {"brand.bidding": "fixed_click_price", "brand.fixed_bid_cny": 1.5}
LIFETIME_BID = {"brand.bidding": "lifetime_value"}
TIGHT_BUDGETS = {"public.rivals.1.budget_clicks_per_day": 100.0}

ENTRY = {"public.entry_share_per_year": 20.0, "public.exit_share_per_year": 20.0, "public.start_profit_factor": 2.0}
LEAVING = {"public.exit_share_per_year": 20.0, "public.start_profit_factor": 0.5}
REINVESTED = {"public.reinvested_share_per_year": 5.0, **TIGHT_BUDGETS}
POOLS = {"public.pool_innovation_share_per_year": 3.0}
FESTIVALS = {"public.festivals": ({"name": "Double 11", "day": 20, "length_days": 5, "rival_value_factor": 2.0},)}
FESTIVAL_BUDGETS = {**FESTIVALS, **TIGHT_BUDGETS}

CHANNELS = {"pool.channels": ({"kind": "group", "member_share": 0.5}, {"kind": "sms", "member_share": 0.5})}
GROUP = {"kind": "group", "member_share": 0.9, "half_life_days": 10.0, "folded_share_per_month": 0.5}
GROUPS = {"pool.channels": ({**GROUP, "removes_lurkers_after_days": 10, "opens_every_days": 20, "open_days": 15},)}
STAFF = {"name": "staff", "met_by": "visitors", "newcomers_share": 0.8, "accept_factor": 0.8}
ENTRANCES = {"door.entrances": (STAFF,)}
CARTS = {"brand.cart_recovered_chance": 0.1, "public.first_order_chance": 0.1}
POINTS = {"brand.points_earned_share": 0.2}
GROUP_FIRST = {**CHANNELS, "door.first_step": "channel"}

OFTEN = {"brand.touches_per_month": 60.0, "brand.remove_after_days": 60}
BY_TAGS = {
    **OFTEN, "tags.relevance_gain_share": 0.3, "tags.coupons_for": ("due", "silent"), "tags.new_days": 5,
    "tags.due_after_days": 3, "tags.silent_after_days": 8, "tags.active_touch_share": 0.5, "tags.silent_touch_share": 0.5,
}

LOOKALIKES = {"public.lookalike_lift_share": 0.5, "public.half_lookalike_people": 100.0}
ERODING = {"market.quality_loss_share": 0.5, "market.quality_days": 20.0}

MOVES = {
    "clock.days": 58, "clock.warm_up_days": 4, "clock.run_out_days": 21,
    "market.people": 21_000, "market.need_gamma_shape": 0.7, "market.need_gamma_months": 1.5, "market.need_factor": 1.2,
    "market.exit_gamma_shape": 0.9, "market.exit_gamma_months": 5.0, "market.season_factors": (1.0, 1.5) + (1.0,) * 10,
    "market.order_value_cny": 111.0, "market.order_value_variation_share": 0.6, "market.margin_share": 0.44,
    "market.starting_customers.0.day": 1, "market.starting_customers.0.people": 401,
    "market.starting_customers.0.in_pool": False,
    "visitors.passers_by_per_day": 60.0, "visitors.enter_share": 0.5, "visitors.buy_share": 0.4,
    "public.start_click_price_cny": 2.5, "public.first_order_chance": 0.05, "public.returning_order_chance": 0.12,
    "public.repeat_orders_paid_share": 0.7, "public.clicks_offered_per_day": 5_000.0,
    "public.rivals.0.advertisers_count": 9, "public.rivals.0.value_factor": 3.0, "public.rivals.0.quality_factor": 1.7,
    "public.rivals.0.budget_clicks_per_day": 100.0,
    "public.slot_click_shares": (1.0, 0.5), "public.match_noise_shape": 0.3, "public.match_conversion_cap_factor": 1.2,
    "public.reserve_factor": 0.9, "public.pricing": "first_price", "public.advertisers_growth_share_per_year": 3.0,
    "public.value_growth_share_per_year": 1.0, "public.budget_growth_share_per_year": (TIGHT_BUDGETS, 2.0),
    "public.clicks_growth_share_per_year": (TIGHT_BUDGETS, -0.9), "public.start_profit_factor": (ENTRY, 9.0),
    "public.entry_share_per_year": (ENTRY, 0.0), "public.exit_share_per_year": (LEAVING, 1.0),
    "public.reinvested_share_per_year": (TIGHT_BUDGETS, 5.0), "public.pool_innovation_share_per_year": 3.0,
    "public.pool_imitation_share_per_year": (POOLS, 5.0), "public.pool_value_factor": (POOLS, 3.0),
    "public.festivals.0.day": (FESTIVALS, 10), "public.festivals.0.length_days": (FESTIVALS, 2),
    "public.festivals.0.rival_value_factor": (FESTIVALS, 1.5),
    "public.festivals.0.need_factor": (FESTIVALS, 2.0), "public.festivals.0.order_value_factor": (FESTIVALS, 1.2),
    "public.festivals.0.rival_budget_factor": (FESTIVAL_BUDGETS, 3.0), "public.festivals.0.clicks_factor": (FESTIVALS, 2.0),
    "public.sampled_auctions_count": 32, "public.pacing_gain_level": 0.1,
    "brand.budget_cny_per_day": 330.0, "brand.pool_costs": "on_top", "brand.bidding": "lifetime_value",
    "brand.fixed_bid_cny": (FIXED_BID, 1.0), "brand.later_margin_weight_share": (LIFETIME_BID, 0.2),
    "brand.pool_budget_share": 0.01, "brand.touches_per_month": 16.0, "brand.offer_share": 0.8,
    "brand.target_cac_cny": 20.0, "brand.new_customer_coupon_cny": 12.0, "brand.coupon_leak_share": 0.1,
    "brand.offer_discount_share": 0.2, "brand.offer_valid_days": 1, "brand.gift_cny": 5.0, "brand.remove_after_days": 20,
    "brand.deduplicates": (CHANNELS, True), "switches.channels": (CHANNELS, False),
    "pool.channels.0.kind": (CHANNELS, "official_account"), "pool.channels.0.member_share": (CHANNELS, 0.1),
    "pool.channels.0.accessibility_chance": (CHANNELS, 0.1), "pool.channels.0.persona_share": (CHANNELS, 0.1),
    "pool.channels.0.leave_factor": (CHANNELS, 30.0), "pool.channels.0.account_members_count": (CHANNELS, 5),
    "pool.channels.0.message_cny": (CHANNELS, 0.03),
    "pool.channels.0.half_life_days": (GROUPS, 3.0), "pool.channels.0.folded_share_per_month": (GROUPS, 2.0),
    "pool.channels.0.removes_lurkers_after_days": (GROUPS, 5), "pool.channels.0.opens_every_days": (GROUPS, 30),
    "pool.channels.0.open_days": (GROUPS, 5), "switches.group_life": (GROUPS, False),
    "door.entrances.0.met_by": (ENTRANCES, "clickers"), "door.entrances.0.newcomers_share": (ENTRANCES, 0.1),
    "door.entrances.0.invitation_seen_chance": (ENTRANCES, 0.1), "door.entrances.0.accept_factor": (ENTRANCES, 0.1),
    "door.entrances.0.engagement_factor": (ENTRANCES, 0.1), "door.entrances.0.joiner_cny": (ENTRANCES, 2.0),
    "switches.entrances": (ENTRANCES, False), "switches.cart_messages": (CARTS, False),
    "brand.cart_recovered_chance": (CARTS, 0.5), "brand.cart_message_cny": (CARTS, 1.0), "public.carts_left_factor": (CARTS, 9.0),
    "brand.points_earned_share": 0.1, "brand.points_order_share": (POINTS, 0.1), "pool.points_return_share": (POINTS, 0.9),
    "switches.points": (POINTS, False),
    "door.first_step": (CHANNELS, "channel"), "door.second_step_chance": (GROUP_FIRST, 0.1),
    "door.channel_first_accept_factor": (GROUP_FIRST, 0.5), "switches.order_of_steps": (GROUP_FIRST, False),
    "tags.new_days": (BY_TAGS, 20), "tags.due_after_days": (BY_TAGS, 1), "tags.silent_after_days": (BY_TAGS, 20),
    "tags.loyal_orders_count": (BY_TAGS, 2), "tags.error_chance": (BY_TAGS, 0.5), "tags.uncut_order_factor": (BY_TAGS, 0.2),
    **{f"tags.{name}_touch_share": (BY_TAGS, 0.1) for name in ("new", "active", "due", "loyal", "silent")},
    "tags.coupons_for": (BY_TAGS, ("active", "new")), "tags.relevance_gain_share": (BY_TAGS, 0.6),
    "switches.tags": (BY_TAGS, False),
    "public.lookalike_lift_share": 1.0, "public.half_lookalike_people": (LOOKALIKES, 1000.0),
    "switches.lookalikes": (LOOKALIKES, False),
    "market.quality_loss_share": 0.5, "market.quality_margin_share": (ERODING, 2.0), "market.quality_days": (ERODING, 200.0),
    "switches.quality_erosion": (ERODING, False),
    "door.invitation_seen_chance": 0.5, "door.accept_without_gift_chance": 0.2, "door.half_gift_cny": 1.0,
    "door.self_selection_share": 1.0, "door.gift_joiner_engagement_factor": 0.3, "door.consent_share": 0.5,
    "market.refund_share": 0.1, "public.coupon_lift_share": 1.0, "public.half_coupon_cny": 5.0,
    "calendar.onboarding_days": (0, 3), "calendar.event_every_days": 5, "calendar.event_value_share": 0.9,
    "calendar.event_tie_share": 0.1, "calendar.event_order_chance": 0.1, "calendar.event_cny": 30.0,
    "calendar.care_contacts_per_day": 40.0, "calendar.care_value_share": 0.5, "calendar.care_tie_share": 0.5,
    "calendar.care_cny": 3.0, "calendar.win_back_contacts_per_day": 40.0, "calendar.win_back_cny": 1.0,
    "calendar.win_back_value_share": (
        {"calendar.win_back_contacts_per_day": 200.0, "brand.touches_per_month": 1.0, "pool.accessibility_chance": 1.0}, 0.0),
    "content.seeding_cny_per_day": 30.0, "content.visits_per_cny": 2.0, "content.half_life_days": 10.0,
    "content.post_visits_per_day": 0.1,
    "platform.account_members_count": 40, "platform.account_cny_per_month": 6.0, "platform.operator_members_count": 30,
    "platform.automation_share": 0.5, "platform.bans_per_year": 60.0, "platform.recovered_share": 0.9,
    "platform.events.0.day": 20, "platform.events.0.lost_accounts_share": 0.6, "platform.events.0.reach_cut_days": 20, "platform.commission_share": 0.1,
    "platform.sanction_chance_per_month": 0.9, "platform.reach_cut_share": 0.9,
    "word_of_mouth.reward_cny": 6.0, "word_of_mouth.reward_tiers_count": 1, "word_of_mouth.next_tier_share": 0.8,
    "word_of_mouth.induced_factor": 0.5, "word_of_mouth.half_reward_cny": 1.0,
    "pool.engagement_half_life_days": 10.0, "pool.start_engagement_level": 0.9, "pool.start_tie_level": 0.9,
    "pool.order_engagement_share": 0.9, "pool.quiet_forgetting_factor": 0.9, "pool.tie_half_life_share": 3.0,
    "pool.liveliness_window_days": 2.0, "pool.liveliness_join_factor": 0.0, "pool.liveliness_half_level": 1.0,
    "pool.accessibility_chance": 0.5, "pool.seen_floor_share": 0.9, "pool.muted_seen_factor": (
        {"pool.mute_per_leave_factor": 100.0}, 1.0),
    "pool.content_value_share": 0.2, "pool.offer_value_share": 0.1, "pool.touch_engagement_share": 0.9,
    "pool.fatigue_half_life_days": 2.0, "pool.fatigue_blunts_level": 0.3, "pool.fatigue_leaves_level": 0.3,
    "pool.leave_per_seen_chance": 0.05, "pool.mute_per_leave_factor": 60.0, "pool.base_leave_chance_per_month": 0.3,
    "pool.content_tie_share": 0.5, "pool.offer_tie_share": 0.5, "pool.offer_order_chance": 0.2,
    "pool.content_order_factor": 1.0, "pool.weak_tie_order_factor": 1.0, "pool.capture_level": 0.5,
    "pool.exit_reduction_share": 1.0, "pool.price_premium_share": 0.1, "pool.service_cny_per_month": 1.0,
    "word_of_mouth.invitations_level": 5.0, "word_of_mouth.inviter_gamma_shape": 1.0,
    "word_of_mouth.invitee_order_chance": 0.6, "word_of_mouth.neighbours_count": 40, "word_of_mouth.rewired_share": 0.1,
    "word_of_mouth.referred_exit_factor": 3.0, "word_of_mouth.referred_need_factor": 3.0,
    "switches.lifetime_value_bidding": (LIFETIME_BID, False),
    "switches.attention_growth": ({"public.clicks_growth_share_per_year": -0.9, **TIGHT_BUDGETS}, False),
    "switches.rival_entry": (ENTRY, False), "switches.rival_reinvestment": (REINVESTED, False),
    "switches.rival_pools": (POOLS, False), "switches.festivals": (FESTIVALS, False),
    **{f"switches.{name}": False for name in (
        "price_growth", "pool_capture", "touch_effects", "forgetting", "liveliness", "fatigue", "silent_exit", "referral",
        "buy_back", "self_selection", "onboarding", "events", "care", "win_back", "content_seeding", "rewards", "coupons",
        "platform_rules",
    )},
}
"""For each parameter a value that must matter; with a mapping first where it matters only in a particular world."""

WORDS = {
    "name", "question", "question_zh", "source", "public.rivals.0.name", "public.festivals.0.name", "door.entrances.0.name",
    *(f"expect.0.{word}" for word in ("strategy", "metric", "direction", "than", "unless")),
    *(f"evidence.0.{word}" for word in Evidence.model_fields), "prior.known",
    *(f"prior.ranges.0.{word}" for word in PriorRange.model_fields), *(f"prior.tables.0.{word}" for word in PriorTable.model_fields),
    "prior.structures.0.name", "prior.structures.0.source", "prior.structures.0.who", "prior.structures.0.alternatives.0.chance", "prior.structures.0.alternatives.0.changes",
}
"""What describes a scenario, or how sure it is, and says nothing about its world."""


def parameters(part: type[BaseModel], above: str = ""):
    """The dotted name of every parameter; in lists, of the first item."""
    for name, field in part.model_fields.items():
        group = [each for each in (field.annotation, *get_args(field.annotation)) if isinstance(each, type)]
        inner = next((each for each in group if issubclass(each, BaseModel)), None)
        if inner is None:
            yield above + name
        else:
            yield from parameters(inner, f"{above}{name}." if inner is field.annotation else f"{above}{name}.0.")


def worlds_of(parameter: str) -> list[Scenario]:
    """The world in which a parameter must matter, and the same with that parameter moved."""
    move = MOVES[parameter]
    special, value = move if isinstance(move, tuple) and isinstance(move[0], dict) else ({}, move)
    before = {**LIVELY, **special}
    return [sim.load("baseline", before), sim.load(sim.load("baseline", before), {parameter: value})]


@pytest.fixture(scope="module")
def fingerprints():
    pairs = {name: worlds_of(name) for name in MOVES}
    scenarios = list(dict.fromkeys(scenario for pair in pairs.values() for scenario in pair))
    results = run_many([World(scenario, strategy, 1) for scenario in scenarios for strategy in STRATEGIES])
    found = {result_key(result): result.ledger_sha256 for result in results}
    return {
        name: [tuple(found[scenario, strategy] for strategy in STRATEGIES) for scenario in pair]
        for name, pair in pairs.items()
    }


def result_key(result):
    return result.scenario, result.strategy


def test_every_parameter_in_the_schema_has_a_value_that_must_matter():
    assert set(parameters(Scenario)) == set(MOVES) | WORDS


@pytest.mark.parametrize("parameter", MOVES)
def test_every_parameter_changes_some_result(fingerprints, parameter):
    before, after = fingerprints[parameter]
    assert before != after, f"{parameter} changes nothing"


OF_THE_POOL = [name for name in MOVES if name.split(".")[0] in {"pool", "door", "word_of_mouth"}]


@pytest.mark.parametrize("parameter", OF_THE_POOL)
def test_parameters_of_the_pool_change_nothing_for_who_has_none(fingerprints, parameter):
    before, after = fingerprints[parameter]
    assert before[0] == after[0]


def test_words_about_a_scenario_change_nothing():
    described = {"name": "other", "question": "Why?", "question_zh": "为什么？", "source": "nobody", "public.rivals.0.name": "them",
                 "public.festivals.0.name": "618"}
    scenario = sim.load("baseline", {**LIVELY, **FESTIVALS})
    one, other = run_many([World(each, "hybrid", 1) for each in (scenario, sim.load(scenario, described))])
    assert one.ledger_sha256 == other.ledger_sha256
