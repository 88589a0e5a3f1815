"""What takes minutes: a full disk, clocks that jump, two hundred jobs, twenty visitors, one who floods. `make soak` prints a table.

`python tests/hostile/soak.py [PART...] [--minutes N]`, PART being disk, clock, jobs, visitors or flood; all if none is named.
Each part returns what was tried, how many cases, what happened; it raises AssertionError where something went wrong.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).parent)]


class Told(NamedTuple):
    """A row of the table."""

    tried: str
    cases: int
    happened: str


def disk(_minutes: float) -> Told:
    from soak_disk import full_disk

    return Told(*full_disk())


def clock(_minutes: float) -> Told:
    from soak_clock import jumping_clock

    return Told(*jumping_clock())


def jobs(_minutes: float) -> Told:
    from soak_jobs import many_jobs

    return Told(*many_jobs())


def visitors(minutes: float) -> Told:
    from soak_visitors import many_visitors

    return Told(*many_visitors(minutes))


def flood(minutes: float) -> Told:
    from soak_visitors import beside_a_flood

    return Told(*beside_a_flood(minutes))


PARTS: dict[str, Callable[[float], Told]] = {part.__name__: part for part in (disk, clock, jobs, visitors, flood)}


def main() -> int:
    """Try the parts that are named and print a Markdown table; 1 if one of them went wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("parts", nargs="*", help=", ".join(PARTS))
    asked.add_argument("--minutes", type=float, default=5.0, help="how long visitors stay")
    given = asked.parse_args()
    status = 0
    print("| Tried | Cases | What happened |\n|---|---:|---|", flush=True)
    for name in given.parts or PARTS:
        try:
            told = PARTS[name](given.minutes)
        except AssertionError as wrong:
            status, told = 1, Told(name, 0, f"**WRONG**: {wrong}")
        print(f"| {told.tried} | {told.cases:,} | {told.happened} |", flush=True)
    return status


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["SIYU_JOBS_DIR"] = scratch
        sys.exit(main())
