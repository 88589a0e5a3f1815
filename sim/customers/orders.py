"""Orders of people who are customers already, compiled: who catches a need, what it brings, whom it makes talk."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.customers.census import LEVELS, count_each
from sim.customers.rows import (
    BLOCK,
    BOUGHT,
    CAUGHT,
    EIGHT,
    EVENTFUL,
    GOES_SILENT,
    LEFT,
    MEMBER,
    NEED,
    NOTHING,
    REMOVED,
    TALKS,
    TEMPTED,
    WANTS,
    Population,
    Rows,
    list_marked,
)
from sim.customers.settings import AT, HABIT, VALUE
from sim.kernel import luck
from sim.kernel.compiled import kernel, room, step
from sim.kernel.ledger import COHORT_FIELD, HORIZONS
from sim.rules import people, points, pool, referral

Array = NDArray[Any]

ORDERS, REVENUE, DISCOUNTS, REFUNDS, COMMISSION, GOODS = range(6)
"""Columns of a sales table [world, ...]: a count, revenue, and what reduces it in the order of ledger.GIVEN_UP, in
micro-yuan."""
SALES = 6

SENT, SEEN, WON_BACK, WAITING, LEAVES, REMOVALS, EXITS, CHARGED = range(8)
POOL, BY_ITSELF, POINTS_EARNED, POINTS_SPENT, IN_POOL = 8, 8 + SALES, 8 + 2 * SALES, 9 + 2 * SALES, 10 + 2 * SALES
TALLY = IN_POOL + LEVELS
"""Places in the tally of a day: messages, needs that wait, members and customers lost, what channels charge in
micro-yuan, two sales tables, points in micro-yuan, the pool in the order of ledger.POOL_LEVELS; its length."""


_REPEATS = COHORT_FIELD["repeat_orders"]
_REPEATS_365 = COHORT_FIELD["repeat_orders_365"]
_SECONDS_365 = COHORT_FIELD["second_orders_365"]
_EVER = COHORT_FIELD["contribution_ever"]
_WITHIN = COHORT_FIELD["contribution_30"]
YEAR = 365


@step
def book_contribution(age_days: int, contribution: int, week: int, kind: int, books: Array) -> None:
    """Add what an order contributed to its customer's cohort: for ever, and within each horizon of its age."""
    books[week, kind, _EVER] += contribution
    for h in range(len(HORIZONS)):
        if age_days < HORIZONS[h]:
            books[week, kind, _WITHIN + h] += contribution


class Desk(NamedTuple):
    """Where the orders of a block are worked on; room for BLOCK of them."""

    found: Array  # [row]: rows where something happens
    seen: Array  # [row], see _fetch; and how many neighbours a member tells
    person: Array  # [row]: who they are
    uniforms: Array  # [4, row]: their luck
    wish: Array  # [row]: of those who may tell others, the uniform for how many


@room
def desk_of(rows: int) -> Desk:
    """Room for the orders of so many rows."""
    return Desk(
        np.empty(rows, np.int64), np.empty(rows, np.int64), np.empty(rows, np.int32), np.empty((4, rows)),
        np.empty(rows),
    )


@step
def take_orders(
    day: int, p: Population, w: int, many: int, looked_for: int, last_rank: float, tally: Array, books: Array,
    desk: Desk,
) -> None:
    """Meet the needs of those of the first ``many`` rows on the desk that bear a mark ``looked_for``.

    First NEED: the pool catches them, or they come by themselves, or they are marked WANTS and wait. Then WANTS: those
    whose keyed rank is at most ``last_rank`` are bought back. Adds to ``tally`` (what is bought back stands in the
    place of BY_ITSELF) and to the cohort books [week, kind, field].
    """
    s, seed, traits, rows = p.settings[w], p.seeds[w], p.tables[p.table_of[w]], p.rows
    today, person, first_day, kind = rows.today[w], rows.person[w], rows.first_day[w], rows.kind[w]
    orders, tie, offer_day, flags = rows.orders[w], rows.tie[w], rows.offer_day[w], rows.flags[w]
    contact_day, engagement, balance = rows.contact_day[w], rows.engagement[w], rows.points[w]
    ordering, telling = np.int64(0), np.int64(0)
    for n in range(many):
        i = desk.found[n]
        desk.found[ordering], desk.person[ordering] = i, person[i]
        ordering += (today[i] & looked_for) != 0
    u = desk.uniforms
    luck.draw_fours(seed, luck.ORDER, day, 0, desk.person, ordering, u)
    for n in range(ordering):
        i = desk.found[n]
        by_pool = (today[i] & (TEMPTED | CAUGHT)) != 0
        if looked_for == WANTS and u[3, n] > last_rank:
            continue
        has_points = ((flags[i] & MEMBER) != 0) & (balance[i] > 0)
        comes = points.comes_back(s[AT.comes_by_itself], s[AT.points_return], has_points)
        if looked_for == NEED and not by_pool and u[0, n] >= comes:
            today[i] |= WANTS
            tally[WAITING] += 1
            continue
        value = people.order_value_micro(s[AT.order_value_cny], traits[VALUE, people.table_row(u[1, n])])
        value = people.share_of_micro(value, 1.0 + by_pool * s[AT.price_premium] * float(tie[i]))
        offered = by_pool & (day - int(offer_day[i]) < s[AT.offer_valid_days])
        discount = people.share_of_micro(value, offered * s[AT.offer_discount])
        discount += people.order_value_micro(s[AT.leaked_coupon_cny], 1.0)
        if s[AT.points_share] > 0 and flags[i] & MEMBER:
            discount += _use_points(s, balance, i, max(value - discount, 0), tally)
        goods = people.share_of_micro(value, 1.0 - s[AT.margin_share])
        refund = people.share_of_micro(max(value - discount - goods, 0), s[AT.refund])
        commission = people.share_of_micro(max(value - discount, 0), by_pool * s[AT.commission])
        orders[i] += 1
        flags[i] |= BOUGHT
        if flags[i] & MEMBER:
            contact_day[i] = day
            engagement[i] = pool.engagement_after_order(engagement[i], s[AT.order_gain])
            desk.found[telling], desk.person[telling], desk.wish[telling] = i, person[i], u[2, n]
            telling += 1
        place = POOL if by_pool else BY_ITSELF
        _book_sale(value, discount, goods, refund, commission, tally[place : place + SALES])
        age, left_over = day - int(first_day[i]), value - discount - goods - refund - commission
        _book_repeat(age, orders[i] == 2, left_over, int(first_day[i]) // 7, kind[i], books)
    if s[AT.invitations] != 0:
        _count_tells(p, w, telling, desk)
        for n in range(telling):
            today[desk.found[n]] |= TALKS if desk.seen[n] > 0 else NOTHING


@step
def _count_tells(p: Population, w: int, many: int, desk: Desk) -> None:
    """How many neighbours each of the first ``many`` members on the desk tells of today's order, as ``desk.seen``."""
    level, habits = p.settings[w, AT.invitations], p.tables[p.table_of[w], HABIT]
    luck.draw_fours(p.seeds[w], luck.TRAITS, 0, 0, desk.person, many, desk.uniforms)
    for n in range(many):
        habit, engagement = habits[people.table_row(desk.uniforms[2, n])], float(p.rows.engagement[w, desk.found[n]])
        desk.seen[n] = referral.invitations(level, habit, engagement, desk.wish[n])


@step
def _use_points(s: Array, balance: Array, i: int, payable: int, tally: Array) -> int:
    """A member pays part of an order with points, and earns some on what it pays in money; returns what it saves."""
    owned = int(balance[i])
    spent = points.points_spent(owned, payable, s[AT.points_most])
    saved = spent * points.FEN
    earned = points.points_earned(owned - spent, payable - saved, s[AT.points_share])
    balance[i] += earned - spent
    tally[POINTS_EARNED] += earned * points.FEN
    tally[POINTS_SPENT] += saved
    return saved


@step
def _book_sale(value: int, discount: int, goods: int, refund: int, commission: int, sales: Array) -> None:
    """Add an order to a sales table."""
    sales[ORDERS] += 1
    sales[REVENUE] += value
    sales[DISCOUNTS] += discount
    sales[GOODS] += goods
    sales[REFUNDS] += refund
    sales[COMMISSION] += commission


@step
def _book_repeat(age_days: int, is_second: bool, contribution: int, week: int, kind: int, books: Array) -> None:
    """Add a repeat order to its customer's cohort."""
    books[week, kind, _REPEATS] += 1
    books[week, kind, _REPEATS_365] += age_days < YEAR
    books[week, kind, _SECONDS_365] += (age_days < YEAR) & is_second
    book_contribution(age_days, contribution, week, kind, books)


@step
def _count_losses(today: Array, places: Array, tally: Array) -> None:
    """Count members who left or were removed and customers who went silent."""
    for i in places:
        tally[LEAVES] += (today[i] & LEFT) != 0
        tally[REMOVALS] += (today[i] & REMOVED) != 0
        tally[EXITS] += (today[i] & GOES_SILENT) != 0


@step
def _fetch(rows: Rows, w: int, places: Array, seen: Array) -> None:
    """Look at what an order needs and a day without one does not, for all of these rows at once.

    The memory brings many rows in the time of one, but order after order would each wait for its own. What is written
    to ``seen`` only keeps the compiler from leaving this out.
    """
    first_day, kind, orders = rows.first_day[w], rows.kind[w], rows.orders[w]
    offer_day, balance = rows.offer_day[w], rows.points[w]
    for n in range(places.size):
        i = places[n]
        seen[n] = first_day[i] + kind[i] + orders[i] + offer_day[i] + balance[i]


@step
def settle(day: int, p: Population, w: int, a: int, b: int, desk: Desk, tally: Array, books: Array) -> None:
    """What the day's needs, messages and losses bring for rows ``a`` to ``b``; ``a`` is a multiple of eight."""
    many = list_marked(p.rows.today[w], a, b, EVENTFUL, desk.found)
    _count_losses(p.rows.today[w], desk.found[:many], tally)
    _fetch(p.rows, w, desk.found[:many], desk.seen)
    take_orders(day, p, w, many, NEED, 0.0, tally, books, desk)


@kernel
def buy_back(day: int, p: Population, last_rank: Array, bought: Array) -> None:
    """Buy back the waiting needs whose rank is at most ``last_rank`` [world]; adds to ``bought`` [world, TALLY]."""
    found, desk, marks = np.empty(BLOCK, np.int64), desk_of(BLOCK), np.empty(1 + EIGHT, np.uint8)
    for w in range(p.filled.shape[0]):
        if last_rank[w] > 0:
            for start in range(0, p.filled[w], BLOCK):
                many = list_marked(p.rows.today[w], start, min(start + BLOCK, p.filled[w]), WANTS, found)
                levels = bought[w, IN_POOL:]
                count_each(day, p.rows, w, found[:many], -1, marks, levels)
                for n in range(many):
                    desk.found[n] = found[n]
                take_orders(day, p, w, many, WANTS, last_rank[w], bought[w], p.cohorts[w], desk)
                count_each(day, p.rows, w, found[:many], 1, marks, levels)


@kernel
def ranks(day: int, p: Population, w: int, found: Array) -> None:
    """The keyed ranks, between 0 and 1, of the waiting needs of one world: where money is short, low ranks go first."""
    n = 0
    for i in range(p.filled[w]):
        if p.rows.today[w, i] & WANTS:
            found[n] = luck.draw(p.seeds[w], luck.ORDER, day, p.rows.person[w, i], 0)[3]
            n += 1


@kernel
def invite(
    day: int, p: Population, invited: Array, invited_early: Array, generations: Array, queue_length: Array
) -> None:
    """Members whose order today makes them tell neighbours do so; these arrive tomorrow.

    ``invited`` [world, place] lists people, ``invited_early`` whether the inviter joined in the first 180 counted days,
    ``generations`` which generation of referred customers the inviter is.
    ``queue_length`` [world] becomes what was needed, which may exceed the places: widen the queue and call again.
    """
    desk = desk_of(BLOCK)
    for w in range(p.filled.shape[0]):
        queue_length[w] = 0
        s, seed, rows = p.settings[w], p.seeds[w], p.rows
        for start in range(0, p.filled[w], BLOCK):
            many = list_marked(rows.today[w], start, min(start + BLOCK, p.filled[w]), TALKS, desk.found)
            for n in range(many):  # what is looked at below comes from memory for many at once, see _fetch
                i = desk.found[n]
                desk.person[n] = rows.person[w, i]
                desk.seen[n] = rows.joined_day[w, i] + rows.generation[w, i] + int(rows.engagement[w, i])
            luck.draw_fours(seed, luck.ORDER, day, 0, desk.person, many, desk.uniforms)
            for n in range(many):
                desk.wish[n] = desk.uniforms[2, n]
            _count_tells(p, w, many, desk)
            for n in range(many):
                i, tells = desk.found[n], desk.seen[n]
                early = s[AT.early_from_day] <= rows.joined_day[w, i] < s[AT.early_before_day]
                place = queue_length[w]
                _tell(day, seed, s, int(desk.person[n]), tells, early, place, invited[w], invited_early[w])
                generations[w, place : place + tells] = rows.generation[w, i]
                queue_length[w] += tells


@step
def _tell(
    day: int, seed: int, s: Array, person: int, tells: int, early: bool, place: int, invited: Array,
    invited_early: Array,
) -> None:
    """One member's invitations, queued from ``place`` on as far as there are places."""
    for k in range(min(tells, invited.size - place)):
        which = int(luck.draw(seed, luck.INVITATION, day, person, k)[0] * s[AT.neighbours])
        far = luck.draw(seed, luck.NEIGHBOUR, 0, person, which)
        everybody = int(s[AT.people])
        invited[place + k] = referral.neighbour(person, which, everybody, s[AT.rewired_share], far[0], far[1])
        invited_early[place + k] = early
