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
    """The names of a log's columns, which of them are recognised, how many rows there are, and the first few."""
    from sim.calibration.columns import known_place
    from sim.calibration.tables import open_table

    path = _file(task)
    table = open_table(path)
    columns = table.columns(range(len(table.header)))
    places = {role: known_place(table.name, table.header, role) for role in ROLES}
    return {
        "question": "look_over",
        "columns": [shown(name, 80) for name in table.header],
        "recognised": places,
        "rows": len(columns[0]) if columns else 0,
        "first": [[shown(str(cell), 40) for cell in column.slice(0, ROWS_SHOWN).to_pylist()] for column in columns],
    }


def fit(task: Task) -> dict[str, Any]:
    """What `siyu calibrate --match` learns from the log, with all that its table and its picture show."""
    from sim.assumptions.loading import load
    from sim.assumptions.workload import workload
    from sim.calibration.learning import Asked, learn, matched
    from sim.calibration.matching import again_of
    from sim.calibration.versus import versus

    path, options = _file(task), task.options
    asked = Asked(
        columns=options["columns"], hold_out_share=options["hold_out_share"],
        date_order=options.get("date_order"), keep_copies=bool(options.get("keep_copies")),
    )  # fmt: skip
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
