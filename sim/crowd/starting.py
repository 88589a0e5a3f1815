"""Who starts as a customer: how many on which day, spread over the market."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

import numpy as np
from numpy.typing import NDArray

from sim.scenario import Scenario

Counts = NDArray[np.int64]


def starts_of(scenarios: Sequence[Scenario]) -> dict[tuple[int, bool], Counts]:
    """How many people start as customers in each world, by day and by whether they start in the pool."""
    starts: dict[tuple[int, bool], Counts] = {}
    for w, scenario in enumerate(scenarios):
        for batch in scenario.market.starting_customers:
            counts = starts.setdefault((batch.day, batch.in_pool), np.zeros(len(scenarios), np.int64))
            counts[w] += batch.people
    return starts


def stride_of(people: int) -> int:
    """A step that visits everybody in the market once, far apart: near the golden section, without common divisor."""
    stride = max(1, int(people * 0.6180339887498949))
    while gcd(stride, people) != 1:
        stride += 1
    return stride
