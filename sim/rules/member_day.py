"""The rules of a customer's day, several in one call: what a single customer asks, who is an object in Python.

Calling compiled code costs more than a rule does. The formulas stand in pool.py and people.py; here they are
only put together. What a scenario or a day fixes comes first, so that ``functools.partial`` can fill it in. They take
numbers as Python has them and give them rounded to float32, as rows are stored.
"""

from __future__ import annotations

from sim.kernel.compiled import lone_rule, narrow
from sim.rules import people, pool


@lone_rule("UniTuple(float32, 2)(float64, float64, float64, float64, float64, float64, float64, float64)")
def fade(
    half_life_days: float, liveliness: float, quiet_factor: float, tie_half_life_share: float, fatigue_stays: float,
    engagement: float, tie: float, fatigue: float,
) -> tuple[float, float]:
    """Engagement and fatigue after another day."""
    half_life = pool.lively_half_life(half_life_days, liveliness, quiet_factor, tie, tie_half_life_share)
    return pool.engagement_after_a_day(engagement, half_life), pool.fatigue_after_a_day(fatigue, fatigue_stays)


@lone_rule("UniTuple(float32, 3)(float64, float64, float64, float64, float64, float64)")
def chances_of_the_day(
    season: float, capture: float, exit_reduction: float, need: float, exits: float, engagement: float
) -> tuple[float, float, float]:
    """The chances that a need arises, that it does and the pool catches it, and of silent exit."""
    needing = people.need_chance_today(need, season)
    caught = pool.caught_chance(needing, engagement, capture)
    return needing, caught, people.exit_chance_today(exits, engagement, exit_reduction)


@lone_rule(
    "UniTuple(float32, 4)(float64, float64, float64, float64, float64, float64, float64, float64, float64, "
    "float64, float64, float64, boolean)"
)
def chances_of_a_message(
    accessibility: float, seen_floor: float, muted_factor: float, order_chance: float, weak_tie_factor: float,
    blunts: float, irritates: float, leave_per_seen: float, mute_per_leave: float,
    engagement: float, tie: float, fatigue: float, is_muted: bool,
) -> tuple[float, float, float, float]:
    """The chances that a message is seen, and that it tempts; once it is seen, to leave, and to leave or mute."""
    seeing = pool.seen_chance(engagement, is_muted, accessibility, seen_floor, muted_factor)
    fresh = pool.freshness(fatigue, blunts)
    tempting = pool.tempted_chance(seeing, order_chance, fresh, tie, weak_tie_factor)
    leaving = pool.leave_chance(leave_per_seen, fatigue, irritates)
    return seeing, tempting, leaving, pool.leave_or_mute_chance(leaving, mute_per_leave)


@lone_rule(
    "UniTuple(float32, 3)(float64, float64, float64, float64, float64, float64, float64, float64, float64)"
)
def after_a_message(
    value: float, gain: float, builds: float, wears: float, tires: float, blunts: float,
    engagement: float, tie: float, fatigue: float,
) -> tuple[float, float, float]:
    """Engagement, tie and fatigue after a message was seen."""
    fresh = pool.freshness(fatigue, blunts)
    return (
        pool.engagement_after_message(engagement, value, fresh, gain),
        pool.tie_after_message(tie, value, builds, wears),
        pool.fatigue_after_message(fatigue, value, tires),
    )


@lone_rule("float32(float64, float64)")
def after_an_order(engagement: float, gain: float) -> float:
    """Engagement after an order."""
    return pool.engagement_after_order(engagement, gain)


@lone_rule("float32(float64)")
def rounded(number: float) -> float:
    """The number as rows store it."""
    return narrow(number)


@lone_rule("float32(float64, float64)")
def times(number: float, factor: float) -> float:
    """The product of two numbers as rows store them."""
    return narrow(number) * narrow(factor)
