"""A member's day, written once: what fades, what a message does, what befalls a customer.

Formulas stand in pool.py and people.py; here they are put together into steps of a day, each about one person and
without a branch. Kernels call a step for every row of a block, and the compiler makes vector code of it; a customer who
is an object in Python calls the same step through a scalar entry below (the second half of this file). What a scenario
and a day fix comes first, as a tuple of float32, so that it is put together once and not for every person.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.kernel.compiled import narrow, rule, scalar_entry
from sim.rules import people, pool

NEEDED = np.uint8(1)  # had a need
CAUGHT = np.uint8(2)  # and it would turn to the pool
LEFT = np.uint8(32)
GOES_SILENT = np.uint8(64)
ALL, NOTHING, NOT_LEFT = np.uint8(255), np.uint8(0), np.uint8(255 - 32)
"""What befalls a customer on a day, as bits of a byte."""

ZERO = narrow(0.0)


class Fading(NamedTuple):
    """By what engagement and fatigue fade today."""

    half_life_days: float
    liveliness: float
    quiet_factor: float
    tie_half_life_share: float
    fatigue_stays: float


class Appeal(NamedTuple):
    """What decides how one of today's messages is met on one channel."""

    accessibility: float
    seen_floor: float
    muted_factor: float
    value: float
    order_chance: float
    weak_tie_factor: float
    builds: float
    wears: float
    gain: float
    tires: float
    blunts: float
    irritates: float
    leave_per_seen: float
    mute_per_leave: float


class Fate(NamedTuple):
    """By what needs, exits and leaving for no reason come about today."""

    season: float
    capture: float
    exit_reduction: float
    stays: float


@rule
def fade(by: Fading, engagement: float, tie: float, fatigue: float) -> tuple[float, float]:
    """Engagement and fatigue after another day."""
    half_life = pool.lively_half_life(by.half_life_days, by.liveliness, by.quiet_factor, tie, by.tie_half_life_share)
    return pool.engagement_after_a_day(engagement, half_life), pool.fatigue_after_a_day(fatigue, by.fatigue_stays)


@rule
def with_accessibility(m: Appeal, accessibility: float) -> Appeal:
    """The same message for a member who pays another attention to its channel."""
    return Appeal(
        narrow(accessibility), m.seen_floor, m.muted_factor, m.value, m.order_chance, m.weak_tie_factor, m.builds,
        m.wears, m.gain, m.tires, m.blunts, m.irritates, m.leave_per_seen, m.mute_per_leave,
    )


@rule
def with_worth(m: Appeal, value: float, order_chance: float) -> Appeal:
    """The same message for a member to whom it is worth so much, and whom it tempts so."""
    return Appeal(
        m.accessibility, m.seen_floor, m.muted_factor, narrow(value), narrow(order_chance), m.weak_tie_factor, m.builds,
        m.wears, m.gain, m.tires, m.blunts, m.irritates, m.leave_per_seen, m.mute_per_leave,
    )


@rule
def seeing(m: Appeal, engagement: float, is_muted: bool) -> float:
    """The chance that a message is seen."""
    return pool.seen_chance(engagement, is_muted, m.accessibility, m.seen_floor, m.muted_factor)


@rule
def moved(
    m: Appeal, seen_chance: float, attention: float, patience: float, tie: float, fatigue: float
) -> tuple[bool, bool, bool]:
    """Whether a message that is seen tempts, makes leave, and makes leave or at least mute."""
    fresh = pool.freshness(fatigue, m.blunts)
    tempting = pool.tempted_chance(seen_chance, m.order_chance, fresh, tie, m.weak_tie_factor)
    leaving = pool.leave_chance(m.leave_per_seen, fatigue, m.irritates)
    return attention < tempting, patience < leaving, patience < pool.leave_or_mute_chance(leaving, m.mute_per_leave)


@rule
def after_seeing(m: Appeal, engagement: float, tie: float, fatigue: float) -> tuple[float, float, float]:
    """Engagement, tie and fatigue after a message was seen."""
    fresh = pool.freshness(fatigue, m.blunts)
    return (
        pool.engagement_after_message(engagement, m.value, fresh, m.gain),
        pool.tie_after_message(tie, m.value, m.builds, m.wears),
        pool.fatigue_after_message(fatigue, m.value, m.tires),
    )


@rule
def befalls(
    by: Fate, need: float, exits: float, engagement: float, is_member: bool, wish: float, stay: float
) -> Any:
    """What would befall anybody so unlucky, as bits.

    Who is unlucky enough to exit is found at one end of the same uniform, who leaves at the other.
    """
    e = engagement if is_member else ZERO
    needing = people.need_chance_today(need, by.season)
    needed, caught = wish < needing, wish < pool.caught_chance(needing, e, by.capture)
    gone = stay < people.exit_chance_today(exits, e, by.exit_reduction)
    return needed * NEEDED + caught * CAUGHT + gone * GOES_SILENT + (stay >= by.stays) * LEFT


@rule
def possible(happens: Any, is_member: bool, has_exited: bool) -> Any:
    """What of it can befall this customer: only members leave, who goes silent does not, who is gone needs nothing."""
    may_leave = ALL if is_member else NOT_LEFT
    may_live = NOTHING if has_exited else ALL
    may_stay = NOT_LEFT if (happens & GOES_SILENT) != 0 else ALL
    return happens & may_leave & may_live & may_stay


# The same steps for a customer who is an object in Python. They take numbers as Python has them, rounded to float32 on
# the way in, and give them as rows store them.

@scalar_entry("float32", Fading, "float32", "float32", "float32", number=2)
def fade_one(by: Fading, engagement: float, tie: float, fatigue: float) -> tuple[float, float]:
    """Engagement and fatigue of one customer after another day."""
    return fade(by, engagement, tie, fatigue)


@scalar_entry("boolean", Appeal, "float32", "float32", "float32", "float32", "float32", "boolean", number=4)
def meet_one(
    m: Appeal, attention: float, patience: float, engagement: float, tie: float, fatigue: float, is_muted: bool
) -> tuple[bool, bool, bool, bool]:
    """Whether one customer sees a message; if so, whether it is tempted, leaves, and leaves or at least mutes."""
    seen_chance = seeing(m, engagement, is_muted)
    tempted, leaves, mutes = moved(m, seen_chance, attention, patience, tie, fatigue)
    return attention < seen_chance, tempted, leaves, mutes


@scalar_entry("float32", Appeal, "float32", "float32", "float32", number=3)
def after_seeing_one(m: Appeal, engagement: float, tie: float, fatigue: float) -> tuple[float, float, float]:
    """Engagement, tie and fatigue of one customer after it saw a message."""
    return after_seeing(m, engagement, tie, fatigue)


@scalar_entry("uint8", Fate, "float32", "float32", "float32", "boolean", "float32", "float32")
def befall_one(
    by: Fate, need: float, exits: float, engagement: float, is_member: bool, wish: float, stay: float
) -> Any:
    """What befalls one customer who is not gone, as bits."""
    return possible(befalls(by, need, exits, engagement, is_member, wish, stay), is_member, False)


@scalar_entry("float32", "float32", "float32")
def after_an_order(engagement: float, gain: float) -> float:
    """Engagement after an order."""
    return pool.engagement_after_order(engagement, gain)


@scalar_entry("float32", "float64")
def rounded(number: float) -> float:
    """The number as rows store it."""
    return narrow(number)


@scalar_entry("float32", "float64", "float64")
def times(number: float, factor: float) -> float:
    """The product of two numbers as rows store them."""
    return narrow(number) * narrow(factor)
