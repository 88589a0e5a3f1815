"""The pool: who joined, who is left, and what members told others."""

from __future__ import annotations

from sim.assumptions.fields import DAYS_PER_YEAR
from sim.kernel.ledger import EARLY_DAYS
from sim.results.metrics.metric import Parts, metric, yuan
from sim.results.metrics.periods import counted, first_orders, run_out, summed, watched
from sim.results.result import Result

QUIET_DAYS = 180
"""Two quarters, after which a pool without inflow is looked at."""

MONTHS = 12


def _level(result: Result, name: str) -> Parts:
    return Parts(int(result.count(name)[counted(result).stop - 1]), 1)


def _closing(result: Result, name: str) -> Parts:
    return Parts(int(result.count(name)[-1]), 1)


@metric("joins", "入池人数", "people", "higher", "计入期内首单时加入私域的人数")
def joins(result: Result) -> Parts:
    """People who joined the pool at the door, counted days."""
    return Parts(summed(result.count("joins"), counted(result)), 1)


@metric("join share", "入池率", "share", "higher", "计入期内入池人数除以新客数")
def join_share(result: Result) -> Parts:
    """Joins at the door over new customers, counted days."""
    return Parts(summed(result.count("joins"), counted(result)), first_orders(result))


@metric("members", "私域成员数", "people", "higher", "计入期最后一天的成员数")
def pool_members(result: Result) -> Parts:
    """Members at the end of the last counted day."""
    return _level(result, "members")


@metric("active members", "活跃成员数", "people", "higher", "计入期最后一天，近 30 天看过消息或下过单的成员数")
def pool_active(result: Result) -> Parts:
    """Members who saw a message or ordered in the 30 days up to the last counted day."""
    return _level(result, "active")


@metric("silent members", "沉默成员数", "people", "lower", "计入期最后一天已静默流失的成员数（真实值，品牌看不到）")
def pool_silent(result: Result) -> Parts:
    """Members who have silently exited by the last counted day: true, and invisible to the brand."""
    return _level(result, "silent")


@metric("muted members", "免打扰成员数", "people", "lower", "计入期最后一天设为免打扰的成员数")
def pool_muted(result: Result) -> Parts:
    """Members who have muted the brand by the last counted day."""
    return _level(result, "muted")


@metric(
    "points owed", "未兑换积分", "yuan", "neither", "观察期最后一天成员手中未兑换积分的价值，是品牌的负债，未从利润扣除"
)
def points_owed_cny(result: Result) -> Parts:
    """What members' points are worth at the end of the run-out: a liability of the brand, not taken off its profit."""
    return yuan(int(result.count("points")[-1]))


@metric("members at the end", "期末成员数", "people", "higher", "观察期最后一天的成员数")
def pool_members_end(result: Result) -> Parts:
    """Members at the end of the last day of the run-out."""
    return _closing(result, "members")


@metric(
    "active members at the end",
    "期末活跃成员数",
    "people",
    "higher",
    "观察期最后一天，近 30 天看过消息或下过单的成员数",
)
def pool_active_end(result: Result) -> Parts:
    """Members who saw a message or ordered in the 30 days up to the last day of the run-out."""
    return _closing(result, "active")


@metric(
    "R0",
    "转介绍系数 R0",
    "buyers per joiner",
    "higher",
    "计入期前 180 天入池者（含起始成员）人均直接带来的下单新客，按实际发生计",
)
def r0(result: Result) -> Parts:
    """Referred buyers, direct and realised, per joiner or starting member of the first 180 counted days."""
    days = counted(result)
    early = slice(days.start, min(days.stop, days.start + EARLY_DAYS))
    joiners = summed(result.count("joins"), early) + summed(result.count("started_in_pool"), early)
    return Parts(summed(result.count("referred_by_early"), watched(result)), joiners)


@metric("open rate", "消息打开率", "share", "higher", "发给成员的消息中被看到的比例；含停止拉新后的观察期")
def open_share(result: Result) -> Parts:
    """Messages seen over messages sent, with run-out."""
    return _over(result, "seen", "sent")


@metric(
    "losses per message",
    "每条消息流失成员",
    "people per message",
    "lower",
    "主动退出的成员数除以发出的消息数；含停止拉新后的观察期，也含与消息无关的退出",
)
def losses_per_message(result: Result) -> Parts:
    """Members who leave over messages sent, run-out included; those who would have left without any are among them."""
    return _over(result, "left", "sent")


@metric(
    "pool orders per message",
    "每条消息的私域订单",
    "orders per message",
    "higher",
    "私域承接或消息带来的订单数除以发出的消息数；含停止拉新后的观察期",
)
def pool_orders_per_message(result: Result) -> Parts:
    """Orders that the pool caught or a message caused, over messages sent, run-out included."""
    return _over(result, "orders_pool", "sent")


@metric(
    "monthly loss of members",
    "成员月流失率",
    "share",
    "lower",
    "计入期内主动退出的成员数除以成员月数（每日成员数之和折合为月）",
)
def monthly_loss_share(result: Result) -> Parts:
    """Members who leave over member-months, counted days; removals and losses to the platform are not among them."""
    days = counted(result)
    left, member_days = summed(result.count("left"), days), summed(result.count("members"), days)
    return Parts(left * DAYS_PER_YEAR, member_days * MONTHS)


@metric(
    "pool revenue per member-month",
    "成员月均私域营收",
    "yuan",
    "higher",
    "私域承接或消息带来的订单营收（标价）除以成员月数；含停止拉新后的观察期",
)
def pool_revenue_per_member_month_cny(result: Result) -> Parts:
    """Revenue at list price of orders that the pool caught or a message caused, over member-months with run-out."""
    days = watched(result)
    earned, member_days = summed(result.account("repeat_pool"), days), summed(result.count("members"), days)
    return yuan(earned * DAYS_PER_YEAR, member_days * MONTHS)


@metric(
    "inactive share of members",
    "沉默成员占比（30 天无互动）",
    "share",
    "lower",
    "计入期最后一天，近 30 天既未看过消息也未下单的成员占比",
)
def inactive_share(result: Result) -> Parts:
    """Members who neither saw a message nor ordered in the 30 days up to the last counted day, over all members."""
    members, active = _level(result, "members").numerator, _level(result, "active").numerator
    return Parts(members - active, members)


@metric(
    "engaged after six months without inflow",
    "停止拉新半年后仍活跃的比例",
    "share",
    "higher",
    "停止拉新满 180 天时的活跃度达标成员数，除以停止拉新当日的；观察期不足 180 天则无此值",
)
def engaged_without_inflow_share(result: Result) -> Parts:
    """Engaged members 180 days into the run-out over those on the last counted day; undefined in a shorter run-out."""
    engaged = result.count("engaged")
    later = run_out(result).start + QUIET_DAYS - 1
    return Parts(int(engaged[later]), int(engaged[run_out(result).start - 1])) if later < len(engaged) else Parts(0, 0)


def _over(result: Result, count: str, by: str) -> Parts:
    days = watched(result)
    return Parts(summed(result.count(count), days), summed(result.count(by), days))
