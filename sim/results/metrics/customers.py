"""What customers go on to do: orders, second orders, lifetime value by horizon.

Lifetime values read weekly cohorts that began on a counted day and were watched for the whole horizon.
"""

from __future__ import annotations

from sim.kernel.ledger import KINDS, MICRO
from sim.results.metrics.metric import Metric, Parts, metric, yuan
from sim.results.metrics.periods import FIRST_ORDERS, NEW, cohorts_summed, counted, first_orders, summed, watched
from sim.results.result import Result

REPEAT = ("orders_by_itself", "orders_pool", "orders_bought_back")
YEAR = 365


def _orders(result: Result, names: tuple[str, ...]) -> int:
    return sum(summed(result.count(name), watched(result)) for name in names)


@metric("orders", "订单数", "orders", "higher", "首单与复购单之和；含停止拉新后的观察期")
def orders(result: Result) -> Parts:
    """First and repeat orders, run-out included."""
    return Parts(_orders(result, FIRST_ORDERS + REPEAT), 1)


@metric("repeat orders", "复购单数", "orders", "higher", "自然回访、私域承接与付费召回的复购单；含停止拉新后的观察期")
def repeat_orders(result: Result) -> Parts:
    """Repeat orders that came by themselves, through the pool or by a paid re-contact, run-out included."""
    return Parts(_orders(result, REPEAT), 1)


@metric("orders bought back", "付费召回单数", "orders", "neither", "靠付费召回赢回的复购单；含停止拉新后的观察期")
def bought_back_orders(result: Result) -> Parts:
    """Repeat orders that a paid re-contact bought back, run-out included."""
    return Parts(summed(result.count("orders_bought_back"), watched(result)), 1)


@metric("needs lost", "流失的需求", "needs", "lower", "被竞争对手接走的老客需求次数；含停止拉新后的观察期")
def needs_lost(result: Result) -> Parts:
    """Needs of own customers that a competitor got, run-out included."""
    return Parts(summed(result.count("needs_lost"), watched(result)), 1)


@metric(
    "repurchase share",
    "复购率（365 天）",
    "share",
    "higher",
    "观察满 365 天的顾客（含起始顾客）中，365 天内下过第二单的比例",
)
def repurchase_share(result: Result) -> Parts:
    """Customers with a second order within 365 days, among those who had 365 days, starting customers included."""
    second = cohorts_summed(result, "second_orders_365", KINDS, YEAR)
    return Parts(second, cohorts_summed(result, "customers", KINDS, YEAR))


def _ltv(days: int) -> Metric:
    def parts(result: Result) -> Parts:
        value = cohorts_summed(result, f"contribution_{days}", NEW, days)
        return yuan(value, cohorts_summed(result, "customers", NEW, days))

    parts.__name__ = f"ltv_{days}_cny"
    parts.__doc__ = (
        f"Contribution before marketing within {days} days of the first order, that order included, per new customer;"
        f" cohorts that began on a counted day and had {days} days."
    )
    return metric(
        f"LTV at {days} days",
        f"{days} 天终身价值 LTV",
        "yuan",
        "higher",
        f"每名新客首单起 {days} 天内的营销前贡献利润（含首单）；只计在计入期开始且观察满 {days} 天的周批次",
    )(parts)


ltv_30_cny, ltv_90_cny, ltv_180_cny, ltv_365_cny = _ltv(30), _ltv(90), _ltv(180), _ltv(365)


@metric("LTV / CAC", "LTV / CAC", "ratio", "higher", "365 天终身价值除以综合获客成本")
def ltv_to_cac(result: Result) -> Parts:
    """LTV at 365 days over blended CAC."""
    value, customers = ltv_365_cny.parts(result)[:2]
    cost = summed(result.marketing, counted(result))
    return Parts(value, customers, cost, first_orders(result) * MICRO)


def _repeats(result: Result, kind: str) -> tuple[int, int]:
    repeats = cohorts_summed(result, "repeat_orders_365", (kind,), YEAR)
    return repeats, cohorts_summed(result, "customers", (kind,), YEAR)


@metric(
    "repeat orders of joiners",
    "入池顾客人均复购",
    "orders per customer",
    "higher",
    "首单时入池的新客 365 天内人均复购单数",
)
def joiner_repeat_orders(result: Result) -> Parts:
    """Repeat orders within 365 days per new customer who joined the pool at the door."""
    return Parts(*_repeats(result, "joined"))


@metric(
    "repeat orders of outsiders",
    "未入池顾客人均复购",
    "orders per customer",
    "higher",
    "首单时未入池的新客 365 天内人均复购单数",
)
def outsider_repeat_orders(result: Result) -> Parts:
    """Repeat orders within 365 days per new customer who did not join at the door."""
    return Parts(*_repeats(result, "outside"))


@metric(
    "naive uplift of joiners",
    "入池提升（朴素对比）",
    "ratio",
    "neither",
    "入池者与未入池者人均复购之比；含自选择，不是因果效应",
)
def naive_joiner_uplift(result: Result) -> Parts:
    """Repeat orders per joiner over those per outsider: the naive comparison, which mistakes self-selection for an
    effect of the pool.
    """
    return Parts(*_repeats(result, "joined"), *_repeats(result, "outside"))
