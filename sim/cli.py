"""The command line: it checks what it was given, calls, and prints.

Exit status: 0 done; 2 what was given is wrong, with one sentence for each mistake on the error stream; 130 interrupted.
Everything slow is imported inside the command that needs it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from sim.explaining import Row, explain
from sim.loading import load
from sim.mistakes import ScenarioError, guess, shown
from sim.writing import written

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.scenario import Scenario

Language = Literal["en", "zh"]
PICTURES = (".png", ".svg", ".pdf")
LABELS = {
    "en": {"baseline": "baseline", "source": "source", "same": "Nothing differs from the baseline."},
    "zh": {"baseline": "基准值", "source": "来源", "same": "与基准情景没有差别。"},
}

set_option = click.option(
    "--set", "changes", multiple=True, metavar="KEY=VALUE", help="Change one, such as public.first_order_chance=0.02"
)
days_option = click.option("--days", type=click.IntRange(1, 3650), help="Days lived and counted (clock.days).")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
out_option = click.option("--out", metavar="FOLDER", type=click.Path(path_type=Path), help="Save everything there.")
chart_option = click.option("--chart", metavar="FILE", type=click.Path(path_type=Path), help="Draw .png, .svg or .pdf.")
lang_option = click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language.")


class _Commands(click.Group):
    """Commands, and the nearest one to a misspelt name."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[Any, Any, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise click.UsageError(f"There is no command {shown(args[0])}; {_hint(args[0], self.list_commands(ctx))}")
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
    return status if isinstance(status, int) else 0


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


@siyu.command()
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


@siyu.command("explain")
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
        _print_json([row.as_json() for row in rows])
        return
    click.echo("\n".join(_explained(row, lang) for row in rows) or LABELS[lang]["same"])


@siyu.command()
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
def compare(
    scenario: str, strategies: str | None, seeds: int, workers: int | None, days: int | None, changes: tuple[str, ...],
    out: Path | None, chart: Path | None, lang: Language, as_json: bool,
) -> None:
    """Compare strategies under the same luck, with honest intervals."""
    assumed = _assumed(scenario, changes, days)
    chosen = _strategies(strategies)
    _check_outputs(out, chart)
    from sim.experiments.pairing import compare as compare_strategies
    from sim.reporting import charts, saving, tables, words

    _say_if_compiling()
    with _progress() as progress:
        comparison = compare_strategies(assumed, chosen, seeds, workers=workers, progress=progress)
    if as_json:
        _print_json(comparison.as_json())
    else:
        click.echo(words.verdict(comparison, lang) + "\n\n" + tables.comparison_table(comparison, lang))
    _leave(out, lambda folder: saving.save_comparison(comparison, folder), quiet=as_json)
    _draw(chart, lambda: charts.comparison_figure(comparison, lang), quiet=as_json)


@siyu.command()
@click.argument("scenario")
@click.option("--strategy", help="The strategy to live through.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help="Luck.")
@click.option("--crowd", type=click.Choice(["columns"]), expose_value=False, help="How to keep people: one way so far.")
@click.option("--threads", type=click.IntRange(1, 1024), help="Threads at once.")
@days_option
@set_option
@out_option
@chart_option
@lang_option
@json_option
def run(
    scenario: str, strategy: str | None, seed: int, threads: int | None, days: int | None,
    changes: tuple[str, ...], out: Path | None, chart: Path | None, lang: Language, as_json: bool,
) -> None:
    """Live through one strategy with one seed, day by day."""
    assumed = _assumed(scenario, changes, days)
    chosen = _strategy(strategy)
    _check_outputs(out, chart)
    from sim.metrics import all_of
    from sim.reporting import charts, saving, tables
    from sim.running import run as live

    _say_if_compiling()
    with _progress() as progress:
        result = live(assumed, chosen, seed, threads=threads, progress=progress)
    if as_json:
        facts = {"scenario": assumed.name, "strategy": chosen, "seed": seed, "days": assumed.clock.days}
        _print_json({**facts, "metrics": all_of(result), "ledger_sha256": result.ledger_sha256})
    else:
        click.echo(tables.run_table(result, lang))
    _leave(out, lambda folder: saving.save_run(result, folder), quiet=as_json)
    _draw(chart, lambda: charts.run_figure(result, lang), quiet=as_json)


@siyu.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port on this computer.")
def app(port: int) -> int:
    """Serve the app at an address that it prints; it can be reached with a browser on this computer only."""
    import subprocess
    from importlib.util import find_spec

    here = Path(__file__).parent
    page = next((file for file in (here / "_app" / "app.py", here.parent / "app.py") if file.is_file()), None)
    if page is None:
        raise click.ClickException("The app is not part of this installation; install Siyu anew.")
    if find_spec("streamlit") is None:
        raise click.ClickException("The app needs Streamlit; install it with: pip install 'siyu[app]'")
    # All other settings stand in .streamlit/config.toml beside the page; these must hold whatever others say.
    settings = ["--server.address=127.0.0.1", f"--server.port={port}", "--browser.gatherUsageStats=false"]
    command = [sys.executable, "-m", "streamlit", "run", str(page), *settings]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own file, with Python itself


def _assumed(source: str, changes: Sequence[str], days: int | None) -> Scenario:
    return load(source, [*changes, *([f"clock.days={days}"] if days else [])])


def _hint(word: str, known: Sequence[str]) -> str:
    near = guess(word, known)
    return f"did you mean {near}?" if near else f"there are {', '.join(known)}."


def _strategies(names: str | None) -> tuple[str, ...] | None:
    """The strategies named with commas between, each once, or None for all."""
    if names is None:
        return None
    chosen = tuple(dict.fromkeys(_strategy(name.strip()) for name in names.split(",") if name.strip()))
    if len(chosen) < 2:
        raise click.UsageError(f"--strategies is {shown(names)}, but a comparison needs two, as in A,B.")
    return chosen


def _strategy(name: str | None) -> str:
    from sim.policies import names

    if name is None:
        raise click.UsageError(f"--strategy is missing; there are {', '.join(names())}.")
    if name not in names():
        raise click.UsageError(f"There is no strategy {shown(name)}; {_hint(name, names())}")
    return name


def _check_outputs(out: Path | None, chart: Path | None) -> None:
    """Refuse what could not be written before anybody waits for it."""
    if chart is not None and chart.suffix.lower() not in PICTURES:
        raise click.UsageError(f"--chart is {shown(str(chart))}, but a picture ends in .png, .svg or .pdf.")
    if chart is not None and chart.is_dir():
        raise click.UsageError(f"--chart is {shown(str(chart))}, but that is a folder; name a file.")
    folders = {"--out": out, "--chart": chart and chart.parent}
    for option, folder in ((option, folder) for option, folder in folders.items() if folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "not a folder's name"
            sentence = f"{option}: in {shown(str(folder))} nothing can be written ({reason}); choose another folder."
            raise click.UsageError(sentence) from None


def _say_if_compiling() -> None:
    from sim.compiled import is_compiled_already

    if not is_compiled_already():
        click.echo("Compiling the model once, half a minute or a little more…", err=True)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar of days lived on the error stream, if that is a screen and the work takes more than two seconds."""
    from tqdm import tqdm

    with tqdm(unit=" days", file=sys.stderr, disable=None, delay=2, leave=False) as bar:

        def tell(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield tell


def _leave(folder: Path | None, save: Callable[[Path], object], *, quiet: bool) -> None:
    if folder is not None:
        save(folder)
        click.echo(f"Saved in {folder}", err=quiet)


def _draw(file: Path | None, figure: Callable[[], Figure], *, quiet: bool) -> None:
    if file is not None:
        figure().savefig(file)
        click.echo(f"The picture is {file}", err=quiet)


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False, default=float))


def _explained(row: Row, lang: Language) -> str:
    label = LABELS[lang]
    usual = f"; {label['baseline']}: {written(row.baseline)}" if row.differs else ""
    source = f"; {label['source']}: {row.source}" if row.source else ""
    value = f"{row.key}: {written(row.value)}" + (f"  [{row.unit}]" if row.unit else "")
    meaning = row.meaning_zh if lang == "zh" and row.meaning_zh else row.meaning
    return "\n    ".join(filter(None, (value, meaning, f"{row.where}{usual}{source}")))
