"""Mistakes in files, and notes about fits, as a Chinese reader is told them.

The parts that find mistakes speak English. Their sentences are recognised here and said in Chinese, with the same
numbers and names; one that is not recognised is quoted as it is, and said to be.
"""

from __future__ import annotations

import re
from functools import cache

from sim.assumptions.errors import ScenarioError
from sim.text.phrases import Language
from sim.ui.mistakes_of_batches import BATCHES
from sim.ui.mistakes_of_logs import COLUMNS, FILES, NOTES, ORDERS, WORDS
from sim.ui.mistakes_of_priors import PRIORS
from sim.ui.mistakes_of_scenarios import EXTENDS, INSIDE, PARAMETERS, PLACES, TEXT

GAP = re.compile(r"\\\{(\w+)\\\}")
UNKNOWN = "无法使用（程序的原话：{text}）。"
KNOWN = {**FILES, **COLUMNS, **ORDERS, **TEXT, **EXTENDS, **PRIORS, **PARAMETERS, **BATCHES}

GAPS = {"value": r'"(?:[^"\\]|\\.)*"|.+?', "limits": r"[^(;]+(?: \([^)]*\))?"}
"""What stands in a gap, where it is not just anything: quotation marks and brackets keep together what is in them."""

AS_THEY_ARE = frozenset({"file", "key", "group", "again", "word", "text", "name", "near", "list", "choices", "mark"})
"""Gaps that hold names and what a visitor has written, in whatever language."""

ON_THE_PAGE = {
    "; say --date-order dmy or mdy": "; choose above what 3/4/2026 is",
    ", or say --keep-copies if each is": ", or tick the box above if each is",
    ", or say --date-order dmy or mdy": ", or choose above what 3/4/2026 is",
    "say --leave-out-empty to leave such rows out": "tick the box above to leave such rows out",
    "; say --decimal point or comma": "; choose above what 1.234 is",
    "; say --amount-of line or order": "; choose above what an amount is",
    "; name those that count with --states A,B": "; write those that count above",
    ", or say --without-amounts if the log has none": ", or tick the box above if the log has none",
    ", or give a rate for each, as in --currency USD=7.1": ", or export one at a time",
    "with --customer COLUMN": "above",
    "with --amount COLUMN": "above",
    ", or say --encoding": "",
}
"""Options of the command line, and where the same is chosen on the page."""


def told(error: ScenarioError, language: Language) -> str:
    """Every mistake in the reader's language, a line each."""
    return in_chinese(error) if language == "zh" else in_english(error)


def in_english(error: ScenarioError) -> str:
    """Every mistake as the program says it, with what can be done about it on the page, a line each."""
    text = str(error)
    for option, place in ON_THE_PAGE.items():
        text = text.replace(option, place)
    return text


def in_chinese(error: ScenarioError) -> str:
    """Every mistake in Chinese, a line each."""
    return "\n".join(mistake_in_chinese(each) for each in error.mistakes)


def mistake_in_chinese(text: str) -> str:
    """One mistake in Chinese, after the place that it is about: a file, and the line in it."""
    bare = text.removesuffix(".")
    for colon in re.finditer(": ", bare):  # a file's name may hold one too
        known = _known(bare[colon.end() :], KNOWN)
        if known:
            return _ended(f"{_known(bare[: colon.start()], PLACES)}：{known}")
    known = _known(bare, KNOWN)
    return _ended(known) if known else UNKNOWN.format(text=bare)


def note_in_chinese(text: str) -> str:
    """A note about a fit in Chinese; as it is if it is not known."""
    return _known(text.removesuffix("."), NOTES) or text


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith("？") else f"{sentence}。"


def _known(text: str, table: dict[str, str]) -> str | None:
    """What a table says of a text, if it and all parts of it are known."""
    for english, chinese in table.items():
        found = _pattern(english).fullmatch(text)
        gaps = {key: _part(key, value) for key, value in found.groupdict().items()} if found else {}
        if found and None not in gaps.values():
            return chinese.format(**gaps)
    return None


@cache
def _pattern(english: str) -> re.Pattern[str]:
    return re.compile(GAP.sub(lambda gap: f"(?P<{gap[1]}>{GAPS.get(gap[1], '.+?')})", re.escape(english)), re.DOTALL)


def _part(gap: str, text: str) -> str | None:
    """What stands in a gap, in Chinese; None if it should be a part of a sentence and is none that is known."""
    if gap in INSIDE:
        return _known(text, INSIDE[gap])
    return text if gap in AS_THEY_ARE else _word(text)


def _word(text: str) -> str:
    """A name, a number or a single word that stands in a gap: words in Chinese, all else as it is."""
    parts = [WORDS.get(part, part) for part in text.split(" and ")]
    line = re.fullmatch(r"line (\d+)", text)
    return f"第 {line[1]} 行" if line else "与".join(parts)
