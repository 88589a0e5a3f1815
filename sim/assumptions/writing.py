"""A scenario as a complete YAML file, plain or with the meaning and source of every number beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import Any

from pydantic.fields import FieldInfo

from sim.assumptions.errors import number
from sim.assumptions.scenario import Part, Scenario, unit_of

PLAIN = re.compile(r"[a-z][a-z_]*")
RESERVED = frozenset({"true", "false", "null"})
WIDTH = 110

OPENING = """\
# The baseline: every assumption of Siyu, with its unit, its meaning and where its value comes from.
#
# This file is complete. Another scenario says `extends: baseline.yaml` and states only what differs.
# It is written from sim/assumptions/scenario.py by `make baseline`; change numbers there, or in a scenario of your own.
"""


def to_yaml(scenario: Scenario, *, commented: bool = False) -> str:
    """A complete file that loads back as an equal scenario; with comments on every parameter if asked for."""
    lines: list[str] = []
    for name in type(scenario).model_fields:
        value = getattr(scenario, name)
        if isinstance(value, tuple) and value:
            notes = _notes(name, type(scenario).model_fields[name], "") if commented else ()
            lines += ["", *notes, f"{name}:", *(line for item in value for line in _item(item))]
            continue
        if not isinstance(value, Part):
            lines.append(f"{name}: {written(value)}")
            continue
        lines += ["", *(_comment(type(value).__doc__ or "", "") if commented else []), f"{name}:"]
        lines += _parameters(value, commented=commented)
    return "\n".join(lines) + "\n"


def baseline_yaml() -> str:
    """The text of scenarios/baseline.yaml: all defaults, commented."""
    return OPENING + "\n" + to_yaml(Scenario(name="baseline"), commented=True)


def write_baseline(path: str | Path = "scenarios/baseline.yaml") -> None:
    """Write scenarios/baseline.yaml anew after a default has changed."""
    Path(path).write_text(baseline_yaml(), encoding="utf-8")


def written(value: Any) -> str:
    """One value as YAML on one line, which reads back as the same value."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, str):
        return value if PLAIN.fullmatch(value) and value not in RESERVED else _quoted(value)
    if isinstance(value, Part):
        return "{" + ", ".join(f"{name}: {written(inner)}" for name, inner in value) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(written(item) for item in value) + "]"
    return repr(value)


def _quoted(text: str) -> str:
    safe = (letter if letter.isprintable() and letter not in '"\\' else f"\\U{ord(letter):08x}" for letter in text)
    return '"' + "".join(safe) + '"'


def _parameters(group: Part, *, commented: bool) -> Iterator[str]:
    for name, value in group:
        if commented:
            yield ""
            yield from _notes(name, type(group).model_fields[name])
        if isinstance(value, tuple) and value and isinstance(value[0], Part):
            yield f"  {name}:"
            yield from (line for item in value for line in _item(item))
        else:
            yield f"  {name}: {written(value)}"


def _item(item: Part) -> Iterator[str]:
    for i, (name, value) in enumerate(item):
        yield f"    {'- ' if i == 0 else '  '}{name}: {written(value)}"


def _notes(name: str, field: FieldInfo, indent: str = "  ") -> Iterator[str]:
    """Meaning in both languages, then unit, range and source, as comments."""
    notes = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    yield from _comment(f"{field.description} · {notes.get('meaning_zh', '')}", indent)
    facts = [f"unit: {unit_of(name)}"] if unit_of(name) else []
    plausible = notes.get("plausible")
    if isinstance(plausible, list):
        facts.append("plausible: " + " to ".join(number(float(str(end))) for end in plausible))
    yield from _comment("; ".join([*facts, str(notes.get("source", ""))]), indent)


def _comment(text: str, indent: str) -> list[str]:
    return wrap(" ".join(text.split()), WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ",
                break_long_words=False)
