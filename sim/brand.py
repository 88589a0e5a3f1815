"""The brand's side of a day, over several worlds: plans, the purse, the calendar of messages, what a bid may dare."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.ledger import COHORT_FIELD, KINDS, MICRO, Ledger, Yesterday
from sim.policies import Plan, Policy
from sim.pool import CONTENT, NO_MESSAGE, OFFER
from sim.scenario import DAYS_PER_MONTH, Scenario

MOST_MESSAGES_A_DAY = 8
NO_END = 10**18
"""More micro-yuan than anybody can spend."""

BID_MEMORY_DAYS = 30
"""A lifetime-value bid looks at cohorts that are at least so old."""

_FIRST, _EVER = COHORT_FIELD["contribution_first"], COHORT_FIELD["contribution_ever"]
_CUSTOMERS = COHORT_FIELD["customers"]

Micro = NDArray[np.int64]


class Brands:
    """One brand a world: what it plans, and what it has left to spend.

    ``purse`` and ``pool_purse`` are micro-yuan; the first is the envelope with what earlier days left over or lacked,
    the second the part of it that is meant for the pool, likewise carried on.
    """

    def __init__(self, scenarios: Sequence[Scenario], policies: Sequence[Policy], books: Ledger) -> None:
        worlds = len(scenarios)
        self._books, self._policies = books, policies
        self._scenarios = scenarios
        self._yesterdays = [Yesterday(books, w) for w in range(worlds)]
        self._plans: list[Plan | None] = [None] * worlds
        self.envelope = _micro([s.brand.budget_cny_per_day for s in scenarios])
        self.purse, self.pool_purse = np.zeros(worlds, np.int64), np.zeros(worlds, np.int64)
        self.invites, self.buys_back = np.zeros(worlds, np.bool_), np.zeros(worlds, np.bool_)
        self.gift_cny, self._pool_share = np.zeros(worlds), np.zeros(worlds)
        self._ad_share, self._tends = np.ones(worlds), np.ones(worlds, np.bool_)
        self._messages_a_day, self._offer_share = np.zeros(worlds), np.zeros(worlds)
        self._messages_due, self._offers_due = np.zeros(worlds), np.zeros(worlds)
        self._service = np.array([s.pool.service_cny_per_month * MICRO / DAYS_PER_MONTH for s in scenarios])
        self._on_top = np.array([s.brand.pool_costs == "on_top" for s in scenarios])
        self._back_chance = np.array([s.public.returning_order_chance for s in scenarios])
        self._back_worth = _micro([s.market.margin_share * s.market.order_value_cny for s in scenarios])
        self._may_buy_back = np.array([s.switches.buy_back for s in scenarios])
        self._bids_lifetime = [w for w, s in enumerate(scenarios) if s.brand.bidding == "lifetime_value"]

    def wake_up(self, day: int) -> None:
        """A new day: the envelope arrives, and every strategy decides."""
        self.purse += self.envelope
        for w, policy in enumerate(self._policies):
            self._yesterdays[w].day = day - 1
            plan = policy.decide(self._yesterdays[w])
            if plan is not self._plans[w]:
                self._adopt(w, plan)
        self.pool_purse += np.rint(self._pool_share * self.envelope).astype(np.int64)

    def _adopt(self, w: int, plan: Plan) -> None:
        self._plans[w] = plan
        self.invites[w], self.buys_back[w] = plan.invites, plan.buys_back and self._may_buy_back[w]
        self.gift_cny[w], self._pool_share[w] = plan.gift_cny, plan.pool_budget_share
        self._messages_a_day[w] = plan.messages_per_month / DAYS_PER_MONTH
        self._offer_share[w] = plan.offer_share
        self._ad_share[w], self._tends[w] = plan.ad_share, plan.tends

    def spend(self, amount: Micro, *, on_new_customers: bool = False, on_pool: bool = False) -> None:
        """Take money from the purse; where the pool's costs come on top, only advertisements for new customers do."""
        within = np.where(self._on_top, 0, amount)
        self.purse -= amount if on_new_customers else within
        if on_pool:
            self.pool_purse -= within

    @property
    def upkeep_money(self) -> Micro:
        """What can be spent today on staff, gifts and re-contacts, in micro-yuan: no end where they come on top."""
        return np.where(self._on_top, NO_END, np.maximum(self.purse, 0))

    def staff_due(self, members: Micro) -> Micro:
        """What tending so many members for a day costs; nothing where nobody tends them."""
        return np.rint(members * self._service * self._tends).astype(np.int64)

    def messages_today(self, served: NDArray[np.bool_]) -> NDArray[np.int8]:
        """Today's messages [world, place]; a pool whose staff is not paid gets none. Spread evenly over the month."""
        self._messages_due += self._messages_a_day
        messages = np.full((len(self.purse), MOST_MESSAGES_A_DAY), NO_MESSAGE, np.int8)
        for place in range(MOST_MESSAGES_A_DAY):
            due = self._messages_due >= 1.0
            if not due.any():
                break
            self._messages_due -= due
            self._offers_due += due * self._offer_share
            offers = due & (self._offers_due >= 1.0 - 1e-9)
            self._offers_due -= offers
            messages[:, place] = np.where(due & served & self._tends, np.where(offers, OFFER, CONTENT), NO_MESSAGE)
        self.messages_of_today = messages
        return messages

    def price_of_buying_back(self, click_price: Micro) -> Micro:
        """The expected cost of one order bought back: clicks until a customer orders."""
        return np.ceil(click_price / np.maximum(self._back_chance, 1e-9)).astype(np.int64)

    def affordable_back(self, price: Micro) -> Micro:
        """How many needs the brand would buy back at that price each: none if it does not pay."""
        pays = self.buys_back & (price <= self._back_worth) & (self._back_chance > 0)
        return np.where(pays, self.upkeep_money // np.maximum(price, 1), 0)

    def gifts_affordable(self) -> Micro:
        """How many gifts the purse can pay; gifts that cost nothing need not be paid."""
        gift = self.gift_micro
        return np.where(gift > 0, self.upkeep_money // np.maximum(gift, 1), 0)

    @property
    def gift_micro(self) -> Micro:
        """What a gift costs, in micro-yuan."""
        return _micro(self.gift_cny)

    def ad_money(self, reserved: Micro) -> Micro:
        """What is left for advertisements after a reserve for gifts, in micro-yuan."""
        reserved = np.where(self._on_top, 0, np.maximum(reserved, 0))
        left = np.maximum(self.purse - reserved, 0)
        return np.where(self._ad_share == 1.0, left, np.rint(left * self._ad_share).astype(np.int64))

    def door_is_open(self) -> NDArray[np.bool_]:
        """Whether newcomers are asked to join: the strategy wants it, and the pool lives within its budget."""
        return self.invites & (self.pool_purse >= 0)

    def bid_ceiling_cny(self, day: int) -> NDArray[np.float64]:
        """The most that each world's brand bids for a click if it bids by lifetime value; infinite otherwise."""
        ceiling = np.full(len(self.purse), np.inf)
        for w in self._bids_lifetime:
            scenario = self._scenarios[w]
            first = scenario.market.margin_share * scenario.market.order_value_cny
            dares = scenario.brand.later_margin_weight_share * scenario.switches.lifetime_value_bidding
            ceiling[w] = scenario.public.first_order_chance * (first + dares * self._later_margin_cny(w, day))
        return ceiling

    def _later_margin_cny(self, w: int, day: int) -> float:
        """What customers of at least a month's standing have brought beyond their first order, each on average."""
        weeks = max(0, (day - BID_MEMORY_DAYS) // 7)
        cohorts = self._books.cohorts[w, :weeks, : KINDS.index("starting")].sum(axis=(0, 1))
        return float(cohorts[_EVER] - cohorts[_FIRST]) / MICRO / max(int(cohorts[_CUSTOMERS]), 1)


def _micro(yuan: Sequence[float] | NDArray[np.float64]) -> Micro:
    return np.rint(np.asarray(yuan, np.float64) * MICRO).astype(np.int64)
