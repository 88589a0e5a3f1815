"""The baseline's file with pieces cut out of it and others put in."""

from __future__ import annotations

from hypothesis import strategies as st

from sim.assumptions.writing import baseline_yaml

BASELINE = baseline_yaml()
_PIECES = st.text(max_size=8) | st.sampled_from([
    ":", ": ", "- ", "[", "]", "{", "}", "&a", "*a", "!!int ", "\t", "\n", "#", "'", '"', "-1", ".nan", "1e999", "null", "---\n",
    "extends: baseline\n", "extends: [", "%", "|", "> ", "? ", "<<: ", "true", "\x00", "\ufeff",
])
_EDITS = st.lists(st.tuples(st.integers(0, len(BASELINE)), st.integers(0, 12), _PIECES), min_size=1, max_size=5)


def _edited(edits: list[tuple[int, int, str]]) -> str:
    text = BASELINE
    for place, removed, inserted in edits:
        text = text[:place] + inserted + text[place + removed :]
    return text


damaged = _EDITS.map(_edited)
"""Texts that were the baseline's file before something happened to them."""
