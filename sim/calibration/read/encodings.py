"""In which letters a text file is written: UTF-8 and its kin, GB18030, Windows-1252 or Big5; recognised, or named."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from sim.assumptions.errors import ScenarioError, shown
from sim.calibration.read.how import How

BITE = 1 << 20
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HANZI = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")


def encoding_of(path: Path, name: str, start: bytes, how: How) -> str:
    """The name of the encoding; raises ScenarioError if it is none that is known, or if this is no text."""
    if how.encoding:
        return _named(how.encoding)
    marked = next((encoding for mark, encoding in MARKS if start.startswith(mark)), None)
    if marked or _without_a_mark(start):
        return marked or _without_a_mark(start) or ""
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", start):
        raise ScenarioError([f"{name}: this is a binary file and no table; export the log as CSV, Parquet or Excel"])
    found = [each for each in ("utf-8", "gb18030", "big5", "cp1252") if _decodes(path, each)]
    if "utf-8" in found:
        return "utf-8"
    western = "cp1252" in found and _is_western(path)
    chosen = ("cp1252" if western else next((each for each in found if each != "cp1252"), None)) if found else None
    if chosen is None:
        raise ScenarioError(
            [f"{name}: the text is in neither UTF-8 nor GB18030 (GBK); save it as UTF-8, or say --encoding"]
        )
    return chosen


def _named(encoding: str) -> str:
    try:
        known = codecs.lookup(encoding)
        b"".decode(encoding)  # refuses what turns bytes into no text
    except (LookupError, ValueError, UnicodeError):
        known = None
    if known is None or known.name in ("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"):
        raise ScenarioError(
            [f"--encoding is {shown(encoding)}, which is none; write utf-8, gb18030, big5, cp1252 or utf-16"]
        )
    return known.name


def _without_a_mark(start: bytes) -> str | None:
    """UTF-16 that does not say so: every other byte of plain letters is empty."""
    for encoding, empty in (("utf-16-le", start[1:400:2]), ("utf-16-be", start[0:400:2])):
        if len(empty) > 8 and empty.count(0) > 0.8 * len(empty) and start[:400].count(0) < 0.6 * len(start[:400]):
            return encoding
    return None


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while bite := file.read(BITE):
                decoder.decode(bite)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_western(path: Path) -> bool:
    """Whether letters with marks stand alone between plain ones, as in naïve, and not in pairs, as Chinese does."""
    alone = paired = 0
    with path.open("rb") as file:
        while bite := file.read(BITE):
            runs = re.findall(rb"[\x80-\xff]+", bite)
            alone += sum(len(run) == 1 for run in runs)
            paired += sum(len(run) > 1 for run in runs)
    return alone > 4 * paired
