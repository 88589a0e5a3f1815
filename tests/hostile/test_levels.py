"""Limits that have a meaning: no level, count or cohort is below 0 or no number, however near to its limit a parameter is."""

from __future__ import annotations

import warnings
from contextlib import suppress
from typing import Any, get_args

import numpy as np
import pytest
from extreme_worlds import LISTED, SMALL, at_limits, limit
from hypothesis import HealthCheck, given, settings

import sim
from sim.assumptions.errors import every_key, parameter
from sim.kernel.ledger import COUNT_NAMES
from sim.market.initial import UnreachablePrice
from sim.running import run

SMALLEST = 5e-324
"""The smallest number above 0 that there is."""

FEW = {"clock.warm_up_days": 1, "clock.days": 5, "clock.run_out_days": 2}
BELIEFS = ("prior", "evidence")
"""What is believed of parameters: no run reads it."""

NUMBERS = [".".join(path) for path in every_key() if float in {parameter(path).annotation, *get_args(parameter(path).annotation)} and path[0] not in BELIEFS]
DIVIDE = [
    "market.need_gamma_months", "market.exit_gamma_months", "market.need_gamma_shape", "market.order_value_cny", "market.quality_margin_share",
    "public.start_click_price_cny", "public.clicks_offered_per_day", "public.half_coupon_cny", "public.half_lookalike_people",
    "public.pacing_gain_level", "brand.fixed_bid_cny", "brand.target_cac_cny", "door.half_gift_cny", "pool.liveliness_half_level",
    "pool.fatigue_blunts_level", "pool.fatigue_leaves_level", "word_of_mouth.half_reward_cny", "word_of_mouth.inviter_gamma_shape",
    "public.rivals.0.value_factor", "public.rivals.0.quality_factor", "public.rivals.0.budget_clicks_per_day",
]
"""Numbers by which something is divided somewhere, or of which a logarithm is taken."""


def lawful(scenario: sim.Scenario, crowd: Any = "columns") -> Any:
    with warnings.catch_warnings(), np.errstate(all="raise", under="ignore"):
        warnings.simplefilter("error")
        lived = run(scenario, "hybrid", 1, crowd=crowd, threads=1)
    below = [COUNT_NAMES[n] for n in np.nonzero((lived.counts < 0).any(axis=0))[0]]
    assert not below
    assert (lived.cohorts[..., 0] >= 0).all() and (lived.buyers >= 0).all()
    return lived


@pytest.mark.parametrize("key", DIVIDE)
@pytest.mark.parametrize("value", [SMALLEST, 1e-200, 1e-30, 0.0])
def test_what_others_are_divided_by_has_a_least_value_that_means_something(key: str, value: float):
    with pytest.raises(sim.ScenarioError) as told:
        sim.load("baseline", {key: value})
    assert len(told.value.mistakes) == 1 and f"{key} is {value}, but it must be" in told.value.mistakes[0]


@pytest.mark.parametrize("key", NUMBERS)
def test_every_number_has_a_least_value_and_none_is_merely_above_one(key: str):
    field = parameter(tuple(key.split(".")))
    assert limit(field, "ge") is not None and limit(field, "le") is not None and limit(field, "gt") is None


@pytest.mark.parametrize("key", [key for key in NUMBERS if not key.startswith(LISTED)])
def test_a_number_at_its_least_or_hardly_above_lives_without_a_warning(key: str):
    least = limit(parameter(tuple(key.split("."))), "ge")
    for value in {float(least), max(float(least), SMALLEST)}:
        with suppress(UnreachablePrice):
            lawful(sim.load("baseline", {**SMALL, **FEW, key: value}))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(at_limits(most=8))
def test_columns_and_agents_keep_the_same_levels_in_extreme_worlds_and_none_is_below_zero(changes: dict[str, Any]):
    try:
        scenario = sim.load("baseline", {**changes, **FEW, "market.people": min(changes["market.people"], 300)})
        columns = lawful(scenario)
    except sim.ScenarioError:
        return
    assert lawful(scenario, "agents").ledger_sha256 == columns.ledger_sha256
