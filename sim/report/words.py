"""What a comparison or a run says, in sentences and labels, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from sim.assumptions.runaway import RUNS_AWAY
from sim.inference import verdict as verdicts
from sim.inference.bootstrap import Estimate
from sim.inference.comparison import Comparison
from sim.inference.paired_differences import PairedDifference
from sim.results.metrics import METRICS
from sim.results.words import run_sentence as run_sentence  # noqa: PLC0414 (other reports find it here)
from sim.text.phrases import Language, ratio


def verdict(comparison: Comparison, language: Language) -> str:
    """The answer in two sentences: profit first, then ROI and payback."""
    return verdicts.in_words(comparison.verdict, language)


def headline(comparison: Comparison, language: Language) -> str:
    """The first sentence of the answer."""
    return verdicts.sentences(comparison.verdict, language)[0]


HEALTHY_NATURAL_TO_PAID = 1.0
"""New customers not bought by advertisements over those bought, a healthy ratio by the trade (source 001)."""


def natural_alarm(natural_to_paid: Mapping[str, Estimate | PairedDifference], language: Language) -> str | None:
    """A warning with the labels of who surely gets fewer natural new customers than paid ones; None if nobody does."""
    low = {who: e.mean for who, e in natural_to_paid.items() if e.mean is not None and _surely_below(e)}
    if not low:
        return None
    if language == "zh":
        told = "，".join(f"{who} {ratio(mean)}" for who, mean in low.items())
        return f"预警：自然新客少于付费新客（每个付费新客对应的自然新客：{told}）；业内认为 1:1 才健康。"
    told = ", ".join(f"{who} {ratio(mean)}" for who, mean in low.items())
    return f"Alarm: natural new customers for each paid one: {told}; the trade calls 1 : 1 healthy."


def _surely_below(found: Estimate | PairedDifference) -> bool:
    return found.high is not None and found.high < HEALTHY_NATURAL_TO_PAID


def runaway_alarm(r0: Mapping[str, float | None], language: Language) -> str | None:
    """A warning with the labels of those under whom word of mouth feeds itself; None if it does under nobody."""
    above = {who: value for who, value in r0.items() if value is not None and value > RUNS_AWAY}
    if not above:
        return None
    told = ("，" if language == "zh" else ", ").join(f"{who} {ratio(value)}" for who, value in above.items())
    if language == "zh":
        return (
            f"预警：转介绍会自行扩散，每名入池者带来的新买家超过一人（R0：{told}），老带新自己就会填满市场，与投放无关；"
            "请先核对 word_of_mouth.invitations_level（按单计，基准值适用于不常购买的商品）再相信这些数字。"
        )
    return (
        f"Alarm: word of mouth runs away: a joiner brings more than one new buyer (R0: {told}), so that friends of "
        "friends fill the market by themselves, whatever is advertised; before believing these numbers check "
        "word_of_mouth.invitations_level, which is per order and tuned to goods that are bought seldom."
    )


def metric_label(metric: str, language: Language) -> str:
    """A metric as readers know it."""
    return METRICS[metric].label_zh if language == "zh" else METRICS[metric].label_en


def metric_unit(metric: str, language: Language) -> str:
    """A metric's unit in the reader's language."""
    return METRICS[metric].unit_zh if language == "zh" else METRICS[metric].unit


def quantity(metric: str, value: float | None) -> str:
    """A metric's value for a table: whole yuan from 1,000 on, counts to a tenth, ratios to three decimals."""
    if value is None:
        return "-"
    if METRICS[metric].unit == "yuan":
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.2f}"
    if METRICS[metric].unit in ("ratio", "share", "orders per customer", "buyers per joiner"):
        return f"{value:,.3f}"
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:,.1f}"
