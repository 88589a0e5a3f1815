"""Auctions, prices of growing markets and the costs of customers that sources print."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import test_auction_tables as auction
import test_published_figures as figures
from many_worlds import lived

import sim
from measured.rows import Row, of_futures
from sim.kernel.ledger import MICRO
from sim.rules.auction import SECOND_PRICE, VICKREY

AUCTION, FIGURES = "tests/papers/test_auction_tables.py", "tests/papers/test_published_figures.py"


def auctions() -> Iterator[Row]:
    """The position auction of Edelman, Ostrovsky & Schwarz (2007), and second prices among uniform values."""
    values, clicks = [10.0, 4.0, 2.0], [200.0, 100.0]
    second, vickrey = (auction.payments(pricing, values, clicks) for pricing in (SECOND_PRICE, VICKREY))
    what = "position auction, values 10, 4, 2, clicks 200, 100"
    yield Row(f"{what}: truthful GSP revenue", 1000, sum(second), None, None, 1e-6, "published", AUCTION)
    yield Row(f"{what}: VCG revenue", 800, sum(vickrey), None, None, 1e-6, "published", AUCTION)
    for n, paid in enumerate(vickrey):
        price = f"{what}: lowest envy-free price of a click, slot {n + 1}"
        yield Row(price, 3 - n, paid / clicks[n], None, None, 1e-6, "published", AUCTION)
    for bidders, reserve, expected in ((2, 0.0, 1 / 3), (5, 0.0, 4 / 6), (2, 0.5, 5 / 12), (3, 0.5, 17 / 32)):
        drawn = -np.sort(-np.random.default_rng(bidders).random((200_000, bidders)), axis=1)
        revenue = auction.uniform_revenue(drawn, reserve)
        error = float(revenue.std() / np.sqrt(revenue.size))
        found = float(revenue.mean())
        name = f"second price, {bidders} uniform bidders, reserve {reserve:g}: revenue"
        yield Row(name, expected, found, found - 1.96 * error, found + 1.96 * error, 4 * error, "derived", AUCTION)


def customers() -> Iterator[Row]:
    """What a new customer cost at Alibaba and Pinduoduo, and the shop on the square."""
    years = figures.report_costs()
    for year, found in zip(figures.ALIBABA, years, strict=True):
        published, ends = figures.ALIBABA[year][3], year in (2015, 2019)
        row = f"Alibaba, fiscal {year}: cost of a new customer, yuan"
        kind = "fitted" if ends else "published"
        yield Row(row, published, found, None, None, (0.1 if ends else 0.25) * published, kind, FIGURES, 4)
    for year, value, found in zip((2016, 2017), (3.68, 6.64), figures.cost_of_a_customer("pinduoduo_2016_2017"), strict=True):
        yield Row(f"Pinduoduo, {year}: cost of a new customer, yuan", value, found, None, None, 0.05 * value, "fitted", FIGURES, 4)
    for name, buyers in (("square_as_stated", 200), ("square_as_printed", 1000)):
        scenario = sim.load(name, {"clock.days": 10, "clock.run_out_days": 0, "market.people": 100_000_000})
        (results,) = lived([scenario], "private_pool", range(1, 5))
        days = np.concatenate([r.count("orders_first_free") for r in results]).astype(float)
        error = 3 * float(days.std(ddof=1) / np.sqrt(days.size))
        yield Row(f"`{name}`: buyers a day", buyers, *of_futures(days), error, "published", FIGURES, 4)


def prices() -> Iterator[Row]:
    """Click prices that sources print, in the scenarios that were fitted to them."""
    for name, first, last in (("clicks_from_2_to_10", 2.0, 10.0), ("price_from_3_68_to_6_64", 3.68, 6.64)):
        (results,) = lived([sim.load(name, {"clock.run_out_days": 0})], "public_only", range(1, 9))
        daily = np.array([r.count("click_price") for r in results]) / MICRO
        for what, value, found in (("first day", first, daily[:, 0]), ("last week", last, daily[:, -7:].mean(axis=1))):
            yield Row(f"`{name}`: a click on the {what}, yuan", value, *of_futures(found), 0.05 * value, "fitted", FIGURES, 8)
