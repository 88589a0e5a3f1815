"""Commands about scenarios: can they be used, and what do they assume?"""

from __future__ import annotations

import click

from sim.cli.options import Language, json_option, lang_option, print_json, set_option
from sim.explaining import Row, explain
from sim.loading import load
from sim.mistakes import ScenarioError
from sim.writing import written

LABELS = {
    "en": {"baseline": "baseline", "source": "source", "same": "Nothing differs from the baseline."},
    "zh": {"baseline": "基准值", "source": "来源", "same": "与基准情景没有差别。"},
}


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="SCENARIO...")
@set_option
def check(files: tuple[str, ...], changes: tuple[str, ...]) -> int:
    """Say whether scenarios can be used, or else every mistake."""
    status = 0
    for file in files:
        try:
            load(file, changes)
            click.echo(f"{file}: all right")
        except ScenarioError as error:
            click.echo(str(error), err=True)
            status = 2
    return status


@click.command("explain")
@click.argument("scenario")
@click.option("--only-differences", is_flag=True, help="Only what differs from the baseline.")
@lang_option
@json_option
@set_option
def explain_command(
    scenario: str, only_differences: bool, lang: Language, as_json: bool, changes: tuple[str, ...]
) -> None:
    """Tell every assumption: value, unit, meaning, source and where it was written."""
    rows = [row for row in explain(scenario, changes) if row.differs or not only_differences]
    if as_json:
        print_json([row.as_json() for row in rows])
        return
    click.echo("\n".join(_explained(row, lang) for row in rows) or LABELS[lang]["same"])


def _explained(row: Row, lang: Language) -> str:
    label = LABELS[lang]
    usual = f"; {label['baseline']}: {written(row.baseline)}" if row.differs else ""
    source = f"; {label['source']}: {row.source}" if row.source else ""
    value = f"{row.key}: {written(row.value)}" + (f"  [{row.unit}]" if row.unit else "")
    meaning = row.meaning_zh if lang == "zh" and row.meaning_zh else row.meaning
    return "\n    ".join(filter(None, (value, meaning, f"{row.where}{usual}{source}")))
