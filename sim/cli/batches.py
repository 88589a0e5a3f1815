"""Commands about many runs: make them, and see what they say."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.assumptions.errors import shown
from sim.cli.bounds import allowed, bounded
from sim.cli.options import Language, check_file, compile_if_needed, hint, json_option, lang_option, print_json

if TYPE_CHECKING:
    from sim.batches.stored.batch import Batch

SECONDS_BETWEEN_LINES = 10.0
"""How often progress is told where the error stream is no screen."""

folder_argument = click.argument("folder", type=click.Path(path_type=Path))


@click.command()
@click.argument("design")
@click.option("--out", metavar="FOLDER", type=click.Path(path_type=Path), help="Folder; results/NAME if not given.")
@click.option("--workers", type=click.IntRange(1, 1024), help="Processes here; one a processor if not given.")
@click.option("--cluster", metavar="ADDRESS", help="Use the workers of a Dask scheduler, such as tcp://host:8786.")
@bounded
def batch(design: str, out: Path | None, workers: int | None, cluster: str | None, **bounds: Any) -> int:
    """Make all runs of DESIGN, a YAML file; what is finished already is not done again."""
    if workers is not None and cluster is not None:
        raise click.UsageError("--workers and --cluster exclude each other; give one of them.")
    from sim.batches.design import read_design
    from sim.batches.stored.about import BatchError
    from sim.batches.study import batch as make
    from sim.batches.study import processors
    from sim.batches.work import needs_of

    plan = read_design(design, announce=lambda sentence: click.echo(f"{sentence}.", err=True))
    here = cluster is None or bounds["estimate"]
    if here and not allowed(needs_of(plan, workers or processors()), bounds):
        return 0
    folder = out or Path("results") / plan.name
    if cluster is None:
        compile_if_needed()
    done = [0]
    try:
        with _progress(done) as progress:
            made = make(plan, folder, workers=workers, cluster=cluster, progress=progress)
    except KeyboardInterrupt:
        given = {"--out": out, "--workers": workers, "--cluster": cluster}
        said = [word for option, value in given.items() if value is not None for word in (option, str(value))]
        again = shlex.join(["siyu", "batch", design, *said])
        click.echo(f"\nInterrupted: {done[0]:,} of {len(plan):,} runs are safe in {folder}.", err=True)
        click.echo(f"To go on from there, say the same again: {again}", err=True)
        return 130
    except BatchError as error:
        raise click.ClickException(f"{error}.") from None
    except OSError as error:
        kept = f"{done[0]:,} of {len(plan):,} runs are safe there"
        raise click.ClickException(f"{folder} cannot be written ({error.strerror}); {kept}.") from None
    click.echo(f"All {made.about.runs:,} runs are in {folder}; see them with: siyu results {shlex.quote(str(folder))}")
    return 0


@click.command()
@folder_argument
@click.option("--metric", "metrics", multiple=True, metavar="NAME", help="Which; profit, ROI and payback if not given.")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Write all metrics there, as CSV.")
@click.option("--excel", is_flag=True, help="Mark the CSV file as UTF-8 for Excel.")
@lang_option
@json_option
def results(
    folder: Path, metrics: tuple[str, ...], out: Path | None, excel: bool, lang: Language, as_json: bool
) -> None:
    """Summarise a batch: each scenario, point and strategy, with honest intervals."""
    check_file(out)
    from sim.report import batches, spreadsheets

    for name in metrics:
        check_metric(name)
    made = opened(folder)
    _refuse_missing(made, metrics or batches.MAIN)
    if out is not None:
        spreadsheets.write_csv(batches.summary_rows(made, metrics or None), out, for_excel=excel)
        click.echo(f"Saved in {out}", err=True)
    if as_json:
        print_json(batches.summary_json(made, metrics or None))
    elif out is None:
        click.echo(batches.summary_table(made, metrics or batches.MAIN, lang), nl=False)


def _refuse_missing(made: Batch, metrics: Sequence[str]) -> None:
    """Refuse metrics that a batch of another version does not hold."""
    there = next(made.parts()).column_names
    missing = [name for name in metrics if name not in there]
    if missing:
        raise click.UsageError(f"The batch has no {missing[0]}: another version wrote it; name others with --metric.")


def check_metric(name: str) -> None:
    """Refuse a metric that does not exist, with the nearest one."""
    from sim.results.metrics import METRICS

    if name not in METRICS:
        raise click.UsageError(f"There is no metric {shown(name)}; {hint(name, list(METRICS))}")


def opened(folder: Path) -> Batch:
    """The batch in a folder; says what is missing or spoilt, refuses one without a finished part."""
    from sim.batches.stored.about import BatchError
    from sim.batches.stored.batch import Batch

    try:
        made = Batch(folder)
    except BatchError as error:
        raise click.ClickException(f"{error}.") from None
    for path in made.spoilt:
        click.echo(f"{path} is spoilt and left out; `siyu batch` makes it anew.", err=True)
    if not len(made):
        raise click.ClickException(f"No run in {folder} is finished yet; go on with `siyu batch`.")
    if not made.finished:
        click.echo(f"Only {len(made):,} of {made.about.runs:,} runs are finished; these are shown.", err=True)
    return made


@contextmanager
def _progress(done: list[int]) -> Iterator[Callable[[int, int], None]]:
    """Tell runs done and the time that remains on the error stream: a bar on a screen, else a line now and then."""
    from tqdm import tqdm

    on_screen = sys.stderr.isatty()
    with tqdm(unit=" runs", file=sys.stderr, disable=not on_screen, leave=False) as bar:
        lines = _Lines()

        def tell(now: int, total: int) -> None:
            if on_screen and bar.total is None:
                bar.initial, bar.n = now, now
            bar.total = total
            bar.update(now - bar.n)
            done[0] = now
            if not on_screen:
                lines.tell(now, total)

        yield tell


class _Lines:
    """Progress as lines for a log: how far, and how long still."""

    def __init__(self) -> None:
        self._began = self._last = time.monotonic()
        self._first: int | None = None

    def tell(self, done: int, total: int) -> None:
        """Print a line if the last one is some time ago, or if this is the end."""
        now = time.monotonic()
        if self._first is None:
            self._first = done
        if done == self._first or (done < total and now - self._last < SECONDS_BETWEEN_LINES):
            return
        self._last = now
        left = (now - self._began) / (done - self._first) * (total - done)
        remaining = f", about {_span(left)} left" if done < total else ""
        click.echo(f"{done:,} of {total:,} runs done{remaining}", err=True)


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{round(seconds)} s" if seconds < 90 else f"{minutes} min" if minutes < 90 else f"{minutes / 60:.1f} h"
