"""The first compilation in two halves covers what an ordinary day needs."""

from __future__ import annotations

import os
import subprocess
import sys

COUNTED = """
import gc
import sim
from numba.core.dispatcher import Dispatcher
from sim import compiling

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
    assert {"sim.auction_day.open_square", "sim.crowd.arrivals.click"} <= set(compiled_later(root, 1))
