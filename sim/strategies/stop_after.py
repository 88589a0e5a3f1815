"""Hybrid whose effort stops: the pool is opened with zeal, and after a while nobody tends it."""

from __future__ import annotations

from typing import ClassVar

from sim.assumptions.scenario import Brand
from sim.kernel.ledger import Yesterday
from sim.strategies.hybrid import Hybrid
from sim.strategies.plan import Plan


class StopAfter(Hybrid):
    """Effort for so many days from the first one lived, then none: most pools are abandoned, not defeated (source 004).

    Expected sequence: as hybrid; then no staff, no messages and a closed door, while members forget and advertisements
    go on as under public only.
    """

    effort_days: ClassVar[int]

    def __init__(self, brand: Brand) -> None:
        super().__init__(brand)
        self._given_up = self.plan._replace(invites=False, tends=False, messages_per_month=0.0, pool_budget_share=0.0)

    def decide(self, yesterday: Yesterday) -> Plan:
        """The plan as long as the effort lasts."""
        return self.plan if yesterday.day + 1 < self.effort_days else self._given_up


class StopAfterAWeek(StopAfter):
    """Effort for seven days."""

    name = "stop_after_a_week"
    effort_days = 7


class StopAfterAMonth(StopAfter):
    """Effort for thirty days."""

    name = "stop_after_a_month"
    effort_days = 30


class StopAfterThreeMonths(StopAfter):
    """Effort for ninety days."""

    name = "stop_after_three_months"
    effort_days = 90
