"""Where a curve of gaps crosses zero, and between which values it cannot be told from zero."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.inference.bootstrap import FLOAT
from sim.inference.paired_differences import PairedDifference, PairedDifferences
from sim.questions.breakeven.answer import Crossing


class Contest(NamedTuple):
    """Between whom, and over which range."""

    strategies: Sequence[str]
    ends: tuple[float, float]


class Bracket(NamedTuple):
    """Two values between which the winner changes: from below ``low`` to above ``high``."""

    low: float
    high: float


def brackets(values: Sequence[float], found: PairedDifferences) -> list[Bracket]:
    """Pairs of values between which the winner changes.

    Only values at which the winner is clear have a say (with a single future every value), and the two ends of the
    range; so that a curve that trembles about a tie makes one crossing and not many.
    """
    known = [n for n, mean in enumerate(found.means) if mean and not np.isnan(mean)]
    gaps = {n: found.gap(n) for n in known}
    heard = [n for n in known if n in (known[0], known[-1]) or gaps[n].clear or gaps[n].lone]
    return [Bracket(values[a], values[b]) for a, b in pairwise(heard) if found.means[a] * found.means[b] < 0]


def crossing(
    values: Sequence[float], found: PairedDifferences, near: float, bracket: Bracket, contest: Contest
) -> Crossing:
    """The crossing of the mean curve in a bracket nearest to ``near``, and about it the values without a clear winner.

    The bracket says who is better on either side, and whether that is clear. The interval is the set of values at which
    the gap's own 95 % interval contains 0, as far as it hangs together with the crossing: the test turned round
    (Fieller 1954), which holds for any curve. All curves are straight lines between the values lived. With a single
    future there is no interval, and both ends are the crossing itself.
    """
    inside = ~np.isnan(found.means) & np.array([bracket.low <= value <= bracket.high for value in values])
    x, means = np.asarray(values, float)[inside], found.means[inside]
    upward = bool(means[-1] > means[0])
    value = _mean_crossing(x, means, near, upward)
    gaps = [gap for gap, known in zip(found.gaps(), inside, strict=True) if known]
    below, above = _side(gaps[0], contest, x <= value, gaps), _side(gaps[-1], contest, x >= value, gaps)
    if gaps[0].lone:
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


def _side(
    end: PairedDifference, contest: Contest, there: NDArray[np.bool_], gaps: Sequence[PairedDifference]
) -> str | None:
    """Who is better on the side of a bracket's end: who may be called so at some value there.

    With a single future it is who was better at the end.
    """
    leading = contest.strategies[0 if end.leads == "first" else 1]
    if end.lone:
        return leading
    called = {gap.winner(contest.strategies) for gap, beyond in zip(gaps, there, strict=True) if beyond}
    return leading if leading in called else None


def _mean_crossing(x: FLOAT, means: FLOAT, near: float, upward: bool) -> float:
    """Where the mean curve crosses zero in a direction, nearest to a value."""
    left, right = (means[:-1], means[1:]) if upward else (-means[:-1], -means[1:])
    with np.errstate(divide="ignore", invalid="ignore"):
        places = x[:-1] + (x[1:] - x[:-1]) * left / (left - right)
    places = np.where((left <= 0) & (right >= 0) & (left < right), places, np.nan)
    return float(places[int(np.nanargmin(np.abs(places - near)))])


def _end(x: FLOAT, gaps: Sequence[PairedDifference], value: float, upward: bool, *, leftward: bool) -> float | None:
    """Where, going out from the crossing, the winner becomes and stays clear; None if not before the bracket ends."""
    # A rising curve is clearly below zero where the upper end of its interval is, and that lies to the left.
    upper = upward == leftward
    edge = np.array([(gap.high if upper else gap.low) or 0.0 for gap in gaps])
    against = np.array([(gap.low if upper else gap.high) or 0.0 for gap in gaps])
    clear, contrary = (edge < 0, against > 0) if upper else (edge > 0, against < 0)
    outward = slice(None) if leftward else slice(None, None, -1)
    contradicted = np.logical_or.accumulate(contrary[outward])[outward]
    outside = np.flatnonzero(clear & ~contradicted & (x <= value if leftward else x >= value))
    if not outside.size:
        return None
    first = int(outside[-1] if leftward else outside[0])
    inner = first + (1 if leftward else -1)
    if edge[first] * edge[inner] >= 0:
        return float(min(max(x[inner], x[0]), value) if leftward else max(x[inner], value))
    place = x[first] + (x[inner] - x[first]) * edge[first] / (edge[first] - edge[inner])
    return float(min(place, value) if leftward else max(place, value))
