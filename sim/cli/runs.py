"""Commands that live through futures: one, or many to compare strategies."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from sim.cli.bounds import bounded, goes_on
from sim.cli.options import (
    Language,
    assumed_scenario,
    chart_option,
    check_outputs,
    chosen_strategies,
    chosen_strategy,
    compile_if_needed,
    days_option,
    draw,
    json_option,
    lang_option,
    leave,
    out_option,
    print_json,
    progress_bar,
    seed_option,
    set_option,
)


def tell(alarm: str | None) -> None:
    """Say beside the JSON what must be known before believing it."""
    if alarm:
        click.echo(alarm, err=True)

AS_IF_KNOWN: dict[Language, str] = {
    "en": "If every assumption held exactly, and only luck is left (siyu decide {scenario} weighs what is unknown):",
    "zh": "假如每条假设都恰好成立、只剩运气（尚不知道的事由 siyu decide {scenario} 权衡）：",
}
"""What a comparison leaves out: its first words."""


@click.command()
@click.argument("scenario")
@click.option("--strategies", metavar="A,B", help="With commas between; all if not given.")
@click.option("--seeds", type=click.IntRange(1, 100_000), default=40, show_default=True, help="How many futures.")
@click.option("--workers", type=click.IntRange(1, 1024), help="How many at once.")
@days_option
@set_option
@out_option
@chart_option
@lang_option
@json_option
@bounded
def compare(
    scenario: str, strategies: str | None, seeds: int, workers: int | None, days: int | None, changes: tuple[str, ...],
    out: Path | None, chart: Path | None, lang: Language, as_json: bool, **bounds: Any,
) -> None:
    """Compare strategies under the same luck, with honest intervals."""
    assumed = assumed_scenario(scenario, changes, days)
    from sim.report.saved_files import COMPARISON_FILES

    chosen = chosen_strategies(strategies)
    check_outputs(out, chart, COMPARISON_FILES)
    if not goes_on(assumed, seeds * len(chosen or (1, 2, 3)), bounds, threads=workers, as_json=as_json):
        return
    from sim.questions.compare.study import compare as compare_strategies
    from sim.report import charts, saving, tables, words

    compile_if_needed()
    with progress_bar() as progress:
        comparison = compare_strategies(assumed, chosen, seeds, workers=workers, progress=progress)
    if as_json:
        print_json(comparison.as_json())
        tell(tables.runaway_of(comparison, lang))
    else:
        said = words.verdict(comparison, lang), tables.comparison_table(comparison, lang)
        click.echo("\n\n".join([AS_IF_KNOWN[lang].format(scenario=scenario), *said]))
    leave(out, lambda folder: saving.save_comparison(comparison, folder), quiet=as_json)
    draw(chart, lambda: charts.comparison_figure(comparison, lang), quiet=as_json)


@click.command()
@click.argument("scenario")
@click.option("--strategy", help="The strategy to live through.")
@seed_option
@click.option("--crowd", type=click.Choice(["columns", "agents"]), default="columns", show_default=True,
              help="Customers in arrays, or as one Mesa agent each: slow, and the same to the bit.")
@click.option("--threads", type=click.IntRange(1, 1024), help="Threads at once.")
@days_option
@set_option
@out_option
@chart_option
@lang_option
@json_option
@bounded
def run(
    scenario: str, strategy: str | None, seed: int, crowd: Literal["columns", "agents"], threads: int | None,
    days: int | None, changes: tuple[str, ...], out: Path | None, chart: Path | None, lang: Language, as_json: bool,
    **bounds: Any,
) -> None:
    """Live through one strategy with one seed, day by day."""
    assumed = assumed_scenario(scenario, changes, days)
    from sim.report.saved_files import RUN_FILES

    chosen = chosen_strategy(strategy)
    check_outputs(out, chart, RUN_FILES)
    if not goes_on(assumed, 1, bounds, threads=threads, agents=crowd == "agents", as_json=as_json):
        return
    from sim.report import charts, saving, tables, words
    from sim.results.metrics import all_of
    from sim.running import run as live

    compile_if_needed()
    with progress_bar() as progress:
        result = live(assumed, chosen, seed, crowd=crowd, threads=threads, progress=progress)
    if as_json:
        facts = {"scenario": assumed.name, "strategy": chosen, "seed": seed, "days": assumed.clock.days}
        print_json({**facts, "metrics": all_of(result), "ledger_sha256": result.ledger_sha256})
        tell(words.runaway_alarm({chosen: all_of(result).get("r0")}, lang))
    else:
        click.echo(tables.run_table(result, lang))
    leave(out, lambda folder: saving.save_run(result, folder), quiet=as_json)
    draw(chart, lambda: charts.run_figure(result, lang), quiet=as_json)
