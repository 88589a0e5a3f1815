"""Changes laid over a scenario: ``--set public.first_order_chance=0.02`` on the command line, or a mapping in Python.

Items of lists are counted from 0: ``public.rivals.0.advertisers_count``. A change of a whole group changes what it
mentions and leaves the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sim.assumptions import yaml_reader
from sim.assumptions.errors import Origin, Path, key_of, shown
from sim.assumptions.from_python import as_given, plain


@dataclass(frozen=True)
class Change:
    """One change whose place in a file is known: the full key, the value, and where it was written."""

    key: str
    value: Any
    origin: Origin


AS_IN = 'write {"clock.days": 90} or ["clock.days=90"]'

Changes = Mapping[str, Any] | Sequence[str | Change]


@dataclass
class Draft:
    """A scenario while it is put together: its values, where each was written, and what is wrong so far."""

    values: dict[str, Any]
    origins: dict[Path, Origin] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)


def change(draft: Draft, changes: Changes) -> list[Path]:
    """Lay changes over a draft and tell what they changed; what cannot be placed is a sentence in its ``mistakes``."""
    changed: list[Path] = []
    for steps, value, origin in _asked(draft, changes):
        if len(steps) > yaml_reader.DEEPEST:
            draft.mistakes.append(f"{origin}: there is no {shown(key_of(steps))}; no parameter stands so deep")
            continue
        try:
            path, draft.values = _changed(draft.values, steps, value, ())
        except LookupError as error:
            draft.mistakes.append(f"{origin}: {error.args[0]}")
            continue
        forget(draft.origins, path)
        draft.origins[path] = origin
        changed.append(path)
    return changed


def settings(texts: Iterable[str]) -> dict[str, Any]:
    """Changes written as ``key=value``, as keys with their values."""
    pairs = (text.partition("=") for text in texts)
    return {key.strip(): yaml_reader.read_value(value, Origin("--set"))[0] for key, _, value in pairs}


def forget(origins: dict[Path, Origin], path: Path) -> None:
    """Drop the origins of a value that is replaced, and of all that stood in it."""
    for key in [key for key in origins if key[: len(path)] == path]:
        del origins[key]


def _asked(draft: Draft, changes: Changes) -> Iterator[tuple[list[str], Any, Origin]]:
    """Each change as the steps of its key, its value and where it was asked for."""
    if isinstance(changes, Mapping):
        for key, value in (plain(changes, "changes", draft.mistakes) or {}).items():
            yield from _flat(key.split("."), value, Origin("changes"))
        return
    for request in _listed(draft, changes):
        if isinstance(request, Change):
            path, before = tuple(request.key.split(".")), len(draft.mistakes)
            value = plain(request.value, str(request.origin), draft.mistakes, path)
            if len(draft.mistakes) == before:
                yield from _flat([*path], value, request.origin)
            continue
        yield from _written(draft, request)


def _listed(draft: Draft, changes: Any) -> Iterator[str | Change]:
    """Changes one by one; a sentence for what is none."""
    try:
        for request in [changes] if isinstance(changes, str) else changes:
            if isinstance(request, str | Change):
                yield request
                continue
            draft.mistakes.append(f"changes: {as_given(request)} is no change; {AS_IN}")
    except TypeError:  # nothing that could be looked through
        draft.mistakes.append(f"changes: {as_given(changes)} is no list of changes; {AS_IN}")


def _written(draft: Draft, request: str) -> Iterator[tuple[list[str], Any, Origin]]:
    """A change as it is written on the command line."""
    key, equals, text = request.partition("=")
    if not equals or not key.strip():
        draft.mistakes.append(f"--set: {shown(request)} is no change; write --set key=value, as in clock.days=90")
        return
    value, mistakes = yaml_reader.read_value(text, Origin("--set"))
    draft.mistakes.extend(mistakes)
    if not mistakes:
        yield from _flat(key.strip().split("."), value, Origin("--set", text=text.strip()))


def _flat(steps: list[str], value: Any, origin: Origin) -> Iterator[tuple[list[str], Any, Origin]]:
    """A change of a whole group as changes of what stands in it; what it does not mention stays as it is."""
    if not isinstance(value, dict):
        yield steps, value, origin
        return
    for key, inner in value.items():
        yield from _flat([*steps, str(key)], inner, origin)


def _changed(old: Any, steps: Sequence[str], value: Any, path: Path) -> tuple[Path, Any]:
    """The key's path and the old value with the change in it; LookupError with half a sentence for a missing item."""
    if not steps:
        return path, value
    step, rest = steps[0], steps[1:]
    if isinstance(old, tuple):
        place = _place(old, step, path)
        path, item = _changed(old[place], rest, value, (*path, place))
        return path, (*old[:place], item, *old[place + 1 :])
    if old is not None and not isinstance(old, dict):
        raise LookupError(f"there is no {shown(key_of((*path, *steps)))}; {shown(key_of(path))} is a single value")
    group = old or {}
    path, inner = _changed(group.get(step), rest, value, (*path, step))
    return path, {**group, step: inner}


def _place(items: tuple[Any, ...], step: str, path: Path) -> int:
    if re.fullmatch(r"[0-9]{1,6}", step) and int(step) < len(items):
        return int(step)
    counted = f"numbered from 0 to {len(items) - 1}" if items else "so give the whole list in brackets"
    what = f"there is no {shown(key_of((*path, step)))}; {shown(key_of(path))}"
    raise LookupError(f"{what} has {len(items)} items, {counted}")
