"""Why one strategy earns more than another: bars that add up to the difference, to the micro-yuan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from sim.assumptions.scenario import Switches
from sim.inference.answer import Answer
from sim.inference.paired_differences import PairedDifference, quantity, spread
from sim.kernel.ledger import MICRO
from sim.results.metrics import METRICS
from sim.text.phrases import Language, amount, strategy_name

if TYPE_CHECKING:
    from pandas import DataFrame

By = Literal["mechanisms", "accounts"]
Method = Literal["sampled", "exact", "books"]

REST = "rest"
"""The bar of what differs even with every mechanism off."""

INTERPLAY = "interplay"
"""The bar of what mechanisms do only together."""

NAMES: dict[str, tuple[str, str]] = {
    REST: ("all these off", "机制全部关闭时"),
    INTERPLAY: ("only together", "只在共同作用时"),
    "first_paid": ("paid first orders", "付费首单"),
    "first_free": ("free first orders", "自来首单"),
    "first_referred": ("referred first orders", "转介绍首单"),
    "repeat_by_itself": ("repeats by themselves", "自然复购"),
    "repeat_pool": ("repeats in the pool", "私域复购"),
    "repeat_bought_back": ("repeats bought back", "付费召回复购"),
    "discounts": ("price cuts", "优惠"),
    "refunds": ("refunds", "退货"),
    "commission": ("platform's commission", "平台佣金"),
    "cost_of_goods": ("cost of goods", "商品成本"),
    "ads_new": ("ads for new customers", "拉新广告"),
    "ads_recontact": ("paid re-contacts", "付费召回"),
    "join_gifts": ("gifts for joining", "入池礼"),
    "staff": ("staff of the pool", "社群人工"),
    "accounts": ("accounts and tools", "账号与工具"),
    "events": ("events", "活动"),
    "content": ("content", "内容"),
    "referral_rewards": ("referral rewards", "推荐奖励"),
}


@dataclass(frozen=True)
class Bar:
    """One part of a difference, in whole micro-yuan a future, with the 95 % interval in yuan."""

    name: str
    micro_yuan: int
    low: float | None
    high: float | None

    @property
    def yuan(self) -> float:
        """The bar's height in yuan."""
        return self.micro_yuan / MICRO

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    def label(self, language: Language) -> str:
        """What the bar stands for."""
        if self.name in NAMES:
            return NAMES[self.name][language == "zh"]
        notes = Switches.model_fields[self.name].json_schema_extra
        chinese = str(notes["meaning_zh"]) if isinstance(notes, dict) else ""
        return chinese if language == "zh" else self.name.replace("_", " ")


@dataclass(frozen=True, repr=False)
class Waterfall(Answer):
    """The difference between two strategies on an amount of money, first less second, a future on average.

    ``bars`` add up to ``total_micro_yuan`` exactly. By mechanisms they are Shapley values of the switches, before them
    what differs with all of these off; ``one_at_a_time`` then holds what is lost when each alone is turned off, and
    what they do only together. ``orders`` tells how many orders of turning on were sampled; 0 for an exact answer.
    """

    question: ClassVar[str] = "waterfall"

    scenario: str
    fingerprint: str
    metric: str
    strategies: tuple[str, ...]
    seeds: tuple[int, ...]
    by: By
    method: Method
    bars: tuple[Bar, ...]
    one_at_a_time: tuple[Bar, ...]
    total_micro_yuan: int
    total: PairedDifference
    orders: int
    runs: int

    def bar(self, name: str) -> Bar:
        """The bar of that name; raises KeyError if there is none."""
        return {bar.name: bar for bar in self.bars}[name]

    def in_words(self, language: Language = "en") -> str:
        """The difference, and its largest reasons, in two sentences."""
        first, second = (strategy_name(name, language) for name in self.strategies)
        total = quantity(self.metric, self.total.mean, language) + spread(
            self.metric, self.total.low, self.total.high, language
        )
        label = METRICS[self.metric].label_zh if language == "zh" else METRICS[self.metric].label_en
        told = _reasons(self.bars, language)
        if language == "zh":
            return f"{first}与{second}的{label}之差为 {total}。{told}"
        return f"{first} less {second} on {label}: {total}. {told}"

    def frame(self) -> DataFrame:
        """A row for each bar; ``kind`` is account, shapley or one_at_a_time; each kind adds up to the difference."""
        from pandas import DataFrame

        shares = "account" if self.by == "accounts" else "shapley"
        kinds = {shares: self.bars, "one_at_a_time": self.one_at_a_time}
        return DataFrame(
            {
                "kind": kind,
                "part": bar.name,
                "micro_yuan": bar.micro_yuan,
                "yuan": bar.yuan,
                "low": bar.low,
                "high": bar.high,
            }
            for kind, bars in kinds.items()
            for bar in bars
        )


def _reasons(bars: tuple[Bar, ...], language: Language) -> str:
    """The two largest clear reasons for either side."""
    for_first = sorted((bar for bar in bars if bar.clear and bar.yuan > 0), key=lambda bar: -bar.yuan)[:2]
    against = sorted((bar for bar in bars if bar.clear and bar.yuan < 0), key=lambda bar: bar.yuan)[:2]
    sides = [
        ", ".join(f"{bar.label('en')} ({amount(bar.yuan, 'en')})" for bar in side) for side in (for_first, against)
    ]
    if language == "zh":
        sides = [
            "、".join(f"{bar.label('zh')}（{amount(bar.yuan, 'zh')}）" for bar in side) for side in (for_first, against)
        ]
        told = [f"{word}{side}" for word, side in zip(("主要有利因素：", "主要不利因素："), sides, strict=True) if side]
        return "；".join(told) + "。" if told else "没有哪一项明显不为零。"
    told = [f"{word}: {side}" for word, side in zip(("Most for it", "most against it"), sides, strict=True) if side]
    text = "; ".join(told) + "."
    return text[0].upper() + text[1:] if told else "No part is clearly other than zero."
