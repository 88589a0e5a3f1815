"""What a brand may decide each morning: one strategy a file, one method, one citation."""

from __future__ import annotations

from sim.policies.hybrid import Hybrid
from sim.policies.plan import Plan, Policy
from sim.policies.private_pool import PrivatePool
from sim.policies.public_only import PublicOnly

SHIPPED: dict[str, type[Policy]] = {policy.name: policy for policy in (PublicOnly, Hybrid, PrivatePool)}


def names() -> tuple[str, ...]:
    """The names of the shipped strategies."""
    return tuple(SHIPPED)


def find(strategy: str) -> type[Policy]:
    """The shipped strategy of that name; raises KeyError with a sentence for any other."""
    if strategy not in SHIPPED:
        raise KeyError(f"there is no strategy {strategy!r}; choose from {', '.join(SHIPPED)}")
    return SHIPPED[strategy]


__all__ = ["SHIPPED", "Plan", "Policy", "find", "names"]
