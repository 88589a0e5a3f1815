"""Maximum likelihood with care: several starts, standard errors, and a plain word where the data decide nothing.

 Parameters are positive; they are sought as logarithms, so that an interval never reaches below zero. Large logs are
first fitted on a part, to know where to look, and then as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from typing import Any, Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from sim.calibration.histories import Floats

Likelihood = Callable[[Floats], tuple[float, Floats]]
"""Parameters to the log-likelihood and its slope in each of them."""

LEAST, MOST = 1e-4, 1e6
"""Between these a parameter is sought; one that ends there is not determined by the data."""

UNSURE = 1.5
"""A standard error of a logarithm above which a parameter is not determined: off by a factor of 20 either way."""

FLAT = 1e-4
"""The curvature of a ridge that has none: a logarithm off by a hundred."""

ROWS_AT_ONCE = 4096
FIRST_LOOK, SECOND_LOOK = 2_000, 12_000
"""Entries that stand for all while starts are compared, and while the maximum is looked for."""

PRECISE = 1e-6
"""A step of this many standard deviations of one observation is not taken any more."""


@dataclass(frozen=True)
class Fit:
    """Parameters at the maximum, with their standard errors; ``spread`` is the covariance of their logarithms.

    ``unsure`` names the parameters that the data do not determine; the others' errors stand beside them. A parameter at
    the end of where it was sought has no variance, and ``spread`` is None if there is no maximum at all.
    """

    names: tuple[str, ...]
    values: Floats
    log_likelihood: float
    spread: NDArray[np.float64] | None
    unsure: tuple[str, ...]

    @property
    def parameters(self) -> dict[str, float]:
        """Parameters by name."""
        return dict(zip(self.names, map(float, self.values), strict=True))

    @property
    def standard_errors(self) -> dict[str, float | None]:
        """Standard errors by name, or None where the data do not determine a parameter."""
        errors: Any = [None] * len(self.names) if self.spread is None else self.values * np.sqrt(np.diag(self.spread))
        known = zip(self.names, errors, strict=True)
        return {name: None if error is None or name in self.unsure else float(error) for name, error in known}

    def interval(self, name: str, deviations: float = 1.96) -> tuple[float, float] | None:
        """A 95 % interval of a parameter, taken on the logarithmic scale, or None."""
        place = self.names.index(name)
        if self.spread is None or name in self.unsure:
            return None
        reach = float(np.exp(deviations * np.sqrt(self.spread[place, place])))
        return float(self.values[place]) / reach, float(self.values[place]) * reach


    def drawn(self, number: int, seed: int = 1) -> Floats:
        """For each of so many draws what parameters are times the fitted ones, as the data leave them open.

        What is not determined stays, and the others are drawn as they are where it stays so.
        """
        factors = np.ones((number, len(self.names)))
        sure = np.array([name not in self.unsure for name in self.names])
        if self.spread is not None and sure.any():
            luck = np.random.default_rng(seed)
            within = _given_others(self.spread, sure)
            factors[:, sure] = np.exp(luck.multivariate_normal(np.zeros(int(sure.sum())), within, number))
        return factors


class Data(Protocol):
    """What a likelihood is asked of, which can be sampled and shared out."""

    @property
    def customers(self) -> int:
        """How many customers there are."""

    def some(self, most: int, seed: int = 1) -> Self:
        """A part that stands for the whole."""

    def pieces(self, rows: int) -> list[Self]:
        """The whole in pieces."""


D = TypeVar("D", bound=Data)


def fit_large(
    names: tuple[str, ...],
    likelihood: Callable[[Floats, D], tuple[float, Floats]],
    data: D,
    starts: Sequence[Sequence[float]],
) -> Fit:
    """The parameters under which these data are likeliest.

    A small part decides between the starts, a larger one stands for a large log while the maximum is looked for, and
    for its curvature; the last steps, by the slope of the whole log, lead to the whole log's own maximum.
    """
    size = data.customers
    small, part = data.some(FIRST_LOOK), data.some(SECOND_LOOK)
    if small is not data:
        starts = [[*fit(names, lambda theta: likelihood(theta, small), starts, size).values]]
    found = fit(names, lambda theta: likelihood(theta, part), starts, size)
    if part is data:
        return found
    pieces = data.pieces(ROWS_AT_ONCE)
    with ThreadPoolExecutor(cpu_count() or 1) as threads:

        def whole(theta: Floats) -> tuple[float, Floats]:
            answers = list(threads.map(lambda piece: likelihood(theta, piece), pieces))
            return sum(value for value, _ in answers), np.sum([slope for _, slope in answers], axis=0)

        sketch = _downhill(lambda theta: likelihood(theta, part), size)
        return _finish(names, _downhill(whole, size), np.log(found.values), size, sketch)


def fit(names: tuple[str, ...], likelihood: Likelihood, starts: Sequence[Sequence[float]], size: int) -> Fit:
    """The best of several starts; ``size`` is the number of observations, by which the search is scaled."""
    downhill = _downhill(likelihood, size)
    ends = [_descend(downhill, np.log(np.asarray(start, float))) for start in starts]
    logs = min(ends, key=lambda end: downhill(end)[0])
    return _finish(names, downhill, logs, size, downhill)


def _downhill(likelihood: Likelihood, size: int) -> Likelihood:
    """The likelihood turned over: of logarithms of parameters, an observation, to be made small."""

    def found(logs: Floats) -> tuple[float, Floats]:
        theta = np.exp(logs)
        with np.errstate(all="ignore"):
            value, slope = likelihood(theta)
        if not np.isfinite(value):
            return 1e6, np.zeros_like(logs)
        return -value / size, -slope * theta / size

    return found


def _finish(names: tuple[str, ...], downhill: Likelihood, logs: Floats, size: int, sketch: Likelihood) -> Fit:
    """Settle at the maximum, and say how sure it is; ``sketch`` is a cheaper likelihood with the same curvature."""
    logs = _settled(downhill, logs, sketch)
    spread = _spread(_curvature(sketch, logs) * size, logs < np.log(LEAST) + 0.01)
    return Fit(names, np.exp(logs), -downhill(logs)[0] * size, spread, _unsure(names, logs, spread))


def _descend(downhill: Likelihood, start: Floats) -> Floats:
    options = {"maxiter": 500, "ftol": 1e-13, "gtol": 1e-8}
    limits = [(np.log(LEAST), np.log(MOST))] * start.size
    return np.asarray(minimize(downhill, start, jac=True, method="L-BFGS-B", bounds=limits, options=options).x)


def _settled(downhill: Likelihood, logs: Floats, sketch: Likelihood) -> Floats:
    """The last steps, by Newton's method, which agree to many digits from whatever side one came."""
    inverse = _inverse(_curvature(sketch, logs))
    value, slope = downhill(logs)
    for _ in range(12):
        if inverse is None or np.sqrt(abs(float(slope @ inverse @ slope))) < PRECISE:
            break
        nearer = np.clip(logs - inverse @ slope, np.log(LEAST), np.log(MOST))
        next_value, next_slope = downhill(nearer)
        if next_value > value + 1e-12 * abs(value) or np.abs(nearer - logs).max() > 1.0:
            break
        logs, value, slope = nearer, next_value, next_slope
    return logs


def _curvature(downhill: Likelihood, logs: Floats, step: float = 1e-4) -> NDArray[np.float64]:
    """Second derivatives from slopes on both sides."""
    rows = []
    for place in range(logs.size):
        aside = np.zeros(logs.size)
        aside[place] = step
        rows.append((downhill(logs + aside)[1] - downhill(logs - aside)[1]) / (2 * step))
    table = np.array(rows)
    return np.asarray((table + table.T) / 2)


def _inverse(curvature: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """The inverse of a curvature, or None where it is no proper valley."""
    values, vectors = np.linalg.eigh(curvature)
    if not np.isfinite(values).all() or values.min() <= 1e-12 * max(values.max(), 1e-300):
        return None
    return np.asarray(vectors / values @ vectors.T)


def _spread(curvature: NDArray[np.float64], gone: NDArray[np.bool_]) -> NDArray[np.float64] | None:
    """The covariance of those parameters that did not vanish; None where nothing is known.

    A boundary in one parameter condemns no other. Along a flat ridge, as to two parameters that grow together without
    end, the spread is large and not infinite, so that the errors of what lies across it remain.
    """
    free = np.flatnonzero(~gone)
    if not free.size or not np.isfinite(curvature).all():
        return None
    values, vectors = np.linalg.eigh(curvature[np.ix_(free, free)])
    spread = np.zeros(curvature.shape)
    spread[np.ix_(free, free)] = vectors / (np.maximum(values, 0.0) + FLAT) @ vectors.T
    return spread


def _unsure(names: tuple[str, ...], logs: Floats, spread: NDArray[np.float64] | None) -> tuple[str, ...]:
    if spread is None:
        return names
    at_the_end = (logs < np.log(LEAST) + 0.01) | (logs > np.log(MOST) - 0.01)
    wide = np.sqrt(np.diag(spread)) > UNSURE
    return tuple(name for name, unknown in zip(names, at_the_end | wide, strict=True) if unknown)


def _given_others(spread: NDArray[np.float64], chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The covariance of some where the others are held."""
    across, others = spread[np.ix_(chosen, ~chosen)], spread[np.ix_(~chosen, ~chosen)]
    return np.asarray(spread[np.ix_(chosen, chosen)] - across @ np.linalg.pinv(others) @ across.T)
