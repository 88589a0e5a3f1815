"""Null stories: a pool that only attracts the best, a pool that catches what would have come, luck in common."""

from __future__ import annotations

import numpy as np
import pytest
from many_worlds import STRATEGIES, lived, mean_and_error, members, outsiders, profit, ratio_and_error, said, varied

import sim
from sim.inference.comparison import MAIN, Comparison
from sim.results.metrics import METRICS

SEEDS = range(1, 7)


def naive_uplift(changes: dict) -> tuple[float, float]:
    """Repeat orders of joiners over those of outsiders, ratio of sums, with its standard error."""
    (results,) = lived([sim.load("selection_only", changes)], "private_pool", SEEDS)
    parts = np.array([METRICS["naive_joiner_uplift"].parts(r) for r in results], float)
    return ratio_and_error(parts[:, 0] / parts[:, 1], parts[:, 2] / parts[:, 3])


def test_joiners_who_only_select_themselves_look_far_better():
    uplift, error = naive_uplift({})
    assert uplift > 1.3 + 3 * error, said(uplift, error)


def test_without_self_selection_they_look_the_same():
    uplift, error = naive_uplift({"switches.self_selection": False})
    assert uplift == pytest.approx(1.0, abs=3 * error), said(uplift, error)


def test_and_the_difference_that_such_a_pool_makes_is_exactly_nothing():
    scenario = sim.load("selection_only")
    comparison = Comparison.from_results([r for name in STRATEGIES for r in lived([scenario], name, range(1, 4))[0]])
    for metric in MAIN:
        for other in ("hybrid", "private_pool"):
            difference = comparison.difference(metric, "public_only", other)
            assert (difference.mean, difference.low, difference.high) in {(0.0, 0.0, 0.0), (None, None, None)}, difference
            assert difference.too_close
    assert comparison.difference("profit_cny", "public_only", "private_pool").mean == 0.0


def value_of_capture(name: str, changes: dict) -> tuple[float, float]:
    """Profit with capture less profit without it, under common luck, yuan."""
    on, off = lived(varied(name, [changes, {**changes, "switches.pool_capture": False}]), "private_pool", SEEDS)
    return mean_and_error([profit(a) - profit(b) for a, b in zip(on, off, strict=True)])


def test_where_customers_return_for_free_catching_their_needs_earns_nothing(smaller):
    value, error = value_of_capture("free_public_repeats", smaller)
    assert value <= 0, said(value, error, 0)


def test_where_half_of_them_must_be_bought_back_it_does(smaller):
    value, error = value_of_capture("baseline", smaller)
    assert value > 3 * error, said(value, error, 0)


def variance_ratio(base, one: dict, other: dict, strategy: str, seeds) -> float:
    """By how much common luck cuts the variance of a difference in profit, against seeds of their own for each side."""
    a, b = (np.array([profit(r) for r in results]) for results in lived(varied(base, [one, other]), strategy, seeds))
    return float((a.var(ddof=1) + b.var(ddof=1)) / (b - a).var(ddof=1))


def test_common_luck_cuts_the_variance_of_a_fifth_more_needs_tenfold():
    plain = {
        "clock.days": 365, "clock.run_out_days": 0, "brand.budget_cny_per_day": 0.0, "public.repeat_orders_paid_share": 0.0,
        "market.starting_customers": outsiders(1000),
    }
    ratio = variance_ratio("baseline", plain, {**plain, "market.need_factor": 1.2}, "public_only", range(1, 81))
    assert ratio >= 10, f"{ratio:.1f} x (relative standard error 22 %)"


def test_common_luck_cuts_the_variance_of_seven_messages_against_four_tenfold(smaller):
    four, seven = ({**smaller, "brand.touches_per_month": n} for n in (4.0, 7.0))
    ratio = variance_ratio("baseline", four, seven, "private_pool", range(1, 33))
    assert ratio >= 10, f"{ratio:.1f} x (relative standard error 35 %)"


def test_the_closed_pool_of_that_story_is_lucky_in_common_too(closed):
    year = {**closed, "clock.run_out_days": 364, "market.starting_customers": members(1000)}
    four, seven = ({**year, "brand.touches_per_month": n} for n in (4.0, 7.0))
    ratio = variance_ratio("baseline", four, seven, "private_pool", range(1, 81))
    assert ratio >= 10, f"{ratio:.1f} x (relative standard error 22 %)"
