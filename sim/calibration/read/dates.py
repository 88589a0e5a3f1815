"""Dates as people and shops write them, to days. A log has one form throughout; what could mean two days is asked
about."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sim.assumptions.errors import ScenarioError, shown
from sim.calibration.read.cells import again, coded
from sim.calibration.read.orders import today
from sim.calibration.read.tables import numpy_of, told_as

Lines = NDArray[np.int64]
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
TIME = re.compile(
    r"(?:[T ,]+|(?<=\d):|(?<=[日号])|(?=[上下]午))(?:[上下]午|[AaPp][Mm])? *\d{1,2} ?[:：时點点] ?\d{1,2}.*$"
    r"|(?<=\d{8})T\d{4}(\d\d)?(\.\d+)?Z?$|(?<=\d)Z$",
    re.DOTALL,
)
"""What may follow a date: a time of day."""

WEEKDAY = r"(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?"
BEFORE = re.compile(rf"^{WEEKDAY},? +")
BEHIND = re.compile(rf"[ ,]*[（(]? *((星期|周|週|礼拜|禮拜)[一二三四五六日天1-7]|(?<![A-Za-z]){WEEKDAY}|(?<=[（(])[一二三四五六日]) *[）)]?$")
ASCTIME = re.compile(r"^([A-Za-z]{3}) +(\d{1,2}) +[\d:]{5,8} +(?:[A-Z]{3,4} +)?(\d{4})$")

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Form:
    """One way to write a date: what it looks like, how it is spoken of, and which of its parts is which."""

    pattern: str
    said: str
    parts: str


NAME = r"([A-Za-z]{3,9})\.?"
FORMS = (
    Form(r"(\d{4})-(\d{1,2})-(\d{1,2})", "2026-03-01", "ymd"),
    Form(r"(\d{4})/(\d{1,2})/(\d{1,2})", "2026/3/1", "ymd"),
    Form(r"(\d{4})\.(\d{1,2})\.(\d{1,2})\.?", "2026.3.1", "ymd"),
    Form(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?", "2026年3月1日", "ymd"),
    Form(r"(\d{4})(\d{2})(\d{2})(?:\d{6}|\d{4})?", "20260301", "ymd"),
    Form(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", "1.3.2026", "dmy"),
    Form(r"(\d{1,2})/(\d{1,2})/(\d{4})", "03/01/2026", "dmy mdy"),
    Form(r"(\d{1,2})-(\d{1,2})-(\d{4})", "03-01-2026", "dmy mdy"),
    Form(rf"(\d{{1,2}})[ /-]{NAME}[ ,/-]+(\d{{4}})", "1 March 2026", "dby"),
    Form(rf"(\d{{1,2}}){NAME}(\d{{4}})", "01Mar2026", "dby"),
    Form(rf"{NAME}[ -](\d{{1,2}})[ ,-]+(\d{{4}})", "March 1, 2026", "bdy"),
    Form(rf"(\d{{4}})[ -]{NAME}[ -](\d{{1,2}})", "2026-Mar-01", "ybd"),
    Form(r"(\d{1,2})/(\d{1,2})/(\d{2})", "3/1/26", "dmy mdy ymd"),
    Form(r"(\d{1,2})-(\d{1,2})-(\d{2})", "3-1-26", "dmy mdy ymd"),
    Form(r"(\d{1,2})\.(\d{1,2})\.(\d{2})", "1.3.26", "dmy ymd"),
    Form(rf"(\d{{1,2}})[ /-]?{NAME}[ ,/-]*(\d{{2}})", "1-Mar-26", "dby"),
    Form(rf"{NAME} (\d{{1,2}}), ?(\d{{2}})", "Mar 1, 26", "bdy"),
)
SECONDS = re.compile(r"^1\d{9}(\d{3}|\d{6}|\d{9})?(\.\d+)?$")
SERIAL = re.compile(r"^[2-9]\d{4}(\.\d+)?$")
EXCEL_EPOCH = 25_569
"""Excel's number of 1970-01-01."""

SCREEN = (29_221, 80_000)
"""Numbers that Excel gives to days from 1980 on."""


def days_in(
    column: pa.ChunkedArray, name: str, line: int | Lines, order: str | None
) -> NDArray[np.int32]:
    """Days since 1970 of a column of dates, which stands on these lines, or from that line on.

    ``order`` says what 3/4/2026 is: "dmy" or "mdy". Raises ScenarioError with one sentence for what is no date, for two
    forms in one log and for dates that could be read both ways.
    """
    lines = line + np.arange(len(column)) if isinstance(line, int) else line
    if not len(column):
        return np.empty(0, np.int32)
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        return _typed(column, name, lines)
    codes, texts = coded(_date_part(column), name)
    bare = [bare_date(text) for text in texts.to_pylist()]
    codes, texts = again(codes, bare)
    days = _days(texts.to_pylist(), codes, name, lines, order)
    return np.asarray(days[codes], np.int32)


def bare_date(text: str) -> str:
    """A date without its time of day and its day of the week."""
    if ISO.fullmatch(text):
        return text
    wide = text if text.isascii() else unicodedata.normalize("NFKC", text)
    short = BEFORE.sub("", wide.strip())
    turned = ASCTIME.match(short)
    if turned:
        return f"{turned[1]} {turned[2]} {turned[3]}"
    timeless = TIME.sub("", short, count=1).strip() or short
    return BEHIND.sub("", timeless).strip(" ,") or timeless


def _typed(column: pa.ChunkedArray, name: str, lines: Lines) -> NDArray[np.int32]:
    if column.null_count:
        where = int(lines[np.flatnonzero(numpy_of(column.is_null()))[0]])
        raise ScenarioError([f"{name}: the date in row {where} is empty; fill it in, or leave the row out"])
    with told_as(f"{name}: the dates are {shown(str(column.type))}, which cannot be read; write them as in 2026-03-01"):
        if pa.types.is_timestamp(column.type) and column.type.tz:
            column = pc.local_timestamp(column)
        return np.asarray(numpy_of(column.cast(pa.date32(), safe=False).cast(pa.int32())))


def _date_part(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Without the time of day where it stands at a fixed place: so that few different texts are left to read."""
    if not pa.types.is_string(column.type):
        return column
    first = (column[0].as_py() or "").strip() if len(column) else ""
    if re.match(r"^\d{4}[-/.]\d{2}[-/.]\d{2}[T ]\d", first):
        tails = pc.utf8_slice_codeunits(column, 10, 11)
        if set(pc.unique(tails).to_pylist()) <= {"", " ", "T"}:
            return pc.utf8_slice_codeunits(column, 0, 10)
    return column


def _days(texts: list[str], codes: NDArray[np.int32], name: str, lines: Lines, order: str | None) -> NDArray[np.int64]:
    """The day of each different text."""
    where = _Where(codes, lines, name)
    if all(map(SECONDS.match, texts)):
        return np.array([int(text[:10]) // 86_400 for text in texts])
    if all(map(SERIAL.match, texts)) and all(SCREEN[0] <= float(text) <= SCREEN[1] for text in texts):
        return np.array([int(float(text)) - EXCEL_EPOCH for text in texts])
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

    def __init__(self, codes: NDArray[np.int32], lines: Lines, name: str) -> None:
        self._codes, self._lines, self.name = codes, lines, name

    def of(self, place: int) -> int:
        return int(self._lines[np.argmax(self._codes == place)])


def _form(text: str) -> Form | None:
    return next((form for form in FORMS if re.fullmatch(form.pattern, text)), None)


def _no_date(text: str, line: int, name: str) -> str:
    if not text:
        return f"{name}: the date in line {line} is empty; fill it in, or leave the row out"
    if text.startswith("="):
        return f"{name}: the date in line {line} is the formula {shown(text)}; paste values instead of formulas"
    return f"{name}: {shown(text)} in line {line} is no date; write it as in 2026-03-01"


def _read(texts: list[str], form: Form, where: _Where, order: str | None) -> NDArray[np.int64]:
    groups = [match.groups()[:3] for text in texts if (match := re.fullmatch(form.pattern, text))]
    parts = _which(groups, form, texts, where, order) if " " in form.parts else form.parts
    days = np.empty(len(texts), np.int64)
    for place, group in enumerate(groups):
        found = _day(group, parts)
        if found is None:
            said = f"{shown(texts[place])} in line {where.of(place)}"
            raise ScenarioError([f"{where.name}: the calendar has no {said}; correct it"])
        days[place] = found
    return days


def _day(group: Sequence[str], parts: str) -> int | None:
    """The day since 1970 of a date's three parts; None if the calendar has none."""
    day, month, year = (group[parts.index(letter)] for letter in ("d", "b" if "b" in parts else "m", "y"))
    number = MONTHS.index(month[:3].lower()) + 1 if month[:3].lower() in MONTHS else month
    whole = int(year) + (0 if len(year) > 2 else 2000 if int(year) < 69 else 1900)
    try:
        return (dt.date(whole, int(number), int(day)) - dt.date(1970, 1, 1)).days
    except ValueError:
        return None


def _which(groups: Sequence[Sequence[str]], form: Form, texts: list[str], where: _Where, order: str | None) -> str:
    """Whether the day, the month or the year comes first, as some date in the log gives away."""
    if order in form.parts.split():
        return order or ""
    fits = [parts for parts in form.parts.split() if _can_be(groups, parts)]
    if not fits:
        said = "some dates can only be day first and others only month first"
        raise ScenarioError([f"{where.name}: {said}; write all in one form, such as 2026-03-01"])
    if len(fits) == 1:
        return fits[0]
    said = f"{shown(texts[0])} in line {where.of(0)}"
    if len(groups[0][2]) < 3:
        said = f"the date {said} has a year of two digits and can be read in several ways"
        raise ScenarioError([f"{where.name}: {said}; write four, as in 2026-03-01, or say --date-order dmy or mdy"])
    said = f"{said} could be day first or month first, and no other date tells"
    raise ScenarioError([f"{where.name}: {said}; say --date-order dmy or mdy"])


def _can_be(groups: Sequence[Sequence[str]], parts: str) -> bool:
    """Whether every date can be meant so: months to 12, days to 31, and no year of two digits yet to come."""
    day, month, year = (parts.index(letter) for letter in "dmy")
    if any(int(group[month]) > 12 or int(group[day]) > 31 for group in groups):
        return False
    short = [int(group[year]) for group in groups if len(group[year]) < 3]
    return all(1980 <= (2000 if each < 69 else 1900) + each <= today() / 365.2425 + 1970 + 1 / 365 for each in short)
