"""Whoever follows a page meets no error: its commands and its Python run, on few days and with little luck."""

from __future__ import annotations

import io
import re
import shlex
import socket
import subprocess
import sys
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from sim.cli import main, siyu

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
HOW_TOS = sorted((DOCS / "how-to").glob("*.md"))
PAGES = [ROOT / "README.md", DOCS / "README.zh.md", DOCS / "tutorial.md", *HOW_TOS, DOCS / "gallery.md",
         *(page for page in sorted((DOCS / "explanation").glob("*.md")) if "```python" in page.read_text(encoding="utf-8"))]

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
    told = r"`([\w.]+\.(?:yaml|py))`[^\n`]*[:：]\n\n```(?:yaml|python)\n(.*?)^```"
    return dict(re.findall(told, page.read_text(encoding="utf-8"), re.S | re.M))


def cut_down(command: str) -> list[str]:
    """The arguments of a command, with fewer days, futures and points."""
    _, name, *given = shlex.split(command, comments=True)
    known = {option for each in siyu.commands[name].params for option in each.opts}
    known -= {"--workers"} if "--cluster" in given else set()
    known -= {"--samples"} if name == "sensitivity" and "--method" not in given else set()
    fewer = [part for option, value in FEWER.items() if option in known for part in (option, str(value))]
    if "--calibration-weeks" in given:
        fewer += ["--calibration-weeks", str(LOG_WEEKS)]
    if "--days" in known:
        fewer += ["--days", str(LOG_DAYS if "orders" in given else 5), *SHORT]
    if name == "decide":  # a firm of five days cannot show what a year must
        fewer += ["--draws", "64", "--set", "evidence=[]"]
    return [name, *given, *fewer]


def smaller(text: str) -> str:
    """A design, scenario or piece of Python with fewer futures and days."""
    text = re.sub(r"^seeds: .*$", "seeds: 2\nchanges: {clock.days: 3, clock.run_out_days: 2}", text, flags=re.M)
    text = re.sub(r"clock\.days=\d+", "clock.days=5", text)
    text = re.sub(r"^(\s+points): \d+$", r"\1: 2", text, flags=re.M)
    return re.sub(r"\b(seeds|fresh_seeds|evaluations|points)=\d+", r"\1=2", text)


def free_port() -> str:
    """A port on this computer that nobody uses."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return str(asked.getsockname()[1])


def carry_out(line: str, stack: ExitStack) -> str:
    """Carry out one line of a page; what went wrong, or nothing. What goes on until it is ended goes on behind."""
    if line.startswith("dask "):
        command = [sys.executable, "-m", *shlex.split(line)]
        server = stack.enter_context(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        stack.callback(server.kill)
        return ""
    if not line.startswith("siyu ") or line.startswith("siyu app"):
        return ""
    told = io.StringIO()
    with redirect_stderr(told), redirect_stdout(io.StringIO()):
        status = main(cut_down(line))
    return f"{line}\n{told.getvalue()}" if status else ""


@pytest.fixture
def at_hand(tmp_path, monkeypatch):
    """A folder in which an order log of one's own lies ready as `orders.csv`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        assert main(cut_down("siyu export baseline --strategy public_only --as orders --out log.csv")) == 0
    rows = Path("log.csv").read_text(encoding="utf-8").splitlines()
    mine = ["customer,date,amount", *(",".join(row.split(",")[:3]) for row in rows[1:])]
    Path("orders.csv").write_text("\n".join(mine), encoding="utf-8")
    Path("log.csv").unlink()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
@pytest.mark.usefixtures("at_hand")
def test_what_a_page_tells_to_do_can_be_done(page):
    saved, port = files(page), free_port()
    for name, text in saved.items():
        Path(name).write_text(smaller(text), encoding="utf-8")
    if "design.yaml" not in saved:
        Path("design.yaml").write_text("scenarios: baseline\nseeds: 6\nchanges: {clock.days: 3, clock.run_out_days: 2}\n")
    names: dict[str, object] = {}
    with ExitStack() as stack:
        for language, block in blocks(page, "sh|python"):
            if language == "python":
                if block not in saved.values():
                    exec(compile(smaller(block), page.name, "exec"), names)  # noqa: S102 - our own page
                continue
            wrong = [carry_out(line.replace("8786", port), stack) for line in block.splitlines()]
            assert not any(wrong), "\n".join(wrong)


def test_every_page_tells_to_do_something():
    assert [page.name for page in PAGES if not blocks(page, "sh|python")] == []


def test_how_tos_are_questions():
    titles = {page.name: page.read_text(encoding="utf-8").splitlines()[0] for page in HOW_TOS}
    assert [name for name, title in titles.items() if not re.fullmatch(r"# .*\?", title)] == []


def test_a_command_is_cut_down():
    assert cut_down("siyu run baseline --seed 7  # one") == ["run", "baseline", "--seed", "7", "--days", "5", *SHORT]


def test_a_file_is_found_by_the_name_before_it(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("Save this as `a.yaml`:\n\n```yaml\nx: 1\n```\n\nNot this:\n\n```yaml\ny: 2\n```\n", encoding="utf-8")
    assert files(page) == {"a.yaml": "x: 1\n"}
