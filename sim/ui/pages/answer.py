"""The first page: which strategy pays, in one sentence, and what changes if three assumptions do.

Each pass of the script draws the best answer that there is: the full one, or else a preview from a few futures that is
marked as such. If it was the preview, the pass then works on the full answer and starts the next pass when it is there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sim.comparison import Comparison
from sim.phrases import Language
from sim.provenance import scenario_fingerprint
from sim.reporting import words as report
from sim.reporting.charts import TEXTS
from sim.ui import figures, state, work
from sim.ui.link import sliders
from sim.ui.sliders import SLIDERS, Slider
from sim.ui.table import main_table
from sim.ui.visit import Visit
from sim.ui.words.answer import say

PREVIEW = 4
"""Futures of a preview: about two seconds of work on two cores."""


def show(visit: Visit) -> None:
    """The whole page, from the sliders down to how far to trust the answer."""
    # A container keeps the last answer, faded, until the next one is there; a placeholder would be blank meanwhile.
    sentence, status = st.container(key="answer"), st.container(key="status").empty()
    each_slider = sliders(visit.base, SLIDERS)
    for column, each in zip(st.columns(len(each_slider)), each_slider, strict=True):
        with column:
            _move(each, visit)
    _answer(visit, sentence, status)


def _move(each: Slider, visit: Visit) -> None:
    key = state.slider_key(visit.name, each.key)
    st.session_state.setdefault(key, float(visit.moved.get(each.key, each.own)))
    label, help_text = each.label(visit.language), each.help(visit.language)
    st.slider(
        label, each.low, each.high, step=each.step, format=each.format, key=key, help=help_text,
        on_change=state.move_slider, args=(each.key,),
    )


def _answer(visit: Visit, sentence: DeltaGenerator, status: DeltaGenerator) -> None:
    """Draw the best answer that there is; if that is a preview, work on the full answer and start anew."""
    language, futures, scenario = visit.language, visit.futures, visit.scenario
    full, preview = work.place(scenario, futures), work.place(scenario, min(PREVIEW, futures))
    _get_ready(status, language)
    if full.comparison is None and preview.comparison is None:
        _wait(status, say("previewing", language, futures=preview.futures), preview)
    best = full if full.comparison else preview
    if best.comparison is None:
        return
    _draw(best.comparison, best.seconds, visit, sentence, is_preview=full.comparison is None)
    if full.comparison is None:
        _wait(status, say("refining", language, preview=preview.futures, futures=futures), full)
        st.rerun()
    status.caption(say("sure", language, futures=futures))


def _get_ready(status: DeltaGenerator, language: Language) -> None:
    """Load the model into this server, or compile it, and say so while that lasts."""
    text = say("compiling" if work.must_compile() else "starting", language)

    def tell(_share: float) -> None:
        status.info(text)

    if not work.is_ready():
        tell(0.0)
        work.watched(work.get_ready, tell)


def _wait(status: DeltaGenerator, text: str, place: work.Kept) -> None:
    """Fill a place and show how far that is."""

    def tell(share: float) -> None:
        status.progress(share, text)

    work.watched(place.fill, tell)


def _draw(
    comparison: Comparison, seconds: float, visit: Visit, sentence: DeltaGenerator, *, is_preview: bool
) -> None:
    """The sentence first, because it takes a tenth of the time of the charts."""
    language = visit.language
    sentence.html(_sentence(comparison, language, is_preview=is_preview))
    left, right = st.columns((2, 3))
    _chart(left, "roi", partial(figures.roi_figure, comparison), figures.roi_alt(comparison, language), language)
    _chart(right, "cash", partial(figures.cash_figure, comparison), figures.cash_alt(comparison, language), language)
    st.header(say("table", language), anchor=False)
    st.html(main_table(comparison, language))
    _trust(comparison, seconds, visit)


def _sentence(comparison: Comparison, language: Language, *, is_preview: bool) -> str:
    """The verdict word for word as the command line prints it, its first sentence large."""
    whole, first = report.verdict(comparison, language), report.headline(comparison, language)
    mark = f'<span class="siyu-preview">{escape(say("preview", language))}</span> ' if is_preview else ""
    rest = escape(whole.removeprefix(first).strip())
    return (
        f'<section class="siyu-answer" role="status" aria-label="{escape(say("answer", language))}">'
        f'<p class="siyu-first">{mark}{escape(first)}</p><p class="siyu-then">{rest}</p></section>'
    )


def _chart(
    column: DeltaGenerator, key: str, figure: Callable[[Language], object], alt: str, language: Language
) -> None:
    """A chart below what it asks and how it is to be read."""
    notes = {"roi": "dots", "cash": "bands"}
    column.markdown(f"**{say(f'{key}_heading', language)}**  \n:small[{TEXTS[notes[key]][language]}]")
    column.plotly_chart(figure(language), theme=None, key=key, alt=alt, config={"displayModeBar": False})


def _trust(comparison: Comparison, seconds: float, visit: Visit) -> None:
    scenario, futures, language = comparison.scenario, len(comparison.seeds), visit.language
    facts = say(
        "trust", language, scenario=scenario.name, futures=futures, days=scenario.clock.days,
        run_out=scenario.clock.run_out_days, seconds=f"{seconds:.1f}",
        fingerprint=scenario_fingerprint(scenario)[:12],
    )
    st.header(say("trust_heading", language), anchor=False)
    st.markdown(facts)
    st.markdown(say("link", language))
    st.code(visit.command("compare", "--seeds", str(futures)), language=None, wrap_lines=True)
