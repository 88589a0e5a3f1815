"""The rules that tell in which worlds a strategy wins, as cards."""

from __future__ import annotations

from html import escape

import streamlit as st

from sim.assumptions.ranges import with_unit
from sim.questions.discovery.answer import Condition, Rule, Rules
from sim.report.looks import looks
from sim.text.phrases import Language, strategy_name
from sim.ui import job_panel
from sim.ui.answer_files import csv_of_frame
from sim.ui.jobs.request import Request
from sim.ui.plain_frame import named
from sim.ui.visit import Visit
from sim.ui.words.what_if import say

CARD = (
    "border:1px solid #D0D0D0;border-left:0.5rem solid {colour};border-radius:0.4rem;padding:0.6rem 0.9rem;"
    "margin:0 0 0.6rem"
)


def section(visit: Visit, worlds: int, seeds: int) -> None:
    """The question, the job, and a card for each rule."""
    language = visit.language
    st.header(say("rules_heading", language), anchor=False)
    asked = Request.of("rules", visit.scenario, worlds=worlds, seeds=seeds)
    words = say("rules_help", language, worlds=worlds)
    job = job_panel.ask(visit, "rules", asked, say("rules_ask", language), help=words)
    if job is None:
        return
    answer: Rules = job.answer()
    st.markdown(f"**{sentence(answer, language)}**")
    st.html("".join(card(rule, answer, language) for rule in answer.rules) or f"<p>{say('rules_none', language)}</p>")
    if not answer.rules:
        return
    st.download_button(
        say("table", language), csv_of_frame(answer.frame()), file_name="rules.csv", mime="text/csv",
        key=f"table-{job.id}", on_click="ignore",
    )  # fmt: skip


def sentence(answer: Rules, language: Language) -> str:
    """How often the first strategy wins when everything varies."""
    one, share = strategy_name(answer.strategies[0], language), f"{answer.wins_share:.0%}"
    return say("rules_share", language, n=len(answer.spans), one=one, share=share, worlds=answer.worlds)


def card(rule: Rule, answer: Rules, language: Language) -> str:
    """One rule: who wins, under which conditions, how often that is true and how much it covers."""
    look, winner = looks(answer.strategies)[rule.winner], strategy_name(rule.winner, language)
    conditions = f"<br>{escape(say('and', language))}".join(escape(_told(each, language)) for each in rule.conditions)
    title = "rule_title" if rule.density >= 0.5 else "rule_title_less"
    facts = [
        say("density", language, share=f"{rule.density:.0%}", worlds=rule.worlds),
        say("coverage", language, share=f"{rule.coverage:.0%}"),
    ]
    return (
        f'<article class="siyu-rule" style="{CARD.format(colour=look.colour)}">'
        f"<strong>{escape(say(title, language, winner=winner))}</strong><p>{conditions}</p>"
        f"<small>{escape(say('separator', language).join(facts))}</small></article>"
    )


def _told(each: Condition, language: Language) -> str:
    key = "at_least" if each.sense == ">=" else "at_most"
    return say(key, language, label=named(each.span, language), value=with_unit(each.span, each.value, language))
