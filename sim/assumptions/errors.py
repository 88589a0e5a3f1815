"""Mistakes in a scenario as sentences: where, which parameter, what it was, what is allowed, and what to do.

A sentence never needs a second look: ``my.yaml, line 12: public.first_order_chance is 3, but a chance lies between 0
and 1; write 0.03 for 3 %.``
"""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from sim.assumptions.scenario import Part, Scenario, unit_of

MOST_TOLD = 50
"""Mistakes that are told at once; nobody reads more."""

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Origin:
    """Where a value was written: a file and line, or ``--set`` without a line; and its text as written."""

    file: str
    line: int | None = None
    text: str = ""

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}" if self.line else self.file


class ScenarioError(ValueError):
    """A scenario cannot be used; ``mistakes`` holds every reason as one sentence."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        self.mistakes: list[str] = [text if text.endswith(("?", ".")) else f"{text}." for text in mistakes]
        super().__init__(self.mistakes)

    def __str__(self) -> str:
        return "\n".join(self.mistakes)


def shown(text: str, most: int = 60) -> str:
    """A text as it may safely appear in a sentence: not too long, and with nothing that steers a terminal."""
    short = text if len(text) <= most else text[: most - 3] + "..."
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in short)


def key_of(path: Iterable[str | int]) -> str:
    """A parameter's full key, such as ``public.rivals.0.name``."""
    return ".".join(map(str, path))


def number(value: float) -> str:
    """A number as it may be written in a scenario: ``200_000``, ``0.03``."""
    return f"{int(value):_}" if float(value).is_integer() else repr(value)


def guess(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known word that a misspelt one most resembles, if any does."""
    return next(iter(difflib.get_close_matches(word[:80].lower(), list(known), 1, cutoff)), None)


def told(errors: Iterable[Mapping[str, Any]], origins: Mapping[Path, Origin]) -> list[str]:
    """Sentences for what the scenario's model refused, by file and line; those after the fiftieth are counted."""
    inside = _first_inside(origins)
    placed = [(_placed(error["loc"], origins, inside), error) for error in errors if not _merely_spoilt(error)]
    placed.sort(key=lambda pair: (pair[0].file, pair[0].line or 0))
    sentences = [f"{origin}: {_sentence(error, origin)}" for origin, error in placed[:MOST_TOLD]]
    more = len(placed) - MOST_TOLD
    return [*sentences, f"{placed[-1][0].file}: there are {more} more mistakes"] if more > 0 else sentences


def origin_of(path: Path, origins: Mapping[Path, Origin]) -> Origin:
    """Where a value was written, or else something in it, or else what holds it; ``default`` if nowhere."""
    return _placed(path, origins, {} if path in origins else _first_inside(origins))


def _first_inside(origins: Mapping[Path, Origin]) -> dict[Path, Origin]:
    """For every group, the first origin in it: found once, for a file may hold thousands of mistakes."""
    found: dict[Path, Origin] = {}
    for key, origin in origins.items():
        for length in range(1, len(key)):
            found.setdefault(key[:length], origin)
    return found


def _placed(path: Path, origins: Mapping[Path, Origin], inside: Mapping[Path, Origin]) -> Origin:
    around = (origins[path[:length]] for length in range(len(path) - 1, 0, -1) if path[:length] in origins)
    return origins.get(path) or inside.get(path) or next(around, Origin("default"))


def _merely_spoilt(error: Mapping[str, Any]) -> bool:
    # A list with wrong items counts as too short, although it is long enough; its items have their own sentences.
    return error["type"] == "too_short" and len(error["input"]) >= int(error["ctx"]["min_length"])


def group_of(field: FieldInfo) -> type[Part] | None:
    """The group of parameters that a field holds, itself or as the items of a list."""
    kinds = (field.annotation, *get_args(field.annotation))
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Part)), None)


def parameter(path: Path) -> FieldInfo | None:
    """The field that a key names, or None; the numbers of list items are skipped."""
    group: type[Part] | None = Scenario
    field = None
    for step in path:
        if isinstance(step, int):
            continue
        if group is None or step not in group.model_fields:
            return None
        field = group.model_fields[step]
        group = group_of(field)
    return field


def path_of(key: str) -> Path:
    """The steps of a full key; the items of lists are numbered from 0."""
    return tuple(int(step) if step.isdigit() else step for step in key.split("."))


def limits_of(key: str) -> tuple[float, float]:
    """The least and the most that a number may be; infinite where there is no limit."""
    rules = getattr(parameter(path_of(key)), "metadata", ())
    given = {name: float(getattr(rule, name)) for rule in rules for name in ("ge", "gt", "le") if hasattr(rule, name)}
    above = math.nextafter(given["gt"], math.inf) if "gt" in given else -math.inf
    return given.get("ge", above), given.get("le", math.inf)


def every_key(group: type[Part] = Scenario, before: Path = ()) -> Iterator[Path]:
    """The full path of every parameter, without the numbers of list items."""
    for name, field in group.model_fields.items():
        yield (*before, name)
        inner = group_of(field)
        if inner is not None:
            yield from every_key(inner, (*before, name))


def _sentence(error: Mapping[str, Any], origin: Origin) -> str:
    path: Path = error["loc"]
    field = parameter(path)
    if error["type"] == "extra_forbidden" or field is None:
        return _unknown(path)
    if error["type"] == "missing":
        return f"{key_of(path[:-1])} has no {path[-1]}; add `{path[-1]}:` and {_example(field)}"
    if error["type"] in {"too_short", "too_long"}:
        return f"{key_of(path)} has {len(error['input'])} items, but {_length(field)}; add or remove some"
    return f"{key_of(path)} is {_as_written(error['input'], origin)}, but {_allowed(path, field, error['input'])}"


def _unknown(path: Path) -> str:
    if not path:  # pydantic names no key that is no text
        return "what is given holds half a letter (a lone surrogate); write it in plain letters"
    *before, last = path
    field = parameter(tuple(before)) if before else None
    group = Scenario if not before else group_of(field) if field else None
    name = shown(key_of(path)) or '""'
    near = guess(str(last), group.model_fields) if group else None
    elsewhere = {str(key[-1]): key for key in every_key()}
    very_near = guess(str(last), group.model_fields, 0.8) if group else None
    if near and (very_near or str(last) not in elsewhere):
        return f"there is no {name}; did you mean {key_of((*before, near))}?"
    far = guess(str(last), elsewhere, 0.85)
    remedy = f"did you mean {key_of(elsewhere[far])}?" if far else "`siyu explain baseline` lists all that there are"
    return f"there is no {name}; {remedy}"


def _as_written(value: Any, origin: Origin) -> str:
    if value is None:
        return "empty"
    if isinstance(value, (dict, Part)):
        return "a group"
    if isinstance(value, (tuple, list)):
        return "a list"
    if isinstance(value, str):
        return json.dumps(shown(value), ensure_ascii=False)
    return shown(origin.text or str(value))


def _allowed(path: Path, field: FieldInfo, value: Any) -> str:
    """What is allowed and what to do, as the second half of a sentence."""
    kind = _kind(path, field)
    if isinstance(kind, type) and issubclass(kind, Part):
        return "it is a group of parameters; write them below it, indented, or remove the line"
    if kind is bool:
        return f"a switch is either true or false; write {'false' if value in ('no', 'off', 0) else 'true'}"
    if get_origin(kind) is Literal:
        near = guess(str(value), get_args(kind))
        return f"it must be one of {', '.join(get_args(kind))}; {f'did you mean {near}?' if near else 'choose one'}"
    if kind is str:
        return _allowed_text(field, value)
    if kind is tuple:
        return "it is a list; write its items in brackets, such as [1, 2], or below each other after dashes"
    return _allowed_number(path, field, value, whole=kind is int)


def _kind(path: Path, field: FieldInfo) -> Any:
    annotation = field.annotation
    if get_origin(annotation) is tuple:
        return get_args(annotation)[0] if isinstance(path[-1], int) else tuple
    plain = [kind for kind in get_args(annotation) if kind is not type(None)]
    return annotation if get_origin(annotation) is Literal or not plain else plain[0]


def _allowed_text(field: FieldInfo, value: Any) -> str:
    if not isinstance(value, str):
        return 'it must be a text; put it in "quotation marks"'
    if any(getattr(rule, "pattern", None) for rule in field.metadata):
        return "it may hold only small letters, digits and _, and at most 60 of them; write one such as my_case"
    return f"it {_length(field, 'characters')}; write a text of that length"


def _allowed_number(path: Path, field: FieldInfo, value: Any, *, whole: bool) -> str:
    least, above, most = (_limit(field, name) for name in ("ge", "gt", "le"))
    unit = next((unit_of(str(step)) for step in reversed(path) if isinstance(step, str)), "")
    share = (least, most) == (0, 1) and unit.startswith(("share", "chance"))
    if share:
        return f"a {unit.split(' (')[0]} lies between 0 and 1; {_number_remedy(value, 0, 1, field, percent=True)}"
    start = f"from {number(least)}" if least is not None else f"above {number(above)}" if above is not None else ""
    end = "" if most is None else f"to {number(most)}" if least is not None else f"and at most {number(most)}"
    limits = " ".join(word for word in ("a whole number" if whole else "a number", start, end) if word)
    nothing = "null or " if type(None) in get_args(field.annotation) else ""
    measured = f" ({unit.replace(' (', '; ').removesuffix(')')})" if unit else ""
    if whole and isinstance(value, float) and math.isfinite(value):
        return f"it must be {limits}{measured}; write {number(round(value))}"
    return f"it must be {nothing}{limits}{measured}; {_number_remedy(value, least, most, field)}"


def _number_remedy(value: Any, least: Any, most: Any, field: FieldInfo, *, percent: bool = False) -> str:
    hundredths = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?[%％]", str(value))
    if percent and isinstance(value, (int, float)) and not isinstance(value, bool) and 1 < value <= 100:
        return f"write {value / 100:.6g} for {value:.6g} %"
    if hundredths:
        return f"write {float(hundredths[1]) / 100:.6g} for {float(hundredths[1]):.6g} %"
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+", value):
        return f"write {value.replace(',', '_')}"
    if isinstance(value, (int, float)) and least is not None and value < least:
        return f"write {number(least)} or more"
    if isinstance(value, (int, float)) and most is not None and value > most:
        return f"write {number(most)} or less"
    return _example(field)


def _limit(field: FieldInfo, name: str) -> Any:
    return next((getattr(rule, name) for rule in field.metadata if getattr(rule, name, None) is not None), None)


def _length(field: FieldInfo, of: str = "items") -> str:
    least, most = _limit(field, "min_length") or 0, _limit(field, "max_length")
    if least == most:
        return f"must have exactly {least} {of}"
    return f"may have from {least} to {number(most)} {of}" if most else f"must have at least {least} {of}"


def _example(field: FieldInfo) -> str:
    default = field.default
    if isinstance(default, (int, float)) and not isinstance(default, bool):
        return f"write a number such as {number(default)}"
    return "give it a name" if field.annotation is str else "write a number"
