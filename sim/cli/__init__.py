"""The command line: it checks what it was given, calls, and prints.

Exit status: 0 done; 2 what was given is wrong, with one sentence for each mistake on the error stream; 130 interrupted.
Everything slow is imported inside the command that needs it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from sim.assumptions.errors import ScenarioError, shown
from sim.batches.stored.about import BatchError
from sim.cli.answers import COMMANDS as ANSWERS
from sim.cli.batches import batch, results
from sim.cli.calibrate import calibrate
from sim.cli.decide import decide
from sim.cli.exports import export
from sim.cli.names import metrics_command, strategies_command
from sim.cli.options import hint
from sim.cli.prices import price_causes
from sim.cli.runs import compare, run
from sim.cli.scenarios import check, expect, explain_command, scenarios_command
from sim.cli.serve import app


class _Commands(click.Group):
    """Commands, and the nearest one to a misspelt name."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[Any, Any, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise click.UsageError(f"There is no command {shown(args[0])}; {hint(args[0], self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a letter shows ? and no traceback
    try:
        status = siyu.main(None if arguments is None else list(arguments), prog_name="siyu", standalone_mode=False)
    except ScenarioError as error:
        click.echo(str(error), err=True)
        return 2
    except click.Abort:
        click.echo("Interrupted.", err=True)
        return 130
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        return 2
    except BatchError as error:
        click.echo(f"{error}.", err=True)
        return 2
    except (OSError, MemoryError) as error:
        click.echo(_lacking(error), err=True)
        return 2
    return status if isinstance(status, int) else 0


def _lacking(error: OSError | MemoryError) -> str:
    """What the computer lacks or refuses, and what to do."""
    if isinstance(error, MemoryError):
        fewer = "people (market.people, starting_customers), days, orders or runs at once"
        return f"There is not memory enough for this; take fewer {fewer}."
    place = shown(str(error.filename), 4096) if error.filename else "A file"
    reason = shown(error.strerror or str(error) or type(error).__name__)
    return f"{place} cannot be read or written ({reason}); look at its disk and rights, or name another place."


def _print_version(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if asked:
        from sim import __version__

        click.echo(f"siyu {__version__}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print it.")
def siyu() -> None:
    """What pays: renting attention in public auctions, owning it in a private pool, or both?

    SCENARIO is a YAML file or the name of a shipped one, such as baseline.
    """


for command in (
    check, scenarios_command, strategies_command, metrics_command, explain_command, expect, decide, compare, run,
    *ANSWERS, price_causes, calibrate, batch, results, export, app,
):
    siyu.add_command(command)
