"""What is drawn and from where: the one place that knows where priors and evidence come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.special import betaincinv

from sim.assumptions.errors import ScenarioError, shown
from sim.assumptions.inactive_mechanisms import DECISIONS
from sim.assumptions.parameter_ranges import assumptions
from sim.assumptions.scenario import Scenario
from sim.inference.bootstrap import FLOAT

PRIORS = ("plausible", "central")
"""Every value of a documented range as likely as any other; or the scenario's own value likelier than the ends."""

Who = Literal["accounting", "log", "pilot", "nobody"]

_BOOKS = (
    "market.order_value", "market.margin", "market.refund", "public.start_click_price", "public.first_order_chance",
    "pool.service_cny", "platform.operator_members", "platform.account_", "platform.commission",
)  # fmt: skip
_LOG = ("market.need", "market.exit", "public.returning", "public.repeat_orders")
_PILOT = ("door.", "pool.", "word_of_mouth.", "public.coupon", "public.half_coupon")


@dataclass(frozen=True)
class Prior:
    """What is believed of one parameter: between which ends it lies and how. ``who`` can find it out."""

    key: str
    kind: str
    who: Who
    shape: Literal["uniform", "pert", "point"]
    low: float
    high: float
    mode: float
    whole: bool
    source: str
    names: tuple[str, ...] = ()

    def quantile(self, u: FLOAT) -> FLOAT:
        """The values below which such shares of worlds lie."""
        width = self.high - self.low
        if self.shape == "uniform":
            values = self.low + u * width
        else:
            above = 4 * (self.mode - self.low) / width
            values = self.low + width * np.clip(betaincinv(1 + above, 5 - above, u), 0.0, 1.0)
        return np.rint(values) if self.whole else values


@dataclass(frozen=True)
class Evidence:
    """Between which values a metric of a strategy must lie for a world to be possible."""

    metric: str
    strategy: str
    low: float | None
    high: float | None


def priors_of(scenario: Scenario, prior: str, known: Iterable[str] = ()) -> list[Prior]:
    """What is drawn in a scenario: every documented range that matters but of what is known.

    Raises:
        ScenarioError: for a prior that is neither known by name nor a file.
    """
    if prior not in PRIORS:
        raise ScenarioError([f"--prior: {shown(prior)} is neither plausible nor central nor a file that is there"])
    left_out = set(known)
    shape: Any = "uniform" if prior == "plausible" else "pert"
    return [
        Prior(
            span.key, "doubt", _who(span.key), shape, span.low, span.high, span.now, span.whole, span.source, (span.key,)
        )
        for span in assumptions(scenario)
        if span.key not in left_out and span.high > span.low
    ]  # fmt: skip


def evidence_of(_scenario: Scenario) -> Sequence[Evidence]:
    """What every possible world of a scenario must show."""
    return ()


def is_choice(key: str) -> bool:
    """Whether the brand chooses this parameter, so that it can be set but not be known."""
    return key.startswith(DECISIONS)


def _who(key: str) -> Who:
    if key.startswith(_BOOKS):
        return "accounting"
    if key.startswith(_LOG):
        return "log"
    return "pilot" if key.startswith(_PILOT) else "nobody"


def ends_of(prior: Prior) -> tuple[float, float] | None:
    """Between which values a single number is moved to see whether that flips the answer; None for what is no number."""
    return (prior.low, prior.high) if len(prior.names) == 1 and prior.shape != "point" else None
