"""The command that tells why clicks became dearer."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.bounds import bounded, goes_on
from sim.cli.options import (
    Language,
    assumed_scenario,
    chosen_strategy,
    compile_if_needed,
    days_option,
    json_option,
    lang_option,
    print_json,
    progress_bar,
    set_option,
)


@click.command("price-causes")
@click.argument("scenario")
@click.option("--strategy", default="public_only", show_default=True, help="Who buys the clicks.")
@click.option("--seeds", type=click.IntRange(1, 100_000), default=8, show_default=True, help="How many futures.")
@click.option(
    "--window-days", type=click.IntRange(1, 3650), default=30, show_default=True,
    help="The last so many days against the first so many.",
)
@click.option("--workers", type=click.IntRange(1, 1024), help="How many at once.")
@days_option
@set_option
@lang_option
@json_option
@bounded
def price_causes(
    scenario: str, strategy: str, seeds: int, window_days: int, workers: int | None, days: int | None,
    changes: tuple[str, ...], lang: Language, as_json: bool, **bounds: Any,
) -> None:
    """Split the growth of the click price by cause, in parts that add up."""
    assumed = assumed_scenario(scenario, changes, days)
    chosen = chosen_strategy(strategy)
    from sim.questions.price_causes.study import price_causes as split
    from sim.questions.price_causes.study import settings_of
    from sim.report.price_causes import causes_table

    if not goes_on(assumed, seeds * settings_of(assumed), bounds, threads=workers, as_json=as_json):
        return
    compile_if_needed()
    with progress_bar() as progress:
        causes = split(assumed, chosen, seeds, window_days=window_days, workers=workers, progress=progress)
    if as_json:
        print_json(causes.as_json())
    else:
        click.echo(causes.in_words(lang) + "\n\n" + causes_table(causes, lang))
