"""The stage of the stories: worlds in which one thing happens, by definitions that do not depend on the code."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from many_worlds import lived, members, profit, varied

CLOSED = {
    "clock.days": 1, "brand.budget_cny_per_day": 0.0, "brand.gift_cny": 0.0, "pool.service_cny_per_month": 0.0,
    "switches.referral": False,
}
"""A closed pool: nobody is sought, nobody is invited, and tending it is free."""

SMALLER = {
    "market.people": 80_000, "brand.budget_cny_per_day": 400.0, "public.clicks_offered_per_day": 4_000.0,
    "public.rivals.2.budget_clicks_per_day": 80.0,
}
"""The baseline, a fifth as large in everything that counts heads, clicks or yuan."""


def lifetime_gain(base: str, messages: Sequence[float], people: int, seeds: Sequence[int], changes: dict) -> np.ndarray:
    """Incremental lifetime margin of messages [frequency, seed], yuan a member: profit less that of no message at all.

    A closed cohort over 730 days, every repeat paid for and none bought back, liveliness off: the curve of Zhang, Kumar &
    Cosguner (2017), by messages sent a month.
    """
    cohort = {
        **CLOSED, "clock.run_out_days": 729, "market.starting_customers": members(people),
        "public.repeat_orders_paid_share": 1.0, "switches.buy_back": False, "switches.liveliness": False, **changes,
    }
    scenarios = varied(base, [{**cohort, "brand.touches_per_month": float(m)} for m in (0, *messages)])
    profits = np.array([[profit(r) for r in results] for results in lived(scenarios, "private_pool", seeds)]) / people
    return profits[1:] - profits[0]


@pytest.fixture(scope="session")
def gain_of_messages():
    """The incremental lifetime margin of so many messages a month; see ``lifetime_gain``."""

    def gain(base="baseline", messages=(7,), people=10_000, seeds=range(1, 5), **changes):
        return lifetime_gain(base, messages, people, seeds, changes.get("changes", {}))

    return gain


@pytest.fixture(scope="session")
def closed():
    """The changes that close a pool."""
    return dict(CLOSED)


@pytest.fixture(scope="session")
def smaller():
    """The changes that make the baseline a fifth as large."""
    return dict(SMALLER)
