"""The command that exports data for other tools, with the simulated truth beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.assumptions.errors import shown
from sim.cli.batches import opened
from sim.cli.options import (
    assumed_scenario,
    check_file,
    chosen_strategy,
    compile_if_needed,
    days_option,
    seed_option,
    set_option,
)

if TYPE_CHECKING:
    from sim.assumptions.scenario import Scenario

KINDS = ("tidy", "orders", "mmm", "touches")
Rows = Iterator[Sequence[Any]]


@click.command()
@click.argument("source")
@click.option("--as", "kind", type=click.Choice(KINDS), default="tidy", show_default=True, help="Which table.")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="CSV file; the screen if not given.")
@click.option("--strategy", help="The strategy to live through, of a scenario.")
@seed_option
@click.option("--run", "run_id", type=click.IntRange(0), help="Which run of a batch to live again.")
@click.option("--table", type=click.Choice(["runs", "sums", "daily"]), default="runs", help="Which, of a batch.")
@click.option("--hold-out", "share", type=click.FloatRange(0, 1), default=0.0, help="Share who hear nothing.")
@click.option("--first-day", type=click.DateTime(["%Y-%m-%d"]), help="Date of the first day; 2018-01-01 if not given.")
@click.option("--excel", is_flag=True, help="Mark the CSV file as UTF-8 for Excel.")
@days_option
@set_option
def export(
    source: str, kind: str, out: Path | None, strategy: str | None, seed: int, run_id: int | None, table: str,
    share: float, first_day: datetime | None, excel: bool, days: int | None, changes: tuple[str, ...],
) -> None:
    """Write CSV of SOURCE, a batch's folder or a scenario.

    tidy: a batch's runs, or a scenario's days. orders: an order log. touches: a log of messages to members. mmm: a
    weekly media table. The last three have the truth beside what an analyst would see.
    """
    check_file(out)
    from sim.report import spreadsheets

    if (Path(source) / "about.json").is_file():
        if strategy or days or changes:
            raise click.UsageError("--strategy, --days and --set are for a scenario; a batch's runs are what they are.")
        if kind == "tidy":
            spreadsheets.write_csv(_tidy(Path(source), table), out, for_excel=excel)
            return
        assumed, strategy, seed = _run_of(Path(source), run_id)
    else:
        if run_id is not None:
            raise click.UsageError(f"--run is for a batch's folder, and {shown(source)} is none.")
        assumed, strategy = assumed_scenario(source, changes, days), chosen_strategy(strategy)
    compile_if_needed()
    rows = _rows(kind, assumed, strategy, seed, share, first_day.date() if first_day else None)
    spreadsheets.write_csv(rows, out, for_excel=excel)


def _tidy(folder: Path, table: str) -> Rows:
    from sim.report import batches

    made = opened(folder)
    if table not in made.about.tables:
        raise click.UsageError(f"The batch keeps no {table} table; write `daily: true` into its design.")
    return batches.tidy_rows(made, table)


def _run_of(folder: Path, run_id: int | None) -> tuple[Scenario, str, int]:
    """The scenario, strategy and seed of a run of a batch."""
    from sim.batches.work import code_version, differences

    made = opened(folder)
    if run_id is None:
        raise click.UsageError(f"--run is missing; the batch has runs 0 to {made.about.runs - 1}.")
    differs = differences(made.about.code, code_version())
    if differs:
        sentence = f"The batch was lived by another version of the code ({differs})"
        raise click.UsageError(f"{sentence}; only that version can live its runs again: install it.")
    try:
        return made.run(run_id)
    except LookupError as error:
        raise click.UsageError(f"{error.args[0]}.") from None


def _rows(kind: str, assumed: Scenario, strategy: str, seed: int, share: float, first_day: date | None) -> Rows:
    from sim.records import synthetic_data
    from sim.records.recording import record
    from sim.report.saving import daily_rows
    from sim.report.spreadsheets import rows_of
    from sim.running import run

    since = first_day or synthetic_data.FIRST_DAY
    if kind == "tidy":
        return daily_rows(run(assumed, strategy, seed))
    if kind == "mmm":
        return rows_of(synthetic_data.mmm_table(run(assumed, strategy, seed), since))
    found = record(assumed, strategy, seed, touches=kind == "touches", hold_out_share=share)
    table = synthetic_data.touches_table if kind == "touches" else synthetic_data.orders_table
    return rows_of(table(found, since))
