"""Pictures of what was learnt from an order log: repeat orders over time, and later orders by earlier ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.looks import INK, SHADE, drawing, finish, label_ends, readable
from sim.text.phrases import Language

COLOURS = {"actual": INK, "pareto_nbd": "#0072B2", "bg_nbd": "#D55E00", "simulated": "#009E73"}
LINES = {"actual": "-", "pareto_nbd": "--", "bg_nbd": "-.", "simulated": ":"}

TEXTS: dict[str, dict[Language, str]] = {
    "actual": {"en": "actual", "zh": "实际"},
    "pareto_nbd": {"en": "Pareto/NBD", "zh": "Pareto/NBD"},
    "bg_nbd": {"en": "BG/NBD", "zh": "BG/NBD"},
    "weekly_repeats": {"en": "cumulative repeat orders (orders)", "zh": "累计复购订单（单）"},
    "weeks": {"en": "weeks since the log's first day", "zh": "自日志首日起的周数（周）"},
    "tracking": {"en": "grey: weeks held out", "zh": "灰色：留出检验的周"},
    "later": {"en": "mean later orders (orders)", "zh": "之后的人均订单（单）"},
    "so_far": {
        "en": "repeat orders in the calibration period (orders; 7: 7 or more)",
        "zh": "拟合期内复购次数（次；7 表示 7 次及以上）",
    },
    "conditional": {"en": "customers by what they did before", "zh": "按此前复购次数分组的顾客"},
    "title": {"en": "{log}: repeat orders, actual and as fitted", "zh": "{log}：复购订单，实际与拟合"},
    "simulated": {"en": "simulated, 90%", "zh": "仿真（90% 区间）"},
}


def figure(picture: Mapping[str, Any], language: Language) -> Figure:
    """The tracking plot, and later orders by earlier ones where weeks were held out."""
    language, note = readable(language)
    with drawing(language):
        drawn = Figure(figsize=(12, 5.5), layout="constrained")
        if picture["later"] is None:
            _draw_tracking(drawn.subplots(), picture, language)
        else:
            left, right = drawn.subplots(1, 2, width_ratios=(3, 2))
            _draw_tracking(left, picture, language)
            _draw_later(right, picture["later"], language)
        finish(drawn, TEXTS["title"][language].format(log=picture["log"]), note)
    return drawn


def _draw_tracking(axes: Axes, picture: Mapping[str, Any], language: Language) -> None:
    actual, held_out, match = np.asarray(picture["actual"]), np.asarray(picture["held_out"]), picture["match"]
    weeks = np.arange(1, actual.size + 1)
    ends = {}
    for name, curve in ({"actual": actual} | dict(picture["expected"])).items():
        axes.plot(weeks, curve, color=COLOURS[name], linestyle=LINES[name], linewidth=2)
        ends[TEXTS[name][language]] = (float(curve[-1]), COLOURS[name])
    if match is not None:
        curves = match.simulated.cumsum(axis=1) * (float(actual[-1]) / max(float(match.actual.sum()), 1.0))
        low, high = np.quantile(curves, (0.05, 0.95), axis=0)
        axes.fill_between(weeks, low, high, color=COLOURS["simulated"], alpha=0.2, linewidth=0)
        ends[TEXTS["simulated"][language]] = (float(high[-1]), COLOURS["simulated"])
    axes.set_xlim(1, max(2, actual.size))
    axes.set_ylim(0, None)
    if held_out.any():
        axes.axvspan(float(weeks[held_out][0]) - 0.5, float(weeks[-1]), color=SHADE, zorder=0)
    axes.set_xlabel(TEXTS["weeks"][language])
    axes.set_ylabel(TEXTS["weekly_repeats"][language])
    axes.set_title(TEXTS["tracking"][language], fontsize=9, loc="left", color=INK)
    label_ends(axes, ends)


def _draw_later(axes: Axes, later: Any, language: Language) -> None:
    ends = {}
    for name, marker, values in [("actual", "o", later.actual), *((n, "s", v) for n, v in later.expected.items())]:
        axes.plot(later.repeats, values, color=COLOURS[name], linestyle=LINES[name], marker=marker, ms=5, linewidth=2)
        ends[TEXTS[name][language]] = (float(values[-1]), COLOURS[name])
    axes.set_xlim(-0.2, max(1.0, float(later.repeats[-1])) + 0.2)
    axes.set_ylim(0, None)
    axes.set_xlabel(TEXTS["so_far"][language])
    axes.set_ylabel(TEXTS["later"][language])
    axes.set_title(TEXTS["conditional"][language], fontsize=9, loc="left", color=INK)
    label_ends(axes, ends)
