"""Comparisons under common luck: worked examples, the laws of pairing, and the JSON that others read."""

from __future__ import annotations

import json
import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_books import earning, run, scenario

import sim
from sim.assumptions.scenario import Scenario
from sim.inference.bootstrap import interval, quantiles, resampled
from sim.inference.comparison import MAIN, Comparison
from sim.questions.compare.study import compare
from sim.results.metrics import METRICS
from sim.results.result import Result

REVENUES = st.lists(st.integers(0, 10_000), min_size=2, max_size=12)


def compared(**revenues: list[float]) -> Comparison:
    """One-day runs with 100 yuan of clicks: revenue by strategy and seed."""
    return Comparison.from_results(
        earning(name, seed, amount) for name, amounts in revenues.items() for seed, amount in enumerate(amounts, 1)
    )


def test_two_strategies_in_three_futures_by_hand() -> None:
    # Profit: public 0, 100, 200; private 100, 90, 400. Marketing 100 each time.
    found = compared(public_only=[100, 200, 300], private_pool=[200, 190, 500])
    assert found.estimates["public_only"]["profit_cny"].mean == 100
    assert found.estimates["private_pool"]["roi"].mean == 590 / 300
    lead = found.difference("profit_cny", "public_only", "private_pool")
    assert (lead.better, lead.than) == ("private_pool", "public_only")
    assert lead.mean == pytest.approx(590 / 3 - 100)
    assert lead.wins_share == 2 / 3
    assert lead.too_close


def test_a_lead_that_a_few_futures_make_is_too_close_even_if_its_interval_is_clear_of_zero() -> None:
    found = compared(public_only=[100] * 40, hybrid=[1100] * 28 + [90] * 12)
    lead = found.difference("profit_cny", "public_only", "hybrid")
    assert (lead.better, lead.wins_share) == ("hybrid", 0.7)
    assert lead.low is not None
    assert lead.low > 0
    assert lead.too_close


def test_the_cheaper_strategy_is_the_better_one_on_a_cost() -> None:
    results = [
        run(scenario(1), yuan={"ads_new": [cost]}, counts={"orders_first_paid": [10]}, strategy=name, seed=seed)
        for name, cost in (("hybrid", 300), ("public_only", 200))
        for seed in (1, 2)
    ]
    lead = Comparison.from_results(results).difference("paid_cac_cny", "hybrid", "public_only")
    assert (lead.better, lead.mean, lead.wins_share) == ("public_only", -10, 1)


def test_a_strategy_that_never_pays_back_loses_to_one_that_does() -> None:
    # Daily cash: hybrid is never above water; public_only pays back on day 1 in two of three futures.
    clock = scenario(2)
    late = {"ads_new": [10, 0], "first_free": [0, 5]}
    paid = {"ads_new": [10, 0], "first_free": [0, 10]}
    results = [run(clock, yuan=late, strategy="hybrid", seed=seed) for seed in (1, 2, 3)]
    results += [run(clock, yuan=paid if seed < 3 else late, strategy="public_only", seed=seed) for seed in (1, 2, 3)]
    found = Comparison.from_results(results)
    payback = found.estimates["public_only"]["payback_day"]
    assert (payback.mean, payback.reached_share) == (1, 2 / 3)
    assert (payback.p5, payback.p50, payback.p95) == (1, 1, None)
    assert found.estimates["hybrid"]["payback_day"].mean is None
    lead = found.difference("payback_day", "hybrid", "public_only")
    assert (lead.better, lead.mean, lead.wins_share) == ("public_only", None, 2.5 / 3)


def test_payback_is_judged_by_futures_won_and_not_by_a_lucky_mean() -> None:
    # Hybrid pays back once, on day 1; public_only always, on day 2.
    clock = scenario(3)
    quick, slow, never = ([0, 10, 0], [0, 0, 10], [0, 0, 0])
    rows = [("hybrid", [quick, never, never]), ("public_only", [slow] * 3)]
    results = [
        run(clock, yuan={"ads_new": [10, 0, 0], "first_free": income}, strategy=name, seed=seed)
        for name, incomes in rows
        for seed, income in enumerate(incomes, 1)
    ]
    lead = Comparison.from_results(results).difference("payback_day", "hybrid", "public_only")
    assert (lead.better, lead.mean, lead.wins_share) == ("public_only", 1, 2 / 3)


def test_one_future_has_no_interval() -> None:
    found = compared(public_only=[100], private_pool=[500])
    estimate = found.estimates["private_pool"]["profit_cny"]
    assert (estimate.mean, estimate.low, estimate.high) == (400, None, None)
    lead = found.difference("profit_cny", "public_only", "private_pool")
    assert (lead.mean, lead.low, lead.high, lead.too_close) == (400, None, None, True)


def test_the_interval_of_a_mean_covers_the_truth_as_often_as_it_says() -> None:
    dice, hits, futures = np.random.default_rng(5), 0, 12
    for _ in range(300):
        sample = dice.normal(10, 3, futures)
        parts = np.stack([sample, np.ones(futures), np.ones(futures), np.ones(futures)], axis=1)[:, None, :]
        low, high = interval(resampled(parts)[:, 0], futures)
        assert low is not None
        assert high is not None
        hits += low <= 10 <= high
    assert 0.92 <= hits / 300 <= 0.98


def test_common_luck_makes_the_interval_of_a_difference_narrow() -> None:
    luck = np.random.default_rng(1).normal(1000, 300, 40).round(2)
    found = compared(public_only=list(luck), hybrid=list(luck + 10))
    lead = found.difference("profit_cny", "public_only", "hybrid")
    assert (lead.low, lead.high) == (pytest.approx(10), pytest.approx(10))
    assert not lead.too_close
    alone = found.estimates["hybrid"]["profit_cny"]
    assert alone.low is not None
    assert alone.high is not None
    assert alone.high - alone.low > 100


def test_quantiles_take_a_never_as_the_last_of_all_days() -> None:
    days = [*range(1, 19), None, None]
    assert quantiles(days, never_is_last=True) == (1, 10, None)
    assert quantiles([1.0, 2.0, 3.0, None], never_is_last=False) == (pytest.approx(1.1), 2, pytest.approx(2.9))
    assert quantiles([None, None], never_is_last=False) == (None, None, None)


@settings(max_examples=12, deadline=None)
@given(REVENUES, st.randoms())
def test_the_order_of_runs_changes_nothing(revenues: list[int], dice: object) -> None:
    results = [earning("public_only", seed, amount) for seed, amount in enumerate(revenues)]
    results += [earning("hybrid", seed, amount / 2 + 50) for seed, amount in enumerate(revenues)]
    expected = Comparison.from_results(results).as_json()
    shuffled = results[: len(revenues)]
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert Comparison.from_results([*shuffled, *results[len(revenues) :]]).as_json() == expected


@settings(max_examples=12, deadline=None)
@given(REVENUES)
def test_two_identical_strategies_differ_by_exactly_nothing(revenues: list[int]) -> None:
    found = compared(one=list(revenues), other=list(revenues))
    for metric in ("roi", "profit_cny", "revenue_cny", "cash_trough_cny"):
        lead = found.difference(metric, "one", "other")
        assert (lead.mean, lead.low, lead.high, lead.wins_share, lead.too_close) == (0, 0, 0, 0.5, True)


@settings(max_examples=12, deadline=None)
@given(REVENUES, st.integers(2, 50))
def test_money_in_a_smaller_coin_scales_profit_and_leaves_roi_and_wins(revenues: list[int], factor: int) -> None:
    def books(times: int) -> Comparison:
        rows = [("one", revenues), ("other", revenues[::-1])]
        return Comparison.from_results(
            earning(name, seed, amount * times, ads=100 * times)
            for name, amounts in rows
            for seed, amount in enumerate(amounts)
        )

    for before, after in zip(books(1).differences, books(factor).differences, strict=True):
        assert (before.metric, before.wins_share) == (after.metric, after.wins_share)
        times = factor if METRICS[before.metric].unit == "yuan" else 1
        for mine, theirs in ((before.mean, after.mean), (before.low, after.low), (before.high, after.high)):
            assert theirs == (None if mine is None else pytest.approx(mine * times, abs=1e-6))


def test_strategies_without_the_same_futures_are_refused() -> None:
    with pytest.raises(ValueError, match="exactly once with every seed"):
        Comparison.from_results([earning("one", 1, 5), earning("other", 2, 5)])
    with pytest.raises(ValueError, match="exactly once with every seed"):
        Comparison.from_results([earning("one", 1, 5), earning("one", 1, 5)])
    with pytest.raises(ValueError, match="exactly once with every seed"):
        Comparison.from_results([])
    with pytest.raises(ValueError, match="same scenario"):
        Comparison.from_results([earning("one", 1, 5), earning("two", 1, 5, given=scenario(1, name="else"))])


def test_the_json_has_every_strategy_metric_and_difference_and_only_finite_numbers() -> None:
    found = compared(public_only=[100, 200, 0], hybrid=[150, 150, 150], private_pool=[0, 0, 0]).as_json()
    again = json.loads(json.dumps(found, allow_nan=False))
    assert again == found
    assert list(found) == ["scenario", "fingerprint", "seeds", "days", "strategies", "differences", "verdict"]
    assert (found["scenario"], found["seeds"], found["days"]) == ("tiny", [1, 2, 3], 1)
    assert list(found["strategies"]) == ["public_only", "hybrid", "private_pool"]
    for metrics in found["strategies"].values():
        assert list(metrics) == list(METRICS)
        assert set(metrics["roi"]) == {"mean", "low", "high", "futures"}
        assert set(metrics["roi"]["futures"]) == {"p5", "p50", "p95"}
        assert "reached_share" in metrics["payback_day"]
    assert len(found["differences"]) == 3 * len(MAIN)
    assert list(found["differences"][0]) == ["better", "than", "metric", "mean", "low", "high", "wins_share"]
    assert set(found["verdict"]) == {"en", "zh"}


def test_the_fingerprint_tells_assumptions_apart_and_nothing_else() -> None:
    one = compared(hybrid=[1, 2]).as_json()["fingerprint"]
    same = compared(public_only=[5]).as_json()["fingerprint"]
    other = Comparison.from_results([earning("hybrid", 1, 1, given=scenario(1, name="else"))]).as_json()["fingerprint"]
    assert one == same != other
    assert len(one) == 64


def test_daily_cash_adds_up_to_profit() -> None:
    given_scenario = scenario(2, warm_up_days=1, run_out_days=1)
    books = {"first_paid": [50, 7, 8, 9], "ads_new": [5, 1, 2, 3]}
    found = Comparison.from_results([run(given_scenario, yuan=books)])
    assert found.daily_cash["hybrid"].tolist() == [[6_000_000, 6_000_000, 6_000_000]]
    assert found.values["hybrid"]["profit_cny"] == (18,)


def test_a_full_comparison_is_summed_up_at_once() -> None:
    dice = np.random.default_rng(0)
    clock = Scenario()
    empty = run(clock)
    results = [
        Result(clock, name, seed, dice.integers(0, 10**9, empty.money.shape), empty.counts, empty.cohorts)
        for name in ("public_only", "hybrid", "private_pool")
        for seed in range(40)
    ]
    Comparison.from_results(results)
    start = time.perf_counter()
    Comparison.from_results(results)
    assert time.perf_counter() - start < 1.5  # about 0.2 s on an idle machine


def test_compare_lives_every_future_under_every_strategy() -> None:
    small = Scenario.model_validate(
        {"clock": {"days": 20, "run_out_days": 10}, "market": {"people": 3000}, "brand": {"budget_cny_per_day": 100.0}}
    )
    days: list[tuple[int, int]] = []
    found = compare(small, seeds=3, workers=1, progress=lambda done, of: days.append((done, of)))
    assert found.strategies == ("public_only", "hybrid", "private_pool")
    assert found.seeds == (1, 2, 3)
    assert days[-1] == (9 * 30, 9 * 30)
    spent = found.values["public_only"]["marketing_cny"]
    assert all(amount is not None and math.isfinite(amount) and amount > 0 for amount in spent)
    chosen = compare(small, ["public_only"], seeds=[2], workers=1)
    assert chosen.values["public_only"]["profit_cny"] == (found.values["public_only"]["profit_cny"][1],)


@pytest.mark.parametrize(
    ("strategies", "seeds", "message"),
    [
        (["hybrid"], 0, "at least one seed"),
        ([], 3, "at least one strategy"),
        (["hybrid", "hybrid"], 3, "strategy hybrid is named twice"),
        (["hybrid"], [4, 4], "seed 4 is named twice"),
    ],
)
def test_an_empty_or_doubled_comparison_is_refused_before_anything_runs(
    strategies: list[str], seeds: int | list[int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        compare(Scenario(), strategies, seeds)


def test_strategies_that_are_one_are_called_so_and_held_against_the_third():
    found = sim.compare(sim.load("baseline", {"public.returning_order_chance": 0.0, "clock.days": 60, "clock.run_out_days": 0}), seeds=3)
    assert found.same == (("hybrid", "private_pool"),)
    verdict, words = found.verdict, found.as_json()["verdict"]
    assert verdict.profit.lead is not None and "public_only" in {verdict.profit.lead.better, verdict.profit.lead.than}
    assert "Hybrid and Private pool do the same here" in words["en"] and "differ by 0" not in words["en"]
    assert "完全相同" in words["zh"]


def test_two_that_are_one_and_nothing_else_have_no_winner():
    apart = sim.load("baseline", {"public.returning_order_chance": 0.0, "clock.days": 30, "clock.run_out_days": 0})
    words = sim.compare(apart, ["hybrid", "private_pool"], seeds=2).as_json()["verdict"]["en"]
    assert "do the same here" in words and "wins in" not in words


def test_results_print_short():
    found = sim.compare(sim.load("baseline", {"clock.days": 5, "clock.run_out_days": 0, "market.people": 2000}), seeds=2)
    one = sim.run(found.scenario, "hybrid", 1)
    assert repr(found) == "<Comparison of public_only, hybrid, private_pool in baseline: 2 futures>"
    assert repr(one) == "<Result of hybrid in baseline, seed 1: 5 days>"
