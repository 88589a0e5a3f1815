"""Two to four scenarios or strategies in the same futures, side by side, and exactly what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from math import isnan, nan
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from sim.inference.comparison import MAIN
from sim.kernel.ledger import ACCOUNTS, HORIZONS
from sim.questions.compare.side import Side
from sim.questions.waterfall.answer import NAMES
from sim.report.spreadsheets import csv_text
from sim.report.words import natural_alarm, quantity, runaway_alarm
from sim.results.metrics import METRICS
from sim.text.phrases import Language
from sim.ui import bounds, price_reasons, side_choice, side_figures, sides, work
from sim.ui.chart import Chart, Rows, draw, table
from sim.ui.side_tables import difference_rows, differing, main_rows, number_rows, sentences
from sim.ui.visit import Visit
from sim.ui.words.compare import say

LINK = ("sides", *price_reasons.LINK)
FUTURES = 20
"""Futures of each side: enough for intervals, few enough for four sides."""

Figure = Callable[[Sequence[Side], Sequence[str], Language], go.Figure]
Numbers = Callable[[Sequence[Side], Sequence[str], Language], Rows]


def show(visit: Visit) -> None:
    """The whole page, from the choice of sides down to what differs between them."""
    language = visit.language
    st.header(say("heading", language), anchor=False, help=say("intro", language))
    sentence = st.container(key="answer")
    choices = side_choice.choose(visit, sides.chosen(visit.own.get("sides", "")))
    found = _lived(visit, choices)
    if not found:
        return
    labels = sides.labels(choices, visit, language)
    first, *rest = (escape(each) for each in sentences(found, labels, language))
    then = ("" if language == "zh" else " ").join(rest)
    sentence.html(
        f'<section class="siyu-answer" role="status" aria-label="{escape(say("answer", language))}">'
        f'<p class="siyu-first">{first}</p><p class="siyu-then">{then}</p></section>'
    )
    st.header(say("table", language, first=labels[0]), anchor=False)
    st.caption(say("table_note", language))
    every = st.toggle(say("every_metric", language, count=len(METRICS)), key=f"every.{language}")
    st.html(main_rows(found, labels, tuple(METRICS) if every else MAIN, language))
    natural = {label: side.values()["natural_to_paid"] for label, side in zip(labels, found, strict=True)}
    r0 = {label: side.values()["r0"].mean for label, side in zip(labels, found, strict=True)}
    for alarm in filter(None, (natural_alarm(natural, language), runaway_alarm(r0, language))):
        st.html(f"<p>⚠ {escape(alarm)}</p>")
    for chart in _charts(found, labels, language):
        draw(st.container(), chart, language)
        if chart.key == "price":
            price_reasons.ask(visit, found, labels)
    _differences(found, labels, language)
    st.download_button(
        say("numbers", language), lambda: csv_text(number_rows(found, labels, language), for_excel=True),
        "siyu-compare.csv", "text/csv", key="csv-compare", on_click="ignore",
    )


def _lived(visit: Visit, choices: Sequence[sides.Choice]) -> list[Side]:
    """The sides; what is not there yet is lived through, with its progress."""
    futures = min(FUTURES, visit.futures)
    places = [sides.place(sides.assumed(each, visit), each.strategy, futures) for each in choices]
    for each in places:
        bounds.refuse_too_much(each.scenario, len(places) * futures, len(places))
    if any(each.side is None for each in places):
        status, text = st.empty(), say("running", visit.language, futures=futures)

        def tell(share: float) -> None:
            status.progress(min(1.0, share), text)

        tell(0.0)
        work.watched(work.get_ready, tell)
        work.watched(lambda progress: sides.fill(places, progress), tell)
        status.empty()
    return [each.side for each in places if each.side is not None]


def _charts(found: Sequence[Side], labels: Sequence[str], language: Language) -> list[Chart]:
    """Small multiples on shared axes, each with the numbers behind it."""
    gaps: Figure = lambda some, names, spoken: side_figures.gaps_figure(some, names, "profit_cny", spoken)  # noqa: E731
    each: list[tuple[str, Figure, Numbers]] = [
        ("gap", gaps, _gap_rows),
        ("money", side_figures.money_figure, _money_rows),
        ("people", side_figures.people_figure, _people_rows),
        ("price", side_figures.price_figure, _price_rows),
        ("cohort", side_figures.cohort_figure, _cohort_rows),
    ]
    profits = (side.values()["profit_cny"].mean for side in found)
    told = [
        say("alt_profit", language, label=label, value=quantity("profit_cny", profit))
        for label, profit in zip(labels, profits, strict=True)
    ]
    separator = say("separator", language)
    return [
        Chart(
            key, say(f"{key}_heading", language), _note(key, labels, language),
            say("alt", language, heading=say(f"{key}_heading", language), labels=separator.join(labels),
                numbers=separator.join(told)),
            say(f"{key}_method", language), partial(figure, found, labels, language),
            partial(rows, found, labels, language),
        )
        for key, figure, rows in each
    ]


def _note(key: str, labels: Sequence[str], language: Language) -> str:
    """What a chart's marks mean, and who is who if its frames bear letters alone."""
    note = say(f"{key}_note", language, first=labels[0])
    return note if key == "gap" else say("separator", language).join([note, *side_figures.lettered(labels)])


def _differences(found: Sequence[Side], labels: Sequence[str], language: Language) -> None:
    st.header(say("differences", language), anchor=False)
    several = len({side.strategy for side in found}) > 1
    if not differing(found):
        st.caption(say("same" if several else "same_all", language))
    if differing(found) or several:
        st.html(table(difference_rows(found, labels, language), say("differences", language), wide=True))


def _gap_rows(found: Sequence[Side], labels: Sequence[str], language: Language) -> Iterator[list[Any]]:
    yield [say("future", language), *(say("less", language, other=each, first=labels[0]) for each in labels[1:])]
    columns = [side.gaps(found[0], "profit_cny") for side in found[1:]]
    yield from ([seed, *row] for seed, row in zip(found[0].seeds, zip(*columns, strict=True), strict=True))


def _money_rows(found: Sequence[Side], labels: Sequence[str], language: Language) -> Iterator[list[Any]]:
    yield [say("account", language), *labels]
    yield from ([NAMES[name][language == "zh"], *(side.account(name) for side in found)] for name in ACCOUNTS)


def _people_rows(found: Sequence[Side], labels: Sequence[str], language: Language) -> Iterator[list[Any]]:
    kinds = list(side_figures.PEOPLE)
    yield [say("day", language)] + [
        say("of", language, what=say(kind, language), label=label) for label in labels for kind in kinds
    ]
    columns = [side.people[kind].tolist() for side in found for kind in kinds]
    for day in range(max(map(len, columns))):
        yield [day, *(round(column[day], 1) if day < len(column) else None for column in columns)]


def _price_rows(found: Sequence[Side], labels: Sequence[str], language: Language) -> Iterator[list[Any]]:
    yield [say("day", language), *(say("of", language, what="50%", label=label) for label in labels)]
    columns = [side.click_price_cny[1].tolist() for side in found]
    for day in range(max(map(len, columns))):
        yield [day, *(round(column[day], 4) if day < len(column) else None for column in columns)]


def _cohort_rows(found: Sequence[Side], labels: Sequence[str], language: Language) -> Iterator[list[Any]]:
    after = [say("after", language, days=days) for days in HORIZONS]
    yield [say("week", language)] + [say("of", language, what=each, label=label) for label in labels for each in after]
    tables = [side.cohorts.tolist() for side in found]
    for week in range(max(map(len, tables))):
        cells = [each for rows in tables for each in (rows[week] if week < len(rows) else [nan] * len(HORIZONS))]
        yield [week + 1, *(None if isnan(each) else round(each, 2) for each in cells)]
