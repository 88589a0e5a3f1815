"""What the runs of a batch say together: one estimate for each scenario, point, strategy and metric."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.batches.stored.about import RUNS, SUMS
from sim.batches.stored.batch import Batch
from sim.inference.bootstrap import Estimate, interval, quantiles, resampled
from sim.results.metrics import METRICS, Metric, Parts, total

Sums = NDArray[np.int64]


class Group(NamedTuple):
    """Runs that differ in nothing but their seed, and what they say together."""

    scenario: str
    values: tuple[Any, ...]
    strategy: str
    seeds: int
    estimates: dict[str, Estimate]


def summaries(batch: Batch, metrics: Sequence[str] | None = None) -> Iterator[Group]:
    """Every group of a batch in the order of its runs, on the metrics named or on all; a part in memory at a time.

    Means are ratios of sums over seeds; intervals come from resampling seeds. Raises KeyError for a
    metric that the batch does not have.
    """
    rows = chain.from_iterable(_rows(batch, metrics))
    for _, runs in groupby(rows, key=lambda row: row[0]):
        group = list(runs)
        _, (scenario, values, strategy), sums = group[0]
        names, _ = sums
        table = np.stack([found for _, _, (_, found) in group])
        yield Group(scenario, values, strategy, len(group), _estimates(names, table))


def _rows(batch: Batch, metrics: Sequence[str] | None) -> Iterator[Iterator[tuple[int, Any, tuple[list[str], Sums]]]]:
    """For each part its runs as (group's number, what the group is, (metrics, sums [metric, 4]))."""
    for runs, sums in zip(batch.parts(RUNS), batch.parts(SUMS), strict=True):
        names, table = _table(sums, runs.num_rows, metrics)
        ids = [run_id // batch.about.seeds for run_id in runs["run_id"].to_pylist()]
        values = zip(*(runs[key].to_pylist() for key in batch.about.keys), strict=True)
        points = list(values) if batch.about.keys else [()] * runs.num_rows
        what = zip(runs["scenario"].to_pylist(), points, runs["strategy"].to_pylist(), strict=True)
        yield zip(ids, what, ((names, each) for each in table), strict=True)


def _table(sums: Any, runs: int, metrics: Sequence[str] | None) -> tuple[list[str], Sums]:
    """The names of the metrics, and their sums [run, metric, 4]."""
    names = sums["metric"].slice(0, sums.num_rows // runs).to_pylist()
    columns = [sums[name].to_numpy().reshape(runs, len(names)) for name in Parts._fields]
    chosen = [name for name in names if name in METRICS] if metrics is None else list(metrics)
    missing = next((name for name in chosen if name not in names), None)
    if missing is not None:
        raise KeyError(f"the batch has no metric {missing!r}; it has {', '.join(names)}")
    return chosen, np.stack(columns, axis=-1)[:, [names.index(name) for name in chosen]]


def _estimates(names: Sequence[str], table: Sums) -> dict[str, Estimate]:
    """Estimates of metrics from their sums [seed, metric, 4]."""
    futures = len(table)
    samples = resampled(table.astype(np.float64)) if futures > 1 else np.full((1, len(names)), np.nan)
    return {name: _estimate(METRICS[name], table[:, n], samples[:, n]) for n, name in enumerate(names)}


def _estimate(metric: Metric, sums: Sums, samples: NDArray[np.float64]) -> Estimate:
    parts = [Parts(*row) for row in sums.tolist()]
    values = [each.value for each in parts]
    defined = sum(value is not None for value in values)
    reached = defined / len(values) if metric.undefined_loses else None
    never_is_last = metric.undefined_loses
    return Estimate(total(parts).value, *interval(samples, defined), *quantiles(values, never_is_last), reached)
