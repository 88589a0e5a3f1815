"""Own attention: draw people in once, fund the pool first, buy only new customers."""

from __future__ import annotations

from sim.assumptions.scenario import Brand
from sim.strategies.plan import Plan, Policy


class PrivatePool(Policy):
    """Private traffic as the moat: reach again at almost no cost (source 004); nobody is bought back."""

    name = "private_pool"

    def intended(self, brand: Brand) -> Plan:
        """The pool takes what it needs; advertisements win new customers only."""
        return Plan(
            invites=True,
            buys_back=False,
            pool_budget_share=1.0,
            messages_per_month=brand.touches_per_month,
            offer_share=brand.offer_share,
            gift_cny=brand.gift_cny,
        )
