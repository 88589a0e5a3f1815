"""Rules about the door from public to private: who is asked to join, and who does."""

from __future__ import annotations

from sim.kernel.compiled import rule


@rule
def accept_chance(gift_cny: float, without_gift: float, half_gift_cny: float) -> float:
    """The chance to accept an invitation that was noticed: a gift wins over the hesitant, with falling returns."""
    return without_gift + (1.0 - without_gift) * gift_cny / (gift_cny + half_gift_cny)


@rule
def eased(without_gift: float, ease: float) -> float:
    """The chance to accept without a gift at an entrance that makes it so many times as easy; at most certain."""
    return min(without_gift * ease, 1.0)


@rule(signature="boolean(int64, int64)")
def is_met(how: int, met_by: int) -> bool:
    """Whether who came so (0 by an advertisement, 1 by itself, 2 by a friend) may meet an entrance; ``met_by`` has a
    bit for each way."""
    return (met_by >> how) & 1 == 1


@rule
def join_chance(accept: float, readiness: float, self_selection_share: float) -> float:
    """The same for a person who needs such goods more or less often than others: frequent buyers join more readily.

    Above 1 means certainly.
    """
    return accept * (1.0 + self_selection_share * readiness)
