"""Rules about people: traits that cost nothing until they are needed, needs, silent exit, what an order is worth.

A trait is never stored for the market at large: it is looked up in a table of 4,096 equally likely values by a keyed
uniform. Each value is the mean of its slice of the distribution, so that the mean is exact and the order of people by a
trait stays the same when the distribution is scaled.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernel.compiled import ONE, narrow_rule, rule

TABLE_ROWS = 4096
Table = NDArray[np.float64]


@lru_cache(maxsize=256)
def gamma_table(shape: float) -> Table:
    """Slice means of a Gamma distribution with mean 1: needs, exits and habits differ so between people."""
    from scipy.special import gammainc, gammaincinv

    edges = gammaincinv(shape, np.linspace(0.0, 1.0, TABLE_ROWS + 1))
    return _frozen(np.diff(gammainc(shape + 1.0, edges)) * TABLE_ROWS)


@lru_cache(maxsize=256)
def lognormal_table(variation: float) -> Table:
    """Slice means of a lognormal distribution with mean 1 and the given standard deviation over mean."""
    from scipy.special import ndtr, ndtri

    if variation == 0:
        return _frozen(np.ones(TABLE_ROWS))
    sigma = np.sqrt(np.log1p(variation**2))
    return _frozen(np.diff(ndtr(ndtri(np.linspace(0.0, 1.0, TABLE_ROWS + 1)) - sigma)) * TABLE_ROWS)


def daily_chances(rates_per_day: Table) -> Table:
    """The chance of at least one event on a day, from events a day (Poisson)."""
    return -np.expm1(-rates_per_day)


def readiness_table(needs: Table) -> Table:
    """How much more readily than average each slice of people joins, before ``self_selection_share``; its mean is 0.

    With l a person's need rate and m the mean, (l - m) / (l + m) less its own mean: between -1 and 1, rising in l, so
    that self-selection does not move the join rate (unless it drives some people's chance beyond 1).
    """
    mean = needs.mean()
    tilt = (needs - mean) / (needs + mean)
    return _frozen(tilt - tilt.mean())


def _frozen(table: Any) -> Table:
    table.setflags(write=False)
    return np.asarray(table, np.float64)


@rule
def table_row(uniform: float) -> int:
    """The row of a trait table that a uniform in (0, 1) stands for."""
    return int(uniform * TABLE_ROWS)


@narrow_rule("ff")
def need_chance_today(need_chance: float, season: float) -> float:
    """The chance that a customer has a need today."""
    return need_chance * season


@narrow_rule("fff")
def exit_chance_today(exit_chance: float, engagement: float, exit_reduction_share: float) -> float:
    """The chance that a customer is gone for good after today; a member's engagement holds some back."""
    return exit_chance * (ONE - exit_reduction_share * engagement)


@rule
def order_value_micro(mean_cny: float, relative_value: float) -> int:
    """What one order is worth at list price, in whole micro-yuan."""
    return int(mean_cny * relative_value * 1e6 + 0.5)


@rule
def share_of_micro(amount_micro: int, share: float) -> int:
    """A share of an amount of money, rounded to whole micro-yuan."""
    return int(amount_micro * share + 0.5)
