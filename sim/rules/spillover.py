"""Rules about what public and private traffic do to each other: a pool teaches advertisements whom to find, and
advertisements that eat the margin wear down the goods.

Computed once a day for each world, in plain Python; both forms of the crowd take the same numbers. Source 004 names
both (traffic flows through, and the public side has the data; who wins an auction overpays, and quality falls); the
forms are assumptions.
"""

from __future__ import annotations

MARGIN_DAYS = 30
"""A brand looks at about a month's books to see what advertisements leave of its margin."""


def lookalike_factor(active: float, lift: float, half: float) -> float:
    """How much more readily people order after a click when so many active members show whom to look for; 1 without."""
    return 1.0 + lift * active / (active + half)


def squeeze(advertising: float, contribution: float, bearable: float) -> float:
    """How hard advertisements press on quality, 0 to 1: not up to a bearable share of contribution, fully from twice.

    Where nothing is spent nothing presses; where there is no contribution to spend it from, everything does.
    """
    if advertising <= 0.0:
        return 0.0
    if contribution <= 0.0:
        return 1.0
    return min(max(advertising / (bearable * contribution) - 1.0, 0.0), 1.0)


def quality_after_a_day(quality: float, pressed: float, loss: float, days: float) -> float:
    """Quality goes a part of the way, one in so many days, to where the pressure would take it; 1 without pressure."""
    return quality + (1.0 - loss * pressed - quality) / days
