"""Answers as files that a visitor downloads: CSV that is safe against formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sim.report.spreadsheets import MARK, cell

if TYPE_CHECKING:
    from pandas import DataFrame


def csv_of(rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows, the first one the heading, as CSV that Excel reads as UTF-8 and takes no text in it for a formula."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    return (MARK + page.getvalue()).encode()


def csv_of_frame(frame: DataFrame) -> bytes:
    """A table as CSV; cells that are not known stay empty."""
    known = frame.astype(object).where(frame.notna(), None)
    return csv_of([list(frame.columns), *known.values.tolist()])
