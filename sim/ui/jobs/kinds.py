"""The kinds of work that jobs do: each a public function of the project, told what was asked, with its limits."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.assumptions.scenario import Scenario
from sim.assumptions.workload import Workload, workload
from sim.inference.replications import WORLDS_AT_ONCE
from sim.ui.jobs import logs, stored
from sim.ui.jobs.request import Request
from sim.ui.jobs.words import Refused

MAIN = ("private_pool", "public_only")
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Task:
    """A request in the process that fulfils it: its folder, how many threads, whom to tell, how much memory."""

    request: Request
    folder: Path
    threads: int
    tell: Tell
    megabytes: int

    @property
    def options(self) -> dict[str, Any]:
        """What was asked for beside the scenario."""
        return self.request.options

    def scenario(self) -> Scenario:
        """The scenario; raises ScenarioError if it is none, Refused if not even one run of it is within bounds."""
        found = self.request.assumed()
        self.refuse(workload(found, threads=self.threads))
        return found

    def bound(self, scenario: Scenario, books_kept: int | None = WORLDS_AT_ONCE) -> Callable[[int], None]:
        """Refuses so many runs if they would be too much, before any is lived."""
        return lambda runs: self.refuse(workload(scenario, runs, threads=self.threads, books_kept=books_kept))

    def refuse(self, needs: Workload) -> None:
        """Raise Refused for what needs more memory or time than a job may use, as the command line would tell it."""
        minutes = KINDS[self.request.kind].minutes
        if needs.seconds > 60 * minutes:
            raise Refused("too_much", asked=f"{needs.seconds / 60:,.0f}", limit=minutes)
        if needs.memory_bytes > self.megabytes * 1_000_000:
            raise Refused("memory", limit=f"{self.megabytes:,} MB")

    def how(self, scenario: Scenario, *names: str) -> dict[str, Any]:
        """The arguments that experiments share, and those named, as far as they were asked for."""
        chosen = {name: self.options[name] for name in ("metric", "seeds", *names) if name in self.options}
        told = {"workers": self.threads, "progress": self.tell, "announce": self.bound(scenario)}
        return {"strategies": tuple(self.options.get("strategies", MAIN)), **chosen, **told}


@dataclass(frozen=True)
class Kind:
    """One kind of work; a ``quick`` one is done within seconds and need not wait behind long ones."""

    work: Callable[[Task], dict[str, Any]]
    minutes: int = 30
    quick: bool = False


def _flips(task: Task) -> dict[str, Any]:
    """For each parameter in ``vary`` the value at which the winner changes, with the pool's costs where they are."""
    from sim.questions.breakeven.answer import KINDS
    from sim.questions.breakeven.study import breakeven

    scenario = task.scenario()
    (kind,) = (kind for kind, place in KINDS.items() if place == scenario.brand.pool_costs)
    keys = list(task.options["vary"])
    answers = []
    for n, key in enumerate(keys):
        how = task.how(scenario, "points") | {"progress": _part(task.tell, n, len(keys))}
        answers.append(breakeven(scenario, key, kinds=(kind,), **how).as_json())
    return {"question": "flips", "answers": answers}


def _part(tell: Tell, number: int, parts: int) -> Tell:
    """Progress of one part among several as progress of the whole."""
    return lambda done, total: tell(number * total + min(done, total), parts * total)


def _waterfall(task: Task) -> dict[str, Any]:
    from sim.questions.waterfall.study import waterfall

    scenario = task.scenario()
    return waterfall(scenario, **task.how(scenario, "by", "pairs", "exact", "mechanisms")).as_json()


def _price_causes(task: Task) -> dict[str, Any]:
    """Why the click price moved under a strategy; at most 64 combinations of causes in every future."""
    from sim.questions.price_causes.study import price_causes, settings_of

    scenario, options = task.scenario(), task.options
    task.bound(scenario, None)(settings_of(scenario) * int(options["seeds"]))
    found = price_causes(
        scenario, options["strategy"], options["seeds"], workers=task.threads, progress=task.tell
    )
    return {"question": "price_causes", **found.as_json()}


def _tornado(task: Task) -> dict[str, Any]:
    from sim.questions.sensitivity.study import tornado

    scenario = task.scenario()
    return tornado(scenario, task.options.get("vary", ()), **task.how(scenario)).as_json()


def _frontier(task: Task) -> dict[str, Any]:
    from sim.questions.breakeven.answer import KINDS
    from sim.questions.breakeven.frontier import frontier

    scenario, (first, second) = task.scenario(), task.options["vary"]
    (kind,) = (kind for kind, place in KINDS.items() if place == scenario.brand.pool_costs)
    return frontier(scenario, first, second, kinds=(kind,), **task.how(scenario, "points")).as_json()


def _rules(task: Task) -> dict[str, Any]:
    from sim.questions.discovery.study import discover

    scenario = task.scenario()
    return discover(scenario, task.options.get("vary", ()), **task.how(scenario, "worlds")).as_json()


def _compare(task: Task) -> dict[str, Any]:
    """A comparison in more futures than a page waits for, with each future's profit and ROI."""
    from sim.questions.compare.study import compare

    scenario, options = task.scenario(), task.options
    strategies = options.get("strategies")
    task.bound(scenario, None)(int(options["seeds"]) * len(strategies or (1, 2, 3)))
    chosen = {"strategies": tuple(strategies)} if strategies else {}
    found = compare(scenario, seeds=options["seeds"], workers=task.threads, progress=task.tell, **chosen)
    singles = {name: {key: list(values[key]) for key in ("profit_cny", "roi")} for name, values in found.values.items()}
    return {"question": "compare", **found.as_json(), "futures": singles}


def _batch(task: Task) -> dict[str, Any]:
    """A design's runs, left in the job's own folder as `siyu batch` would leave them."""
    from sim.batches.design import read_design
    from sim.batches.stored.about import About
    from sim.batches.study import batch
    from sim.batches.work import needs_of

    plan = read_design(_design(task))
    task.refuse(needs_of(plan, task.threads))
    about: About = batch(plan, task.folder / "batch", workers=task.threads, progress=task.tell).about
    return {"question": "batch", "name": about.name, "runs": about.runs}


def _design(task: Task) -> Path | dict[str, Any]:
    """The design as it was asked for; about the request's own scenario, if there is one, written beside it."""
    given: dict[str, Any] = task.options["design"]
    if not task.request.scenario:
        return given
    place, file = task.folder / "design", f"{task.scenario().name}.yaml"
    place.mkdir()
    (place / file).write_text(task.request.scenario, encoding="utf-8")
    (place / "design.yaml").write_text(json.dumps({**given, "scenarios": [file]}), encoding="utf-8")
    return place / "design.yaml"


KINDS: dict[str, Kind] = {
    "flips": Kind(_flips),
    "waterfall": Kind(_waterfall),
    "price_causes": Kind(_price_causes),
    "tornado": Kind(_tornado),
    "frontier": Kind(_frontier),
    "rules": Kind(_rules),
    "compare": Kind(_compare),
    "batch": Kind(_batch, minutes=60),
    "look_over": Kind(logs.look_over, minutes=3, quick=True),
    "fit": Kind(logs.fit),
    "sum_up": Kind(stored.sum_up, minutes=5, quick=True),
}
"""Every kind by its name."""
