"""Tables from files that people really have: CSV in several encodings, Parquet, Excel. Each mistake is one sentence."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv
from pyarrow import parquet

from sim.calibration.read.bounds import refuse_bombs, refuse_wide_texts
from sim.mistakes import ScenarioError, shown

LONGEST_LINE = 1_000_000
"""Bytes that a line of a text file may have."""

ENCODINGS = ("utf-8", "gb18030")
"""Tried in this order; the second holds everything that GBK and GB2312 hold."""

DELIMITERS = (",", "\t", ";", "|", "，")
BITE = 1 << 20
OPEN_QUOTE = 'the rows cannot be told apart; look for a quotation mark (") that is opened and not closed'


@dataclass(frozen=True)
class Table:
    """Named columns of a file; ``line`` is the line of the file on which the first row of data stands."""

    name: str
    header: tuple[str, ...]
    columns: Callable[[Sequence[int]], list[pa.ChunkedArray]]
    line: int = 2


def numpy_of(column: Any) -> NDArray[Any]:
    """Numbers or switches of a column without gaps; pyarrow's own way would import pandas, a second for nothing."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], whole.type)
    if pa.types.is_boolean(whole.type):
        return np.from_dlpack(whole.cast(pa.uint8())).astype(np.bool_)
    return np.from_dlpack(whole)


def open_table(path: Path) -> Table:
    """The table in a file; raises ScenarioError with one sentence if there is none."""
    name = shown(str(path), 200)
    if not path.exists():
        raise ScenarioError([f"{name}: there is no such file; check its name and folder"])
    if not path.is_file():
        raise ScenarioError([f"{name}: this is a folder or a device; name a file"])
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise ScenarioError([f"{name}: it cannot be read ({error.strerror}); check its permissions"]) from None
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise ScenarioError([f"{name}: the file is empty; export the log again"])
    refuse_bombs(path, name)
    if start.startswith(b"PAR1"):
        return _parquet(path, name)
    if start.startswith(b"PK\x03\x04"):
        from sim.calibration.read.workbook import workbook

        return workbook(path, name)
    _refuse_formats(name, start)
    return _text(path, name, start)


def _refuse_formats(name: str, start: bytes) -> None:
    signs = {
        b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls); save it as .xlsx or CSV",
        b"\x1f\x8b": "a packed file (gzip); unpack it first",
        b"%PDF": "a PDF; export a table instead",
        b"7z\xbc\xaf": "a packed file; unpack it first",
        b"Rar!": "a packed file; unpack it first",
    }
    for sign, what in signs.items():
        if start.startswith(sign):
            raise ScenarioError([f"{name}: this is {what}"])
    if re.match(rb"\s*(<!doctype|<html|<table|<\?xml)", start, re.IGNORECASE):
        raise ScenarioError([f"{name}: this is a web page or XML and no table; export it as CSV"])
    if re.match(rb"\s*[\[{]", start):
        raise ScenarioError([f"{name}: this is JSON and no table; export it as CSV"])


def _parquet(path: Path, name: str) -> Table:
    try:
        schema = parquet.read_schema(path)
    except (pa.ArrowException, OSError):
        raise ScenarioError([f"{name}: this Parquet file is damaged or cut short; export it again"]) from None

    def columns(places: Sequence[int]) -> list[pa.ChunkedArray]:
        try:
            wanted = [schema.names[place] for place in places]
            table = parquet.read_table(path, columns=wanted, read_dictionary=wanted)
        except (pa.ArrowException, OSError):
            raise ScenarioError([f"{name}: this Parquet file is damaged or cut short; export it again"]) from None
        found = [table.column(each) for each in wanted]
        for column in found:
            refuse_wide_texts(column, name)
        return [_plain(column) for column in found]

    return Table(name, tuple(schema.names), columns, 1)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column whose texts stand in every row instead of once in a list."""
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def _text(path: Path, name: str, start: bytes) -> Table:
    encoding = "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None
    if encoding is None and re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", start):
        raise ScenarioError([f"{name}: this is a binary file and no table; export the log as CSV, Parquet or Excel"])
    _refuse_long_lines(path, name)
    encoding = encoding or _encoding(path, name)
    skipped, header, delimiter = _header(path, name, encoding)
    quoted = '"' in start.decode(encoding, "replace")

    def columns(places: Sequence[int]) -> list[pa.ChunkedArray]:
        return _read_text(path, name, encoding, delimiter, skipped, header, places, quoted)

    return Table(name, header, columns, skipped + 1)


def _refuse_long_lines(path: Path, name: str) -> None:
    length = line = 0
    with path.open("rb") as file:
        while bite := file.read(BITE):
            first, last = bite.find(b"\n"), bite.rfind(b"\n")
            length = length + len(bite) if first < 0 else length + first
            if length > LONGEST_LINE and b"\r" not in bite:
                raise ScenarioError([_too_long(name, line + 1)])
            line += bite.count(b"\n")
            length = len(bite) - last - 1 if first >= 0 else length


def _too_long(name: str, line: int) -> str:
    size = f"more than {LONGEST_LINE:,} bytes long"
    return f"{name}: line {line} is {size}, which no order is; export the log again"


def _one_column(name: str, line: int, text: str) -> str:
    remedy = "put commas between customer, date and amount"
    return f"{name}: line {line}, {shown(text)}, has a single column; {remedy}"


def _encoding(path: Path, name: str) -> str:
    for encoding in ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while bite := file.read(BITE):
                    decoder.decode(bite)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise ScenarioError([f"{name}: the text is in neither UTF-8 nor GB18030 (GBK); save it as UTF-8"])


def _header(path: Path, name: str, encoding: str) -> tuple[int, tuple[str, ...], str]:
    """How many lines go before the data, the names of the columns, and what stands between columns."""
    with path.open(encoding=encoding, newline=None) as file:
        for number, line in enumerate(file, 1):
            text = line.strip("\ufeff \n")
            if not text.strip(",;|\t ") or text.startswith("#"):
                continue
            delimiter = max(DELIMITERS, key=text.count)
            if not text.count(delimiter):
                raise ScenarioError([_one_column(name, number, text)])
            names = tuple(each.strip() for each in next(csv.reader([text], delimiter=delimiter)))
            if not next((row for row in file if row.strip()), ""):
                raise ScenarioError([f"{name}: there is a line of names, but no order below it; export the log again"])
            return number, names, delimiter
    raise ScenarioError([f"{name}: the file is empty; export the log again"])


def _read_text(
    path: Path,
    name: str,
    encoding: str,
    delimiter: str,
    skipped: int,
    header: tuple[str, ...],
    places: Sequence[int],
    quoted: bool,
) -> list[pa.ChunkedArray]:
    uneven: list[Any] = []

    def note(row: Any) -> str:
        uneven.append(row)
        return "skip"

    keys = [str(place) for place in range(len(header))]
    wanted = [str(place) for place in places]
    reading = arrow_csv.ReadOptions(column_names=keys, skip_rows=skipped, encoding=encoding, block_size=1 << 23)
    if encoding == "utf-8" and not quoted:
        reading.use_threads = True
    parsing = arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=quoted, invalid_row_handler=note)
    turning = arrow_csv.ConvertOptions(
        include_columns=wanted, column_types=dict.fromkeys(wanted, pa.string()), strings_can_be_null=False
    )
    try:
        table = arrow_csv.read_csv(path, reading, parsing, turning)
    except (pa.ArrowException, UnicodeError, OSError):
        raise ScenarioError([f"{name}: {OPEN_QUOTE}"]) from None
    if any("\n" in row.text for row in uneven):
        raise ScenarioError([f"{name}: {OPEN_QUOTE}"])
    if uneven:
        raise ScenarioError([_uneven(path, name, encoding, uneven[0], len(header), skipped)])
    return [table.column(key) for key in wanted]


def _uneven(path: Path, name: str, encoding: str, row: Any, expected: int, skipped: int) -> str:
    """The sentence about a row with more or fewer cells than there are columns."""
    where = "a line"
    with path.open(encoding=encoding) as file:
        for number, line in enumerate(file, 1):
            if number > skipped and line.rstrip("\r\n") == row.text.rstrip("\r\n"):
                where = f"line {number}"
                break
    counted = f"{where}, {shown(row.text)}, has {row.actual_columns} cells, but there are {expected} columns"
    return f"{name}: {counted}; quote texts that hold a comma, or repair the line"
