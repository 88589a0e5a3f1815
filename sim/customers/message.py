"""One of today's messages on one channel, as a customer who is a Mesa agent meets it: for whom it is, how it feels."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.kernel import luck
from sim.rules import pool, tags

if TYPE_CHECKING:
    from sim.customers.customer import Customer
    from sim.customers.environment import Town

TO_SOME = (pool.WELCOME, pool.WIN_BACK)
"""Kinds of messages that are for some members even when everybody's turn has come."""

Chances = partial[tuple[float, float, float, float]]
"""The chances of a message; its accessibility comes first of what is filled in."""
Effects = Callable[..., tuple[float, float, float]]


class TwoDraws(dict[int, tuple[float, float]]):
    """Person -> the two uniforms of ``luck.draw_two`` for one decision of today.

    Drawn for everybody at once, which is quicker; for somebody else when asked.
    """

    def __init__(self, seed: int, stream: int, day: int, which: int, everybody: NDArray[np.int32]) -> None:
        self._key = seed, stream, day, which
        uniforms = np.empty((2, everybody.size), np.float32)
        luck.draw_twos(seed, stream, day, which, everybody, 0, everybody.size, uniforms)
        super().__init__(zip(everybody.tolist(), zip(*uniforms.tolist(), strict=True), strict=True))

    def __missing__(self, person: int) -> tuple[float, float]:
        seed, stream, day, which = self._key
        first, second = luck.draw_two(seed, stream, day, person, which)
        return float(first), float(second)


class Tagged(NamedTuple):
    """How a plain message goes by tags: what decides on tags, and how the message feels by whether the tag fits and
    whether it brings a price cut."""

    town: Town
    place: int
    felt_by: dict[tuple[bool, bool], tuple[Chances, Effects]]

    def goes_to(self, customer: Customer) -> bool:
        """Whether it goes to members of this customer's tag; notes the tag that it deserves and the one that it has."""
        town, s = self.town, self.town.settings
        deserved = tags.tag_of(
            town.day, customer.joined_day, customer.contact_day, customer.orders, int(s.new_days),
            int(s.due_after_days), int(s.silent_after_days), int(s.loyal_orders),
        )
        u = town.draw(luck.TAG, customer.person, day=town.day // tags.DAYS_OF_A_TAG)
        given = int(tags.tag_given(deserved, s.tag_error, u[0], u[1]))
        customer.tags = int(deserved), given
        share = s[s._fields.index("touch_share_new") + given]
        return share >= 1 or bool(town.draw(luck.TAG, customer.person, 1 + self.place)[0] < share)

    def has_coupon(self, tags_of_customer: tuple[int, int]) -> bool:
        """Whether who has this tag gets the price cut."""
        return bool(int(self.town.settings.coupons) >> tags_of_customer[1] & 1)

    def felt(self, tags_of_customer: tuple[int, int]) -> tuple[Chances, Effects]:
        """The chances and effects of the message for who deserves the first tag and has the second."""
        deserved, given = tags_of_customer
        return self.felt_by[deserved == given, self.has_coupon(tags_of_customer)]


class Message(NamedTuple):
    """One of today's messages on one channel: kind, to every how many-th member, who pays attention, its rules.

    ``onboarding`` has a bit for each day after joining with a welcome. ``felt`` are its chances, which take engagement,
    tie, fatigue and whether a member has muted, and its effects, which take the first three; ``felt_again`` are those
    for who has heard it on another channel. ``attention_left`` says what is left of a member's attention to a channel
    that grows old, by person and day of joining. The chance that it is seen is at most ``seen_at_least`` and
    ``seen_more`` times engagement.
    """

    place: int
    channel: int
    charge: int
    once_a_day: bool
    kind: int
    every: int
    day: int
    onboarding: int
    is_for_all: bool
    is_discounted: bool
    draws: TwoDraws
    felt: tuple[Chances, Effects]
    felt_again: tuple[Chances, Effects]
    tagged: Tagged | None
    attention_left: Callable[[int, int], float] | None
    seen_at_least: float
    seen_more: float

    def is_for(self, customer: Customer) -> bool:
        """Whether the message is for this customer."""
        if not customer.is_member or self.is_for_all:
            return customer.is_member
        if not self._reaches(customer):
            return False
        return (self.every <= 1 and self.kind not in TO_SOME) or bool(pool.is_addressed(
            self.kind, self.every, self.day, customer.person, True, customer.joined_day, customer.contact_day,
            self.onboarding,
        ))

    def felt_by(self, customer: Customer) -> tuple[Chances, Effects]:
        """Its chances and effects for this customer, who may have seen it on another channel."""
        if customer.heard == self.place:
            chances, effects = self.felt_again
        else:
            chances, effects = self.tagged.felt(customer.tags) if self.tagged else self.felt
        if self.attention_left is None:
            return chances, effects
        accessibility, *rules = chances.args
        left = self.attention_left(customer.person, customer.joined_day)
        return partial(chances.func, accessibility * left, *rules), effects

    def is_discounted_for(self, customer: Customer) -> bool:
        """Whether it brings this customer the offer's price cut."""
        return self.is_discounted and (self.tagged is None or self.tagged.has_coupon(customer.tags))

    def _reaches(self, customer: Customer) -> bool:
        """Whether it goes out where the customer is, and the customer has not had today's one message."""
        if self.kind in pool.ONE_TO_ONE:
            return True
        if not customer.channels >> self.channel & 1 or (self.once_a_day and customer.was_reached):
            return False
        return self.tagged is None or self.tagged.goes_to(customer)
