"""What is to be expected of an outcome where some of its causes are known: smooth regression on their drawn values.

One cause: a penalised cubic spline (Eilers & Marx 1996, "Flexible smoothing with B-splines and penalties"), a straight
line where nothing speaks for a bend. Several: the sum of their splines, and products of each two where they foretell
better, all shrunk. How much is shrunk is chosen by generalised cross-validation (Craven & Wahba 1979), with every
degree of freedom counted 1.4 times against following noise (Wood 2006, "Generalized Additive Models", 4.5.4).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import BSpline

FLOAT = NDArray[np.float64]

PIECES = 10
"""B-splines over the values of one cause."""
FEW = 6
"""Up to so many different values are told apart one by one and not smoothed."""
DEAR = 1.4
"""How much a degree of freedom counts in cross-validation."""
STRAIGHT = 1e3
"""So much larger than the bends the straight part is scaled where it alone is not to be shrunk."""
MOST_WITH_PRODUCTS = 12
"""Of more causes than this no products are tried."""
PENALTIES = np.logspace(-4, 7, 34)
"""Ridge penalties tried, for each draw."""


class Regression:
    """Some causes [draw, cause], made ready once, so that many outcomes of the same draws can be told from them."""

    def __init__(self, causes: FLOAT) -> None:
        varying = causes[:, np.ptp(causes, axis=0) > 0]
        several = varying.shape[1] > 1
        self._axes = [_axes(each) for each in (_many(varying) if several else map(_alone, varying.T))]

    def expected(self, outcomes: FLOAT) -> FLOAT:
        """The mean of each outcome [draw, outcome] given the causes, at every draw, by the features that tell best."""
        middle = outcomes.mean(axis=0)
        if not self._axes:
            return np.broadcast_to(middle, outcomes.shape).copy()
        fits = [_ridge(size, axes, outcomes - middle) for size, axes in self._axes]
        best = np.argmin([scores for scores, _ in fits], axis=0)
        return middle + np.stack([fits[which][1][:, n] for n, which in enumerate(best)], axis=1)


def expected_given(outcomes: FLOAT, causes: FLOAT) -> FLOAT:
    """The mean of each outcome given the causes, at every draw: [draw, outcome] from [draw, outcome], [draw, cause]."""
    return Regression(causes).expected(outcomes)


def _many(causes: FLOAT) -> list[FLOAT]:
    """Features of several causes: straight lines, also their splines, also the products of each two if not too many."""
    straight = _scaled(causes)
    single = np.hstack([_one(column, 2.0) for column in causes.T])
    if causes.shape[1] > MOST_WITH_PRODUCTS:
        return [straight, single]
    one, other = np.triu_indices(causes.shape[1], 1)
    return [straight, single, np.hstack([single, _scaled(straight[:, one] * straight[:, other])])]


def _alone(values: FLOAT) -> FLOAT:
    return _one(values, STRAIGHT)


def _one(values: FLOAT, straight: float) -> FLOAT:
    """Features of one cause, centred: the straight line, as large as told, and bends, whose squares are their cost."""
    different, number = np.unique(values, return_inverse=True)
    if different.size <= FEW:
        return straight * _scaled(np.eye(different.size)[number][:, 1:])
    basis = _basis(values)
    rough = np.diff(np.eye(basis.shape[1]), 2, axis=0)
    cost, turned = np.linalg.eigh(rough.T @ rough)
    bends = basis @ turned[:, 2:] / np.sqrt(cost[2:])
    line = _scaled(values[:, None])
    bends = bends - bends.mean(axis=0)
    bends -= line @ (line.T @ bends) / len(values)
    return np.hstack([straight * line, bends / np.sqrt((bends**2).sum(axis=1).mean())])


def _basis(values: FLOAT) -> FLOAT:
    """Cubic B-splines with knots where the values are, equally many between each two."""
    inner = np.unique(np.quantile(values, np.linspace(0, 1, PIECES - 2)))
    knots = np.concatenate([[inner[0]] * 3, inner, [inner[-1]] * 3])
    return BSpline.design_matrix(values, knots, 3).toarray()


def _scaled(columns: FLOAT) -> FLOAT:
    """Columns with mean 0 and mean square 1; those that do not vary are 0."""
    centred = columns - columns.mean(axis=0)
    size = np.sqrt((centred**2).mean(axis=0))
    return centred / np.where(size > 0, size, 1.0)


def _ridge(size: FLOAT, axes: FLOAT, outcomes: FLOAT) -> tuple[FLOAT, FLOAT]:
    """Ridge regression along principal axes: each outcome's least score of cross-validation, and its fitted values."""
    draws = len(axes)
    along = axes.T @ outcomes
    kept = size[:, None] / (size[:, None] + draws * PENALTIES)
    left = (outcomes**2).sum(axis=0) - np.einsum("kp,ks->ps", kept * (2 - kept), along**2)
    spent = 1 + DEAR * kept.sum(axis=0)[:, None]
    scores = np.where(spent < draws, np.maximum(left, 0.0) / (draws - spent) ** 2, np.inf)
    return scores.min(axis=0), axes @ (kept[:, scores.argmin(axis=0)] * along)


def _axes(features: FLOAT) -> tuple[FLOAT, FLOAT]:
    """The principal axes of the features [draw, axis], each of length 1, and the squared size along each."""
    if features.shape[1] <= len(features):
        size, turned = np.linalg.eigh(features.T @ features)
        real = size > 1e-10 * size.max()
        return size[real], features @ turned[:, real] / np.sqrt(size[real])
    size, axes = np.linalg.eigh(features @ features.T)
    real = size > 1e-10 * size.max()
    return size[real], axes[:, real]
