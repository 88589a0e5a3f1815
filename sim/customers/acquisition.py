"""First orders, compiled: people whom the brand did not know order, get a row, and may join the pool at the door."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.customers.opt_in import BY_A_FRIEND, BY_ADS, OUTSIDE, STARTING, Door, Newcomers, ask_in
from sim.customers.orders import DISCOUNTS, GOODS, ORDERS, REFUNDS, REVENUE, book_contribution
from sim.customers.rows import BOUGHT, LONG_AGO, MEMBER, NOTHING, Population
from sim.customers.settings import AT, EXIT, NEED, VALUE
from sim.customers.touchpoints import MEMBER_SHARE
from sim.kernel import luck
from sim.kernel.compiled import kernel, narrow, room, step
from sim.kernel.ledger import COHORT_FIELD
from sim.rules import people, points
from sim.rules.auction import fill_guide, find_places, suits_how_well

Array = NDArray[Any]

VISITORS_ROUNDED, CLICKS_ROUNDED = 1, 2
"""Which of the market's draws of a day rounds which expected number."""

ARRIVES = 65_535
"""Which of a person's draws about invitations decides whether it follows one."""

AT_ONCE = 256
"""Clicks, or newcomers, whose luck is drawn together."""
PARTS_OF_CHANCE = 256
"""Parts of the day's clicks with a known first place; a power of two, so that no rounding can miss a place."""
CHANNEL_TRAIT = 1
"""A person's draw of traits after so many more says whether it follows the n-th channel; the first, 0, is of traits.
The draw for the pool's own channel is used only where some members are not on it."""

_CUSTOMERS = COHORT_FIELD["customers"]
_FIRST = COHORT_FIELD["contribution_first"]
_BOUGHT, _REFERRED = COHORT_FIELD["bought_by_ads"], COHORT_FIELD["referred"]


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


@step
def _is_new(known: Array, person: int) -> bool:
    """Whether the brand meets this person for the first time; from now on it has. One bit a person."""
    bit = 1 << (person & 7)
    before = int(known[person >> 3])
    known[person >> 3] = before | bit
    return before & bit == 0


@step
def _followed(seed: int, channels: Array, count: int, person: int) -> int:
    """The channels that a person would follow in the pool, as bits."""
    followed = 1 if channels[0, MEMBER_SHARE] >= 1.0 else 0
    for k in range(1 if followed else 0, count):
        followed |= (luck.draw(seed, luck.TRAITS, 0, person, CHANNEL_TRAIT + k)[0] < channels[k, MEMBER_SHARE]) << k
    return followed


@step
def _lay_rows(day: int, p: Population, w: int, newcomers: Array, first: int, kind: int, luck_of: Array) -> None:
    """Rows, from ``first`` on, for newcomers with such luck for their traits, outside the pool for now."""
    s, seed, traits, rows = p.settings[w], p.seeds[w], p.tables[p.table_of[w]], p.rows
    person, need, exits, orders = rows.person[w], rows.need[w], rows.exit[w], rows.orders[w]
    engagement, tie, fatigue = rows.engagement[w], rows.tie[w], rows.fatigue[w]
    flags, kinds, today, first_day = rows.flags[w], rows.kind[w], rows.today[w], rows.first_day[w]
    joined_day, contact_day, offer_day = rows.joined_day[w], rows.contact_day[w], rows.offer_day[w]
    for n in range(newcomers.size):
        i = first + n
        person[i], kinds[i], orders[i] = newcomers[n], kind, 1
        need[i] = traits[NEED, people.table_row(luck_of[0, n])]
        exits[i] = traits[EXIT, people.table_row(luck_of[1, n])]
        engagement[i], tie[i], fatigue[i] = s[AT.start_engagement], s[AT.start_tie], 0.0
        flags[i], today[i], rows.generation[w, i] = BOUGHT, NOTHING, 0
        first_day[i], contact_day[i] = day, day
        joined_day[i], offer_day[i] = LONG_AGO, LONG_AGO
        rows.channels[w, i] = _followed(seed, p.channels[w], p.channel_count[w], newcomers[n])


@step
def _book_first_orders(day: int, how: int, p: Population, w: int, first: int, luck_of: Array, new: Newcomers) -> None:
    """What today's newcomers from row ``first`` on bought first."""
    s, traits, books, week = p.settings[w], p.tables[p.table_of[w]], p.cohorts[w], day // 7
    kinds, sales = p.rows.kind[w], new.sales[w]
    for i in range(first, p.filled[w]):
        value = people.order_value_micro(s[AT.order_value_cny], traits[VALUE, people.table_row(luck_of[0, i - first])])
        goods = people.share_of_micro(value, 1.0 - s[AT.margin_share])
        coupon = min(people.order_value_micro(s[AT.coupon_cny], 1.0), value)
        refund = people.share_of_micro(max(value - coupon - goods, 0), s[AT.refund])
        sales[ORDERS] += 1
        sales[REVENUE] += value
        sales[DISCOUNTS] += coupon
        sales[GOODS] += goods
        sales[REFUNDS] += refund
        if s[AT.points_share] > 0 and p.rows.flags[w, i] & MEMBER:
            p.rows.points[w, i] = points.points_earned(0, value - coupon, s[AT.points_share])
            new.points[w] += p.rows.points[w, i] * points.FEN
        contribution = value - coupon - goods - refund
        books[week, kinds[i], _BOUGHT] += how == BY_ADS
        books[week, kinds[i], _REFERRED] += how == BY_A_FRIEND
        books[week, kinds[i], _FIRST] += contribution
        book_contribution(0, contribution, week, kinds[i], books)


@kernel
def next_in_line(p: Population, strides: Array, cursors: Array, counts: Array, starting: Array, started: Array) -> None:
    """Who are customers from today on. They are spread over the market by a stride, the same for every seed.

    ``counts`` [world] says how many; ``cursors`` [world] remembers how far each world has come; ``starting``
    [world, place] lists them, and ``started`` [world] counts those who really do start (people whom the brand knows
    already are passed over).
    """
    for w in range(counts.shape[0]):
        people_count, known = int(p.settings[w, AT.people]), p.known[w]
        person = int(cursors[w] * strides[w] % people_count)
        while started[w] < counts[w] and cursors[w] < people_count:
            if _is_new(known, person):
                starting[w, started[w]] = person
                started[w] += 1
            cursors[w] += 1
            person += strides[w] if person < people_count - strides[w] else strides[w] - people_count


@kernel
def start_customers(day: int, tasks: Array, p: Population, starting: Array, in_pool: Array) -> None:
    """Rows, after those in use, for the people of each task (world, first and after the last place in ``starting``).

    ``in_pool`` [world] says whether they are members.
    """
    luck_of = np.empty((4, AT_ONCE))
    for task in range(tasks.shape[0]):
        w, a, b = tasks[task, 0], tasks[task, 1], tasks[task, 2]
        for start in range(a, b, AT_ONCE):
            stop, first = min(start + AT_ONCE, b), p.filled[w]
            people_of = starting[w, start:stop]
            luck.draw_fours(p.seeds[w], luck.TRAITS, 0, 0, people_of, stop - start, luck_of)
            _lay_rows(day, p, w, people_of, first + start, STARTING, luck_of)
            if in_pool[w]:
                p.rows.flags[w, first + start : first + stop] = MEMBER | BOUGHT
                p.rows.joined_day[w, first + start : first + stop] = day


@kernel
def welcome(
    day: int, how: int, p: Population, ordering: Array, generations: Array, number: Array, at: Door, new: Newcomers
) -> None:
    """Newcomers who order: ``ordering`` [world, place] lists them, ``number`` [world] says how many.

    ``how`` they came is BY_ADS, BY_THEMSELVES or BY_A_FRIEND, ``generations`` which generation of referred customers
    they are. They may join the pool at the door.
    """
    traits_luck, order_luck = np.empty((4, AT_ONCE)), np.empty((4, AT_ONCE))
    for w in range(p.filled.shape[0]):
        seed = p.seeds[w]
        for start in range(0, number[w], AT_ONCE):
            newcomers, first = ordering[w, start : min(start + AT_ONCE, number[w])], p.filled[w]
            luck.draw_fours(seed, luck.TRAITS, 0, 0, newcomers, newcomers.size, traits_luck)
            luck.draw_fours(seed, luck.FIRST_ORDER, day, 0, newcomers, newcomers.size, order_luck)
            _lay_rows(day, p, w, newcomers, first, OUTSIDE, traits_luck)
            p.filled[w] += newcomers.size
            p.cohorts[w, day // 7, OUTSIDE, _CUSTOMERS] += newcomers.size
            if at.open[w]:
                ask_in(day, how, p, w, first, traits_luck, order_luck, at, new)
            if how == BY_A_FRIEND:
                _are_referred(p, w, first, generations[w, start:])
            _book_first_orders(day, how, p, w, first, order_luck, new)


@step
def _are_referred(p: Population, w: int, first: int, generations: Array) -> None:
    """Those from row ``first`` on came by a friend: they need more, and stay longer."""
    need_factor, exit_factor = narrow(p.settings[w, AT.referred_need]), narrow(p.settings[w, AT.referred_exit])
    for i in range(first, p.filled[w]):
        p.rows.need[w, i] *= need_factor
        p.rows.exit[w, i] *= exit_factor
        p.rows.generation[w, i] = generations[i - first]


@kernel
def follow_invitations(
    day: int, p: Population, invited: Array, early: Array, inviters: Array, queue: Array, ordering: Array,
    generations: Array, number: Array, from_early: Array, tiers: Array,
) -> None:
    """Which of yesterday's invited neighbours are new and order. Empties the queue.

    ``inviters`` [world, place] is the generation of who invited; ``generations`` becomes that of who orders, 255 at
    most. ``tiers`` [world, tier] counts those who order with at least so many and one referrers above them.
    """
    luck_of = np.empty((4, AT_ONCE))
    for w in range(p.filled.shape[0]):
        for start in range(0, queue[w], AT_ONCE):
            many = min(AT_ONCE, queue[w] - start)
            luck.draw_fours(p.seeds[w], luck.INVITATION, day, ARRIVES, invited[w, start:], many, luck_of)
            for n in range(start, start + many):
                person = int(invited[w, n])
                if luck_of[1, n - start] < p.settings[w, AT.invitee_orders] and _is_new(p.known[w], person):
                    ordering[w, number[w]] = person
                    generation = min(int(inviters[w, n]) + 1, 255)
                    generations[w, number[w]] = generation
                    for above in range(min(generation, tiers.shape[1])):
                        tiers[w, above] += 1
                    number[w] += 1
                    from_early[w] += early[w, n]
        queue[w] = 0


@kernel
def pass_by(day: int, p: Population, expected: Array, ordering: Array, number: Array, visits: Array) -> None:
    """Which of the visitors who enter without an advertisement, ``expected`` [world] a day, are new and order."""
    for w in range(p.filled.shape[0]):
        s = p.settings[w]
        visits[w] = int(expected[w] + luck.draw(p.seeds[w], luck.MARKET, day, 0, VISITORS_ROUNDED)[0])
        for n in range(visits[w]):
            u = luck.draw(p.seeds[w], luck.VISIT, day, n, 0)
            person = int(u[0] * s[AT.people])
            if u[1] < s[AT.visitor_buys] and _is_new(p.known[w], person):
                ordering[w, number[w]] = person
                number[w] += 1


class Visits(NamedTuple):
    """Some clicks of a day in a row, from which people arrive."""

    numbers: Array  # [click]: which of the day's clicks
    uniforms: Array  # [2, click]: where, and whether the person may order
    guide: Array  # see auction.fill_guide
    places: Array  # [click]: where in the market
    luck: Array  # [4, click] of those who may order


@room
def visits_of() -> Visits:
    """Room for as many clicks as are looked at together."""
    return Visits(
        np.empty(AT_ONCE, np.int32), np.empty((2, AT_ONCE), np.float32),
        np.empty(PARTS_OF_CHANCE, np.int64), np.empty(AT_ONCE, np.int64), np.empty((4, AT_ONCE)),
    )


@step
def _buy(many: int, prices: Array, places: Array, money: int) -> tuple[int, int]:
    """Buy clicks at these places one by one, until there are so many or money runs out; returns how many, and what is
    left."""
    bought = 0
    while bought < many and money > 0 and prices[places[bought]] <= money:
        money -= prices[places[bought]]
        bought += 1
    return bought, money


@step
def _bring(
    day: int, p: Population, law: ClickLaw, w: int, bought: int, visits: Visits, ordering: Array, number: int
) -> int:
    """Who of those who clicked orders, as the first of the clicks bought; lists them from ``number`` on."""
    s, places, wish, u = p.settings[w], visits.places, visits.uniforms[1], visits.luck
    chance, most = s[AT.first_order_chance], law.most[w]
    t_low, t_mass, some = law.t_low[w], law.t_mass[w], 0
    for n in range(bought):  # most people do not order however well the brand suits them
        places[some], wish[some], visits.numbers[some] = places[n], wish[n], visits.numbers[n]
        some += wish[n] < chance * most
    luck.draw_fours(p.seeds[w], luck.CLICKER, day, 0, visits.numbers, some, u)
    suits, who = u[2], u[1]
    for n in range(some):
        at = places[n]
        suits[n] = suits_how_well(t_low[at], t_mass[at], law.shape[w], law.scale[w], most, u[0, n])
    for n in range(some):
        person = int(who[n] * s[AT.people])
        if wish[n] < chance * suits[n] and _is_new(p.known[w], person):
            ordering[number] = person
            number += 1
    return number


@kernel
def click(
    day: int, p: Population, law: ClickLaw, money: Array, ordering: Array, number: Array, clicks: Array, spent: Array
) -> None:
    """Clicks are bought one by one until the day's money or attention runs out; each brings somebody from the market.

    Some are customers already: the click is paid and brings nothing, because their needs have a way of their own.
    ``clicks`` and ``spent`` [world, micro-yuan] are added to.
    """
    visits = visits_of()
    for w in range(p.filled.shape[0]):
        seed, left, bought = p.seeds[w], money[w], 0
        offered = int(law.offered[w] + luck.draw(seed, luck.MARKET, day, 0, CLICKS_ROUNDED)[0])
        fill_guide(law.cumulative[w], visits.guide)
        while bought < offered:
            many = min(offered - bought, AT_ONCE)
            for k in range(AT_ONCE):
                visits.numbers[k] = bought + k
            luck.draw_twos(seed, luck.CLICK, day, 0, visits.numbers, 0, AT_ONCE, visits.uniforms)
            find_places(law.cumulative[w], visits.guide, visits.uniforms[0], many, visits.places)
            paid, left = _buy(many, law.price_micro[w], visits.places, left)
            number[w] = _bring(day, p, law, w, paid, visits, ordering[w], number[w])
            bought += paid
            if paid < many:
                break
        clicks[w] += bought
        spent[w] += money[w] - left
