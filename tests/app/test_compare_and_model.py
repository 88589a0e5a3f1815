"""The Compare and the Model page without a browser: sides, differences, files that are uploaded, assumptions, words."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")

from said import CHINESE, answer, tables

import sim
from sim.assumptions.scenario import UNITS
from sim.inference.comparison import MAIN
from sim.questions.compare.side import Side
from sim.report.claims import CLAIMS
from sim.report.glossary import TERMS
from sim.results.metrics import METRICS
from sim.running import World, run_many
from sim.ui import side_figures, sides
from sim.ui.own_scenarios import keep
from sim.ui.side_tables import differing, main_rows
from sim.ui.words import frame as frame_words
from sim.ui.words import model as model_words
from sim.ui.words import what_if as what_if_words
from sim.ui.words.compare import say

SHORT = ["clock.days=30", "clock.run_out_days=30"]


def side(strategy: str, *changes: str, futures: int = 3) -> Side:
    scenario = sim.load("baseline", [*SHORT, *changes])
    return Side.of(run_many([World(scenario, strategy, seed) for seed in range(1, futures + 1)]))


def test_a_side_against_itself_is_exactly_zero_on_every_metric():
    one, same = side("hybrid"), side("hybrid")
    for metric, gap in one.less(same).items():
        assert (gap.mean, gap.low, gap.high) in ((0.0, 0.0, 0.0), (None, None, None)), metric
    rows = main_rows([one, same], ["A", "B"], MAIN, "en")
    assert rows.count("exactly equal") == sum(gap.mean is not None for name, gap in one.less(same).items() if name in MAIN)
    assert "siyu-strip" not in rows


def test_two_sides_differ_as_the_comparison_of_the_two_strategies_says():
    scenario = sim.load("baseline", SHORT)
    found = sim.compare(scenario, ["hybrid", "public_only"], seeds=3)
    gaps = side("hybrid").less(side("public_only"))
    for metric in MAIN:
        told, sign = found.difference(metric, "hybrid", "public_only"), 1
        if told.better != "hybrid":
            sign = -1
        assert gaps[metric].mean == (None if told.mean is None else pytest.approx(sign * told.mean)), metric
    assert side("hybrid").values()["roi"].mean == found.estimates["hybrid"]["roi"].mean


def test_sides_lived_in_other_futures_cannot_be_subtracted():
    with pytest.raises(ValueError, match="same futures"):
        side("hybrid").less(side("hybrid", futures=2))
    with pytest.raises(ValueError, match="one scenario under one strategy"):
        Side.of([])


def test_people_and_money_of_a_side_are_those_of_its_runs():
    scenario = sim.load("baseline", SHORT)
    (run,) = run_many([World(scenario, "hybrid", 1)])
    one = Side.of([run])
    assert one.people["active"].tolist() == run.count("active").tolist()
    assert one.people["left"][-1] == sum(run.count(name).sum() for name in ("left", "removed", "banned"))
    assert one.account("ads_new") == pytest.approx(run.account("ads_new").sum() / 1e6)
    assert one.click_price_cny[1].tolist() == pytest.approx((run.count("click_price") / 1e6).tolist())


def test_cohorts_are_read_only_where_the_horizon_was_watched_to_its_end():
    found = side("hybrid").cohorts
    assert not np.isnan(found[0, 0])
    assert np.isnan(found[:, 1:]).all()


def test_exactly_the_changed_keys_differ():
    changed = side("hybrid", "brand.gift_cny=5.0", "public.rivals.0.advertisers_count=3")
    found = differing([side("hybrid"), changed])
    assert list(found) == ["public.rivals.0.advertisers_count", "brand.gift_cny"]
    assert found["brand.gift_cny"] == [3.0, 5.0]
    assert differing([side("hybrid"), side("public_only")]) == {}


def test_the_address_names_sides_and_what_makes_no_sense_in_it_is_left_out():
    assert [each.written() for each in sides.chosen("this:hybrid,car:public_only")] == ["this:hybrid", "car:public_only"]
    usual = ["this:public_only", "this:hybrid", "this:private_pool"]
    for text in ("", "this:hybrid", "this:/etc/passwd.py:X,this:os:system", "../x:hybrid,own-none:hybrid", "a,b,c"):
        assert [each.written() for each in sides.chosen(text)] == usual, text
    assert len(sides.chosen(",".join(["this:hybrid"] * 9))) == 4


def test_the_page_draws_five_charts_with_names_and_a_table(open_app):
    page = open_app("compare", sides="this:hybrid,this:hybrid,fresh_food:hybrid")
    assert not page.exception
    names = [each.proto.alt for each in page.get("plotly_chart")]
    assert len(names) == 5
    assert all(re.search(r"[A-Z].*: A Hybrid · baseline; B Hybrid · baseline; C Hybrid · fresh_food\.", name) for name in names)
    main, differences = tables(page)
    assert [row[0].split(" (")[0] for row in main[1:]] == [METRICS[name].label_en for name in MAIN]
    assert "clock.days" in [row[0] for row in differences]
    assert "B Hybrid · baseline and A Hybrid · baseline are exactly equal." in answer(page)


def test_a_side_can_be_added_removed_and_changed_and_the_address_follows(open_app):
    page = open_app("compare", sides="this:hybrid,this:public_only")
    page.button(key="add-side").click().run()
    assert page.query_params["sides"] == "this:hybrid,this:public_only,this:public_only"
    page.selectbox(key="side-2-this:public_only-en-strategy").set_value("private_pool").run()
    assert page.query_params["sides"] == "this:hybrid,this:public_only,this:private_pool"
    page.button(key="remove-0").click().run()
    assert page.query_params["sides"] == "this:public_only,this:private_pool"
    assert not page.exception


def test_an_uploaded_scenario_becomes_a_side_and_a_bad_one_is_told_in_sentences(open_app):
    page = open_app("compare", sides="this:hybrid,this:public_only")
    good = "extends: baseline.yaml\nclock: {days: 30, run_out_days: 0}\nbrand: {gift_cny: 7.0}\n"
    page.file_uploader(key="scenario-file-box").upload("mine.yaml", good.encode(), "application/yaml").run()
    assert not page.exception
    name = keep(sim.loads(good, "mine.yaml"), "uploaded")
    assert page.query_params["sides"] == f"this:hybrid,this:public_only,{name}:public_only"
    bad = "extends: ../../etc/passwd\nbrand: {gift: 7, touches_per_month: -1}\n<script>: 1\n"
    page.file_uploader(key="scenario-file-box").upload("bad.yaml", bad.encode(), "application/yaml").run()
    assert not page.exception
    assert page.error[0].value.startswith("This file cannot be used.")
    told = page.code[0].value
    assert all(word in told for word in ("bad.yaml", "extends", "gift", "touches_per_month"))
    page.file_uploader(key="scenario-file-box").upload("bytes.yaml", b"\xff\xfe\x00", "application/yaml").run()
    assert page.code[0].value == "bytes.yaml: it is not UTF-8 text; save it as UTF-8 in your editor."


def test_a_bad_scenario_is_told_wholly_in_chinese_on_the_chinese_page(open_app):
    page = open_app("compare", sides="this:hybrid,this:public_only", lang="zh")
    bad = "extends: ../../etc/passwd\nbrand:\n  gift: 7\n  touches_per_month: -1\n<script>: 1\n"
    page.file_uploader(key="scenario-file-box").upload("bad.yaml", bad.encode(), "application/yaml").run()
    assert page.error[0].value == "此文件无法使用，问题如下："
    assert page.code[0].value.splitlines() == [
        "bad.yaml 第 1 行：extends 写的是 ../../etc/passwd，这里没有这个情景；请写 `siyu scenarios` 所列之一，如 baseline。",
        "bad.yaml 第 3 行：没有参数 brand.gift；是否指 brand.gift_cny？",
        "bad.yaml 第 4 行：brand.touches_per_month 的值是 -1，而它应是 0 至 240 的数（次/月）；请写 0 或更大的数。",
        "bad.yaml 第 5 行：没有参数 <script>；`siyu explain baseline` 会列出全部参数。",
    ]


def test_small_multiples_share_their_axes():
    found = [side("hybrid"), side("public_only", "public.start_click_price_cny=4.0")]
    figure = side_figures.price_figure(found, ["A", "B"], "en")
    assert figure.layout.xaxis2.matches == "x"
    assert figure.layout.yaxis2.matches == "y"
    heat = side_figures.cohort_figure(found, ["A", "B"], "en").data
    assert heat[0].zmin == heat[1].zmin
    assert heat[0].zmax == heat[1].zmax


def test_an_equal_side_is_said_to_be_equal_in_both_languages():
    assert say("more_equal", "en", other="B", first="A") == "B and A are exactly equal."
    assert CHINESE.search(say("more_equal", "zh", other="B", first="A"))


# The Model page


def test_every_assumption_stands_on_the_page_with_its_value_unit_and_source(open_app):
    page = open_app("model", **{"public.start_click_price_cny": "4"})
    rows = {row[-1]: row for table in tables(page) for row in table[1:]}
    told = {row.key: row for row in sim.explain("baseline") if row.key not in ("name", "question", "question_zh", "source", "expect")}
    assert set(rows) == set(told)
    assert rows["public.start_click_price_cny"][1] == "4"
    assert rows["public.start_click_price_cny"][2:4] == ["yuan", "2"]
    assert all(row[0] and row[4] for row in rows.values())


def test_only_what_differs_and_only_what_is_looked_for_is_shown(open_app):
    page = open_app("model", **{"public.start_click_price_cny": "4"})
    page.toggle(key="only.en").set_value(True).run()
    assert {row[-1] for table in tables(page) for row in table[1:]} == {"clock.days", "public.start_click_price_cny"}
    page.text_input(key="find.en").set_value("CLICK price").run()
    assert {row[-1] for table in tables(page) for row in table[1:]} == {"public.start_click_price_cny"}
    page.text_input(key="find.en").set_value("zebra").run()
    assert page.info[0].value.startswith("Nothing has that word")


def test_the_parts_of_the_page_are_in_the_address(open_app):
    page = open_app("model", part="limits", lang="zh")
    (table,) = tables(page)
    assert [row[0] for row in table[1:]] == [claim.never_zh for claim in CLAIMS]
    page.button_group(key="part.zh").set_value("glossary").run()
    assert page.query_params["part"] == "glossary"
    (table,) = tables(page)
    assert [row[0] for row in table[1:]] == [term.chinese for term in TERMS]


def _cells(path, heading):
    lines = path.read_text(encoding="utf-8").split(heading, 1)[1].splitlines()[2:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")])
    return rows


def test_the_glossary_of_the_docs_and_that_of_the_app_are_one(root):
    rows = _cells(root / "docs/glossary.md", "| English | 中文 | in Siyu | meaning | 含义 |")
    told = [[term.english, term.chinese, term.where, term.meaning_en, term.meaning_zh] for term in TERMS]
    assert [[cell.strip("| ").replace("`", "") for cell in row] for row in rows] == told
    assert all(CHINESE.search(term.meaning_zh) for term in TERMS)


def test_what_must_not_be_claimed_is_the_same_in_the_docs_and_in_the_app(root):
    rows = _cells(root / "docs/explanation/limits.md", "| do not say | because | say instead |")
    assert [row[0].strip('| "') for row in rows] == [claim.never_en for claim in CLAIMS]
    for row, claim in zip(rows, CLAIMS, strict=True):
        plain = re.sub(r" \((\[.*?\]\(.*?\)|`.*?`)\)", "", row[1])
        assert plain == claim.because_en
        assert CHINESE.search(claim.never_zh + claim.because_zh)


def test_the_figure_of_differences_has_a_dot_for_each_future():
    figure = side_figures.gaps_figure([side("hybrid"), side("public_only")], ["A", "B"], "profit_cny", "zh")
    dots = json.loads(figure.to_json())["data"][0]
    assert len(dots["customdata"]) == 3


def test_every_group_of_assumptions_and_every_unit_has_a_name_on_the_page():
    about = {"name", "question", "question_zh", "source", "expect"}
    assert set(sim.Scenario.model_fields) - about <= set(model_words.TEXTS)
    assert set(UNITS.values()) <= set(frame_words.UNITS)


def test_what_scenarios_expect_of_themselves_is_no_assumption_that_differs():
    worlds = [World(sim.load(name, ["clock.days=5", "clock.run_out_days=1"]), "public_only", 1) for name in ("luxury", "baseline")]
    keys = differing([Side.of(run_many([world])) for world in worlds])
    assert "market.order_value_cny" in keys
    assert not [key for key in keys if key.startswith("expect")]


def test_frames_bear_letters_where_names_of_sides_are_long():
    assert side_figures.lettered(["A Public only", "B Hybrid"]) == []
    long = ["A Private pool · daily_breakfast", "B Hybrid · luxury"]
    assert side_figures.lettered(long) == long


def test_chinese_stands_apart_from_latin_names_and_close_to_chinese():
    told = say("most", "zh", best="A 主做私域 · daily_breakfast", profit="3 万元")
    assert told == "A 主做私域 · daily_breakfast 净利润最高，为 3 万元。"
    never = what_if_words.say("flip_never", "zh", label="客单价均值", low="60", high="200 元", winner="只做公域")
    assert never == "客单价均值：在 60 至 200 元之间结论都不变，只做公域始终赚得更多。"
