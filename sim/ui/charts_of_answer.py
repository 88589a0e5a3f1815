"""The four charts of an answer, each with its words and the numbers behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.inference.comparison import Comparison
from sim.kernel.ledger import MICRO
from sim.questions.waterfall.study import waterfall_of
from sim.report.charts import TEXTS
from sim.report.words import metric_label, metric_unit
from sim.text.phrases import Language, strategy_name
from sim.ui import figures, figures_gap
from sim.ui.chart import Chart
from sim.ui.words.answer import say


def charts(comparison: Comparison, language: Language) -> list[Chart]:
    """Dots, cash, ROI and waterfall; without a rival there is no gap to show."""
    both = [_cash(comparison, language), _roi(comparison, language)]
    if comparison.verdict.profit.lead is None:
        return both
    return [_futures(comparison, language), both[0], both[1], _waterfall(comparison, language)]


def _futures(comparison: Comparison, language: Language) -> Chart:
    found = figures_gap.futures_of(comparison)
    names = {"better": strategy_name(found.better, language), "than": strategy_name(found.than, language)}
    return Chart(
        "futures", say("futures_heading", language), say("futures_note", language, **names),
        figures_gap.futures_alt(found, language), say("futures_method", language),
        lambda: figures_gap.futures_figure(found, language), lambda: figures_gap.futures_rows(found, language),
    )


def _cash(comparison: Comparison, language: Language) -> Chart:
    return Chart(
        "cash", say("cash_heading", language), TEXTS["bands"][language], figures.cash_alt(comparison, language),
        say("cash_method", language), lambda: figures.cash_figure(comparison, language),
        lambda: _cash_rows(comparison, language),
    )


def _roi(comparison: Comparison, language: Language) -> Chart:
    return Chart(
        "roi", say("roi_heading", language), TEXTS["dots"][language], figures.roi_alt(comparison, language),
        say("roi_method", language), lambda: figures.roi_figure(comparison, language),
        lambda: _roi_rows(comparison, language),
    )


def _waterfall(comparison: Comparison, language: Language) -> Chart:
    lead = comparison.verdict.profit.lead
    answer = waterfall_of(comparison, lead.better if lead else "", lead.than if lead else "")
    return Chart(
        "waterfall", say("waterfall_heading", language), say("waterfall_note", language),
        figures_gap.waterfall_alt(answer, language), say("waterfall_method", language),
        lambda: figures_gap.waterfall_figure(answer, language), lambda: figures_gap.waterfall_rows(answer, language),
    )


def _cash_rows(comparison: Comparison, language: Language) -> Iterator[list[Any]]:
    """Quantiles of cumulative cash of every strategy on every day, in yuan."""
    shares = (0.05, 0.25, 0.5, 0.75, 0.95)
    names = [strategy_name(name, language) for name in comparison.strategies]
    yield [say("day", language)] + [
        say("quantile", language, name=name, share=f"{share:.0%}") for name in names for share in shares
    ]
    paths = (np.cumsum(daily, axis=1) / MICRO for daily in comparison.daily_cash.values())
    table = np.concatenate([np.quantile(path, shares, axis=0) for path in paths])
    for day, column in enumerate(table.T.tolist()):
        yield [day, *(round(value, 2) for value in column)]


def _roi_rows(comparison: Comparison, language: Language) -> Iterator[list[Any]]:
    """Every strategy's ROI in every future."""
    yield [say("future", language), *(strategy_name(name, language) for name in comparison.strategies)]
    columns = [comparison.values[name]["roi"] for name in comparison.strategies]
    for seed, row in zip(comparison.seeds, zip(*columns, strict=True), strict=True):
        yield [seed, *row]


def number_rows(comparison: Comparison, language: Language) -> Iterator[list[Any]]:
    """Every metric of every strategy with its interval, its unit and its definition."""
    from sim.results.metrics import METRICS

    yield [say(key, language) for key in ("strategy", "metric", "unit", "mean", "low", "high", "definition")]
    for name in comparison.strategies:
        for metric, found in comparison.estimates[name].items():
            told = METRICS[metric].definition_zh if language == "zh" else METRICS[metric].definition_en
            label, unit = metric_label(metric, language), metric_unit(metric, language)
            yield [strategy_name(name, language), label, unit, found.mean, found.low, found.high, told]
