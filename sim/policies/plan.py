"""A plan for one day, and what every strategy has: a name, and a morning's decision."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, NamedTuple

from sim.ledger import Yesterday
from sim.scenario import Brand


class Plan(NamedTuple):
    """What the brand means to do today; what cannot be paid is not done."""

    invites: bool
    """Newcomers are asked to join the pool."""
    buys_back: bool
    """Needs that neither the pool nor the customer brings back are bought back, if it pays."""
    pool_budget_share: float
    """While the pool has cost more than this share of the envelope up to now, the door is closed."""
    messages_per_month: float
    """Messages to every member."""
    offer_share: float
    """Share of messages with something to sell."""
    gift_cny: float
    """Gift for joining, in yuan."""
    ad_share: float = 1.0
    """Share of the money left for advertisements that may be spent on new customers today."""
    tends: bool = True
    """The pool's staff works and is paid; untended members hear nothing."""


class Policy(ABC):
    """A strategy: reads the brand's assumptions once, then decides every morning."""

    name: ClassVar[str]

    def __init__(self, brand: Brand) -> None:
        self.plan = self.intended(brand)

    @abstractmethod
    def intended(self, brand: Brand) -> Plan:
        """The plan that the strategy follows unless something happens."""

    def decide(self, yesterday: Yesterday) -> Plan:
        """Today's plan, in the light of the books up to yesterday."""
        return self.plan
