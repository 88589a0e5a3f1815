"""How much a command may need: told with ``--estimate``, and refused beyond what the computer or the user allows."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from sim.cli.options import compile_if_needed, print_json

if TYPE_CHECKING:
    from sim.assumptions.scenario import Scenario
    from sim.assumptions.workload import Workload

GIB = 2.0**30
MOST_HOURS = 24.0
UNKNOWN_GIB = 8.0
"""Memory that a computer is taken to have if it does not tell."""


def bounded(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that bound its work."""
    for option in (
        click.option("--most-hours", type=click.FloatRange(0, min_open=True), default=MOST_HOURS, show_default=True,
                     help="Refuse work that may take longer."),
        click.option("--most-gib", type=click.FloatRange(0, min_open=True),
                     help="Refuse work that may need more memory; what the computer has if not given."),
        click.option("--estimate", is_flag=True, help="Only say how much memory and time this needs at most."),
    ):
        command = option(command)
    return command


def memory_gib() -> float:
    """How much memory this computer has, in GiB."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / GIB
    except (AttributeError, OSError, ValueError):
        return UNKNOWN_GIB


def goes_on(
    scenario: Scenario, runs: int, bounds: dict[str, Any], *, threads: int | None, agents: bool = False,
    as_json: bool = False,
) -> bool:
    """Whether so many runs of a scenario shall be done (see ``allowed``)."""
    from sim.assumptions.workload import workload

    return allowed(workload(scenario, runs, threads=threads, agents=agents), bounds, as_json=as_json)


def announcing(
    scenario: Scenario, bounds: dict[str, Any], *, threads: int | None, as_json: bool
) -> Callable[[int], None]:
    """What an experiment is to tell its number of runs before any is lived: what is too much is refused there.

    Where only an estimate was asked for, the command ends when it is printed.
    """
    from sim.assumptions.workload import workload
    from sim.inference.replications import WORLDS_AT_ONCE

    def announce(runs: int) -> None:
        if not allowed(workload(scenario, runs, threads=threads, books_kept=WORLDS_AT_ONCE), bounds, as_json=as_json):
            raise click.exceptions.Exit(0)
        compile_if_needed()
        click.echo(f"At most {runs:,} runs.", err=True)

    return announce


def allowed(needs: Workload, bounds: dict[str, Any], *, as_json: bool = False) -> bool:
    """Whether the work shall be done. It shall not if only its estimate was asked for, which is then printed.

    ``bounds`` are the options of ``bounded``. Raises UsageError for what is too much.
    """
    gib, hours = needs.memory_bytes / GIB, needs.seconds / 3600
    if bounds["estimate"]:
        facts = {"customers": round(needs.customers), "memory_gib": round(gib, 3), "seconds": round(needs.seconds, 1)}
        if as_json:
            print_json(facts)
        else:
            click.echo(f"At most {needs.customers:,.0f} customers in a world, at most {gib:.2f} GiB of memory, "
                       f"about {_duration(needs.seconds)} or less.")
        return False
    most_gib = bounds["most_gib"] or memory_gib()
    if gib > most_gib:
        raise click.UsageError(f"This may need {gib:,.1f} GiB of memory, but {most_gib:,.1f} are allowed; lower "
                               f"market.people or the number of runs, or allow it with --most-gib {gib + 0.1:.1f}.")
    if hours > bounds["most_hours"]:
        raise click.UsageError(f"This may take {_duration(needs.seconds)}, but {bounds['most_hours']:g} hours are "
                               f"allowed; lower market.people, clock.days or the number of runs, or allow it with "
                               f"--most-hours {hours + 0.1:.1f}.")
    return True


def _duration(seconds: float) -> str:
    """A time in the largest unit of which there are at least two."""
    for size, unit in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:,.0f} {unit}"
    return "a second" if seconds < 1.5 else f"{seconds:,.0f} seconds"
