"""What commands share: options, the scenario that they mean, outputs that can be written, progress on the screen."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from sim.assumptions.errors import guess, shown
from sim.assumptions.loading import load
from sim.assumptions.seeds import SeedError, seed_of
from sim.assumptions.yaml_reader import scalar

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.assumptions.scenario import Scenario

Language = Literal["en", "zh"]
PICTURES = (".png", ".svg", ".pdf")

class _Seed(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """Luck, checked as everywhere."""

    name = "integer"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The seed that was written; raises UsageError for what is none."""
        try:
            return seed_of(scalar(value) if isinstance(value, str) else value)
        except SeedError as error:
            self.fail(f"{error}.", param, ctx)


seed_option = click.option("--seed", type=_Seed(), default=1, show_default=True, help="Luck, of a scenario.")
set_option = click.option(
    "--set", "changes", multiple=True, metavar="KEY=VALUE", help="Change one, such as public.first_order_chance=0.02"
)
days_option = click.option("--days", type=click.IntRange(1, 3650), help="Days lived and counted (clock.days).")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
out_option = click.option("--out", metavar="FOLDER", type=click.Path(path_type=Path), help="Save everything there.")
chart_option = click.option("--chart", metavar="FILE", type=click.Path(path_type=Path), help="Draw .png, .svg or .pdf.")
lang_option = click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language.")


def assumed_scenario(source: str, changes: Sequence[str], days: int | None) -> Scenario:
    """The scenario that SCENARIO, ``--set`` and ``--days`` mean; raises ScenarioError."""
    return load(source, [*changes, *([f"clock.days={days}"] if days else [])])


def hint(word: str, known: Sequence[str]) -> str:
    """What somebody who wrote ``word`` may have meant."""
    near = guess(word, known)
    return f"did you mean {near}?" if near else f"there are {', '.join(known)}."


def chosen_strategies(names: str | None) -> tuple[str, ...] | None:
    """The strategies named with commas between, each once, or None for all."""
    if names is None:
        return None
    chosen = tuple(dict.fromkeys(chosen_strategy(name.strip()) for name in names.split(",") if name.strip()))
    if len(chosen) < 2:
        raise click.UsageError(f"--strategies is {shown(names)}, but a comparison needs two, as in A,B.")
    return chosen


def chosen_strategy(name: str | None) -> str:
    """The strategy of that name; raises UsageError if there is none."""
    from sim.strategies import SHIPPED, find

    if name is None:
        raise click.UsageError(f"--strategy is missing; there are {', '.join(SHIPPED)}.")
    if ":" not in name and name not in SHIPPED:
        raise click.UsageError(f"There is no strategy {shown(name)}; {hint(name, tuple(SHIPPED))}")
    try:
        find(name)
    except KeyError as error:
        raise click.UsageError(str(error.args[0])) from None
    return name


def check_outputs(out: Path | None, chart: Path | None, files: Sequence[str] | None = None) -> None:
    """Refuse what could not be written before anybody waits for it; ``files`` are those that make room in ``out``."""
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
    strangers = {path.name for path in out.iterdir()} - set(files) if out is not None and files is not None else set()
    if strangers:
        what = f"--out: {shown(str(out))} holds {shown(min(strangers))}, which is not ours to replace"
        raise click.UsageError(f"{what}; name another folder.")


def check_file(out: Path | None) -> None:
    """Refuse a file that could not be written before anybody waits for it."""
    check_outputs(out and out.parent, None)
    if out is not None and out.is_dir():
        raise click.UsageError(f"--out is {shown(str(out))}, but that is a folder; name a file.")


def compile_if_needed() -> None:
    """Compile the model if this is its first run, and say so."""
    from sim.kernel.compiled import is_compiled_already

    if not is_compiled_already():
        click.echo("Compiling the model once, half a minute or a little more…", err=True)
        from sim.simulation.compiling import compile_side_by_side

        compile_side_by_side()


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None]]:
    """A bar of days lived on the error stream, if that is a screen and the work takes more than two seconds."""
    from tqdm import tqdm

    with tqdm(unit=" days", file=sys.stderr, disable=None, delay=2, leave=False) as bar:

        def tell(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield tell


def leave(folder: Path | None, save: Callable[[Path], object], *, quiet: bool) -> None:
    """Save into a folder, if one was named, and say so."""
    if folder is not None:
        save(folder)
        click.echo(f"Saved in {folder}", err=quiet)


def draw(file: Path | None, figure: Callable[[], Figure], *, quiet: bool) -> None:
    """Draw into a file, if one was named, and say so."""
    if file is not None:
        figure().savefig(file)
        click.echo(f"The picture is {file}", err=quiet)


def print_json(value: Any) -> None:
    """Print for other programs."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False, default=float))
