"""Day 0 of the public square: the level of everybody's bids at which a click costs what the scenario says.

Found once for each distinct scenario, without any seed: rivals' values and the brand's bid are scaled until the brand,
spending its whole envelope, wins budget / price clicks at exactly the start click price, while rivals with budgets bid
at the pace that just spends them. Money is in units of the start click price.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.errors import ScenarioError
from sim.assumptions.scenario import Public
from sim.market import auctions as square
from sim.market import rivals
from sim.rules.auction import FIRST_PRICE, PRICINGS

MOST_TOP_SHARE = 0.8
"""Most of the first slot's clicks that the brand wins on day 0, however large its envelope: nobody can win all."""
SMALLEST_SHARE = 0.01
"""Share of all clicks that stands in for the brand's, when it has no envelope."""
MOST_VALUE = 5.0
"""Most that a click is worth to rivals, over its price, where all of them are held by budgets: beyond, budgets grow."""
SAMPLES = (512, 4096)
"""Auctions of a trial: coarse first, then fine."""
MOST_TRIALS = 60
TOLERANCE = 3e-5
SPENDING_TOLERANCE = 0.0005
ACCEPTABLE = 2e-3
REHEARSAL_SEED = 4_242_424_242_424_242
_FINE = 1e12  # parts of the start click price to which a rehearsal's prices are rounded


class UnreachablePrice(ScenarioError):
    """No level of bids makes a click cost the start click price: too few rivals, or too high a reserve."""


@dataclass(frozen=True)
class MarketStart:
    """The square on day 0, in units of the start click price; arrays are read-only.

    ``world`` has the columns of rivals_day (those of growth by profit are still 0), ``classes`` its rows COUNT to COST,
    ``pace`` one figure for each class, ``shares`` the slots' click shares. ``earns`` and ``pays`` are
    what an advertiser of each class earns and pays on a day.
    """

    world: NDArray[np.float64]
    classes: NDArray[np.float64]
    pace: NDArray[np.float64]
    shares: NDArray[np.float64]
    pricing: int
    earns: NDArray[np.float64]
    pays: NDArray[np.float64]


class _Rehearsal:
    """A day 0 held with many auctions, always the same luck, and nobody running out of money."""

    def __init__(self, auctions: int, start: MarketStart) -> None:
        self.start = start
        self.one_view = start.world[rivals.PAGE_VIEWS] / auctions
        slots, cells = start.shares.size, auctions * start.shares.size
        kinds = start.pace.size
        self._sizes = np.array([[auctions, slots, start.pricing, 0, 0, kinds, 0, 0]])
        self._t_low, self._t_mass, self._cumulative = (np.empty((1, cells)) for _ in range(3))
        self._prices, self._price = np.empty((1, cells), np.int64), np.empty(1, np.int64)
        self._clicks, self._standing = np.empty(1), np.ones((1, 4, kinds))
        self._books, self._festivals = np.zeros((1, 4, kinds)), np.ones((1, 365, 3))
        self._rivals, self._views, self._rounding = np.empty((1, 5, kinds)), np.empty(1), np.zeros((1, kinds))

    def hold(self) -> tuple[float, float, NDArray[np.float64]]:
        """The brand's clicks, their expected price, and what each class with a budget would spend, all in a day."""
        world = self.start.world.copy()
        world[rivals.MICRO_PER_UNIT] = _FINE
        rivals.wake_rivals(
            0, world[None], self._sizes, self._festivals, self.start.classes[None], self._standing, self._rounding,
            self.start.pace[None], self._rivals, self._books, self._views,
        )
        square.open_square(
            0, math.inf, np.array([REHEARSAL_SEED]), world[None], self._sizes, self.start.shares[None], self._views,
            self._rivals, self._books, world[rivals.BASE_BID : rivals.BASE_BID + 1], np.array([math.inf]),
            self._cumulative, self._prices, self._t_low, self._t_mass, self._clicks, self._price,
        )
        return float(self._clicks[0]), float(self._price[0]) / _FINE, self._books[0, rivals.SPENDING].copy()

    def watch(self) -> None:
        """Note in the start what an advertiser of each class earns and pays on such a day."""
        self._sizes[0, rivals.WATCHED] = 1
        self.hold()
        each = np.maximum(self.start.classes[rivals.COUNT], 1.0)
        self.start.earns[:] = self._books[0, rivals.EARNED] / each
        self.start.pays[:] = self._books[0, rivals.PAID] / each

    def match(self, cap: float) -> float:
        """The mean match of the brand's clicks, each counted as at most ``cap``."""
        clicks = float(self._cumulative[0, -1])
        return float(
            square.mean_match(self.start.world, self.start.shares, cap, clicks, self._t_low[0], self._t_mass[0])
        )


def _world(public: Public, grows: bool) -> NDArray[np.float64]:
    world = np.zeros(rivals.WORLD_COLUMNS)
    world[rivals.SHAPE] = public.match_noise_shape
    world[rivals.NOISE_MEAN] = math.gamma(1.0 - public.match_noise_shape)
    world[rivals.RESERVE] = public.reserve_factor
    world[rivals.PAGE_VIEWS] = public.clicks_offered_per_day / sum(public.slot_click_shares)
    world[rivals.BASE_BID], world[rivals.MATCH] = 0.5, 1.0
    world[rivals.MICRO_PER_UNIT] = public.start_click_price_cny * 1e6
    world[rivals.GAIN] = min(public.pacing_gain_level, public.match_noise_shape)  # above 2 x shape it would oscillate
    if grows:
        world[rivals.COUNT_GROWTH] = public.advertisers_growth_share_per_year
        world[rivals.VALUE_GROWTH] = public.value_growth_share_per_year
        world[rivals.BUDGET_GROWTH] = public.budget_growth_share_per_year
    return world


def _classes(public: Public) -> NDArray[np.float64]:
    budgets = [math.inf if r.budget_clicks_per_day is None else r.budget_clicks_per_day for r in public.rivals]
    return np.array([
        [float(r.advertisers_count) for r in public.rivals],
        [0.5 * r.value_factor for r in public.rivals],
        [r.quality_factor for r in public.rivals],
        budgets,
        [0.0] * len(budgets),
    ])


def _limited(start: MarketStart) -> NDArray[np.bool_]:
    """Which classes of rivals there are, and have budgets."""
    return np.asarray((start.classes[rivals.COUNT] > 0) & np.isfinite(start.classes[rivals.EACH_BUDGET]))


def _hasten(start: MarketStart, spending: NDArray[np.float64], one_view: float) -> NDArray[np.float64]:
    """By how much, in logarithms, each class with a budget should spend faster; 0 where a sample cannot tell."""
    classes, limited = start.classes, _limited(start)
    budget = np.where(limited, classes[rivals.EACH_BUDGET] * np.maximum(classes[rivals.COUNT], 1.0), 1.0)
    short = np.where(limited, np.log(budget / np.maximum(spending, 1e-3 * budget)), 0.0)
    short = np.where(start.pace < 1.0, short, np.minimum(short, 0.0))
    resolved = one_view / budget  # the part of its budget that one sampled page view costs a class
    over, under = SPENDING_TOLERANCE + np.minimum(resolved, 0.002), SPENDING_TOLERANCE + 2.0 * resolved
    short[(short > -over) & (short < under)] = 0.0
    return np.asarray(short)


def _correct(start: MarketStart, wanted: float, clicks: float, price: float, short: NDArray[np.float64]) -> None:
    """Move bids and paces towards what is wanted; budgets only where they hold all rivals, so that values cannot."""
    world, classes, limited = start.world, start.classes, _limited(start)
    dearer, more = -math.log(max(price, 1e-3)), math.log(wanted / max(clicks, 1e-3 * wanted))
    all_limited = np.array_equal(limited, classes[rivals.COUNT] > 0)
    room = math.log((MOST_VALUE if all_limited else 1e4) / classes[rivals.VALUE].max())
    raised = min(dearer, room)
    if all_limited and not short.any() and bool((start.pace < 1.0)[limited].all()) and (dearer > 0.0 or room < 0.05):
        raised = room
        classes[rivals.EACH_BUDGET] *= math.exp(dearer)
    classes[rivals.VALUE] *= math.exp(raised)
    world[rivals.BASE_BID] *= math.exp(dearer + world[rivals.SHAPE] * more)
    faster = np.clip(0.7 * world[rivals.SHAPE] * short - raised * (start.pace < 1.0), -3.0, 3.0)
    start.pace[limited] = np.clip(start.pace * np.exp(faster), 1e-3, 1.0)[limited]


def _settle(start: MarketStart, wanted: float, cap: float) -> bool:
    """Find everybody's bids on day 0, in the arrays of ``start``, in place; returns whether there are such bids."""
    off = math.inf
    for auctions in SAMPLES:
        rehearsal = _Rehearsal(auctions, start)
        for _ in range(MOST_TRIALS):
            clicks, price, spending = rehearsal.hold()
            if start.pricing == FIRST_PRICE:  # the bid that is charged is the bid for a click of average match
                start.world[rivals.MATCH] = rehearsal.match(cap)
            short = _hasten(start, spending, rehearsal.one_view)
            off = max(abs(math.log(max(price, 1e-3))), abs(math.log(max(clicks, 1e-3) / wanted)))
            if max(off, float(np.abs(short).max())) < TOLERANCE:
                break
            _correct(start, wanted, clicks, price, short)
    start.world[rivals.MATCH] = rehearsal.match(cap)
    rehearsal.watch()
    return off < ACCEPTABLE


def _wanted_clicks(public: Public, budget_cny_per_day: float) -> float:
    """The clicks a day that the envelope buys at the start price, if the brand can be given so many."""
    offered = public.clicks_offered_per_day
    most = MOST_TOP_SHARE * offered * max(public.slot_click_shares) / sum(public.slot_click_shares)
    return min(budget_cny_per_day / public.start_click_price_cny or SMALLEST_SHARE * offered, most)


@lru_cache(maxsize=4096)
def market_start(public: Public, budget_cny_per_day: float, grows: bool) -> MarketStart:
    """Find the square on day 0 for a brand with this envelope; raises UnreachablePrice if there is no such square."""
    wanted = _wanted_clicks(public, budget_cny_per_day)
    kinds = len(public.rivals)
    start = MarketStart(
        _world(public, grows), _classes(public), np.ones(kinds), np.array(public.slot_click_shares),
        PRICINGS[public.pricing], np.zeros(kinds), np.zeros(kinds),
    )
    if not _settle(start, wanted, public.match_conversion_cap_factor):
        crowd = sum(r.advertisers_count for r in public.rivals)
        sentence = (
            f"public: on day 0 no bid wins the brand {wanted:,.0f} clicks a day at start_click_price_cny"
            f" {public.start_click_price_cny:g} against {crowd} rivals for {start.shares.size} slots with"
            f" reserve_factor {public.reserve_factor:g}. Add rivals, take fewer slots, or lower the reserve."
        )
        raise UnreachablePrice([sentence])
    start.classes[rivals.COST] = np.maximum(start.earns, 0.0) / public.start_profit_factor
    return start
