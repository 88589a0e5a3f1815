"""Everything that may be wrong with an order log, and every caution about a fit, is said in Chinese too."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from test_calibration_broken_logs import BROKEN

import sim.calibration.cautions
import sim.calibration.seasonality
from sim.mistakes import ScenarioError
from sim.ui.mistakes import in_chinese, in_english, mistake_in_chinese, note_in_chinese
from sim.ui.mistakes_of_logs import COLUMNS, FILES, NOTES, ORDERS

CHINESE = re.compile("[\u4e00-\u9fff]")
GAP = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("kind", BROKEN)
def test_each_broken_log_is_told_in_chinese_with_the_same_names_and_numbers(kind):
    english = BROKEN[kind][1]
    chinese = mistake_in_chinese(english)
    assert chinese.startswith("orders.csv：") and chinese.endswith("。")
    assert "程序的原话" not in chinese
    numbers = [number for number in re.findall(r"\d[\d,./-]*\d|\d", english) if "2026-03-01" not in number and "129.50" not in number]
    assert [number for number in numbers if number not in chinese and "UTF-8" not in english and "GB18030" not in english] == []


@pytest.mark.parametrize("table", [FILES, COLUMNS, ORDERS, NOTES], ids=["files", "columns", "orders", "notes"])
def test_both_languages_have_the_same_gaps_but_for_those_that_only_name_an_option(table):
    for english, chinese in table.items():
        assert CHINESE.search(chinese), english
        assert set(GAP.findall(chinese)) <= set(GAP.findall(english)), english
        assert set(GAP.findall(english)) - set(GAP.findall(chinese)) <= {"options"}, english


def test_what_is_not_known_is_quoted_and_said_to_be():
    assert mistake_in_chinese("log.csv: the moon is full.") == "无法使用（程序的原话：log.csv: the moon is full）。"


def test_several_mistakes_are_a_line_each():
    error = ScenarioError(["a.csv: the file is empty; export the log again", "b.csv: this is a PDF; export a table instead"])
    assert in_chinese(error) == "a.csv：文件是空的；请重新导出订单。\nb.csv：这是 PDF；请导出表格。"


def test_a_page_names_its_own_controls_and_not_options_of_the_command_line():
    for kind in ("day_or_month_first", "duplicated_rows"):
        told = in_english(ScenarioError([BROKEN[kind][1]]))
        assert "--" not in told and "above" in told


def cautions_in(module):
    """Every caution that a module may give, with its gaps as X."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Yield) and isinstance(node.value, ast.JoinedStr | ast.Constant):
            yield text_of(node.value)


def text_of(node):
    if isinstance(node, ast.Constant):
        return node.value
    return "".join(part.value if isinstance(part, ast.Constant) else "X" for part in node.values)


def test_every_caution_of_a_fit_is_known_in_chinese():
    told = list(cautions_in(sim.calibration.cautions))
    assert len(told) >= 8
    for caution in told:
        known = caution.replace("X X X not determined", "X is not determined").replace("X X not determined", "X is not determined")
        assert CHINESE.search(note_in_chinese(known)), caution


@pytest.mark.parametrize("note", [
    "no season: weeks differ no more than by chance",
    "no season: the log has 30 weeks, and a season must be seen twice (104 weeks)",
    "season: repeat orders of each part of the year over those that the fitted process expects",
    "3 customers whose repeat orders were all free are left out of the fit of spend",
])
def test_notes_about_season_and_spend_are_known_in_chinese(note):
    assert CHINESE.search(note_in_chinese(note))
    assert sim.calibration.seasonality.WEEKS_NEEDED == 104
