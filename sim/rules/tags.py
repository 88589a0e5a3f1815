"""Rules about lifecycle tags: what a brand can tell of a member from its dates and counts, and what a tag is worth.

Source 003: tags from behaviour and purchases. The brand sees neither need nor exit, only dates and counts.
"""

from __future__ import annotations

from sim.kernel.compiled import rule

NUMBER_OF_TAGS = 5
NEW, ACTIVE, DUE, LOYAL, SILENT = range(NUMBER_OF_TAGS)


DAYS_OF_A_TAG = 30
"""A wrong tag stays for so many days."""


@rule(signature="int64(int64, int64, int64, int64, int64, int64, int64, int64)")
def tag_of(
    day: int, joined_day: int, contact_day: int, orders: int, new_days: int, due_after_days: int,
    silent_after_days: int, loyal_orders: int,
) -> int:
    """The tag that a member deserves: new after joining, else by the days since it last opened or ordered, and loyal if
    it orders often."""
    since = day - contact_day
    if day - joined_day <= new_days:
        return NEW
    if since > silent_after_days:
        return SILENT
    if since > due_after_days:
        return DUE
    return LOYAL if orders >= loyal_orders else ACTIVE


@rule(signature="int64(int64, float64, float64, float64)")
def tag_given(deserved: int, error_chance: float, is_wrong: float, which: float) -> int:
    """The tag that a member has in the brand's system: with some chance any, else the one it deserves."""
    return int(which * NUMBER_OF_TAGS) if is_wrong < error_chance else deserved


@rule(signature="float64(float64, float64, boolean)")
def relevance(value: float, gain: float, fits: bool) -> float:
    """What a message written for a tag is worth: less of it is noise for whom it fits, more for whom it does not."""
    return value + gain * (1.0 - value) if fits else value * (1.0 - gain)
