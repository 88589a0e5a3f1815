"""Hybrid with a price limit: a new customer by advertisement may cost so much and no more."""

from __future__ import annotations

from math import inf

from sim.assumptions.scenario import Brand
from sim.kernel.ledger import Yesterday
from sim.strategies.hybrid import Hybrid
from sim.strategies.plan import Plan

WEEK = 7
LEAST, MOST = 0.01, 1.0


class TargetCac(Hybrid):
    """Feedback on the paid acquisition cost of the last week, as platforms' target-cost bidding does it.

    Expected sequence: all the money is spent while customers are cheap; as prices rise, less and less, and the cost of
    a new customer stays near ``brand.target_cac_cny``, because who spends less bids less and wins the cheaper clicks
    only. Each morning the part of the envelope that is spent moves by the week's cost over the target, a tenth of the
    way (a proportional controller in logarithms; the tenth is an assumption).
    """

    name = "target_cac"

    def __init__(self, brand: Brand) -> None:
        super().__init__(brand)
        self._target, self._envelope, self._part = brand.target_cac_cny, brand.budget_cny_per_day, MOST

    def decide(self, yesterday: Yesterday) -> Plan:
        """Spend less where the last week's customers were too dear, more where they were cheap."""
        cost, customers = yesterday.money("ads_new", WEEK), yesterday.count("orders_first_paid", WEEK)
        if cost > 0:
            over = cost / max(customers, 1) / self._target
            self._part = min(max(self._part * over**-0.1, LEAST), MOST)
            most = inf if self._part == MOST else self._part * self._envelope
            self.plan = self.plan._replace(most_ads_cny=most)
        return self.plan
