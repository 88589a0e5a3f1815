"""The player: a component of HTML, style and script that plays a film in the browser without asking the server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import streamlit as st

from sim.text.phrases import Language
from sim.ui.live.film import film

if TYPE_CHECKING:
    from sim.records.incidents import Incident
    from sim.records.panel import Panel

KEY = "player"
"""Where the page remembers what was dropped into the film."""


def _file(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


_component = st.components.v2.component(
    "siyu_player", html=_file("player.html"), css=_file("player.css"),
    js="".join(_file(f"{part}.js") for part in ("dots", "stage", "player")),
)


def play(
    panel: Panel, names: Sequence[str], language: Language, *, world: str, locked: bool,
    incidents: Sequence[Incident] = (), choices: Sequence[str] = (), on_drop: Callable[[], None] = lambda: None,
) -> None:
    """Show the player; ``on_drop`` is called when the visitor drops one of ``choices`` into a day."""
    data = film(panel, names, language, world=world, locked=locked, incidents=incidents, choices=choices)
    _component(key=KEY, data=data, on_dropped_change=on_drop)


def dropped() -> tuple[str, int] | None:
    """What the visitor has just dropped in, and on which day; None for anything else that a browser may send."""
    given: Any = st.session_state.get(KEY)
    given = given.get("dropped") if given else None
    if not isinstance(given, dict):
        return None
    name, day = given.get("name"), given.get("day")
    return (name, int(day)) if isinstance(name, str) and isinstance(day, int | float) and day == day // 1 else None
