"""What a scenario assumes, parameter by parameter: value, unit, meaning, source, where it was written, what differs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sim.assumptions.errors import Origin, Path, key_of, origin_of, parameter
from sim.assumptions.fields import Finding, Kind, Who, notes_of
from sim.assumptions.loading import Traced, load, traced
from sim.assumptions.overrides import Changes
from sim.assumptions.scenario import Part, Scenario, unit_of
from sim.rules.channels import BADGES, USUAL, badge


@dataclass(frozen=True)
class Row:
    """One parameter of a scenario.

    ``where`` is the file and line that gave the value, ``--set``, ``given`` by Python code, or ``default``;
    ``baseline`` is the baseline's value, or None where it has no such item; ``differs`` tells whether both are unequal.
    ``kind`` is whether it is a choice, a fact, a doubt or a device, ``who`` can find it out, ``found`` are public
    numbers about it and ``prior`` is the range that they leave.
    """

    key: str
    value: Any
    unit: str
    meaning: str
    meaning_zh: str
    source: str
    where: str
    baseline: Any
    differs: bool
    kind: Kind = "device"
    who: Who | None = None
    found: tuple[Finding, ...] = ()
    prior: tuple[float, float] | None = None

    @property
    def outside_prior(self) -> bool:
        """Whether the value lies outside the range that public numbers leave."""
        return self.prior is not None and not self.prior[0] <= self.value <= self.prior[1]

    def as_json(self) -> dict[str, Any]:
        """The row as plain values."""
        return asdict(self) | {"outside_prior": self.outside_prior}


def explain(source: str | os.PathLike[str] | Scenario, changes: Changes = ()) -> list[Row]:
    """Every parameter of a scenario in the order of the baseline file.

    Raises:
        ScenarioError: if the scenario or the changes have mistakes.
    """
    found = traced(source, changes)
    usual = dict(_values(load("baseline"), ()))
    return [_row(path, value, found, usual) for path, value in _values(found.scenario, ())]


def badges(source: str | os.PathLike[str] | Scenario, changes: Changes = ()) -> list[tuple[str, str, str]]:
    """What each channel deserves to be called: its name, and the badge in English and Chinese.

    Raises:
        ScenarioError: if the scenario or the changes have mistakes.
    """
    scenario = load(source, changes)
    own = USUAL["personal_account"]._replace(accessibility_chance=scenario.pool.accessibility_chance)
    further = enumerate(scenario.further_channels)
    named = [("pool", own), *((f"pool.channels.{n} {each.kind}", each.vector) for n, each in further)]
    earned = [(name, badge(v.accessibility_chance, v.persona_share, v.leave_factor)) for name, v in named]
    return [(name, each, BADGES[each]) for name, each in earned]


def _values(part: Part, before: Path) -> Iterator[tuple[Path, Any]]:
    """Paths and plain values; the items of a list of groups are counted from 0, any other list is one value."""
    for name in type(part).model_fields:
        path, value = (*before, name), getattr(part, name)
        if isinstance(value, Part):
            yield from _values(value, path)
        elif isinstance(value, tuple) and value and isinstance(value[0], Part):
            for i, item in enumerate(value):
                yield from _values(item, (*path, i))
        else:
            yield path, value


def _row(path: Path, value: Any, found: Traced, usual: Mapping[Path, Any]) -> Row:
    field = parameter(path)
    notes = notes_of(field)
    return Row(
        key=key_of(path),
        value=value,
        unit=unit_of(str(path[-1])),
        meaning=(field.description if field else None) or "",
        meaning_zh=str(notes.get("meaning_zh", "")),
        source=str(notes.get("source", "")),
        where=_where(path, found),
        baseline=usual.get(path),
        differs=path not in usual or usual[path] != value,
        kind=notes.get("kind", "device"),
        who=notes.get("who"),
        found=tuple(Finding(**each) for each in notes.get("found", ())),
        prior=notes.get("prior") and tuple(notes["prior"]),
    )


def _where(path: Path, found: Traced) -> str:
    # A list or group that was replaced as a whole has one origin for all that stands in it; a merged group has none.
    exact = found.origins.get(path)
    if exact is None and any(isinstance(step, int) for step in path):
        exact = origin_of(path, found.origins)
    return str(exact or Origin("default"))
