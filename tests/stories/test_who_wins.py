"""Who wins where: by kind of goods, by what the pool costs, and by the price of a click."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from many_worlds import STRATEGIES, lived, mean_and_error, profit, said

import sim
from sim.inference.comparison import Comparison


@cache
def profits(scenario, strategy, seeds):
    """Profit by seed, yuan."""
    (results,) = lived([scenario], strategy, seeds)
    return np.array([profit(result) for result in results])


def lead(scenario, strategy, seeds):
    """How much more profit a strategy makes than renting, yuan, with its standard error; paired by seed."""
    rented = sim.load(scenario, {"pool.service_cny_per_month": 0.0})  # who has no pool pays for none: lived once
    return mean_and_error(profits(scenario, strategy, seeds) - profits(rented, "public_only", seeds))


def test_for_fresh_food_the_private_pool_wins():
    more, error = lead(sim.load("fresh_food"), "private_pool", range(1, 5))
    assert more > 3 * error, said(more, error, 0)


def test_if_fresh_food_were_needed_ten_times_less_often_the_private_pool_would_lose():
    seldom = sim.load("fresh_food", {"market.need_factor": 0.1})
    more, error = lead(seldom, "private_pool", range(1, 5))
    assert more < -3 * error, said(more, error, 0)


@pytest.mark.parametrize("strategy", ["hybrid", "private_pool"])
def test_for_cars_without_referral_the_pool_loses(strategy):
    more, error = lead(sim.load("car", {"word_of_mouth.invitations_level": 0.0}), strategy, range(1, 17))
    assert more < -3 * error, said(more, error, 0)


class BreakEven:
    """Hybrid against renting, under a given service cost, by start click price; every seed's world is lived once."""

    def __init__(self, smaller: dict, service: float, kind: str) -> None:
        self.changes = {
            **smaller, "market.people": 40_000, "brand.budget_cny_per_day": 200.0, "public.clicks_offered_per_day": 2_000.0,
            "public.rivals.2.budget_clicks_per_day": 40.0, "pool.service_cny_per_month": service, "brand.pool_costs": kind,
        }
        self.found: dict[tuple[float, int], tuple[float, float]] = {}

    def lead(self, price: float, futures: int = 6) -> tuple[float, float]:
        """Hybrid's profit over renting's at that start price."""
        if (price, futures) not in self.found:
            scenario = sim.load("baseline", {**self.changes, "public.start_click_price_cny": price})
            self.found[price, futures] = lead(scenario, "hybrid", range(1, futures + 1))
        return self.found[price, futures]

    def price(self, low: float, high: float, steps: int = 4) -> float:
        """The price at which the two break even, by bisection of its logarithm; ``low`` if hybrid wins even there."""
        if self.lead(low)[0] > 0:
            return low
        for _ in range(steps):
            middle = math.sqrt(low * high)
            low, high = (low, middle) if self.lead(middle)[0] > 0 else (middle, high)
        return math.sqrt(low * high)

    def told(self) -> str:
        return ", ".join(f"at {price:.2f}: {said(*found, 0)}" for (price, _), found in sorted(self.found.items()))


CHEAP, DEAR, FUTURES_AT_THE_ENDS = 0.25, 2.0, 16


@pytest.fixture(scope="module")
def break_evens(smaller, record_testsuite_property):
    cases = {(service, kind): BreakEven(smaller, service, kind)
             for service in (1.6, 0.5) for kind in ("within_envelope", "on_top")}
    prices = {key: case.price(CHEAP, DEAR) for key, case in cases.items()}
    told = "\n".join(f"service {s}, {kind}: {prices[s, kind]:.2f} ({case.told()})" for (s, kind), case in cases.items())
    record_testsuite_property("break_even_click_prices", told)
    return cases, prices, told


@pytest.mark.parametrize("service", [1.6, 0.5])
def test_under_an_equal_envelope_renting_wins_below_some_click_price(break_evens, service):
    cases, prices, told = break_evens
    case = cases[service, "within_envelope"]
    (cheap, error), (dear, dear_error) = (case.lead(price, FUTURES_AT_THE_ENDS) for price in (CHEAP, DEAR))
    assert cheap < -3 * error and dear > 3 * dear_error, told
    assert CHEAP < prices[service, "within_envelope"] < DEAR, told


def test_a_pool_that_costs_a_third_to_tend_breaks_even_at_a_much_lower_price(break_evens):
    _, prices, told = break_evens
    assert prices[0.5, "within_envelope"] < prices[1.6, "within_envelope"] / 1.5, told


@pytest.mark.parametrize("service", [1.6, 0.5])
def test_on_the_same_customers_a_pool_breaks_even_earlier_than_under_an_equal_envelope(break_evens, service):
    _, prices, told = break_evens
    assert prices[service, "on_top"] < prices[service, "within_envelope"], told


def test_the_three_strategies_of_the_baseline_are_ranked_with_intervals(record_testsuite_property):
    scenario = sim.load("baseline")
    comparison = Comparison.from_results([r for name in STRATEGIES for r in lived([scenario], name, range(1, 17))[0]])
    contest = comparison.verdict.profit
    assert sorted(contest.ranking) == sorted(STRATEGIES)
    for name, found in zip(contest.ranking, contest.estimates, strict=True):
        record_testsuite_property(name, f"{found.mean:,.0f} yuan ({found.low:,.0f} to {found.high:,.0f})")
        assert found.low < found.mean < found.high
    assert np.all(np.diff([found.mean for found in contest.estimates]) <= 0)
