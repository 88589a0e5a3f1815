"""The room in which a class bets: bounded, closed before anybody sees, forgotten."""

from __future__ import annotations

import pytest

from sim.ui.live.rooms import HOURS, LETTERS, MOST_BETS, MOST_ROOMS, NAME_LENGTH, Bet, RoomError, Rooms, plain, ranked


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def rooms(clock):
    return Rooms(clock)


def bet(rooms, code, student="s", name="Li", guess=10):
    return rooms.bet(code, student, name, guess, 0, 100)


def test_a_class_bets_until_the_teacher_closes_and_sees_the_answer_when_it_is_revealed(rooms):
    room = rooms.open("teacher", "unfed")
    assert bet(rooms, f" {room.code.lower()} ") == Bet("Li", 10)
    bet(rooms, room.code, "t", "Wang", 60)
    assert ranked(room, 55) == []
    rooms.close("teacher")
    with pytest.raises(RoomError, match=r"^closed$"):
        bet(rooms, room.code, "u")
    assert [(each.name, error) for each, error in ranked(room, 55)] == [("Wang", 5), ("Li", 45)]
    assert rooms.find(room.code).truth is None
    rooms.reveal("teacher", 55)
    assert rooms.find(room.code).truth == 55


def test_a_student_has_one_bet_which_may_be_changed(rooms):
    room = rooms.open("teacher", "unfed")
    bet(rooms, room.code, guess=10)
    bet(rooms, room.code, guess=20)
    assert [each.guess for each in room.bets.values()] == [20]


@pytest.mark.parametrize(("changes", "why"), [
    ({"code": "AAAAA"}, "no_room"), ({"guess": 101}, "out_of_range"), ({"guess": -1}, "out_of_range"),
    ({"name": " \u200b\n "}, "no_name"),
])
def test_what_makes_no_sense_is_refused_by_name(rooms, changes, why):
    room = rooms.open("teacher", "unfed")
    with pytest.raises(RoomError, match=f"^{why}$"):
        bet(rooms, **({"code": room.code} | changes))
    assert room.bets == {}


def test_a_room_holds_so_many_bets_and_no_more_but_lets_those_within_change_theirs(rooms):
    room = rooms.open("teacher", "unfed")
    for n in range(MOST_BETS):
        bet(rooms, room.code, f"student {n}")
    with pytest.raises(RoomError, match=r"^full$"):
        bet(rooms, room.code, "one more")
    bet(rooms, room.code, "student 0", guess=99)
    assert len(room.bets) == MOST_BETS


def test_a_computer_holds_so_many_rooms_and_a_teacher_one(rooms, clock):
    first = rooms.open("teacher 0", "unfed")
    for n in range(1, MOST_ROOMS):
        rooms.open(f"teacher {n}", "unfed")
    with pytest.raises(RoomError, match=r"^too_many_rooms$"):
        rooms.open("one more", "unfed")
    again = rooms.open("teacher 0", "viral")
    assert rooms.find(first.code) is None and rooms.of("teacher 0") is again
    clock.seconds = HOURS * 3600 + 1
    assert rooms.open("one more", "unfed").bets == {}


def test_a_room_that_nobody_uses_is_forgotten_with_everything_in_it(rooms, clock):
    room = rooms.open("teacher", "unfed")
    clock.seconds = HOURS * 3600 - 1
    assert rooms.find(room.code) is room
    clock.seconds += HOURS * 3600 - 1
    assert rooms.of("teacher") is room
    clock.seconds += HOURS * 3600 + 1
    assert rooms.of("teacher") is None and rooms.find(room.code) is None
    assert rooms._rooms == rooms._codes == {}


def test_a_teacher_s_room_can_be_forgotten_with_everything_in_it_and_nobody_else_s(rooms):
    mine, other = rooms.open("teacher", "unfed"), rooms.open("other", "unfed")
    rooms.forget("teacher")
    rooms.forget("")
    assert rooms.of("teacher") is None and rooms.find(mine.code) is None
    assert rooms.of("other") is other


def test_nobody_closes_the_room_of_another(rooms):
    room = rooms.open("teacher", "unfed")
    rooms.close("somebody")
    rooms.reveal("somebody", 3)
    assert room.is_open and room.truth is None


def test_codes_are_drawn_anew_from_letters_that_cannot_be_mistaken(rooms):
    codes = {rooms.open(f"teacher {n}", "unfed").code for n in range(MOST_ROOMS)}
    assert len(codes) == MOST_ROOMS
    assert set("".join(codes)) <= set(LETTERS) and {len(code) for code in codes} == {5}
    assert not set(LETTERS) & set("AEIOUY0123456789")


@pytest.mark.parametrize(("given", "kept"), [
    ("  小明  ", "小明"), ("a\u202eb\x1b[31m\x00c\nd", "a b [31m c d"), ("x" * 1000, "x" * NAME_LENGTH), ("\u200b\u2066", ""),
    ("<b>Li</b>", "<b>Li</b>"),
])
def test_a_name_is_one_short_line_without_what_cannot_be_seen(given, kept):
    assert plain(given) == kept
