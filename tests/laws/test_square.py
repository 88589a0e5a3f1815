"""A day of the public square, lived for all page views at once, against the same day one page view after the other."""

from __future__ import annotations

import math
from itertools import count

import numpy as np
import pytest

from sim.assumptions.loading import load
from sim.kernel import luck
from sim.market import market
from sim.market.market import Market
from sim.market.page_views import STRIDES
from sim.market.rivals import (
    AUCTIONS,
    BID,
    BUDGET,
    EARNED,
    MATCH,
    MICRO_PER_UNIT,
    NOISE_MEAN,
    PAID,
    PRESENT,
    PRICING,
    QUALITY,
    RATE,
    RESERVE,
    SHAPE,
    SLOTS,
    SPENDING,
    WATCHED,
    WORTH,
)
from sim.rules.auction import BRAND, FIRST_PRICE, SECOND_PRICE

RIVALS = (
    {"name": "rich", "advertisers_count": 3, "value_factor": 2.0},
    {"name": "short of money", "advertisers_count": 30, "quality_factor": 1.4, "budget_clicks_per_day": 150.0},
    {"name": "poor", "advertisers_count": 9, "value_factor": 0.5, "budget_clicks_per_day": 5.0},
)
SQUARES = {
    "as it comes": {},
    "budgets that end within the day": {
        "public.rivals": RIVALS,
        "public.festivals": ({"name": "618", "day": 2, "length_days": 3, "rival_value_factor": 6.0, "clicks_factor": 2.0},),
    },
    "vickrey": {"public.pricing": "vickrey", "public.rivals": RIVALS},
    "first price": {"public.pricing": "first_price"},
    "one slot, one class, a high reserve": {
        "public.slot_click_shares": (1.0,), "public.reserve_factor": 0.9,
        "public.rivals": ({"name": "all", "advertisers_count": 30},),
    },
    "more slots than rivals": {
        "public.rivals": ({"name": "few", "advertisers_count": 3},), "brand.budget_cny_per_day": 20_000.0,
        "public.advertisers_growth_share_per_year": 0.0,
    },
    "watched, with pools": {
        "public.entry_share_per_year": 2.0, "public.reinvested_share_per_year": 1.0, "public.pool_innovation_share_per_year": 0.9,
    },
    "a bid that is never exceeded": {"brand.bidding": "fixed_click_price"},
    "a bid by lifetime value": {"brand.bidding": "lifetime_value"},
    "few auctions": {"public.sampled_auctions_count": 16},
}


def arrivals(at, slots, rates_of, present, latest):
    """When rivals arrive in one page view, and of which class they are, as (when, who)."""
    came, left, now = [], list(present), 0.0
    for rank in range(slots + 1):
        rates = [n * r for n, r in zip(left, rates_of, strict=True)]
        now -= math.log(1 - at[2 * rank]) / sum(rates) if sum(rates) > 0 else -math.inf
        if now > latest or sum(rates) <= 0:
            break
        who = min(int(np.searchsorted(np.cumsum(rates), at[2 * rank + 1] * sum(rates), side="right")), len(rates) - 1)
        came.append((now, who))
        left[who] -= 1
    return came


def cells_of(came, rate, first, latest, shape, pricing, shares, reserve, own_bid):
    """The brand's cells in one page view, a slot each: clicks, price, t_low, t_mass."""
    low, later, scores = 0.0, 1.0, [when**-shape for when, _ in came]
    for slot, share in enumerate(shares):
        high = min(came[slot][0] if slot < len(came) else math.inf, latest)
        wins = high > low and high > first
        chance = later - math.exp(-rate * high) if wins else 0.0
        price = price_of(pricing, shares, slot, scores[slot:], reserve, 1.0, own_bid)
        yield share * chance, price, rate * low, chance / max(later, 1e-100)
        low, later = (high, later - chance) if wins else (low, later)


def charged(came, shape, world, sizes, shares, rivals):
    """What rivals pay and gain in one page view, as (who, paid, gained), a slot each."""
    scores = [when**-shape for when, _ in came]
    for slot, (_, who) in enumerate(came[: len(shares)]):
        if who != BRAND and (sizes[WATCHED] or rivals[BUDGET, who] < math.inf):
            quality, bid, below = rivals[QUALITY, who], rivals[BID, who], scores[slot + 1 :]
            price = price_of(int(sizes[PRICING]), shares, slot, below, world[RESERVE], quality, bid * world[MATCH])
            gained = rivals[WORTH, who] * scores[slot] / (quality * bid) - price if sizes[WATCHED] else 0.0
            yield who, shares[slot] * price, shares[slot] * gained


def one_by_one(day, most_overspent, seed, world, sizes, shares, page_views, rivals, books, bid, most_bid):
    """The day's auctions one after the other: the brand's cells, what classes would spend, pay and earn, who ran out."""
    slots, auctions, shape, reserve = int(sizes[SLOTS]), int(sizes[AUCTIONS]), world[SHAPE], world[RESERVE]
    views_each, present = page_views / auctions, books[PRESENT].tolist()
    spent, earned, pace, left_out = [0.0] * len(present), [0.0] * len(present), [0.0] * len(present), set()
    at = [u for i in range((2 * slots + 6) // 4) for u in luck.draw(int(seed), luck.AUCTION, day, i, 0)]
    rate, latest = (bid / world[NOISE_MEAN]) ** (1 / shape), reserve ** (-1 / shape) if reserve > 0 else math.inf
    first = most_bid ** (-1 / shape) if most_bid < math.inf else 0.0
    cells = []
    for held in range(1, auctions + 1):
        at = [(u + stride) % 1.0 for u, stride in zip(at, STRIDES, strict=False)]
        came = arrivals(at, slots, rivals[RATE], [0 if c in left_out else n for c, n in enumerate(present)], latest)
        own_bid = min(bid * world[MATCH], most_bid)
        cells += cells_of(came, rate, first, latest, shape, int(sizes[PRICING]), shares, reserve, own_bid)
        own = max(-math.log(1 - at[-1]) / rate, first)
        everybody = sorted([*came, (own, BRAND)]) if own <= latest else came
        for who, paid, gained in charged(everybody, shape, world, sizes, shares, rivals):
            spent[who] += paid
            earned[who] += gained
        for c in {c for c, n in enumerate(present) if n > 0} - left_out:
            pace[c] = spent[c] * views_each * auctions / held
            if spent[c] * views_each >= most_overspent * rivals[BUDGET, c]:
                left_out.add(c)
    return cells, pace, [each * views_each for each in spent], [each * views_each for each in earned], left_out


def price_of(pricing, shares, slot, below, reserve, quality, own_bid):
    """What a click in a slot costs, ``below`` being the scores of those who stand lower."""
    below = [max(score, reserve) for score in [*below, *[0.0] * len(shares)]]
    if pricing == FIRST_PRICE:
        return own_bid
    if pricing == SECOND_PRICE:
        return below[0] / quality
    steps = [shares[s] - (shares[s + 1] if s + 1 < len(shares) else 0.0) for s in range(slot, len(shares))]
    return sum(step * score for step, score in zip(steps, below, strict=False)) / (shares[slot] * quality)


@pytest.fixture
def days(monkeypatch):
    """What went into and came out of each day of auctions that is held from now on."""
    held, hold = [], market._open_square

    def noted(*arguments):
        before = [np.copy(each) for each in arguments]
        hold(*arguments)
        held.append((before, [np.copy(each) for each in arguments]))

    monkeypatch.setattr(market, "_open_square", noted)
    return held


@pytest.mark.parametrize("name", SQUARES)
def test_all_page_views_at_once_are_what_they_are_one_by_one(name, days):
    scenarios = [load("baseline", {"public.slot_click_shares": (1.0, 0.4), **SQUARES["few auctions"]}), load("baseline", SQUARES[name])]
    square = Market(scenarios, np.array([7, 2**40 + 1]))
    for day, money in zip((0, 1, 200, 365), count(1), strict=False):
        square.open(day, np.array([40.0, 1.1]))
        square.close(np.array([10**9 * money, 2 * 10**9]))
    ran_out = set()
    for before, after in days:
        day, overspent, seeds, worlds, sizes, shares, views, rivals, books, bids, most_bids = before[:11]
        cumulative, price_micro, t_low, t_mass, offered, click_price = after[11:]
        w, slots = 1, int(sizes[1, SLOTS])
        cells, pace, spent, earned, left_out = one_by_one(
            int(day), float(overspent), seeds[w], worlds[w], sizes[w], shares[w, :slots].tolist(), views[w], rivals[w], books[w],
            bids[w], most_bids[w],
        )
        clicks, prices, low, mass = np.array(cells).T
        many = len(cells)
        assert np.diff(cumulative[w, :many], prepend=0) == pytest.approx(clicks, rel=1e-9, abs=1e-12)
        assert (cumulative[w, many:] == cumulative[w, many - 1]).all()
        assert price_micro[w, :many] == pytest.approx(prices * worlds[w, MICRO_PER_UNIT], rel=1e-9, abs=0.51)
        assert t_low[w, :many] == pytest.approx(low, rel=1e-9, abs=1e-12)
        assert t_mass[w, :many] == pytest.approx(mass, rel=1e-9, abs=1e-12)
        assert offered[w] == pytest.approx(clicks.sum() * views[w] / sizes[w, AUCTIONS], rel=1e-9)
        assert click_price[w] == pytest.approx(clicks @ prices / clicks.sum() * worlds[w, MICRO_PER_UNIT], abs=1.01)
        limited = rivals[w, BUDGET] < math.inf
        books_of = after[8][w]
        assert books_of[SPENDING, limited] == pytest.approx(np.array(pace)[limited], rel=1e-9, abs=1e-9)
        assert books_of[PAID] == pytest.approx(spent, rel=1e-9, abs=1e-9)
        assert books_of[EARNED] == pytest.approx(earned, rel=1e-9, abs=1e-9)
        ran_out |= left_out
    assert ran_out or name != "budgets that end within the day"
