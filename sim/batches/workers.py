"""Local workers: processes of their own, each living one task at a time; one that dies is replaced, its task redone.

They are started as `python -c`, not through multiprocessing: a script or notebook that calls `sim.batch` needs no
``if __name__ == "__main__"``, and Ctrl-C reaches the parent alone, which then ends them at once.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, BinaryIO

from sim.batches.stored.about import BatchError
from sim.batches.work import Finished, Task

ATTEMPTS = 3
"""How often a task is tried on workers that die under it."""

START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from sim.batches.worker import serve; serve()"
Answer = tuple[Task, Finished | Exception] | None


class WorkerLostError(BatchError):
    """Workers died again and again under the same task; the message says which runs these were."""


class Workers:
    """Several processes that live tasks. Leaving the `with` block ends them, whatever they are doing."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._answers: Queue[Answer] = Queue(count)
        self._stop, self._lock = Event(), Lock()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._threads: list[Thread] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._lock:
            self._stop.set()
            for process in self._processes:
                process.kill()
        for thread in self._threads:
            thread.join()
        for process in self._processes:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                _close(pipe)

    def live(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Finished]]:
        """The tables of every task, in the order in which they are finished."""
        waiting = iter(tasks)
        for _ in range(self._count):
            self._threads.append(Thread(target=self._employ, args=(waiting,), daemon=True))
            self._threads[-1].start()
        idle = 0
        while idle < self._count:
            try:
                answer = self._answers.get(timeout=0.2)  # so that Windows, too, hears Ctrl-C
            except Empty:
                continue
            if answer is None:
                idle += 1
                continue
            task, finished = answer
            if isinstance(finished, Exception):
                raise finished
            yield task, finished

    def _employ(self, waiting: Iterator[Task]) -> None:
        """Keep one worker busy until no task is left."""
        process: subprocess.Popen[bytes] | None = None
        while not self._stop.is_set():
            with self._lock:
                task = next(waiting, None)
            if task is None:
                break
            finished, process = self._lived(task, process)
            self._tell((task, finished))
        self._tell(None)

    def _lived(
        self, task: Task, process: subprocess.Popen[bytes] | None
    ) -> tuple[Finished | Exception, subprocess.Popen[bytes] | None]:
        """What a worker answers to a task, and the worker that did."""
        for _ in range(ATTEMPTS):
            process = process or self._started()
            answer = _ask(process, task) if process else None
            if answer is not None or self._stop.is_set():
                return answer or {}, process
            status = _ended(process) if process else 0
            process = None
        runs = f"runs {task.runs[0].run_id} to {task.runs[-1].run_id}"
        sentence = f"workers ended {ATTEMPTS} times while living {runs} (last with status {status}); is memory short?"
        return WorkerLostError(sentence), None

    def _started(self) -> subprocess.Popen[bytes] | None:
        """A new worker, in a group of its own that Ctrl-C does not reach; None if all shall end."""
        apart: dict[str, Any] = {"process_group": 0}
        if os.name != "posix":
            apart = {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
        command = [sys.executable, "-c", START, json.dumps(sys.path)]
        with self._lock:
            if self._stop.is_set():
                return None
            process = subprocess.Popen(  # noqa: S603 - Python itself, with our own words
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **apart
            )
            self._processes.append(process)
            return process

    def _tell(self, answer: Answer) -> None:
        while not self._stop.is_set():
            try:
                self._answers.put(answer, timeout=0.2)
                return
            except Full:
                continue


def _ask(process: subprocess.Popen[bytes], task: Task) -> Finished | Exception | None:
    """Give a task to a worker and wait for what it says; None if it died over it."""
    try:
        pickle.dump(task, process.stdin)  # type: ignore[arg-type]
        process.stdin.flush()  # type: ignore[union-attr]
        answer: Finished | Exception = pickle.load(process.stdout)  # type: ignore[arg-type]  # noqa: S301 - our own child
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        return None
    return answer


def _ended(process: subprocess.Popen[bytes]) -> int:
    """The exit status of a worker that no longer answers; ended if it has not ended by itself."""
    try:
        return process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _close(pipe: BinaryIO | Any) -> None:
    try:
        pipe.close()
    except OSError:  # what could not be sent to somebody who is gone
        return
