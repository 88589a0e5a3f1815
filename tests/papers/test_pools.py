"""Pools as stocks with constant inflow and constant exit (M/M/infinity), through the simulator's own days."""

from __future__ import annotations

import numpy as np
import pytest
from many_worlds import lived, mean_and_error, members, said

import sim
from sim.assumptions.scenario import DAYS_PER_MONTH

ONLY_LEAVING = {
    "clock.run_out_days": 0, "market.people": 50_000_000, "market.need_factor": 0.0, "brand.budget_cny_per_day": 0.0,
    "brand.gift_cny": 0.0, "brand.touches_per_month": 0.0, "brand.remove_after_days": 10_000,
    "door.invitation_seen_chance": 1.0, "door.accept_without_gift_chance": 1.0, "pool.service_cny_per_month": 0.0,
    "switches.silent_exit": False, "switches.self_selection": False,
}
INFLOW = {
    "visitors.passers_by_per_day": 10_000.0, "visitors.enter_share": 1.0, "visitors.buy_share": 0.01,
}  # 100 joins a day, nearly Poisson
SEEDS = range(1, 25)
STAYS = 0.5 ** (1 / 180)
STEADY = 100 / (1 - STAYS)
"""Members in the evening, after the day's joins, in daily steps: 26,019; in the morning 25,919; in continuous time 25,969."""


def leaving(half_life_days: float) -> float:
    """The monthly chance to leave that halves a pool in so many days."""
    return 1 - 0.5 ** (DAYS_PER_MONTH / half_life_days)


@pytest.fixture(scope="module")
def pools():
    """Members by day [seed, day]: a pool that starts empty, and one that starts at its steady state."""
    common = {**ONLY_LEAVING, **INFLOW, "pool.base_leave_chance_per_month": leaving(180), "clock.days": 361}
    scenarios = [
        sim.load("baseline", {**common, "market.starting_customers": members(people)}) for people in (0, 25_919)
    ]
    return [np.array([r.count("members") for r in results]) for results in lived(scenarios, "private_pool", SEEDS)]


def test_the_theory_of_the_pool_gives_the_published_levels():
    assert pytest.approx(26_019, abs=1) == STEADY and pytest.approx(25_919, abs=1) == STEADY - 100
    assert 100 * 180 / np.log(2) == pytest.approx(25_969, abs=1)
    assert np.sqrt(100 * 180 / np.log(2)) == pytest.approx(161.1, abs=0.1)


def test_a_pool_fills_to_half_its_steady_state_in_one_half_life(pools):
    mean, error = mean_and_error(pools[0][:, 179])
    assert mean == pytest.approx(STEADY / 2, abs=3 * error), said(mean, error, 1)
    assert mean == pytest.approx(12_984, rel=0.005), said(mean, error, 1)


def test_a_pool_stays_at_its_steady_state(pools):
    mean, error = mean_and_error(pools[1][:, -1])
    assert error < 40
    assert mean == pytest.approx(STEADY, abs=3 * error), said(mean, error, 1)


def test_a_steady_pool_spreads_like_poisson(pools):
    after = STAYS ** (2 * 360)  # what is left of having started with everybody at the same number
    expected, found = 161.1 * np.sqrt(1 - after), pools[1][:, -1].std(ddof=1)
    assert found == pytest.approx(expected, abs=3 * expected / np.sqrt(2 * (len(SEEDS) - 1))), f"{found:.1f}"


def test_a_dead_pool_of_5000_keeps_301_after_a_year():
    scenario = sim.load("baseline", {
        **ONLY_LEAVING, "clock.days": 366, "pool.base_leave_chance_per_month": leaving(90),
        "market.starting_customers": members(5000),
    })
    (results,) = lived([scenario], "private_pool", range(1, 41))
    mean, error = mean_and_error([r.count("members")[-1] for r in results])
    sampling = np.sqrt(5000 * 301 / 5000 * (1 - 301 / 5000) / 40)
    assert error == pytest.approx(sampling, rel=0.4)
    assert mean == pytest.approx(301, abs=3 * sampling), said(mean, error, 1)
