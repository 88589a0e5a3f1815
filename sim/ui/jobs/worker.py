"""The process of one job: `python -m sim.ui.jobs.worker FOLDER`. It ends with the server that started it.

It is gentler than the server (`nice`), may use so much memory and no more, and tells how far it is by replacing a file.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from threading import Thread
from typing import Any

from sim.assumptions.errors import ScenarioError
from sim.ui.jobs import folders
from sim.ui.jobs.request import Request
from sim.ui.jobs.words import Refused, Sentence, sentence

GENTLENESS = 10
"""How far a job stands back behind the server, so that other visitors stay quick (0 to 19)."""

SECONDS_BETWEEN = 0.25
"""How often progress is written."""


def main(folder: Path, threads: int, megabytes: int) -> int:
    """Do the job in a folder; 0 if an answer or a sentence was left there."""
    alive = folders.held(folder / "alive")
    if alive is None:
        return 3
    alive.write(str(os.getpid()).encode())
    alive.flush()
    Thread(target=_end_with_the_server, daemon=True).start()
    _limit(megabytes)
    try:
        answer = _done(folder, threads, megabytes)
        folders.write(folder / "answer.json", answer)
    except Exception as error:  # noqa: BLE001 - whatever it is becomes a sentence
        if not isinstance(error, (ScenarioError, Refused)):
            (folder / "details.txt").write_text(traceback.format_exc(), encoding="utf-8")
        folders.write(folder / "failure.json", _sentence(error, megabytes))
    return 0


def _done(folder: Path, threads: int, megabytes: int) -> dict[str, Any]:
    """Load what is needed, say if that means compiling, and do the work."""
    from sim.kernel.compiled import is_compiled_already
    from sim.ui.jobs.kinds import KINDS, Task

    progress = Progress(folder)
    progress.say("starting" if is_compiled_already() else "compiling")
    asked = json.loads((folder / "request.json").read_text(encoding="utf-8"))
    request = Request(**asked["request"])
    return KINDS[request.kind].work(Task(request, folder, threads, progress.tell, megabytes))


class Progress:
    """How far a job is and how long it still takes, in a file that is replaced now and then."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "progress.json"
        self._began: float | None = None
        self._last = 0.0

    def say(self, phase: str, share: float = 0.0, seconds_left: float | None = None) -> None:
        """Write down a phase."""
        folders.write(self._path, {"phase": phase, "share": share, "seconds_left": seconds_left})

    def tell(self, done: int, total: int) -> None:
        """Take note of so much done out of so much; the first time counts as the beginning."""
        now = time.monotonic()
        self._began = self._began or now
        if now - self._last < SECONDS_BETWEEN:
            return
        self._last = now
        share = min(1.0, done / total) if total else 0.0
        spent = now - self._began
        self.say("working", share, spent / share * (1 - share) if share > 0 and spent > 1 else None)


def _sentence(error: Exception, megabytes: int) -> Sentence:
    """What the visitor is told of an error."""
    if isinstance(error, Refused):
        return error.told
    if isinstance(error, ScenarioError):
        from sim.ui.mistakes import in_chinese, in_english

        return {"en": in_english(error), "zh": in_chinese(error)}
    if isinstance(error, MemoryError) or "unable to alloc" in str(error).lower() or "malloc" in str(error).lower():
        return sentence("memory", limit=f"{megabytes:,} MB")
    return sentence("broken", name=type(error).__name__)


def _limit(megabytes: int) -> None:
    """Stand back behind the server, and take no more memory than so much; on Windows neither can be had."""
    if os.name == "posix":
        import resource

        os.nice(GENTLENESS)
        most = megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_with_the_server() -> None:
    """When the server is gone its end of the pipe closes: then end at once, with all processes of this job."""
    while os.read(0, 1024):
        pass
    if os.name == "posix":
        os.killpg(os.getpgid(0), signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
