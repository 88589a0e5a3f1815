"""What a link asks for: `lang`, `scenario`, moved parameters under their own names, `days`, `futures`, and what one
page alone understands, such as the number of a job.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import cast

from sim.assumptions.errors import ScenarioError, number, shown
from sim.assumptions.loading import load, shipped
from sim.assumptions.scenario import Scenario
from sim.text.phrases import Language
from sim.ui.own_scenarios import PREFIX, Origin, kept
from sim.ui.sliders import Slider, movable, slider
from sim.ui.words import LANGUAGES

FUTURES = 100
"""Futures of an answer."""

MOST_FUTURES = 200
MOST_DAYS = 3650
SHARED = ("lang", "scenario", "days", "futures")
"""What every page understands, beside the names of parameters."""

LONGEST = 200
"""Characters that are kept of a value that one page alone understands."""


@dataclass(frozen=True)
class Refusal:
    """Something that cannot be followed: which text of the frame's catalogue says so, and its gaps."""

    text: str
    gaps: Mapping[str, str]
    error: ScenarioError | None = None
    """What the gap {mistakes} tells, in the language in which the page is read."""


@dataclass(frozen=True)
class Wish:
    """What a link asks for, as far as it can be followed, and what of it cannot."""

    language: Language
    scenario: str
    moved: dict[str, float]
    days: int | None
    futures: int
    own: dict[str, str] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)


def understood(link: Mapping[str, str], usual: Language, own_keys: Sequence[str] = ()) -> Wish:
    """What a link asks for; whatever makes no sense is refused and replaced by what is usual."""
    known = (*SHARED, *own_keys, *movable())
    refused = [Refusal("unknown", {"given": _given(key, link[key])}) for key in link if key not in known]
    language = _one_of(link, "lang", tuple(LANGUAGES), usual, "no_language", refused)
    name = _scenario(link, refused)
    scenario, _ = base_of(name)
    moved = {}
    for key in movable():
        each = slider(key, scenario) if key in link else None
        if each and (value := _number(link, key, (each.low, each.high), each.own, refused)) != each.own:
            moved[key] = each.exact(value)
    days = int(_number(link, "days", (1, MOST_DAYS), scenario.clock.days, refused, whole=True))
    futures = int(_number(link, "futures", (1, MOST_FUTURES), FUTURES, refused, whole=True))
    own = {key: link[key][:LONGEST] for key in own_keys if key in link}
    own_days = None if days == scenario.clock.days else days
    return Wish(cast(Language, language), name, moved, own_days, futures, own, refused)


def written(wish: Wish) -> dict[str, str]:
    """The link that says a wish; `understood` reads it back."""
    link = {"lang": wish.language, "scenario": wish.scenario}
    link |= {key: f"{value:g}" for key, value in wish.moved.items()}
    if wish.days:
        link["days"] = str(wish.days)
    if wish.futures != FUTURES:
        link["futures"] = str(wish.futures)
    return link | wish.own


def base_of(name: str) -> tuple[Scenario, Origin]:
    """The scenario of a name as its file says, and where it comes from; raises KeyError if it is held no longer."""
    if name.startswith(PREFIX):
        own = kept(name)
        if own is None:
            raise KeyError(name)
        return own.scenario, own.origin
    return _shipped(name), "shipped"


def sliders(scenario: Scenario, keys: Sequence[str]) -> list[Slider]:
    """The sliders of these parameters, as far as the scenario gives them a number."""
    return [each for each in (slider(key, scenario) for key in keys) if each]


@cache
def _shipped(name: str) -> Scenario:
    return load(name)


def _scenario(link: Mapping[str, str], refused: list[Refusal]) -> str:
    name = link.get("scenario", "baseline")
    if not name.startswith(PREFIX):
        return _one_of(link, "scenario", tuple(shipped()), "baseline", "no_scenario", refused)
    if kept(name):
        return name
    refused.append(Refusal("no_own_scenario", {"given": _given("scenario", name)}))
    return "baseline"


def _one_of(
    link: Mapping[str, str], key: str, known: tuple[str, ...], usual: str, text: str, refused: list[Refusal]
) -> str:
    if key not in link or link[key] in known:
        return link.get(key, usual)
    refused.append(Refusal(text, {"given": _given(key, link[key])}))
    return usual


def _number(
    link: Mapping[str, str], key: str, limits: tuple[float, float], usual: float, refused: list[Refusal], *,
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
