"""What every answer can do: say itself in two languages, be a table, be plain JSON, and be looked at in a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from sim.text.phrases import Language

if TYPE_CHECKING:
    from pandas import DataFrame

ROWS_SHOWN = 30
"""Rows of its table that a notebook shows of an answer."""

LONGEST_REPR = 300
"""Letters of an answer where it is only printed."""


class Answer:
    """An answer to a question. ``question`` names it in JSON; the sentences of ``in_words`` are its verdict there."""

    question: ClassVar[str]

    def in_words(self, language: Language = "en") -> str:
        """The answer in a sentence or more."""
        raise NotImplementedError

    def frame(self) -> DataFrame:
        """The answer as a table with a column for each fact."""
        raise NotImplementedError

    def as_json(self) -> dict[str, Any]:
        """Everything as plain values, with the sentences in both languages under ``verdict``."""
        return {"question": self.question, **parts(self), "verdict": self.verdict_in_both()}

    def verdict_in_both(self) -> dict[str, str]:
        """The sentences by language."""
        return {"en": self.in_words("en"), "zh": self.in_words("zh")}

    def __repr__(self) -> str:
        """The answer's name and its first words: its numbers are in its fields."""
        text = f"<{type(self).__name__} of {getattr(self, 'scenario', '')}: {self.in_words('en')}"
        return f"{text[:LONGEST_REPR]}…>" if len(text) > LONGEST_REPR else f"{text}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the sentences, then the table."""
        told = "".join(f"<p>{escape(line)}</p>" for line in self.in_words("en").splitlines())
        return told + self.frame().to_html(index=False, max_rows=ROWS_SHOWN, float_format="{:,.4g}".format, na_rep="")


def plain(value: Any) -> Any:
    """A value as JSON holds it: parts of answers say themselves, texts and numbers stay, undefined is None."""
    if hasattr(value, "as_json"):
        return value.as_json()
    if is_dataclass(value) and not isinstance(value, type):
        return parts(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, np.generic):
        return value.item()
    return value


def parts(value: Any) -> dict[str, Any]:
    """The fields of a dataclass as plain values."""
    return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
