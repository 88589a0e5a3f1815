"""Pairs of parameters within what a scenario can hold: where one of a pair is cut, the other moves, and what both mean
stays.

 A log in which everybody buys alike, or nobody leaves, has its likeliest parameters at infinity. What it tells is the
mean rate of needs, and how long customers stay; how alike they are beyond any difference that could be seen is nothing
that a run needs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq

from sim.assumptions.errors import parameter
from sim.calibration.pareto_nbd import time_alive


class Pair(NamedTuple):
    """Shape and scale (months) of a Gamma distribution of rates."""

    shape: float
    months: float


class Limits(NamedTuple):
    """The least and the most of a parameter."""

    least: float
    most: float

    def cut(self, value: float) -> float:
        """The nearest value within."""
        return min(max(value, self.least), self.most)


def limits_of(key: str, least: float = 1e-6) -> Limits:
    """What a scenario can hold of a parameter, with so much at least where only nothing is excluded."""
    field = parameter(tuple(key.split(".")))
    rules = [] if field is None else field.metadata
    low = next((float(rule.ge) for rule in rules if hasattr(rule, "ge")), least)
    return Limits(low, next((float(rule.le) for rule in rules if hasattr(rule, "le")), np.inf))


def need_within(shape: float, months: float) -> Pair:
    """Need rates that a scenario can hold, with the same mean rate."""
    shapes, scales = limits_of("market.need_gamma_shape"), limits_of("market.need_gamma_months")
    rate = shape / months
    scale = scales.cut(shapes.cut(shape) / rate)
    return Pair(shapes.cut(rate * scale), scale)


def exit_within(shape: float, months: float, watched_months: float) -> Pair:
    """Exit rates that a scenario can hold, under which customers stay as long of the time that the log watched them."""
    shapes, scales = limits_of("market.exit_gamma_shape"), limits_of("market.exit_gamma_months")
    if shapes.cut(shape) == shape and scales.cut(months) == months:
        return Pair(shape, months)
    stay = _stay(shape, months, watched_months)
    near = shapes.cut(shape)
    scale = _solved(lambda scale: _stay(near, scale, watched_months) - stay, scales)
    if scale < scales.most:
        return Pair(near, scale)
    return Pair(_solved(lambda shape: stay - _stay(shape, scale, watched_months), shapes), scale)


def _stay(shape: float, months: float, watched: float) -> float:
    return float(time_alive(shape, months, np.array([watched]))[0])


def _solved(rising: Callable[[float], float], limits: Limits) -> float:
    """Where a rising function is 0 between limits, or the limit that is nearer to it."""
    low, high = np.log(limits.least), np.log(limits.most)
    if rising(limits.least) >= 0:
        return limits.least
    if rising(limits.most) <= 0:
        return limits.most
    return float(np.exp(brentq(lambda log: rising(float(np.exp(log))), low, high, xtol=1e-10)))
