"""Runs and comparisons as folders of plain files: exact, tidy, and whole or not there at all."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from sim.assumptions.provenance import scenario_fingerprint, versions
from sim.assumptions.scenario import Scenario
from sim.assumptions.writing import to_yaml
from sim.inference.comparison import Comparison
from sim.kernel.ledger import ACCOUNTS, COHORT_FIELDS, COUNT_NAMES, KINDS, MILLIONTHS
from sim.questions.decide.answer import Verdict
from sim.report.saved_files import COMPARISON_FILES, RUN_FILES, VERDICT_FILES
from sim.report.spreadsheets import cell
from sim.results.metrics import METRICS, all_of
from sim.results.metrics.periods import phase
from sim.results.result import Result


def save_run(result: Result, folder: Path | str) -> None:
    """Write one run: scenario, every account and count by day, cohorts, metrics, and where they come from.

    Money is in yuan with six decimals, so that columns add up to the books exactly. Raises FileExistsError if the
    folder holds anything but an earlier run.
    """
    about = {
        **_about(result.scenario),
        "strategy": result.strategy,
        "seed": result.seed,
        "ledger_sha256": result.ledger_sha256,
    }
    with _whole(Path(folder).resolve(), RUN_FILES) as aside:
        (aside / "scenario.yaml").write_text(to_yaml(result.scenario), encoding="utf-8", newline="\n")
        _write_json(aside / "about.json", about)
        _write_csv(aside / "daily.csv", daily_rows(result))
        _write_csv(aside / "cohorts.csv", _cohorts(result))
        _write_csv(aside / "metrics.csv", _metrics(result))


def save_comparison(comparison: Comparison, folder: Path | str) -> None:
    """Write a comparison: its JSON, estimates, differences, every metric of every future, and where they come from.

    Raises FileExistsError if the folder holds anything but an earlier comparison.
    """
    about = {
        **_about(comparison.scenario),
        "strategies": list(comparison.strategies),
        "seeds": list(comparison.seeds),
    }
    with _whole(Path(folder).resolve(), COMPARISON_FILES) as aside:
        (aside / "scenario.yaml").write_text(to_yaml(comparison.scenario), encoding="utf-8", newline="\n")
        _write_json(aside / "about.json", about)
        _write_json(aside / "comparison.json", comparison.as_json())
        _write_csv(aside / "metrics.csv", _futures(comparison))
        _write_csv(aside / "summary.csv", _summary(comparison))
        _write_csv(aside / "differences.csv", _differences(comparison))


def save_verdict(verdict: Verdict, scenario: Scenario, folder: Path | str) -> None:
    """Write a verdict: its JSON, every world that counted with its values, and where it comes from.

    Raises FileExistsError if the folder holds anything but an earlier verdict.
    """
    about = {**_about(scenario), "asked": verdict.asked, "lived": verdict.draws}
    with _whole(Path(folder).resolve(), VERDICT_FILES) as aside:
        (aside / "scenario.yaml").write_text(to_yaml(scenario), encoding="utf-8", newline="\n")
        _write_json(aside / "about.json", about)
        _write_json(aside / "verdict.json", verdict.as_json())
        _write_csv(aside / "worlds.csv", _worlds(verdict))
        _write_csv(aside / "worth_knowing.csv", _worths(verdict))
        _write_csv(aside / "strategies.csv", _outcomes(verdict))


def in_yuan(micro: int) -> str:
    """An amount in micro-yuan as yuan, exactly: six decimals."""
    return str(_yuan(micro))


def _yuan(micro: int) -> Decimal:
    """As `in_yuan`, as the number that a cell holds: a text that begins with a minus would be taken for a formula."""
    return Decimal(micro).scaleb(-6)


def daily_rows(result: Result) -> Iterator[list[Any]]:
    """One run day by day: a heading, then every account in yuan and every count."""
    yield ["day", "phase", *(f"{name}_cny" for name in ACCOUNTS), *(MILLIONTHS.get(name, name) for name in COUNT_NAMES)]
    for day, (money, counts) in enumerate(zip(result.money.tolist(), result.counts.tolist(), strict=True)):
        tallied = [
            _yuan(count) if name in MILLIONTHS else count for name, count in zip(COUNT_NAMES, counts, strict=True)
        ]
        yield [day, phase(result.scenario.clock, day), *map(_yuan, money), *tallied]


def _cohorts(result: Result) -> Iterator[list[Any]]:
    money = [field.startswith("contribution_") for field in COHORT_FIELDS]
    fields = [f"{field}_cny" if paid else field for field, paid in zip(COHORT_FIELDS, money, strict=True)]
    yield ["week", "first_day", "kind", *fields]
    for week, kinds in enumerate(result.cohorts.tolist()):
        for kind, row in zip(KINDS, kinds, strict=True):
            cells = [_yuan(value) if paid else value for value, paid in zip(row, money, strict=True)]
            yield [week, 7 * week, kind, *cells]


def _metrics(result: Result) -> Iterator[list[Any]]:
    yield ["metric", "value", "unit", "better", "definition"]
    for name, value in all_of(result).items():
        metric = METRICS[name]
        yield [name, value, metric.unit, metric.better, metric.definition_en]


def _futures(comparison: Comparison) -> Iterator[list[Any]]:
    yield ["strategy", "seed", "metric", "value"]
    for strategy in comparison.strategies:
        for name, values in comparison.values[strategy].items():
            for seed, value in zip(comparison.seeds, values, strict=True):
                yield [strategy, seed, name, value]


def _summary(comparison: Comparison) -> Iterator[list[Any]]:
    yield ["strategy", "metric", "unit", "mean", "low", "high", "p5", "p50", "p95", "reached_share"]
    for strategy in comparison.strategies:
        for name, each in comparison.estimates[strategy].items():
            numbers = [each.mean, each.low, each.high, each.p5, each.p50, each.p95, each.reached_share]
            yield [strategy, name, METRICS[name].unit, *numbers]


def _differences(comparison: Comparison) -> Iterator[list[Any]]:
    yield ["metric", "better", "than", "mean", "low", "high", "wins_share", "too_close"]
    for each in comparison.differences:
        numbers = [each.mean, each.low, each.high, each.wins_share]
        yield [each.metric, each.better, each.than, *numbers, str(each.too_close).lower()]


def _worlds(verdict: Verdict) -> Iterator[list[Any]]:
    yield ["draw", "seed", *verdict.drawn_keys, *(f"{verdict.metric} {name}" for name in verdict.strategies)]
    tables = (verdict.worlds.tolist(), verdict.drawn.tolist(), verdict.values.tolist())
    for draw, drawn, values in zip(*tables, strict=True):
        yield [draw, draw + 1, *drawn, *values]


def _worths(verdict: Verdict) -> Iterator[list[Any]]:
    yield ["keys", "value", "noise", "who"]
    for each in verdict.evppi:
        yield [" ".join(each.keys), each.value, each.noise, each.who]


def _outcomes(verdict: Verdict) -> Iterator[list[Any]]:
    for n, (name, each) in enumerate(verdict.strategies.items()):
        if n == 0:
            yield ["strategy", *asdict(each)]
        yield [name, *asdict(each).values()]


def _about(scenario: Scenario) -> dict[str, Any]:
    return {"scenario": scenario.name, "fingerprint": scenario_fingerprint(scenario), "versions": versions()}


def _write_json(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _write_csv(path: Path, rows: Iterable[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([cell(value) for value in row] for row in rows)


@contextmanager
def _whole(folder: Path, files: tuple[str, ...]) -> Iterator[Path]:
    """A folder beside the one wanted, renamed when all is written; an earlier one of the same kind makes room."""
    strangers = {path.name for path in folder.iterdir()} - set(files) if folder.exists() else set()
    if strangers:
        raise FileExistsError(f"{folder} holds {min(strangers)}, which is not ours to replace; name another folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as beside:
        aside = Path(beside) / "new"
        aside.mkdir()
        yield aside
        _take_its_place(aside, folder, Path(beside) / "old")


def _take_its_place(new: Path, folder: Path, old: Path) -> None:
    """Rename the new folder to its name; the old one comes back if that fails."""
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
