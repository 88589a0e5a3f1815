"""Interactive charts of up to four sides: small multiples on shared axes, and differences future by future."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isnan
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from sim.inference.bootstrap import FLOAT
from sim.kernel.ledger import ACCOUNTS, EARNED, HORIZONS
from sim.questions.compare.side import Side
from sim.questions.waterfall.answer import NAMES
from sim.report.looks import INK, looks, money_scale
from sim.text.phrases import Language
from sim.ui.figures import SYMBOLS
from sim.ui.plain_frame import faint, folded, framed
from sim.ui.words.compare import say

SIDE_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#AA4499")
PEOPLE = {
    "active": ("#009E73", "solid"), "muted": ("#6B5B00", "dot"), "silent": ("#7A4E9E", "dash"),
    "left": (INK, "dashdot"),
}
POINTS = 160
LONGEST = 20
"""Letters of a name that has room above its frame."""

DASH = ("solid", "dash", "dashdot", "dot")


def colours(sides: Sequence[Side]) -> list[str]:
    """Each strategy's own colour where strategies differ, else one a side."""
    strategies = [side.strategy for side in sides]
    if len(set(strategies)) == len(strategies):
        look = looks(strategies)
        return [look[name].colour for name in strategies]
    return list(SIDE_COLOURS[: len(sides)])


def money_figure(sides: Sequence[Side], labels: Sequence[str], language: Language) -> go.Figure:
    """What each ledger account came to, a future on average: earned to the right, paid to the left."""
    names = [name for name in ACCOUNTS if any(side.account(name) for side in sides)]
    signed = [[side.account(name) * (1 if name in EARNED else -1) for name in names] for side in sides]
    size, unit = money_scale(max((abs(value) for row in signed for value in row), default=0.0), language)
    figure = _multiples(labels)
    accounts = [NAMES[name][language == "zh"] for name in names]
    for column, (row, colour) in enumerate(zip(signed, colours(sides), strict=True), 1):
        shades = [colour if value >= 0 else faint(colour, 0.55) for value in row]
        figure.add_bar(
            x=[value / size for value in row], y=accounts, orientation="h", marker={"color": shades}, row=1, col=column,
            hovertemplate="%{y}: %{x:,.3~g} " + unit + "<extra></extra>",
        )
    framed(figure, "", "", 70 + 22 * len(names))
    figure.update_yaxes(autorange="reversed", showgrid=False, zeroline=False)
    _spaced(figure, say("yuan_axis", language, unit=unit))
    if len(sides) > 2:  # narrow frames have no room for a negative number beside their neighbour's
        most = max((abs(value) for row in signed for value in row), default=0.0) / size
        figure.update_xaxes(tickvals=[0, float(f"{0.9 * most:.1g}")])
    return figure


def people_figure(sides: Sequence[Side], labels: Sequence[str], language: Language) -> go.Figure:
    """Active, muted and silent members by day, and all who were lost so far."""

    def draw(figure: go.Figure, side: Side, column: int, _colour: str) -> None:
        days = _days(len(side.click_price_cny[1]))
        for name, (colour, dash) in PEOPLE.items():
            figure.add_scatter(
                x=days, y=side.people[name][days], mode="lines", line={"color": colour, "dash": dash, "width": 2},
                name=say(name, language), showlegend=column == 1, legendgroup=name, row=1, col=column,
                hovertemplate=say(name, language) + ": %{y:,.0f}<extra></extra>",
            )

    figure = _by_day(sides, labels, draw, say("people_axis", language), language)
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": -0.22, "x": 0}, margin={"b": 60}, height=350)
    return figure


def price_figure(sides: Sequence[Side], labels: Sequence[str], language: Language) -> go.Figure:
    """The click price by day: the median future, and the band that holds 90 %."""

    def draw(figure: go.Figure, side: Side, column: int, colour: str) -> None:
        days = _days(len(side.click_price_cny[1]))
        low, middle, high = side.click_price_cny[:, days]
        edge: dict[str, Any] = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "row": 1, "col": column}
        figure.add_scatter(x=days, y=low, **edge)
        figure.add_scatter(x=days, y=high, fill="tonexty", fillcolor=faint(colour, 0.2), **edge)
        figure.add_scatter(
            x=days, y=middle, mode="lines", line={"color": colour, "width": 2.2, "dash": DASH[column - 1]}, row=1,
            col=column, hovertemplate=say("price_hover", language) + "<extra></extra>",
        )

    return _by_day(sides, labels, draw, say("price_axis", language), language)


def cohort_figure(sides: Sequence[Side], labels: Sequence[str], language: Language) -> go.Figure:
    """What a new customer of each week has contributed after so many days; one scale of colour for all sides."""
    known = np.concatenate([side.cohorts[~np.isnan(side.cohorts)] for side in sides])
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    figure = _multiples(labels)
    horizons = [say("after", language, days=days) for days in HORIZONS]
    for column, side in enumerate(sides, 1):
        figure.add_heatmap(
            z=side.cohorts.T, y=horizons, x=list(range(1, len(side.cohorts) + 1)), zmin=low, zmax=high,
            colorscale="Cividis", row=1, col=column, showscale=column == len(sides),
            colorbar={"title": {"text": say("cohort_unit", language)}, "thickness": 12},
            hovertemplate=say("cohort_hover", language) + "<extra></extra>",
        )
    framed(figure, "", "", 260)
    figure.update_yaxes(showgrid=False)
    return _spaced(figure, say("week_axis", language), ticks=5)


def gaps_figure(sides: Sequence[Side], labels: Sequence[str], metric: str, language: Language) -> go.Figure:
    """Each other side less the first, a dot for each future, with the mean and its 95 % interval."""
    rows = [(label, side, side.gaps(sides[0], metric)) for label, side in zip(labels[1:], sides[1:], strict=True)]
    most = max((abs(value) for _, _, gaps in rows for value in gaps if not isnan(value)), default=0.0)
    size, unit = money_scale(most, language)
    figure = go.Figure()
    for height, (label, side, gaps) in enumerate(reversed(rows)):
        n = labels.index(label)
        colour = colours(sides)[n]
        _draw_gaps(figure, np.array(gaps) / size, height, colour, list(SYMBOLS.values())[n], unit, side.seeds)
        found = side.less(sides[0])[metric]
        if found.low is not None and found.high is not None:
            figure.add_scatter(
                x=[found.low / size, found.high / size], y=[height + 0.25] * 2, mode="lines", hoverinfo="skip",
                line={"color": colour, "width": 4},
            )
    across = folded(say("gap_axis", language, first=labels[0], unit=unit), 34, language)
    framed(figure, across, "", 120 + 70 * len(rows))
    figure.add_vline(x=0, line={"color": INK, "width": 1.5})
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=[_in_lines(label) for label, _, _ in reversed(rows)], showgrid=False,
        zeroline=False, range=(-0.6, len(rows) - 0.3),
    )
    return figure


def _draw_gaps(
    figure: go.Figure, gaps: FLOAT, height: int, colour: str, symbol: str, unit: str, seeds: Sequence[int]
) -> None:
    ranks = np.argsort(np.argsort(gaps, kind="stable"))
    figure.add_scatter(
        x=gaps, y=height - 0.15 + (ranks * 0.618_034 % 1 - 0.5) * 0.4, mode="markers", customdata=list(seeds),
        marker={"color": colour, "symbol": symbol, "opacity": 0.6, "size": 7},
        hovertemplate="%{customdata}: %{x:,.3~g} " + unit + "<extra></extra>",
    )


def _by_day(
    sides: Sequence[Side], labels: Sequence[str], draw: Callable[[go.Figure, Side, int, str], None], up: str,
    language: Language,
) -> go.Figure:
    figure = _multiples(labels)
    for column, (side, colour) in enumerate(zip(sides, colours(sides), strict=True), 1):
        draw(figure, side, column, colour)
    framed(figure, "", "", 290)
    figure.update_yaxes(title={"text": up, "font": {"size": 13}}, rangemode="tozero", row=1, col=1)
    return _spaced(figure, say("day_axis", language))


def _multiples(labels: Sequence[str]) -> go.Figure:
    """One frame a side, side by side, on the same axes."""
    return make_subplots(
        rows=1, cols=len(labels), shared_yaxes=True, shared_xaxes="all", horizontal_spacing=0.03,
        subplot_titles=[label[0] for label in labels] if lettered(labels) else list(labels),
    )


def lettered(labels: Sequence[str]) -> list[str]:
    """The names of sides, if they are too long for their frames, which then bear their letters alone."""
    return list(labels) if any(len(label) > LONGEST for label in labels) else []


def _in_lines(label: str) -> str:
    """A side's strategy, and below it its scenario."""
    return label.replace(" · ", "<br>")


def _spaced(figure: go.Figure, across: str, ticks: int = 3) -> go.Figure:
    """Room for the names above the frames, few and upright figures below; the axis of the first speaks for all."""
    figure.update_layout(margin={"t": 34, "b": 30})
    figure.update_annotations(font={"size": 13})
    figure.update_xaxes(tickangle=0, nticks=ticks)
    figure.update_xaxes(title={"text": across, "standoff": 6, "font": {"size": 13}}, row=1, col=1)
    return figure


def _days(count: int) -> list[int]:
    return np.unique(np.linspace(0, count - 1, min(count, POINTS)).round().astype(int)).tolist()
