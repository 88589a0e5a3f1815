"""CSV files: no formulas, no half files, and a mark for Excel if it is wanted."""

from __future__ import annotations

import csv
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.report.spreadsheets import cell, rows_of, write_csv


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"x\")", "＝1+1", "＠x"])
def test_a_text_that_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(text):
    assert cell(text) == "'" + text


@given(st.text())
def test_no_text_begins_like_a_formula(text):
    assert not cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell(text).removeprefix("'") == text.removeprefix("'")


def test_numbers_switches_and_nothing_stand_as_they_are():
    assert [cell(value) for value in (-1.5, -3, Decimal("-1.50"), None, True, False)] == [-1.5, -3, Decimal("-1.50"), None, "true", "false"]


def test_a_file_holds_utf_8_and_a_mark_for_excel_only_if_asked(tmp_path):
    rows = [["name", "value"], ["私域", -1.5], ["=1", None]]
    for marked in (False, True):
        write_csv(rows, tmp_path / "a.csv", for_excel=marked)
        content = (tmp_path / "a.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") == marked
        assert content.removeprefix(b"\xef\xbb\xbf").decode() == "name,value\n私域,-1.5\n'=1,\n"


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    write_csv([["old"]], tmp_path / "a.csv")

    def rows():
        yield ["new"]
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        write_csv(rows(), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "old\n"
    assert len(list(tmp_path.iterdir())) == 1


def test_columns_become_rows_with_dates_and_lose_no_digit(tmp_path):
    dates = np.array(["2018-12-31", "NaT"], "datetime64[D]")
    money = np.array([61.912345, 9_000_000_000.000001])
    write_csv(rows_of({"date": dates, "money": money}), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["date", "money"]
    assert [row[0] for row in rows[1:]] == ["2018-12-31", ""]
    assert [float(row[1]) for row in rows[1:]] == money.tolist()
