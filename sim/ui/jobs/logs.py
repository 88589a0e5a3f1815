"""Jobs on a visitor's order log: looking it over, and fitting it. The file is opened nowhere but in a job's process."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.assumptions.errors import ScenarioError, shown

if TYPE_CHECKING:
    from sim.calibration.learning import Learnt
    from sim.ui.jobs.kinds import Task

ROLES = ("customer", "date", "amount", "channel")
ROWS_SHOWN = 3


def look_over(task: Task) -> dict[str, Any]:
    """The names of a log's columns with the first rows, and how it is read under the options: a report, or what is in
    the way, in both languages."""
    from sim.calibration.read.tables import open_table

    path, how = _file(task), _how(task)
    table = open_table(path, how)
    columns = _columns(table)
    return {
        "question": "look_over",
        "columns": [shown(name, 80) for name in table.header],
        "recognised": {role: _place(table, role) for role in ROLES},
        "rows": max(map(len, columns), default=0),
        "first": [[shown(str(cell), 40) for cell in column.slice(0, ROWS_SHOWN).to_pylist()] for column in columns],
        **_reading(path, how),
    }


def _place(table: Any, role: str) -> int | None:
    from sim.calibration.read.columns import known_place

    return known_place(table.name, table.header, role)


def _columns(table: Any) -> list[Any]:
    """Every column; one that cannot be read is empty."""
    import pyarrow as pa

    try:
        return list(table.columns(range(len(table.header))))
    except ScenarioError:
        return [pa.chunked_array([pa.array([], pa.string())]) for _ in table.header]


def _reading(path: Path, how: Any) -> dict[str, Any]:
    """A report of how the log is read, or the sentence that says what is in the way."""
    from sim.calibration.read.reading import read_orders
    from sim.calibration.read.words import told
    from sim.ui.mistakes import in_chinese, in_english

    try:
        report = read_orders(path, how=how).reading
    except ScenarioError as error:
        return {"report": None, "trouble": {"en": in_english(error), "zh": in_chinese(error)}}
    if report is None:
        return {"report": None}
    found = report.as_json()
    lines = {language: [*told(found, language), *(each.text(language) for each in report.cautions)] for language in ("en", "zh")}  # noqa: E501
    return {"report": found, "told": lines}


def _how(task: Task) -> Any:
    """How the log is to be read, as far as the visitor has said."""
    from sim.calibration.read.how import How

    asked = dict(task.options.get("how", {}))
    return How(named=asked.pop("columns", {}), states=tuple(asked.pop("states", ())), **asked)


def fit(task: Task) -> dict[str, Any]:
    """What `siyu calibrate --match` learns from the log, with all that its table and its picture show."""
    from sim.assumptions.loading import load
    from sim.assumptions.workload import workload
    from sim.calibration.learning import Asked, learn, matched
    from sim.calibration.matching import again_of
    from sim.calibration.versus import versus

    path, options, how = _file(task), task.options, _how(task)
    asked = Asked(columns=how.named, hold_out_share=options["hold_out_share"], how=how)
    learnt = learn(path, asked, path.stem)
    weeks = again_of(learnt.found, learnt.scenario, learnt.regime)
    task.refuse(workload(weeks, int(options["seeds"]), threads=task.threads))
    learnt = matched(learnt, int(options["seeds"]), progress=task.tell)
    table = [each.as_json() for each in versus(learnt, load("baseline"))]
    return {"question": "fit", **learnt.as_json(), "text": learnt.text, "table": table, "picture": _picture(learnt)}


def _picture(learnt: Learnt) -> dict[str, Any]:
    """Cumulative repeat orders by week: actual, and the 90 % band of the simulator; which weeks were held out."""
    found, match = learnt.found, learnt.match
    shown_weeks = {"actual": found.track.actual.tolist(), "held_out": found.period.held_out.tolist()}
    if match is None:
        return shown_weeks
    scale = float(found.track.actual[-1]) / max(float(match.actual.sum()), 1.0)
    curves = match.simulated.cumsum(axis=1) * scale
    low, middle, high = _quantiles(curves)
    return shown_weeks | {"low": low, "middle": middle, "high": high}


def _quantiles(curves: Any) -> list[list[float]]:
    import numpy as np

    return [each.tolist() for each in np.quantile(curves, (0.05, 0.5, 0.95), axis=0)]


def _file(task: Task) -> Path:
    """The uploaded file, by its bare name, so that no sentence about it tells where it lies."""
    os.chdir(task.folder / "files")
    found = next(iter(sorted(Path().iterdir())), None)
    if found is None:
        raise ScenarioError(["the upload is gone; upload the file again"])
    return found
