"""Columns of numbers, with currency signs and thousands separators taken off; what could be two numbers is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sim.assumptions.errors import ScenarioError, shown
from sim.calibration.read.cells import as_texts, coded
from sim.calibration.read.money import Written, decimal_of, value_of, written
from sim.calibration.read.tables import Table, numpy_of, told_as

AMBIGUOUS = r"^[-+]?\d{1,3}\.\d{3}$"
DECIMALS = r"\.\d{1,2}$|\.\d{4,}$|^[-+]?\d{4,}\.\d|^[-+]?0\.|^[-+]?\.\d|[eE]"

Lines = NDArray[np.int64]


@dataclass(frozen=True)
class Numbers:
    """Numbers of a column, and in how many rows each currency is said."""

    values: NDArray[np.float64]
    currencies: dict[str, int] = field(default_factory=dict)


def numbers_in(column: pa.ChunkedArray, table: Table, role: str, *, empty: bool = False) -> NDArray[np.float64]:
    """Numbers of a column; raises ScenarioError for what is none. Where cells may be ``empty``, they are NaN."""
    lines = table.line + np.arange(len(column))
    return read_numbers(column, table.name, role, lines, empty=empty).values


def read_numbers(
    column: pa.ChunkedArray,
    name: str,
    role: str,
    lines: Lines,
    *,
    empty: bool = False,
    ask: bool = False,
    decimal: str | None = None,
    semicolons: bool = False,
) -> Numbers:
    """Numbers of a column, which stands on these lines; raises ScenarioError with one sentence for what is none.

    Where cells may be ``empty``, they are NaN. If asked, 1.234 that may be thousands is refused unless ``decimal`` says
    what it is.
    """
    if not len(column):
        return Numbers(np.empty(0))
    if not _is_text(column.type):
        return Numbers(_typed(column, name, role, lines, empty=empty))
    column = as_texts(column, name)
    quick = _quick(column, ask=ask and not decimal) if decimal != "comma" else None
    return Numbers(quick) if quick is not None else _slowly(
        column, name, role, lines, empty=empty, ask=ask, decimal=decimal, semicolons=semicolons
    )  # fmt: skip


def _is_text(kind: pa.DataType) -> bool:
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(inner) or pa.types.is_large_string(inner))


def _quick(column: pa.ChunkedArray, *, ask: bool) -> NDArray[np.float64] | None:
    """All cells as plain numbers; None if some cell is none, or if it must be asked what they mean."""
    try:
        trimmed = pc.utf8_trim_whitespace(column)
        found = numpy_of(trimmed.cast(pa.float64()))
    except pa.ArrowInvalid:
        return None
    if ask and pc.any(pc.match_substring_regex(trimmed, AMBIGUOUS)).as_py():
        return found if pc.any(pc.match_substring_regex(trimmed, DECIMALS)).as_py() else None
    return found


def _slowly(
    column: pa.ChunkedArray, name: str, role: str, lines: Lines, *, empty: bool, ask: bool, decimal: str | None,
    semicolons: bool,
) -> Numbers:  # fmt: skip
    codes, texts = coded(column, name)
    cells = texts.to_pylist()
    parts = [written(cell) if cell else None for cell in cells]
    style = decimal or decimal_of([part.core for part in parts if part], semicolons=semicolons and ask)
    if style is None and ask:
        raise ScenarioError([_either(name, role, cells, codes, lines)])
    found = [_value(cell, part, style or "point", empty=empty) for cell, part in zip(cells, parts, strict=True)]
    wrong = next((place for place, value in enumerate(found) if value is None), None)
    if wrong is not None:
        where = int(lines[np.argmax(codes == wrong)])
        raise ScenarioError([f"{name}: {_no_number(role, cells[wrong], where)}"])
    counts = np.bincount(codes, minlength=len(cells))
    said: dict[str, int] = {}
    for part, count in zip(parts, counts.tolist(), strict=True):
        if part and part.currency:
            said[part.currency] = said.get(part.currency, 0) + count
    return Numbers(np.array(found, float)[codes], said)


def _value(cell: str, part: Written | None, style: str, *, empty: bool) -> float | None:
    if not cell:
        return float("nan") if empty else None
    if part is None:
        return float(cell) if cell.lower().lstrip("+-") in ("nan", "inf", "infinity") else None
    value = value_of(part.core, style)
    return -value if part.minus and value is not None else value


def _either(name: str, role: str, cells: Sequence[str], codes: NDArray[np.int32], lines: Lines) -> str:
    place = next(n for n, cell in enumerate(cells) if (part := written(cell)) and not part.core.isdigit())
    where = int(lines[np.argmax(codes == place)])
    return (
        f"{name}: the {role} {shown(cells[place])} in line {where} may have decimals or thousands, and no other tells; "
        "say --decimal point or comma"
    )


def _typed(column: pa.ChunkedArray, name: str, role: str, lines: Lines, *, empty: bool) -> NDArray[np.float64]:
    kind = column.type
    if not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)):
        raise ScenarioError([f"{name}: the column of {role}s holds {shown(str(kind))} and no numbers"])
    with told_as(f"{name}: the column of {role}s holds {shown(str(kind))} and no numbers"):
        found = column.cast(pa.float64())
    if found.null_count and not empty:
        where = int(lines[np.flatnonzero(numpy_of(found.is_null()))[0]])
        raise ScenarioError([f"{name}: the {role} in row {where} is empty; fill it in, or leave the row out"])
    return numpy_of(found.fill_null(float("nan")))


def _no_number(role: str, text: str, line: int) -> str:
    if not text:
        return f"the {role} in line {line} is empty; fill it in, or leave the row out"
    if text.startswith("="):
        return f"the {role} in line {line} is the formula {shown(text)}; paste values instead of formulas"
    return f"the {role} in line {line} is {shown(text)}, which is no number; write it as in 129.50"
