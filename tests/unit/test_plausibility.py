"""What cannot be is told: by check, by compare and in JSON, in both languages; nothing of a plausible scenario."""

from __future__ import annotations

import pytest

import sim
from sim.cli import main
from sim.inference.plausibility import doubts_about, doubts_after, told

ODD = ["market.people=10", "brand.budget_cny_per_day=100000"]


def test_ten_people_with_a_hundred_thousand_yuan_a_day_are_not_called_all_right(capsys):
    assert main(["check", "baseline", *(word for change in ODD for word in ("--set", change))]) == 0
    said = capsys.readouterr().out
    assert "all right" not in said and "all 10 people of the market together could spend at most" in said
    assert main(["check", "baseline", "--lang", "zh", "--set", ODD[0]]) == 0
    assert "不合常理" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["baseline", "tea"])
def test_a_plausible_scenario_is_told_nothing(name):
    if name in sim.shipped():
        assert doubts_about(sim.load(name)) == ()


def test_a_budget_that_cannot_be_spent_and_members_unserved_stand_in_the_answer():
    rich = sim.load("baseline", ["brand.budget_cny_per_day=1e6", "market.people=20000", "clock.days=40", "clock.run_out_days=0"])
    found = sim.compare(rich, ["public_only", "hybrid"], seeds=2)
    assert {each.key for each in doubts_after(found)} >= {"brand.budget_cny_per_day", "marketing_cny"}
    assert found.as_json()["plausibility"][0]["zh"].startswith("不合常理")
    poor = sim.load("baseline", ["brand.budget_cny_per_day=5", "clock.days=40", "clock.run_out_days=20", "pool.service_cny_per_month=500"])
    said = told(doubts_after(sim.compare(poor, ["private_pool"], seeds=2)), "en")
    unserved = sim.compare(poor, ["private_pool"], seeds=2).estimates["private_pool"]["underserved_days"].mean
    assert ("could not pay its pool's staff in full" in said) == (unserved > 0)
