"""A plan for one day, and what every strategy has: a name, and a morning's decision."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from math import inf
from numbers import Real
from typing import Any, ClassVar, NamedTuple

import numpy as np

from sim.assumptions.errors import ScenarioError
from sim.assumptions.scenario import Brand
from sim.kernel.ledger import Yesterday


class Plan(NamedTuple):
    """What the brand means to do today; what cannot be paid is not done."""

    invites: bool
    """Newcomers are asked to join the pool."""
    buys_back: bool
    """Needs that neither the pool nor the customer brings back are bought back, if it pays."""
    pool_budget_share: float
    """While the pool has cost more than this share of the envelope up to now, the door is closed."""
    messages_per_month: float
    """Messages to every member."""
    offer_share: float
    """Share of messages with something to sell."""
    gift_cny: float
    """Gift for joining, in yuan."""
    most_ads_cny: float = inf
    """Most that may be spent on new customers today, in yuan; what is left over stays in the purse."""
    tends: bool = True
    """The pool's staff works and is paid; untended members hear nothing."""


MOST = {
    "pool_budget_share": 1, "messages_per_month": 240, "offer_share": 1, "gift_cny": 100_000, "most_ads_cny": inf,
}
"""What each number of a plan may be at most, as in scenarios; at least 0."""
SWITCHES = ("invites", "buys_back", "tends")


class StrategyError(ScenarioError):
    """A strategy cannot be followed: it failed, or what it planned means nothing."""


class Policy(ABC):
    """A strategy: reads the brand's assumptions once, then decides every morning.

    ``name`` is what results call it; without one it is the class's own in small letters.
    """

    name: ClassVar[str]

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        if "name" not in cls.__dict__:
            cls.name = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, brand: Brand) -> None:
        self.plan = self.intended(brand)

    @abstractmethod
    def intended(self, brand: Brand) -> Plan:
        """The plan that the strategy follows unless something happens."""

    def decide(self, yesterday: Yesterday) -> Plan:
        """Today's plan, in the light of the books up to yesterday."""
        return self.plan


def plan_of(policy: Policy, yesterday: Yesterday, before: Plan | None) -> Plan:
    """What a strategy decides today; raises StrategyError if it fails or plans what cannot be.

    ``before`` is the plan of the day before, which need not be looked at again.
    """
    try:
        plan = policy.decide(yesterday)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise StrategyError([f"strategy {policy.name} failed on day {yesterday.day + 1}: {reason}"]) from error
    if plan is not before or plan is None:
        wrong = list(_mistakes(plan))
        if wrong:
            raise StrategyError([f"strategy {policy.name}, day {yesterday.day + 1}: {each}" for each in wrong])
    return plan


def _mistakes(plan: Any) -> Iterator[str]:
    """What is wrong with a plan, as sentences."""
    if not isinstance(plan, Plan):
        yield f"decide must return a Plan, but returned {plan!r:.60}"
        return
    for name, most in MOST.items():
        value = getattr(plan, name)
        if not isinstance(value, Real) or isinstance(value, bool) or not 0 <= float(value) <= most:
            allowed = "of 0 or more" if most == inf else f"from 0 to {most:,}"
            yield f"{name} is {value!r:.60}, but must be a number {allowed}"
    for name in SWITCHES:
        if not isinstance(getattr(plan, name), bool | np.bool_):
            yield f"{name} is {getattr(plan, name)!r:.60}, but must be True or False"
