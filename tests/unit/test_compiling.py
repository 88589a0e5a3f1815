"""The first compilation in two halves covers what an ordinary day needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

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
