"""Pictures of break-evens: the gap between two strategies along a parameter, and who wins over two."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.assumptions.ranges import Range, plain
from sim.inference.paired_differences import PairedDifference, leader
from sim.questions.breakeven.answer import BreakEven, Frontier, Line, Map
from sim.questions.breakeven.words import KIND_NAMES
from sim.report.looks import INK, drawing, finish, looks, money_scale, readable
from sim.results.metrics import METRICS
from sim.text.phrases import Language, strategy_name

TEXTS: dict[str, dict[Language, str]] = {
    "gap": {"en": "{one} less {other}: {metric} ({unit})", "zh": "{one}减{other}：{metric}（{unit}）"},
    "better": {"en": "{name} better", "zh": "{name}占优"},
    "now": {"en": "now", "zh": "现值"},
    "how": {
        "en": "band: 95% interval; ring and bar: tie with its 95% interval",
        "zh": "色带：95% 区间；圆圈与横条：打平点及其 95% 区间",
    },
    "map": {
        "en": "marks: clear winner; dot: too close to call; black line: tie",
        "zh": "标记：明显占优者；小点：难分高下；黑线：打平",
    },
    "here": {"en": "you are here", "zh": "您在此处"},
}
LINES = (("#333333", "-"), ("#7A4E9E", "--"))
"""Colour and line of each kind of break-even."""

UNCLEAR = "#DDDDDD"


def breakeven_figure(answer: BreakEven, language: Language) -> Figure:
    """The gap along the parameter for each kind of break-even, with the ties and their intervals."""
    language, note = readable(language)
    with drawing(language):
        figure = Figure(figsize=(10, 6), layout="constrained")
        axes = figure.subplots()
        size, unit = _scale(answer.metric, [gap for line in answer.lines for gap in line.gaps], language)
        for line, (colour, dashes) in zip(answer.lines, LINES, strict=False):
            _draw_line(axes, line, size, colour, dashes, KIND_NAMES[line.kind][language])
        _frame(axes, answer, unit, language)
        finish(figure, answer.in_words(language).replace("\n", " " if language == "en" else ""), note, 112)
    return figure


def frontier_figure(answer: Frontier, language: Language) -> Figure:
    """Who wins over two parameters, a panel for each kind, with the border on which the two tie."""
    language, note = readable(language)
    with drawing(language):
        figure = Figure(figsize=(6.2 * len(answer.maps), 6.4), layout="constrained")
        panels = figure.subplots(1, len(answer.maps), squeeze=False)[0]
        for axes, each in zip(panels, answer.maps, strict=True):
            _draw_map(axes, answer, each, language)
        finish(figure, answer.in_words(language).replace("\n", " " if language == "en" else ""), note, 68 * len(panels))
        for axes in panels:
            axes.grid(visible=False)
    return figure


def axis_name(span: Range, language: Language) -> str:
    """A parameter with its unit, for an axis."""
    unit = span.unit_in(language)
    if not unit:
        return span.label(language)
    return f"{span.label(language)}（{unit}）" if language == "zh" else f"{span.key} ({unit})"


def _scale(metric: str, gaps: list[PairedDifference], language: Language) -> tuple[float, str]:
    found = METRICS[metric]
    if found.unit == "yuan":
        return money_scale(max((abs(gap.mean or 0.0) for gap in gaps), default=0.0), language)
    return 1.0, found.unit_zh if language == "zh" else found.unit


def _draw_line(axes: Axes, line: Line, size: float, colour: str, dashes: str, name: str) -> None:
    known = [(x, gap) for x, gap in zip(line.values, line.gaps, strict=True) if gap.mean is not None]
    xs = [x for x, _ in known]
    axes.plot(xs, [(gap.mean or 0.0) / size for _, gap in known], dashes, color=colour, lw=2, label=name)
    if all(gap.low is not None for _, gap in known):
        low, high = ([(getattr(gap, end) or 0.0) / size for _, gap in known] for end in ("low", "high"))
        axes.fill_between(xs, low, high, color=colour, alpha=0.15, lw=0)
    for each in line.crossings:
        axes.plot((each.low, each.high), (0, 0), color=colour, lw=6, alpha=0.5, solid_capstyle="butt")
        axes.plot(each.value, 0, "o", mfc="white", mec=colour, ms=9, mew=2, zorder=5)
        axes.annotate(
            plain(each.value), (each.value, 0), (0, 9 if dashes == "-" else -18), textcoords="offset points",
            ha="right" if dashes == "-" else "left", color=colour,
        )  # fmt: skip


def _frame(axes: Axes, answer: BreakEven, unit: str, language: Language) -> None:
    one, other = (strategy_name(name, language) for name in answer.strategies)
    metric = METRICS[answer.metric].label_zh if language == "zh" else METRICS[answer.metric].label_en
    axes.axhline(0, color=INK, lw=1)
    axes.set_xlim(answer.span.low, answer.span.high)
    axes.margins(y=0.15)
    low, high = axes.get_ylim()
    for edge, sign in ((high, 1.0), (low, -1.0)):
        if edge * sign <= 0:
            continue
        name = leader(sign, answer.strategies, answer.metric)
        look = looks(answer.strategies)[name]
        axes.axhspan(0, edge, color=look.colour, alpha=0.07, lw=0, zorder=0)
        said = TEXTS["better"][language].format(name=strategy_name(name, language))
        axes.text(
            0.985, 0.96 if sign > 0 else 0.04, said, transform=axes.transAxes, ha="right",
            va="top" if sign > 0 else "bottom", color=look.colour, fontweight="bold",
        )  # fmt: skip
    axes.set_ylim(low, high)
    _mark_now(axes, answer.span, language)
    axes.set_xlabel(axis_name(answer.span, language))
    axes.set_ylabel(TEXTS["gap"][language].format(one=one, other=other, metric=metric, unit=unit))
    axes.set_title(TEXTS["how"][language], fontsize=9, loc="left", color=INK)
    axes.legend(loc="lower center", frameon=True, fontsize=9)


def _mark_now(axes: Axes, span: Range, language: Language) -> None:
    if span.low <= span.now <= span.high:
        axes.axvline(span.now, color=INK, lw=1, ls=":")
        said = f"{TEXTS['now'][language]} {plain(span.now)}"
        axes.annotate(
            said, (span.now, 0.02), (4, 0), axes.get_xaxis_transform(), textcoords="offset points", fontsize=9
        )


def _draw_map(axes: Axes, answer: Frontier, each: Map, language: Language) -> None:
    xs, ys = np.array(answer.first_values), np.array(answer.second_values)
    look = looks(answer.strategies)
    for y, row in zip(ys, each.gaps, strict=True):
        for x, gap in zip(xs, row, strict=True):
            name = gap.winner(answer.strategies)
            colour, marker = (look[name].colour, look[name].marker) if name else ("#777777", ".")
            axes.plot(x, y, marker, color=colour, ms=9 if name else 6, clip_on=False, zorder=4)
    means = np.array([[np.nan if gap.mean is None else gap.mean for gap in row] for row in each.gaps])
    _shade(axes, xs, ys, means, answer)
    for y, row_crossings in zip(ys, each.crossings, strict=True):
        for crossing in row_crossings:
            axes.plot((crossing.low, crossing.high), (y, y), color=INK, lw=3, solid_capstyle="butt")
    axes.set_xlabel(axis_name(answer.first, language))
    axes.set_ylabel(axis_name(answer.second, language))
    title = f"{KIND_NAMES[each.kind][language]}\n{TEXTS['map'][language]}"
    axes.set_title(title, fontsize=9, loc="left", color=INK)
    _name_realms(axes, answer, language)
    _mark_here(axes, answer, language)


def _shade(axes: Axes, xs: np.ndarray, ys: np.ndarray, means: np.ndarray, answer: Frontier) -> None:
    """Either realm in its strategy's colour, and the border in black."""
    pale = [looks(answer.strategies)[leader(sign, answer.strategies, answer.metric)].colour for sign in (-1.0, 1.0)]
    if np.isnan(means).all() or min(means.shape) < 2:
        return
    far = max(1.0, float(np.nanmax(np.abs(means))) * 2)
    axes.contourf(xs, ys, means, levels=[-far, 0, far], colors=pale, alpha=0.16)
    if np.nanmin(means) < 0 < np.nanmax(means):
        axes.contour(xs, ys, means, levels=[0], colors="black", linewidths=2)


def _name_realms(axes: Axes, answer: Frontier, language: Language) -> None:
    handles = []
    for name in answer.strategies:
        look = looks(answer.strategies)[name]
        said = TEXTS["better"][language].format(name=strategy_name(name, language))
        handles += axes.plot([], [], look.marker, color=look.colour, ms=9, label=said)
    axes.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=2, frameon=False)


def _mark_here(axes: Axes, answer: Frontier, language: Language) -> None:
    x, y = answer.first.now, answer.second.now
    if answer.first.low <= x <= answer.first.high and answer.second.low <= y <= answer.second.high:
        axes.plot(x, y, "*", color="black", mec="white", ms=16, zorder=6)
        axes.annotate(TEXTS["here"][language], (x, y), (9, 6), textcoords="offset points", fontsize=9, zorder=6)
