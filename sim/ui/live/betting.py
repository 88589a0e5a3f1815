"""A bet before the reveal: the visitor's own, and those of a class in a room."""

from __future__ import annotations

import secrets
from html import escape
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode, urlsplit

import streamlit as st

from sim.text.phrases import Language
from sim.ui import state, visitor
from sim.ui.live.lessons import Lesson, nearest
from sim.ui.live.rooms import HOURS, Bet, Room, RoomError, Rooms, ranked
from sim.ui.words.lessons import say as say_lesson
from sim.ui.words.live import say

if TYPE_CHECKING:
    from sim.records.panel import Panel

TEACHER = "teacher"
"""Where the address holds the secret of the teacher's room."""

REFUSED = "refused-room"
"""Where the session holds why no room could be opened."""

GLANCE_SECONDS = 2
"""How often the count of bets is looked at while a room is open."""


@st.cache_resource(show_spinner=False)
def all_rooms() -> Rooms:
    """The rooms of this server."""
    return Rooms()


def student() -> str:
    """The seat by which a student owns a bet: the browser's secret name, which a reload and a new tab find again."""
    return visitor.visitor()


def _secrets() -> list[str]:
    """The secrets by which a teacher owns rooms: in the address alone, so that a reload of it finds the rooms again."""
    return [each for each in state.wish().own.get(TEACHER, "").split(",") if all_rooms().of(each)]


def _teacher(name: str) -> str:
    """The secret of the teacher's room for a lesson; empty if there is none."""
    return next((each for each in _secrets() if (room := all_rooms().of(each)) and room.lesson == name), "")


def _own_bets() -> dict[str, int]:
    return cast(dict[str, int], st.session_state.setdefault("live.bets", {}))


def _revealed() -> set[str]:
    return cast(set[str], st.session_state.setdefault("live.revealed", set()))


def _room(name: str) -> Room | None:
    """This teacher's room, if it is about this lesson."""
    return all_rooms().of(_teacher(name))


def _is_revealed(name: str, room: Room | None) -> bool:
    """Whether this visit, or before a reload the room, has seen the answer."""
    return name in _revealed() or (room is not None and room.truth is not None)


def ask(name: str, lesson: Lesson, language: Language) -> bool:
    """Ask for a bet; returns whether the film stays locked: in an open room, or without a bet or a closed room."""
    unit, room = say_lesson(f"{name}_unit", language), _room(name)
    is_open = room is not None and room.is_open
    if name in _own_bets():
        st.markdown(say("betted", language, guess=f"{_own_bets()[name]:,}", unit=unit))
        return is_open
    if _is_revealed(name, room):
        return False
    label = say("your_bet", language, low=f"{lesson.low:,}", high=f"{lesson.high:,}", unit=unit)
    with st.form(f"bet.{name}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        guess = st.number_input(label, lesson.low, lesson.high, None, step=1, width=320, key=f"guess.{name}")
        placed = st.form_submit_button(say("place", language), type="primary")
    if placed and guess is not None:
        _own_bets()[name] = int(guess)
        st.rerun()
    return room is None or is_open


def reveal(name: str, lesson: Lesson, panel: Panel, language: Language) -> None:
    """The answer on request: how far off everybody was, and what there was to learn."""
    truth, room = nearest(lesson, lesson.truth(panel)), _room(name)
    if not _is_revealed(name, room):
        st.button(
            say("reveal", language), type="primary", key=f"reveal.{name}", on_click=lambda: _revealed().add(name)
        )
        return
    st.header(say("answer", language, truth=f"{truth:,}", unit=say_lesson(f"{name}_unit", language)), anchor=False)
    own = _own_bets().get(name)
    if room:
        all_rooms().reveal(_teacher(name), truth)
    guesses = ranked(room, truth) if room else []
    if own is not None:
        guesses = sorted([*guesses, (Bet(say("you", language), own), abs(own - truth))], key=lambda pair: pair[1])
    if guesses:
        st.html(_table(guesses, language))
    st.markdown(say_lesson(f"{name}_learned", language))
    st.caption(say("one_future", language, seed=panel.arms[0].result.seed))


def _table(guesses: list[tuple[Bet, int]], language: Language) -> str:
    """Bets and errors as HTML; names are strangers' text and stay text."""
    head = "".join(f'<th scope="col">{escape(say(key, language))}</th>' for key in ("who", "guess", "error"))
    rows = "".join(
        f'<tr><th scope="row">{escape(bet.name)}</th><td>{bet.guess:,}</td><td>{error:,}</td></tr>'
        for bet, error in guesses
    )
    caption = f'<caption style="text-align: left">{escape(say("bets", language))}</caption>'
    table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="siyu-table siyu-bets" style="max-width: 36rem">{table}</div>'


def class_room(name: str, language: Language) -> None:
    """The teacher's side of the room."""
    room = _room(name)
    with st.expander(say("room", language), expanded=room is not None and room.is_open):
        if room is None:
            st.markdown(say("room_about", language, hours=HOURS))
            st.button(say("room_open", language), on_click=_open_room, args=(name,))
            _tell_refusal(language)
        elif room.is_open:
            _show_open(name, room, language)
        else:
            st.markdown(say("room_closed", language, count=len(room.bets)))
            if room.truth is not None:
                st.button(say("room_next", language), on_click=_open_room, args=(name,))
                _tell_refusal(language)
        _tell_of_others(name, language)


def _tell_refusal(language: Language) -> None:
    if refused := st.session_state.pop(REFUSED, None):
        st.error(say(refused, language))


def _tell_of_others(name: str, language: Language) -> None:
    """The teacher's rooms for other lessons that are still open: they go on."""
    for room in filter(None, map(all_rooms().of, _secrets())):
        if room.lesson != name and room.is_open:
            title = say_lesson(room.lesson, language)
            st.caption(say("room_elsewhere", language, code=room.code, lesson=title, count=len(room.bets)))


def _open_room(name: str) -> None:
    """Open a room, in place of this lesson's last one, beside those of other lessons.

    What this visit has revealed before is hidden again, because a class is about to look on.

    Every room has a secret of its own: a link that somebody else has made cannot open the rooms that follow. Comes
    before the script, so that nothing that starts the script once more can lose the press.
    """
    last, teacher = _teacher(name), secrets.token_hex(16)
    all_rooms().forget(last)
    try:
        all_rooms().open(teacher, name, visitor.address())
        state.remember(TEACHER, ",".join([*_secrets(), teacher]))
        _revealed().discard(name)
    except RoomError as error:
        st.session_state[REFUSED] = str(error)


def _show_open(name: str, room: Room, language: Language) -> None:
    here = urlsplit(st.context.url or "http://127.0.0.1:8501/live")
    address = f"{here.scheme}://{here.netloc}/bet?{urlencode({'room': room.code, 'lang': language})}"
    st.markdown(say("room_code", language, code=room.code))
    st.code(address, language=None, wrap_lines=True)
    if (here.hostname or "").startswith("127.") or here.hostname in ("localhost", "::1"):
        st.warning(say("room_reach", language))
    st.caption(say("room_keep", language))

    @st.fragment(run_every=GLANCE_SECONDS)
    def count() -> None:
        st.markdown(say("room_count", language, count=len(room.bets)))

    count()
    st.button(say("room_close", language), on_click=lambda: all_rooms().close(_teacher(name)))
