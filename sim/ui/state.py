"""What a visitor has chosen, and the link that says it: a copied link gives the same answer.

The link holds `lang`, `scenario`, every moved slider under the parameter's own name, and, if asked for, `days` and
`futures`. It is read when the page is opened and when it was changed by anything but the page itself, such as Back.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import streamlit as st

from sim.loading import load, shipped
from sim.mistakes import number, shown
from sim.phrases import Language
from sim.scenario import Scenario
from sim.ui.sliders import SLIDERS, Slider, slider
from sim.ui.words import LANGUAGES

FUTURES = 20
"""Futures of an answer: enough for intervals, few enough to wait for."""

MOST_FUTURES = 40
MOST_DAYS = 3650


@dataclass(frozen=True)
class Refusal:
    """Something in the link that cannot be followed: which text of the catalogue says so, and its gaps."""

    text: str
    gaps: Mapping[str, str]


@dataclass(frozen=True)
class Wish:
    """What a link asks for, as far as it can be followed, and what of it cannot."""

    language: Language
    scenario: str
    moved: dict[str, float]
    days: int | None
    futures: int
    refused: list[Refusal] = field(default_factory=list)


def understood(link: Mapping[str, str], usual: Language) -> Wish:
    """What a link asks for; whatever makes no sense is refused and replaced by what is usual."""
    refused = [
        Refusal("unknown", {"given": _given(key, value)})
        for key, value in link.items()
        if key not in ("lang", "scenario", "days", "futures", *SLIDERS)
    ]
    language = _one_of(link, "lang", tuple(LANGUAGES), usual, "no_language", refused)
    scenario = _one_of(link, "scenario", tuple(shipped()), "baseline", "no_scenario", refused)
    moved = {}
    for each in sliders(load(scenario)):
        value = _number(link, each.key, (each.low, each.high), each.own, refused)
        if value != each.own:
            moved[each.key] = value
    own_days = load(scenario).clock.days
    days = int(_number(link, "days", (1, MOST_DAYS), own_days, refused, whole=True))
    futures = int(_number(link, "futures", (1, MOST_FUTURES), FUTURES, refused, whole=True))
    return Wish(cast(Language, language), scenario, moved, None if days == own_days else days, futures, refused)


def _one_of(
    link: Mapping[str, str], key: str, known: tuple[str, ...], usual: str, text: str, refused: list[Refusal]
) -> str:
    if key not in link or link[key] in known:
        return link.get(key, usual)
    refused.append(Refusal(text, {"given": _given(key, link[key])}))
    return usual


def _number(
    link: Mapping[str, str],
    key: str,
    limits: tuple[float, float],
    usual: float,
    refused: list[Refusal],
    *,
    whole: bool = False,
) -> float:
    if key not in link:
        return usual
    low, high = limits
    try:
        value = float(link[key])
    except ValueError:
        value = math.nan
    if low <= value <= high and (value.is_integer() or not whole):
        return value
    gaps = {"low": number(low), "high": number(high), "instead": number(usual)}
    refused.append(Refusal("not_a_number", {"given": _given(key, link[key]), **gaps}))
    return usual


def _given(key: str, value: str) -> str:
    """What a link said, made harmless: it is shown as code, so that it cannot be Markdown."""
    return shown(f"{key}={value}").replace("`", "'")


def sliders(scenario: Scenario) -> list[Slider]:
    """The sliders of a scenario."""
    return [slider(key, scenario) for key in SLIDERS]


def scenario_key(language: Language) -> str:
    """Where the page remembers the scenario: each language has a list, or the choice would stay untranslated."""
    return f"scenario.{language}"


def slider_key(scenario: str, key: str) -> str:
    """Where the page remembers a slider: each scenario has its own, so that another one starts at its own values."""
    return f"{scenario}.{key}"


def read_link() -> None:
    """Follow the link, unless it is the one that the page itself has written."""
    link = st.query_params.to_dict()
    memory = st.session_state
    if "link" in memory and memory["link"] == link:
        return
    wish = understood(link, memory.get("language") or _usual_language())
    memory.update(link=link, language=wish.language, scenario=wish.scenario, days=wish.days, futures=wish.futures)
    memory["refused"] = wish.refused
    for spoken in LANGUAGES:
        memory.pop(scenario_key(spoken), None)
    for each in sliders(load(wish.scenario)):
        memory[slider_key(wish.scenario, each.key)] = wish.moved.get(each.key, each.own)


def _usual_language() -> Language:
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def language() -> Language:
    """The language that the visitor reads."""
    return cast(Language, st.session_state["language"])


def refusals() -> list[Refusal]:
    """What could not be followed of the link, until the visitor chooses something."""
    return list(st.session_state["refused"])


def forget_refusals() -> None:
    """The visitor has chosen something: what the link said no longer matters."""
    st.session_state["refused"] = []


def write_link(scenario: str, moved: Mapping[str, float]) -> None:
    """Put what is chosen into the page's address."""
    memory = st.session_state
    chosen = {"scenario": scenario, **{key: f"{value:g}" for key, value in moved.items()}}
    if memory["days"]:
        chosen["days"] = str(memory["days"])
    if memory["futures"] != FUTURES:
        chosen["futures"] = str(memory["futures"])
    link = {"lang": language(), **chosen}
    if link != memory["link"]:
        memory["link"] = link
        st.query_params.from_dict(link)


def assumed(scenario: str, moved: Mapping[str, float]) -> Scenario:
    """The scenario with everything that the visitor has changed; raises ScenarioError."""
    return load(scenario, changes(moved))


def changes(moved: Mapping[str, float]) -> dict[str, float]:
    """What differs from the scenario's file, by parameter."""
    days = st.session_state["days"]
    return {**moved, "clock.days": days} if days else dict(moved)
