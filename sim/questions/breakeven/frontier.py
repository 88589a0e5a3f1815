"""Over two parameters at once: which strategy wins where, and the border on which the two tie."""

from __future__ import annotations

from collections.abc import Sequence

from sim.assumptions.parameter_ranges import changed, evenly, ranges_of
from sim.assumptions.provenance import scenario_fingerprint
from sim.assumptions.ranges import Range
from sim.assumptions.scenario import Scenario
from sim.inference.paired_differences import Contrast
from sim.inference.replications import Announce, Trials, pair, yardstick
from sim.questions.breakeven.answer import KINDS, Crossing, Frontier, Kind, Map
from sim.questions.breakeven.crossings import Contest, brackets, crossing
from sim.questions.breakeven.study import under
from sim.running import Progress


def frontier(
    scenario: Scenario,
    first: str | Range,
    second: str | Range,
    *,
    strategies: Sequence[str] = ("private_pool", "public_only"),
    metric: str = "profit_cny",
    kinds: Sequence[Kind] = tuple(KINDS),
    seeds: int | Sequence[int] = 8,
    points: int = 7,
    workers: int | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> Frontier:
    """The gap between two strategies on a grid over two parameters, and in each row where they tie along the first.

    Arguments and errors are those of ``breakeven``; ``points`` is the number of values of each parameter.
    """
    spans, chosen = ranges_of(scenario, (first, second)), pair(strategies)
    x_span, y_span = spans
    trials = Trials([yardstick(metric)], seeds, workers=workers, progress=progress)
    xs, ys = (evenly(span, points) for span in spans)
    trials.promise(len(kinds) * len(chosen) * len(xs) * len(ys), announce)
    cells = [
        changed(under(scenario, kind), {x_span.key: x, y_span.key: y}, spans) for kind in kinds for y in ys for x in xs
    ]
    found = trials.contrast(cells, chosen)
    size = len(xs) * len(ys)
    maps = tuple(
        _map(kind, found.part(slice(n * size, n * size + size)), xs, chosen, metric) for n, kind in enumerate(kinds)
    )
    return Frontier(
        scenario.name,
        scenario_fingerprint(scenario),
        metric,
        chosen,
        trials.seeds,
        x_span,
        y_span,
        xs,
        ys,
        maps,
        trials.runs,
    )


def _map(kind: Kind, found: Contrast, xs: Sequence[float], strategies: Sequence[str], metric: str) -> Map:
    parts = [found.part(slice(first, first + len(xs))) for first in range(0, len(found.means), len(xs))]
    return Map(
        kind,
        tuple(part.gaps() for part in parts),
        tuple(_ties(xs, part, strategies, metric) for part in parts),
    )


def _ties(xs: Sequence[float], row: Contrast, strategies: Sequence[str], metric: str) -> tuple[Crossing, ...]:
    found = []
    contest = Contest(strategies, metric, (xs[0], xs[-1]))
    for a, b in brackets(xs, row):
        left, right = (row.means[xs.index(end)] for end in (a, b))
        near = a + (b - a) * left / (left - right)
        found.append(crossing(xs, row, near, contest))
    return tuple(found)
