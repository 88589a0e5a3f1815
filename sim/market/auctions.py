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

from sim.kernel import luck
from sim.kernel.compiled import kernel, room, rule, step
from sim.kernel.vecmath import log
from sim.market.page_views import (
    Views,
    come,
    offer_to_brand,
    race,
    rank,
    score,
    spread_luck,
    uniforms_of,
    views_of,
    wait,
)
from sim.market.rivals import (
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
from sim.rules.auction import arrival_at_score, arrival_rate, click_price, matched_until, paced

Array = NDArray[Any]

MOST_BRAND_PACE = 50.0
"""Most by which the brand raises its bid over day 0's when it has more money than its clicks cost."""
MOST_OVERSPENT = 1.2
"""Where a class is out for the rest of the day, over its budget: platforms let one day overspend, and even it out."""
MOST_MICRO = 9e18

@room
def shifted_lattice(seed: int, day: int, slots: int) -> Array:
    """Where the lattice of a day starts: at least as many keyed uniforms as an auction with so many slots needs."""
    at = np.empty(uniforms_of(slots))
    for i in range(0, at.size, 4):
        a, b, c, d = luck.draw(seed, luck.AUCTION, day, i >> 2, 0)
        at[i], at[i + 1], at[i + 2], at[i + 3] = a, b, c, d
    return at


@rule(forceinline=True)
def has_budget(rivals: Array, c: int) -> bool:
    """Whether what a class pays can bring it to the end of its money."""
    return bool(rivals[BUDGET, c] < math.inf)


@rule(forceinline=True)
def charge_rivals(
    ranked: Array, ranked_scores: Array, rivals: Array, pricing: int, watched: bool, world: Array, shares: Array,
    spend: Array, gain: Array,
) -> None:
    """Add to each class's ``spend`` what its advertisers pay for the slots that they won in one page view.

    If the rivals are ``watched``, classes without a budget pay too, and ``gain`` is what the clicks are worth to each
    class beyond their price.
    """
    for slot in range(shares.size):
        c = ranked[slot]
        if c >= 0 and (watched or has_budget(rivals, c)):
            bid, quality = rivals[BID, c] * world[MATCH], rivals[QUALITY, c]
            price = click_price(pricing, shares, slot, ranked_scores, slot + 1, world[RESERVE], quality, bid)
            spend[c] += shares[slot] * price
            if watched:
                match = ranked_scores[slot] / (quality * rivals[BID, c])
                gain[c] += shares[slot] * (rivals[WORTH, c] * match - price)


@step
def charge_until_out(
    since: int, views_each: float, watched: bool, most_overspent: float, rivals: Array, alive: Array, pricing: int,
    world: Array, shares: Array, ranked: Array, ranked_scores: Array, books: Array,
) -> int:
    """Charge the rivals in one page view after the other, until a class is out of money; returns the view after that.

    ``ranked`` and ``ranked_scores`` [rank, view] are everybody, best first, the brand included; each page view sampled
    stands for ``views_each``. A class that has spent ``most_overspent`` of its budget is out for the day. Notes in the
    books how fast those spent who are out now.
    """
    spend, views = books[PAID], ranked.shape[1]
    for view in range(since, views):
        charge_rivals(
            ranked[:, view], ranked_scores[:, view], rivals, pricing, watched, world, shares, spend, books[EARNED]
        )
        is_out = False
        for c in range(alive.size):
            if alive[c] > 0.0 and spend[c] * views_each >= most_overspent * rivals[BUDGET, c]:
                books[SPENDING, c] = spend[c] * views_each * views / (view + 1)
                alive[c], is_out = 0.0, True
        if is_out:
            return view + 1
    return views


@step
def hold_auctions(
    page_views: float, watched: bool, most_overspent: float, start: Array, rivals: Array, alive: Array, bid: float,
    most_bid: float, world: Array, pricing: int, shares: Array, books: Array, views: Views,
) -> None:
    """Hold a day's sampled auctions of one world.

    ``alive`` (advertisers by class) loses the classes that spend more than ``most_overspent`` of their budgets. The
    brand bids ``bid`` x match, at most ``most_bid``. Fills ``views`` and, per page view sampled, what each class pays
    and earns; and what one with a budget would have spent in the whole day, without running out.
    """
    shape, slots, auctions = world[SHAPE], shares.size, views.came.size
    rate = arrival_rate(bid, shape, world[NOISE_MEAN])
    latest = arrival_at_score(world[RESERVE], shape)
    first, brand_latest = arrival_at_score(most_bid, shape), latest if rate > 0.0 else 0.0
    charged, since, views_each = watched, np.int64(0), page_views / auctions
    for c in range(alive.size):
        books[SPENDING, c] = books[PAID, c] = books[EARNED, c] = 0.0
        charged = charged or has_budget(rivals, c)
    spread_luck(start, views.luck)
    for r in range(slots + 1):
        wait(views.luck[2 * r])
    if charged:
        come(views.luck[views.luck.shape[0] - 1], rate, first, brand_latest, views.came)
        score(views.came, shape, views.came_scores)
    while since < auctions:
        race(views.luck, rivals[RATE], alive, latest, since, views.left, views.arrivals, views.who)
        for r in range(slots + 1):
            score(views.arrivals[r, since:], shape, views.scores[r, since:])
        if not charged:
            break
        rank(views, since)
        since = charge_until_out(
            since, views_each, watched, most_overspent, rivals, alive, pricing, world, shares, views.ranked,
            views.ranked_scores, books,
        )
    for c in range(alive.size):
        if charged and alive[c] > 0.0:
            books[SPENDING, c] = books[PAID, c] * views_each * auctions / auctions
    offer_to_brand(rate, views.arrivals, first, brand_latest, views.beaten, views.later)


@step
def price_cells(
    rate: float, own_bid: float, pricing: int, world: Array, shares: Array, views: Views, cumulative: Array,
    price_micro: Array, t_low: Array, t_mass: Array,
) -> tuple[float, float]:
    """Lay out the brand's clicks, a cell for each slot of each page view; returns how many, and their expected price.

    A cell has its price in whole micro-yuan, the clicks up to and with it, and how well people suit who click there.
    Cells beyond those of this world are empty.
    """
    slots, micro = shares.size, world[MICRO_PER_UNIT]
    clicks, paid, cell = 0.0, 0.0, 0
    for view in range(views.came.size):
        for slot in range(slots):
            price = click_price(pricing, shares, slot, views.scores[:, view], slot, world[RESERVE], 1.0, own_bid)
            price_micro[cell] = int(min(price * micro, MOST_MICRO) + 0.5)
            before, clicks_before = views.later[slot, view], clicks
            chance = before - views.later[slot + 1, view]
            t_low[cell], t_mass[cell] = rate * views.beaten[slot, view], chance / max(before, 1e-100)
            clicks += shares[slot] * chance
            cumulative[cell] = clicks
            paid += (clicks - clicks_before) * price_micro[cell]
            cell += 1
    for beyond in range(cell, cumulative.size):
        cumulative[beyond] = clicks
    return clicks, paid / clicks if clicks > 0.0 else 0.0


@kernel
def open_square(
    day: int, most_overspent: float, seeds: Array, worlds: Array, sizes: Array, shares: Array, page_views: Array,
    rivals: Array, books: Array, bids: Array, most_bids: Array, cumulative: Array, price_micro: Array, t_low: Array,
    t_mass: Array, offered: Array, click_price_micro: Array,
) -> None:
    """Hold the day's auctions in every world; the brand bids ``bids`` x match, at most ``most_bids``.

    Fills the rivals' ``books`` (PAID and EARNED in full where rivals are watched), the brand's cells, and its clicks a
    day and their expected price.
    """
    alive = np.empty(rivals.shape[2])
    for w in range(seeds.size):
        auctions, slots, world = int(sizes[w, AUCTIONS]), int(sizes[w, SLOTS]), worlds[w]
        pricing, views = int(sizes[w, PRICING]), views_of(auctions, slots, alive.size)
        for c in range(alive.size):
            alive[c] = books[w, PRESENT, c]
        hold_auctions(
            page_views[w], sizes[w, WATCHED] > 0, most_overspent, shifted_lattice(int(seeds[w]), day, slots),
            rivals[w], alive, bids[w], most_bids[w], world, pricing, shares[w, :slots], books[w], views,
        )
        rate = arrival_rate(bids[w], world[SHAPE], world[NOISE_MEAN])
        clicks, mean = price_cells(
            rate, min(bids[w] * world[MATCH], most_bids[w]), pricing, world, shares[w, :slots], views, cumulative[w],
            price_micro[w], t_low[w], t_mass[w],
        )
        for c in range(alive.size):
            books[w, PAID, c] *= page_views[w] / auctions
            books[w, EARNED, c] *= page_views[w] / auctions
        offered[w] = clicks * page_views[w] / auctions
        click_price_micro[w] = int(mean + 0.5)


@kernel
def mean_match(
    world: Array, shares: Array, cap: float, clicks: float, t_low: Array, t_mass: Array
) -> float:
    """The mean match, at most ``cap``, over the brand's clicks in the cells of one world, ``clicks`` in all; exact."""
    total = 0.0
    for i in range(t_low.size):
        if t_mass[i] > 0.0:
            t_high = t_low[i] - log(max(1.0 - t_mass[i], 1e-100))
            high = matched_until(t_high, world[SHAPE], world[NOISE_MEAN], cap)
            total += shares[i % shares.size] * (high - matched_until(t_low[i], world[SHAPE], world[NOISE_MEAN], cap))
    return total / clicks if clicks > 0.0 else 1.0


@kernel
def close_square(
    worlds: Array, ad_money_micro: Array, offered: Array, click_price_micro: Array,
    bids: Array, rivals: Array, books: Array, pace: Array, brand_pace: Array,
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
