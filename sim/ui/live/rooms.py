"""The room in which a class bets: in the server's memory only, bounded in every direction, and forgotten after hours.

Names are untrusted text. They are shortened and rid of what steers a terminal or a page; who shows them escapes them.
"""

from __future__ import annotations

import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

MOST_ROOMS, MOST_BETS, NAME_LENGTH = 30, 300, 24
ROOMS_AN_ADDRESS = 10
"""Rooms that may be opened from one address: nobody takes all of them, and a school has some."""

HOURS = 4
"""A room that nobody has used for so long is forgotten."""

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels and no figures: codes are no words, and nothing looks like something else."""

CODE_LENGTH = 5


class RoomError(Exception):
    """What cannot be done; the text is a key of the catalogue of the page on which bets are entered."""


@dataclass(frozen=True)
class Bet:
    """What somebody guesses."""

    name: str
    guess: int


@dataclass
class Room:
    """One class, one lesson: open until the teacher closes it, then its bets may be seen, then it knows the answer."""

    code: str
    lesson: str
    used: float
    address: str = ""
    is_open: bool = True
    truth: int | None = None
    bets: dict[str, Bet] = field(default_factory=dict)


class Rooms:
    """All rooms of this server. Codes are public; ``teacher`` and ``student`` are secrets of who opens and who bets."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._turn = clock, Lock()
        self._rooms: dict[str, Room] = {}
        self._codes: dict[str, str] = {}

    def open(self, teacher: str, lesson: str, address: str = "") -> Room:
        """A new room for a lesson; the last one of this secret is forgotten.

        Raises RoomError if there are too many, in all or of those that were opened at this address.
        """
        with self._turn:
            self._forget_old()
            self._rooms.pop(self._codes.pop(teacher, ""), None)
            if len(self._rooms) >= MOST_ROOMS:
                raise RoomError("too_many_rooms")
            if address and sum(each.address == address for each in self._rooms.values()) >= ROOMS_AN_ADDRESS:
                raise RoomError("too_many_rooms_here")
            code = self._new_code()
            self._codes[teacher] = code
            self._rooms[code] = Room(code, lesson, self._clock(), address)
            return self._rooms[code]

    def forget(self, teacher: str) -> None:
        """The teacher's room with all that is in it, if there is one."""
        with self._turn:
            self._rooms.pop(self._codes.pop(teacher, ""), None)

    def of(self, teacher: str) -> Room | None:
        """The teacher's room, which is thereby used."""
        with self._turn:
            return self._used(self._codes.get(teacher, ""))

    def find(self, code: str) -> Room | None:
        """The room of a code as somebody has typed it."""
        with self._turn:
            return self._used(code.strip().upper()[: 2 * CODE_LENGTH])

    def bet(self, code: str, student: str, name: str, guess: int, low: int, high: int) -> Bet:
        """Enter or change a student's bet. Raises RoomError if the room is gone, closed or full or a field is wrong."""
        with self._turn:
            room = self._used(code.strip().upper())
            if room is None:
                raise RoomError("no_room")
            if not room.is_open:
                raise RoomError("closed")
            if student not in room.bets and len(room.bets) >= MOST_BETS:
                raise RoomError("full")
            if not low <= guess <= high:
                raise RoomError("out_of_range")
            if not (known_as := plain(name)):
                raise RoomError("no_name")
            room.bets[student] = Bet(known_as, guess)
            return room.bets[student]

    def close(self, teacher: str) -> None:
        """No more bets."""
        if room := self.of(teacher):
            room.is_open = False

    def reveal(self, teacher: str, truth: int) -> None:
        """Tell the room the answer; it is closed for good."""
        if room := self.of(teacher):
            room.is_open, room.truth = False, truth

    def _used(self, code: str) -> Room | None:
        self._forget_old()
        room = self._rooms.get(code)
        if room:
            room.used = self._clock()
        return room

    def _forget_old(self) -> None:
        before = self._clock() - HOURS * 3600
        self._rooms = {code: room for code, room in self._rooms.items() if room.used > before}
        self._codes = {teacher: code for teacher, code in self._codes.items() if code in self._rooms}

    def _new_code(self) -> str:
        while True:
            code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
            if code not in self._rooms:
                return code


def plain(name: str) -> str:
    """A name of at most 24 characters on one line, without what is invisible or changes the direction of writing."""
    shown = (letter if unicodedata.category(letter)[0] not in "CZ" else " " for letter in name[: 8 * NAME_LENGTH])
    return " ".join("".join(shown).split())[:NAME_LENGTH].strip()


def ranked(room: Room, truth: int) -> list[tuple[Bet, int]]:
    """Bets with their errors, the nearest first; nobody's before the room is closed."""
    if room.is_open:
        return []
    return sorted(((bet, abs(bet.guess - truth)) for bet in room.bets.values()), key=lambda pair: pair[1])
