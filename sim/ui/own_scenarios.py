"""Scenarios that visitors bring or calibrate: in the server's memory only, the latest few, by what they assume.

A link names such a scenario by its fingerprint, so that it can be shared while the server holds it, and nobody finds it
who was not given the link.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Literal

import streamlit as st

from sim.assumptions.provenance import scenario_fingerprint
from sim.assumptions.scenario import Scenario

Origin = Literal["shipped", "uploaded", "calibrated"]
"""Where a scenario comes from: Siyu, a visitor's file, or a visitor's order log."""

PREFIX = "own-"
HELD = 64
"""Scenarios that the server holds for all visitors together; the oldest makes room."""


@dataclass(frozen=True)
class Own:
    """A scenario that a visitor brought, and how."""

    scenario: Scenario
    origin: Origin


class _Shelf:
    """The latest scenarios by name."""

    def __init__(self) -> None:
        self.turn = Lock()
        self.held: OrderedDict[str, Own] = OrderedDict()


@st.cache_resource(show_spinner=False)
def _shelf() -> _Shelf:
    return _Shelf()


def keep(scenario: Scenario, origin: Origin) -> str:
    """Hold a scenario; the name under which `kept` finds it and a link says it."""
    name, shelf = PREFIX + scenario_fingerprint(scenario)[:16], _shelf()
    with shelf.turn:
        shelf.held[name] = Own(scenario, origin)
        shelf.held.move_to_end(name)
        while len(shelf.held) > HELD:
            shelf.held.popitem(last=False)
    return name


def kept(name: str) -> Own | None:
    """The scenario of this name, or None if the server holds it no longer."""
    shelf = _shelf()
    with shelf.turn:
        return shelf.held.get(name)
