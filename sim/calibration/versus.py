"""What was assumed, what the log says, and what the scenario takes of it: parameter by parameter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.assumptions.scenario import DAYS_PER_MONTH, Scenario
from sim.calibration import gamma_gamma
from sim.calibration.calibrating import Calibration
from sim.calibration.histories import DAYS_IN

if TYPE_CHECKING:
    from sim.calibration.learning import Learnt

NINETY = 1.645
"""Standard errors on either side that hold 90 %."""

DRAWS = 2000


@dataclass(frozen=True)
class Versus:
    """One parameter: the baseline's value, the log's with its 90 % interval, and the one in the scenario.

    ``yours`` is None where the log says nothing about it, ``low`` and ``high`` where it does not determine it. The
    scenario's need differs a little from the log's: of several needs in a day one becomes an order.
    """

    key: str
    default: float
    yours: float | None
    low: float | None
    high: float | None
    used: float

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def versus(learnt: Learnt, baseline: Scenario) -> list[Versus]:
    """Every number that the log says, and those that follow from how it arose."""
    seen = {key: (value, ends) for key, value, ends in _seen(learnt.found)}
    stated = [
        "market.need_gamma_shape", "market.need_gamma_months", "market.exit_gamma_shape", "market.exit_gamma_months",
        "market.order_value_cny", "market.order_value_variation_share", "public.repeat_orders_paid_share",
    ]  # fmt: skip
    rows = []
    for key in stated:
        value, (low, high) = seen.get(key, (None, (None, None)))
        rows.append(Versus(key, _value(baseline, key), value, low, high, _value(learnt.scenario, key)))
    return rows


def _value(scenario: Scenario, key: str) -> float:
    return float(reduce(getattr, key.split("."), scenario))  # type: ignore[arg-type]


Seen = tuple[str, float, tuple[float | None, float | None]]


def _seen(found: Calibration) -> Iterator[Seen]:
    """What the log's own orders say, time in months, with 90 % intervals."""
    process, months = found.fits["pareto_nbd"], DAYS_IN[found.period.unit] / DAYS_PER_MONTH
    names = {"r": ("need_gamma_shape", 1.0), "alpha": ("need_gamma_months", months)}
    names |= {"s": ("exit_gamma_shape", 1.0), "beta": ("exit_gamma_months", months)}
    for letter, (name, factor) in names.items():
        ends = process.interval(letter, NINETY)
        scaled = (None, None) if ends is None else (ends[0] * factor, ends[1] * factor)
        yield f"market.{name}", process.parameters[letter] * factor, scaled
    yield from _spend(found)


def _spend(found: Calibration) -> Iterator[Seen]:
    """The mean value of an order, and how far single orders differ from it."""
    spend = found.spend
    if spend is None or spend.unsure or spend.spread is None:
        return
    luck = np.random.Generator(np.random.Philox(1)).multivariate_normal(np.zeros(3), spend.spread, DRAWS)
    drawn = spend.values * np.exp(luck)
    measures = {
        "market.order_value_cny": gamma_gamma.mean_order,
        "market.order_value_variation_share": gamma_gamma.order_variation,
    }
    for key, measure in measures.items():
        value, others = measure(spend.values), [measure(row) for row in drawn]
        known = [each for each in others if each is not None]
        if value is not None and known:
            low, high = np.quantile(known, (0.05, 0.95))
            yield key, float(value), (float(low), float(high))
