"""The tables of words: names of columns, states and kinds of rows, what stands for nobody. Data, read once."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent


@cache
def _table(file: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((HERE / file).read_text(encoding="utf-8"))
    return found


@cache
def names(role: str) -> tuple[str, ...]:
    """The known names of columns in a role, best first."""
    return tuple(str(_table("columns.yaml")[role]).split())


@cache
def _simplified() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in _table("columns.yaml")["traditional"].split()}


def simplified(text: str) -> str:
    """Chinese in simplified characters, as far as names of columns and states need them; wide letters as plain ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_simplified())


def plain(name: str) -> str:
    """A column's name in small letters without blanks, strokes, dots and brackets' contents."""
    return re.sub(r"[\s_\-.:：/#*]+|[(（\[【].*?[)）\]】]", "", simplified(name.strip()).lower())


def plain_state(text: str) -> str:
    """What stands in a column of states, in small letters without blanks and strokes."""
    return re.sub(r"[\s_\-.,，。]+|[(（].*?[)）]", "", simplified(text.strip()).lower())


@cache
def _pattern(*path: str) -> re.Pattern[str]:
    found: Any = _table("states.yaml")
    for step in path:
        found = found[step]
    return re.compile("|".join(str(found).split()))


def meaning(what: str, text: str) -> str | None:
    """The list of ``states`` or ``kinds`` in which a text stands; None if it stands in none."""
    bare = plain_state(text)
    lists = _table("states.yaml")[what]
    return next((name for name in lists if _pattern(what, name).fullmatch(bare)), None)


def is_total(text: str) -> bool:
    """Whether a cell says that its row is a sum of others."""
    return bool(_pattern("totals").fullmatch(simplified(text).strip().lower().replace(" ", "")))


def is_nobody(text: str) -> bool:
    """Whether a customer's name stands for nobody: NULL, Guest, 0, 匿名用户; an empty one too."""
    bare = re.sub(r"\s+", "", simplified(text).lower())
    return not bare or bool(_pattern("nobody").fullmatch(bare))


def is_group(text: str) -> bool:
    """Whether a customer's name says what kind of customer it is, and not who: new, returning, 老客."""
    return bool(_pattern("groups").fullmatch(plain_state(text)))
