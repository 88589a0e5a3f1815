"""Who is a customer: one name for the same person, nobody's names told apart, names cut short noticed."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sim.calibration.read.cells import Codes, again, coded
from sim.calibration.read.words_of import is_group, is_nobody, simplified

TO_FOLD = r"^1\d\d-|[A-Z]|\s|^\+|^00|^86|\.0+$|[^\x00-\x7f]|[eE]\+"
PHONE = re.compile(r"(?:(?:\+|00)?86[-\s]?)?(1[3-9]\d[-\s]?\d{4}[-\s]?\d{4})")
WHOLE = re.compile(r"(\d+)\.0+")
SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?[eE]\+?(\d+)")
MASKED = re.compile(r"\*|＊|•|●|(?<=\d)[xX]{3,}(?=\d)")
ZEROS = re.compile(r"-?[01](\.0+)?|0+")


@dataclass(frozen=True)
class People:
    """The customers of a column: a number a row, -1 where the row names nobody, and their names.

    ``merged`` counts names that were another's in other letters; ``cut`` and ``masked`` mark customers whose names
    Excel or the platform has cut short.
    """

    codes: Codes
    names: pa.Array
    merged: int
    cut: NDArray[np.bool_]
    masked: NDArray[np.bool_]
    nobody: str = ""

    @property
    def are_groups(self) -> bool:
        """Whether the names say what kind of customer it is, and not who."""
        return 0 < len(self.names) <= 12 and all(map(is_group, self.names.to_pylist()))


def folded(text: str) -> str:
    """One name for one person: without blanks around, +86 and .0, an address and plain words in small letters."""
    bare = " ".join(simplified(text).split())
    phone = PHONE.fullmatch(bare)
    if phone:
        return re.sub(r"\D", "", phone[1])
    whole = WHOLE.fullmatch(bare)
    if whole:
        return whole[1]
    exact = SCIENTIFIC.fullmatch(bare)
    if exact and len(exact[2] or "") >= int(exact[3][:4]):
        return exact[1] + (exact[2] or "")[: int(exact[3])]
    if "@" in bare or all(word in (word.lower(), word.upper(), word.capitalize()) for word in bare.split()):
        return bare.lower()
    return bare


def folded_codes(column: pa.ChunkedArray, name: str) -> tuple[Codes, pa.Array, int]:
    """Numbers and names after folding, and how many names were another's in other letters."""
    codes, texts = coded(column, name)
    if not len(texts) or not pc.any(pc.match_substring_regex(texts, TO_FOLD)).as_py():
        return codes, texts, 0
    found, names = again(codes, [folded(text) for text in texts.to_pylist()])
    return found, names, len(texts) - len(names)


def people_in(column: pa.ChunkedArray, name: str) -> People:
    """The customers of a column."""
    codes, names, merged = folded_codes(column, name)
    texts: list[str] = names.to_pylist()
    counts = np.bincount(codes, minlength=len(texts)) if len(codes) else np.zeros(len(texts), int)
    nobody = np.array([_is_nobody(text) for text in texts], np.bool_)
    zeros = [place for place, text in enumerate(texts) if nobody[place] and ZEROS.fullmatch(text)]
    if zeros and {"1", "2", "3"} <= set(texts) | {texts[place] for place in zeros}:
        others = counts[~nobody].max(initial=0)
        for place in zeros:
            nobody[place] = counts[place] > 2 * others
    number = np.cumsum(~nobody) - 1
    kept = np.flatnonzero(~nobody)
    seen = np.where(nobody, -1, number).astype(np.int32)
    known = [texts[place] for place in kept]
    first = next((texts[place] for place in np.flatnonzero(nobody) if texts[place]), "")
    return People(
        seen[codes] if len(codes) else codes, names.take(pa.array(kept)), merged,
        np.array([bool(_is_cut(text)) for text in known], np.bool_),
        np.array([bool(MASKED.search(text)) for text in known], np.bool_), first,
    )  # fmt: skip


def _is_nobody(text: str) -> bool:
    if any(letter.isdigit() for letter in text) and not ZEROS.fullmatch(text):
        return False
    return is_nobody(text)


def _is_cut(text: str) -> bool:
    """Whether a number stands there as Excel shows it when the column is too narrow: 1.38e+10."""
    return bool(SCIENTIFIC.fullmatch(text)) or bool(re.fullmatch(r"#{3,}", text))
