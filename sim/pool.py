"""Rules about the pool: attention is owned, and can be worn out.

Each rule is a sentence about one member. Engagement and tie lie in [0, 1], fatigue is 0 or more.
"""

from __future__ import annotations

from sim.compiled import rule

CONTENT, OFFER, NO_MESSAGE = 0, 1, -1
"""Kinds of messages, as a day's list names them."""

LN2 = 0.6931471805599453


@rule
def lively_half_life(
    half_life_days: float, liveliness: float, quiet_factor: float, tie: float, tie_half_life_share: float
) -> float:
    """Days in which engagement halves: fewer in a pool without life, more for a strong tie."""
    return half_life_days * (quiet_factor + (1.0 - quiet_factor) * liveliness) * (1.0 + tie_half_life_share * tie)


@rule
def engagement_after_a_day(engagement: float, half_life_days: float) -> float:
    """Out of sight, out of mind: what a day without contact leaves of engagement (half-life of a day at least)."""
    return engagement * (1.0 - LN2 / max(half_life_days, 1.0))


@rule
def seen_chance(engagement: float, muted: bool, accessibility: float, seen_floor: float, muted_factor: float) -> float:
    """A message is seen more readily by those who have been engaging: feeds stop showing whom you never meet."""
    chance = accessibility * (seen_floor + (1.0 - seen_floor) * engagement)
    return chance * muted_factor if muted else chance


@rule
def freshness(weariness: float) -> float:
    """What fatigue leaves of a message's effect.

    ``weariness`` is fatigue over ``pool.fatigue_blunts_level``: at 1 a half is left, beyond almost nothing.
    """
    square = weariness * weariness
    return 1.0 / (1.0 + square * square)


@rule
def engagement_after_message(engagement: float, value: float, fresh: float, gain: float) -> float:
    """A seen message restores part of the missing engagement: more if it is worth something and not one too many."""
    return engagement + gain * value * fresh * (1.0 - engagement)


@rule
def engagement_after_order(engagement: float, gain: float) -> float:
    """An order restores part of the missing engagement."""
    return engagement + gain * (1.0 - engagement)


@rule
def tie_after_message(tie: float, value: float, builds: float, wears: float) -> float:
    """Something of value builds the tie (``builds``); an offer wears it off (``wears``)."""
    return tie + builds * value * (1.0 - tie) - wears * tie


@rule
def fatigue_after_message(fatigue: float, value: float, tires: float) -> float:
    """What a seen message was not worth, it tires (``tires`` is 0 where messages do not)."""
    return fatigue + tires * (1.0 - value)


@rule
def extra_order_chance(order_chance: float, fresh: float, tie: float, weak_tie_factor: float) -> float:
    """The chance that a seen message makes somebody order who had no need: fresh messages, among friends."""
    return order_chance * fresh * (weak_tie_factor + (1.0 - weak_tie_factor) * tie)


@rule
def leave_chance(leave_per_seen: float, irritation: float) -> float:
    """The chance to leave after a seen message.

    ``irritation`` is fatigue over ``pool.fatigue_leaves_level``: at 1 it is twice as likely.
    """
    return leave_per_seen * (1.0 + irritation * irritation)


@rule
def capture_chance(engagement: float, capture: float) -> float:
    """The chance that the pool is where a member turns with a need; above 1 means certainly."""
    return capture * engagement * engagement


@rule
def liveliness_after_day(
    liveliness: float, joins: int, seen: int, members: int, join_factor: float, half_level: float, window_days: float
) -> float:
    """How alive the pool feels: a moving average of a saturating function of joins and interactions per member.

    In a growing pool joins per member fall, and so does liveliness: pools age. An empty pool keeps its liveliness.
    """
    if members == 0:
        return liveliness
    x = (join_factor * joins + seen) / members
    return liveliness + (x * x / (x * x + half_level * half_level) - liveliness) / window_days
