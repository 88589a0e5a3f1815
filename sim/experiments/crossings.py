"""Where a curve crosses zero, and how far that moves when other futures are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.answers.breakeven import Crossing
from sim.answers.gap import Contrast, leader
from sim.estimates import FLOAT, interval


def brackets(values: Sequence[float], gaps: FLOAT) -> list[tuple[float, float]]:
    """Pairs of values, next to each other among those where the gap is neither 0 nor undefined, with opposite signs."""
    known = [(value, gap) for value, gap in zip(values, gaps, strict=True) if gap and not np.isnan(gap)]
    return [(a, b) for (a, below), (b, above) in pairwise(known) if below * above < 0]


def crossing(
    values: Sequence[float],
    found: Contrast,
    near: float,
    ends: tuple[float, float],
    strategies: Sequence[str],
    metric: str,
) -> Crossing:
    """The crossing of the mean curve nearest to ``near``, with the interval of that of resampled futures.

    Curves are straight lines between the values lived. A resample in which the curve no longer crosses in the same
    direction counts as crossing at the end of the range to which its sign points. ``ends`` are those of the range.
    """
    x, defined = np.asarray(values, float), ~np.isnan(found.means)
    x, means, samples = x[defined], found.means[defined], found.samples[:, defined]
    upward = bool(_nearest_gap_rises(x, means, near))
    value = float(_nearest(x, means[None], near, upward, ends)[0])
    low, high = interval(_nearest(x, samples, near, upward, ends), found.singles.shape[0])
    low, high = (value if low is None else min(low, value)), (value if high is None else max(high, value))
    sides = [leader(-1.0 if upward else 1.0, strategies, metric), leader(1.0 if upward else -1.0, strategies, metric)]
    return Crossing(value, low, high, low <= ends[0], high >= ends[1], *sides)


def _nearest_gap_rises(x: FLOAT, means: FLOAT, near: float) -> bool:
    """Whether the mean curve rises where it crosses zero nearest to a value."""
    places = _places(x, means[None])[0]
    step = int(np.nanargmin(np.abs(places - near)))
    return bool(means[step + 1] > means[step])


def _places(x: FLOAT, curves: FLOAT) -> FLOAT:
    """Where each curve crosses zero between each value and the next (NaN where it does not): curves x steps."""
    left, right = curves[:, :-1], curves[:, 1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        places = x[:-1] + (x[1:] - x[:-1]) * left / (left - right)
    crosses = (left * right < 0) | ((right == 0) & (left != 0)) | ((left == 0) & (right != 0))
    return np.where(crosses, places, np.nan)


def _nearest(x: FLOAT, curves: FLOAT, near: float, upward: bool, ends: tuple[float, float]) -> NDArray[np.float64]:
    """Each curve's crossing in one direction nearest to a value, or the end of the range at which it must lie."""
    rises = curves[:, 1:] > curves[:, :-1]
    places = np.where(rises == upward, _places(x, curves), np.nan)
    distance = np.where(np.isnan(places), np.inf, np.abs(places - near))
    best = np.take_along_axis(places, distance.argmin(axis=1)[:, None], axis=1)[:, 0]
    # A rising curve that stays above zero has crossed before the range begins; one that stays below crosses after it.
    before = (curves.mean(axis=1) > 0) == upward
    return np.where(np.isnan(best), np.where(before, ends[0], ends[1]), best)
