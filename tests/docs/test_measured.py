"""What the validation report and the classroom kit print is what their scripts measured, and what is measured holds."""

from __future__ import annotations

import importlib
import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "docs"))
VALIDATION = importlib.import_module("write_validation")
CLASSROOM = importlib.import_module("write_classroom")


def kept() -> dict:
    return json.loads(VALIDATION.KEPT.read_text(encoding="utf-8"))


def answers() -> dict:
    return json.loads(CLASSROOM.KEPT.read_text(encoding="utf-8"))


def test_the_tables_of_the_validation_report_are_what_was_measured():
    assert list(kept()) == list(VALIDATION.SECTIONS)
    assert VALIDATION.PAGE.read_text(encoding="utf-8") == VALIDATION.page(kept()), "run `python docs/write_validation.py`"


def test_every_row_lies_within_what_its_test_allows():
    rows = [row for section in kept().values() for row in section if row["published"] is not None]
    off = [row["what"] for row in rows if abs(row["ours"] - row["published"]) > row["within"]]
    assert len(rows) > 50
    assert off == []


def test_every_row_names_where_it_is_tested():
    places = {row["test"] for section in kept().values() for row in section}
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_a_number_has_the_decimals_that_tell_it_from_what_is_allowed():
    row = {"what": "x", "published": 2.0, "ours": 2.04, "low": 1.5, "high": 2.5, "within": 0.1, "kind": "derived", "test": "t", "futures": 4}
    assert VALIDATION.row(row) == "| x | 2.00 | 2.04 | 1.50 to 2.50 | ± 0.1 | derived | 4 | `t` |"
    assert VALIDATION.row({**row, "published": None, "within": None, "low": None, "futures": 0}).startswith("| x |  | 2.04 | exact |  |")


def test_exact_rows_are_measured_anew_by_the_engine():
    found = {row.what: row.ours for row in VALIDATION.SECTIONS["Auctions"]()}
    assert found == pytest.approx({row["what"]: row["ours"] for row in kept()["Auctions"]}, rel=1e-5)


@pytest.mark.parametrize(("lesson", "language"), list(CLASSROOM.pages()))
def test_the_answers_of_a_lesson_are_what_the_model_gave(lesson, language):
    page = CLASSROOM.pages()[lesson, language].read_text(encoding="utf-8")
    assert page == CLASSROOM.page(lesson, language, answers()), "run `python docs/write_classroom.py`"


@pytest.mark.parametrize("lesson", CLASSROOM.LESSONS)
def test_every_question_of_a_lesson_has_an_answer_inside_its_futures(lesson):
    found = answers()[lesson]
    assert len(found) == len(CLASSROOM.LESSONS[lesson])
    assert all(each["low"] <= each["mean"] <= each["high"] for each in found)
    assert all(each["p5"] <= each["p95"] for each in found)


def test_the_bet_of_the_first_lesson_is_lived_anew(monkeypatch):
    """Two futures of the same seeds: the first is the kept one to the last yuan that is printed."""
    monkeypatch.setattr(CLASSROOM, "SEEDS", range(1, 3))
    bet = CLASSROOM.measured(CLASSROOM.LESSONS["rent_or_own"][0])
    assert bet["first"] == pytest.approx(answers()["rent_or_own"][0]["first"], abs=0.5)


@pytest.mark.parametrize("lesson", CLASSROOM.LESSONS)
def test_a_lesson_says_the_same_in_both_languages(lesson):
    english, chinese = (CLASSROOM.pages()[lesson, language].read_text(encoding="utf-8") for language in CLASSROOM.LANGUAGES)
    for mark in (r"^## ", r"^\d\. ", r"^\| "):
        assert len(re.findall(mark, english, re.M)) == len(re.findall(mark, chinese, re.M)), mark


def test_the_arithmetic_of_the_worksheets_is_right():
    assert round(2 / 0.03) == 67 and round(67 / (110 * 0.45), 1) == 1.4
    assert round(5000 * 0.5 ** (365 / 90)) == 301
    assert round(100 / (1 - 0.5 ** (1 / 180)), -3) == 26_000 and round(100 * (1 - 0.5 ** (1 / 180)), 3) == 0.384
    assert [round(1 / (1 - r0), 2) for r0 in (0.3, 0.6, 0.9)] == [1.43, 2.5, 10.0]
    ends = [41, 45, 52, 60, 68, 90, 140, 210, 480, 2300]
    assert sum(ends) / 10 == 348.6 and (ends[4] + ends[5]) / 2 == 79 and sum(end < 348.6 for end in ends) == 8
