"""Why: a dearer customer by cause, the lead of a strategy by mechanism, and the assumptions that would flip it."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import sim
from figures.asking import Finding, Size, Texts, picture
from sim.questions.price_causes.answer import Part, PriceCauses
from sim.questions.waterfall.answer import Waterfall
from sim.report.looks import INK, OTHERS
from sim.text.phrases import Language, amount, amount_range

MECHANISMS = ("pool_capture", "touch_effects", "liveliness", "referral", "buy_back")
ASSUMPTIONS = (
    "public.start_click_price_cny", "public.first_order_chance", "public.repeat_orders_paid_share", "market.need_factor",
    "market.margin_share", "pool.capture_level", "pool.service_cny_per_month", "pool.engagement_half_life_days",
    "pool.offer_order_chance", "word_of_mouth.invitations_level",
)  # fmt: skip
PAIR = ("hybrid", "public_only")


def price_by_cause(size: Size) -> Finding:
    """What made a new customer dearer in the scenario that ends at Alibaba's published figures."""
    found = sim.price_causes(sim.load("alibaba_2015_2019", dict(size.changes)), seeds=size.futures, window_days=365)
    first, last = found.years[0], found.years[-1]
    answer: Texts = {}
    for language in ("en", "zh"):
        told = [(part.label(language), part.factor) for part in found.parts] + [
            (_dilution(language), found.clicks_index or 1.0)
        ]
        causes = ("，" if language == "zh" else ", ").join(f"{name} × {factor:.2f}" for name, factor in told)
        prices = f"{first.acquisition_cost_cny:.1f}", f"{last.acquisition_cost_cny:.1f}"
        answer[language] = (
            f"A new customer costs {prices[0]} yuan in the first year and {prices[1]} in the fifth: {causes}."
            if language == "en"
            else f"新客成本从第一年的 {prices[0]} 元到第五年的 {prices[1]} 元：{causes}。"
        )
    marks = {
        "en": "factors multiply to the whole; line: 95% interval", "zh": "各因子连乘即为总涨幅；细线：95% 区间",
    }  # fmt: skip
    return Finding(answer, marks, lambda language: _draw_causes(found, answer[language], language))


def _dilution(language: Language) -> str:
    return {"en": "clicks for each new customer", "zh": "每个新客所需点击数"}[language]


def _draw_causes(found: PriceCauses, title: str, language: Language) -> Figure:
    rows = [(part.label(language), part) for part in found.parts]
    rows.append((_dilution(language), Part("clicks", float(np.log(found.clicks_index or 1.0)), None, None)))
    with picture(language, title) as axes:
        at = 0.0
        for height, (_, part) in enumerate(rows):
            at = _draw_factor(axes, len(rows) - height, at, part)
        axes.barh(0, at, 0.6, color="#777777", hatch="//", edgecolor="white")
        axes.text(at, 0, f"  × {np.exp(at):.2f}", va="center")
        axes.set_yticks(range(len(rows), -1, -1), [*(name for name, _ in rows), {"en": "all", "zh": "合计"}[language]])
        ticks = [1, 1.5, 2, 3, 4]
        axes.set_xticks(np.log(ticks), [f"× {tick:g}" for tick in ticks])
        axes.set_xlim(min(-0.05, at), max(at * 1.15, 0.1))
        axes.set_xlabel(
            {
                "en": "cost of a new customer, times the first year's (log scale)",
                "zh": "新客成本，为第一年的倍数（对数刻度）",
            }[language]
        )
    axes.grid(visible=False, axis="y")
    return axes.get_figure()


def _draw_factor(axes: Axes, height: int, start: float, part: Part) -> float:
    """One cause from where the last one ended; where it ends."""
    look, end = OTHERS[0], start + part.log
    axes.barh(height, part.log, 0.6, left=start, color=look.colour, alpha=0.8)
    axes.plot((end, end), (height - 1, height + 0.3), color=INK, lw=0.8, ls=":")
    right = end
    if part.low is not None and part.high is not None:
        axes.plot((start + part.low, start + part.high), (height, height), color=INK, lw=1.5)
        right = max(end, start + part.high)
    axes.text(right, height, f"  × {part.factor:.2f}", va="center")
    return end


def why_they_differ(size: Size) -> Finding:
    """The lead of hybrid over public only by mechanism: Shapley values, every set of mechanisms lived."""
    scenario = sim.load("baseline", dict(size.changes))
    found = sim.waterfall(
        scenario, strategies=PAIR, mechanisms=MECHANISMS[: size.points], exact=True, seeds=size.futures
    )
    marks = {"en": "each bar a mechanism turned on", "zh": "每条为开启一个机制"}
    return Finding(
        {"en": _lead(found, "en"), "zh": _lead(found, "zh")}, marks, lambda language: sim.figure(found, language)
    )


def _lead(found: Waterfall, language: Language) -> str:
    best = max((bar for bar in found.bars if bar.name in MECHANISMS), key=lambda bar: bar.yuan)
    total = amount(found.total_micro_yuan / 1e6, language) + _between(found.total.low, found.total.high, language)
    most = amount(best.yuan, language) + _between(best.low, best.high, language)
    if language == "zh":
        return f"公私域结合比只做公域多赚 {total}；其中最大的一项是“{best.label(language)}”，{most}。"
    return f"Hybrid earns {total} more than public only; the largest part, {most}, is “{best.label(language)}”."


def _between(low: float | None, high: float | None, language: Language) -> str:
    if low is None or high is None:
        return ""
    return f"（{amount_range(low, high, language)}）" if language == "zh" else f" ({amount_range(low, high, language)})"


def tornado(size: Size) -> Finding:
    """The lead of hybrid over public only at either end of ten assumptions' ranges."""
    scenario = sim.load("baseline", dict(size.changes))
    found = sim.sensitivity(scenario, ASSUMPTIONS[: size.points], strategies=PAIR, seeds=size.futures)
    marks = {"en": "ranges are those documented for each parameter", "zh": "取值范围见参数说明"}
    widest, flips = found.swings[0], [swing for swing in found.swings if swing.flips]
    answer: Texts = {}
    for language in ("en", "zh"):
        ends = [amount(gap.mean or 0.0, language) for gap in (widest.at_low, widest.at_high)]
        names = ("、" if language == "zh" else ", ").join(f"`{swing.span.key}`" for swing in flips)
        if language == "zh":
            turned = f"单独就能翻转结论的：{names}。" if flips else "没有一条假设能单独翻转结论。"
            answer[language] = (
                f"影响最大的是 `{widest.span.key}`：取下限时公私域结合领先 {ends[0]}，取上限时 {ends[1]}。{turned}"
            )
        else:
            turned = f"These flip the answer alone: {names}." if flips else "None of them flips the answer alone."
            answer[language] = (
                f"`{widest.span.key}` moves it most: hybrid's lead is {ends[0]} at the low end and {ends[1]} at the high end. {turned}"
            )
    return Finding(answer, marks, lambda language: sim.figure(found, language))
