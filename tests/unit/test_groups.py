"""Groups: who still reads an old one, who has folded it away, who is taken out, and what a dissolved one does."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.rules import groups
from sim.running import World, run_many

SMALL = {
    "clock.days": 60, "clock.run_out_days": 0, "market.people": 5000, "brand.budget_cny_per_day": 100.0,
    "market.starting_customers": ({"day": 0, "people": 2000, "in_pool": True},), "switches.referral": False,
    "pool.leave_per_seen_chance": 0.0, "pool.base_leave_chance_per_month": 0.0, "brand.remove_after_days": 365,
    "market.exit_gamma_months": 1000.0, "pool.mute_per_leave_factor": 0.0,
}


def lived(life=None, *, share=1.0, **changes):
    group = {"kind": "group", "member_share": share, **(life or {})}
    (result,) = run_many([World(sim.load("baseline", {**SMALL, "pool.channels": (group,), **changes}), "private_pool", 3)])
    return result


@pytest.mark.parametrize(("days", "left"), [(0, 1.0), (20, 0.5), (40, 1 / 3), (60, 0.25)])
def test_a_group_is_read_half_as_much_after_its_half_life_and_a_third_after_twice_that(days, left):
    assert groups.still_read(days, 20.0) == pytest.approx(left)
    assert groups.still_read(days, 0.0) == 1.0


def test_a_group_is_as_old_as_the_later_of_its_opening_and_the_member_s_coming():
    assert [groups.opened_day(day, 30) for day in (0, 29, 30, 65)] == [0, 0, 30, 60]
    assert groups.days_in(65, 10, groups.opened_day(65, 30)) == 5
    assert groups.days_in(65, 62, groups.opened_day(65, 30)) == 3
    assert groups.days_in(65, 10, groups.opened_day(65, 0)) == 55


def test_three_in_ten_a_month_have_folded_six_in_ten_after_two_months_and_nobody_at_once():
    uniforms = (np.arange(1000) + 0.5) / 1000
    folded = [sum(groups.is_folded(u, days, 0.3 / 30) for u in uniforms) for days in (0, 30, 60, 365)]
    assert folded == [0, 300, 600, 1000]


def test_a_group_of_a_week_every_month_is_there_for_a_week():
    assert [day for day in range(60) if groups.is_open(day, 30, 7)] == [*range(7), *range(30, 37)]
    assert [day for day in range(60) if groups.is_open(day, 0, 7)] == [*range(7)]
    assert all(groups.is_open(day, 30, 0) for day in range(60))


def test_fewer_read_an_old_group_and_as_many_as_before_one_that_is_opened_anew():
    fresh, old, anew = (lived(life, **{"brand.touches_per_month": 30.0}) for life in (
        {}, {"half_life_days": 5.0}, {"half_life_days": 5.0, "opens_every_days": 30},
    ))
    assert old.count("seen")[25:30].sum() < 0.8 * fresh.count("seen")[25:30].sum()
    assert np.array_equal(old.count("seen")[:30], anew.count("seen")[:30])
    assert anew.count("seen")[31:34].sum() > 1.2 * old.count("seen")[31:34].sum()


def test_a_message_into_a_folded_group_is_sent_and_not_seen():
    whole, folded = lived(), lived({"folded_share_per_month": 31.0})
    home = lived(share=0.0)
    assert np.array_equal(whole.count("sent")[1:20], folded.count("sent")[1:20])
    assert np.array_equal(folded.count("seen")[1:20], home.count("seen")[1:20])
    assert whole.count("seen")[1:20].sum() > folded.count("seen")[1:20].sum() > 0


def test_lurkers_are_taken_out_of_the_group_and_stay_in_the_pool():
    deaf = {"pool.accessibility_chance": 0.0, "market.need_factor": 0.0}
    silent = {"accessibility_chance": 0.0, "removes_lurkers_after_days": 20}
    result, kept = lived(silent, **deaf), lived({"accessibility_chance": 0.0}, **deaf)
    sent, there = result.count("sent"), kept.count("sent")
    days = np.flatnonzero(there)
    assert np.array_equal(sent[days[days < 20]], there[days[days < 20]])
    members = result.count("members")
    assert members[-1] >= 2000 and (sent[days[days > 20]] < 0.6 * there[days[days > 20]]).all()


def test_a_lurker_who_is_in_no_other_channel_is_out_of_the_pool():
    deaf = {"pool.accessibility_chance": 0.0, "market.need_factor": 0.0, "door.first_step": "channel", "door.second_step_chance": 0.0}
    gone = lived({"accessibility_chance": 0.0, "removes_lurkers_after_days": 20}, **deaf)
    assert gone.count("removed")[20] == gone.count("members")[0] >= 2000 and gone.count("removed")[:20].sum() == 0


def test_a_dissolved_group_costs_no_account_and_is_sent_nothing_until_it_is_opened_anew():
    tools = {"platform.account_cny_per_month": 30.0}
    popup, never = lived({"opens_every_days": 20, "open_days": 5}, **tools), lived({}, **tools)
    home = (popup.account("accounts") < never.account("accounts"))[1:]
    closed = np.array([day % 20 >= 5 for day in range(60)])[1:]
    assert np.array_equal(home, closed)
    sent, all_sent = popup.count("sent")[1:5], never.count("sent")[1:5]
    assert np.array_equal(sent, all_sent) and sent.any()
    said = never.count("sent")[1:] > 0
    assert (popup.count("sent")[1:][closed & said] < never.count("sent")[1:][closed & said]).all()


def test_who_steps_into_a_group_first_is_on_the_account_only_by_a_second_step():
    first = {"door.first_step": "channel", "door.channel_first_accept_factor": 1.0}
    account, group, none = lived(share=0.3), lived(share=0.3, **first), lived(**first, **{"door.second_step_chance": 0.0})
    days = account.count("sent") > 0
    sent = account.count("sent")[:10][days[:10]].sum()
    assert sent / 2000 == pytest.approx(1.3 * days[:10].sum(), rel=0.02)
    assert group.count("sent")[:10].sum() / 2000 == pytest.approx(1.6 * days[:10].sum(), rel=0.02), "all in the group, 0.6 on the account"
    assert none.count("sent")[:10].sum() / 2000 == pytest.approx(1.0 * days[:10].sum(), rel=0.02)


def test_more_newcomers_take_a_first_step_into_a_group_than_add_an_account():
    many = {"market.starting_customers": (), "visitors.passers_by_per_day": 2000.0, "visitors.buy_share": 1.0, "brand.gift_cny": 0.0, "market.people": 50_000}
    account, group = lived(**many), lived(**many, **{"door.first_step": "channel"})
    joins = account.count("joins").sum(), group.count("joins").sum()
    assert joins[1] / joins[0] == pytest.approx(1.3, abs=0.03) and joins[0] > 3000
    assert lived(**many, **{"door.first_step": "channel", "switches.order_of_steps": False}).ledger_sha256 == account.ledger_sha256
