"""Rivals who come for profit, build pools and put money back; scarcer attention; festivals. Each against its switch."""

from __future__ import annotations

import numpy as np
import pytest
from many_worlds import STRATEGIES, lived, mean_and_error, profit, said

import sim

SEEDS = range(1, 7)


def prices(name: str, changes: dict | None = None, strategy: str = "public_only", seeds=SEEDS) -> np.ndarray:
    """The click price each counted day [seed, day], over the start click price."""
    scenario = sim.load(name, {"clock.run_out_days": 0, **(changes or {})})
    (results,) = lived([scenario], strategy, seeds)
    return np.array([r.count("click_price") for r in results]) / 1e6 / scenario.public.start_click_price_cny


def at_the_end(name: str, changes: dict | None = None) -> tuple[float, float]:
    """The mean price of the last month over the start price, with its standard error."""
    return mean_and_error(prices(name, changes)[:, -30:].mean(axis=1))


@pytest.mark.parametrize(("name", "switch", "rise"), [
    ("pinduoduo_2016_2017", "rival_entry", 1.5),
    ("price_from_3_68_to_6_64", "rival_reinvestment", 1.6),
    ("rivals_build_pools", "rival_pools", 1.2),
    ("scarcer_attention", "attention_growth", 1.3),
])
def test_the_price_rises_by_this_cause_and_stands_still_without_it(name, switch, rise):
    price, error = at_the_end(name)
    still, wobble = at_the_end(name, {f"switches.{switch}": False})
    assert price - 3 * error > rise, said(price, error)
    assert still == pytest.approx(1.0, abs=max(0.03, 3 * wobble)), said(still, wobble)


def test_entry_slows_down_as_profit_goes():
    index = prices("pinduoduo_2016_2017").mean(axis=0)
    halves = np.log([index[180:210].mean() / index[:30].mean(), index[-30:].mean() / index[-210:-180].mean()])
    assert halves[0] > 1.5 * halves[1] > 0, halves


def test_where_taking_part_costs_more_than_it_earns_rivals_go_and_clicks_get_cheaper():
    crowded = {"public.start_profit_factor": 0.5, "public.reserve_factor": 0.0}
    price, error = at_the_end("pinduoduo_2016_2017", crowded)
    assert price + 3 * error < 0.95, said(price, error)


def test_festivals_make_the_days_of_double_11_dearer_and_no_other():
    extra = prices("double_eleven") / prices("double_eleven", {"switches.festivals": False})
    for first, days, least in ((152, 18, 1.3), (305, 11, 1.7)):
        during, before = extra[:, first - 1 : first - 1 + days].mean(), extra[:, first - 31 : first - 1].mean()
        assert during > least, f"{during:.3f} on days {first} to {first + days - 1}"
        assert before == pytest.approx(1.0, abs=0.02)
    assert extra[:, -30:].mean() == pytest.approx(1.0, abs=0.02)


def test_when_rivals_build_pools_every_strategy_earns_less():
    armed = sim.load("rivals_build_pools")
    alone = sim.load("rivals_build_pools", {"switches.rival_pools": False})
    for strategy in STRATEGIES:
        race, peace = (results for results in lived([armed, alone], strategy, range(1, 5)))
        less, error = mean_and_error([profit(b) - profit(a) for a, b in zip(race, peace, strict=True)])
        assert less > 3 * error, f"{strategy}: {said(less, error, 0)}"
