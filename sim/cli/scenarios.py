"""Commands about scenarios: can they be used, and what do they assume?"""

from __future__ import annotations

import click

from sim.assumptions.errors import ScenarioError, shown
from sim.assumptions.explaining import Row, badges, explain
from sim.assumptions.loading import load, shipped
from sim.assumptions.runaway import runaway_caution
from sim.assumptions.scenario import Scenario
from sim.assumptions.writing import written
from sim.cli.options import Language, hint, json_option, lang_option, print_json, set_option
from sim.inference.plausibility import doubts_about, told

LABELS = {
    "en": {"baseline": "baseline", "source": "source", "same": "Nothing differs from the baseline.",
           "right": "all right"},
    "zh": {"baseline": "基准值", "source": "来源", "same": "与基准情景没有差别。", "right": "没有问题"},
}


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="SCENARIO...")
@lang_option
@set_option
def check(files: tuple[str, ...], changes: tuple[str, ...], lang: Language) -> int:
    """Say whether scenarios can be used, or else every mistake, and what about them is not plausible."""
    status = 0
    for file in files:
        try:
            scenario = load(file, changes)
            _try_the_square(file, scenario)
            doubts = told(doubts_about(scenario), lang).splitlines()
            click.echo("\n".join(f"{file}: {doubt}" for doubt in doubts) or f"{file}: {LABELS[lang]['right']}")
            caution = runaway_caution(scenario)
            if caution:
                click.echo(f"{file}: {caution}", err=True)
        except ScenarioError as error:
            click.echo(str(error), err=True)
            status = 2
    return status


def _try_the_square(file: str, scenario: Scenario) -> None:
    """Refuse a scenario whose rivals cannot make a click cost its start price. The baseline's can, as is known."""
    squares = [(s.public, s.brand.budget_cny_per_day, s.switches.price_growth) for s in (scenario, Scenario())]
    if squares[0] != squares[1]:
        from sim.running import open_square

        try:
            open_square(scenario)
        except ScenarioError as error:
            raise ScenarioError([f"{file}: {sentence}" for sentence in error.mistakes]) from None


@click.command("scenarios")
@lang_option
@json_option
def scenarios_command(lang: Language, as_json: bool) -> None:
    """List the scenarios that ship, each with the question that it asks."""
    found = [(name, load(name)) for name in sorted(shipped())]
    if as_json:
        print_json([{"name": name, "question": s.question, "question_zh": s.question_zh, "source": s.source,
                     "expects": len(s.expect)} for name, s in found])
        return
    width = max(len(name) for name, _ in found)
    for name, scenario in found:
        click.echo(f"{name:{width}}  {scenario.question_zh if lang == 'zh' else scenario.question}")


@click.command()
@click.argument("scenario")
@click.option("--seeds", type=click.IntRange(2, 10_000), default=20, show_default=True, help="How many futures.")
@json_option
@set_option
def expect(scenario: str, seeds: int, as_json: bool, changes: tuple[str, ...]) -> int:
    """Hold a scenario to what it expects of itself; status 1 where that does not come out."""
    from dataclasses import asdict

    from sim.questions.expectations import check_expectations

    outcomes = check_expectations(load(scenario, changes), seeds)
    if as_json:
        print_json([{**asdict(each), "confirmed": each.confirmed, "expectation": each.expectation.model_dump()}
                    for each in outcomes])
    for each in outcomes if not as_json else ():
        wanted, found, without = each.expectation, each.found, each.without
        click.echo(
            f"{'yes' if each.confirmed else 'NO '}  {wanted.strategy}: {wanted.metric} is {wanted.direction} than with "
            f"{', '.join(wanted.than)}: {found.mean:,.4g} ({found.low:,.4g} to {found.high:,.4g}); with "
            f"{', '.join(wanted.unless)}: {without.mean:,.4g} ({without.low:,.4g} to {without.high:,.4g})"
        )
    if not outcomes and not as_json:
        click.echo("It expects nothing.")
    return 0 if all(each.confirmed for each in outcomes) else 1


@click.command("explain")
@click.argument("scenario")
@click.argument("key", required=False)
@click.option("--only-differences", is_flag=True, help="Only what differs from the baseline.")
@lang_option
@json_option
@set_option
def explain_command(
    scenario: str, key: str | None, only_differences: bool, lang: Language, as_json: bool, changes: tuple[str, ...]
) -> None:
    """Tell every assumption, or the one (or the group) named KEY: value, unit, meaning, source and where it stands."""
    rows = [row for row in explain(scenario, changes) if row.differs or not only_differences]
    if key is not None:
        rows = _about(rows, key)
    if as_json:
        print_json([row.as_json() for row in rows])
        return
    click.echo("\n".join(_explained(row, lang) for row in rows) or LABELS[lang]["same"])
    for name, in_english, in_chinese in badges(scenario, changes) if not (only_differences or key) else ():
        click.echo(f"{name}: {in_chinese if lang == 'zh' else in_english}")


def _about(rows: list[Row], key: str) -> list[Row]:
    """The rows of one key, or of the group of that name; raises UsageError if there are none."""
    found = [row for row in rows if row.key == key or row.key.startswith(f"{key}.")]
    if not found:
        raise click.UsageError(f"KEY: there is no assumption {shown(key)}; {hint(key, [row.key for row in rows])}")
    return found


def _explained(row: Row, lang: Language) -> str:
    label = LABELS[lang]
    usual = f"; {label['baseline']}: {written(row.baseline)}" if row.differs else ""
    source = f"; {label['source']}: {row.source}" if row.source else ""
    value = f"{row.key}: {written(row.value)}" + (f"  [{row.unit}]" if row.unit else "")
    meaning = row.meaning_zh if lang == "zh" and row.meaning_zh else row.meaning
    return "\n    ".join(filter(None, (value, meaning, f"{row.where}{usual}{source}")))
