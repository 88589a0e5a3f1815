"""Agents and columns are the same model to the bit: three hundred worlds made up at random, lived by both."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from both import difference, in_agents, in_columns, small_slices
from made_up import STRATEGIES, Case, cases
from many_worlds import members
from own_strategies import Moody
from tell import told

from sim.assumptions.loading import load
from sim.assumptions.scenario import Switches
from sim.customers.acquisition import AT_ONCE
from sim.kernel.ledger import COUNT_NAMES
from sim.running import World
from sim.strategies import name_of

CASES, CHUNK = 300, 30
PLAIN = (133, 202, 238, 286)
"""Small cases in which much happens, for the compiler switched off."""

ways = {"side by side on one thread": (1, False), "side by side on two": (2, False), "alone, two threads a world": (2, True)}


@pytest.fixture(scope="module")
def seen():
    """How often each count happened in all cases, filled by the tests."""
    return dict.fromkeys(COUNT_NAMES, 0)


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_agents_and_columns_give_the_same_books_and_states(first, seen):
    threads, alone = list(ways.values())[first // CHUNK % len(ways)]
    chunk = cases(range(first, first + CHUNK))
    with small_slices() if alone else nullcontext():
        groups = [[case.world] for case in chunk] if alone else [[case.world for case in chunk]]
        rows = [lived for group in groups for lived in in_columns(group, threads)]
    for case, in_rows in zip(chunk, rows, strict=True):
        agents = in_agents(case)
        assert difference(agents, in_rows) is None, f"case {case.number}, {in_rows.result.strategy}, {case.activation}"
        for name in COUNT_NAMES:
            seen[name] += bool(agents.result.count(name).any())


def test_the_cases_put_every_mechanism_to_the_test(seen):
    if seen["customers"] < CASES * 0.9:
        pytest.skip("only meaningful after all cases were lived")
    assert {name for name, times in seen.items() if times < 10} == set()


def test_the_cases_have_every_strategy_and_every_switch_on_and_off():
    made = cases(range(60))
    assert {name_of(case.world.strategy) for case in made} == {name_of(strategy) for strategy in STRATEGIES}
    for name in Switches.model_fields:
        assert len({getattr(case.world.scenario.switches, name) for case in made}) == 2, name
    assert len({case.activation for case in made}) == 2
    assert len({case.world.scenario.clock for case in made}) > 3


def test_days_with_more_newcomers_and_orders_than_are_drawn_together_are_the_same():
    """Luck is drawn for 256 newcomers at a time, and for a block of rows: here a day has several of each."""
    friends = {"word_of_mouth.invitations_level": 6.0, "word_of_mouth.invitee_order_chance": 0.9}
    changes = {
        "clock.days": 5, "clock.run_out_days": 0, "market.people": 60_000, "brand.budget_cny_per_day": 40_000.0,
        "public.clicks_offered_per_day": 60_000.0, "public.first_order_chance": 0.2, "visitors.passers_by_per_day": 9000.0,
        "visitors.enter_share": 0.9, "visitors.buy_share": 0.2,
        "market.starting_customers": members(9000), "market.need_factor": 9.0, **friends,
    }
    world = World(load("baseline", changes), "hybrid", 2**33 + 5)
    (in_rows,) = in_columns([world], 1)
    assert difference(in_agents(Case(0, world, "do")), in_rows) is None
    for name in ("orders_first_paid", "orders_first_free", "orders_first_referred"):
        assert in_rows.result.count(name).max() > 2 * AT_ONCE, name


def test_the_order_in_which_agents_live_changes_nothing():
    for case in cases(range(20, 24)):
        one, other = (in_agents(case._replace(activation=way)) for way in ("do", "shuffle_do"))
        assert difference(one, other) is None


def lines_of(python: str, numbers: tuple[int, ...], root: Path, **settings: str) -> list[str]:
    done = subprocess.run(
        [python, "-W", "error", str(root / "tests" / "twins" / "tell.py"), *map(str, numbers)], capture_output=True, text=True,
        timeout=600, check=False, env={**os.environ, **settings},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


def test_with_the_compiler_switched_off_both_give_the_same_bits(root):
    plain = lines_of(sys.executable, PLAIN, root, NUMBA_DISABLE_JIT="1")
    assert plain == told(list(PLAIN))
    columns, agents = plain[0::2], plain[1::2]
    assert [line.split()[2:] for line in columns] == [line.split()[2:] for line in agents]


def test_another_python_with_another_mesa_gives_the_same_bits(root):
    python = os.environ.get("SIYU_OTHER_PYTHON")
    if not python or not shutil.which(python):
        pytest.skip("SIYU_OTHER_PYTHON names no other interpreter with the dependencies installed")
    numbers = tuple(range(0, 60, 3))
    assert lines_of(python, numbers, root) == told(list(numbers))


def test_a_strategy_may_be_an_object_in_both():
    (case,) = cases(range(8, 9))
    strategy = Moody(case.world.scenario.brand)
    case = case._replace(world=case.world._replace(strategy=strategy))
    assert difference(in_agents(case), in_columns([case.world])[0]) is None
