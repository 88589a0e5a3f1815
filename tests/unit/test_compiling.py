"""The first compilation in two halves covers what an ordinary day needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sim

COUNTED = """
import gc
import sim
from numba.core.dispatcher import Dispatcher
from sim.simulation import compiling

def versions():
    compiled = (each for each in gc.get_objects() if isinstance(each, Dispatcher))
    return {f"{each.py_func.__module__}.{each.py_func.__name__}": len(each.signatures) for each in compiled}

compiling.tend_the_pool()
if HALVES == 2:
    compiling.visit_the_square()
before = versions()
sim.run(sim.load("baseline", {"clock.days": 5, "clock.run_out_days": 5}), "hybrid")
print(*sorted(name for name, count in versions().items() if name.startswith("sim.") and count != before.get(name)))
"""


def compiled_later(root, halves):
    code = COUNTED.replace("HALVES", str(halves))
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, timeout=600, check=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    return ran.stdout.split()


def test_after_both_halves_an_ordinary_run_compiles_nothing_more(root):
    assert compiled_later(root, 2) == []


def test_without_the_square_an_ordinary_run_still_has_to_compile_it(root):
    assert {"sim.market.auctions.open_square", "sim.customers.acquisition.click"} <= set(compiled_later(root, 1))


ASK = "from sim.kernel.compiled import is_compiled_already, source_fingerprint; print(is_compiled_already(), source_fingerprint())"


def test_a_copy_of_the_same_sources_does_not_think_itself_compiled_because_another_is(root, tmp_path):
    """numba would compile it again, in every process that comes first."""
    shutil.copytree(root / "sim", tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))

    def said(place):
        told = {**os.environ, "PYTHONPATH": str(place)}
        ran = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, cwd=place, check=True, env=told)
        return ran.stdout.split()

    sim.run(sim.load("baseline", {"clock.days": 2, "clock.run_out_days": 0}), "hybrid")
    (here, one), (there, other) = said(root), said(tmp_path)
    assert one == other
    assert (here, there) == ("True", "False")


def test_a_comment_a_docstring_a_date_and_a_word_of_the_schema_compile_nothing_anew_and_a_rule_does(root, tmp_path):
    shutil.copytree(root / "sim", tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))

    def fingerprint(file="rules/pool.py", old="", new=""):
        path = tmp_path / "sim" / file
        before = path.read_text("utf-8")
        assert old in before
        path.write_text(before.replace(old, new, 1) if old else before + new, encoding="utf-8")
        ran = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, cwd=tmp_path, check=True, env={**os.environ, "PYTHONPATH": str(tmp_path)})
        path.write_text(before, encoding="utf-8")
        return ran.stdout.split()[1]

    here = fingerprint(new="\n")
    alike = [
        fingerprint(new="# a comment\n"), fingerprint(old='"""', new='"""\nAnother word. '), fingerprint("report/saving.py", new="\nx = 1\n"),
        fingerprint("assumptions/scenario.py", "potential customers;", "people;"), fingerprint("assumptions/scenario.py", "潜在顾客人数", "人数"),
    ]
    assert set(alike) == {here}
    other = [fingerprint(old="x * x", new="x * x * x"), fingerprint("kernel/luck.py", new="\nx = 1\n"), fingerprint("customers/settings.py", new="\nx = 1\n")]
    assert len({here, *other}) == 4


RUN = """
import sim
from sim.kernel.compiled import cache_folder, rule
@rule
def twice(x):
    return 2 * x
assert twice(3) == 6
print(cache_folder(), len(twice.stats.cache_hits), sum(twice.stats.cache_misses.values()))
"""


def _twice(root, tmp_path, **environment):
    file = tmp_path / "twice.py"
    file.write_text(RUN, encoding="utf-8")
    told = {**os.environ, "PYTHONPATH": str(root), **environment}
    ran = subprocess.run([sys.executable, file], capture_output=True, text=True, cwd=tmp_path, check=True, env=told)
    folder, hits, misses = ran.stdout.split()
    return Path(folder), int(hits), int(misses)


@pytest.mark.parametrize("name", ["*.nbi", "*.nbc"])
@pytest.mark.parametrize("spoil", [lambda _: b"", lambda old: old[:40], lambda old: old[:-5] + b"?????", lambda old: b"x" * len(old)])
def test_spoilt_compiled_code_is_compiled_anew_without_a_word(root, tmp_path, name, spoil):
    folder, hits, misses = _twice(root, tmp_path, SIYU_CACHE_DIR=str(tmp_path / "kept"))
    assert (hits, misses) == (0, 1)
    (kept,) = folder.rglob(f"twice.twice{name}")
    kept.write_bytes(spoil(kept.read_bytes()))
    assert _twice(root, tmp_path, SIYU_CACHE_DIR=str(tmp_path / "kept"))[1:] == (0, 1)
    assert _twice(root, tmp_path, SIYU_CACHE_DIR=str(tmp_path / "kept"))[1:] == (1, 0)


def test_where_the_cache_cannot_be_written_processes_share_one_temporary_folder(root, tmp_path):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    (tmp_path / "tmp").mkdir()
    away = {"SIYU_CACHE_DIR": str(tmp_path / "file"), "TMPDIR": str(tmp_path / "tmp")}
    first, second = _twice(root, tmp_path, **away), _twice(root, tmp_path, **away)
    assert first[0] == second[0] and (first[1:], second[1:]) == ((0, 1), (1, 0))
    assert len(list((tmp_path / "tmp").iterdir())) == 1


def test_every_decorator_by_which_compiled_modules_are_known_is_one():
    from sim.kernel import compiled

    made = {name for name, value in vars(compiled).items() if callable(value) and getattr(value, "__module__", "") == compiled.__name__}
    assert made >= compiled.DECORATORS, "a decorator was renamed, and its modules would be left out of the cache's key"


def test_a_temporary_folder_in_which_somebody_else_could_write_keeps_no_compiled_code(tmp_path, monkeypatch):
    from sim.kernel import compiled

    monkeypatch.setattr(compiled.tempfile, "gettempdir", lambda: str(tmp_path))
    mine = compiled._temporary()
    assert mine is not None and mine.stat().st_mode & 0o077 == 0
    mine.chmod(0o777)
    assert compiled._temporary() is None
