"""Messages on several channels or by tags, compiled: a member may hear one on every channel that it follows.

Who hears the same again is only tired by it. A brand that deduplicates sends a member one message a day at most, on the
first channel that it follows. Care and winning back are one to one, and reach a member wherever it is. Plain messages
may go to some tags only, and be written for them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.customers.ageing import attention_left, take_out_lurkers
from sim.customers.orders import CHARGED, SEEN, SENT, WON_BACK
from sim.customers.rows import ALL, EXITED, LEFT, MEMBER, MUTED, NO_MEMBER, NOTHING, TEMPTED, Population
from sim.customers.settings import AT, BUILDS, DISCOUNTED, KIND_VALUE, ORDER_CHANCE, WEARS
from sim.customers.touchpoints import (
    ACCESSIBILITY,
    CHARGE,
    FOLDED_A_DAY,
    HALF_LIFE,
    LEAVE_FACTOR,
    OBEYS,
    OPENS_EVERY,
    PERSONA,
)
from sim.kernel import luck
from sim.kernel.compiled import kernel, narrow, room, step
from sim.rules import pool, tags
from sim.rules.pool import ONE_TO_ONE, PLAIN, WIN_BACK, Calendar

Array = NDArray[Any]

UNTAGGED = -1


class Listeners(NamedTuple):
    """Rows of the pool, and of those a message is for, in places from 0 on: room for a block of rows."""

    members: NDArray[np.int32]  # who is in the pool as the day's messages go out; some leave meanwhile
    row: NDArray[np.int32]
    person: NDArray[np.int32]
    tags: NDArray[np.int32]  # deserved * tags.NUMBER_OF_TAGS + given, or UNTAGGED
    seeing: NDArray[np.float32]  # the chance of seeing the message


@room
def listeners(rows: int) -> Listeners:
    """Room for so many rows."""
    return Listeners(
        np.empty(rows, np.int32), np.empty(rows, np.int32), np.empty(rows, np.int32), np.empty(rows, np.int32),
        np.empty(rows, np.float32),
    )


@step
def spread(
    day: int, p: Population, w: int, a: int, b: int, calendar: Calendar, uniforms: Array, told: Listeners,
    reached: Array, heard: Array, tally: Array,
) -> None:
    """Today's messages to the rows ``a`` to ``b``, each on every channel on which it goes out.

    Verbs are called with the whole population for a block of rows, never for one: handing over so many arrays takes
    longer than hearing a message.
    """
    places = calendar.messages.shape[1]
    take_out_lurkers(day, p, w, a, b)
    members = _list_members(p, w, a, b, told)
    reached[: b - a] = NOTHING
    for n in range(places if members > 0 else 0):
        kind = int(calendar.messages[w, n])
        if kind == pool.NO_MESSAGE:
            continue
        heard[: b - a] = NOTHING
        alone = kind in ONE_TO_ONE
        for k in range(1 if alone else p.channel_count[w]):
            if alone or calendar.channels[w, k]:
                number = _tell_whom(day, p, w, a, members, kind, calendar.every[w, n], n, k, reached, told)
                tally[SENT] += number
                tally[CHARGED] += 0 if alone else number * int(p.channels[w, k, CHARGE])
                tally[WON_BACK] += number * (kind == WIN_BACK)
                luck.draw_twos(p.seeds[w], luck.TOUCH, day, n + places * k, told.person, 0, number, uniforms)
                number = _see(day, p, w, number, k, calendar.reach[w], uniforms, told)
                tally[SEEN] += number
                _feel(day, p, w, a, number, kind, k, uniforms, told, heard)


@step
def _list_members(p: Population, w: int, a: int, b: int, told: Listeners) -> int:
    """List the members among the rows ``a`` to ``b``; returns how many."""
    flags, number = p.rows.flags[w], 0
    for i in range(a, b):
        told.members[number] = i
        number += (flags[i] & MEMBER) != 0
    return number


@step
def _tell_whom(
    day: int, p: Population, w: int, a: int, members: int, kind: int, every: int, n: int, k: int, reached: Array,
    told: Listeners,
) -> int:
    """List whom of so many members the n-th message is for on a channel; returns how many."""
    s, rows, seed, number = p.settings[w], p.rows, p.seeds[w], 0
    person, flags, channels, orders = rows.person[w], rows.flags[w], rows.channels[w], rows.orders[w]
    joined_day, contact_day, onboarding = rows.joined_day[w], rows.contact_day[w], int(s[AT.onboarding])
    alone, once, by_tags = kind in ONE_TO_ONE, s[AT.once_a_day] != 0, s[AT.uses_tags] != 0 and kind in PLAIN
    for m in range(members):
        i, tagged = told.members[m], UNTAGGED
        joined, last = joined_day[i], contact_day[i]
        if not pool.is_addressed(kind, every, day, person[i], flags[i] & MEMBER, joined, last, onboarding):
            continue
        if not alone and ((channels[i] >> k) & 1 == 0 or (once and reached[i - a] != 0)):
            continue
        if by_tags:
            deserved = tags.tag_of(
                day, joined, last, orders[i], s[AT.new_days], s[AT.due_after_days], s[AT.silent_after_days],
                s[AT.loyal_orders],
            )
            given = _tag_this_month(day, seed, person[i], deserved, s[AT.tag_error])
            share, tagged = s[AT.touch_share_new + given], deserved * tags.NUMBER_OF_TAGS + given
            if share < 1 and luck.draw(seed, luck.TAG, day, person[i], 1 + n)[0] >= share:
                continue
        reached[i - a] |= not alone
        told.row[number], told.person[number], told.tags[number] = i, person[i], tagged
        number += 1
    return number


@step
def _tag_this_month(day: int, seed: int, person: int, deserved: int, error_chance: float) -> int:
    """The tag that a member has in the brand's system this month."""
    if error_chance == 0:
        return deserved
    u = luck.draw(seed, luck.TAG, day // tags.DAYS_OF_A_TAG, person, 0)
    return tags.tag_given(deserved, error_chance, u[0], u[1])


@step
def _see(day: int, p: Population, w: int, number: int, k: int, reach: float, uniforms: Array, told: Listeners) -> int:
    """Who of those who are told sees the message on this channel: they move to the front; returns how many."""
    s, channel, rows, seed, seen = p.settings[w], p.channels[w, k], p.rows, p.seeds[w], 0
    engagement, flags, joined_day = rows.engagement[w], rows.flags[w], rows.joined_day[w]
    seen_floor, muted_factor = narrow(s[AT.seen_floor]), narrow(s[AT.muted_factor])
    accessible = channel[ACCESSIBILITY] * (reach if channel[OBEYS] != 0 else 1.0)
    half_life, folded, opens_every = channel[HALF_LIFE], channel[FOLDED_A_DAY], int(channel[OPENS_EVERY])
    for j in range(number):
        i = told.row[j]
        if flags[i] & EXITED:
            continue
        left = attention_left(day, seed, told.person[j], joined_day[i], k, half_life, folded, opens_every)
        muted = (flags[i] & MUTED) != 0
        seeing = pool.seen_chance(engagement[i], muted, narrow(accessible * left), seen_floor, muted_factor)
        if uniforms[0, j] < seeing:
            told.row[seen], told.tags[seen], told.seeing[seen] = i, told.tags[j], seeing
            uniforms[0, seen], uniforms[1, seen] = uniforms[0, j], uniforms[1, j]
            seen += 1
    return seen


@step
def _feel(
    day: int, p: Population, w: int, a: int, number: int, kind: int, k: int, uniforms: Array, told: Listeners,
    heard: Array,
) -> None:
    """How the message changes those who see it, and what it moves them to do; a second time it only tires."""
    s, does, channel, rows = p.settings[w], p.kinds[w, kind], p.channels[w, k], p.rows
    engagement, tie, fatigue, flags = rows.engagement[w], rows.tie[w], rows.fatigue[w], rows.flags[w]
    contact_day, offer_day, today, channels = rows.contact_day[w], rows.offer_day[w], rows.today[w], rows.channels[w]
    blunts, irritates, gain = narrow(1.0 / s[AT.fatigue_blunts]), narrow(1.0 / s[AT.fatigue_leaves]), s[AT.message_gain]
    leave_per_seen, mute_per_leave = narrow(s[AT.leave_per_seen] * channel[LEAVE_FACTOR]), narrow(s[AT.mute_per_leave])
    builds, wears, tires = narrow(does[BUILDS] * channel[PERSONA]), narrow(does[WEARS]), narrow(s[AT.tires])
    weak_tie_factor, relevance_gain, uncut = narrow(s[AT.weak_tie_factor]), s[AT.relevance_gain], s[AT.uncut_order]
    worth, tempts, discounted, coupons = does[KIND_VALUE], does[ORDER_CHANCE], does[DISCOUNTED], int(s[AT.coupons])
    several = p.channel_count[w] > 1
    for j in range(number):
        i, attention, patience = told.row[j], uniforms[0, j], uniforms[1, j]
        again, heard[i - a] = heard[i - a] != 0, 1
        felt, tempted, cut = _felt(told.tags[j], worth, tempts, discounted, relevance_gain, coupons, uncut)
        value, fresh = narrow(0.0 if again else felt), pool.freshness(fatigue[i], blunts)
        order_chance = narrow(0.0 if again else tempted)
        tempting = pool.tempted_chance(told.seeing[j], order_chance, fresh, tie[i], weak_tie_factor)
        leaving = pool.leave_chance(leave_per_seen, fatigue[i], irritates)
        engagement[i] = pool.engagement_after_message(engagement[i], value, fresh, narrow(gain))
        tie[i] = pool.tie_after_message(tie[i], value, builds, wears)
        fatigue[i] = pool.fatigue_after_message(fatigue[i], value, tires)
        contact_day[i] = day
        if cut != 0:
            offer_day[i] = day
        if attention < tempting:
            today[i] |= TEMPTED
        if patience < leaving:  # leaves this channel; with the last one the pool
            channels[i] &= np.uint8(255 - (1 << k)) if several else ALL
            if not several or channels[i] == 0:
                flags[i] &= NO_MEMBER
                today[i] |= LEFT
        elif patience < pool.leave_or_mute_chance(leaving, mute_per_leave):
            flags[i] |= MUTED


@step
def _felt(
    tagged: int, worth: float, tempts: float, discounted: float, relevance_gain: float, coupons: int, uncut: float
) -> tuple[float, float, float]:
    """What a message is worth to who has such tags, the chance that it tempts, and whether it brings a price cut."""
    if tagged == UNTAGGED:
        return worth, tempts, discounted
    deserved, given = tagged // tags.NUMBER_OF_TAGS, tagged % tags.NUMBER_OF_TAGS
    cut = discounted * ((coupons >> given) & 1)
    return tags.relevance(worth, relevance_gain, deserved == given), tempts * (uncut if discounted > cut else 1.0), cut


@kernel
def count_followers(p: Population, followers: Array) -> None:
    """Count the members on each channel [world, channel], in worlds that have several."""
    for w in range(p.filled.shape[0]):
        if p.channel_count[w] > 1:
            for i in range(p.filled[w]):
                if p.rows.flags[w, i] & MEMBER:
                    for k in range(p.channel_count[w]):
                        followers[w, k] += (p.rows.channels[w, i] >> k) & 1
