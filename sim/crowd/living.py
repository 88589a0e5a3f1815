"""A day in the life of the rows, compiled: forgetting, messages, needs, exits, orders.

Each verb is one or two plain loops over a block of rows that the compiler can turn into vector code. A block stays in
the processor's cache while all verbs pass over it. Blocks are independent of each other: threads may share them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import luck, people, pool
from sim.compiled import kernel, step
from sim.crowd.orders import SEEN, SENT, settle
from sim.crowd.rows import (
    CAUGHT,
    EXITED,
    GOES_SILENT,
    LEFT,
    LONG_AGO,
    MEMBER,
    MUTED,
    NEEDED,
    NO_MEMBER,
    NOTHING,
    REMOVED,
    TEMPTED,
    Population,
    Rows,
)
from sim.crowd.settings import AT

BLOCK = 2048
"""Rows that live their day together: small enough for the cache, large enough to be worth a call."""

SAW, WAS_TEMPTED, LEAVES, MUTES = np.uint8(1), np.uint8(2), np.uint8(4), np.uint8(8)
"""What a message moved somebody to do."""

NEVER_AGO = float(LONG_AGO)

Array = NDArray[Any]


@step
def _forget(s: Array, liveliness: float, rows: Rows, w: int, a: int, b: int) -> None:
    """Engagement and fatigue fade."""
    engagement, tie, fatigue = rows.engagement[w, a:b], rows.tie[w, a:b], rows.fatigue[w, a:b]
    half_life_days, quiet, tie_share = s[AT.half_life_days], s[AT.quiet_factor], s[AT.tie_half_life_share]
    stays = s[AT.fatigue_stays]
    for i in range(b - a):
        half_life = pool.lively_half_life(half_life_days, liveliness, quiet, float(tie[i]), tie_share)
        engagement[i] = pool.engagement_after_a_day(float(engagement[i]), half_life)
        fatigue[i] = float(fatigue[i]) * stays


@step
def _remove_silent(day: int, s: Array, rows: Rows, w: int, a: int, b: int) -> None:
    """The brand removes members without contact for too long. What happened yesterday is forgotten."""
    flags, today, contact_day = rows.flags[w, a:b], rows.today[w, a:b], rows.contact_day[w, a:b]
    too_long_ago = np.int16(max(day - s[AT.remove_after_days], NEVER_AGO))
    for i in range(b - a):
        forgotten = (flags[i] & MEMBER) * (contact_day[i] <= too_long_ago)
        flags[i] = flags[i] & NO_MEMBER if forgotten else flags[i]
        today[i] = REMOVED if forgotten else NOTHING


@step
def _hear(offer: bool, s: Array, rows: Rows, w: int, a: int, b: int, words: Array, felt: Array) -> None:
    """One message: who sees it, how it changes them, and what they are moved to do, as bits of ``felt``."""
    engagement, tie, fatigue = rows.engagement[w, a:b], rows.tie[w, a:b], rows.fatigue[w, a:b]
    flags, sees, orders, leaves = rows.flags[w, a:b], words[0], words[1], words[2]
    accessibility, seen_floor, muted_factor = s[AT.accessibility], s[AT.seen_floor], s[AT.muted_factor]
    value = s[AT.offer_value] if offer else s[AT.content_value]
    builds, wears = (0.0, s[AT.offer_tie]) if offer else (s[AT.content_tie], 0.0)
    order_chance = s[AT.offer_order_chance] if offer else s[AT.content_order_chance]
    weak_tie_factor, gain, tires = s[AT.weak_tie_factor], s[AT.message_gain], s[AT.tires]
    wearies, irritates = 1.0 / s[AT.fatigue_blunts], 1.0 / s[AT.fatigue_leaves]
    leave_per_seen, leave_or_mute = s[AT.leave_per_seen], 1.0 + s[AT.mute_per_leave]
    for i in range(b - a):
        e, t, f, flag = float(engagement[i]), float(tie[i]), float(fatigue[i]), flags[i]
        likely = pool.seen_chance(e, (flag & MUTED) != 0, accessibility, seen_floor, muted_factor)
        seen = ((flag & (MEMBER | EXITED)) == MEMBER) & (luck.unit(sees[i]) < likely)
        fresh = pool.freshness(f * wearies)
        tempting = pool.extra_order_chance(order_chance, fresh, t, weak_tie_factor)
        annoying = pool.leave_chance(leave_per_seen, f * irritates)
        engagement[i] = pool.engagement_after_message(e, value, fresh, gain) if seen else e
        tie[i] = pool.tie_after_message(t, value, builds, wears) if seen else t
        fatigue[i] = pool.fatigue_after_message(f, value, tires) if seen else f
        tempted = seen & (luck.unit(orders[i]) < tempting)
        gone = seen & (luck.unit(leaves[i]) < annoying)
        muted = seen & (luck.unit(leaves[i]) < annoying * leave_or_mute)
        felt[i] = seen * SAW + tempted * WAS_TEMPTED + gone * LEAVES + muted * MUTES


@step
def _respond(day: int, offer: bool, rows: Rows, w: int, a: int, b: int, felt: Array, tally: Array) -> None:
    """What the message moved people to do is done; the tally counts how many it reached and how many saw it."""
    flags, today = rows.flags[w, a:b], rows.today[w, a:b]
    contact_day, offer_day, now = rows.contact_day[w, a:b], rows.offer_day[w, a:b], np.int16(day)
    sent = 0
    seen_by = 0
    for i in range(b - a):
        sent += flags[i] & MEMBER
        seen_by += felt[i] & SAW
    for i in range(b - a):
        moved = felt[i]
        muted = flags[i] | (MUTED if moved & MUTES else NOTHING)
        flags[i] = flags[i] & NO_MEMBER if moved & LEAVES else muted
        today[i] = today[i] | (TEMPTED if moved & WAS_TEMPTED else NOTHING) | (LEFT if moved & LEAVES else NOTHING)
    for i in range(b - a):
        contact_day[i] = now if felt[i] & SAW else contact_day[i]
    for i in range(b - a if offer else 0):
        offer_day[i] = now if felt[i] & SAW else offer_day[i]
    tally[SENT] += sent
    tally[SEEN] += seen_by


@step
def _need(season: float, s: Array, rows: Rows, w: int, a: int, b: int, words: Array, felt: Array) -> None:
    """Needs arise and look for somebody to meet them; some customers silently exit and some members leave."""
    need, exits, engagement = rows.need[w, a:b], rows.exit[w, a:b], rows.engagement[w, a:b]
    flags, today = rows.flags[w, a:b], rows.today[w, a:b]
    needs, catches, goes, leaves = words[0], words[1], words[2], words[3]
    capture, exit_reduction, base_leave = s[AT.capture], s[AT.exit_reduction], s[AT.base_leave_chance]
    for i in range(b - a):
        flag = flags[i]
        living, member = (flag & EXITED) == 0, (flag & MEMBER) != 0
        e = float(engagement[i]) if member else 0.0
        needed = living & (luck.unit(needs[i]) < float(need[i]) * season)
        caught = needed & (luck.unit(catches[i]) < pool.capture_chance(e, capture))
        gone = living & (luck.unit(goes[i]) < people.exit_chance_today(float(exits[i]), e, exit_reduction))
        left = living & member & (luck.unit(leaves[i]) < base_leave)
        felt[i] = needed * NEEDED + caught * CAUGHT + gone * GOES_SILENT + (left & (not gone)) * LEFT
    for i in range(b - a):
        today[i] = today[i] | felt[i]
        gone_or_not = flags[i] | (EXITED if felt[i] & GOES_SILENT else NOTHING)
        flags[i] = flags[i] & NO_MEMBER if felt[i] & LEFT else gone_or_not


@kernel
def live(
    day: int, tasks: Array, p: Population, seasons: Array, liveliness: Array, messages: Array, has_pool: Array,
    tallies: Array, books: Array,
) -> None:
    """Let the rows of each task (world, first row, row after the last, book) live through the day.

    ``messages[world]`` lists today's messages, NO_MESSAGE for none; without members nobody forgets and nobody hears.
    Adds to ``tallies[task]`` (places as in orders.TALLY) and to the cohort books ``books[book]``.
    """
    words, felt = np.empty((4, BLOCK), np.int32), np.empty(BLOCK, np.uint8)
    rows, seeds = p.rows, p.seeds
    for task in range(tasks.shape[0]):
        w, tally = tasks[task, 0], tallies[task]
        s = p.settings[w]
        for start in range(tasks[task, 1], tasks[task, 2], BLOCK):
            stop = min(start + BLOCK, tasks[task, 2])
            _remove_silent(day, s, rows, w, start, stop)
            if has_pool[w]:
                _forget(s, liveliness[w], rows, w, start, stop)
                for n in range(messages.shape[1]):
                    if messages[w, n] != pool.NO_MESSAGE:
                        offer = messages[w, n] == pool.OFFER
                        luck.draw_words(seeds[w], luck.TOUCH, day, n, rows.person[w], start, stop, words)
                        _hear(offer, s, rows, w, start, stop, words, felt)
                        _respond(day, offer, rows, w, start, stop, felt, tally)
            luck.draw_words(seeds[w], luck.LIFE, day, 0, rows.person[w], start, stop, words)
            _need(seasons[w], s, rows, w, start, stop, words, felt)
            settle(day, p, w, start, stop, tally, books[tasks[task, 3]])


@kernel
def enliven(settings: Array, joins: Array, seen: Array, members: Array, liveliness: Array) -> None:
    """In the evening: how alive each world's pool feels, from today's joins and interactions."""
    for w in range(members.shape[0]):
        s = settings[w]
        liveliness[w] = pool.liveliness_after_day(
            liveliness[w], joins[w], seen[w], members[w], s[AT.join_factor], s[AT.half_lively], s[AT.lively_window]
        )
