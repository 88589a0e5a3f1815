"""Order logs in every form in which people have them read as the same orders."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from sim.assumptions.errors import ScenarioError
from sim.calibration.read.orders import date_of, day_of
from sim.calibration.read.reading import read_orders

ROWS = [("甲", "2024-01-15", "1200.50"), ("乙", "2024-01-16", "30.00"), ("甲", "2024-02-20", "8.25"), ("甲", "2024-02-20", "1.75")]


def text(header="customer,date,amount", rows=ROWS, between=",") -> str:
    return "\n".join([header, *(between.join(row) for row in rows)]) + "\n"


def dated(form) -> str:
    return text(rows=[(who, form(dt.date.fromisoformat(day)), amount) for who, day, amount in ROWS])


def read(tmp_path, content, name="orders.csv", **more):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_orders(path, **more)


def check(orders, customers=("甲", "乙")) -> None:
    assert [date_of(day) for day in orders.day] == ["2024-01-15", "2024-02-20", "2024-01-16"]
    assert [customers[place] for place in orders.customer] == [customers[0], customers[0], customers[1]]
    assert orders.amount.tolist() == [1200.5, 10.0, 30.0]
    assert tuple(orders.customers.to_pylist()) == customers and orders.rows == 4


FORMS = {
    "utf-8": lambda: text().encode(),
    "utf-8 with a mark": lambda: text().encode("utf-8-sig"),
    "gb18030": lambda: text("客户编号,下单时间,实付金额").encode("gb18030"),
    "utf-16, tabs": lambda: text(between="\t", header="客户\t日期\t金额").encode("utf-16"),
    "semicolons and decimal commas": lambda: text("Customer ID;Order Date;Order Value", [(a, b, c.replace(".", ",")) for a, b, c in ROWS], ";"),
    "lines of Windows": lambda: text().replace("\n", "\r\n"),
    "blank lines": lambda: "\n\n" + text().replace("\n乙", "\n\n乙") + "\n",
    "quotes": lambda: text(rows=[(f'"{a}"', f'"{b}"', f'"{c}"') for a, b, c in ROWS], header='"customer","date","amount"'),
    "other columns between": lambda: text("note,date,sku,user_id,price", [("x", b, "9", a, c) for a, b, c in ROWS]),
    "currency and thousands": lambda: text(rows=[(a, b, f'"¥{float(c):,.2f}"') for a, b, c in ROWS]),
    "yuan": lambda: text(rows=[(a, b, f"{c}元") for a, b, c in ROWS]),
    "no leading zeros": lambda: dated(lambda d: f"{d.year}-{d.month}-{d.day}"),
    "slashes": lambda: dated(lambda d: f"{d.year}/{d.month}/{d.day}"),
    "dots": lambda: dated(lambda d: f"{d.day}.{d.month}.{d.year}"),
    "no strokes": lambda: dated(lambda d: f"{d:%Y%m%d}"),
    "Chinese": lambda: dated(lambda d: f"{d.year}年{d.month}月{d.day}日"),
    "American": lambda: dated(lambda d: f"{d:%m/%d/%Y}"),
    "European": lambda: dated(lambda d: f"{d:%d-%m-%Y}"),
    "month by name": lambda: dated(lambda d: f"{d:%d %B %Y}"),
    "time of day": lambda: dated(lambda d: f"{d} 23:59:59"),
    "ISO with zone": lambda: dated(lambda d: f"{d}T23:59:59+08:00"),
    "time without strokes": lambda: dated(lambda d: f"{d:%Y%m%d}235959"),
    "seconds since 1970": lambda: dated(lambda d: str(int(dt.datetime(d.year, d.month, d.day, 9, tzinfo=dt.UTC).timestamp()))),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_log_reads_as_the_same_orders(form, tmp_path):
    check(read(tmp_path, FORMS[form]()))


@pytest.mark.parametrize("dates", ["text", "date", "timestamp", "zoned"])
def test_parquet_reads_as_the_same_orders(dates, tmp_path):
    days = [row[1] for row in ROWS]
    typed = {
        "text": pa.array(days), "date": pa.array([dt.date.fromisoformat(day) for day in days]),
        "timestamp": pa.array([dt.datetime.fromisoformat(f"{day} 08:30") for day in days]),
        "zoned": pa.array([dt.datetime.fromisoformat(f"{day}T22:30+00:00") for day in days], pa.timestamp("us", "UTC")),
    }
    table = pa.table({"customer": [row[0] for row in ROWS], "date": typed[dates], "amount": [float(row[2]) for row in ROWS]})
    parquet.write_table(table, tmp_path / "orders.parquet")
    check(read_orders(tmp_path / "orders.parquet"))


def test_excel_reads_as_the_same_orders(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.create_sheet("orders")
    sheet = book["orders"]
    sheet.append(["客户", "日期", "金额"])
    for who, day, amount in ROWS:
        sheet.append([who, dt.datetime.fromisoformat(day), float(amount)])
    sheet.append([None, None, None])
    book.save(tmp_path / "orders.xlsx")
    check(read_orders(tmp_path / "orders.xlsx"))


def test_whole_numbers_are_customers_too(tmp_path):
    rows = [({"甲": "7", "乙": "12"}[who], day, amount) for who, day, amount in ROWS]
    check(read(tmp_path, text(rows=rows)), customers=("7", "12"))


def test_columns_can_be_named(tmp_path):
    content = text("a,b,c")
    check(read(tmp_path, content, named={"customer": "a", "date": "b", "amount": "c"}))


def test_what_could_be_read_both_ways_is_read_as_asked(tmp_path):
    content = "customer,date,amount\na,03/04/2024,1\nb,05/06/2024,2\n"
    days = {order: [date_of(day) for day in read(tmp_path, content, date_order=order).day] for order in ("dmy", "mdy")}
    assert days == {"dmy": ["2024-04-03", "2024-06-05"], "mdy": ["2024-03-04", "2024-05-06"]}


def test_a_few_equal_rows_may_be_chance_and_are_kept(tmp_path):
    rows = [(f"c{n}", f"2024-01-{1 + n % 28:02d}", str(n)) for n in range(400)]
    orders = read(tmp_path, text(rows=[*rows, rows[3]]))
    assert (orders.rows, orders.copies, orders.amount.sum()) == (401, 1, sum(range(400)) + 3)
    with pytest.raises(ScenarioError, match="3 of 403 rows"):
        read(tmp_path, text(rows=[*rows, *rows[:3]]))
    assert read(tmp_path, text(rows=[*rows, *rows[:3]]), keep_copies=True).copies == 3


def test_channels_are_those_of_the_first_order_of_a_day(tmp_path):
    content = text("customer,date,amount,渠道", [(*row, name) for row, name in zip(ROWS, ("自然", "广告", "广告", "自然"), strict=True)])
    orders = read(tmp_path, content)
    assert [orders.channels[place] for place in orders.channel] == ["自然", "广告", "广告"]


def test_a_hundred_thousand_orders_need_no_second_form(tmp_path):
    random = np.random.default_rng(2)
    who, day, amount = random.integers(0, 9000, 100_000), random.integers(0, 700, 100_000), random.random(100_000)
    dates = (np.datetime64("2022-01-01") + day).astype(str)
    rows = zip(who.astype(str), dates, amount.astype(str), strict=True)
    orders = read(tmp_path, text(rows=rows))
    assert orders.rows == 100_000 and orders.amount.sum() == pytest.approx(amount.sum())
    assert orders.first_day == day_of("2022-01-01") and orders.day.size == np.unique(who * 1000 + day).size


def test_two_orders_of_a_day_at_one_price_are_no_copies(tmp_path):
    random = np.random.default_rng(6)
    who, day = np.nonzero(random.random((400, 300)) < 0.03)
    twice = random.random(who.size) < 0.015
    who, day = np.concatenate((who, who[twice])), np.concatenate((day, day[twice]))
    rows = [(f"c{w}", str(np.datetime64("2023-01-01") + d), "29.9") for w, d in zip(who, day, strict=True)]
    assert read(tmp_path, text(rows=rows)).copies == twice.sum() > 0.01 * len(rows)
    with pytest.raises(ScenarioError, match="repeat another row exactly"):
        read(tmp_path, text(rows=rows * 2))
