"""Batches: as many runs as a design asks for, on this computer or on a cluster, that no crash can spoil."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.experiments.batch_folder import Place, finished_parts, place_of, read_about
from sim.experiments.batch_tables import RUNS
from sim.experiments.batch_work import tasks_of
from sim.experiments.cluster import Cluster, cluster_at
from sim.experiments.design import Design, read_design
from sim.experiments.workers import Workers

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Progress = Callable[[int, int], None]
"""Told (runs done, runs in all): at the start, and whenever a part is safely on the disk."""


class Batch:
    """What a batch has left in its folder, finished or not: read part by part, checked against the parts' names."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        self.about = read_about(self.folder)
        self._parts, self.spoilt = finished_parts(self.folder, self.about)

    def __len__(self) -> int:
        return sum(self.about.runs_in(number) for number in self._parts)

    @property
    def finished(self) -> bool:
        """Whether every run is there."""
        return len(self) == self.about.runs

    def parts(self, name: str = RUNS) -> Iterator[pa.Table]:
        """The finished parts of one of the batch's tables, in the order of runs; raises KeyError for another table."""
        import pyarrow.parquet as pq

        for number in sorted(self._parts):
            with self._parts[number][name].open("rb") as file:
                yield pq.read_table(file)

    def table(self, name: str = RUNS) -> pa.Table:
        """One of the batch's tables, whole, as pyarrow's; raises ValueError if no part is finished."""
        import pyarrow as pa

        if not self._parts:
            raise ValueError(f"no part of the batch in {self.folder} is finished yet")
        return pa.concat_tables(list(self.parts(name)))

    def frame(self, name: str = RUNS) -> pd.DataFrame:
        """One of the batch's tables, whole, as a frame; needs pandas."""
        return self.table(name).to_pandas()


def batch(
    design: str | os.PathLike[str] | Mapping[str, Any] | Design,
    folder: str | os.PathLike[str],
    *,
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> Batch:
    """Make all runs of a design that its folder does not hold yet.

    Args:
        design: a design's YAML file, or a mapping of the same keys.
        folder: where the results are, or will be. Whatever is finished there is not done again.
        workers: processes on this computer; as many as it has processors if not given.
        cluster: the address of a Dask scheduler, such as tcp://127.0.0.1:8786, whose workers are used instead.
        progress: told (runs done, runs in all).

    Raises:
        ScenarioError: for mistakes in the design.
        BatchFolderError: if the folder belongs to another design or version, or is in use.
        ClusterError, WorkerLostError, OtherCodeError: if the work cannot be done.
        ValueError: if both workers and a cluster are named.
    """
    if workers is not None and cluster is not None:
        raise ValueError("name either workers on this computer or a cluster, not both")
    plan = read_design(design)
    with place_of(plan, Path(folder)) as place:
        _finish(plan, place, workers or processors(), cluster, progress or (lambda _done, _total: None))
    return Batch(folder)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _finish(design: Design, place: Place, workers: int, cluster: str | None, progress: Progress) -> None:
    progress(place.done, len(design))
    if not place.unfinished:
        return
    with _workforce(min(workers, len(place.unfinished)), cluster) as force:
        for task, finished in force.live(tasks_of(design, place.unfinished)):
            progress(place.save(task.number, finished), len(design))


@contextmanager
def _workforce(workers: int, cluster: str | None) -> Iterator[Workers | Cluster]:
    if cluster is not None:
        with cluster_at(cluster) as there:
            yield there
    else:
        with Workers(workers) as here:
            yield here
