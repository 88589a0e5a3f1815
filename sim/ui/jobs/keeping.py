"""What is kept of jobs that are over, and what becomes of those whose server is gone."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from sim.ui.jobs import folders, processes
from sim.ui.jobs.job import Job, State, job_in
from sim.ui.jobs.limits import Limits
from sim.ui.jobs.words import Sentence, sentence

SECONDS_A_DAY = 86_400


def settle(folder: Path, state: State, failure: Sentence | None = None) -> None:
    """Write down how a job ended, if its folder is still there and takes it, and remove what was uploaded for it."""
    began = folders.read(folder / "state.json").get("began")
    with suppress(OSError):
        folders.write(folder / "state.json", {"state": state, "began": began, "ended": time.time(), "failure": failure})
    folders.remove(folder / "files")


def settle_orphans(root: Path) -> None:
    """End and fail the jobs that a server left behind when it was ended; those of living servers stay as they are."""
    gone = {path.name for path in (root / "servers").iterdir() if _is_gone(path)}
    living = {path.name for path in (root / "servers").iterdir()} - gone
    for folder in folders.job_folders(root):
        job = job_in(folder)
        if job and not job.is_over and folders.read(folder / "request.json").get("server") not in living:
            processes.end_orphan(folder)
            settle(folder, "failed", sentence("restarted"))
    for folder in folders.half_written(root, living):
        folders.remove(folder)
    for name in gone:
        (root / "servers" / name).unlink(missing_ok=True)


def _is_gone(path: Path) -> bool:
    """Whether the server that locked a file is no longer there."""
    lock = folders.held(path)
    if lock is None:
        return False
    lock.close()
    return True


def expire(root: Path, limits: Limits) -> None:
    """Remove what is too old, and the oldest answers beyond what may be kept."""
    over = [job for job in map(job_in, folders.job_folders(root)) if job and job.is_over]
    over.sort(key=lambda job: -(job.ended or job.asked))
    kept_bytes = 0
    for number, job in enumerate(over):
        kept_bytes += folders.size_of(job.folder)
        if number >= limits.kept or kept_bytes > limits.kept_megabytes * 1_000_000 or _is_old(job, limits):
            folders.remove(job.folder)


def _is_old(job: Job, limits: Limits) -> bool:
    return time.time() - (job.ended or job.asked) > limits.days_kept * SECONDS_A_DAY
