"""Why a click became dearer or cheaper, by cause: asked for each scenario that is compared, and found by a job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import streamlit as st

from sim.questions.compare.side import Side
from sim.questions.price_causes.answer import PriceCauses
from sim.text.phrases import Language
from sim.ui import job_panel
from sim.ui.chart import table
from sim.ui.jobs.request import Request
from sim.ui.sides import LETTERS
from sim.ui.visit import Visit
from sim.ui.words.compare import say

LINK = tuple(f"price_{letter.lower()}" for letter in LETTERS)
FUTURES = 4


def ask(visit: Visit, sides: Sequence[Side], labels: Sequence[str]) -> None:
    """A button for each side, or its answer."""
    language = visit.language
    for place, side, label, column in zip(LINK, sides, labels, st.columns(len(sides)), strict=False):
        with column:
            request = Request.of("price_causes", side.scenario, strategy=side.strategy, seeds=FUTURES)
            words = say("causes_ask", language, label=label)
            job = job_panel.ask(visit, place, request, words, help=say("causes_help", language))
            if job:
                _tell(job.answer(), label, language)


def _tell(causes: PriceCauses, label: str, language: Language) -> None:
    st.markdown(causes.in_words(language))
    st.html(table(_rows(causes, language), say("causes_heading", language, label=label)))


def _rows(causes: PriceCauses, language: Language) -> Iterator[list[Any]]:
    yield [say("cause", language), say("times", language), say("log", language)]
    yield from ([part.label(language), part.factor, part.log] for part in causes.parts)
