"""What changes from day to day in the settings of a crowd in columns: festivals, rewards, how the brand is felt; and
who ordered in the current counted year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import DAYS_PER_YEAR, Scenario
from sim.customers.rows import BOUGHT, NO_BUYER
from sim.customers.sales import Counts
from sim.customers.settings import AT, DEMANDED, FESTIVE, NEEDED, days_of_the_year

Factors = NDArray[np.float64]


class DailySettings:
    """Keeps settings [world, settings.AT] those of the day, in place, and knows the day's season."""

    def __init__(self, scenarios: Sequence[Scenario], settings: NDArray[np.float64]) -> None:
        self._settings, self._usual = settings, settings[:, FESTIVE]
        self._days = np.array([days_of_the_year(s) for s in scenarios])
        self._moves = bool((self._days[:, DEMANDED:] != 1.0).any())
        self._induced, self._quiet = settings[:, [AT.invitations, AT.quiet_invitations]].T
        self._rewards = bool((self._induced != self._quiet).any())
        self._quality: Factors = np.ones(len(scenarios))

    def wake_up(self, day: int) -> None:
        """A new day: perhaps it is a festival's."""
        self._today = self._days[:, :, day % DAYS_PER_YEAR]
        if self._moves:
            self._settings[:, FESTIVE] = self._usual * self._today[:, DEMANDED:]

    def promise_rewards(self, promised: NDArray[np.bool_]) -> None:
        """Where no reward is promised, members invite as many as they would without one."""
        if self._rewards:
            self._settings[:, AT.invitations] = np.where(promised, self._induced, self._quiet)

    def feel_the_brand(self, targeting: Factors, quality: Factors) -> None:
        """Clicks suit so much better than usual today, and goods meet so much of a need."""
        self._quality, targeted = quality, bool(np.count_nonzero(targeting != 1.0))
        self._moves = self._moves or targeted
        if targeted:
            self._settings[:, AT.first_order_chance] *= targeting

    def seasons(self) -> Factors:
        """Today's needs relative to usual, by world."""
        return np.ascontiguousarray(self._today[:, NEEDED] * self._quality)


class CountedYears:
    """Who ordered in the current counted year of each world; ``gone`` [world] are those whose rows are dropped."""

    def __init__(self, scenarios: Sequence[Scenario]) -> None:
        self._first_counted = [s.clock.warm_up_days for s in scenarios]
        self.gone = np.zeros(len(scenarios), np.int64)

    def _whose_year_ends(self, day: int) -> list[int]:
        return [w for w, first in enumerate(self._first_counted) if (day + 1 - first) % DAYS_PER_YEAR == 0]

    def close(self, day: int, flags: NDArray[np.uint8]) -> Counts:
        """On the last evening of a counted year how many ordered in it, who are then forgotten; on any other 0."""
        buyers = np.zeros_like(self.gone)
        for w in self._whose_year_ends(day):
            buyers[w] = self.gone[w] + np.count_nonzero(flags[w] & BOUGHT)
            flags[w] &= NO_BUYER
            self.gone[w] = 0
        return buyers
