"""The split of a price's growth as a table in a terminal."""

from __future__ import annotations

from sim.questions.price_causes.answer import PriceCauses
from sim.report.tables import rendered
from sim.text.phrases import Language

HEADINGS: dict[Language, tuple[str, ...]] = {
    "en": ("cause", "part of growth (log, 95% interval)", "times"),
    "zh": ("原因", "对涨幅的贡献（对数，95% 区间）", "倍数"),
}
YEARS: dict[Language, tuple[str, ...]] = {
    "en": ("year", "click price (yuan)", "cost of a new customer (yuan)", "customers won"),
    "zh": ("年份", "点击价（元）", "每个新客成本（元）", "新客数"),
}
ALL: dict[Language, tuple[str, str, str]] = {
    "en": ("click price", "clicks per new customer", "cost of a new customer"),
    "zh": ("点击价", "每个新客的点击数", "每个新客成本"),
}


def causes_table(causes: PriceCauses, language: Language) -> str:
    """Every cause with its part, then what they come to, and what a new customer cost in each counted year."""
    rows = [
        [part.label(language), _with_interval(part.log, part.low, part.high), f"{part.factor:.3f}"]
        for part in causes.parts
    ]
    indices = zip(ALL[language], (causes.index, causes.clicks_index, causes.cost_index), strict=True)
    rows += [[name, "", "-" if index is None else f"{index:.3f}"] for name, index in indices]
    years = [
        [f"{each.number}", _yuan(each.click_price_cny), _yuan(each.acquisition_cost_cny), f"{each.customers_won:,.0f}"]
        for each in causes.years
    ]
    split = rendered(HEADINGS[language], rows, "lrr")
    return split + "\n" + rendered(YEARS[language], years, "lrrr") if years else split


def _with_interval(mean: float, low: float | None, high: float | None) -> str:
    return f"{mean:.3f}" if low is None or high is None else f"{mean:.3f} ({low:.3f} .. {high:.3f})"


def _yuan(value: float | None) -> str:
    return "-" if value is None else f"{value:,.2f}"
