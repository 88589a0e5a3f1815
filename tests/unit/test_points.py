"""Membership points: earned on what is paid, spent on the next order, owed in between, to the micro-yuan."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.kernel.ledger import COUNT, COUNT_NAMES, LEFT_OUT_IF_EMPTY, MICRO, in_use
from sim.results.metrics import METRICS
from sim.rules.points import FEN, MOST_POINTS, comes_back, points_earned, points_spent
from sim.running import World, run_many

SMALL = {
    "clock.days": 60, "clock.run_out_days": 0, "market.people": 20_000, "market.need_gamma_months": 1.0,
    "brand.budget_cny_per_day": 300.0, "pool.base_leave_chance_per_month": 0.2, "pool.leave_per_seen_chance": 0.02,
    "market.starting_customers": ({"day": 0, "people": 1500, "in_pool": True},),
}


def lived(strategy="hybrid", **changes):
    (result,) = run_many([World(sim.load("baseline", {**SMALL, **changes}), strategy, 7)])
    return result


@pytest.mark.parametrize(("balance", "yuan", "share", "spent"), [
    (500, 110.0, 0.3, 500), (5000, 110.0, 0.3, 3300), (5000, 110.0, 1.0, 5000), (5000, 0.0, 1.0, 0), (0, 110.0, 1.0, 0),
])
def test_a_balance_pays_at_most_a_share_of_an_order(balance, yuan, share, spent):
    assert points_spent(balance, int(yuan * MICRO), share) == spent


def test_five_per_cent_of_an_order_of_110_yuan_are_550_points_worth_five_and_a_half_yuan():
    assert points_earned(0, 110 * MICRO, 0.05) == 550 and 550 * FEN == 5_500_000
    assert points_earned(0, 109_999, 0.1) == 1, "whole points, rounded down"
    assert points_earned(MOST_POINTS - 3, 110 * MICRO, 0.05) == 3


def test_of_needs_that_would_not_come_back_a_balance_draws_its_share():
    assert comes_back(0.5, 0.2, True) == pytest.approx(0.6)
    assert comes_back(0.5, 0.2, False) == 0.5


def test_what_is_owed_is_what_was_earned_less_what_was_spent_while_nobody_leaves():
    faithful = {"pool.base_leave_chance_per_month": 0.0, "pool.leave_per_seen_chance": 0.0, "brand.remove_after_days": 10_000}
    result = lived(**faithful, **{"brand.points_earned_share": 0.05})
    earned, spent = result.count("points_earned"), result.count("points_spent")
    assert np.array_equal(result.count("points"), np.cumsum(earned - spent))
    assert 0 < spent.sum() < earned.sum()
    assert METRICS["points_owed_cny"].of(result) == result.count("points")[-1] / MICRO


def test_points_of_who_leaves_the_pool_lapse():
    result = lived(**{"brand.points_earned_share": 0.05})
    held = result.count("points_earned").sum() - result.count("points_spent").sum()
    assert 0 < result.count("points")[-1] < 0.95 * held


def test_points_spent_are_a_price_cut_and_nothing_else_without_other_cuts():
    no_cuts = {"brand.offer_discount_share": 0.0}
    result = lived(**no_cuts, **{"brand.points_earned_share": 0.05})
    assert np.array_equal(result.account("discounts"), result.count("points_spent")) and result.count("points_spent").any()


def test_a_member_earns_the_share_of_what_it_pays_and_outsiders_nothing():
    paid_in_full = {"brand.offer_discount_share": 0.0, "brand.points_order_share": 0.0, "pool.points_return_share": 0.0}
    result = lived(**paid_in_full, **{"brand.points_earned_share": 0.05})
    assert not result.count("points_spent").any()
    assert 0 < result.count("points_earned").sum() < 0.05 * result.revenue.sum()
    assert not lived("public_only", **{"brand.points_earned_share": 0.05}).count("points_earned").any()


def test_where_nobody_comes_back_by_itself_only_who_holds_points_does():
    alone = {"public.repeat_orders_paid_share": 1.0, "switches.pool_capture": False, "switches.touch_effects": False}
    drawn, left = (
        lived("private_pool", **alone, **{"brand.points_earned_share": 0.05, "pool.points_return_share": share}) for share in (1.0, 0.0)
    )
    assert drawn.count("orders_by_itself").sum() > 20 and not left.count("orders_by_itself").any()


def test_who_gives_no_points_has_the_books_of_before_there_were_any():
    plain, off = lived(), lived(**{"brand.points_earned_share": 0.05, "switches.points": False})
    assert plain.ledger_sha256 == off.ledger_sha256 != lived(**{"brand.points_earned_share": 0.05}).ledger_sha256
    assert in_use(plain.counts).shape[1] == len(COUNT_NAMES) - len(LEFT_OUT_IF_EMPTY)
    assert not plain.counts[:, [COUNT[name] for name in LEFT_OUT_IF_EMPTY]].any()
