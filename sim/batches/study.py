"""Batches: as many runs as a design asks for, on this computer or on a cluster, that no crash can spoil."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.batches.cluster import Cluster, cluster_at
from sim.batches.design import Design, read_design
from sim.batches.folder import Place, place_of
from sim.batches.stored.batch import Batch
from sim.batches.work import tasks_of
from sim.batches.workers import Workers

Progress = Callable[[int, int], None]
"""Told (runs done, runs in all): at the start, and whenever a part is safely on the disk."""


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
