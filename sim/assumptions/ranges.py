"""A number that is varied: over which range, why that one, and how its values are written."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from sim.text.phrases import Language

Basis = Literal["asked", "plausible", "half_to_double"]

BASES: dict[str, dict[Language, str]] = {
    "asked": {"en": "as asked", "zh": "按指定"},
    "plausible": {"en": "its documented range", "zh": "文档所载的合理范围"},
    "half_to_double": {"en": "half to double, because no range is documented", "zh": "文档未载范围，取一半至两倍"},
}

UNITS_ZH: dict[str, str] = {
    "yuan a day": "元/天",
    "yuan a month": "元/月",
    "share a year": "每年比例",
    "a month": "次/月",
    "a day": "/天",
    "yuan": "元",
    "days": "天",
    "months": "个月",
    "chance a month": "每月概率",
    "chance": "概率",
    "shares": "比例",
    "share": "比例",
    "factors": "系数",
    "factor": "系数",
    "level": "无量纲",
    "shape of a distribution": "分布形状",
    "count": "个",
    "people": "人",
    "exponent": "指数",
}


SAID = ("yuan", "days", "months", "people", "a month", "a day")
"""Units that are said after a value; a share or a level stands by itself."""


@dataclass(frozen=True)
class Range:
    """One parameter and the values that it may take, from ``low`` to ``high``; ``now`` is the scenario's own value.

    ``basis`` says who chose the range: the asker, the parameter's documentation, or the rule of half to double within
    what is allowed. ``whole`` parameters take whole numbers only.
    """

    key: str
    low: float
    high: float
    now: float
    unit: str
    meaning: str
    meaning_zh: str
    source: str
    basis: Basis
    whole: bool

    @property
    def width(self) -> float:
        """How far the ends are apart."""
        return self.high - self.low

    @property
    def assumed(self) -> bool:
        """Whether the value is a plain assumption, neither published nor fitted to anything."""
        return self.source.startswith("assumption")

    def label(self, language: Language) -> str:
        """The parameter as readers know it: its key, and in Chinese what it means."""
        return self.meaning_zh if language == "zh" and self.meaning_zh else self.key

    def unit_in(self, language: Language) -> str:
        """The unit without its explanation."""
        plain = self.unit.split(" (")[0]
        return UNITS_ZH.get(plain, plain) if language == "zh" else plain

    def as_json(self) -> dict[str, Any]:
        """The range as plain values."""
        return asdict(self)


def plain(value: float) -> str:
    """A parameter's value with three figures: 400,000; 0.035; 2.93."""
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 1000 else f"{rounded:g}"


def with_unit(span: Range, value: float, language: Language) -> str:
    """A value with its unit: 2.93 yuan; 2.93 元."""
    unit = span.unit_in(language)
    said = span.unit.startswith(SAID)
    return f"{plain(value)} {unit}" if said else plain(value)
