"""Keep what ``make bench`` printed, and write docs/reference/performance.md from it.

``make -s bench | python docs/write_performance.py "two cores of a rented server"``: the machine in general words.
"""

from __future__ import annotations

import sys
from pathlib import Path

from write_reference import FOLDER, PAGES

KEPT = FOLDER / "performance.txt"


def kept(machine: str, printed: str) -> str:
    """The machine, then the benchmark's table as printed; raises ValueError if there is none, or no machine."""
    rows = [line.rstrip() for line in printed.splitlines() if line.startswith("| ")]
    if len(rows) < 3 or not machine.strip():
        raise ValueError("give the machine in a few words, and the output of `make -s bench` on the standard input")
    return "\n".join([" ".join(machine.split()), *rows]) + "\n"


def main() -> None:
    """Keep the standard input and write the page."""
    try:
        KEPT.write_text(kept(" ".join(sys.argv[1:]), sys.stdin.read()), encoding="utf-8")
    except ValueError as error:
        raise SystemExit(str(error)) from None
    Path(FOLDER / "performance.md").write_text(PAGES["performance.md"]().rstrip("\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
