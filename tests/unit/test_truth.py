"""Order logs, contact logs and media tables: they add up to the books, and the truth in them is true."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import numpy as np
import pytest

import sim
import sim.cli
from sim.batches.design import read_design
from sim.kernel.ledger import EARNED, MICRO
from sim.records import recording as recordings
from sim.records.event_log import SOURCES
from sim.records.recording import record
from sim.records.synthetic_data import MMM, ORDERS, TOUCHES, mmm_table, orders_table, touches_table

SHORT = ["clock.days=45", "clock.run_out_days=20", "clock.warm_up_days=10", "market.people=20000"]
LIVELY = [*SHORT, "brand.touches_per_month=45", "visitors.passers_by_per_day=50", "market.refund_share=0.1",
          "brand.new_customer_coupon_cny=5", "calendar.onboarding_days=[0, 2, 7]", "calendar.event_every_days=7",
          "calendar.care_contacts_per_day=20", "calendar.win_back_contacts_per_day=20", "platform.commission_share=0.05"]


@pytest.fixture(scope="module")
def lively():
    """A run with every kind of order, of message and of cost, and with several messages a day."""
    scenario = sim.load("referral_quiet", LIVELY)
    return scenario, record(scenario, "hybrid", 5, touches=True)


@pytest.mark.parametrize(("name", "strategy"), [("baseline", "hybrid"), ("baseline", "public_only"), ("forty_first_fans", "private_pool"), ("selection_only", "hybrid")])
def test_a_recorded_run_is_the_run_itself(name, strategy):
    scenario = sim.load(name, SHORT[:3])
    assert record(scenario, strategy, 3).result.ledger_sha256 == sim.run(scenario, strategy, 3).ledger_sha256


def test_active_buyers_of_a_year_are_the_people_in_its_order_log():
    """Also those who went silent meanwhile and whose rows are dropped."""
    changes = {"clock.warm_up_days": 400, "clock.days": 370, "clock.run_out_days": 5, "market.people": 3000,
               "market.exit_gamma_months": 2.0, "market.starting_customers": ({"day": 8, "people": 300, "in_pool": True},)}
    _, orders, _, _ = found = record(sim.load("baseline", changes), "hybrid", 4)
    days = {35 + 364: range(35, 400), 400 + 364: range(400, 765)}
    for last, year in days.items():
        bought = {who for who, day in zip(orders.person.tolist(), orders.day.tolist(), strict=True) if day in year}
        assert found.result.buyers[last] == len(bought) > 100
    assert found.result.buyers.astype(bool).sum() == 3 and found.result.buyers[34] > 300


def test_writing_messages_down_changes_nothing(lively):
    scenario, found = lively
    assert found.result.ledger_sha256 == sim.run(scenario, "hybrid", 5).ledger_sha256


def test_orders_add_up_to_every_account_and_every_count_of_the_ledger(lively):
    _, found = lively
    table = orders_table(found)
    for name in EARNED:
        mine = table["truth_source"] == name
        assert round(table["list_price"][mine].sum() * MICRO) == found.result.account(name).sum()
        counted = "orders_" + name.removeprefix("repeat_")
        assert mine.sum() == found.result.count(counted).sum() > 0, name
    for column, account in (("discount", "discounts"), ("cost_of_goods", "cost_of_goods"), ("refund", "refunds"), ("commission", "commission")):
        assert round(table[column].sum() * MICRO) == found.result.account(account).sum() > 0
    assert np.allclose(table["monetary_value"], table["list_price"] - table["discount"])


def test_a_customer_orders_first_once_and_at_most_once_a_day(lively):
    _, found = lively
    table = orders_table(found)
    first = np.char.startswith(table["truth_source"], "first_")
    assert first.sum() == len(set(table["customer_id"].tolist())) == len(found.customers.person)
    pairs = list(zip(table["customer_id"].tolist(), table["date"].tolist(), strict=True))
    assert len(set(pairs)) == len(pairs)
    begin = {who: day for (who, day), is_first in zip(pairs, first.tolist(), strict=True) if is_first}
    assert all(day >= begin[who] for who, day in pairs)


def test_nobody_orders_after_the_silent_exit_and_exits_are_those_of_the_ledger(lively):
    _, found = lively
    table = orders_table(found)
    gone = ~np.isnat(table["truth_exit_date"])
    assert gone.any()
    assert (table["date"][gone] <= table["truth_exit_date"][gone]).all()
    assert (found.customers.exit_day >= 0).sum() == found.result.count("exited").sum()


def test_rates_of_customers_have_the_mean_of_their_distribution():
    found = record(sim.load("baseline", ["clock.days=120", "clock.run_out_days=0", "door.self_selection_share=0"]), "public_only", 1)
    table, market = orders_table(found), sim.load("baseline").market
    first = table["truth_source"] == "first_paid"
    rates = table["truth_need_per_month"][first]
    assert rates.mean() == pytest.approx(market.need_gamma_shape / market.need_gamma_months, rel=0.1)


def test_customers_from_the_start_pay_nothing_on_their_first_day():
    table = orders_table(record(sim.load("forty_first_fans", ["clock.days=20"]), "private_pool", 1))
    starting = table["truth_source"] == "starting"
    assert starting.sum() == 40
    assert table["monetary_value"][starting].sum() == 0


def test_every_message_that_was_sent_seen_or_resented_is_in_the_contact_log(lively):
    _, found = lively
    table, result = touches_table(found), found.result
    assert len(table["date"]) == result.count("sent").sum() > 1000
    assert table["truth_seen_if_sent"].sum() == result.count("seen").sum()
    assert {1, 2, 3} <= set(table["message_number"].tolist())
    assert set(table["message"].tolist()) == {"content", "offer", "welcome", "event", "care", "win_back"}
    assert table["truth_tempted_if_sent"].sum() > 10
    assert ((table["truth_tempted_if_sent"] == 0) | (table["truth_seen_if_sent"] == 1)).all()
    assert 0 < table["truth_leaves_if_sent"].sum() < result.count("left").sum()
    assert table["truth_mutes_if_sent"].sum() > 0
    assert not table["held_out"].any()


def test_who_was_tempted_orders_that_day(lively):
    _, found = lively
    table = touches_table(found)
    tempted = table["truth_tempted_if_sent"] == 1
    assert (table["orders_in_7_days"][tempted] >= 1).all()
    assert (table["spend_in_7_days"][tempted] > 0).all()
    log = orders_table(found)
    who, day = table["customer_id"][0], table["date"][0]
    mine = (log["customer_id"] == who) & (log["date"] >= day) & (log["date"] < day + np.timedelta64(7, "D"))
    assert table["orders_in_7_days"][0] == mine.sum()


def test_a_hold_out_hears_nothing_and_is_drawn_at_random():
    scenario = sim.load("baseline", ["clock.days=120", "clock.run_out_days=30", "market.people=20000"])
    found = record(scenario, "private_pool", 2, touches=True, hold_out_share=0.4)
    table = touches_table(found)
    held = table["held_out"] == 1
    assert (~held).sum() == found.result.count("sent").sum()
    people = {group: set(table["customer_id"][held == group].tolist()) for group in (True, False)}
    assert not people[True] & people[False]
    assert len(people[True]) / len(people[True] | people[False]) == pytest.approx(0.4, abs=0.03)
    by_person = dict(zip(found.customers.person.tolist(), found.customers.need.tolist(), strict=True))
    needs = {group: np.mean([by_person[who] for who in people[group]]) for group in people}
    assert needs[True] == pytest.approx(needs[False], rel=0.15)
    tempted = table["truth_tempted_if_sent"] == 1
    assert table["orders_in_7_days"][tempted & ~held].min() == 1
    assert table["orders_in_7_days"][tempted & held].min() == 0, "what would have tempted somebody held out did not happen"


def test_everybody_held_out_is_a_pool_without_messages():
    changes = ["clock.days=60", "clock.run_out_days=0", "brand.remove_after_days=10000"]
    silent = sim.run(sim.load("baseline", [*changes, "brand.touches_per_month=0"]), "private_pool", 4)
    assert record(sim.load("baseline", changes), "private_pool", 4, hold_out_share=1.0).result.ledger_sha256 == silent.ledger_sha256


def test_a_recording_that_does_not_add_up_is_refused(monkeypatch):
    def one_too_many(self, source, people, sales):
        self._orders.append((np.full(people.size, self._day), people, np.full(people.size, SOURCES.index(source)), *(sales.T[1:] + 1)))

    monkeypatch.setattr(recordings.RecordedCrowd, "_note_orders", one_too_many)
    with pytest.raises(ArithmeticError, match="do not add up"):
        record(sim.load("baseline", SHORT), "hybrid", 1)


def test_the_weekly_media_table_adds_up_to_the_books(lively):
    _, found = lively
    table, result = mmm_table(found.result), found.result
    assert len(table["date_week"]) == -(-75 // 7)
    assert table["days"].tolist() == [7] * 10 + [5]
    assert table["phase"].tolist() == ["warm_up"] * 2 + ["counted"] * 6 + ["run_out"] * 3
    for column, name in (("ads_new_spend", "ads_new"), ("ads_recontact_spend", "ads_recontact"), ("join_gifts_spend", "join_gifts"), ("staff_spend", "staff"), ("accounts_spend", "accounts"), ("events_spend", "events"), ("content_spend", "content"), ("referral_rewards_spend", "referral_rewards")):
        assert table[column].sum() == pytest.approx(result.account(name).sum() / MICRO)
    truth = sum(table[f"truth_sales_{name}"] for name in EARNED) - table["truth_discounts"]
    assert np.allclose(table["sales"], truth)
    assert table["orders"].sum() == len(found.orders.day)
    assert table["pool_members"][-1] == result.count("members")[-1]
    assert table["date_week"][1] - table["date_week"][0] == np.timedelta64(7, "D")
    assert str(table["date_week"][0]) == "2018-01-01"


def test_tables_have_the_columns_that_are_promised(lively):
    _, found = lively
    assert list(orders_table(found)) == list(ORDERS)
    assert list(touches_table(found)) == list(TOUCHES)
    assert list(mmm_table(found.result)) == list(MMM)


def test_the_page_on_batches_tells_every_column(root):
    page = (root / "docs" / "explanation" / "experiments_batch.md").read_text(encoding="utf-8")
    for kind, columns in (("orders", ORDERS), ("touches", TOUCHES), ("mmm", MMM)):
        rows = [f"| `{name}` | {unit} | {meaning} |" for name, (unit, meaning) in columns.items()]
        assert f"### `--as {kind}`\n\n| column | unit | meaning |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n" in page


def test_the_design_on_the_page_on_batches_can_be_used(root, write):
    page = (root / "docs" / "explanation" / "experiments_batch.md").read_text(encoding="utf-8")
    design = read_design(write("design.yaml", re.search(r"```yaml\n(.*?)```", page, re.S)[1]))
    assert len(design) == 2 * (3 * 2 * 50 * 2) * 2 * 40


def test_frames_have_dates_and_numbers():
    scenario = sim.load("baseline", SHORT)
    orders = sim.export_orders(scenario, "hybrid", 2, first_day=date(2024, 2, 28))
    assert [str(orders[name].dtype) for name in ("customer_id", "date", "monetary_value")] == ["int64", "datetime64[s]", "float64"]
    assert orders["date"].min() == np.datetime64("2024-02-28")
    touches = sim.export_touches(scenario, "hybrid", 2, hold_out_share=0.3)
    assert set(touches["held_out"]) == {0, 1}
    media = sim.export_mmm(scenario, "hybrid", 2)
    assert media["sales"].sum() == pytest.approx(orders["monetary_value"].sum())


def exported(capsys, *arguments: str) -> list[dict[str, str]]:
    assert sim.cli.main(["export", *arguments]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_the_command_exports_each_kind_of_table(capsys):
    changes = [word for change in SHORT for word in ("--set", change)]
    common = ["baseline", "--strategy", "hybrid", "--seed", "2", *changes]
    orders = exported(capsys, *common, "--as", "orders", "--first-day", "2024-02-28")
    assert list(orders[0]) == list(ORDERS)
    assert orders[0]["date"] == "2024-02-28"
    result = sim.run(sim.load("baseline", SHORT), "hybrid", 2)
    assert sum(round(float(row["list_price"]) * MICRO) for row in orders) == result.revenue.sum()
    touches = exported(capsys, *common, "--as", "touches", "--hold-out", "0.5")
    assert {row["held_out"] for row in touches} == {"0", "1"}
    assert list(exported(capsys, *common, "--as", "mmm")[0]) == list(MMM)
    assert len(exported(capsys, *common)) == 75
