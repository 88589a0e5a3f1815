"""The visitor's choice of sides: a scenario and a strategy each, and a scenario file of one's own."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sim.assumptions.errors import ScenarioError, shown
from sim.assumptions.loading import loads, shipped
from sim.strategies import SHIPPED
from sim.text.phrases import Language, strategy_name
from sim.ui import mistakes, state, strangers_text
from sim.ui.link import base_of
from sim.ui.own_scenarios import PREFIX, keep
from sim.ui.sides import LETTERS, MOST, THIS, Choice
from sim.ui.visit import Visit
from sim.ui.words.compare import say

MEGABYTES = 1


def choose(visit: Visit, choices: list[Choice]) -> list[Choice]:
    """A column for each side; what is chosen is in the address."""
    language = visit.language
    with st.container(key="sides"):
        for n, (column, choice) in enumerate(zip(st.columns(len(choices)), choices, strict=True)):
            with column:
                _side(n, choice, choices, language)
    with st.container(horizontal=True):
        st.button(
            say("add", language), key="add-side", disabled=len(choices) >= MOST, on_click=_remember,
            args=([*choices, choices[-1]],),
        )
    with st.expander(say("upload_heading", language)):
        _upload(choices, language)
    return choices


def _side(n: int, choice: Choice, choices: list[Choice], language: Language) -> None:
    letter = LETTERS[n]
    names = [THIS, *_own(choices), *shipped()]
    key = f"side-{n}-{choice.written()}-{language}"

    def scenario_name(name: str) -> str:
        if name == THIS:
            return say("this", language)
        base = base_of(name)[0]
        return base.question_zh if language == "zh" else base.question

    st.selectbox(
        say("scenario", language, letter=letter), names, index=names.index(choice.scenario), format_func=scenario_name,
        key=f"{key}-scenario", on_change=_change, args=(n, choices, f"{key}-scenario", f"{key}-strategy"),
    )
    st.selectbox(
        say("strategy", language, letter=letter), list(SHIPPED), index=list(SHIPPED).index(choice.strategy),
        format_func=lambda name: strategy_name(name, language), key=f"{key}-strategy", on_change=_change,
        args=(n, choices, f"{key}-scenario", f"{key}-strategy"),
    )
    if len(choices) > 2:
        st.button(
            say("remove", language, letter=letter), key=f"remove-{n}", type="tertiary", on_click=_remember,
            args=([each for i, each in enumerate(choices) if i != n],),
        )


def _own(choices: Sequence[Choice]) -> list[str]:
    """Scenarios of the visitor's own: those that were uploaded in this visit, and those that the address names."""
    brought = st.session_state.get("brought", [])
    return list(dict.fromkeys([*brought, *(each.scenario for each in choices if each.scenario.startswith(PREFIX))]))


def _change(n: int, choices: list[Choice], scenario: str, strategy: str) -> None:
    changed = list(choices)
    changed[n] = Choice(st.session_state[scenario], st.session_state[strategy])
    _remember(changed)


def _remember(choices: Sequence[Choice]) -> None:
    state.remember("sides", ",".join(each.written() for each in choices))


def _upload(choices: Sequence[Choice], language: Language) -> None:
    """A scenario file: text, never run; every mistake is told as a sentence."""
    _speak(language)
    with st.container(key="scenario-file"):
        found = st.file_uploader(say("upload", language), key="scenario-file-box", max_upload_size=MEGABYTES)
    if found is None:
        return
    name = shown(found.name.replace("\\", "/").rsplit("/", 1)[-1], 60)
    try:
        scenario = loads(found.getvalue().decode("utf-8-sig"), name)
    except UnicodeDecodeError:
        _refuse(ScenarioError([f"{name}: it is not UTF-8 text; save it as UTF-8 in your editor"]), language)
        return
    except ScenarioError as error:
        _refuse(error, language)
        return
    own = keep(scenario, "uploaded")
    strangers_text.tell("success", say("uploaded", language, name=name))
    if own not in _own(choices):
        st.session_state["brought"] = [*st.session_state.get("brought", []), own]
        _remember([*choices[: MOST - 1], Choice(own, choices[-1].strategy)])
        st.rerun()


def _refuse(error: ScenarioError, language: Language) -> None:
    st.error(say("mistakes", language))
    st.code(mistakes.told(error, language), language=None, wrap_lines=True)


def _speak(language: Language) -> None:
    """Streamlit's uploader speaks English; its own words give way to ours."""
    box = ".st-key-scenario-file [data-testid=stFileUploaderDropzone]"
    browse = f"{box} button:not([data-testid=stFileChip] *)"
    st.html(
        f"<style>{box}Instructions {{ display: none; }} {browse} > div {{ display: none; }}"
        f"{browse}::after {{ content: '{say('choose_file', language)}'; font-size: 1rem; }}</style>"
    )
