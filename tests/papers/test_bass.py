"""Where everybody is a neighbour, word of mouth and passers-by are the diffusion of Bass (1969), through the engine."""

from __future__ import annotations

import numpy as np
import pytest
from many_worlds import lived

import sim
from sim.customers.settings import NEED, trait_tables

P, Q, DAYS_A_YEAR = 0.03, 0.38, 100
"""Bass's coefficients of innovation and imitation a year; a year is so many days here, which scales both alike."""
PEOPLE, YEARS, SEEDS = 50_000, 12, (1, 2)
ORDER_CHANCE = 0.1
ALIKE = {
    "clock.days": YEARS * DAYS_A_YEAR, "clock.run_out_days": 0, "market.people": PEOPLE,
    "market.need_gamma_shape": 1000.0, "market.need_gamma_months": 160.0, "switches.silent_exit": False,
    "brand.budget_cny_per_day": 0.0, "brand.gift_cny": 0.0, "brand.touches_per_month": 0.0, "brand.remove_after_days": 10_000,
    "door.invitation_seen_chance": 1.0, "door.accept_without_gift_chance": 1.0, "switches.self_selection": False,
    "pool.start_engagement_level": 1.0, "pool.capture_level": 10.0, "pool.base_leave_chance_per_month": 0.0,
    "pool.service_cny_per_month": 0.0, "switches.forgetting": False,
    "word_of_mouth.inviter_gamma_shape": 1000.0, "word_of_mouth.neighbours_count": 10_000, "word_of_mouth.rewired_share": 1.0,
    "word_of_mouth.invitee_order_chance": ORDER_CHANCE, "word_of_mouth.referred_need_factor": 1.0,
    "visitors.passers_by_per_day": P / DAYS_A_YEAR * PEOPLE / ORDER_CHANCE, "visitors.enter_share": 1.0,
    "visitors.buy_share": ORDER_CHANCE,
}
PEAK = np.log(Q / P) / (P + Q)


def bass(years: np.ndarray) -> np.ndarray:
    """The share who have adopted after so many years."""
    gone = np.exp(-(P + Q) * years)
    return (1 - gone) / (1 + Q / P * gone)


@pytest.fixture(scope="module")
def adopted():
    """Customers over people by day, mean of the seeds: every order tells, on average, Q over a day's orders and buyers."""
    needs = trait_tables(sim.load("baseline", ALIKE))[NEED].mean()
    told = Q / DAYS_A_YEAR / needs / ORDER_CHANCE
    scenario = sim.load("baseline", {**ALIKE, "word_of_mouth.invitations_level": float(told)})
    (results,) = lived([scenario], "private_pool", SEEDS)
    return np.mean([r.count("customers") for r in results], axis=0) / PEOPLE


def test_the_formula_gives_the_published_peak():
    assert pytest.approx(6.19, abs=0.005) == PEAK
    assert bass(np.array([PEAK]))[0] == pytest.approx((Q - P) / (2 * Q)) == pytest.approx(0.461, abs=5e-4)


def test_customers_follow_the_curve_of_bass(adopted):
    years = np.arange(1, len(adopted) + 1) / DAYS_A_YEAR
    assert np.abs(adopted - bass(years)).max() < 0.012


def test_most_customers_come_at_the_peak_that_bass_foretells(adopted):
    halves = adopted[50:] - adopted[:-50]
    smooth = np.convolve(halves, np.ones(50) / 50, "valid")
    peak = (smooth.argmax() + 50) / DAYS_A_YEAR
    assert peak == pytest.approx(PEAK, abs=0.35)
    assert adopted[int(PEAK * DAYS_A_YEAR)] == pytest.approx(0.461, abs=0.012)


def test_without_word_of_mouth_the_curve_is_another():
    scenario = sim.load("baseline", {**ALIKE, "switches.referral": False})
    (results,) = lived([scenario], "private_pool", SEEDS[:1])
    share = results[0].count("customers") / PEOPLE
    years = np.arange(1, len(share) + 1) / DAYS_A_YEAR
    assert np.abs(share - (1 - np.exp(-P * years))).max() < 0.01
    assert np.abs(share - bass(years)).max() > 0.3
