"""Jobs that wait, run and are done, and stored batches: filtered, laid over one another, downloaded, lived again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st

from sim.assumptions.errors import ScenarioError, shown
from sim.assumptions.writing import to_yaml
from sim.batches.stored.about import BatchError
from sim.batches.stored.batch import Batch
from sim.report.words import metric_label
from sim.text.phrases import Language, strategy_name
from sim.ui import asking, job_panel, runs_figures, strangers_text, visitor
from sim.ui.answer_files import csv_of
from sim.ui.jobs.board import the_board
from sim.ui.jobs.job import Job
from sim.ui.jobs.request import Request
from sim.ui.jobs.stored import METRICS_SHOWN, without_place
from sim.ui.jobs.words import Refused
from sim.ui.mistakes import told
from sim.ui.plain_frame import label_of
from sim.ui.runs_figures import Chosen
from sim.ui.stored_batches import batches, stamp
from sim.ui.visit import Visit
from sim.ui.words.runs import say

LINK = ("more",)

MOST_BATCHES = 4
HIDDEN = ("look_over", "sum_up")
"""Kinds of jobs that a page asks for by itself."""


def show(visit: Visit) -> None:
    """Jobs above, batches below."""
    language = visit.language
    linked = the_board().look(visit.own.get("more", ""))
    jobs = [job for job in the_board().jobs(visitor.visitor()) if job.request.kind not in HIDDEN]
    if linked and linked.id not in {job.id for job in jobs}:
        jobs.insert(0, linked)  # somebody else had asked the same, or gave the link away
    visitor.remember()
    _jobs(jobs, language)
    asking.section(visit)
    _batches(jobs, language)


# Jobs


def _jobs(jobs: list[Job], language: Language) -> None:
    st.header(say("jobs_heading", language), anchor=False)
    running, waiting = the_board().counts()
    limit = the_board().limits.running
    told = [say("counts", language, running=running, waiting=waiting, limit=limit)]
    told += [] if jobs else [say("no_jobs", language)]
    st.html(f'<section class="siyu-answer" style="min-height:0"><p>{"<br>".join(told)}</p></section>')
    for job in jobs:
        with st.container(horizontal=True, vertical_alignment="center", key=f"row-{job.id}"):
            _job(job, language)


def _job(job: Job, language: Language) -> None:
    st.markdown(f"**{job_name(job, language)}**  \n:small[{_when(job, language)}]", width=340)
    if not job.is_over:
        job_panel.follow(job.id, language)
        return
    strangers_text.tell("text", _told(job, language))
    if job.state == "done":
        st.download_button(
            say("get", language), json.dumps(job.raw(), ensure_ascii=False), file_name=f"{job.request.kind}.json",
            mime="application/json", key=f"get-{job.id}", on_click="ignore",
        )  # fmt: skip
    st.button(say("forget", language), key=f"forget-{job.id}", on_click=the_board().forget, args=(job.id,))


def job_name(job: Job, language: Language) -> str:
    """What a job is about, in words."""
    return say(job.request.kind, language, n=job.request.options.get("seeds", ""))


def _when(job: Job, language: Language) -> str:
    asked = datetime.fromtimestamp(job.asked, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    if job.state not in ("done", "failed", "stopped"):
        return asked
    seconds = (job.ended or job.asked) - (job.began or job.ended or job.asked)
    return f"{asked} · {say(job.state, language, seconds=job_panel.span(seconds, language))}"


def _told(job: Job, language: Language) -> str:
    """The first words of a verdict, or why there is none."""
    if job.state != "done":
        return job.why(language)
    found = job.raw()
    first = found["answers"][0] if found.get("answers") else found
    verdict = first.get("verdict", {}).get(language, "")
    return verdict if len(verdict) < 300 else verdict[:297] + "…"


# Batches


def _batches(jobs: list[Job], language: Language) -> None:
    st.header(say("batches_heading", language), anchor=False)
    stored = batches(jobs)
    if not stored:
        st.markdown(say("no_batches", language))
        return
    names = st.pills(
        say("choose", language, most=MOST_BATCHES), list(stored), selection_mode="multi", default=[next(iter(stored))],
        format_func=lambda name: strangers_text.label(shown(name, 40)), key="batches",
    )  # fmt: skip
    found = {name: _summed(name, stored[name], language) for name in names[:MOST_BATCHES]}
    known = {name: each for name, each in found.items() if each}
    if not known:
        return
    for each in known.values():
        gaps = {"name": "", "done": f"{each['done']:,}", "runs": f"{each['runs']:,}"}
        about = "about" if each["done"] == each["runs"] else "about_unfinished"
        rest = say(about, language, question=each["about"], **gaps).removeprefix("****")
        strangers_text.tell_named(each["name"], rest)
    _compared(known, language)
    _one(known, stored, language)


def _summed(name: str, folder: Path, language: Language) -> dict[str, Any] | None:
    """A batch's summary by a job; None while that goes on, or if it cannot be read, which is told."""
    try:
        job = _asked_once(Request.of("sum_up", folder=str(folder), stamp=stamp(folder)))
    except Refused as refused:
        strangers_text.tell("warning", refused.told[language])
        return None
    if job and not job.is_over:
        strangers_text.tell("caption", say("summing", language, name=shown(name, 40)))
        job_panel.follow(job.id, language)
        return None
    if job is None or job.state != "done":
        told = f"{shown(name, 40)}{say('colon', language)}{job.why(language)}" if job else ""
        strangers_text.tell("error", told)
        return None
    return job.raw()


def _asked_once(asked: Request) -> Job | None:
    """The job that sums a batch up; one that failed is not asked again by every pass over the page."""
    key = f"summed-{asked.options['folder']}-{asked.options['stamp']}"
    job = the_board().look(st.session_state.get(key, ""))
    if job is None:
        st.session_state[key] = the_board().submit(asked, visitor.visitor(), address=visitor.address())
        job = the_board().look(st.session_state[key])
    return job


def _compared(known: dict[str, dict[str, Any]], language: Language) -> None:
    """Filters, then groups laid over one another, then single runs as dots."""
    groups = [group for each in known.values() for group in each["groups"]]
    strategies, scenarios = ([*dict.fromkeys(group[name] for group in groups)] for name in ("strategy", "scenario"))
    left, right = st.columns(2)
    with left:
        some = _filter("strategies", strategies, language)
    with right:
        where = _filter("scenarios", scenarios, language)
    chosen = Chosen(known, tuple(some), tuple(where))
    keys = [*dict.fromkeys(key for each in known.values() for key in each["keys"])]
    metric, across, other = _axes(keys, language)
    label = metric_label(metric, language)
    st.markdown(f"**{say('overlay_heading', language, metric=label[:1].upper() + label[1:])}**")
    alt = say("overlay_alt", language, metric=label, groups=sum(1 for _ in chosen.groups()))
    _draw(runs_figures.overlay_figure(chosen, metric, across, language), "overlay", alt)
    second = metric_label(other, language)
    st.markdown(f"**{say('scatter_heading', language, metric=label, other=second)}**")
    alt = say("scatter_alt", language, runs=sum(1 for _ in chosen.runs()), metric=label, other=second)
    _draw(runs_figures.scatter_figure(chosen, metric, other, language), "scatter", alt)
    _downloads(chosen, keys, language)


def _draw(figure: Any, key: str, alt: str) -> None:
    st.plotly_chart(figure, theme=None, key=key, alt=alt, config={"displayModeBar": False})


def _filter(what: str, names: Sequence[str], language: Language) -> list[str]:
    def named(name: str) -> str:
        return strangers_text.label(strategy_name(name, language) if what == "strategies" else shown(name, 40))

    return st.pills(
        say(what, language), names, selection_mode="multi", default=names, format_func=named, key=f"{what}-{language}"
    )


def _axes(keys: Sequence[str], language: Language) -> tuple[str, str, str]:
    """Which metric is drawn, against what varied parameter, and which other metric the dots are drawn against."""
    first, second, third = st.columns(3)

    def metric(name: str) -> str:
        return metric_label(name, language)

    def varied(name: str) -> str:
        return say("scenario", language) if name == "scenario" else label_of(name, language)

    with first:
        up = st.selectbox(say("metric", language), METRICS_SHOWN, format_func=metric, key=f"metric-{language}")
    with second:
        across = st.selectbox(
            say("against", language), [*keys, "scenario"], format_func=varied, key=f"across-{language}"
        )
    with third:
        other = st.selectbox(
            say("dots_against", language), METRICS_SHOWN, index=1, format_func=metric, key=f"other-{language}"
        )
    return up, across, other


def _downloads(chosen: Chosen, keys: Sequence[str], language: Language) -> None:
    heading = ["batch", "scenario", *keys, "strategy", "seeds", "metric", "mean", "low", "high"]
    rows = [
        [name, group["scenario"], *(values.get(key) for key in keys), group["strategy"], group["seeds"], metric, *ends]
        for name, values, group in chosen.groups()
        for metric, ends in group["estimates"].items()
    ]
    single = [{"batch": name, **run} for name, run in chosen.runs()]
    columns = [*dict.fromkeys(key for run in single for key in run)]
    tables: dict[str, list[list[Any]]] = {"table": [heading, *rows], "all_runs": [columns]}
    tables["all_runs"] += [[run.get(key) for key in columns] for run in single]
    with st.container(horizontal=True):
        for key, table in tables.items():
            st.download_button(
                say(key, language), csv_of(table), file_name=f"{key}.csv", mime="text/csv", key=f"get-{key}",
                on_click="ignore",
            )  # fmt: skip


def _lost(error: Exception, folder: Path, language: Language) -> str:
    """Why a run of a batch cannot be lived again, though the batch was summed up."""
    mistakes = error.mistakes if isinstance(error, ScenarioError) else [str(error)]
    return told(ScenarioError([without_place(each, folder) for each in mistakes]), language)


def _one(known: dict[str, dict[str, Any]], stored: dict[str, Path], language: Language) -> None:
    """One run: its scenario as a file, and the command that gives the same numbers."""
    st.header(say("one_heading", language), anchor=False)
    name = next(iter(known))
    ids = known[name]["single"]["run_id"]
    run_id = st.selectbox(say("one", language), ids, key=f"one-{name}")
    try:
        scenario, strategy, seed = Batch(stored[name]).run(run_id)
    except (BatchError, ScenarioError, LookupError) as error:
        strangers_text.tell("error", _lost(error, stored[name], language))
        return
    file = f"{scenario.name}-{run_id}.yaml"
    st.download_button(
        say("yaml", language), to_yaml(scenario), file_name=file, mime="text/yaml", key="get-yaml", on_click="ignore"
    )
    st.markdown(say("again", language))
    st.code(f"siyu run {file} --strategy {strategy} --seed {seed}", language=None, wrap_lines=True)
