"""Rules about membership points: what an order earns, what a balance pays of the next one, whom it brings back.

A point is worth a fen, a hundredth of a yuan, so that balances are whole. All numbers are assumptions.
"""

from __future__ import annotations

from sim.kernel.compiled import rule
from sim.rules.people import share_of_micro

FEN = 10_000
"""Micro-yuan that a point is worth."""

MOST_POINTS = 2_000_000_000
"""The most that a balance holds: twenty million yuan."""


@rule(signature="int64(int64, int64, float64)")
def points_spent(balance: int, payable_micro: int, most_share: float) -> int:
    """Points that a member spends on an order: the whole balance, at most a share of what is to be paid."""
    return min(balance, share_of_micro(payable_micro, most_share) // FEN)


@rule(signature="int64(int64, int64, float64)")
def points_earned(balance: int, paid_micro: int, share: float) -> int:
    """Points that an order earns: a share of what was paid for it, in whole points."""
    return min(share_of_micro(paid_micro, share) // FEN, MOST_POINTS - balance)


@rule(signature="float64(float64, float64, boolean)")
def comes_back(by_itself: float, drawn_share: float, has_points: bool) -> float:
    """The chance that a need comes back by itself: of those that would not, a balance draws a share."""
    return by_itself + (1.0 - by_itself) * drawn_share if has_points else by_itself
