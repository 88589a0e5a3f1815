"""A sentence, its table and its picture call the same winner, over data made up at random."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.inference.paired_differences import PairedDifference
from sim.text.phrases import strategy_name

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
from formula_worlds import live_by, noise, one_day, price

PRICE = "public.start_click_price_cny"
FEW = settings(max_examples=25, deadline=None)
PAIR = ("private_pool", "public_only")


@pytest.fixture(scope="module")
def patched():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@FEW
@given(st.lists(st.floats(-5, 5), min_size=5, max_size=5), st.floats(0, 3), st.integers(0, 99), st.integers(1, 8))
def test_no_value_outside_a_ties_interval_has_a_clear_winner_other_than_the_sentence_names(patched, heights, spread, salt, seeds):
    def formula(scenario, strategy, seed):
        x = price(scenario)
        curve = float(np.interp(x, range(1, 6), heights)) + spread * noise(salt, round(x, 6), seed)
        return curve if strategy == "private_pool" else 0.0

    live_by(patched, formula)
    found = sim.breakeven(one_day(), f"{PRICE}=1..5", kinds=["equal_envelope"], seeds=seeds, points=5)
    line, said = found.lines[0], found.in_words("en")
    winners = [(x, gap.winner(PAIR)) for x, gap in zip(line.values, line.gaps, strict=True)]
    if not line.crossings:
        assert {winner for _, winner in winners} <= {line.winner, None}
        assert ("throughout. It" in said) <= all(winner for _, winner in winners) or seeds == 1
    starts = [float("-inf"), *(each.high for each in line.crossings)]
    ends = [*(each.low for each in line.crossings), float("inf")]
    for n, each in enumerate(line.crossings):
        below = {winner for x, winner in winners if starts[n] < x < each.low} - {None}
        above = {winner for x, winner in winners if each.high < x < ends[n + 1]} - {None}
        assert below <= {each.below} and above <= {each.above}
        assert each.below != each.above or each.below is None
    for each in line.crossings if len(line.crossings) <= 3 else ():
        if each.below and each.above:
            names = (strategy_name(name, "en") for name in (each.below, each.above))
            assert "below it {} is better, above it {}".format(*names) in said


@FEW
@given(st.lists(st.floats(-4, 4), min_size=3, max_size=3), st.floats(-4, 4), st.floats(0, 3), st.integers(2, 9))
def test_the_tornado_names_exactly_the_assumptions_that_its_table_flags(patched, slopes, level, spread, seeds):
    keys = [PRICE, "market.margin_share", "market.order_value_cny"]

    def formula(scenario, strategy, seed):
        moved = (scenario.public.start_click_price_cny - 2, scenario.market.margin_share - 0.5, scenario.market.order_value_cny / 100 - 1)
        return level + sum(a * b for a, b in zip(slopes, moved, strict=True)) + spread * noise(seed) if strategy == "private_pool" else 0.0

    live_by(patched, formula)
    found = sim.sensitivity(one_day(), [f"{keys[0]}=1..5", f"{keys[1]}=0.1..0.9", f"{keys[2]}=50..500"], seeds=seeds)
    flagged = [each.span.key for each in found.swings if each.flips]
    for language in ("en", "zh"):
        named = [each.span.key for each in found.swings if each.span.label(language) in found.in_words(language)]
        assert not flagged or named == flagged
    assert [row["key"] for row in found.frame().to_dict("records") if row["flips"]] == flagged
    assert not flagged or found.as_json()["deserve_data"] == flagged


@FEW
@given(st.floats(0, 20), st.floats(-2, 2), st.floats(0, 6), st.integers(0, 99))
def test_best_is_said_only_of_what_fresh_futures_call_better_than_today(patched, top, lean, spread, salt):
    def formula(scenario, _strategy, seed):
        x = scenario.brand.touches_per_month
        return lean * x - abs(x - top) * 0.2 + spread * noise(salt, round(x, 6), seed)

    live_by(patched, formula)
    found = sim.optimize(one_day(), "hybrid", "brand.touches_per_month=0..20", seeds=2, fresh_seeds=6, evaluations=8, points=4)
    better = found.gain.leads == "first" and not found.gain.too_close
    assert found.stays == (found.best.values == found.now.values or not better)
    assert ("Best for" in found.in_words("en")) == (not found.stays)
    assert found.recommended in (found.now, found.best)


@given(st.floats(-9, 9), st.floats(0.01, 9), st.floats(0, 1), st.sampled_from(["higher", "lower"]))
def test_a_winner_is_called_only_with_its_interval_off_zero_and_four_fifths_of_futures(mean, half, share, better):
    gap = PairedDifference(mean, mean - half, mean + half, share, better)
    first = (mean > 0) == (better == "higher")
    if gap.winner(PAIR):
        assert abs(mean) > half
        assert (share if first else 1 - share) >= 0.8 - 1e-6
        assert gap.winner(PAIR) == PAIR[0 if first else 1]
