"""Sliders for parameters: wording, range and step come from sim.scenario; they start at the scenario's own value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import reduce
from typing import Any

from sim.mistakes import number, parameter
from sim.phrases import Language
from sim.scenario import Scenario, unit_of
from sim.ui.words import say

SLIDERS: tuple[str, ...] = (
    "public.start_click_price_cny",
    "brand.touches_per_month",
    "pool.service_cny_per_month",
)
"""The parameters that the page lets one move; the names are those of scenario files, of `--set` and of the link."""

STEPS = 60
"""At most so many steps between the ends of a slider."""


@dataclass(frozen=True)
class Slider:
    """One parameter in one scenario: its own value, and how far and how finely it can be moved."""

    key: str
    own: float
    low: float
    high: float
    step: float

    @property
    def format(self) -> str:
        """As many decimals as the steps have, in the manner of printf."""
        return f"%.{max(0, -math.floor(math.log10(self.step)))}f"

    def label(self, language: Language) -> str:
        """What it means in short, with its unit."""
        meaning = _meaning(self.key, language).split(";")[0].split("；")[0]
        unit = say(unit_of(self.key.split(".")[-1]), language)
        if meaning.endswith(unit):
            return _capital(meaning)
        return say("label", language, meaning=_capital(meaning), unit=unit)

    def help(self, language: Language) -> str:
        """What it means in full, what the scenario says, and where the default comes from (sources are in English)."""
        gaps = {"meaning": _capital(_meaning(self.key, language)), "own": number(self.own), "key": self.key}
        return say("help", language, source=_notes(self.key)["source"], **gaps)


def slider(key: str, scenario: Scenario) -> Slider:
    """The slider of a parameter: over its plausible range, or from half to double a value that lies outside it."""
    own = float(reduce(getattr, key.split("."), scenario))  # type: ignore[arg-type]
    low, high = _notes(key)["plausible"]
    if own == 0:
        low = 0.0
    elif not low <= own <= high:
        low, high = own / 2, own * 2
    return Slider(key, own, low, high, _step(high - low))


def _step(width: float) -> float:
    """The finest of 1, 2 and 5 times a power of ten that needs no more than STEPS steps."""
    power = 10.0 ** math.floor(math.log10(width / STEPS))
    return round(next(each * power for each in (1, 2, 5, 10) if width / (each * power) <= STEPS + 1e-9), 9)


def _notes(key: str) -> dict[str, Any]:
    extra = getattr(parameter(tuple(key.split("."))), "json_schema_extra", None)
    return extra if isinstance(extra, dict) else {}


def _meaning(key: str, language: Language) -> str:
    field = parameter(tuple(key.split(".")))
    return str(_notes(key)["meaning_zh"]) if language == "zh" else str(field and field.description)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
