"""The classroom kit tells of the Live page as it is: the same bets with the same answers, under the same words."""

from __future__ import annotations

import importlib
import json
import re
import sys
from pathlib import Path

import pytest

from sim.records.panel import watch
from sim.ui.live.lessons import LESSONS
from sim.ui.words import lessons as lesson_words
from sim.ui.words import live as live_words

sys.path.append(str(Path(__file__).parents[2] / "docs"))
CLASSROOM = importlib.import_module("write_classroom")
TAUGHT = {"rent_or_own": "rent_or_own", "dead_pool": "unfed", "goes_viral": "viral"}
"""Lessons of the kit, and what the Live page calls each."""
PAGES = sorted(CLASSROOM.FOLDER.glob("*.md"))
PLAIN = {"Goal", "Before", "May be concluded", "May not", "目标", "课前", "可以说", "不可以说", "Live"}
"""Words in bold that are nothing to be found on the page."""


@pytest.mark.parametrize(("lesson", "shown"), list(TAUGHT.items()))
def test_the_first_future_of_a_lessons_bet_is_what_the_live_page_reveals(lesson, shown):
    kept = json.loads(CLASSROOM.KEPT.read_text(encoding="utf-8"))[lesson][0]["first"]
    assert LESSONS[shown].truth(watch(LESSONS[shown].arms())) == pytest.approx(kept, abs=0.05)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_button_and_lesson_that_a_page_names_is_one(page):
    language = "zh" if page.name.endswith(".zh.md") else "en"
    texts = {text[language] for words in (live_words.TEXTS, lesson_words.TEXTS) for text in words.values()}
    text = page.read_text(encoding="utf-8")
    named = {" ".join(bold.split()).rstrip("。.:：") for bold in re.findall(r"\*\*([^*]+?)\*\*", text)}
    assert sorted(named - texts - PLAIN) == []
    assert page.name.startswith("three") or len(named & texts) >= 4
