"""Each metric against a number worked out by hand, and the laws that all of them keep."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_books import run, scenario

from sim.kernel.ledger import ACCOUNTS, COHORT_FIELDS, COUNT, COUNT_NAMES, KINDS
from sim.results.metrics import METRICS, Parts, all_of, total
from sim.results.metrics.metric import UNITS_ZH
from sim.results.result import Result

# One warm-up day, three counted days, one day of run-out; the warm-up must not count.
FIVE_DAYS = scenario(3, warm_up_days=1, run_out_days=1)
BOOKS = run(
    FIVE_DAYS,
    yuan={
        "first_paid": [999, 100, 100, 100, 0],
        "first_free": [999, 20, 0, 0, 0],
        "repeat_pool": [999, 0, 30, 60, 80],
        "repeat_bought_back": [999, 0, 0, 10, 0],
        "discounts": [99, 0, 0, 6, 4],
        "cost_of_goods": [999, 60, 60, 70, 40],
        "ads_new": [999, 90, 60, 30, 0],
        "ads_recontact": [99, 0, 0, 4, 0],
        "join_gifts": [99, 3, 3, 0, 0],
        "staff": [99, 1, 1, 1, 7],
    },
    counts={
        "clicks": [99, 50, 30, 20, 0],
        "orders_first_paid": [99, 2, 1, 1, 0],
        "orders_first_free": [99, 1, 0, 0, 0],
        "orders_first_referred": [99, 0, 0, 1, 0],
        "orders_by_itself": [99, 0, 1, 0, 1],
        "orders_pool": [99, 0, 1, 2, 2],
        "orders_bought_back": [99, 0, 0, 1, 0],
        "needs_lost": [99, 1, 2, 0, 4],
        "joins": [99, 2, 1, 0, 0],
        "started_in_pool": [99, 0, 1, 0, 0],
        "referred_by_early": [0, 0, 0, 1, 1],
        "underserved": [1, 0, 1, 0, 1],
        "members": [99, 2, 4, 4, 3],
        "active": [99, 2, 4, 3, 1],
        "silent": [99, 0, 1, 1, 2],
        "muted": [99, 0, 0, 1, 1],
        "click_price": [9_000_000, 2_000_000, 2_500_000, 3_500_000, 9_000_000],
    },
)
# revenue 300 + 20 + 170 + 10 = 500; goods and discounts 240; contribution 260; marketing 180 + 4 + 6 + 10 = 200.
BY_HAND = {
    "revenue_cny": 500,
    "contribution_cny": 260,
    "marketing_cny": 200,
    "ad_spend_cny": 184,
    "profit_cny": 60,
    "roi": 60 / 200,
    "roas": 500 / 184,
    "run_out_profit_cny": 80 - 44 - 7,
    "payback_day": 2,  # daily cash -34, +6, +59, +29; together -34, -28, 31, 60
    "cash_trough_cny": -34,
    "underserved_days": 2,
    "paid_cac_cny": 180 / 4,
    "blended_cac_cny": 193 / 6,
    "report_cac_cny": None,
    "new_customers": 6,
    "referred_customers": 1,
    "natural_to_paid": 2 / 4,
    "clicks": 100,
    "cost_per_click_cny": 1.8,
    "click_price_index": 1.0,
    "orders": 14,
    "repeat_orders": 8,
    "bought_back_orders": 1,
    "needs_lost": 7,
    "joins": 3,
    "join_share": 3 / 6,
    "pool_members": 4,
    "pool_active": 3,
    "pool_silent": 1,
    "pool_muted": 1,
    "pool_members_end": 3,
    "pool_active_end": 1,
    "r0": 2 / 4,
}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_metric_equals_the_number_worked_out_by_hand(name: str) -> None:
    assert METRICS[name].of(BOOKS) == BY_HAND[name]


def test_a_week_that_was_not_watched_for_the_whole_horizon_has_no_lifetime_value() -> None:
    # Week 0 ends on day 6, so that its 30 days end on day 35: 36 days lived are enough and 35 are not.
    week = {(0, "outside"): {"customers": 2, "contribution_30": 50_000_000}}
    assert METRICS["ltv_30_cny"].of(run(scenario(7, run_out_days=29), cohorts=week)) == 25
    assert METRICS["ltv_30_cny"].of(run(scenario(7, run_out_days=28), cohorts=week)) is None


def test_lifetime_value_leaves_out_warm_up_weeks_run_out_weeks_and_starting_customers() -> None:
    each = {"customers": 1, "contribution_30": 1_000_000, "second_orders_365": 1}
    cohorts = {(week, kind): each for week in range(10) for kind in KINDS}
    result = run(scenario(14, warm_up_days=8, run_out_days=60), cohorts=cohorts)
    # Counted days 8 to 21: weeks 2 and 3 began then; week 1 began on day 7, week 4 on day 28.
    assert METRICS["ltv_30_cny"].parts(result) == (4_000_000, 4_000_000, 1, 1)


def test_lifetime_value_over_cost_is_a_ratio_of_two_ratios() -> None:
    cohorts = {(0, "joined"): {"customers": 4, "contribution_365": 480_000_000}}
    given_scenario = scenario(7, run_out_days=365)
    first = {"orders_first_paid": [2, 3, *[0] * 370]}
    result = run(given_scenario, yuan={"ads_new": [200, *[0] * 371]}, counts=first, cohorts=cohorts)
    assert METRICS["ltv_to_cac"].of(result) == pytest.approx((480 / 4) / (200 / 5))


def test_repurchase_counts_starting_customers_and_the_naive_uplift_does_not() -> None:
    cohorts = {
        (0, "outside"): {"customers": 10, "second_orders_365": 2, "repeat_orders_365": 5},
        (0, "joined"): {"customers": 10, "second_orders_365": 5, "repeat_orders_365": 20},
        (0, "starting"): {"customers": 20, "second_orders_365": 3, "repeat_orders_365": 99},
    }
    result = run(scenario(7, run_out_days=365), cohorts=cohorts)
    assert METRICS["repurchase_share"].of(result) == 10 / 40
    assert METRICS["joiner_repeat_orders"].of(result) == 2
    assert METRICS["outsider_repeat_orders"].of(result) == 0.5
    assert METRICS["naive_joiner_uplift"].of(result) == 4


@pytest.mark.parametrize(
    ("daily_cash", "payback"),
    [
        ([5, 0, 0, 0], 0),
        ([-5, 5, 0, 0], 1),
        ([-5, 9, -9, 5], 3),
        ([-5, 9, -9, 4], None),
        ([5, -5, 1, -1], 0),
        ([0, 0, 0, -1], None),
    ],
)
def test_payback_is_the_day_from_which_cash_stays_at_or_above_zero(daily_cash: list[int], payback: int | None) -> None:
    books = {"first_free": [max(c, 0) for c in daily_cash], "staff": [max(-c, 0) for c in daily_cash]}
    result = run(scenario(2, run_out_days=2), yuan=books)
    assert METRICS["payback_day"].of(result) == payback
    assert METRICS["cash_trough_cny"].of(result) == min(0, *np.cumsum(daily_cash))


def test_the_mean_over_futures_is_a_ratio_of_sums_and_not_a_mean_of_ratios() -> None:
    small = run(scenario(1), yuan={"first_paid": [30], "ads_new": [10]})  # ROI 2
    large = run(scenario(1), yuan={"first_paid": [100], "ads_new": [100]})  # ROI 0
    assert total([METRICS["roi"].parts(small), METRICS["roi"].parts(large)]).value == 20 / 110


def test_the_mean_payback_covers_only_the_futures_that_pay_back() -> None:
    assert total([Parts(10, 1), Parts(0, 0), Parts(20, 1)]).value == 15
    assert total([Parts(0, 0)]).value is None


def test_the_click_price_index_compares_the_last_30_days_with_the_first_30() -> None:
    prices = [2_000_000] * 30 + [7_000_000] * 5 + [3_000_000] * 30 + [9_000_000] * 10
    result = run(scenario(65, run_out_days=10), counts={"click_price": prices})
    assert METRICS["click_price_index"].of(result) == 1.5


def test_the_report_cost_takes_the_last_year_and_a_fifth_of_the_year_before_as_lost() -> None:
    # 100 people ordered in the first year, 180 in the second; marketing 1 yuan a day: 365 / (180 - 80).
    spent, bought = {"ads_new": [1] * 800}, {364: 100, 729: 180}
    assert METRICS["report_cac_cny"].of(run(scenario(730, run_out_days=70), yuan=spent, buyers=bought)) == 3.65
    assert METRICS["report_cac_cny"].of(run(scenario(400, warm_up_days=365, run_out_days=35), yuan=spent, buyers=bought)) == 3.65


@pytest.mark.parametrize(("days", "warm_up_days"), [(729, 0), (365, 364), (364, 800)])
def test_the_report_cost_needs_a_whole_year_and_a_whole_year_before(days, warm_up_days) -> None:
    result = run(scenario(days, warm_up_days=warm_up_days), buyers=dict.fromkeys(range(days + warm_up_days), 100))
    assert METRICS["report_cac_cny"].of(result) is None


def test_a_run_in_which_nothing_happens_leaves_ratios_undefined_and_sums_at_zero() -> None:
    found = all_of(run(scenario(40)))
    assert found["roi"] is None
    assert found["paid_cac_cny"] is None
    assert found["natural_to_paid"] is None
    assert found["ltv_365_cny"] is None
    assert found["profit_cny"] == found["orders"] == found["run_out_profit_cny"] == 0


def test_every_metric_is_defined_in_both_languages_with_a_known_unit() -> None:
    for name, metric in METRICS.items():
        assert metric.name == name
        assert metric.unit in UNITS_ZH, name
        assert metric.definition_en.endswith("."), name
        assert re.search(r"[\u4e00-\u9fff]", metric.definition_zh), name
        assert not re.search(r"[\u4e00-\u9fff]", metric.label_en + metric.definition_en), name
        assert name.endswith("_cny") == (metric.unit == "yuan"), name


@st.composite
def any_books(draw: st.DrawFn) -> Result:
    """Books filled at random: nonsense as a business, lawful as books."""
    given_scenario = scenario(
        draw(st.integers(1, 60)), warm_up_days=draw(st.integers(0, 9)), run_out_days=draw(st.integers(0, 400))
    )
    dice = np.random.default_rng(draw(st.integers(0, 2**32)))
    days, most = given_scenario.clock.total_days, draw(st.sampled_from([1, 3, 10**9]))
    money = dice.integers(0, most, (days, len(ACCOUNTS)))
    counts = dice.integers(0, most, (days, len(COUNT_NAMES)))
    cohorts = dice.integers(0, most, (days // 7 + 1, len(KINDS), len(COHORT_FIELDS)))
    return Result(given_scenario, "hybrid", 1, money, counts, cohorts)


@settings(max_examples=60, deadline=None)
@given(any_books())
def test_whatever_the_books_every_metric_is_a_finite_number_or_undefined(result: Result) -> None:
    for name, value in all_of(result).items():
        assert value is None or math.isfinite(value), name


@settings(max_examples=40, deadline=None)
@given(any_books(), st.integers(2, 1000))
def test_dearer_money_scales_every_amount_and_leaves_every_ratio(result: Result, factor: int) -> None:
    cohorts = result.cohorts.copy()
    cohorts[:, :, [field.startswith("contribution_") for field in COHORT_FIELDS]] *= factor
    counts = result.counts.copy()
    counts[:, [COUNT[name] for name in ("points_earned", "points_spent", "points")]] *= factor  # they are money
    scaled = Result(result.scenario, "hybrid", 1, result.money * factor, counts, cohorts)
    before, after = all_of(result), all_of(scaled)
    for name, value in before.items():
        times = factor if METRICS[name].unit == "yuan" else 1
        assert after[name] == (None if value is None else pytest.approx(value * times, rel=1e-12)), name


@settings(max_examples=40, deadline=None)
@given(any_books())
def test_what_happens_in_the_warm_up_changes_no_metric(result: Result) -> None:
    warm_up = result.scenario.clock.warm_up_days
    money, counts = result.money.copy(), result.counts.copy()
    money[:warm_up] += 12_345
    counts[:warm_up] += 7
    other = Result(result.scenario, "hybrid", 1, money, counts, result.cohorts)
    assert all_of(result) == all_of(other)
