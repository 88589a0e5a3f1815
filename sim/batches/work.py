"""The work of a batch: tasks that can travel to another process or computer, and what they bring back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.assumptions.provenance import LIBRARIES, model_fingerprint, version_of
from sim.assumptions.workload import Workload, workload
from sim.batches.design import Design, Run
from sim.batches.stored.about import BatchError
from sim.batches.stored.parts import Marks, encoded
from sim.batches.tables import FORMAT, tables_of

GROUP = 24
"""Runs that live side by side, as many as sim.running lets share a day's fixed cost."""

PARTS_WANTED = 2_000
"""A batch is cut into about so many parts at most: small ones lose little in a crash, few are quickly opened."""

RUNS_LOOKED_AT = 64
"""Runs of a design, evenly spread, from which the needs of all are told."""

Finished = dict[str, bytes]
"""The tables of a part by name, as the bytes of Parquet files."""


class Task(NamedTuple):
    """A part of a batch to be lived, by whoever has exactly this version of the code."""

    number: int
    runs: tuple[Run, ...]
    keys: tuple[str, ...]
    daily: bool
    code: dict[str, str]
    design: str


class OtherCodeError(BatchError):
    """Two versions of the code would have a say in one batch; the message says which and what to do."""


def code_version() -> dict[str, str]:
    """Everything that decides the bytes of a batch's tables, besides its design."""
    libraries = {name: version_of(name) for name in ("siyu", *LIBRARIES, "pyarrow")}
    return {**libraries, "sources": model_fingerprint(), "tables": str(FORMAT)}


def differences(then: dict[str, str], now: dict[str, str]) -> str:
    """What differs between two versions of the code, as part of a sentence; empty if nothing does."""
    names = [name for name in dict.fromkeys([*then, *now]) if then.get(name) != now.get(name)]
    return ", ".join(f"{name} was {then.get(name, 'none')} and is {now.get(name, 'none')}" for name in names)


def runs_per_part(design: Design) -> int:
    """How many runs make a part: whole groups of runs that live side by side."""
    return GROUP * max(1, -(-len(design) // (GROUP * PARTS_WANTED)))


def needs_of(design: Design, workers: int) -> Workload:
    """What a design's runs need in so many processes: the memory of the largest run looked at, the time of the mean."""
    step = max(1, len(design) // RUNS_LOOKED_AT)
    runs = [design[n].assumed() for n in range(0, len(design), step)]
    parts = [workload(run, runs_per_part(design), at_once=GROUP, threads=1) for run in runs]
    seconds = sum(part.seconds for part in parts) / len(parts) / runs_per_part(design) * len(design)
    customers, memory = max(part.customers for part in parts), max(part.memory_bytes for part in parts)
    return Workload(customers, workers * memory, seconds / workers)


def tasks_of(design: Design, numbers: list[int]) -> Iterator[Task]:
    """The tasks of those numbers, each made when it is asked for."""
    size, code = runs_per_part(design), code_version()
    for number in numbers:
        runs = tuple(design[n] for n in range(number * size, min((number + 1) * size, len(design))))
        yield Task(number, runs, design.keys, design.daily, code, design.fingerprint)


def live_part(task: Task) -> Finished:
    """Live the runs of a task, a group at a time on one thread, and return their tables.

    Raises OtherCodeError if the code here is not that of the batch.
    """
    differs = differences(task.code, code_version())
    if differs:
        sentence = f"a worker has another version of the code ({differs}); install the same everywhere"
        raise OtherCodeError(sentence)
    import pyarrow as pa

    from sim.running import World, run_many

    groups = []
    for start in range(0, len(task.runs), GROUP):
        runs = task.runs[start : start + GROUP]
        results = run_many([World(run.assumed(), run.strategy, run.seed) for run in runs], threads=1)
        groups.append(tables_of(runs, results, task.keys, daily=task.daily))
    tables = {name: pa.concat_tables([group[name] for group in groups]) for name in groups[0]}
    return {name: encoded(table, Marks(task.design, name, task.number)) for name, table in tables.items()}
