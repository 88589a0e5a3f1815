"""Channels: their badges, what a scenario may leave to the kind, and what several channels do to members."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

import sim
from sim.assumptions.explaining import badges
from sim.assumptions.scenario import Channel
from sim.cli import main
from sim.rules.channels import BADGES, USUAL, badge
from sim.running import World, run_many

BADGE_OF = {
    "personal_account": "private", "enterprise_account": "private", "group": "private", "official_account": "half-private",
    "mini_program": "half-private", "app": "half-private", "sms": "public",
}

SMALL = {
    "clock.days": 60, "clock.run_out_days": 0, "market.people": 5000, "brand.budget_cny_per_day": 100.0,
    "market.starting_customers": ({"day": 0, "people": 2000, "in_pool": True},), "switches.referral": False,
}
THREE = ({"kind": "group", "member_share": 1.0}, {"kind": "enterprise_account", "member_share": 1.0})


def lived(**changes):
    (result,) = run_many([World(sim.load("baseline", {**SMALL, **changes}), "private_pool", 3)])
    return result


@pytest.mark.parametrize("kind", USUAL)
def test_official_accounts_come_out_half_private_and_text_messages_public(kind):
    vector = USUAL[kind]
    assert badge(vector.accessibility_chance, vector.persona_share, vector.leave_factor) == BADGE_OF[kind]


def test_a_channel_passes_only_if_all_three_tests_are_passed():
    assert [badge(*v) for v in ((0.5, 0.5, 2.0), (0.49, 0.5, 2.0), (0.49, 0.49, 2.0), (0.49, 0.49, 2.1))] == [
        "private", "half-private", "half-private", "public",
    ]
    assert set(BADGE_OF.values()) == set(BADGES)


def test_a_scenario_may_name_every_kind_and_states_what_is_unusual():
    assert set(get_args(Channel.model_fields["kind"].annotation)) == set(USUAL)
    dear = Channel(kind="sms", member_share=0.3, message_cny=0.06).vector
    assert dear == USUAL["sms"]._replace(message_cny=0.06)


def test_a_badge_is_told_from_what_the_scenario_states(capsys):
    deaf = {"pool.accessibility_chance": 0.12, "pool.channels": ({"kind": "app", "member_share": 0.5, "accessibility_chance": 0.9, "persona_share": 0.9},)}
    assert badges("baseline", deaf) == [("pool", "half-private", "半私域"), ("pool.channels.0 app", "private", "私域")]
    assert main(["explain", "message_on_three_channels"]) == 0
    assert capsys.readouterr().out.endswith("pool: private\npool.channels.0 group: private\npool.channels.1 enterprise_account: private\n")


def test_channels_that_nobody_follows_change_nothing():
    nobody = tuple({**each, "member_share": 0.0} for each in THREE)
    alone, unfollowed = lived(), lived(**{"pool.channels": nobody})
    assert alone.ledger_sha256 == unfollowed.ledger_sha256
    assert alone.ledger_sha256 != lived(**{"pool.channels": THREE}).ledger_sha256


def test_one_click_sends_a_message_three_times_and_deduplication_once():
    steady = {"pool.leave_per_seen_chance": 0.0, "pool.base_leave_chance_per_month": 0.0, "brand.remove_after_days": 365}
    one, three, once = (
        lived(**steady, **changes) for changes in ({}, {"pool.channels": THREE}, {"pool.channels": THREE, "brand.deduplicates": True})
    )
    days = one.count("sent") > 0
    assert np.array_equal(three.count("sent")[:20], 3 * one.count("sent")[:20]) and days[:20].any()
    assert np.array_equal(once.count("sent")[:20], one.count("sent")[:20])


def test_what_is_heard_again_only_tires():
    three, once = (lived(**{"pool.channels": THREE, "brand.deduplicates": each}) for each in (False, True))
    assert three.count("muted")[-1] > 2 * once.count("muted")[-1] > 0


def test_a_text_message_is_charged_for_and_not_sent_to_all_where_the_purse_cannot_pay():
    texts = {"pool.channels": ({"kind": "sms", "member_share": 1.0, "leave_factor": 0.0},), "pool.service_cny_per_month": 0.0}
    paid, poor = lived(**texts), lived(**texts, **{"brand.budget_cny_per_day": 10.0})
    home = lived(**{"pool.service_cny_per_month": 0.0, "brand.budget_cny_per_day": 10.0})
    sent = paid.count("sent")[:5]
    assert np.array_equal(paid.account("accounts")[:5], sent // 2 * 40_000) and sent.any(), "half of them are texts at 0.04 yuan"
    assert not poor.account("accounts").any() and poor.count("sent")[4] == home.count("sent")[4] > 0


def test_who_leaves_one_channel_stays_in_the_pool_and_who_leaves_the_last_is_gone():
    touchy = {"pool.leave_per_seen_chance": 0.2, "pool.base_leave_chance_per_month": 0.0, "brand.remove_after_days": 365}
    one, two = lived(**touchy), lived(**touchy, **{"pool.channels": THREE[:1], "brand.deduplicates": True})
    assert two.count("left").sum() < 0.7 * one.count("left").sum() and two.count("left").sum() > 100
