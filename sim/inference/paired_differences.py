"""How far two strategies are apart in many cases, all lived in the same futures, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.inference.bootstrap import FLOAT, divided, interval, resampled
from sim.results.metrics import METRICS
from sim.text.phrases import Language, amount, amount_range, ratio

TIED = 0.5


@dataclass(frozen=True)
class Gap:
    """Value of the first strategy less value of the second, or the value of the only one.

    ``mean`` is a (difference of) ratios of sums over futures, ``low`` and ``high`` its 95 % interval, paired under
    common luck; ``wins_share`` the share of futures in which the first is the better one, ties counting half.
    """

    mean: float | None
    low: float | None
    high: float | None
    wins_share: float | None = None

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, eq=False)
class Contrast:
    """Gaps in many cases: ``means`` (cases; NaN is undefined), ``samples`` (resamples of futures x cases) and
    ``singles`` (futures x cases).
    """

    means: FLOAT
    samples: FLOAT
    singles: FLOAT
    better: str

    def gap(self, case: int) -> Gap:
        """The gap in one case."""
        return self.of(float(self.means[case]), self.samples[:, case], self.singles[:, case])

    def gaps(self) -> tuple[Gap, ...]:
        """The gap in every case."""
        return tuple(self.gap(case) for case in range(len(self.means)))

    def part(self, cases: slice | NDArray[np.int64]) -> Contrast:
        """Some of the cases, in that order."""
        return Contrast(self.means[cases], self.samples[:, cases], self.singles[:, cases], self.better)

    def between(self, one: int, other: int) -> Gap:
        """How far case ``one`` is above case ``other``, paired by future."""
        return self.of(
            float(self.means[one] - self.means[other]),
            self.samples[:, one] - self.samples[:, other],
            self.singles[:, one] - self.singles[:, other],
        )

    def of(self, mean: float, samples: FLOAT, singles: FLOAT) -> Gap:
        """One gap from its mean, its resamples and its single futures."""
        known = singles[~np.isnan(singles)]
        low, high = interval(samples, known.size)
        if np.isnan(mean):
            return Gap(None, None, None)
        signed = -known if self.better == "lower" else known
        wins = float(((signed > 0) + TIED * (signed == 0)).mean()) if known.size else None
        return Gap(float(mean), low, high, wins)


def contrast(metric: str, first: FLOAT, second: FLOAT | None = None) -> Contrast:
    """The gaps between two strategies from the parts of their metric (futures x cases x 4)."""
    better = METRICS[metric].better if metric in METRICS else "higher"
    if second is None:
        return Contrast(divided(first.sum(axis=0)), resampled(first), divided(first), better)
    return Contrast(
        divided(first.sum(axis=0)) - divided(second.sum(axis=0)),
        resampled(first) - resampled(second),
        divided(first) - divided(second),
        better,
    )


def joined(parts: Sequence[Contrast]) -> Contrast:
    """The cases of several contrasts in the same futures, one after the other."""
    return Contrast(
        np.concatenate([each.means for each in parts]),
        np.concatenate([each.samples for each in parts], axis=1),
        np.concatenate([each.singles for each in parts], axis=1),
        parts[0].better,
    )


def leader(gap: float, strategies: Sequence[str], metric: str) -> str:
    """Which of two strategies is the better one when the first less the second is ``gap``."""
    first_is_better = (gap < 0) if METRICS[metric].better == "lower" else (gap > 0)
    return strategies[0] if first_is_better else strategies[1]


def quantity(metric: str, value: float | None, language: Language) -> str:
    """A metric's value in a sentence."""
    if value is None:
        return "undefined" if language == "en" else "无定义"
    found = METRICS.get(metric)
    if found is None or found.unit == "yuan":
        return amount(value, language)
    if found.unit in ("ratio", "share"):
        return ratio(value, 2 if abs(value) >= 0.095 else 3)
    number = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{number} {found.unit_zh if language == 'zh' else found.unit}"


def spread(metric: str, low: float | None, high: float | None, language: Language) -> str:
    """A 95 % interval in brackets, or nothing where there is none."""
    if low is None or high is None:
        return ""
    if METRICS[metric].unit == "yuan":
        text = amount_range(low, high, language)
    else:
        ends = (quantity(metric, end, language) for end in (low, high))
        text = (" to " if language == "en" else " 至 ").join(ends)
    return f" (95% interval {text})" if language == "en" else f"（95% 区间 {text}）"
