"""Plain-text tables that line up in a terminal in English and in Chinese (wide characters take two columns)."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from sim.inference.bootstrap import Difference, Estimate
from sim.inference.comparison import MAIN, Comparison
from sim.inference.plausibility import doubts_after, told
from sim.report.words import metric_label, metric_unit, natural_alarm, quantity, runaway_alarm
from sim.results.metrics import all_of
from sim.results.result import Result
from sim.text.phrases import Language, in_futures, strategy_name

HEADINGS: dict[str, dict[Language, str]] = {
    "metric": {"en": "metric", "zh": "指标"},
    "unit": {"en": "unit", "zh": "单位"},
    "value": {"en": "value", "zh": "数值"},
    "better": {"en": "better", "zh": "领先"},
    "than": {"en": "than", "zh": "落后"},
    "difference": {"en": "difference (95% interval)", "zh": "相差（95% 区间）"},
    "wins": {"en": "wins in", "zh": "胜出"},
    "call": {"en": "call", "zh": "结论"},
    "reached": {"en": "in", "zh": "见于"},
    "clear": {"en": "clear", "zh": "明显"},
    "same": {"en": "no difference", "zh": "没有差别"},
    "close": {"en": "too close to call", "zh": "难分高下"},
}


def comparison_table(comparison: Comparison, language: Language) -> str:
    """The main metrics of every strategy with 95 % intervals, then who leads whom on ROI and net profit."""
    strategies = [strategy_name(name, language) for name in comparison.strategies]
    futures = len(comparison.seeds)
    rows = [
        [metric_label(metric, language), metric_unit(metric, language)]
        + [_estimated(metric, comparison.estimates[name][metric], futures, language) for name in comparison.strategies]
        for metric in MAIN
    ]
    metrics = rendered([*_headings(("metric", "unit"), language), *strategies], rows, "ll" + "r" * len(strategies))
    natural = {strategy_name(name, language): found["natural_to_paid"] for name, found in comparison.estimates.items()}
    alarm = natural_alarm(natural, language)
    metrics += f"{alarm}\n" if alarm else ""
    runaway = runaway_of(comparison, language)
    metrics += f"{runaway}\n" if runaway else ""
    metrics += told(doubts_after(comparison), language)
    if len(strategies) < 2:
        return metrics
    leads = [_lead(each, futures, language) for each in comparison.differences if each.metric in ("roi", "profit_cny")]
    return (
        metrics
        + "\n"
        + rendered(_headings(("metric", "better", "than", "difference", "wins", "call"), language), leads, "lllrrl")
    )


def runaway_of(comparison: Comparison, language: Language) -> str | None:
    """The warning that word of mouth feeds itself, where it does."""
    r0 = {strategy_name(name, language): found["r0"].mean for name, found in comparison.estimates.items()}
    return runaway_alarm(r0, language)


def run_table(result: Result, language: Language) -> str:
    """Every metric of one run."""
    rows = [
        [metric_label(metric, language), quantity(metric, value), metric_unit(metric, language)]
        for metric, value in all_of(result).items()
    ]
    alarm = runaway_alarm({strategy_name(result.strategy, language): all_of(result)["r0"]}, language)
    return rendered(_headings(("metric", "value", "unit"), language), rows, "lrl") + (f"{alarm}\n" if alarm else "")


def _estimated(metric: str, found: Estimate, futures: int, language: Language) -> str:
    text = _with_interval(metric, found)
    if found.reached_share is None or found.reached_share == 1:
        return text
    return f"{text} {HEADINGS['reached'][language]} {in_futures(found.reached_share, futures, language)}"


def _with_interval(metric: str, found: Estimate | Difference) -> str:
    mean = quantity(metric, found.mean)
    if found.low is None or found.high is None:
        return mean
    return f"{mean} ({quantity(metric, found.low)} .. {quantity(metric, found.high)})"


def _lead(each: Difference, futures: int, language: Language) -> list[str]:
    wins = "-" if each.wins_share is None else in_futures(each.wins_share, futures, language, each.ties_share)
    alike = each.mean is not None and each.low == each.high == each.mean == 0
    call = HEADINGS["same" if alike else "close" if each.too_close else "clear"][language]
    names = [strategy_name(name, language) for name in (each.better, each.than)]
    return [metric_label(each.metric, language), *names, _with_interval(each.metric, each), wins, call]


def _headings(names: Sequence[str], language: Language) -> list[str]:
    return [HEADINGS[name][language] for name in names]


def rendered(headings: Sequence[str], rows: Sequence[Sequence[str]], sides: str) -> str:
    """Columns two spaces apart, each to the left (l, words) or to the right (r, numbers)."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False)
    for heading, side in zip(headings, sides, strict=True):
        table.add_column(heading, justify="left" if side == "l" else "right", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    page = io.StringIO()
    Console(file=page, width=1000, color_system=None, markup=False, highlight=False, emoji=False).print(table)
    return "".join(line.rstrip() + "\n" for line in page.getvalue().splitlines())
