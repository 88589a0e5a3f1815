"""Messages on several channels, compiled: a member may hear one on every channel that it follows.

Who hears the same again is only tired by it. A brand that deduplicates sends a member one message a day at most, on the
first channel that it follows. Care and winning back are one to one, and reach a member wherever it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import luck, pool
from sim.compiled import kernel, narrow, step
from sim.crowd.orders import CHARGED, SEEN, SENT, WON_BACK
from sim.crowd.rows import EXITED, LEFT, MEMBER, MUTED, NO_MEMBER, NOTHING, TEMPTED, Population
from sim.crowd.settings import (
    ACCESSIBILITY,
    AT,
    BUILDS,
    CHARGE,
    DISCOUNTED,
    KIND_VALUE,
    LEAVE_FACTOR,
    OBEYS,
    ORDER_CHANCE,
    PERSONA,
    WEARS,
)
from sim.pool import ONE_TO_ONE, WIN_BACK, Calendar

Array = NDArray[Any]

ZERO = np.float32(0.0)


@step
def spread(
    day: int, p: Population, w: int, a: int, b: int, calendar: Calendar, uniforms: Array, reached: Array, heard: Array,
    tally: Array,
) -> None:
    """Today's messages to the rows ``a`` to ``b``, each on every channel on which it goes out."""
    places = calendar.messages.shape[1]
    reached[: b - a] = NOTHING
    for n in range(places):
        kind = int(calendar.messages[w, n])
        if kind == pool.NO_MESSAGE:
            continue
        heard[: b - a] = NOTHING
        alone = kind in ONE_TO_ONE
        for k in range(1 if alone else p.channel_count[w]):
            if alone or calendar.channels[w, k]:
                luck.draw_twos(p.seeds[w], luck.TOUCH, day, n + places * k, p.rows.person[w], a, b, uniforms)
                _say(day, p, w, a, b, calendar, n, k, uniforms, reached, heard, tally)


@step
def _say(
    day: int, p: Population, w: int, a: int, b: int, calendar: Calendar, n: int, k: int, uniforms: Array,
    reached: Array, heard: Array, tally: Array,
) -> None:
    """One message on one channel."""
    kind, every, s, rows = int(calendar.messages[w, n]), calendar.every[w, n], p.settings[w], p.rows
    onboarding, alone, once = int(s[AT.onboarding]), kind in ONE_TO_ONE, s[AT.once_a_day] != 0
    charge = 0 if alone else int(p.channels[w, k, CHARGE])
    for j in range(b - a):
        i, member = a + j, rows.flags[w, a + j] & MEMBER
        joined, last = rows.joined_day[w, i], rows.contact_day[w, i]
        if not pool.is_addressed(kind, every, day, rows.person[w, i], member, joined, last, onboarding):
            continue
        if not alone:
            if (rows.channels[w, i] >> k) & 1 == 0 or (once and reached[j] != 0):
                continue
            reached[j] = 1
        tally[SENT] += 1
        tally[CHARGED] += charge
        tally[WON_BACK] += kind == WIN_BACK
        if rows.flags[w, i] & EXITED == 0:
            seen = _hear(day, p, w, i, kind, k, calendar.reach[w], heard[j] != 0, uniforms[0, j], uniforms[1, j])
            heard[j] |= seen
            tally[SEEN] += seen


@step
def _hear(
    day: int, p: Population, w: int, i: int, kind: int, k: int, reach: float, again: bool, attention: float,
    patience: float,
) -> bool:
    """Whether a member sees the message here; how it changes the member, and what it moves it to do."""
    s, does, channel, rows = p.settings[w], p.kinds[w, kind], p.channels[w, k], p.rows
    e, t, f, flag = rows.engagement[w, i], rows.tie[w, i], rows.fatigue[w, i], rows.flags[w, i]
    reach = reach if channel[OBEYS] != 0 else 1.0
    accessibility = narrow(channel[ACCESSIBILITY] * reach)
    seeing = pool.seen_chance(
        e, (flag & MUTED) != 0, accessibility, narrow(s[AT.seen_floor]), narrow(s[AT.muted_factor])
    )
    if attention >= seeing:
        return False
    fresh = pool.freshness(f, narrow(1.0 / s[AT.fatigue_blunts]))
    value = ZERO if again else narrow(does[KIND_VALUE])
    order_chance = ZERO if again else narrow(does[ORDER_CHANCE])
    tempting = pool.tempted_chance(seeing, order_chance, fresh, t, narrow(s[AT.weak_tie_factor]))
    leave_per_seen = narrow(s[AT.leave_per_seen] * channel[LEAVE_FACTOR])
    leaving = pool.leave_chance(leave_per_seen, f, narrow(1.0 / s[AT.fatigue_leaves]))
    builds = narrow(does[BUILDS] * channel[PERSONA])
    rows.engagement[w, i] = pool.engagement_after_message(e, value, fresh, narrow(s[AT.message_gain]))
    rows.tie[w, i] = pool.tie_after_message(t, value, builds, narrow(does[WEARS]))
    rows.fatigue[w, i] = pool.fatigue_after_message(f, value, narrow(s[AT.tires]))
    rows.contact_day[w, i] = day
    if does[DISCOUNTED] != 0:
        rows.offer_day[w, i] = day
    if attention < tempting:
        rows.today[w, i] |= TEMPTED
    if patience < leaving:
        _unfollow(rows.channels, rows.flags, rows.today, w, i, k)
    elif patience < pool.leave_or_mute_chance(leaving, narrow(s[AT.mute_per_leave])):
        rows.flags[w, i] |= MUTED
    return True


@step
def _unfollow(channels: Array, flags: Array, today: Array, w: int, i: int, k: int) -> None:
    """A member leaves one channel; with the last one it leaves the pool."""
    channels[w, i] &= np.uint8(255 - (1 << k))
    if channels[w, i] == 0:
        flags[w, i] &= NO_MEMBER
        today[w, i] |= LEFT


@kernel
def count_followers(p: Population, followers: Array) -> None:
    """Count the members on each channel [world, channel], in worlds that have several."""
    for w in range(p.filled.shape[0]):
        if p.channel_count[w] > 1:
            for i in range(p.filled[w]):
                if p.rows.flags[w, i] & MEMBER:
                    for k in range(p.channel_count[w]):
                        followers[w, k] += (p.rows.channels[w, i] >> k) & 1
