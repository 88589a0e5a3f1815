"""Sliders for parameters: wording, range and step come from the schema; they start at the scenario's own value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

from sim.assumptions.errors import every_key, number, parameter
from sim.assumptions.scenario import Scenario, unit_of
from sim.text.phrases import Language
from sim.ui.words.frame import say, say_unit

SLIDERS: tuple[str, ...] = (
    "public.start_click_price_cny",
    "market.order_value_cny",
    "market.need_factor",
    "brand.touches_per_month",
    "pool.service_cny_per_month",
)
"""The parameters that stand in sight; the names are those of scenario files, of `--set` and of the link."""

MORE: tuple[str, ...] = (
    "market.margin_share",
    "public.first_order_chance",
    "public.repeat_orders_paid_share",
    "brand.budget_cny_per_day",
    "brand.gift_cny",
    "brand.offer_discount_share",
    "door.accept_without_gift_chance",
    "pool.engagement_half_life_days",
    "pool.leave_per_seen_chance",
    "pool.capture_level",
    "word_of_mouth.invitations_level",
    "platform.commission_share",
)
"""Those that stand behind "more"; any other parameter that a link moves joins them."""

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
        unit = say_unit(unit_of(self.key.split(".")[-1]), language)
        if meaning.endswith(unit):
            return _capital(meaning)
        return say("label", language, meaning=_capital(meaning), unit=unit)

    def help(self, language: Language) -> str:
        """What it means in full, what the scenario says, and where the default comes from (sources are in English)."""
        gaps = {"meaning": _capital(_meaning(self.key, language)), "own": number(self.own), "key": self.key}
        return say("help", language, source=_notes(self.key)["source"], **gaps)

    def exact(self, value: float) -> float:
        """The value as the scenario takes it: whole where only whole numbers have a meaning."""
        return round(value) if _is_whole(self.key) else value


@cache
def movable() -> tuple[str, ...]:
    """Every single number with a plausible range: the sliders in sight, those behind "more", all others."""
    every, usual = [".".join(map(str, path)) for path in every_key()], Scenario()
    rest = [key for key in every if _notes(key).get("plausible") and _number(key, usual) is not None]
    return (*SLIDERS, *MORE, *(key for key in rest if key not in (*SLIDERS, *MORE)))


def slider(key: str, scenario: Scenario) -> Slider | None:
    """The slider of a parameter: over its plausible range, or from half to double a value that lies outside it.

    None where the scenario gives the parameter no number.
    """
    own = _number(key, scenario)
    if own is None:
        return None
    low, high = _notes(key)["plausible"]
    if own == 0:
        low = min(0.0, low)
    elif not low <= own <= high:
        low, high = sorted((own / 2, own * 2))
    low, high = max(low, _limit(key, "ge", low)), min(high, _limit(key, "le", high))
    step = _step(high - low)
    return Slider(key, own, low, high, max(1.0, step) if _is_whole(key) else step)


def _limit(key: str, name: str, otherwise: float) -> float:
    """A limit beyond which the parameter is refused, if it has one."""
    field = parameter(tuple(key.split(".")))
    found = (getattr(each, name, None) for each in (field.metadata if field else ()))
    return next((float(each) for each in found if each is not None), otherwise)


def _number(key: str, scenario: Scenario) -> float | None:
    found: Any = scenario
    for name in key.split("."):
        found = getattr(found, name, None)
    return float(found) if isinstance(found, (int, float)) else None


def _step(width: float) -> float:
    """The finest of 1, 2 and 5 times a power of ten that needs no more than STEPS steps."""
    power = 10.0 ** math.floor(math.log10(width / STEPS))
    return round(next(each * power for each in (1, 2, 5, 10) if width / (each * power) <= STEPS + 1e-9), 9)


def _is_whole(key: str) -> bool:
    field = parameter(tuple(key.split(".")))
    return field is not None and field.annotation is int


def _notes(key: str) -> dict[str, Any]:
    extra = getattr(parameter(tuple(key.split("."))), "json_schema_extra", None)
    return extra if isinstance(extra, dict) else {}


def _meaning(key: str, language: Language) -> str:
    field = parameter(tuple(key.split(".")))
    return str(_notes(key)["meaning_zh"]) if language == "zh" else str(field and field.description)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
