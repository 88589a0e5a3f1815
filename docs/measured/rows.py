"""A row of the validation report: what is published or derived, what the simulator gives, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Row:
    """One published or derived number beside ours, which has a 95 % interval unless it is exact.

    ``within`` is how far the test named in ``test`` lets ours be off; ``kind`` says what the agreement is worth:
    ``derived`` (theory, nothing fitted), ``published``, or ``fitted`` (put in on purpose, so that it proves nothing).
    """

    what: str
    published: float
    ours: float
    low: float | None
    high: float | None
    within: float
    kind: str
    test: str
    futures: int = 0

    def as_json(self) -> dict[str, Any]:
        """Plain values, rounded to what is worth keeping."""
        return {key: float(f"{value:.9g}") if isinstance(value, float) else value for key, value in vars(self).items()}


def of_futures(values: Sequence[float]) -> tuple[float, float, float]:
    """Mean of futures with 95 % by Student's t."""
    from scipy.special import stdtrit

    mean, error = float(np.mean(values)), float(np.std(values, ddof=1) / np.sqrt(len(values)))
    far = float(stdtrit(len(values) - 1, 0.975)) * error
    return mean, mean - far, mean + far


def of_ratio(above: Sequence[float], below: Sequence[float]) -> tuple[float, float, float]:
    """A ratio of sums over futures with 95 % by the jackknife."""
    from many_worlds import ratio_and_error
    from scipy.special import stdtrit

    mean, error = ratio_and_error(above, below)
    far = float(stdtrit(len(above) - 1, 0.975)) * error
    return mean, mean - far, mean + far
