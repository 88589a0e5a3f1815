"""Possible worlds: values of all that is not known, drawn together so that they fill what is believed evenly.

The points are a scrambled Sobol sequence (Owen 1997): the first so many of more are the same as so many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from sim.assumptions.errors import ScenarioError
from sim.assumptions.prior import Prior
from sim.assumptions.priors import draw, world_of
from sim.assumptions.scenario import Scenario
from sim.inference.bootstrap import FLOAT
from sim.running import open_square

_SEED = 19_971_101


@dataclass(frozen=True, eq=False)
class Draws:
    """Possible worlds [draw]. ``values`` holds the drawn numbers side by side, one column for each of ``names``: a
    parameter, or which of the alternatives a structure has; ``changes`` holds what they change in the scenario.
    """

    priors: tuple[Prior, ...]
    values: FLOAT
    changes: Mapping[str, NDArray[Any]]

    def __len__(self) -> int:
        return len(self.values)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What each column is."""
        return tuple(name for prior in self.priors for name in columns_of(prior))

    def columns(self, prior: Prior) -> list[int]:
        """Where a prior's numbers stand among the columns."""
        first = sum(len(columns_of(each)) for each in self.priors[: self.priors.index(prior)])
        return list(range(first, first + len(columns_of(prior))))

    def world(self, scenario: Scenario, number: int) -> Scenario | None:
        """The scenario in this draw, or None if no firm can be so: its values are at odds with each other."""
        if not self.priors:
            return scenario
        try:
            found = world_of(scenario, self.changes, number)
            open_square(found)
        except ScenarioError:
            return None
        return found


def columns_of(prior: Prior) -> tuple[str, ...]:
    """The names of a prior's columns: its parameters, or the name of a structure."""
    return (prior.key,) if prior.shape == "structure" else prior.names


def drawn(priors: Sequence[Prior], count: int) -> Draws:
    """So many draws of all priors, independent of each other."""
    if not priors:
        return Draws((), np.zeros((count, 0)), {})
    sequence = qmc.Sobol(len(priors), rng=np.random.Generator(np.random.Philox(_SEED)))
    points = sequence.random_base2(max(count - 1, 1).bit_length())[:count]
    values = [_numbers(each, points[:, n]) for n, each in enumerate(priors)]
    return Draws(tuple(priors), np.hstack(values), draw(priors, points))


def _numbers(prior: Prior, levels: FLOAT) -> FLOAT:
    values = prior.rows_at(levels) if prior.shape == "structure" else prior.quantile(levels)
    return np.asarray(values, np.float64).reshape(len(levels), -1)


def ends_of(prior: Prior) -> tuple[float, float] | None:
    """Between which values a number is moved to see whether that flips the answer; None for what is no number."""
    if len(prior.names) > 1 or prior.rows or prior.shape == "point":
        return None
    return (prior.low, prior.high) if prior.shape in ("uniform", "pert") else prior.nine
