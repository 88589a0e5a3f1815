"""Write the tables of docs/explanation/calibration.md anew from the schema: ``python docs/write_tables.py``."""

from __future__ import annotations

import re
from pathlib import Path

from sim.assumptions.errors import every_key, key_of, parameter
from sim.assumptions.scenario import Part, unit_of
from sim.assumptions.writing import written

PAGE = Path(__file__).parent / "explanation" / "calibration.md"
BEGIN, END = "<!-- tables: written by docs/write_tables.py -->", "<!-- tables end -->"
CLASSES = {
    "calibrated": "Calibrated: fitted to a pattern",
    "published": "Published",
    "source": "From the source articles",
    "assumption": "Assumed",
}
"""How a parameter's source begins, and the heading of its table."""

LISTS = (
    "market.starting_customers", "public.rivals", "public.festivals", "platform.events", "pool.channels",
    "door.entrances", "expect",
    "evidence",
)
"""Groups of items: the list has a source, its columns are each scenario's."""


def sources() -> dict[str, str]:
    """The source of every parameter but switches and the columns of lists, by key."""
    found = {}
    for path in every_key():
        field, key = parameter(path), key_of(path)
        notes = field.json_schema_extra if field else None
        inside = key.startswith(("switches.", "prior.", "expect", "evidence", *(f"{name}." for name in LISTS)))
        if isinstance(notes, dict) and "source" in notes and not inside:
            found[key] = str(notes["source"])
    return found


def class_of(source: str) -> str:
    """Which of the classes a source belongs to; raises KeyError for a source that says none."""
    for name in CLASSES:
        if source.startswith(name):
            return name
    raise KeyError(source)


def tables() -> str:
    """One table for each class of source."""
    lines = []
    for name, heading in CLASSES.items():
        chosen = {key: source for key, source in sources().items() if class_of(source) == name}
        lines += ["", f"### {heading} ({len(chosen)})", ""]
        lines += ["| parameter | default | unit | source |", "| --- | --- | --- | --- |"]
        lines += [_row(key, source) for key, source in chosen.items()]
    return "\n".join([*lines, ""])


def _row(key: str, source: str) -> str:
    said = re.sub(r"^(calibrated to|published|assumption): ", "", source)
    return f"| `{key}` | {_default(key)} | {unit_of(key.rsplit('.', 1)[1])} | {said} |"


def _default(key: str) -> str:
    field = parameter(tuple(key.split(".")))
    value = field.default if field else None
    if isinstance(value, tuple) and value and isinstance(value[0], Part):
        return f"{len(value)} classes"
    if isinstance(value, tuple) and len(set(value)) == 1 and len(value) > 1:
        return f"{len(value)} × {written(value[0])}"
    return written(value)


def page() -> str:
    """The whole page with its tables as they ought to be."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    return before + BEGIN + "\n" + tables() + "\n" + END + rest.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
