"""The gallery shows what its script found: every question is answered in both languages, and pages are the script's."""

from __future__ import annotations

import importlib
import json
import re
import struct
import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from sim.assumptions.loading import shipped
from sim.report.looks import readable

DOCS = Path(__file__).parents[2] / "docs"
sys.path.append(str(DOCS))
FIGURES = importlib.import_module("figures")
SCRIPT = importlib.import_module("write_figures")
SMALL = {
    "who_wins": (2, 2, {"clock.days": 6, "clock.run_out_days": 4}), "j_curve": (2, 0, {"clock.days": 20, "clock.run_out_days": 20}),
    "inverted_u": (2, 2, {"clock.days": 6, "clock.run_out_days": 4}), "dead_pool": (2, 0, {"clock.days": 12, "clock.run_out_days": 12}),
    "price_by_cause": (2, 0, {"clock.days": 730, "market.people": 40_000, "market.starting_customers": []}),
    "cascade_sizes": (3, 0, {"clock.days": 200}), "cohort_triangle": (2, 0, {"clock.days": 183}),
    "account_steps": (2, 0, {"clock.days": 12, "clock.run_out_days": 12}), "event_study": (2, 0, {"clock.run_out_days": 130}),
    "why_they_differ": (2, 2, {"clock.days": 6, "clock.run_out_days": 4}), "tornado": (2, 2, {"clock.days": 6, "clock.run_out_days": 4}),
    "everyones_pool": (2, 2, {"clock.days": 6, "clock.run_out_days": 4}),
}
"""Futures, points and changes with which each question is asked here: enough to draw, not to believe."""


def answers() -> dict:
    return json.loads(SCRIPT.ANSWERS.read_text(encoding="utf-8"))


def test_there_are_twelve_questions_and_each_is_answered():
    assert len(FIGURES.QUESTIONS) == 12
    assert list(answers()) == list(FIGURES.QUESTIONS) == list(SMALL)
    assert {question.scenario for question in FIGURES.QUESTIONS.values()} <= set(shipped())


@pytest.mark.parametrize("language", SCRIPT.LANGUAGES)
def test_the_pages_are_what_the_script_writes(language):
    page = SCRIPT.PAGES[language].read_text(encoding="utf-8")
    assert page == SCRIPT.page(language, answers()), "run `make figures` and commit"


@pytest.mark.parametrize("language", SCRIPT.LANGUAGES)
def test_every_picture_is_there_wide_enough_to_read_and_no_other(language):
    files = {name: SCRIPT.FOLDER / f"{name}-{language}.png" for name in FIGURES.QUESTIONS}
    widths = {name: struct.unpack(">I", file.read_bytes()[16:20])[0] for name, file in files.items()}
    assert min(widths.values()) >= 600
    assert {file.name for file in SCRIPT.FOLDER.glob(f"*-{language}.png")} == {file.name for file in files.values()}


def test_every_answer_has_its_numbers_in_both_languages():
    for name, answer in answers().items():
        english, chinese = (re.findall(r"\d+", answer[language]) for language in ("en", "zh"))
        assert len(english) >= 3 and len(chinese) >= 3, name
        assert re.search(r"[\u4e00-\u9fff]", answer["zh"]) and not re.search(r"[\u4e00-\u9fff]", answer["en"]), name


@pytest.mark.parametrize("name", FIGURES.QUESTIONS)
def test_a_question_is_asked_and_drawn_in_both_languages(name):
    futures, points, changes = SMALL[name]
    question = FIGURES.QUESTIONS[name]
    found = question.ask(FIGURES.Size(futures, points, changes))
    for language in SCRIPT.LANGUAGES:
        canvas = FigureCanvasAgg(SCRIPT.draw(question, found, readable(language)[0]))
        canvas.draw()
        assert np.asarray(canvas.buffer_rgba())[..., :3].min() < 128
        assert question.scenario in question.caption(found.marks, language)
        assert str(question.size.futures) in question.caption(found.marks, language)


def test_a_figure_that_does_not_exist_is_refused():
    with pytest.raises(SystemExit, match="there is no figure 'nothing'"):
        SCRIPT.main(["nothing"])
