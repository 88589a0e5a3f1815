"""A prior from a file of its own: a ``prior:`` group in YAML, or draws in CSV with the keys in its first line."""

from __future__ import annotations

import csv
import json
import os
import re
from pathlib import Path

from sim.assumptions.errors import ScenarioError, shown
from sim.assumptions.loading import laid_over, text_in
from sim.assumptions.scenario import Scenario

NUMBER = re.compile(r"[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?")


def with_prior(scenario: Scenario, prior: str | os.PathLike[str]) -> Scenario:
    """The scenario with the file's prior laid over its own: what the file says of a number replaces what stood there.

    Raises:
        ScenarioError: with a sentence for each mistake in the file.
    """
    name = os.fspath(prior)
    text = text_in(name)
    if Path(name).suffix.lower() == ".csv":
        return laid_over(scenario, _table(text, name), name)
    return laid_over(scenario, text, name)


def _table(text: str, name: str) -> str:
    """A table of draws as the prior group that says the same, each row on the line on which it stands in the file."""
    lines = list(csv.reader(text.splitlines()))
    if len([row for row in lines if row]) < 2 or not lines[0]:
        remedy = "write the keys in the first line and a draw in each that follows"
        raise ScenarioError([f"{shown(name)}: it holds no draws; {remedy}"])
    keys, *rows = lines
    opening = f"prior: {{tables: [{{name: draws, source: table of draws, keys: {_listed(keys)}, rows: ["
    return "\n".join([opening, *(f" {_listed(row)}," if row else "" for row in rows)]) + "]}]}\n"


def _listed(cells: list[str]) -> str:
    """Cells as a list in YAML: numbers as they stand, and whatever else in quotation marks."""
    return "[" + ", ".join(cell if NUMBER.fullmatch(cell) else json.dumps(cell) for cell in map(str.strip, cells)) + "]"
