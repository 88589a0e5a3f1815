"""Reading a design: a page of YAML, or a mapping, with a sentence and a line for everything that is wrong."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sim.assumptions import yaml_reader
from sim.assumptions.errors import MOST_TOLD, Origin, ScenarioError, guess, key_of, origin_of, shown
from sim.assumptions.errors import Path as Key
from sim.assumptions.from_python import as_given, plain

LARGEST = 1_000_000
"""Bytes that a design may have."""

LARGEST_END = 1e300
"""No parameter is larger than the end of a range may be."""


@dataclass
class Reading:
    """A design while it is read: what stands where, and what is wrong so far."""

    file: str
    text: str
    values: dict[str, Any]
    origins: dict[Key, Origin]
    mistakes: list[str]

    def place(self, *path: str | int) -> Origin:
        """Where something was written, or else what holds it."""
        found = origin_of(path, self.origins) if self.origins else Origin(self.file)
        return found if found.file != "default" else Origin(self.file)

    def mistake(self, path: Key, sentence: str) -> None:
        """Note what is wrong, with its place."""
        self.mistakes.append(f"{self.place(*path)}: {sentence}.")

    def unknown(self, path: Key, what: str, word: str, known: Iterable[str]) -> None:
        """Note a word that is none of those known, with the nearest one."""
        near = guess(word, known := list(known))
        self.mistake(path, f"{what}; {f'did you mean {near}?' if near else 'there are ' + ', '.join(known)}")
        self.mistakes[-1] = self.mistakes[-1].replace("?.", "?")

    def only(self, known: Sequence[str], path: Key) -> None:
        """Note every key of a group that has no meaning there."""
        for key in self.group(*path):
            if len(self.mistakes) >= MOST_TOLD:
                return
            if key not in known:
                self.unknown((*path, key), f"there is no {shown(key_of((*path, key)))} in a design", key, known)

    def group(self, *path: str | int) -> dict[str, Any]:
        """The group at a path; empty if there is none, or if what stands there is no group."""
        found: Any = self.values
        for step in path:
            found = found.get(step) if isinstance(found, dict) else None
        if found is not None and not isinstance(found, dict):
            self.mistake(path, f"{key_of(path)} must be a group of `key: value` lines; write them below it, indented")
        return found if isinstance(found, dict) else {}

    def word(self, key: str, otherwise: str) -> str:
        """A text."""
        given = self.values.get(key, otherwise)
        if isinstance(given, str):
            return given
        self.mistake((key,), f"{key} must be a text; put it in quotation marks")
        return otherwise

    def name(self, key: str) -> str:
        """A name fit for a folder: small letters, digits and underscores; the file's own if not given."""
        plain = re.sub(r"[^a-z0-9]+", "_", Path(self.file).stem.lower()).strip("_")[:60] or "batch"
        given = self.word(key, plain)
        if not re.fullmatch(r"[a-z0-9_]{1,60}", given):
            self.mistake((key,), f"{key} may have up to 60 small letters, digits and underscores; write {plain}")
        return given

    def switch(self, key: str) -> bool:
        """True or false; false if not given."""
        given = self.values.get(key, False)
        if not isinstance(given, bool):
            self.mistake((key,), f"{key} is either true or false; write `{key}: true`")
        return given is True

    def range_of(self, given: Any, *, whole: bool = False) -> tuple[float, float] | None:
        """The ends of LOW..HIGH, or None for anything else."""
        low, dots, high = given.partition("..") if isinstance(given, str) else ("", "", "")
        ends = [yaml_reader.scalar(end.strip()) for end in (low, high)]
        fit = all(isinstance(end, (int, float)) and not isinstance(end, bool) for end in ends)
        if not dots or not fit or not all(map(_bounded, ends)):
            return None
        if whole and not all(isinstance(end, int) for end in ends):
            return None
        return ends[0], ends[1]


def _bounded(end: float) -> bool:
    """Whether a number can end a range between whose ends values are drawn: finite, and so is the range."""
    return -LARGEST_END <= end <= LARGEST_END


def opened(source: str | os.PathLike[str] | Mapping[str, Any]) -> tuple[Reading, Path]:
    """A design as values and places, and the folder beside which its scenarios stand; raises ScenarioError."""
    if isinstance(source, Mapping):
        mistakes: list[str] = []
        values = plain(source, "design", mistakes)
        if mistakes:
            raise ScenarioError(mistakes)
        text = yaml.safe_dump(_for_yaml(values), sort_keys=False, allow_unicode=True)
        return Reading("design", text, values, {}, []), Path()
    if not isinstance(source, str | os.PathLike) or not isinstance(os.fspath(source), str):
        raise ScenarioError([f"design: {as_given(source)} is none; name a design's YAML file, or give a mapping"])
    path = Path(source)
    page = yaml_reader.read(_text_of(path), shown(str(path), 4096))
    if not isinstance(page.values, dict) and not page.mistakes:
        page.mistakes.append(f"{page.file}: it has no `key: value` lines; write at least `scenarios: [baseline]`")
    if page.mistakes:
        raise ScenarioError(page.mistakes)
    return Reading(page.file, _text_of(path), page.values, page.origins, []), path.parent


def _text_of(path: Path) -> str:
    name = shown(str(path), 4096)
    try:
        if not path.is_dir() and path.exists() and not path.is_file():
            raise ScenarioError([f"{name}: it is a device or a pipe, not a file; name a design's YAML file"])
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise ScenarioError([f"{name}: it cannot be read ({error.strerror}); name a design's YAML file"]) from None
    except UnicodeDecodeError:
        raise ScenarioError([f"{name}: it is not UTF-8 text; save it as UTF-8 in your editor"]) from None
    except ValueError as error:
        if isinstance(error, ScenarioError):
            raise
        raise ScenarioError([f"{name}: no file can have this name; name a design's YAML file"]) from None
    if len(content) > LARGEST:
        raise ScenarioError([f"{name}: it is larger than 1 MB; use a grid or a Latin hypercube for so many points"])
    return text


def _for_yaml(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _for_yaml(inner) for key, inner in value.items()}
    return [_for_yaml(inner) for inner in value] if isinstance(value, tuple) else value
