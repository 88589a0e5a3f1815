"""Order logs that would fill the memory: a sentence within seconds, in a process that may take a gigabyte and no more."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import zipfile

import pyarrow as pa
import pytest
from batch_runs import SIYU, environment
from pyarrow import parquet

GIGABYTE = 1_000_000_000
SECONDS = 60
SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?>{doctype}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData></worksheet>"
)


def zipped(*parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return packed.getvalue()


def workbook(rows, doctype="", shared=None):
    """A workbook whose one sheet holds these rows of XML."""
    from openpyxl import Workbook

    plain = io.BytesIO()
    book = Workbook()
    book.active.append(["customer", "date", "amount"])
    book.save(plain)
    with zipfile.ZipFile(plain) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = SHEET.format(doctype=doctype, rows=rows).encode()
    if shared:
        parts["xl/sharedStrings.xml"] = shared.encode()
    return zipped(*parts.items())


def table_of(column, name="customer", **how):
    packed = io.BytesIO()
    days, amounts = (pa.array([text] * len(column)).dictionary_encode() for text in ("2026-01-01", "9"))
    parquet.write_table(pa.table({name: column, "date": days, "amount": amounts}), packed, **how)
    return packed.getvalue()


def repeated(text, rows):
    return pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array([text]))


def nested():
    packed = io.BytesIO()
    deep = pa.array([[1] * 1000] * 30_000)
    parquet.write_table(pa.table({"customer": deep, "date": ["2026-01-01"] * 30_000, "amount": [9.0] * 30_000}), packed)
    return packed.getvalue()


LAUGHS = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};&l{n - 1};&l{n - 1};&l{n - 1};">' for n in range(1, 14))
DOCTYPE = f'<!DOCTYPE x [<!ENTITY l0 "laugh">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY l13 SYSTEM "file:///etc/passwd">]>'
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l13;</t></is></c></row>'

BOMBS = {
    "a workbook of 700 megabytes of nothing.xlsx": lambda: zipped(("xl/worksheets/sheet1.xml", b"0" * 700_000_000)),
    "a workbook whose row is the two billionth.xlsx": lambda: workbook('<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>'),
    "a workbook of two million empty rows.xlsx": lambda: workbook("<row/>" * 2_000_000),
    "a workbook of cells as far right as can be.xlsx": lambda: workbook('<row><c r="XFD1"><v>1</v></c></row>' * 5000),
    "a workbook that laughs.xlsx": lambda: workbook(CELL, DOCTYPE),
    "a workbook that reads another file.xlsx": lambda: workbook(CELL, OUTSIDE),
    "a zip of zips.xlsx": lambda: zipped(("a.zip", zipped(("b", b"0" * 10_000_000)))),
    "a long text in every row.parquet": lambda: table_of(repeated("x" * 10_000_000, 5000)),
    "a long text in every row, as bytes.parquet": lambda: table_of(repeated(b"x" * 10_000_000, 5000)),
    "thirty million rows of a letter.parquet": lambda: table_of(repeated("x", 30_000_000), compression="zstd"),
    "lists in cells.parquet": nested,
    "three thousand columns.parquet": lambda: _wide(3000),
    "a line of 64 megabytes.csv": lambda: b"customer,date,amount\n" + b"x" * 64_000_000,
    "a first line of 64 megabytes.csv": lambda: b"x," * 32_000_000,
    "packed megabytes.csv.gz": lambda: gzip.compress(b"0" * 50_000_000),
}


def _wide(columns):
    packed = io.BytesIO()
    parquet.write_table(pa.table({f"c{n}": [1] for n in range(columns)}), packed)
    return packed.getvalue()


def limited():
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (GIGABYTE, GIGABYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


@pytest.mark.skipif(sys.platform != "linux", reason="memory limits as on Linux")
@pytest.mark.parametrize("name", list(BOMBS))
def test_a_bomb_is_a_sentence_within_seconds_and_a_gigabyte(name, tmp_path):
    file = tmp_path / name
    file.write_bytes(BOMBS[name]())
    ended = subprocess.run(
        [*SIYU, "calibrate", str(file)], env=environment() | {"OPENBLAS_NUM_THREADS": "1"}, capture_output=True,
        text=True, check=False, timeout=600, preexec_fn=limited,
    )
    assert ended.returncode == 2, ended.stderr[-2000:]
    (told,) = ended.stderr.splitlines()
    assert told.endswith(".") and "Traceback" not in told and "root:" not in told
    assert any(known in told for known in KNOWN), told


KNOWN = (
    "no order log needs", "more cells than an order log needs", "has three columns", "this is no Excel workbook",
    "bytes long, which no order is", "this is a packed file (gzip)", "filled sheet", "no order below it",
    "this file has no column of", "no texts, numbers or dates",
)
