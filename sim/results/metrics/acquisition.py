"""What new customers cost and where they came from: counted days only, because the run-out acquires nobody."""

from __future__ import annotations

from sim.assumptions.scenario import DAYS_PER_YEAR
from sim.kernel.ledger import MICRO
from sim.results.metrics.metric import Parts, metric, yuan
from sim.results.metrics.periods import counted, first_orders, summed
from sim.results.result import Result

PRICE_WINDOW_DAYS = 30


def _paid(result: Result) -> int:
    return summed(result.count("orders_first_paid"), counted(result))


@metric("paid CAC", "付费获客成本", "yuan", "lower", "计入期内拉新广告费除以广告带来的新客数")
def paid_cac_cny(result: Result) -> Parts:
    """Cost of clicks for new customers over first orders after a paid click, counted days."""
    return yuan(summed(result.account("ads_new"), counted(result)), _paid(result))


@metric("blended CAC", "综合获客成本", "yuan", "lower", "计入期内全部营销费用除以全部新客数")
def blended_cac_cny(result: Result) -> Parts:
    """All marketing cost over all new customers, counted days."""
    return yuan(summed(result.marketing, counted(result)), first_orders(result))


@metric(
    "report CAC",
    "财报口径获客成本",
    "yuan",
    "lower",
    "最后一个完整计入年的营销费用除以（当年活跃买家减上一年活跃买家的 80%）；活跃买家即当年下单者；缺上一年则无定义",
)
def report_cac_cny(result: Result) -> Parts:
    """Marketing of the last whole counted year over its active buyers less 0.8 of those of the year before, as read
    from annual reports; active buyers are people who ordered in the year. Undefined without a whole year before.
    """
    return report_cost(result, result.scenario.clock.days // DAYS_PER_YEAR)


def report_cost(result: Result, year: int) -> Parts:
    """The report's cost of a customer in a counted year, the first being 1; of 0 years, or without a whole year
    before (counted or warm-up), undefined."""
    start = result.scenario.clock.warm_up_days + (year - 1) * DAYS_PER_YEAR
    if year < 1 or start < DAYS_PER_YEAR or not result.buyers.size:
        return Parts(0, 0)
    end = start + DAYS_PER_YEAR
    fifths_won = 5 * int(result.buyers[end - 1]) - 4 * int(result.buyers[start - 1])
    return yuan(5 * summed(result.marketing, slice(start, end)), fifths_won)


@metric("new customers", "新客数", "people", "higher", "计入期内首次下单的人数，含付费、自来与转介绍")
def new_customers(result: Result) -> Parts:
    """First orders of the counted days, whether paid, free or referred."""
    return Parts(first_orders(result), 1)


@metric("referred customers", "转介绍新客", "people", "higher", "计入期内由成员邀请而首次下单的人数")
def referred_customers(result: Result) -> Parts:
    """First orders of people whom a member invited, counted days."""
    return Parts(summed(result.count("orders_first_referred"), counted(result)), 1)


@metric("natural to paid", "自然与付费新客比", "ratio", "higher", "计入期内非广告新客数除以广告新客数")
def natural_to_paid(result: Result) -> Parts:
    """New customers not bought by advertisements over those bought, counted days."""
    return Parts(first_orders(result) - _paid(result), _paid(result))


@metric("clicks", "付费点击数", "clicks", "neither", "计入期内为拉新购买的点击数")
def clicks(result: Result) -> Parts:
    """Paid clicks for new customers, counted days."""
    return Parts(summed(result.count("clicks"), counted(result)), 1)


@metric("cost per click", "单次点击成本", "yuan", "lower", "计入期内拉新广告费除以点击数")
def cost_per_click_cny(result: Result) -> Parts:
    """Cost of clicks for new customers over the clicks bought, counted days."""
    bought = summed(result.count("clicks"), counted(result))
    return Parts(summed(result.account("ads_new"), counted(result)), bought * MICRO)


@metric("click price index", "点击价格指数", "ratio", "lower", "计入期最后 30 天的平均点击价除以最初 30 天的平均点击价")
def click_price_index(result: Result) -> Parts:
    """Mean expected click price of the last 30 counted days over that of the first 30 (of all, if there are fewer)."""
    price = result.count("click_price")[counted(result)]
    return Parts(int(price[-PRICE_WINDOW_DAYS:].sum()), int(price[:PRICE_WINDOW_DAYS].sum()))
