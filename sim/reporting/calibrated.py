"""What was learnt from an order log, as a table and as pictures: from plain numbers alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.phrases import Language
from sim.reporting.looks import INK, SHADE, drawing, finish, label_ends, readable
from sim.reporting.tables import rendered

COLOURS = {"actual": INK, "pareto_nbd": "#0072B2", "bg_nbd": "#D55E00", "simulated": "#009E73"}
LINES = {"actual": "-", "pareto_nbd": "--", "bg_nbd": "-.", "simulated": ":"}

TEXTS: dict[str, dict[Language, str]] = {
    "actual": {"en": "actual", "zh": "实际"},
    "pareto_nbd": {"en": "Pareto/NBD", "zh": "Pareto/NBD"},
    "bg_nbd": {"en": "BG/NBD", "zh": "BG/NBD"},
    "gamma_gamma": {"en": "Gamma-Gamma", "zh": "Gamma-Gamma"},
    "simulated": {"en": "simulated, 90%", "zh": "仿真（90% 区间）"},
    "model": {"en": "model", "zh": "模型"},
    "parameter": {"en": "parameter", "zh": "参数"},
    "value": {"en": "value", "zh": "数值"},
    "error": {"en": "standard error", "zh": "标准误"},
    "unknown": {"en": "not determined", "zh": "无法确定"},
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
    "read": {
        "en": "{customers:,} customers, {orders:,} orders; fitted {first} to {last} in {unit}s: {repeaters:,} of "
        "{fitted:,} customers came back, {repeats:,} repeat orders (days with an order).",
        "zh": "{customers:,} 位顾客，{orders:,} 笔订单；拟合期 {first} 至 {last}（单位：{unit}）："
        "{fitted:,} 位顾客中 {repeaters:,} 位复购，共 {repeats:,} 次（同日订单合并）。",
    },
    "holdout": {
        "en": "Held out: {actual:,} repeat orders; expected {pareto:,.0f} (Pareto/NBD), {bg:,.0f} (BG/NBD). Mean error "
        "of the cumulative curve: {pareto_error}, {bg_error}.",
        "zh": "留出检验：实际复购 {actual:,} 次；预期 {pareto:,.0f}（Pareto/NBD）、{bg:,.0f}（BG/NBD）。"
        "累计曲线平均误差：{pareto_error}、{bg_error}。",
    },
    "matching": {
        "en": "Simulated over the log's own weeks ({seeds} seeds): mean error {error}; {coverage} of the weeks held out "
        "lie in the 90% band.",
        "zh": "用日志自身的周回测仿真（{seeds} 个种子）：平均误差 {error}；留出周中 {coverage} 落在 90% 区间内。",
    },
    "regime": {
        "en": "Regime assumed: {reason}; {share:.0%} of needs became orders.",
        "zh": "假定的经营方式：{reason}；{share:.0%} 的需求成为订单。",
    },
    "none": {"en": "none", "zh": "无"},
}


def table(found: Mapping[str, Any], language: Language) -> str:
    """Parameters with standard errors, then what the checks say and what must be known before believing them."""
    head = [TEXTS[name][language] for name in ("model", "parameter", "value", "error")]
    return rendered(head, list(_parameters(found, language)), "llrr") + "\n" + "\n".join(_sentences(found, language))


def _parameters(found: Mapping[str, Any], language: Language) -> Iterator[list[str]]:
    for model, errors in found["standard_errors"].items():
        for name, error in errors.items():
            shown = TEXTS["unknown"][language] if error is None else f"{error:.3g}"
            yield [TEXTS[model][language], name, f"{found[model][name]:.4f}", shown]
        if "log_likelihood" in found[model]:
            yield [TEXTS[model][language], "log-likelihood", f"{found[model]['log_likelihood']:,.2f}", ""]


def _sentences(found: Mapping[str, Any], language: Language) -> Iterator[str]:
    part = found["calibration"]
    yield TEXTS["read"][language].format(
        customers=found["customers"],
        orders=found["orders"],
        first=found["calibrated_from"],
        last=found["calibrated_until"],
        unit=found["unit"],
        repeaters=part["repeaters"],
        fitted=part["customers"],
        repeats=part["repeats"],
    )
    held = found["holdout"]
    if held:
        errors = {
            f"{short}_error": _share(held[f"{name}_mape"], language)
            for short, name in (("pareto", "pareto_nbd"), ("bg", "bg_nbd"))
        }
        yield TEXTS["holdout"][language].format(
            actual=held["actual_repeats"], pareto=held["pareto_nbd"], bg=held["bg_nbd"], **errors
        )
    regime, match = found["regime"], found["matching"]
    yield TEXTS["regime"][language].format(reason=regime["reason"], share=regime["caught_share"])
    if match:
        numbers = {"error": _share(match["mape"], language), "coverage": _share(match["coverage_90"], language, 0)}
        yield TEXTS["matching"][language].format(seeds=match["seeds"], **numbers)
    yield from (f"- {note}" for note in found["notes"])
    if found["touches"]:
        yield f"- {found['touches']['sentence']}"
    for name, ratio in (found["funnel"] or {}).items():
        error = "" if ratio["standard_error"] is None else f" ({ratio['standard_error']:.2g})"
        yield f"- {name}: {ratio['value']:.4g}{error}"


def _share(value: float | None, language: Language, decimals: int = 2) -> str:
    return TEXTS["none"][language] if value is None else f"{value:.{decimals}%}"


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
