"""A day of auctions in every world: rivals are sampled, the brand's clicks follow from the exact law, given them.

The sampled auctions of a day, in time order, are its ticks. Their luck is a lattice shifted at random each day (a
Kronecker sequence): each auction by itself is as random as any, but together they cover chance evenly, so that a day's
mean price has a much smaller sampling error than with as many independent auctions.

Money is in units of the start click price: doubling every price and budget of a scenario changes no number here.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import luck
from sim.auction import (
    arrival_at_score,
    arrival_rate,
    click_price,
    matched_until,
    paced,
    race,
    rank_brand,
    score_at_arrival,
)
from sim.compiled import kernel, rule, step
from sim.rivals_day import (
    AUCTIONS,
    BASE_BID,
    BID,
    BUDGET,
    EARNED,
    GAIN,
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

MOST_BRAND_PACE = 50.0
"""Most by which the brand raises its bid over day 0's when it has more money than its clicks cost."""
MOST_OVERSPENT = 1.2
"""Where a class is out for the rest of the day, over its budget: platforms let one day overspend, and even it out."""
MOST_MICRO = 9e18
STRIDES = np.sqrt(np.array([2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71.0])) % 1.0
"""Steps of the lattice, one for each uniform of an auction: two for each rank, the last for the brand."""


@step
def shifted_lattice(seed: int, day: int, slots: int) -> NDArray[Any]:
    """Where the lattice of a day starts: at least as many keyed uniforms as an auction with so many slots needs."""
    at = np.empty((2 * slots + 6) // 4 * 4)
    for i in range(0, at.size, 4):
        a, b, c, d = luck.draw(seed, luck.AUCTION, day, i >> 2, 0)
        at[i], at[i + 1], at[i + 2], at[i + 3] = a, b, c, d
    return at


@rule(forceinline=True)
def step_lattice(at: NDArray[Any]) -> None:
    """Go on to the next auction's uniforms."""
    for i in range(at.size):
        further = at[i] + STRIDES[i]
        at[i] = further - 1.0 if further >= 1.0 else further


@step
def charge_rivals(
    ranked: NDArray[Any], ranked_scores: NDArray[Any], standing: int, rivals: NDArray[Any], pricing: int,
    watched: bool, world: NDArray[Any], shares: NDArray[Any], spend: NDArray[Any], gain: NDArray[Any],
) -> None:
    """Add to each class's ``spend`` what its advertisers pay for the slots that they won in one page view.

    If the rivals are ``watched``, classes without a budget pay too, and ``gain`` is what the clicks are worth to each
    class beyond their price.
    """
    for slot in range(min(standing, shares.size)):
        c = ranked[slot]
        if c >= 0 and (watched or rivals[BUDGET, c] < math.inf):
            bid, quality = rivals[BID, c] * world[MATCH], rivals[QUALITY, c]
            price = click_price(pricing, shares, slot, ranked_scores, slot + 1, world[RESERVE], quality, bid)
            spend[c] += shares[slot] * price
            if watched:
                match = ranked_scores[slot] / (quality * rivals[BID, c])
                gain[c] += shares[slot] * (rivals[WORTH, c] * match - price)


@rule(forceinline=True)
def offer_to_brand(
    rate: float, arrivals: NDArray[Any], scores: NDArray[Any], first: float, latest: float, pricing: int,
    reserve: float, own_bid: float, shares: NDArray[Any], start: int, clicks: float, cumulative: NDArray[Any],
    price: NDArray[Any], t_low: NDArray[Any], t_mass: NDArray[Any],
) -> float:
    """The brand's clicks in one page view, slot by slot, given the rivals: chance of the slot x its share of clicks.

    A brand that bids no more than some amount for anybody arrives at ``first`` at the earliest; after ``latest`` it
    misses the reserve. Fills one cell for each slot from ``start`` on, with clicks cumulated from ``clicks`` on;
    returns the new total.
    """
    low, chance_later = 0.0, 1.0
    for slot in range(shares.size):
        high = min(arrivals[slot], latest)
        t_low[start + slot] = t_high = rate * low
        chance = 0.0
        if high > low and high > first:
            t_high = rate * high
            later = math.exp(-t_high)
            chance = chance_later - later
            t_mass[start + slot] = chance / max(chance_later, 1e-100)
            low, chance_later = high, later
        else:
            t_mass[start + slot] = 0.0
        clicks += shares[slot] * chance
        cumulative[start + slot] = clicks
        price[start + slot] = click_price(pricing, shares, slot, scores, slot, reserve, 1.0, own_bid)
    return clicks


@step
def hold_auctions(
    auctions: int, page_views: float, watched: bool, most_overspent: float, at: NDArray[Any],
    rivals: NDArray[Any], alive: NDArray[Any], bid: float, most_bid: float, world: NDArray[Any], pricing: int,
    shares: NDArray[Any], books: NDArray[Any], cumulative: NDArray[Any], price: NDArray[Any], t_low: NDArray[Any],
    t_mass: NDArray[Any],
) -> float:
    """Hold a day's sampled auctions of one world; returns the brand's expected clicks per page view, summed over them.

    ``alive`` (advertisers by class) loses the classes that spend more than ``most_overspent`` of their budgets. The
    brand bids ``bid`` x match, at most ``most_bid``. Fills the brand's cells and, per page view sampled, what each
    class pays and earns; and what one with a budget would have spent in the whole day, without running out.
    """
    shape, reserve, views = world[SHAPE], world[RESERVE], page_views / auctions
    slots, left = shares.size, np.empty(alive.size)
    arrivals, scores, who = np.empty(slots + 1), np.empty(slots + 1), np.empty(slots + 1, np.int64)
    ranked_scores, ranked = np.empty(slots + 2), np.empty(slots + 2, np.int64)
    rate = arrival_rate(bid, shape, world[NOISE_MEAN])
    latest = arrival_at_score(reserve, shape)
    first, brand_latest = arrival_at_score(most_bid, shape), latest if rate > 0.0 else 0.0
    own_bid = min(bid * world[MATCH], most_bid)
    clicks = 0.0
    spend, gain, rate_of_spend = books[PAID], books[EARNED], books[SPENDING]
    charged = watched
    for c in range(alive.size):
        spend[c] = gain[c] = rate_of_spend[c] = 0.0
        charged = charged or rivals[BUDGET, c] < math.inf
    for m in range(auctions):
        step_lattice(at)
        found = race(at, rivals[RATE], alive, latest, left, arrivals, who)
        for i in range(slots + 1):
            scores[i] = score_at_arrival(arrivals[i], shape) if i < found else 0.0
        clicks = offer_to_brand(
            rate, arrivals, scores, first, brand_latest, pricing, reserve, own_bid, shares, m * slots, clicks,
            cumulative, price, t_low, t_mass,
        )
        if charged:
            came = max(-math.log(1.0 - at[at.size - 1]) / rate, first) if rate > 0.0 else math.inf
            if came > brand_latest or came >= arrivals[slots]:
                charge_rivals(who, scores, found, rivals, pricing, watched, world, shares, spend, gain)
            else:
                came_score = score_at_arrival(came, shape)
                standing = rank_brand(found, arrivals, scores, who, came, came_score, ranked_scores, ranked)
                charge_rivals(
                    ranked, ranked_scores, standing, rivals, pricing, watched, world, shares, spend, gain
                )
            run_out(m + 1, auctions, views, most_overspent, rivals, alive, spend, rate_of_spend)
    return clicks


@rule(forceinline=True)
def run_out(
    held: int, auctions: int, views: float, most_overspent: float, rivals: NDArray[Any], alive: NDArray[Any],
    spend: NDArray[Any], rate_of_spend: NDArray[Any],
) -> None:
    """Note the pace of spending; a class that has spent ``most_overspent`` of its budget is out for the day."""
    for c in range(alive.size):
        if alive[c] > 0.0:
            rate_of_spend[c] = spend[c] * views * auctions / held
            if spend[c] * views >= most_overspent * rivals[BUDGET, c]:
                alive[c] = 0.0


@step
def price_cells(
    cells: int, clicks: float, micro: float, cumulative: NDArray[Any], price: NDArray[Any], price_micro: NDArray[Any],
) -> float:
    """Round the brand's prices to micro-yuan, mark the cells beyond as empty, return the expected price of a click."""
    before, paid = 0.0, 0.0
    for i in range(cells):
        price_micro[i] = int(min(price[i] * micro, MOST_MICRO) + 0.5)
        paid += (cumulative[i] - before) * price_micro[i]
        before = cumulative[i]
    for i in range(cells, cumulative.size):
        cumulative[i] = clicks
    return paid / clicks if clicks > 0.0 else 0.0


@kernel
def open_square(
    day: int, most_overspent: float, seeds: NDArray[Any], worlds: NDArray[Any], sizes: NDArray[Any],
    shares: NDArray[Any], page_views: NDArray[Any], rivals: NDArray[Any], books: NDArray[Any], bids: NDArray[Any],
    most_bids: NDArray[Any], cumulative: NDArray[Any], price_micro: NDArray[Any], t_low: NDArray[Any],
    t_mass: NDArray[Any], offered: NDArray[Any], click_price_micro: NDArray[Any],
) -> None:
    """Hold the day's auctions in every world; the brand bids ``bids`` x match, at most ``most_bids``.

    Fills the rivals' ``books`` (PAID and EARNED in full where rivals are watched), the brand's cells, and its clicks a
    day and their expected price.
    """
    alive, price = np.empty(rivals.shape[2]), np.empty(cumulative.shape[1])
    for w in range(seeds.size):
        auctions, slots, world = int(sizes[w, AUCTIONS]), int(sizes[w, SLOTS]), worlds[w]
        for c in range(alive.size):
            alive[c] = books[w, PRESENT, c]
        at = shifted_lattice(int(seeds[w]), day, slots)
        clicks = hold_auctions(
            auctions, page_views[w], sizes[w, WATCHED] > 0, most_overspent, at, rivals[w], alive, bids[w],
            most_bids[w], world, int(sizes[w, PRICING]), shares[w, :slots], books[w], cumulative[w], price, t_low[w],
            t_mass[w],
        )
        for c in range(alive.size):
            books[w, PAID, c] *= page_views[w] / auctions
            books[w, EARNED, c] *= page_views[w] / auctions
        offered[w] = clicks * page_views[w] / auctions
        mean = price_cells(auctions * slots, clicks, world[MICRO_PER_UNIT], cumulative[w], price, price_micro[w])
        click_price_micro[w] = int(mean + 0.5)


@kernel
def mean_match(
    world: NDArray[Any], shares: NDArray[Any], cap: float, clicks: float, t_low: NDArray[Any], t_mass: NDArray[Any]
) -> float:
    """The mean match, at most ``cap``, over the brand's clicks in the cells of one world, ``clicks`` in all; exact."""
    total = 0.0
    for i in range(t_low.size):
        if t_mass[i] > 0.0:
            t_high = t_low[i] - math.log(max(1.0 - t_mass[i], 1e-100))
            high = matched_until(t_high, world[SHAPE], world[NOISE_MEAN], cap)
            total += shares[i % shares.size] * (high - matched_until(t_low[i], world[SHAPE], world[NOISE_MEAN], cap))
    return total / clicks if clicks > 0.0 else 1.0


@kernel
def close_square(
    worlds: NDArray[Any], ad_money_micro: NDArray[Any], offered: NDArray[Any], click_price_micro: NDArray[Any],
    bids: NDArray[Any], rivals: NDArray[Any], books: NDArray[Any], pace: NDArray[Any], brand_pace: NDArray[Any],
) -> None:
    """Everybody with a budget adjusts the pace for tomorrow to what today's bids would have spent."""
    for w in range(brand_pace.size):
        gain = worlds[w, GAIN]
        held = bids[w] / worlds[w, BASE_BID]  # the pace at which the brand really bid, under its ceiling
        would_spend = offered[w] * click_price_micro[w]
        brand_pace[w] = paced(held, would_spend, float(ad_money_micro[w]), gain, MOST_BRAND_PACE)
        for c in range(pace.shape[1]):
            if rivals[w, BUDGET, c] < math.inf:
                pace[w, c] = paced(pace[w, c], books[w, SPENDING, c], rivals[w, BUDGET, c], gain, 1.0)
