"""Why a click became dearer: parts of its growth that add up, what a new customer cost each year, and their words."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sim.inference.answer import Answer
from sim.text.phrases import Language, ratio

if TYPE_CHECKING:
    from pandas import DataFrame

REST = "rest"
"""What is left when every cause is off: the brand's own bids, and chance."""

NAMES: dict[str, tuple[str, str]] = {
    "entry": ("more rivals", "对手增多"),
    "values": ("clicks worth more to rivals", "点击对对手更值钱"),
    "budgets": ("bigger budgets", "对手预算增加"),
    "pools": ("rivals with pools", "对手建私域"),
    "attention": ("attention on offer", "流量供给变化"),
    "festivals": ("festivals", "购物节"),
    REST: ("the rest (own bids, chance)", "其余（自身出价与偶然）"),
}
"""Causes of a growing price in the order in which they are told."""


@dataclass(frozen=True)
class Part:
    """One cause's part of the growth in logarithms, with its 95 % interval; parts add up."""

    cause: str
    log: float
    low: float | None
    high: float | None

    @property
    def factor(self) -> float:
        """What the cause multiplies the price by; the factors of all parts multiply to the index."""
        return math.exp(self.log)

    def label(self, language: Language) -> str:
        """What the part stands for."""
        return NAMES[self.cause][language == "zh"]

    def as_json(self) -> dict[str, Any]:
        """The part as plain numbers."""
        return {**asdict(self), "factor": self.factor}


@dataclass(frozen=True)
class Year:
    """A counted year, a future on average: mean click price, customers won by advertisements, and what each cost.

    The cost is that of statutory reports, marketing over closing buyers less 0.8 of those a year before, where a fifth
    of the buyers lapse a year, as that formula assumes: then the denominator is the customers won.
    """

    number: int
    click_price_cny: float
    acquisition_cost_cny: float | None
    customers_won: float


@dataclass(frozen=True, repr=False)
class PriceCauses(Answer):
    """The growth of the click price of a scenario under a strategy, split by cause.

    ``index`` is the mean price of the last ``window_days`` counted days over that of the first, ``parts`` its logarithm
    by cause and the rest. ``cost_index`` is the growth of what advertisements cost for each new customer, None where a
    window has none.
    """

    question: ClassVar[str] = "price_causes"

    scenario: str
    strategy: str
    seeds: tuple[int, ...]
    window_days: int
    index: float
    low: float | None
    high: float | None
    parts: tuple[Part, ...]
    cost_index: float | None
    years: tuple[Year, ...]

    @property
    def clicks_index(self) -> float | None:
        """How many times as many clicks a new customer takes: fewer strangers among those who click, or a poorer fit.

        Times ``index`` it is ``cost_index``.
        """
        return None if self.cost_index is None else self.cost_index / self.index

    def part(self, cause: str) -> Part:
        """One cause's part; raises KeyError for a cause that the scenario does not have."""
        return {part.cause: part for part in self.parts}[cause]

    def in_words(self, language: Language = "en") -> str:
        """The growth and its causes in a sentence or two."""
        told = [f"{part.label(language)} × {ratio(part.factor)}" for part in self.parts]
        if language == "zh":
            cost = "" if self.cost_index is None else f"每个新客的广告费是期初的 {ratio(self.cost_index)} 倍。"
            return f"点击价是期初的 {ratio(self.index)} 倍：{'，'.join(told)}。{cost}"
        cost = "" if self.cost_index is None else f" A new customer costs {ratio(self.cost_index)} times as much."
        return f"A click costs {ratio(self.index)} times what it did at first: {', '.join(told)}.{cost}"

    def as_json(self) -> dict[str, Any]:
        """The split as plain numbers and texts, with the sentence in both languages."""
        return {**super().as_json(), "clicks_index": self.clicks_index}

    def frame(self) -> DataFrame:
        """A row for each cause and the rest: its part in logarithms, the interval and the factor."""
        from pandas import DataFrame

        return DataFrame([part.as_json() for part in self.parts]).set_index("cause")
