"""The one place where a page prints what is not its own: words of files, logs, folders, links and other visitors.

Streamlit reads what it is given as Markdown, in which a picture is fetched from wherever its address says. Text that
Markdown would read as nothing but itself goes into Streamlit's boxes; any other is printed as it is, in a box that
looks the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any, Literal

import streamlit as st

Kind = Literal["error", "warning", "info", "success", "caption", "text"]

ITSELF = re.compile(
    r"""(?x)
    (?! \s | \d+[.)] | [-+=] )                              # no list and no rule begins here
    (?: [^\W_] | (?<=[^\W_])_(?=[^\W_]) | [ ](?![ ])        # words, keys, single spaces
      | [.,;()'"%/?=+-] | :(?=[ ]) | [，。；：？！（）“”‘’、…·—×–≤≥]
    )+"""
)
"""What Markdown, and what Streamlit adds to it (icons, colours, formulas, arrows), reads as nothing but itself."""

LIVELY = re.compile(r"(?i)www\.|[=+-]{2}")
"""Letters of the above that together become something else: a link, an arrow, a dash."""

MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^@&=/\"'%])")
ROLES: dict[Kind, str] = {"error": "alert", "warning": "alert", "info": "status", "success": "status"}


def is_itself(text: str) -> bool:
    """Whether Markdown would show a text exactly as it is written."""
    return bool(ITSELF.fullmatch(text)) and not LIVELY.search(text)


def tell(kind: Kind, text: str) -> None:
    """Print a stranger's text: in a box for an error, a warning, a fact or a success, small as a caption, or as it is.

    Lines stay lines.
    """
    boxes: dict[Kind, Callable[[str], Any]] = {
        "error": st.error, "warning": st.warning, "info": st.info, "success": st.success, "caption": st.caption,
        "text": st.markdown,
    }  # fmt: skip
    if is_itself(text):
        boxes[kind](text)
    elif text:
        role = f' role="{ROLES[kind]}"' if kind in ROLES else ""
        st.html(f'<div class="siyu-told siyu-told-{kind}"{role}>{escape(text)}</div>')


def tell_named(name: str, rest: str) -> None:
    """Print a stranger's name, bold, and what is said of it."""
    st.html(f'<div class="siyu-told"><strong>{escape(name)}</strong>{escape(rest)}</div>')


def lines(texts: Sequence[str]) -> str:
    """Strangers' texts, a line each, as HTML that is nothing but text."""
    return "<br>".join(map(escape, texts))


def label(text: str) -> str:
    """A stranger's text where Streamlit takes Markdown alone, as on a button: every mark of it is made plain."""
    flat = " ".join(text.split())
    return flat if is_itself(flat) else MARKS.sub(r"\\\1", flat)
