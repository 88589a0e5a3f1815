"""Measure what docs/explanation/validation.md reports, and write its tables: ``python docs/write_validation.py``.

With the names of sections only these are measured anew. Takes some minutes. What was measured is kept in
validation.json beside the page; the page's tables between the two marks are written from it.
"""

from __future__ import annotations

import json
import math
import sys
import time
from pathlib import Path
from typing import Any

from measured import SECTIONS

DOCS = Path(__file__).parent
PAGE = DOCS / "explanation" / "validation.md"
KEPT = DOCS / "explanation" / "validation.json"
MARKS = "<!-- tables: written by docs/write_validation.py -->", "<!-- tables end -->"
COLUMNS = ("what", "published or derived", "ours", "95 %", "allowed", "kind", "futures", "where")
HEAD = "| " + " | ".join(COLUMNS) + " |\n" + "| --- " * len(COLUMNS) + "|\n"


def figure(value: float | None, decimals: int) -> str:
    """A number with so many decimals, or nothing where there is none."""
    return "" if value is None else f"{value:,.{decimals}f}".replace("-", "−")


def decimals_of(found: dict[str, Any]) -> int:
    """As many decimals as tell ours from what is allowed, at most four; three figures where nothing is."""
    scale = found["within"] or abs(found["ours"]) / 10
    return min(max(0, 1 - math.floor(math.log10(scale))), 4) if scale else 0


def row(found: dict[str, Any]) -> str:
    """One row of a table."""
    low, high, decimals = found["low"], found["high"], decimals_of(found)
    interval = "exact" if low is None and not found["futures"] else ""
    if low is not None:
        interval = f"{figure(low, decimals)} to {figure(high, decimals)}"
    allowed = "" if found["within"] is None else f"± {found['within']:.2g}"
    numbers = (figure(found["published"], decimals), figure(found["ours"], decimals), interval, allowed)
    cells = (found["what"], *numbers, found["kind"], str(found["futures"] or ""), f"`{found['test']}`")
    return "| " + " | ".join(cells) + " |"


def tables(kept: dict[str, list[dict[str, Any]]]) -> str:
    """Every section's table."""
    return "\n\n".join(f"### {name}\n\n{HEAD}" + "\n".join(map(row, kept[name])) for name in SECTIONS)


def page(kept: dict[str, list[dict[str, Any]]]) -> str:
    """The page with its tables anew."""
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(MARKS[0])[0], text.split(MARKS[1])[1]
    return f"{before}{MARKS[0]}\n\n{tables(kept)}\n\n{MARKS[1]}{after}"


def main(names: list[str]) -> None:
    """Measure and write."""
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    for name in names or list(SECTIONS):
        started = time.perf_counter()
        kept[name] = [{k: None if isinstance(v, float) and math.isnan(v) else v for k, v in each.as_json().items()}
                      for each in SECTIONS[name]()]
        sys.stdout.write(f"{name}: {len(kept[name])} rows, {time.perf_counter() - started:.0f} s\n")
        sys.stdout.flush()
        ordered = {each: kept[each] for each in SECTIONS if each in kept}
        KEPT.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if PAGE.exists() and len(kept) == len(SECTIONS):
        PAGE.write_text(page(kept), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
