"""A job's process that is ended from outside, a jobs folder that vanishes or takes nothing, memory that does not suffice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from batch_runs import SIYU, environment

import sim
from sim.ui.jobs.board import Board
from sim.ui.jobs.limits import Limits
from sim.ui.jobs.request import Request
from sim.ui.jobs.words import Refused


@pytest.fixture
def board(tmp_path):
    made = Board(tmp_path / "jobs-root", Limits(running=1))
    yield made
    made.close()


def long_one(number=0):
    return Request.of("compare", sim.load("baseline"), seeds=400 + number)


def when(told, patience=120):
    """What is told as soon as it is something."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = told()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it never came")


@pytest.mark.skipif(os.name != "posix", reason="signals as on Unix")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_worker_that_is_ended_is_told_in_both_languages_and_leaves_no_answer(board, number):
    name = board.submit(long_one(), "me")
    alive = board.root / "jobs" / name / "alive"
    process = int(when(lambda: board.look(name).phase == "working" and alive.read_text()))
    os.kill(process, number)
    failed = when(lambda: board.look(name).is_over and board.look(name))
    assert failed.state == "failed"
    assert failed.why("en").startswith("The job's process was ended from outside (status")
    assert "任务进程被外部终止" in failed.why("zh")
    assert not (failed.folder / "answer.json").exists()
    assert board.counts() == (0, 0)


def test_a_jobs_folder_that_vanishes_is_made_anew_and_the_board_goes_on(board):
    name = board.submit(Request.of("waterfall", _short(), by="accounts", seeds=2), "me")
    when(lambda: board.look(name).is_over)
    shutil.rmtree(board.root)
    assert board.look(name) is None and board.jobs() == []
    again = board.submit(Request.of("waterfall", _short(), by="accounts", seeds=2), "me")
    assert when(lambda: board.look(again).is_over and board.look(again)).state == "done"


def test_a_running_job_whose_folder_vanishes_blocks_nobody(board):
    name = board.submit(long_one(), "me")
    when(lambda: board.look(name).phase == "working")
    shutil.rmtree(board.root / "jobs" / name)
    board.stop(name)
    again = board.submit(Request.of("waterfall", _short(), by="accounts", seeds=2), "me")
    assert when(lambda: board.look(again).is_over and board.look(again)).state == "done"


def test_a_jobs_folder_that_takes_nothing_is_a_sentence(board):
    shutil.rmtree(board.root / "jobs")
    (board.root / "jobs").write_text("no folder")
    with pytest.raises(Refused, match="The server can keep no job just now"):
        board.submit(long_one(), "me")


def test_jobs_are_kept_elsewhere_where_nothing_can_be_written(tmp_path, monkeypatch):
    from sim.ui.jobs import folders

    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SIYU_JOBS_DIR", str(tmp_path / "file"))
    root = folders.root_folder()
    assert root.is_dir() and tmp_path not in root.parents
    assert (root.stat().st_mode & 0o077) == 0
    shutil.rmtree(root)


def _short():
    return sim.load("baseline", {"clock.days": 20, "clock.run_out_days": 10})


CROWDED = ["--set", "market.people=900000000", "--set", "market.starting_customers=[{day: 0, people: 200000000}]", "--days", "20"]
ALLOWED = ["--most-gib", "1e9", "--most-hours", "1e9"]
COMMANDS = {
    "run": ["--strategy", "hybrid", *CROWDED, *ALLOWED], "compare": ["--seeds", "2", *CROWDED, *ALLOWED],
    "breakeven": ["--vary", "market.need_factor", *CROWDED, *ALLOWED], "sensitivity": ["--vary", "market.need_factor", *CROWDED, *ALLOWED],
    "waterfall": [*CROWDED, *ALLOWED], "optimize": ["--strategy", "hybrid", *CROWDED, *ALLOWED], "price-causes": [*CROWDED, *ALLOWED],
    "export": ["--strategy", "hybrid", "--as", "orders", *CROWDED],
}


def limited():
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (2_000_000_000, 2_000_000_000))


def short_of_memory(*command):
    return subprocess.run(
        [*SIYU, *command], env=environment(), capture_output=True, text=True, check=False, timeout=300, preexec_fn=limited
    )


@pytest.mark.skipif(sys.platform != "linux", reason="memory limits as on Linux")
@pytest.mark.parametrize("command", COMMANDS)
def test_memory_that_does_not_suffice_is_a_sentence(command):
    ended = short_of_memory(command, "baseline", *COMMANDS[command])
    assert ended.returncode == 2, ended.stderr[-1500:]
    assert "Traceback" not in ended.stderr
    assert ended.stderr.splitlines()[-1].startswith("There is not memory enough for "), ended.stderr[-1500:]


@pytest.mark.skipif(sys.platform != "linux", reason="memory limits as on Linux")
def test_memory_that_does_not_suffice_for_a_batch_is_a_sentence(tmp_path):
    crowd = "\n  market.people: 900000000\n  market.starting_customers: [{day: 0, people: 200000000}]\n"
    design = tmp_path / "crowded.yaml"
    design.write_text(f"name: crowded\nscenarios: [baseline]\nstrategies: [hybrid]\nseeds: 1\nchanges:{crowd}", encoding="utf-8")
    ended = short_of_memory("batch", str(design), "--out", str(tmp_path / "out"), "--workers", "1", *ALLOWED)
    assert ended.returncode == 2 and "Traceback" not in ended.stderr, ended.stderr[-1500:]
    assert "runs 0 to 0" in ended.stderr and "memory" in ended.stderr.lower(), ended.stderr
