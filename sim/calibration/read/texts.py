"""Tables in text files: in which letters they are written, what stands between columns, where the names stand."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv as arrow_csv

from sim.assumptions.errors import ScenarioError, shown
from sim.calibration.read.encodings import encoding_of
from sim.calibration.read.header import MOST_LINES, line_of_names, roles_in
from sim.calibration.read.how import How
from sim.calibration.read.tables import Opened, Table, told_as
from sim.calibration.read.words_of import is_total

LONGEST_LINE = 1_000_000
"""Bytes that a line of a text file may have."""

DELIMITERS = (",", "\t", ";", "|", "，", "；", " ")
"""What may stand between columns; a blank is any run of blanks and tabs."""

UNIT = "\x1f"
"""What stands between columns once a text was written anew."""

BITE = 1 << 20
OPEN_QUOTE = 'the rows cannot be told apart; look for a quotation mark (") that is opened and not closed'
REMARK = re.compile(r"#|-{4,}|={4,}|\*{4,}")


class Layout:
    """How many lines stand above the data, the names of columns, and what stands between them."""

    def __init__(self, above: int, header: tuple[str, ...], delimiter: str, lines_above: int) -> None:
        self.above, self.header, self.delimiter, self.lines_above = above, header, delimiter, lines_above


def text_table(path: Path, name: str, start: bytes, how: How) -> Table:
    """The table in a text file; raises ScenarioError with one sentence if there is none."""
    _refuse_long_lines(path, name)
    encoding = encoding_of(path, name, start, how)
    layout = _layout(_first_lines(path, name, encoding), name, how)
    opened = Opened("csv", encoding, layout.delimiter, lines_above=layout.lines_above)

    def columns(places: Sequence[int]) -> list[pa.ChunkedArray]:
        return _Reader(path, name, encoding, layout, opened).columns(places)

    return Table(name, layout.header, columns, layout.above + 1, opened)


def _refuse_long_lines(path: Path, name: str) -> None:
    length = line = 0
    with path.open("rb") as file:
        while bite := file.read(BITE):
            first, last = bite.find(b"\n"), bite.rfind(b"\n")
            length = length + len(bite) if first < 0 else length + first
            if length > LONGEST_LINE and b"\r" not in bite:
                size = f"more than {LONGEST_LINE:,} bytes long"
                raise ScenarioError(
                    [f"{name}: line {line + 1} is {size}, which no order is; export the log again"]
                )
            line += bite.count(b"\n")
            length = len(bite) - last - 1 if first >= 0 else length


def _first_lines(path: Path, name: str, encoding: str) -> list[str]:
    """The first lines of a file, each without its end."""
    found = []
    wrong = f"{name}: the text is no {encoding} throughout; save it as UTF-8"
    with told_as(wrong), path.open(encoding=encoding, newline=None) as file:
        for number, line in enumerate(file):
            found.append(line.strip("\ufeff\n"))
            if number >= MOST_LINES + 400 or (number >= MOST_LINES and any(map(str.strip, found[-400:]))):
                break
    return found


def split(line: str, delimiter: str) -> tuple[str, ...]:
    """The cells of a line, without blanks around them."""
    if delimiter == " ":
        return tuple(line.split())
    try:
        return tuple(cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return (line,)


def _layout(lines: list[str], name: str, how: How) -> Layout:
    if how.skip_rows is not None:
        return _at(lines, how.skip_rows, _delimiter(lines, how.skip_rows, name), name)
    mark = re.fullmatch(r'"?sep=(.)"?\s*', lines[0]) if lines else None
    best = _best(lines, (mark[1],) if mark else DELIMITERS, how)
    if best is not None:
        return _at(lines, best[0], best[1], name)
    first = next((n for n, line in enumerate(lines) if _may_name(line) and not (mark and n == 0)), None)
    if first is None:
        raise ScenarioError([f"{name}: the file is empty; export the log again"])
    several = next((n for n, line in enumerate(lines) if n >= first and _may_name(line) and _cells(line) > 1), first)
    return _at(lines, several, mark[1] if mark else _delimiter(lines, several, name), name)


def _best(lines: list[str], delimiters: Sequence[str], how: How) -> tuple[int, str] | None:
    """The line that names the columns of a log, and what stands between them; None if no line does."""
    found = []
    for rank, delimiter in enumerate(delimiters):
        cells = [() if line.startswith("# ") else split(line, delimiter) for line in lines[:MOST_LINES]]
        place = line_of_names(cells, how.named)
        least = 3 if delimiter == " " else 2  # a title is words with blanks between them too
        if place is not None and roles_in(cells[place], how.named) >= least:
            found.append((-roles_in(cells[place], how.named), place, rank, delimiter))
    return (min(found)[1], min(found)[3]) if found else None


def _may_name(line: str) -> bool:
    return bool(line.strip(",;|\t ，；\"")) and not line.startswith("#")


def _cells(line: str) -> int:
    return max(line.count(each) for each in DELIMITERS[:-1]) + 1


def _delimiter(lines: list[str], place: int, name: str) -> str:
    line = lines[place] if place < len(lines) else ""
    delimiter = max(DELIMITERS[:-1], key=line.count)
    if not line.count(delimiter):
        remedy = "put commas between customer, date and amount"
        raise ScenarioError([f"{name}: line {place + 1}, {shown(line.strip())}, has a single column; {remedy}"])
    return delimiter


def _at(lines: list[str], place: int, delimiter: str, name: str) -> Layout:
    header = split(lines[place], delimiter)
    below = next((line for line in lines[place + 1 :] if line.strip()), "")
    if not below:
        raise ScenarioError([f"{name}: there is a line of names, but no order below it; export the log again"])
    cells = split(below, delimiter)
    if len(cells) == len(header) + 1 and not cells[-1]:
        header = (*header, "")  # a stroke at the end of every row but the names
    titles = sum(1 for line in lines[:place] if _may_name(line))
    return Layout(place + 1, header, delimiter, titles)


class _Reader:
    """Reads chosen columns of a text file."""

    def __init__(self, path: Path, name: str, encoding: str, layout: Layout, opened: Opened) -> None:
        self.path, self.name, self.encoding, self.layout, self.opened = path, name, encoding, layout, opened

    def columns(self, places: Sequence[int]) -> list[pa.ChunkedArray]:
        uneven: list[Any] = []
        self.opened.blank = self.opened.totals = 0
        keys = [str(place) for place in range(len(self.layout.header))]
        wanted = [str(place) for place in places]
        source, delimiter, above, quoted = self._source()
        reading = arrow_csv.ReadOptions(column_names=keys, skip_rows=above, block_size=1 << 23, use_threads=not quoted)
        parsing = arrow_csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=quoted, invalid_row_handler=lambda row: self._note(row, uneven)
        )
        turning = arrow_csv.ConvertOptions(
            include_columns=wanted, column_types=dict.fromkeys(wanted, pa.string()), strings_can_be_null=False
        )
        with told_as(f"{self.name}: {OPEN_QUOTE}"):
            table = arrow_csv.read_csv(source, reading, parsing, turning)
        if any("\n" in row.text for row in uneven):
            raise ScenarioError([f"{self.name}: {OPEN_QUOTE}"])
        if uneven:
            raise ScenarioError([self._uneven(uneven[0])])
        return [table.column(key) for key in wanted]

    def _source(self) -> tuple[Any, str, int, bool]:
        """The file itself if it is plain UTF-8; else its text, written anew."""
        delimiter = self.layout.delimiter
        with self.path.open("rb") as file:
            quoted = b'"' in file.read(4096)
        if self.encoding == "utf-8" and delimiter.isascii() and delimiter != " ":
            return self.path, delimiter, self.layout.above, quoted
        with told_as(f"{self.name}: the text is no {self.encoding} throughout; save it as UTF-8"):
            text = self.path.read_text(encoding=self.encoding)
        text = text.removeprefix("\ufeff")
        if delimiter.isascii() and delimiter != " ":
            return pa.BufferReader(text.encode()), delimiter, self.layout.above, '"' in text
        below = text.split("\n", self.layout.above)[-1]
        with told_as(f"{self.name}: {OPEN_QUOTE}"):
            again = _run_on(below) if delimiter == " " else _with_units(below, delimiter)
        return pa.BufferReader(again.encode()), UNIT, 0, '"' in again

    def _note(self, row: Any, uneven: list[Any]) -> str:
        text = row.text.strip()
        if not text.strip(f'",;|{UNIT} \t'):
            self.opened.blank += 1
        elif is_total(re.split(f"[,;|\t{UNIT}]", text.strip('"'))[0].strip()) or REMARK.match(text):
            self.opened.totals += 1
        else:
            uneven.append(row)
        return "skip"

    def _uneven(self, row: Any) -> str:
        """The sentence about a row with more or fewer cells than there are columns."""
        where, wanted = "a line", row.text.replace(UNIT, self.layout.delimiter).strip()
        with self.path.open(encoding=self.encoding) as file:
            for number, line in enumerate(file, 1):
                if number > self.layout.above and " ".join(line.split()) == " ".join(wanted.split()):
                    where = f"line {number}"
                    break
        columns = len(self.layout.header)
        counted = f"{where}, {shown(wanted)}, has {row.actual_columns} cells, but there are {columns} columns"
        return f"{self.name}: {counted}; quote texts that hold a comma, or repair the line"


def _run_on(text: str) -> str:
    """Rows whose cells stand apart by blanks or tabs, with a date and its time of day in one cell."""
    joined = re.sub(r"(\d[-/.]\d{1,2}[-/.]\d{1,4})[ \t]+(\d{1,2}:\d{2})", r"\1T\2", text)
    return re.sub(r"[ \t]+", UNIT, "\n".join(line.strip() for line in joined.split("\n")))


def _with_units(text: str, delimiter: str) -> str:
    """Rows with a stroke of one byte between cells."""
    if '"' not in text:
        return text.replace(delimiter, UNIT)
    out = io.StringIO()
    csv.writer(out, delimiter=UNIT, lineterminator="\n").writerows(csv.reader(io.StringIO(text), delimiter=delimiter))
    return out.getvalue()
