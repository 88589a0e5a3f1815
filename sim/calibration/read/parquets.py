"""Parquet files: columns of text, numbers, dates and switches; others are told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from sim.assumptions.errors import ScenarioError, shown
from sim.calibration.read.bounds import refuse_wide_texts
from sim.calibration.read.tables import Opened, Table, told_as


def parquet_table(path: Path, name: str) -> Table:
    """The table in a Parquet file; raises ScenarioError with one sentence if it is damaged."""
    damaged = f"{name}: this Parquet file is damaged or cut short; export it again"
    with told_as(damaged):
        schema = parquet.read_schema(path)
        header = tuple(str(each) for each in schema.names)

    def columns(places: Sequence[int]) -> list[pa.ChunkedArray]:
        for place in places:
            _refuse_type(name, header[place], schema.types[place])
            if header.count(header[place]) > 1:
                raise ScenarioError([f"{name}: two columns are called {shown(header[place])}; rename one"])
        wanted = [header[place] for place in places]
        with told_as(damaged):
            table = parquet.read_table(path, columns=list(dict.fromkeys(wanted)), read_dictionary=wanted)
            found = [table.column(each) for each in wanted]
            for column in found:
                column.validate(full=True)
                refuse_wide_texts(column, name)
        return [_plain(column, name, place) for column, place in zip(found, wanted, strict=True)]

    return Table(name, header, columns, 1, Opened("parquet"))


def _refuse_type(name: str, column: str, kind: pa.DataType) -> None:
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    checks = (
        pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_binary,
        pa.types.is_large_binary, pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_boolean,
        pa.types.is_date, pa.types.is_timestamp, pa.types.is_null,
    )  # fmt: skip
    if not any(check(inner) for check in checks):
        what = f"the column {shown(column)} holds {shown(str(kind))}"
        raise ScenarioError([f"{name}: {what}, and no texts, numbers or dates; export it plainly"])


def _plain(column: pa.ChunkedArray, name: str, header: str) -> pa.ChunkedArray:
    """A column as texts, numbers or dates as they are read: texts in every row, whole numbers whole."""
    kind = column.type
    with told_as(f"{name}: the column {shown(header)} holds {shown(str(kind))} that cannot be read; export it again"):
        if pa.types.is_dictionary(kind):
            column = column.cast(kind.value_type)
        if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type) or pa.types.is_decimal(column.type):
            return column if not pa.types.is_decimal(column.type) else column.cast(pa.float64())
        if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
            return column
        if pa.types.is_null(column.type) or pa.types.is_boolean(column.type):
            return column.cast(pa.string())
        column = column.cast(pa.string())
        column.validate(full=True)
        return column
