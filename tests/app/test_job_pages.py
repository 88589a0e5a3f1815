"""What if, My data and Runs without a browser: what they ask of jobs, what they say of the answers, in both languages."""

from __future__ import annotations

import gzip
import io
import json
import re
import time
import zipfile
from dataclasses import replace

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")

import pyarrow as pa
from google.protobuf.json_format import MessageToDict
from pyarrow import parquet
from streamlit.testing.v1 import AppTest

import sim
from sim.assumptions.parameter_ranges import range_of
from sim.cli import main as siyu
from sim.questions.discovery.answer import Condition, Rule, Rules
from sim.ui import pages, rule_cards
from sim.ui.jobs import board as boards
from sim.ui.jobs.board import the_board
from sim.ui.my_data_figures import track_figure
from sim.ui.own_scenarios import kept
from sim.ui.pages import my_data
from sim.ui.runs_figures import Chosen, overlay_figure
from sim.ui.samples import ORDERS, SEED, SHOP, STRATEGY
from sim.ui.samples.__main__ import write

PRICE, NEED, TOUCHES = "public.start_click_price_cny", "market.need_factor", "brand.touches_per_month"
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
SHORT = {"days": "30", "futures": "2"}


@pytest.fixture
def open_page(root, monkeypatch, tmp_path):
    """Opens a page of the app at a link, with jobs of its own."""
    monkeypatch.setenv("SIYU_JOBS_DIR", str(tmp_path / "jobs"))
    boards.the_board.cache_clear()

    def opened(name: str, **link: str) -> AppTest:
        others = [each for each in ("answer", "what_if", "my_data", "runs") if each != name]
        monkeypatch.setattr(pages, "IN_NAVIGATION", (name, *others))
        page = AppTest.from_file(str(root / "app.py"), default_timeout=180)
        page.query_params.update(SHORT | link)
        return page.run()

    yield opened
    the_board().close()
    boards.the_board.cache_clear()


def finished(page: AppTest) -> AppTest:
    """The page when no job goes on any more."""
    end = time.monotonic() + 180
    while any("stop-" in str(each.key) for each in page.button):
        while not all(job.is_over for job in the_board().jobs()):
            assert time.monotonic() < end
            time.sleep(0.1)
        page.run()
    assert not page.exception
    return page


def press(page: AppTest, key: str) -> AppTest:
    """The page after a button was pressed and all that it asked for is there."""
    return finished(page.button(key=key).click().run())


def link_of(page: AppTest) -> dict[str, str]:
    """What the page's address says."""
    return {key: value[0] if isinstance(value, list) else value for key, value in page.query_params.items()}


def said(page: AppTest) -> str:
    """All that the page says, but for the language switch, styles and scripts."""
    texts = []
    for node in page.main:
        proto = getattr(node, "proto", None)
        if proto is not None and hasattr(proto, "DESCRIPTOR") and getattr(node, "key", None) != "language":
            texts.append(json.dumps(MessageToDict(proto), ensure_ascii=False))
    return "\n".join(text for text in texts if "<style>" not in text and "<script>" not in text)


def charts(page: AppTest) -> list[dict]:
    return [json.loads(each.proto.spec) for each in page.get("plotly_chart")]


def shop(**changes):
    return sim.load("baseline", {"clock.days": 30, **changes})


# What if


def test_the_flip_value_is_that_of_the_experiment_and_setting_it_makes_the_answer_too_close_to_call(open_page):
    page = press(open_page("what_if", futures="4"), "ask-flip")
    told = sim.breakeven(shop(), PRICE, kinds=("equal_envelope",), seeds=4, points=7)
    (crossing,) = told.line("equal_envelope").crossings
    assert f"the answer changes at {crossing.value:.3g} yuan" in said(page)
    assert "a clear lead for Public only" in said(page)
    page = finished(page.button(key=f"set-{crossing.value:.4g}").click().run())
    assert "too close to call." in said(page)
    value = float(page.query_params[PRICE][0] if isinstance(page.query_params[PRICE], list) else page.query_params[PRICE])
    assert value == pytest.approx(crossing.value, rel=1e-3)
    gap = sim.waterfall(shop(**{PRICE: value}), by="accounts", seeds=4).total
    assert gap.low < 0 < gap.high


def test_a_question_that_was_answered_is_shown_again_from_its_link_and_not_for_other_assumptions(open_page):
    page = press(open_page("what_if"), "ask-flip")
    link = link_of(page)
    again = open_page("what_if", **link)
    assert "the answer changes at" in said(again)
    other = open_page("what_if", **link, **{NEED: "2"})
    assert "The assumptions have changed since this was asked." in said(other)
    assert "the answer changes at" not in said(other)
    gone = open_page("what_if", flip="abcdefghijklmnop")
    assert "The link names a job that this server does not keep" in said(gone)


def test_the_map_s_marker_stands_where_the_sliders_stand_and_follows_them_without_a_new_answer(open_page):
    page = press(open_page("what_if", across=PRICE, up=TOUCHES), "ask-map")
    here = charts(page)[-1]["data"][-1]
    assert (here["x"], here["y"]) == ([2.0], [float(shop().brand.touches_per_month)])
    page = finished(page.slider(key=f"map-baseline-{PRICE}").set_value(3.5).run())
    here = charts(page)[-1]["data"][-1]
    assert here["x"] == [3.5]
    assert "you are here" in str(here["text"])
    zero = charts(page)[-1]["data"][1]["contours"]
    assert (zero["start"], zero["end"]) == (0, 0)


def test_the_tornado_shows_both_ends_of_each_main_assumption_the_widest_on_top(open_page):
    page = press(open_page("what_if"), "ask-tornado")
    (figure,) = charts(page)
    low, high = figure["data"]
    widths = [abs(a["x"] - b["x"]) if isinstance(a, dict) else abs(a - b) for a, b in zip(values(low["x"]), values(high["x"]), strict=True)]
    assert len(widths) == 15
    assert widths == sorted(widths)
    assert "Of 17 assumptions so many change the winner" in said(page) or "None of 17 assumptions" in said(page)


def values(column):
    """Numbers of a chart's column, which Plotly may have packed."""
    if isinstance(column, dict):
        import base64

        import numpy as np

        return np.frombuffer(base64.b64decode(column["bdata"]), column["dtype"]).tolist()
    return column


def test_stopping_takes_a_job_back_and_offers_to_ask_again(open_page):
    page = open_page("what_if", days="365", futures="100").button(key="ask-flip").click().run()
    (stop,) = [each for each in page.button if "stop-" in str(each.key)]
    page = stop.click().run()
    page = page.run()
    assert [job.state for job in the_board().jobs()] == ["stopped"]
    assert page.button(key="ask-flip").label == "Find its flip value"
    assert "Stopped." in said(page)


def test_the_first_page_tells_what_would_change_the_answer_without_keys_or_notation(open_page):
    link = link_of(press(open_page("answer"), "ask-flip"))
    for language, label, words in (("en", "Mean value of an order: ", "earns more"), ("zh", "客单价均值：", "赚得更多")):
        page = open_page("answer", **link | {"lang": language})
        told = [each for each in re.findall(r"<p>([^<]+)</p>", "".join(each.proto.body for each in page.get("html"))) if words in each]
        assert len(told) >= 5
        assert any(each.startswith(label) for each in told)
        assert not [each for each in told if ".." in each or re.search(r"[a-z]+\.[a-z_]+", each)]


def test_a_rule_card_says_who_wins_where_how_often_and_how_much_that_covers():
    span = range_of(shop(), PRICE)
    rule = Rule("private_pool", (Condition(span, ">=", 3.2),), 0.91, 0.55, 64)
    rules = Rules("baseline", "0", "profit_cny", ("private_pool", "public_only"), (1, 2), (span,), 150, 0.3, (rule,), 1200)
    english, chinese = (rule_cards.card(rule, rules, language) for language in ("en", "zh"))
    for part in ("Private pool wins, mostly, if", "at least 3.2 yuan", "91%", "55%", "64 worlds"):
        assert part in english
    for part in ("主做私域", "不低于 3.2 元", "91%", "55%", "64 种情形"):
        assert part in chinese
    seldom = replace(rule, density=0.33)
    assert "Private pool wins more often than elsewhere, if" in rule_cards.card(seldom, rules, "en")
    assert "主做私域赢的机会高于其他情形" in rule_cards.card(seldom, rules, "zh")


# My data


def test_the_sample_log_is_what_its_scenario_makes(tmp_path):
    write(tmp_path / "orders.csv")
    assert (tmp_path / "orders.csv").read_bytes() == ORDERS.read_bytes()
    assert (STRATEGY, SEED) == ("public_only", 7)


def test_the_sample_log_recovers_the_parameters_that_made_it_and_using_it_changes_the_scenario_of_the_visit(open_page):
    page = press(open_page("my_data"), "sample")
    chosen = [each.value for each in page.selectbox if "column-" in str(each.key)]
    assert chosen == [0, 1, 2, None]
    assert "How the log was read" in said(page)
    page = press(page, "ask-fit")
    (job,) = [job for job in the_board().jobs() if job.request.kind == "fit"]
    truth = sim.load(SHOP).market
    for row in job.raw()["table"][:5]:
        true = getattr(truth, row["key"].split(".")[1])
        assert row["low"] <= true <= row["high"], row
    assert job.raw()["holdout"]["pareto_nbd_mape"] < 0.05
    assert "In the weeks held out there were" in said(page)
    assert not list((job.folder).glob("files/*"))
    page = page.button(key="use").click().run()
    assert not page.exception
    assert "In use: every page now runs on your customers." in said(page)
    (name,) = [page.query_params["scenario"]] if isinstance(page.query_params["scenario"], str) else page.query_params["scenario"]
    assert kept(name).origin == "calibrated"
    assert kept(name).scenario == sim.loads(job.raw()["text"], "x.yaml")


def test_a_fit_is_found_again_from_its_link_after_the_upload_is_gone(open_page):
    page = press(press(open_page("my_data"), "sample"), "ask-fit")
    link = page.query_params["fit"]
    again = open_page("my_data", fit=link if isinstance(link, str) else link[0])
    assert "In the weeks held out there were" in said(again)
    assert "Upload the log again to fit it anew." in said(again)


def upload(page: AppTest, name: str, content: bytes) -> AppTest:
    (uploader,) = page.get("file_uploader")
    return finished(uploader.set_value((name, content, "application/octet-stream")).run())


def workbook_bomb() -> bytes:
    packed = io.BytesIO()
    book = zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
    with book, book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
        for _ in range(700):
            sheet.write(b" " * 1_000_000)
    return packed.getvalue()


def parquet_bomb() -> bytes:
    packed = io.BytesIO()
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 30_000_000, pa.int8()), pa.array(["x"]))
    parquet.write_table(pa.table({"customer": column}), packed, compression="zstd")
    return packed.getvalue()


BAD = {
    "empty.csv": (b"", "the file is empty; export the log again", "文件是空的；请重新导出订单"),
    "notes.pdf": (b"%PDF-1.4 nothing", "this is a PDF; export a table instead", "这是 PDF；请导出表格"),
    "packed.csv": (gzip.compress(b"a,b\n"), "this is a packed file (gzip); unpack it first", "这是压缩文件（gzip）；请先解压"),
    "long.csv": (b"customer,date,amount\n" + b"x" * 64_000_000, "line 2 is more than 1,000,000 bytes long", "第 2 行超过 1,000,000 字节"),
    "damaged.parquet": (b"PAR1 nothing PAR1", "this Parquet file is damaged or cut short", "Parquet 文件已损坏或不完整"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", list(BAD))
def test_a_file_that_is_no_log_is_told_in_a_sentence(open_page, name, language):
    content, english, chinese = BAD[name]
    page = upload(open_page("my_data", lang=language), name, content)
    (told,) = [each.value for each in page.error]
    assert told.startswith(name + (": " if language == "en" else "："))
    assert (english if language == "en" else chinese) in told
    assert str(the_board().root) not in said(page)


@pytest.mark.parametrize(("name", "make"), [("bomb.xlsx", workbook_bomb), ("bomb.parquet", parquet_bomb)])
def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(open_page, name, make):
    content = make()
    assert len(content) < 2_000_000
    page = upload(open_page("my_data"), name, content)
    (told,) = [each.value for each in page.error]
    assert re.fullmatch(rf"{name}: the file unpacks to \d+ MB.*, which no order log needs; export customer, date and amount only\.", told)


def test_columns_that_are_not_recognised_are_asked_for_and_wrong_ones_told(open_page):
    page = upload(open_page("my_data"), "log.csv", b"who,when,how much\n" + b"a,2026-01-01,x\n" * 30)
    assert "Choose the columns of customer, date and amount first" in page.info[0].value
    columns = [each for each in page.selectbox if "column-" in str(each.key)]
    for place, column in enumerate(columns[:3]):
        column.set_value(place)
    page = finished(page.run())
    (told,) = [each.value for each in page.error]
    assert told == "log.csv: the amount in line 2 is x, which is no number; write it as in 129.50."


def test_actual_orders_are_dots_and_the_simulator_a_band():
    picture = {"actual": [1, 3, 6], "held_out": [False, False, True], "low": [0.0, 2.0, 4.0], "high": [2.0, 4.0, 8.0]}
    low, high, dots = track_figure(picture, "en").data
    assert (list(low.y), list(high.y), high.fill) == ([0.0, 2.0, 4.0], [2.0, 4.0, 8.0], "tonexty")
    assert (list(dots.y), dots.mode) == ([1, 3, 6], "markers")


def test_what_the_log_does_not_determine_is_said_so():
    row = {"key": "market.need_gamma_shape", "default": 0.55, "yours": 2.0, "low": None, "high": None, "used": 2.0}
    assert "2 (not determined)" in my_data.table([row], "en")
    assert "无法确定" in my_data.table([row], "zh")
    assert "the log does not say" in my_data.table([row | {"yours": None}], "en")


# Runs


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """A folder with a batch in it, as `siyu app --runs` names it."""
    design = tmp_path / "design.yaml"
    design.write_text(
        "name: gifts\nquestion: Does a gift pay?\nscenarios: [baseline]\nstrategies: [public_only, private_pool]\nseeds: 2\n"
        "changes: {clock.days: 30, clock.run_out_days: 10}\ngrid: {brand.gift_cny: [0.0, 10.0]}\n"
    )
    batch = sim.batch(design, tmp_path / "runs" / "gifts", workers=1)
    monkeypatch.setenv("SIYU_RUNS_DIR", str(tmp_path / "runs"))
    return batch


def test_a_stored_batch_is_summed_up_and_a_downloaded_run_gives_identical_numbers(open_page, stored, tmp_path):
    page = finished(open_page("runs"))
    overlay, scatter = charts(page)
    assert [trace["name"] for trace in overlay["data"]] == ["Public only", "Private pool"]
    assert sum(len(values(trace["x"])) for trace in scatter["data"]) == len(stored) == 8
    page = page.selectbox(key="one-gifts").set_value(5).run()
    assert not page.exception
    scenario, strategy, seed = stored.run(5)
    assert page.code[-1].value == f"siyu run baseline-5.yaml --strategy {strategy} --seed {seed}"
    file = tmp_path / "baseline-5.yaml"
    file.write_text(sim.to_yaml(scenario), encoding="utf-8")
    lived = sim.run(sim.load(file), strategy, seed)
    assert lived.ledger_sha256 == stored.table()["ledger_sha256"].to_pylist()[5]


@pytest.mark.parametrize(("language", "told"), [
    ("en", "gifts: gifts/about\\.json is spoilt; make the batch anew in another folder."),
    ("zh", "gifts：gifts/about.json 已损坏；请换一个文件夹重新运行这一批。"),
])
def test_a_spoilt_batch_is_summed_up_once_and_told_instead_of_asked_again_for_ever(open_page, stored, language, told):
    (stored.folder / "about.json").write_text('{"name": 3', encoding="utf-8")
    page = finished(open_page("runs", lang=language))
    assert [each.value.replace("\\", "") for each in page.error] == [told.replace("\\", "")]
    page = page.run()
    assert len(page.error) == 1
    assert [job.request.kind for job in the_board().jobs()] == ["sum_up"]


def test_a_batch_that_is_cut_off_says_how_much_of_it_is_there(open_page, stored):
    about = json.loads((stored.folder / "about.json").read_text("utf-8"))
    (stored.folder / "about.json").write_text(json.dumps(about | {"runs": 12, "runs_per_part": 8}), encoding="utf-8")
    page = finished(open_page("runs"))
    assert "unfinished, 8 of 12 runs are there" in said(page)


def test_a_run_whose_scenario_is_gone_is_told_and_the_rest_of_the_page_stands(open_page, stored):
    (stored.folder / "scenarios" / "baseline.yaml").unlink()
    page = finished(open_page("runs", lang="zh"))
    assert not page.exception
    (told,) = [each.value for each in page.error]
    assert "没有这个文件" in told and str(stored.folder.parent) not in told.replace("\\", "")
    assert len(charts(page)) == 2


def group(scenario, price, gift, profit):
    return {"scenario": scenario, "values": [price, gift], "strategy": "public_only", "seeds": 2, "estimates": {"profit_cny": [profit, None, None]}}


def test_a_line_of_stored_runs_joins_one_scenario_and_one_value_of_whatever_else_varies():
    groups = [group(scenario, price, gift, 1.0) for scenario in ("baseline", "luxury") for price in (1.0, 2.0) for gift in (0.0, 5.0)]
    found = {"some": {"name": "some", "keys": ["public.start_click_price_cny", "brand.gift_cny"], "groups": groups}}
    chosen = Chosen(found, ("public_only",), ("baseline", "luxury"))
    lines = overlay_figure(chosen, "profit_cny", "public.start_click_price_cny", "en").data
    assert [list(line.x) for line in lines] == [[1.0, 2.0]] * 4
    assert [line.name for line in lines if line.showlegend] == ["Public only · baseline", "Public only · luxury"]
    assert len({line.line.dash for line in lines}) == 2
    assert all("Gift for joining the pool, yuan: " in line.hovertemplate for line in lines)


def test_batches_of_the_same_name_are_told_by_their_folders():
    batch = {"name": "same", "keys": ["public.start_click_price_cny", "brand.gift_cny"], "groups": [group("baseline", 1.0, 0.0, 1.0)]}
    figure = overlay_figure(Chosen({"a": batch, "b": batch}, ("public_only",), ("baseline",)), "profit_cny", "scenario", "zh")
    assert [line.name for line in figure.data] == ["a · 只做公域", "b · 只做公域"]


def test_filters_leave_out_what_is_not_chosen(open_page, stored):
    page = finished(open_page("runs"))
    page.button_group(key="strategies-en").set_value(["private_pool"])
    overlay, scatter = charts(page.run())
    assert [trace["name"] for trace in (*overlay["data"], *scatter["data"])] == ["Private pool"] * 2
    assert len(values(overlay["data"][0]["x"])) == stored.about.runs // 4


def test_more_futures_are_a_job_that_is_listed_stopped_and_removed(open_page):
    page = open_page("runs", days="365").button(key="ask-more").click().run()
    (job,) = the_board().jobs()
    assert (job.request.kind, job.request.options["seeds"]) == ("compare", 200)
    assert "Comparison in 200 futures" in said(page)
    (stop,) = [each for each in page.button if "stop-" in str(each.key)]
    page = stop.click().run()
    page = page.run()
    assert the_board().look(job.id).state == "stopped"
    page = page.button(key=f"forget-{job.id}").click().run()
    assert the_board().jobs() == []
    assert "You have no jobs." in said(page)


def test_a_batch_over_one_assumption_is_made_of_the_scenario_in_use_and_shown_below(open_page):
    page = press(open_page("runs", **{NEED: "1.5"}), "ask-batch")
    (job,) = [job for job in the_board().jobs() if job.request.kind == "batch"]
    assert job.why("en") == ""
    batch = sim.Batch(job.folder / "batch")
    assert batch.about.keys == (PRICE,)
    assert batch.finished and len(batch) == 5 * 2 * 3
    scenario, _, _ = batch.run(0)
    assert (scenario.market.need_factor, scenario.clock.days) == (1.5, 30)
    page = finished(page.run())
    assert len(charts(page)) == 2


@pytest.mark.parametrize("name", ["what_if", "my_data", "runs"])
def test_a_page_speaks_one_language_at_a_time(open_page, name, stored):
    english, chinese = (said(finished(open_page(name, lang=language))) for language in ("en", "zh"))
    assert stored and len(english) > 300
    assert not CHINESE.search(english.replace("中文", ""))
    for text in __import__(f"sim.ui.words.{name}", fromlist=["TEXTS"]).TEXTS.values():
        if len(text["en"]) > 12 and "{" not in text["en"]:
            assert text["en"] not in chinese


def test_the_command_refuses_a_folder_of_runs_that_is_not_there(capsys, tmp_path):
    assert siyu(["app", "--runs", str(tmp_path / "nowhere")]) == 2
    assert "but that is no folder; name one that holds batches." in capsys.readouterr().err
