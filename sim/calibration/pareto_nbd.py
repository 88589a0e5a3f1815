"""Pareto/NBD: needs come at random at each customer's own rate until a silent exit in calendar time.

 Rates differ between customers: needs by Gamma(r, alpha), exits by Gamma(s, beta), rates a unit of time (Schmittlein,
Morrison & Colombo 1987). The likelihood is an integral over the unseen day of exit. The textbook form is a difference
of two Gaussian hypergeometric functions, which overflows for busy customers and cancels for recent ones; here the
integral itself is taken by Gauss-Legendre nodes on a logarithmic scale, which does neither.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, gammaln

from sim.calibration.histories import Floats, Histories

NAMES = ("r", "alpha", "s", "beta")
NODES, WEIGHTS = np.polynomial.legendre.leggauss(24)
NODES, WEIGHTS = (NODES + 1) / 2, WEIGHTS / 2
FAINT = 40.0
"""The integrand is cut off where it has fallen by this power of e."""


class Exits(NamedTuple):
    """Each customer's likelihood split by whether exit came after the end (alive) or at a moment u before it.

    ``scale`` is the logarithm that both parts are relative to; ``moments``, ``densities`` have a row of nodes a
    customer.
    """

    scale: Floats
    alive: Floats
    moments: NDArray[np.float64]
    densities: NDArray[np.float64]


def exits(theta: Floats, x: Floats, last: Floats, watched: Floats) -> Exits:
    """Where the likelihood of each history comes from; parameters r, alpha, s, beta."""
    r, alpha, s, beta = theta
    scale = -(r + x) * np.log(alpha + last) - s * np.log(beta + last)
    alive = np.exp(-(r + x) * np.log(alpha + watched) - s * np.log(beta + watched) - scale)
    least = min(alpha, beta)
    faint = np.minimum(
        (alpha + last) * np.exp(np.minimum(FAINT / (r + x), 300.0)) - alpha,
        (beta + last) * np.exp(min(FAINT / s, 300.0)) - beta,
    )
    end = np.maximum(np.minimum(watched, faint), last)
    length = np.log((least + end) / (least + last))
    near = (least + last)[:, None] * np.exp(length[:, None] * NODES)
    moments = near - least
    fallen = -(r + x)[:, None] * np.log(alpha + moments) - (s + 1.0) * np.log(beta + moments) - scale[:, None]
    return Exits(scale, alive, moments, np.exp(fallen) * near * (s * length)[:, None] * WEIGHTS)


def log_likelihood(theta: Floats, histories: Histories) -> tuple[float, Floats]:
    """The log-likelihood, summed over customers, and its slope in r, alpha, s and beta."""
    r, alpha, s, beta = theta
    x, watched, people = histories.repeats, histories.watched, histories.people
    found = exits(theta, x, histories.last, watched)
    whole = found.alive + found.densities.sum(axis=1)
    lone = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    value = float((people * (lone + found.scale + np.log(whole))).sum())

    alive, gone = found.alive / whole, found.densities / whole[:, None]
    to_exit, to_need = beta + found.moments, alpha + found.moments
    some_gone = 1.0 - alive
    slopes = (
        digamma(r + x) - digamma(r) + np.log(alpha) - alive * np.log(alpha + watched) - _mean(gone, np.log(to_need)),
        r / alpha - (r + x) * (alive / (alpha + watched) + _mean(gone, 1.0 / to_need)),
        np.log(beta) + some_gone / s - alive * np.log(beta + watched) - _mean(gone, np.log(to_exit)),
        s / beta - s * alive / (beta + watched) - (s + 1.0) * _mean(gone, 1.0 / to_exit),
    )
    return value, np.array([(people * slope).sum() for slope in slopes])


def alive_chance(theta: Floats, x: Floats, last: Floats, watched: Floats) -> Floats:
    """The chance that a customer with this history has not exited."""
    found = exits(theta, x, last, watched)
    return found.alive / (found.alive + found.densities.sum(axis=1))


def expected_repeats(theta: Floats, time: NDArray[np.float64]) -> Floats:
    """A new customer's expected repeat orders within a time."""
    r, alpha, s, beta = theta
    return r / alpha * time_alive(s, beta, np.maximum(time, 0.0))


def expected_later(theta: Floats, x: Floats, last: Floats, watched: Floats, time: float) -> Floats:
    """Expected orders in a further time of customers with these histories."""
    r, alpha, s, beta = theta
    alive = alive_chance(theta, x, last, watched)
    return alive * (r + x) / (alpha + watched) * time_alive(s, beta + watched, np.full(x.shape, time))


def time_alive(s: float, beta: float | Floats, time: Floats) -> Floats:
    """The expected part of a time that passes before exit: beta / (s - 1) (1 - (beta / (beta + t))^(s - 1))."""
    growth = np.log1p(time / beta)
    if abs(s - 1.0) < 1e-9:
        return beta * growth
    return -beta * np.expm1(-(s - 1.0) * growth) / (s - 1.0)


def _mean(weights: NDArray[np.float64], values: NDArray[np.float64]) -> Floats:
    return np.einsum("ij,ij->i", weights, values)
