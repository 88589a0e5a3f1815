"""Cells as texts: what Excel and bills put around a value is taken off, and texts are numbered."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sim.calibration.read.tables import numpy_of, told_as

Codes = NDArray[np.int32]

WRAPPED = re.compile(r'^=\s*"(.*)"$|^["\'`‘’](.*?)["\'’]?$', re.DOTALL)
"""A value as ="1380" or `1380 or '1380, which keeps Excel from taking it for a number."""

AROUND = r'^=\s*"|^["\'`‘’]|[\x00-\x1f\x7f\x{200b}\x{feff}\x{a0}]'


def unwrapped(text: str) -> str:
    """A cell's text without the signs that keep Excel from reading it, and without signs that are not seen."""
    seen = re.sub("[\x00-\x1f\x7f\u200b\ufeff\u200e\u200f]", "", text).replace("\xa0", " ").strip()
    found = WRAPPED.match(seen)
    return seen if not found else (found[1] if found[1] is not None else found[2]).strip()


def as_texts(column: pa.ChunkedArray, name: str = "") -> pa.ChunkedArray:
    """A column as texts without gaps; whole numbers without a point."""
    with told_as(f"{name}: a column holds {column.type} and no texts; export it plainly"):
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        if pa.types.is_floating(column.type):
            column = _whole(column)
        texts = column if pa.types.is_string(column.type) else column.cast(pa.string())
        return texts.fill_null("") if texts.null_count else texts


def _whole(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Numbers that are all whole as whole numbers, what is no number empty."""
    values = numpy_of(column.cast(pa.float64()).fill_null(float("nan")))
    real = np.isfinite(values)
    if (np.abs(values[real]) < 2**53).all() and (values[real] == np.floor(values[real])).all():
        whole = np.where(real, values, 0).astype(np.int64)
        return pa.chunked_array([pa.array(whole, mask=~real)])
    return pc.if_else(pc.is_nan(column), None, column)


def coded(column: pa.ChunkedArray, name: str = "") -> tuple[Codes, pa.Array]:
    """Whole numbers for texts, with the texts, cleaned of what Excel and bills put around them."""
    texts = pc.utf8_trim_whitespace(as_texts(column, name)).combine_chunks()
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    found = texts.dictionary_encode()
    codes, different = numpy_of(found.indices).astype(np.int32), found.dictionary
    if len(different) and pc.any(pc.match_substring_regex(different, AROUND)).as_py():
        return again(codes, [unwrapped(text) for text in different.to_pylist()])
    return codes, different


def again(codes: Codes, texts: list[str]) -> tuple[Codes, pa.Array]:
    """The same after texts were changed, some of which may now be alike."""
    found: Any = pa.array(texts, pa.string()).dictionary_encode()
    return numpy_of(found.indices).astype(np.int32)[codes], found.dictionary
