"""Strategies: the sequence that each is expected to follow, strategies of one's own, and what is told of wrong ones."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest
from many_worlds import members

import sim
from sim.assumptions.scenario import Scenario
from sim.cli import main
from sim.kernel.ledger import COUNT, Ledger, Yesterday
from sim.running import World, run_many
from sim.strategies import SHIPPED, Plan, Policy, StrategyError, find, name_of, names, policy_for
from sim.strategies.hybrid import Hybrid
from sim.strategies.rest_when_tired import RestWhenTired
from sim.strategies.stop_after import StopAfterAWeek
from sim.strategies.target_cac import TargetCac

BRAND = Scenario().brand
SMALL = {
    "market.people": 3000, "clock.days": 10, "clock.run_out_days": 0, "brand.budget_cny_per_day": 40.0,
    "public.clicks_offered_per_day": 1000.0, "public.sampled_auctions_count": 16, "market.starting_customers": members(100),
}


@pytest.fixture(scope="module")
def small():
    return sim.load("baseline", SMALL)


def books_with(**counts: list[int]) -> Yesterday:
    """Books in which each count has these values by day; it is the morning after them."""
    days = len(next(iter(counts.values())))
    books = Ledger(1, days)
    for name, values in counts.items():
        books.counts[0, :, COUNT[name]] = values
    yesterday = Yesterday(books, 0)
    yesterday.day = days - 1
    return yesterday


# Those that ship.


def test_the_three_main_strategies_are_compared_unless_others_are_named():
    assert names() == ("public_only", "hybrid", "private_pool")
    assert set(names()) < set(SHIPPED) and len(SHIPPED) == 8


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_strategy_says_what_it_does_and_keeps_within_a_plan_that_can_be(name, small):
    policy = find(name)
    assert len(policy.__doc__) > 20 and policy.name == name and policy.__module__.startswith("sim.strategies.")
    assert sim.run(small, name, 1).strategy == name


@pytest.mark.parametrize(("name", "invites", "buys_back"), [("public_only", False, True), ("hybrid", True, True), ("private_pool", True, False)])
def test_the_main_strategies_plan_the_same_every_day(name, invites, buys_back):
    policy = policy_for(name, BRAND)
    plans = {policy.decide(books_with(left=[100] * day)) for day in (1, 10, 100)}
    assert plans == {policy.intended(BRAND)}
    assert (policy.plan.invites, policy.plan.buys_back) == (invites, buys_back)


def paid_cac(result: sim.Result, days: slice) -> float:
    return result.account("ads_new")[days].sum() / 1e6 / result.count("orders_first_paid")[days].sum()


def test_target_cac_holds_what_a_customer_costs_while_it_rises_under_hybrid():
    dear = {"clock.days": 250, "clock.run_out_days": 0, "public.value_growth_share_per_year": 1.5, "brand.target_cac_cny": 60.0}
    worlds = [World(sim.load("baseline", dear), name, seed) for name in ("hybrid", "target_cac") for seed in range(1, 5)]
    results = run_many(worlds)
    hybrid, target = results[:4], results[4:]
    late = slice(150, 250)
    costs = [np.mean([paid_cac(r, late) for r in runs]) for runs in (hybrid, target)]
    assert costs[0] > 1.5 * 60.0 and costs[1] == pytest.approx(60.0, rel=0.15), costs
    spent = [sum(r.account("ads_new")[late].sum() for r in runs) for runs in (hybrid, target)]
    assert spent[1] < 0.6 * spent[0]


def test_target_cac_spends_all_while_customers_are_cheap():
    cheap = sim.load("baseline", {"clock.days": 40, "clock.run_out_days": 0, "brand.target_cac_cny": 10_000.0})
    hybrid, target = run_many([World(cheap, name, 3) for name in ("hybrid", "target_cac")])
    assert hybrid.ledger_sha256 == target.ledger_sha256


def test_target_cac_moves_its_share_by_a_tenth_of_the_way():
    policy, yesterday = TargetCac(BRAND), books_with(orders_first_paid=[1] * 7)
    yesterday._books.money[0, :, :] = 0
    yesterday._books.post(6, "ads_new", np.array([7 * 2 * 60_000_000]))
    for day in (1, 2, 3):
        assert policy.decide(yesterday).most_ads_cny == pytest.approx(2 ** (-0.1 * day) * BRAND.budget_cny_per_day)


def test_rest_when_tired_rests_two_weeks_after_a_wave_of_leavers():
    policy = RestWhenTired(BRAND)
    left = [2] * 35 + [9] * 7 + [2] * 60
    rests = [day for day in range(1, 100) if not policy.decide(books_with(left=left[:day], members=[500] * day)).messages_per_month]
    assert rests[0] in range(37, 43), "the wave began on day 35"
    assert rests == list(range(rests[0], rests[0] + 14)), "for two weeks, once"


def test_rest_when_tired_sends_on_while_as_large_a_share_leaves_as_usual():
    policy, grown = RestWhenTired(BRAND), [2] * 60 + [6] * 60
    plans = {policy.decide(books_with(left=grown[:day], members=[250 * each for each in grown[:day]])) for day in range(1, 120)}
    assert plans == {Hybrid(BRAND).plan}, "three times as many leave a pool that is three times as large"


class LouderFromDay60(RestWhenTired):
    """Four messages a month, and from day 60 on two a day."""

    def decide(self, yesterday):
        self.plan = self.plan._replace(messages_per_month=4.0 if yesterday.day < 60 else 60.0)
        return super().decide(yesterday)


def test_rest_when_tired_falls_silent_in_a_pool_that_is_flooded():
    scenario = sim.load("baseline", {"clock.days": 110, "clock.run_out_days": 0, "market.starting_customers": members(8000)})
    sent = sim.run(scenario, LouderFromDay60, 2).count("sent")
    silent = 61 + np.flatnonzero(sent[61:] == 0)
    assert len(silent) >= 14 and 60 < silent[0] < 80 and np.diff(silent[:14]).tolist() == [1] * 13, f"silent on days {silent}"
    assert sent[silent[0] + 14] > 0


@pytest.mark.parametrize(("name", "days"), [("stop_after_a_week", 7), ("stop_after_a_month", 30), ("stop_after_three_months", 90)])
def test_a_pool_that_is_given_up_dies_while_advertisements_go_on(name, days):
    scenario = sim.load("baseline", {"clock.days": 200, "clock.run_out_days": 0})
    hybrid, stopped = run_many([World(scenario, each, 4) for each in ("hybrid", name)])
    for account in ("staff", "join_gifts"):
        assert (stopped.account(account)[1:days] > 0).any() and not stopped.account(account)[days:].any()
    for count in ("sent", "joins"):
        assert np.array_equal(stopped.count(count)[:days], hybrid.count(count)[:days])
        assert not stopped.count(count)[days:].any()
    assert (stopped.account("ads_new")[days:] > 0).all()
    members_then, engaged = stopped.count("members"), stopped.count("engaged")
    assert members_then[-1] < members_then[days - 1] and engaged[-1] < 0.2 * engaged[days - 1]


# Strategies of one's own.


class EveryOtherDay(Policy):
    """Messages on even days only."""

    def intended(self, brand):
        return Plan(True, False, 1.0, 60.0, 0.5, brand.gift_cny)

    def decide(self, yesterday):
        return self.plan if yesterday.day % 2 else self.plan._replace(messages_per_month=0.0)


OWN_FILE = """
from sim.strategies import Plan, Policy

class Loud(Policy):
    def intended(self, brand):
        return Plan(invites=True, buys_back=False, pool_budget_share=1.0, messages_per_month=240.0, offer_share=1.0, gift_cny=0.0)
"""


@pytest.fixture
def own_file(tmp_path, monkeypatch):
    """A file with a strategy, in a folder from which modules are imported."""
    path = tmp_path / "own_loud.py"
    path.write_text(OWN_FILE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield path
    sys.modules.pop("own_loud", None)


def test_a_strategy_of_ones_own_is_named_after_its_class_unless_it_says_otherwise():
    assert name_of(EveryOtherDay) == name_of(EveryOtherDay(BRAND)) == EveryOtherDay.name == "every_other_day"
    assert StopAfterAWeek.name == "stop_after_a_week"


def test_a_class_an_object_a_module_and_a_file_are_the_same_strategy(small, own_file):
    results = [sim.run(small, given, 1) for given in ("own_loud:Loud", f"{own_file}:Loud", find(f"{own_file}:Loud"))]
    results.append(sim.run(small, find("own_loud:Loud")(small.brand), 1))
    assert {result.strategy for result in results} == {"loud"}
    assert len({result.ledger_sha256 for result in results}) == 1
    assert results[0].count("sent").sum() > 5 * sim.run(small, "private_pool", 1).count("sent").sum()


def test_an_object_is_not_used_up_by_a_run(small):
    strategy = TargetCac(small.brand)
    first, second = (sim.run(small, strategy, 1) for _ in range(2))
    assert first.ledger_sha256 == second.ledger_sha256 == sim.run(small, "target_cac", 1).ledger_sha256
    assert strategy._part == 1.0


def test_a_file_that_changes_is_read_again(small, own_file):
    loud = sim.run(small, f"{own_file}:Loud", 1).count("sent").sum()
    own_file.write_text(OWN_FILE.replace("240.0", "30.0"), encoding="utf-8")
    assert sim.run(small, f"{own_file}:Loud", 1).count("sent").sum() < loud


def test_objects_and_classes_can_be_compared(small):
    comparison = sim.compare(small, ["hybrid", EveryOtherDay, TargetCac(small.brand)], seeds=2)
    assert comparison.strategies == ("hybrid", "every_other_day", "target_cac")
    with pytest.raises(ValueError, match="strategy hybrid is named twice"):
        sim.compare(small, ["hybrid", Hybrid(small.brand)], seeds=2)


def test_levels_are_read_in_their_units(small):
    seen = {}

    class Reads(Hybrid):
        def decide(self, yesterday):
            seen[yesterday.day] = (yesterday.level("members"), yesterday.level("click_price"), yesterday.level("liveliness"))
            return self.plan

    result = sim.run(small, Reads, 1)
    assert seen[-1] == (0.0, 0.0, 0.0)
    assert [seen[day][0] for day in range(9)] == result.count("members")[:9].tolist()
    assert seen[5][1] == pytest.approx(2.0, rel=0.5) and 0 < seen[5][2] <= 1


# What is wrong.


def planning(**changes: object) -> type[Policy]:
    class Wrong(Hybrid):
        name = "wrong"

        def decide(self, yesterday):
            return self.plan._replace(**changes) if yesterday.day == 1 else self.plan

    return Wrong


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"messages_per_month": 241}, "strategy wrong, day 2: messages_per_month is 241, but must be a number from 0 to 240."),
    ({"messages_per_month": float("nan")}, "strategy wrong, day 2: messages_per_month is nan, but must be a number from 0 to 240."),
    ({"most_ads_cny": -0.1}, "strategy wrong, day 2: most_ads_cny is -0.1, but must be a number of 0 or more."),
    ({"pool_budget_share": 1.1}, "strategy wrong, day 2: pool_budget_share is 1.1, but must be a number from 0 to 1."),
    ({"offer_share": "half"}, "strategy wrong, day 2: offer_share is 'half', but must be a number from 0 to 1."),
    ({"gift_cny": 1e9}, "strategy wrong, day 2: gift_cny is 1000000000.0, but must be a number from 0 to 100,000."),
    ({"invites": 1}, "strategy wrong, day 2: invites is 1, but must be True or False."),
])
@pytest.mark.parametrize("crowd", ["columns", "agents"])
def test_a_plan_that_cannot_be_is_refused_in_a_sentence(small, changes, sentence, crowd):
    with pytest.raises(StrategyError) as caught:
        sim.run(small, planning(**changes), 1, crowd=crowd)
    assert str(caught.value) == sentence


def test_what_is_no_plan_at_all_and_what_fails_is_told_with_its_day(small):
    class Empty(Hybrid):
        def decide(self, _yesterday):
            return None

    class Fails(Hybrid):
        def decide(self, yesterday):
            return self.plan._replace(offer_share=0.5 / (3 - yesterday.day))

    class NeverBegins(Hybrid):
        def intended(self, brand):
            return brand.no_such_thing

    for policy, told in (
        (Empty, "strategy empty, day 0: decide must return a Plan, but returned None."),
        (Fails, "strategy fails failed on day 4: ZeroDivisionError: float division by zero."),
        (NeverBegins, "strategy never_begins cannot begin: AttributeError: 'Brand' object has no attribute 'no_such_thing'."),
    ):
        with pytest.raises(StrategyError) as caught:
            sim.run(small, policy, 1)
        assert str(caught.value) == told


WRONG_FILES = {
    "is_no_class.py:Loud": ("Loud = 3", "is no class of sim.strategies.Policy"),
    "is_another_class.py:Loud": ("class Loud: pass", "is no class of sim.strategies.Policy"),
    "has_another_name.py:Loud": ("Quiet = 3", "AttributeError: module 'strategy_has_another_name' has no attribute 'Loud'"),
    "does_not_parse.py:Loud": ("class Loud(", "SyntaxError: "),
    "fails.py:Loud": ("1 / 0", "ZeroDivisionError: division by zero"),
    "says_nothing.py:Loud": ("from sim.strategies import Policy\nclass Loud(Policy): pass", "has no method intended"),
}


@pytest.mark.parametrize("place", WRONG_FILES)
def test_a_file_without_a_strategy_is_told_in_one_sentence_and_exit_2(place, write, capsys):
    text, told = WRONG_FILES[place]
    path = write(place.split(":")[0], text)
    assert main(["run", "baseline", "--strategy", f"{path}:Loud"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and told in err and len(err.strip().splitlines()) == 1 and "Traceback" not in err


@pytest.mark.parametrize(("strategy", "told"), [
    ("nowhere.py:Loud", "nowhere.py cannot be read (No such file or directory)"),
    ("no_such_module:Loud", "No module named 'no_such_module'"), ("hybird", "did you mean hybrid?"),
])
def test_a_strategy_that_is_nowhere_is_told_in_one_sentence(strategy, told, capsys):
    assert main(["run", "baseline", "--strategy", strategy]) == 2
    assert told in capsys.readouterr().err


def test_a_strategy_of_ones_own_on_the_command_line(own_file, capsys, write):
    arguments = [each for key, value in SMALL.items() if not isinstance(value, tuple) for each in ("--set", f"{key}={value}")]
    assert main(["run", "baseline", "--strategy", f"{own_file}:Loud", "--json", *arguments]) == 0
    assert json.loads(capsys.readouterr().out)["metrics"]["profit_cny"] is not None
    assert main(["compare", "baseline", "--strategies", f"hybrid,{own_file}:Loud", "--seeds", "2", "--json", *arguments]) == 0
    assert set(json.loads(capsys.readouterr().out)["strategies"]) == {"hybrid", "loud"}
    fails = write("own_fails.py", OWN_FILE.replace("240.0", "-1.0"))
    assert main(["run", "baseline", "--strategy", f"{fails}:Loud", *arguments]) == 2
    assert capsys.readouterr().err.strip() == "strategy loud, day 0: messages_per_month is -1.0, but must be a number from 0 to 240."
