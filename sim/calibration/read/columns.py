"""Which column of a table is which: recognised by name in English and Chinese, or named by the user."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sim.assumptions.errors import ScenarioError, guess, shown
from sim.calibration.read.words_of import names, plain

__all__ = ["candidates", "known_place", "named_place", "plain", "recognised"]


def recognised(
    name: str,
    header: Sequence[str],
    named: Mapping[str, str | None],
    needed: Sequence[str],
    optional: Sequence[str] = (),
) -> dict[str, int]:
    """The place of each role's column; raises ScenarioError with one sentence if a needed one is not found."""
    found: dict[str, int] = {}
    for role in (*needed, *optional):
        place = named_place(name, header, role, named.get(role)) if named.get(role) else known_place(name, header, role)
        if place is not None:
            found[role] = place
    missing = [role for role in needed if role not in found]
    if missing:
        raise ScenarioError([missing_columns(name, header, missing)])
    refuse_one_for_two(name, header, found)
    return found


def refuse_one_for_two(name: str, header: Sequence[str], found: Mapping[str, int]) -> None:
    """Raise ScenarioError if one column is to be two things."""
    taken = [role for role in found if list(found.values()).count(found[role]) > 1]
    if taken:
        raise ScenarioError([f"{name}: {shown(header[found[taken[0]]])} cannot be {' and '.join(taken)} at once"])


def named_place(name: str, header: Sequence[str], role: str, wanted: str | None) -> int:
    """The place of the column that the user named; raises ScenarioError if there is none, or two."""
    asked = (wanted or "").strip()
    places = [place for place, each in enumerate(header) if each.strip() == asked]
    if len(places) > 1:
        raise ScenarioError([_twice(name, asked)])
    if not places:
        near = guess(asked, [each for each in header if each])
        hint = f"did you mean {near}?" if near else f"there are {_listed(header)}"
        raise ScenarioError([f"{name}: --{role} is {shown(asked)}, but there is no such column; {hint}"])
    return places[0]


def known_place(name: str, header: Sequence[str], role: str) -> int | None:
    """The place of the column whose name is known best for a role; None if there is none, ScenarioError if two are."""
    found = next(iter(candidates(header, role)), None)
    if found is not None and [each.strip() for each in header].count(header[found].strip()) > 1:
        raise ScenarioError([_twice(name, header[found])])
    return found


def candidates(header: Sequence[str], role: str) -> Iterator[int]:
    """The places of all columns whose names are known for a role, best first."""
    bare = [plain(each) for each in header]
    for candidate in names(role):
        yield from (place for place, each in enumerate(bare) if each == candidate)


def _twice(name: str, column: str) -> str:
    return f"{name}: two columns are called {shown(column)}; rename one"


def missing_columns(name: str, header: Sequence[str], missing: Sequence[str]) -> str:
    """The sentence about roles for which no column was recognised."""
    if all(
        re.fullmatch(r"[\s\d.,:/+¥￥$€-]*", each) or re.fullmatch(r"\d{4}\D\d+\D\d+.*", each) for each in header[1:]
    ):
        return (
            f"{name}: the first line, {shown(', '.join(header))}, holds data and no names of columns; "
            "put a line such as customer,date,amount above it"
        )
    roles = " and ".join(missing)
    options = " ".join(f"--{role} COLUMN" for role in missing)
    also = ", or say --without-amounts if the log has none" if list(missing) == ["amount"] else ""
    return f"{name}: no column for {roles} was recognised among {_listed(header)}; name it with {options}{also}"


def _listed(header: Sequence[str]) -> str:
    return shown(", ".join(each or "(no name)" for each in header), 200)
