"""First orders, compiled: people whom the brand did not know order, get a row, and may join the pool at the door."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import door, luck, people
from sim.auction import draw_click
from sim.compiled import kernel, step
from sim.crowd.orders import GOODS, ORDERS, REVENUE, book_contribution
from sim.crowd.rows import LONG_AGO, MEMBER, Population, Rows
from sim.crowd.settings import AT, EXIT, NEED, READINESS, VALUE
from sim.ledger import COHORT_FIELD, KINDS

Array = NDArray[Any]

BY_ADS, BY_THEMSELVES, BY_A_FRIEND = 0, 1, 2
"""How newcomers found the brand."""

OUTSIDE, JOINED, STARTING = range(len(KINDS))

VISITORS_ROUNDED, CLICKS_ROUNDED = 1, 2
"""Which of the market's draws of a day rounds which expected number."""

ARRIVES = 65_535
"""Which of a person's draws about invitations decides whether it follows one."""

_CUSTOMERS = COHORT_FIELD["customers"]
_FIRST = COHORT_FIELD["contribution_first"]
_BOUGHT, _REFERRED = COHORT_FIELD["bought_by_ads"], COHORT_FIELD["referred"]


class Door(NamedTuple):
    """The door from public to private today, each [world]."""

    open: NDArray[np.bool_]  # newcomers are invited
    gift_cny: NDArray[np.float64]  # what joining brings
    gifts_left: NDArray[np.int64]  # gifts that can still be paid; who comes later is invited without one


class ClickLaw(NamedTuple):
    """What decides a click's price and how well it suits, a row a world: see auction.draw_click."""

    offered: NDArray[np.float64]  # expected clicks that the brand wins today
    cumulative: NDArray[np.float64]
    price_micro: NDArray[np.int64]
    t_low: NDArray[np.float64]
    t_mass: NDArray[np.float64]
    shape: NDArray[np.float64]
    scale: NDArray[np.float64]
    most: NDArray[np.float64]


class Newcomers(NamedTuple):
    """What arrivals brought, each [world, ...]; the verbs below add to it."""

    sales: NDArray[np.int64]  # [world, 4]: orders, revenue, discounts, cost of goods
    joins: NDArray[np.int64]
    gifts: NDArray[np.int64]  # gifts given


@step
def _is_new(known: Array, person: int) -> bool:
    """Whether the brand meets this person for the first time; from now on it has. One bit a person."""
    bit = 1 << (person & 7)
    before = int(known[person >> 3])
    known[person >> 3] = before | bit
    return before & bit == 0


@step
def _new_row(day: int, p: Population, w: int, person: int, kind: int) -> int:
    """A row for somebody who becomes a customer today; returns its place."""
    i = int(p.filled[w])
    rows, s, traits = p.rows, p.settings[w], p.tables[p.table_of[w]]
    u = luck.draw(p.seeds[w], luck.TRAITS, 0, person, 0)
    rows.person[w, i] = person
    rows.need[w, i] = traits[NEED, people.table_row(u[0])]
    rows.exit[w, i] = traits[EXIT, people.table_row(u[1])]
    rows.engagement[w, i] = s[AT.start_engagement]
    rows.tie[w, i] = s[AT.start_tie]
    rows.fatigue[w, i] = 0.0
    rows.flags[w, i] = 0
    rows.kind[w, i] = kind
    rows.today[w, i] = 0
    rows.orders[w, i] = 1
    rows.first_day[w, i] = day
    rows.joined_day[w, i] = LONG_AGO
    rows.contact_day[w, i] = day
    rows.offer_day[w, i] = LONG_AGO
    p.filled[w] += 1
    p.cohorts[w, day // 7, kind, _CUSTOMERS] += 1
    return i


@step
def _enter_pool(day: int, rows: Rows, w: int, i: int) -> None:
    rows.flags[w, i] = MEMBER
    rows.joined_day[w, i] = day


@step
def _accepts(day: int, p: Population, w: int, person: int, offered_gift_cny: float) -> bool:
    """Whether a newcomer notices the invitation to the pool and accepts it."""
    s, traits = p.settings[w], p.tables[p.table_of[w]]
    u = luck.draw(p.seeds[w], luck.FIRST_ORDER, day, person, 0)
    need = luck.draw(p.seeds[w], luck.TRAITS, 0, person, 0)[0]
    accept = door.accept_chance(offered_gift_cny, s[AT.accept_without_gift], s[AT.half_gift_cny])
    readiness = traits[READINESS, people.table_row(need)]
    return u[1] < s[AT.invitation_seen] and u[2] < door.join_chance(accept, readiness, s[AT.self_selection])


@step
def _first_order(day: int, p: Population, w: int, person: int, how: int, kind: int, sales: Array) -> None:
    """Book a first order in the day's sales and in its cohort."""
    s, values, books = p.settings[w], p.tables[p.table_of[w], VALUE], p.cohorts[w]
    u = luck.draw(p.seeds[w], luck.FIRST_ORDER, day, person, 0)
    value = people.order_value_micro(s[AT.order_value_cny], values[people.table_row(u[0])])
    goods = people.share_of_micro(value, 1.0 - s[AT.margin_share])
    sales[ORDERS] += 1
    sales[REVENUE] += value
    sales[GOODS] += goods
    books[day // 7, kind, _BOUGHT] += how == BY_ADS
    books[day // 7, kind, _REFERRED] += how == BY_A_FRIEND
    books[day // 7, kind, _FIRST] += value - goods
    book_contribution(0, value - goods, day // 7, kind, books)


@kernel
def start_customers(
    day: int, p: Population, strides: Array, cursors: Array, counts: Array, in_pool: Array, started: Array
) -> None:
    """People who are customers from today on. They are spread over the market by a stride, the same for every seed.

    ``counts`` [world] says how many, ``in_pool`` [world] whether they are members; ``cursors`` [world] remembers how
    far each world has come; ``started`` [world] counts those who really did start (people whom the brand knows
    already are passed over).
    """
    for w in range(counts.shape[0]):
        people_count = int(p.settings[w, AT.people])
        while started[w] < counts[w] and cursors[w] < people_count:
            person = int(cursors[w] * strides[w] % people_count)
            cursors[w] += 1
            if not _is_new(p.known[w], person):
                continue
            i = _new_row(day, p, w, person, STARTING)
            if in_pool[w]:
                _enter_pool(day, p.rows, w, i)
            started[w] += 1


@kernel
def welcome(day: int, how: int, p: Population, ordering: Array, number: Array, at: Door, new: Newcomers) -> None:
    """Newcomers who order: ``ordering`` [world, place] lists them, ``number`` [world] says how many.

    ``how`` they came is BY_ADS, BY_THEMSELVES or BY_A_FRIEND. A gift that cannot be paid is not offered.
    """
    for w in range(p.filled.shape[0]):
        for n in range(number[w]):
            person = int(ordering[w, n])
            offered = at.gift_cny[w] if at.gifts_left[w] > 0 else 0.0
            joins = at.open[w] and _accepts(day, p, w, person, offered)
            kind = JOINED if joins else OUTSIDE
            i = _new_row(day, p, w, person, kind)
            if joins:
                _enter_pool(day, p.rows, w, i)
                new.joins[w] += 1
                new.gifts[w] += offered > 0
                at.gifts_left[w] -= offered > 0
            if how == BY_A_FRIEND:
                p.rows.need[w, i] *= p.settings[w, AT.referred_need]
                p.rows.exit[w, i] *= p.settings[w, AT.referred_exit]
            _first_order(day, p, w, person, how, kind, new.sales[w])


@kernel
def follow_invitations(
    day: int, p: Population, invited: Array, early: Array, queue: Array, ordering: Array, number: Array,
    from_early: Array,
) -> None:
    """Which of yesterday's invited neighbours are new and order. Empties the queue."""
    for w in range(p.filled.shape[0]):
        for n in range(queue[w]):
            person = int(invited[w, n])
            u = luck.draw(p.seeds[w], luck.INVITATION, day, person, ARRIVES)
            if u[1] < p.settings[w, AT.invitee_orders] and _is_new(p.known[w], person):
                ordering[w, number[w]] = person
                number[w] += 1
                from_early[w] += early[w, n]
        queue[w] = 0


@kernel
def pass_by(day: int, p: Population, ordering: Array, number: Array) -> None:
    """Which of the visitors who enter without an advertisement are new and order."""
    for w in range(p.filled.shape[0]):
        s = p.settings[w]
        visitors = int(s[AT.visitors_per_day] + luck.draw(p.seeds[w], luck.MARKET, day, 0, VISITORS_ROUNDED)[0])
        for n in range(visitors):
            u = luck.draw(p.seeds[w], luck.VISIT, day, n, 0)
            person = int(u[0] * s[AT.people])
            if u[1] < s[AT.visitor_buys] and _is_new(p.known[w], person):
                ordering[w, number[w]] = person
                number[w] += 1


@kernel
def click(
    day: int, p: Population, law: ClickLaw, money: Array, ordering: Array, number: Array, clicks: Array, spent: Array
) -> None:
    """Clicks are bought one by one until the day's money or attention runs out; each brings somebody from the market.

    Some are customers already: the click is paid and brings nothing, because their needs have a way of their own.
    ``clicks`` and ``spent`` [world, micro-yuan] are added to.
    """
    for w in range(p.filled.shape[0]):
        s = p.settings[w]
        offered = int(law.offered[w] + luck.draw(p.seeds[w], luck.MARKET, day, 0, CLICKS_ROUNDED)[0])
        while clicks[w] < offered and spent[w] < money[w]:
            u = luck.draw(p.seeds[w], luck.CLICK, day, clicks[w], 0)
            price, suits = draw_click(
                law.cumulative[w], law.price_micro[w], law.t_low[w], law.t_mass[w], law.shape[w], law.scale[w],
                law.most[w], u[0], u[1],
            )
            if price > money[w] - spent[w]:
                break
            spent[w] += price
            clicks[w] += 1
            person = int(u[2] * s[AT.people])
            if u[3] < s[AT.first_order_chance] * suits and _is_new(p.known[w], person):
                ordering[w, number[w]] = person
                number[w] += 1


@kernel
def census(day: int, p: Population, levels: Array) -> None:
    """Count each world's pool at the end of the day, in the order of ledger.POOL_LEVELS.

    Active members saw a message or ordered in the last 30 days; engaged ones live and have engagement above 0.3, weak
    ties live and have a tie below 0.2.
    """
    for w in range(p.filled.shape[0]):
        n, rows = p.filled[w], p.rows
        flags, contact_day = rows.flags[w, :n], rows.contact_day[w, :n]
        engagement, tie = rows.engagement[w, :n], rows.tie[w, :n]
        members = active = engaged = weak = muted = silent = 0
        for i in range(n):
            flag = int(flags[i])
            member = flag & 1
            gone = (flag >> 2) & member
            members += member
            muted += (flag >> 1) & member
            silent += gone
            active += member & (day - int(contact_day[i]) < 30)
            engaged += member & (gone ^ 1) & (engagement[i] > 0.3)
            weak += member & (gone ^ 1) & (tie[i] < 0.2)
        levels[w, 0], levels[w, 1], levels[w, 2] = members, active, engaged
        levels[w, 3], levels[w, 4], levels[w, 5] = weak, muted, silent
