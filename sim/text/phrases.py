"""Numbers and names as a practitioner writes them, in English and Chinese, rounded to what is worth saying."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "zh"]

STRATEGIES: dict[str, tuple[str, str]] = {
    "public_only": ("Public only", "只做公域"),
    "hybrid": ("Hybrid", "公私域结合"),
    "private_pool": ("Private pool", "主做私域"),
    "target_cac": ("Hybrid with a target acquisition cost", "公私域结合（目标获客成本）"),
    "rest_when_tired": ("Hybrid that rests when members tire", "公私域结合（会员疲劳则停发）"),
    "stop_after_a_week": ("Hybrid given up after a week", "一周后放弃私域"),
    "stop_after_a_month": ("Hybrid given up after a month", "一个月后放弃私域"),
    "stop_after_three_months": ("Hybrid given up after three months", "三个月后放弃私域"),
}
"""What the shipped strategies are called; others go by their own name."""

SCALES: dict[str, tuple[tuple[float, str], ...]] = {
    "en": ((1e9, " billion"), (1e6, " million")),
    "zh": ((1e8, " 亿"), (1e4, " 万")),
}
YUAN = {"en": " yuan", "zh": "元"}
ENOUGH_FUTURES = 20
"""Below so many futures nothing is said about the middle nine tenths."""


def strategy_name(strategy: str, language: Language) -> str:
    """A strategy as readers know it."""
    english, chinese = STRATEGIES.get(strategy, (strategy, strategy))
    return chinese if language == "zh" else english


def _amount_alone(value: float, language: Language) -> str:
    rounded = float(f"{value:.3g}")
    for size, word in SCALES[language]:
        if abs(rounded) >= size:
            return f"{rounded / size:.3g}{word}" if abs(rounded) < 1000 * size else f"{rounded / size:,.0f}{word}"
    return f"{rounded:,.0f}" if abs(rounded) >= 100 else f"{rounded:.3g}"


def amount(value: float, language: Language) -> str:
    """An amount of money with three figures: 123,000 yuan; 1.25 million yuan; 12.3 万元."""
    text = _amount_alone(value, language)
    gap = " " if language == "zh" and text[-1].isdigit() else ""
    return text + gap + YUAN[language]


def amount_range(low: float, high: float, language: Language) -> str:
    """Two amounts: 98,000 to 150,000 yuan; 9.8 万至 15 万元."""
    first = _amount_alone(low, language)
    if language == "en":
        return f"{first} to {amount(high, language)}"
    return f"{first}{' ' if first[-1].isdigit() else ''}至 {amount(high, language)}"


def ratio(value: float, decimals: int = 2) -> str:
    """A ratio such as ROI: 0.42. Never a percentage, never a negative zero."""
    text = f"{value:.{decimals}f}"
    return text.removeprefix("-") if float(text) == 0 else text


MOST_DECIMALS = 6


def ratios_apart(one: float, other: float) -> tuple[str, str]:
    """Two ratios with as many decimals, two at least, as it takes to see that they differ."""
    for decimals in range(2, MOST_DECIMALS + 1):
        if one == other or ratio(one, decimals) != ratio(other, decimals):
            return ratio(one, decimals), ratio(other, decimals)
    return ratio(one, MOST_DECIMALS), ratio(other, MOST_DECIMALS)


def ratio_range(mean: float, low: float, high: float, language: Language) -> str:
    """A difference between ratios with its interval, with a third decimal if it is small."""
    decimals = 2 if abs(mean) >= 0.095 else 3
    words = ("difference", ", 95% interval ", " to ") if language == "en" else ("相差", "，95% 区间 ", " 至 ")
    numbers = [ratio(value, decimals) for value in (mean, low, high)]
    return f"{words[0]} {numbers[0]}{words[1]}{numbers[1]}{words[2]}{numbers[2]}"


def in_futures(share: float, futures: int, language: Language, ties_share: float = 0.0) -> str:
    """A share of the futures that were lived, counted: 35 of 40. Ties, of which half are in the share, are told apart:
    2 of 5 futures (1 tied).
    """
    ties = round(ties_share * futures)
    count = f"{round(share * futures - ties / 2, 6):g}"
    if language == "zh":
        return f"{futures} 个未来中的 {count} 个" + (f"（另有 {ties} 个打平）" if ties else "")
    return f"{count} of {futures} futures" + (f" ({ties} tied)" if ties else "")
