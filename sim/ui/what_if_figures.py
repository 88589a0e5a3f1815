"""Charts of what flips the answer, which assumptions matter, and who wins where. They know nothing of Streamlit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from sim.assumptions.ranges import plain, with_unit
from sim.inference.bootstrap import FLOAT
from sim.inference.paired_differences import PairedDifference
from sim.questions.breakeven.answer import BreakEven, Frontier
from sim.questions.sensitivity.answer import Swing, Tornado
from sim.report.looks import INK, looks, money_scale
from sim.text.phrases import Language, strategy_name
from sim.ui.plain_frame import faint, folded, framed, named_with_unit
from sim.ui.words.what_if import say

LOW_END, HIGH_END = "#8C8C8C", "#4A3F8F"
MOST_BARS = 15
AXIS_COLUMNS: dict[Language, int] = {"en": 34, "zh": 26}
NAME_COLUMNS: dict[Language, int] = {"en": 36, "zh": 24}
"""Columns of an axis's title, and of a name beside its bar, on a telephone too; a Chinese character takes two."""


def flip_figure(answer: BreakEven, now: float, language: Language) -> go.Figure:
    """The lead along one assumption with its 95 % band, where it is zero, and where we are."""
    line, figure = answer.lines[0], go.Figure()
    known = [(x, gap) for x, gap in zip(line.values, line.gaps, strict=True) if gap.mean is not None]
    values, means = [x for x, _ in known], [gap.mean or 0.0 for _, gap in known]
    lows, highs = _ends([gap for _, gap in known])
    size, unit = money_scale(max(map(abs, [*lows, *highs]), default=0.0), language)
    edge = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    figure.add_scatter(x=values, y=[low / size for low in lows], **edge)
    figure.add_scatter(x=values, y=[each / size for each in highs], fill="tonexty", fillcolor=faint(INK, 0.15), **edge)
    figure.add_scatter(
        x=values, y=[mean / size for mean in means], mode="lines", line={"color": INK, "width": 2.5},
        hovertemplate=say("value", language, value="%{x:.3~g}", unit=unit) + "<extra></extra>",
    )
    for each in line.crossings:
        figure.add_scatter(
            x=[each.low, each.high], y=[0, 0], mode="lines", line={"color": "#B00020", "width": 5}, hoverinfo="skip"
        )
        figure.add_scatter(
            x=[each.value], y=[0], mode="markers+text", text=[say("tie", language, value=plain(each.value))],
            textposition="bottom right" if each.above == answer.strategies[0] else "top right", hoverinfo="skip",
            textfont={"size": 14, "color": "#B00020"},
            marker={"symbol": "circle", "size": 12, "color": "white", "line": {"color": "#B00020", "width": 2.5}},
        )
    _mark_now(figure, now, language)
    framed(figure, named_with_unit(answer.span, language), _axis(answer.strategies, unit, language))
    _name_sides(figure, answer.strategies, language)
    figure.update_layout(margin={"t": 28})
    figure.update_xaxes(range=(answer.span.low, answer.span.high), zeroline=False)
    return figure


def _ends(gaps: Sequence[PairedDifference]) -> tuple[list[float], list[float]]:
    """The ends of intervals; the mean itself where there is no interval."""
    lows = [gap.mean or 0.0 if gap.low is None else gap.low for gap in gaps]
    return lows, [gap.mean or 0.0 if gap.high is None else gap.high for gap in gaps]


def _axis(strategies: Sequence[str], unit: str, language: Language) -> str:
    one, other = (strategy_name(name, language) for name in strategies)
    return folded(say("axis_gap", language, one=one, other=other, unit=unit), AXIS_COLUMNS[language], language)


def _mark_now(figure: go.Figure, now: float, language: Language) -> None:
    figure.add_vline(
        x=now, line={"color": INK, "width": 1.5, "dash": "dot"}, annotation_text=say("now", language),
        annotation_position="top", annotation_font_size=13,
    )


def _name_sides(figure: go.Figure, strategies: Sequence[str], language: Language) -> None:
    """Who is better above and below zero, in the strategies' colours."""
    for name, y, anchor in ((strategies[0], 1.0, "top"), (strategies[1], 0.0, "bottom")):
        figure.add_annotation(
            text=say("better", language, name=strategy_name(name, language)), x=0.01, y=y, xref="paper", yref="paper",
            xanchor="left", yanchor=anchor, showarrow=False, bgcolor="rgba(255,255,255,0.8)",
            font={"color": looks(strategies)[name].colour, "size": 14},
        )


def tornado_figure(answer: Tornado, language: Language) -> go.Figure:
    """Each assumption moved to either end of its range; the widest bar on top, a star where the winner changes."""
    shown = list(reversed(answer.swings[:MOST_BARS]))
    now, figure = answer.now.mean or 0.0, go.Figure()
    ends = [gap.mean or 0.0 for each in shown for gap in (each.at_low, each.at_high)]
    size, unit = money_scale(max(map(abs, [*ends, now]), default=0.0), language)
    for name, colour in (("at_low", LOW_END), ("at_high", HIGH_END)):
        _draw_ends(figure, shown, name, colour, now, size, language)
    names = [named_with_unit(each.span, language) + (" *" if each.flips else "") for each in shown]
    rows = [folded(name, NAME_COLUMNS[language], language) for name in names]
    framed(figure, _axis(answer.strategies, unit, language), "", 110 + 54 * len(shown))
    _leave_room(figure, [now / size, *(end / size for end in ends)])
    figure.update_layout(barmode="overlay", bargap=0.3, showlegend=True, legend={"orientation": "h", "y": 1.0,
                         "yanchor": "bottom", "traceorder": "normal"}, margin={"t": 54})
    figure.update_layout(legend={"yref": "container", "yanchor": "top"})
    figure.update_yaxes(tickvals=list(range(len(shown))), ticktext=rows, showgrid=False, zeroline=False)
    _mark_now(figure, now / size, language)
    return figure


def _leave_room(figure: go.Figure, values: Sequence[float]) -> None:
    """Room on either side for the numbers beside the bars."""
    low, high = min([*values, 0.0]), max([*values, 0.0])
    room = 0.32 * (high - low) or 1.0
    figure.update_xaxes(range=(low - room, high + room), tickangle=0, nticks=6)


def _draw_ends(
    figure: go.Figure, shown: Sequence[Swing], name: str, colour: str, now: float, size: float, language: Language
) -> None:
    """From what it is now to one end of each range, with the value there beside the bar."""
    gaps: list[PairedDifference] = [getattr(each, name) for each in shown]
    values = [each.span.low if name == "at_low" else each.span.high for each in shown]
    shift = -0.19 if name == "at_high" else 0.19
    figure.add_bar(
        y=[row + shift for row in range(len(shown))], x=[((gap.mean or now) - now) / size for gap in gaps],
        base=now / size, orientation="h", width=0.36, marker={"color": colour}, name=say(name, language),
        text=[plain(value) for value in values], textposition="outside", cliponaxis=False, constraintext="none",
        hovertext=[with_unit(each.span, value, language) for each, value in zip(shown, values, strict=True)],
        hoverinfo="text",
    )  # fmt: skip


def map_figure(answer: Frontier, here: tuple[float, float], language: Language) -> go.Figure:
    """Who wins over two assumptions: colour by the lead, a black line where it is zero, a marker where we are."""
    grid = np.array([[np.nan if gap.mean is None else gap.mean for gap in row] for row in answer.maps[0].gaps])
    size, unit = money_scale(float(np.nanmax(np.abs(grid))) if np.isfinite(grid).any() else 1.0, language)
    most = float(np.nanmax(np.abs(grid))) / size or 1.0
    first, second = (looks(answer.strategies)[name].colour for name in answer.strategies)
    figure = go.Figure()
    figure.add_contour(
        x=answer.first_values, y=answer.second_values, z=grid / size, zmin=-most, zmax=most, ncontours=17,
        colorscale=[[0, second], [0.5, "#FFFFFF"], [1, first]], line={"width": 0},
        hovertemplate=f"%{{x:.3~g}}, %{{y:.3~g}}: %{{z:,.3~g}} {unit}<extra></extra>",
        colorbar={"title": {"text": _axis(answer.strategies, unit, language), "side": "top", "font": {"size": 13}},
                  "orientation": "h", "thickness": 10, "outlinewidth": 0,
                  "y": -0.22, "yanchor": "top", "len": 0.7, "nticks": 7},
    )
    figure.add_contour(
        x=answer.first_values, y=answer.second_values, z=grid / size, showscale=False, hoverinfo="skip",
        contours={"coloring": "lines", "start": 0, "end": 0, "size": 1}, line={"width": 3},
        colorscale=[[0, INK], [1, INK]],
    )
    figure.add_scatter(
        x=[here[0]], y=[here[1]], mode="markers+text", text=[say("here", language)], textposition="top center",
        textfont={"size": 14}, hoverinfo="skip", cliponaxis=False,
        marker={"symbol": "x", "size": 14, "color": INK, "line": {"color": "white", "width": 1.5}},
    )
    up = folded(named_with_unit(answer.second, language), 34, language)
    framed(figure, named_with_unit(answer.first, language), up, 470)
    _name_realms(figure, answer, grid, language)
    return figure


def _name_realms(figure: go.Figure, answer: Frontier, grid: FLOAT, language: Language) -> None:
    """Each strategy's name where it leads: the first one's above, the second one's below."""
    for name, sign, row in zip(answer.strategies, (1, -1), (-1, 0), strict=True):
        leads = sign * grid[row]
        if not np.nanmax(leads) > 0:
            continue
        column = int(np.nanargmax(leads))
        figure.add_annotation(
            text=say("better", language, name=strategy_name(name, language)), showarrow=False,
            x=answer.first_values[column], y=answer.second_values[row],
            xanchor="left" if column < len(leads) / 2 else "right", yanchor="bottom" if row == 0 else "top",
            bgcolor="rgba(255,255,255,0.85)", font={"color": looks(answer.strategies)[name].colour, "size": 14},
        )  # fmt: skip
