"""Any strategy whose plan is changed on a day: giving up, flooding, closing the tap."""

from __future__ import annotations

from typing import Any

from sim.assumptions.scenario import Brand
from sim.kernel.ledger import Yesterday
from sim.strategies.plan import Plan, Policy


class ChangeOfPlan(Policy):
    """Another strategy, and from a day on some of its decisions are others (source 004: most pools are abandoned).

    Expected sequence: as the other strategy until the day before; from ``day`` on, counted from the first day lived,
    as that strategy with ``changes`` to its plan, whatever it would have decided about these. It is made for one run by
    those who know the day, and so has no name on the command line.
    """

    name = "change_of_plan"

    def __init__(self, before: Policy, day: int, **changes: Any) -> None:
        self._before, self._day, self._changes = before, day, changes
        self._latest = self._changed = before.plan
        self.plan = before.plan

    def intended(self, brand: Brand) -> Plan:
        """What the other strategy intends."""
        return self._before.intended(brand)

    def decide(self, yesterday: Yesterday) -> Plan:
        """The other strategy's decision, changed from the day on."""
        plan = self._before.decide(yesterday)
        return plan if yesterday.day + 1 < self._day else plan._replace(**self._changes)
