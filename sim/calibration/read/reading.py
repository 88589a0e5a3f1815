"""An order log from a file: columns found, cells turned into numbers, every mistake one clear sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sim.calibration.read.columns import recognised
from sim.calibration.read.dates import days_in
from sim.calibration.read.orders import Orders, Rows, orders_of
from sim.calibration.read.tables import Table, numpy_of, open_table
from sim.mistakes import ScenarioError, shown

MONEY = re.compile(r"[\s¥￥$€£]|元|CNY|RMB|USD|EUR", re.IGNORECASE)
Named = Mapping[str, str | None]


def read_orders(
    path: Path, named: Named | None = None, *, date_order: str | None = None, keep_copies: bool = False
) -> Orders:
    """The orders in a log; raises ScenarioError with one sentence if it cannot be read as one.

    ``named`` gives columns by role (customer, date, amount, channel) where their names are not recognised.
    """
    table = open_table(path)
    places = recognised(table.name, table.header, named or {}, ("customer", "date", "amount"), ("channel",))
    columns = dict(zip(places, table.columns(tuple(places.values())), strict=True))
    if not len(columns["customer"]):
        raise ScenarioError([f"{table.name}: there are no orders in it; export the log again"])
    return orders_of(_rows(table, columns, date_order), keep_copies=keep_copies)


def _rows(table: Table, columns: dict[str, pa.ChunkedArray], date_order: str | None) -> Rows:
    customer, customers = codes_in(columns["customer"], table, "customer")
    day = days_in(columns["date"], table.name, table.line, date_order)
    moment = _codes(columns["date"])[0]
    channel, channels = _codes(columns["channel"]) if "channel" in columns else (None, None)
    amount = numbers_in(columns["amount"], table, "amount")
    known = () if channels is None else tuple(map(str, channels.to_pylist()))
    return Rows(table.name, customer, day, moment, amount, customers, channel, known, table.line)


def codes_in(column: pa.ChunkedArray, table: Table, role: str) -> tuple[NDArray[np.int32], pa.Array]:
    """Whole numbers for texts, with the texts; raises ScenarioError for an empty one."""
    codes, texts = _codes(column)
    empty = np.flatnonzero(numpy_of(pc.binary_length(texts)) == 0)
    if empty.size:
        where = table.line + int(np.argmax(codes == empty[0]))
        raise ScenarioError([f"{table.name}: the {role} in line {where} is empty; fill it in, or leave the row out"])
    return codes, texts


def _codes(column: pa.ChunkedArray) -> tuple[NDArray[np.int32], pa.Array]:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    texts = column if pa.types.is_string(column.type) else column.cast(pa.string())
    if texts.null_count:
        texts = texts.fill_null("")
    coded = pc.utf8_trim_whitespace(texts).combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    return numpy_of(coded.indices).astype(np.int32), coded.dictionary


def numbers_in(column: pa.ChunkedArray, table: Table, role: str, *, empty: bool = False) -> NDArray[np.float64]:
    """Numbers of a column, with currency signs and thousands separators taken off; raises ScenarioError otherwise.

    Where cells may be ``empty``, they are NaN.
    """
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if not pa.types.is_string(column.type) and not pa.types.is_large_string(column.type):
        return _typed(column, table, role, empty=empty)
    try:
        return numpy_of(pc.utf8_trim_whitespace(column).cast(pa.float64()))
    except pa.ArrowInvalid:
        codes, texts = _codes(column)
    cleaned = [MONEY.sub("", text) for text in texts.to_pylist()]
    comma = _decimal_comma(cleaned)
    found = [float("nan") if empty and not text else _number(text, comma=comma) for text in cleaned]
    wrong = next((place for place, value in enumerate(found) if value is None), None)
    if wrong is not None:
        where = table.line + int(np.argmax(codes == wrong))
        raise ScenarioError([f"{table.name}: {_no_number(role, texts[wrong].as_py(), where)}"])
    return np.array(found, float)[codes]


def _typed(column: pa.ChunkedArray, table: Table, role: str, *, empty: bool) -> NDArray[np.float64]:
    try:
        found = column.cast(pa.float64())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise ScenarioError([f"{table.name}: the column of {role}s holds {column.type} and no numbers"]) from None
    if found.null_count and not empty:
        where = table.line + int(np.flatnonzero(numpy_of(found.is_null()))[0])
        raise ScenarioError([f"{table.name}: the {role} in row {where} is empty; fill it in, or leave the row out"])
    return numpy_of(found.fill_null(float("nan")))


def _no_number(role: str, text: str, line: int) -> str:
    if not text:
        return f"the {role} in line {line} is empty; fill it in, or leave the row out"
    if text.startswith("="):
        return f"the {role} in line {line} is the formula {shown(text)}; paste values instead of formulas"
    return f"the {role} in line {line} is {shown(text)}, which is no number; write it as in 129.50"


def _decimal_comma(texts: list[str]) -> bool:
    """Whether a comma separates decimals here, as in 12,50: where it never stands before three digits."""
    commas = [text for text in texts if "," in text]
    return bool(commas) and all(re.fullmatch(r"-?[\d.]+,\d{1,2}", text) for text in commas)


def _number(text: str, *, comma: bool) -> float | None:
    if comma:
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"\(\d[\d.,]*\)", text):
        text = "-" + text[1:-1].replace(",", "")
    try:
        return float(text)
    except ValueError:
        return None
