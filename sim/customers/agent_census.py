"""The evening's look at customers who are objects: what they count as, who is gone for good, who ordered this year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.rules import pool

if TYPE_CHECKING:
    from sim.customers.customer import Customer

ENGAGED, WEAK_TIE = float(pool.ENGAGED), float(pool.WEAK_TIE)


def levels_of_the_pool(day: int, customers: Iterable[Customer]) -> tuple[tuple[int, ...], list[Customer]]:
    """How many members there are of each of ledger.POOL_LEVELS; and who, outside the pool, is gone for good."""
    members = silent = muted = active = engaged = weak_ties = 0
    gone, long_ago = [], day - pool.ACTIVE_DAYS
    for each in customers:
        if each.is_member:
            members += 1
            muted += each.is_muted
            active += each.contact_day > long_ago
            if each.has_exited:
                silent += 1
            else:
                engaged += each.engagement > ENGAGED
                weak_ties += each.tie < WEAK_TIE
        elif each.has_exited:
            gone.append(each)
    return (members, active, engaged, weak_ties, muted, silent), gone


def forget_buyers(customers: Iterable[Customer]) -> int:
    """How many customers ordered in the counted year that ends tonight; tomorrow nobody has."""
    buyers = 0
    for each in customers:
        buyers += each.bought_this_year
        each.bought_this_year = False
    return buyers
