"""Every yuan and every count, by world, day and account: whole numbers, so that sums are exact in any order.

Money is whole micro-yuan (int64): 10**12 yuan fit nine times. A world is one scenario under one strategy with one seed.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

MICRO = 1_000_000
"""Micro-yuan in a yuan; also millionths in one, for the two levels that are not counts."""

EARNED: dict[str, str] = {
    "first_paid": "first orders of people who clicked a paid advertisement",
    "first_free": "first orders of visitors who came by themselves",
    "first_referred": "first orders of people whom a member invited",
    "repeat_by_itself": "repeat orders that came back through the public store by themselves",
    "repeat_pool": "repeat orders that the pool caught or a message caused",
    "repeat_bought_back": "repeat orders that a paid re-contact bought back",
}
"""Revenue accounts, at list price."""

GIVEN_UP: dict[str, str] = {
    "discounts": "price cuts of offers, newcomers' coupons, and points that were spent",
    "refunds": "what returned orders would have contributed",
    "commission": "the platform's share of private sales",
    "cost_of_goods": "what the goods cost, and every other cost that an order brings",
}
"""Accounts that reduce contribution."""

MARKETING: dict[str, str] = {
    "ads_new": "paid clicks for new customers, and messages about carts that they left behind",
    "ads_recontact": "paid re-contacts of own customers",
    "join_gifts": "gifts for joining the pool",
    "staff": "people who tend the pool, and bonuses for whom they get to join",
    "accounts": "accounts and tools",
    "events": "events for members",
    "content": "content that is found",
    "referral_rewards": "rewards for bringing new buyers",
}
"""Marketing accounts: paid from the envelope."""

ACCOUNTS: tuple[str, ...] = (*EARNED, *GIVEN_UP, *MARKETING)
ACCOUNT = {name: i for i, name in enumerate(ACCOUNTS)}
_GIVEN_UP = slice(len(EARNED), len(EARNED) + len(GIVEN_UP))

COUNTS: dict[str, str] = {
    # flows of the day
    "clicks": "paid clicks for new customers",
    "orders_first_paid": "first orders after a paid click",
    "orders_first_free": "first orders of visitors",
    "orders_first_referred": "first orders of invited people",
    "orders_by_itself": "repeat orders that came by themselves",
    "orders_pool": "repeat orders caught by the pool or caused by a message",
    "orders_bought_back": "repeat orders bought back",
    "needs_lost": "needs that a competitor got",
    "started": "people who start as customers",
    "started_in_pool": "of these, those who start as members",
    "joins": "people who join the pool at the door",
    "left": "members who leave",
    "removed": "members whom the brand removes as silent",
    "banned": "members lost with an account that the platform took",
    "exited": "customers who silently exit",
    "seen": "messages seen by members",
    "sent": "messages sent to members",
    "win_back_contacts": "inactive members reached again through the public side",
    "visits": "visitors who come without an advertisement",
    "invitations": "people whom members invite",
    "referred_by_early": "referred buyers whose inviter joined in the first 180 counted days",
    "sanctioned": "1 on a day on which the platform cuts the brand's reach",
    "points_earned": "points that members earn, in micro-yuan",
    "points_spent": "points that members pay with, in micro-yuan",
    "underserved": "1 on a day on which the pool's staff could not be paid in full",
    # levels at the end of the day
    "customers": "people who have ordered at least once, or started as customers",
    "members": "members of the pool",
    "active": "members who saw a message or ordered in the last 30 days",
    "engaged": "living members with engagement above 0.3",
    "weak_ties": "living members whose tie is below 0.2",
    "muted": "members who have muted",
    "silent": "members who have silently exited",
    "points": "points that members hold and may still spend, in micro-yuan: what the brand owes them",
    "liveliness": "liveliness of the pool, in millionths",
    "click_price": "expected price of a click for the brand, in micro-yuan",
    "clicks_offered": "clicks that the brand could have bought at its bid",
}
"""What is counted each day. Flows come first, then levels."""

MILLIONTHS: dict[str, str] = {
    "click_price": "click_price_cny", "liveliness": "liveliness_level", "points_earned": "points_earned_cny",
    "points_spent": "points_spent_cny", "points": "points_cny",
}
"""Counts that the books keep in millionths, and what they are called in whole units."""

POOL_LEVELS = ("members", "active", "engaged", "weak_ties", "muted", "silent")
"""Levels that the evening's census of the pool finds, in its order."""

LEFT_OUT_IF_EMPTY = ("points_earned", "points_spent", "points")
"""Counts that stand in a fingerprint only where they hold something: who does not use the mechanism has the same books
as before there was one."""

COUNT_NAMES: tuple[str, ...] = tuple(COUNTS)
COUNT = {name: i for i, name in enumerate(COUNT_NAMES)}

KINDS = ("outside", "joined", "starting")
"""Cohorts are kept apart by whether people joined the pool at the door with their first order; starters are a third."""

EARLY_DAYS = 180
"""R0 looks at those who joined in so many first counted days."""

HORIZONS = (30, 90, 180, 365)
"""Days after the first order at which a cohort's contribution is read."""

COHORT_FIELDS: tuple[str, ...] = (
    "customers",
    "bought_by_ads",
    "referred",
    "repeat_orders",
    "repeat_orders_365",
    "second_orders_365",
    "contribution_first",
    "contribution_30",
    "contribution_90",
    "contribution_180",
    "contribution_365",
    "contribution_ever",
)
"""Sums over the customers of one week and kind; contribution is revenue - discounts - cost of goods, in micro-yuan,
the first order included; ``_30`` and so on end so many days after the first order."""

COHORT_FIELD = {name: i for i, name in enumerate(COHORT_FIELDS)}


class Ledger:
    """The books of several worlds: money, counts and cohorts.

    ``money[world, day, account]``, ``counts[world, day, count]``, ``cohorts[world, week, kind, field]``, all int64.
    Days include warm-up and run-out; the first day lived is 0. ``buyers[world, day]`` stands on the last day of a
    counted year: the people who ordered in it, whom annual reports call active buyers.
    """

    def __init__(self, worlds: int, days: int) -> None:
        self.money = np.zeros((worlds, days, len(ACCOUNTS)), np.int64)
        self.counts = np.zeros((worlds, days, len(COUNT_NAMES)), np.int64)
        self.cohorts = np.zeros((worlds, days // 7 + 1, len(KINDS), len(COHORT_FIELDS)), np.int64)
        self.buyers = np.zeros((worlds, days), np.int64)

    def post(self, day: int, account: str, amount: NDArray[np.int64]) -> None:
        """Book an amount in micro-yuan for every world on an account; costs are positive numbers too."""
        booked = self.money[:, day, ACCOUNT[account]]
        booked += amount

    def give_up(self, day: int, amounts: NDArray[np.int64]) -> None:
        """Book what reduces contribution, in micro-yuan: a table [world, GIVEN_UP]."""
        booked = self.money[:, day, _GIVEN_UP]
        booked += amounts

    def count_all(self, day: int, amounts: NDArray[np.int64]) -> None:
        """Add a table [world, COUNT_NAMES] to the day's counts."""
        self.counts[:, day] += amounts

    def count(self, day: int, name: str, amount: NDArray[Any]) -> None:
        """Add to one of the day's counts for every world, or set a level."""
        counted = self.counts[:, day, COUNT[name]]
        np.add(counted, amount, out=counted, casting="unsafe")

    def count_yesterday(self, day: int, name: str) -> NDArray[np.int64]:
        """One of the counts of the day before, of every world; nothing before the first day."""
        if day == 0:
            return np.zeros(len(self.counts), np.int64)
        return self.counts[:, day - 1, COUNT[name]].copy()

    def money_yesterday(self, day: int, account: str) -> NDArray[np.int64]:
        """What every world booked on an account the day before, in micro-yuan; nothing before the first day."""
        if day == 0:
            return np.zeros(len(self.money), np.int64)
        return self.money[:, day - 1, ACCOUNT[account]].copy()


class Yesterday:
    """What a brand can read in its books in the morning: everything up to the day before, of one world."""

    def __init__(self, books: Ledger, world: int) -> None:
        self._books, self._world = books, world
        self.day = -1
        """The day before today, counted from the first day lived; -1 on the first morning."""

    def money(self, account: str, days: int = 1) -> float:
        """Yuan booked on an account over the last so many days."""
        rows = self._books.money[self._world, max(0, self.day + 1 - days) : self.day + 1, ACCOUNT[account]]
        return float(rows.sum()) / MICRO

    def count(self, name: str, days: int = 1) -> int:
        """One of the counts, summed over the last so many days; see ``level`` for levels."""
        rows = self._books.counts[self._world, max(0, self.day + 1 - days) : self.day + 1, COUNT[name]]
        return int(rows.sum())

    def level(self, name: str) -> float:
        """A level last evening, such as members; liveliness from 0 to 1, click_price in yuan. Nothing on day 0."""
        return self.count(name) / (MICRO if name in MILLIONTHS else 1)


def in_use(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """A table of counts [..., COUNT_NAMES] without those of a mechanism that is not used."""
    idle = [COUNT[name] for name in LEFT_OUT_IF_EMPTY if not counts[..., COUNT[name]].any()]
    return np.delete(counts, idle, axis=-1)


def fingerprint(*arrays: NDArray[np.int64]) -> str:
    """The SHA-256 of exact whole-number tables, in hexadecimal: equal only if every yuan and every count is equal."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(repr(array.shape).encode() + np.ascontiguousarray(array, dtype="<i8").tobytes())
    return digest.hexdigest()
