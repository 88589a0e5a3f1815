"""The Answer page: the same numbers as the command line, in words, dots, charts, files; previews, presets, reasons."""

from __future__ import annotations

import io
import json

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")

from pypdf import PdfReader
from said import CHINESE, answer, tables

import sim
from sim.questions.waterfall.study import waterfall_of
from sim.report import words as report
from sim.report.brief import Brief
from sim.report.fonts import chinese_family
from sim.ui import figures, figures_gap, work
from sim.ui.charts_of_answer import charts, number_rows
from sim.ui.sliders import SLIDERS

PRICE, _, _, TOUCHES, _ = SLIDERS


def compared(*changes: str, futures: int = 2):
    return sim.compare(sim.load("baseline", ["clock.days=30", *changes]), seeds=futures)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_answer_is_word_for_word_that_of_the_command_line(open_app, language):
    page = open_app(lang=language)
    told = compared().as_json()["verdict"][language]
    assert answer(page).replace(" ", "") == told.replace(" ", "")


def test_the_table_and_the_charts_show_the_numbers_of_the_comparison(open_app):
    page = open_app()
    roi = {name: report.quantity("roi", found["roi"].mean) for name, found in compared().estimates.items()}
    (table,) = tables(page)
    assert [cell.split()[0] for cell in table[1][1:]] == list(roi.values())
    dots, cash, by_roi, waterfall = (json.loads(each.proto.spec) for each in page.get("plotly_chart"))
    drawn = [trace["text"][0] for trace in by_roi["data"] if "text" in trace]
    assert drawn == [f"{found['roi'].mean:.2f}" for found in reversed(compared().estimates.values())]
    assert cash["layout"]["yaxis"]["title"]["text"].startswith("cumulative cash (")
    assert waterfall["data"][0]["orientation"] == "h"
    won = sum(color == "#009E73" for color in dots["data"][0]["marker"]["color"])
    assert f"wins in {won} of 2 futures" in answer(page)


def test_a_tie_stands_left_of_zero_and_no_dot_on_both_sides():
    values = (-3.0, -0.001, 0.0, 0.001, 8.0, 8.1)
    futures = figures_gap.Futures("hybrid", "public_only", tuple(range(6)), values)
    drawn = figures_gap.futures_figure(futures, "en").data[0].x
    assert [value > 0 for value in drawn] == [value > 0 for value in values]
    assert futures.won == 3


def test_dots_right_of_zero_are_the_futures_that_the_sentence_counts():
    found = compared("public.start_click_price_cny=1.4", futures=6)
    dots = figures_gap.futures_figure(figures_gap.futures_of(found), "en").data[0].x
    won = sum(value > 0 for value in dots)
    assert f"wins in {won} of 6 futures" in report.verdict(found, "en")


def test_the_waterfall_adds_up_to_the_difference_and_equals_that_of_the_experiment():
    found = compared(futures=4)
    from_books = waterfall_of(found, "private_pool", "public_only")
    experiment = sim.waterfall(found.scenario, by="accounts", seeds=4)
    assert sum(bar.micro_yuan for bar in from_books.bars) == from_books.total_micro_yuan
    assert from_books.bars == experiment.bars
    assert from_books.total == experiment.total
    bars = figures_gap.waterfall_figure(from_books, "en").data[0]
    assert bars.x[-1] == pytest.approx(sum(bars.x[:-1]))
    assert list(bars.base[1:-1]) == pytest.approx([a + b for a, b in zip(bars.base[:-2], bars.x[:-2], strict=True)])


def test_charts_have_names_that_say_what_they_show(open_app):
    names = [each.proto.alt for each in open_app().get("plotly_chart")]
    assert names[1:3] == [figures.cash_alt(compared(), "en"), figures.roi_alt(compared(), "en")]
    assert names[0] == "One dot for each future: Hybrid earns more than Public only in 2 of 2 futures."
    assert names[1].startswith("Median cumulative cash of each strategy after 395 days: Public only ")
    assert names[3].startswith("Waterfall by account. Hybrid less Public only on net profit: ")


@pytest.mark.parametrize("key", ["futures", "cash", "roi", "waterfall"])
def test_behind_a_chart_stand_its_method_and_a_table_in_the_language_of_the_page(key):
    (chart,) = [each for each in charts(compared(), "zh") if each.key == key]
    head, *rows = chart.rows()
    assert {len(row) for row in rows} == {len(head)}
    assert rows
    assert all(CHINESE.search(text) for text in (chart.heading, chart.note, chart.method, chart.alt, head[0]))


def test_the_file_of_numbers_has_every_metric_with_its_definition():
    head, *rows = number_rows(compared(), "en")
    assert len(head) == 7
    assert {row[1] for row in rows} == {each.label_en for each in sim.results.metrics.METRICS.values()}
    assert all(row[-1] for row in rows)


def test_portions_of_futures_make_the_same_comparison_as_all_at_once():
    short = sim.load("baseline", ["clock.days=20", "clock.run_out_days=10"])
    place, seen = work.Kept(short, 10), []
    while not place.is_full:
        place.fill(lambda _done, _total: None, place.lived)
        seen.append(place.lived)
    assert seen == [1, 8, 10]
    assert place.comparison.as_json() == sim.compare(short, seeds=10).as_json()


def test_a_portion_that_another_visitor_has_lived_is_not_lived_again():
    place = work.Kept(sim.load("baseline", ["clock.days=3", "clock.run_out_days=0"]), 10)
    place.fill(lambda _done, _total: None, 0)
    place.fill(lambda _done, _total: None, 0)
    assert place.lived == 1


def test_more_futures_are_drawn_portion_by_portion_and_only_the_last_is_no_preview(open_app, monkeypatch):
    shown = []
    monkeypatch.setattr("sim.ui.pages.answer._sentence", lambda found, _language, *, is_preview: shown.append(
        (len(found.seeds), is_preview)) or "<section class='siyu-answer'></section>")
    open_app(futures="9", days="7")
    assert shown == [(1, True), (8, True), (9, False)]


def test_where_nothing_was_spent_the_chart_says_that_roi_is_undefined():
    shop = sim.load("square_as_stated", ["clock.days=5", "clock.run_out_days=5", "visitors.passers_by_per_day=500.0"])
    figure = figures.roi_figure(sim.compare(shop, seeds=2), "en")
    assert [note.text for note in figure.layout.annotations] == ["undefined: nothing was spent"]


def test_the_trust_line_gives_the_command_for_the_same_answer(open_app):
    page = open_app(**{PRICE: "4", "lang": "zh"})
    told = f"siyu compare baseline --set {PRICE}=4 --set clock.days=30 --seeds 2 --lang zh"
    assert [each for each in page.get("html") if f"<code>{told}</code>" in each.proto.body]
    assert page.exception == page.warning == []


def test_a_kind_of_brand_is_a_scenario_at_its_own_values(open_app):
    page = open_app(**{PRICE: "4"})
    page.button_group(key="brand.en").set_value("fresh_food").run()
    assert page.query_params["scenario"] == "fresh_food"
    assert page.selectbox(key="scenario.en").value == "fresh_food"
    assert PRICE not in page.query_params
    assert [page.slider(key=f"fresh_food.{key}").value for key in (PRICE, TOUCHES)] == [1.0, 12.0]


def test_a_parameter_without_a_slider_in_sight_is_moved_by_the_link_and_taken_back(open_app):
    page = open_app(**{"pool.muted_seen_factor": "0.01"})
    assert page.slider(key="baseline.pool.muted_seen_factor").value == 0.01
    assert answer(page) == report.verdict(compared("pool.muted_seen_factor=0.01"), "en")
    page.button(key="reset").click().run()
    assert "pool.muted_seen_factor" not in page.query_params
    assert answer(page) == report.verdict(compared(), "en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_brief_is_one_page_whose_text_holds_the_answer(language):
    if language == "zh" and chinese_family() is None:
        pytest.skip("this computer has no Chinese font")
    found = compared()
    (page,) = PdfReader(io.BytesIO(Brief(found, language, changes=["brand.gift_cny=5"]).saved("pdf"))).pages
    text = "".join(page.extract_text().split())
    assert "".join(report.verdict(found, language).split()) in text
    assert "brand.gift_cny=5" in text
    assert Brief(found, language).saved("png").startswith(b"\x89PNG")
