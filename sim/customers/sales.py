"""What the verbs of a crowd give to the day: orders and what they brought, in every world."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.customers.orders import DISCOUNTS, ORDERS, REVENUE, SALES

Counts = NDArray[np.int64]


class Sales(NamedTuple):
    """Orders, and what they brought in micro-yuan."""

    orders: Counts  # [world]
    revenue: Counts  # [world]
    given_up: Counts  # [world, ledger.GIVEN_UP]


def sales_at(tally: Counts, place: int) -> Sales:
    """The sales table that begins at a place of the tallies [world, place]."""
    return Sales(tally[:, place + ORDERS], tally[:, place + REVENUE], tally[:, place + DISCOUNTS : place + SALES])
