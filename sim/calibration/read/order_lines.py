"""Rows that are lines of one order: what the order is worth, and when it was."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.calibration.read.cells import Codes

FAR_APART_DAYS = 60
MOST_FAR_APART = 0.01


class Lines:
    """Rows by order: a customer's rows with one order number. ``first`` is each order's first row."""

    def __init__(self, customer: Codes, orders: Codes) -> None:
        span = int(orders.max(initial=0)) + 1
        own = np.where(orders >= 0, customer.astype(np.int64) * span + orders, -1 - np.arange(orders.size))
        _, first, inverse = np.unique(own, return_index=True, return_inverse=True)
        rank = np.argsort(first, kind="stable")  # orders in the file's order
        place = np.empty_like(rank)
        place[rank] = np.arange(rank.size)
        self.first, self.order = first[rank], place[inverse]

    def are_far_apart(self, day: NDArray[np.int32]) -> bool:
        """Whether one number often stands on days far apart, so that it is no order's number."""
        low, high = (np.full(self.first.size, day[0], np.int32) for _ in range(2))
        low[:], high[:] = day[self.first], day[self.first]
        np.minimum.at(low, self.order, day)
        np.maximum.at(high, self.order, day)
        several = max(int((np.bincount(self.order) > 1).sum()), 1)
        return float(((high - low) > FAR_APART_DAYS).sum()) > MOST_FAR_APART * several

    def are_repeated(self, amount: NDArray[np.float64]) -> bool:
        """Whether every line of an order has the same amount, in all orders of several lines."""
        return bool(np.array_equal(amount[self.first][self.order], amount)) and self.first.size < amount.size

    def worth(self, amount: NDArray[np.float64], *, once: bool) -> NDArray[np.float64]:
        """What each order is worth: the amount that stands on all its lines, or the sum of them."""
        return amount[self.first] if once else np.bincount(self.order, amount, self.first.size).astype(np.float64)
