"""What moves the rivals after day 0: profit draws them in or drives them out, feeds their budgets, and pools spread.

Pure functions of numbers. Shares and factors are dimensionless, returns are yuan earned per yuan of something, and time
is in years unless a name says otherwise. Sources: Levin & Smith 1994 (advertisers enter an auction while it pays),
Bass 1969 (adoption by innovation and imitation).
"""

from __future__ import annotations

from sim.kernel.compiled import rule
from sim.kernel.vecmath import exp

DAYS_IN_A_YEAR = 365
MEMORY_DAYS = 30.0
"""Rivals judge a market by about a month's books: one day's profit is mostly chance."""
FASTEST = 20.0
"""Most by which a crowd or its budgets change, in logarithms a year, whatever the profit."""
MOST_TIMES = 1e4
"""Most times that a crowd or its budgets multiply in all, so that no count overflows."""


@rule
def remembered(before: float, today: float) -> float:
    """A daily figure as it is remembered: the average of about the last thirty days, the latest counting most."""
    return before + (today - before) / MEMORY_DAYS


@rule
def after_a_day(times: float, growth_per_year: float) -> float:
    """A multiple after one more day of growth at so much a year, in logarithms."""
    growth = min(max(growth_per_year, -FASTEST), FASTEST)
    return min(max(times * exp(growth / DAYS_IN_A_YEAR), 1.0 / MOST_TIMES), MOST_TIMES)


@rule
def crowd_growth(profit_over_cost: float, entry: float, leaving: float) -> float:
    """Growth a year of the number of rivals who earn so many times what taking part costs them.

    Above 1 others come in, ``entry`` a year for each unit of excess; below 1 they go, ``leaving`` a year for each unit
    that is missing. At 1, the free-entry equilibrium, nobody moves.
    """
    excess = profit_over_cost - 1.0
    return entry * excess if excess > 0.0 else leaving * excess


@rule
def budget_growth(earned_per_yuan: float, reinvested: float) -> float:
    """Growth a year of rivals' budgets: the part of each yuan earned per yuan of advertising that they put back."""
    return reinvested * earned_per_yuan


@rule
def adopted_share(innovation: float, imitation: float, years: float) -> float:
    """Rivals with pools after some years, from none: a year (p + q x share) of the others adopt one (Bass 1969)."""
    if innovation <= 0.0:
        return 0.0
    left = exp(-(innovation + imitation) * years)
    return (1.0 - left) / (1.0 + imitation / innovation * left)


def in_festival(day: int, begins: int, length: int) -> bool:
    """Whether a festival is on; ``begins`` is a day of the year from 1, and day 0 of a run is day 1 of the year."""
    return (day + 1 - begins) % DAYS_IN_A_YEAR < length
