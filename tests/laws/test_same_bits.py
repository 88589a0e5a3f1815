"""The same seed gives the same books to the bit: on any number of threads, in any company, compiled or not."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from many_worlds import STRATEGIES, members

import sim
from sim.customers import columns
from sim.running import World, run, run_many

SMALL = {"market.people": 20_000, "clock.days": 60, "clock.run_out_days": 30, "brand.budget_cny_per_day": 300.0}
MOVING_RIVALS = {
    "public.entry_share_per_year": 9.0, "public.start_profit_factor": 2.0, "public.reinvested_share_per_year": 3.0,
    "public.pool_innovation_share_per_year": 2.0,
    "public.festivals": ({"name": "618", "day": 9, "length_days": 5, "rival_value_factor": 2.0},),
}
"""Rivals in every motion, with rows and festivals that other worlds have not."""

DIFFERENT = (
    {"market.starting_customers": members(6000), "word_of_mouth.invitations_level": 3.0},
    {"market.people": 9_000, "brand.touches_per_month": 240.0, "pool.fatigue_half_life_days": 2.0},
    {"visitors.passers_by_per_day": 500.0, "public.sampled_auctions_count": 16},
    {"public.slot_click_shares": (1.0, 0.5), "market.order_value_variation_share": 0.0},
    {"clock.warm_up_days": 20, "market.starting_customers": members(50, day=30)},
    MOVING_RIVALS,
)

TINY = {
    "market.people": 2000, "clock.days": 30, "clock.run_out_days": 10, "brand.budget_cny_per_day": 100.0,
    "public.clicks_offered_per_day": 1000.0, "public.sampled_auctions_count": 16, "market.starting_customers": members(40),
    "word_of_mouth.invitations_level": 5.0, "visitors.passers_by_per_day": 10.0, **MOVING_RIVALS,
}
UNCOMPILED = f"""
import sim
print(sim.run(sim.load("baseline", {TINY!r}), "hybrid", 2**40 + 3).ledger_sha256)
"""


@pytest.fixture(scope="module")
def worlds():
    """Worlds that differ in everything, clocks included."""
    scenarios = [sim.load("baseline", {**SMALL, **changes}) for changes in DIFFERENT]
    return [World(scenario, strategy, seed) for scenario in scenarios for strategy in STRATEGIES for seed in (1, 2**50)]


@pytest.fixture(scope="module")
def alone(worlds):
    """The fingerprint of each world, lived by itself on one thread."""
    return [run(*world, threads=1).ledger_sha256 for world in worlds]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_worlds_side_by_side_are_the_worlds_lived_alone(worlds, alone, threads):
    assert [result.ledger_sha256 for result in run_many(worlds, threads=threads)] == alone


def test_the_order_of_worlds_changes_nothing(worlds, alone):
    shuffled = sorted(range(len(worlds)), key=lambda n: (n * 7) % 11)
    results = run_many([worlds[n] for n in shuffled], threads=2)
    assert [result.ledger_sha256 for result in results] == [alone[n] for n in shuffled]


@pytest.mark.parametrize("threads", [2, 4])
def test_threads_that_share_the_rows_of_one_world_change_nothing(worlds, alone, threads, monkeypatch):
    monkeypatch.setattr(columns, "ROWS_WORTH_A_THREAD", 100)
    monkeypatch.setattr(columns, "ROWS_WORTH_THREADS", 1)
    monkeypatch.setattr(columns, "BLOCK", 256)
    for n in (1, 2, 9):
        assert run(*worlds[n], threads=threads).ledger_sha256 == alone[n]


def test_all_these_worlds_really_differ(alone):
    assert len(set(alone)) == len(alone)


def test_without_the_compiler_the_same_bits_come_out(root, tmp_path):
    plain = subprocess.run(
        [sys.executable, "-W", "error", "-c", UNCOMPILED], capture_output=True, text=True, timeout=300, check=False, cwd=tmp_path,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(root)},
    )
    assert plain.returncode == 0, plain.stderr[-2000:]
    compiled = run(sim.load("baseline", TINY), "hybrid", 2**40 + 3)
    assert compiled.count("orders_first_referred").any() and compiled.count("orders_bought_back").any()
    assert plain.stdout.strip() == compiled.ledger_sha256
