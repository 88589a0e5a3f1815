"""Season: which weeks of the year have more repeat orders than a process without season would have.

Measured against the fitted process, week by week, so that the growth of the number of customers is no season. A
season is used only where each part of the year was seen twice; what was seen once could be anything else that happened.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.calibration.histories import Floats

WEEKS_NEEDED = 104
PARTS = 12


@dataclass(frozen=True)
class Season:
    """Needs in each twelfth of a year as factors with mean 1, with standard errors.

    ``told`` says whether a season can be told from chance; else factors are all 1.
    ``weekly`` are the factors of the 52 weeks of a year, None where the log is too short.
    """

    factors: tuple[float, ...]
    errors: tuple[float, ...] | None
    weekly: tuple[float, ...] | None
    told: bool
    reason: str


def season_of(
    first_day: int, actual: NDArray[np.int64], expected: Floats, in_holes: NDArray[np.bool_] | None = None
) -> Season:
    """The season in weekly repeat orders.

    ``first_day`` is the log's first day since 1970; ``actual`` and ``expected`` are repeat orders of each week. The
    first weeks, in which hardly anybody can repeat, are left out, and so are weeks with a hole in the log.
    """
    flat = (1.0,) * PARTS
    if actual.size < WEEKS_NEEDED:
        weeks = f"the log has {actual.size} weeks, and a season must be seen twice ({WEEKS_NEEDED} weeks)"
        return Season(flat, None, None, False, f"no season: {weeks}")
    middle = np.datetime64("1970-01-01", "D") + first_day + 7 * np.arange(actual.size) + 3
    day_of_year = (middle - middle.astype("datetime64[Y]").astype("datetime64[D]")).astype(int)
    used = expected >= 5.0
    twelfth = np.minimum(day_of_year * PARTS // 365, PARTS - 1)
    if in_holes is not None and in_holes.any():
        used &= ~in_holes
        if (_years_seen(twelfth[used], middle[used]) < np.minimum(_years_seen(twelfth, middle), 2)).any():
            once = "holes in the log leave a part of the year seen only once"
            return Season(flat, None, None, False, f"no season: {once}")
    parts = twelfth[used]
    factors, errors = _factors(parts, actual[used], expected[used], PARTS)
    weekly, _ = _factors(np.minimum(day_of_year[used] // 7, 51), actual[used], expected[used], 52)
    excess = float((((factors - 1.0) / errors) ** 2).sum())
    if np.isnan(excess) or excess < 24.7:
        return Season(flat, tuple(map(float, errors)), None, False, "no season: weeks differ no more than by chance")
    return Season(
        tuple(map(float, factors)),
        tuple(map(float, errors)),
        tuple(map(float, weekly)),
        True,
        "season: repeat orders of each part of the year over those that the fitted process expects",
    )


def _years_seen(parts: NDArray[np.int64], middle: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """In how many years each part was seen."""
    years = middle.astype("datetime64[Y]").astype(int)
    seen = np.unique(np.column_stack((parts, years)), axis=0)
    return np.bincount(seen[:, 0], minlength=PARTS)


def _factors(
    parts: NDArray[np.int64], actual: NDArray[np.int64], expected: Floats, count: int
) -> tuple[Floats, Floats]:
    """Actual over expected in each part, with mean 1; and standard errors that know how weeks of one part differ."""
    found = np.bincount(parts, actual, minlength=count)
    due = np.bincount(parts, expected, minlength=count)
    with np.errstate(divide="ignore", invalid="ignore"):
        factors = np.where(due > 0, found / due, np.nan)
        level = np.nansum(found) / due.sum()
        misses = (actual - factors[parts] * expected) ** 2 / np.maximum(factors[parts] * expected, 1e-9)
        wider = max(1.0, float(misses.sum() / max(misses.size - count, 1)))
        errors = np.sqrt(np.maximum(found, 1.0) * wider) / due / level
    factors = np.where(np.isnan(factors), 1.0, factors / level)
    return factors / factors.mean(), errors
