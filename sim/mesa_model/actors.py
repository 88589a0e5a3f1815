"""Those who are not customers, as Mesa agents that can be looked at: the brand, the platform and its other advertisers.

What they do stands in sim/simulation/brand.py and sim/market/market.py, over many worlds at once; these objects show
one world's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.customers.customer import Person
from sim.kernel.ledger import MICRO

if TYPE_CHECKING:
    from sim.mesa_model.traffic import TrafficModel


class Brand(Person):
    """The brand whose strategy is lived."""

    model: TrafficModel

    @property
    def purse_cny(self) -> float:
        """What is left of the envelope up to now, yuan."""
        return float(self.model.brands.purse[0]) / MICRO

    @property
    def pool_purse_cny(self) -> float:
        """What is left of the part of the envelope that is meant for the pool, yuan."""
        return float(self.model.brands.pool_purse[0]) / MICRO

    @property
    def bid_cny(self) -> float:
        """Today's bid for a click of average match, yuan."""
        return float(self.model.square.bid_cny[0])

    @property
    def members(self) -> int:
        """Members of the pool, as counted last evening."""
        return int(self.model.crowd.members[0])

    @property
    def liveliness(self) -> float:
        """How alive the pool feels, 0 to 1."""
        return float(self.model.crowd.liveliness[0])


class Platform(Person):
    """The public square, on which attention is auctioned."""

    model: TrafficModel

    @property
    def click_price_cny(self) -> float:
        """What a click is expected to cost the brand today, yuan."""
        return float(self.model.square.click_price_micro[0]) / MICRO

    @property
    def clicks_offered(self) -> float:
        """Clicks that the brand would win today at its bid, if it had the money."""
        return float(self.model.square.clicks_offered[0])


class Advertiser(Person):
    """A class of rivals who bid for the same attention; ``kind`` is its place in ``public.rivals``."""

    model: TrafficModel

    def __init__(self, model: TrafficModel, kind: int) -> None:
        super().__init__(model)
        self.kind = kind

    @property
    def number(self) -> int:
        """How many advertisers of this class there are on the first day."""
        return self.model.scenario.public.rivals[self.kind].advertisers_count

    @property
    def pace(self) -> float:
        """The factor by which they hold their bids back to make their budgets last."""
        return float(self.model.square.rival_pace[0, self.kind])
