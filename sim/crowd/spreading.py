"""Messages on several channels or by tags, compiled: a member may hear one on every channel that it follows.

Who hears the same again is only tired by it. A brand that deduplicates sends a member one message a day at most, on the
first channel that it follows. Care and winning back are one to one, and reach a member wherever it is. Plain messages
may go to some tags only, and be written for them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import luck, pool, tags
from sim.compiled import kernel, narrow, step
from sim.crowd.ageing import attention_left, take_out_lurkers
from sim.crowd.orders import CHARGED, SEEN, SENT, WON_BACK
from sim.crowd.rows import EXITED, LEFT, MEMBER, MUTED, NO_MEMBER, NOTHING, TEMPTED, Population, Rows
from sim.crowd.settings import AT, BUILDS, DISCOUNTED, KIND_VALUE, ORDER_CHANCE, WEARS
from sim.crowd.ways import ACCESSIBILITY, CHARGE, LEAVE_FACTOR, OBEYS, PERSONA
from sim.pool import ONE_TO_ONE, PLAIN, WIN_BACK, Calendar

Array = NDArray[Any]


@step
def spread(
    day: int, p: Population, w: int, a: int, b: int, calendar: Calendar, uniforms: Array, reached: Array, heard: Array,
    tally: Array,
) -> None:
    """Today's messages to the rows ``a`` to ``b``, each on every channel on which it goes out."""
    places = calendar.messages.shape[1]
    take_out_lurkers(day, p, w, a, b)
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
    does, by_tags = p.kinds[w, kind], s[AT.uses_tags] != 0 and kind in PLAIN
    worth, tempts, cut = does[KIND_VALUE], does[ORDER_CHANCE], does[DISCOUNTED]
    for j in range(b - a):
        i, member = a + j, rows.flags[w, a + j] & MEMBER
        joined, last = rows.joined_day[w, i], rows.contact_day[w, i]
        if not pool.is_addressed(kind, every, day, rows.person[w, i], member, joined, last, onboarding):
            continue
        if not alone:
            if (rows.channels[w, i] >> k) & 1 == 0 or (once and reached[j] != 0):
                continue
            if by_tags:
                deserved, given = _tags(day, p.seeds[w], s, rows, w, i)
                share = s[AT.touch_share_new + given]
                if share < 1 and luck.draw(p.seeds[w], luck.TAG, day, rows.person[w, i], 1 + n)[0] >= share:
                    continue
                worth = tags.relevance(does[KIND_VALUE], s[AT.relevance_gain], deserved == given)
                cut = does[DISCOUNTED] * ((int(s[AT.coupons]) >> given) & 1)
                tempts = does[ORDER_CHANCE] * (s[AT.uncut_order] if does[DISCOUNTED] > cut else 1.0)
            reached[j] = 1
        tally[SENT] += 1
        tally[CHARGED] += charge
        tally[WON_BACK] += kind == WIN_BACK
        if rows.flags[w, i] & EXITED == 0:
            again = heard[j] != 0
            felt = (0.0, 0.0, cut) if again else (worth, tempts, cut)
            seen = _hear(day, p, w, i, kind, k, calendar.reach[w], felt, uniforms[0, j], uniforms[1, j])
            heard[j] |= seen
            tally[SEEN] += seen


@step
def _hear(
    day: int, p: Population, w: int, i: int, kind: int, k: int, reach: float, felt: tuple[float, float, float],
    attention: float, patience: float,
) -> bool:
    """Whether a member sees the message here; how it changes the member, and what it moves it to do.

    ``felt`` is what it is worth to this member, the chance that it tempts, and whether it brings a price cut.
    """
    s, does, channel, rows = p.settings[w], p.kinds[w, kind], p.channels[w, k], p.rows
    e, t, f, flag = rows.engagement[w, i], rows.tie[w, i], rows.fatigue[w, i], rows.flags[w, i]
    reach = reach if channel[OBEYS] != 0 else 1.0
    accessibility = narrow(channel[ACCESSIBILITY] * reach * attention_left(day, p, w, i, k))
    seeing = pool.seen_chance(
        e, (flag & MUTED) != 0, accessibility, narrow(s[AT.seen_floor]), narrow(s[AT.muted_factor])
    )
    if attention >= seeing:
        return False
    fresh = pool.freshness(f, narrow(1.0 / s[AT.fatigue_blunts]))
    value = narrow(felt[0])
    tempting = pool.tempted_chance(seeing, narrow(felt[1]), fresh, t, narrow(s[AT.weak_tie_factor]))
    leave_per_seen = narrow(s[AT.leave_per_seen] * channel[LEAVE_FACTOR])
    leaving = pool.leave_chance(leave_per_seen, f, narrow(1.0 / s[AT.fatigue_leaves]))
    builds = narrow(does[BUILDS] * channel[PERSONA])
    rows.engagement[w, i] = pool.engagement_after_message(e, value, fresh, narrow(s[AT.message_gain]))
    rows.tie[w, i] = pool.tie_after_message(t, value, builds, narrow(does[WEARS]))
    rows.fatigue[w, i] = pool.fatigue_after_message(f, value, narrow(s[AT.tires]))
    rows.contact_day[w, i] = day
    if felt[2] != 0:
        rows.offer_day[w, i] = day
    if attention < tempting:
        rows.today[w, i] |= TEMPTED
    if patience < leaving:
        _unfollow(p, w, i, k)
    elif patience < pool.leave_or_mute_chance(leaving, narrow(s[AT.mute_per_leave])):
        rows.flags[w, i] |= MUTED
    return True


@step
def _unfollow(p: Population, w: int, i: int, k: int) -> None:
    """A member leaves one channel; with the last one it leaves the pool."""
    if p.channel_count[w] > 1:
        p.rows.channels[w, i] &= np.uint8(255 - (1 << k))
    if p.channel_count[w] == 1 or p.rows.channels[w, i] == 0:
        p.rows.flags[w, i] &= NO_MEMBER
        p.rows.today[w, i] |= LEFT


@step
def _tags(day: int, seed: int, s: Array, rows: Rows, w: int, i: int) -> tuple[int, int]:
    """The tag that a member deserves today, and the one that it has in the brand's system this month."""
    deserved = tags.tag_of(
        day, rows.joined_day[w, i], rows.contact_day[w, i], rows.orders[w, i], s[AT.new_days], s[AT.due_after_days],
        s[AT.silent_after_days], s[AT.loyal_orders],
    )
    if s[AT.tag_error] == 0:
        return deserved, deserved
    u = luck.draw(seed, luck.TAG, day // tags.DAYS_OF_A_TAG, rows.person[w, i], 0)
    return deserved, tags.tag_given(deserved, s[AT.tag_error], u[0], u[1])


@kernel
def count_followers(p: Population, followers: Array) -> None:
    """Count the members on each channel [world, channel], in worlds that have several."""
    for w in range(p.filled.shape[0]):
        if p.channel_count[w] > 1:
            for i in range(p.filled[w]):
                if p.rows.flags[w, i] & MEMBER:
                    for k in range(p.channel_count[w]):
                        followers[w, k] += (p.rows.channels[w, i] >> k) & 1
