"""A brand's own order log: read in a job's process, its columns matched, fitted, checked, and used on all pages."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from sim.assumptions.loading import loads
from sim.text.phrases import Language
from sim.ui import job_panel, state, strangers_text, visitor
from sim.ui.jobs.board import the_board
from sim.ui.jobs.job import Job
from sim.ui.jobs.logs import ROLES
from sim.ui.jobs.request import Request
from sim.ui.jobs.words import Refused
from sim.ui.mistakes import note_in_chinese
from sim.ui.my_data_figures import track_alt, track_figure
from sim.ui.plain_frame import label_of
from sim.ui.uploads import Upload, uploaded
from sim.ui.visit import Visit
from sim.ui.words.my_data import say

LINK = ("fit",)
HELD_OUT = {0.0: "0", 0.25: "1/4", 0.33: "1/3", 0.5: "1/2"}
SEEDS = 20
"""Futures in which the log's own weeks are lived."""

NEEDED = ("customer", "date", "amount")


def show(visit: Visit) -> None:
    """From the upload to a scenario in use."""
    language = visit.language
    st.html(
        '<section class="siyu-answer" style="min-height:0"><p class="siyu-then">'
        f"{escape(say('intro', language))}</p></section>"
    )
    upload = uploaded(the_board().limits.upload_megabytes, language)
    if upload is None:
        _shown_again(visit)
        return
    seen = _looked_over(upload, language, {})
    if seen is None:
        return
    rest = say("read", language, name="", rows=f"{seen['rows']:,}", columns=len(seen["columns"])).removeprefix("****")
    strangers_text.tell_named(upload.name, rest)
    how = _matched(seen, upload, language)
    if how is None:
        st.info(say("missing", language))
        return
    share = _chosen_share(language)
    read = _looked_over(upload, language, how)
    if read is None or not _reported(read, language):
        return
    words = say("fit_help", language, seeds=SEEDS)
    files, asked = {upload.name: upload.content}, Request.of(
        "fit", file=upload.fingerprint, how=how, hold_out_share=share, seeds=SEEDS
    )  # fmt: skip
    job = job_panel.ask(visit, "fit", asked, say("fit", language), help=words, files=files, primary=True)
    if job:
        _draw(visit, job)


def _reported(read: dict[str, Any], language: Language) -> bool:
    """Say how the log was read, or what is in the way; whether it can be fitted."""
    if read.get("trouble"):
        strangers_text.tell("error", read["trouble"][language])
        return False
    st.header(say("report_heading", language), anchor=False)
    lines = read["told"][language]
    st.html("<ul>" + "".join(f"<li>{escape(line[:1].upper() + line[1:])}</li>" for line in lines) + "</ul>")
    return True


def _shown_again(visit: Visit) -> None:
    """The fit that the address names, after a reload or for a colleague: the log itself is no longer there."""
    job = the_board().look(visit.own.get("fit", ""))
    if job is None:
        st.markdown(say("steps", visit.language))
        return
    if not job.is_over:
        job_panel.follow(job.id, visit.language)
    elif job.state == "done":
        _draw(visit, job)
        st.caption(say("ask_anew", visit.language))
    else:
        strangers_text.tell("error", job.why(visit.language) or say("ask_anew", visit.language))


def _looked_over(upload: Upload, language: Language, how: dict[str, Any]) -> dict[str, Any] | None:
    """What a job's process saw in the file, read so; None while it looks, or if the file cannot be read, which is
    told."""
    memory = st.session_state.setdefault("looked-over", {})
    asked = Request.of("look_over", file=upload.fingerprint, how=how)
    place = asked.fingerprint
    if place in memory:
        return memory[place]
    name = st.session_state.get(f"look-{place}", "")
    job = the_board().look(name) if name else None
    if job is None:
        try:
            files = {upload.name: upload.content}
            name = the_board().submit(asked, visitor.visitor(), files, visitor.address())
        except Refused as refused:
            strangers_text.tell("warning", refused.told[language])
            return None
        st.session_state[f"look-{place}"] = name
        job = the_board().look(name)
    if job is None or not job.is_over:
        st.caption(say("looking", language))
        job_panel.follow(name, language)
        return None
    if job.state != "done":
        strangers_text.tell("error", job.why(language) or say("ask_anew", language))
        return None
    memory[place] = job.raw()
    the_board().forget(name)  # it holds the first rows, which are nobody else's business
    return memory[place]


# Which column is which


def _matched(seen: dict[str, Any], upload: Upload, language: Language) -> dict[str, Any] | None:
    """How the log is to be read, as soon as each needed column is chosen, and none twice.

    Only columns that the visitor chose otherwise are named: what was recognised is looked at in the file itself.
    """
    st.header(say("match_heading", language), anchor=False)
    places = {}
    for column, role in zip(st.columns(len(ROLES)), ROLES, strict=True):
        with column:
            places[role] = _choose_column(role, seen, upload, language)
    how = _options(language)
    chosen = [place for place in places.values() if place is not None]
    taken = (seen.get("report") or {}).get("columns", {})
    missing = [role for role in NEEDED if places[role] is None and role not in taken]
    if missing == ["amount"] and how.get("without_amounts"):
        missing = []
    if missing or len(set(chosen)) < len(chosen):
        return None
    columns = {
        role: seen["columns"][place] for role, place in places.items()
        if place is not None and place != _beforehand(role, seen)
    }  # fmt: skip
    return {**({"columns": columns} if columns else {}), **how}


def _options(language: Language) -> dict[str, Any]:
    """What else may be said of a log; what is left as it is, is not said."""
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    with left:
        order = _one_of("date_order", ("auto", "dmy", "mdy"), language)
        decimal = _one_of("decimal", ("auto", "point", "comma"), language)
    with middle:
        amount_of = _one_of("amount_of", ("auto", "order", "line"), language)
        states = st.text_input(say("states", language), key=f"states-{language}", help=say("states_help", language))
    with right:
        rate = st.number_input(
            say("rate", language), min_value=1e-6, max_value=1e6, value=None, key=f"rate-{language}", help=say("rate_help", language)  # noqa: E501
        )  # fmt: skip
        ticked = [
            name for name in ("keep_copies", "leave_out_empty", "without_amounts")
            if st.checkbox(say(name, language), key="copies" if name == "keep_copies" else name)
        ]  # fmt: skip
    said: dict[str, Any] = dict.fromkeys(ticked, True)
    chosen = {"date_order": order, "decimal": decimal, "amount_of": amount_of}
    said |= {name: value for name, value in chosen.items() if value != "auto"}
    if states.strip():
        said["states"] = [state.strip() for state in states.replace("，", ",").split(",") if state.strip()]
    if rate:
        said["rate"] = float(rate)
    return said


def _one_of(name: str, choices: tuple[str, ...], language: Language) -> str:
    """A choice of which the first is what the log itself shows."""
    return st.segmented_control(
        say(name, language), choices, format_func=lambda each: say(each, language), default=choices[0], required=True,
        key=f"{'order' if name == 'date_order' else name}-{language}",
    )  # fmt: skip


def _beforehand(role: str, seen: dict[str, Any]) -> int | None:
    """The place of the column that is taken for a role as the file shows it."""
    taken = (seen.get("report") or {}).get("columns", {}).get(role)
    return seen["columns"].index(taken) if taken in seen["columns"] else seen["recognised"][role] if taken is None else None  # noqa: E501


def _choose_column(role: str, seen: dict[str, Any], upload: Upload, language: Language) -> int | None:
    """The place of a role's column; a recognised one is chosen beforehand. Below it the first rows."""
    places = [None, *range(len(seen["columns"]))]
    empty = say("pick" if role in NEEDED else "none", language)

    def named(place: int | None) -> str:
        return empty if place is None else seen["columns"][place]

    key = f"column-{role}-{upload.fingerprint[:8]}-{language}"
    place = st.selectbox(
        say(role, language), places, index=places.index(_beforehand(role, seen)), format_func=named, key=key
    )
    if place is not None and seen["first"][place]:
        rows = strangers_text.lines(seen["first"][place])
        st.html(f"<small aria-label='{escape(say('first_rows', language))}'>{rows}</small>")
    return place


def _chosen_share(language: Language) -> float:
    return st.select_slider(
        say("hold_out", language), list(HELD_OUT), value=0.25, format_func=HELD_OUT.__getitem__, key=f"held-{language}"
    )


# What the log says


def _draw(visit: Visit, job: Job) -> None:
    found, language = job.raw(), visit.language
    st.header(say("result_heading", language), anchor=False)
    st.html(
        f'<section class="siyu-answer" role="status" style="min-height:0"><p class="siyu-first">'
        f'{escape(checked(found, language))}</p><p class="siyu-then">{escape(_told(found, language))}</p></section>'
    )
    _use(visit, found)
    if "low" in found["picture"]:
        st.markdown(f"**{say('track_heading', language)}**")
        figure, alt = track_figure(found["picture"], language), track_alt(found["picture"], language)
        st.plotly_chart(figure, theme=None, key="track", alt=alt, config={"displayModeBar": False})
    st.header(say("table_heading", language), anchor=False)
    st.html(table(found["table"], language))
    notes = [note_in_chinese(each) if language == "zh" else each for each in found["notes"]]
    if notes:
        st.header(say("notes", language), anchor=False)
        st.html("<ul>" + "".join(f"<li>{escape(note[:1].upper() + note[1:])}</li>" for note in notes) + "</ul>")


def checked(found: Mapping[str, Any], language: Language) -> str:
    """How well the fit foretold what it had not seen."""
    held = found["holdout"]
    if not held:
        return say("not_held_out", language)
    actual = held["actual_repeats"]
    error = f"{held['pareto_nbd'] / actual - 1:+.1%}" if actual else "-"
    text = say(
        "held_out", language, actual=f"{actual:,}", expected=f"{held['pareto_nbd']:,.0f}", error=error
    )
    coverage = (found["matching"] or {}).get("coverage_90")
    return text if coverage is None else text + say("covered", language, share=f"{coverage:.0%}")


def _told(found: Mapping[str, Any], language: Language) -> str:
    return say(
        "log", language, customers=f"{found['customers']:,}", orders=f"{found['orders']:,}",
        first=found["calibrated_from"], last=found["calibrated_until"], end=found["log_ends"],
    )  # fmt: skip


def _use(visit: Visit, found: Mapping[str, Any]) -> None:
    language, scenario = visit.language, loads(found["text"], "calibrated.yaml")
    with st.container(horizontal=True, vertical_alignment="center"):
        if visit.base == scenario:
            st.success(say("in_use", language))
        else:
            st.button(
                say("use", language), key="use", type="primary", on_click=state.use, args=(scenario, "calibrated")
            )
        st.download_button(
            say("get", language), found["text"], file_name=f"{scenario.name}.yaml", mime="text/yaml",
            key="get-scenario", on_click="ignore",
        )  # fmt: skip


def table(rows: list[dict[str, Any]], language: Language) -> str:
    """Default, the log's own with its 90 % interval, and what the scenario takes, a line for each assumption."""
    head = "".join(
        f'<th scope="col">{escape(say(name, language))}</th>' for name in ("parameter", "default", "yours", "used")
    )
    body = "".join(_row(each, language) for each in rows)
    return f'<div class="siyu-table"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _row(row: dict[str, Any], language: Language) -> str:
    cells = (f"{row['default']:.3g}", _yours(row, language), f"{row['used']:.3g}")
    name = escape(label_of(row["key"], language))
    return f'<tr><th scope="row">{name}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _yours(row: dict[str, Any], language: Language) -> str:
    if row["yours"] is None:
        return say("not_said", language)
    value = f"{row['yours']:.3g}"
    if row["low"] is None:
        return say("not_sure", language, value=value)
    return say("range", language, value=value, low=f"{row['low']:.3g}", high=f"{row['high']:.3g}")
