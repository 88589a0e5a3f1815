"""The site builds without a warning, and would not with a dead link. Left out where Material for MkDocs is not installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mkdocs")
pytest.importorskip("material")

ROOT = Path(__file__).parents[2]


@pytest.fixture
def copy(tmp_path) -> Path:
    """A copy of all pages, so that a page may be spoilt and no virtual environment is searched for pages."""
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / "docs", checkout / "docs")
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "CITATION.cff"):
        shutil.copy(ROOT / name, checkout)
    return checkout


def build(checkout: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", "docs/mkdocs.yml", "--site-dir",
               str(checkout.parent / "site")]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=checkout, env=quiet, capture_output=True, text=True, timeout=120, check=False)


def test_the_site_builds_without_a_warning(copy):
    built = build(copy)
    assert (built.returncode, [line for line in built.stderr.splitlines() if "WARNING" in line]) == (0, []), built.stderr
    assert list((copy.parent / "site" / "assets" / "stylesheets").glob("main.*.css")), "the theme's own files are left out"
    pages = {page.relative_to(copy / "docs").with_suffix("") for page in (copy / "docs").rglob("*.md")}
    assert [page for page in pages if not (copy.parent / "site" / "docs" / page / "index.html").exists()] == []


@pytest.mark.parametrize("link", ["nowhere.md", "tutorial.md#no-such-heading"])
def test_a_dead_link_is_found(copy, link):
    glossary = copy / "docs" / "glossary.md"
    glossary.write_text(f"{glossary.read_text(encoding='utf-8')}\n[dead]({link})\n", encoding="utf-8")
    built = build(copy)
    assert built.returncode != 0
    assert link.split("#")[-1] in built.stderr
