"""The auction's rules and the market against published tables, closed forms and full enumeration."""

from __future__ import annotations

import math

import numba
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import ks_2samp

from sim.assumptions.scenario import Brand, Public, Rival, Scenario, Switches
from sim.market.initial import market_start
from sim.market.market import Market
from sim.market.page_views import race, score, views_of, wait
from sim.market.rivals import BASE_BID, EACH_BUDGET, MATCH, NOISE_MEAN, RESERVE, SHAPE, VALUE
from sim.rules.auction import (
    SECOND_PRICE,
    VICKREY,
    arrival_rate,
    click_price,
    one_slot_payment,
    one_slot_win_chance,
    paced,
)

STILL = Switches(price_growth=False)


def payments(pricing: int, scores: list[float], shares: list[float]) -> list[float]:
    """What the winner of each slot pays in all, when advertisers of quality 1 bid these scores."""
    ranked = np.array([*scores, 0.0])
    return [
        share * click_price(pricing, np.array(shares), slot, ranked, slot + 1, 0.0, 1.0, 0.0)
        for slot, share in enumerate(shares)
    ]


@numba.njit
def race_scores(luck: NDArray[np.float64], rates: NDArray[np.float64], alive: NDArray[np.float64], shape: float,
                ranks: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Scores and classes of the first arrivals, one race for each row of luck."""
    views = views_of(luck.shape[0], ranks - 1, rates.size)
    for i in range(2 * ranks):
        views.luck[i] = luck[:, i]
    for j in range(ranks):
        wait(views.luck[2 * j])
    race(views.luck, rates, alive, np.inf, 0, views.left, views.arrivals, views.who)
    for j in range(ranks):
        score(views.arrivals[j], shape, views.scores[j])
    return views.scores.T.copy(), views.who[0].copy()


@numba.njit
def uniform_revenue(values: NDArray[np.float64], reserve: float) -> NDArray[np.float64]:
    """Revenue of second-price auctions, one for each row of values sorted downwards."""
    revenue, one = np.zeros(values.shape[0]), np.ones(1)
    for i in range(values.shape[0]):
        if values[i, 0] >= reserve:
            revenue[i] = click_price(SECOND_PRICE, one, 0, values[i], 1, reserve, 1.0, 0.0)
    return revenue


def enumerated(
    random: np.random.Generator, rates: NDArray[np.float64], auctions: int, shape: float
) -> NDArray[np.float64]:
    """Every advertiser's score in every auction, best first: the slow way."""
    arrivals = np.sort(random.standard_exponential((auctions, rates.size)) / rates, axis=1)
    return arrivals**-shape


def test_position_auction_of_edelman_ostrovsky_and_schwarz() -> None:
    assert payments(SECOND_PRICE, [10.0, 4.0, 2.0], [200.0, 100.0]) == pytest.approx([800, 200])
    assert payments(VICKREY, [10.0, 4.0, 2.0], [200.0, 100.0]) == pytest.approx([600, 200])


def test_the_lowest_envy_free_prices_of_a_click_are_3_and_2() -> None:
    clicks = [200.0, 100.0]
    each = [paid / many for paid, many in zip(payments(VICKREY, [10.0, 4.0, 2.0], clicks), clicks, strict=True)]
    assert each == pytest.approx([3.0, 2.0])
    for value, own in ((10.0, 0), (4.0, 1)):  # neither would rather have the other's slot at the other's price
        assert (value - each[own]) * clicks[own] >= (value - each[1 - own]) * clicks[1 - own]
    cheaper = [each[0] - 0.01, each[1]]  # the second would envy the first at any lower price
    assert (4.0 - cheaper[0]) * clicks[0] > (4.0 - cheaper[1]) * clicks[1]


def test_more_bidders_alone_cannot_lift_a_price_from_2_to_10() -> None:
    """Among uniform values the second price rises to at most three times that of two bidders, and never five."""
    auctions = 20_000
    means = [
        float(uniform_revenue(-np.sort(-np.random.default_rng(n).random((auctions, n)), axis=1), 0.0).mean())
        for n in (2, 20, 200)
    ]
    assert means == sorted(means)
    assert means[-1] / means[0] == pytest.approx((199 / 201) * 3, rel=0.02)


def test_five_uniform_bidders_for_three_slots() -> None:
    expected_order = [5 / 6, 4 / 6, 3 / 6, 2 / 6, 1 / 6]  # both prices are linear in the scores
    assert sum(payments(VICKREY, expected_order, [1.0, 0.6, 0.3])) == pytest.approx(0.866667, abs=1e-6)
    assert sum(payments(SECOND_PRICE, expected_order, [1.0, 0.6, 0.3])) == pytest.approx(1.066667, abs=1e-6)


@pytest.mark.parametrize("bidders", [2, 5, 10])
@pytest.mark.parametrize("reserve", [0.0, 0.5])
def test_second_price_among_uniform_bidders(bidders: int, reserve: float) -> None:
    n, r, auctions = bidders, reserve, 200_000
    values = -np.sort(-np.random.default_rng(n).random((auctions, n)), axis=1)
    revenue = uniform_revenue(values, r)
    expected = 2 * n / (n + 1) * (1 - r ** (n + 1)) - (1 - r**n)
    assert revenue.mean() == pytest.approx(expected, abs=4 * revenue.std() / math.sqrt(auctions))
    if r == 0:
        assert expected == pytest.approx((n - 1) / (n + 1))
        assert revenue.var() == pytest.approx(2 * (n - 1) / ((n + 1) ** 2 * (n + 2)), rel=0.02)


def test_expected_second_of_five_frechet_scores() -> None:
    shape, n = 0.4, 5
    noise_mean = math.gamma(1 - shape)
    assert n * one_slot_payment(1.0, 5.0, shape, noise_mean) == pytest.approx(1.624545, abs=1e-6)
    luck = np.random.default_rng(1).random((400_000, 4))
    scores, _ = race_scores(luck, np.ones(1), np.array([5.0]), shape, 2)
    second = scores[:, 1]
    assert second.mean() == pytest.approx(1.624545, abs=4 * second.std() / math.sqrt(second.size))


def test_one_slot_win_chances_and_payments_are_those_of_the_race() -> None:
    shape, noise_mean = 0.35, math.gamma(0.65)
    rates = np.array([arrival_rate(bid, shape, noise_mean) for bid in (1.5, 1.0)])
    alive = np.array([1.0, 4.0])
    scores, winners = race_scores(np.random.default_rng(2).random((400_000, 4)), rates, alive, shape, 2)
    total = float(rates @ alive)
    for c in (0, 1):
        won = winners == c
        share = alive[c] * one_slot_win_chance(rates[c], total)
        assert won.mean() == pytest.approx(share, abs=4 * math.sqrt(share / won.size))
        paid = np.where(won, scores[:, 1], 0.0)
        expected = alive[c] * one_slot_payment(rates[c], total, shape, noise_mean)
        assert paid.mean() == pytest.approx(expected, abs=4 * paid.std() / math.sqrt(won.size))


def race_against_enumeration(advertisers: int) -> list[float]:
    """The p-values of Kolmogorov-Smirnov tests, rank by rank, of 50 enumerated against a race of so many."""
    shape, auctions = 0.35, 100_000
    random = np.random.default_rng(7)
    strong, weak = 2.0, 1.0
    every = enumerated(random, np.array([strong] * 10 + [weak] * 40), auctions, shape)
    alive = np.array([10.0, advertisers - 10.0])
    scores, _ = race_scores(random.random((auctions, 10)), np.array([strong, weak]), alive, shape, 5)
    return [float(ks_2samp(every[:, rank], scores[:, rank]).pvalue) for rank in range(5)]


def test_race_of_50_is_full_enumeration_of_50() -> None:
    assert min(race_against_enumeration(50)) > 0.005


def test_race_of_51_is_not_full_enumeration_of_50() -> None:
    assert min(race_against_enumeration(51)) < 1e-6


def revenue_with_adopters(adopters: int, advertisers: int, times: float, shape: float) -> float:
    rate = times ** (1 / shape)
    total = adopters * rate + advertisers - adopters
    noise_mean = math.gamma(1 - shape)
    return adopters * one_slot_payment(rate, total, shape, noise_mean) + (advertisers - adopters) * one_slot_payment(
        1.0, total, shape, noise_mean
    )


def price_with_adopters(adopters: int) -> float:
    """Mean click price of 20 equal advertisers in four slots, of whom some have pools that double their value."""
    shape, shares = 0.35, np.array([1.0, 0.6, 0.36, 0.216])
    luck = np.random.default_rng(5).random((100_000, 10))
    scores, _ = race_scores(luck, np.array([2.0 ** (1 / shape), 1.0]), np.array([adopters, 20.0 - adopters]), shape, 5)
    return float((scores[:, 1:] @ shares).mean() / shares.sum())


@pytest.mark.parametrize(("adopters", "rise"), [(1, 0.078), (4, 0.297), (12, 0.71), (20, 1.0)])
def test_pools_that_double_value_raise_the_price_of_twenty_rivals(adopters: int, rise: float) -> None:
    assert price_with_adopters(adopters) / price_with_adopters(0) - 1 == pytest.approx(rise, abs=0.004)


def test_a_share_of_many_rivals_with_pools_lifts_the_price_as_the_rates_say() -> None:
    shape, share, times, n = 0.35, 0.1, 2.0, 100_000
    lifted = (1 + share * (times ** (1 / shape) - 1)) ** shape
    risen = revenue_with_adopters(int(share * n), n, times, shape) / revenue_with_adopters(0, n, times, shape)
    assert risen == pytest.approx(lifted, rel=1e-3)


def test_five_uniform_bidders_with_a_twentieth_of_budget_pace_at_three_eighths() -> None:
    pace = 1.0
    for _ in range(100):
        pace = paced(pace, pace * (4 / 6) / 5, 0.05, 0.2, 1.0)
    assert pace == pytest.approx(3 / 8, abs=1e-6)


def settled(scenario: Scenario, day: int, money_cny: float, worlds: int = 8, days: int = 60) -> tuple[float, float]:
    """Mean price (yuan) and clicks of the brand once everybody has adapted to the rivals of that day."""
    market = Market([scenario] * worlds, np.arange(worlds))
    money = np.full(worlds, int(money_cny * 1e6))
    for _ in range(days):
        market.open(day, np.full(worlds, np.inf))
        market.close(money)
    return float(market.click_price_micro.mean() / 1e6), float(market.clicks_offered.mean())


def growing(count: float, value: float, budget: float, rivals: tuple[Rival, ...], **more: float) -> Scenario:
    return Scenario(public=Public(
        rivals=rivals, advertisers_growth_share_per_year=count, value_growth_share_per_year=value,
        budget_growth_share_per_year=budget, reserve_factor=0.0, **more,
    ))


def test_price_elasticity_to_the_number_of_rivals_is_the_shape_where_values_bind() -> None:
    many = (Rival(name="many", advertisers_count=500),)
    before, clicks_before = settled(growing(0.0, 0.0, 0.0, many), 365, 2000.0)
    after, clicks_after = settled(growing(1.0, 0.0, 0.0, many), 365, 2000.0 * 2**0.35)
    assert after / before == pytest.approx(2**0.35, rel=0.005)
    assert clicks_after == pytest.approx(clicks_before, rel=0.01)


def test_doubling_every_value_and_budget_doubles_the_price() -> None:
    rivals = (Rival(name="free", advertisers_count=20),
              Rival(name="paced", advertisers_count=20, budget_clicks_per_day=200.0))
    before, clicks_before = settled(growing(0.0, 0.0, 0.0, rivals), 365, 2000.0)
    after, clicks_after = settled(growing(0.0, 1.0, 1.0, rivals), 365, 4000.0)
    assert after / before == pytest.approx(2.0, rel=1e-3)
    assert clicks_after == pytest.approx(clicks_before, rel=2e-3)


PACED = (Rival(name="paced", advertisers_count=19, budget_clicks_per_day=1000.0),)  # and the brand: 20 x 1,000 clicks


def test_where_budgets_bind_the_price_is_all_budgets_over_all_clicks() -> None:
    start = market_start(Public(rivals=PACED, reserve_factor=0.0), 2000.0, False)
    assert start.pace[0] < 1.0
    assert start.classes[EACH_BUDGET, 0] == pytest.approx(1000.0, rel=0.01)  # what makes the price 1 is what was given


def test_doubling_identical_paced_bidders_doubles_the_price_and_halves_the_clicks() -> None:
    price, clicks = settled(growing(1.0, 0.0, 0.0, PACED), 365, 2000.0)
    all_budgets = 38 * 1000 + 1000
    assert price == pytest.approx(2.0 * all_budgets / 20_000, rel=0.02)
    assert clicks == pytest.approx(1000 * 20_000 / all_budgets, rel=0.02)


@numba.njit
def enumerate_brand(scores: NDArray[np.float64], own: NDArray[np.float64], reserve: float,
                    shares: NDArray[np.float64]) -> tuple[float, float]:
    """Clicks and cost of the brand over page views, when every rival's score (best first) is known."""
    clicks = cost = 0.0
    for i in range(own.size):
        slot = 0
        while slot < shares.size and scores[i, slot] > own[i]:
            slot += 1
        if slot < shares.size and own[i] >= reserve:
            clicks += shares[slot]
            cost += shares[slot] * max(scores[i, slot], reserve)
    return clicks, cost


def test_market_agrees_with_full_enumeration_of_every_bidder() -> None:
    public, views = Public(reserve_factor=0.9), 400_000
    start = market_start(public, 2000.0, False)
    random, shape = np.random.default_rng(3), start.world[SHAPE]
    bids = np.repeat(start.classes[VALUE] * start.pace, [r.advertisers_count for r in public.rivals])
    rates = np.array([arrival_rate(bid, shape, start.world[NOISE_MEAN]) for bid in bids])
    clicks = cost = 0.0
    for _ in range(8):
        scores = enumerated(random, rates, views // 8, shape)
        match = random.standard_exponential(views // 8) ** -shape / start.world[NOISE_MEAN]
        part = enumerate_brand(scores, start.world[BASE_BID] * match, start.world[RESERVE], start.shares)
        clicks, cost = clicks + part[0], cost + part[1]
    offered = clicks / views * public.clicks_offered_per_day / sum(public.slot_click_shares)
    assert offered == pytest.approx(1000.0, rel=0.015)  # some 30,000 clicks: a standard error of 0.5 %
    assert cost / clicks == pytest.approx(1.0, rel=0.006)  # a standard error of 0.2 %


@pytest.mark.parametrize("budget_clicks", [None, 100.0])
def test_nothing_drifts_in_120_days_without_shocks(budget_clicks: float | None) -> None:
    rivals = (Rival(name="free", advertisers_count=20),
              Rival(name="other", advertisers_count=20, budget_clicks_per_day=budget_clicks))
    worlds = 40
    market = Market([Scenario(public=Public(rivals=rivals), switches=STILL)] * worlds, np.arange(worlds))
    prices, clicks = np.empty((120, worlds)), np.empty((120, worlds))
    for day in range(120):
        market.open(day, np.full(worlds, np.inf))
        prices[day], clicks[day] = market.click_price_micro / 2e6, market.clicks_offered
        market.close(np.full(worlds, 2_000_000_000))
    late = prices[90:].mean(axis=0)
    error = 4 * late.std() / math.sqrt(worlds)  # four standard errors of the mean of the last month
    assert error < 0.002
    assert late.mean() == pytest.approx(1.0, abs=0.003 + error)
    assert clicks[90:].mean() == pytest.approx(1000.0, rel=0.005)


def test_first_price_charges_the_bid_and_finds_the_same_start() -> None:
    start = market_start(Public(pricing="first_price"), 2000.0, False)
    assert start.world[BASE_BID] * start.world[MATCH] == pytest.approx(1.0, abs=1e-3)


def test_brand_without_an_envelope_stands_for_a_hundredth_of_all_clicks() -> None:
    scenario = Scenario(brand=Brand(budget_cny_per_day=0.0), switches=STILL)
    market = Market([scenario], np.array([1]))
    market.open(0, np.array([np.inf]))
    assert market.clicks_offered[0] == pytest.approx(200.0, rel=0.05)
