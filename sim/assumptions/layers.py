"""What a file or a change says about doubt, laid over what stood below it.

Ranges, tables, structures and evidence are merged item by item, where every other list is replaced. Whoever states a
number without a range knows it: a range from below no longer holds for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sim.assumptions.errors import Origin, Path, key_of, parameter
from sim.assumptions.fields import notes_of
from sim.assumptions.overrides import Draft
from sim.assumptions.scenario import Scenario

MERGED: dict[Path, tuple[str, ...]] = {
    ("prior", "ranges"): ("key",),
    ("prior", "tables"): ("name",),
    ("prior", "structures"): ("name",),
    ("evidence",): ("metric", "strategy", "against"),
}
"""Lists whose items are merged, and by which of their fields an item replaces another. An empty list clears them."""

KNOWN: Path = ("prior", "known")


def merge_doubts(draft: Draft, values: dict[str, Any]) -> None:
    """Before a file is laid over a draft: put below its own items those of the draft that it does not replace."""
    for path, names in MERGED.items():
        mine, below = at(values, path), at(draft.values, path)
        if isinstance(mine, tuple) and mine and isinstance(below, tuple):
            replaced = {_name(item, names) for item in mine}
            kept = [n for n, item in enumerate(below) if _name(item, names) not in replaced]
            _move_origins(draft.origins, path, {n: len(mine) + k for k, n in enumerate(kept)})
            put(values, path, (*mine, *(below[n] for n in kept)))


def know_what_is_stated(draft: Draft, stated: Iterable[Path], own: Mapping[str, Any], *, by_hand: bool = True) -> None:
    """After a layer has stated numbers: what it gave no range is known.

    Args:
        draft: the scenario with the layer in it.
        stated: the paths that the layer states.
        own: the layer's own values, which may hold a ``prior`` group.
        by_hand: whether a person wrote it, so that a value counts as known even if it is the default.
    """
    told = {key_of(path): path for path in stated if _can_be_known(path)} if at(own, KNOWN) is None else {}
    named = {*told, *(key for key in _known(own) if isinstance(key, str))} - set(_ranged(own))
    drawn = set(_ranged(draft.values)) & named
    _drop_ranges(draft, drawn)
    usual = {key for key, path in told.items() if by_hand and at(draft.values, path) == _default(path)} & named
    if more := sorted(usual | drawn.intersection(told)):
        put(draft.values, KNOWN, tuple(dict.fromkeys((*_known(draft.values), *more))))


def keep_known(draft: Draft, before: tuple[Any, ...]) -> None:
    """After a layer has listed what it knows: what was known below it stays known."""
    now = at(draft.values, KNOWN)
    if isinstance(now, tuple):
        put(draft.values, KNOWN, tuple(dict.fromkeys((*before, *now))))


def known_below(draft: Draft) -> tuple[Any, ...]:
    """What a draft knows so far, if it is a list at all."""
    return _known(draft.values)


def at(values: Any, path: Path) -> Any:
    """The value at a path of nested groups, or None."""
    for step in path:
        if isinstance(step, int) and isinstance(values, tuple):
            values = values[step] if step < len(values) else None
        else:
            values = values.get(step) if isinstance(values, dict) else None
    return values


def put(values: dict[str, Any], path: Path, value: Any) -> None:
    """Set a value in nested groups without touching the groups of anybody else."""
    first, *rest = path
    if not rest:
        values[str(first)] = value
        return
    inner = values.get(str(first))
    values[str(first)] = group = dict(inner) if isinstance(inner, dict) else {}
    put(group, tuple(rest), value)


def _known(values: Any) -> tuple[Any, ...]:
    known = at(values, KNOWN)
    return known if isinstance(known, tuple) else ()


def _name(item: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(str(item.get(name)) for name in names) if isinstance(item, dict) else (id(item),)


def _ranged(values: Any) -> list[str]:
    """The keys to which these values give a range of their own, alone or in a table."""
    found = [item.get("key") for item in _groups(values, ("prior", "ranges"))]
    for table in _groups(values, ("prior", "tables")):
        found += table["keys"] if isinstance(table.get("keys"), tuple) else ()
    return [key for key in found if isinstance(key, str)]


def _groups(values: Any, path: Path) -> list[dict[str, Any]]:
    """The groups in a list, whatever else may stand in it by mistake."""
    items = at(values, path)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, tuple) else []


def _drop_ranges(draft: Draft, keys: set[str]) -> None:
    path = ("prior", "ranges")
    ranges = at(draft.values, path)
    if not keys or not isinstance(ranges, tuple):
        return
    kept = [n for n, item in enumerate(ranges) if not (isinstance(item, dict) and item.get("key") in keys)]
    _move_origins(draft.origins, path, {n: k for k, n in enumerate(kept)})
    put(draft.values, path, tuple(ranges[n] for n in kept))


def _move_origins(origins: dict[Path, Origin], path: Path, places: Mapping[int, int]) -> None:
    """The origins of a list's items under the items' new numbers; those of items without one are forgotten."""
    depth = len(path)
    inside = [key for key in origins if len(key) > depth and key[:depth] == path and isinstance(key[depth], int)]
    old = {key: origins.pop(key) for key in inside}
    for key, origin in old.items():
        place = places.get(int(key[depth]))
        if place is not None:
            origins[*path, place, *key[depth + 1 :]] = origin


def _can_be_known(path: Path) -> bool:
    return notes_of(parameter(path)).get("kind") in ("fact", "doubt")


@cache
def _defaults() -> dict[str, Any]:
    return Scenario().model_dump()


def _default(path: Path) -> Any:
    return at(_defaults(), path)
