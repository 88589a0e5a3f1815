"""Jobs on stored batches: summed up in a process of its own, because a batch may hold a hundred thousand runs."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.batches.stored.batch import Batch
    from sim.ui.jobs.kinds import Task

METRICS_SHOWN = (
    "profit_cny", "roi", "revenue_cny", "marketing_cny", "paid_cac_cny", "ltv_365_cny", "payback_day", "new_customers",
    "repurchase_share",
)  # fmt: skip
MOST_GROUPS = 2_000
MOST_RUNS = 5_000
"""Runs that a page can draw as dots; of more, the first ones."""

ALL_SPOILT = "what this batch holds is spoilt; run `siyu batch` with its design and folder again"


def without_place(text: str, folder: Path) -> str:
    """What is told of a batch with its folder's name alone: where that lies on the server is nobody's business."""
    return text.replace(str(folder), folder.name)


def sum_up(task: Task) -> dict[str, Any]:
    """A batch's groups with their estimates, and its single runs, as plain values; ScenarioError if it is none."""
    from sim.assumptions.errors import ScenarioError
    from sim.batches.stored.about import BatchError
    from sim.batches.stored.batch import Batch

    folder = Path(task.options["folder"])
    try:
        return _summed(Batch(folder))
    except BatchError as error:
        raise ScenarioError([without_place(str(error), folder)]) from None
    except KeyError as error:
        name = _name_in(str(error.args[0]))
        raise ScenarioError([f"this batch was written by another version and lacks {name}"]) from None


def _name_in(text: str) -> str:
    """The name that a sentence about something missing quotes."""
    found = re.search(r"""["'](\w+)["']""", text)
    return found[1] if found else text


def _summed(batch: Batch) -> dict[str, Any]:
    from sim.assumptions.errors import ScenarioError
    from sim.batches.stored.summary import summaries

    if not len(batch):
        raise ScenarioError([ALL_SPOILT if batch.spoilt else "no run of this batch is finished yet"])
    groups = [
        {"scenario": each.scenario, "values": list(each.values), "strategy": each.strategy, "seeds": each.seeds,
         "estimates": {name: [found.mean, found.low, found.high] for name, found in each.estimates.items()}}
        for each in islice(summaries(batch, METRICS_SHOWN), MOST_GROUPS)
    ]  # fmt: skip
    about = batch.about
    return {
        "question": "sum_up", "name": about.name, "about": about.question, "keys": list(about.keys),
        "runs": about.runs, "done": len(batch), "spoilt": len(batch.spoilt), "groups": groups, "single": _runs(batch),
    }  # fmt: skip


def _runs(batch: Batch) -> dict[str, list[Any]]:
    """Columns of the first runs: what was lived, the metrics, and the fingerprint of the books."""
    names = ["run_id", "scenario", "strategy", "seed", *batch.about.keys, *METRICS_SHOWN, "ledger_sha256"]
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for part in batch.parts():
        for name in names:
            columns[name] += part.column(name).to_pylist()
        if len(columns["run_id"]) >= MOST_RUNS:
            break
    return {name: column[:MOST_RUNS] for name, column in columns.items()}
