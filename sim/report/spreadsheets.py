"""CSV files that a spreadsheet, a data frame and a careful reader can all open.

A text that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-``, ``@``, full-width ones too, a
tab or a line end) gets an apostrophe in front, as OWASP advises against CSV injection; numbers are never touched, exact
ones (``Decimal``) neither.
"""

from __future__ import annotations

import csv
import io
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from numpy.typing import NDArray

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
ROWS_AT_ONCE = 20_000
MARK = "\ufeff"
"""What Excel looks for to read a CSV file as UTF-8."""


def cell(value: Any) -> Any:
    """A value as it stands in a CSV file: nothing for None, true or false for switches, no formulas."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def rows_of(table: Mapping[str, NDArray[Any]]) -> Iterator[list[Any]]:
    """A table of columns as rows, the heading first; dates as 2018-12-31, a few rows in memory at a time."""
    yield list(table)
    length = len(next(iter(table.values())))
    for start in range(0, length, ROWS_AT_ONCE):
        columns = [_plain(column[start : start + ROWS_AT_ONCE]) for column in table.values()]
        for row in zip(*columns, strict=True):
            yield list(row)


def _plain(column: NDArray[Any]) -> list[Any]:
    if column.dtype.kind != "M":
        return column.tolist()
    return [None if text == "NaT" else text for text in column.astype(str).tolist()]


def write_csv(rows: Iterable[Sequence[Any]], file: Path | None, *, for_excel: bool = False) -> None:
    """Write rows, the first one the heading, into a file, whole or not at all, or to standard output if None."""
    if file is None:
        _write(rows, sys.stdout, for_excel=for_excel)
        return
    with _whole(file) as page:
        _write(rows, page, for_excel=for_excel)


def csv_text(rows: Iterable[Sequence[Any]], *, for_excel: bool = False) -> str:
    """Rows, the first one the heading, as the text of a CSV file."""
    page = io.StringIO()
    _write(rows, page, for_excel=for_excel)
    return page.getvalue()


def _write(rows: Iterable[Sequence[Any]], page: TextIO, *, for_excel: bool) -> None:
    if for_excel:
        page.write(MARK)
    writer = csv.writer(page, lineterminator="\n")
    for row in rows:
        writer.writerow([cell(value) for value in row])


@contextmanager
def _whole(file: Path) -> Iterator[TextIO]:
    """A text file beside the one wanted, renamed when all is written."""
    handle, aside = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as page:
            yield page
        Path(aside).chmod(0o644)
        Path(aside).replace(file)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
