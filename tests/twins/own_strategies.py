"""Strategies as users write them."""

from __future__ import annotations

from math import inf

from sim.assumptions.scenario import Brand
from sim.kernel.ledger import Yesterday
from sim.strategies import Plan, Policy
from sim.strategies.hybrid import Hybrid


class Moody(Policy):
    """Another plan every few days: all that a plan can say changes."""

    name = "moody"

    def intended(self, brand: Brand) -> Plan:
        return Plan(True, True, 0.5, 20.0, 0.5, brand.gift_cny)

    def decide(self, yesterday: Yesterday) -> Plan:
        mood = (yesterday.day + 1) // 4
        return Plan(
            invites=mood % 3 != 1, buys_back=mood % 4 != 2, pool_budget_share=(0.2, 1.0)[mood % 2],
            messages_per_month=(0.0, 30.0, 90.0)[mood % 3], offer_share=(0.0, 0.4, 1.0)[mood % 3],
            gift_cny=(0.0, 2.5)[mood % 2], most_ads_cny=(1e9, 20.0, 0.0)[mood % 3], tends=mood % 5 != 3,
        )


class Reader(Hybrid):
    """Reads its books: sends more messages the fewer orders the pool brought."""

    name = "reader"

    def decide(self, yesterday: Yesterday) -> Plan:
        orders = yesterday.count("orders_pool", 5)
        spent = yesterday.money("ads_new", 3)
        return self.plan._replace(messages_per_month=240.0 / (2 + orders), most_ads_cny=inf if spent < 100 else 30.0)


OWN = (Moody, Reader)
