"""Files that would unpack to more than anybody's order log: refused by what they say of themselves, before unpacking.

A file that lies about itself still meets the memory limit of the process that reads it.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from sim.assumptions.errors import ScenarioError

MOST_UNPACKED = 600_000_000
"""Bytes that a workbook's parts, or the columns of a Parquet file, may have together when unpacked."""

MOST_ROWS = 20_000_000
MOST_COLUMNS = 2_000
MOST_CELLS = 20_000_000
MOST_SHEET_ROWS = 1_048_576
"""As many rows as a sheet of Excel can have; a file may claim that its only row is the billionth."""


def refuse_bombs(path: Path, name: str) -> None:
    """Raise ScenarioError, with one sentence, if a file says that it unpacks to too much."""
    with path.open("rb") as file:
        start = file.read(4)
    if start == b"PAR1":
        _refuse_parquet(path, name)
    elif start == b"PK\x03\x04":
        _refuse_zip(path, name)


def _refuse_zip(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return
    if unpacked > MOST_UNPACKED:
        raise ScenarioError([_too_much(name, unpacked)])


def _refuse_parquet(path: Path, name: str) -> None:
    try:
        about = parquet.read_metadata(path)
    except (pa.ArrowException, OSError):
        return
    groups = [about.row_group(n) for n in range(about.num_row_groups)]  # .column(n) of a damaged file ends the process
    unpacked = sum(group.total_byte_size for group in groups)
    rows = max(about.num_rows, sum(group.num_rows for group in groups))
    if rows > MOST_ROWS or about.num_columns > MOST_COLUMNS or unpacked > MOST_UNPACKED:
        raise ScenarioError([_too_much(name, unpacked, rows)])


def refuse_wide_texts(column: pa.ChunkedArray, name: str) -> None:
    """Raise ScenarioError if texts that a file keeps once would fill the memory where they stand in every row."""
    for chunk in column.chunks if pa.types.is_dictionary(column.type) else ():
        if pa.types.is_string(chunk.type.value_type) or pa.types.is_binary(chunk.type.value_type):
            size = pc.sum(pc.binary_length(chunk.dictionary).take(chunk.indices)).as_py() or 0
            if size > MOST_UNPACKED:
                raise ScenarioError([_too_much(name, size, len(chunk))])


def _too_much(name: str, unpacked: int, rows: int | None = None) -> str:
    size = f"{unpacked / 1e6:,.0f} MB" + (f" in {rows:,} rows" if rows else "")
    return f"{name}: the file unpacks to {size}, which no order log needs; export customer, date and amount only"
