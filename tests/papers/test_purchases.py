"""Without marketing and with every need met, customers buy as Pareto/NBD says (Schmittlein, Morrison & Colombo 1987)."""

from __future__ import annotations

import numpy as np
import pytest
from many_worlds import lived, said

import sim
from sim.assumptions.scenario import DAYS_PER_MONTH

CDNOW_START_DAYS = (
    18, 22, 17, 20, 23, 25, 32, 18, 24, 18, 25, 26, 28, 25, 22, 22, 22, 27, 29, 35, 25, 25, 29, 26, 27, 26, 29, 31,
    33, 30, 22, 29, 30, 36, 36, 25, 43, 26, 31, 29, 33, 33, 25, 25, 25, 22, 35, 36, 34, 30, 25, 25, 32, 24, 37, 31,
    36, 34, 30, 26, 31, 30, 32, 40, 29, 29, 28, 31, 30, 30, 26, 28, 32, 25, 34, 28, 31, 28, 21, 19, 24, 24, 33, 30,
)  # fmt: skip
"""How many of the 2,357 customers in CDNOW's 1/10 sample (B. Hardie) first ordered on each of the first 84 days of 1997."""

R, S = 0.5533, 0.6062
ALPHA, BETA = 10.5776 * 7, 11.6679 * 7  # days
"""Maximum likelihood on weeks 1 to 39 (Fader, Hardie & Lee 2005)."""

WEEKS, SEEDS = 78, range(1, 51)


def expected_repeats(days):
    """A customer's expected repeat orders in so many days after the first order."""
    return R * BETA / (ALPHA * (S - 1)) * (1 - (BETA / (BETA + np.maximum(days, 0))) ** (S - 1))


def expected_curve(shift: int = 0) -> np.ndarray:
    """Expected cumulative repeat orders of all customers at the end of each week."""
    last_days = 7 * np.arange(1, WEEKS + 1) - 1
    return np.array([
        sum(number * expected_repeats(last - start + shift) for start, number in enumerate(CDNOW_START_DAYS))
        for last in last_days
    ])


@pytest.fixture(scope="module")
def weekly():
    """Cumulative repeat orders [seed, week]."""
    starts = tuple({"day": d, "people": n, "in_pool": False} for d, n in enumerate(CDNOW_START_DAYS))
    scenario = sim.load("baseline", {
        "clock.days": 7 * WEEKS, "clock.run_out_days": 0, "brand.budget_cny_per_day": 0.0,
        "market.need_gamma_shape": R, "market.need_gamma_months": ALPHA / DAYS_PER_MONTH,
        "market.exit_gamma_shape": S, "market.exit_gamma_months": BETA / DAYS_PER_MONTH,
        "market.starting_customers": starts, "public.repeat_orders_paid_share": 0.0,
    })
    (results,) = lived([scenario], "public_only", SEEDS)
    return np.array([result.count("orders_by_itself").cumsum()[6::7] for result in results])


def test_the_sample_is_the_published_one():
    assert sum(CDNOW_START_DAYS) == 2357 and len(CDNOW_START_DAYS) == 84
    weeks = [np.mean([(7 * 39 - 1 - d) / 7 for d, n in enumerate(CDNOW_START_DAYS) for _ in range(n)])]
    assert weeks[0] == pytest.approx(32.72, abs=0.005)
    assert expected_curve()[[38, 77]] == pytest.approx([2524.9, 4270.1], abs=0.3)


def test_repeat_orders_follow_the_tracking_curve_of_cdnow_every_week(weekly):
    mean, error = weekly.mean(axis=0), weekly.std(axis=0, ddof=1) / np.sqrt(len(weekly))
    off = (mean - expected_curve())[1:] / error[1:]  # in the first week there is hardly an order
    worst = int(np.abs(off).argmax()) + 1
    assert np.abs(off).max() < 3, (
        f"week {worst + 1}: {said(mean[worst], error[worst], 1)} against {expected_curve()[worst]:.1f};"
        f" week 39: {said(mean[38], error[38], 1)}, week 78: {said(mean[77], error[77], 1)}"
    )


def test_a_repeat_on_the_first_day_would_be_seen(weekly):
    mean, error = weekly.mean(axis=0), weekly.std(axis=0, ddof=1) / np.sqrt(len(weekly))
    assert np.abs((mean - expected_curve(shift=1))[1:] / error[1:]).max() > 4
