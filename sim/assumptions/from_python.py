"""What Python hands over, as the plain values that a file could hold: the one wall for arrays, objects and all else.

Numbers of NumPy's become Python's; arrays, lists and ranges become tuples; a group of a scenario becomes its values;
the name of a file becomes text. Everything that no file could hold is a mistake with a sentence, whatever it does when
it is looked at.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from reprlib import repr as short
from typing import Any

from sim.assumptions.errors import MOST_TOLD, Path, key_of, shown
from sim.assumptions.scenario import Part
from sim.assumptions.yaml_reader import DEEPEST

LONGEST_WHOLE = 10**40
"""No whole number in a file has more digits."""

MOST_ITEMS = 1_000_000
"""Items that a list may have; a design of so many is refused anyway."""


class _NotPlainError(Exception):
    """A value is none that a file could hold; the message is the end of a sentence."""


def numpys(*names: str) -> tuple[Any, ...]:
    """Types of NumPy's, if somebody has loaded it: without it no value can be one, and a scenario is read faster."""
    numpy = sys.modules.get("numpy")
    return tuple(getattr(numpy, name) for name in names) if numpy else ()


def as_given(value: Any) -> str:
    """A stranger's value as part of a sentence: short, on one line, whatever its own words for itself do."""
    try:
        return shown(short(value))
    except Exception:  # noqa: BLE001 - such as a number of more digits than Python writes
        return f"a {shown(type(value).__name__)} that cannot be shown"


def plain(value: Any, file: str, mistakes: list[str], path: Path = ()) -> Any:
    """A value as a file could hold it; None, and a sentence among ``mistakes``, for what no file could hold."""
    try:
        return _plain(value, file, mistakes, path)
    except _NotPlainError as error:
        told = str(error)
    except Exception as error:  # noqa: BLE001 - whatever an object does when it is looked at
        told = f"cannot be read ({type(error).__name__}); write a number, a text, true, false, a list or a group"
    if len(mistakes) < MOST_TOLD:
        mistakes.append(f"{file}: {shown(key_of(path)) or 'what is given'} {told}.")
    return None


def _plain(value: Any, file: str, mistakes: list[str], path: Path) -> Any:
    if value is None or isinstance(value, (bool, int, float, str, *numpys("bool_", "number"))):
        return _single(value)
    if len(path) > DEEPEST:
        raise _NotPlainError(f"is nested more than {DEEPEST} levels deep; no parameter stands so deep")
    if isinstance(value, os.PathLike):
        return _single(os.fspath(value))
    if isinstance(value, Mapping | Part):
        return _group(value if isinstance(value, Mapping) else value.model_dump(), file, mistakes, path)
    if isinstance(value, bytes | bytearray) or not (isinstance(value, Sequence) or hasattr(value, "tolist")):
        raise _no_value(value)
    return _list(value, file, mistakes, path)


def _no_value(value: Any) -> _NotPlainError:
    remedy = "write a number, a text, true, false, a list or a group"
    return _NotPlainError(f"is {as_given(value)}, but no file could hold that; {remedy}")


def _single(value: Any) -> Any:
    """A single value as Python's own; an enumeration's member as what it stands for."""
    if isinstance(value, (bool, *numpys("bool_"))):
        return bool(value)
    number: Any = value
    if isinstance(value, (int, *numpys("integer"))) and not isinstance(value, numpys("timedelta64")):
        if not -LONGEST_WHOLE < number < LONGEST_WHOLE:
            raise _NotPlainError("is a whole number of more than 40 digits; write a smaller one")
        return int(number)
    if isinstance(value, (float, *numpys("floating"))):
        return float(number)
    if not (value is None or isinstance(value, str)):
        raise _no_value(value)
    if value is None:
        return None
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _NotPlainError("holds half a letter (a lone surrogate); write it in plain letters") from None
    return str.__str__(value)


def _group(values: Mapping[Any, Any], file: str, mistakes: list[str], path: Path) -> dict[str, Any]:
    """A group whose keys are texts, or numbers of a list's items."""
    found = {}
    for key, inner in values.items():
        if isinstance(key, bool) or not isinstance(key, (str, int, *numpys("integer"))):
            raise _NotPlainError(f"has the key {as_given(key)}, but a key is a text; write its name")
        name = str(_single(key))
        found[name] = plain(inner, file, mistakes, (*path, name))
    return found


def _list(values: Any, file: str, mistakes: list[str], path: Path) -> Any:
    """A list as a tuple; an array without dimensions as the number in it."""
    if getattr(values, "ndim", 1) == 0:
        return _single(values[()])
    if len(values) > MOST_ITEMS:
        raise _NotPlainError(f"has {len(values):,} items, but at most {MOST_ITEMS:,} are read; write fewer")
    items: Any = values if isinstance(values, (Sequence, *numpys("ndarray"))) else values.tolist()
    return tuple(plain(each, file, mistakes, (*path, n)) for n, each in enumerate(items))
