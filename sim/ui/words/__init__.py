"""Every word of the app's own, in English and Chinese: a catalogue for what all pages share, and one for each page.

What reports say too comes from sim.report. A text may have gaps, such as {futures}, which `say` fills in.
"""

from __future__ import annotations

import re
from typing import Protocol

from sim.text.phrases import Language

Texts = dict[str, dict[Language, str]]
"""Texts by key, each in every language."""

LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "English"}
"""What each language is called in itself."""

LOCALES: dict[Language, str] = {"zh": "zh-CN", "en": "en-GB"}
"""What browsers call each language."""


class Say(Protocol):
    """Says a text of one catalogue."""

    def __call__(self, key: str, language: Language, /, **gaps: object) -> str:
        """A text with its gaps filled in; raises KeyError for an unknown key or an open gap."""
        ...


def speaker(texts: Texts) -> Say:
    """What says the texts of a catalogue: each page has its own."""

    def say(key: str, language: Language, /, **gaps: object) -> str:
        return texts[key][language].format(**gaps)

    return say


TOO_CLOSE = re.compile("(?<=[A-Za-z0-9_])(?=[\u4e00-\u9fff])")
TOO_FAR = re.compile("(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


def spaced_speaker(texts: Texts) -> Say:
    """What says the texts of a catalogue whose gaps hold now Chinese and now Latin letters or numbers.

    Chinese stands close to Chinese, and apart from the rest.
    """
    plain = speaker(texts)

    def say(key: str, language: Language, /, **gaps: object) -> str:
        text = plain(key, language, **gaps)
        return TOO_FAR.sub("", TOO_CLOSE.sub(" ", text)) if language == "zh" else text

    return say
