"""How sure we are: estimates over futures, with intervals from resampling whole futures.

A future is one seed. Futures are drawn with replacement, the same draw for every strategy and metric, so that what two
strategies share cancels. The interval is the percentile interval, widened for few futures (Hesterberg 2015, "What
teachers should know about the bootstrap", The American Statistician 69: the expanded percentile interval).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, stdtrit

from sim.inference.judgement import too_close

RESAMPLES = 4000
CONFIDENCE = 0.95
_SEED = 20_150_401
FLOAT = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """One metric of one strategy. ``mean`` is a ratio of sums, ``low`` and ``high`` its 95 % interval (None with fewer
    than two futures), ``p5`` to ``p95`` are quantiles of single futures. ``reached_share`` belongs to days that may
    never come: then ``mean`` covers the futures in which they do, and a quantile that falls on a never is None.
    """

    mean: float | None
    low: float | None
    high: float | None
    p5: float | None
    p50: float | None
    p95: float | None
    reached_share: float | None = None


@dataclass(frozen=True)
class Difference:
    """How far strategy ``better`` is from strategy ``than`` on a metric: value(better) - value(than), with the 95 %
    interval and the share of futures in which ``better`` is the better one, ties counting half; ``ties_share`` is the
    share of futures in which the two are exactly equal.
    """

    better: str
    than: str
    metric: str
    mean: float | None
    low: float | None
    high: float | None
    wins_share: float | None
    ties_share: float = 0.0

    @property
    def too_close(self) -> bool:
        """Whether nobody should call a winner, by the rule of `sim.inference.judgement`."""
        return too_close(self.low, self.high, self.wins_share)


@cache
def draws(futures: int) -> FLOAT:
    """How often each future is drawn in each resample; the same for ever."""
    dice = np.random.Generator(np.random.Philox(_SEED))
    return dice.multinomial(futures, np.full(futures, 1 / futures), RESAMPLES).astype(np.float64)


def resampled(parts: FLOAT) -> FLOAT:
    """Metrics of resampled futures (resamples x metrics) from ``parts`` (futures x metrics x 4); NaN if undefined."""
    futures, metrics, four = parts.shape
    sums = (draws(futures) @ parts.reshape(futures, metrics * four)).reshape(RESAMPLES, metrics, four)
    return divided(sums)


def divided(sums: FLOAT) -> FLOAT:
    """(numerator / denominator) / (by_numerator / by_denominator), NaN where that is undefined."""
    with np.errstate(divide="ignore", invalid="ignore"):
        values: FLOAT = sums[..., 0] / sums[..., 1] * (sums[..., 3] / sums[..., 2])
    return np.where(np.isfinite(values), values, np.nan)


def interval(samples: FLOAT, futures: int) -> tuple[float | None, float | None]:
    """The 95 % interval of resampled values in which so many futures had a say; None and None below two."""
    defined = samples[~np.isnan(samples)]
    if futures < 2 or not defined.size:
        return None, None
    tail = float(ndtr(math.sqrt(futures / (futures - 1)) * stdtrit(futures - 1, (1 - CONFIDENCE) / 2)))
    low, high = np.quantile(defined, (tail, 1 - tail))
    return float(low), float(high)


def quantiles(values: Sequence[float | None], never_is_last: bool) -> tuple[float | None, float | None, float | None]:
    """The 5, 50 and 95 % quantiles of single futures. Undefined ones are left out, or come last as a never."""
    known = sorted(value for value in values if value is not None)
    if never_is_last:
        ranked: list[float | None] = [*known, *[None] * (len(values) - len(known))]
        p5, p50, p95 = (ranked[math.ceil(share * len(ranked)) - 1] for share in (0.05, 0.5, 0.95))
        return p5, p50, p95
    if not known:
        return None, None, None
    low, middle, high = np.quantile(known, (0.05, 0.5, 0.95))
    return float(low), float(middle), float(high)
