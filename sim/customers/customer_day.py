"""A day in the life of the rows, compiled: forgetting, messages, needs, exits, orders.

Each verb is one or two plain loops over a block of rows that the compiler can turn into vector code. A block stays in
the processor's cache while all verbs pass over it. Blocks are independent of each other: threads may share them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.customers.census import count_levels
from sim.customers.multichannel import listeners, spread
from sim.customers.orders import IN_POOL, SEEN, SENT, WON_BACK, Desk, desk_of, settle
from sim.customers.rows import (
    ALL,
    BLOCK,
    CAUGHT,
    EIGHT,
    EXITED,
    GOES_SILENT,
    LEFT,
    LONG_AGO,
    MEMBER,
    MUTED,
    NEEDED,
    NO_MEMBER,
    NOT_LEFT,
    NOTHING,
    REMOVED,
    TEMPTED,
    Population,
    Rows,
    count_marked,
)
from sim.customers.settings import AT, BUILDS, DISCOUNTED, KIND_VALUE, ORDER_CHANCE, WEARS
from sim.kernel import luck
from sim.kernel.compiled import kernel, narrow, step
from sim.rules import people, pool
from sim.rules.platform import ACCOUNT, MEMBER_OF
from sim.rules.pool import Calendar

SAW, WAS_TEMPTED, LEAVES, MUTES = np.uint8(1), np.uint8(2), np.uint8(4), np.uint8(8)
"""What a message moved somebody to do."""

ZERO = np.float32(0.0)
NEVER_AGO = float(LONG_AGO)

Array = NDArray[Any]


@step
def _forget(s: Array, liveliness: float, rows: Rows, w: int, a: int, b: int) -> None:
    """Members' engagement and fatigue fade."""
    engagement, tie, fatigue = rows.engagement[w, a:b], rows.tie[w, a:b], rows.fatigue[w, a:b]
    flags = rows.flags[w, a:b]
    half_life_days, quiet, lively = narrow(s[AT.half_life_days]), narrow(s[AT.quiet_factor]), narrow(liveliness)
    tie_share, stays = narrow(s[AT.tie_half_life_share]), narrow(s[AT.fatigue_stays])
    for i in range(b - a):
        half_life = pool.lively_half_life(half_life_days, lively, quiet, tie[i], tie_share)
        faded, member = pool.engagement_after_a_day(engagement[i], half_life), (flags[i] & MEMBER) != 0
        engagement[i] = faded if member else engagement[i]
        fatigue[i] = pool.fatigue_after_a_day(fatigue[i], stays) if member else fatigue[i]


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
def _address(
    kind: int, every: int, day: int, s: Array, rows: Rows, w: int, a: int, b: int, addressed: Array
) -> int:
    """Mark for whom a message is; returns for how many."""
    flags = rows.flags[w, a:b]
    addressed[b - a : b - a + EIGHT] = NOTHING
    if every <= 1 and kind not in (pool.WELCOME, pool.WIN_BACK):
        for i in range(b - a):
            addressed[i] = flags[i] & MEMBER
    else:
        person, joined_day, contact_day = rows.person[w, a:b], rows.joined_day[w, a:b], rows.contact_day[w, a:b]
        onboarding = int(s[AT.onboarding])
        for i in range(b - a):
            addressed[i] = pool.is_addressed(
                kind, every, day, person[i], flags[i] & MEMBER, joined_day[i], contact_day[i], onboarding
            )
    return count_marked(addressed, b - a, MEMBER)


@step
def _hear(
    kind: Array, s: Array, rows: Rows, w: int, a: int, b: int, luck_of: Array, reach: float, addressed: Array,
    felt: Array,
) -> None:
    """One message: who sees it, how it changes them, and what they are moved to do, as bits of ``felt``."""
    engagement, tie, fatigue = rows.engagement[w, a:b], rows.tie[w, a:b], rows.fatigue[w, a:b]
    flags, attention, patience = rows.flags[w, a:b], luck_of[0], luck_of[1]
    accessibility, seen_floor = narrow(s[AT.accessibility] * reach), narrow(s[AT.seen_floor])
    muted_factor, weak_tie_factor = narrow(s[AT.muted_factor]), narrow(s[AT.weak_tie_factor])
    value, builds, wears = narrow(kind[KIND_VALUE]), narrow(kind[BUILDS]), narrow(kind[WEARS])
    order_chance, mute_per_leave = narrow(kind[ORDER_CHANCE]), narrow(s[AT.mute_per_leave])
    gain, tires, leave_per_seen = narrow(s[AT.message_gain]), narrow(s[AT.tires]), narrow(s[AT.leave_per_seen])
    blunts, irritates = narrow(1.0 / s[AT.fatigue_blunts]), narrow(1.0 / s[AT.fatigue_leaves])
    for i in range(b - a):
        e, t, f, flag = engagement[i], tie[i], fatigue[i], flags[i]
        seeing = pool.seen_chance(e, (flag & MUTED) != 0, accessibility, seen_floor, muted_factor)
        fresh = pool.freshness(f, blunts)
        tempting = pool.tempted_chance(seeing, order_chance, fresh, t, weak_tie_factor)
        leaving = pool.leave_chance(leave_per_seen, f, irritates)
        seen = (addressed[i] != 0) & ((flag & EXITED) == 0) & (attention[i] < seeing)
        tempted = seen & (attention[i] < tempting)
        gone = seen & (patience[i] < leaving)
        muted = seen & (patience[i] < pool.leave_or_mute_chance(leaving, mute_per_leave))
        engagement[i] = pool.engagement_after_message(e, value, fresh, gain) if seen else e
        tie[i] = pool.tie_after_message(t, value, builds, wears) if seen else t
        fatigue[i] = pool.fatigue_after_message(f, value, tires) if seen else f
        felt[i] = seen * SAW + tempted * WAS_TEMPTED + gone * LEAVES + muted * MUTES
    felt[b - a : b - a + EIGHT] = NOTHING


@step
def _respond(day: int, discounted: bool, rows: Rows, w: int, a: int, b: int, felt: Array, tally: Array) -> None:
    """What the message moved people to do is done; the tally counts how many saw it."""
    flags, today = rows.flags[w, a:b], rows.today[w, a:b]
    contact_day, offer_day, now = rows.contact_day[w, a:b], rows.offer_day[w, a:b], np.int16(day)
    tally[SEEN] += count_marked(felt, b - a, SAW)
    for i in range(b - a):
        moved = felt[i]
        muted = flags[i] | (MUTED if moved & MUTES else NOTHING)
        flags[i] = flags[i] & NO_MEMBER if moved & LEAVES else muted
        today[i] = today[i] | (TEMPTED if moved & WAS_TEMPTED else NOTHING) | (LEFT if moved & LEAVES else NOTHING)
    for i in range(b - a):
        before = contact_day[i]
        contact_day[i] = now if felt[i] & SAW else before
    for i in range(b - a if discounted else 0):
        before = offer_day[i]
        offer_day[i] = now if felt[i] & SAW else before


@step
def _need(season: float, s: Array, rows: Rows, w: int, a: int, b: int, luck_of: Array, felt: Array) -> None:
    """Needs arise and look for somebody to meet them; some customers silently exit and some members leave.

    Who is unlucky enough to exit is found at one end of the same uniform, who leaves at the other.
    """
    need, exits, engagement = rows.need[w, a:b], rows.exit[w, a:b], rows.engagement[w, a:b]
    flags, today = rows.flags[w, a:b], rows.today[w, a:b]
    wish, stay = luck_of[0], luck_of[1]
    now, capture = narrow(season), narrow(s[AT.capture])
    exit_reduction, stays = narrow(s[AT.exit_reduction]), narrow(s[AT.base_stay_chance])
    for i in range(b - a):
        e = engagement[i] if flags[i] & MEMBER else ZERO
        needing = people.need_chance_today(need[i], now)
        needed = wish[i] < needing
        caught = wish[i] < pool.caught_chance(needing, e, capture)
        gone = stay[i] < people.exit_chance_today(exits[i], e, exit_reduction)
        felt[i] = needed * NEEDED + caught * CAUGHT + gone * GOES_SILENT + (stay[i] >= stays) * LEFT
    for i in range(b - a):
        flag, happens = flags[i], felt[i]
        may_leave = ALL if (flag & MEMBER) != 0 else NOT_LEFT
        may_live = NOTHING if (flag & EXITED) != 0 else ALL
        may_stay = NOT_LEFT if (happens & GOES_SILENT) != 0 else ALL
        felt[i] = happens & may_leave & may_live & may_stay
    for i in range(b - a):
        today[i] = today[i] | felt[i]
        gone_or_not = flags[i] | (EXITED if felt[i] & GOES_SILENT else NOTHING)
        flags[i] = flags[i] & NO_MEMBER if felt[i] & LEFT else gone_or_not


@step
def _reach_out(
    day: int, p: Population, w: int, a: int, b: int, calendar: Calendar, uniforms: Array, addressed: Array,
    felt: Array, tally: Array,
) -> None:
    """Today's messages to the rows ``a`` to ``b``, one after the other."""
    for n in range(calendar.messages.shape[1]):
        kind = int(calendar.messages[w, n])
        if kind == pool.NO_MESSAGE:
            continue
        sent = _address(kind, calendar.every[w, n], day, p.settings[w], p.rows, w, a, b, addressed)
        if sent == 0:
            continue
        tally[SENT] += sent
        tally[WON_BACK] += sent * (kind == pool.WIN_BACK)
        luck.draw_twos(p.seeds[w], luck.TOUCH, day, n, p.rows.person[w], a, b, uniforms)
        does = p.kinds[w, kind]
        _hear(does, p.settings[w], p.rows, w, a, b, uniforms, calendar.reach[w], addressed, felt)
        _respond(day, does[DISCOUNTED] != 0, p.rows, w, a, b, felt, tally)


@step
def _is_various(p: Population, w: int) -> bool:
    """Whether a world's messages go out on several channels or by tags."""
    return p.channel_count[w] > 1 or p.settings[w, AT.uses_tags] != 0


@kernel
def hear_on_channels(
    day: int, tasks: Array, p: Population, liveliness: Array, calendar: Calendar, has_pool: Array, tallies: Array
) -> None:
    """Let the members in the rows of each task forget and hear, in worlds with several channels or tags.

    Comes before ``live``, which leaves that to this verb there; kept apart so that it is compiled only where needed.
    """
    uniforms, told = np.empty((2, BLOCK), np.float32), listeners(BLOCK)
    heard, reached = np.empty(BLOCK, np.uint8), np.empty(BLOCK, np.uint8)
    for task in range(tasks.shape[0]):
        w, tally = tasks[task, 0], tallies[task]
        if not (_is_various(p, w) and has_pool[w]):
            continue
        for start in range(tasks[task, 1], tasks[task, 2], BLOCK):
            stop = min(start + BLOCK, tasks[task, 2])
            _remove_silent(day, p.settings[w], p.rows, w, start, stop)
            _forget(p.settings[w], liveliness[w], p.rows, w, start, stop)
            spread(day, p, w, start, stop, calendar, uniforms, told, reached, heard, tally)


@kernel
def live(
    day: int, tasks: Array, p: Population, seasons: Array, liveliness: Array, calendar: Calendar, has_pool: Array,
    tallies: Array, books: Array,
) -> None:
    """Let the rows of each task (world, first row, row after the last, book) live through the day.

    Without members nobody forgets and nobody hears; where there are several channels or tags it has been done. Adds to
    ``tallies[task]`` (places as in orders.TALLY) and to the cohort books ``books[book]``.
    """
    uniforms, desk = np.empty((2, BLOCK), np.float32), desk_of(BLOCK)
    felt, addressed = np.empty(BLOCK + EIGHT, np.uint8), np.empty(BLOCK + EIGHT, np.uint8)
    for task in range(tasks.shape[0]):
        _live_as(
            day, tasks[task], p, seasons, liveliness, calendar, has_pool, tallies[task], books, uniforms, desk, felt,
            addressed,
        )


@step
def _live_as(
    day: int, task: Array, p: Population, seasons: Array, liveliness: Array, calendar: Calendar, has_pool: Array,
    tally: Array, books: Array, uniforms: Array, desk: Desk, felt: Array, addressed: Array,
) -> None:
    """One task of ``live``, block after block."""
    w, rows = task[0], p.rows
    s, has_heard = p.settings[w], has_pool[w] and _is_various(p, w)
    for start in range(task[1], task[2], BLOCK):
        stop = min(start + BLOCK, task[2])
        if not has_heard:
            _remove_silent(day, s, rows, w, start, stop)
        if has_pool[w] and not has_heard:
            _forget(s, liveliness[w], rows, w, start, stop)
            _reach_out(day, p, w, start, stop, calendar, uniforms, addressed, felt, tally)
        luck.draw_twos(p.seeds[w], luck.LIFE, day, 0, rows.person[w], start, stop, uniforms)
        _need(seasons[w], s, rows, w, start, stop, uniforms, felt)
        settle(day, p, w, start, stop, desk, tally, books[task[3]])
        count_levels(day, rows, w, start, stop, felt, tally[IN_POOL:])


@kernel
def take_accounts(
    day: int, p: Population, accounts: Array, lost_share: Array, recovered_share: Array, lost: Array
) -> None:
    """The platform takes each world's accounts with a chance ``lost_share``, and with an account those of its members
    who cannot be won again; ``lost`` [world] counts them. Who is on which account is a matter of luck."""
    for w in range(p.filled.shape[0]):
        if lost_share[w] <= 0.0:
            continue
        seed, flags, person = p.seeds[w], p.rows.flags[w], p.rows.person[w]
        for i in range(p.filled[w]):
            if flags[i] & MEMBER:
                u = luck.draw(seed, luck.PLATFORM, day, person[i], MEMBER_OF)
                taken = luck.draw(seed, luck.PLATFORM, day, int(u[0] * accounts[w]), ACCOUNT)[0]
                if taken < lost_share[w] and u[1] >= recovered_share[w]:
                    flags[i] = flags[i] & NO_MEMBER
                    lost[w] += 1


@kernel
def enliven(settings: Array, joins: Array, seen: Array, members: Array, liveliness: Array) -> None:
    """In the evening: how alive each world's pool feels, from today's joins and interactions."""
    for w in range(members.shape[0]):
        s = settings[w]
        liveliness[w] = pool.liveliness_after_day(
            liveliness[w], joins[w], seen[w], members[w], s[AT.join_factor], s[AT.half_lively], s[AT.lively_window]
        )
