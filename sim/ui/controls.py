"""What a visitor moves on the Answer page: kinds of brand as pills, five sliders in sight, the others behind "more"."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sim.ui import state
from sim.ui.link import sliders
from sim.ui.sliders import MORE, SLIDERS, Slider
from sim.ui.visit import Visit
from sim.ui.words.answer import say

PRESETS = ("baseline", "daily_breakfast", "fresh_food", "kitchen_appliance", "luxury", "car", "b2b_care")
"""Scenarios that are kinds of brand; all others are found in the list at the top."""

A_ROW = 3
"""Sliders side by side behind "more"."""


def choose_brand(visit: Visit) -> None:
    """The kinds of brand; the one that is chosen is marked."""
    key = f"brand.{visit.language}"
    st.session_state[key] = visit.name if visit.name in PRESETS else None
    st.pills(
        say("brands", visit.language), PRESETS, format_func=lambda name: say(f"brand_{name}", visit.language), key=key,
        on_change=_follow, args=(key,), label_visibility="collapsed",
    )


def _follow(key: str) -> None:
    if st.session_state[key]:
        state.choose_scenario(st.session_state[key])


def move_sliders(visit: Visit) -> None:
    """The sliders; any parameter that a link has moved is among them."""
    _row(visit, sliders(visit.base, SLIDERS), len(SLIDERS))
    others = [key for key in visit.moved if key not in (*SLIDERS, *MORE)]
    hidden = sliders(visit.base, (*others, *MORE))
    moved = sum(each.key in visit.moved for each in hidden)
    with st.expander(say("more_moved" if moved else "more", visit.language, moved=moved)):
        for start in range(0, len(hidden), A_ROW):
            _row(visit, hidden[start : start + A_ROW], A_ROW)
        st.button(
            say("reset", visit.language), key="reset", on_click=state.choose_scenario, args=(visit.name,),
            disabled=not visit.moved,
        )


def _row(visit: Visit, row: Sequence[Slider], columns: int) -> None:
    for column, each in zip(st.columns(columns, vertical_alignment="bottom"), row, strict=False):
        with column:
            _move(each, visit)


def _move(each: Slider, visit: Visit) -> None:
    key = state.slider_key(visit.name, each.key)
    st.session_state.setdefault(key, float(visit.moved.get(each.key, each.own)))
    st.slider(
        each.label(visit.language), each.low, each.high, step=each.step, format=each.format, key=key,
        help=each.help(visit.language), on_change=state.move_slider, args=(each.key,),
    )
