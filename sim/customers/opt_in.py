"""Who is asked to join the pool, compiled: at which entrance a newcomer is met, and how it answers."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.customers.rows import BOUGHT, MEMBER, Population
from sim.customers.settings import AT, READINESS
from sim.customers.touchpoints import EASE, INTENT, JOINER_COST, MET_BY, NEWCOMERS_SHARE, SEEN_CHANCE
from sim.kernel import luck
from sim.kernel.compiled import step
from sim.kernel.ledger import COHORT_FIELD, KINDS
from sim.rules import opt_in, people

Array = NDArray[Any]

BY_ADS, BY_THEMSELVES, BY_A_FRIEND = 0, 1, 2
"""How newcomers found the brand."""

NO, GLADLY, FOR_THE_GIFT = 0, 1, 2
"""How a newcomer answers the invitation."""

OUTSIDE, JOINED, STARTING = range(len(KINDS))

_CUSTOMERS = COHORT_FIELD["customers"]


class Door(NamedTuple):
    """The door from public to private today, each [world]."""

    open: NDArray[np.bool_]  # newcomers are invited
    gift_cny: NDArray[np.float64]  # what joining brings
    gifts_left: NDArray[np.int64]  # gifts that can still be paid; who comes later is invited without one
    entrances: NDArray[np.float64]  # [world, entrance, settings.ENTRANCE_FIELDS]


class Newcomers(NamedTuple):
    """What arrivals brought, each [world, ...]; the verbs below add to it."""

    sales: NDArray[np.int64]  # [world, orders.SALES]
    joins: NDArray[np.int64]
    gifts: NDArray[np.int64]  # gifts given
    entrance_costs: NDArray[np.int64]  # what entrances cost beside gifts, in micro-yuan
    points: NDArray[np.int64]  # points that joiners earned, in micro-yuan


@step
def _entrance_met(day: int, how: int, seed: int, entrances: Array, person: int) -> int:
    """The first entrance that a newcomer meets, or -1: then there is the invitation in the parcel."""
    for n in range(entrances.shape[0]):
        share = entrances[n, NEWCOMERS_SHARE] if opt_in.is_met(how, int(entrances[n, MET_BY])) else 0.0
        if share > 0.0 and luck.draw(seed, luck.ENTRANCE, day, person, n)[0] < share:
            return n
    return -1


@step
def _accepts(
    s: Array, traits: Array, need: float, notices: float, decides: float, offered_gift_cny: float, seen: float,
    ease: float,
) -> int:
    """Whether a newcomer notices the invitation to the pool and accepts it: NO, GLADLY or FOR_THE_GIFT.

    Decided by three of its uniforms: how often it needs something, whether it notices, and whether it accepts.
    """
    readiness = traits[READINESS, people.table_row(need)]
    without_gift = opt_in.eased(s[AT.accept_without_gift], ease)
    accept = opt_in.accept_chance(offered_gift_cny, without_gift, s[AT.half_gift_cny])
    if notices >= seen or decides >= opt_in.join_chance(accept, readiness, s[AT.self_selection]):
        return NO
    without = opt_in.join_chance(without_gift, readiness, s[AT.self_selection])
    return GLADLY if decides < without else FOR_THE_GIFT


@step
def ask_in(
    day: int, how: int, p: Population, w: int, first: int, traits_luck: Array, order_luck: Array, at: Door,
    new: Newcomers,
) -> None:
    """Today's newcomers from row ``first`` on, with such luck for their traits and their first order [4, newcomer], are
    asked to join, each at the entrance that it meets. A gift that cannot be paid is not offered."""
    s, seed, traits, rows, doors = p.settings[w], p.seeds[w], p.tables[p.table_of[w]], p.rows, at.entrances[w]
    person, kinds, flags, joined_day = rows.person[w], rows.kind[w], rows.flags[w], rows.joined_day[w]
    gifts_left, joins, gifts = at.gifts_left[w], 0, 0
    for i in range(first, p.filled[w]):
        offered, seen, ease = at.gift_cny[w] if gifts < gifts_left else 0.0, s[AT.invitation_seen], 1.0
        met = _entrance_met(day, how, seed, doors, person[i])
        if met >= 0:
            seen, ease = doors[met, SEEN_CHANCE], doors[met, EASE]
        n = i - first
        joins_how = _accepts(s, traits, traits_luck[0, n], order_luck[1, n], order_luck[2, n], offered, seen, ease)
        if joins_how != NO:
            kinds[i], flags[i], joined_day[i] = JOINED, MEMBER | BOUGHT, day
            if joins_how == FOR_THE_GIFT:
                rows.engagement[w, i] *= np.float32(s[AT.gift_joiner_engagement])
            if met >= 0:
                rows.engagement[w, i] *= np.float32(doors[met, INTENT])
                new.entrance_costs[w] += int(doors[met, JOINER_COST])
            joins += 1
            gifts += offered > 0
    at.gifts_left[w] -= gifts
    new.gifts[w] += gifts
    new.joins[w] += joins
    p.cohorts[w, day // 7, OUTSIDE, _CUSTOMERS] -= joins
    p.cohorts[w, day // 7, JOINED, _CUSTOMERS] += joins
