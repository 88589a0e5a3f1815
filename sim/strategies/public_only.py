"""Rent all attention: invite nobody, buy customers back."""

from __future__ import annotations

from sim.assumptions.scenario import Brand
from sim.strategies.plan import Plan, Policy


class PublicOnly(Policy):
    """All attention is bought in auctions, for new customers and old ones: per use (source 004)."""

    name = "public_only"

    def intended(self, brand: Brand) -> Plan:
        """No pool; every need that does not return by itself is bought back if it pays."""
        return Plan(
            invites=False, buys_back=True, pool_budget_share=0.0, messages_per_month=0.0, offer_share=0.0, gift_cny=0.0
        )
