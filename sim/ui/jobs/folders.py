"""A job's folder: what was asked, how far it is, what came out. Files are replaced whole, so that none is ever torn.

```
ROOT/servers/TOKEN       locked by a server as long as it lives
ROOT/jobs/ID/request.json    what was asked, and by whom; written once
ROOT/jobs/ID/state.json      queued, running, done, failed or stopped; written by the server
ROOT/jobs/ID/progress.json   how far it is; written by the job's process
ROOT/jobs/ID/answer.json     what came out; written by the job's process, in the end
ROOT/jobs/ID/failure.json    or why nothing did, as a sentence in both languages
ROOT/jobs/ID/alive           locked by the job's process as long as it lives; its number stands in it
ROOT/jobs/ID/files/          what was uploaded, until the job has ended
```
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Container, Iterator
from pathlib import Path
from typing import IO, Any

COMING = ".coming-"
"""How the name of a folder begins that is still being written; its server's name follows."""

NAME = re.compile(r"[a-z0-9]{16}")
"""What a job's name looks like; nothing else is ever looked for on the disk."""


HALF_WRITTEN_SECONDS = 3600.0
"""A job's folder without a request that is as old will not get one any more."""


def root_folder() -> Path:
    """Where jobs are kept: in SIYU_JOBS_DIR, else below the user's cache folder, else in a private temporary folder."""
    named = os.environ.get("SIYU_JOBS_DIR")
    cache = os.environ.get("SIYU_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(named) if named else Path(cache) / "siyu" / "jobs"
    try:
        for each in (folder / "jobs", folder / "servers"):
            each.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        private = Path(tempfile.mkdtemp(prefix="siyu-jobs-"))
        for each in (private / "jobs", private / "servers"):
            each.mkdir()
        return private


def write(path: Path, values: Any) -> None:
    """Replace a JSON file by a new one, all at once."""
    handle, aside = tempfile.mkstemp(prefix=".aside-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(values, file, ensure_ascii=False, allow_nan=False, default=float)
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def read(path: Path) -> dict[str, Any]:
    """A JSON file; empty if it is not there or spoilt."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def job_folders(root: Path) -> Iterator[Path]:
    """The folders of all jobs, finished ones included; none if somebody has taken the whole folder away."""
    for path in (root / "jobs").iterdir() if (root / "jobs").is_dir() else ():
        if NAME.fullmatch(path.name) and path.is_dir():
            yield path


def half_written(root: Path, living: Container[str]) -> Iterator[Path]:
    """Folders that were never finished, by servers that are gone, or that hold no request and are an hour old."""
    for path in (root / "jobs").iterdir() if (root / "jobs").is_dir() else ():
        server = path.name.removeprefix(COMING).partition("-")[0] if path.name.startswith(COMING) else None
        bare = NAME.fullmatch(path.name) and not (path / "request.json").is_file() and _age(path) > HALF_WRITTEN_SECONDS
        if (server is not None and server not in living) or bare:
            yield path


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def size_of(folder: Path) -> int:
    """Bytes of everything in a folder; a file that vanishes meanwhile counts as nothing."""
    found = 0
    for path in folder.rglob("*"):
        try:
            found += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return found


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, as far as possible."""
    shutil.rmtree(folder, ignore_errors=True)


def held(path: Path) -> IO[Any] | None:
    """Take the lock of a file for this process until the file is closed; None if a living process has it.

    The operating system takes the lock away when its process ends, however it ends.
    """
    try:
        file = path.open("a+b")
    except OSError:
        return None
    try:
        _lock(file)
    except OSError:
        file.close()
        return None
    return file


def _lock(file: IO[Any]) -> None:
    if os.name == "nt":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
