"""What is wrong with what a scenario says about its own doubt: one sentence for each mistake, by file and line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sim.assumptions.doubts import Evidence, PriorRange, PriorTable, Structure
from sim.assumptions.errors import (
    Origin,
    Path,
    ScenarioError,
    every_key,
    guess,
    key_of,
    limits_of,
    number,
    origin_of,
    parameter,
    path_of,
    shown,
)
from sim.assumptions.fields import notes_of
from sim.assumptions.scenario import Scenario

Mistake = tuple[Path, str]
Try = Callable[[Scenario, Sequence[str]], object]
"""Lays changes over a scenario, and raises ScenarioError where they cannot be made."""

RANGES, TABLES, STRUCTURES, KNOWN = (("prior", name) for name in ("ranges", "tables", "structures", "known"))


def prior_mistakes(scenario: Scenario, origins: Mapping[Path, Origin], attempt: Try) -> list[str]:
    """A sentence for everything in a scenario's ``prior`` and ``evidence`` that cannot be used."""
    return [f"{origin_of(path, origins)}: {sentence}" for path, sentence in _found(scenario, attempt)]


def _found(scenario: Scenario, attempt: Try) -> Iterator[Mistake]:
    prior = scenario.prior
    for n, key in enumerate(prior.known):
        yield from _of_key(scenario, (*KNOWN, n), key)
    for n, each in enumerate(prior.ranges):
        yield from _of_range(scenario, (*RANGES, n), each)
    for n, table in enumerate(prior.tables):
        yield from _of_table(scenario, (*TABLES, n), table)
    yield from _twice(prior.ranges, prior.tables)
    for n, structure in enumerate(prior.structures):
        yield from _of_structure(scenario, (*STRUCTURES, n), structure, attempt)
    for n, evidence in enumerate(scenario.evidence):
        yield from _of_evidence(scenario, ("evidence", n), evidence, attempt)


def value_at(scenario: Scenario, key: str) -> Any:
    """The value of a full key; LookupError where there is none."""
    value: Any = scenario
    for step in path_of(key):
        if isinstance(step, int):
            value = value[step]
        elif hasattr(type(value), "model_fields") and step in type(value).model_fields:
            value = getattr(value, step)
        else:
            raise LookupError(key)
    return value


def _of_key(scenario: Scenario, path: Path, key: str) -> Iterator[Mistake]:
    """What keeps a key from being drawn or known."""
    try:
        value = value_at(scenario, key)
    except LookupError:
        near = guess(key, map(key_of, every_key()))
        hint = f"did you mean {near}?" if near else "`siyu explain baseline` lists all that there are"
        yield path, f"{key_of(path)} is {shown(key)}, but there is no such parameter; {hint}"
        return
    kind = notes_of(parameter(path_of(key))).get("kind")
    if kind in ("choice", "device"):
        what = "a choice of the brand" if kind == "choice" else "a device of the model"
        yield path, f"{key_of(path)} is {shown(key)}, but that is {what} and never drawn; set its value instead"
    elif path[:2] != KNOWN and (isinstance(value, bool) or not isinstance(value, (int, float))):
        yield path, f"{key_of(path)} is {shown(key)}, but that is no number; name a number"


def _of_range(scenario: Scenario, path: Path, each: PriorRange) -> Iterator[Mistake]:
    wrong = list(_of_key(scenario, (*path, "key"), each.key))
    yield from wrong
    if wrong or each.shape == "point":
        return
    if each.low is None or each.high is None:
        missing = "low" if each.low is None else "high"
        yield path, f"{key_of(path)} has no {missing}; write low and high, between which nine of ten worlds lie"
    elif not each.low < each.high:
        sentence = f"goes from {number(each.low)} to {number(each.high)}; the first must be the smaller one"
        yield path, f"{key_of(path)} {sentence}"
    else:
        ends = (("low", each.low), ("high", each.high))
        outside = [mistake for name, end in ends for mistake in _of_value((*path, name), each.key, end)]
        yield from outside or _of_shape(path, each, each.low, each.high)


def _of_value(path: Path, key: str, value: float) -> Iterator[Mistake]:
    least, most = limits_of(key)
    if not least <= value <= most:
        small = "a number above 0" if 0 < least < 1e-300 else f"{number(least)} or more"
        remedy = small if value < least else f"{number(most)} or less"
        yield path, f"{key_of(path)} is {number(value)}, but {key} may not be that; write {remedy}"


def _of_shape(path: Path, each: PriorRange, low: float, high: float) -> Iterator[Mistake]:
    if each.shape == "lognormal" and low <= 0:
        yield path, f"{key_of(path)} is lognormal, but its low is {number(low)}; write a low above 0, or another shape"
    if each.shape == "logit_normal" and not 0 < low < high < 1:
        ends = f"{number(low)} to {number(high)}"
        yield path, f"{key_of(path)} is logit_normal, but goes from {ends}; write ends between 0 and 1"
    if each.mode is not None and each.shape not in (None, "pert"):
        yield (*path, "mode"), f"{key_of(path)} is {each.shape}, which has no mode; take the mode out, or write pert"
    elif each.mode is not None and not low <= each.mode <= high:
        where = f"lies outside {number(low)} to {number(high)}; write one within"
        yield (*path, "mode"), f"{key_of((*path, 'mode'))} is {number(each.mode)}, but {where}"


def _of_table(scenario: Scenario, path: Path, table: PriorTable) -> Iterator[Mistake]:
    for n, key in enumerate(table.keys):
        yield from _of_key(scenario, (*path, "keys", n), key)
    width = len(table.keys)
    for n, row in enumerate(table.rows):
        here = (*path, "rows", n)
        if len(row) != width:
            yield here, f"{key_of(here)} has {len(row)} values, but there are {width} keys; write one value for each"
            return
        outside = [each for key, value in zip(table.keys, row, strict=True) for each in _of_value(here, key, value)]
        if outside:
            yield outside[0]
            return


def _twice(ranges: Sequence[PriorRange], tables: Sequence[PriorTable]) -> Iterator[Mistake]:
    """Numbers that are drawn in more than one place."""
    named: list[tuple[Path, str]] = [((*RANGES, n, "key"), each.key) for n, each in enumerate(ranges)]
    named += [((*TABLES, n, "keys", k), key) for n, each in enumerate(tables) for k, key in enumerate(each.keys)]
    many = Counter(key for _, key in named)
    last = {key: path for path, key in named}
    for key, count in many.items():
        if count > 1:
            yield last[key], f"{key_of(last[key])} is {key}, which has a range already; keep one of the two"


def _of_structure(scenario: Scenario, path: Path, structure: Structure, attempt: Try) -> Iterator[Mistake]:
    chances = sum(each.chance for each in structure.alternatives)
    if chances > 1 + 1e-9:
        yield path, f"{key_of(path)} has chances that add up to {chances:g}; make them add up to 1 or less"
    for n, each in enumerate(structure.alternatives):
        here = (*path, "alternatives", n, "changes")
        yield from _of_changes(scenario, here, each.changes, attempt)


def _of_evidence(scenario: Scenario, path: Path, evidence: Evidence, attempt: Try) -> Iterator[Mistake]:
    if evidence.low is None and evidence.high is None:
        yield path, f"{key_of(path)} has neither low nor high; write at least one of them"
    elif evidence.low is not None and evidence.high is not None and evidence.low > evidence.high:
        ends = f"{number(evidence.low)} to {number(evidence.high)}"
        yield path, f"{key_of(path)} goes from {ends}; the first must be the smaller one"
    changes = [text for text in evidence.than if not text.startswith("strategy=")]
    yield from _of_changes(scenario, (*path, "than"), changes, attempt)


def _of_changes(scenario: Scenario, path: Path, changes: Sequence[str], attempt: Try) -> Iterator[Mistake]:
    """What keeps changes from being made: the sentences that `--set` would be answered with."""
    try:
        attempt(scenario, changes)
    except ScenarioError as error:
        for sentence in error.mistakes:
            yield path, sentence.partition(": ")[2]
