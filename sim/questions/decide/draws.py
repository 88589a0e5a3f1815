"""Possible worlds: values of all that is not known, drawn together so that they fill what is believed evenly.

The points are a scrambled Sobol sequence (Owen 1997): the first so many of more are the same as so many, and each number
is drawn with the same numbers of luck wherever it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc

from sim.assumptions.errors import ScenarioError
from sim.assumptions.loading import load
from sim.assumptions.scenario import Scenario
from sim.inference.bootstrap import FLOAT
from sim.questions.decide.priors import Prior
from sim.running import open_square

_SEED = 19_971_101


@dataclass(frozen=True, eq=False)
class Draws:
    """Possible worlds [draw]: ``values`` holds the drawn values of each prior's parameters side by side."""

    priors: tuple[Prior, ...]
    values: FLOAT

    def __len__(self) -> int:
        return len(self.values)

    @property
    def names(self) -> tuple[str, ...]:
        """The parameter of each column."""
        return tuple(name for prior in self.priors for name in prior.names)

    @property
    def whole(self) -> tuple[bool, ...]:
        """Which columns hold whole numbers."""
        return tuple(prior.whole for prior in self.priors for _ in prior.names)

    def columns_of(self, prior: Prior) -> list[int]:
        """Where a prior's parameters stand among the columns."""
        return [n for n, name in enumerate(self.names) if name in prior.names]

    def changes(self, draw: int) -> dict[str, float]:
        """What a draw changes in the scenario."""
        row = zip(self.names, self.values[draw].tolist(), self.whole, strict=True)
        return {name: round(value) if whole else value for name, value, whole in row}

    def world(self, scenario: Scenario, draw: int) -> Scenario | None:
        """The scenario in this draw, or None if the model holds no such firm: its values are at odds with each other."""
        if not self.priors:
            return scenario
        try:
            found = load(scenario, self.changes(draw))
            open_square(found)
        except ScenarioError:
            return None
        return found


def drawn(priors: Sequence[Prior], count: int) -> Draws:
    """So many draws of all priors, independent of each other."""
    if not priors:
        return Draws((), np.zeros((count, 0)))
    sequence = qmc.Sobol(len(priors), rng=np.random.Generator(np.random.Philox(_SEED)))
    points = sequence.random_base2(max(count - 1, 1).bit_length())[:count]
    values = [each.quantile(points[:, n]).reshape(count, -1) for n, each in enumerate(priors)]
    return Draws(tuple(priors), np.hstack(values))
