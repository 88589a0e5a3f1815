"""Broken order logs: each is told in one clear sentence, and ends with status 2."""

from __future__ import annotations

import gzip
import io
import zipfile

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from sim.calibration.read.orders import date_of, today
from sim.cli import main

HEAD = "customer,date,amount\n"


def good_rows(count: int = 60) -> list[str]:
    """Forty customers, half of whom come back, over a quarter of a year."""
    return [f"c{n % 40},2024-{1 + n % 3:02d}-{1 + n * 7 % 28:02d},{20 + n * 0.37:.2f}" for n in range(count)]


def log(*lines: str, head: str = HEAD) -> bytes:
    return (head + "\n".join([*good_rows(), *lines]) + "\n").encode()


def parquet_of(**columns) -> bytes:
    file = io.BytesIO()
    parquet.write_table(pa.table(columns), file)
    return file.getvalue()


def excel_of(*rows) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("orders.csv", HEAD)
    return file.getvalue()


YET_TO_COME = date_of(today() + 9)
"""Computed once: the tests are collected before midnight, perhaps, and run after it."""

BROKEN = {
    "empty": (lambda: b"", "orders.csv: the file is empty; export the log again."),
    "only_blank_lines": (lambda: b"\n\n  \n", "orders.csv: the file is empty; export the log again."),
    "only_names": (lambda: b"customer,date,amount\n", "orders.csv: there is a line of names, but no order below it; export the log again."),
    "no_header": (lambda: log(head=""), "orders.csv: the first line, c0, 2024-01-01, 20.00, holds data and no names of columns; put a line such as customer,date,amount above it."),
    "no_header_whole_numbers": (lambda: b"17,20240101,29\n17,20240301,31\n18,20240101,15\n", "orders.csv: the first line, 17, 20240101, 29, holds data and no names of columns; put a line such as customer,date,amount above it."),
    "one_column": (lambda: b"customer\na\nb\n", "orders.csv: line 1, customer, has a single column; put commas between customer, date and amount."),
    "unknown_names": (lambda: log(head="foo,bar,baz\n"), "orders.csv: no column for customer and date and amount was recognised among foo, bar, baz; name it with --customer COLUMN --date COLUMN --amount COLUMN."),
    "no_amount": (lambda: b"customer,date,worth\na,2024-01-01,3\nb,2024-01-02,4\n", "orders.csv: no column for amount was recognised among customer, date, worth; name it with --amount COLUMN, or say --without-amounts if the log has none."),
    "one_name_twice": (lambda: b"customer,date,date,amount\na,2024-01-01,2024-01-01,3\n", "orders.csv: two columns are called date; rename one."),
    "mixed_dates": (lambda: log("c1,01/02/2024,5"), "orders.csv: dates are written in more than one form, 2024-01-01 in line 2 and 01/02/2024 in line 62; write all in one, such as 2026-03-01."),
    "mixed_strokes": (lambda: log("c1,2024/02/01,5"), "orders.csv: dates are written in more than one form, 2024-01-01 in line 2 and 2024/02/01 in line 62; write all in one, such as 2026-03-01."),
    "day_or_month_first": (lambda: b"customer,date,amount\na,01/02/2024,5\nb,03/04/2024,6\n", "orders.csv: 01/02/2024 in line 2 could be day first or month first, and no other date tells; say --date-order dmy or mdy."),
    "day_and_month_first": (lambda: b"customer,date,amount\na,13/02/2024,5\nb,03/24/2024,6\n", "orders.csv: some dates can only be day first and others only month first; write all in one form, such as 2026-03-01."),
    "two_digit_year": (lambda: b"customer,date,amount\na,13/02/24,5\nb,14/02/24,6\n", "orders.csv: the date 13/02/24 in line 2 has a year of two digits and can be read in several ways; write four, as in 2026-03-01, or say --date-order dmy or mdy."),
    "no_such_day": (lambda: log("c1,2024-02-30,5"), "orders.csv: the calendar has no 2024-02-30 in line 62; correct it."),
    "no_date": (lambda: log("c1,yesterday,5"), "orders.csv: yesterday in line 62 is no date; write it as in 2026-03-01."),
    "empty_date": (lambda: log("c1,,5"), "orders.csv: the date in line 62 is empty; fill it in, or say --leave-out-empty to leave such rows out."),
    "future_date": (lambda: log(f"c1,{YET_TO_COME},5"), f"orders.csv: line 62 is dated {YET_TO_COME}, which is yet to come; correct the date, or leave the row out."),
    "date_of_nobody": (lambda: log("c1,1900-01-01,5"), "orders.csv: line 62 is dated 1900-01-01, which no order log reaches back to; correct it, or leave it out."),
    "negative_amount": (lambda: log("c1,2024-03-01,-5"), "orders.csv: the amount in line 62 is -5, but an order is worth 0 or more; leave returns out, or net them."),
    "amount_in_words": (lambda: log("c1,2024-03-01,five"), "orders.csv: the amount in line 62 is five, which is no number; write it as in 129.50."),
    "empty_amount": (lambda: log("c1,2024-03-01,"), "orders.csv: the amount in line 62 is empty; fill it in, or say --leave-out-empty to leave such rows out."),
    "amount_nan": (lambda: log("c1,2024-03-01,NaN"), "orders.csv: the amount in line 62 is no number; correct it."),
    "amount_infinite": (lambda: log("c1,2024-03-01,1e999"), "orders.csv: the amount in line 62 is no number; correct it."),
    "formula": (lambda: log("c1,2024-03-01,=SUM(C2:C3)"), "orders.csv: the amount in line 62 is the formula =SUM(C2:C3); paste values instead of formulas."),
    "formula_date": (lambda: log("c1,=TODAY(),5"), "orders.csv: the date in line 62 is the formula =TODAY(); paste values instead of formulas."),
    "empty_customer": (lambda: log(" ,2024-03-01,5"), "orders.csv: the customer in line 62 is empty; fill it in, or say --leave-out-empty to leave such rows out."),
    "duplicated_rows": (lambda: log(*good_rows()), "orders.csv: 60 of 120 rows repeat another row exactly (as line 62 does line 2); take them out, or say --keep-copies if each is an order or an item of its own."),
    "one_customer": (lambda: b"customer,date,amount\na,2024-01-01,5\na,2024-02-01,6\n", "orders.csv: all orders are by one customer, from whom nothing about others can be learnt."),
    "one_day": (lambda: b"customer,date,amount\na,2024-01-01,5\nb,2024-01-01,6\n", "orders.csv: all orders are of one day, 2024-01-01; give a longer log."),
    "no_repeats": (lambda: "\n".join([HEAD, *(f"c{n},2024-01-{1 + n % 28:02d},{n}" for n in range(50))]).encode(), "orders.csv: only 0 of 50 customers came back in the calibration period, and need and exit cannot be told apart from fewer than 10; give a longer log."),
    "too_many_cells": (lambda: log("c1,2024-03-01,5,6,7"), "orders.csv: line 62, c1,2024-03-01,5,6,7, has 5 cells, but there are 3 columns; quote texts that hold a comma, or repair the line."),
    "too_few_cells": (lambda: log("c1,2024-03-01"), "orders.csv: line 62, c1,2024-03-01, has 2 cells, but there are 3 columns; quote texts that hold a comma, or repair the line."),
    "open_quote": (lambda: b'customer,date,amount\n"a,2024-01-01,5\nb,2024-01-02,6\n', 'orders.csv: the rows cannot be told apart; look for a quotation mark (") that is opened and not closed.'),
    "binary": (lambda: np.random.default_rng(1).bytes(5000), "orders.csv: this is a binary file and no table; export the log as CSV, Parquet or Excel."),
    "neither_utf8_nor_gbk": (lambda: log("c1\xff\xfe,2024-03-01,5").replace("c1\xff\xfe".encode(), b"c1\xff\xff"), "orders.csv: the text is in neither UTF-8 nor GB18030 (GBK); save it as UTF-8, or say --encoding."),
    "a_line_of_64_megabytes": (lambda: log("c1,2024-03-01," + "9" * (64 << 20)), "orders.csv: line 62 is more than 1,000,000 bytes long, which no order is; export the log again."),
    "64_megabytes_without_a_line": (lambda: b"x" * (64 << 20), "orders.csv: line 1 is more than 1,000,000 bytes long, which no order is; export the log again."),
    "packed": (lambda: gzip.compress(log()), "orders.csv: this is a packed file (gzip); unpack it first."),
    "zip": (zipped, "orders.csv: this is no Excel workbook, or a damaged one; save it again as .xlsx or CSV."),
    "old_excel": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "orders.csv: this is an old Excel workbook (.xls); save it as .xlsx or CSV."),
    "web_page": (lambda: b"<!DOCTYPE html><html><table></table></html>", "orders.csv: this is a web page or XML and no table; export it as CSV."),
    "json": (lambda: b'[{"customer": 1}]', "orders.csv: this is JSON and no table; export it as CSV."),
    "pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3", "orders.csv: this is a PDF; export a table instead."),
    "half_a_parquet": (lambda: parquet_of(customer=["a"], date=["2024-01-01"], amount=[1.0])[:-9], "orders.csv: this Parquet file is damaged or cut short; export it again."),
    "parquet_without_amounts": (lambda: parquet_of(customer=["a", "b"], date=["2024-01-01"] * 2, amount=[1.0, None]), "orders.csv: the amount in row 2 is empty; fill it in, or say --leave-out-empty to leave such rows out."),
    "parquet_of_lists": (lambda: parquet_of(customer=["a", "b"], date=["2024-01-01"] * 2, amount=[[1.0], [2.0]]), "orders.csv: the column amount holds list<element: double>, and no texts, numbers or dates; export it plainly."),
    "excel_formulas": (lambda: excel_of(["customer", "date", "amount"], ["a", "2024-01-01", 5], ["b", "2024-01-02", "=C2*2"]), "orders.csv: row 3 of sheet Sheet holds the formula =C2*2 without its value; paste values, or open and save it in Excel once."),
    "excel_without_rows": (lambda: excel_of(["customer", "date", "amount"]), "orders.csv: sheet Sheet has a row of names, but no order below it; export it again."),
    "excel_empty": (excel_of, "orders.csv: the workbook has no filled sheet; export the log again."),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_log_is_told_in_one_sentence(kind, tmp_path, monkeypatch, capsys):
    content, sentence = BROKEN[kind]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.csv").write_bytes(content())
    status = main(["calibrate", "orders.csv", "--json"])
    out, err = capsys.readouterr()
    assert (status, out, err) == (2, "", sentence + "\n")


def test_there_are_more_than_thirty_kinds():
    assert len(BROKEN) > 30


@pytest.mark.parametrize(("arguments", "sentence"), [
    (["calibrate", "missing.csv"], "missing.csv: there is no such file; check its name and folder."),
    (["calibrate", "."], ".: this is a folder or a device; name a file."),
    (["calibrate"], "ORDERS is missing; name an order log, or say --template for a funnel sheet to fill."),
    (["calibrate", "o.csv", "--calibration-weeks", "3", "--calibrate-until", "2024-02-01"], "--calibration-weeks and --calibrate-until exclude each other; give one of them."),
    (["calibrate", "o.csv", "--out", "folder.txt"], "--out is folder.txt, but a scenario is a file that ends in .yaml; name one."),
    (["calibrate", "good.csv", "--calibration-weeks", "60"], "--calibration-weeks is 60, which ends on 2025-02-23, but good.csv ends on 2024-03-22; choose an earlier end."),
    (["calibrate", "good.csv", "--calibrate-until", "2023-12-01"], "--calibrate-until is 2023-12-01, but good.csv begins on 2024-01-01; choose a later end."),
    (["calibrate", "good.csv", "--calibrate-until", "1st of May"], "--calibrate-until is 1st of May, which is no date; write it as in 2026-03-01."),
    (["calibrate", "good.csv", "--log-ends", "2024-02-01"], "--log-ends is 2024-02-01, but good.csv has an order of 2024-03-22; give that day or later."),
    (["calibrate", "good.csv", "--customer", "custumer"], "good.csv: --customer is custumer, but there is no such column; did you mean customer?"),
    (["calibrate", "good.csv", "--customer", "date"], "good.csv: date cannot be customer and date at once."),
    (["calibrate", "good.csv", "--paid-channels", "ads"], "--paid-channels needs a column of channels in the log; name it with --channel COLUMN."),
    (["calibrate", "good.csv", "--paid-share", "1", "--not-bought-back"], "--paid-share is 1 and nobody was bought back, so that no repeat order could be in the log."),
])
def test_what_was_asked_wrongly_is_told_in_one_sentence(arguments, sentence, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.csv").write_bytes(log())
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", sentence + "\n")
