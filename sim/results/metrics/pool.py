"""The pool: who joined, who is left, and what members told others."""

from __future__ import annotations

from sim.kernel.ledger import EARLY_DAYS
from sim.results.metrics.metric import Parts, metric, yuan
from sim.results.metrics.periods import counted, first_orders, summed, watched
from sim.results.result import Result


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
