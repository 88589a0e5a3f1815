"""What several tests need, and which of them `make quick` runs."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples every time, so that a change is judged by what it changed. HYPOTHESIS_PROFILE=default seeks new ones.
settings.register_profile("the same", derandomize=True, deadline=None, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "the same"))

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="files of tests/quick.txt, and those of files that changed")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With --quick, whatever is neither known to be quick nor about something that changed since the last commit."""
    if not config.getoption("--quick") or not collection_path.name.startswith("test_"):
        return None
    place = collection_path.relative_to(ROOT).as_posix()
    return (place not in quick_files() and not is_about_a_change(collection_path)) or None


@cache
def quick_files() -> set[str]:
    """Files of tests that together take a few seconds."""
    lines = (ROOT / "tests" / "quick.txt").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


@cache
def changed() -> list[Path]:
    """Python files that differ from the last commit or are new."""
    asked = ["git", "-C", str(ROOT), "status", "--porcelain", "--no-renames", "--untracked-files=all"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    return [ROOT / line[3:] for line in told.splitlines() if line.endswith(".py") and line[0] != "D"]


def is_about_a_change(tests: Path) -> bool:
    """Whether a file of tests has changed itself, or names a module that has."""
    text = tests.read_text(encoding="utf-8")
    modules = [path.relative_to(ROOT).with_suffix("").parts for path in changed() if path.is_relative_to(ROOT / "sim")]
    return tests in changed() or any(
        ".".join(each) in text or f"from {'.'.join(each[:-1])} import {each[-1]}" in text for each in modules
    )


@pytest.fixture
def root() -> Path:
    """The top of the repository."""
    return ROOT


@pytest.fixture
def write(tmp_path):
    """Writes a scenario file into a folder of its own and returns its path as text."""

    def written(name: str, text: str) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written
