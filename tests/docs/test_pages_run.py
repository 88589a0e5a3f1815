"""Whoever follows a page meets no error: its commands and its Python run, on few days and with little luck."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from sim.cli import main, siyu

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [DOCS / "tutorial.md", *sorted((DOCS / "how-to").glob("*.md"))]

FEWER = {"--seeds": 2, "--workers": 1, "--points": 2, "--evaluations": 4, "--fresh-seeds": 2, "--samples": 2,
         "--window-days": 2}
"""Options that are cut down where a command has them; the last one given counts."""

SHORT = ("--set", "clock.run_out_days=2")
LOG_DAYS, LOG_WEEKS = 120, 8
"""Days of an order log and weeks that are fitted, so that enough people come back for a fit."""


def blocks(page: Path, language: str) -> list[tuple[str, str]]:
    """Code in one language (or more, with a bar), each with its language, in the order of the page."""
    return re.findall(rf"^```({language})\n(.*?)^```", page.read_text(encoding="utf-8"), re.S | re.M)


def files(page: Path) -> dict[str, str]:
    """Files that a reader is told to save: YAML or Python after a line that ends with the file's name."""
    told = r"`([\w.]+\.(?:yaml|py))`[^\n`]*:\n\n```(?:yaml|python)\n(.*?)^```"
    return dict(re.findall(told, page.read_text(encoding="utf-8"), re.S | re.M))


def cut_down(command: str) -> list[str]:
    """The arguments of a command, with fewer days, futures and points."""
    _, name, *given = shlex.split(command, comments=True)
    known = {option for each in siyu.commands[name].params for option in each.opts}
    fewer = [part for option, value in FEWER.items() if option in known for part in (option, str(value))]
    if "--calibration-weeks" in given:
        fewer += ["--calibration-weeks", str(LOG_WEEKS)]
    if "--days" in known:
        fewer += ["--days", str(LOG_DAYS if "orders" in given else 5), *SHORT]
    return [name, *given, *fewer]


def smaller(text: str) -> str:
    """A design, scenario or piece of Python with fewer futures and days."""
    text = re.sub(r"^seeds: .*$", "seeds: 2\nchanges: {clock.days: 3, clock.run_out_days: 2}", text, flags=re.M)
    text = re.sub(r"clock\.days=\d+", "clock.days=5", text)
    return re.sub(r"\b(seeds|fresh_seeds|evaluations|points)=\d+", r"\1=2", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_tells_to_do_can_be_done(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    saved = files(page)
    for name, text in saved.items():
        Path(name).write_text(smaller(text), encoding="utf-8")
    names: dict[str, object] = {}
    for language, block in blocks(page, "sh|python"):
        if language == "python":
            if block not in saved.values():
                exec(compile(smaller(block), page.name, "exec"), names)  # noqa: S102 - our own page
            continue
        for line in (line for line in block.splitlines() if line.startswith("siyu ") and not line.startswith("siyu app")):
            status = main(cut_down(line))
            assert status == 0, f"{line}\n{capsys.readouterr().err}"


def test_every_page_tells_to_do_something():
    assert [page.name for page in PAGES if not blocks(page, "sh|python")] == []


def test_how_tos_are_questions():
    titles = {page.name: page.read_text(encoding="utf-8").splitlines()[0] for page in PAGES[1:]}
    assert [name for name, title in titles.items() if not re.fullmatch(r"# .*\?", title)] == []


def test_a_command_is_cut_down():
    assert cut_down("siyu run baseline --seed 7  # one") == ["run", "baseline", "--seed", "7", "--days", "5", *SHORT]


def test_a_file_is_found_by_the_name_before_it(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("Save this as `a.yaml`:\n\n```yaml\nx: 1\n```\n\nNot this:\n\n```yaml\ny: 2\n```\n", encoding="utf-8")
    assert files(page) == {"a.yaml": "x: 1\n"}
