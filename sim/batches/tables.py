"""The tables of a batch: one row a run, the exact sums behind its metrics, and, if asked for, one row a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from sim.assumptions.errors import parameter
from sim.assumptions.scenario import Scenario
from sim.batches.design import Run
from sim.batches.stored.about import DAILY, RUNS, SUMS
from sim.kernel.ledger import ACCOUNTS, COUNT_NAMES, MICRO, MILLIONTHS
from sim.results.metrics import METRICS, Parts
from sim.results.metrics.periods import phase
from sim.results.result import Result

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 2
"""Changes when the tables do, so that one folder never holds two kinds; since 2 a part says where it belongs."""

FIRST_COLUMNS = ("run_id", "scenario", "strategy", "seed")
LAST_COLUMN = "ledger_sha256"


def tables_of(runs: Sequence[Run], results: Sequence[Result], keys: Sequence[str], *, daily: bool) -> dict[str, Any]:
    """The tables (pyarrow) of some runs, by name."""
    parts = [[metric.parts(result) for metric in METRICS.values()] for result in results]
    tables = {RUNS: _runs(runs, results, parts, keys), SUMS: _sums(runs, parts)}
    return tables | ({DAILY: _daily(runs, results)} if daily else {})


def value_at(scenario: Scenario, key: str) -> Any:
    """The value of a parameter by its full key."""
    value: Any = scenario
    for step in key.split("."):
        value = value[int(step)] if isinstance(value, tuple) else getattr(value, step)
    return value


def _runs(
    runs: Sequence[Run], results: Sequence[Result], parts: Sequence[Sequence[Parts]], keys: Sequence[str]
) -> pa.Table:
    """One row a run: what was lived, every metric, and the fingerprint of every yuan and every count."""
    import pyarrow as pa

    columns = {
        "run_id": pa.array([run.run_id for run in runs], pa.int64()),
        "scenario": pa.array([run.scenario.name for run in runs], pa.string()),
        "strategy": pa.array([run.strategy for run in runs], pa.string()),
        "seed": pa.array([run.seed for run in runs], pa.int64()),
    }
    for key in keys:
        columns[key] = pa.array([value_at(result.scenario, key) for result in results], _type_of(key))
    for n, name in enumerate(METRICS):
        columns[name] = pa.array([row[n].value for row in parts], pa.float64())
    columns[LAST_COLUMN] = pa.array([result.ledger_sha256 for result in results], pa.string())
    return pa.table(columns)


def _type_of(key: str) -> pa.DataType:
    """The type of a parameter's column."""
    import pyarrow as pa

    field = parameter(tuple(int(step) if step.isdigit() else step for step in key.split(".")))
    kinds = (field.annotation, *get_args(field.annotation)) if field else ()
    steps = [inner for kind in kinds for inner in (kind, *get_args(kind))]
    types = {bool: pa.bool_(), float: pa.float64(), int: pa.int64()}
    return next((types[kind] for kind in types if kind in steps), pa.string())


def _sums(runs: Sequence[Run], parts: Sequence[Sequence[Parts]]) -> pa.Table:
    """A row a run and metric: the whole numbers that are summed over runs before they are divided."""
    import pyarrow as pa

    names = pa.array(list(METRICS) * len(runs), pa.string())
    ids = pa.array(np.repeat([run.run_id for run in runs], len(METRICS)), pa.int64())
    rows = [each for row in parts for each in row]
    numbers = {name: pa.array([each[n] for each in rows], pa.int64()) for n, name in enumerate(Parts._fields)}
    return pa.table({"run_id": ids, "metric": names, **numbers})


def _daily(runs: Sequence[Run], results: Sequence[Result]) -> pa.Table:
    """A row a run and day: every account in yuan, every count and level."""
    import pyarrow as pa

    lengths = [len(result.money) for result in results]
    columns: dict[str, Any] = {
        "run_id": pa.array(np.repeat([run.run_id for run in runs], lengths), pa.int64()),
        "day": pa.array(np.concatenate([np.arange(days) for days in lengths]), pa.int32()),
        "phase": pa.array([phase(each.scenario.clock, day) for each in results for day in range(len(each.money))]),
    }
    for name in ACCOUNTS:
        columns[f"{name}_cny"] = pa.array(np.concatenate([each.account(name) for each in results]) / MICRO)
    for name in COUNT_NAMES:
        counts = np.concatenate([each.count(name) for each in results])
        columns[MILLIONTHS.get(name, name)] = pa.array(counts / MICRO if name in MILLIONTHS else counts)
    return pa.table(columns)
