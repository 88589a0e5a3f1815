"""What each brand says to its members today, over several worlds, and what that costs: events, care, winning back.

What the purse cannot pay does not happen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import DAYS_PER_MONTH, Scenario
from sim.kernel.ledger import MICRO
from sim.rules import groups
from sim.rules.channels import MOST_CHANNELS, NO_LIMIT
from sim.rules.pool import (
    AT_CARE,
    AT_EVENT,
    AT_WELCOME,
    AT_WIN_BACK,
    CARE,
    CONTENT,
    EVENT,
    MOST_MESSAGES_A_DAY,
    NO_MESSAGE,
    OFFER,
    PLACES,
    WELCOME,
    WIN_BACK,
    Calendar,
)
from sim.strategies import Plan

NOBODY = 2**31
"""Every so many-th member is nobody: people are fewer."""

Micro = NDArray[np.int64]
CountDue = Callable[[NDArray[np.int64]], Micro]
"""Tells how many inactive members are due in each world when every so many-th has a turn."""


class _Morning(NamedTuple):
    """What is known when the day's messages are laid out, each [world]; only members of tended pools are spoken to."""

    day: int
    tended: NDArray[np.bool_]
    members: Micro
    active: Micro
    money: Micro  # what can be spent on messages, in micro-yuan


class Messages:
    """One brand's messages a world: ``events_due`` and ``care_due`` are what today's cost, in micro-yuan.

    ``today`` is the calendar of the day; plain messages are spread evenly over the month.
    """

    def __init__(self, scenarios: Sequence[Scenario]) -> None:
        def of(value: Callable[[Scenario], float]) -> NDArray[np.float64]:
            return np.array([float(value(s)) for s in scenarios])

        worlds = len(scenarios)
        self._a_day, self._offer_share, self._tends = np.zeros(worlds), np.zeros(worlds), np.ones(worlds, np.bool_)
        self._due, self._offers_due = np.zeros(worlds), np.zeros(worlds)
        self._welcomes = np.array([s.switches.onboarding and bool(s.calendar.onboarding_days) for s in scenarios])
        self._event_every = of(lambda s: s.calendar.event_every_days * s.switches.events).astype(np.int64)
        self._event_cost = np.rint(of(lambda s: s.calendar.event_cny) * MICRO).astype(np.int64)
        self._care = of(lambda s: s.calendar.care_contacts_per_day * s.switches.care)
        self._care_cost = of(lambda s: s.calendar.care_cny * MICRO)
        self._win_back = of(lambda s: s.calendar.win_back_contacts_per_day * s.switches.win_back)
        self._win_back_cost = np.rint(of(lambda s: s.calendar.win_back_cny) * MICRO).astype(np.int64)
        self._charges = np.array([_charges(s) for s in scenarios])
        self._capacities = np.array([_capacities(s) for s in scenarios])
        self._openings = np.array([_openings(s) for s in scenarios], np.int64)
        self._has_channels = any(s.further_channels for s in scenarios)
        self._all_open = np.ones((worlds, MOST_CHANNELS), np.bool_)
        self._opens = np.argwhere(self._openings[:, :, 1] > 0).tolist()
        used = (
            (self._welcome_some, self._welcomes), (self._hold_an_event, self._event_every),
            (self._care_for_some, self._care), (self._win_some_back, self._win_back),
        )
        self._says_more = [say for say, where in used if where.any()]
        self.events_due, self.care_due = np.zeros(worlds, np.int64), np.zeros(worlds, np.int64)

    def adopt(self, w: int, plan: Plan) -> None:
        """World ``w`` follows another plan from today on."""
        self._a_day[w] = plan.messages_per_month / DAYS_PER_MONTH
        self._offer_share[w], self._tends[w] = plan.offer_share, plan.tends

    def plan_the_day(
        self, day: int, served: NDArray[np.bool_], members: Micro, active: Micro, money: Micro,
        reach: NDArray[np.float64],
    ) -> None:
        """Lay out today's messages; a pool whose staff is not paid gets none. ``money`` can be spent on them."""
        messages = np.full((len(members), PLACES), NO_MESSAGE, np.int8)
        every = np.ones((len(members), PLACES), np.int64)
        self._say_plain_things(messages, served & self._tends)
        if self._says_more:
            morning = _Morning(day, served & self._tends & (members > 0), members, active, money)
            for say in self._says_more:
                say(morning, messages, every)
        self.today = Calendar(messages, every, reach, self._open_channels(day))

    def _say_plain_things(self, messages: NDArray[np.int8], served: NDArray[np.bool_]) -> None:
        self._due += self._a_day
        for place in range(MOST_MESSAGES_A_DAY):
            due = self._due >= 1.0
            if not np.count_nonzero(due):
                break
            self._due -= due
            self._offers_due += due * self._offer_share
            offers = due & (self._offers_due >= 1.0 - 1e-9)
            self._offers_due -= offers
            messages[:, place] = np.where(due & served, np.where(offers, OFFER, CONTENT), NO_MESSAGE)

    def _welcome_some(self, morning: _Morning, messages: NDArray[np.int8], _: Micro) -> None:
        messages[:, AT_WELCOME] = np.where(morning.tended & self._welcomes & (self._a_day > 0), WELCOME, NO_MESSAGE)

    def _hold_an_event(self, morning: _Morning, messages: NDArray[np.int8], _: Micro) -> None:
        due = (self._event_every > 0) & (morning.day % np.maximum(self._event_every, 1) == 0)
        held = morning.tended & due & (self._event_cost <= morning.money)
        self.events_due = np.where(held, self._event_cost, 0)
        messages[:, AT_EVENT] = np.where(held, EVENT, NO_MESSAGE)

    def _care_for_some(self, morning: _Morning, messages: NDArray[np.int8], every: Micro) -> None:
        cared_for = np.minimum(self._care, morning.members)
        cost = np.rint(cared_for * self._care_cost).astype(np.int64)
        cares = morning.tended & (cared_for > 0) & (cost <= morning.money - self.events_due)
        self.care_due = np.where(cares, cost, 0)
        messages[:, AT_CARE] = np.where(cares, CARE, NO_MESSAGE)
        every[:, AT_CARE] = _turns(morning.members, cared_for)

    def _win_some_back(self, morning: _Morning, messages: NDArray[np.int8], every: Micro) -> None:
        inactive = morning.members - morning.active
        wins = morning.tended & (self._win_back > 0) & (inactive > 0) & (morning.money > 0)
        messages[:, AT_WIN_BACK] = np.where(wins, WIN_BACK, NO_MESSAGE)
        every[:, AT_WIN_BACK] = _turns(inactive, self._win_back)

    def spread_within(self, money: Micro, followers: Micro) -> Micro:
        """Choose the channels on which today's messages go out: those whose charges for all followers can be paid.

        Returns what is put aside for them, in micro-yuan.
        """
        put_aside = np.zeros(len(money), np.int64)
        if not self._has_channels:
            return put_aside
        said = (self.today.messages[:, :AT_CARE] != NO_MESSAGE).sum(axis=1)
        for k in range(1, MOST_CHANNELS):
            cost = said * followers[:, k] * self._charges[:, k].astype(float)
            pays = self.today.channels[:, k] & (cost <= money - put_aside)
            self.today.channels[:, k] = pays
            put_aside += np.where(pays, cost, 0.0).astype(np.int64)
        return put_aside

    def accounts(self, day: int, followers: Micro) -> Micro:
        """How many accounts the further channels need that are open today."""
        if not self._has_channels:
            return np.zeros(len(followers), np.int64)
        return (-(-followers[:, 1:] // self._capacities) * self._open_channels(day)[:, 1:]).sum(axis=1)

    def _open_channels(self, day: int) -> NDArray[np.bool_]:
        """Which channels [world, channel] are there today, and not dissolved until they are opened anew."""
        there = self._all_open.copy()
        for w, n in self._opens:
            every, open_days = self._openings[w, n]
            there[w, 1 + n] = groups.is_open(day, every, open_days)
        return there

    def win_back_within(self, money: Micro, members: Micro, due: CountDue) -> None:
        """Where the money does not reach for all inactive members whose turn it is, fewer have their turn."""
        if not self._win_back.any():
            return
        every, kinds = self.today.every[:, AT_WIN_BACK], self.today.messages[:, AT_WIN_BACK]
        may_be_short = (kinds == WIN_BACK) & (members * self._win_back_cost.astype(float) > money)
        while may_be_short.any():
            times = np.ceil(due(every) * self._win_back_cost.astype(float) / np.maximum(money, 1))
            may_be_short &= times > 1
            every[may_be_short] = np.minimum(every * np.maximum(times, 2.0), NOBODY).astype(np.int64)[may_be_short]
            may_be_short &= every < NOBODY
        kinds[every >= NOBODY] = NO_MESSAGE

    def win_back_cost(self, contacts: Micro) -> Micro:
        """What reaching inactive members through the public side cost today."""
        return contacts * self._win_back_cost


def _charges(scenario: Scenario) -> list[int]:
    """What each channel charges for a message, in micro-yuan; the pool's own charges nothing."""
    further = [round(channel.vector.message_cny * MICRO) for channel in scenario.further_channels]
    return [0, *further, *[0] * (MOST_CHANNELS - 1 - len(further))]


def _capacities(scenario: Scenario) -> list[int]:
    """How many members an account of each further channel holds."""
    further = [channel.vector.account_members_count for channel in scenario.further_channels]
    return further + [NO_LIMIT] * (MOST_CHANNELS - 1 - len(further))


def _openings(scenario: Scenario) -> list[tuple[int, int]]:
    """Of each further channel: days from one opening to the next, and days until it is dissolved (0 is never)."""
    on = scenario.switches.group_life
    further = [(channel.opens_every_days * on, channel.open_days * on) for channel in scenario.further_channels]
    return further + [(0, 0)] * (MOST_CHANNELS - 1 - len(further))


def _turns(members: NDArray[Any], contacts: NDArray[np.float64]) -> NDArray[np.int64]:
    """Every how many-th member is contacted, so that about so many are."""
    return np.maximum(np.ceil(members / np.maximum(contacts, 1e-9)), 1).clip(max=NOBODY).astype(np.int64)
