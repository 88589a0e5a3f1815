"""The light page on which a class enters its bets from telephones: no charts, no navigation, nothing of the model."""

from __future__ import annotations

import streamlit as st

from sim.text.phrases import Language
from sim.ui import state, visitor
from sim.ui.live.betting import all_rooms, student
from sim.ui.live.lessons import LESSONS
from sim.ui.live.rooms import CODE_LENGTH, HOURS, NAME_LENGTH, Room, RoomError
from sim.ui.visit import Visit
from sim.ui.words.bet import say
from sim.ui.words.lessons import say as say_lesson

LINK = ("room",)


def show(visit: Visit) -> None:
    """The code of the room, then the question and the bet, then whether the answer is there."""
    language = visit.language
    st.header(say("heading", language), anchor=False)
    st.session_state.setdefault("bet.code", visit.own.get("room", "")[:CODE_LENGTH])
    code = st.text_input(
        say("code", language), key="bet.code", max_chars=CODE_LENGTH,
        on_change=lambda: state.remember("room", st.session_state["bet.code"] or None),
    )
    room = all_rooms().find(code) if code else None
    if room:
        _show_room(room, language)
    elif code:
        st.warning(say("no_room", language))


def _show_room(room: Room, language: Language) -> None:
    unit = say_lesson(f"{room.lesson}_unit", language)
    st.markdown(say_lesson(f"{room.lesson}_bet", language))
    if room.is_open:
        _take_bet(room, unit, language)
    _tell(room, unit, language)
    st.caption(say("memory", language, hours=HOURS))


def _take_bet(room: Room, unit: str, language: Language) -> None:
    lesson, mine = LESSONS[room.lesson], room.bets.get(student())
    visitor.remember()
    if mine:  # this browser has bet before: after a reload, or in a tab that was opened again
        st.session_state.setdefault("bet.name", mine.name)
        st.session_state.setdefault("bet.guess", mine.guess)
    with st.form("bet", border=False):
        name = st.text_input(say("name", language, length=NAME_LENGTH), max_chars=NAME_LENGTH, key="bet.name")
        label = say("guess", language, low=f"{lesson.low:,}", high=f"{lesson.high:,}", unit=unit)
        guess = st.number_input(label, lesson.low, lesson.high, None, step=1, key="bet.guess")
        sent = st.form_submit_button(say("change" if mine else "send", language), type="primary")
    if not sent:
        return
    try:
        if guess is None:
            raise RoomError("no_guess")
        all_rooms().bet(room.code, student(), name, int(guess), lesson.low, lesson.high)
    except RoomError as error:
        st.error(say(str(error), language))


def _tell(room: Room, unit: str, language: Language) -> None:
    """Whether the bet is counted, whether the room is closed, and the answer once the teacher has revealed it."""
    mine, truth = room.bets.get(student()), room.truth
    if truth is not None:
        gaps = {"truth": f"{truth:,}", "unit": unit}
        off = "" if mine is None else f"{abs(mine.guess - truth):,}"
        st.success(say("answer", language, error=off, **gaps) if mine else say("answer_only", language, **gaps))
        return
    if mine:
        st.success(say("sent", language, guess=f"{mine.guess:,}", unit=unit))
    if not room.is_open:
        st.info(say("closed", language))
    if (mine or not room.is_open) and st.button(say("look", language)):
        st.caption(say("not_yet", language))
