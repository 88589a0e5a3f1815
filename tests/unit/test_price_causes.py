"""The split of price growth: parts that add up, causes that a scenario has, and how it is told."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

import sim
from sim.cli import main
from sim.questions.price_causes.answer import NAMES, REST
from sim.questions.price_causes.study import CAUSES, price_causes, shapley_weights

SHORT = {
    "clock.days": 60, "market.people": 20_000, "brand.budget_cny_per_day": 300.0,
    "public.value_growth_share_per_year": 3.0, "public.rivals.1.budget_clicks_per_day": 100.0,
    "public.pool_innovation_share_per_year": 2.0, "public.clicks_growth_share_per_year": -0.8,
    "public.festivals": ({"name": "618", "day": 40, "length_days": 15, "rival_value_factor": 2.0},),
}


@pytest.fixture(scope="module")
def causes():
    return price_causes(sim.load("baseline", SHORT), seeds=3, window_days=20)


def test_the_parts_add_up_to_the_growth(causes):
    assert sum(part.log for part in causes.parts) == pytest.approx(math.log(causes.index), abs=1e-12)
    assert math.prod(part.factor for part in causes.parts) == pytest.approx(causes.index)


def test_price_times_clicks_is_the_cost_of_a_customer(causes):
    assert causes.index * causes.clicks_index == pytest.approx(causes.cost_index)


def test_every_cause_of_a_scenario_is_told_and_the_rest(causes):
    assert [part.cause for part in causes.parts] == ["entry", "values", "budgets", "pools", "attention", "festivals", REST]
    assert list(CAUSES) == list(NAMES)[:-1]


def test_what_pushes_the_price_up_has_a_part_above_0_and_chance_has_next_to_none(causes):
    for name in ("entry", "values", "pools", "attention", "festivals"):
        assert causes.part(name).low > 0, name
    assert abs(causes.part(REST).log) < 0.05


def test_a_cause_that_a_scenario_lacks_or_switches_off_has_no_part():
    off = {f"switches.{name}": False for name in ("price_growth", "rival_pools", "attention_growth", "festivals")}
    causes = price_causes(sim.load("baseline", {**SHORT, **off}), seeds=1)
    assert [part.cause for part in causes.parts] == [REST]
    assert causes.parts[0].log == pytest.approx(math.log(causes.index))
    assert causes.parts[0].low is None


def test_a_cause_alone_gets_what_it_adds_and_two_share_what_they_do_together():
    alone = shapley_weights(["a"], [set(), {"a"}])
    assert alone["a"].tolist() == [-1.0, 1.0] and alone[REST].tolist() == [1.0, 0.0]
    two = shapley_weights(["a", "b"], [set(), {"a"}, {"b"}, {"a", "b"}])
    worth = np.array([0.0, 1.0, 0.0, 2.0])  # b does something only together with a
    assert (two["a"] @ worth, two["b"] @ worth) == (1.5, 0.5)


def test_years_are_told_where_there_are_any(causes):
    assert causes.years == ()
    years = price_causes(sim.load("baseline", {"clock.days": 730, "market.people": 20_000, "switches.price_growth": False}), seeds=1).years
    assert [year.number for year in years] == [1, 2]
    assert years[0].click_price_cny == pytest.approx(2.0, rel=0.02)


def test_it_speaks_json_and_both_languages_and_makes_a_frame(causes):
    said = json.loads(json.dumps(causes.as_json()))
    assert said["parts"][0]["cause"] == "entry" and said["verdict"]["zh"].startswith("点击价是期初的")
    assert causes.in_words("en").startswith(f"A click costs {causes.index:.2f} times")
    assert causes.frame()["log"].sum() == pytest.approx(math.log(causes.index))


@pytest.mark.parametrize("wrong", [{"seeds": 0}, {"window_days": 0}])
def test_nothing_cannot_be_split(wrong):
    with pytest.raises(ValueError, match="at least one"):
        price_causes(sim.load("baseline", SHORT), **wrong)


def test_the_command_prints_the_split(capsys):
    arguments = ["price-causes", "baseline", "--seeds", "2", "--days", "40", "--set", "market.people=20000"]
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert "more rivals" in out and "clicks worth more to rivals" in out and "cost of a new customer" in out
    assert main([*arguments, "--lang", "zh"]) == 0
    assert "对手增多" in capsys.readouterr().out
    assert main([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["seeds"] == [1, 2]
    assert main(["price-causes", "baseline", "--strategy", "public_onli"]) == 2
    assert "did you mean public_only" in capsys.readouterr().err
