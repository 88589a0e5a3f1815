"""Who is ahead, and may one say so? The one rule by which every sentence, table, chart and page calls a winner.

A winner is called where the 95 % interval of the paired difference leaves out 0 *and* the winner wins at least 80 % of
the futures (a tie is half a win). Everything else is too close to call. Where single futures cannot be counted (two
independent sets of futures, sampled shares), the interval alone decides.
"""

from __future__ import annotations

from math import isnan
from typing import Literal

from sim.results.metrics.metric import Better

Ahead = Literal["first", "second"]

SURE_SHARE = 0.8
"""The share of futures that a winner wins at least."""

_ROUNDING = 1e-9


def too_close(low: float | None, high: float | None, leader_wins_share: float | None) -> bool:
    """Whether nobody should be called the winner; ``leader_wins_share`` counts the futures of who leads on average."""
    if low is None or high is None:
        return True
    return low <= 0 <= high or (leader_wins_share is not None and leader_wins_share < SURE_SHARE - _ROUNDING)


def ahead(difference: float | None, better: Better) -> Ahead | None:
    """Which of two leads when the first less the second is so much, surely or not; None if neither does."""
    if not difference or isnan(difference):
        return None
    return "first" if (difference < 0) == (better == "lower") else "second"
