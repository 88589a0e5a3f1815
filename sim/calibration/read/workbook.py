"""Excel workbooks (.xlsx): the first sheet that holds anything, with values and never formulas."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from sim.calibration.read.bounds import MOST_CELLS, MOST_SHEET_ROWS
from sim.calibration.read.tables import Table
from sim.mistakes import ScenarioError, shown

Row = tuple[Any, ...]


def workbook(path: Path, name: str) -> Table:
    """The table in a workbook; raises ScenarioError with one sentence if it has none."""
    sheet, rows = _rows(path, name)
    skipped = next((place for place, row in enumerate(rows) if any(_full(cell) for cell in row)), None)
    if skipped is None:
        raise ScenarioError([f"{name}: the workbook has no filled sheet; export the log again"])
    header = tuple("" if cell is None else str(cell).strip() for cell in rows[skipped])
    data = [row for row in rows[skipped + 1 :] if any(_full(cell) for cell in row)]
    if not data:
        raise ScenarioError(
            [f"{name}: sheet {shown(sheet)} has a row of names, but no order below it; export it again"]
        )

    def columns(places: Sequence[int]) -> list[pa.ChunkedArray]:
        return [
            _column(path, name, sheet, [row[place] if place < len(row) else None for row in data], place, skipped + 2)
            for place in places
        ]

    return Table(name, header, columns, skipped + 2)


def _rows(path: Path, name: str, *, formulas: bool = False) -> tuple[str, list[Row]]:
    """The name and the rows of the first sheet that is not empty."""
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, data_only=not formulas)
            sheets = [
                (sheet.title, _bounded(sheet.iter_rows(values_only=True), name)) for sheet in book.worksheets
            ]
            book.close()
    except ScenarioError:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError, TypeError, IndexError):
        raise ScenarioError(
            [f"{name}: this is no Excel workbook, or a damaged one; save it again as .xlsx or CSV"]
        ) from None
    return next(((title, rows) for title, rows in sheets if rows and any(map(any, rows))), ("", []))


def _bounded(rows: Iterable[Row], name: str) -> list[Row]:
    """The rows of a sheet; raises ScenarioError for more than Excel itself could have written."""
    found, cells = [], 0
    for row in rows:
        found.append(row)
        cells += len(row)
        if len(found) > MOST_SHEET_ROWS or cells > MOST_CELLS:
            raise ScenarioError(
                [f"{name}: a sheet has more cells than an order log needs; export customer, date and amount only"]
            )
    return found


def _column(path: Path, name: str, sheet: str, cells: list[Any], place: int, line: int) -> pa.ChunkedArray:
    """A column as texts, dates written year first; raises ScenarioError for a formula without a value."""
    empty = next((row for row, cell in enumerate(cells) if cell is None), None)
    if empty is not None:
        _refuse_formulas(path, name, sheet, place, line)
    return pa.chunked_array([pa.array([_text(cell) for cell in cells], pa.string())])


def _refuse_formulas(path: Path, name: str, sheet: str, place: int, line: int) -> None:
    _, rows = _rows(path, name, formulas=True)
    for number, row in enumerate(rows[line - 1 :], line):
        cell = row[place] if place < len(row) else None
        if isinstance(cell, str) and cell.startswith("="):
            where = f"row {number} of sheet {shown(sheet)} holds the formula {shown(cell)} without its value"
            raise ScenarioError([f"{name}: {where}; paste values, or open and save it in Excel once"])


def _text(cell: Any) -> str:
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ") if cell.time() != dt.time() else cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _full(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""
