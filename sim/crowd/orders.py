"""Orders of people who are customers already, compiled: who catches a need, what it brings, whom it makes talk."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import luck, people, pool, word_of_mouth
from sim.compiled import kernel, step
from sim.crowd.rows import CAUGHT, GOES_SILENT, LEFT, MEMBER, NEEDED, ORDERED, REMOVED, TEMPTED, WANTS, Population
from sim.crowd.settings import AT, HABIT, VALUE
from sim.ledger import COHORT_FIELD, HORIZONS

Array = NDArray[Any]

ORDERS, REVENUE, DISCOUNTS, GOODS = 0, 1, 2, 3
"""Columns of a sales table [world, ...]: a count and three amounts in micro-yuan."""

NO_MONEY = np.int64(0)
FLAGS_COUNTED = (LEFT, REMOVED, GOES_SILENT)

_REPEATS = COHORT_FIELD["repeat_orders"]
_REPEATS_365 = COHORT_FIELD["repeat_orders_365"]
_SECONDS_365 = COHORT_FIELD["second_orders_365"]
_EVER = COHORT_FIELD["contribution_ever"]
_WITHIN = COHORT_FIELD["contribution_30"]
YEAR = 365


@step
def book_contribution(cohort: Array, age_days: int, contribution: int) -> None:
    """Add what an order contributed to its customer's cohort: for ever, and within each horizon of its age."""
    cohort[_EVER] += contribution
    for h in range(len(HORIZONS)):
        if age_days < HORIZONS[h]:
            cohort[_WITHIN + h] += contribution


@step
def _list_price(p: Population, w: int, uniform: float) -> int:
    """What an order is worth at list price, in micro-yuan."""
    relative = p.tables[p.table_of[w], VALUE, people.table_row(uniform)]
    return people.order_value_micro(p.settings[w, AT.order_value_cny], relative)


@step
def _order(day: int, p: Population, w: int, i: int, value: int, discount: int, sales: Array) -> None:
    """One repeat order: the customer's row, the day's sales and the cohort's books."""
    rows = p.rows
    goods = people.share_of_micro(value, 1.0 - p.settings[w, AT.margin_share])
    sales[ORDERS] += 1
    sales[REVENUE] += value
    sales[DISCOUNTS] += discount
    sales[GOODS] += goods
    rows.orders[w, i] += 1
    rows.today[w, i] |= ORDERED
    if rows.flags[w, i] & MEMBER:
        rows.contact_day[w, i] = day
        rows.engagement[w, i] = pool.engagement_after_order(float(rows.engagement[w, i]), p.settings[w, AT.order_gain])
    first_day = int(rows.first_day[w, i])
    age = day - first_day
    cohort = p.cohorts[w, first_day // 7, rows.kind[w, i]]
    cohort[_REPEATS] += 1
    cohort[_REPEATS_365] += age < YEAR
    cohort[_SECONDS_365] += (age < YEAR) & (rows.orders[w, i] == 2)
    book_contribution(cohort, age, value - discount - goods)


@kernel
def settle(
    day: int, p: Population, from_pool: Array, by_itself: Array, waiting: Array, flags_counted: Array
) -> None:
    """Meet today's needs: by the pool, else by themselves, else they wait to be bought back.

    Adds to the sales tables ``from_pool`` and ``by_itself`` [world, 4], to ``waiting`` [world] and to
    ``flags_counted`` [world, 3]: members who left and were removed, customers who went silent.
    """
    for w in range(p.filled.shape[0]):
        s, rows = p.settings[w], p.rows
        for i in range(p.filled[w]):
            today = int(rows.today[w, i])
            if today == 0:
                continue
            for n in range(3):
                flags_counted[w, n] += (today & FLAGS_COUNTED[n]) != 0
            if today & (NEEDED | TEMPTED) == 0:
                continue
            u = luck.draw(p.seeds[w], luck.ORDER, day, rows.person[w, i], 0)
            value = _list_price(p, w, u[1])
            sales, discount = by_itself[w], NO_MONEY
            if today & (TEMPTED | CAUGHT):
                value = people.share_of_micro(value, 1.0 + s[AT.price_premium] * float(rows.tie[w, i]))
                holds = day - int(rows.offer_day[w, i]) < s[AT.offer_valid_days]
                discount = people.share_of_micro(value, s[AT.offer_discount]) if holds else NO_MONEY
                sales = from_pool[w]
            elif u[0] >= s[AT.comes_by_itself]:
                rows.today[w, i] |= WANTS
                waiting[w] += 1
                continue
            _order(day, p, w, i, value, discount, sales)


@kernel
def buy_back(day: int, p: Population, last_rank: Array, bought: Array) -> None:
    """Buy back the waiting needs whose keyed rank is at most ``last_rank`` [world].

    Adds to the sales table ``bought`` [world, 4].
    """
    for w in range(p.filled.shape[0]):
        rows = p.rows
        if last_rank[w] <= 0:
            continue
        for i in range(p.filled[w]):
            if rows.today[w, i] & WANTS == 0:
                continue
            u = luck.draw(p.seeds[w], luck.ORDER, day, rows.person[w, i], 0)
            if u[3] <= last_rank[w]:
                _order(day, p, w, i, _list_price(p, w, u[1]), NO_MONEY, bought[w])


@kernel
def ranks(day: int, p: Population, w: int, found: Array) -> None:
    """The keyed ranks, between 0 and 1, of the waiting needs of one world: where money is short, low ranks go first."""
    n = 0
    for i in range(p.filled[w]):
        if p.rows.today[w, i] & WANTS:
            found[n] = luck.draw(p.seeds[w], luck.ORDER, day, p.rows.person[w, i], 0)[3]
            n += 1


@kernel
def invite(day: int, p: Population, invited: Array, invited_early: Array, queue_length: Array) -> None:
    """Members who ordered today tell neighbours, who arrive tomorrow.

    ``invited`` [world, place] lists people, ``invited_early`` whether the inviter joined in the first 180 counted days.
    ``queue_length`` [world] becomes what was needed, which may exceed the places: widen the queue and call again.
    """
    for w in range(p.filled.shape[0]):
        queue_length[w] = 0
        if p.settings[w, AT.invitations] > 0:
            for i in range(p.filled[w]):
                if p.rows.today[w, i] & ORDERED and p.rows.flags[w, i] & MEMBER:
                    queue_length[w] += _tell(day, p, w, i, invited[w], invited_early[w], queue_length[w])


@step
def _tell(day: int, p: Population, w: int, i: int, invited: Array, invited_early: Array, place: int) -> int:
    """One member's invitations, queued from ``place`` on; returns how many."""
    s, seed, person = p.settings[w], p.seeds[w], int(p.rows.person[w, i])
    habit = p.tables[p.table_of[w], HABIT, people.table_row(luck.draw(seed, luck.TRAITS, 0, person, 0)[2])]
    u = luck.draw(seed, luck.ORDER, day, person, 0)[2]
    tells = word_of_mouth.invitations(s[AT.invitations], habit, float(p.rows.engagement[w, i]), u)
    for k in range(tells):
        if place + k < invited.size:
            which = int(luck.draw(seed, luck.INVITATION, day, person, k)[0] * s[AT.neighbours])
            far = luck.draw(seed, luck.NEIGHBOUR, 0, person, which)
            everybody = int(s[AT.people])
            invited[place + k] = word_of_mouth.neighbour(person, which, everybody, s[AT.rewired_share], far[0], far[1])
            invited_early[place + k] = p.rows.joined_day[w, i] < s[AT.early_joiner_before_day]
    return tells
