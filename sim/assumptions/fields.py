"""How a field of a scenario is written down: meaning, unit, source, limits, range, and what kind of thing it is.

A field is one of four kinds. A **choice** is what the brand decides. A **fact** is what a brand reads in its own books
or its platform's rules. A **doubt** is what nobody has told. A **device** is a convenience of the model. Facts and
doubts may be drawn where a verdict must hold in more than one world; choices and devices never are.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["choice", "fact", "doubt", "device"]
Who = Literal["accounting", "log", "pilot", "nobody"]
Trust = Literal["causal", "survey", "vendor", "press"]

KINDS: tuple[Kind, ...] = ("fact", "doubt", "choice", "device")
"""The kinds in the order in which they are asked and shown: what can be looked up comes first."""

USUALLY: dict[Kind, Who | None] = {"choice": None, "fact": "accounting", "doubt": "nobody", "device": None}
"""Who can find a number out where its field says nothing else: of choices and devices there is nothing to find out."""

DAYS_PER_MONTH = 365 / 12
DAYS_PER_YEAR = 365

UNITS: dict[str, str] = {
    "_cny_per_day": "yuan a day",
    "_cny_per_month": "yuan a month",
    "_share_per_year": "share a year (0.1 is 10 %)",
    "_per_month": "a month",
    "_per_day": "a day",
    "_per_year": "a year",
    "_per_cny": "a yuan",
    "_cny": "yuan",
    "_days": "days",
    "_months": "months",
    "_chance_per_month": "chance a month (0 to 1)",
    "_chance": "chance (0 to 1)",
    "_shares": "shares (0.1 is 10 %)",
    "_share": "share (0.1 is 10 %)",
    "_factors": "factors",
    "_factor": "factor",
    "_level": "level (dimensionless)",
    "_shape": "shape of a distribution (dimensionless)",
    "_count": "count",
    "_people": "people",
    "_power": "exponent (dimensionless)",
}
"""The closed list of name endings; the longest ending that fits is a parameter's unit."""


def unit_of(name: str) -> str:
    """The unit that a parameter's name states, or an empty string for names, texts and switches."""
    fits = [ending for ending in UNITS if name == ending[1:] or name.endswith(ending)]
    return UNITS[max(fits, key=len)] if fits else ""


class Part(BaseModel):
    """A frozen, strict group of assumptions: unknown keys, wrong types, infinities and NaN are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


@dataclass(frozen=True)
class Finding:
    """A public number about a field: what it says, where it stands, of how many, when, and how far to trust it.

    ``trust`` is *causal* (an experiment or its like), *survey* (counted in many firms or people), *vendor* (a seller of
    software about its own clients, who are those that survived) or *press*.
    """

    said: str
    source: str
    date: str
    trust: Trust
    n: str = ""


def given(
    default: Any,
    meaning: str,
    meaning_zh: str,
    source: str,
    *,
    kind: Kind,
    who: Who | None = None,
    least: float | None = None,
    most: float | None = None,
    above: float | None = None,
    plausible: tuple[float, float] | None = None,
    prior: tuple[float, float] | None = None,
    found: tuple[Finding, ...] = (),
    **more: Any,
) -> Any:
    """A parameter: its default, what it means in both languages, its source, its kind, hard limits and plausible range.

    ``who`` can find it out: accounting, who reads a log, a pilot, or nobody. ``found`` are public numbers about it, and
    ``prior`` is the range that they leave; a default outside it is told by `siyu explain`.
    """
    notes: dict[str, Any] = {
        "meaning_zh": meaning_zh,
        "source": source,
        "plausible": list(plausible) if plausible else None,
        "kind": kind,
        "who": who or USUALLY[kind],
    }
    if found:
        notes |= {"prior": list(prior) if prior else None, "found": [asdict(each) for each in found]}
    return Field(default, description=meaning, ge=least, le=most, gt=above, json_schema_extra=notes, **more)


def chance(
    default: float, meaning: str, meaning_zh: str, source: str, plausible: tuple[float, float] | None, **more: Any
) -> Any:
    """A parameter between 0 and 1."""
    return given(default, meaning, meaning_zh, source, least=0, most=1, plausible=plausible, **more)


def notes_of(field: Any) -> dict[str, Any]:
    """What `given` wrote beside a field; nothing for no field, or one without notes."""
    extra = field.json_schema_extra if field is not None else None
    return extra if isinstance(extra, dict) else {}
