"""Interactive charts of one strategy against another: a dot for each future, and the bars that add up to the gap."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from sim.inference.comparison import Comparison
from sim.kernel.ledger import MICRO
from sim.questions.waterfall.answer import REST, Bar, Waterfall
from sim.report.looks import INK, looks, money_scale
from sim.text.phrases import Language, amount, in_futures, strategy_name
from sim.ui.plain_frame import folded, frame, width_of
from sim.ui.words.answer import say

BINS = 36
"""Columns into which dots are stacked; zero is always a border, so that no dot stands on both sides."""


AXIS = 36
"""Columns of an axis title beside long names, so that it fits a telephone."""


@dataclass(frozen=True)
class Futures:
    """The difference in net profit between two strategies in each future, in yuan; a future is a seed."""

    better: str
    than: str
    seeds: tuple[int, ...]
    yuan: tuple[float, ...]

    @property
    def won(self) -> int:
        """Futures in which the first strategy earns more."""
        return sum(value > 0 for value in self.yuan)


def futures_of(comparison: Comparison) -> Futures:
    """The winner on profit against its closest rival, future by future; raises ValueError without a rival."""
    lead = comparison.verdict.profit.lead
    if lead is None:
        raise ValueError("a single strategy has no rival")
    mine, theirs = (comparison.values[name]["profit_cny"] for name in (lead.better, lead.than))
    gaps = tuple((one or 0.0) - (other or 0.0) for one, other in zip(mine, theirs, strict=True))
    return Futures(lead.better, lead.than, comparison.seeds, gaps)


def futures_figure(futures: Futures, language: Language) -> go.Figure:
    """One dot for each future: right of zero where the first strategy earns more."""
    size, unit = money_scale(max(map(abs, futures.yuan)), language)
    across, up = _stacked([value / size for value in futures.yuan])
    look = looks((futures.better, futures.than))
    colours = [look[futures.better if value > 0 else futures.than].colour for value in futures.yuan]
    symbols = ["circle" if value > 0 else "diamond" for value in futures.yuan]
    dots = {
        "type": "scatter", "x": across, "y": up, "mode": "markers",
        "marker": {"color": colours, "symbol": symbols, "size": 9},
        "hovertemplate": [
            say("one_gap", language, seed=seed, gap=amount(value, language)) + "<extra></extra>"
            for seed, value in zip(futures.seeds, futures.yuan, strict=True)
        ],
    }
    names = {"one": strategy_name(futures.better, language), "other": strategy_name(futures.than, language)}
    low, high = min(0.0, *across), max(0.0, *across)
    zero = {"type": "line", "x0": 0, "x1": 0, "y0": 0, "y1": 1, "yref": "y domain"}
    ink = {"line": {"color": INK, "width": 1.5}}
    return go.Figure([dots], frame(
        say("gap_axis", language, unit=unit, **names), "",
        x={"range": (low - (high - low) * 0.07, high + (high - low) * 0.07)},
        y={"visible": False, "range": (0, max(9.0, max(up) + 1.0))}, shapes=[zero | ink],
    ))


def _stacked(values: Sequence[float]) -> tuple[list[float], list[float]]:
    """Dots over the middle of their column, one above the other."""
    width = (max([*values, 0.0]) - min([*values, 0.0])) / BINS or 1.0
    heights: Counter[int] = Counter()
    across, up = [], []
    for value in values:
        column = math.ceil(value / width) - 1  # a tie stands left of zero: it is no win
        heights[column] += 1
        across.append((column + 0.5) * width)
        up.append(heights[column] - 0.4)
    return across, up


def futures_alt(futures: Futures, language: Language) -> str:
    """The chart of futures in words."""
    count = len(futures.seeds)
    return say(
        "futures_alt", language, better=strategy_name(futures.better, language),
        than=strategy_name(futures.than, language), futures=in_futures(futures.won / count, count, language),
    )


def futures_rows(futures: Futures, language: Language) -> Iterator[list[Any]]:
    """Every future's difference."""
    yield [say("future", language), say("gap_yuan", language)]
    yield from ([seed, round(value, 2)] for seed, value in zip(futures.seeds, futures.yuan, strict=True))


def waterfall_figure(answer: Waterfall, language: Language) -> go.Figure:
    """Bars in the first strategy's colour where they speak for it, in the second's where against, then the total."""
    bars = in_order(answer)
    size, unit = money_scale(max((abs(bar.yuan) for bar in bars), default=0.0), language)
    starts, running = [], 0
    for bar in bars:
        starts.append(running / MICRO / size)
        running += bar.micro_yuan
    look = looks(answer.strategies)
    labels = [*(bar.label(language) for bar in bars), say("total", language)]
    heights = [*(bar.yuan / size for bar in bars), running / MICRO / size]
    ends = [*(_half_widths(bar, size) for bar in bars), _half_widths(answer.total, size, running / MICRO)]
    colours = [*(look[answer.strategies[0 if bar.yuan >= 0 else 1]].colour for bar in bars), "#777777"]
    bars_drawn = {
        "type": "bar", "y": labels, "x": heights, "base": [*starts, 0.0], "orientation": "h",
        "marker": {"color": colours}, "width": 0.62,
        "error_x": {"type": "data", "array": [end[1] for end in ends], "arrayminus": [end[0] for end in ends],
                    "color": INK, "thickness": 1.2, "width": 0},
        "hovertemplate": [f"{label}: {amount(height * size, language)}<extra></extra>"
                          for label, height in zip(labels, heights, strict=True)],
    }
    each = zip([*starts, 0.0], heights, ends, strict=True)
    rights = [max(start, start + height) + end[1] for start, height, end in each]
    numbers = {
        "type": "scatter", "x": rights, "y": labels, "mode": "text", "text": [_signed(height) for height in heights],
        "textposition": "middle right", "cliponaxis": False, "hoverinfo": "skip",
    }
    names = [strategy_name(name, language) for name in answer.strategies]
    across = folded(say("gap_axis", language, one=names[0], other=names[1], unit=unit), AXIS, language)
    return go.Figure([bars_drawn, numbers], frame(
        across, "", y={"autorange": "reversed", "showgrid": False}, height=105 + 25 * len(labels),
        margin={"l": width_of(labels), "r": 40, "b": 44 + 17 * across.count("<br>")},
    ))


def _signed(height: float) -> str:
    """A bar's height beside it, with the minus sign that axes have too."""
    return f" {height:+,.3g}".replace("-", "\N{MINUS SIGN}")


def in_order(answer: Waterfall) -> list[Bar]:
    """What stays with every mechanism off first, then from best to worst for the first strategy; no empty bar."""
    bars = [bar for bar in answer.bars if bar.micro_yuan]
    return sorted(bars, key=lambda bar: (bar.name != REST, -bar.micro_yuan))


def _half_widths(found: Any, size: float, mean: float | None = None) -> tuple[float, float]:
    """How far the interval reaches below and above a bar's end."""
    if found.low is None or found.high is None:
        return 0.0, 0.0
    middle = found.yuan if mean is None else mean
    return max(0.0, middle - found.low) / size, max(0.0, found.high - middle) / size


def waterfall_alt(answer: Waterfall, language: Language) -> str:
    """The waterfall in words."""
    return say("waterfall_alt", language, sentence=answer.in_words(language))


def waterfall_rows(answer: Waterfall, language: Language) -> Iterator[list[Any]]:
    """Every bar with its interval, and the total to which they add up."""
    yield [say(key, language) for key in ("part", "part_yuan", "low", "high")]
    for bar in in_order(answer):
        yield [bar.label(language), bar.yuan, bar.low, bar.high]
    yield [say("total", language), answer.total_micro_yuan / MICRO, answer.total.low, answer.total.high]
