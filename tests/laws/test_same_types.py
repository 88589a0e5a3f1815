"""Verbs that are called straight, without numba's look at their arguments, must get the same types every time."""

from __future__ import annotations

import numba
import pytest

from sim.assumptions.loading import load, shipped
from sim.customers import columns, starting
from sim.customers.rows import more_rows
from sim.market import market
from sim.running import World, run_many

STRAIGHT = {
    name: module for module in (columns, market) for name, verb in sorted(vars(module).items())
    if name.startswith("_") and hasattr(verb, "__wrapped__")
}
"""Verbs that are called straight, and where."""
DAYS = {"clock.warm_up_days": 0, "clock.days": 4, "clock.run_out_days": 1}


@pytest.fixture
def types(monkeypatch):
    """All types with which each of these verbs is called from now on."""
    seen: dict[str, set[tuple[object, ...]]] = {name: set() for name in STRAIGHT}

    def noted(name, verb):
        def call(*arguments):
            seen[name].add(tuple(map(numba.typeof, arguments)))
            verb(*arguments)

        return call

    for name, module in STRAIGHT.items():
        monkeypatch.setattr(module, name, noted(name, getattr(module, name)))
    return seen


def test_every_shipped_scenario_calls_each_verb_with_the_types_of_any_other(types):
    assert len(STRAIGHT) == 11
    for name in shipped():
        scenario = load(name, DAYS)
        worlds = [World(scenario, strategy, 1) for strategy in ("public_only", "hybrid", "private_pool")]
        run_many(worlds, threads=2)
        run_many(worlds[1:2], threads=1)
    assert {name: len(found) for name, found in types.items()} == dict.fromkeys(STRAIGHT, 1)


def test_slices_on_threads_and_more_rows_change_no_type(types, monkeypatch):
    monkeypatch.setattr(columns, "ROWS_WORTH_A_THREAD", 100)
    monkeypatch.setattr(columns, "ROWS_WORTH_THREADS", 1)
    monkeypatch.setattr(columns, "BLOCK", 256)
    monkeypatch.setattr(starting, "ROWS_AT_FIRST", 64)
    widened = []
    monkeypatch.setattr(columns, "more_rows", lambda *how: (widened.append(1), more_rows(*how))[1])
    run_many([World(load("baseline", DAYS | {"brand.budget_cny_per_day": 10_000.0}), "hybrid", 1)], threads=2)
    assert widened
    assert {name: len(found) for name, found in types.items()} == dict.fromkeys(STRAIGHT, 1)
