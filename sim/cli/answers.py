"""Commands that ask what would flip the answer, what matters, why, and what is best."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from sim.assumptions.errors import ScenarioError, shown
from sim.cli.bounds import announcing, bounded
from sim.cli.options import (
    Language,
    assumed_scenario,
    chart_option,
    check_outputs,
    chosen_strategy,
    days_option,
    draw,
    hint,
    json_option,
    lang_option,
    print_json,
    progress_bar,
    set_option,
)

PAIR = "private_pool,public_only"
KINDS = {
    "both": ("equal_envelope", "same_customers"),
    "equal-envelope": ("equal_envelope",),
    "same-customers": ("same_customers",),
}
Command = Callable[..., Any]
METHODS = ("tornado", "morris", "sobol")

strategies_option = click.option(
    "--strategies", default=PAIR, metavar="A,B", show_default=True, help="First less second."
)
metric_option = click.option("--metric", default="profit_cny", show_default=True, help="The yardstick.")
workers_option = click.option("--workers", type=click.IntRange(1, 1024), help="How many at once.")


def shared(command: Command) -> Command:
    """The options that every one of these commands has."""
    for option in (json_option, lang_option, chart_option, set_option, days_option, workers_option):
        command = option(command)
    return bounded(command)


def seeds_option(usual: int | None, usually: str = "") -> Callable[[Command], Command]:
    """How many futures, with a command's usual number."""
    told = usually or f"[default: {usual}]"
    return click.option("--seeds", type=click.IntRange(1, 100_000), default=usual, help=f"How many futures. {told}")


@click.command()
@click.argument("scenario")
@click.option("--vary", required=True, metavar="KEY=LOW..HIGH", help="What varies; KEY alone is its documented range.")
@click.option("--and", "second", metavar="KEY=LOW..HIGH", help="A second one, for a map over both.")
@click.option(
    "--kind", type=click.Choice(list(KINDS)), default="both", show_default=True, help="Where pool costs fall."
)
@click.option("--points", type=click.IntRange(2, 200), help="Evenly spread values. [default: 9, on a map 7]")
@strategies_option
@metric_option
@seeds_option(None, "[default: 20, on a map 8]")
@shared
def breakeven(
    scenario: str, vary: str, second: str | None, kind: str, points: int | None, seeds: int | None, **asked: Any
) -> None:
    """At which value do two strategies tie, and how sure is that?

    Equal envelope: the pool's costs displace advertisements. Same customers: they come on top.
    """
    with asking(scenario, asked) as (assumed, how):
        kinds: Any = KINDS[kind]
        if second is None:
            from sim.questions.breakeven.study import breakeven as ask

            answer: Any = ask(assumed, vary, kinds=kinds, seeds=seeds or 20, points=points or 9, **how)
        else:
            from sim.questions.breakeven.frontier import frontier

            answer = frontier(assumed, vary, second, kinds=kinds, seeds=seeds or 8, points=points or 7, **how)
    give(answer, asked)


@click.command()
@click.argument("scenario")
@click.option(
    "--vary", multiple=True, metavar="KEY[=LOW..HIGH]", help="Which assumptions; all documented if none is named."
)
@click.option(
    "--method", type=click.Choice(METHODS), default="tornado", show_default=True, help="One at a time, or all at once."
)
@click.option(
    "--samples", type=click.IntRange(2, 65_536), help="Sobol: a power of 2 [default: 64]; Morris: walks [default: 8]."
)
@strategies_option
@metric_option
@seeds_option(None, "[default: 8 for the tornado, 2 for the others]")
@shared
def sensitivity(
    scenario: str, vary: tuple[str, ...], method: Any, samples: int | None, seeds: int | None, **asked: Any
) -> None:
    """Which assumptions matter, and which deserve data?

    With one strategy in --strategies, its own metric is looked at instead of a difference.
    """
    with asking(scenario, asked, at_least=1) as (assumed, how):
        from sim.questions.sensitivity.study import sensitivity as ask

        answer = ask(assumed, vary, method=method, samples=samples, seeds=seeds, **how)
    give(answer, asked)


@click.command()
@click.argument("scenario")
@click.option(
    "--by", type=click.Choice(["mechanisms", "accounts"]), default="mechanisms", show_default=True, help="Parts."
)
@click.option("--exact", is_flag=True, help="Every set of mechanisms instead of sampled orders.")
@click.option("--mechanisms", metavar="A,B,...", help="Which switches; all that are on if not given.")
@click.option("--pairs", type=click.IntRange(1, 10_000), default=6, show_default=True, help="Pairs of sampled orders.")
@strategies_option
@metric_option
@seeds_option(8)
@shared
def waterfall(
    scenario: str, by: Any, exact: bool, mechanisms: str | None, pairs: int, seeds: int, **asked: Any
) -> None:
    """Why do two strategies differ? Bars that add up to the difference exactly."""
    chosen = None if mechanisms is None else [name.strip() for name in mechanisms.split(",") if name.strip()]
    with asking(scenario, asked) as (assumed, how):
        from sim.questions.waterfall.study import waterfall as ask

        answer = ask(assumed, by=by, exact=exact, mechanisms=chosen, pairs=pairs, seeds=seeds, **how)
    give(answer, asked)


@click.command()
@click.argument("scenario")
@click.option("--strategy", help="The strategy whose decisions are looked for.")
@click.option(
    "--vary",
    multiple=True,
    metavar="KEY[=LOW..HIGH]",
    help="What may be decided; the pool's usual decisions if not given.",
)
@click.option(
    "--objective",
    default="profit_cny",
    show_default=True,
    help="The metric to be made best, such as roi or pool_active.",
)
@click.option(
    "--limit", "limits", multiple=True, metavar="METRIC>=VALUE", help="A condition, such as cash_trough_cny>=-50000."
)
@click.option("--evaluations", type=click.IntRange(1, 100_000), default=60, show_default=True, help="Settings to try.")
@click.option(
    "--points", type=click.IntRange(2, 200), default=7, show_default=True, help="Values of each response curve."
)
@click.option(
    "--fresh-seeds", type=click.IntRange(2, 100_000), default=40, show_default=True, help="Futures of the verdict."
)
@seeds_option(8)
@shared
def optimize(scenario: str, strategy: str | None, objective: str, **asked: Any) -> None:
    """The best a strategy can decide, found on some seeds and judged on fresh ones."""
    own = {name: asked.pop(name) for name in ("vary", "limits", "evaluations", "points", "seeds", "fresh_seeds")}
    chosen, aim = chosen_strategy(strategy), chosen_metric(objective, "--objective")
    with asking(scenario, asked) as (assumed, how):
        from sim.questions.optimise.study import optimize as ask

        answer = ask(assumed, chosen, objective=aim, **own, **how)
    give(answer, asked)


def chosen_metric(name: str, option: str = "--metric") -> str:
    """The metric of that name, ``_cny`` understood; raises UsageError if there is none."""
    from sim.results.metrics import METRICS

    found = next((each for each in (name, f"{name}_cny") if each in METRICS), None)
    if found is None:
        raise click.UsageError(f"{option}: there is no metric {shown(name)}; {hint(name, list(METRICS))}")
    return found


def chosen_pair(names: str, at_least: int = 2) -> tuple[str, ...]:
    """Two strategies named with a comma between, or one where that is enough; raises UsageError otherwise."""
    chosen = tuple(chosen_strategy(name.strip()) for name in names.split(",") if name.strip())
    if not at_least <= len(chosen) <= 2 or len(set(chosen)) < len(chosen):
        wanted = "two different ones, as in A,B" if at_least == 2 else "one, or two different ones, as in A,B"
        raise click.UsageError(f"--strategies is {shown(names)}; name {wanted}.")
    return chosen


@contextmanager
def asking(scenario: str, asked: dict[str, Any], at_least: int = 2) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The scenario and what every experiment is given; refusals as sentences; a bar while it runs."""
    assumed = assumed_scenario(scenario, asked.pop("changes"), asked.pop("days"))
    bounds = {name: asked.pop(name) for name in ("estimate", "most_gib", "most_hours")}
    how: dict[str, Any] = {"workers": asked.pop("workers")}
    how["announce"] = announcing(assumed, bounds, threads=how["workers"], as_json=asked["as_json"])
    if "strategies" in asked:
        how["strategies"] = chosen_pair(asked.pop("strategies"), at_least)
        how["metric"] = chosen_metric(asked.pop("metric"))
    check_outputs(None, asked["chart"])
    try:
        with progress_bar() as progress:
            yield assumed, {**how, "progress": progress}
    except ScenarioError:
        raise
    except (ValueError, KeyError) as error:
        raise click.UsageError(f"{error.args[0]}.") from error


def give(answer: Any, asked: dict[str, Any]) -> None:
    """Print the answer, and draw it if that was asked for."""
    from sim.report.answers import figure, table

    lang: Language = asked["lang"]
    as_json: bool = asked["as_json"]
    chart: Path | None = asked["chart"]
    if as_json:
        print_json(answer.as_json())
    else:
        click.echo(answer.in_words(lang) + "\n\n" + table(answer, lang))
    draw(chart, lambda: figure(answer, lang), quiet=as_json)


COMMANDS: Sequence[click.Command] = (breakeven, sensitivity, waterfall, optimize)
