"""What all pages share: title, looks, the language switch, and a sentence for what made no sense in the link."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd  # noqa: F401 - whole before any page: Plotly trips over one that another visitor half imported
import streamlit as st
from streamlit.navigation.page import StreamlitPage

from sim.assumptions.loading import shipped
from sim.ui import mistakes, pages, state, strangers_text
from sim.ui.jobs.words import Refused
from sim.ui.link import base_of, written
from sim.ui.visit import Visit
from sim.ui.words import LANGUAGES, LOCALES
from sim.ui.words.frame import say

ICON = "⚖️"
"""An emoji, because any other icon would be fetched from outside."""

STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding: 0.6rem 2rem 2rem; max-width: 1400px; }
[data-testid="stHeader"], [data-testid="stFullScreenFrame"] [data-testid="stElementToolbar"] { display: none; }
[data-testid="stVerticalBlock"] { gap: 0.6rem; }
[data-testid="stMainBlockContainer"] h1.siyu-name { font-weight: 700; font-size: 1.25rem; padding: 0;
  margin: 0; }
[data-testid="stMainBlockContainer"] h2 { font-size: 1.15rem; padding: 0.8rem 0 0.6rem; }
.st-key-answer [data-stale="true"], [class*="st-key-chart-"] [data-stale="true"] {
  opacity: 0.35; transition: opacity 0.2s 0.3s; }
.st-key-status { min-height: 2.4rem; }
.st-key-head { row-gap: 0.4rem; }
.st-key-pages { gap: 0.6rem 0.1rem; flex-wrap: wrap; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: #5A5A5A; opacity: 1; }
.siyu-answer { min-height: 5.4rem; }
.siyu-copy { display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: center; }
.siyu-copy code { background: #F5F5F5; padding: 0.35rem 0.6rem; border-radius: 0.4rem; overflow-wrap: anywhere; }
.siyu-copy button { border: 1px solid #767676; border-radius: 0.5rem; background: white; color: #222222; padding: 0.3rem
  0.8rem; font: inherit; cursor: pointer; min-height: 2.2rem; }
.siyu-copy button:focus-visible { outline: 3px solid #0B5C8A; }
.siyu-answer p { margin: 0 0 0.25rem; line-height: 1.4; }
.siyu-answer .siyu-first { font-size: 1.3rem; font-weight: 600; }
.siyu-answer .siyu-then { font-size: 1.02rem; }
.siyu-preview { color: #8A4B00; background: #FFF3E0; border-radius: 0.4rem; padding: 0 0.45rem; font-weight: 600;
  font-size: 0.95rem; white-space: nowrap; }
.siyu-table { overflow-x: auto; }
.siyu-table table { border-collapse: collapse; width: 100%; font-size: 0.92rem; font-variant-numeric: tabular-nums; }
.siyu-table th, .siyu-table td { padding: 0.2rem 0.9rem 0.2rem 0; border-bottom: 1px solid #E3E3E3; text-align: right;
  vertical-align: top; line-height: 1.25; }
.siyu-table th:first-child { text-align: left; font-weight: 400; min-width: 7rem; }
.siyu-table thead th { font-weight: 600; }
.siyu-table small { color: #5A5A5A; white-space: nowrap; display: block; }
.siyu-words td, .siyu-table.siyu-words th { text-align: left; min-width: 5rem; overflow-wrap: anywhere; }
.siyu-gap { border-top: 1px dotted #BBBBBB; margin-top: 0.15rem; padding-top: 0.15rem; }
.siyu-gap small:first-of-type { display: inline; margin-left: 0.4rem; }
.siyu-strip { display: block; margin-left: auto; }
.siyu-table abbr { text-decoration: underline dotted; cursor: help; }
.siyu-words td:last-child { font-size: 0.85rem; min-width: 9rem; }
.siyu-told { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.45; }
.siyu-told[role] { padding: 0.8rem 1rem; border-radius: 0.5rem; }
.siyu-told-error { background: #FDECEC; color: #7D1A1A; }
.siyu-told-warning { background: #FFF8E1; color: #6B4E00; }
.siyu-told-info { background: #E8F2FB; color: #0B3F6B; }
.siyu-told-success { background: #E8F5EA; color: #14532A; }
.siyu-told-caption { color: #595959; font-size: 0.875rem; }
[data-testid="InputInstructions"] { display: none; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: #595959; opacity: 1; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 0.75rem 1rem 2rem; }
  .siyu-answer .siyu-first { font-size: 1.15rem; }
  .st-key-head > :last-child { order: -1; margin-left: auto; }
  .st-key-head > :first-child { order: -2; }
  .st-key-head > :has([data-testid="stSelectbox"]) { flex-basis: 100%; }
  .siyu-table table { font-size: 0.86rem; }
  .siyu-table th, .siyu-table td { padding-right: 0.45rem; }
  .siyu-table th:first-child { min-width: 5rem; }
  .siyu-table:not(:has(.siyu-gap)) small { white-space: normal; }
}
</style>"""


def page(name: str) -> StreamlitPage:
    """A page for Streamlit's navigation: the head that all share, and below it what the page draws."""

    def draw() -> None:
        visit = _open(name)
        refusal = st.container(key="refusal")
        try:
            pages.shown_by(name)(visit)
        except Refused as refused:
            with refusal:
                strangers_text.tell("warning", refused.told[visit.language])

    first = name == pages.IN_NAVIGATION[0]
    return st.Page(draw, title=name, url_path="" if first else name, default=first)


def front_door() -> StreamlitPage:
    """The first page by its own name: it stands at the root, and who types its name is led there, link and all."""
    first = pages.IN_NAVIGATION[0]

    def lead() -> None:
        st.switch_page(page(first), query_params=st.query_params.to_dict())

    return st.Page(lead, title=first, url_path=first)


def _open(name: str) -> Visit:
    """Follow the link, draw the head, and write what was understood into the address."""
    state.read_link(pages.link_keys(name))
    st.set_page_config(page_title=say("title", state.language()), page_icon=ICON, layout="wide")
    visit = state.visit(name, pages.link_keys(name))
    st.html(STYLE)
    _speak(LOCALES[visit.language])
    with st.container(key="head", horizontal=True, vertical_alignment="center"):
        st.html(f'<h1 class="siyu-name">{say("name", visit.language)}</h1>', width="content")
        if name not in pages.BARE:
            _draw_navigation(visit)
            _choose_scenario(visit)
        _choose_language(visit)
    state.write_link(pages.link_keys(name))
    for refusal in state.refusals():
        if refusal.error:
            told = mistakes.told(refusal.error, visit.language)
            strangers_text.tell("warning", say(refusal.text, visit.language, **refusal.gaps, mistakes=told))
        else:
            st.warning(say(refusal.text, visit.language, **refusal.gaps))  # what the link said stands there as code
    return visit


def _draw_navigation(visit: Visit) -> None:
    """Links to the pages. Streamlit's own navigation stands in its toolbar, whose words cannot be Chinese."""
    link = written(replace(visit.wish, own={}))
    with st.container(key="pages", horizontal=True, gap="small", width="content"):
        for name in pages.made():
            if name in pages.IN_NAVIGATION:
                st.page_link(page(name), label=say(name, visit.language), query_params=link)


def _choose_scenario(visit: Visit) -> None:
    names = [*([visit.name] if visit.is_own else []), *shipped()]

    def asked(name: str) -> str:
        base, origin = base_of(name)
        question = base.question_zh if visit.language == "zh" else base.question
        return question if origin == "shipped" else say(f"own_{origin}", visit.language, question=question)

    key = state.scenario_key(visit.language)
    st.session_state.setdefault(key, visit.name)
    st.selectbox(
        say("question", visit.language), names, format_func=asked, key=key, label_visibility="collapsed",
        on_change=lambda: state.choose_scenario(st.session_state[key]),
    )


def _choose_language(visit: Visit) -> None:
    key = "language"
    st.session_state[key] = visit.language
    st.segmented_control(
        say("language", visit.language), list(LANGUAGES), format_func=LANGUAGES.__getitem__, key=key, required=True,
        label_visibility="collapsed", on_change=lambda: state.choose_language(st.session_state[key]),
    )


def _speak(locale: str) -> None:
    """Tell the browser in which language the page is, for screen readers and for the shapes of Chinese characters."""
    st.html(f"<script>document.documentElement.lang = '{locale}'</script>", unsafe_allow_javascript=True)
