"""Chart of a log's repeat orders against the simulator that was fitted to it. It knows nothing of Streamlit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from sim.report.looks import INK, SHADE
from sim.text.phrases import Language
from sim.ui.plain_frame import faint, framed
from sim.ui.words.my_data import say

BAND = "#009E73"


def track_figure(picture: Mapping[str, Any], language: Language) -> go.Figure:
    """Cumulative repeat orders by week: dots for the log, a band for the simulator, grey where weeks were held out."""
    actual, held_out = picture["actual"], picture["held_out"]
    weeks, figure = list(range(1, len(actual) + 1)), go.Figure()
    edge = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    figure.add_scatter(x=weeks, y=picture["low"], **edge)
    figure.add_scatter(x=weeks, y=picture["high"], fill="tonexty", fillcolor=faint(BAND, 0.3), **edge)
    figure.add_scatter(
        x=weeks, y=actual, mode="markers", marker={"color": INK, "size": 5},
        hovertemplate=say("dot", language) + "<extra></extra>",
    )
    if any(held_out):
        first = held_out.index(True) + 0.5
        figure.add_vrect(x0=first, x1=len(weeks) + 0.5, fillcolor=SHADE, line_width=0, layer="below")
    framed(figure, say("weeks", language), say("repeats", language), 340)
    for name, mark, colour, y in (("actual", "●", INK, 0.99), ("simulated", "▬", BAND, 0.89)):
        figure.add_annotation(  # where curves that only rise leave room, on a telephone too
            text=f"{mark} {say(name, language)}", x=0.1, xref="paper", xanchor="left", y=y, yref="paper",
            yanchor="top", showarrow=False, font={"color": colour, "size": 14},
        )
    figure.update_yaxes(rangemode="tozero", separatethousands=True)
    return figure


def track_alt(picture: Mapping[str, Any], language: Language) -> str:
    """The chart in words."""
    ends = {name: f"{picture[name][-1]:,.0f}" for name in ("low", "high")}
    return say("track_alt", language, last=f"{picture['actual'][-1]:,}", **ends)
