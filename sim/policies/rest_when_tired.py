"""Hybrid that watches its members: when more of them leave than usual, it falls silent for a while."""

from __future__ import annotations

from sim.ledger import Yesterday
from sim.policies.hybrid import Hybrid
from sim.policies.plan import Plan
from sim.scenario import Brand

WEEK, MONTH, REST_DAYS = 7, 28, 14


class RestWhenTired(Hybrid):
    """No message while members show that they are tired (Zhang, Kumar & Cosguner 2017: too many do harm).

    Expected sequence: messages as planned; when members leave twice as fast in a week as in the month before it, no
    message for two weeks; then again. The limits are assumptions.
    """

    name = "rest_when_tired"

    def __init__(self, brand: Brand) -> None:
        super().__init__(brand)
        self._resting = self.plan._replace(messages_per_month=0.0)
        self._awake_from = WEEK + MONTH

    def decide(self, yesterday: Yesterday) -> Plan:
        """Rest where the last week's leavers outnumber twice a week's share of the month's."""
        today = yesterday.day + 1
        if today >= self._awake_from and self._tired(yesterday):
            self._awake_from = today + REST_DAYS
            self._rests_until = self._awake_from
        return self._resting if today < getattr(self, "_rests_until", 0) else self.plan

    def _tired(self, yesterday: Yesterday) -> bool:
        lately, before = yesterday.count("left", WEEK), yesterday.count("left", WEEK + MONTH)
        return lately > 2.0 * (before - lately) * WEEK / MONTH and lately >= WEEK
