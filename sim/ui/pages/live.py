"""The Live page: two futures side by side, played in the browser, after a bet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from sim.assumptions.errors import ScenarioError
from sim.ui import bounds, mistakes, state, strangers_text
from sim.ui.live import betting, player, sandbox, screening
from sim.ui.live.lessons import LESSONS, SANDBOX
from sim.ui.visit import Visit
from sim.ui.words.lessons import say as say_lesson
from sim.ui.words.live import say

if TYPE_CHECKING:
    from sim.records.panel import Panel

LINK = ("lesson", "happens", "ways", "seed", betting.TEACHER)


WATCHING = 6
"""Runs whose memory covers that of watching two: what everybody did on each day is noted beside them."""


def show(visit: Visit) -> None:
    """The lessons, then the one that is chosen."""
    name = _choose_lesson(visit)
    try:
        if name == SANDBOX:
            _show_sandbox(visit)
        else:
            _show_lesson(visit, name)
    except ScenarioError as error:
        told = mistakes.told(error, visit.language)
        strangers_text.tell("error", say("refused", visit.language, mistakes=told))


def _choose_lesson(visit: Visit) -> str:
    names, asked = (*LESSONS, SANDBOX), visit.own.get("lesson")
    name = asked if asked in names else names[0]
    key = f"lesson.{visit.language}"
    if st.session_state.get(key) != name:
        st.session_state[key] = name

    def title(each: str) -> str:
        return say(SANDBOX, visit.language) if each == SANDBOX else say_lesson(each, visit.language)

    st.pills(
        say("lesson", visit.language), names, format_func=title, key=key, label_visibility="collapsed", required=True,
        on_change=lambda: state.remember("lesson", st.session_state[key]),
    )
    return name


def _show_lesson(visit: Visit, name: str) -> None:
    language, lesson = visit.language, LESSONS[name]
    st.header(say_lesson(f"{name}_bet", language), anchor=False)
    locked = betting.ask(name, lesson, language)
    status = st.container(key="live_status").empty()
    panel = screening.watched(name, lesson.arms, status, language)
    names = [say_lesson(f"{name}_{arm}", language) for arm in ("a", "b")]
    player.play(panel, names, language, world=name, locked=locked)
    if not locked:
        betting.reveal(name, lesson, panel, language)
    betting.class_room(name, language)
    _say_what_is_drawn(panel, visit)


def _show_sandbox(visit: Visit) -> None:
    language = visit.language
    wish = sandbox.choose(visit)
    bounds.refuse_too_much(wish.scenario, WATCHING, WATCHING)
    status = st.container(key="live_status").empty()
    # First without what happens: how many people a dot stands for must not change when something does.
    panel = screening.watched(wish.world, lambda: wish.arms(()), status, language, seed=wish.seed)
    if wish.incidents:
        world = f"{wish.world} {sandbox.written(wish.incidents)}"
        panel = screening.watched(
            world, lambda: wish.arms(wish.incidents), status, language, seed=wish.seed, one_in=panel.one_in
        )
    player.play(
        panel, wish.names(language), language, world=wish.world, locked=False, incidents=wish.incidents,
        choices=sandbox.CHOICES, on_drop=lambda: sandbox.drop_in(wish),
    )
    sandbox.tell(wish, language)
    _say_what_is_drawn(panel, visit)


def _say_what_is_drawn(panel: Panel, visit: Visit) -> None:
    language = visit.language
    share = say("drawn_all", language) if panel.one_in == 1 else say("drawn_some", language, one_in=panel.one_in)
    st.caption(say("drawn", language, share=share))
