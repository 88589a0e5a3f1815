"""How far two strategies are apart in many cases, all lived in the same futures, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.inference.bootstrap import FLOAT, divided, interval, resampled
from sim.inference.judgement import Ahead, ahead, too_close
from sim.results.metrics import METRICS
from sim.results.metrics.metric import Better
from sim.text.phrases import Language, amount, amount_range, ratio

TIED = 0.5


@dataclass(frozen=True)
class PairedDifference:
    """Value of the first strategy less value of the second, or the value of the only one.

    ``mean`` is a (difference of) ratios of sums over futures, ``low`` and ``high`` its 95 % interval, paired under
    common luck; ``wins_share`` the share of futures in which the first is the better one, ties counting half (None
    where futures cannot be counted); ``better`` whether a higher or a lower value is the better one.
    """

    mean: float | None
    low: float | None
    high: float | None
    wins_share: float | None = None
    better: Better = "higher"

    @property
    def leads(self) -> Ahead | None:
        """Which of the two leads on average, surely or not; None if neither does."""
        return ahead(self.mean, self.better)

    @property
    def too_close(self) -> bool:
        """Whether nobody should call a winner, by the rule of `sim.inference.judgement`."""
        share = self.wins_share
        if share is not None and self.leads == "second":
            share = 1.0 - share
        return self.leads is None or too_close(self.low, self.high, share)

    @property
    def clear(self) -> bool:
        """Whether one of the two may be called ahead (a value: whether it may be called other than 0)."""
        return not self.too_close

    @property
    def lone(self) -> bool:
        """Whether a single future stands behind it, so that there is no interval."""
        return self.mean is not None and self.low is None

    def winner(self, strategies: Sequence[str]) -> str | None:
        """Which of two strategies, first and second, may be called ahead; None if that is too close to call."""
        if self.too_close:
            return None
        return strategies[0] if self.leads == "first" else strategies[1]

    def facts(self) -> dict[str, float | None]:
        """Its numbers, for a row of a table."""
        return {"mean": self.mean, "low": self.low, "high": self.high, "wins_share": self.wins_share}

    def as_json(self) -> dict[str, Any]:
        """Its numbers and its judgement: who may be called ahead (null if nobody), and whether it is too close."""
        ahead_of = None if self.too_close else self.leads
        return {**self.facts(), "ahead": ahead_of, "too_close": self.too_close}


@dataclass(frozen=True, eq=False)
class PairedDifferences:
    """Gaps in many cases: ``means`` (cases; NaN is undefined), ``samples`` (resamples of futures x cases) and
    ``singles`` (futures x cases).
    """

    means: FLOAT
    samples: FLOAT
    singles: FLOAT
    better: Better

    def gap(self, case: int) -> PairedDifference:
        """The gap in one case."""
        return self.of(float(self.means[case]), self.samples[:, case], self.singles[:, case])

    def gaps(self) -> tuple[PairedDifference, ...]:
        """The gap in every case."""
        return tuple(self.gap(case) for case in range(len(self.means)))

    def part(self, cases: slice | NDArray[np.int64]) -> PairedDifferences:
        """Some of the cases, in that order."""
        return PairedDifferences(self.means[cases], self.samples[:, cases], self.singles[:, cases], self.better)

    def between(self, one: int, other: int) -> PairedDifference:
        """How far case ``one`` is above case ``other``, paired by future."""
        return self.of(
            float(self.means[one] - self.means[other]),
            self.samples[:, one] - self.samples[:, other],
            self.singles[:, one] - self.singles[:, other],
        )

    def of(self, mean: float, samples: FLOAT, singles: FLOAT) -> PairedDifference:
        """One gap from its mean, its resamples and its single futures."""
        known = singles[~np.isnan(singles)]
        low, high = interval(samples, known.size)
        if np.isnan(mean):
            return PairedDifference(None, None, None, better=self.better)
        signed = -known if self.better == "lower" else known
        wins = float(((signed > 0) + TIED * (signed == 0)).mean()) if known.size else None
        return PairedDifference(float(mean), low, high, wins, self.better)


def differences(metric: str, first: FLOAT, second: FLOAT | None = None) -> PairedDifferences:
    """The gaps between two strategies from the parts of their metric (futures x cases x 4)."""
    better = METRICS[metric].better if metric in METRICS else "higher"
    if second is None:
        return PairedDifferences(divided(first.sum(axis=0)), resampled(first), divided(first), better)
    return PairedDifferences(
        divided(first.sum(axis=0)) - divided(second.sum(axis=0)),
        resampled(first) - resampled(second),
        divided(first) - divided(second),
        better,
    )


def joined(parts: Sequence[PairedDifferences]) -> PairedDifferences:
    """The cases of several contrasts in the same futures, one after the other."""
    return PairedDifferences(
        np.concatenate([each.means for each in parts]),
        np.concatenate([each.samples for each in parts], axis=1),
        np.concatenate([each.singles for each in parts], axis=1),
        parts[0].better,
    )


def leader(gap: float, strategies: Sequence[str], metric: str) -> str:
    """Which of two strategies is the better one when the first less the second is ``gap``."""
    return strategies[0] if ahead(gap, METRICS[metric].better) == "first" else strategies[1]


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
    return f"{number} {counted_unit(metric, number, language)}"


ONE = {"days": "day", "orders": "order", "people": "person", "clicks": "click", "needs": "need"}
"""Units that are counted, and what a single one is called."""


def counted_unit(metric: str, number: str, language: Language) -> str:
    """A metric's unit after a number: 1 day, 21 days."""
    unit, chinese = METRICS[metric].unit, METRICS[metric].unit_zh
    if unit == "day":  # so many days from the first one on
        unit, chinese = "days", "天"
    if language == "zh":
        return chinese
    return ONE.get(unit, unit) if number in ("1", "-1") else unit


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
