"""What the brand earned and spent: counted days and run-out together, warm-up left out."""

from __future__ import annotations

import numpy as np

from sim.results.metrics.metric import Parts, metric, yuan
from sim.results.metrics.periods import cumulative_cash, run_out, summed, watched
from sim.results.result import Result


def _profit(result: Result, days: slice) -> int:
    return summed(result.contribution, days) - summed(result.marketing, days)


def _ad_spend(result: Result) -> int:
    return summed(result.account("ads_new"), watched(result)) + summed(result.account("ads_recontact"), watched(result))


@metric("ROI", "投产比 ROI", "ratio", "higher", "净利润除以营销费用；含停止拉新后的观察期")
def roi(result: Result) -> Parts:
    """Profit over marketing cost, run-out included."""
    return Parts(_profit(result, watched(result)), summed(result.marketing, watched(result)))


@metric("net profit", "净利润", "yuan", "higher", "贡献利润减营销费用；含停止拉新后的观察期")
def profit_cny(result: Result) -> Parts:
    """Contribution before marketing, less marketing cost, run-out included."""
    return yuan(_profit(result, watched(result)))


@metric("revenue", "销售额", "yuan", "higher", "按标价计的销售额（未扣优惠）；含停止拉新后的观察期")
def revenue_cny(result: Result) -> Parts:
    """Orders at list price, before discounts, run-out included."""
    return yuan(summed(result.revenue, watched(result)))


@metric(
    "contribution before marketing",
    "营销前贡献利润",
    "yuan",
    "higher",
    "销售额减优惠、减商品成本；含停止拉新后的观察期",
)
def contribution_cny(result: Result) -> Parts:
    """Revenue less discounts and cost of goods, before marketing, run-out included."""
    return yuan(summed(result.contribution, watched(result)))


@metric(
    "marketing cost", "营销费用", "yuan", "lower", "广告、召回、入池礼、人工等全部营销账户之和；含停止拉新后的观察期"
)
def marketing_cny(result: Result) -> Parts:
    """All marketing accounts: advertisements, paid re-contacts, gifts and staff, run-out included."""
    return yuan(summed(result.marketing, watched(result)))


@metric("ad spend", "广告费", "yuan", "lower", "拉新广告费加付费召回费；含停止拉新后的观察期")
def ad_spend_cny(result: Result) -> Parts:
    """Paid clicks for new customers and paid re-contacts of own customers, run-out included."""
    return yuan(_ad_spend(result))


@metric("ROAS", "广告支出回报 ROAS", "ratio", "higher", "全部销售额除以广告费；含停止拉新后的观察期")
def roas(result: Result) -> Parts:
    """All revenue at list price over ad spend, run-out included."""
    return Parts(summed(result.revenue, watched(result)), _ad_spend(result))


@metric("profit of the run-out", "观察期净利润", "yuan", "higher", "停止拉新之后观察期内的净利润；没有观察期则为 0")
def run_out_profit_cny(result: Result) -> Parts:
    """Profit of the days after acquisition has ended; 0 without such days."""
    return yuan(_profit(result, run_out(result)))


@metric(
    "payback day",
    "回本日",
    "day",
    "lower",
    "从第一个计入日起算，累计现金从此不再为负的那一天；从未为负为 0；期末仍为负则无定义。均值只对已回本的未来计算",
    undefined_loses=True,
)
def payback_day(result: Result) -> Parts:
    """Days after the first counted day until cumulative cash (contribution less marketing) is at 0 or above for good,
    run-out included; 0 if it is never below, undefined if it is below at the end. The mean is over the futures that
    pay back; ``reached_share`` says how many do.
    """
    below = np.flatnonzero(cumulative_cash(result) < 0)
    if not below.size:
        return Parts(0, 1)
    day = int(below[-1]) + 1
    return Parts(day, 1) if day < cumulative_cash(result).size else Parts(0, 0)


@metric("deepest cash trough", "现金最低点", "yuan", "higher", "累计现金的最低点，最高为 0；含停止拉新后的观察期")
def cash_trough_cny(result: Result) -> Parts:
    """Lowest point of cumulative cash since the first counted day, at most 0, run-out included."""
    return yuan(min(0, int(cumulative_cash(result).min())))


@metric("days without full service", "服务不足天数", "days", "lower", "付不起全部社群人工的天数；含停止拉新后的观察期")
def underserved_days(result: Result) -> Parts:
    """Days on which the pool's staff could not be paid in full, run-out included."""
    return Parts(summed(result.count("underserved"), watched(result)), 1)
