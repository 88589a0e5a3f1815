"""Rules about the pool: attention is owned, and can be worn out.

Each rule is a sentence about one member. Engagement and tie lie in [0, 1], fatigue is 0 or more.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.kernel.compiled import ONE, narrow_rule, rule

CONTENT, OFFER, WELCOME, EVENT, CARE, WIN_BACK, NO_MESSAGE = 0, 1, 2, 3, 4, 5, -1
"""Kinds of messages, as a day's list names them: to everybody; a welcome on certain days after joining; an event;
one-to-one care, in turn; inactive members reached through the public side, in turn."""

KINDS_OF_MESSAGES = 6

MOST_MESSAGES_A_DAY = 8
AT_WELCOME, AT_EVENT, AT_CARE, AT_WIN_BACK, PLACES = range(MOST_MESSAGES_A_DAY, MOST_MESSAGES_A_DAY + 5)
"""Places of messages in a day: plain ones first, then one of each other kind."""

PLAIN = (CONTENT, OFFER)
"""Kinds of messages that may go to some tags only, and be written for them."""

ONE_TO_ONE = (CARE, WIN_BACK)
"""Kinds of messages that reach a member wherever it is, and are not sent on every channel."""

ACTIVE_DAYS = 30
"""An active member saw a message or ordered in so many days."""

ENGAGED: Any = np.float32(0.3)
WEAK_TIE: Any = np.float32(0.2)
"""Above the first a member counts as engaged; below the second its tie counts as weak."""

class Calendar(NamedTuple):
    """Today's messages: [world, place] their kinds (NO_MESSAGE for none) and every how many-th member hears them, in
    turn; [world] what sanctions leave of the reach; [world, channel] on which channels messages go out."""

    messages: NDArray[np.int8]
    every: NDArray[np.int64]
    reach: NDArray[np.float64]
    channels: NDArray[np.bool_]


LAST_ONBOARDING_DAY = 52

LN2: Any = np.float32(0.6931471805599453)


@narrow_rule("fffff")
def lively_half_life(
    half_life_days: float, liveliness: float, quiet_factor: float, tie: float, tie_half_life_share: float
) -> float:
    """Days in which engagement halves: fewer in a pool without life, more for a strong tie."""
    return half_life_days * (quiet_factor + (ONE - quiet_factor) * liveliness) * (ONE + tie_half_life_share * tie)


@narrow_rule("ff")
def engagement_after_a_day(engagement: float, half_life_days: float) -> float:
    """Out of sight, out of mind: what a day without contact leaves of engagement (half-life of a day at least)."""
    return engagement * (ONE - LN2 / max(half_life_days, ONE))


@narrow_rule("fbfff")
def seen_chance(engagement: float, muted: bool, accessibility: float, seen_floor: float, muted_factor: float) -> float:
    """A message is seen more readily by those who have been engaging: feeds stop showing whom you never meet."""
    chance = accessibility * (seen_floor + (ONE - seen_floor) * engagement)
    return chance * muted_factor if muted else chance


@narrow_rule("ff")
def fatigue_after_a_day(fatigue: float, stays: float) -> float:
    """Fatigue fades; ``stays`` is what a day leaves of it."""
    return fatigue * stays


@narrow_rule("ff")
def freshness(fatigue: float, blunts: float) -> float:
    """What fatigue leaves of a message's effect.

    ``blunts`` is one over ``pool.fatigue_blunts_level``: at that level a half is left, beyond almost nothing.
    """
    weariness = fatigue * blunts
    square = weariness * weariness
    return ONE / (ONE + square * square)


@narrow_rule("ffff")
def engagement_after_message(engagement: float, value: float, fresh: float, gain: float) -> float:
    """A seen message restores part of the missing engagement: more if it is worth something and not one too many."""
    return engagement + gain * value * fresh * (ONE - engagement)


@narrow_rule("ff")
def engagement_after_order(engagement: float, gain: float) -> float:
    """An order restores part of the missing engagement."""
    return engagement + gain * (ONE - engagement)


@narrow_rule("ffff")
def tie_after_message(tie: float, value: float, builds: float, wears: float) -> float:
    """Something of value builds the tie (``builds``); an offer wears it off (``wears``)."""
    return tie + builds * value * (ONE - tie) - wears * tie


@narrow_rule("fff")
def fatigue_after_message(fatigue: float, value: float, tires: float) -> float:
    """What a seen message was not worth, it tires (``tires`` is 0 where messages do not)."""
    return fatigue + tires * (ONE - value)


@narrow_rule("fffff")
def tempted_chance(seen_chance: float, order_chance: float, fresh: float, tie: float, weak_tie_factor: float) -> float:
    """The chance that a message is seen and makes somebody order who had no need: fresh messages, among friends."""
    return seen_chance * (order_chance * fresh * (weak_tie_factor + (ONE - weak_tie_factor) * tie))


@narrow_rule("fff")
def leave_chance(leave_per_seen: float, fatigue: float, irritates: float) -> float:
    """The chance to leave after a seen message.

    ``irritates`` is one over ``pool.fatigue_leaves_level``: at that level it is twice as likely.
    """
    irritation = fatigue * irritates
    return leave_per_seen * (ONE + irritation * irritation)


@narrow_rule("ff")
def leave_or_mute_chance(leave_chance: float, mute_per_leave: float) -> float:
    """The chance to leave or at least to mute after a seen message."""
    return leave_chance * (ONE + mute_per_leave)


@narrow_rule("fff")
def caught_chance(need_chance: float, engagement: float, capture: float) -> float:
    """The chance that a need arises and the pool is where a member turns with it; at most the chance of the need."""
    return need_chance * min(capture * engagement * engagement, ONE)


@rule(signature="boolean(int64, int64, int64, int64, int64, int64, int64, int64)")
def is_addressed(
    kind: int, every: int, day: int, person: int, is_member: int, joined_day: int, contact_day: int, onboarding: int
) -> bool:
    """Whether a message is for this person. ``every`` so many members in turn hear on a day; ``onboarding`` has a bit
    for each day after joining (0 is the first morning) with a welcome; who was not active lately is won back."""
    if not is_member or (every > 1 and (person + day) % every != 0):
        return False
    if kind == WELCOME:
        age = int(day) - int(joined_day) - 1
        return 0 <= age <= LAST_ONBOARDING_DAY and (onboarding >> age) & 1 == 1
    return kind != WIN_BACK or contact_day <= day - ACTIVE_DAYS


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
