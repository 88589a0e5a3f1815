"""Contacts: a lift is found where a lot decided, and called confounded where people did."""

from __future__ import annotations

import numpy as np
import pytest
from order_logs import FIRST, lines

import sim
from sim.assumptions.errors import ScenarioError
from sim.calibration.read.reading import read_orders
from sim.calibration.touches import lift_of, read_contacts, stated_lift

PEOPLE, DAYS = 4000, 120
USUAL = 0.02
"""Chance of an order a day without any contact."""


def made_up(lift: float, contacts, seed: int, rate=None):
    """Orders a day for everybody; each contact (customer, day) brings an order within the week with chance ``lift``."""
    random = np.random.default_rng(seed)
    rates = np.full(PEOPLE, USUAL) if rate is None else rate
    who, day = np.nonzero(random.random((PEOPLE, DAYS)) < rates[:, None])
    people, days = np.asarray(contacts, int).T
    hit = random.random(people.size) < np.broadcast_to(lift, people.shape)
    extra = (people[hit], days[hit] + random.integers(0, 7, hit.sum()))
    who, day = np.concatenate((np.arange(PEOPLE), who, extra[0])), np.concatenate((np.zeros(PEOPLE, int), day, extra[1]))
    order = np.lexsort((day, who))
    return who[order], day[order], np.full(order.size, 10.0) + np.arange(order.size) / 1000


def sheet(contacts, held_out=None) -> str:
    rows = [f"c{who:06d},{FIRST + int(day)}" + (",treated" if held_out is not None else "") for who, day in contacts]
    rows += [f"c{who:06d},,control" for who in ([] if held_out is None else held_out)]
    return "customer,date" + (",group" if held_out is not None else "") + "\n" + "\n".join(rows) + "\n"


def learnt(tmp_path, log, contacts_text):
    (tmp_path / "o.csv").write_text(lines(*log), encoding="utf-8")
    (tmp_path / "t.csv").write_text(contacts_text, encoding="utf-8")
    orders = read_orders(tmp_path / "o.csv")
    return lift_of(read_contacts(tmp_path / "t.csv", orders, None), orders, orders.last_day)


def test_a_lot_gives_the_lift_that_was_put_in(tmp_path):
    lot = np.random.default_rng(1).permutation(PEOPLE)
    treated, held_out = lot[:2000], lot[2000:]
    contacts = [(who, day) for who in treated for day in (40, 60, 80)]
    found = learnt(tmp_path, made_up(0.05, contacts, 3), sheet(contacts, held_out))
    low, high = found.effect.interval
    assert found.design == "holdout" and not found.confounded
    assert low < 0.05 < high and low > 0.02
    assert found.effect.fatigue_interval[0] < 0 < found.effect.fatigue_interval[1]


def test_without_an_effect_the_interval_holds_nothing(tmp_path):
    lot = np.random.default_rng(3).permutation(PEOPLE)
    contacts = [(who, 50) for who in lot[:2000]]
    found = learnt(tmp_path, made_up(0.0, contacts, 4), sheet(contacts, lot[2000:]))
    assert found.effect.interval[0] < 0 < found.effect.interval[1] and not found.confounded


def test_ninety_five_of_a_hundred_intervals_hold_the_truth(tmp_path):
    held = 0
    for seed in range(20):
        lot = np.random.default_rng(seed).permutation(PEOPLE)
        contacts = [(who, day) for who in lot[:2000] for day in (40, 70)]
        low, high = learnt(tmp_path, made_up(0.04, contacts, seed + 100), sheet(contacts, lot[2000:])).effect.interval
        held += low < 0.04 < high
    assert held >= 17


def test_wear_is_found_where_later_contacts_bring_less(tmp_path):
    lot = np.random.default_rng(5).permutation(PEOPLE)
    contacts = [(who, day) for who in lot[:3000] for day in (40, 47, 54, 61)]
    lift = np.array([0.16, 0.10, 0.04, 0.0] * 3000)
    found = learnt(tmp_path, made_up(lift, contacts, 6), sheet(contacts, lot[3000:]))
    low, high = found.effect.fatigue_interval
    assert high < 0 and low < -0.053 < high


def test_staggered_contacts_compare_with_people_contacted_later(tmp_path):
    starts = np.random.default_rng(7).choice([40, 55, 70, 85, 100], PEOPLE)
    contacts = [(who, day) for who, day in enumerate(starts)]
    found = learnt(tmp_path, made_up(0.06, contacts, 8), sheet(contacts))
    low, high = found.effect.interval
    assert (found.design, found.confounded) == ("staggered", False)
    assert low < 0.06 < high and low > 0


def test_contacts_of_good_customers_only_are_called_confounded(tmp_path):
    rate = np.where(np.arange(PEOPLE) < 2000, 0.04, 0.01)
    contacts = [(who, 50) for who in range(2000)]
    found = learnt(tmp_path, made_up(0.0, contacts, 9, rate), sheet(contacts))
    assert found.design == "none" and found.confounded and found.effect.lift > 0.05
    assert "the estimate is confounded" in found.sentence and found.stated(None) == []


def test_a_hold_out_group_that_was_never_alike_is_called_confounded(tmp_path):
    rate = np.where(np.arange(PEOPLE) < 2000, 0.04, 0.01)
    contacts = [(who, 60) for who in range(2000)]
    found = learnt(tmp_path, made_up(0.0, contacts, 10, rate), sheet(contacts, range(2000, PEOPLE)))
    assert found.design == "holdout" and found.confounded and "already differed before any contact" in found.sentence


def test_staggering_by_behaviour_is_called_confounded(tmp_path):
    rate = np.where(np.arange(PEOPLE) < 2000, 0.05, 0.01)
    contacts = [(who, 50 if who < 2000 else 90) for who in range(PEOPLE)]
    found = learnt(tmp_path, made_up(0.0, contacts, 11, rate), sheet(contacts))
    assert found.design == "staggered" and found.confounded


@pytest.mark.parametrize(("content", "sentence"), [
    ("customer,date,group\nc000001,2022-02-01,maybe\n", "the group in line 2 is maybe; write treated or control (实验组 or 对照组)."),
    ("customer,date\nnobody,2022-02-01\n", "none of its customers is in the order log; check that both use the same numbers."),
    ("customer,date,group\nc000001,2022-02-01,treated\nc000001,,control\n", "1 customers are both contacted and held out; put each in one group."),
    ("customer,date,group\nc000001,,control\n", "nobody in it was contacted; add the contacts to those held out."),
    ("customer,group\nc000001,control\n", "no column for date was recognised among customer, group; name it with --date COLUMN."),
])
def test_a_broken_log_of_contacts_is_told_in_one_sentence(content, sentence, tmp_path):
    with pytest.raises(ScenarioError) as caught:
        learnt(tmp_path, made_up(0.0, [(0, 10)], 1), content)
    assert caught.value.mistakes == [f"{tmp_path / 't.csv'}: {sentence}"]


@pytest.mark.parametrize(("header", "yes", "no"), [("holdout", "0", "1"), ("对照组", "否", "是"), ("组别", "实验组", "对照组"), ("treated", "yes", "no")])
def test_groups_are_read_under_every_name(header, yes, no, tmp_path):
    contacts = f"customer,date,{header}\nc000001,2022-02-01,{yes}\nc000002,2022-02-01,{no}\n"
    (tmp_path / "o.csv").write_text(lines(*made_up(0.0, [(0, 10)], 1)), encoding="utf-8")
    (tmp_path / "t.csv").write_text(contacts, encoding="utf-8")
    found = read_contacts(tmp_path / "t.csv", read_orders(tmp_path / "o.csv"), None)
    assert (found.customer.tolist(), found.held_out.tolist()) == ([1], [2])


def triggered_sheet(days, lot, name="treated"):
    rows = [f"c{who:06d},{FIRST + int(day)},{name if chosen else 'control'}" for who, (day, chosen) in enumerate(zip(days, lot, strict=True))]
    return "customer,date,group\n" + "\n".join(rows) + "\n"


def test_a_triggered_test_compares_everybody_from_the_own_day_on(tmp_path):
    random = np.random.default_rng(21)
    days, lot = random.integers(10, 110, PEOPLE), random.random(PEOPLE) < 0.5
    contacts = [(who, days[who]) for who in np.flatnonzero(lot)]
    found = learnt(tmp_path, made_up(0.1, contacts, 22), triggered_sheet(days, lot))
    low, high = found.effect.interval
    assert (found.design, found.confounded) == ("triggered", False)
    assert low < 0.1 < high and low > 0.05 and "each from the own day on" in found.sentence
    assert found.effect.treated + found.effect.control > 0.95 * PEOPLE


def test_without_days_of_those_held_out_a_triggered_test_is_told_what_it_lacks(tmp_path):
    log = made_up(0.1, [(0, 10)], 23)
    late = {who: day for who, day in zip(*log[:2], strict=True) if who < 300}  # each one's last day
    shifted = (log[0], np.where(log[0] < 300, log[1], log[1] + 20), log[2])
    contacts = [(who, min(late.get(who, 60), 110)) for who in range(300)]
    text = sheet([(0, 0), *contacts[1:]], range(300, 600))
    found = learnt(tmp_path, shifted, text)
    assert found.effect.lift is None and "give those held out the day on which they would have been" in found.sentence


def test_several_arms_are_each_held_against_the_same_control_group(tmp_path):
    lot = np.random.default_rng(24).integers(0, 3, PEOPLE)
    contacts = [(who, 50) for who in range(PEOPLE) if lot[who] > 0]
    lifts = np.array([0.2 if lot[who] == 2 else 0.0 for who, _ in contacts])
    names = ("control", "短信", "coupon")
    rows = [f"c{who:06d},{FIRST + 50},{names[lot[who]]}" for who in range(PEOPLE)]
    found = learnt(tmp_path, made_up(lifts, contacts, 26), "customer,date,group\n" + "\n".join(rows) + "\n")
    by_arm = {arm["arm"]: arm["lift_interval"] for arm in found.as_json()["arms"]}
    assert by_arm["短信"][0] < 0 < by_arm["短信"][1] and by_arm["coupon"][0] < 0.2 < by_arm["coupon"][1]
    assert by_arm["coupon"][0] > 0.1 and "By arm: " in found.sentence


def test_nobody_is_in_two_arms(tmp_path):
    content = "customer,date,group\nc000001,2022-02-01,a\nc000001,2022-02-01,b\nc000002,2022-02-01,control\n"
    with pytest.raises(ScenarioError, match="1 customers are in more than one arm; put each in one group"):
        learnt(tmp_path, made_up(0.0, [(0, 10)], 1), content)


def test_a_lift_that_a_test_found_may_be_entered_instead():
    found = stated_lift("0.03,0.01,0.05")
    (stated,) = found.stated(sim.load("baseline"))
    assert found.effect.interval == (0.01, 0.05) and not found.confounded
    assert stated.key == "pool.offer_order_chance" and stated.value > 0.03 and "0.0100 to 0.0500" in stated.reason


@pytest.mark.parametrize("text", ["0.03", "0.03,0.05,0.01", "a,b,c", "nan,0,1", "0.5,-inf,0.6", "1.5,1,2"])
def test_what_is_no_lift_is_told_in_one_sentence(text):
    with pytest.raises(ScenarioError) as caught:
        stated_lift(text)
    wanted = "the extra orders a contact (0 to 1) and their 95 % interval, as in 0.03,0.01,0.05."
    assert caught.value.mistakes == [f"--lift is {text}; write {wanted}"]
