"""Interactive charts of a comparison. They know nothing of Streamlit, and look and speak as the printed ones do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from sim.inference.comparison import Comparison
from sim.kernel.ledger import MICRO
from sim.report.charts import TEXTS
from sim.report.looks import INK, SHADE, looks, money_scale
from sim.text.phrases import Language, ratio, strategy_name
from sim.ui.plain_frame import faint, frame, width_of
from sim.ui.words.answer import say

Trace = dict[str, Any]

DASHES = {"-": "solid", "--": "dash", "-.": "dashdot", ":": "dot"}
SYMBOLS = {"s": "square", "o": "circle", "^": "triangle-up", "D": "diamond", "v": "triangle-down", "P": "cross"}
POINTS = 240
"""Days that are drawn of a line: more cannot be seen, and take longer to send."""


def roi_figure(comparison: Comparison, language: Language) -> go.Figure:
    """ROI of each strategy: one dot for each future, and the mean with its 95 % interval."""
    rows = list(reversed(comparison.strategies))
    drawn = [
        trace for height, name in enumerate(rows)
        for trace in (_futures(comparison, name, height, language), *_mean(comparison, name, height))
    ]
    names = [strategy_name(name, language) for name in rows]
    known = any(comparison.estimates[name]["roi"].mean is not None for name in rows)
    return go.Figure(drawn, frame(
        TEXTS["roi"][language], "", x={} if known else {"showticklabels": False, "range": (0, 1), "showgrid": False},
        y={"tickvals": list(range(len(rows))), "ticktext": names, "showgrid": False, "zeroline": False,
           "range": (-0.55, len(rows) - 0.35), "tickfont": {"size": 14}},
        margin={"l": width_of(names, 14)}, annotations=[] if known else [_undefined(language)],
    ))


def cash_figure(comparison: Comparison, language: Language) -> go.Figure:
    """Cumulative cash of each strategy: the median, bands with 50 and 90 % of futures, and the median payback day."""
    paths = {name: np.cumsum(daily, axis=1) / MICRO for name, daily in comparison.daily_cash.items()}
    size, unit = money_scale(max(float(np.abs(path).max()) for path in paths.values()), language)
    days = _days_drawn(next(iter(paths.values())).shape[1])
    lines = {name: _bands(comparison, name, path[:, days] / size, days, unit, language) for name, path in paths.items()}
    last, names = int(days[-1]), comparison.strategies
    drawn = [trace for name in names for trace in lines[name]]
    ends, span = _ends(comparison, drawn, {name: float(lines[name][-1]["y"][-1]) for name in names}, language)
    run_out, its_name = _run_out(comparison, last, language)
    return go.Figure([*drawn, *_paybacks(comparison, language)], frame(
        TEXTS["day"][language], TEXTS["cash"][language].format(unit=unit),
        x={"range": (0, max(1, last)), "unifiedhovertitle": {"text": say("on_day", language)}}, y={"range": span},
        hovermode="x unified", margin={"l": 48, "r": 96}, shapes=run_out, annotations=[*its_name, *ends],
    ))


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


def _futures(comparison: Comparison, name: str, height: int, language: Language) -> Trace:
    look = looks(comparison.strategies)[name]
    found = zip(comparison.values[name]["roi"], comparison.seeds, strict=True)
    known = [(value, seed) for value, seed in found if value is not None]
    values = np.array([value for value, _ in known])
    return {
        "type": "scatter", "x": values, "y": height - 0.22 + _spread(values), "mode": "markers",
        "marker": {"symbol": SYMBOLS.get(look.marker, "circle"), "color": look.colour, "opacity": 0.45, "size": 6},
        "hovertemplate": [say("one_future", language, seed=seed) + "<extra></extra>" for _, seed in known],
    }


def _mean(comparison: Comparison, name: str, height: int) -> Iterator[Trace]:
    """The mean with its interval, and the number above it."""
    found, look = comparison.estimates[name]["roi"], looks(comparison.strategies)[name]
    if found.mean is None:
        return
    if found.low is not None and found.high is not None:
        yield {
            "type": "scatter", "x": [found.low, found.high], "y": [height + 0.15] * 2, "mode": "lines",
            "line": {"color": look.colour, "width": 4}, "hoverinfo": "skip",
        }
    yield {
        "type": "scatter", "x": [found.mean], "y": [height + 0.15], "mode": "markers+text", "text": [ratio(found.mean)],
        "textposition": "top center", "textfont": {"color": look.colour, "size": 14}, "hoverinfo": "skip",
        "marker": {"symbol": SYMBOLS.get(look.marker, "circle"), "color": look.colour, "size": 12,
                   "line": {"color": "white", "width": 1}},
    }


def _undefined(language: Language) -> dict[str, Any]:
    """Why the chart is empty."""
    middle = {"x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper"}
    return {"text": say("no_marketing", language), "showarrow": False, "font": {"size": 14}, **middle}


def _spread(values: NDArray[Any]) -> NDArray[Any]:
    """Heights that keep dots of near values apart, the same for the same values."""
    ranks = np.argsort(np.argsort(values, kind="stable"))
    return np.asarray((ranks * 0.618_034 % 1 - 0.5) * 0.3)


def _days_drawn(days: int) -> NDArray[np.int64]:
    """At most about POINTS days, evenly spread, the first and the last among them."""
    return np.unique(np.linspace(0, days - 1, min(days, POINTS)).round().astype(np.int64))


def _bands(
    comparison: Comparison, name: str, paths: NDArray[Any], days: NDArray[Any], unit: str, language: Language
) -> list[Trace]:
    """The bands that hold 90 and 50 % of many paths, and last their median.

    The preview has one path, and so no bands.
    """
    look = looks(comparison.strategies)[name]
    p5, p25, p50, p75, p95 = np.quantile(paths, (0.05, 0.25, 0.5, 0.75, 0.95), axis=0)
    edge = {"type": "scatter", "x": days, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    bands = [
        edge | more for low, high, shade in ((p5, p95, 0.13), (p25, p75, 0.22))
        for more in ({"y": low}, {"y": high, "fill": "tonexty", "fillcolor": faint(look.colour, shade)})
    ]
    return [*(bands if len(paths) > 1 else ()), {
        "type": "scatter", "x": days, "y": p50, "mode": "lines",
        "line": {"color": look.colour, "width": 2.5, "dash": DASHES.get(look.line, "longdash")},
        "hovertemplate": say("median", language, name=strategy_name(name, language), unit=unit) + "<extra></extra>",
    }]


def _paybacks(comparison: Comparison, language: Language) -> Iterator[Trace]:
    """The day on which the median future of a strategy has paid back, where there is one."""
    for name in comparison.strategies:
        day = comparison.estimates[name]["payback_day"].p50
        if day:
            colour = looks(comparison.strategies)[name].colour
            yield {
                "type": "scatter", "x": [day], "y": [0], "mode": "markers",
                "marker": {"symbol": "circle", "color": "white", "size": 10, "line": {"color": colour, "width": 2.5}},
                "hovertemplate": say("payback", language, name=strategy_name(name, language)) + "<extra></extra>",
            }


def _run_out(
    comparison: Comparison, last: int, language: Language
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The shade over the days of the run-out, and its name; nothing where there are none."""
    start = comparison.scenario.clock.days
    if last <= start:
        return [], []
    shade = {"type": "rect", "x0": start, "x1": last, "y0": 0, "y1": 1, "yref": "y domain", "fillcolor": SHADE,
             "line": {"width": 0}, "layer": "below"}
    name = {"text": TEXTS["run_out"][language], "font": {"size": 12, "color": INK}, "showarrow": False, "x": start,
            "xanchor": "left", "y": 1, "yanchor": "top", "yref": "y domain"}
    return [shade], [name]


def _ends(
    comparison: Comparison, drawn: Sequence[Trace], ends: dict[str, float], language: Language
) -> tuple[list[dict[str, Any]], tuple[float, float]]:
    """The strategies' names beside the ends of their lines, moved apart where they would overlap; the axis' range."""
    heights = np.concatenate([np.asarray(trace["y"], np.float64) for trace in drawn])
    low, high = min(0.0, float(heights.min())), max(0.0, float(heights.max()))
    room = (high - low) * 0.05 or 1.0
    gap, floor, names = (high - low + 2 * room) * 0.085, -float("inf"), []
    for name, end in sorted(ends.items(), key=lambda item: item[1]):
        floor = max(end, floor + gap)
        names.append({
            "x": 1.01, "xref": "paper", "xanchor": "left", "y": floor, "text": strategy_name(name, language),
            "showarrow": False, "font": {"color": looks(comparison.strategies)[name].colour, "size": 14},
        })
    return names, (low - room, max(high, floor) + room)
