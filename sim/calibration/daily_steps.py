"""From a fitted order process in continuous time to needs as the simulator lives them: at most one a day.

Somebody with the need rate l orders on a day with the chance c (1 - exp(-l)), c being the share caught; a log, whose
orders of one day count once, shows that chance and not l. For goods needed seldom the two are the same; for goods
needed weekly they are not.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import least_squares
from scipy.special import digamma, gammaincinv, gammaln

from sim.calibration.histories import Floats

PEOPLE = (np.arange(400) + 0.5) / 400
"""Four hundred people, evenly over the distribution of need rates."""


def daily_needs(shape: float, days: float, caught: float, watched_days: float) -> tuple[float, float]:
    """Shape and scale (days) of the Gamma distribution of need rates under which the fit would give what it gave.

    ``shape`` and ``days`` are r and alpha of the fitted orders; ``watched_days`` is about how long customers were
    watched alive. Sought are the needs whose daily orders, read as if they came at any moment, are likeliest under the
    fitted r and alpha: both equations of the negative binomial's likelihood hold. Where there are none (somebody would
    need something every day), the rates are only divided by the share caught.
    """
    plain = np.log([shape, days * caught])
    watched = int(np.clip(watched_days, 7, 365))
    if shape / days / caught > 0.5:
        return shape, days * caught
    due = np.array([shape / days, digamma(shape) + np.log1p(watched / days)])

    def off(logs: Floats) -> Floats:
        found = _seen(float(np.exp(logs[0])), float(np.exp(logs[1])), caught, watched, shape)
        return np.array([np.log(found[0] / due[0]), found[1] - due[1]])

    solved = least_squares(off, plain, x_scale=0.01, diff_step=1e-4, xtol=1e-10)
    if np.abs(solved.fun).max() > 1e-5 or np.abs(solved.x - plain).max() > 1.0:
        return shape, days * caught
    return float(np.exp(solved.x[0])), float(np.exp(solved.x[1]))


def _seen(shape: float, days: float, caught: float, watched: int, fitted_shape: float) -> tuple[float, float]:
    """Mean orders a day, and the mean of digamma(fitted shape + orders), of people watched for so many days."""
    rates = gammaincinv(shape, PEOPLE) / days
    chances = np.clip(-caught * np.expm1(-rates), 1e-300, 1 - 1e-12)[:, None]
    orders = np.arange(watched + 1.0)
    ways = gammaln(watched + 1.0) - gammaln(orders + 1.0) - gammaln(watched - orders + 1.0)
    shares = np.exp(ways + orders * np.log(chances) + (watched - orders) * np.log1p(-chances)).mean(axis=0)
    mean = -caught * np.expm1(-shape * np.log1p(1.0 / days))
    return float(mean), float(shares @ digamma(fitted_shape + orders))
