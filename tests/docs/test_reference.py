"""The reference is what the code says: its pages are those that the script writes."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

import sim
from sim.assumptions.errors import every_key, group_of, key_of, parameter
from sim.assumptions.loading import shipped
from sim.cli import siyu
from sim.results.metrics import METRICS

DOCS = Path(__file__).parents[2] / "docs"


def _script(name="write_reference"):
    sys.path.append(str(DOCS))
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = _script()


@pytest.mark.parametrize("name", REFERENCE.PAGES)
def test_a_page_of_the_reference_is_what_the_script_writes(name):
    committed = (DOCS / "reference" / name).read_text(encoding="utf-8")
    assert committed == REFERENCE.PAGES[name]().rstrip("\n") + "\n", "run `python docs/write_reference.py` and commit"


def test_the_reference_has_no_page_that_the_script_does_not_write():
    assert {page.name for page in (DOCS / "reference").glob("*.md")} == {name for name in REFERENCE.PAGES if "/" not in name}


def test_the_reference_leaves_nothing_out():
    values = [key_of(path) for path in every_key() if group_of(parameter(path)) is None]
    wanted = {"parameters.md": values, "metrics.md": METRICS, "scenarios.md": shipped(),
              "commands.md": [f"## siyu {name}" for name in siyu.commands],
              "python.md": [f"sim.{name}" for name in sim.__all__ if not name.startswith("__")]}
    written = {page: write() for page, write in REFERENCE.PAGES.items()}
    missing = {page: [name for name in names if name not in written[page]] for page, names in wanted.items()}
    assert not any(missing.values()), missing


def test_a_first_sentence_ends_where_it_ends():
    assert REFERENCE.sentence("It has 0.5 yuan, i.e. little. And more.\n\nMore still.") == "It has 0.5 yuan, i.e. little."
    assert REFERENCE.sentence(None) == ""


def test_a_bar_in_a_cell_does_not_end_it():
    assert REFERENCE.table("| a | b |", [("x|y", "z\nz")]).splitlines()[1:] == ["| --- | --- |", "| x\\|y | z z |"]


PRINTED = "| what | measured | ratio |\n| --- | --- | --- |\n| luck alone, one thread | 90 M people-days/s | 1.00 |\n"


def test_what_the_benchmark_printed_is_kept_with_its_machine():
    keep = _script("write_performance").kept
    assert keep("two  cores", f"make: something\n{PRINTED}").splitlines() == ["two cores", *PRINTED.splitlines()]
    for machine, text in (("", PRINTED), ("two cores", "nothing\n")):
        with pytest.raises(ValueError, match="give the machine"):
            keep(machine, text)


def test_the_page_of_performance_has_every_row_of_the_benchmark_and_the_machine():
    page = REFERENCE.performance_of(f"two cores\n{PRINTED}")
    assert "Measured on two cores." in page
    assert "| luck alone, one thread | 90 M people-days/s | 1.00 |" in page
    assert "Measured on" not in REFERENCE.performance_of("")
