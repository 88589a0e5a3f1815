"""Why two strategies differ: bars that add up to the micro-yuan, whatever the mechanisms do together."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from formula_worlds import live_by, noise, one_day
from tiny_books import run

import sim
from sim.inference import replications
from sim.questions.waterfall import shapley


def entangled(scenario, strategy, seed):
    """Capture and touches matter only together; fatigue takes a bit; the seed moves everything by odd micro-yuan."""
    if strategy == "public_only":
        return 20.000_001 * seed
    s = scenario.switches
    luck = 1 + 0.1 * noise(seed)
    return 7.0 + luck * (12.345_677 * s.pool_capture * s.touch_effects - 3.3 * s.fatigue + 1.7 * s.referral * s.pool_capture)


def test_shares_of_the_glove_game_are_those_of_the_textbook():
    # One left glove, two right ones: a pair is worth 6 (Shapley 1953 gives 4, 1, 1).
    worths = {some: np.array([6 if "left" in some and len(some) > 1 else 0]) for some in shapley.all_coalitions(["left", "a", "b"])}
    shares, _ = shapley.exact(["left", "a", "b"], worths)
    assert shares == [4, 1, 1]


def test_all_orders_together_give_the_exact_shares(monkeypatch):
    live_by(monkeypatch, entangled)
    players = ["pool_capture", "touch_effects", "fatigue", "referral"]
    monkeypatch.setattr(shapley, "antithetic_orders", lambda some, pairs: [o for p in permutations(some) if p < p[::-1] for o in (p, p[::-1])] if pairs else [])
    sampled = sim.waterfall(one_day(), mechanisms=players, seeds=3, pairs=12)
    exact = sim.waterfall(one_day(), mechanisms=players, seeds=3, exact=True)
    assert (sampled.method, sampled.orders, exact.method, exact.orders) == ("sampled", 24, "exact", 0)
    assert [bar.micro_yuan for bar in sampled.bars] == [bar.micro_yuan for bar in exact.bars]


@pytest.mark.parametrize("seeds", [1, 2, 3, 7])
@pytest.mark.parametrize("exact", [False, True])
def test_bars_add_up_to_the_difference_to_the_micro_yuan(monkeypatch, seeds, exact):
    live_by(monkeypatch, entangled)
    players = ["pool_capture", "touch_effects", "fatigue", "referral", "forgetting"]
    found = sim.waterfall(one_day(), mechanisms=players, seeds=seeds, exact=exact, pairs=3)
    books = [entangled(one_day(), "private_pool", seed) - entangled(one_day(), "public_only", seed) for seed in range(1, seeds + 1)]
    assert found.total_micro_yuan == pytest.approx(1e6 * np.mean(books), abs=1.5)
    assert sum(bar.micro_yuan for bar in found.bars) == found.total_micro_yuan
    assert sum(bar.micro_yuan for bar in found.one_at_a_time) == found.total_micro_yuan
    assert found.bar("forgetting").micro_yuan == 0


def test_two_that_matter_only_together_share_evenly_and_one_at_a_time_counts_them_twice(monkeypatch):
    live_by(monkeypatch, lambda s, strategy, _: 10.0 * s.switches.pool_capture * s.switches.touch_effects * (strategy == "hybrid"))
    found = sim.waterfall(one_day(), strategies=["hybrid", "public_only"], mechanisms=["pool_capture", "touch_effects"], seeds=2, exact=True)
    assert {bar.name: bar.yuan for bar in found.bars} == {"rest": 0, "pool_capture": 5, "touch_effects": 5}
    assert {bar.name: bar.yuan for bar in found.one_at_a_time} == {"rest": 0, "pool_capture": 10, "touch_effects": 10, "interplay": -10}


def test_the_interval_of_sampled_orders_holds_the_exact_shares(monkeypatch):
    live_by(monkeypatch, entangled)
    players = ["pool_capture", "touch_effects", "fatigue", "referral", "forgetting"]
    exact = sim.waterfall(one_day(), mechanisms=players, seeds=8, exact=True)
    sampled = sim.waterfall(one_day(), mechanisms=players, seeds=8, pairs=4)
    for bar in sampled.bars:
        assert bar.low - 1e-6 <= exact.bar(bar.name).yuan <= bar.high + 1e-6


def test_accounts_of_the_ledger_add_up_to_the_difference(monkeypatch):
    def books(worlds, **_):
        return [
            run(w.scenario, yuan={"first_paid": [90.0 + w.seed], "repeat_pool": [40.5 * (w.strategy == "hybrid")], "discounts": [3.3],
                                  "cost_of_goods": [50.0], "staff": [7.123_457 * (w.strategy == "hybrid")]}, strategy=w.strategy, seed=w.seed)
            for w in worlds
        ]

    monkeypatch.setattr(replications, "run_many", books)
    found = sim.waterfall(one_day(), strategies=["hybrid", "public_only"], by="accounts", seeds=3)
    heights = {bar.name: bar.micro_yuan for bar in found.bars if bar.micro_yuan}
    assert heights == {"repeat_pool": 40_500_000, "staff": -7_123_457}
    assert found.total_micro_yuan == sum(heights.values()) == round(1e6 * found.total.mean)
    assert (found.runs, found.method) == (6, "books")
    assert "repeats in the pool (40.5 yuan); most against it: staff of the pool (-7.12 yuan)" in found.in_words("en")
    assert "主要有利因素：私域复购" in found.in_words("zh")


def test_whole_numbers_are_allotted_by_largest_remainders():
    assert shapley.allotted([Fraction(1, 3)] * 3, 1) == [1, 0, 0]
    assert shapley.allotted([Fraction(5, 2), Fraction(-5, 2)], 0) == [3, -3]
    with pytest.raises(ValueError, match="add up"):
        shapley.allotted([Fraction(1, 3)], 1)


def test_only_switches_that_are_on_and_can_matter_are_looked_at(monkeypatch):
    live_by(monkeypatch, entangled)
    found = sim.waterfall(one_day(**{"switches.fatigue": False}), seeds=1, pairs=1)
    names = {bar.name for bar in found.bars}
    assert not names & {"fatigue", "lifetime_value_bidding"}
    assert {"rest", "pool_capture", "self_selection"} <= names
    bidding = sim.waterfall(one_day(**{"brand.bidding": "lifetime_value"}), seeds=1, pairs=1)
    assert "lifetime_value_bidding" in {bar.name for bar in bidding.bars}


def test_no_more_is_lived_than_was_announced(monkeypatch):
    promised: list[int] = []
    lived = live_by(monkeypatch, entangled)
    found = sim.waterfall(one_day(), seeds=2, pairs=2, announce=promised.append)
    assert found.runs == len(lived) == promised[0]


@pytest.mark.parametrize(("arguments", "error", "sentence"), [
    ({"metric": "roi"}, ValueError, "roi has no parts that add up"),
    ({"metric": "revenue_cny", "by": "accounts"}, ValueError, "revenue_cny has no parts that add up"),
    ({"mechanisms": ["fatige"]}, KeyError, "there is no mechanism 'fatige'"),
    ({"mechanisms": []}, ValueError, "at least one"),
    ({"mechanisms": ["fatigue", "fatigue"]}, ValueError, "each once"),
])
def test_what_has_no_parts_is_refused(arguments, error, sentence):
    with pytest.raises(error, match=sentence):
        sim.waterfall(one_day(), **arguments)


def test_a_mechanism_that_is_off_explains_nothing():
    with pytest.raises(ValueError, match="fatigue is off"):
        sim.waterfall(one_day(**{"switches.fatigue": False}), mechanisms=["fatigue"])


def test_a_waterfall_is_plain_json_and_a_tidy_frame(monkeypatch):
    live_by(monkeypatch, entangled)
    found = sim.waterfall(one_day(), mechanisms=["fatigue", "pool_capture"], seeds=2, exact=True)
    json.dumps(found.as_json(), allow_nan=False)
    sums = found.frame().groupby("kind")["micro_yuan"].sum()
    assert set(sums) == {found.total_micro_yuan}
    assert set(sums.index) == {"shapley", "one_at_a_time"}
