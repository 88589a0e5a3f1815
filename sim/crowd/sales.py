"""What the verbs of a crowd give to the day: orders and what they brought, in every world."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.crowd.orders import SALES

Counts = NDArray[np.int64]


class Sales(NamedTuple):
    """Orders, and what they brought in micro-yuan, each [world]."""

    orders: Counts
    revenue: Counts
    discounts: Counts
    goods: Counts
    refunds: Counts
    commission: Counts


def sales_at(tally: Counts, place: int) -> Sales:
    """The sales table that begins at a place of the tallies [world, place]."""
    return Sales(*tally.T[place : place + SALES])
