"""Over two parameters at once: which strategy wins where, and the border on which the two tie."""

from __future__ import annotations

from collections.abc import Sequence

from sim.assumptions.loading import Assumed, assumed
from sim.assumptions.parameter_ranges import changed, evenly, ranges_of
from sim.assumptions.provenance import scenario_fingerprint
from sim.assumptions.ranges import Range
from sim.inference.paired_differences import PairedDifferences
from sim.inference.replications import Announce, Replications, pair, yardstick
from sim.questions.breakeven.answer import KINDS, Crossing, Frontier, Kind, Map
from sim.questions.breakeven.crossings import Contest, brackets, crossing
from sim.questions.breakeven.study import under
from sim.running import Progress


def frontier(
    scenario: Assumed,
    first: str | Range,
    second: str | Range,
    *,
    strategies: str | Sequence[str] = ("private_pool", "public_only"),
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
    scenario = assumed(scenario)
    spans, chosen = ranges_of(scenario, (first, second)), pair(strategies)
    x_span, y_span = spans
    replications = Replications([yardstick(metric)], seeds, workers=workers, progress=progress)
    xs, ys = (evenly(span, points) for span in spans)
    replications.promise(len(kinds) * len(chosen) * len(xs) * len(ys), announce)
    cells = [
        changed(under(scenario, kind), {x_span.key: x, y_span.key: y}, spans) for kind in kinds for y in ys for x in xs
    ]
    found = replications.differences(cells, chosen)
    size = len(xs) * len(ys)
    maps = tuple(
        _map(kind, found.part(slice(n * size, n * size + size)), xs, chosen) for n, kind in enumerate(kinds)
    )
    return Frontier(
        scenario.name,
        scenario_fingerprint(scenario),
        metric,
        chosen,
        replications.seeds,
        x_span,
        y_span,
        xs,
        ys,
        maps,
        replications.runs,
    )


def _map(kind: Kind, found: PairedDifferences, xs: Sequence[float], strategies: Sequence[str]) -> Map:
    parts = [found.part(slice(first, first + len(xs))) for first in range(0, len(found.means), len(xs))]
    return Map(
        kind,
        tuple(part.gaps() for part in parts),
        tuple(_ties(xs, part, strategies) for part in parts),
    )


def _ties(xs: Sequence[float], row: PairedDifferences, strategies: Sequence[str]) -> tuple[Crossing, ...]:
    found = []
    contest = Contest(strategies, (xs[0], xs[-1]))
    for each in brackets(xs, row):
        left, right = (row.means[xs.index(end)] for end in each)
        near = each.low + (each.high - each.low) * left / (left - right)
        found.append(crossing(xs, row, near, each, contest))
    return tuple(found)
