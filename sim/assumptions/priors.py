"""What is not known of a scenario, and how it is drawn: a prior for each number that may be off, or several.

``priors_of`` says what is drawn, ``draw`` draws it from uniforms, ``evidence_of`` says what a drawn world must show.
A value that the reader set is known unless a range is given with it. Choices and devices are never drawn, nor is what
only an idle mechanism would read.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.assumptions import spreads
from sim.assumptions.doubts import Evidence, PriorGroup, PriorRange, PriorTable, Structure
from sim.assumptions.errors import ScenarioError, guess, limits_of, parameter, path_of, shown
from sim.assumptions.explaining import Row, explain
from sim.assumptions.fields import KINDS, Who, notes_of
from sim.assumptions.inactive_mechanisms import never_read
from sim.assumptions.loading import load
from sim.assumptions.overrides import settings
from sim.assumptions.prior import Prior, Shape
from sim.assumptions.prior_files import with_prior
from sim.assumptions.scenario import Scenario
from sim.assumptions.spreads import Ends, Floats

__all__ = ["Prior", "draw", "evidence_of", "known_keys", "priors_of", "world_of"]

NAMED = ("plausible", "central")
"""Priors that need no file."""

EVERYTHING: Ends = (-math.inf, math.inf)
"""Where several numbers are drawn together there are no two ends."""

WHOS: tuple[Who, ...] = ("accounting", "log", "pilot", "nobody")
"""Who can find out, from the easiest to the hardest."""


def priors_of(
    scenario: str | os.PathLike[str] | Scenario,
    prior: str | os.PathLike[str] = "plausible",
    know: Mapping[str, Any] = MappingProxyType({}),
) -> tuple[Prior, ...]:
    """What is drawn of a scenario: facts first, then doubts, then what is drawn together.

    Args:
        scenario: a scenario, its file, or the name of one that ships.
        prior: *plausible* is uniform over every documented range, *central* a PERT over it with its peak at the
            scenario's own value; or a file with a ``prior:`` group (YAML) or a table of draws (CSV, keys in its first
            line), laid over the scenario's own with plausible ranges for the rest. A range that the scenario states
            has its own shape if it states one.
        know: keys whose value stands, as ``--know`` gives them.

    Raises:
        ScenarioError: with sentences for a file that cannot be used, and for keys that do not exist.
    """
    usual: Shape = "pert" if prior == "central" else "uniform"
    found = load(scenario) if prior in NAMED else with_prior(load(scenario), prior)
    rows = {row.key: row for row in explain(found)}
    _refuse_unknown(know, rows)
    known = known_keys(found, rows.values()) | set(know)
    tables = [each for table in found.prior.tables if (each := _table(table, rows, known))]
    together = {key for table in tables for key in table.keys}
    ranges = {each.key: each for each in found.prior.ranges}
    idle = never_read(found)
    open_rows = [row for row in rows.values() if _may_be_drawn(row) and row.key not in known | together]
    singles = [_single(row, ranges.get(row.key), usual) for row in open_rows if not row.key.startswith(idle)]
    drawn = together | {each.key for each in singles if each}
    settled = known | {key for key, row in rows.items() if row.differs}
    open_to = [each for each in found.prior.structures if settled.isdisjoint(_keys_in(each))]
    structures = [_structure(each, rows, drawn) for each in open_to]
    ordered = sorted((each for each in singles if each), key=lambda each: KINDS.index(each.kind))
    return (*ordered, *tables, *structures)


def draw(priors: Sequence[Prior], u: Floats) -> dict[str, NDArray[Any]]:
    """The drawn values of every key, one a world; ``u`` holds a uniform for each world and prior.

    Where a structure leaves a number to its own prior, that one's draw stands. Numbers are floats, whole or not, and
    switches are booleans.
    """
    worlds: dict[str, NDArray[Any]] = {}
    for prior, column in zip(priors, np.asarray(u, dtype=np.float64).T, strict=True):
        values = prior.quantile(column).reshape(len(column), len(prior.names))
        for key, drawn in zip(prior.names, values.T, strict=True):
            left = np.array([value is None for value in drawn], dtype=bool)
            worlds[key] = _of_one_type(np.where(left, worlds[key], drawn) if left.any() else drawn)
    return worlds


def _of_one_type(values: NDArray[Any]) -> NDArray[Any]:
    """Values of any kind as switches or as numbers, where all of them are."""
    types = {type(value) for value in values.tolist()}
    if types == {bool}:
        return values.astype(np.bool_)
    return values.astype(np.float64) if types <= {int, float} else values


def world_of(scenario: Scenario, drawn: Mapping[str, NDArray[Any]], number: int) -> Scenario:
    """The scenario of one drawn world; raises ScenarioError where what was drawn cannot be together."""
    bare = scenario.model_copy(update={"prior": PriorGroup(), "evidence": ()})
    return load(bare, {key: _plain(column[number], whole=_is_whole(key)) for key, column in drawn.items()})


def evidence_of(
    scenario: str | os.PathLike[str] | Scenario, know: Mapping[str, Any] = MappingProxyType({})
) -> tuple[Evidence, ...]:
    """What a drawn world of this scenario must show: its evidence, but for what tells of numbers that are known."""
    found = load(scenario)
    known = known_keys(found, explain(found)) | set(know)
    return tuple(each for each in found.evidence if not any(key.startswith(each.informs) for key in known))


def known_keys(scenario: Scenario, rows: Iterable[Row]) -> set[str]:
    """Facts and doubts whose value stands: those that differ from the baseline, and those that the scenario names, but
    for those that it gives a range."""
    together = {key for table in scenario.prior.tables for key in table.keys}
    differing = {row.key for row in rows if row.kind in ("fact", "doubt") and row.differs} - together
    return (differing | set(scenario.prior.known)) - {each.key for each in scenario.prior.ranges}


def _may_be_drawn(row: Row) -> bool:
    return row.kind in ("fact", "doubt") and isinstance(row.value, (int, float)) and not isinstance(row.value, bool)


def _single(row: Row, stated: PriorRange | None, usual: Shape) -> Prior | None:
    """The prior of one number: as stated, or else over its documented range; None where there is neither."""
    if stated is not None and stated.shape == "point":
        return None
    least, most = limits_of(row.key)
    if stated is not None and stated.low is not None and stated.high is not None:
        shape: Shape = stated.shape or usual
        nine = (stated.low, stated.high)
        mode = min(max(row.value if stated.mode is None else stated.mode, nine[0]), nine[1])
        return _made(row, shape, _ends(shape, nine, mode, (least, most)), nine, mode, stated.source)
    plausible = notes_of(parameter(path_of(row.key))).get("plausible")
    if not plausible:
        return None
    ends = (min(plausible[0], row.value), max(plausible[1], row.value))
    return _made(row, usual, ends, None, row.value, row.source)


def _ends(shape: Shape, nine: Ends, mode: float, limits: Ends) -> Ends:
    if shape == "uniform":
        return spreads.uniform_ends(nine, limits)
    return spreads.pert_ends(nine, mode, limits) if shape == "pert" else limits


def _made(row: Row, shape: Shape, ends: Ends, nine: Ends | None, mode: float, source: str) -> Prior:
    whole = isinstance(row.value, int)
    low, high = (float(np.ceil(ends[0])), float(np.floor(ends[1]))) if whole else (float(ends[0]), float(ends[1]))
    who = row.who or "nobody"
    made = Prior(row.key, row.kind, who, shape, low, high, float(mode), whole, source, nine or (low, high))
    if nine is not None:
        return made
    fifth, last = made.quantile([0.05, 0.95])
    return replace(made, nine=(float(fifth), float(last)))


def _table(table: PriorTable, rows: Mapping[str, Row], known: set[str]) -> Prior | None:
    """A table without the columns of what is known; None where none is left."""
    columns = [n for n, key in enumerate(table.keys) if key not in known]
    if not columns:
        return None
    keys, values = tuple(table.keys[n] for n in columns), tuple(tuple(row[n] for n in columns) for row in table.rows)
    who = max((rows[key].who or "nobody" for key in keys), key=WHOS.index)
    ends = (-math.inf, math.inf, 0.0)
    return Prior(table.name, "doubt", who, "table", *ends, False, table.source, EVERYTHING, keys, values)


def _structure(structure: Structure, rows: Mapping[str, Row], drawn: set[str]) -> Prior:
    """A row for each alternative, and one for the scenario as it stands with what is left to 1."""
    keys = _keys_in(structure)
    usual = {key: None if key in drawn else rows[key].value for key in keys}
    changes = [{**usual, **settings(each.changes)} for each in structure.alternatives]
    chances = [each.chance for each in structure.alternatives]
    if (left := 1.0 - sum(chances)) > 1e-9:
        changes, chances = [*changes, usual], [*chances, left]
    values = tuple(tuple(each[key] for key in keys) for each in changes)
    return Prior(
        structure.name, "doubt", structure.who, "structure", -math.inf, math.inf, 0.0, False, structure.source,
        EVERYTHING, keys, values, tuple(chances),
    )


def _keys_in(structure: Structure) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for each in structure.alternatives for key in settings(each.changes)))


def _is_whole(key: str) -> bool:
    field = parameter(path_of(key))
    return field is not None and field.annotation is int


def _plain(value: Any, *, whole: bool) -> Any:
    if isinstance(value, (bool, np.bool_, str)):
        return bool(value) if isinstance(value, np.bool_) else value
    return round(float(value)) if whole else float(value)


def _refuse_unknown(know: Iterable[str], rows: Mapping[str, Row]) -> None:
    mistakes = []
    for key in know:
        if key not in rows:
            near = guess(key, rows)
            hint = f"did you mean {near}?" if near else "`siyu explain baseline` lists all that there are"
            mistakes.append(f"--know: there is no {shown(key)}; {hint}")
    if mistakes:
        raise ScenarioError(mistakes)
