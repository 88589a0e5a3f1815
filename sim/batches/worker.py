"""A local worker's own life: read a task, live it, answer; end when whoever started it is gone."""

from __future__ import annotations

import os
import pickle
import sys
from queue import SimpleQueue
from threading import Thread
from traceback import format_exception
from typing import BinaryIO

from sim.batches.stored.about import BatchError
from sim.batches.work import Finished, Task, live_part


def serve() -> None:
    """Answer tasks from standard input on standard output until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints, prints on the error stream and not between answers
    tasks: SimpleQueue[Task] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin.buffer, tasks), daemon=True).start()
    while True:
        answer = _answer(tasks.get())
        try:
            pickle.dump(answer, answers)
            answers.flush()
        except OSError:  # whoever asked is gone
            os._exit(0)


def _answer(task: Task) -> Finished | Exception:
    try:
        return live_part(task)
    except BatchError as error:
        return error
    except Exception as error:  # noqa: BLE001 - the parent raises it, whatever it is
        runs = f"runs {task.runs[0].run_id} to {task.runs[-1].run_id}"
        failure = BatchError(f"{runs} cannot be lived: {type(error).__name__}: {error}")
        failure.add_note("".join(format_exception(error)))
        return failure


def _listen(stream: BinaryIO, tasks: SimpleQueue[Task]) -> None:
    """Take tasks; when the parent is gone, end at once, even in the middle of a task."""
    try:
        while True:
            tasks.put(pickle.load(stream))  # noqa: S301 - our own parent
    except (EOFError, OSError, pickle.UnpicklingError):
        os._exit(0)
