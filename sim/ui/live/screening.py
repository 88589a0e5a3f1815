"""Panels for the Live page: watched in a thread beside the script, and kept while among the latest."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sim.text.phrases import Language
from sim.ui import work
from sim.ui.words.live import say

if TYPE_CHECKING:
    from sim.records.panel import Arm, Panel

KEPT = 16
"""Panels that are kept for all visitors together; one takes about two megabytes."""


class Place:
    """The place of one panel: empty, being filled by one visitor while others wait, or full for good."""

    def __init__(self) -> None:
        self.panel: Panel | None = None
        self._turn = Lock()

    def fill(self, arms: Callable[[], list[Arm]], seed: int, one_in: int | None, progress: work.Progress) -> None:
        """Watch, unless somebody else has in the meantime; an attempt that is given up leaves it empty."""
        from sim.records.panel import watch

        with self._turn:
            if self.panel is None:
                self.panel = watch(arms(), seed, one_in=one_in, progress=progress)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _place(world: str) -> Place:  # noqa: ARG001 - it names the place
    return Place()


def watched(
    world: str, arms: Callable[[], list[Arm]], status: DeltaGenerator, language: Language, *, seed: int = 1,
    one_in: int | None = None,
) -> Panel:
    """The panel of a world, whose name says everything that it depends on; shows how far it is while it is watched."""
    place = _place(f"{world}|{seed}|{one_in}")

    def tell(share: float) -> None:
        status.progress(share, say("watching", language))

    if place.panel is None:
        work.watched(lambda progress: place.fill(arms, seed, one_in, progress), tell)
        status.empty()
    if place.panel is None:
        raise RuntimeError(f"{world} was not watched")
    return place.panel
