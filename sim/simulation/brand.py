"""The brand's side of a day, over several worlds: plans, the purse, what a bid may dare."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import DAYS_PER_MONTH, Scenario
from sim.kernel import luck
from sim.kernel.ledger import ACCOUNT, COHORT_FIELD, EARNED, GIVEN_UP, KINDS, MICRO, Ledger, Yesterday
from sim.rules.platform import (
    ENFORCEMENT,
    LATER_SANCTION_ACCOUNTS_SHARE,
    SANCTION_DAYS,
    daily_chance,
    daily_from_monthly,
)
from sim.rules.referral import TIERS
from sim.rules.spillover import MARGIN_DAYS, lookalike_factor, quality_after_a_day, squeeze
from sim.simulation.messages import Messages
from sim.strategies import Plan, Policy, plan_of

NO_END = 10**18
"""More micro-yuan than anybody can spend."""

BID_MEMORY_DAYS = 30
"""A lifetime-value bid looks at cohorts that are at least so old."""

_FIRST, _EVER = COHORT_FIELD["contribution_first"], COHORT_FIELD["contribution_ever"]
_CUSTOMERS = COHORT_FIELD["customers"]
_EARNED, _GIVEN_UP = [ACCOUNT[name] for name in EARNED], [ACCOUNT[name] for name in GIVEN_UP]
_ADVERTISING = [ACCOUNT["ads_new"], ACCOUNT["ads_recontact"]]

Micro = NDArray[np.int64]


class Brands:
    """One brand a world: what it plans, and what it has left to spend.

    ``purse`` and ``pool_purse`` are micro-yuan; the first is the envelope with what earlier days left over or lacked,
    the second the part of it that is meant for the pool, likewise carried on. ``bonuses_due`` is what yesterday's
    joiners cost at their entrances, paid with the staff. ``gift_cny`` and ``gift_micro`` are today's gift for joining.
    ``targeting`` is by how much better a click suits than without what the pool has taught, ``quality`` how much of a
    need the goods still meet; usually 1.
    """

    def __init__(
        self, scenarios: Sequence[Scenario], policies: Sequence[Policy], seeds: Sequence[int], books: Ledger
    ) -> None:
        worlds = len(scenarios)
        self._books, self._policies = books, policies
        self._scenarios, self._seeds = scenarios, seeds
        self._yesterdays = [Yesterday(books, w) for w in range(worlds)]
        self._plans: list[Plan | None] = [None] * worlds
        self.envelope = _micro([s.brand.budget_cny_per_day for s in scenarios])
        self.purse, self.pool_purse = np.zeros(worlds, np.int64), np.zeros(worlds, np.int64)
        self.invites, self.buys_back = np.zeros(worlds, np.bool_), np.zeros(worlds, np.bool_)
        self.gift_cny, self.gift_micro = np.zeros(worlds), np.zeros(worlds, np.int64)
        self._for_the_pool = np.zeros(worlds, np.int64)
        self._most_ads, self._tends = np.full(worlds, NO_END), np.ones(worlds, np.bool_)
        self.messages = Messages(scenarios)
        self.promises, self._promised_before = np.ones(worlds, np.bool_), np.zeros(worlds, np.bool_)
        self._keeps_promises = np.ones(worlds, np.bool_)
        self.bonuses_due = np.zeros(worlds, np.int64)
        self._service = np.array([s.pool.service_cny_per_month * MICRO / DAYS_PER_MONTH for s in scenarios])
        self._within = np.array([s.brand.pool_costs != "on_top" for s in scenarios], np.int64)
        self._at_least = np.where(self._within, 0, NO_END)
        self._back_chance = np.array([s.public.returning_order_chance for s in scenarios])
        self._back_worth = _micro([s.market.margin_share * s.market.order_value_cny for s in scenarios])
        self._may_buy_back = np.array([s.switches.buy_back for s in scenarios])
        self._adopt_house_rules(scenarios)
        self.targeting, self.quality = np.ones(worlds), np.ones(worlds)
        lifts = [s.public.lookalike_lift_share * s.switches.lookalikes for s in scenarios]
        losses = [s.market.quality_loss_share * s.switches.quality_erosion for s in scenarios]
        self._teaches, self._erodes = np.flatnonzero(lifts).tolist(), np.flatnonzero(losses).tolist()
        self._bids_lifetime = [w for w, s in enumerate(scenarios) if s.brand.bidding == "lifetime_value"]

    def _adopt_house_rules(self, scenarios: Sequence[Scenario]) -> None:
        """What the scenarios say about accounts, events, care, content, rewards and the platform, as arrays."""
        def of(value: Callable[[Scenario], float]) -> NDArray[np.float64]:
            return np.array([float(value(s)) for s in scenarios])

        self._operators = of(lambda s: s.platform.operator_members_count).astype(np.int64)
        self._service *= of(lambda s: 1.0 - s.platform.automation_share)
        self._account_size = of(lambda s: s.platform.account_members_count).astype(np.int64)
        self._account_cost = of(lambda s: s.platform.account_cny_per_month * MICRO / DAYS_PER_MONTH)
        self._daily_bans = of(lambda s: daily_chance(_bans_a_year(s)))
        self.recovered_share = of(lambda s: s.platform.recovered_share)
        self._watched = [w for w, s in enumerate(scenarios) if _is_watched(s)]
        self._induces = [s.switches.rewards and s.word_of_mouth.reward_cny > 0 for s in scenarios]
        self._sanctions, self._cut_until = [0] * len(scenarios), np.zeros(len(scenarios), np.int64)
        self._reach, self._reach_cut = np.ones(len(scenarios)), of(lambda s: s.platform.reach_cut_share)
        self._tier_rewards = np.array([_tier_rewards(s) for s in scenarios])
        self._pays_rewards = bool(self._tier_rewards.any())
        self._seeding = _micro([s.content.seeding_cny_per_day * s.switches.content_seeding for s in scenarios])
        self._visits_per_cny = of(lambda s: s.content.visits_per_cny)
        self._content_stays = of(lambda s: 0.5 ** (1.0 / s.content.half_life_days))
        self._content_pull = np.zeros(len(scenarios))
        self._posts = of(lambda s: s.content.post_visits_per_day * s.switches.content_seeding)
        self._seeks_visits = bool(self._seeding.any() or self._posts.any())
        self._cart_cost = of(_cart_cost_a_click)
        self._passers_by = of(lambda s: s.visitors.passers_by_per_day * s.visitors.enter_share)

    def wake_up(self, day: int) -> None:
        """A new day: the envelope arrives, and every strategy decides."""
        self.purse += self.envelope
        self._promised_before, self.promises = self.promises, self._keeps_promises
        for w, policy in enumerate(self._policies):
            self._yesterdays[w].day = day - 1
            plan = plan_of(policy, self._yesterdays[w], self._plans[w])
            if plan is not self._plans[w]:
                self._adopt(w, plan)
        self.pool_purse += self._for_the_pool
        for w in self._teaches:
            public, active = self._scenarios[w].public, self._yesterdays[w].count("active")
            self.targeting[w] = lookalike_factor(active, public.lookalike_lift_share, public.half_lookalike_people)
        for w in self._erodes:
            self._let_quality_follow(w, day)

    def _let_quality_follow(self, w: int, day: int) -> None:
        market = self._scenarios[w].market
        month = self._books.money[w, max(0, day - MARGIN_DAYS) : day].sum(axis=0)
        contribution = int(month[_EARNED].sum() - month[_GIVEN_UP].sum())
        pressed = squeeze(int(month[_ADVERTISING].sum()), contribution, market.quality_margin_share)
        self.quality[w] = quality_after_a_day(
            float(self.quality[w]), pressed, market.quality_loss_share, market.quality_days
        )

    def _adopt(self, w: int, plan: Plan) -> None:
        self._plans[w] = plan
        self.invites[w], self.buys_back[w] = plan.invites, plan.buys_back and self._may_buy_back[w]
        self.gift_cny[w], self.gift_micro[w] = plan.gift_cny, round(float(plan.gift_cny) * MICRO)
        self._for_the_pool[w] = round(float(plan.pool_budget_share) * int(self.envelope[w]))
        self._most_ads[w] = min(round(min(plan.most_ads_cny, NO_END) * MICRO), NO_END)
        self._tends[w] = plan.tends
        self.messages.adopt(w, plan)

    def spend(self, amount: Micro, *, on_new_customers: bool = False, on_pool: bool = False) -> None:
        """Take money from the purse; where the pool's costs come on top, only advertisements for new customers do."""
        within = amount * self._within
        self.purse -= amount if on_new_customers else within
        if on_pool:
            self.pool_purse -= within

    @property
    def upkeep_money(self) -> Micro:
        """What can be spent today on staff, gifts and re-contacts, in micro-yuan: no end where they come on top."""
        return np.maximum(self.purse, self._at_least)

    def staff_due(self, members: Micro) -> Micro:
        """What tending so many members for a day costs; nothing where nobody tends them."""
        tended = -(-members // self._operators) * self._operators
        return np.rint(tended * self._service * self._tends).astype(np.int64)

    def plan_messages(self, day: int, served: NDArray[np.bool_], members: Micro, active: Micro) -> None:
        """Lay out today's messages and what they cost; events and care that cannot be paid do not happen."""
        self.messages.plan_the_day(day, served, members, active, self.upkeep_money, self._reach)

    def under_the_platform(self, day: int, members: Micro) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """The chance of each account to be taken today, and whether the brand's reach is cut."""
        lost = self._daily_bans.copy()
        for w in self._watched:
            rules, at = self._scenarios[w].platform, day - self._scenarios[w].clock.warm_up_days
            for event in rules.events:
                if event.day == at:
                    lost[w] = 1.0 - (1.0 - lost[w]) * (1.0 - event.lost_accounts_share)
                    self._cut_until[w] = max(self._cut_until[w], day + event.reach_cut_days)
            u = luck.draw(int(self._seeds[w]), luck.PLATFORM, day, 0, ENFORCEMENT)
            if self._induces[w] and members[w] > 0 and u[0] < daily_from_monthly(rules.sanction_chance_per_month):
                if self._sanctions[w] > 0:
                    lost[w] = 1.0 - (1.0 - lost[w]) * (1.0 - LATER_SANCTION_ACCOUNTS_SHARE)
                self._sanctions[w] += 1
                self._cut_until[w] = max(self._cut_until[w], day + SANCTION_DAYS)
        cut = self._cut_until > day
        if self._watched:
            self._reach = np.where(cut, 1.0 - self._reach_cut, 1.0)
        return lost, cut

    def accounts(self, members: Micro) -> Micro:
        """How many accounts hold so many members."""
        return -(-members // self._account_size)

    def accounts_due(self, members: Micro, elsewhere: Micro) -> Micro:
        """What the accounts and their tools cost today, ``elsewhere`` being those of further channels."""
        return np.rint((self.accounts(members) + elsewhere) * self._account_cost * self._tends).astype(np.int64)

    def rewards_to_pay(self, buyers: Micro) -> Micro:
        """Rewards for today's referred buyers, [world, tier]: how many have at least so many referrers above.

        Due to those who invited while rewards were promised, and shared where the purse does not hold so much; a brand
        that could not pay all of them promises none the next day.
        """
        if not self._pays_rewards:
            return np.zeros(len(buyers), np.int64)
        due = np.where(self._promised_before, (buyers * self._tier_rewards).sum(axis=1), 0)
        paid = np.minimum(due, self.upkeep_money)
        self._keeps_promises = paid == due
        return paid

    @property
    def content_due(self) -> Micro:
        """What is spent on content today, as far as the purse allows."""
        return np.minimum(self._seeding, np.maximum(self.purse, 0))

    def visits_expected(self, day: int, books: Ledger) -> NDArray[np.float64]:
        """Visitors without an advertisement: passers-by, content that is found, posts of active members."""
        if not self._seeks_visits:
            return self._passers_by
        spent = books.money_yesterday(day, "content") / MICRO
        self._content_pull = self._content_pull * self._content_stays + spent * self._visits_per_cny
        found = self._content_pull * (1.0 - self._content_stays)
        return self._passers_by + found + books.count_yesterday(day, "active") * self._posts

    def price_of_buying_back(self, click_price: Micro) -> Micro:
        """The expected cost of one order bought back: clicks until a customer orders."""
        price = np.ceil(click_price / np.maximum(self._back_chance, 1e-9))
        return np.minimum(price, float(NO_END)).astype(np.int64)

    def affordable_back(self, price: Micro) -> Micro:
        """How many needs the brand would buy back at that price each: none if it does not pay."""
        pays = self.buys_back & (price <= self._back_worth) & (self._back_chance > 0)
        return np.where(pays, self.upkeep_money // np.maximum(price, 1), 0)

    def gifts_affordable(self) -> Micro:
        """How many gifts the purse can pay; gifts that cost nothing need not be paid."""
        gift = self.gift_micro
        return np.where(gift > 0, self.upkeep_money // np.maximum(gift, 1), 0)

    def ad_money(self, reserved: Micro) -> Micro:
        """What is left for advertisements after a reserve for gifts, in micro-yuan."""
        left = np.maximum(self.purse - np.maximum(reserved, 0) * self._within, 0)
        return np.minimum(left, self._most_ads)

    def less_cart_messages(self, money: Micro, clicks_offered: NDArray[np.float64]) -> Micro:
        """Money for clicks once messages about the carts of all of them are put aside."""
        put_aside = np.ceil((clicks_offered + 1.0) * self._cart_cost).astype(np.int64)
        return np.maximum(money - put_aside, 0)

    def cart_messages_due(self, clicks: Micro) -> Micro:
        """What messages about the carts cost that so many clicks left behind."""
        return np.floor(clicks * self._cart_cost).astype(np.int64)

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
            chance = scenario.public.first_order_chance * self.targeting[w]
            ceiling[w] = chance * (first + dares * self._later_margin_cny(w, day))
        return ceiling

    def _later_margin_cny(self, w: int, day: int) -> float:
        """What customers of at least a month's standing have brought beyond their first order, each on average."""
        weeks = max(0, (day - BID_MEMORY_DAYS) // 7)
        cohorts = self._books.cohorts[w, :weeks, : KINDS.index("starting")].sum(axis=(0, 1))
        return float(cohorts[_EVER] - cohorts[_FIRST]) / MICRO / max(int(cohorts[_CUSTOMERS]), 1)


def _micro(yuan: Sequence[float] | NDArray[np.float64]) -> Micro:
    return np.rint(np.asarray(yuan, np.float64) * MICRO).astype(np.int64)


def _cart_cost_a_click(scenario: Scenario) -> float:
    """What messages about carts left behind cost for each click, in micro-yuan; nothing where none is sent."""
    public, brand = scenario.public, scenario.brand
    sends = scenario.switches.cart_messages and brand.cart_recovered_chance > 0
    return public.first_order_chance * public.carts_left_factor * brand.cart_message_cny * MICRO * sends


def _tier_rewards(scenario: Scenario) -> list[int]:
    """The reward of each tier in micro-yuan; 0 beyond those that are paid."""
    words = scenario.word_of_mouth
    reward = words.reward_cny * scenario.switches.rewards * scenario.switches.referral
    paid = [round(reward * words.next_tier_share**t * MICRO) for t in range(words.reward_tiers_count)]
    return paid + [0] * (TIERS - len(paid))


def _bans_a_year(scenario: Scenario) -> float:
    rules = scenario.platform
    return rules.bans_per_year * rules.automation_share * scenario.switches.platform_rules


def _is_watched(scenario: Scenario) -> bool:
    """Whether the platform may act on this brand beyond bans for automation."""
    rules = scenario.platform
    return scenario.switches.platform_rules and bool(rules.events or rules.sanction_chance_per_month > 0)
