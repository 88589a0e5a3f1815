"""Rules about the platform, whose house it is: how often it acts, and which of its draws decides on what."""

from __future__ import annotations

import math

MEMBER_OF, ACCOUNT, ENFORCEMENT = 0, 1, 2
"""Which of the platform's draws decides on a member, on an account, and on a sanction."""

SANCTION_DAYS = 30
"""For so many days a sanction cuts the brand's reach."""

LATER_SANCTION_ACCOUNTS_SHARE = 0.1
"""What every sanction after the first takes of the accounts too: the ladder of sanctions (assumption)."""


def daily_chance(events_a_year: float) -> float:
    """The chance of at least one event on a day (Poisson)."""
    return -math.expm1(-events_a_year / 365)


def daily_from_monthly(chance_a_month: float) -> float:
    """The daily chance that makes such a chance a month of 30 days."""
    return float(1.0 - (1.0 - chance_a_month) ** (1.0 / 30.0))
