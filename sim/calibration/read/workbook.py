"""Excel workbooks (.xlsx): the sheets that hold orders, with values and never formulas."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from sim.assumptions.errors import ScenarioError, guess, shown
from sim.calibration.read.bounds import MOST_CELLS, MOST_SHEET_ROWS
from sim.calibration.read.header import MOST_LINES, line_of_names, roles_in
from sim.calibration.read.how import How
from sim.calibration.read.tables import Opened, Table, told_as

Row = tuple[Any, ...]


class Sheet:
    """A sheet with its rows: the place of its names, and how many of a log's columns they name."""

    def __init__(self, title: str, rows: list[Row], *, hidden: bool, how: How) -> None:
        self.title, self.rows, self.hidden = title, rows, hidden
        lines = [[_text(cell) for cell in row] for row in rows[:MOST_LINES]]
        filled = next((place for place, row in enumerate(rows) if any(map(_full, row))), None)
        found = line_of_names(lines, how.named)
        if how.skip_rows is not None and how.skip_rows < len(rows):
            found = how.skip_rows
        self.names = found if found is not None else filled
        self.roles = roles_in(lines[found], how.named) if found is not None and found < len(lines) else 0

    @property
    def header(self) -> tuple[str, ...]:
        """The names of its columns."""
        cells = [] if self.names is None else [_text(cell).strip() for cell in self.rows[self.names]]
        while cells and not cells[-1]:
            cells.pop()
        return tuple(cells)

    @property
    def data(self) -> list[Row]:
        """Its rows below the names that hold anything."""
        return [] if self.names is None else [row for row in self.rows[self.names + 1 :] if any(map(_full, row))]


def workbook(path: Path, name: str, how: How | None = None) -> Table:
    """The table in a workbook; raises ScenarioError with one sentence if it has none."""
    asked = how or How()
    sheets = _sheets(path, name, asked)
    first = _first(sheets, name, asked)
    chosen = [first] if asked.sheet else [each for each in sheets if _alike(each, first)]
    data = [row for sheet in chosen for row in sheet.data]
    if not data:
        raise ScenarioError(
            [f"{name}: sheet {shown(first.title)} has a row of names, but no order below it; export it again"]
        )
    line = (first.names or 0) + 2
    others = [each.title for each in sheets if each not in chosen and each.names is not None]
    opened = Opened("xlsx", sheets=[each.title for each in chosen], other_sheets=others, lines_above=line - 2)

    def columns(places: Sequence[int]) -> list[pa.ChunkedArray]:
        return [_column(path, name, first.title, data, place, line, asked) for place in places]

    return Table(name, first.header, columns, line, opened)


def _first(sheets: list[Sheet], name: str, how: How) -> Sheet:
    """The sheet that was named, or else the first visible one of those that name most columns of a log."""
    if how.sheet:
        found = next((each for each in sheets if each.title.strip() == how.sheet.strip()), None)
        if found is None:
            titles = [each.title for each in sheets]
            near = guess(how.sheet, titles)
            hint = f"did you mean {near}?" if near else f"there are {shown(', '.join(titles), 200)}"
            raise ScenarioError([f"{name}: --sheet is {shown(how.sheet)}, but there is no such sheet; {hint}"])
        return found
    filled = [each for each in sheets if each.names is not None]
    if not filled:
        raise ScenarioError([f"{name}: the workbook has no filled sheet; export the log again"])
    return max(filled, key=lambda each: (each.roles >= 2 and not each.hidden, each.roles, not each.hidden))


def _alike(sheet: Sheet, first: Sheet) -> bool:
    return sheet is first or (sheet.header == first.header and sheet.hidden == first.hidden)


def _sheets(path: Path, name: str, how: How, *, formulas: bool = False) -> list[Sheet]:
    from openpyxl import load_workbook

    damaged = f"{name}: this is no Excel workbook, or a damaged one; save it again as .xlsx or CSV"
    with told_as(damaged), warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore")
        book = load_workbook(file, read_only=True, data_only=not formulas)
        found = []
        for sheet in book.worksheets:
            rows = _bounded(sheet.iter_rows(values_only=True), name)
            found.append(Sheet(str(sheet.title), rows, hidden=sheet.sheet_state != "visible", how=how))
        book.close()
    return found


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


def _column(
    path: Path, name: str, sheet: str, data: list[Row], place: int, line: int, how: How
) -> pa.ChunkedArray:
    """A column as texts, dates written year first; raises ScenarioError for a formula without a value."""
    cells = [row[place] if place < len(row) else None for row in data]
    if any(cell is None for cell in cells):
        _refuse_formulas(path, name, sheet, place, line, how)
    with told_as(f"{name}: sheet {shown(sheet)} holds letters that are none; save it again as .xlsx or CSV"):
        return pa.chunked_array([pa.array([_text(cell) for cell in cells], pa.string())])


def _refuse_formulas(path: Path, name: str, sheet: str, place: int, line: int, how: How) -> None:
    rows = next(each.rows for each in _sheets(path, name, how, formulas=True) if each.title == sheet)
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
