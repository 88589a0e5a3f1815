"""Which batches there are to look at: in the folder that the operator named, and those that jobs have made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from sim.batches.stored.about import ABOUT
from sim.ui.jobs.job import Job

MOST = 200
"""Batches that are listed."""

DEEPEST = 2


def named_folder() -> Path | None:
    """The folder that `siyu app --runs DIR` names."""
    named = os.environ.get("SIYU_RUNS_DIR")
    return Path(named) if named and Path(named).is_dir() else None


def batches(jobs: list[Job]) -> dict[str, Path]:
    """The folders of batches by name; those of jobs after the operator's own."""
    root = named_folder()
    found = {folder.relative_to(root).as_posix(): folder for folder in _below(root)} if root else {}
    made = {job.id: job.folder / "batch" for job in jobs if job.request.kind == "batch"}
    return found | {name: folder for name, folder in made.items() if (folder / ABOUT).is_file()}


def _below(root: Path) -> Iterator[Path]:
    """Folders with a batch in them, in the order of their names; hidden ones and links are passed over."""
    left, level = MOST, [root]
    for _ in range(DEEPEST):
        inner = [folder for each in level for folder in _folders(each)]
        for folder in inner:
            if (folder / ABOUT).is_file() and left:
                left -= 1
                yield folder
        level = [folder for folder in inner if not (folder / ABOUT).is_file()][:MOST]


def _folders(folder: Path) -> list[Path]:
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return []
    return [each for each in inside if each.is_dir() and not each.name.startswith(".") and not each.is_symlink()]


def stamp(folder: Path) -> str:
    """Changes when a part is added, so that a batch that grows is summed up anew."""
    found = sorted(path.name for path in (folder / "runs").glob("part-*.parquet"))
    return f"{len(found)}-{found[-1] if found else ''}"
