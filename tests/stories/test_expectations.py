"""What scenarios expect of themselves comes out, and would not without the mechanism that each is about."""

from __future__ import annotations

import pytest

import sim
from sim.assumptions.loading import shipped
from sim.questions.expectations import check_expectations
from sim.results.metrics import METRICS

EXPECTING = sorted(name for name in shipped() if sim.load(name).expect)
FUTURES = 12


@pytest.mark.parametrize("name", EXPECTING)
def test_a_scenario_does_what_it_expects_and_not_without_its_mechanism(name, record_testsuite_property):
    for outcome in check_expectations(sim.load(name), FUTURES):
        record_testsuite_property(name, f"{outcome.found} | without: {outcome.without}")
        assert outcome.found.holds, outcome
        assert not outcome.without.holds, f"it holds without {outcome.expectation.unless} too: {outcome}"


def test_many_scenarios_expect_something():
    assert len(EXPECTING) >= 20 and len(shipped()) >= 24


def test_an_expectation_that_does_not_come_out_is_seen():
    wrong = {"strategy": "hybrid", "metric": "profit_cny", "direction": "lower", "than": ("brand.gift_cny=500",),
             "unless": ("switches.fatigue=false",)}
    small = {"clock.days": 40, "clock.run_out_days": 0, "market.people": 20_000, "expect": (wrong,)}
    (outcome,) = check_expectations(sim.load("baseline", small), 6)
    assert not outcome.found.holds and not outcome.confirmed


def test_every_expectation_names_a_metric_that_there_is():
    assert all(each.metric in METRICS for name in EXPECTING for each in sim.load(name).expect)
