"""Hybrid that watches its members: when more of them leave than usual, it falls silent for a while."""

from __future__ import annotations

from sim.assumptions.scenario import Brand
from sim.kernel.ledger import Yesterday
from sim.strategies.hybrid import Hybrid
from sim.strategies.plan import Plan

WEEK, MONTH, REST_DAYS = 7, 28, 14


class RestWhenTired(Hybrid):
    """No message while members show that they are tired (Zhang, Kumar & Cosguner 2017: too many do harm).

    Expected sequence: messages as planned; when twice as large a share of members leave in a week as in the month
    before it, no message for two weeks; then again for a week at least. The limits are assumptions.
    """

    name = "rest_when_tired"

    def __init__(self, brand: Brand) -> None:
        super().__init__(brand)
        self._rests_until, self._looks_from = 0, WEEK + MONTH

    def decide(self, yesterday: Yesterday) -> Plan:
        """Rest where the last week's leavers are too many for so many members."""
        today = yesterday.day + 1
        if today >= self._looks_from and self._tired(yesterday):
            self._rests_until = today + REST_DAYS
            self._looks_from = self._rests_until + WEEK
        return self.plan._replace(messages_per_month=0.0) if today < self._rests_until else self.plan

    def _tired(self, yesterday: Yesterday) -> bool:
        left, days = (yesterday.count(name, WEEK) for name in ("left", "members"))
        left_before, days_before = (yesterday.count(name, WEEK + MONTH) for name in ("left", "members"))
        return left >= WEEK and left * (days_before - days) > 2.0 * (left_before - left) * days
