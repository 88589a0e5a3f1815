"""Channels that grow old, compiled: who still reads a group, who has folded it away, who is taken out as a lurker."""

from __future__ import annotations

import numpy as np

from sim.customers.rows import MEMBER, NO_MEMBER, REMOVED, Population
from sim.customers.touchpoints import LURKERS_AFTER
from sim.kernel import luck
from sim.kernel.compiled import step
from sim.rules import groups


@step
def attention_left(
    day: int, seed: int, person: int, joined_day: int, k: int, half_life: float, folded_a_day: float, opens_every: int
) -> float:
    """What is left of a member's attention to a channel: 1 where channels endure, 0 where it was folded away."""
    if half_life == 0.0 and folded_a_day == 0.0:
        return 1.0
    opened = groups.opened_day(day, opens_every)
    since = groups.days_in(day, joined_day, opened)
    if folded_a_day > 0.0:
        patience = luck.draw(seed, luck.FOLDING, opened, person, k)[0]
        if groups.is_folded(patience, since, folded_a_day):
            return 0.0
    return groups.still_read(since, half_life)


@step
def take_out_lurkers(day: int, p: Population, w: int, a: int, b: int) -> None:
    """The brand takes lurkers out of the channels that it clears; who was on no other is out of the pool."""
    rows = p.rows
    for k in range(1, p.channel_count[w]):
        after = int(p.channels[w, k, LURKERS_AFTER])
        for i in range(a, b if after > 0 else a):
            follows = rows.flags[w, i] & MEMBER and (rows.channels[w, i] >> k) & 1
            if follows and groups.is_lurking(day, rows.contact_day[w, i], after):
                rows.channels[w, i] &= np.uint8(255 - (1 << k))
                if rows.channels[w, i] == 0:
                    rows.flags[w, i] &= NO_MEMBER
                    rows.today[w, i] |= REMOVED
