"""Dates as people and shops write them, to days. A log has one form throughout; what could mean two days is asked
about."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sim.calibration.read.orders import EPOCH
from sim.calibration.read.tables import numpy_of
from sim.mistakes import ScenarioError, shown

TIME = r"(?:[T ]*(?:[上下]午)?\s*\d{1,2}[:：时].*)?$"
"""What may follow a date: a time of day."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Form:
    """One way to write a date: what it looks like, how it is spoken of, and which of its parts is which."""

    pattern: str
    said: str
    parts: str


FORMS = (
    Form(r"^(\d{4})-(\d{1,2})-(\d{1,2})" + TIME, "2026-03-01", "ymd"),
    Form(r"^(\d{4})/(\d{1,2})/(\d{1,2})" + TIME, "2026/3/1", "ymd"),
    Form(r"^(\d{4})\.(\d{1,2})\.(\d{1,2})" + TIME, "2026.3.1", "ymd"),
    Form(r"^(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日?" + TIME, "2026年3月1日", "ymd"),
    Form(r"^(\d{4})(\d{2})(\d{2})(?:\d{6}|\d{4})?" + TIME, "20260301", "ymd"),
    Form(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})" + TIME, "1.3.2026", "dmy"),
    Form(r"^(\d{1,2})/(\d{1,2})/(\d{4})" + TIME, "03/01/2026", "?"),
    Form(r"^(\d{1,2})-(\d{1,2})-(\d{4})" + TIME, "03-01-2026", "?"),
    Form(r"^(\d{1,2})[ -]([A-Za-z]{3,9})[ -,]+(\d{4})" + TIME, "1 March 2026", "dby"),
    Form(r"^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})" + TIME, "March 1, 2026", "bdy"),
)
SECONDS = re.compile(r"^1\d{9}(\d{3})?(\.\d+)?$")


def days_in(column: pa.ChunkedArray, name: str, line: int, order: str | None) -> NDArray[np.int32]:
    """Days since 1970 of a column of dates.

    ``order`` says what 3/4/2026 is: "dmy" or "mdy". Raises ScenarioError with one sentence for what is no date, for two
    forms in one log and for dates that could be read both ways.
    """
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        return _typed(column, name, line)
    if not pa.types.is_string(column.type):
        column = column.cast(pa.string())
    if column.null_count:
        column = column.fill_null("")
    coded = pc.utf8_trim_whitespace(_date_part(column)).combine_chunks().dictionary_encode()
    texts, codes = coded.dictionary.to_pylist(), numpy_of(coded.indices)
    days = _days(texts, codes, name, line, order)
    return np.asarray(days[codes], np.int32)


def _typed(column: pa.ChunkedArray, name: str, line: int) -> NDArray[np.int32]:
    if column.null_count:
        where = line + int(np.flatnonzero(numpy_of(column.is_null()))[0])
        raise ScenarioError([f"{name}: the date in row {where} is empty; fill it in, or leave the row out"])
    if pa.types.is_timestamp(column.type) and column.type.tz:
        column = pc.local_timestamp(column)
    return np.asarray(numpy_of(column.cast(pa.date32(), safe=False).cast(pa.int32())))


def _date_part(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Without the time of day where it stands at a fixed place: so that few different texts are left to read."""
    first = column[0].as_py().strip() if len(column) else ""
    if re.match(r"^\d{4}[-/.]\d{2}[-/.]\d{2}[T ]\d", first):
        tails = pc.utf8_slice_codeunits(column, 10, 11)
        if set(pc.unique(tails).to_pylist()) <= {"", " ", "T"}:
            return pc.utf8_slice_codeunits(column, 0, 10)
    return column


def _days(texts: list[str], codes: NDArray[np.int32], name: str, line: int, order: str | None) -> NDArray[np.int64]:
    """The day of each different text."""
    where = _Where(codes, line, name)
    if all(map(SECONDS.match, texts)):
        return np.array([int(text[:10]) // 86_400 for text in texts])
    forms = [_form(text) for text in texts]
    for place, form in enumerate(forms):
        if form is None:
            raise ScenarioError([_no_date(texts[place], where.of(place), name)])
    first = int(codes[0])
    other = next((place for place in range(len(texts)) if forms[place] is not forms[first]), None)
    if other is not None:
        both = f"{shown(texts[first])} in line {where.of(first)} and {shown(texts[other])} in line {where.of(other)}"
        raise ScenarioError(
            [f"{name}: dates are written in more than one form, {both}; write all in one, such as 2026-03-01"]
        )
    return _read(texts, forms[first] or FORMS[0], where, order)


class _Where:
    """On which line of the file a text stands first."""

    def __init__(self, codes: NDArray[np.int32], line: int, name: str) -> None:
        self._codes, self._line, self.name = codes, line, name

    def of(self, place: int) -> int:
        return self._line + int(np.argmax(self._codes == place))


def _form(text: str) -> Form | None:
    return next((form for form in FORMS if re.match(form.pattern, text)), None)


def _no_date(text: str, line: int, name: str) -> str:
    if not text:
        return f"{name}: the date in line {line} is empty; fill it in, or leave the row out"
    if text.startswith("="):
        return f"{name}: the date in line {line} is the formula {shown(text)}; paste values instead of formulas"
    if re.match(r"^\d{1,2}\D\d{1,2}\D\d{2}\b", text):
        return f"{name}: the date {shown(text)} in line {line} has a year of two digits; write four, as in 2026-03-01"
    return f"{name}: {shown(text)} in line {line} is no date; write it as in 2026-03-01"


def _read(texts: list[str], form: Form, where: _Where, order: str | None) -> NDArray[np.int64]:
    found = [re.match(form.pattern, text) for text in texts]
    groups = [match.groups()[:3] for match in found if match]
    parts = _which(groups, texts, where, order) if form.parts == "?" else form.parts
    days = np.empty(len(texts), np.int64)
    for place, group in enumerate(groups):
        day, month, year = (group[parts.index(letter)] for letter in ("d", "b" if "b" in parts else "m", "y"))
        number = MONTHS.index(month[:3].lower()) + 1 if month[:3].lower() in MONTHS else month
        try:
            date = np.datetime64(f"{int(year):04d}-{int(number):02d}-{int(day):02d}", "D")
        except ValueError:
            said = f"{shown(texts[place])} in line {where.of(place)}"
            raise ScenarioError([f"{where.name}: the calendar has no {said}; correct it"]) from None
        days[place] = (date - EPOCH).astype(int)
    return days


def _which(groups: list[tuple[str, ...]], texts: list[str], where: _Where, order: str | None) -> str:
    """Whether the day or the month comes first, as some date in the log gives away."""
    firsts, seconds = (max(int(group[place]) for group in groups) for place in (0, 1))
    if order in ("dmy", "mdy"):
        return order
    if firsts > 12 and seconds > 12:
        said = "some dates can only be day first and others only month first"
        raise ScenarioError([f"{where.name}: {said}; write all in one form, such as 2026-03-01"])
    if firsts <= 12 and seconds <= 12:
        said = f"{shown(texts[0])} in line {where.of(0)} could be day first or month first, and no other date tells"
        raise ScenarioError([f"{where.name}: {said}; say --date-order dmy or mdy"])
    return "dmy" if firsts > 12 else "mdy"
