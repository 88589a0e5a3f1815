"""Why the winner wins, by mechanism, and what would change the answer: asked for, and found by jobs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from sim.inference.comparison import Comparison
from sim.questions.breakeven.answer import BreakEven
from sim.questions.waterfall.answer import Waterfall
from sim.text.phrases import Language
from sim.ui import figures_gap, job_panel, state
from sim.ui.chart import Chart, draw
from sim.ui.flips import flip_sentences
from sim.ui.jobs.request import Request
from sim.ui.link import sliders
from sim.ui.sliders import SLIDERS
from sim.ui.visit import Visit
from sim.ui.words.answer import say

LINK = ("why", "flip")
"""Where the address names the two jobs."""

FUTURES = 8


def ask(visit: Visit, comparison: Comparison) -> None:
    """Both questions side by side, about the winner and its closest rival."""
    lead = comparison.verdict.profit.lead
    if lead is None:
        return
    strategies = (lead.better, lead.than)
    left, right = st.columns(2)
    with left:
        _why(visit, strategies)
    with right:
        _flip(visit, strategies)


def _why(visit: Visit, strategies: Sequence[str]) -> None:
    language = visit.language
    st.header(say("why_heading", language), anchor=False)
    request = Request.of("waterfall", visit.scenario, strategies=list(strategies), seeds=FUTURES)
    job = job_panel.ask(visit, "why", request, say("why_ask", language), help=say("why_help", language))
    if job:
        answer: Waterfall = job.answer()
        st.markdown(answer.in_words(language))
        draw(st.container(), _why_chart(answer, language), language)


def _why_chart(answer: Waterfall, language: Language) -> Chart:
    return Chart(
        "why", say("why_chart", language), say("why_note", language), figures_gap.waterfall_alt(answer, language),
        say("why_method", language, orders=answer.orders, futures=len(answer.seeds)),
        partial(figures_gap.waterfall_figure, answer, language), partial(figures_gap.waterfall_rows, answer, language),
    )


def _flip(visit: Visit, strategies: Sequence[str]) -> None:
    language = visit.language
    st.header(say("flip_heading", language), anchor=False)
    vary = [each.key for each in sliders(visit.base, SLIDERS)]
    request = Request.of("flips", visit.scenario, strategies=list(strategies), seeds=FUTURES, vary=vary)
    job = job_panel.ask(visit, "flip", request, say("flip_ask", language), help=say("flip_help", language))
    if job:
        answers: tuple[BreakEven, ...] = job.answer()
        for answer in answers:
            st.html("".join(f"<p>{escape(each)}</p>" for each in flip_sentences(answer, language)))
            _offer(answer, visit)


def _offer(answer: BreakEven, visit: Visit) -> None:
    """A button for each value at which the winner changes: it moves the slider there."""
    key = answer.span.key
    (slider,) = sliders(visit.base, [key])
    for n, crossing in enumerate(each for line in answer.lines for each in line.crossings):
        text = say("flip_set", visit.language, label=slider.label(visit.language), value=f"{crossing.value:.3g}")
        st.button(text, key=f"set-{key}-{n}", type="tertiary", on_click=state.set_parameter, args=(key, crossing.value))
