"""The command that decides: a verdict that knows what it does not know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.bounds import allowed, bounded
from sim.cli.options import (
    Language,
    assumed_scenario,
    chart_option,
    check_outputs,
    chosen_strategies,
    compile_if_needed,
    days_option,
    draw,
    json_option,
    lang_option,
    leave,
    out_option,
    print_json,
    progress_bar,
    set_option,
)

if TYPE_CHECKING:
    from sim.assumptions.scenario import Scenario
    from sim.questions.decide.answer import Verdict


@click.command()
@click.argument("scenario")
@click.option("--prior", default="plausible", show_default=True, metavar="plausible|central|FILE",
              help="What is believed of what is not known.")
@click.option("--draws", default=512, show_default=True, type=int, help="How many possible worlds, 8 to 16,384.")
@click.option("--strategies", metavar="A,B", help="With commas between; the main three if not given.")
@click.option("--metric", default="profit_cny", show_default=True, help="The yardstick.")
@click.option("--know", multiple=True, metavar="KEY=VALUE", help="What you know is not drawn.")
@click.option("--over", metavar="KEY=LOW..HIGH",
              help="Draw expected losses along this; the price of a click if not given.")
@click.option("--workers", type=click.IntRange(1, 1024), help="How many at once.")
@days_option
@set_option
@out_option
@chart_option
@lang_option
@json_option
@bounded
def decide(
    scenario: str, prior: str, draws: int, strategies: str | None, metric: str, know: tuple[str, ...],
    over: str | None, workers: int | None, days: int | None, changes: tuple[str, ...], out: Path | None,
    chart: Path | None, lang: Language, as_json: bool, **bounds: Any,
) -> int:
    """Which strategy should be chosen, seeing what nobody knows?

    What is not known is drawn, and each possible world is lived under every strategy. What you set or know is not
    drawn.
    Stop it with Ctrl-C, and it says what holds for the worlds lived so far.
    """
    from sim.questions.decide.study import decide as weigh

    assumed = assumed_scenario(scenario, changes, days)
    chosen = chosen_strategies(strategies)
    check_outputs(out, chart)
    try:
        with progress_bar() as progress:
            verdict = weigh(
                assumed, prior=prior, draws=draws, strategies=chosen, metric=metric, know=know,
                known=_set(assumed, changes), over=over, workers=workers, progress=progress,
                announce=_announcing(bounds, workers, as_json=as_json), partial=_telling(lang, draws),
            )
    except (ValueError, KeyError) as error:
        if hasattr(error, "mistakes"):
            raise
        raise click.UsageError(f"{error.args[0]}.") from error
    return _give(verdict, assumed, out, chart, lang, as_json=as_json)


def _set(scenario: Scenario, changes: Sequence[str]) -> list[str]:
    """The numbers that the reader set: they are known."""
    from sim.assumptions.explaining import explain

    numbers = {row.key for row in explain(scenario) if row.kind in ("fact", "doubt")}
    return [key for each in changes if (key := each.partition("=")[0].strip()) in numbers]


def _announcing(
    bounds: dict[str, Any], threads: int | None, *, as_json: bool
) -> Callable[[Sequence[Scenario], int], None]:
    """Refuse, before anything is lived, what some of the worlds say would be too much."""
    from dataclasses import replace

    from sim.assumptions.workload import workload
    from sim.inference.replications import WORLDS_AT_ONCE

    def announce(worlds: Sequence[Scenario], runs: int) -> None:
        needs = [workload(each, runs, threads=threads, books_kept=WORLDS_AT_ONCE) for each in worlds]
        largest = max(needs, key=lambda each: each.memory_bytes)
        typical = replace(largest, seconds=sum(each.seconds for each in needs) / len(needs))
        if not allowed(typical, bounds, as_json=as_json):
            raise click.exceptions.Exit(0)
        compile_if_needed()
        click.echo(f"At most {runs:,} runs.", err=True)

    return announce


def _telling(language: Language, draws: int) -> Callable[[Verdict], None]:
    """Say the headline so far, on the error stream, each time there are twice as many worlds."""
    from sim.questions.decide.words import headline

    def tell(verdict: Verdict) -> None:
        if verdict.draws < draws:
            lived = f"{verdict.draws:,}/{draws:,}"
            so_far = {"en": f"{lived} worlds: ", "zh": f"已算 {lived} 个世界："}
            click.echo(so_far[language] + headline(verdict, language), err=True)

    return tell


def _give(
    verdict: Verdict, scenario: Scenario, out: Path | None, chart: Path | None, lang: Language, *, as_json: bool
) -> int:
    """Print, draw and save the verdict; the status says whether it was interrupted."""
    from sim.report.answers import figure, table
    from sim.report.saving import save_verdict

    if as_json:
        print_json(verdict.as_json())
    else:
        click.echo(verdict.in_words(lang) + "\n\n" + table(verdict, lang))
    leave(out, lambda folder: save_verdict(verdict, scenario, folder), quiet=as_json)
    draw(chart, lambda: figure(verdict, lang), quiet=as_json)
    return 130 if verdict.stopped else 0
