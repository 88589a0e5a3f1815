"""Lifecycle tags: who is tagged what, how wrong tags come about, and what a message is worth to whom it fits."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.assumptions.scenario import TAGS
from sim.kernel import luck
from sim.rules.tags import relevance, tag_given, tag_of
from sim.running import World, run_many

SMALL = {
    "clock.days": 60, "clock.run_out_days": 0, "market.people": 5000, "brand.budget_cny_per_day": 300.0,
    "market.starting_customers": ({"day": 0, "people": 2000, "in_pool": True},), "brand.touches_per_month": 30.0,
}


@pytest.mark.parametrize(("joined", "last", "orders", "tag"), [
    (80, 100, 1, "new"), (70, 100, 1, "new"), (69, 100, 1, "active"), (69, 70, 1, "active"), (69, 100, 3, "loyal"),
    (0, 69, 9, "due"), (0, 40, 9, "due"), (0, 39, 9, "silent"),
])
def test_a_member_is_tagged_by_its_dates_and_counts_on_day_100(joined, last, orders, tag):
    assert TAGS[tag_of(100, joined, last, orders, 30, 30, 60, 3)] == tag


def test_a_fifth_of_tags_drawn_at_random_is_right_by_chance():
    draws = [luck.draw(1, luck.TAG, 0, person, 0) for person in range(20_000)]
    given = np.array([tag_given(2, 0.5, u[0], u[1]) for u in draws])
    assert set(given.tolist()) == set(range(5))
    assert (given == 2).mean() == pytest.approx(0.6, abs=4 * np.sqrt(0.24 / 20_000))


def test_what_is_written_for_a_tag_is_worth_more_to_whom_it_fits_and_less_to_others():
    assert relevance(0.5, 0.3, True) == pytest.approx(0.65) and relevance(0.5, 0.3, False) == pytest.approx(0.35)
    assert relevance(0.5, 0.0, True) == relevance(0.5, 0.0, False) == 0.5


def lived(**changes):
    (result,) = run_many([World(sim.load("baseline", {**SMALL, **changes}), "private_pool", 3)])
    return result


def test_messages_go_to_the_stated_share_of_a_tag_and_price_cuts_to_the_stated_tags():
    everybody, half = lived(), lived(**{"tags.new_touch_share": 0.5})
    assert half.count("sent")[:6].sum() == pytest.approx(0.5 * everybody.count("sent")[:6].sum(), rel=0.05), "all are new"
    assert everybody.account("discounts").any() and not lived(**{"tags.coupons_for": ()}).account("discounts").any()


def test_tags_that_change_no_message_change_nothing():
    usual = lived()
    assert lived(**{"tags.error_chance": 1.0, "tags.new_days": 0, "tags.uncut_order_factor": 0.0}).ledger_sha256 == usual.ledger_sha256
    assert lived(**{"tags.relevance_gain_share": 0.3}).ledger_sha256 != usual.ledger_sha256
    assert lived(**{"tags.relevance_gain_share": 0.3, "switches.tags": False}).ledger_sha256 == usual.ledger_sha256
