"""What a batch's folder says about itself, and which of its parts are finished."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.assumptions.errors import shown
from sim.batches.stored import parts

RUNS, SUMS, DAILY = "runs", "sums", "daily"
"""The tables of a batch: one row a run, the exact sums behind every metric, one row a run and day."""

ABOUT = "about.json"
LARGEST_ABOUT = 20_000_000
"""Bytes; the longest list of scenarios needs less."""

MOST_RUNS = 100_000_000
SCENARIO_NAME = re.compile(r"[a-z0-9][a-z0-9_]*")
"""A file beside the others, never a path."""


UNMARKED = ("1", None)
"""Formats of tables whose parts do not say of themselves where they belong."""


class BatchError(RuntimeError):
    """A batch cannot go on; the message says why and what to do."""


class BatchFolderError(BatchError):
    """A folder cannot be used for a batch; the message says why and what to do."""


@dataclass(frozen=True)
class About:
    """What a batch's folder says about itself."""

    name: str
    question: str
    scenarios: tuple[str, ...]
    strategies: tuple[str, ...]
    seeds: int
    keys: tuple[str, ...]
    runs: int
    runs_per_part: int
    tables: tuple[str, ...]
    design: str
    code: dict[str, str]

    @property
    def parts(self) -> int:
        """How many parts the batch has when it is finished."""
        return -(-self.runs // self.runs_per_part)

    @property
    def marked(self) -> bool:
        """Whether its parts say of themselves where they belong."""
        return self.code.get("tables") not in UNMARKED

    def runs_in(self, number: int) -> int:
        """How many runs a part holds."""
        return min(self.runs_per_part, self.runs - number * self.runs_per_part)


def read_about(folder: Path) -> About:
    """What a folder says about itself; raises BatchFolderError if it is no batch's folder."""
    try:
        if (folder / ABOUT).is_file():
            with (folder / ABOUT).open("rb") as file:
                return _about(json.loads(file.read(LARGEST_ABOUT)))
        raise FileNotFoundError(ABOUT)
    except OSError:
        sentence = f"{shown(str(folder), 4096)} holds no batch; name the folder that `siyu batch` wrote"
    except (ValueError, TypeError, AttributeError, RecursionError):
        sentence = f"{shown(str(folder / ABOUT), 4096)} is spoilt; make the batch anew in another folder"
    raise BatchFolderError(sentence)


def _about(values: dict[str, Any]) -> About:
    """What a stranger's file says, if it can be true; raises ValueError or TypeError if it cannot."""
    plain: dict[str, Any] = {key: tuple(each) if isinstance(each, list) else each for key, each in values.items()}
    about = About(**plain)
    texts = (about.name, about.question, about.design, *about.code, *about.code.values())
    lists = (about.scenarios, about.strategies, about.keys, about.tables)
    numbers = (about.seeds, about.runs, about.runs_per_part)
    fit = (
        all(isinstance(each, str) for each in texts)
        and all(isinstance(each, tuple) and all(isinstance(text, str) for text in each) for each in lists)
        and all(type(each) is int and 1 <= each <= MOST_RUNS for each in numbers)
        and {RUNS, SUMS} <= set(about.tables) <= {RUNS, SUMS, DAILY}
        and all(SCENARIO_NAME.fullmatch(name) for name in about.scenarios)
    )
    if not fit:
        raise ValueError("no batch can say this of itself")
    return about


def finished_parts(folder: Path, what: About) -> tuple[dict[int, dict[str, Path]], list[Path]]:
    """The parts all of whose tables are whole, by number and table; and the files that are spoilt.

    Raises BatchFolderError for a part that belongs elsewhere: its figures would be taken for this batch's.
    """
    tables = {name: parts.found(folder / name) for name in what.tables}
    if what.marked:
        for name, (found, _) in tables.items():
            for number, path in found.items():
                _refuse_strangers(path, parts.Marks(what.design, name, number))
    whole = {
        number: {name: found[number] for name, (found, _) in tables.items()}
        for number in sorted(tables[RUNS][0])
        if number < what.parts and all(number in found for found, _ in tables.values())
    }
    return whole, [path for _, spoilt in tables.values() for path in spoilt]


def _refuse_strangers(path: Path, meant: parts.Marks) -> None:
    """Raise BatchFolderError for a part that says that it belongs elsewhere, or nothing."""
    import pyarrow as pa

    name = shown(str(path), 4096)
    try:
        said = parts.marks_of(path)
    except (pa.ArrowException, OSError, ValueError):
        said = {}
    if not set(parts.Marks._fields) <= said.keys():
        raise BatchFolderError(f"{name} holds no runs as this version writes them; make the batch anew")
    if said["design"] != meant.design:
        raise BatchFolderError(
            f"{name} was written by the batch of another design; take it out, and make the batch anew"
        )
    if (said["table"], said["number"]) != (meant.table, str(meant.number)):
        number, table = shown(said["number"]), shown(said["table"])
        raise BatchFolderError(
            f"{name} was written by this batch as part {number} of {table}; take it out, and make the batch anew"
        )
