"""Entry, pools and adoption among rivals against closed forms and published figures."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from sim.assumptions.scenario import Brand, Clock, Public, Rival, Scenario, Switches
from sim.market import rivals as rivals_day
from sim.market.initial import market_start
from sim.market.market import Market
from sim.rules.auction import arrival_rate, one_slot_payment
from sim.rules.rivalry import adopted_share

SHAPE = 0.35
STILL = {f"{cause}_growth_share_per_year": 0.0 for cause in ("advertisers", "value", "budget")}


def lived(public: Public, days: int, worlds: int = 8, budget: float = 2000.0) -> tuple[Market, np.ndarray]:
    """A square after so many days, and its price each day over the start click price."""
    scenario = Scenario(public=public, brand=Brand(budget_cny_per_day=budget), clock=Clock(days=3650))
    market, prices = Market([scenario] * worlds, np.arange(worlds) + 1), np.empty(days)
    for day in range(days):
        market.open(day, np.full(worlds, np.inf))
        prices[day] = market.click_price_micro.mean() / 1e6 / public.start_click_price_cny
        market.close(np.full(worlds, int(budget * 1e6)))
    return market, prices


def test_adoption_peaks_where_bass_1969_says():
    p, q = 0.03, 0.38

    def adopters_a_year(years: float) -> float:
        return (adopted_share(p, q, years + 1e-4) - adopted_share(p, q, years - 1e-4)) / 2e-4

    peak = minimize_scalar(lambda years: -adopters_a_year(years), bounds=(0, 20), method="bounded").x
    assert peak == pytest.approx(6.19, abs=0.01)  # ln(q / p) / (p + q)
    assert adopted_share(p, q, peak) == pytest.approx(0.461, abs=0.001)  # (q - p) / (2 q)


def test_what_a_rival_earns_on_day_0_is_the_closed_form_of_one_slot():
    public = Public(rivals=(Rival(name="many", advertisers_count=30),), slot_click_shares=(1.0,), reserve_factor=0.0,
                    match_noise_shape=SHAPE, **STILL)
    start = market_start(public, 2000.0, False)
    noise_mean = math.gamma(1 - SHAPE)
    bids = np.array([*[start.classes[rivals_day.VALUE, 0]] * 30, start.world[rivals_day.BASE_BID]])
    rates = np.array([arrival_rate(bid, SHAPE, noise_mean) for bid in bids])
    total = rates.sum()
    worth = rates[0] / total * noise_mean * total**SHAPE  # chance to win x mean of the highest score
    pays = one_slot_payment(rates[0], total, SHAPE, noise_mean)
    views = start.world[rivals_day.PAGE_VIEWS]
    assert start.pays[0] == pytest.approx(pays * views, rel=0.02)
    assert start.earns[0] == pytest.approx((worth - pays) * views, rel=0.03)


def test_rivals_enter_until_profit_is_what_taking_part_costs():
    # With n rivals alike each earns in proportion to n ** shape / n, so that f times the cost draws in f ** (1 / (1 - shape)).
    public = Public(rivals=(Rival(name="many", advertisers_count=60),), start_profit_factor=2.0, entry_share_per_year=4.0,
                    exit_share_per_year=4.0, reserve_factor=0.0, match_noise_shape=SHAPE, **STILL)
    market, prices = lived(public, 1000, budget=200.0)
    crowd = market._books[:, rivals_day.PRESENT, 0].mean() / 60
    assert crowd == pytest.approx(2 ** (1 / (1 - SHAPE)), rel=0.08)
    assert prices[-60:].mean() == pytest.approx(crowd**SHAPE, rel=0.02)
    earns = market._standing[:, rivals_day.EARNS, 0] / market._classes[:, rivals_day.COST, 0]
    assert earns.mean() == pytest.approx(1.0, abs=0.05)


def test_rivals_with_pools_lift_the_price_as_the_rates_say():
    # AUCTION: (1 + share x (times ** (1 / shape) - 1)) ** shape where values bind and rivals are many
    times, public = 2.0, Public(
        rivals=(Rival(name="many", advertisers_count=400),), pool_innovation_share_per_year=0.2,
        pool_imitation_share_per_year=0.0, pool_value_factor=2.0, reserve_factor=0.0, match_noise_shape=SHAPE, **STILL,
    )
    _, prices = lived(public, 366, worlds=16, budget=200.0)
    share = 1 - math.exp(-0.2)
    expected = (1 + share * (times ** (1 / SHAPE) - 1)) ** SHAPE
    assert prices[-1] == pytest.approx(expected, rel=0.015)


def test_when_everybody_has_a_pool_the_platform_takes_it_all():
    public = Public(rivals=(Rival(name="many", advertisers_count=20),), pool_innovation_share_per_year=10.0,
                    pool_value_factor=2.0, reserve_factor=0.0, **STILL)
    _, prices = lived(public, 400, budget=200.0)
    assert prices[-30:].mean() == pytest.approx(2.0, rel=0.03)


PACED = (Rival(name="paced", advertisers_count=40, budget_clicks_per_day=475.0),)


def test_where_budgets_bind_pools_do_not_move_the_price_unless_they_fund_budgets():
    pools = {"pool_innovation_share_per_year": 5.0, "pool_value_factor": 2.0}
    bound = Public(rivals=PACED, reserve_factor=0.0, **STILL)
    _, still = lived(bound, 300)
    _, alone = lived(bound.model_copy(update=pools), 300)
    _, funding = lived(bound.model_copy(update={**pools, "reinvested_share_per_year": 0.1}), 300)
    _, without = lived(bound.model_copy(update={"reinvested_share_per_year": 0.1}), 300)
    assert alone[-30:].mean() == pytest.approx(still[-30:].mean(), rel=0.02)
    assert funding[-30:].mean() > 1.2 * without[-30:].mean() > 1.2 * still[-30:].mean()


def test_where_budgets_bind_the_price_is_all_budgets_over_the_clicks_left():
    public = Public(rivals=PACED, reserve_factor=0.0, clicks_growth_share_per_year=-0.5, **STILL)
    _, prices = lived(public, 366)
    assert prices[-5:].mean() == pytest.approx(2.0, rel=0.03)


@pytest.mark.parametrize("days", [30, 200])
def test_nothing_moves_at_the_free_entry_equilibrium(days):
    public = Public(entry_share_per_year=1.0, exit_share_per_year=1.0, **STILL)
    market, prices = lived(public, days, worlds=16)
    assert prices[-20:].mean() == pytest.approx(1.0, abs=0.01)
    assert market._books[:, rivals_day.PRESENT].sum(axis=1).mean() == pytest.approx(40, abs=1.5)


def test_a_first_price_auction_leaves_truthful_rivals_nothing_so_that_nobody_enters():
    public = Public(pricing="first_price", entry_share_per_year=5.0, exit_share_per_year=5.0, **STILL)
    market, _ = lived(public, 60, worlds=4)
    assert market._books[:, rivals_day.PRESENT].sum() <= 4 * 42


def test_switches_off_are_the_same_square():
    every = {"entry_share_per_year": 2.0, "exit_share_per_year": 2.0, "start_profit_factor": 3.0,
             "reinvested_share_per_year": 1.0, "pool_innovation_share_per_year": 1.0, "clicks_growth_share_per_year": -0.5}
    off = Switches(rival_entry=False, rival_reinvestment=False, rival_pools=False, attention_growth=False, festivals=False)
    worlds = [Scenario(), Scenario(public=Public(**every), switches=off)]
    market = Market(worlds, np.array([3, 3]))
    for day in range(40):
        market.open(day, np.full(2, np.inf))
        assert (market.price_micro[0] == market.price_micro[1]).all()
        assert (market.cumulative[0] == market.cumulative[1]).all()
        market.close(np.full(2, 2_000_000_000))
