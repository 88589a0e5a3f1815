"""What is assumed in words, with units and sources; what words mean; what must not be claimed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

import streamlit as st

from sim.assumptions.errors import number
from sim.assumptions.explaining import Row, explain
from sim.assumptions.writing import to_yaml
from sim.report.claims import CLAIMS
from sim.report.glossary import TERMS
from sim.text.phrases import Language
from sim.ui import state
from sim.ui.chart import table
from sim.ui.visit import Visit
from sim.ui.words.frame import say_unit
from sim.ui.words.model import say

LINK = ("part",)
PARTS = ("assumptions", "glossary", "limits")
ABOUT = ("name", "question", "question_zh", "source", "expect")
"""What a scenario says about itself, which is no assumption."""

CLASSES = ("calibrated", "published", "source articles", "assumption")
"""How a source begins."""


def show(visit: Visit) -> None:
    """One of three parts; the address says which."""
    language, part = visit.language, visit.own.get("part", PARTS[0])
    st.header(say("heading", language), anchor=False)
    key = f"part.{language}"
    st.session_state[key] = part if part in PARTS else PARTS[0]
    st.segmented_control(
        say("heading", language), PARTS, format_func=lambda name: say(name, language), key=key, required=True,
        label_visibility="collapsed", on_change=lambda: state.remember("part", st.session_state[key]),
    )
    {"assumptions": _assumptions, "glossary": _glossary, "limits": _limits}[st.session_state[key]](visit)


def _assumptions(visit: Visit) -> None:
    """Every parameter by group, or those that a word is found in."""
    language, scenario = visit.language, visit.scenario
    question = scenario.question_zh if language == "zh" else scenario.question
    st.html(f"<p><strong>{escape(question)}</strong></p>")  # a stranger's words: neither HTML nor Markdown
    st.caption(f"{say('intro', language)} {say('sources_note', language)}")
    only = st.toggle(say("only_differences", language), key=f"only.{language}")
    wanted = st.text_input(say("find", language), key=f"find.{language}", max_chars=60).lower().split()
    rows = [row for row in explain(scenario) if row.key not in ABOUT and (row.differs or not only)]
    found = [row for row in rows if all(word in _words(row, language).lower() for word in wanted)]
    if not found:
        st.info(say("nothing_found" if rows else "no_differences", language))
    for group, some in groupby(found, key=lambda row: row.key.split(".")[0]):
        _group(group, list(some), language, is_open=bool(wanted) or only)
    st.download_button(
        say("yaml", language), lambda: to_yaml(scenario, commented=True), f"{scenario.name}.yaml", "application/yaml",
        key="model-yaml", on_click="ignore",
    )


def _group(group: str, rows: Sequence[Row], language: Language, *, is_open: bool) -> None:
    title = say("group", language, group=say(group, language), count=len(rows))
    with st.expander(title, expanded=is_open):
        heads = [say(key, language) for key in ("meaning", "value", "unit", "usual", "source", "key")]
        st.html(table([heads, *(_cells(row, language) for row in rows)], say(group, language), wide=True))


def _cells(row: Row, language: Language) -> list[str]:
    usual = value_in_words(row.baseline, language) if row.differs and row.baseline is not None else ""
    unit = say_unit(row.unit, language) if row.unit else ""
    meaning = row.meaning_zh if language == "zh" else row.meaning
    return [meaning, value_in_words(row.value, language), unit, usual, _source(row.source, language), row.key]


def _words(row: Row, language: Language) -> str:
    return " ".join(_cells(row, language))


def _source(source: str, language: Language) -> str:
    """How the number was found, and the rest as it was written down, which is in English."""
    kind = next((name for name in CLASSES if source.startswith(name)), "other")
    if language == "en" or not source:
        return source
    rest = source.removeprefix(kind).lstrip(": ")
    return f"{say(kind, language)}：{rest}" if rest else say(kind, language)


def value_in_words(value: Any, language: Language) -> str:
    """A parameter's value as it reads on a page."""
    if isinstance(value, bool):
        return say("on" if value else "off", language)
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, tuple) and value and not isinstance(value[0], (int, float, str)):
        return say("items", language, count=len(value))
    if isinstance(value, tuple):
        return ", ".join(value_in_words(each, language) for each in value) or say("none", language)
    return say("none", language) if value is None else str(value)


def _glossary(visit: Visit) -> None:
    st.html(table(_terms(visit.language), say("glossary", visit.language), wide=True))


def _terms(language: Language) -> Iterator[list[str]]:
    """Every word with its meaning; in Chinese also what it is called in English."""
    keys = ("term", "meaning", "english", "where") if language == "zh" else ("term", "meaning", "where")
    yield [say(key, language) for key in keys]
    for term in TERMS:
        names = [term.english] if language == "zh" else []
        yield [term.name(language), term.meaning(language), *names, term.where]


def _limits(visit: Visit) -> None:
    language = visit.language
    st.markdown(say("limits_intro", language))
    heads = [say(key, language) for key in ("never", "because", "instead")]
    st.html(table([heads, *(claim.told(language) for claim in CLAIMS)], say("limits", language), wide=True))
