"""What a visitor has chosen, kept while pages change, and written into the page's address.

The address is read when the page is opened and when it was changed by anything but the app itself, such as Back.
Whatever must last stands in the wish: Streamlit forgets what stands under a widget's key as soon as a page is drawn
without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import streamlit as st

from sim.assumptions.errors import ScenarioError
from sim.assumptions.loading import load
from sim.assumptions.scenario import Scenario
from sim.text.phrases import Language
from sim.ui import link as links
from sim.ui.link import Refusal, Wish
from sim.ui.own_scenarios import Origin, keep
from sim.ui.sliders import movable
from sim.ui.visit import Visit
from sim.ui.words import LANGUAGES


def scenario_key(language: Language) -> str:
    """Where the page remembers the scenario: each language has a list, or the choice would stay untranslated."""
    return f"scenario.{language}"


def slider_key(scenario: str, key: str) -> str:
    """Where the page remembers a slider: each scenario has its own, so that another one starts at its own values."""
    return f"{scenario}.{key}"


def read_link(own_keys: Sequence[str]) -> None:
    """Follow the link, unless it is the one that the app itself has written, or a change of pages dropped it."""
    link, memory = st.query_params.to_dict(), st.session_state
    if "wish" in memory and (memory["link"] == link or not link):
        return
    asked = links.understood(link, wish().language if "wish" in memory else _usual_language(), own_keys)
    _forget_widgets()
    if "wish" in memory:  # what other pages remember stays with them
        asked = replace(asked, own=wish().own | asked.own)
    memory.update(link=link, wish=asked)


def _forget_widgets() -> None:
    """The widgets start anew from the wish."""
    memory = st.session_state
    for each in movable() if "wish" in memory else ():
        memory.pop(slider_key(wish().scenario, each), None)
    for spoken in LANGUAGES:
        memory.pop(scenario_key(spoken), None)


def _usual_language() -> Language:
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def language() -> Language:
    """The language that the visitor reads."""
    return wish().language


def choose_language(language: Language) -> None:
    """Go on in another language; what could not be followed is still said."""
    st.session_state["wish"] = replace(wish(), language=language)


def wish() -> Wish:
    """What the visitor has chosen."""
    return cast(Wish, st.session_state["wish"])


def refusals() -> list[Refusal]:
    """What could not be followed, until the visitor chooses something."""
    return list(wish().refused)


def choose_scenario(name: str) -> None:
    """Take another scenario, at its own values."""
    _forget_widgets()
    _choose(scenario=name, moved={})


def use(scenario: Scenario, origin: Origin) -> None:
    """Make a scenario that the visitor brought or calibrated the one of this visit, on every page."""
    choose_scenario(keep(scenario, origin))


def move(key: str, value: float) -> None:
    """Set a parameter, wherever its slider stands; the scenario's own value takes it out of the link."""
    base, _ = links.base_of(wish().scenario)
    (each,) = links.sliders(base, [key])
    moved = {name: number for name, number in wish().moved.items() if name != key}
    value = each.exact(round(min(max(value, each.low), each.high), 9))
    if value != each.own:
        moved[key] = value
    _choose(moved=moved)


def move_slider(key: str) -> None:
    """Follow the slider of a parameter, which the visitor has moved."""
    value = st.session_state.get(slider_key(wish().scenario, key))
    if value is not None:  # it was moved on a page that is no longer shown
        move(key, value)


def set_parameter(key: str, value: float) -> None:
    """Set a parameter from somewhere else than its slider, which then follows."""
    st.session_state.pop(slider_key(wish().scenario, key), None)
    move(key, value)


def remember(key: str, value: str | None) -> None:
    """Put what one page alone understands into the address, or take it out."""
    own = {name: text for name, text in wish().own.items() if name != key}
    _choose(own=own if value is None else own | {key: value})


def _choose(**changes: object) -> None:
    st.session_state["wish"] = replace(wish(), refused=[], **changes)  # type: ignore[arg-type]


def visit(page: str, own_keys: Sequence[str]) -> Visit:
    """What the visitor asks of a page; assumptions that the model refuses are taken back, and that is said."""
    base, origin = _base()
    try:
        scenario = load(base, _changes()) if _changes() else base
    except ScenarioError as error:
        refusal = Refusal("refused", {}, error)
        st.session_state["wish"] = replace(wish(), moved={}, days=None, refused=[refusal])
        scenario = base
    chosen = replace(wish(), own={key: text for key, text in wish().own.items() if key in own_keys})
    return Visit(page, chosen, base, scenario, origin)


def _base() -> tuple[Scenario, Origin]:
    """The scenario as its file says; one that the server no longer holds gives way to the baseline."""
    try:
        return links.base_of(wish().scenario)
    except KeyError:
        refusal = Refusal("no_own_scenario", {"given": f"scenario={wish().scenario}"})
        st.session_state["wish"] = replace(wish(), scenario="baseline", moved={}, refused=[refusal])
        return links.base_of("baseline")


def _changes() -> dict[str, float]:
    days = wish().days
    return wish().moved | ({"clock.days": days} if days else {})


def write_link(own_keys: Sequence[str]) -> None:
    """Put what is chosen into the page's address."""
    own = {key: text for key, text in wish().own.items() if key in own_keys}
    link = links.written(replace(wish(), own=own))
    if link != st.query_params.to_dict():
        st.query_params.from_dict(link)
    st.session_state["link"] = link
