"""BG/NBD: as Pareto/NBD, but exit is a coin that a customer tosses after each repeat order (Fader, Hardie & Lee 2005).

 Order rates differ by Gamma(r, alpha), the coin by Beta(a, b). Its exits depend on orders, so that it serves here as
a second opinion on the log and not as the simulator's own process.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, gammaln, roots_jacobi

from sim.calibration.histories import Floats, Histories

NAMES = ("r", "alpha", "a", "b")


def log_likelihood(theta: Floats, histories: Histories) -> tuple[float, Floats]:
    """The log-likelihood, summed over customers, and its slope in r, alpha, a and b."""
    r, alpha, a, b = theta
    x, last, watched, people = histories.repeats, histories.last, histories.watched, histories.people
    again = x > 0
    stayed = np.maximum(b + x - 1.0, 1e-300)
    gone = np.where(again, np.log(a / stayed) - (r + x) * np.log(alpha + last), -np.inf)
    here = -(r + x) * np.log(alpha + watched)
    both = np.logaddexp(here, gone)
    lone = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    coins = gammaln(a + b) - gammaln(a + b + x) + gammaln(b + x) - gammaln(b)
    value = float((people * (lone + coins + both)).sum())

    alive, left = np.exp(here - both), np.exp(gone - both)
    tosses = digamma(a + b) - digamma(a + b + x)
    slopes = (
        digamma(r + x) - digamma(r) + np.log(alpha) - alive * np.log(alpha + watched) - left * np.log(alpha + last),
        r / alpha - (r + x) * (alive / (alpha + watched) + left / (alpha + last)),
        tosses + left / a,
        tosses + digamma(b + x) - digamma(b) - left / stayed,
    )
    return value, np.array([(people * slope).sum() for slope in slopes])


def alive_chance(theta: Floats, x: Floats, last: Floats, watched: Floats) -> Floats:
    """The chance that a customer with this history has not exited; who never came back cannot have."""
    r, alpha, a, b = theta
    odds = np.exp((r + x) * np.log((alpha + watched) / (alpha + last)) + np.log(a / np.maximum(b + x - 1.0, 1e-300)))
    return np.where(x > 0, 1.0 / (1.0 + odds), 1.0)


def expected_repeats(theta: Floats, time: NDArray[np.float64]) -> Floats:
    """A new customer's expected repeat orders within a time."""
    r, alpha, a, b = theta
    return _orders(r, np.full(time.shape, alpha), a, b, np.maximum(time, 0.0))


def expected_later(theta: Floats, x: Floats, last: Floats, watched: Floats, time: float) -> Floats:
    """Expected orders in a further time of customers with these histories."""
    r, alpha, a, b = theta
    found = np.empty(x.shape)
    for repeats in np.unique(x):
        rows = np.flatnonzero(x == repeats)
        ages, back = np.unique(watched[rows], return_inverse=True)
        found[rows] = _orders(r + repeats, alpha + ages, a, b + repeats, np.full(ages.shape, time))[back]
    return alive_chance(theta, x, last, watched) * found


def _orders(r: float, alpha: Floats, a: float, b: float, time: Floats) -> Floats:
    """Expected orders in a time: the mean over coins p ~ Beta(a, b) of (1 - (alpha / (alpha + p t))^r) / p."""
    coins, weights = _coins(round(a, 12), round(b, 12))
    grown = -np.expm1(-r * np.log1p(np.outer(time / alpha, coins))) / coins
    return np.asarray(grown @ weights)


@lru_cache(maxsize=4096)
def _coins(a: float, b: float) -> tuple[Floats, Floats]:
    """Nodes and weights that take means over Beta(a, b); for a hardly varying coin, its mean alone."""
    if a + b > 300.0:
        return np.array([a / (a + b)]), np.ones(1)
    nodes, weights = roots_jacobi(64, b - 1.0, a - 1.0)
    return (nodes + 1.0) / 2.0, weights / weights.sum()
