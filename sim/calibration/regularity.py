"""Regular buyers: do customers order at random moments, as the processes have it, or in a rhythm of their own?

Of two waits of one customer one after the other, the first's share of both lies anywhere between 0 and 1 if orders come
at random, whatever the customer's rate, and near a half if they come in a rhythm (after Wheat & Morrison 1990).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.calibration.read.orders import Orders

REGULAR = 1.5
"""An Erlang shape of waits from which on buyers are called regular; 1 is chance."""

FEWEST_PAIRS = 100
SHORTEST_DAYS = 10
"""Two waits take so many days at least: shares of fewer are few."""

MOST_PAIRS = 200_000


class Rhythm(NamedTuple):
    """The shape of an Erlang distribution of waits (1: at random), and the pairs of waits that tell it."""

    shape: float
    pairs: int


def rhythm_of(orders: Orders) -> Rhythm | None:
    """How regularly customers order; None where too few waits tell, or none more regularly than by chance."""
    waits, customer = np.diff(orders.day.astype(np.int64)), orders.customer
    same = (customer[2:] == customer[:-2]) & _every_second(customer)
    one, other = waits[:-1][same][:MOST_PAIRS], waits[1:][same][:MOST_PAIRS]
    both = (one + other).astype(float)
    long = both >= SHORTEST_DAYS
    share, both = one[long] / both[long], both[long]
    if share.size < FEWEST_PAIRS:
        return None
    due = (1.0 - 2.0 / both) / 12.0  # of whole days at random
    off = (share - 0.5) ** 2
    spread = off.mean() / due.mean() / 12.0
    shape = (1.0 / (4.0 * spread) - 1.0) / 2.0
    sure = (due.mean() - off.mean()) / max(off.std() / np.sqrt(off.size), 1e-12)
    return Rhythm(float(shape), int(share.size)) if shape >= REGULAR and sure > 4.0 else None


def _every_second(customer: np.ndarray) -> np.ndarray:
    """Pairs of waits that share no wait: every second one of each customer."""
    new = np.diff(customer, prepend=-1) != 0
    start = np.maximum.accumulate(np.where(new, np.arange(customer.size), 0))
    return ((np.arange(customer.size) - start) % 2 == 0)[:-2]
