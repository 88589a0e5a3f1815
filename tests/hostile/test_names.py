"""Names and questions that would be HTML, Markdown, LaTeX or a formula somewhere: shown as what they are."""

from __future__ import annotations

import json
import re

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")

from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

import sim
from sim.assumptions.errors import ScenarioError
from sim.report.spreadsheets import csv_text
from sim.ui import pages
from sim.ui.jobs import board as boards

EVIL = '<img src=x onerror=alert(1)> ![seen](http://outside.example/a.png) [here](http://outside.example) $\\frac{1}{2}$ **bold** =1+1'
FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://outside.example")', "=cmd|' /C calc'!A0"]


@pytest.fixture
def open_page(root, monkeypatch, tmp_path):
    monkeypatch.setenv("SIYU_JOBS_DIR", str(tmp_path / "jobs"))
    boards.the_board.cache_clear()

    def opened(name, **link):
        others = [each for each in pages.IN_NAVIGATION if each != name]
        monkeypatch.setattr(pages, "IN_NAVIGATION", (name, *others))
        page = AppTest.from_file(str(root / "app.py"), default_timeout=180)
        page.query_params.update({"days": "20", "futures": "2"} | link)
        return page.run()

    yield opened
    boards.the_board().close()
    boards.the_board.cache_clear()


def raw(page):
    """What the browser is told as HTML or as Markdown, element by element."""
    for node in page.main:
        proto = getattr(node, "proto", None)
        if proto is None or not hasattr(proto, "DESCRIPTOR"):
            continue
        told = MessageToDict(proto)
        yield proto.DESCRIPTOR.name, told.get("body", json.dumps(told, ensure_ascii=False))


@pytest.mark.parametrize("page", ["answer", "compare", "live", "what_if", "my_data", "runs", "model"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_stranger_s_question_is_words_on_every_page(page, language, open_page):
    from sim.ui.own_scenarios import keep

    scenario = sim.load("baseline", {"clock.days": 20}).model_copy(update={"question": EVIL, "question_zh": EVIL, "source": EVIL})
    shown = open_page(page, scenario=keep(scenario, "uploaded"), lang=language)
    assert not shown.exception
    for kind, body in raw(shown):
        if kind == "Html":
            assert "<img src=x" not in body, body
        if kind in ("Markdown", "Alert"):
            assert not re.search(r"(?<!\\)!\[seen\]|(?<!\\)\[here\]\(http", body), body


@pytest.mark.parametrize("name", [EVIL, *FORMULAS, "<b>", "a/b", "../x", "a b", "名"])
def test_no_scenario_can_have_such_a_name(name):
    with pytest.raises(ScenarioError):
        sim.load("baseline", {"name": name})


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_download_begins_a_formula(text):
    told = csv_text([[text, 3, -2.5, None]])
    assert told.lstrip('"').startswith("'") and told.rstrip("\n").endswith(",3,-2.5,")
