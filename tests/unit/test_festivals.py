"""Festivals as the brand's own customers live them: more is needed, and orders are worth more, while they last."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.running import World, run_many

QUIET = {
    "clock.days": 40, "clock.run_out_days": 0, "market.people": 30_000, "brand.budget_cny_per_day": 0.0,
    "market.need_gamma_months": 0.5, "switches.silent_exit": False,
    "market.starting_customers": ({"day": 0, "people": 8000, "in_pool": False},),
}
ON = slice(19, 29)
"""Day 1 of the year is the first day lived: a festival on day 20 begins when nineteen days have been lived."""


def lived(**feast):
    festivals = ({"name": "fair", "day": 20, "length_days": 10, **feast},)
    (result,) = run_many([World(sim.load("baseline", {**QUIET, "public.festivals": festivals}), "public_only", 4)])
    return result


def needs(result):
    return sum(result.count(name) for name in ("orders_by_itself", "orders_bought_back", "needs_lost"))


@pytest.fixture(scope="module")
def usual():
    return lived()


def test_a_festival_multiplies_needs_while_it_lasts_and_on_no_other_day(usual):
    festive = lived(need_factor=1.5)
    assert needs(festive)[ON].sum() / needs(usual)[ON].sum() == pytest.approx(1.5, rel=0.05)
    outside = np.r_[0:19, 29:40]
    assert np.array_equal(needs(festive)[outside], needs(usual)[outside])


def test_a_festival_multiplies_the_value_of_each_order_and_moves_no_order(usual):
    festive = lived(order_value_factor=1.25)
    assert np.array_equal(needs(festive), needs(usual))
    assert festive.revenue[ON].sum() / usual.revenue[ON].sum() == pytest.approx(1.25, rel=1e-6)
    assert np.array_equal(festive.revenue[:19], usual.revenue[:19])
