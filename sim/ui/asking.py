"""Asking for long work on the page of runs: more futures of the scenario in use, and a batch over one assumption."""

from __future__ import annotations

import streamlit as st

from sim.assumptions.parameter_ranges import evenly, range_of
from sim.ui import bounds, state, strangers_text, visitor
from sim.ui.jobs.board import the_board
from sim.ui.jobs.request import Request
from sim.ui.jobs.words import Refused
from sim.ui.link import sliders
from sim.ui.plain_frame import label_of
from sim.ui.sliders import movable
from sim.ui.visit import Visit
from sim.ui.words.runs import say

FUTURES = (200, 400, 1000)
VALUES = 5
"""Values of the assumption that a batch varies."""

FEW = 8
"""Futures of each of them."""


def section(visit: Visit) -> None:
    """Both questions, and a refusal if there is one."""
    left, right = st.columns(2)
    with left:
        _more(visit)
    with right:
        _vary(visit)
    refused = st.session_state.pop("refused-more", None)
    if refused:
        strangers_text.tell("warning", refused[visit.language])


def _more(visit: Visit) -> None:
    """More futures of the scenario in use than the first page waits for."""
    language = visit.language
    st.header(say("more_heading", language), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        futures = st.segmented_control(
            say("how_many", language), FUTURES, default=FUTURES[0], required=True, key=f"how-many-{language}"
        )
        asked = Request.of("compare", visit.scenario, seeds=futures)
        st.button(say("more", language, n=futures), key="ask-more", on_click=_submit, args=(asked,))


def _vary(visit: Visit) -> None:
    """A batch that lives the scenario in use at several values of one assumption."""
    language = visit.language
    st.header(say("vary_heading", language), anchor=False)
    keys = [each.key for each in sliders(visit.base, movable())]
    labels = {key: label_of(key, language) for key in keys}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = st.selectbox(
            say("vary_which", language), keys, format_func=labels.__getitem__, key=f"vary-{language}", width=320
        )
        futures = min(FEW, visit.futures)
        words = say("vary", language, values=VALUES, n=futures)
        st.button(words, key="ask-batch", on_click=_submit_batch, args=(visit, key, futures))


def _submit_batch(visit: Visit, key: str, futures: int) -> None:
    span = range_of(visit.scenario, key)
    values = [round(value) if span.whole else float(f"{value:.6g}") for value in evenly(span, VALUES)]
    design = {"name": key.rpartition(".")[2], "seeds": futures, "grid": {key: values}}
    _submit(Request.of("batch", visit.scenario, design=design))


def _submit(asked: Request) -> None:
    """Take the job, and put its name into the address; a refusal is told on the page."""
    try:
        bounds.refuse_hopeless(asked.assumed())
        state.remember("more", the_board().submit(asked, visitor.visitor(), address=visitor.address()))
    except Refused as refused:
        st.session_state["refused-more"] = refused.told
