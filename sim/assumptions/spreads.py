"""How a number that is not known lies between two ends: the quantiles of a few shapes.

Every shape is told by the ends between which nine of ten worlds lie. A uniform and a PERT end a little beyond them; a
lognormal and a logit-normal go on, and are cut where the number's own limits are.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import betainc, betaincinv, expit, logit, ndtr, ndtri

Floats = NDArray[np.float64]
Ends = tuple[float, float]

HELD = 0.9
"""Share of worlds between low and high."""

WEIGHT = 4.0
"""How much more the peak of a PERT weighs than each of its ends (Malcolm and others 1959)."""


def uniform(u: Floats, ends: Ends) -> Floats:
    """Every value between the ends is as likely as the next."""
    return ends[0] + u * (ends[1] - ends[0])


def pert(u: Floats, ends: Ends, mode: float) -> Floats:
    """A Beta between the ends with its peak at the mode."""
    low, high = ends
    a, b = _betas(ends, mode)
    return low + np.clip(betaincinv(a, b, u), 0.0, 1.0) * (high - low)


def lognormal(u: Floats, nine: Ends, limits: Ends) -> Floats:
    """Its logarithm is normal, and nine of ten values lie between ``nine``; cut at the limits."""
    return _normal_by(np.log, np.exp, u, nine, limits)


def logit_normal(u: Floats, nine: Ends, limits: Ends) -> Floats:
    """For a share: its log odds are normal, and nine of ten values lie between ``nine``; cut at the limits."""
    return _normal_by(logit, expit, u, nine, limits)


def uniform_ends(nine: Ends, limits: Ends) -> Ends:
    """Where a uniform ends of which nine tenths lie between ``nine``: as far beyond each as the limits let it."""
    width = (nine[1] - nine[0]) / HELD
    low = max(limits[0], nine[0] - (width - (nine[1] - nine[0])) / 2)
    high = min(limits[1], low + width)
    return max(limits[0], min(nine[0], high - width)), max(high, nine[1])


def pert_ends(nine: Ends, mode: float, limits: Ends) -> Ends:
    """Where a PERT ends of which nine tenths lie between ``nine``, or at these where the limits allow no more."""

    def ends(stretch: float) -> Ends:
        low, high = mode - stretch * (mode - nine[0]), mode + stretch * (nine[1] - mode)
        return max(limits[0], low), min(limits[1], high)

    def missing(stretch: float) -> float:
        low, high = ends(stretch)
        a, b = _betas((low, high), mode)
        within = [(end - low) / (high - low) for end in nine]
        return float(betainc(a, b, within[1]) - betainc(a, b, within[0])) - HELD

    most = 10.0
    return ends(float(brentq(missing, 1.0, most)) if missing(most) < 0 else most)


def _betas(ends: Ends, mode: float) -> Ends:
    width = ends[1] - ends[0]
    return 1.0 + WEIGHT * (mode - ends[0]) / width, 1.0 + WEIGHT * (ends[1] - mode) / width


def _normal_by(
    there: Callable[[float], float], back: Callable[[Floats], Floats], u: Floats, nine: Ends, limits: Ends
) -> Floats:
    low, high = float(there(nine[0])), float(there(nine[1]))
    middle, spread = (low + high) / 2, (high - low) / 2 / float(ndtri(0.5 + HELD / 2))
    with np.errstate(divide="ignore"):  # the logarithm of 0 is where a lognormal begins
        cut = [float(ndtr((float(there(end)) - middle) / spread)) for end in limits]
    values = back(middle + spread * ndtri(cut[0] + u * (cut[1] - cut[0])))
    return np.clip(values, *limits)
