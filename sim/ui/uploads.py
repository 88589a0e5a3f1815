"""An order log that a visitor has handed over: its bytes, kept in the session, and never opened here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import streamlit as st

from sim.assumptions.errors import shown
from sim.text.phrases import Language
from sim.ui.samples import ORDERS
from sim.ui.words.my_data import say

LONGEST_NAME = 80


@dataclass(frozen=True)
class Upload:
    """A file's name, made harmless, its bytes and their fingerprint."""

    name: str
    content: bytes
    fingerprint: str


def uploaded(limit: int, language: Language) -> Upload | None:
    """The log that the visitor has chosen: a file, or the sample."""
    memory = st.session_state
    _speak(language)
    with st.container(key="upload"):
        found = st.file_uploader(
            say("upload", language, limit=limit), key=f"log-{memory.setdefault('log-number', 0)}",
            max_upload_size=limit, on_change=_forget,
        )  # fmt: skip
    with st.container(horizontal=True):
        st.button(say("sample", language), key="sample", help=say("sample_help", language), on_click=_take_sample)
        st.download_button(
            say("sample_get", language), ORDERS.read_bytes(), file_name="orders.csv", mime="text/csv", key="sample-get",
            on_click="ignore",
        )  # fmt: skip
    if found is not None:
        memory["upload"] = _made(found.name, found.getvalue())
    return memory.get("upload")


def _made(name: str, content: bytes) -> Upload:
    """An upload whose name cannot lead anywhere."""
    bare = shown(name.replace("\\", "/").rsplit("/", 1)[-1], LONGEST_NAME).lstrip(".").replace("\0", "")
    return Upload(bare or "orders", content, hashlib.sha256(content).hexdigest()[:32])


def _take_sample() -> None:
    """Take the sample instead of a file; the uploader starts anew."""
    st.session_state["log-number"] = st.session_state.get("log-number", 0) + 1
    st.session_state["upload"] = _made(ORDERS.name, ORDERS.read_bytes())


def _forget() -> None:
    st.session_state.pop("upload", None)


def _speak(language: Language) -> None:
    """Streamlit's uploader speaks English; its own words give way to ours, for eyes and for screen readers."""
    words, zone = say("choose_file", language), ".st-key-upload [data-testid=stFileUploaderDropzone]"
    browse = f"{zone} button:not([data-testid=stFileChip] *)"
    st.html(
        "<style>.st-key-upload [data-testid=stFileUploaderDropzoneInstructions] { display: none; }"
        f"{browse} > div {{ display: none; }}"
        f"{browse}::after {{ content: '{words}'; font-size: 1rem; }}</style>"
    )
    st.html(
        "<script>(function name(tries) {"
        f" const button = document.querySelector('{browse}');"
        f" if (button) button.setAttribute('aria-label', '{words}');"
        " else if (tries) setTimeout(() => name(tries - 1), 100); })(50)</script>",
        unsafe_allow_javascript=True,
    )
