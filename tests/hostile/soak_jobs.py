"""Two hundred small jobs, one after another: the server's memory back to its level, no process or thread left."""

from __future__ import annotations

import gc
import os
import threading
import time
from pathlib import Path

JOBS = int(os.environ.get("SOAK_JOBS", "200"))
WARM = 20
ALLOWED_MB = 10.0


def resident_mb() -> float:
    """Memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def children() -> int:
    """How many processes this one has started that are still there."""
    return len(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split())


def many_jobs() -> tuple[str, int, str]:
    """Look over a small log two hundred times, each another one, as the app would."""
    import tempfile

    from sim.ui.jobs.board import Board
    from sim.ui.jobs.request import Request

    before = threading.active_count()
    level = 0.0
    with tempfile.TemporaryDirectory() as place:
        board = Board(Path(place))
        for n in range(JOBS):
            log = b"customer,date,amount\n" + f"{n},2026-01-01,9\n".encode() * 50
            name = board.submit(Request.of("look_over", None, fingerprint=str(n)), f"visitor {n}", {"log.csv": log})
            _wait(board, name)
            if n + 1 == min(WARM, JOBS):
                gc.collect()
                level = resident_mb()
        end = time.monotonic() + 10
        while time.monotonic() < end and (children() or threading.active_count() > before):
            time.sleep(0.1)
        gc.collect()
        grown, left, threads = resident_mb() - level, children(), threading.active_count() - before
        board.close()
    assert grown < ALLOWED_MB, f"memory grew by {grown:.1f} MB"
    assert (left, threads) == (0, 0), f"{left} processes and {threads} threads are left"
    return "small jobs one after another", JOBS, f"all done; memory {grown:+.1f} MB after the first {WARM}; no process, no thread left"


def _wait(board, name: str) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        job = board.look(name)
        if job.is_over:
            assert job.state == "done", job.why("en")
            return
        time.sleep(0.02)
    raise AssertionError(f"job {name} never ended")
