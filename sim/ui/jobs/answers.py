"""An answer that lay on the disk as plain values, as the object that the experiment returned."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

HOMES: dict[str, tuple[str, str]] = {
    "breakeven": ("sim.answers.breakeven", "BreakEven"),
    "frontier": ("sim.answers.breakeven", "Frontier"),
    "tornado": ("sim.answers.sensitivity", "Tornado"),
    "sobol": ("sim.answers.sensitivity", "Indices"),
    "morris": ("sim.answers.sensitivity", "Indices"),
    "price_causes": ("sim.answers.price_causes", "PriceCauses"),
    "waterfall": ("sim.answers.waterfall", "Waterfall"),
    "rules": ("sim.answers.rules", "Rules"),
}
"""Where the answer to each question is defined; other answers stay plain values."""


def revived(values: dict[str, Any]) -> Any:
    """The answer as its own class if it has one; several as a tuple; plain values else. Raises ValueError if spoilt."""
    question = str(values.get("question"))
    if question == "flips":
        return tuple(revived(each) for each in values["answers"])
    return _reader(question).validate_python(values) if question in HOMES else values


@cache
def _reader(question: str) -> Any:
    from pydantic import TypeAdapter

    module, name = HOMES[question]
    return TypeAdapter(getattr(import_module(module), name))
