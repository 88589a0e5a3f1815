"""A scenario from a YAML file: differences laid over what the file extends, and every mistake at once.

A scenario file may say ``extends: baseline.yaml`` and then states only what differs; groups are merged, lists replaced.
What neither it nor any file above it states has the default of the schema. A file may extend a file in its own
folder or a scenario that Siyu ships, and nothing else.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

from pydantic import ValidationError

from sim.assumptions import yaml_reader
from sim.assumptions.doubts import PriorGroup
from sim.assumptions.errors import Origin, ScenarioError, guess, shown, told
from sim.assumptions.errors import Path as Key
from sim.assumptions.excesses import excesses
from sim.assumptions.from_python import as_given
from sim.assumptions.layers import keep_known, know_what_is_stated, known_below, merge_doubts
from sim.assumptions.overrides import Changes, Draft, change, forget
from sim.assumptions.prior_mistakes import prior_mistakes
from sim.assumptions.scenario import Scenario

LARGEST = 1_000_000
"""Bytes that a scenario file may have."""

LONGEST_PATH = 4096
"""Characters of a file's name that are shown; a path must stay whole to be found."""

MOST_NAMED = 12
"""Scenarios named in a sentence; more would hide what it says."""
LONGEST_CHAIN = 10
"""Files that may extend one another."""


@dataclass(frozen=True)
class Traced:
    """A scenario and where each of its values was written; a value without an origin is a default."""

    scenario: Scenario
    origins: Mapping[Key, Origin]


def load(source: str | os.PathLike[str] | Scenario, changes: Changes = ()) -> Scenario:
    """The scenario in a file, or a shipped one by its name, with changes laid over it.

    Args:
        source: a path, the bare name of a shipped scenario such as ``baseline``, or a scenario to be changed.
        changes: ``["public.first_order_chance=0.02"]`` as on the command line, or a mapping of such keys (or of whole
            groups) to values. Items of lists are counted from 0: ``public.rivals.0.advertisers_count``.

    Raises:
        ScenarioError: with one sentence for every mistake in the file, in what it extends, and in the changes.
    """
    return traced(source, changes).scenario


Assumed: TypeAlias = Scenario | str | os.PathLike[str]
"""How a scenario may be given: itself, as a file, or by the name of a shipped one."""


def assumed(given: Assumed) -> Scenario:
    """The scenario that was given; raises ScenarioError with a sentence for anything else."""
    if isinstance(given, Scenario):
        return given
    if not isinstance(given, str | os.PathLike):
        kind = type(given).__name__
        raise ScenarioError([f"a {kind} is no scenario; give the name of one, a file, or what load gives"])
    return load(given)


def loads(text: str, name: str = "upload.yaml", changes: Changes = ()) -> Scenario:
    """The scenario in a text that has no folder: it may extend shipped scenarios only.

    Raises:
        ScenarioError: with one sentence for every mistake.
    """
    if not isinstance(text, str):
        raise ScenarioError([f"{name}: it is {as_given(text)}, but a scenario is a text; give the text itself"])
    if len(text.encode(errors="replace")) > LARGEST:
        raise ScenarioError([_too_large(name)])
    return _finished(_drafted(_Page(name, str.__str__(text), None)), changes).scenario


def laid_over(scenario: Scenario, text: str, name: str) -> Scenario:
    """A scenario with the groups of a text laid over its own.

    Raises:
        ScenarioError: with one sentence for every mistake in the text.
    """
    page = _read(_Page(name, text, None))
    draft = Draft(scenario.model_dump(), mistakes=[*page.mistakes])
    _lay_text_over(draft, page)
    return _finished(draft, ()).scenario


def text_in(name: str) -> str:
    """The text of a file; raises ScenarioError with a sentence where it cannot be read."""
    path = Path(name)
    if not is_file(path):
        raise ScenarioError([f"{shown(name, LONGEST_PATH)}: there is no such file; check its name"])
    return _page(path, shown(name, LONGEST_PATH)).text


def traced(source: str | os.PathLike[str] | Scenario, changes: Changes = ()) -> Traced:
    """As `load`, with the file and line of every value."""
    if isinstance(source, Scenario):
        values = source.model_dump()
        return _finished(Draft(values, dict.fromkeys(_paths(values, ()), Origin("given"))), changes)
    if not isinstance(source, str | os.PathLike) or not isinstance(os.fspath(source), str):
        what = "write the name of a file or of a shipped scenario, such as baseline, or give a Scenario"
        raise ScenarioError([f"scenario: {as_given(source)} is none; {what}"])
    return _finished(_drafted(_opened(os.fspath(source))), changes)


def shipped() -> dict[str, Path]:
    """The scenarios that come with Siyu, by name."""
    package = Path(__file__).parent.parent
    inside, beside = package / "_scenarios", package.parent / "scenarios"
    folder = inside if inside.is_dir() else beside
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


@dataclass(frozen=True)
class _Page:
    """One file of a chain: the name by which people know it, what stands in it, and its folder, if it has one."""

    shown: str
    text: str
    path: Path | None


def _opened(name: str) -> _Page:
    path, known = Path(name), shipped()
    if path.name == name and name in known:
        return _page(known[name], known[name].name)
    if is_file(path):
        return _page(path, shown(name, LONGEST_PATH))
    if path.name == name and path.stem in known and path.suffix == ".yaml":
        return _page(known[path.stem], name)
    near = guess(path.stem, known)
    hint = f"did you mean {near}?" if near else "`siyu scenarios` lists those that are shipped"
    raise ScenarioError([f"{shown(name)}: there is no such file; {hint}"])


def is_file(path: Path) -> bool:
    """Whether a file is there; a name that no file can have is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long or not to be looked at
        return False


def _page(path: Path, name: str) -> _Page:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise ScenarioError([f"{name}: it cannot be read ({error.strerror}); check that you may read it"]) from None
    except UnicodeDecodeError:
        raise ScenarioError([f"{name}: it is not UTF-8 text; save it as UTF-8 in your editor"]) from None
    if len(content) > LARGEST:
        raise ScenarioError([_too_large(name)])
    return _Page(name, text, path)


def _too_large(name: str) -> str:
    return f"{name}: it is larger than {LARGEST // 1_000_000} MB; a scenario needs only a few kilobytes"


def _drafted(page: _Page) -> Draft:
    """The defaults, and over them the whole chain of files from its far end to the given page."""
    chain, mistakes = _chain(page)
    draft = Draft(Scenario().model_dump(), mistakes=mistakes)
    for n, text in enumerate(reversed(chain)):
        _lay_text_over(draft, text, merges=n > 0)
    if ("name",) not in chain[0].origins:
        stem = re.sub(r"[^a-z0-9]+", "_", PurePosixPath(page.shown).stem.lower()).strip("_")
        draft.values["name"] = stem[:60] or "unnamed"
        draft.origins[("name",)] = Origin(page.shown)
    return draft


def _chain(page: _Page) -> tuple[list[yaml_reader.Text], list[str]]:
    """The given page and all that it extends, nearest first, and what is wrong with their YAML."""
    chain: list[yaml_reader.Text] = []
    seen: list[_Page] = []
    mistakes: list[str] = []
    following: _Page | None = page
    while following is not None:
        text = _read(following)
        chain.append(text)
        seen.append(following)
        try:
            following = _extended(text, seen)
        except ScenarioError as error:
            following = None
            text.mistakes.extend(error.mistakes)
        mistakes.extend(text.mistakes)
    return chain, mistakes


def _read(page: _Page) -> yaml_reader.Text:
    text = yaml_reader.read(page.text, page.shown)
    if not isinstance(text.values, dict):
        if not text.mistakes:
            text.mistakes.append(f"{page.shown}: it has no `key: value` lines; write at least `extends: baseline.yaml`")
        text.values = {}
    return text


def _extended(text: yaml_reader.Text, seen: Sequence[_Page]) -> _Page | None:
    """The page that a text extends, or None; takes the key `extends` out of the text."""
    if "extends" not in text.values:
        return None
    name, origin = text.values.pop("extends"), text.origins.pop(("extends",))
    if not isinstance(name, str) or not name:
        raise ScenarioError([f"{origin}: extends must name one file; write `extends: baseline.yaml`"])
    path, label = _beside(name, seen[-1], origin)
    if any(page.path and page.path.resolve() == path.resolve() for page in seen):
        raise ScenarioError([f"{origin}: extends goes round in a circle, back to {shown(name)}; take one out"])
    if len(seen) >= LONGEST_CHAIN:
        raise ScenarioError([f"{origin}: more than {LONGEST_CHAIN} files extend one another; join some of them"])
    return _page(path, label)


def _beside(name: str, page: _Page, origin: Origin) -> tuple[Path, str]:
    """The file that `extends` names, in the page's own folder or among the shipped ones, and how to call it."""
    folder = page.path.parent if page.path else None
    if folder and is_file(folder / name):
        if not (folder / name).resolve().is_relative_to(folder.resolve()):
            raise ScenarioError([f"{origin}: extends leads out of its folder to {shown(name)}; put it beside this one"])
        return folder / name, shown(str(PurePosixPath(page.shown).parent / name), LONGEST_PATH)
    known = shipped()
    if name.removesuffix(".yaml") in known:
        return known[name.removesuffix(".yaml")], f"{name.removesuffix('.yaml')}.yaml"
    siblings = [path.name for path in sorted(folder.glob("*.yaml"))] if folder else []
    near = guess(name, [*known, *siblings])
    some = ", ".join(["baseline", *siblings][:MOST_NAMED])
    hint = f"did you mean {near}?" if near else f"write one of those that `siyu scenarios` lists, such as {some}"
    raise ScenarioError([f"{origin}: extends is {shown(name)}, but there is no such scenario here; {hint}"])


def _lay_text_over(draft: Draft, text: yaml_reader.Text, *, merges: bool = True) -> None:
    """Lay one file over what is below it; what it states without a range is known from then on."""
    before, own = known_below(draft), deepcopy(text.values)
    if merges:
        merge_doubts(draft, text.values)
    _lay_over(draft.values, draft.origins, text.values, ())
    draft.origins.update(text.origins)
    keep_known(draft, before)
    know_what_is_stated(draft, text.origins, own)


def _lay_over(below: dict[str, Any], origins: dict[Key, Origin], above: Mapping[str, Any], path: Key) -> None:
    """Merge groups, replace everything else; what is replaced loses its origins."""
    for key, value in above.items():
        here, old = (*path, key), below.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            _lay_over(old, origins, value, here)
            continue
        if isinstance(old, (dict, tuple)):
            forget(origins, here)
        below[key] = value


def _paths(values: Any, path: Key) -> Iterator[Key]:
    if not isinstance(values, dict):
        yield path
        return
    for key, value in values.items():
        yield from _paths(value, (*path, key))


def _finished(draft: Draft, changes: Changes) -> Traced:
    if not isinstance(changes, tuple | list | dict) or changes:  # an array is neither true nor false
        before = known_below(draft)
        changed, by_hand = change(draft, changes), not isinstance(changes, Mapping)
        own = {"prior": draft.values["prior"]} if any(path[0] == "prior" for path in changed) else {}
        keep_known(draft, before)
        know_what_is_stated(draft, changed, own, by_hand=by_hand)
    try:
        scenario = Scenario.model_validate(draft.values)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        draft.mistakes.extend(told(errors, draft.origins))
    if draft.mistakes:
        raise ScenarioError(draft.mistakes)
    if excessive := excesses(scenario, draft.origins):  # any world drawn from it would be too
        raise ScenarioError(excessive)
    if _says_doubt(scenario) and (doubts := prior_mistakes(scenario, draft.origins, _attempt)):
        raise ScenarioError(doubts)
    return Traced(scenario, draft.origins)


def _says_doubt(scenario: Scenario) -> bool:
    return bool(scenario.evidence) or scenario.prior != PriorGroup()


def _attempt(scenario: Scenario, changes: Sequence[str]) -> None:
    """Lay changes over a scenario that says nothing about its own doubt."""
    load(scenario.model_copy(update={"prior": PriorGroup(), "evidence": ()}), changes)
