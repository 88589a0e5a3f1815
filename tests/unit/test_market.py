"""The public square over several worlds: what the brand is offered, what limits it, and that luck stays its own."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.assumptions.scenario import Brand, Clock, Public, Rival, Scenario, Switches
from sim.market.initial import UnreachablePrice, market_start
from sim.market.market import Market
from sim.market.rivals import BASE_BID, MATCH, NOISE_MEAN
from sim.rules.auction import draw_click, score_at_arrival

STILL = Switches(price_growth=False)
FREE = np.inf
BUDGETED = (Rival(name="free", advertisers_count=20),
            Rival(name="paced", advertisers_count=20, budget_clicks_per_day=100.0))


def opened(scenario: Scenario, day: int = 0, worlds: int = 1, ceiling: float = FREE) -> Market:
    market = Market([scenario] * worlds, np.arange(worlds) + 1)
    market.open(day, np.full(worlds, ceiling))
    return market


def drawn(market: Market, world: int, clicks: int) -> NDArray[np.float64]:
    luck = np.random.default_rng(world).random((clicks, 2))
    return np.array([
        draw_click(
            market.cumulative[world], market.price_micro[world], market.t_low[world], market.t_mass[world],
            market.match_shape[world], market.match_scale[world], market.match_most[world], u1, u2,
        ) for u1, u2 in luck
    ])


@pytest.mark.parametrize("pricing", ["second_price", "first_price", "vickrey"])
@pytest.mark.parametrize("rivals", [None, BUDGETED])
def test_on_day_0_the_envelope_buys_its_clicks_at_the_start_price(
    pricing: str, rivals: tuple[Rival, ...] | None
) -> None:
    public = Public(pricing=pricing, start_click_price_cny=3.0, **({"rivals": rivals} if rivals else {}))
    market = opened(Scenario(public=public, brand=Brand(budget_cny_per_day=2400.0), switches=STILL), worlds=200)
    assert market.click_price_micro.mean() == pytest.approx(3e6, rel=0.002)  # one day of 200 worlds: s.e. 0.04 %
    assert market.clicks_offered.mean() == pytest.approx(800.0, rel=0.005)


def test_matches_multiply_day_0_orders_by_one_on_average() -> None:
    market = opened(Scenario(), worlds=20)
    factors = np.concatenate([drawn(market, world, 2000)[:, 1] for world in range(20)])
    assert factors.mean() == pytest.approx(1.0, abs=4 * factors.std() / np.sqrt(factors.size) + 0.002)
    assert factors.max() <= market.match_most[0]


def test_expected_price_is_the_mean_price_of_the_clicks_drawn() -> None:
    market = opened(Scenario())
    prices = drawn(market, 0, 40_000)[:, 0]
    assert prices.mean() == pytest.approx(market.click_price_micro[0], abs=4 * prices.std() / 200)


def test_no_click_costs_more_than_the_bid_for_that_person() -> None:
    scenario = Scenario(public=Public(rivals=BUDGETED))
    market = opened(scenario)
    start = market_start(scenario.public, scenario.brand.budget_cny_per_day, True)
    bid_micro = start.world[BASE_BID] * scenario.public.start_click_price_cny * 1e6 / start.world[NOISE_MEAN]
    for low, mass, price in zip(market.t_low[0], market.t_mass[0], market.price_micro[0], strict=True):
        if mass > 0:
            worst_match = score_at_arrival(low - np.log(max(1 - mass, 1e-100)), scenario.public.match_noise_shape)
            assert price <= bid_micro * worst_match * (1 + 1e-9) + 1


def test_doubling_money_doubles_prices_and_changes_no_click() -> None:
    once = Market([Scenario(public=Public(rivals=BUDGETED))], np.array([5]))
    twice = Market([Scenario(public=Public(rivals=BUDGETED, start_click_price_cny=4.0),
                             brand=Brand(budget_cny_per_day=4000.0))], np.array([5]))
    for day in range(0, 60, 3):
        for market, money in ((once, 1_500_000_000), (twice, 3_000_000_000)):
            market.open(day, np.array([FREE]))
            market.close(np.array([money]))
        assert twice.click_price_micro[0] == pytest.approx(2 * once.click_price_micro[0], rel=1e-5)
        assert twice.clicks_offered[0] == pytest.approx(once.clicks_offered[0], rel=1e-5)


def test_the_brand_spends_what_it_has_after_a_few_days() -> None:
    market = Market([Scenario(switches=STILL)] * 2, np.array([1, 2]))
    for day in range(40):
        market.open(day, np.full(2, FREE))
        market.close(np.array([500_000_000, 4_000_000_000]))
    assert market.clicks_offered * market.click_price_micro == pytest.approx(np.array([5e8, 4e9]), rel=0.06)


def test_the_pace_stands_still_on_days_without_money() -> None:
    market = opened(Scenario(switches=STILL))
    bid = market.bid_cny[0]
    for day in range(5):
        market.close(np.array([0]))
        market.open(day, np.array([FREE]))
    assert market.bid_cny[0] == bid


@pytest.mark.parametrize("pricing", ["second_price", "first_price", "vickrey"])
def test_under_a_fixed_click_price_no_click_costs_more(pricing: str) -> None:
    brand = Brand(bidding="fixed_click_price", fixed_bid_cny=1.9)
    market = Market([Scenario(brand=brand, public=Public(pricing=pricing), switches=STILL)], np.array([1]))
    for day in range(30):
        market.open(day, np.array([FREE]))
        assert drawn(market, 0, 200)[:, 0].max() <= 1_900_000
        market.close(np.array([2_000_000_000]))
    assert market.clicks_offered[0] > 0


def test_a_fixed_click_price_far_above_the_market_limits_nothing() -> None:
    fixed = opened(Scenario(brand=Brand(bidding="fixed_click_price", fixed_bid_cny=500.0)))
    free = opened(Scenario())
    assert fixed.click_price_micro[0] == free.click_price_micro[0]
    assert fixed.clicks_offered[0] == free.clicks_offered[0]


def test_what_a_click_is_worth_limits_lifetime_value_bids_only() -> None:
    worth = 1.0
    valued = opened(Scenario(brand=Brand(bidding="lifetime_value")), ceiling=worth)
    spending = opened(Scenario(), ceiling=worth)
    assert valued.bid_cny[0] == pytest.approx(worth)
    assert spending.bid_cny[0] > 2.0


def test_a_click_that_is_worth_nothing_is_not_bought() -> None:
    market = opened(Scenario(brand=Brand(bidding="lifetime_value"), public=Public(rivals=BUDGETED)), ceiling=0.0)
    assert market.clicks_offered[0] == 0.0
    market.close(np.array([2_000_000_000]))
    market.open(1, np.array([FREE]))
    assert market.clicks_offered[0] >= 0.0


def test_prices_grow_after_warm_up_and_stand_still_without_growth() -> None:
    def price(day: int, **more: object) -> float:
        return float(opened(Scenario(clock=Clock(warm_up_days=100), **more), day, worlds=30).click_price_micro.mean())

    assert price(100) == pytest.approx(2e6, rel=0.005)
    assert price(465) > 1.1 * price(100)
    assert price(465, switches=STILL) == pytest.approx(2e6, rel=0.005)


def test_more_rivals_richer_rivals_and_bigger_budgets_each_raise_the_price() -> None:
    none = {f"{cause}_growth_share_per_year": 0.0 for cause in ("advertisers", "value", "budget")}
    rivals = (Rival(name="paced", advertisers_count=30, budget_clicks_per_day=400.0),
              Rival(name="free", advertisers_count=5))

    def price(**growth: float) -> float:
        market = Market([Scenario(public=Public(rivals=rivals, **(none | growth)))] * 8, np.arange(8))
        for _ in range(40):
            market.open(365, np.full(8, FREE))
            market.close(np.full(8, 2_000_000_000))
        return float(market.click_price_micro.mean())

    base = price()
    for cause in none:
        assert price(**{cause: 0.5}) > 1.02 * base, cause


def test_worlds_do_not_touch_each_other_whatever_their_shapes() -> None:
    narrow = Scenario(public=Public(slot_click_shares=(1.0,), sampled_auctions_count=40, rivals=BUDGETED))
    wide = Scenario(public=Public(pricing="vickrey"))
    together = Market([narrow, wide, wide], np.array([7, 7, 8]))
    alone = Market([narrow], np.array([7]))
    for day in range(5):
        together.open(day, np.full(3, FREE))
        alone.open(day, np.array([FREE]))
        assert together.click_price_micro[0] == alone.click_price_micro[0]
        assert (together.cumulative[0, :40] == alone.cumulative[0]).all()
        assert (together.cumulative[0, 40:] == alone.cumulative[0, -1]).all()
        together.close(np.full(3, 10**9))
        alone.close(np.array([10**9]))
    assert together.click_price_micro[1] != together.click_price_micro[2]


def test_what_the_brand_does_changes_no_luck_of_its_rivals() -> None:
    low, high = (opened(Scenario(brand=Brand(bidding="lifetime_value")), day=9, ceiling=c) for c in (0.5, 2.0))
    assert (low.price_micro == high.price_micro).all()
    assert low.clicks_offered[0] < high.clicks_offered[0]


def test_a_price_that_these_rivals_never_pay_is_refused_in_a_sentence() -> None:
    with pytest.raises(UnreachablePrice, match=r"1,000 clicks a day at start_click_price_cny 2 against 3 "):
        market_start(Public(rivals=(Rival(name="few", advertisers_count=3),)), 2000.0, True)


def test_an_envelope_beyond_all_clicks_is_given_most_of_the_first_slot() -> None:
    market = opened(Scenario(public=Public(clicks_offered_per_day=500.0), switches=STILL), worlds=50)
    assert market.clicks_offered.mean() == pytest.approx(0.8 * 500 / 2.176, rel=0.01)
    assert market.click_price_micro.mean() == pytest.approx(2e6, rel=0.005)


def test_first_price_charges_the_bid_for_a_click_of_average_match() -> None:
    market = opened(Scenario(public=Public(pricing="first_price")))
    assert market.click_price_micro[0] == pytest.approx(market.bid_cny[0] * 1e6, abs=1)
    assert market_start(Public(), 2000.0, True).world[MATCH] > 1.5  # who clicks suits better than people do on average


SMALL_MARKET = """
import hashlib
import numpy as np
import sim.market.initial as market_start
market_start.SAMPLES = (32, 64)
market_start.ACCEPTABLE = 1.0
from sim.rules.auction import draw_click
from sim.market.market import Market
from sim.assumptions.scenario import Public, Rival, Scenario, Switches
rivals = (Rival(name="a", advertisers_count=5), Rival(name="b", advertisers_count=8, budget_clicks_per_day=150.0))
scenarios = [
    Scenario(public=Public(sampled_auctions_count=16, slot_click_shares=(1.0, 0.5), pricing=p, rivals=rivals))
    for p in ("second_price", "first_price", "vickrey")
]
few = Public(sampled_auctions_count=16, slot_click_shares=(1.0, 0.5), rivals=(Rival(name="a", advertisers_count=2),))
scenarios.append(Scenario(public=few, switches=Switches(price_growth=False)))
market = Market(scenarios, np.array([3, 2**40 + 1, 5, 2**35]))
digest = hashlib.sha256()
for day in (0, 1, 400):
    market.open(day, np.full(4, np.inf))
    for array in (market.cumulative, market.price_micro, market.t_low, market.t_mass, market.bid_cny):
        digest.update(array.tobytes())
    for w in range(4):
        price, factor = draw_click(market.cumulative[w], market.price_micro[w], market.t_low[w], market.t_mass[w],
                                   market.match_shape[w], market.match_scale[w], market.match_most[w], 0.3, 0.6)
        digest.update(repr((int(price), float(factor))).encode())
    market.close(np.array([10**9, 2 * 10**9, 3 * 10**9, 10**9]))
print(digest.hexdigest())
"""


def test_money_of_any_kind_sets_the_same_paces() -> None:
    paces = []
    for kind in (np.int64, np.float64, np.int32):
        market = Market([Scenario(), Scenario()], np.array([1, 2]))
        for day in range(3):
            market.open(day, np.array([np.inf, np.inf]))
            market.close(np.array([2 * 10**9, 7, 10**9, 7]).astype(kind)[::2])
        market.open(3, np.array([np.inf, np.inf]))
        paces.append(market.bid_cny.tolist())
    assert paces[0] == paces[1] == paces[2]
    assert len(set(paces[0])) == 2


def test_the_same_bits_come_out_without_the_compiler() -> None:
    digests = {
        subprocess.run([sys.executable, "-W", "error", "-c", SMALL_MARKET], env={**os.environ, **more}, check=True,
                       capture_output=True, text=True).stdout
        for more in ({}, {"NUMBA_DISABLE_JIT": "1"})
    }
    assert len(digests) == 1
