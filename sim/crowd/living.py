"""A day in the life of the rows, compiled: forgetting, messages, needs, exits.

Each verb is one plain loop over a block of rows that the compiler can turn into vector code. A block stays in the
processor's cache while all verbs pass over it. Blocks are independent of each other: threads may share them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import luck, people, pool
from sim.compiled import kernel, step
from sim.crowd.rows import CAUGHT, EXITED, GOES_SILENT, LEFT, MEMBER, MUTED, NEEDED, REMOVED, TEMPTED, Rows
from sim.crowd.settings import AT

BLOCK = 4096
"""Rows that live their day together: small enough for the cache, large enough to be worth a call."""

CONTENT, OFFER = 0, 1
"""Kinds of messages."""

Array = NDArray[Any]


@step
def _forget(day: int, s: Array, liveliness: float, rows: Rows, w: int, a: int, b: int) -> None:
    """Engagement and fatigue fade; members without contact for too long are removed."""
    engagement, tie, fatigue = rows.engagement[w, a:b], rows.tie[w, a:b], rows.fatigue[w, a:b]
    flags, today, contact_day = rows.flags[w, a:b], rows.today[w, a:b], rows.contact_day[w, a:b]
    half_life_days, quiet, tie_share = s[AT.half_life_days], s[AT.quiet_factor], s[AT.tie_half_life_share]
    stays, too_long = s[AT.fatigue_stays], int(s[AT.remove_after_days])
    for i in range(b - a):
        half_life = pool.lively_half_life(half_life_days, liveliness, quiet, float(tie[i]), tie_share)
        engagement[i] = pool.engagement_after_a_day(float(engagement[i]), half_life)
        fatigue[i] = float(fatigue[i]) * stays
        flag = int(flags[i])
        forgotten = ((flag & MEMBER) != 0) & (day - int(contact_day[i]) >= too_long)
        flags[i] = flag & ~(MEMBER | MUTED) if forgotten else flag
        today[i] = REMOVED if forgotten else 0


@step
def _reach_out(
    day: int, offer: bool, s: Array, rows: Rows, w: int, a: int, b: int, words: Array
) -> tuple[int, int]:
    """One message to every member of the block; returns how many it reached and how many saw it."""
    engagement, tie, fatigue = rows.engagement[w, a:b], rows.tie[w, a:b], rows.fatigue[w, a:b]
    flags, today = rows.flags[w, a:b], rows.today[w, a:b]
    contact_day, offer_day = rows.contact_day[w, a:b], rows.offer_day[w, a:b]
    sees, orders_at, leaves_on = words[0], words[1], words[2]
    accessibility, seen_floor, muted_factor = s[AT.accessibility], s[AT.seen_floor], s[AT.muted_factor]
    value = s[AT.offer_value] if offer else s[AT.content_value]
    builds, wears = (0.0, s[AT.offer_tie]) if offer else (s[AT.content_tie], 0.0)
    order_chance = s[AT.offer_order_chance] if offer else s[AT.content_order_chance]
    weak_tie_factor, gain, tires = s[AT.weak_tie_factor], s[AT.message_gain], s[AT.tires]
    blunts, leaves_at = s[AT.fatigue_blunts], s[AT.fatigue_leaves]
    leave_per_seen, mute_per_leave = s[AT.leave_per_seen], 1.0 + s[AT.mute_per_leave]
    sent = 0
    seen_by = 0
    for i in range(b - a):
        e, t, f, flag = float(engagement[i]), float(tie[i]), float(fatigue[i]), int(flags[i])
        member = (flag & MEMBER) != 0
        muted = (flag & MUTED) != 0
        likely = pool.seen_chance(e, muted, accessibility, seen_floor, muted_factor)
        seen = ((flag & (MEMBER | EXITED)) == MEMBER) & (luck.unit(sees[i]) < likely)
        fresh = pool.freshness(f, blunts)
        tempting = pool.extra_order_chance(order_chance, fresh, t, weak_tie_factor)
        tempted = seen & (luck.unit(orders_at[i]) < tempting)
        annoyed = pool.leave_chance(leave_per_seen, f, leaves_at)
        leaves = seen & (luck.unit(leaves_on[i]) < annoyed)
        mutes = seen & (luck.unit(leaves_on[i]) < annoyed * mute_per_leave)
        engagement[i] = pool.engagement_after_message(e, value, fresh, gain) if seen else e
        tie[i] = pool.tie_after_message(t, value, builds, wears) if seen else t
        fatigue[i] = pool.fatigue_after_message(f, value, tires) if seen else f
        flag = (flag | MUTED) if mutes else flag
        flags[i] = (flag & ~(MEMBER | MUTED)) if leaves else flag
        today[i] = int(today[i]) | (TEMPTED if tempted else 0) | (LEFT if leaves else 0)
        contact_day[i] = day if seen else contact_day[i]
        offer_day[i] = day if seen & offer else offer_day[i]
        sent += member
        seen_by += seen
    return sent, seen_by


@step
def _need(season: float, s: Array, rows: Rows, w: int, a: int, b: int, words: Array) -> None:
    """Needs arise and look for somebody to meet them; then some customers silently exit and some members leave."""
    need, exits, engagement = rows.need[w, a:b], rows.exit[w, a:b], rows.engagement[w, a:b]
    flags, today = rows.flags[w, a:b], rows.today[w, a:b]
    needs, catches, goes, leaves_on = words[0], words[1], words[2], words[3]
    capture, exit_reduction, base_leave = s[AT.capture], s[AT.exit_reduction], s[AT.base_leave_chance]
    for i in range(b - a):
        flag = int(flags[i])
        living = (flag & EXITED) == 0
        member = (flag & MEMBER) != 0
        e = float(engagement[i]) if member else 0.0
        needed = living & (luck.unit(needs[i]) < float(need[i]) * season)
        caught = needed & (luck.unit(catches[i]) < pool.capture_chance(e, capture))
        going = people.exit_chance_today(float(exits[i]), e, exit_reduction)
        gone = living & (luck.unit(goes[i]) < going)
        leaves = living & member & (not gone) & (luck.unit(leaves_on[i]) < base_leave)
        happened = (NEEDED if needed else 0) | (CAUGHT if caught else 0)
        happened |= (GOES_SILENT if gone else 0) | (LEFT if leaves else 0)
        today[i] = int(today[i]) | happened
        flag = (flag | EXITED) if gone else flag
        flags[i] = (flag & ~(MEMBER | MUTED)) if leaves else flag


@kernel
def live(
    day: int,
    tasks: Array,
    seeds: Array,
    settings: Array,
    seasons: Array,
    liveliness: Array,
    messages: Array,
    has_pool: Array,
    rows: Rows,
    sent_and_seen: Array,
) -> None:
    """Let the rows of each task (world, first row, row after the last) live through the day.

    ``messages[world]`` lists today's messages, -1 for none; worlds without members forget nothing and hear nothing.
    ``sent_and_seen[task]`` becomes the messages sent and seen.
    """
    words = np.empty((4, BLOCK), np.uint32)
    for task in range(tasks.shape[0]):
        w = tasks[task, 0]
        s = settings[w]
        for start in range(tasks[task, 1], tasks[task, 2], BLOCK):
            stop = min(start + BLOCK, tasks[task, 2])
            if has_pool[w]:
                _forget(day, s, liveliness[w], rows, w, start, stop)
                for n in range(messages.shape[1]):
                    if messages[w, n] >= 0:
                        luck.draw_words(seeds[w], luck.TOUCH, day, n, rows.person[w], start, stop, words)
                        sent, seen = _reach_out(day, messages[w, n] == OFFER, s, rows, w, start, stop, words)
                        sent_and_seen[task, 0] += sent
                        sent_and_seen[task, 1] += seen
            else:
                rows.today[w, start:stop] = 0
            luck.draw_words(seeds[w], luck.LIFE, day, 0, rows.person[w], start, stop, words)
            _need(seasons[w], s, rows, w, start, stop, words)


@kernel
def enliven(settings: Array, joins: Array, seen: Array, members: Array, liveliness: Array) -> None:
    """In the evening: how alive each world's pool feels, from today's joins and interactions."""
    for w in range(members.shape[0]):
        s = settings[w]
        liveliness[w] = pool.liveliness_after_day(
            liveliness[w], joins[w], seen[w], members[w], s[AT.join_factor], s[AT.half_lively], s[AT.lively_window]
        )
