"""A parameter that was learnt, with where it comes from: what a calibrated scenario is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from sim.assumptions.errors import parameter
from sim.assumptions.writing import written
from sim.calibration.fitting import Fit

WIDTH = 112


@dataclass(frozen=True)
class Stated:
    """A parameter's full key, its value and its provenance in a sentence."""

    key: str
    value: Any
    reason: str


def within(key: str, value: float, reason: str) -> Stated:
    """A value that the scenario can hold: moved to the nearest limit, and said so, if it lies outside."""
    field = parameter(tuple(key.split(".")))
    rules = [] if field is None else field.metadata
    least = next((rule.ge for rule in rules if hasattr(rule, "ge")), None)
    most = next((rule.le for rule in rules if hasattr(rule, "le")), None)
    kept = min(max(value, least if least is not None else value), most if most is not None else value)
    if kept != value:
        reason += f"; {value:.4g} lies outside what the simulator can hold and was moved to {kept:g}"
    return Stated(key, float(f"{kept:.6g}"), reason)


def sure(found: Fit, *names: str) -> str:
    """Standard errors of fitted parameters as part of a sentence."""
    return ", ".join(_sure(found, name) for name in names)


def _sure(found: Fit, name: str) -> str:
    value, error, interval = found.parameters[name], found.standard_errors[name], found.interval(name)
    if error is None or interval is None:
        return f"{name} = {value:.4g}, NOT DETERMINED by the log"
    return f"{name} = {value:.4g}, standard error {error:.2g}, 95 % interval {interval[0]:.4g} to {interval[1]:.4g}"


def yaml_of(stated: Iterable[Stated]) -> Iterator[str]:
    """Lines of YAML, group by group, each value below a comment with its provenance."""
    groups: dict[str, list[Stated]] = {}
    for each in stated:
        groups.setdefault(each.key.split(".")[0], []).append(each)
    for group, members in groups.items():
        yield ""
        yield f"{group}:"
        for each in members:
            yield from wrap(each.reason, WIDTH, initial_indent="  # ", subsequent_indent="  # ", break_long_words=False)
            yield f"  {each.key.split('.', 1)[1]}: {written(each.value)}"
