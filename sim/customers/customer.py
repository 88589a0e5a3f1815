"""A customer as a Mesa agent: short methods that ask the same rules with the same luck as the columns do.

Any method may be overridden in a subclass to try another behaviour; the books follow. A customer is made when a person
first orders or starts as a customer, and removed when it is gone for good.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.customers.rows import LONG_AGO
from sim.customers.settings import EXIT, HABIT, NEED, READINESS, VALUE
from sim.customers.touchpoints import EASE, SEEN_CHANCE
from sim.kernel import luck
from sim.rules import member_day, opt_in, people, points, pool, referral

if TYPE_CHECKING:
    from sim.customers.environment import Town
    from sim.customers.message import Message

OUTSIDE, JOINED, STARTING = "outside", "joined", "starting"


class _Counters(WeakKeyDictionary[mesa.Model, Any]):
    """Numbers for the agents of each model. Mesa 3.3 holds on to every model that ever had an agent; this does not."""

    def __missing__(self, model: mesa.Model) -> Any:
        return self.setdefault(model, count(1))

    def __getitem__(self, model: mesa.Model) -> Any:
        return super().__getitem__(model) if model in self else self.__missing__(model)


class Person(mesa.Agent):
    """Whoever takes part in a model; numbered from 1 within it."""

    _ids = _Counters()


class Customer(Person):
    """One customer of the brand: who it is, and how close it is to the brand.

    ``need`` and ``exit`` are chances a day; ``engagement`` and ``tie`` lie in [0, 1], ``fatigue`` is 0 or more; days
    count from the first day lived and are long ago if never. ``town`` is what it lives in: today's day, luck and rules,
    the scenario's settings, the books.
    """

    __slots__ = (
        "bought_this_year", "channels", "contact_day", "engagement", "entrance", "exit", "fatigue", "first_day",
        "generation", "habit", "has_exited", "heard", "is_member", "is_muted", "joined_day", "kind", "need",
        "needs_something", "offer_day", "orders", "person", "points", "readiness", "tags", "tie", "town",
        "turns_to_pool", "was_reached",
    )  # Python is slow with objects of more than thirty attributes; a subclass may add its own as usual

    def __init__(self, model: mesa.Model, town: Town, person: int, kind: str) -> None:
        super().__init__(model)
        self.town, self.person, self.kind = town, person, kind
        traits, u = town.traits, town.draw(luck.TRAITS, person, day=0)
        rank = people.table_row(u[0])
        self.need, self.readiness = traits[NEED][rank], traits[READINESS][rank]
        self.exit = traits[EXIT][people.table_row(u[1])]
        self.habit = traits[HABIT][people.table_row(u[2])]
        self.engagement, self.tie = town.start
        self.fatigue: float = 0.0
        self.is_member = self.is_muted = self.has_exited = False
        self.bought_this_year = True
        self.orders, self.generation, self.points = 1, 0, 0
        self.entrance: NDArray[np.float64] | None = None
        self.channels = town.channels_followed(person)
        self.was_reached, self.heard, self.tags = False, -1, (0, 0)
        self.first_day = self.contact_day = town.day
        self.joined_day = self.offer_day = LONG_AGO
        self.needs_something = self.turns_to_pool = False

    def step(self) -> None:
        """Live through the day: forget, hear from the brand, need something, perhaps leave; then order."""
        town = self.town
        self.needs_something = self.turns_to_pool = False
        if self.is_member:
            if self.contact_day <= town.too_long_ago:
                self.be_removed()
            elif town.has_pool:
                self.forget()
                if town.clears_channels:
                    self.be_taken_out()
                if town.messages:
                    self.hear_all(town.messages)
        self.decide()
        if self.needs_something:
            self.satisfy_need()

    def be_removed(self) -> None:
        """The brand removes members without contact for too long."""
        self.is_member = self.is_muted = False
        self.town.count("removed")

    def be_taken_out(self) -> None:
        """The brand takes lurkers out of the channels that it clears; who was on no other is out of the pool."""
        self.channels &= ~self.town.lurks_in(self.contact_day)
        if self.channels == 0:
            self.be_removed()

    def forget(self) -> None:
        """Engagement and fatigue fade."""
        self.engagement, self.fatigue = self.town.fade(self.engagement, self.tie, self.fatigue)

    def hear_all(self, messages: list[Message]) -> None:
        """Today's messages, one after another."""
        self.was_reached, self.heard = False, -1
        for message in messages:
            self.hear(message)

    def hear(self, message: Message) -> None:
        """One of today's messages: perhaps it is seen, perhaps it tempts, perhaps it is one too many.

        Its chances are worked out only where luck comes near.
        """
        if not (self.is_member if message.is_for_all else message.is_for(self)):
            return
        town = self.town
        if message.charge:
            town.charge(message.charge)
        self.was_reached = self.was_reached or message.kind not in pool.ONE_TO_ONE
        town.count("sent")
        if message.kind == pool.WIN_BACK:
            town.count("win_back_contacts")
        if self.has_exited:
            return
        attention, patience = message.draws[self.person]
        if attention > message.seen_at_least + message.seen_more * self.engagement:
            return
        chances, _ = message.felt_by(self)
        seeing, tempting, leaving, leaving_or_muting = chances(self.engagement, self.tie, self.fatigue, self.is_muted)
        if attention < seeing:
            self.see(message)
            if attention < tempting:
                self.needs_something = self.turns_to_pool = True
            if patience < leaving:
                self.unfollow(message)
            elif patience < leaving_or_muting:
                self.is_muted = True

    def see(self, message: Message) -> None:
        """A message is seen: it restores engagement, builds or wears the tie, and tires."""
        _, effects = message.felt_by(self)
        self.engagement, self.tie, self.fatigue = effects(self.engagement, self.tie, self.fatigue)
        self.contact_day, self.heard = self.town.day, message.place
        if message.is_discounted_for(self):
            self.offer_day = self.town.day
        self.town.count("seen")

    def decide(self) -> None:
        """Perhaps something is needed; perhaps the customer is gone for good, or leaves the pool for no reason.

        Most days bring most people nothing: only where luck comes near are the chances worked out. Today's need is at
        most the usual one times the season, and engagement can only hold an exit back.
        """
        if self.has_exited:
            return
        town = self.town
        wish, stay = town.life[self.person]
        if wish >= self.need * town.season_at_most and self.exit <= stay < town.stays:
            return
        engagement = self.engagement if self.is_member else 0.0
        needing, caught, going = town.chances_today(self.need, self.exit, engagement)
        if wish < needing:
            self.needs_something = True
            self.turns_to_pool = self.turns_to_pool or wish < caught
        if stay < going:
            self.has_exited = True
            town.count("exited")
        elif self.is_member and stay >= town.stays:
            self.leave()

    def unfollow(self, message: Message) -> None:
        """Leave the channel of a message; with the last one, the pool."""
        if len(self.town.channels) > 1:
            self.channels &= ~(1 << message.channel)
        if len(self.town.channels) == 1 or self.channels == 0:
            self.leave()

    def leave(self) -> None:
        """Leave the pool."""
        self.is_member = self.is_muted = False
        self.town.count("left")

    def satisfy_need(self) -> None:
        """Order from the pool, or come back by itself; or else wait to be bought back."""
        s = self.town.settings
        comes = points.comes_back(s.comes_by_itself, s.points_return, self.is_member and self.points > 0)
        by_itself = self.town.draw(luck.ORDER, self.person)[0] < comes
        if self.turns_to_pool:
            self.order("pool")
        elif by_itself:
            self.order("by_itself")
        else:
            self.town.let_wait(self)

    def order(self, how: str) -> None:
        """Order again, ``how`` being pool, by_itself or bought_back; it may make a member talk."""
        town, s = self.town, self.town.settings
        by_pool = how == "pool"
        u = town.draw(luck.ORDER, self.person)
        value = people.order_value_micro(s.order_value_cny, town.traits[VALUE][people.table_row(u[1])])
        value = people.share_of_micro(value, 1.0 + by_pool * s.price_premium * float(self.tie))
        offered = by_pool and town.day - self.offer_day < s.offer_valid_days
        discount = people.share_of_micro(value, offered * s.offer_discount)
        self.orders += 1
        self.bought_this_year = True
        if self.is_member:
            self.contact_day = town.day
            self.engagement = member_day.after_an_order(self.engagement, s.order_gain)
            if self.neighbours_to_tell(u[2]) > 0:
                town.let_talk(self)
        town.book_repeat(self, how, value, discount)

    def spend_points(self, payable_micro: int) -> int:
        """Pay part of an order with points; returns what that saves, in micro-yuan."""
        if not self.is_member or self.town.settings.points_share == 0:
            return 0
        spent = points.points_spent(self.points, payable_micro, self.town.settings.points_most)
        self.points -= spent
        self.town.count("points_spent", spent * points.FEN)
        return int(spent * points.FEN)

    def earn_points(self, paid_micro: int) -> None:
        """Members earn points on what they pay in money."""
        if self.is_member and self.town.settings.points_share > 0:
            earned = points.points_earned(self.points, paid_micro, self.town.settings.points_share)
            self.points += earned
            self.town.count("points_earned", earned * points.FEN)

    def neighbours_to_tell(self, uniform: float) -> int:
        """How many neighbours a member tells after an order."""
        level = self.town.settings.invitations
        return referral.invitations(level, self.habit, float(self.engagement), uniform) if level else 0

    def accepts(self, offered_gift_cny: float) -> bool:
        """Whether a newcomer notices the invitation to the pool and accepts it."""
        s, u = self.town.settings, self.town.draw(luck.FIRST_ORDER, self.person)
        met = self.entrance
        seen, ease = (s.invitation_seen, 1.0) if met is None else (met[SEEN_CHANCE], met[EASE])
        without_gift = opt_in.eased(s.accept_without_gift, ease)
        accept = opt_in.accept_chance(offered_gift_cny, without_gift, s.half_gift_cny)
        joining = opt_in.join_chance(accept, self.readiness, s.self_selection)
        return bool(u[1] < seen and u[2] < joining)

    def join(self, kind: str) -> None:
        """Become a member, of the cohorts of that kind."""
        self.is_member, self.kind, self.joined_day = True, kind, self.town.day
