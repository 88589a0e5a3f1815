"""The command that turns a brand's own order log into need, exit and spend parameters, and into a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.options import (
    Language,
    chart_option,
    check_outputs,
    compile_if_needed,
    draw,
    json_option,
    lang_option,
    print_json,
    progress_bar,
)

if TYPE_CHECKING:
    from sim.calibration.learning import Asked, Learnt

FILE = click.Path(path_type=Path)
HOW = ("date_order", "keep_copies", "sheet", "encoding", "skip_rows", "leave_out_empty", "without_amounts", "decimal",
       "amount_of", "calibrate_from")  # fmt: skip
"""Options that say how the log is to be read."""


def _asked(**given: Any) -> Asked:
    from sim.calibration.learning import Asked
    from sim.calibration.read.how import How, rates_of

    channels = tuple(name.strip() for name in (given.pop("paid_channels") or "").split(",") if name.strip())
    columns = {role: given.pop(role) for role in ("customer", "date", "amount", "channel")}
    states = tuple(state.strip() for state in (given.pop("states") or "").split(",") if state.strip())
    reading = {name: given.pop(name) for name in HOW}
    how = How(states=states, rates=rates_of(given.pop("currency")), **reading)
    return Asked(columns=columns, paid_channels=channels, how=how, **given)


@click.command()
@click.argument("orders", required=False, type=FILE)
@click.option("--template", is_flag=True, help="Write the funnel sheet to fill (to --out, or else on the screen).")
@click.option("--unit", type=click.Choice(["day", "week"]), default="week", show_default=True, help="Unit of time.")
@click.option(
    "--calibration-weeks",
    "weeks",
    type=click.IntRange(1, 2000),
    metavar="N",
    help="Fit so many weeks from the log's first day, and check the fit on the rest.",
)
@click.option("--calibrate-from", metavar="DATE", help="Fit only who first ordered on that day or later.")
@click.option("--calibrate-until", "until", metavar="DATE", help="Or fit until that day, itself included.")
@click.option("--log-ends", metavar="DATE", help="The day to which the log is complete (its last order's day).")
@click.option("--customer", metavar="COLUMN", help="The column of customers, if it is not recognised.")
@click.option("--date", metavar="COLUMN", help="The column of dates.")
@click.option("--amount", metavar="COLUMN", help="The column of amounts.")
@click.option("--channel", metavar="COLUMN", help="The column of channels or sources.")
@click.option("--date-order", type=click.Choice(["dmy", "mdy"]), help="Whether 3/4/2026 is 3 April or 4 March.")
@click.option("--decimal", type=click.Choice(["point", "comma"]), help="What stands before decimals, if 1.234 may be either.")  # noqa: E501
@click.option("--currency", multiple=True, metavar="CODE[=RATE]", help="The log's currency, and yuan for one unit of it.")  # noqa: E501
@click.option("--states", metavar="A,B", help="States, or kinds of rows, that count as orders.")
@click.option(
    "--amount-of", type=click.Choice(["order", "line"]), help="Whether an amount is the whole order's or its line's."
)
@click.option("--without-amounts", is_flag=True, help="The log has no amounts: fit need and exit alone.")
@click.option("--leave-out-empty", is_flag=True, help="Leave out rows without a customer, date or amount.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook, if not all that are alike are to be read.")
@click.option("--encoding", metavar="NAME", help="The encoding of a text file, such as gb18030 or cp1252.")
@click.option("--skip-rows", type=click.IntRange(0, 1000), metavar="N", help="Lines above the names of columns.")
@click.option("--keep-copies", is_flag=True, help="Rows that are exactly alike are orders or items of their own.")
@click.option("--paid-share", type=click.FloatRange(0, 1), help="Share of needs that came back only if bought back.")
@click.option("--bought-back/--not-bought-back", default=None, help="Whether the brand bought these back.")
@click.option("--paid-channels", metavar="A,B", help="Channels of the log in which a repeat order was paid for.")
@click.option("--touches", type=FILE, metavar="FILE", help="A log of contacts: customer, date, group.")
@click.option("--lift", metavar="EXTRA,LOW,HIGH", help="Or what a contact brought in a test, with 95 % interval.")
@click.option("--funnel", type=FILE, metavar="FILE", help="A filled funnel sheet (see --template).")
@click.option(
    "--match",
    "seeds",
    type=click.IntRange(2, 1000),
    metavar="SEEDS",
    help="Run the simulator against the log's own later weeks.",
)
@click.option(
    "--again", type=FILE, metavar="FILE", help="Write the log's own weeks as a scenario: a run gives them back."
)
@click.option("--out", type=FILE, metavar="FILE", help="Write the scenario there.")
@chart_option
@lang_option
@json_option
def calibrate(
    orders: Path | None,
    template: bool,
    out: Path | None,
    again: Path | None,
    chart: Path | None,
    lang: Language,
    as_json: bool,
    seeds: int | None,
    **given: Any,
) -> None:
    """Turn the order log ORDERS into need, exit and spend parameters, and into a scenario.

    ORDERS is a CSV, Parquet or Excel file with a line for each order: customer, date, amount.
    """
    if template:
        _write_template(out)
        return
    if orders is None:
        raise click.UsageError("ORDERS is missing; name an order log, or say --template for a funnel sheet to fill.")
    if given["weeks"] and given["until"]:
        raise click.UsageError("--calibration-weeks and --calibrate-until exclude each other; give one of them.")
    if given["touches"] and given["lift"]:
        raise click.UsageError("--touches and --lift exclude each other; give one of them.")
    for option, file in (("--out", out), ("--again", again)):
        _check(option, file, chart)
    from sim.calibration.learning import learn, lived, matched

    learnt = learn(orders, _asked(**given), out.stem if out else orders.stem)
    compile_if_needed()
    with progress_bar() as progress:
        learnt = matched(learnt, seeds, progress=progress) if seeds else lived(learnt, progress=progress)
    _tell(learnt, lang, as_json=as_json)
    for file, text in ((out, learnt.text), (again, learnt.again() if again else "")):
        if file:
            file.write_text(text, encoding="utf-8")
            click.echo(f"The scenario is {file}", err=as_json)
    if chart:
        from sim.report.order_charts import figure

        draw(chart, lambda: figure(learnt.picture(), lang), quiet=as_json)


def _tell(learnt: Learnt, lang: Language, *, as_json: bool) -> None:
    if as_json:
        print_json(learnt.as_json())
        for note in learnt.cautions:
            click.echo(note, err=True)
        return
    from sim.report.calibrated import table
    from sim.report.read_logs import read_lines

    found = learnt.as_json()
    for line in read_lines(found, lang):
        click.echo(line)
    click.echo(table(found, lang))


def _check(option: str, file: Path | None, chart: Path | None) -> None:
    check_outputs(file.parent if file else None, chart)
    if file is not None and (file.suffix.lower() not in (".yaml", ".yml") or file.is_dir()):
        raise click.UsageError(f"{option} is {file}, but a scenario is a file that ends in .yaml; name one.")


def _write_template(out: Path | None) -> None:
    from sim.calibration.funnel import TEMPLATE

    if out is None:
        click.echo(TEMPLATE, nl=False)
        return
    check_outputs(out.parent, None)
    out.write_text(TEMPLATE, encoding="utf-8-sig")
    click.echo(f"The funnel sheet is {out}")
