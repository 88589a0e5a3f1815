"""What is drawn: one number that is not known, or several that are drawn together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sim.assumptions import spreads
from sim.assumptions.fields import Kind, Who
from sim.assumptions.spreads import Ends, Floats

Value = float | int | bool | str
RowOfValues = tuple[Value | None, ...]
Shape = Literal["uniform", "pert", "lognormal", "logit_normal", "point", "table", "structure"]


@dataclass(frozen=True)
class Prior:
    """One number that is not known, or several that are drawn together.

    ``low`` and ``high`` are the outermost values that it takes, ``nine`` holds nine of ten of them, ``mode`` is the
    scenario's own value, or the peak of a PERT. A *table* has several ``keys`` and a ``rows`` of values for each draw;
    a *structure* has rows too, with ``chances``, and None where an alternative leaves a number as it was drawn.
    ``whole`` numbers are rounded. ``who`` can find it out.
    """

    key: str
    kind: Kind
    who: Who
    shape: Shape
    low: float
    high: float
    mode: float
    whole: bool
    source: str
    nine: Ends = (-math.inf, math.inf)
    keys: tuple[str, ...] = ()
    rows: tuple[RowOfValues, ...] = ()
    chances: tuple[float, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of all that it draws."""
        return self.keys or (self.key,)

    def quantile(self, u: Sequence[float] | Floats) -> NDArray[Any]:
        """The values at these levels, never outside ``low`` and ``high``; of several keys one row a level.

        Raises:
            ValueError: for a level outside 0 to 1.
        """
        levels = np.asarray(u, dtype=np.float64)
        if not ((levels >= 0) & (levels <= 1)).all():
            raise ValueError("levels of quantiles lie between 0 and 1")
        if self.rows:
            return self._row_values()[self.rows_at(levels)]
        values = np.clip(self._values(levels), self.low, self.high)
        return np.rint(values) if self.whole else values

    def rows_at(self, u: Floats) -> NDArray[np.int64]:
        """Which row of a table or structure stands at each level."""
        ends = np.cumsum(self.chances or np.full(len(self.rows), 1 / len(self.rows)))
        return np.minimum(np.searchsorted(ends, u, side="right"), len(self.rows) - 1)

    def _row_values(self) -> NDArray[Any]:
        return np.array(self.rows, dtype=object if self.shape == "structure" else np.float64)

    def _values(self, u: Floats) -> Floats:
        ends = (self.low, self.high)
        if self.shape == "point":
            return np.full(u.shape, self.mode)
        if self.shape == "pert":
            return spreads.pert(u, ends, self.mode)
        if self.shape == "lognormal":
            return spreads.lognormal(u, self.nine, ends)
        return spreads.logit_normal(u, self.nine, ends) if self.shape == "logit_normal" else spreads.uniform(u, ends)
