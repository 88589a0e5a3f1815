"""A batch as data: its tables, part by part or whole, and its runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sim.assumptions.errors import shown
from sim.assumptions.loading import load
from sim.assumptions.scenario import Scenario
from sim.batches.stored.about import DAILY, RUNS, SUMS, BatchError, finished_parts, read_about
from sim.batches.stored.parts import checksum, said_by
from sim.results.metrics import METRICS, Parts

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

TYPES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    RUNS: (("scenario", "strategy", "ledger_sha256"), ("run_id", "seed")),
    SUMS: (("metric",), ("run_id", *Parts._fields)),
    DAILY: (("phase",), ("run_id",)),
}
"""The columns that each table has at least: texts, and whole numbers."""


class Batch:
    """What a batch has left in its folder, finished or not: read part by part, checked against the parts' names."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        self.about = read_about(self.folder)
        self._parts, self.spoilt = finished_parts(self.folder, self.about)

    def __repr__(self) -> str:
        return f"<Batch {self.about.name} in {self.folder}: {len(self):,} of {self.about.runs:,} runs>"

    def __len__(self) -> int:
        return sum(self.about.runs_in(number) for number in self._parts)

    @property
    def finished(self) -> bool:
        """Whether every run is there."""
        return len(self) == self.about.runs

    def parts(self, name: str = RUNS) -> Iterator[pa.Table]:
        """The finished parts of one of the batch's tables, in the order of runs; raises KeyError for another table."""
        return (self._part(number, name) for number in sorted(self._parts))

    def table(self, name: str = RUNS) -> pa.Table:
        """One of the batch's tables, whole, as pyarrow's; raises ValueError if no part is finished."""
        import pyarrow as pa

        if not self._parts:
            raise ValueError(f"no part of the batch in {self.folder} is finished yet")
        return pa.concat_tables(list(self.parts(name)))

    def frame(self, name: str = RUNS) -> pd.DataFrame:
        """One of the batch's tables, whole, as a frame; needs pandas."""
        return self.table(name).to_pandas()

    def run(self, run_id: int) -> tuple[Scenario, str, int]:
        """Scenario, strategy and seed of a finished run, to live it again; raises LookupError if there is none."""
        number = run_id // self.about.runs_per_part
        if number not in self._parts or run_id >= self.about.runs:
            finished = f"{len(self):,} of runs 0 to {self.about.runs - 1} are finished"
            raise LookupError(f"run {run_id} is not there; {finished}")
        found = self._typed(number, RUNS)
        row = found.slice(run_id % self.about.runs_per_part, 1).to_pylist()[0]
        if row["scenario"] not in self.about.scenarios:
            raise LookupError(f"run {run_id} is of a scenario that the batch does not have")
        self._refuse_altered(number, RUNS, found)
        changes = {key: row[key] for key in self.about.keys}
        scenario = load(self.folder / "scenarios" / f"{row['scenario']}.yaml", changes)
        return scenario, row["strategy"], row["seed"]

    def _part(self, number: int, name: str) -> pa.Table:
        """A table of a part, of the right types and as it was written."""
        found = self._typed(number, name)
        self._refuse_altered(number, name, found)
        return found

    def _typed(self, number: int, name: str) -> pa.Table:
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self._parts[number][name]
        try:
            with pq.ParquetFile(path) as file:  # reading an open file of Python's aborts some processes as they end
                found = file.read(use_threads=False)
        except (pa.ArrowException, OSError) as error:
            raise _spoilt(path) from error
        runs, rows = self.about.runs_in(number), len(found)
        whole = rows == runs if name == RUNS else rows > 0 and (name != SUMS or rows % runs == 0)
        keys = self.about.keys if name == RUNS else ()
        if not whole or not set(keys) <= set(found.column_names) or not _types_fit(found, name):
            raise _spoilt(path)
        return found

    def _refuse_altered(self, number: int, name: str, found: pa.Table) -> None:
        """Raise BatchError unless the rows are those that were written, and of the runs of that part."""
        first, ids = number * self.about.runs_per_part, found["run_id"].to_numpy()
        there = ids.min() == first and ids.max() == first + self.about.runs_in(number) - 1
        if not there or (self.about.marked and said_by(found.schema).get("rows") != checksum(found)):
            file = shown(str(self._parts[number][name]), 4096)
            raise BatchError(f"{file} was altered after it was written by this batch; make the batch anew")


def _types_fit(found: pa.Table, name: str) -> bool:
    """Whether a table's columns are of the types that a batch writes; another version may have other metrics."""
    import pyarrow as pa

    texts, numbers = TYPES[name]
    must = dict.fromkeys(texts, pa.string()) | dict.fromkeys(numbers, pa.int64())
    there = {field.name: field.type for field in found.schema}
    metrics = [there[each] for each in METRICS if each in there] if name == RUNS else []
    return all(there.get(each) == kind for each, kind in must.items()) and set(metrics) <= {pa.float64()}


def _spoilt(path: Path) -> BatchError:
    return BatchError(f"{shown(str(path), 4096)} holds no runs as this version writes them; make the batch anew")
