"""What may happen on a day: the past stays the same to the bit, the future does not; and the change of a plan."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.assumptions.scenario import Scenario
from sim.kernel.ledger import Ledger, Yesterday
from sim.records.incidents import INCIDENTS, MOST_INCIDENTS, Incident, happening
from sim.records.panel import Arm, watch
from sim.records.trajectories import ACTIVE, SILENT
from sim.strategies.change_of_plan import ChangeOfPlan
from sim.strategies.hybrid import Hybrid
from sim.strategies.rest_when_tired import RestWhenTired

DAYS, DAY = 60, 35


def arm(*changes, strategy="hybrid"):
    return Arm(sim.load("baseline", [f"clock.days={DAYS}", "clock.run_out_days=0", "market.people=40000", *changes]), strategy)


def books(of):
    return watch([of], seed=5, one_in=5).arms[0]


@pytest.fixture(scope="module")
def calm():
    return books(arm())


@pytest.mark.parametrize("name", INCIDENTS)
def test_before_it_happens_nothing_differs_and_afterwards_something_does(name, calm):
    happened = books(happening(arm(), [Incident(name, DAY)]))
    for table in ("money", "counts"):
        before, after = getattr(calm.result, table), getattr(happened.result, table)
        assert (before[:DAY] == after[:DAY]).all()
        assert not np.array_equal(before[DAY:], after[DAY:])
    assert (calm.counts[: DAY + 1] == happened.counts[: DAY + 1]).all()
    assert (calm.counts.sum(axis=1) == happened.counts.sum(axis=1)).all()


def test_each_does_what_its_name_says(calm):
    def seen(name):
        return books(happening(arm(), [Incident(name, DAY)])).result

    price = calm.result.count("click_price")
    dearer = seen("price_doubles").count("click_price") / price
    assert (dearer[DAY + 2 :] > 1.8).all() and (dearer[DAY + 2 :] < 2.2).all()
    festival = seen("double_eleven").count("click_price") / price
    assert (festival[DAY + 1 : DAY + 10] > 1.8).all() and (festival[DAY + 15 :] < 1.1).all()
    purged = seen("accounts_purged")
    members = calm.result.count("members")[DAY - 1]
    assert purged.count("banned")[DAY] == pytest.approx(0.7 * members, rel=0.15)
    assert (purged.count("banned")[:DAY] == 0).all() and (purged.count("banned")[DAY + 1 :] == 0).all()
    cut = seen("reach_cut")
    assert (cut.count("sanctioned") == (np.arange(DAYS) >= DAY)).all()
    assert 0.4 < cut.count("seen")[DAY:].sum() / calm.result.count("seen")[DAY:].sum() < 0.65
    assert (seen("stops_engaging").count("sent")[DAY:] == 0).all()
    assert (seen("stops_engaging").account("staff")[DAY:] == 0).all()
    assert (seen("offers_daily").count("sent")[DAY + 2 :] >= calm.result.count("members")[DAY] / 2).sum() > 20
    assert (seen("tap_closed").count("clicks")[DAY:] == 0).all()
    assert (seen("tap_closed").account("ads_new")[:DAY] == calm.result.account("ads_new")[:DAY]).all()


def test_a_purge_moves_people_out_of_the_pool_that_evening():
    zones = books(happening(arm(), [Incident("accounts_purged", DAY)])).zones
    inside = np.isin(zones, (ACTIVE, SILENT)).sum(axis=1)
    assert inside[DAY] > 10 and inside[DAY + 1] < 0.6 * inside[DAY]


def test_a_platform_without_rules_takes_the_accounts_all_the_same_and_nothing_else_awakes():
    lawless = arm("switches.platform_rules=false", "platform.automation_share=0.5", "platform.bans_per_year=300.0",
                  "platform.commission_share=0.1")
    happened, without = books(happening(lawless, [Incident("accounts_purged", DAY)])).result, books(lawless).result
    assert (happened.money[:DAY] == without.money[:DAY]).all()
    assert happened.count("banned")[DAY] > 0 and happened.count("banned").sum() == happened.count("banned")[DAY]


def test_several_happen_one_after_the_other():
    both = books(happening(arm(), [Incident("tap_closed", 40), Incident("stops_engaging", 20)])).result
    assert (both.count("sent")[20:] == 0).all() and both.count("clicks")[39] > 0
    assert (both.count("clicks")[40:] == 0).all()


@pytest.mark.parametrize(("changes", "incidents"), [
    ((), [Incident("tap_closed", DAYS)]), ((), [Incident("tap_closed", -1)]),
    ((), [Incident("tap_closed", 1)] * (MOST_INCIDENTS + 1)),
    (("clock.days=366",), [Incident("tap_closed", 1)]), (("clock.warm_up_days=1",), [Incident("tap_closed", 1)]),
])
def test_days_outside_long_runs_and_too_many_are_refused(changes, incidents):
    with pytest.raises(ValueError, match=r"^(incidents need a run|at most 6 incidents)"):
        happening(arm(*changes), incidents)


def test_what_there_is_not_is_refused():
    with pytest.raises(KeyError):
        happening(arm(), [Incident("rain", 1)])


def test_a_plan_is_changed_from_its_day_on_whatever_the_other_strategy_decides():
    brand = Scenario().brand
    yesterday, plans = Yesterday(Ledger(1, 30), 0), []
    changed = ChangeOfPlan(Hybrid(brand), 2, messages_per_month=30.0, invites=False)
    for day in range(4):
        yesterday.day = day - 1
        plans.append(changed.decide(yesterday))
    usual = Hybrid(brand).plan
    assert plans[:2] == [usual, usual]
    assert plans[2:] == [usual._replace(messages_per_month=30.0, invites=False)] * 2
    assert ChangeOfPlan(RestWhenTired(brand), 2).decide(yesterday) == RestWhenTired(brand).decide(yesterday)
