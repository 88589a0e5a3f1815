"""Commands that list what may be named: strategies and metrics."""

from __future__ import annotations

import click

from sim.cli.options import Language, json_option, lang_option, print_json


@click.command("strategies")
@lang_option
@json_option
def strategies_command(lang: Language, as_json: bool) -> None:
    """List the strategies that ship; those compared without being named are marked with *."""
    from sim.strategies import SHIPPED, names
    from sim.text.phrases import strategy_name

    found = [
        {"name": name, "name_en": strategy_name(name, "en"), "name_zh": strategy_name(name, "zh"),
         "about": (policy.__doc__ or "").strip().splitlines()[0], "compared": name in names()}
        for name, policy in SHIPPED.items()
    ]
    if as_json:
        print_json({"question": "strategies", "strategies": found})
        return
    for each in found:
        star, told = "*" if each["compared"] else " ", each["name_zh"] if lang == "zh" else each["about"]
        click.echo(f"{star} {each['name']:25}{told}")


@click.command("metrics")
@lang_option
@json_option
def metrics_command(lang: Language, as_json: bool) -> None:
    """List the metrics, each with its unit and definition."""
    from sim.results.metrics import METRICS

    if as_json:
        facts = ("name", "label_en", "label_zh", "unit", "unit_zh", "better", "definition_en", "definition_zh")
        rows = [{fact: getattr(each, fact) for fact in facts} for each in METRICS.values()]
        print_json({"question": "metrics", "metrics": rows})
        return
    for each in METRICS.values():
        unit = each.unit_zh if lang == "zh" else each.unit
        click.echo(f"{each.name} [{unit}]\n    {each.definition_zh if lang == 'zh' else each.definition_en}")
