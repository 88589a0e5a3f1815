"""Starting and ending the process of a job, with everything that it has started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sim
from sim.ui.jobs import folders

PATIENCE = 2.0
"""Seconds in which a process that was ended must be gone."""


def started(folder: Path, threads: int, megabytes: int) -> subprocess.Popen[bytes]:
    """A new process for the job in a folder, in a session of its own; it ends when our end of its input closes."""
    ours = str(Path(sim.__file__).parent.parent)
    paths = [ours, *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    apart: dict[str, Any] = {"start_new_session": True}
    if os.name != "posix":
        apart = {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    command = [sys.executable, "-m", "sim.ui.jobs.worker", str(folder), str(threads), str(megabytes)]
    return subprocess.Popen(  # noqa: S603 - Python itself, with our own words
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, **apart
    )


def ended(process: subprocess.Popen[bytes]) -> int | None:
    """End a process and all that it has started; its exit status, None if it is still there after all patience."""
    if process.poll() is None:
        end_session(process.pid)
        process.kill()
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.stdin:
            process.stdin.close()


def end_session(number: int) -> None:
    """End a job's process, its group, and the groups of those that it has started, such as the workers of a batch."""
    if os.name != "posix":
        return
    for group in dict.fromkeys([number, *_groups_in(number)]):
        try:
            os.killpg(group, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue


def _groups_in(session: int) -> Iterator[int]:
    """The process groups of a session, where the system tells; elsewhere workers end when their pipe closes."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            _state, _parent, group, its_session = path.read_text(encoding="utf-8").rpartition(")")[2].split()[:4]
        except (OSError, ValueError):
            continue
        if int(its_session) == session:
            yield int(group)


def end_orphan(folder: Path) -> None:
    """End what still works on the job in a folder after its server is gone."""
    alive = folder / "alive"
    lock = folders.held(alive) if alive.exists() else None
    if lock is not None:
        lock.close()
        return
    try:
        end_session(int(alive.read_text(encoding="ascii")))
    except (OSError, ValueError):
        return
