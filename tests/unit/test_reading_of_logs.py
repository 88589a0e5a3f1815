"""What is an order, who is a customer, which money: logs as shops and platforms export them."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

from sim.assumptions.errors import ScenarioError
from sim.calibration.read.holes import holes_in
from sim.calibration.read.orders import date_of
from sim.calibration.read.reading import read_orders
from sim.calibration.read.words import told

sys.path.insert(0, str(Path(__file__).parents[1] / "hostile"))

from fuzz_logs import outcome

ROWS = [(f"p{n % 13}", str(np.datetime64("2024-03-01") + n * 3), f"{10 + n * 0.37:.2f}") for n in range(60)]
SUM = sum(float(row[2]) for row in ROWS)


def written(path, lines, encoding="utf-8"):
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def log(tmp_path, header="customer,date,amount", rows=ROWS, extra=(), **how):
    lines = [header, *(",".join(row) for row in rows), *extra]
    return read_orders(written(tmp_path / "log.csv", lines), how=None, **how)


def test_rows_of_one_order_are_one_order_and_its_total_counts_once(tmp_path):
    rows = [(f"n{n}", *row) for n, row in enumerate(ROWS) for _ in range(1 + n % 3)]
    orders = log(tmp_path, "order_id,customer_id,date,order_total", rows)
    assert (orders.rows, orders.reading.amount_of) == (60, "order")
    assert orders.amount.sum() == pytest.approx(SUM)
    assert log(tmp_path, "order_id,customer_id,date,order_total", rows, keep_copies=True).amount.sum() == pytest.approx(SUM)


def test_quantity_times_price_is_summed_over_an_invoice_and_what_is_below_nothing_is_left_out(tmp_path):
    rows = [(f"{500 + n}", who, day, "2", f"{float(amount) / 4}") for n, (who, day, amount) in enumerate(ROWS) for _ in (1, 2)]
    rows.append(("C900", "p1", "2024-04-01", "-3", "5.0"))
    orders = log(tmp_path, "Invoice,Customer ID,InvoiceDate,Quantity,Price", rows)
    assert orders.rows == 60 and orders.amount.sum() == pytest.approx(SUM)
    assert orders.reading.left_out == {"return": 1} and orders.reading.columns["amount"] == "Quantity x Price"


STATES = {
    "交易关闭": "cancelled", "已取消": "cancelled", "canceled": "cancelled", "voided": "cancelled", "退款成功": "refunded",
    "refunded": "refunded", "等待买家付款": "unpaid", "pending payment": "unpaid", "failed": "failed",
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_states_that_are_no_orders_are_left_out_and_counted(state, tmp_path):
    rows = [(*row, state if n % 6 == 0 else "交易成功") for n, row in enumerate(ROWS)]
    orders = log(tmp_path, "买家会员名,订单创建时间,实付金额,订单状态", rows)
    assert orders.rows == 50 and orders.reading.left_out == {STATES[state]: 10}


def test_states_that_are_not_known_are_asked_about_and_taken_as_told(tmp_path):
    rows = [(*row, "weird" if n % 6 == 0 else "paid") for n, row in enumerate(ROWS)]
    with pytest.raises(ScenarioError, match=r"status is weird in line 2, which may or may not be an order's; .* --states A,B"):
        log(tmp_path, "customer,date,amount,status", rows)
    assert log(tmp_path, "customer,date,amount,status", rows, states=("paid",)).reading.left_out == {"state": 10}
    assert log(tmp_path, "customer,date,amount,status", rows, states=("paid", "weird")).rows == 60


def test_a_state_of_america_is_no_state_of_an_order(tmp_path):
    assert log(tmp_path, "customer,date,amount,state", [(*row, "CA") for row in ROWS]).rows == 60


@pytest.mark.parametrize("kind", ["refund", "Payment Refund", "退款", "chargeback", "withdrawal"])
def test_rows_that_are_refunds_are_no_orders(kind, tmp_path):
    rows = [*((*row, "sale") for row in ROWS), ("p1", "2024-04-09", "9.00", kind)]
    orders = log(tmp_path, "customer,date,amount,type", rows)
    assert orders.rows == 60 and sum(orders.reading.left_out.values()) == 1


def test_a_shops_export_is_read_in_one_go(tmp_path):
    header = "Name,Email,Financial Status,Paid at,Currency,Total,Created at,Cancelled at"
    rows = []
    for n, (who, day, amount) in enumerate(ROWS):
        mail, state = ("" if n % 10 == 9 else f"{who}@x.example"), ("voided" if n % 10 == 0 else "paid")
        rows += [(f"#{n}", mail, state, "" if state == "voided" else day, "CNY", amount, day, ""), (f"#{n}", mail, "", "", "", "", day, "")]
    orders = log(tmp_path, header, rows)
    assert orders.reading.left_out == {"continuation": 60, "cancelled": 6, "nobody": 6}
    assert orders.rows == 48 and orders.reading.cautions[0].code == "nobody"


NOBODY = ["", "NULL", "nan", "None", "N/A", "Guest", "-", "匿名用户", "anonymous", "散客"]


@pytest.mark.parametrize("name", NOBODY)
def test_a_name_that_stands_for_nobody_is_an_empty_cell(name, tmp_path):
    rows = [(name if n % 4 == 0 else row[0], *row[1:]) for n, row in enumerate(ROWS)]
    with pytest.raises(ScenarioError, match=r"in line 2 .*\(as in 14 more of 60\); fill it in, or say --leave-out-empty"):
        log(tmp_path, rows=rows)
    orders = log(tmp_path, rows=rows, leave_out_empty=True)
    assert orders.rows == 45 and orders.reading.left_out == {"nobody": 15}


@pytest.mark.parametrize(("one", "other"), [
    ("Ann@Example.com", "ann@example.com"), ("+86 13800000001", "13800000001"), ("17001.0", "17001"), ("C 7", "c  7"), ("138-0000-0001", "13800000001"),
    ('"=""c7"""', "c7"), ("`c7", "c7"), ("Ｃ7", "c7"),
])  # fmt: skip
def test_one_person_in_other_letters_is_one_customer(one, other, tmp_path):
    rows = [(one if n % 2 else other, *row[1:]) if n % 5 == 0 else row for n, row in enumerate(ROWS)]
    assert log(tmp_path, rows=rows).reading.customers == 14


def test_tokens_in_letters_of_both_kinds_stay_apart(tmp_path):
    rows = [("aB3xQ" if n % 2 else "Ab3xq", *row[1:]) for n, row in enumerate(ROWS)]
    assert log(tmp_path, rows=rows).reading.customers == 2


def test_what_is_no_column_of_customers_is_told_or_passed_over(tmp_path):
    with pytest.raises(ScenarioError, match=r"Customer says what kind of customer ordered \(new, returning\), and not who"):
        log(tmp_path, "Customer,date,amount", [("new" if n % 3 == 0 else "returning", *row[1:]) for n, row in enumerate(ROWS)])
    with pytest.raises(ScenarioError, match="id differs in every row, as an order's number does"):
        log(tmp_path, "id,date,amount", [(str(n), *row[1:]) for n, row in enumerate(ROWS)])
    both = log(tmp_path, "id,date,amount,email", [(str(n), *row[1:], f"{row[0]}@x.example") for n, row in enumerate(ROWS)])
    assert both.reading.columns["customer"] == "email"
    with pytest.raises(ScenarioError, match=r"holds numbers that Excel has cut short, as 1\.3.E\+10"):
        log(tmp_path, rows=[("1.38E+10" if n % 3 else "1.39E+10", *row[1:]) for n, row in enumerate(ROWS)])
    masked = [(f"{row[0][0]}**{n % 3}", *row[1:]) for n, row in enumerate(ROWS)]
    with pytest.raises(ScenarioError, match="holds masked names"):
        log(tmp_path, rows=masked)
    assert [each.code for each in log(tmp_path, rows=masked, named={"customer": "customer"}).reading.cautions] == ["masked"]


def test_a_switch_is_no_amount(tmp_path):
    assert log(tmp_path, "customer,date,paid,total", [(*row[:2], "1", row[2]) for row in ROWS]).reading.columns["amount"] == "total"
    with pytest.raises(ScenarioError, match="paid holds only 0 and 1, a switch and no amount; name the amount with --amount COLUMN"):
        log(tmp_path, "customer,date,paid", [(*row[:2], "1") for row in ROWS])


def test_money_of_another_currency_is_told_and_turned_at_a_rate(tmp_path):
    dollars = [(*row[:2], f"${row[2]}") for row in ROWS]
    told_of = log(tmp_path, rows=dollars)
    assert [each.code for each in told_of.reading.cautions] == ["foreign"] and told_of.amount.sum() == pytest.approx(SUM)
    turned = log(tmp_path, rows=dollars, rates={"USD": 7.0})
    assert not turned.reading.cautions and turned.amount.sum() == pytest.approx(7 * SUM)
    with pytest.raises(ScenarioError, match="more than one currency, EUR in 30 rows, USD in 30 rows"):
        log(tmp_path, rows=[(*row[:2], f"{'$' if n % 2 else '€'}{row[2]}") for n, row in enumerate(ROWS)])


def test_what_may_be_thousands_is_asked(tmp_path):
    rows = [(*row[:2], f"{1 + n % 7}.{100 + n}" if n % 3 else str(300 + n)) for n, row in enumerate(ROWS)]
    with pytest.raises(ScenarioError, match="may have decimals or thousands, and no other tells; say --decimal point or comma"):
        log(tmp_path, rows=rows)
    assert log(tmp_path, rows=rows, decimal="comma").amount.max() > 1000
    assert log(tmp_path, rows=rows, decimal="point").amount.min() < 500
    assert log(tmp_path, rows=[*rows, ("p1", "2024-04-01", "12.5")]).amount.max() < 1000


DATES = ["%d-%b-%y", "%b %d, %Y, 3:01 PM", "%m/%d/%Y, 3:01:29 PM", "%a, %d %b %Y 15:01:29 +0000", "%Y-%m-%d (%a)", "%m/%d/%y 15:01", "%a %b %d 15:01:29 %Y", "%Y%m%dT150129Z", "`%Y-%m-%d"]


@pytest.mark.parametrize("form", DATES)
def test_dates_are_read_as_programs_write_them(form, tmp_path):
    rows = [(who, '"' + np.datetime64(day).item().strftime(form) + '"', amount) for who, day, amount in ROWS]
    orders = log(tmp_path, rows=rows)
    assert (date_of(orders.first_day), date_of(orders.last_day)) == (ROWS[0][1], ROWS[-1][1])


def test_day_numbers_of_excel_are_days(tmp_path):
    rows = [(who, f"{(np.datetime64(day) - np.datetime64('1899-12-30')).astype(int)}.626", amount) for who, day, amount in ROWS]
    assert date_of(log(tmp_path, rows=rows).last_day) == ROWS[-1][1]


@pytest.mark.parametrize("above", [["店铺订单导出,,"], ["Orders 2024"], ["sep=,"], ["From:,2024-01-01,", "To:,2024-12-31,"], ["# made by us", "", "报表"]])
def test_titles_above_the_names_are_passed_over(above, tmp_path):
    path = written(tmp_path / "log.csv", [*above, "customer,date,amount", *(",".join(row) for row in ROWS)])
    assert read_orders(path).rows == 60


def test_blank_rows_and_totals_are_left_out_and_told(tmp_path):
    orders = log(tmp_path, extra=[",,", "合计,,999.00"])
    assert orders.rows == 60 and orders.reading.left_out == {"total": 1, "blank": 1}


def test_text_with_blanks_between_columns_and_western_letters_are_read(tmp_path):
    blanks = written(tmp_path / "a.txt", ["customer   date  amount", *("  ".join(row) for row in ROWS)])
    assert read_orders(blanks).amount.sum() == pytest.approx(SUM)
    western = written(tmp_path / "b.csv", ["customer,item,date,amount", *(f"{a},Café naïve,{b},{c}" for a, b, c in ROWS)], "cp1252")
    assert read_orders(western).reading.encoding == "cp1252"


def test_a_log_without_amounts_gives_orders_without_worth(tmp_path):
    orders = log(tmp_path, "customer,date", [row[:2] for row in ROWS])
    assert not orders.priced and orders.rows == 60 and [each.code for each in orders.reading.cautions] == ["no_amounts"]


def test_sheets_of_one_kind_are_read_together_and_a_cover_is_passed_over(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["说明", "由系统导出"])
    for rows in (ROWS[:30], ROWS[30:]):
        sheet = book.create_sheet()
        for row in [("customer", "date", "amount"), *rows]:
            sheet.append(row)
    book.save(tmp_path / "log.xlsx")
    orders = read_orders(tmp_path / "log.xlsx")
    assert orders.rows == 60 and orders.reading.sheets == ("Sheet1", "Sheet2") and orders.reading.other_sheets == ("Sheet",)
    assert read_orders(tmp_path / "log.xlsx", sheet="Sheet2").rows == 30


def test_one_customer_with_a_large_share_is_told(tmp_path):
    rows = [*((f"q{n}", *row[1:]) for n, row in enumerate(ROWS)), *(("staff", str(np.datetime64("2024-03-01") + n), "5") for n in range(40))]
    (caution,) = log(tmp_path, rows=rows).reading.cautions
    assert (caution.code, caution.gaps["share"]) == ("share", "40%")


def test_a_fit_may_begin_later_with_those_who_came_later(tmp_path):
    orders = log(tmp_path, rows=[*ROWS, ("late", "2024-05-01", "7"), ("later", "2024-05-02", "8")], calibrate_from="2024-05-01")
    assert orders.customers.to_pylist() == ["late", "later"] and orders.reading.left_out["earlier"] == 60


def test_a_hole_is_a_time_in_which_many_orders_lack():
    days = np.repeat(np.r_[0:100, 160:260], 5).astype(np.int32)
    assert [hole[:2] for hole in holes_in(days)] == [(100, 159)]
    assert holes_in(np.arange(0, 400, 20, dtype=np.int32)) == ()


def test_the_report_is_told_in_both_languages(tmp_path):
    report = log(tmp_path, extra=["Total,,999.00"]).reading.as_json()
    assert any("60 orders of 13 customers" in line and "1 totals" in line for line in told(report, "en"))
    assert any("60 笔订单、13 位顾客" in line for line in told(report, "zh"))


@pytest.mark.parametrize("column", [
    pa.array([["a"], ["b"]]), pa.array([{"a": 1}, {"a": 2}]), pa.array([b"\xff", b"\xfe"]), pa.array([1, 2], pa.duration("s")),
])  # fmt: skip
def test_columns_of_no_plain_kind_are_one_sentence(column, tmp_path):
    file = io.BytesIO()
    parquet.write_table(pa.table({"customer": column, "date": ["2024-01-01", "2024-01-02"], "amount": [1.0, 2.0]}), file)
    (tmp_path / "log.parquet").write_bytes(file.getvalue())
    with pytest.raises(ScenarioError, match="export it"):
        read_orders(tmp_path / "log.parquet")


def test_logs_broken_on_purpose_end_in_orders_or_in_one_sentence(tmp_path):
    found = {outcome(number, tmp_path) for number in range(250)}
    assert {"csv: orders", "csv: a sentence", "xlsx: a sentence", "parquet: a sentence"} <= found
