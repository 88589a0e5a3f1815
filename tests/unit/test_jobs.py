"""Jobs: done in processes of their own, queued, stopped, bounded, refused in sentences, found again, swept up."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sim
from sim.ui.jobs import folders
from sim.ui.jobs.board import Board
from sim.ui.jobs.kinds import KINDS
from sim.ui.jobs.limits import Limits
from sim.ui.jobs.request import Request
from sim.ui.jobs.words import SENTENCES, Refused

PATIENCE = 120


@pytest.fixture
def board(tmp_path):
    made = Board(tmp_path, Limits(running=2, by_visitor=3, in_all=4))
    yield made
    made.close()


def short(**changes):
    return sim.load("baseline", {"clock.days": 20, "clock.run_out_days": 10, **changes})


def endless(number=0):
    """Some minutes of work, each number another question."""
    return Request.of("compare", sim.load("baseline"), seeds=80 + number)


def until(board, job_id, *states):
    """The job as soon as it is in one of some states."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        job = board.look(job_id)
        if job.state in states:
            return job
        time.sleep(0.05)
    raise AssertionError(f"still {board.look(job_id)}")


def under_way(board, job_id):
    """The number of the job's process, once it has begun to work."""
    until(board, job_id, "running")
    alive = board.root / "jobs" / job_id / "alive"
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if board.look(job_id).phase == "working" and alive.exists():
            return int(alive.read_text())
        time.sleep(0.05)
    raise AssertionError(board.look(job_id))


def is_there(number):
    """Whether a process is there and no mere entry in the table."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_an_answer_comes_back_from_the_disk_equal_to_what_the_experiment_returns(board):
    asked = Request.of("waterfall", short(), by="accounts", seeds=2)
    done = until(board, board.submit(asked, "me"), "done", "failed")
    assert done.why("en") == ""
    assert done.answer() == sim.waterfall(short(), by="accounts", seeds=2)
    assert (done.share, done.place) == (1.0, 0)
    assert not (done.folder / "files").exists()


def test_flip_values_tornado_and_map_come_back_as_their_own_answers(board):
    keys = ["public.start_click_price_cny=1..5", "brand.touches_per_month=1..9"]
    how = {"seeds": 2, "points": 2}
    asked = {
        "flips": Request.of("flips", short(), vary=keys[:1], **how),
        "tornado": Request.of("tornado", short(), vary=keys, seeds=2),
        "frontier": Request.of("frontier", short(), vary=keys, **how),
    }
    names = {kind: board.submit(each, kind) for kind, each in asked.items()}
    found = {kind: until(board, name, "done", "failed").answer() for kind, name in names.items()}
    kinds = ("equal_envelope",)
    assert found["flips"] == (sim.breakeven(short(), keys[0], kinds=kinds, **how),)
    assert found["tornado"] == sim.sensitivity(short(), keys, seeds=2)
    assert found["frontier"] == sim.frontier(short(), *keys, kinds=kinds, **how)


def test_stopping_ends_the_process_within_two_seconds_and_keeps_the_folder(board):
    name = board.submit(endless(), "me")
    number = under_way(board, name)
    start = time.monotonic()
    board.stop(name)
    assert not is_there(number)
    assert time.monotonic() - start < 2
    assert board.look(name).state == "stopped"
    board.stop(name)
    assert board.look(name).state == "stopped"


def test_stopping_a_batch_ends_the_workers_that_it_has_started(board):
    design = {"name": "long", "scenarios": ["baseline"], "strategies": ["public_only"], "seeds": 200}
    name = board.submit(Request.of("batch", design=design), "me")
    number = under_way(board, name)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not (before := children(number)):
        time.sleep(0.02)
    assert before
    board.stop(name)
    end = time.monotonic() + 2
    while time.monotonic() < end and any(map(is_there, before)):
        time.sleep(0.02)
    assert not any(map(is_there, [number, *before]))


def children(number):
    """The processes that a process has started."""
    tasks = Path(f"/proc/{number}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def test_long_jobs_wait_in_order_while_a_place_stays_free_and_move_up(board):
    first, second, third = (board.submit(endless(n), "me") for n in range(3))
    until(board, first, "running")
    assert [board.look(name).place for name in (first, second, third)] == [0, 1, 2]
    assert board.counts() == (1, 2)
    board.stop(second)
    assert [board.look(name).place for name in (first, third)] == [0, 1]
    board.stop(first)
    assert until(board, third, "running").place == 0


def test_too_many_jobs_of_a_visitor_and_of_all_are_refused_in_both_languages(board):
    for n in range(3):
        board.submit(endless(n), "me")
    with pytest.raises(Refused) as refused:
        board.submit(endless(3), "me")
    assert refused.value.told["en"].startswith("You have 3 jobs waiting or running already")
    assert "您已有 3 个任务" in refused.value.told["zh"]
    board.submit(endless(4), "somebody else")
    with pytest.raises(Refused, match="4 jobs are waiting or running already"):
        board.submit(endless(5), "a third one")


def test_the_same_question_is_not_asked_twice(board):
    asked = Request.of("waterfall", short(), by="accounts", seeds=2)
    name = board.submit(asked, "me")
    assert board.submit(asked, "me") == name
    until(board, name, "done")
    assert board.submit(asked, "somebody else") == name
    assert board.submit(Request.of("waterfall", short(), by="accounts", seeds=3), "me") != name


def test_work_that_would_be_too_much_is_refused_before_it_starts(board):
    name = board.submit(Request.of("compare", sim.load("baseline"), seeds=100_000), "me")
    failed = until(board, name, "failed", "done")
    minutes = KINDS["compare"].minutes
    told = re.fullmatch(rf"This may take ([\d,]+) minutes, but a job may take {minutes}; .*", failed.why("en"))
    assert told and int(told[1].replace(",", "")) > minutes
    assert f"超过单个任务的上限 {minutes} 分钟" in failed.why("zh")


def test_assumptions_that_the_model_refuses_are_a_sentence(board):
    name = board.submit(Request.of("flips", short(), vary=["brand.tuoches_per_month"], seeds=2), "me")
    failed = until(board, name, "failed", "done")
    assert "brand.tuoches_per_month" in failed.why("en")
    assert "Traceback" not in failed.why("en") + failed.why("zh")
    with pytest.raises(LookupError, match="has no answer"):
        failed.answer()


def test_a_fault_in_the_program_is_a_sentence_whose_details_stay_in_the_folder(board):
    name = board.submit(Request.of("flips", short(), seeds=2), "me")
    failed = until(board, name, "failed", "done")
    assert "a fault in the program (KeyError)" in failed.why("en")
    assert "Traceback" in (failed.folder / "details.txt").read_text()


def test_a_job_that_takes_too_long_is_ended_and_says_so(tmp_path):
    board = Board(tmp_path, Limits(running=1, minutes=0.02))
    failed = until(board, board.submit(endless(), "me"), "failed", "done")
    assert failed.why("en").startswith("This took longer than a job may take (0.02 minutes)")
    assert board.counts() == (0, 0)
    board.close()


def test_a_job_that_takes_too_much_memory_says_so(tmp_path):
    board = Board(tmp_path, Limits(running=1, megabytes=1200))
    crowd = ({"day": 0, "people": 6_000_000, "in_pool": False},)
    crowded = short(**{"market.people": 9_000_000, "market.starting_customers": crowd})
    failed = until(board, board.submit(Request.of("compare", crowded, seeds=20), "me"), "failed", "done")
    assert failed.why("en").startswith("This needs more memory than a job may use (1,200 MB)")
    board.close()


def test_a_process_that_is_killed_from_outside_is_told_and_the_next_one_starts(board):
    first, second = board.submit(endless(), "me"), board.submit(endless(1), "me")
    os.kill(under_way(board, first), signal.SIGKILL)
    failed = until(board, first, "failed", "done")
    assert failed.why("en") == "The job's process was ended from outside (status -9); perhaps memory was short. Ask again."
    until(board, second, "running")


SERVER = """
import sys, time
from pathlib import Path
import sim
from sim.ui.jobs.board import Board
from sim.ui.jobs.limits import Limits
from sim.ui.jobs.request import Request
board = Board(Path(sys.argv[1]), Limits(running=1))
ids = [board.submit(Request.of("compare", sim.load("baseline"), seeds=80 + n), "me") for n in range(2)]
print(*ids, flush=True)
time.sleep(600)
"""


def test_when_a_server_is_killed_its_jobs_end_with_it_and_the_next_server_says_so(tmp_path):
    command = [sys.executable, "-c", SERVER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        names = server.stdout.readline().split()
        other = Board(tmp_path)
        number = under_way(other, names[0])
        assert [other.look(name).state for name in names] == ["running", "queued"]
        server.kill()
    end = time.monotonic() + 2
    while time.monotonic() < end and is_there(number):
        time.sleep(0.02)
    assert not is_there(number)
    other.close()
    later = Board(tmp_path)
    assert [later.look(name).why("en") for name in names] == [SENTENCES["restarted"]["en"]] * 2
    later.close()


def test_what_a_dead_server_left_working_is_ended_by_the_next_one(tmp_path):
    board = Board(tmp_path, Limits(running=1))
    name = board.submit(endless(), "me")
    number = under_way(board, name)
    request = tmp_path / "jobs" / name / "request.json"
    folders.write(request, folders.read(request) | {"server": "nobodywhoisthere"})
    Board(tmp_path).close()
    end = time.monotonic() + 2
    while time.monotonic() < end and is_there(number):
        time.sleep(0.02)
    assert not is_there(number)
    board.close()


def test_answers_are_found_by_a_later_server_until_they_expire(tmp_path):
    first = Board(tmp_path)
    asked = [Request.of("waterfall", short(), by="accounts", seeds=n) for n in (1, 2)]
    names = [first.submit(each, "me") for each in asked]
    for name in names:
        until(first, name, "done")
    first.close()
    later = Board(tmp_path, Limits(kept=1))
    assert later.look(names[1]).answer().seeds == (1, 2)
    assert later.look(names[0]) is None
    later.close()
    last = Board(tmp_path, Limits(days_kept=0))
    assert last.jobs() == []
    last.close()


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 16 + "/..", "ABCDEFGHIJKLMNOP", "abcdefghijklmnop", "a\0b"])
def test_a_name_that_is_no_jobs_finds_nothing(board, name):
    assert board.look(name) is None
    board.stop(name)
    board.forget(name)


def test_files_that_are_too_large_are_refused(board):
    with pytest.raises(Refused, match="The file has 101 MB, but at most 100 MB are taken"):
        board.submit(Request.of("compare", short(), seeds=1), "me", {"log.csv": b"0" * 101_000_000})
    assert board.jobs() == []


def test_a_spoilt_folder_is_passed_over(board):
    name = board.submit(Request.of("waterfall", short(), by="accounts", seeds=2), "me")
    until(board, name, "done")
    (board.root / "jobs" / name / "state.json").write_text("{")
    assert board.look(name) is None
    assert board.jobs() == []


def test_every_sentence_exists_in_both_languages_with_the_same_gaps():
    for key, text in SENTENCES.items():
        assert re.findall(r"{(\w+)}", text["en"]) == re.findall(r"{(\w+)}", text["zh"]), key
        assert re.search("[\u4e00-\u9fff]", text["zh"]) and text["en"].isascii(), key


@pytest.mark.parametrize("kind", KINDS)
def test_a_job_of_every_kind_has_a_name_on_the_page_of_runs(kind):
    from sim.ui.words.runs import say

    assert len({say(kind, language, n=20) for language in ("en", "zh")}) == 2
