"""The sampled page views of a day, side by side: who is seen in each, and with what chance the brand is.

Arrays are [rank or slot, page view], so that each step is a plain loop over page views that the compiler turns into
vector code.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.kernel.compiled import room, rule, step
from sim.kernel.vecmath import exp, log
from sim.rules.auction import BRAND, NOBODY, score_at_arrival

Array = NDArray[Any]

STRIDES = np.sqrt(np.array([2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71.0])) % 1.0
"""Steps of the lattice, one for each uniform of an auction: two for each rank, the last for the brand."""


class Views(NamedTuple):
    """What is found of the sampled page views of a day, [..., view] unless it says otherwise."""

    luck: Array  # [uniform, view], see STRIDES; the first of each rank's two becomes a waiting time
    arrivals: Array  # [rank, view]: when rivals arrive
    scores: Array  # [rank, view]: their scores
    who: Array  # [rank, view]: their classes
    came: Array  # [view]: when the brand arrives, infinite if it is not to be seen
    came_scores: Array  # [view]: its score
    ranked: Array  # [rank, view]: everybody, best first
    ranked_scores: Array  # [rank, view]
    beaten: Array  # [slot + 1, view], see offer_to_brand
    later: Array  # [slot + 1, view]
    left: Array  # [class + 2, view]: workspace


@rule
def uniforms_of(slots: int) -> int:
    """How many uniforms a page view has: two for each rank and one for the brand, in whole draws of four."""
    return (2 * (slots + 1) + 1 + 3) // 4 * 4


@room
def views_of(views: int, slots: int, kinds: int) -> Views:
    """Room for so many page views."""
    ranks, uniforms = slots + 1, uniforms_of(slots)
    return Views(
        np.empty((uniforms, views)), np.empty((ranks, views)), np.empty((ranks, views)),
        np.empty((ranks, views), np.int64), np.empty(views), np.empty(views), np.empty((ranks, views), np.int64),
        np.empty((ranks, views)), np.empty((ranks, views)), np.empty((ranks, views)), np.empty((kinds + 2, views)),
    )


@step
def spread_luck(start: Array, uniforms: Array) -> None:
    """Give every page view its uniforms: a lattice that goes on from ``start`` [uniform], in place, by STRIDES."""
    for view in range(uniforms.shape[1]):
        for i in range(start.size):
            further = start[i] + STRIDES[i]
            start[i] = further - 1.0 if further >= 1.0 else further
        for i in range(start.size):
            uniforms[i, view] = start[i]


@step
def wait(uniforms: Array) -> None:
    """Turn uniforms into exponential waiting times, of mean 1."""
    for view in range(uniforms.size):
        uniforms[view] = -log(1.0 - uniforms[view])


@step
def come(uniforms: Array, rate: float, first: float, latest: float, came: Array) -> None:
    """When the brand arrives, at ``first`` at the earliest; infinitely late where that is after ``latest``."""
    for view in range(came.size):
        when = max(-log(1.0 - uniforms[view]) / rate, first) if rate > 0.0 else math.inf
        came[view] = when if when <= latest else math.inf


@step
def race(
    luck: Array, rates: Array, alive: Array, latest: float, since: int, left: Array, arrivals: Array, who: Array
) -> None:
    """Let the rivals arrive in the page views from ``since`` on, first come first, as many as there are ranks.

    ``rates`` and ``alive`` are the rate of one advertiser, and the number of advertisers, of each class; an advertiser
    takes part once, so after its arrival its class is one fewer. ``luck`` holds two rows for each rank: when,
    and who. Fills ``arrivals`` (infinite where nobody comes, or later than ``latest``: too late for the reserve) and
    ``who`` (classes, or NOBODY) [rank, view]; ``left`` [class + 2, view] is workspace.
    """
    total, passed = left[rates.size, since:], left[rates.size + 1, since:]
    for c in range(rates.size):
        for view in range(since, arrivals.shape[1]):
            left[c, view] = alive[c]
    for rank in range(arrivals.shape[0]):
        above = max(rank - 1, 0)
        before, came, waits = arrivals[above, since:], arrivals[rank, since:], luck[2 * rank, since:]
        _add_up(rates, left, since, who[above, since:], rank == 0, total)
        for view in range(total.size):
            somebody_left = total[view] > 0.0
            now = (before[view] if rank > 0 else 0.0) + waits[view] / (total[view] if somebody_left else 1.0)
            came[view] = now if somebody_left & (now <= latest) else math.inf
        _pick(luck[2 * rank + 1, since:], rates, left, since, total, passed, came, who[rank, since:])


@step
def _add_up(rates: Array, left: Array, since: int, last: Array, is_first: bool, total: Array) -> None:
    """The total rate at which somebody arrives next in each page view, now that ``last`` has arrived."""
    for c in range(rates.size):
        there = left[c, since:]
        for view in range(total.size):
            there[view] -= (last[view] == c) & (not is_first)
            total[view] = (0.0 if c == 0 else total[view]) + there[view] * rates[c]


@step
def _pick(
    lucky: Array, rates: Array, left: Array, since: int, total: Array, passed: Array, came: Array, winner: Array
) -> None:
    """The class of the advertiser that arrives next in each page view, if one does: each class by its part of the total
    rate, and never an empty last one."""
    for view in range(total.size):
        total[view] = lucky[view] * total[view] * (1.0 - 1e-15)
    for c in range(rates.size - 1):
        there = left[c, since:]
        for view in range(total.size):
            passed[view] = (0.0 if c == 0 else passed[view]) + there[view] * rates[c]
            winner[view] = (0 if c == 0 else winner[view]) + (total[view] >= passed[view])
    for view in range(total.size):
        winner[view] = winner[view] * (rates.size > 1) if came[view] < math.inf else NOBODY


@step
def score(arrivals: Array, shape: float, scores: Array) -> None:
    """The scores of those who arrive; 0 where nobody does."""
    for view in range(arrivals.size):
        scores[view] = score_at_arrival(arrivals[view], shape)


@step
def offer_to_brand(
    rate: float, arrivals: Array, first: float, latest: float, beaten: Array, later: Array
) -> None:
    """The brand's chance of each slot of each page view, given the rivals: how it arrives between two of them.

    A brand that bids no more than some amount for anybody arrives at ``first`` at the earliest; after ``latest`` it
    misses the reserve. ``beaten`` [slot + 1, view] becomes the latest arrival that is too good for a slot, which the
    brand therefore does not get, and ``later`` the chance to arrive later than that: what it loses from one slot to the
    next is the chance of the slot.
    """
    for view in range(beaten.shape[1]):
        beaten[0, view], later[0, view] = 0.0, 1.0
    for slot in range(beaten.shape[0] - 1):
        before, after = beaten[slot], beaten[slot + 1]
        for view in range(before.size):
            end = min(arrivals[slot, view], latest)
            after[view] = end if (end > before[view]) & (end > first) else before[view]
        for view in range(before.size):
            later[slot + 1, view] = exp(-rate * after[view])


@step
def rank(views: Views, since: int) -> None:
    """Put the brand among the rivals, in order of arrival, in the page views from ``since`` on.

    A brand that never comes, infinitely late, stands behind everybody.
    """
    came, came_scores = views.came[since:], views.came_scores[since:]
    for r in range(views.arrivals.shape[0]):
        above = max(r - 1, 0)
        here, before = views.arrivals[r, since:], views.arrivals[above, since:]
        who, who_before, ranked = views.who[r, since:], views.who[above, since:], views.ranked[r, since:]
        for view in range(came.size):
            pushed = BRAND if (r == 0) | (before[view] <= came[view]) else who_before[view]
            ranked[view] = who[view] if here[view] <= came[view] else pushed
        scores, scores_before = views.scores[r, since:], views.scores[above, since:]
        ranked_scores = views.ranked_scores[r, since:]
        for view in range(came.size):
            pushed_score = came_scores[view] if (r == 0) | (before[view] <= came[view]) else scores_before[view]
            ranked_scores[view] = scores[view] if here[view] <= came[view] else pushed_score
