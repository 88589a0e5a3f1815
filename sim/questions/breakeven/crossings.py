"""Where a curve of gaps crosses zero, and between which values it cannot be told from zero."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sim.inference.bootstrap import FLOAT
from sim.inference.paired_differences import Contrast, Gap, leader
from sim.questions.breakeven.answer import Crossing


class Contest(NamedTuple):
    """Between whom, on which metric, over which range."""

    strategies: Sequence[str]
    metric: str
    ends: tuple[float, float]


def brackets(values: Sequence[float], found: Contrast) -> list[tuple[float, float]]:
    """Pairs of values between which the winner changes.

    Only values at which the winner is clear have a say, and the two ends of the range; so that a curve that trembles
    about a tie makes one crossing and not many.
    """
    known = [n for n, mean in enumerate(found.means) if mean and not np.isnan(mean)]
    heard = [n for n in known if n in (known[0], known[-1]) or found.gap(n).clear]
    return [(values[a], values[b]) for a, b in pairwise(heard) if found.means[a] * found.means[b] < 0]


def crossing(values: Sequence[float], found: Contrast, near: float, contest: Contest) -> Crossing:
    """The crossing of the mean curve nearest to ``near``, with the values about it at which the winner is not clear.

    The interval is the set of values at which the gap's own 95 % interval contains 0, as far as it hangs together with
    the crossing: the test turned round (Fieller 1954), which holds for any curve. All curves are straight lines between
    the values lived. With a single future there is no interval, and both ends are the crossing itself.
    """
    defined = ~np.isnan(found.means)
    x, means = np.asarray(values, float)[defined], found.means[defined]
    value, upward = _mean_crossing(x, means, near)
    sides = (-1.0, 1.0) if upward else (1.0, -1.0)
    below, above = (leader(sign, contest.strategies, contest.metric) for sign in sides)
    gaps = [gap for gap, known in zip(found.gaps(), defined, strict=True) if known]
    if any(gap.low is None for gap in gaps):
        return Crossing(value, value, value, open_low=False, open_high=False, below=below, above=above)
    low = _end(x, gaps, value, upward, leftward=True)
    high = _end(x, gaps, value, upward, leftward=False)
    return Crossing(
        value,
        contest.ends[0] if low is None else low,
        contest.ends[1] if high is None else high,
        open_low=low is None,
        open_high=high is None,
        below=below,
        above=above,
    )


def _mean_crossing(x: FLOAT, means: FLOAT, near: float) -> tuple[float, bool]:
    """Where the mean curve crosses zero nearest to a value, and whether it rises there."""
    left, right = means[:-1], means[1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        places = x[:-1] + (x[1:] - x[:-1]) * left / (left - right)
    places = np.where((left * right < 0) | ((right == 0) != (left == 0)), places, np.nan)
    step = int(np.nanargmin(np.abs(places - near)))
    return float(places[step]), bool(right[step] > left[step])


def _end(x: FLOAT, gaps: Sequence[Gap], value: float, upward: bool, *, leftward: bool) -> float | None:
    """Where, going out from the crossing, the winner becomes clear; None if that is not before the range ends."""
    # A rising curve is clearly below zero where the upper end of its interval is, and that lies to the left.
    upper = upward == leftward
    edge = np.array([(gap.high if upper else gap.low) or 0.0 for gap in gaps])
    clear = edge < 0 if upper else edge > 0
    outside = np.flatnonzero(clear & (x <= value if leftward else x >= value))
    if not outside.size:
        return None
    first = int(outside[-1] if leftward else outside[0])
    inner = first + (1 if leftward else -1)
    if edge[first] * edge[inner] >= 0:
        return float(min(max(x[inner], x[0]), value) if leftward else max(x[inner], value))
    place = x[first] + (x[inner] - x[first]) * edge[first] / (edge[first] - edge[inner])
    return float(min(place, value) if leftward else max(place, value))
