"""Mistakes in files, and notes about fits, as a Chinese reader is told them.

The parts that find mistakes speak English. Their sentences are recognised here and said in Chinese, with the same
numbers and names; one that is not recognised is quoted as it is, and said to be.
"""

from __future__ import annotations

import re
from functools import cache

from sim.mistakes import ScenarioError
from sim.ui.mistakes_of_logs import COLUMNS, FILES, NOTES, ORDERS, WORDS

GAP = re.compile(r"\\\{(\w+)\\\}")
UNKNOWN = "无法使用（程序的原话：{text}）。"


ON_THE_PAGE = {
    "; say --date-order dmy or mdy": "; choose above what 3/4/2026 is",
    ", or say --keep-copies if each is": ", or tick the box above if each is",
}
"""Options of the command line, and where the same is chosen on the page."""


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
    """One mistake in Chinese, after the name of the file that it is about."""
    bare, table = text.removesuffix("."), {**FILES, **COLUMNS, **ORDERS}
    for colon in re.finditer(": ", bare):  # a file's name may hold one too
        known = _known(bare[colon.end() :], table)
        if known:
            return f"{bare[: colon.start()]}：{known}。"
    known = _known(bare, table)
    return f"{known}。" if known else UNKNOWN.format(text=bare)


def note_in_chinese(text: str) -> str:
    """A note about a fit in Chinese; as it is if it is not known."""
    return _known(text.removesuffix("."), NOTES) or text


def _known(text: str, table: dict[str, str]) -> str | None:
    for english, chinese in table.items():
        found = _pattern(english).fullmatch(text)
        if found:
            gaps = {key: _word(value) for key, value in found.groupdict().items()}
            return chinese.format(**gaps)
    return None


@cache
def _pattern(english: str) -> re.Pattern[str]:
    return re.compile(GAP.sub(r"(?P<\1>.+?)", re.escape(english)), re.DOTALL)


def _word(text: str) -> str:
    """What stands in a gap: single words in Chinese, line numbers and names as they are."""
    parts = [WORDS.get(part, part) for part in text.split(" and ")]
    line = re.fullmatch(r"line (\d+)", text)
    return f"第 {line[1]} 行" if line else "与".join(parts)
