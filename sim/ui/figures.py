"""Interactive charts of a comparison. They know nothing of Streamlit, and look and speak as the printed ones do."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from sim.comparison import Comparison
from sim.ledger import MICRO
from sim.phrases import Language, ratio, strategy_name
from sim.reporting.charts import TEXTS
from sim.reporting.looks import INK, SHADE, looks, money_scale
from sim.ui.words.answer import say

FONTS = "Source Sans, Noto Sans CJK SC, Noto Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
HEIGHT = 300
DASHES = {"-": "solid", "--": "dash", "-.": "dashdot", ":": "dot"}
SYMBOLS = {"s": "square", "o": "circle", "^": "triangle-up", "D": "diamond", "v": "triangle-down", "P": "cross"}
POINTS = 240
"""Days that are drawn of a line: more cannot be seen, and take longer to send."""


def roi_figure(comparison: Comparison, language: Language) -> go.Figure:
    """ROI of each strategy: one dot for each future, and the mean with its 95 % interval."""
    rows = list(reversed(comparison.strategies))
    figure = go.Figure()
    for height, name in enumerate(rows):
        _draw_futures(figure, comparison, name, height, language)
        _draw_mean(figure, comparison, name, height)
    frame_chart(figure, TEXTS["roi"][language], "")
    if not any(comparison.estimates[name]["roi"].mean is not None for name in rows):
        _say_undefined(figure, language)
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=[strategy_name(name, language) for name in rows], showgrid=False,
        range=(-0.55, len(rows) - 0.35), tickfont={"size": 14}, zeroline=False,
    )
    return figure


def cash_figure(comparison: Comparison, language: Language) -> go.Figure:
    """Cumulative cash of each strategy: the median, bands with 50 and 90 % of futures, and the median payback day."""
    paths = {name: np.cumsum(daily, axis=1) / MICRO for name, daily in comparison.daily_cash.items()}
    size, unit = money_scale(max(float(np.abs(path).max()) for path in paths.values()), language)
    days = _days_drawn(next(iter(paths.values())).shape[1])
    figure, ends = go.Figure(), {}
    for name in comparison.strategies:
        ends[name] = _draw_bands(figure, comparison, name, paths[name][:, days] / size, days, unit, language)
    for name in comparison.strategies:
        _draw_payback(figure, comparison, name, language)
    frame_chart(figure, TEXTS["day"][language], TEXTS["cash"][language].format(unit=unit))
    _shade_run_out(figure, comparison, int(days[-1]), language)
    _label_ends(figure, comparison, ends, language)
    figure.update_layout(hovermode="x unified", margin={"r": 96})
    figure.update_xaxes(range=(0, max(1, int(days[-1]))), unifiedhovertitle={"text": say("on_day", language)})
    return figure


def roi_alt(comparison: Comparison, language: Language) -> str:
    """The ROI chart in words."""
    found = {name: comparison.estimates[name]["roi"].mean for name in comparison.strategies}
    texts = {name: say("undefined", language) if value is None else ratio(value) for name, value in found.items()}
    return say("roi_alt", language, numbers=_listed(texts, language))


def cash_alt(comparison: Comparison, language: Language) -> str:
    """The chart of cash in words."""
    finals = {name: np.median(daily.sum(axis=1)) / MICRO for name, daily in comparison.daily_cash.items()}
    size, unit = money_scale(max(abs(value) for value in finals.values()), language)
    texts = {name: f"{value / size:,.3g} {unit}" for name, value in finals.items()}
    days = next(iter(comparison.daily_cash.values())).shape[1]
    return say("cash_alt", language, days=days, numbers=_listed(texts, language))


def _listed(texts: dict[str, str], language: Language) -> str:
    each = (say("each", language, name=strategy_name(name, language), value=text) for name, text in texts.items())
    return say("separator", language).join(each)


def _draw_futures(figure: go.Figure, comparison: Comparison, name: str, height: int, language: Language) -> None:
    look = looks(comparison.strategies)[name]
    found = zip(comparison.values[name]["roi"], comparison.seeds, strict=True)
    known = [(value, seed) for value, seed in found if value is not None]
    values = np.array([value for value, _ in known])
    figure.add_scatter(
        x=values, y=height - 0.22 + _spread(values), mode="markers",
        marker={"symbol": SYMBOLS.get(look.marker, "circle"), "color": look.colour, "opacity": 0.45, "size": 6},
        hovertemplate=[say("one_future", language, seed=seed) + "<extra></extra>" for _, seed in known],
    )


def _draw_mean(figure: go.Figure, comparison: Comparison, name: str, height: int) -> None:
    """The mean with its interval, and the number above it."""
    found, look = comparison.estimates[name]["roi"], looks(comparison.strategies)[name]
    if found.mean is None:
        return
    if found.low is not None and found.high is not None:
        figure.add_scatter(
            x=[found.low, found.high], y=[height + 0.15] * 2, mode="lines", line={"color": look.colour, "width": 4},
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=[found.mean], y=[height + 0.15], mode="markers+text", text=[ratio(found.mean)], textposition="top center",
        textfont={"color": look.colour, "size": 14}, hoverinfo="skip",
        marker={"symbol": SYMBOLS.get(look.marker, "circle"), "color": look.colour, "size": 12,
                "line": {"color": "white", "width": 1}},
    )


def _say_undefined(figure: go.Figure, language: Language) -> None:
    """Say why the chart is empty, without numbers on its axis."""
    figure.add_annotation(
        text=say("no_marketing", language), x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False, font={"size": 14}
    )
    figure.update_xaxes(showticklabels=False, range=(0, 1), showgrid=False)


def _spread(values: NDArray[Any]) -> NDArray[Any]:
    """Heights that keep dots of near values apart, the same for the same values."""
    ranks = np.argsort(np.argsort(values, kind="stable"))
    return np.asarray((ranks * 0.618_034 % 1 - 0.5) * 0.3)


def _days_drawn(days: int) -> NDArray[np.int64]:
    """At most about POINTS days, evenly spread, the first and the last among them."""
    return np.unique(np.linspace(0, days - 1, min(days, POINTS)).round().astype(np.int64))


def _draw_bands(
    figure: go.Figure, comparison: Comparison, name: str, paths: NDArray[Any], days: NDArray[Any], unit: str,
    language: Language,
) -> float:
    """The median of many paths and the bands that hold 50 and 90 % of them; where the median ends.

    The preview has one path, and so no bands.
    """
    look = looks(comparison.strategies)[name]
    p5, p25, p50, p75, p95 = np.quantile(paths, (0.05, 0.25, 0.5, 0.75, 0.95), axis=0)
    for low, high, shade in ((p5, p95, 0.13), (p25, p75, 0.22)) if len(paths) > 1 else ():
        edge = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
        figure.add_scatter(x=days, y=low, **edge)
        figure.add_scatter(x=days, y=high, fill="tonexty", fillcolor=_faint(look.colour, shade), **edge)
    figure.add_scatter(
        x=days, y=p50, mode="lines",
        line={"color": look.colour, "width": 2.5, "dash": DASHES.get(look.line, "longdash")},
        hovertemplate=say("median", language, name=strategy_name(name, language), unit=unit) + "<extra></extra>",
    )
    return float(p50[-1])


def _draw_payback(figure: go.Figure, comparison: Comparison, name: str, language: Language) -> None:
    day = comparison.estimates[name]["payback_day"].p50
    if day:
        colour = looks(comparison.strategies)[name].colour
        figure.add_scatter(
            x=[day], y=[0], mode="markers",
            marker={"symbol": "circle", "color": "white", "size": 10, "line": {"color": colour, "width": 2.5}},
            hovertemplate=say("payback", language, name=strategy_name(name, language)) + "<extra></extra>",
        )


def _shade_run_out(figure: go.Figure, comparison: Comparison, last: int, language: Language) -> None:
    start = comparison.scenario.clock.days
    if last > start:
        figure.add_vrect(
            x0=start, x1=last, fillcolor=SHADE, line_width=0, layer="below",
            annotation={"text": TEXTS["run_out"][language], "font": {"size": 12, "color": INK}},
            annotation_position="top left",
        )


def _label_ends(figure: go.Figure, comparison: Comparison, ends: dict[str, float], language: Language) -> None:
    """Write the strategies' names beside the ends of their lines, moved apart where they would overlap."""
    drawn = np.concatenate([np.asarray(trace.y, np.float64) for trace in figure.data])
    low, high = min(0.0, float(drawn.min())), max(0.0, float(drawn.max()))
    room = (high - low) * 0.05 or 1.0
    gap, floor = (high - low + 2 * room) * 0.085, -float("inf")
    for name, end in sorted(ends.items(), key=lambda item: item[1]):
        floor = max(end, floor + gap)
        figure.add_annotation(
            x=1.01, xref="paper", xanchor="left", y=floor, text=strategy_name(name, language), showarrow=False,
            font={"color": looks(comparison.strategies)[name].colour, "size": 14},
        )
    figure.update_yaxes(range=(low - room, max(high, floor) + room))


def frame_chart(figure: go.Figure, across: str, up: str) -> None:
    """Plain frames, the zero lines, no tools: a finger that moves over a chart scrolls the page."""
    figure.update_layout(
        template="none", height=HEIGHT, margin={"l": 8, "r": 12, "t": 8, "b": 8}, showlegend=False, dragmode=False,
        font={"family": FONTS, "size": 13, "color": INK}, paper_bgcolor="white", plot_bgcolor="white",
    )
    style = {"gridcolor": "#E3E3E3", "zerolinecolor": INK, "zerolinewidth": 1, "automargin": True, "fixedrange": True}
    figure.update_xaxes(title={"text": across, "standoff": 6, "font": {"size": 13}}, **style)
    figure.update_yaxes(title={"text": up, "standoff": 6, "font": {"size": 13}}, **style)


def _faint(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
