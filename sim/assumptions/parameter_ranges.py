"""Which values a parameter is tried at: what was asked, else what its documentation calls plausible, else a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from sim.assumptions.errors import ScenarioError, limits_of, parameter, shown
from sim.assumptions.explaining import Row, explain
from sim.assumptions.inactive_mechanisms import unused
from sim.assumptions.loading import load
from sim.assumptions.ranges import Range
from sim.assumptions.scenario import Scenario

OPTION = "--vary"
NUMBER = r"[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?"


def range_of(scenario: Scenario, asked: str | Range) -> Range:
    """The range in ``key=LOW..HIGH``, or of a bare key the documented range, else half to double within the limits.

    Raises:
        ScenarioError: with a sentence for a key that does not exist, is no number, or may not take these values.
    """
    if isinstance(asked, Range):
        return asked
    key, _, text = asked.partition("=")
    row = _row(scenario, key.strip())
    if "=" not in asked:
        return _documented(scenario, row)
    ends = re.fullmatch(rf"\s*({NUMBER})\s*\.\.\s*({NUMBER})\s*", text)
    if not ends or "..." in text:
        raise ScenarioError([f"{OPTION}: {shown(asked)} is no range; write {row.key}=LOW..HIGH, as in {_example(row)}"])
    low, high = (float(end.replace("_", "")) for end in ends.groups())
    if not low < high:
        raise ScenarioError([f"{OPTION}: {row.key} goes from {low:g} to {high:g}; the first must be the smaller one"])
    return _checked(scenario, _made(row, low, high, "asked"))


def ranges_of(scenario: Scenario, asked: str | Range | Sequence[str | Range]) -> tuple[Range, ...]:
    """Several ranges, or a single one, each parameter once; raises ScenarioError with every mistake."""
    asked = (asked,) if isinstance(asked, str | Range) else asked
    found: dict[str, Range] = {}
    mistakes: list[str] = []
    for each in asked:
        try:
            span = range_of(scenario, each)
        except ScenarioError as error:
            mistakes.extend(error.mistakes)
            continue
        if span.key in found:
            mistakes.append(f"{OPTION}: {span.key} is named twice; each is varied over one range")
        found[span.key] = span
    if mistakes:
        raise ScenarioError(mistakes)
    return tuple(found.values())


def assumptions(scenario: Scenario) -> tuple[Range, ...]:
    """Every assumption about the world that has a documented range and can matter; what the brand decides is none."""
    idle = unused(scenario)
    rows = [row for row in explain(scenario) if not row.key.startswith(idle) and _plausible(row)]
    return tuple(_documented(scenario, row) for row in rows)


def changed(scenario: Scenario, values: Mapping[str, float], spans: Sequence[Range] = ()) -> Scenario:
    """The scenario with some values changed, whole where they must be whole."""
    whole = {span.key for span in spans if span.whole}
    plain = {key: round(float(value)) if key in whole else float(value) for key, value in values.items()}
    return load(scenario, plain)


def evenly(span: Range, points: int) -> tuple[float, ...]:
    """So many values from end to end, whole ones each once where they must be whole."""
    values = np.linspace(span.low, span.high, points)
    return tuple(float(value) for value in (np.unique(np.rint(values)) if span.whole else values))


def _row(scenario: Scenario, key: str) -> Row:
    rows = {row.key: row for row in explain(scenario)}
    if key not in rows:
        _refuse_unknown(scenario, key)
    row = rows[key]
    if isinstance(row.value, bool) or not isinstance(row.value, (int, float)):
        raise ScenarioError([f"{OPTION}: {row.key} is no number, so that it has no range; vary a number"])
    return row


def _refuse_unknown(scenario: Scenario, key: str) -> None:
    """Raise with the sentence that a change of an unknown key would be answered with, or say that it is a group."""
    if any(row.key.startswith(f"{key}.") for row in explain(scenario)):
        raise ScenarioError([f"{OPTION}: {key} is a group of parameters; vary one number in it"])
    with _told_by_option():
        load(scenario, {key or "?": 0})
    raise ScenarioError([f"{OPTION}: {shown(key)} is not there to be varied; vary a number that the scenario has"])


@contextmanager
def _told_by_option() -> Iterator[None]:
    """Mistakes in a changed scenario as mistakes of the option that asked for the change."""
    try:
        yield
    except ScenarioError as error:
        raise ScenarioError([re.sub(r"^changes: ", f"{OPTION}: ", each) for each in error.mistakes]) from None


def _plausible(row: Row) -> list[float] | None:
    field = parameter(tuple(row.key.split(".")))
    notes = field.json_schema_extra if field else None
    return notes.get("plausible") if isinstance(notes, dict) else None  # type: ignore[return-value]


def _documented(scenario: Scenario, row: Row) -> Range:
    plausible = _plausible(row)
    if plausible:
        # A scenario of its own may lie outside the range that is plausible for the baseline: then its value is an end.
        return _made(row, min(plausible[0], row.value), max(plausible[1], row.value), "plausible")
    low, high = sorted((row.value / 2, row.value * 2))
    if low == high:
        raise ScenarioError([f"{OPTION}: {row.key} is 0 and has no documented range; write {row.key}=LOW..HIGH"])
    least, most = limits_of(row.key)
    return _checked(scenario, _made(row, max(low, least), min(high, most), "half_to_double"))


def _made(row: Row, low: float, high: float, basis: Any) -> Range:
    whole = isinstance(row.value, int)
    return Range(
        row.key,
        float(low),
        float(high),
        float(row.value),
        row.unit,
        row.meaning,
        row.meaning_zh,
        row.source,
        basis,
        whole,
    )


def _checked(scenario: Scenario, span: Range) -> Range:
    with _told_by_option():
        for end in (span.low, span.high):
            load(scenario, {span.key: int(end) if span.whole and end.is_integer() else end})
    return span


def _example(row: Row) -> str:
    low, high = sorted((row.value / 2, row.value * 2)) if row.value else (0, 1)
    return f"{row.key}={low:g}..{high:g}"
