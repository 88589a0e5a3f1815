"""Do both: invite, tend the pool within its share, and buy back whom the pool does not catch."""

from __future__ import annotations

from sim.assumptions.scenario import Brand
from sim.strategies.plan import Plan, Policy


class Hybrid(Policy):
    """Public brings the increment, private the repurchase (source 002); natural : paid 1 : 1 (source 001)."""

    name = "hybrid"

    def intended(self, brand: Brand) -> Plan:
        """A pool within ``pool_budget_share``, and buying back."""
        return Plan(
            invites=True,
            buys_back=True,
            pool_budget_share=brand.pool_budget_share,
            messages_per_month=brand.touches_per_month,
            offer_share=brand.offer_share,
            gift_cny=brand.gift_cny,
        )
