"""Tables from files that people really have: CSV in several encodings, Parquet, Excel. Each mistake is one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.assumptions.errors import ScenarioError, shown
from sim.calibration.read.bounds import refuse_bombs
from sim.calibration.read.how import How


@dataclass
class Opened:
    """What was noticed when a file was opened: its form, and what was passed over."""

    form: str
    encoding: str | None = None
    delimiter: str | None = None
    sheets: list[str] = field(default_factory=list)
    other_sheets: list[str] = field(default_factory=list)
    lines_above: int = 0
    blank: int = 0
    totals: int = 0


@dataclass(frozen=True)
class Table:
    """Named columns of a file; ``line`` is the line of the file on which the first row of data stands."""

    name: str
    header: tuple[str, ...]
    columns: Callable[[Sequence[int]], list[pa.ChunkedArray]]
    line: int = 2
    opened: Opened = field(default_factory=lambda: Opened("csv"))


def numpy_of(column: Any) -> NDArray[Any]:
    """Numbers or switches of a column without gaps; pyarrow's own way would import pandas, a second for nothing."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], whole.type)
    if pa.types.is_boolean(whole.type):
        return np.from_dlpack(whole.cast(pa.uint8())).astype(np.bool_)
    return np.from_dlpack(whole)


@contextmanager
def told_as(sentence: str) -> Iterator[None]:
    """Whatever a library raises over a damaged file becomes one sentence; lack of memory stays what it is."""
    try:
        yield
    except (ScenarioError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - damaged files make libraries raise anything: KeyError, zlib.error, AttributeError
        raise ScenarioError([sentence]) from None


def open_table(path: Path, how: How | None = None) -> Table:
    """The table in a file; raises ScenarioError with one sentence if there is none."""
    name, asked = shown(str(path), 200), how or How()
    start = _start(path, name)
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise ScenarioError([f"{name}: the file is empty; export the log again"])
    with told_as(f"{name}: this file is damaged or cut short; export it again"):
        refuse_bombs(path, name)
    if start.startswith(b"PAR1"):
        from sim.calibration.read.parquets import parquet_table

        return parquet_table(path, name)
    if start.startswith(b"PK\x03\x04"):
        from sim.calibration.read.workbook import workbook

        return workbook(path, name, asked)
    from sim.calibration.read.texts import text_table

    _refuse_formats(name, start)
    return text_table(path, name, start, asked)


def _start(path: Path, name: str) -> bytes:
    if not path.exists():
        raise ScenarioError([f"{name}: there is no such file; check its name and folder"])
    if not path.is_file():
        raise ScenarioError([f"{name}: this is a folder or a device; name a file"])
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except OSError as error:
        raise ScenarioError([f"{name}: it cannot be read ({error.strerror}); check its permissions"]) from None


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
