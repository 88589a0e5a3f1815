"""The rules of one auction: arrivals, prices, paces, clicks."""

from __future__ import annotations

import math

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import gamma, gammainc

from sim.market.page_views import Views, race, rank, views_of, wait
from sim.rules.auction import (
    BRAND,
    FIRST_PRICE,
    NOBODY,
    SECOND_PRICE,
    VICKREY,
    arrival_at_score,
    arrival_rate,
    click_price,
    draw_click,
    fill_guide,
    find_places,
    incomplete_gamma,
    matched_until,
    paced,
    place_of_click,
    score_at_arrival,
    whole_advertisers,
)

SHARES = np.array([1.0, 0.5])


def price(
    pricing: int, slot: int, scores: list[float], below: int, reserve: float = 0.0, quality: float = 1.0
) -> float:
    return click_price(pricing, SHARES, slot, np.array(scores), below, reserve, quality, 7.0)


def test_a_score_and_its_arrival_are_two_names_of_one_thing() -> None:
    assert arrival_at_score(score_at_arrival(0.37, 0.35), 0.35) == pytest.approx(0.37)
    assert arrival_at_score(0.0, 0.35) == math.inf
    assert score_at_arrival(math.inf, 0.35) == 0.0


def test_arrival_rates_stay_finite_however_small_the_spread_of_match() -> None:
    assert 0.0 < arrival_rate(1e6, 0.02, 1.0) < math.inf
    assert arrival_rate(0.0, 0.35, 1.4) == 0.0


def test_second_price_is_the_next_score_or_the_reserve_over_quality() -> None:
    assert price(SECOND_PRICE, 0, [4.0, 2.0, 1.0], 1) == 2.0
    assert price(SECOND_PRICE, 0, [4.0, 2.0, 1.0], 1, reserve=3.0) == 3.0
    assert price(SECOND_PRICE, 0, [4.0, 2.0, 1.0], 1, quality=2.0) == 1.0


def test_first_price_is_the_own_bid() -> None:
    assert price(FIRST_PRICE, 0, [4.0, 2.0, 1.0], 1) == 7.0


def test_vickrey_charges_the_harm_done_to_others() -> None:
    assert price(VICKREY, 0, [4.0, 2.0, 1.0], 1) == pytest.approx((1 - 0.5) * 2 + 0.5 * 1)
    assert price(VICKREY, 1, [4.0, 2.0, 1.0], 2) == pytest.approx(1.0)


@given(st.lists(st.floats(0.01, 100), min_size=4, max_size=4), st.floats(0, 5), st.sampled_from([0, 1]))
def test_vickrey_never_charges_more_than_second_price(bids: list[float], reserve: float, slot: int) -> None:
    scores = sorted(bids, reverse=True)
    second = price(SECOND_PRICE, slot, scores, slot + 1, reserve)
    assert price(VICKREY, slot, scores, slot + 1, reserve) <= second * (1 + 1e-12)


@numba.njit
def held(luck: NDArray[np.float64], rates: NDArray[np.float64], alive: NDArray[np.float64], latest: float) -> Views:
    """One page view whose rivals have such luck, two numbers a rank."""
    views = views_of(1, luck.size // 2 - 1, rates.size)
    views.luck[: luck.size, 0] = luck
    for place in range(0, luck.size, 2):
        wait(views.luck[place])
    race(views.luck, rates, alive, latest, 0, views.left, views.arrivals, views.who)
    return views


def run_race(luck: list[float], alive: list[float], latest: float = math.inf) -> tuple[list[float], list[int]]:
    views = held(np.array(luck), np.array([1.0, 3.0]), np.array(alive), latest)
    return views.arrivals[:, 0].tolist(), views.who[:, 0].tolist()


def test_each_advertiser_arrives_once_and_then_nobody_does() -> None:
    arrivals, who = run_race([0.5, 0.1, 0.5, 0.1, 0.5, 0.9], [1.0, 1.0])
    assert who == [0, 1, NOBODY]
    assert arrivals == pytest.approx([math.log(2) / 4, math.log(2) / 4 + math.log(2) / 3, math.inf])


def test_who_comes_too_late_for_the_reserve_is_not_seen() -> None:
    arrivals, who = run_race([0.5, 0.1, 0.5, 0.1], [5.0, 5.0], latest=0.04)
    assert arrivals == [pytest.approx(math.log(2) / 20), math.inf]
    assert who == [0, NOBODY]


@numba.njit
def ranked(came: float, came_score: float) -> Views:
    """A page view in which classes 5 and 6 arrive at 1 and 3 with scores of 9 and 7, and the brand at ``came``."""
    views = views_of(1, 2, 1)
    views.arrivals[:, 0], views.scores[:, 0] = np.array([1.0, 3.0, np.inf]), np.array([9.0, 7.0, 0.0])
    views.who[:, 0] = np.array([5, 6, -1])
    views.came[0], views.came_scores[0] = came, came_score
    rank(views, 0)
    return views


@pytest.mark.parametrize(("came", "score", "who", "scores"), [
    (0.5, 10.0, [BRAND, 5, 6], [10.0, 9.0, 7.0]), (2.0, 8.0, [5, BRAND, 6], [9.0, 8.0, 7.0]),
    (4.0, 1.0, [5, 6, BRAND], [9.0, 7.0, 1.0]), (math.inf, 0.0, [5, 6, NOBODY], [9.0, 7.0, 0.0]),
])
def test_the_brand_stands_where_its_arrival_puts_it(
    came: float, score: float, who: list[int], scores: list[float]
) -> None:
    views = ranked(came, score)
    assert (views.ranked[:, 0].tolist(), views.ranked_scores[:, 0].tolist()) == (who, scores)


def test_pace_follows_what_would_have_been_spent_and_stands_still_without_money() -> None:
    assert paced(0.5, 200.0, 100.0, 0.2, 1.0) == pytest.approx(0.5 * 2**-0.2)
    assert paced(0.5, 50.0, 100.0, 0.2, 50.0) == pytest.approx(0.5 * 2**0.2)
    assert paced(0.99, 1.0, 100.0, 0.2, 1.0) == 1.0
    assert paced(0.5, 200.0, 0.0, 0.2, 1.0) == 0.5


@given(st.integers(0, 1000), st.floats(0, 5), st.floats(0, 0.999999))
def test_rivals_grow_by_whole_advertisers_and_never_flicker(count: int, growth: float, luck: float) -> None:
    counts = [whole_advertisers(float(count), growth, day / 365, luck) for day in range(0, 400, 7)]
    assert counts[0] == count
    assert counts == sorted(counts)
    assert all(c == int(c) for c in counts)


@given(st.floats(0.55, 0.98), st.floats(1e-6, 200))
def test_incomplete_gamma_is_that_of_scipy(a: float, t: float) -> None:
    assert incomplete_gamma(a, t) == pytest.approx(gammainc(a, t) * gamma(a), rel=1e-12)


def test_mean_match_is_one_without_a_cap() -> None:
    assert matched_until(50.0, 0.35, math.gamma(0.65), 1e9) == pytest.approx(1.0, rel=1e-6)


def test_a_click_is_drawn_from_its_cell_with_the_match_that_the_cell_allows() -> None:
    cumulative, prices = np.array([1.0, 1.0, 4.0, 4.0]), np.array([10, 20, 30, 40])
    t_low, t_mass = np.array([0.0, 0.5, 1.0, 2.0]), np.array([0.3, 0.0, 1 - math.exp(-1), 0.0])
    drawn = [
        draw_click(cumulative, prices, t_low, t_mass, 0.35, 1.0, 99.0, u, 0.5) for u in (0.1, 0.2499, 0.25, 0.9999)
    ]
    assert [p for p, _ in drawn] == [10, 10, 30, 30]
    assert 2.0**-0.35 < drawn[2][1] < 1.0  # an arrival between 1 and 2
    assert drawn[0][1] == pytest.approx((-math.log(1 - 0.15)) ** -0.35)


def test_a_match_counts_up_to_its_cap_only() -> None:
    row = np.array([1.0]), np.array([10]), np.array([0.0]), np.array([1.0])
    assert draw_click(*row, 0.35, 1.0, 2.0, 0.5, 1e-9) == (10, 2.0)


@numba.njit
def found(cumulative: NDArray[np.float64], uniforms: NDArray[np.float32]) -> NDArray[np.int64]:
    """The places that a guide of 256 parts finds."""
    guide, places = np.empty(256, np.int64), np.empty(uniforms.size, np.int64)
    fill_guide(cumulative, guide)
    find_places(cumulative, guide, uniforms, uniforms.size, places)
    return places


@settings(deadline=None)  # the first call compiles
@given(
    st.lists(st.floats(0, 5) | st.just(0.0), min_size=1, max_size=800), st.floats(0, 1, exclude_max=True, width=32),
)
def test_the_guide_finds_the_places_that_halving_finds(clicks: list[float], uniform: float) -> None:
    cumulative = np.cumsum(clicks)
    uniforms = np.array([uniform, math.floor(uniform * 256) / 256, 1 - 2.0**-24, 0.0], np.float32)
    if cumulative[-1] > 0:
        assert found(cumulative, uniforms).tolist() == [place_of_click(cumulative, float(u)) for u in uniforms]
    else:
        assert (found(cumulative, uniforms) == len(clicks) - 1).all()


def test_many_places_for_each_part_of_the_guide_are_found_all_the_same() -> None:
    dice = np.random.default_rng(3)
    cumulative = np.cumsum(dice.exponential(size=5000) * (dice.random(5000) < 0.7))
    uniforms = dice.random(3000).astype(np.float32)
    assert found(cumulative, uniforms).tolist() == [place_of_click(cumulative, float(u)) for u in uniforms]
