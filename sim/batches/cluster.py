"""Workers on a Dask cluster: the same tasks, the same tables. What a lost worker was living, others live again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sim.batches.stored.about import BatchError
from sim.batches.work import Finished, Task, live_part

PATIENCE_SECONDS = 20
"""How long a scheduler may take to answer, and to find a first worker."""

AHEAD = 2
"""Tasks a thread of the cluster that are under way at once: none waits for work, and none piles up."""


class ClusterError(BatchError):
    """The cluster cannot be used; the message says why and what to do."""


class Cluster:
    """The workers of a Dask scheduler."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def live(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Finished]]:
        """The tables of every task, in the order in which they are finished."""
        try:
            yield from self._live(iter(tasks))
        except (CancelledError, OSError, TimeoutError) as error:
            raise _lost(error) from None

    def _live(self, waiting: Iterator[Task]) -> Iterator[tuple[Task, Finished]]:
        from distributed import as_completed

        threads = sum(self._client.nthreads().values())
        asked = {self._ask(task): task for task in islice(waiting, AHEAD * max(threads, 1))}
        finished = as_completed(list(asked))
        for future in finished:
            yield asked.pop(future), self._answer(future)
            for task in islice(waiting, 1):
                following = self._ask(task)
                asked[following] = task
                finished.add(following)

    def _ask(self, task: Task) -> Any:
        return self._client.submit(live_part, task, pure=False)

    def _answer(self, future: Any) -> Finished:
        from distributed import KilledWorker

        try:
            answer: Finished = future.result()
        except KilledWorker as error:
            raise ClusterError(f"workers of the cluster ended again and again over one task ({error})") from None
        except (CancelledError, OSError, TimeoutError) as error:
            raise _lost(error) from None
        return answer


def _lost(error: BaseException) -> ClusterError:
    what = f"the scheduler of the cluster is lost ({type(error).__name__})"
    return ClusterError(f"{what}; what is finished is safe: start it again, and say the same again")


@contextmanager
def cluster_at(address: str) -> Iterator[Cluster]:
    """The cluster whose scheduler is at an address such as tcp://127.0.0.1:8786; raises ClusterError."""
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError("a cluster needs Dask; install it with: pip install 'siyu[cluster]'") from None
    try:
        client = Client(address, timeout=PATIENCE_SECONDS)
    except (OSError, ValueError) as error:
        sentence = f"no Dask scheduler answers at {address} ({error or type(error).__name__})"
        raise ClusterError(f"{sentence}; start one with `dask scheduler`") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
        except TimeoutError:
            sentence = f"the scheduler at {address} has no workers; start some with `dask worker {address}`"
            raise ClusterError(sentence) from None
        yield Cluster(client)
