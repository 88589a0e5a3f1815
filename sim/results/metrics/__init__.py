"""Every metric once, with its definition: functions of one run's books that sum before they divide."""

from __future__ import annotations

from sim.results.metrics import acquisition, customers, money, pool
from sim.results.metrics.metric import Better, Metric, Parts, total
from sim.results.result import Result
from sim.text.named import Named

__all__ = ["METRICS", "Better", "Metric", "Parts", "all_of", "total"]

METRICS: Named[Metric] = Named.of(
    "metric",
    {
    each.name: each
    for each in (
        money.roi,
        money.profit_cny,
        money.revenue_cny,
        money.contribution_cny,
        money.marketing_cny,
        money.ad_spend_cny,
        money.roas,
        money.payback_day,
        money.cash_trough_cny,
        money.run_out_profit_cny,
        money.underserved_days,
        acquisition.paid_cac_cny,
        acquisition.blended_cac_cny,
        acquisition.report_cac_cny,
        acquisition.new_customers,
        acquisition.referred_customers,
        acquisition.natural_to_paid,
        acquisition.clicks,
        acquisition.cost_per_click_cny,
        acquisition.click_price_index,
        customers.ltv_30_cny,
        customers.ltv_90_cny,
        customers.ltv_180_cny,
        customers.ltv_365_cny,
        customers.ltv_to_cac,
        customers.orders,
        customers.repeat_orders,
        customers.bought_back_orders,
        customers.needs_lost,
        customers.repurchase_share,
        customers.joiner_repeat_orders,
        customers.outsider_repeat_orders,
        customers.naive_joiner_uplift,
        pool.joins,
        pool.join_share,
        pool.pool_members,
        pool.pool_active,
        pool.pool_silent,
        pool.pool_muted,
        pool.pool_members_end,
        pool.pool_active_end,
        pool.points_owed_cny,
        pool.r0,
        pool.open_share,
        pool.losses_per_message,
        pool.pool_orders_per_message,
        pool.pool_revenue_per_member_month_cny,
        pool.monthly_loss_share,
        pool.inactive_share,
        pool.engaged_without_inflow_share,
    )
    },
)
"""All metrics by name, in the order in which they are shown."""


def all_of(result: Result) -> dict[str, float | None]:
    """Every metric of one run; None where it is undefined, never NaN."""
    return {name: each.of(result) for name, each in METRICS.items()}
