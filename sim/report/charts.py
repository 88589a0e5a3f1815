"""Pictures of a comparison and of a run: figures that can be saved as PNG, SVG or PDF, without any screen."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.inference.bootstrap import Estimate
from sim.inference.comparison import Comparison
from sim.kernel.ledger import MICRO
from sim.report.looks import INK, SHADE, Look, drawing, finish, label_ends, looks, money_scale, readable
from sim.report.words import headline, run_sentence
from sim.results.metrics.periods import cumulative_cash, watched
from sim.results.result import Result
from sim.text.phrases import Language, ratio, strategy_name

TEXTS: dict[str, dict[Language, str]] = {
    "cash": {"en": "cumulative cash ({unit})", "zh": "累计现金（{unit}）"},
    "day": {"en": "days since the first counted day", "zh": "自计入首日起的天数（天）"},
    "run_out": {"en": "run-out: no new customers", "zh": "观察期：不再拉新"},
    "roi": {"en": "ROI: profit / marketing (ratio)", "zh": "投产比 ROI：净利润 / 营销费用（比值）"},
    "bands": {
        "en": "line: median; bands: 50% and 90% of futures; ring: median payback",
        "zh": "线：中位数；色带：50% 与 90% 的未来；圆圈：回本日中位数",
    },
    "dots": {"en": "small: one future each; large: mean, 95% interval", "zh": "小点：每个未来；大点：均值与 95% 区间"},
    "pool": {"en": "pool members (people)", "zh": "私域成员（人）"},
    "members": {"en": "members", "zh": "成员"},
    "active": {"en": "active", "zh": "活跃"},
    "silent": {"en": "silently exited", "zh": "静默流失"},
    "one": {"en": "one future", "zh": "单个未来"},
    "levels": {"en": "at each day's end; active: in the last 30 days", "zh": "每日日末；活跃：近 30 天"},
}


def comparison_figure(comparison: Comparison, language: Language) -> Figure:
    """Cumulative cash of every strategy with its bands, and ROI future by future, under the verdict's first sentence.

    In English, with a note, if Chinese is asked for and this computer has no Chinese font.
    """
    language, note = readable(language)
    with drawing(language):
        figure = Figure(figsize=(12, 6), layout="constrained")
        left, right = figure.subplots(1, 2, width_ratios=(3, 2))
        draw_cash(left, comparison, language)
        draw_roi(right, comparison, language)
        finish(figure, headline(comparison, language), note)
    return figure


def run_figure(result: Result, language: Language) -> Figure:
    """One run: cumulative cash, and the pool's members, active and silently exited ones."""
    language, note = readable(language)
    with drawing(language):
        figure = Figure(figsize=(12, 5.5), layout="constrained")
        left, right = figure.subplots(1, 2)
        _draw_one_cash(left, result, language)
        _draw_pool(right, result, language)
        finish(figure, run_sentence(result, language), note)
    return figure


def draw_cash(axes: Axes, comparison: Comparison, language: Language) -> None:
    """Cumulative cash of every strategy with its bands and its median payback."""
    paths = {name: np.cumsum(daily, axis=1) / MICRO for name, daily in comparison.daily_cash.items()}
    size, unit = money_scale(max(float(np.abs(path).max()) for path in paths.values()), language)
    ends = {}
    for name, look in looks(comparison.strategies).items():
        last = _draw_bands(axes, paths[name] / size, look)
        payback = comparison.estimates[name]["payback_day"].p50
        if payback:
            axes.plot(payback, 0, "o", mfc="white", mec=look.colour, ms=8, mew=2, zorder=5)
        ends[strategy_name(name, language)] = (last, look.colour)
    _frame_days(axes, comparison.scenario.clock.days, language)
    axes.set_title(TEXTS["bands"][language], fontsize=9, loc="left", color=INK)
    axes.set_ylabel(TEXTS["cash"][language].format(unit=unit))
    label_ends(axes, ends)


def _draw_bands(axes: Axes, paths: NDArray[Any], look: Look) -> float:
    """The median of many paths and the bands that hold 50 and 90 % of them; where the median ends."""
    p5, p25, p50, p75, p95 = np.quantile(paths, (0.05, 0.25, 0.5, 0.75, 0.95), axis=0)
    axes.fill_between(np.arange(p50.size), p5, p95, color=look.colour, alpha=0.13, linewidth=0)
    axes.fill_between(np.arange(p50.size), p25, p75, color=look.colour, alpha=0.22, linewidth=0)
    axes.plot(p50, color=look.colour, linestyle=look.line, linewidth=2)
    return float(p50[-1])


def draw_roi(axes: Axes, comparison: Comparison, language: Language) -> None:
    """ROI future by future, and each strategy's mean with its interval."""
    rows = list(reversed(comparison.strategies))
    for height, name in enumerate(rows):
        look = looks(comparison.strategies)[name]
        futures = np.array([value for value in comparison.values[name]["roi"] if value is not None])
        dots = height - 0.2 + _spread(futures)
        axes.scatter(futures, dots, s=14, color=look.colour, alpha=0.45, marker=look.marker, linewidths=0)
        _draw_estimate(axes, comparison.estimates[name]["roi"], height + 0.2, look)
    axes.axvline(0, color=INK, linewidth=1)
    axes.set_yticks(range(len(rows)), [strategy_name(name, language) for name in rows])
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_xlabel(TEXTS["roi"][language])
    axes.set_title(TEXTS["dots"][language], fontsize=9, loc="left", color=INK)


def _draw_estimate(axes: Axes, found: Estimate, height: float, look: Look) -> None:
    """The mean with its interval, and the number above it."""
    if found.mean is None:
        return
    if found.low is not None and found.high is not None:
        axes.plot((found.low, found.high), (height, height), color=look.colour, lw=3, solid_capstyle="butt")
    axes.plot(found.mean, height, look.marker, color=look.colour, ms=9, mec="white")
    axes.annotate(
        ratio(found.mean),
        (found.mean, height),
        (0, 9),
        textcoords="offset points",
        ha="center",
        color=look.colour,
    )


def _spread(values: NDArray[Any]) -> NDArray[Any]:
    """Heights that keep dots of near values apart, the same for the same values."""
    ranks = np.argsort(np.argsort(values, kind="stable"))
    return np.asarray((ranks * 0.618_034 % 1 - 0.5) * 0.4)


def _draw_one_cash(axes: Axes, result: Result, language: Language) -> None:
    cash = cumulative_cash(result) / MICRO
    size, unit = money_scale(float(np.abs(cash).max()), language)
    look = looks((result.strategy,))[result.strategy]
    axes.plot(cash / size, color=look.colour, linestyle=look.line, linewidth=2)
    _frame_days(axes, result.scenario.clock.days, language)
    axes.set_title(TEXTS["one"][language], fontsize=9, loc="left", color=INK)
    axes.set_ylabel(TEXTS["cash"][language].format(unit=unit))
    label_ends(axes, {strategy_name(result.strategy, language): (cash[-1] / size, look.colour)})


def _draw_pool(axes: Axes, result: Result, language: Language) -> None:
    ends = {}
    for name, line, colour in (("members", "-", INK), ("active", "--", "#D55E00"), ("silent", ":", "#7A4E9E")):
        level = result.count(name)[watched(result)]
        axes.plot(level, linestyle=line, color=colour, linewidth=2)
        ends[TEXTS[name][language]] = (float(level[-1]), colour)
    _frame_days(axes, result.scenario.clock.days, language)
    axes.set_title(TEXTS["levels"][language], fontsize=9, loc="left", color=INK)
    axes.set_ylabel(TEXTS["pool"][language])
    label_ends(axes, ends)


def _frame_days(axes: Axes, counted_days: int, language: Language) -> None:
    """Days on the horizontal axis, the zero line, and the run-out shaded and named."""
    last = len(np.asarray(axes.lines[0].get_ydata())) - 1
    axes.axhline(0, color=INK, linewidth=1)
    axes.margins(y=0.1)
    axes.set_xlim(0, max(1, last))
    axes.set_xlabel(TEXTS["day"][language])
    if last < counted_days:
        return
    axes.axvspan(counted_days, last, color=SHADE, zorder=0)
    where = (counted_days + 0.01 * last, 0.98)
    axes.text(*where, TEXTS["run_out"][language], transform=axes.get_xaxis_transform(), va="top", fontsize=9)
