"""What a metric is: a name, a definition in two languages, a unit, and the whole numbers that it divides.

Every metric of one run is a ratio of two whole numbers (a few are a ratio of two such ratios). Over several runs the
numbers are summed before they are divided: a ratio of sums, never a mean of ratios.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sim.kernel.ledger import MICRO
from sim.results.result import Result

Better = Literal["higher", "lower", "neither"]

UNITS_ZH: dict[str, str] = {
    "yuan": "元",
    "ratio": "比值",
    "share": "占比",
    "day": "第几天",
    "days": "天",
    "orders": "单",
    "people": "人",
    "clicks": "次",
    "needs": "次",
    "orders per customer": "单/人",
    "buyers per joiner": "人/人",
    "people per message": "人/条",
    "orders per message": "单/条",
}
"""The closed list of units of metrics, in English and Chinese."""


class Parts(NamedTuple):
    """The whole numbers of one metric: (numerator / denominator) / (by_numerator / by_denominator)."""

    numerator: int
    denominator: int
    by_numerator: int = 1
    by_denominator: int = 1

    @property
    def value(self) -> float | None:
        """The metric, or None where a division by zero leaves it undefined."""
        below = self.denominator * self.by_numerator
        return self.numerator * self.by_denominator / below if below and self.by_denominator else None


def total(parts: Iterable[Parts]) -> Parts:
    """The parts of several runs, summed number by number."""
    return Parts(*(sum(column) for column in zip(*parts, strict=True)))


def yuan(micro: int, over: int = 1) -> Parts:
    """An amount in micro-yuan as yuan, each or shared by so many."""
    return Parts(micro, over * MICRO)


@dataclass(frozen=True)
class Metric:
    """One metric of a run. ``undefined_loses`` marks a day that may never come: no day is worse than any day."""

    name: str
    label_en: str
    label_zh: str
    definition_en: str
    definition_zh: str
    unit: str
    better: Better
    parts: Callable[[Result], Parts]
    undefined_loses: bool = False

    def of(self, result: Result) -> float | None:
        """The metric of one run, None where it is undefined."""
        return self.parts(result).value

    @property
    def unit_zh(self) -> str:
        """The unit in Chinese."""
        return UNITS_ZH[self.unit]


def metric(
    label_en: str, label_zh: str, unit: str, better: Better, definition_zh: str, *, undefined_loses: bool = False
) -> Callable[[Callable[[Result], Parts]], Metric]:
    """Make a metric of a function: its name is the metric's name, its docstring the English definition."""

    def make(parts: Callable[[Result], Parts]) -> Metric:
        definition_en = " ".join((parts.__doc__ or "").split())
        return Metric(
            parts.__name__, label_en, label_zh, definition_en, definition_zh, unit, better, parts, undefined_loses
        )

    return make
