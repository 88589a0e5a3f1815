"""The best decision: found where it is, judged on seeds that the search has not seen, with its optimism beside it."""

from __future__ import annotations

import json

import numpy as np
import pytest
from formula_worlds import live_by, noise, one_day

import sim
from sim.assumptions.parameter_ranges import range_of
from sim.questions.optimise.answer import Limit
from sim.questions.optimise.search import Search
from sim.questions.optimise.study import read_limit

TOUCHES = "brand.touches_per_month=1..15"


def hill(spread=0.0):
    """Best at 7 messages and a gift of 2 yuan; the noise differs by setting and seed."""

    def formula(scenario, _strategy, seed):
        x, gift = scenario.brand.touches_per_month, scenario.brand.gift_cny
        return 50.0 - (x - 7) ** 2 - 3 * (gift - 2) ** 2 + spread * noise(x, gift, seed)

    return formula


def test_the_best_of_one_parameter_is_found(monkeypatch):
    live_by(monkeypatch, hill())
    found = sim.optimize(one_day(**{"brand.touches_per_month": 4.0}), "private_pool", [TOUCHES], seeds=2, fresh_seeds=3)
    assert found.best.values["brand.touches_per_month"] == pytest.approx(7.0, abs=0.21)
    assert found.gain.mean == pytest.approx(9.0, abs=0.1) and found.regret.mean > 0


def test_the_best_of_two_parameters_is_found_near_enough(monkeypatch):
    live_by(monkeypatch, hill())
    found = sim.optimize(one_day(**{"brand.touches_per_month": 12.0}), "private_pool", [TOUCHES, "brand.gift_cny=0..10"], evaluations=80, seeds=1, fresh_seeds=3)
    assert found.best.fresh.mean > 49.5


def test_search_shortlist_and_verdict_have_futures_of_their_own(monkeypatch):
    lived = live_by(monkeypatch, hill(1.0))
    promised: list[int] = []
    found = sim.optimize(one_day(), "private_pool", [TOUCHES], seeds=4, fresh_seeds=10, announce=promised.append)
    assert found.search_seeds == (1, 2, 3, 4) and found.fresh_seeds == tuple(range(13, 23))
    judged = {world.scenario.brand.touches_per_month for world in lived if world.seed in found.fresh_seeds}
    assert judged == {each.values["brand.touches_per_month"] for each in found.candidates}
    assert {world.seed for world in lived} == set(range(1, 23))
    assert found.runs == len(lived) == len(set(lived)) <= promised[0]


def test_where_there_is_nothing_but_luck_the_searchs_own_seeds_flatter(monkeypatch):
    live_by(monkeypatch, lambda s, _strategy, seed: 10 * noise(s.brand.touches_per_month, s.brand.gift_cny, seed))
    found = sim.optimize(one_day(), "private_pool", [TOUCHES, "brand.gift_cny=0..10"], evaluations=80, seeds=3, fresh_seeds=40)
    assert found.optimism.mean > 3.0
    assert found.best.fresh.low < 0 < found.best.fresh.high
    assert not found.gain.clear
    assert "too close to call" in found.in_words("en") and "乐观偏差" in found.in_words("zh")


def test_limits_are_kept(monkeypatch):
    from tiny_books import earning

    def costly(worlds, **_):
        return [earning(w.strategy, w.seed, 20 * w.scenario.brand.touches_per_month, 10 * w.scenario.brand.touches_per_month, w.scenario) for w in worlds]

    monkeypatch.setattr("sim.inference.replications.run_many", costly)
    found = sim.optimize(one_day(), "private_pool", [TOUCHES], limits=["marketing_cny<=100"], seeds=1, fresh_seeds=3)
    assert found.best.values["brand.touches_per_month"] == pytest.approx(10.0, abs=0.21)
    assert found.best.allowed and found.best.limits["marketing_cny"].mean <= 100
    assert [allowed for value, allowed in zip(found.curves[0].values, found.curves[0].allowed, strict=True) if value > 10] == [False] * 3
    hopeless = sim.optimize(one_day(), "private_pool", [TOUCHES], limits=["marketing_cny<=5"], seeds=1, fresh_seeds=3)
    assert hopeless.best.values["brand.touches_per_month"] == 1.0 and not hopeless.best.allowed
    assert "does not keep every limit" in hopeless.in_words("en")


def test_what_is_better_low_is_made_low(monkeypatch):
    from tiny_books import earning

    def costs(worlds, **_):
        return [earning(w.strategy, w.seed, 500, 10 + (w.scenario.brand.touches_per_month - 5) ** 2, w.scenario) for w in worlds]

    monkeypatch.setattr("sim.inference.replications.run_many", costs)
    found = sim.optimize(one_day(), "private_pool", [TOUCHES], objective="marketing_cny", seeds=1, fresh_seeds=3)
    assert found.best.values["brand.touches_per_month"] == pytest.approx(5.0, abs=0.21)
    assert found.gain.mean == pytest.approx(4.0, abs=0.1)


def test_the_setting_as_it_is_outside_the_range_is_compared_but_never_chosen(monkeypatch):
    live_by(monkeypatch, hill())
    found = sim.optimize(one_day(), "private_pool", ["brand.touches_per_month=9..15"], seeds=1, fresh_seeds=3)
    assert found.best.values == {"brand.touches_per_month": 9.0} and found.now.values == {"brand.touches_per_month": 7.0}
    assert found.gain.mean == pytest.approx(-4.0)
    assert "Choosing the setting as it is now would win 4 yuan" in found.in_words("en")


def test_the_same_question_gives_the_same_answer(monkeypatch):
    live_by(monkeypatch, hill(2.0))
    answers = [sim.optimize(one_day(), "hybrid", seeds=2, fresh_seeds=4, evaluations=30).as_json() for _ in range(2)]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(("low", "high", "value", "tidy"), [
    (1, 15, 7.0312, 7.0), (0.1, 0.6, 0.3333, 0.33), (0, 10, 9.99, 10.0), (1, 15, 15.2, 15.0), (10, 5000, 1234.5, 1250.0),
])
def test_settings_are_tidy(low, high, value, tidy):
    key = "brand.touches_per_month" if high <= 15 else "brand.gift_cny"
    assert Search.tidy(range_of(one_day(), f"{key}={low}..{high}"), value) == pytest.approx(tidy)


def test_limits_are_read():
    assert read_limit(" cash_trough_cny >= -50_000 ") == Limit("cash_trough_cny", ">=", -50_000.0)
    assert [Limit("roi", ">=", 1.0).excess(value) for value in (2.0, 0.5, None, np.nan)] == [0.0, 0.5, np.inf, np.inf]
    for text in ("cash_trough_cny>-5", "cash_trough_cny>=", ">=5", "cash_trough_cny>=five"):
        with pytest.raises(ValueError, match="no limit"):
            read_limit(text)
    with pytest.raises(KeyError, match="no metric"):
        read_limit("happiness>=5")


@pytest.mark.parametrize(("arguments", "error", "sentence"), [
    ({"strategy": "nobody"}, KeyError, "no strategy"), ({"objective": "clicks"}, ValueError, "neither"),
    ({"objective": "happiness"}, KeyError, "no metric"), ({"strategy": "public_only"}, ValueError, "decides nothing"),
    ({"fresh_seeds": [1, 2]}, ValueError, "fresh seeds must be others"),
])
def test_what_cannot_be_asked_is_refused(arguments, error, sentence):
    with pytest.raises(error, match=sentence):
        sim.optimize(one_day(), **{"strategy": "hybrid", **arguments})


def test_an_optimum_is_plain_json_and_a_tidy_frame(monkeypatch):
    live_by(monkeypatch, hill(1.0))
    found = sim.optimize(one_day(), "private_pool", [TOUCHES], seeds=2, fresh_seeds=4)
    json.dumps(found.as_json(), allow_nan=False)
    assert set(found.frame()["kind"]) == {"response", "best", "runner_up", "now"}
