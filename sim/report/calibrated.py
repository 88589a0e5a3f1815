"""What was learnt from an order log, as a table and sentences: from plain numbers alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.report.tables import rendered
from sim.text.phrases import Language

TEXTS: dict[str, dict[Language, str]] = {
    "pareto_nbd": {"en": "Pareto/NBD", "zh": "Pareto/NBD"},
    "bg_nbd": {"en": "BG/NBD", "zh": "BG/NBD"},
    "gamma_gamma": {"en": "Gamma-Gamma", "zh": "Gamma-Gamma"},
    "model": {"en": "model", "zh": "模型"},
    "parameter": {"en": "parameter", "zh": "参数"},
    "value": {"en": "value", "zh": "数值"},
    "error": {"en": "standard error", "zh": "标准误"},
    "unknown": {"en": "not determined", "zh": "无法确定"},
    "read": {
        "en": "{customers:,} customers, {orders:,} orders; fitted {first} to {last} in {unit}s: {repeaters:,} of "
        "{fitted:,} customers came back, {repeats:,} repeat orders (days with an order).",
        "zh": "{customers:,} 位顾客，{orders:,} 笔订单；拟合期 {first} 至 {last}（单位：{unit}）："
        "{fitted:,} 位顾客中 {repeaters:,} 位复购，共 {repeats:,} 次（同日订单合并）。",
    },
    "holdout": {
        "en": "Held out: {actual:,} repeat orders; expected {pareto:,.0f} (Pareto/NBD, {pareto_off}), {bg:,.0f} "
        "(BG/NBD, {bg_off}). Mean error of the cumulative curve: {pareto_error}, {bg_error}.",
        "zh": "留出检验：实际复购 {actual:,} 次；预期 {pareto:,.0f}（Pareto/NBD，{pareto_off}）、{bg:,.0f}"
        "（BG/NBD，{bg_off}）。累计曲线平均误差：{pareto_error}、{bg_error}。",
    },
    "matching": {
        "en": "Simulated over the log's weeks ({seeds} seeds): {mean:,.0f} repeat orders ({low:,.0f} to "
        "{high:,.0f}), the log {log:,}.",
        "zh": "用日志自身的周回测仿真（{seeds} 个种子）：复购 {mean:,.0f} 次（{low:,.0f} 至 {high:,.0f}），"
        "日志 {log:,} 次。",
    },
    "band": {
        "en": "Of the weeks held out {coverage} lie in its 90% band; mean error {error}.",
        "zh": "留出周中 {coverage} 落在其 90% 区间内；平均误差 {error}。",
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
        off = {
            f"{short}_off": _off(held[name], held["actual_repeats"], language)
            for short, name in (("pareto", "pareto_nbd"), ("bg", "bg_nbd"))
        }
        yield TEXTS["holdout"][language].format(
            actual=held["actual_repeats"], pareto=held["pareto_nbd"], bg=held["bg_nbd"], **errors, **off
        )
    regime, match = found["regime"], found["matching"]
    yield TEXTS["regime"][language].format(reason=regime["reason"], share=regime["caught_share"])
    if match:
        yield TEXTS["matching"][language].format(seeds=match["seeds"], **match["repeats"])
    if match and match["coverage_90"] is not None:
        numbers = {"error": _share(match["mape"], language), "coverage": _share(match["coverage_90"], language, 0)}
        yield TEXTS["band"][language].format(**numbers)
    yield from (f"- {note}" for note in found["notes"])
    if found["touches"]:
        yield f"- {found['touches']['sentence']}"
    for name, ratio in (found["funnel"] or {}).items():
        error = "" if ratio["standard_error"] is None else f" ({ratio['standard_error']:.2g})"
        yield f"- {name}: {ratio['value']:.4g}{error}"


def _share(value: float | None, language: Language, decimals: int = 2) -> str:
    return TEXTS["none"][language] if value is None else f"{value:.{decimals}%}"


def _off(expected: float, actual: int, language: Language) -> str:
    """How far the weeks held out are missed."""
    return TEXTS["none"][language] if actual == 0 else f"{expected / actual - 1:+.1%}"
