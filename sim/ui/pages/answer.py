"""The first page: which strategy pays, in one sentence; in how many futures, when, and why; what would change it.

Each pass of the script draws what is known: after one future a preview, marked as such, then more and more futures.
While futures are missing, the pass lives through one more portion and starts the next pass when that is done.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sim.assumptions.provenance import scenario_fingerprint
from sim.assumptions.writing import to_yaml
from sim.inference.comparison import Comparison
from sim.inference.plausibility import doubts_after, told
from sim.report import words as report
from sim.report.brief import Brief
from sim.report.spreadsheets import csv_text
from sim.text.phrases import Language
from sim.ui import bounds, reasons, work
from sim.ui.chart import draw
from sim.ui.charts_of_answer import charts, number_rows
from sim.ui.controls import choose_brand, move_sliders
from sim.ui.copying import copy_button
from sim.ui.table import main_table
from sim.ui.visit import Visit
from sim.ui.words.answer import say

LINK = reasons.LINK


def show(visit: Visit) -> None:
    """The whole page, from the kinds of brand down to how far to trust the answer."""
    choose_brand(visit)
    # A container keeps the last answer, faded, until the next one is there; a placeholder would be blank meanwhile.
    sentence, status = st.container(key="answer"), st.container(key="status").empty()
    move_sliders(visit)
    bounds.refuse_too_much(visit.scenario, work.STRATEGIES * visit.futures, work.STRATEGIES)
    _get_ready(status, visit.language)
    place = work.place(visit.scenario, visit.futures)
    if place.comparison is None:
        _wait(status, say("previewing", visit.language), place)
    if place.comparison is None:
        return
    lived, comparison, seconds = place.lived, place.comparison, place.seconds
    is_preview = lived < visit.futures
    sentence.html(_sentence(comparison, visit.language, is_preview=is_preview))
    if is_preview:
        status.progress(0.0, say("refining", visit.language, lived=lived, futures=visit.futures))
    _draw(comparison, visit.language)
    if not is_preview and (doubts := told(doubts_after(comparison), visit.language)):
        st.warning("\n\n".join(doubts.splitlines()))
    if not is_preview:
        status.caption(say("sure", visit.language, futures=visit.futures))
        reasons.ask(visit, comparison)
    _trust(comparison, seconds, visit, is_preview=is_preview)
    if is_preview:
        time.sleep(work.BREATH_SECONDS if lived == 1 else 0)
        _wait(status, say("refining", visit.language, lived=lived, futures=visit.futures), place)
        st.rerun()


def _get_ready(status: DeltaGenerator, language: Language) -> None:
    """Load the model into this server, or compile it, and say so while that lasts."""
    if work.is_ready():
        return
    text = say("compiling" if work.must_compile() else "starting", language)

    def tell(_share: float) -> None:
        status.info(text)

    tell(0.0)
    work.watched(work.get_ready, tell)


def _wait(status: DeltaGenerator, text: str, place: work.Kept) -> None:
    """Live through one more portion of futures and show how far all of them are."""
    lived, until = place.lived, place.next_end

    def tell(share: float) -> None:
        status.progress((lived + share * (until - lived)) / place.futures, text)

    work.watched(lambda progress: place.fill(progress, lived), tell)


def _draw(comparison: Comparison, language: Language) -> None:
    """The charts two by two, then the table."""
    for pair in zip(*[iter(charts(comparison, language))] * 2, strict=True):
        for column, chart in zip(st.columns((2, 3)), pair, strict=True):
            draw(column, chart, language)
    st.header(say("table", language), anchor=False)
    st.html(main_table(comparison, language))


def _sentence(comparison: Comparison, language: Language, *, is_preview: bool) -> str:
    """The verdict word for word as the command line prints it, its first sentence large."""
    whole, first = report.verdict(comparison, language), report.headline(comparison, language)
    mark = f'<span class="siyu-preview">{escape(say("preview", language))}</span> ' if is_preview else ""
    rest = escape(whole.removeprefix(first).strip())
    return (
        f'<section class="siyu-answer" role="status" aria-label="{escape(say("answer", language))}">'
        f'<p class="siyu-first">{mark}{escape(first)}</p><p class="siyu-then">{rest}</p></section>'
    )


def _trust(comparison: Comparison, seconds: float, visit: Visit, *, is_preview: bool) -> None:
    """Where the answer comes from, and what can be taken away."""
    scenario, language = comparison.scenario, visit.language
    st.header(say("trust_heading", language), anchor=False)
    st.markdown(say(
        "trust", language, scenario=scenario.name, futures=len(comparison.seeds), days=scenario.clock.days,
        run_out=scenario.clock.run_out_days, seconds=f"{seconds:.1f}",
        fingerprint=scenario_fingerprint(scenario)[:12], origin=say(f"origin_{visit.origin}", language),
    ))
    st.markdown(say("link_own" if visit.is_own else "link", language))
    copy_button("", say("copy_link", language), say("copied", language))
    st.markdown(say("command", language))
    command = visit.command("compare", "--seeds", str(visit.futures))
    copy_button(command, say("copy_command", language), say("copied", language))
    if not is_preview:
        _take_away(comparison, visit)


def _take_away(comparison: Comparison, visit: Visit) -> None:
    """Files are made when they are asked for."""
    language, name = visit.language, comparison.scenario.name
    changes = [f"{key}={value:g}" for key, value in visit.changes.items()]
    brief = Brief(comparison, language, visit.origin == "calibrated", changes)
    files: dict[str, tuple[Callable[[], str | bytes], str, str]] = {
        "yaml": (lambda: to_yaml(comparison.scenario), f"{name}.yaml", "application/yaml"),
        "numbers": (lambda: csv_text(number_rows(comparison, language), for_excel=True), f"{name}.csv", "text/csv"),
        "pdf": (lambda: brief.saved("pdf"), f"{name}.pdf", "application/pdf"),
        "png": (lambda: brief.saved("png"), f"{name}.png", "image/png"),
    }
    st.header(say("take_with_you", language), anchor=False)
    with st.container(horizontal=True, key="take"):
        for key, (made, file, kind) in files.items():
            st.download_button(say(key, language), made, file, kind, key=f"take-{key}", on_click="ignore")
