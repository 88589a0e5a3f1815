"""What public and private traffic do to each other, by hand and in a world."""

from __future__ import annotations

import numpy as np
import pytest
from many_worlds import lived, varied

import sim
from sim.rules.spillover import lookalike_factor, quality_after_a_day, squeeze

SMALL = {"clock.days": 120, "clock.run_out_days": 60, "market.people": 40_000, "brand.budget_cny_per_day": 500.0}


def test_half_of_the_lift_comes_with_so_many_active_members_and_none_without_any():
    assert lookalike_factor(0, 0.4, 2000.0) == 1.0
    assert lookalike_factor(2000, 0.4, 2000.0) == pytest.approx(1.2)
    assert 1.39 < lookalike_factor(100_000, 0.4, 2000.0) < 1.4


@pytest.mark.parametrize(
    ("advertising", "contribution", "pressed"),
    [(0, 0, 0.0), (0, -5, 0.0), (50, 100, 0.0), (75, 100, 0.5), (100, 100, 1.0), (900, 100, 1.0), (1, 0, 1.0), (1, -5, 1.0)],
)
def test_advertisements_press_on_quality_beyond_a_bearable_share(advertising, contribution, pressed):
    assert squeeze(advertising, contribution, 0.5) == pytest.approx(pressed)


def test_quality_falls_slowly_and_recovers_slowly():
    quality, path = 1.0, []
    for pressed in [1.0] * 300 + [0.0] * 300:
        quality = quality_after_a_day(quality, pressed, 0.4, 100.0)
        path.append(quality)
    assert path[0] == pytest.approx(0.996) and path[299] == pytest.approx(1 - 0.4 * (1 - 0.99**300))
    assert min(path) == path[299] and path[399] == pytest.approx(1 - (1 - path[299]) * 0.99**100)


def test_whoever_has_no_pool_learns_nothing_for_its_advertisements():
    taught, plain = (each for (each,) in lived(varied("baseline", [{**SMALL, "public.lookalike_lift_share": 0.5}, SMALL]), "public_only", [1]))
    assert taught.ledger_sha256 == plain.ledger_sha256


def test_clicks_order_by_so_much_more_often_as_the_pool_has_active_members():
    changes = {**SMALL, "market.starting_customers": ({"day": 0, "people": 8000, "in_pool": True},)}
    worlds = varied("baseline", [{**changes, "public.lookalike_lift_share": 1.0, "public.half_lookalike_people": 4000.0}, changes])
    taught, plain = lived(worlds, "private_pool", range(1, 9))
    share = [sum(r.count("orders_first_paid").sum() for r in runs) / sum(r.count("clicks").sum() for r in runs) for runs in (taught, plain)]
    active = np.mean([r.count("active")[:119] for r in taught])
    assert share[0] / share[1] == pytest.approx(1 + active / (active + 4000.0), rel=0.06)


def quality_by_day(result) -> np.ndarray:
    """The quality of each day, worked out anew from the books."""
    advertising = result.account("ads_new") + result.account("ads_recontact")
    quality, path, market = 1.0, [], result.scenario.market
    for day in range(len(advertising)):
        month = slice(max(0, day - 30), day)
        spent, bore = advertising[month].sum(), market.quality_margin_share * result.contribution[month].sum()
        pressed = 0.0 if spent == 0 else min(max(spent / bore - 1, 0), 1)
        quality += (1 - market.quality_loss_share * pressed - quality) / market.quality_days
        path.append(quality)
    return np.array(path)


def test_advertisements_beyond_the_margin_cost_repeat_orders_until_they_stop():
    """Clicks take more than the margin of this brand: its goods get worse while it buys, and better in the run-out."""
    eroding = {**SMALL, "market.quality_loss_share": 0.5, "market.quality_days": 20.0, "clock.run_out_days": 120,
               "market.starting_customers": ({"day": 0, "people": 8000, "in_pool": False},), "market.exit_gamma_months": 1000.0,
               "public.repeat_orders_paid_share": 0.0, "market.need_gamma_months": 20.0, "market.order_value_cny": 60.0}
    worn, plain = lived(varied("baseline", [eroding, {**eroding, "switches.quality_erosion": False}]), "public_only", range(1, 9))
    repeats = [np.sum([r.count("orders_by_itself") for r in runs], axis=0) for runs in (worn, plain)]
    quality = np.mean([quality_by_day(r) for r in worn], axis=0)
    for days in (slice(60, 120), slice(200, 240)):
        lost = repeats[0][days].sum() / repeats[1][days].sum()
        assert lost == pytest.approx(quality[days].mean(), abs=0.03), (days, lost, quality[days].mean())
    assert quality[60:120].max() < 0.9 and quality[200:].min() > 0.97


def test_a_bid_by_lifetime_value_counts_on_better_targeting():
    bidding = {**SMALL, "brand.bidding": "lifetime_value", "market.starting_customers": ({"day": 0, "people": 8000, "in_pool": True},)}
    worlds = varied("baseline", [{**bidding, "public.lookalike_lift_share": 2.0}, bidding])
    taught, plain = (sum(int(r.count("clicks").sum()) for r in runs) for runs in lived(worlds, "private_pool", range(1, 5)))
    assert taught != plain


def test_both_are_off_in_the_baseline():
    base = sim.load("baseline")
    assert base.public.lookalike_lift_share == 0 and base.market.quality_loss_share == 0
