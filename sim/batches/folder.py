"""The folder of a batch: what it was made of, which parts are finished, and that nobody else is writing in it.

```
FOLDER/about.json               what the batch is: design and code by fingerprint, tables, varied parameters
FOLDER/design.yaml              the design as it was given
FOLDER/scenarios/NAME.yaml      each scenario, complete, with the design's `changes` in it
FOLDER/runs/part-*.parquet      one row a run
FOLDER/sums/part-*.parquet      the exact sums behind every metric
FOLDER/daily/part-*.parquet     one row a run and day, if the design asks for it
```
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sim.assumptions.errors import shown
from sim.assumptions.writing import to_yaml
from sim.batches.design import Design
from sim.batches.stored import parts
from sim.batches.stored.about import ABOUT, DAILY, RUNS, SUMS, About, BatchFolderError, finished_parts, read_about
from sim.batches.work import Finished, code_version, differences, runs_per_part

LOCK = ".lock"
OURS = {ABOUT, LOCK, "design.yaml", "scenarios", RUNS, SUMS, DAILY}


def about(design: Design) -> About:
    """What the folder of a design must say about itself, with the code that is here."""
    return About(
        name=design.name,
        question=design.question,
        scenarios=tuple(each.name for each in design.scenarios),
        strategies=design.strategies,
        seeds=len(design.seeds),
        keys=design.keys,
        runs=len(design),
        runs_per_part=runs_per_part(design),
        tables=(RUNS, SUMS, *([DAILY] if design.daily else [])),
        design=design.fingerprint,
        code=code_version(),
    )


class Place:
    """A batch's folder while this process alone may write in it."""

    def __init__(self, folder: Path, what: About) -> None:
        self.folder, self.about = folder, what
        whole, self.spoilt = finished_parts(folder, what)
        for path in self.spoilt:
            path.unlink()
        self.unfinished = [number for number in range(what.parts) if number not in whole]
        self.done = sum(what.runs_in(number) for number in whole)

    def save(self, number: int, finished: Finished) -> int:
        """Save all tables of a part; returns how many runs are done now."""
        for name, content in finished.items():
            parts.save(self.folder / name, number, content)
        self.done += self.about.runs_in(number)
        return self.done


@contextmanager
def place_of(design: Design, folder: Path) -> Iterator[Place]:
    """The folder of a design, new or to be finished, locked for us; raises BatchFolderError.

    The lock belongs to the process: the operating system takes it away when the process ends, however it ends.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strangers = {path.name for path in folder.iterdir() if not path.name.startswith(parts.ASIDE)} - OURS
    except OSError as error:
        reason = error.strerror or "not a folder's name"
        raise BatchFolderError(f"nothing can be written in {shown(str(folder), 4096)} ({reason})") from None
    if strangers and not (folder / ABOUT).exists():
        name = f"{shown(str(folder), 4096)} holds {shown(min(strangers))}"
        raise BatchFolderError(f"{name}, which is not a batch's; name a new folder")
    with (folder / LOCK).open("a+b") as file:
        if not _locked(file):
            sentence = "another batch is writing there; wait until it has ended, or name another folder"
            raise BatchFolderError(f"{shown(str(folder), 4096)} is in use: {sentence}")
        parts.sweep(folder)
        what = about(design)
        _settle_in(design, folder, what)
        yield Place(folder, what)


def _settle_in(design: Design, folder: Path, what: About) -> None:
    """Say in a new folder what it is; refuse an old one of another design or another version of the code."""
    if (folder / ABOUT).exists():
        _refuse_others(folder, read_about(folder), what)
        return
    (folder / "scenarios").mkdir(exist_ok=True)
    for scenario in design.scenarios:
        parts.write_whole(folder / "scenarios" / f"{scenario.name}.yaml", to_yaml(scenario).encode())
    parts.write_whole(folder / "design.yaml", design.text.encode())
    content = json.dumps(vars(what), ensure_ascii=False, indent=2)
    parts.write_whole(folder / ABOUT, content.encode() + b"\n")


def _refuse_others(folder: Path, then: About, now: About) -> None:
    name = shown(str(folder), 4096)
    differs = differences(then.code, now.code)
    if differs:
        sentence = f"{name} was begun with another version of the code ({differs})"
        raise BatchFolderError(f"{sentence}; install that version again, or name a new folder")
    if then.design != now.design:
        sentence = f"{name} holds the batch of another design ({then.name}: {then.runs} runs)"
        raise BatchFolderError(f"{sentence}; give that design, which is its design.yaml, or name a new folder")


def _locked(file: IO[Any]) -> bool:
    """Take the lock of an open file, if nobody has it."""
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
