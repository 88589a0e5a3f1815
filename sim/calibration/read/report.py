"""What was made of a log, before anything is fitted to it: rows, orders, customers, money, days, and what was left out."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.calibration.read.words import caution

FEWEST_IN_A_HOLE = 20.0
"""Orders that a time without any must have lacked, by the rate before and after it, to be called a hole."""

AROUND_DAYS = 28
"""Days before and after a time without orders by which it is judged."""


@dataclass(frozen=True)
class Caution:
    """Something that a reader must know about the log: which sentence (``words.CAUTIONS``), and what stands in its
    gaps."""

    code: str
    gaps: dict[str, str] = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """The sentence."""
        return caution(self.code, language, self.gaps)


@dataclass(frozen=True)
class ReadingReport:
    """How a file became orders.

    ``columns`` gives the column taken for each role; ``rows`` counts rows with anything in them, ``orders`` the orders
    made of them, ``left_out`` the rows that are none, by reason; ``days`` counts from the first day to the last, both
    included; ``holes`` are times without any order, first and last day, in which many were to be expected.
    ``currency`` is None where the log says none, ``rate`` the yuan that one unit of it was taken for, if any.
    """

    form: str
    columns: dict[str, str]
    rows: int
    orders: int
    customers: int
    left_out: dict[str, int]
    first_day: str
    last_day: str
    days: int
    holes: tuple[tuple[str, str], ...] = ()
    encoding: str | None = None
    sheets: tuple[str, ...] = ()
    other_sheets: tuple[str, ...] = ()
    lines_above: int = 0
    merged_names: int = 0
    amount_of: str | None = None
    currency: str | None = None
    rate: float | None = None
    total: float | None = None
    not_used: tuple[str, ...] = ()
    cautions: tuple[Caution, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For other programs; cautions as English sentences."""
        plain = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}
        return plain | {
            "holes": [list(hole) for hole in self.holes], "cautions": [each.text() for each in self.cautions]
        }


def holes_in(days: NDArray[np.int32]) -> list[tuple[int, int]]:
    """First and last days of times without any order that chance does not explain, by the weeks before and after."""
    seen, counts = np.unique(days, return_counts=True)
    total = np.concatenate(([0], np.cumsum(counts)))
    found = []
    for place in np.flatnonzero(np.diff(seen) > 3):
        before, after = int(seen[place]), int(seen[place + 1])
        left = int(np.searchsorted(seen, before - AROUND_DAYS + 1))
        right = int(np.searchsorted(seen, after + AROUND_DAYS))
        rate = min(total[place + 1] - total[left], total[right] - total[place + 1]) / AROUND_DAYS
        if rate * (after - before - 1) > FEWEST_IN_A_HOLE:
            found.append((before + 1, after - 1))
    return found
