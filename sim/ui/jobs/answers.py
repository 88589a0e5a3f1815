"""An answer that lay on the disk as plain values, as the object that the experiment returned."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

HOMES: dict[str, tuple[str, str]] = {
    "breakeven": ("sim.questions.breakeven.answer", "BreakEven"),
    "frontier": ("sim.questions.breakeven.answer", "Frontier"),
    "tornado": ("sim.questions.sensitivity.answer", "Tornado"),
    "sobol": ("sim.questions.sensitivity.answer", "Indices"),
    "morris": ("sim.questions.sensitivity.answer", "Indices"),
    "price_causes": ("sim.questions.price_causes.answer", "PriceCauses"),
    "waterfall": ("sim.questions.waterfall.answer", "Waterfall"),
    "rules": ("sim.questions.discovery.answer", "Rules"),
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
