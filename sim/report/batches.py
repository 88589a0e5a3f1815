"""What a batch says: a table for the terminal, and tidy rows for files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields
from itertools import islice
from typing import Any

from sim.assumptions.writing import written
from sim.batches.stored.about import RUNS
from sim.batches.stored.batch import Batch
from sim.batches.stored.summary import Group, summaries
from sim.inference.bootstrap import Estimate
from sim.report.tables import HEADINGS as SHARED
from sim.report.tables import rendered
from sim.report.words import metric_label, metric_unit, quantity
from sim.results.metrics import METRICS
from sim.text.phrases import Language, in_futures, strategy_name

MAIN = ("profit_cny", "roi", "payback_day")
MOST_SHOWN = 200
"""Groups that a terminal is given; a file gets all."""

HEADINGS: dict[Language, tuple[str, str, str]] = {
    "en": ("scenario", "strategy", "seeds"),
    "zh": ("情景", "策略", "种子数"),
}


def summary_table(batch: Batch, metrics: Sequence[str], language: Language) -> str:
    """The groups of a batch, a line each, with the mean of every metric and its 95 % interval."""
    groups = list(islice(summaries(batch, metrics), MOST_SHOWN + 1))
    scenario, strategy, seeds = HEADINGS[language]
    labels = [f"{metric_label(name, language)} ({metric_unit(name, language)})" for name in metrics]
    headings = [scenario, *batch.about.keys, strategy, seeds, *labels]
    sides = "l" + "r" * len(batch.about.keys) + "lr" + "r" * len(metrics)
    table = rendered(headings, [_line(group, language) for group in groups[:MOST_SHOWN]], sides)
    return table if len(groups) <= MOST_SHOWN else table + "…\n"


def _line(group: Group, language: Language) -> list[str]:
    estimates = [_estimated(name, each, group.seeds, language) for name, each in group.estimates.items()]
    values = [written(value) for value in group.values]
    return [group.scenario, *values, strategy_name(group.strategy, language), str(group.seeds), *estimates]


def _estimated(metric: str, found: Estimate, futures: int, language: Language) -> str:
    """A mean with its interval; for a day that may never come also in how many futures it does."""
    text = quantity(metric, found.mean)
    if found.low is not None and found.high is not None:
        text = f"{text} ({quantity(metric, found.low)} .. {quantity(metric, found.high)})"
    if found.reached_share in (None, 1):
        return text
    return f"{text} {SHARED['reached'][language]} {in_futures(found.reached_share or 0.0, futures, language)}"


def summary_rows(batch: Batch, metrics: Sequence[str] | None = None) -> Iterator[list[Any]]:
    """A heading, then a row for each group and metric, on the metrics named or on all."""
    numbers = [field.name for field in fields(Estimate)]
    yield ["scenario", *batch.about.keys, "strategy", "seeds", "metric", "unit", *numbers]
    for group in summaries(batch, metrics):
        for name, each in group.estimates.items():
            what = [group.scenario, *group.values, group.strategy, group.seeds]
            yield [*what, name, METRICS[name].unit, *astuple(each)]


def summary_json(batch: Batch, metrics: Sequence[str] | None = None) -> dict[str, Any]:
    """A batch and its groups as plain numbers and texts."""
    heading, *rows = summary_rows(batch, metrics)
    return {
        "name": batch.about.name,
        "design": batch.about.design,
        "runs": batch.about.runs,
        "done": len(batch),
        "estimates": [dict(zip(heading, row, strict=True)) for row in rows],
    }


def tidy_rows(batch: Batch, name: str = RUNS) -> Iterator[list[Any]]:
    """A heading, then every row of one of the batch's tables in the order of runs, a part in memory at a time."""
    for n, part in enumerate(batch.parts(name)):
        if n == 0:
            yield part.column_names
        for row in zip(*(column.to_pylist() for column in part.columns), strict=True):
            yield list(row)
