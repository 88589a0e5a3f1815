"""A long job on a page: the button that asks for it, its progress with a stop, and the answer when it is there.

The page's `LINK` names the place in the address where the job's name stands, so that a reload, or a colleague with the
link, finds it::

    job = job_panel.ask(visit, "why", Request.of("waterfall", visit.scenario, seeds=8), label=say("ask_why", language))
    if job:
        waterfall = job.answer()
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from sim.text.phrases import Language
from sim.ui import bounds, state, strangers_text, visitor
from sim.ui.jobs.board import the_board
from sim.ui.jobs.job import Job
from sim.ui.jobs.request import Request
from sim.ui.jobs.words import Refused
from sim.ui.visit import Visit
from sim.ui.words.jobs import say

GLANCE = 0.5
"""Seconds between two looks at a job that goes on."""


def ask(
    visit: Visit, place: str, request: Request, label: str, *, help: str | None = None,  # noqa: A002 - Streamlit's word
    files: Mapping[str, bytes] | None = None, primary: bool = False,
) -> Job | None:
    """The finished job that answers the request; None, with a button or the progress on the page, until there is one.

    Args:
        visit: the pass over the page.
        place: where the address names the job; one of the page's `LINK`.
        request: what is asked; a job that answered something else is not shown.
        label: the button's words.
        help: more words about what the button does and how long it takes.
        files: what was uploaded for it; the request must then name it by its fingerprint.
        primary: whether the button is the main one of the page.
    """
    name = visit.own.get(place, "")
    job = the_board().look(name) if name else None
    if job and job.request == request and job.state == "done":
        return job
    if job and job.request == request and not job.is_over:
        follow(job.id, visit.language)
        return None
    _tell(job, name, request, visit.language)
    again = job is not None and job.request == request
    words = say("ask_again", visit.language) if again and job and job.state == "failed" else label
    st.button(
        words, key=f"ask-{place}", help=help, type="primary" if primary else "secondary", on_click=_submit,
        args=(place, request, files),
    )
    _tell_refusal(place, visit.language)
    return None


def follow(job_id: str, language: Language) -> None:
    """The progress of a job that waits or runs, with a button to stop it; the page starts anew when it is over."""
    visitor.remember()
    _watch(job_id, language)


@st.fragment(run_every=GLANCE)
def _watch(job_id: str, language: Language) -> None:
    job = the_board().look(job_id)
    if job is None or job.is_over:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key=f"job-{job_id}"):
        st.progress(job.share, how_far(job, language))
        st.button(say("stop", language), key=f"stop-{job_id}", on_click=the_board().stop, args=(job_id,))


def how_far(job: Job, language: Language) -> str:
    """How far a job is, in words."""
    if job.state == "queued":
        return say("queued", language, place=job.place)
    if job.phase != "working":
        return say(job.phase, language)
    if job.seconds_left is None:
        return say("working", language, done=job.share)
    return say("working_left", language, done=job.share, left=span(job.seconds_left, language))


def span(seconds: float, language: Language) -> str:
    """A time that remains, as roughly as it is known."""
    if seconds < 90:
        return say("seconds", language, n=max(1, round(seconds)))
    minutes = seconds / 60
    return say("minutes", language, n=round(minutes)) if minutes < 90 else say("hours", language, n=round(minutes / 60))


def _submit(place: str, request: Request, files: Mapping[str, bytes] | None) -> None:
    """Take the job, and put its name into the address; a refusal is told where the button stands."""
    try:
        if request.scenario:
            bounds.refuse_hopeless(request.assumed())
        state.remember(place, the_board().submit(request, visitor.visitor(), files, visitor.address()))
    except Refused as refused:
        st.session_state[f"refused-{place}"] = refused.told


def _tell_refusal(place: str, language: Language) -> None:
    told = st.session_state.pop(f"refused-{place}", None)
    if told:
        strangers_text.tell("warning", told[language])


def _tell(job: Job | None, name: str, request: Request, language: Language) -> None:
    """What became of the job that the address names, if it is not the answer."""
    if name and job is None:
        st.info(say("gone", language))
    elif job and job.request != request:
        st.caption(say("moved", language))
    elif job and job.state == "failed":
        strangers_text.tell("error", job.why(language))
    elif job and job.state == "stopped":
        st.caption(say("stopped", language))
