"""Everything that may be wrong with an order log or a stored batch, and every caution about a fit, is said in Chinese too."""

from __future__ import annotations

import ast
import json
import re
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from batch_runs import DESIGN
from test_calibration_broken_logs import BROKEN

import sim
import sim.batches.stored.about
import sim.batches.stored.batch
import sim.calibration.cautions
import sim.calibration.seasonality
import sim.ui.jobs.stored
from sim.assumptions.errors import ScenarioError
from sim.batches.stored import parts
from sim.ui.jobs.kinds import Task
from sim.ui.jobs.request import Request
from sim.ui.jobs.stored import sum_up
from sim.ui.mistakes import in_chinese, in_english, mistake_in_chinese, note_in_chinese
from sim.ui.mistakes_of_batches import BATCHES
from sim.ui.mistakes_of_logs import COLUMNS, FILES, NOTES, ORDERS

CHINESE = re.compile("[\u4e00-\u9fff]")
GAP = re.compile(r"\{(\w+)\}")
QUOTED = "程序的原话"


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


# Stored batches


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A finished batch of few runs."""
    place = tmp_path_factory.mktemp("batch")
    (place / "short.yaml").write_text(DESIGN.format(seeds=1), encoding="utf-8")
    sim.batch(place / "short.yaml", place / "gifts", workers=1)
    return place / "gifts"


def files_of(folder, table):
    return sorted((folder / table).glob("part-*.parquet"))


def cut_short(folder, table):
    for path in files_of(folder, table):
        path.write_bytes(path.read_bytes()[:100])


def forged(folder):
    """A table of something else under a name that matches it."""
    path, content = files_of(folder, "runs")[0], parts.encoded(pa.table({"moon": ["full"]}))
    path.unlink()
    parts.save(folder / "runs", 0, content)


def of_another_version(folder):
    """A batch without a metric that this version shows."""
    about = json.loads((folder / "about.json").read_text("utf-8"))
    about["code"]["tables"] = "1"
    (folder / "about.json").write_text(json.dumps(about), "utf-8")
    path = files_of(folder, "runs")[0]
    parts.save(folder / "runs", 0, parts.encoded(pq.read_table(path).drop_columns(["roi"]).replace_schema_metadata()))


SPOILT = {
    "no_batch": (lambda folder: (folder / "about.json").unlink(), "gifts 中没有批量运行；请指定 siyu batch 写出的文件夹。"),
    "about": (lambda folder: (folder / "about.json").write_text('{"name": 3'), "gifts/about.json 已损坏；请换一个文件夹重新运行这一批。"),
    "nothing_yet": (lambda folder: [path.unlink() for path in files_of(folder, "runs")], "这一批还没有完成任何一次运行。"),
    "cut_short": (lambda folder: cut_short(folder, "runs"), "这一批存下的内容已损坏；请用原来的设计与文件夹再运行一次 siyu batch。"),
    "forged": (forged, "中的运行不是本版本的格式；请重新运行这一批。"),
    "version": (of_another_version, "这一批由另一版本写成，缺少 roi。"),
}


def why_not_summed(folder):
    """What a job that sums the batch up is told."""
    task = Task(Request.of("sum_up", folder=str(folder)), folder, 1, lambda *_: None, 1000)
    with pytest.raises(ScenarioError) as caught:
        sum_up(task)
    return caught.value


@pytest.mark.parametrize("kind", SPOILT)
def test_what_is_wrong_with_a_stored_batch_is_told_in_both_languages_without_its_place_on_the_server(kind, stored, tmp_path):
    folder = shutil.copytree(stored, tmp_path / "gifts")
    spoil, chinese = SPOILT[kind]
    spoil(folder)
    error = why_not_summed(folder)
    assert in_chinese(error).endswith(chinese)
    assert str(tmp_path) not in in_chinese(error) + in_english(error)
    assert QUOTED not in in_chinese(error) and not CHINESE.search(in_english(error))


def test_a_run_that_is_no_longer_there_is_told_in_chinese(stored, tmp_path):
    folder = shutil.copytree(stored, tmp_path / "gifts")
    with pytest.raises(LookupError) as caught:
        sim.Batch(folder).run(999)
    assert mistake_in_chinese(str(caught.value)) == "没有第 999 次运行；编号 0 至 15 中已完成 16 次。"
    about = folder / "about.json"
    about.write_text(about.read_text("utf-8").replace('"baseline"', '"another"'), encoding="utf-8")
    with pytest.raises(LookupError) as caught:
        sim.Batch(folder).run(0)
    assert mistake_in_chinese(str(caught.value)) == "第 0 次运行的情景不在这一批之中。"


def sentences_in(module):
    """Every sentence of a module about what is wrong with a batch, with 3 in its gaps."""
    nodes = list(ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))))
    pieces = {id(each) for node in nodes if isinstance(node, ast.JoinedStr) for each in node.values}
    for node in nodes:
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces):
            text = node.value if isinstance(node, ast.Constant) else "".join(
                each.value if isinstance(each, ast.Constant) else "3" for each in node.values)
            if re.match(r"(3|what|no run|run 3|this) .*(holds? no|is spoilt;|is of a scenario|is finished yet|written by)", text):
                yield text.rstrip(".")


def test_every_sentence_about_a_batch_that_a_visitor_can_meet_is_known_in_chinese_and_no_other():
    told = {text for module in (sim.batches.stored.about, sim.batches.stored.batch, sim.ui.jobs.stored) for text in sentences_in(module)}
    known = {GAP.sub("3", english) for english in BATCHES if "is not there" not in english}  # that one is put together of two
    assert told == known
    assert all(CHINESE.search(chinese) and set(GAP.findall(chinese)) == set(GAP.findall(english)) for english, chinese in BATCHES.items())
