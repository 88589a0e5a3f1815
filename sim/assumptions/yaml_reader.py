"""Plain YAML read as plain values, each with the line on which it stands; whatever a scenario never needs is refused.

Numbers may be written as ``400000``, ``400_000``, ``0.03`` or ``1e-3``; only ``true`` and ``false`` are switches
(``yes``, ``no``, ``on`` and ``off`` are words). Tags, anchors, aliases, repeated keys and deep nesting are mistakes:
a few lines of YAML could otherwise run code or fill a computer's memory.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from sim.assumptions.errors import Origin, shown

DEEPEST = 12
"""Levels of nesting that are read; a scenario has five."""

WHOLE = re.compile(r"[-+]?[0-9]+(_[0-9]+)*")
DECIMAL = re.compile(r"[-+]?([0-9]+(_[0-9]+)*\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
OWN_LIMIT = re.compile(r"nest(ed|ing)|\\bdepth|too deep|recursion", re.IGNORECASE)
"""What PyYAML says, in versions that have one, where its own limit of nesting comes before ours."""

NAMED = {"true": True, "false": False, "null": None, "~": None, "": None}
BOUNDLESS = re.compile(r"([-+]?)\.(inf|Inf|INF)")
NOT_A_NUMBER = (".nan", ".NaN", ".NAN")

Path = tuple[str | int, ...]


@dataclass
class Text:
    """One text as read: its values, where each stands, and what is wrong with it."""

    file: str
    values: Any = None
    origins: dict[Path, Origin] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)


class _RefusalError(Exception):
    """Reading cannot go on after this sentence."""


def scalar(text: str) -> Any:
    """What a plain, unquoted word means: a number, true, false, nothing, or a text."""
    if text in NAMED:
        return NAMED[text]
    if WHOLE.fullmatch(text) and len(text) <= 40:
        return int(text.replace("_", ""))
    if DECIMAL.fullmatch(text):
        return _whole_if_possible(float(text.replace("_", "")))
    if boundless := BOUNDLESS.fullmatch(text):
        return float(boundless[1] + "inf")
    return math.nan if text in NOT_A_NUMBER else text


def _whole_if_possible(number: float) -> int | float:
    # 1e3 may stand for days or people; a float parameter takes a whole number just as well.
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def read(text: str, file: str) -> Text:
    """Read one YAML document; never raises for what stands in it: look into ``mistakes``."""
    result = Text(file)
    try:
        _Reader(result, text).read_document()
    except _RefusalError as refusal:
        result.mistakes.append(str(refusal))
    except UnicodeEncodeError:
        result.mistakes.append(f"{file}: it holds half a letter (a lone surrogate); save it as UTF-8 in your editor")
    except (yaml.YAMLError, RecursionError) as error:
        result.mistakes.append(_syntax_mistake(error, file))
    return result


def read_value(text: str, origin: Origin) -> tuple[Any, list[str]]:
    """Read a value given on the command line: a plain word or number, or a list in brackets."""
    if not text.lstrip().startswith(("[", "{", '"', "'")):
        return scalar(text.strip()), []
    inner = read(text, origin.file)
    sentence = f"{origin.file}: {shown(text)} cannot be read as a value; check its brackets and quotation marks"
    return inner.values, [sentence] if inner.mistakes else []


def _syntax_mistake(error: Exception, file: str) -> str:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = f"{file}, line {mark.line + 1}" if mark else file
    if isinstance(error, RecursionError) or OWN_LIMIT.search(str(error)):  # a reader whose own limit comes first
        place = place if mark else f"{file}, line 1"
        return f"{place}: nested more than {DEEPEST} levels deep; no parameter stands so deep"
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it is not YAML"
    advice = "write `key: value` with spaces, not tabs, and indent what belongs together equally"
    return f"{place}: this cannot be read ({shown(str(problem))}); {advice}"


class _Reader:
    """Builds values from a stream of YAML events, which never expands anything behind our back."""

    def __init__(self, result: Text, text: str) -> None:
        self.result = result
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))

    def read_document(self) -> None:
        """Read the only document of the stream; an empty stream gives None."""
        next(self.events)
        event = next(self.events)
        if isinstance(event, yaml.DocumentStartEvent):
            self.result.values = self._value(next(self.events), ())
            next(self.events)
            event = next(self.events)
        if isinstance(event, yaml.DocumentStartEvent):
            raise self._refusal(event, "a second document starts here", "remove the line `---` or what follows it")

    def _place(self, event: Any) -> str:
        return f"{self.result.file}, line {event.start_mark.line + 1}"

    def _refusal(self, event: Any, what: str, remedy: str) -> _RefusalError:
        return _RefusalError(f"{self._place(event)}: {what}; {remedy}")

    def _value(self, event: Any, path: Path) -> Any:
        if len(path) > DEEPEST:
            raise self._refusal(event, f"nested more than {DEEPEST} levels deep", "no parameter stands so deep")
        if isinstance(event, yaml.AliasEvent):
            raise self._refusal(event, f"*{shown(str(event.anchor))} is not read", "write the value out")
        for mark, sign in ((event.anchor, "&"), (event.tag, "")):
            if mark is not None:
                refusal = self._refusal(event, f"{shown(sign + mark)} is not read", "write the plain value alone")
                self.result.mistakes.append(str(refusal))
        self.result.origins[path] = Origin(self.result.file, event.start_mark.line + 1, getattr(event, "value", ""))
        return self._content(event, path)

    def _content(self, event: Any, path: Path) -> Any:
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return scalar(event.value) if event.implicit[0] else event.value

    def _sequence(self, path: Path) -> tuple[Any, ...]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return tuple(items)

    def _mapping(self, path: Path) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key, line = self._key(event, path), event.start_mark.line + 1
            repeated = key in entries
            # What a repeated key holds is read all the same, so that its own mistakes are found, and then forgotten.
            value = self._value(next(self.events), (*path, key, *(("(again)",) if repeated else ())))
            if repeated:
                full = ".".join(map(str, (*path, key)))
                what = f"{shown(full)} is given a second time (first in line {lines[key]})"
                self.result.mistakes.append(f"{self._place(event)}: {what}; keep one of the two")
                continue
            entries[key], lines[key] = value, line
            origin = self.result.origins[*path, key]
            self.result.origins[*path, key] = Origin(origin.file, line, origin.text)
        return entries

    def _key(self, event: Any, path: Path) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refusal(event, "a list or group cannot be a key", "write `key: value`")
        self._value(event, (*path, "(key)"))
        del self.result.origins[*path, "(key)"]
        return event.value
