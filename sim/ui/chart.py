"""A chart on a page: what it asks, how it is read, its name for those who cannot see it, and the numbers behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sim.report.spreadsheets import csv_text
from sim.text.phrases import Language
from sim.ui.words.frame import say

Rows = Iterable[Sequence[Any]]
MOST_ROWS = 40
"""Rows of a table behind a chart; the file has all of them."""


@dataclass(frozen=True)
class Chart:
    """``key`` names it on the page and in its file's name; ``alt`` says what it shows; ``method`` how it was made.

    ``rows`` gives the numbers behind it, the heading first.
    """

    key: str
    heading: str
    note: str
    alt: str
    method: str
    figure: Callable[[], go.Figure]
    rows: Callable[[], Rows]


def draw(column: DeltaGenerator, chart: Chart, language: Language) -> None:
    """The chart below its heading, with table, file and method one key press away."""
    with column.container(key=f"chart-{chart.key}", gap="xxsmall"):
        st.markdown(f"**{chart.heading}**  \n:small[{chart.note}]")
        st.plotly_chart(chart.figure(), theme=None, key=chart.key, alt=chart.alt, config={"displayModeBar": False})
        key = f"behind-{chart.key}"
        with st.popover(say("behind", language), type="tertiary", key=key, on_change="rerun") as behind:
            if behind.open:
                _behind(chart, language)


def _behind(chart: Chart, language: Language) -> None:
    st.caption(chart.method)
    rows = list(chart.rows())
    st.html(table(rows[: MOST_ROWS + 1], chart.heading))
    if len(rows) > MOST_ROWS + 1:
        st.caption(say("shortened", language, shown=MOST_ROWS, rows=len(rows) - 1))
    st.download_button(
        say("csv", language), lambda: csv_text(chart.rows(), for_excel=True), f"siyu-{chart.key}.csv", "text/csv",
        key=f"csv-{chart.key}", on_click="ignore",
    )


def table(rows: Rows, caption: str, *, wide: bool = False) -> str:
    """Rows as an HTML table that can be read aloud, copied, and scrolled sideways on a telephone (``wide``: words)."""
    head, *body = ([escape("" if cell is None else _shown(cell)) for cell in row] for row in rows)
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    lines = (
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>' for row in body
    )
    look = "siyu-table siyu-words" if wide else "siyu-table"
    return (
        f'<div class="{look}" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<thead><tr>{top}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def _shown(cell: Any) -> str:
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 1000 else f"{cell:,.4g}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
