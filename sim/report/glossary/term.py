"""What an entry of the glossary says."""

from __future__ import annotations

from typing import NamedTuple

from sim.text.phrases import Language


class Term(NamedTuple):
    """A word of the trade in English and Chinese, where it stands in Siyu, and what it means."""

    english: str
    chinese: str
    where: str
    meaning_en: str
    meaning_zh: str

    def name(self, language: Language) -> str:
        """The word."""
        return self.chinese if language == "zh" else self.english

    def meaning(self, language: Language) -> str:
        """What it means."""
        return self.meaning_zh if language == "zh" else self.meaning_en
