"""A world's settings as the tuples of float32 that the steps of a member's day take (rules/member_day.py)."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from sim.customers.settings import AT, BUILDS, KIND_VALUE, ORDER_CHANCE, WEARS
from sim.kernel.compiled import narrow, rule
from sim.rules.member_day import Appeal, Fading, Fate

Array = NDArray[Any]


@rule
def fading_of(s: Array, liveliness: float) -> Fading:
    """By what members' engagement and fatigue fade in a pool that feels so alive."""
    return Fading(
        narrow(s[AT.half_life_days]), narrow(liveliness), narrow(s[AT.quiet_factor]),
        narrow(s[AT.tie_half_life_share]), narrow(s[AT.fatigue_stays]),
    )


@rule
def appeal_of(s: Array, does: Array, accessibility: float, persona: float, leave_factor: float) -> Appeal:
    """How a message that does this (see settings.KIND_FIELDS) is met on a channel of such a kind."""
    return Appeal(
        narrow(accessibility), narrow(s[AT.seen_floor]), narrow(s[AT.muted_factor]), narrow(does[KIND_VALUE]),
        narrow(does[ORDER_CHANCE]), narrow(s[AT.weak_tie_factor]), narrow(does[BUILDS] * persona), narrow(does[WEARS]),
        narrow(s[AT.message_gain]), narrow(s[AT.tires]), narrow(1.0 / s[AT.fatigue_blunts]),
        narrow(1.0 / s[AT.fatigue_leaves]), narrow(s[AT.leave_per_seen] * leave_factor), narrow(s[AT.mute_per_leave]),
    )


@rule
def fate_of(s: Array, season: float) -> Fate:
    """By what needs, exits and leaving come about in such a season."""
    return Fate(
        narrow(season), narrow(s[AT.capture]), narrow(s[AT.exit_reduction]), narrow(s[AT.base_stay_chance])
    )
