"""What would change the answer: one assumption at a time, two at once, all at once. Every question is a job."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from sim.assumptions.loading import load
from sim.assumptions.parameter_ranges import assumptions
from sim.assumptions.ranges import Range, with_unit
from sim.assumptions.scenario import Scenario
from sim.inference.paired_differences import PairedDifference, quantity, spread
from sim.questions.breakeven.answer import BreakEven, Frontier, Line
from sim.questions.sensitivity.answer import Tornado
from sim.text.phrases import Language, strategy_name
from sim.ui import bounds, job_panel, rule_cards, state, what_if_figures
from sim.ui.answer_files import csv_of_frame
from sim.ui.flips import flip_sentences
from sim.ui.jobs.job import Job
from sim.ui.jobs.kinds import MAIN
from sim.ui.jobs.request import Request
from sim.ui.link import sliders
from sim.ui.plain_frame import named
from sim.ui.sliders import MORE, SLIDERS, movable, slider
from sim.ui.visit import Visit
from sim.ui.words.what_if import say

LINK = ("flip", "vary", "tornado", "of", "map", "across", "up", "rules")

USUAL = ("public.start_click_price_cny", "market.need_factor")
FEW = 8
"""Futures of a question that needs very many runs."""

POINTS = 7
"""Values of either assumption on the map, and evenly spread values of one alone."""

WORLDS = 300
"""Worlds in which rules are looked for and judged."""


def show(visit: Visit) -> None:
    """Flip value, tornado, map and rules, each below its question."""
    one, other = (strategy_name(name, visit.language) for name in MAIN)
    st.html(
        f'<section class="siyu-answer" style="min-height:0"><p class="siyu-then">'
        f"{escape(say('intro', visit.language, one=one, other=other))}</p></section>"
    )
    bounds.refuse_hopeless(visit.scenario)
    _flip(visit)
    _tornado(visit)
    _map(visit)
    rule_cards.section(visit, WORLDS, min(visit.futures, 2))


# One assumption


def _flip(visit: Visit) -> None:
    language, key = visit.language, _chosen(visit, "vary", USUAL[0])
    st.header(say("flip_heading", language), anchor=False)
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        _choose(visit, "vary", key, say("flip_which", language))
    with right:
        _move(visit, key)
    asked = Request.of("flips", _without(visit, key), vary=[key], seeds=visit.futures, points=POINTS)
    words = say("flip_help", language, futures=visit.futures)
    job = job_panel.ask(visit, "flip", asked, say("flip_ask", language), help=words, primary=True)
    if job:
        (answer,) = job.answer()
        _draw_flip(visit, answer, job)


def _draw_flip(visit: Visit, answer: BreakEven, job: Job) -> None:
    language, line = visit.language, answer.lines[0]
    now = _now(visit.scenario, answer.span.key)
    told = [*flip_sentences(answer, language), now_sentence(answer, now, language)]
    first, then = escape(told[0]), "<br>".join(map(escape, told[1:]))
    st.html(
        f'<section class="siyu-answer" role="status" style="min-height:0"><p class="siyu-first">{first}</p>'
        f'<p class="siyu-then">{then}</p></section>'
    )
    figure, alt = what_if_figures.flip_figure(answer, now, language), say("flip_alt", language, sentence=" ".join(told))
    st.plotly_chart(figure, theme=None, key="flip-chart", alt=alt, config={"displayModeBar": False})
    with st.container(horizontal=True):
        for each in line.crossings:
            value = float(f"{each.value:.4g}")
            label = say("flip_set", language, value=with_unit(answer.span, each.value, language))
            st.button(label, key=f"set-{value:g}", on_click=state.set_parameter, args=(answer.span.key, value))
        _download(job, answer, language)


def now_sentence(answer: BreakEven, now: float, language: Language) -> str:
    """The lead where we are."""
    gap = gap_at(answer.lines[0], now)
    winner, metric = gap.winner(answer.strategies), answer.metric
    verdict = say("clear", language, winner=strategy_name(winner, language)) if winner else say("close", language)
    return say(
        "flip_now", language, value=with_unit(answer.span, now, language), gap=quantity(metric, gap.mean, language),
        interval=spread(metric, gap.low, gap.high, language), verdict=verdict,
    )


def gap_at(line: Line, value: float) -> PairedDifference:
    """The lead at a value; between the values lived all curves are straight lines."""
    known = [(x, gap) for x, gap in zip(line.values, line.gaps, strict=True) if gap.mean is not None]
    if not known:
        return PairedDifference(None, None, None)
    xs = [x for x, _ in known]
    facts = [gap.facts() for _, gap in known]
    columns = {name: [each[name] for each in facts] for name in facts[0]}
    numbers = {
        name: float(np.interp(value, xs, [each or 0.0 for each in column])) if None not in column else None
        for name, column in columns.items()
    }
    return PairedDifference(**numbers, better=known[0][1].better)


# Every assumption by itself


def _tornado(visit: Visit) -> None:
    language, every = visit.language, visit.own.get("of") == "all"
    st.header(say("tornado_heading", language), anchor=False)
    main = [key for key in (*SLIDERS, *MORE) if slider(key, visit.scenario)]
    numbers = {"main": len(main), "all": len(assumptions(visit.scenario))}
    st.segmented_control(
        say("tornado_of", language), list(numbers), format_func=lambda name: say(name, language, n=numbers[name]),
        key="tornado-of", default="all" if every else "main", required=True, on_change=_remember_choice,
        args=("of", "tornado-of"),
    )  # fmt: skip
    seeds = min(visit.futures, FEW)
    chosen = [] if every else main
    asked = Request.of("tornado", visit.scenario, vary=chosen, seeds=seeds)
    runs = 2 * seeds * (1 + 2 * numbers["all" if every else "main"])
    label, words = say("tornado_ask", language), say("tornado_help", language, runs=f"{runs:,}")
    job = job_panel.ask(visit, "tornado", asked, label, help=words)
    if job:
        answer: Tornado = job.answer()
        sentence = tornado_sentence(answer, language)
        st.markdown(f"**{sentence}**")
        bars = min(len(answer.swings), what_if_figures.MOST_BARS)
        st.caption(say("tornado_note", language, n=bars).replace("*", "\\*"))
        figure, alt = what_if_figures.tornado_figure(answer, language), say("tornado_alt", language, sentence=sentence)
        st.plotly_chart(figure, theme=None, key="tornado-chart", alt=alt, config={"displayModeBar": False})
        _download(job, answer, language)


def tornado_sentence(answer: Tornado, language: Language) -> str:
    """How many assumptions change the winner by themselves, and which weigh most."""
    flips = [each for each in answer.swings if each.flips]
    weighty = answer.deserve_data or answer.swings[:3]
    names = say("separator", language).join(named(each.span, language) for each in weighty)
    key = "tornado_flips" if flips else "tornado_none"
    return say(key, language, n=len(flips), all=len(answer.swings), names=names)


# Two assumptions at once


def _map(visit: Visit) -> None:
    language = visit.language
    across, up = _chosen(visit, "across", USUAL[0]), _chosen(visit, "up", USUAL[1])
    if across == up:
        up = next(key for key in USUAL if key != across)
    st.header(say("map_heading", language), anchor=False)
    for column, place, key in zip(st.columns(2), ("across", "up"), (across, up), strict=True):
        with column:
            _choose(visit, place, key, say("map_x" if place == "across" else "map_y", language))
            _move(visit, key, "map")
    seeds = min(visit.futures, FEW)
    asked = Request.of("frontier", _without(visit, across, up), vary=[across, up], seeds=seeds, points=POINTS)
    words = say("map_help", language, futures=seeds, runs=f"{2 * seeds * POINTS**2:,}")
    job = job_panel.ask(visit, "map", asked, say("map_ask", language), help=words)
    if job:
        _draw_map(visit, job.answer(), job)


def _draw_map(visit: Visit, answer: Frontier, job: Job) -> None:
    language = visit.language
    x, y = (_now(visit.scenario, span.key) for span in (answer.first, answer.second))
    sentence = map_sentence(answer, (x, y), language)
    st.markdown(f"**{sentence}**")
    figure, alt = what_if_figures.map_figure(answer, (x, y), language), say("map_alt", language, sentence=sentence)
    st.plotly_chart(figure, theme=None, key="map-chart", alt=alt, config={"displayModeBar": False})
    _download(job, answer, language)


def map_sentence(answer: Frontier, here: tuple[float, float], language: Language) -> str:
    """How much of the map each strategy clearly holds, and where we are on it."""
    cells = [gap for row in answer.maps[0].gaps for gap in row]
    clear = [winner for gap in cells if (winner := gap.winner(answer.strategies))]
    first, second = (clear.count(name) for name in answer.strategies)
    one, other = (strategy_name(name, language) for name in answer.strategies)
    x, y = (_valued(span, value, language) for span, value in zip((answer.first, answer.second), here, strict=True))
    counts = {"all": len(cells), "first": first, "second": second, "close": len(cells) - len(clear)}
    return say("map_said", language, one=one, other=other, x=x, y=y, **counts)


# What sections share


def _valued(span: Range, value: float, language: Language) -> str:
    return say("at", language, label=named(span, language), value=with_unit(span, value, language))


def _download(job: Job, answer: BreakEven | Tornado | Frontier, language: Language) -> None:
    st.download_button(
        say("table", language), csv_of_frame(answer.frame()), file_name=f"{job.request.kind}.csv", mime="text/csv",
        key=f"table-{job.id}", on_click="ignore",
    )  # fmt: skip


def _chosen(visit: Visit, place: str, usual: str) -> str:
    """The assumption that the address names, if there is one."""
    key = visit.own.get(place, usual)
    return key if key in movable() and slider(key, visit.base) else usual


def _choose(visit: Visit, place: str, key: str, label: str) -> None:
    keys = [each.key for each in sliders(visit.base, movable())]
    labels = {each: _label(each, visit) for each in keys}
    name = f"choose-{place}-{visit.language}"
    st.selectbox(
        label, keys, index=keys.index(key), format_func=labels.__getitem__, key=name, on_change=_remember_choice,
        args=(place, name),
    )  # fmt: skip


def _label(key: str, visit: Visit) -> str:
    found = slider(key, visit.base)
    return found.label(visit.language) if found else key


def _remember_choice(place: str, widget: str) -> None:
    state.remember(place, st.session_state[widget])


def _move(visit: Visit, key: str, section: str = "flip") -> None:
    """The slider of an assumption, which other pages show too."""
    found = slider(key, visit.base)
    if found is None:
        return
    name = f"{section}-{visit.name}-{key}"
    value = min(max(float(visit.moved.get(key, found.own)), found.low), found.high)
    st.session_state[name] = value
    st.slider(
        found.label(visit.language), found.low, found.high, step=found.step, format=found.format, key=name,
        help=found.help(visit.language), on_change=_follow, args=(key, name),
    )  # fmt: skip


def _follow(key: str, widget: str) -> None:
    state.set_parameter(key, st.session_state[widget])


def _without(visit: Visit, *keys: str) -> Scenario:
    """The scenario with these assumptions as its file says, so that moving them needs no new answer."""
    return load(visit.base, {key: value for key, value in visit.changes.items() if key not in keys})


def _now(scenario: Scenario, key: str) -> float:
    found = slider(key, scenario)
    return found.own if found else float("nan")
