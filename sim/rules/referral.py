"""Rules about word of mouth: who tells whom.

The neighbourhood is a ring with shortcuts (after Watts & Strogatz 1998) that is computed, never stored: a person's n-th
neighbour lives next door on the ring or, with ``rewired_share``, anywhere. Shortcuts are directed.
"""

from __future__ import annotations

from sim.kernel.compiled import rule

TIERS = 3
"""Above a new buyer, so many who brought one another may be rewarded for it."""


@rule
def invitations(level: float, habit: float, engagement: float, uniform: float) -> int:
    """How many neighbours a member invites after an order; ``habit`` (mean 1) differs widely between people."""
    return int(level * habit * engagement + uniform)


@rule
def neighbour(person: int, which: int, people: int, rewired_share: float, is_far: float, where: float) -> int:
    """The ``which``-th neighbour of a person in a market of ``people``: alternately right and left, or far away."""
    if is_far < rewired_share:
        return int(where * people)
    step = which // 2 + 1
    return (person + (step if which % 2 == 0 else -step)) % people
