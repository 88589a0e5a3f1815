"""What was made of a log, before anything is fitted to it: rows, orders, customers, money, days, and what was left out."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from sim.calibration.read.words import caution


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
