"""One person cannot take what is there for all: jobs by turns, rooms within an address's share, one bet a seat, a full disk."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")

import sim
from sim.ui import visitor
from sim.ui.jobs import folders, processes
from sim.ui.jobs.board import Board
from sim.ui.jobs.limits import Limits
from sim.ui.jobs.request import Request
from sim.ui.jobs.words import Refused
from sim.ui.live.rooms import MOST_ROOMS, ROOMS_AN_ADDRESS, RoomError, Rooms

NUMBERS = iter(range(10**6))


class Idle:
    """A process that does nothing for ever."""

    pid, stdin = 0, None

    def poll(self):
        return None


@pytest.fixture
def board(tmp_path, monkeypatch):
    """A board whose jobs never end by themselves."""
    monkeypatch.setattr(processes, "started", lambda *_args: Idle())
    monkeypatch.setattr(processes, "ended", lambda _process: 0)
    made = Board(tmp_path / "root", Limits(running=2))
    yield made
    made.close()


def ask(board, who, where, kind="compare"):
    return board.submit(Request.of(kind, seeds=next(NUMBERS)), who, None, where)


def test_one_person_with_ever_new_names_leaves_places_for_others(board):
    for n in range(board.limits.by_address):
        ask(board, f"name {n}", "203.0.113.9")
    with pytest.raises(Refused, match="jobs from your network are waiting or running already"):
        ask(board, "one more", "203.0.113.9")
    assert sum(board.counts()) == board.limits.by_address < board.limits.in_all
    ask(board, "somebody else", "203.0.113.10")


def test_a_class_behind_one_router_is_served_and_nobody_of_it_is_asked_to_wait_for_one_who_asked_often(board):
    for _ in range(board.limits.by_visitor):
        ask(board, "eager", "router")
    later = [ask(board, f"pupil {n}", "router") for n in range(10)]
    places = [board.look(name).place for name in later]
    assert places == list(range(1, 11)), "each pupil's first job comes before the eager one's second"


def test_who_comes_last_from_elsewhere_does_not_wait_behind_a_flood(board):
    for n in range(20):
        ask(board, f"flood {n}", "203.0.113.9")
    mine, second = ask(board, "me", "192.0.2.1"), ask(board, "me", "192.0.2.1")
    assert board.look(mine).place == 1 and board.look(second).place == 3
    assert board.look(ask(board, "you", "192.0.2.2")).place <= 2


def test_quick_jobs_still_come_first(board):
    for n in range(5):
        ask(board, f"flood {n}", f"address {n}")
    ask(board, "x", "z", "look_over")  # takes the place that is left to quick ones
    assert board.look(ask(board, "me", "y", "look_over")).place == 1


def full(*_args, **_more):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_disk_that_fills_up_during_an_upload_is_left_as_it_was(board, monkeypatch):
    real = Path.write_bytes

    def half(path, content):
        real(path, content[: len(content) // 2])
        full()

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(Refused, match="The server can keep no job just now"):
        board.submit(Request.of("look_over", file="x"), "me", {"log.csv": b"x" * 1000}, "here")
    assert [*(board.root / "jobs").iterdir()] == []
    monkeypatch.undo()
    monkeypatch.setattr(processes, "started", lambda *_args: Idle())
    monkeypatch.setattr(processes, "ended", lambda _process: 0)
    assert board.submit(Request.of("look_over", file="x"), "me", {"log.csv": b"x" * 1000}, "here")


def test_a_json_file_that_cannot_be_written_whole_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("json.dump", full)
    with pytest.raises(OSError, match="No space"):
        folders.write(tmp_path / "state.json", {})
    assert [*tmp_path.iterdir()] == []


def test_what_a_server_left_half_written_is_removed_at_the_next_start_and_what_another_writes_stays(tmp_path):
    first = Board(tmp_path / "root")
    jobs = tmp_path / "root" / "jobs"
    for name in (f"{folders.COMING}{'g' * 16}-{'a' * 16}", f"{folders.COMING}{first._server}-{'b' * 16}", "c" * 16):
        (jobs / name / "files").mkdir(parents=True)
        (jobs / name / "files" / "log.csv").write_bytes(b"x")
    os.utime(jobs / ("c" * 16), (0, 0))
    second = Board(tmp_path / "root")
    assert [each.name for each in jobs.iterdir()] == [f"{folders.COMING}{first._server}-{'b' * 16}"]
    second.close()
    first.close()
    shutil.rmtree(tmp_path / "root")


def test_one_address_cannot_take_all_rooms():
    rooms = Rooms()
    for n in range(ROOMS_AN_ADDRESS):
        rooms.open(f"secret {n}", "land", "203.0.113.9")
    with pytest.raises(RoomError, match=r"^too_many_rooms_here$"):
        rooms.open("one more", "land", "203.0.113.9")
    assert rooms.open("secret 0", "viral", "203.0.113.9").lesson == "viral", "in place of the last one"
    for n in range(MOST_ROOMS - ROOMS_AN_ADDRESS):
        rooms.open(f"other {n}", "land", f"192.0.2.{n}")


@pytest.mark.parametrize(("given", "counted"), [
    (None, visitor.HERE), ("203.0.113.9", "203.0.113.9"), ("::ffff:203.0.113.9", "203.0.113.9"), ("nonsense", visitor.HERE),
    ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"), ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"), ("fe80::1%eth0", "fe80::"),
])
def test_the_addresses_of_one_household_are_one(monkeypatch, given, counted):
    monkeypatch.setattr("sim.ui.visitor.st.context", type("Context", (), {"ip_address": given}))
    assert visitor.address() == counted


def test_a_request_is_told_apart_by_what_it_asks(board):
    scenario = sim.load("baseline")
    asked = Request.of("compare", scenario, seeds=3)
    assert board.submit(asked, "me", None, "here") == board.submit(asked, "me", None, "elsewhere")
