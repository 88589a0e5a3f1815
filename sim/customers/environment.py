"""What customers who are Mesa agents live in: today's day, luck, what rules take from the scenario, and the books.

Customers ask and tell it; sim/customers/agents.py adds what happens to all of them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import Scenario
from sim.customers.acquisition import CHANNEL_TRAIT
from sim.customers.message import TO_SOME, Chances, Effects, Message, Tagged, TwoDraws
from sim.customers.opt_in import BY_A_FRIEND, BY_ADS, BY_THEMSELVES
from sim.customers.orders import SALES
from sim.customers.rows import LONG_AGO
from sim.customers.settings import (
    DEMANDED,
    EXIT,
    NEED,
    NEEDED,
    VALUE,
    days_of_the_year,
    kinds_of_messages,
    settings_of,
    trait_tables,
)
from sim.customers.touchpoints import (
    ENTRANCE_FIELDS,
    FOLDED_A_DAY,
    HALF_LIFE,
    LURKERS_AFTER,
    MEMBER_SHARE,
    MET_BY,
    NEWCOMERS_SHARE,
    OPENS_EVERY,
    channels_of,
)
from sim.kernel import luck
from sim.kernel.ledger import COHORT_FIELD, COUNT, HORIZONS, KINDS, Ledger
from sim.rules import groups, member_day, opt_in, people, pool, referral, tags

if TYPE_CHECKING:
    from sim.customers.customer import Customer

YEAR = 365
A_LITTLE_MORE = 1.000_001
"""More than a product rounded to float32 can exceed the exact one."""


def _as_rows_store_them(traits: NDArray[np.float64]) -> NDArray[np.float64]:
    """The tables of traits, with needs and exits rounded to float32."""
    rounded = traits.copy()
    rounded[[NEED, EXIT]] = traits[[NEED, EXIT]].astype(np.float32)
    return rounded


class Town:
    """What a customer can ask (settings, luck, the day's rules) and tell (counts, orders)."""

    def __init__(self, scenario: Scenario, seed: int, books: Ledger) -> None:
        self.settings = settings_of(scenario)
        self.traits = _as_rows_store_them(trait_tables(scenario)).tolist()
        self.seed, self._books = seed, books
        self._days, self._usual = days_of_the_year(scenario), self.settings
        self._kinds = kinds_of_messages(scenario)
        self.channels = channels_of(scenario)[: 1 + len(scenario.further_channels)]
        shares = enumerate(self.channels[:, MEMBER_SHARE].tolist())
        self._chosen = [(k, share) for k, share in shares if k > 0 or share < 1]
        self.clears_channels = bool(self.channels[:, LURKERS_AFTER].any())
        self.stays = float(member_day.rounded(self.settings.base_stay_chance))
        self.start = member_day.rounded(self.settings.start_engagement), member_day.rounded(self.settings.start_tie)
        self.day, self.quality = 0, 1.0
        self.has_pool = False
        self.entrances = np.zeros((0, len(ENTRANCE_FIELDS)))
        self.messages: list[Message] = []

    def wake_up(self, day: int) -> None:
        """A new day, of which nothing is counted yet."""
        self.day = day
        self._today = [0] * len(COUNT)
        if (self._days[DEMANDED:] != 1.0).any():
            demand, worth = self._days[DEMANDED:, day % YEAR].tolist()
            self.settings = self.settings._replace(
                first_order_chance=self._usual.first_order_chance * demand,
                order_value_cny=self._usual.order_value_cny * worth,
            )
        self._charged = 0
        self._sales = {how: np.zeros(SALES, np.int64) for how in ("pool", "by_itself", "bought_back")}
        self._waiting: list[Customer] = []
        self._talking: list[Customer] = []

    def _lay_out(self, calendar: pool.Calendar, everybody: NDArray[np.int32], liveliness: float) -> None:
        """Lay out what customers need to live through today: rules with their numbers filled in, and luck."""
        s = self.settings
        self.season = float(self._days[NEEDED, self.day % YEAR]) * self.quality
        self.season_at_most = self.season * A_LITTLE_MORE
        self.too_long_ago = max(self.day - s.remove_after_days, LONG_AGO)
        self.fade = partial(
            member_day.fade, s.half_life_days, liveliness, s.quiet_factor, s.tie_half_life_share, s.fatigue_stays
        )
        self.chances_today = partial(member_day.chances_of_the_day, self.season, s.capture, s.exit_reduction)
        self.life = TwoDraws(self.seed, luck.LIFE, self.day, 0, everybody)
        self.messages = [
            self._message(calendar, place, channel, everybody)
            for place, kind in enumerate(calendar.messages[0].tolist()) if kind != pool.NO_MESSAGE and self.has_pool
            for channel in range(1 if kind in pool.ONE_TO_ONE else len(self.channels))
            if calendar.channels[0, channel]
        ]

    def _message(self, calendar: pool.Calendar, place: int, channel: int, everybody: NDArray[np.int32]) -> Message:
        kind, every = int(calendar.messages[0, place]), int(calendar.every[0, place])
        _, accessibility, persona, leave_factor, charge, obeys, half_life, folded, *_ = self.channels[channel].tolist()
        accessibility *= float(calendar.reach[0]) if obeys else 1.0
        value, builds, wears, order_chance, discounted = self._kinds[kind].tolist()

        def felt(worth: float, tempting: float) -> tuple[Chances, Effects]:
            return self._felt(accessibility, leave_factor, tempting, (worth, builds * persona, wears))

        tagged = None
        if self.settings.uses_tags and kind in pool.PLAIN:
            gain, uncut = self.settings.relevance_gain, self.settings.uncut_order if discounted else 1.0
            tagged = Tagged(self, place, {
                (fits, cut): felt(tags.relevance(value, gain, fits), order_chance * (1.0 if cut else uncut))
                for fits in (False, True) for cut in (False, True)
            })
        return Message(
            place, channel, 0 if kind in pool.ONE_TO_ONE else int(charge), bool(self.settings.once_a_day),
            kind, every, self.day, int(self.settings.onboarding),
            every <= 1 and kind not in TO_SOME and tagged is None and len(self.channels) == 1, discounted != 0,
            TwoDraws(self.seed, luck.TOUCH, self.day, place + pool.PLACES * channel, everybody),
            felt(value, order_chance), felt(0.0, 0.0), tagged,
            partial(self.attention_left, channel) if half_life or folded else None,
            accessibility * self.settings.seen_floor * A_LITTLE_MORE,
            accessibility * (1.0 - self.settings.seen_floor) * A_LITTLE_MORE,
        )

    def _felt(
        self, accessibility: float, leave_factor: float, order_chance: float, does: tuple[float, float, float]
    ) -> tuple[Chances, Effects]:
        """The chances and the effects of a message with such a value, which builds and wears ties so."""
        s, blunts = self.settings, 1.0 / self.settings.fatigue_blunts
        value, builds, wears = does
        chances = partial(
            member_day.chances_of_a_message,
            accessibility, s.seen_floor, s.muted_factor, order_chance, s.weak_tie_factor,
            blunts, 1.0 / s.fatigue_leaves, s.leave_per_seen * leave_factor, s.mute_per_leave,
        )
        return chances, partial(member_day.after_a_message, value, s.message_gain, builds, wears, s.tires, blunts)

    # What customers ask and tell.

    def draw(self, stream: int, person: int, which: int = 0, *, day: int | None = None) -> Any:
        """Four uniforms for a decision of a person, today unless another day is named."""
        return luck.draw(self.seed, stream, self.day if day is None else day, person, which)

    def channels_followed(self, person: int) -> int:
        """The channels that a person would follow in the pool, as bits."""
        followed = int(not self._chosen or self._chosen[0][0] > 0)
        for k, share in self._chosen:
            followed |= (self.draw(luck.TRAITS, person, CHANNEL_TRAIT + k, day=0)[0] < share) << k
        return followed

    def attention_left(self, channel: int, person: int, joined_day: int) -> float:
        """What is left of a member's attention to a channel: 0 where it has been folded away."""
        life = self.channels[channel]
        opened = groups.opened_day(self.day, int(life[OPENS_EVERY]))
        since = groups.days_in(self.day, joined_day, opened)
        if life[FOLDED_A_DAY] > 0:
            patience = self.draw(luck.FOLDING, person, channel, day=opened)[0]
            if groups.is_folded(patience, since, life[FOLDED_A_DAY]):
                return 0.0
        return float(groups.still_read(since, life[HALF_LIFE]))

    def lurks_in(self, contact_day: int) -> int:
        """The channels out of which the brand takes who last opened or ordered then, as bits."""
        after = self.channels[:, LURKERS_AFTER].astype(int).tolist()
        return sum(groups.is_lurking(self.day, contact_day, days) << k for k, days in enumerate(after))

    def entrance_met(self, person: int, how: str) -> NDArray[np.float64] | None:
        """The first of today's entrances that a newcomer meets who came so; None is the parcel's invitation."""
        way = {"bought_by_ads": BY_ADS, "": BY_THEMSELVES, "referred": BY_A_FRIEND}[how]
        for n, entrance in enumerate(self.entrances):
            share = entrance[NEWCOMERS_SHARE] if opt_in.is_met(way, int(entrance[MET_BY])) else 0.0
            if share > 0 and self.draw(luck.ENTRANCE, person, n)[0] < share:
                return entrance
        return None

    def neighbour(self, person: int, k: int) -> int:
        """Whom a member tells as the k-th today."""
        s = self.settings
        which = int(self.draw(luck.INVITATION, person, k)[0] * s.neighbours)
        far = self.draw(luck.NEIGHBOUR, person, which, day=0)
        return int(referral.neighbour(person, which, int(s.people), s.rewired_share, far[0], far[1]))

    @property
    def charged(self) -> NDArray[np.int64]:
        """What channels charge for today's messages, in micro-yuan."""
        return np.array([self._charged])

    def charge(self, amount: int) -> None:
        """A channel charges so many micro-yuan for a message."""
        self._charged += amount

    def count(self, name: str, amount: int = 1) -> None:
        """Add to one of the day's counts."""
        self._today[COUNT[name]] += amount

    def let_wait(self, customer: Customer) -> None:
        """A need that nobody met may be bought back; if not, a competitor gets it."""
        self._waiting.append(customer)
        self.count("needs_lost")

    def let_talk(self, customer: Customer) -> None:
        """Whoever wants to tell neighbours about today's order does so in the evening."""
        self._talking.append(customer)

    def book_repeat(self, customer: Customer, how: str, value: int, discount: int) -> None:
        """Write a repeat order down: in the day's sales and in the customer's cohort."""
        s = self.settings
        discount += people.order_value_micro(s.leaked_coupon_cny, 1.0)
        payable = max(value - discount, 0)
        saved = customer.spend_points(payable)
        customer.earn_points(payable - saved)
        discount += saved
        goods = people.share_of_micro(value, 1.0 - s.margin_share)
        refund = people.share_of_micro(max(value - discount - goods, 0), s.refund)
        commission = people.share_of_micro(max(value - discount, 0), (how == "pool") * s.commission)
        self._sales[how] += (1, value, discount, refund, commission, goods)
        cohort, age = self._cohort(customer), self.day - customer.first_day
        cohort[COHORT_FIELD["repeat_orders"]] += 1
        cohort[COHORT_FIELD["repeat_orders_365"]] += age < YEAR
        cohort[COHORT_FIELD["second_orders_365"]] += age < YEAR and customer.orders == 2
        self._book_contribution(cohort, age, value - discount - goods - refund - commission)

    def _book_first_order(self, customer: Customer, how: str) -> tuple[int, ...]:
        s, u = self.settings, self.draw(luck.FIRST_ORDER, customer.person)
        value = people.order_value_micro(s.order_value_cny, self.traits[VALUE][people.table_row(u[0])])
        goods = people.share_of_micro(value, 1.0 - s.margin_share)
        coupon = min(people.order_value_micro(s.coupon_cny, 1.0), value)
        refund = people.share_of_micro(max(value - coupon - goods, 0), s.refund)
        customer.earn_points(value - coupon)
        contribution, cohort = value - coupon - goods - refund, self._cohort(customer)
        if how:
            cohort[COHORT_FIELD[how]] += 1
        cohort[COHORT_FIELD["contribution_first"]] += contribution
        self._book_contribution(cohort, 0, contribution)
        return 1, value, coupon, refund, 0, goods

    def _cohort(self, customer: Customer) -> NDArray[np.int64]:
        return self._books.cohorts[0, customer.first_day // 7, KINDS.index(customer.kind)]

    @staticmethod
    def _book_contribution(cohort: NDArray[np.int64], age: int, contribution: int) -> None:
        cohort[COHORT_FIELD["contribution_ever"]] += contribution
        for horizon in HORIZONS:
            if age < horizon:
                cohort[COHORT_FIELD[f"contribution_{horizon}"]] += contribution
