"""Whatever Python hands over as a change, a design or a scenario: it is taken, or there are sentences."""

from __future__ import annotations

import array
import datetime as dt
import decimal
import enum
import fractions
from collections import OrderedDict, UserDict, deque
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.assumptions.errors import MOST_TOLD
from sim.assumptions.parameter_ranges import ranges_of
from sim.assumptions.scenario import Clock, Rival
from sim.batches.design import read_design


class Colour(enum.StrEnum):
    """A text that is a member of something."""

    RED = "red"


class Awkward:
    """An object that raises whatever is done with it."""

    def __getattr__(self, name: str) -> Any:
        raise (AttributeError if name.startswith("_") else RuntimeError)(name)

    def __repr__(self) -> str:
        raise RuntimeError("no words")


class Endless(list[Any]):
    """A list that holds itself."""

    def __init__(self) -> None:
        super().__init__([self])


STRANGE: list[Any] = [
    None, True, 0, -1, 1.5, float("nan"), float("inf"), 10**4000, "", "x" * 5000, "a\0b", "\ud800", "../..", "1..2", "hybrid", "baseline",
    b"bytes", bytearray(b"x"), 1j, object(), Endless(), Colour.RED, Path("baseline"), dt.date(2026, 1, 1), range(3), {1, 2},
    frozenset(), decimal.Decimal(1), fractions.Fraction(1, 3), deque([1]), array.array("d", [1.0]), memoryview(b"ab"), lambda: 1, sim, int,
    np.float32(0.5), np.int64(3), np.bool_(True), np.str_("hybrid"), np.datetime64("2026-01-01"), np.timedelta64(3, "D"), np.longdouble(1),
    np.array(3), np.array([1, 2]), np.array([[1.5]]), np.array([]), np.array(["a", None], object), np.ma.masked, np.ma.array([1, 2], mask=[0, 1]),
    np.zeros(2, [("a", int)]), pd.Series([1, 2]), pd.DataFrame({"a": [1]}), pd.NA, pd.NaT, pd.Timestamp(0), pd.Categorical(["a"]), Clock(days=3),
    Rival(name="x", advertisers_count=1), {"a": {}}, {1: 2}, {None: 1}, {(): 1}, UserDict(a=1), OrderedDict(), MappingProxyType({"hybrid": 1}),
    [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]], (x for x in "ab"), iter([1]), "$(1)", ["a" * 300],
]
strange = st.sampled_from(STRANGE)
nested = st.recursive(strange, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3), max_leaves=5)
KEYS = ["name", "question", "scenarios", "strategies", "seeds", "changes", "grid", "latin_hypercube", "list", "daily"]
PARAMETERS = ["clock.days", "clock", "public.rivals", "public.rivals.0.advertisers_count", "pool.capture_level", "switches.referral", "name",
              "brand.bidding", "market.season_factors", "tags.coupons_for", "expect", "market.starting_customers"]
varied = st.dictionaries(st.sampled_from(PARAMETERS), nested | st.lists(strange, min_size=1, max_size=3) | st.sampled_from(["1..3", "1..inf"]), max_size=2)
USUAL: dict[str, Any] = {
    "scenarios": st.sampled_from(["baseline", ["baseline"], ("baseline", "car")]), "strategies": st.sampled_from([["hybrid"], "public_only"]),
    "seeds": st.sampled_from([3, [1, 2], "1..4"]), "changes": varied, "grid": varied,
    "latin_hypercube": st.fixed_dictionaries({"points": strange | st.just(2), "vary": varied}, optional={"seed": strange}),
    "list": st.lists(varied, max_size=2), "name": st.just("x"), "question": st.just("?"), "daily": st.booleans(),
}
designs = st.fixed_dictionaries(
    {"scenarios": USUAL["scenarios"] | nested}, optional={key: USUAL[key] | nested for key in KEYS if key != "scenarios"}
)


def told(error: sim.ScenarioError) -> None:
    assert 0 < len(error.mistakes) <= 2 * MOST_TOLD
    assert all(each.isprintable() and len(each) < 6000 for each in error.mistakes)


@given(designs)
@settings(max_examples=150)
def test_any_mapping_is_a_design_or_ends_in_sentences(mapping: dict[str, Any]):
    try:
        design = read_design(mapping)
    except sim.ScenarioError as error:
        told(error)
    else:
        design[0].assumed()
        assert design.fingerprint and design.text.encode()


@given(st.dictionaries(st.sampled_from(PARAMETERS) | st.text(max_size=3), nested, max_size=3) | st.lists(strange, max_size=2) | strange)
@settings(max_examples=150)
def test_any_change_makes_a_scenario_or_sentences(changes: Any):
    try:
        assert sim.load("baseline", changes).clock.days
    except sim.ScenarioError as error:
        told(error)


@pytest.mark.parametrize("given_", [*STRANGE, 10**5000, Awkward()], ids=lambda each: type(each).__name__)
def test_any_object_is_a_scenario_or_ends_in_sentences(given_: Any):
    for read in (sim.load, sim.loads, read_design):
        try:
            read(given_)
        except sim.ScenarioError as error:
            told(error)


@pytest.mark.parametrize("depth", [13, 1000, 100_000])
@pytest.mark.parametrize("form", ["{dotted}=1", "clock.{dotted}=1", "public.rivals.0.{dotted}=1", "clock.days={brackets}", "clock={groups}"])
def test_a_change_of_any_depth_is_told(depth: int, form: str):
    what = form.format(dotted=".".join("a" * depth), brackets="[" * depth + "]" * depth, groups="{a: " * depth + "1" + "}" * depth)
    with pytest.raises(sim.ScenarioError) as error:
        sim.load("baseline", [what])
    told(error.value)


@pytest.mark.parametrize("value", [[1, 2.5], np.array([1, 2.5]), (1, 2.5), pd.Series([1, 2.5])])
def test_lists_of_every_kind_are_read_alike(value: Any):
    factors = sim.load("baseline", {"market.season_factors": [*value] * 6}).market.season_factors
    assert factors == (1, 2.5) * 6
    assert sim.load("baseline", {"public.slot_click_shares": np.array([1.0, 0.5])}).public.slot_click_shares == (1.0, 0.5)


def test_groups_and_numbers_of_other_kinds_are_read():
    changes = {"clock": Clock(days=3), "market.people": np.int32(9), "brand.gift_cny": np.float32(0.5), "public.rivals": [Rival(name="x", advertisers_count=2)]}
    made = sim.load(Path("baseline"), changes)
    assert (made.clock.days, made.market.people, made.brand.gift_cny, made.public.rivals[0].advertisers_count) == (3, 9, 0.5, 2)


@pytest.mark.parametrize("asked", ["clock.days=1..1e99", "clock.days=" + "9" * 400 + "..1", "clock.days=1.." + "9" * 400, "a." * 1000 + "b=1..2"])
def test_a_range_beyond_every_number_is_told(asked: str):
    with pytest.raises(sim.ScenarioError) as error:
        ranges_of(sim.load("baseline"), [asked])
    told(error.value)
