"""Clocks that jump: a job's process whose clocks run wild, folders from the future and from long ago."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

WILD = """
import time
_real, _steps = time.time, [0, -3.2e7, 3.2e7, -6e8, 5e9, 1e3]
def _wild():
    _wild.calls += 1
    return _real() + _steps[_wild.calls % len(_steps)]
_wild.calls = 0
time.time = _wild
"""
"""In a child: every look at the wall clock is hours, a year or a century away from the last."""

YEAR = 365 * 86_400.0
JUMPS = (-100 * YEAR, -YEAR, -3600.0, 3600.0, YEAR, 100 * YEAR)


def jumping_clock() -> tuple[str, int, str]:
    """Jobs and a batch under wild clocks, then folders of other times: nothing is lost that need not be."""
    import sim
    from sim.ui.jobs import folders
    from sim.ui.jobs.board import Board
    from sim.ui.jobs.limits import Limits
    from sim.ui.jobs.request import Request

    scenario = sim.load("baseline", {"clock.days": 20, "clock.run_out_days": 5})
    with tempfile.TemporaryDirectory() as place:
        wild = Path(place) / "wild"
        wild.mkdir()
        (wild / "sitecustomize.py").write_text(WILD, encoding="utf-8")
        before = os.environ.get("PYTHONPATH", "")
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(wild), before)))
        board = Board(Path(place) / "jobs-root", Limits(running=1))
        name = board.submit(Request.of("compare", scenario, seeds=4), "soak")
        job = _over(board, name)
        os.environ["PYTHONPATH"] = before
        assert job.state == "done", job.why("en")
        assert job.raw()["futures"] == _futures(sim, scenario), "other numbers"
        state = job.folder / "state.json"
        for jump in JUMPS:
            folders.write(state, folders.read(state) | {"began": time.time() + jump, "ended": time.time() + jump})
            found = board.look(name)
            assert found is not None and found.state == "done"
            for path in job.folder.iterdir():
                os.utime(path, (max(0, time.time() + jump),) * 2)
        later = Board(Path(place) / "jobs-root", Limits(running=1))
        assert later.look(name), "an answer from the future was thrown away"
        later.close()
        folders.write(state, folders.read(state) | {"ended": time.time() - YEAR})
        last = Board(Path(place) / "jobs-root", Limits(running=1))
        assert last.look(name) is None, "an answer of last year was kept"
        last.close()
        board.close()
    return "jumping clocks: a job whose wall clock jumps at each look; answers from six other times", 2 + len(JUMPS), "the same numbers; answers from the future are kept, old ones expire"


def _over(board: object, name: str):
    end = time.monotonic() + 300
    while time.monotonic() < end:
        job = board.look(name)
        if job.is_over:
            return job
        time.sleep(0.1)
    raise AssertionError("the job never ended")


def _futures(sim, scenario):
    found = sim.compare(scenario, seeds=4)
    return {name: {key: list(values[key]) for key in ("profit_cny", "roi")} for name, values in found.values.items()}
