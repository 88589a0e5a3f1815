"""How a crowd starts: nobody is known; then who starts as a customer on which day, spread over the market."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import Scenario
from sim.customers.rows import Population, no_rows
from sim.customers.settings import kinds_of_messages, settings_of, trait_tables
from sim.customers.touchpoints import channels_of

Counts = NDArray[np.int64]

ROWS_AT_FIRST = 2048


def nobody(scenarios: Sequence[Scenario], seeds: Sequence[int], cohorts: Counts) -> Population:
    """Worlds in which the brand has no customer yet; orders will be written down in ``cohorts``."""
    worlds, distinct = len(scenarios), list(dict.fromkeys(scenarios))
    return Population(
        seeds=np.array(seeds, np.int64),
        settings=np.array([settings_of(s) for s in scenarios], np.float64),
        kinds=np.array([kinds_of_messages(s) for s in scenarios]),
        tables=np.array([trait_tables(s) for s in distinct]),
        table_of=np.array([distinct.index(s) for s in scenarios], np.int64),
        channels=np.array([channels_of(s) for s in scenarios]),
        channel_count=np.array([1 + len(s.further_channels) for s in scenarios], np.int64),
        rows=no_rows(worlds, ROWS_AT_FIRST),
        filled=np.zeros(worlds, np.int64),
        known=np.zeros((worlds, max(s.market.people for s in scenarios) // 8 + 1), np.uint8),
        cohorts=cohorts,
    )


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
