"""What experiments promise, held by the real model in small worlds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from many_worlds import lived, members, profit, varied

import sim
from sim.assumptions.inactive_mechanisms import IDLE
from sim.questions.waterfall import shapley

PRICE = "public.start_click_price_cny"
SMALL = {
    "market.people": 40_000, "brand.budget_cny_per_day": 200.0, "public.clicks_offered_per_day": 2_000.0,
    "public.rivals.2.budget_clicks_per_day": 40.0, "clock.days": 60, "clock.run_out_days": 120,
}
SHOP = {
    "clock.days": 10, "clock.run_out_days": 0, "brand.budget_cny_per_day": 0.0, "brand.pool_costs": "on_top",
    "brand.touches_per_month": 0.0, "market.need_factor": 0.0, "market.starting_customers": members(2_000),
    "door.invitation_seen_chance": 0.0, "visitors.passers_by_per_day": 5_000.0, "switches.referral": False,
}
"""A shop and a pool that have nothing to do with each other: what visitors bring less what members cost."""


def test_the_tie_of_two_strategies_is_where_brute_force_on_a_fine_grid_finds_it():
    world, seeds = sim.load("baseline", SMALL), range(1, 9)
    found = sim.breakeven(world, f"{PRICE}=1..5", kinds=["equal_envelope"], seeds=8, points=5)
    (tie,) = found.lines[0].crossings
    fine = np.linspace(tie.value - 0.6, tie.value + 0.6, 9)
    worlds = varied(world, [{PRICE: float(price)} for price in fine])
    sums = {name: np.array([sum(map(profit, runs)) for runs in lived(worlds, name, seeds)]) for name in found.strategies}
    slope, height = np.polyfit(fine, sums["private_pool"] - sums["public_only"], 1)
    assert slope > 0
    assert tie.low <= -height / slope <= tie.high


def test_sobol_indices_of_a_world_that_is_a_sum_are_its_shares_of_the_variance():
    pytest.importorskip("SALib")
    shop = sim.load("baseline", SHOP)
    asked = ["visitors.passers_by_per_day=4_800..5_200", "pool.service_cny_per_month=0.5..5"]
    found = sim.sensitivity(shop, asked, method="sobol", strategies=["private_pool"], samples=64, seeds=1)
    ends = sim.sensitivity(shop, asked, strategies=["private_pool"], seeds=1)
    swings = {each.span.key: each.swing.mean for each in ends.swings}
    assert all(abs(swing) > 1000 for swing in swings.values())
    variance = sum(swing**2 for swing in swings.values())
    for each in found.indices:
        assert each.total == pytest.approx(swings[each.span.key] ** 2 / variance, abs=max(0.05, each.total_error))


def test_the_bars_of_a_waterfall_add_up_to_the_books_to_the_micro_yuan():
    world = sim.load("baseline", {**SMALL, "clock.days": 40, "clock.run_out_days": 20})
    books = [sum(r.contribution.sum() - r.marketing.sum() for r in lived([world], name, (1, 2))[0]) for name in ("hybrid", "public_only")]
    total = round((books[0] - books[1]) / 2)
    named = {"strategies": ["hybrid", "public_only"], "seeds": 2}
    for found in (
        sim.waterfall(world, pairs=2, **named), sim.waterfall(world, by="accounts", **named),
        sim.waterfall(world, mechanisms=["pool_capture", "touch_effects", "buy_back"], exact=True, **named),
    ):
        assert sum(bar.micro_yuan for bar in found.bars) == found.total_micro_yuan == total
        assert not found.one_at_a_time or sum(bar.micro_yuan for bar in found.one_at_a_time) == total
    assert found.bar("buy_back").yuan < 0 or found.bar("pool_capture").yuan > 0


def test_the_best_number_of_messages_is_found_on_the_inverted_u():
    cohort = sim.load("baseline", {
        "clock.days": 1, "clock.run_out_days": 729, "brand.budget_cny_per_day": 0.0, "brand.gift_cny": 0.0,
        "pool.service_cny_per_month": 0.0, "switches.referral": False, "switches.buy_back": False, "switches.liveliness": False,
        "public.repeat_orders_paid_share": 1.0, "market.starting_customers": members(3_000), "brand.touches_per_month": 3.0,
    })
    found = sim.optimize(cohort, "private_pool", ["brand.touches_per_month=1..15"], seeds=2, fresh_seeds=6, evaluations=14, points=5)
    best = found.best.values["brand.touches_per_month"]
    assert 5.5 <= best <= 8.5, "published: 7 (Zhang, Kumar & Cosguner 2017)"
    assert found.gain.clear and found.gain.mean > 0
    grid = [3.0, 5.0, 6.0, 7.0, 8.0, 9.0, 11.0]
    worlds = varied(cohort, [{"brand.touches_per_month": each} for each in (*grid, best)])
    curve = np.array([[profit(run) for run in runs] for runs in lived(worlds, "private_pool", found.fresh_seeds)])
    behind = curve[:-1] - curve[-1]
    noise = 3 * behind.std(axis=1, ddof=1) / np.sqrt(behind.shape[1])
    assert (behind.mean(axis=1) < np.maximum(noise, 0.01 * curve[-1].mean())).all()


@given(st.lists(st.fractions(-1000, 1000), min_size=1, max_size=12))
def test_whole_numbers_are_allotted_near_their_shares_and_add_up(shares):
    total = round(sum(shares))
    parts = shapley.allotted(shares, total)
    assert sum(parts) == total
    assert all(abs(part - share) < 1 for part, share in zip(parts, shares, strict=True))


@settings(max_examples=30)
@given(st.data(), st.integers(1, 4), st.integers(1, 3), st.integers(1, 4))
def test_shares_of_any_game_add_up_exactly(data, size, futures, pairs):
    players = [f"p{n}" for n in range(size)]
    numbers = st.lists(st.integers(-(10**9), 10**9), min_size=futures, max_size=futures)
    worths = {some: np.array(data.draw(numbers)) for some in sorted(shapley.all_coalitions(players), key=sorted)}
    gain = worths[frozenset(players)] - worths[frozenset()]
    orders = shapley.antithetic_orders(players, pairs)
    for shares, samples in (shapley.exact(players, worths), shapley.sampled(players, orders, worths)):
        assert sum(shares) * futures == int(gain.sum())
        assert np.allclose(samples.mean(axis=0), [float(share) for share in shares], atol=3 * 10**9 / np.sqrt(futures * pairs))


@settings(max_examples=30)
@given(st.data(), st.integers(2, 4))
def test_who_adds_nothing_gets_nothing_and_equals_get_the_same(data, size):
    players = [f"p{n}" for n in range(size)]
    by_number = {n: data.draw(st.integers(-1000, 1000)) for n in range(size + 1)}
    shares, _ = shapley.exact([*players, "idle"], {some: np.array([by_number[len(some - {"idle"})]]) for some in shapley.all_coalitions([*players, "idle"])})
    assert shares[-1] == 0
    assert len(set(shares[:-1])) == 1


def test_a_switch_that_is_called_idle_changes_no_book():
    world = sim.load("baseline", {**SMALL, "clock.days": 30, "clock.run_out_days": 10})
    idle = [name for name, rule in IDLE.items() if rule(world)]
    worlds = [world, *varied(world, [{f"switches.{name}": False} for name in idle])]
    books = {name: {run.ledger_sha256 for (run,) in lived(worlds, name, [1])} for name in ("hybrid", "public_only")}
    assert idle and all(len(hashes) == 1 for hashes in books.values())
