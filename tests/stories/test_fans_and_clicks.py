"""Forty first fans without an advertisement, and a year in which a click goes from 2 to 10 yuan."""

from __future__ import annotations

import numpy as np
import pytest
from many_worlds import STRATEGIES, lived, mean_and_error, said

import sim
from sim.kernel.ledger import COHORT_FIELD, KINDS
from sim.results.metrics.periods import NEW

FANS = 40


def growth(seeds, changes: dict) -> np.ndarray:
    """Customers after two years over the forty at first, by seed."""
    (results,) = lived([sim.load("forty_first_fans", changes)], "private_pool", seeds)
    return np.array([r.count("customers")[-1] for r in results]) / FANS


def share(of: np.ndarray) -> tuple[float, float]:
    """A share with its standard error."""
    return float(of.mean()), float(np.sqrt(of.mean() * (1 - of.mean()) / of.size))


@pytest.fixture(scope="module")
def brands():
    return growth(range(1, 121), {})


def test_about_half_of_all_brands_with_forty_fans_stay_small(brands):
    small, error = share(brands < 3)
    assert 0.35 <= small <= 0.65, f"{said(small, error)} stay below 3 x"


def test_a_few_of_them_grow_famous(brands):
    famous, error = share(brands >= 25)
    assert 0.005 <= famous <= 0.15, f"{said(famous, error)} pass 25 x; the largest {brands.max():.0f} x"


def test_if_everybody_invited_alike_there_would_be_no_silence():
    alike = growth(range(1, 25), {"word_of_mouth.inviter_gamma_shape": 50.0})
    small, error = share(alike < 3)
    assert small < 0.35, f"{said(small, error)} stay below 3 x, {said(*share(alike >= 25))} pass 25 x"


def test_without_referral_forty_fans_remain_forty():
    assert (growth(range(1, 3), {"switches.referral": False}) == 1).all()


SEEDS = range(1, 7)


@pytest.fixture(scope="module")
def dear_year():
    scenario = sim.load("clicks_from_2_to_10")
    return {strategy: lived([scenario], strategy, SEEDS)[0] for strategy in STRATEGIES}


def test_a_click_goes_from_2_to_10_yuan(dear_year):
    first, last = (
        mean_and_error([r.count("click_price")[day] / 1e6 for r in dear_year["public_only"]]) for day in (0, 364)
    )
    assert first[0] == pytest.approx(2.0, abs=max(0.02, 3 * first[1])), said(*first)
    assert 9 <= last[0] <= 11, said(*last)


@pytest.mark.parametrize("off", ["switches.price_growth", "value and number"])
def test_without_its_causes_the_price_stays(off):
    changes = {"switches.price_growth": False} if off.startswith("switches") else {
        "public.advertisers_growth_share_per_year": 0.0, "public.value_growth_share_per_year": 0.0,
        "public.budget_growth_share_per_year": 0.0,
    }
    (results,) = lived([sim.load("clicks_from_2_to_10", {**changes, "clock.run_out_days": 0})], "public_only", SEEDS)
    price, error = mean_and_error([r.count("click_price")[-30:].mean() / 1e6 for r in results])
    assert price == pytest.approx(2.0, abs=max(0.03, 3 * error)), said(price, error)


def test_more_bidders_alone_lift_the_price_threefold_at_most():
    crowd = {"public.value_growth_share_per_year": 0.0, "public.budget_growth_share_per_year": 0.0, "clock.run_out_days": 0}
    (results,) = lived([sim.load("clicks_from_2_to_10", crowd)], "public_only", SEEDS)
    price, error = mean_and_error([r.count("click_price")[-1] / 1e6 for r in results])
    assert 2.0 + 3 * error < price < 6.0, said(price, error)


def ltv_over_cac(results) -> np.ndarray:
    """Contribution to the end per new customer over the ad cost per paid one, by four weeks of joining [month]."""
    kinds = [KINDS.index(kind) for kind in NEW]

    def months(weekly):
        return sum(weekly).reshape(13, 4).sum(axis=1)

    cohorts = [r.cohorts[:52, kinds].sum(axis=1) for r in results]
    value = months([c[:, COHORT_FIELD["contribution_ever"]] for c in cohorts])
    people = months([c[:, COHORT_FIELD["customers"]] for c in cohorts])
    cost = months([r.account("ads_new")[:364].reshape(52, 7).sum(axis=1) for r in results])
    paid = months([r.count("orders_first_paid")[:364].reshape(52, 7).sum(axis=1) for r in results])
    return (value / people) / (cost / paid)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_early_cohorts_pay_for_their_clicks_and_late_ones_do_not(dear_year, strategy):
    each = np.array([ltv_over_cac([r]) for r in dear_year[strategy]])
    months = ltv_over_cac(dear_year[strategy])
    told = [said(value, error, 2) for value, error in zip(months, each.std(axis=0, ddof=1) / np.sqrt(len(each)), strict=True)]
    assert (np.diff(months) < 0).all(), told
    assert months[0] > 1 > months[-1], told
