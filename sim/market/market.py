"""The public square in several worlds at once: opened each morning, closed each night.

A world is one scenario under one strategy with one seed. Whoever lives the day reads how many clicks the brand can have
today and at what price, buys them one by one with ``auction.draw_click``, and says at night what money there was.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import Scenario
from sim.kernel.compiled import straight
from sim.market import auctions as square
from sim.market import layout as market_rows
from sim.market import rivals
from sim.market.initial import MarketStart, market_start

_wake_rivals, _open_square, _close_square = map(
    straight, (rivals.wake_rivals, square.open_square, square.close_square)
)


class Market:
    """The public square of W worlds, one (scenario, seed) each.

    After ``open``, for every world:

    * ``click_price_micro`` int64[W]: expected price of a click for the brand today, in micro-yuan;
    * ``clicks_offered`` float64[W]: expected clicks a day that the brand wins at its bid, if it had the money;
    * ``bid_cny`` float64[W]: the brand's bid for a click of its average match;
    * ``cumulative``, ``price_micro``, ``t_low``, ``t_mass`` [W, cells] and ``match_shape``, ``match_scale``,
      ``match_most`` float64[W]: what ``auction.draw_click`` takes, a row for each world.

    Raises UnreachablePrice if a scenario's rivals cannot make a click cost its start price.
    """

    def __init__(self, scenarios: Sequence[Scenario], seeds: NDArray[np.int64]) -> None:
        starts = [
            market_start(s.public, s.brand.budget_cny_per_day, s.switches.price_growth) for s in scenarios
        ]
        self._seeds, self._day = np.ascontiguousarray(seeds, np.int64), 0
        self._settle_worlds(scenarios, starts)
        self._limit_bids(scenarios)
        cells = int((self._sizes[:, rivals.AUCTIONS] * self._sizes[:, rivals.SLOTS]).max())
        worlds = len(starts)
        self.cumulative, self.t_low, self.t_mass = (np.zeros((worlds, cells)) for _ in range(3))
        self.price_micro = np.zeros((worlds, cells), np.int64)
        self.click_price_micro = np.zeros(worlds, np.int64)
        self.clicks_offered, self._bids = np.zeros(worlds), np.zeros(worlds)

    def _settle_worlds(self, scenarios: Sequence[Scenario], starts: Sequence[MarketStart]) -> None:
        """Lay every world's parameters and rivals side by side, padded to the most rows and slots of any."""
        self._worlds = np.array([market_rows.world_row(c, s) for c, s in zip(scenarios, starts, strict=True)])
        self._sizes = np.array([
            (c.public.sampled_auctions_count, s.shares.size, s.pricing, c.clock.warm_up_days, c.clock.days,
             s.pace.size, market_rows.has_pools(c), market_rows.is_watched(c))
            for c, s in zip(scenarios, starts, strict=True)
        ], np.int64)
        rows = [
            market_rows.rival_rows(c, s, int(seed)) for c, s, seed in zip(scenarios, starts, self._seeds, strict=True)
        ]
        self._classes, self._standing, self._pace, self._rounding = map(
            market_rows.side_by_side, zip(*rows, strict=True)
        )
        self._shares = market_rows.side_by_side([s.shares for s in starts])
        self._festivals = market_rows.festival_tables(scenarios)
        self._watched = bool(self._sizes[:, rivals.WATCHED].any())
        self._brand_pace = np.ones(len(starts))
        worlds, kinds = self._pace.shape
        self._rivals, self._books = np.zeros((worlds, 5, kinds)), np.zeros((worlds, 4, kinds))
        self._page_views = np.zeros(worlds)

    def _limit_bids(self, scenarios: Sequence[Scenario]) -> None:
        """What limits the bid in each world besides its money, and how well a click of the brand's suits on average."""
        self._most_bids = np.array([
            s.brand.fixed_bid_cny / s.public.start_click_price_cny
            if s.brand.bidding == "fixed_click_price" else math.inf
            for s in scenarios
        ])
        self._counts_value = np.array([s.brand.bidding == "lifetime_value" for s in scenarios])
        match = self._worlds[:, rivals.MATCH]
        self._cny_per_bid = self._worlds[:, rivals.MICRO_PER_UNIT] / 1e6 * match
        self.match_shape = self._worlds[:, rivals.SHAPE].copy()
        self.match_scale = 1.0 / (self._worlds[:, rivals.NOISE_MEAN] * match)
        self.match_most = np.array([s.public.match_conversion_cap_factor for s in scenarios]) / match

    @property
    def rival_pace(self) -> NDArray[np.float64]:
        """The factor by which each class of rivals holds its bids back to make its budgets last, [W, class]."""
        return self._pace

    @property
    def bid_cny(self) -> NDArray[np.float64]:
        """The brand's bid today for a click of its average match on day 0, yuan."""
        return np.asarray(self._bids * self._cny_per_bid)

    def open(self, day: int, bid_ceiling_cny: NDArray[np.float64]) -> None:
        """Hold the day's auctions; ``day`` counts from the first day lived.

        Growth counts from the end of warm-up to the last counted day: in the run-out the square stands still, so that
        what a pool still earns is measured at the prices reached.

        ``bid_ceiling_cny`` is what a click of average match is worth to the brand in each world, yuan; it binds under
        lifetime_value bidding only. Under fixed_click_price no bid for anybody, and so no price, exceeds fixed_bid_cny.
        """
        ceiling = np.where(self._counts_value, bid_ceiling_cny, math.inf) / self._cny_per_bid
        np.minimum(self._worlds[:, rivals.BASE_BID] * self._brand_pace, ceiling, out=self._bids)
        _wake_rivals(
            day, self._worlds, self._sizes, self._festivals, self._classes, self._standing, self._rounding, self._pace,
            self._rivals, self._books, self._page_views,
        )
        _open_square(
            day, square.MOST_OVERSPENT, self._seeds, self._worlds, self._sizes, self._shares, self._page_views,
            self._rivals, self._books, self._bids, self._most_bids, self.cumulative, self.price_micro, self.t_low,
            self.t_mass, self.clicks_offered, self.click_price_micro,
        )
        self._day = day

    def close(self, ad_money_micro: NDArray[np.int64]) -> None:
        """Set tomorrow's paces, and let rivals come, go and reinvest.

        ``ad_money_micro`` is what the brand could have spent on new clicks today, micro-yuan. Where it had nothing, its
        pace stands still.
        """
        _close_square(
            self._worlds, np.ascontiguousarray(ad_money_micro, np.int64), self.clicks_offered, self.click_price_micro,
            self._bids, self._rivals, self._books, self._pace, self._brand_pace,
        )
        if self._watched:
            rivals.learn_everywhere(
                self._day, self._worlds, self._sizes, self._classes, self._books, self._standing
            )
