"""Rules about how a channel grows old: it is read less and less, folded away, opened anew, and cleared of lurkers.

Source 002: groups can be folded, muted and left; prefer short-lived ones; remove lurkers. The numbers are assumptions.
"""

from __future__ import annotations

from sim.kernel.compiled import rule


@rule(signature="int64(int64, int64)")
def opened_day(day: int, every_days: int) -> int:
    """The day on which a channel was last opened that is opened anew every so many days; day 0 if it never is."""
    return day - day % every_days if every_days > 0 else 0


@rule(signature="int64(int64, int64, int64)")
def days_in(day: int, joined_day: int, opened: int) -> int:
    """For how many days a member has been in the present group: since it was opened, or since the member came."""
    return day - max(joined_day, opened)


@rule(signature="float64(int64, float64)")
def still_read(days_in: int, half_life_days: float) -> float:
    """What is left of the attention of the first day: a half after ``half_life_days``, a third after twice as many.

    A channel with a half-life of 0 does not age.
    """
    return half_life_days / (half_life_days + days_in) if half_life_days > 0.0 else 1.0


@rule(signature="boolean(float64, int64, float64)")
def is_folded(patience: float, days_in: int, folded_a_day: float) -> bool:
    """Whether a member has folded the group away: so many do each day, and nobody unfolds it. ``patience`` is the
    member's own uniform, which stays until the group is opened anew."""
    return patience < days_in * folded_a_day


@rule(signature="boolean(int64, int64, int64)")
def is_lurking(day: int, contact_day: int, after_days: int) -> bool:
    """Whether a member has neither opened nor ordered anything for so long that the brand takes it out (0 is never)."""
    return after_days > 0 and contact_day <= day - after_days


@rule(signature="boolean(int64, int64, int64)")
def is_open(day: int, every_days: int, open_days: int) -> bool:
    """Whether a channel that is opened for some days only (0 is for good) is there today, and not dissolved."""
    return open_days == 0 or day - opened_day(day, every_days) < open_days
