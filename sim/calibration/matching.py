"""History matching: the simulator lives the log's own weeks under the calibrated scenario, and is held against them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.errors import ScenarioError
from sim.assumptions.loading import load
from sim.assumptions.scenario import Scenario
from sim.calibration.calibrating import Calibration
from sim.calibration.histories import Customers, Floats
from sim.calibration.holdout import actual_repeats, mean_error
from sim.calibration.limits import exit_within, need_within
from sim.calibration.regimes import Regime
from sim.calibration.scenario_of import season_from, watched_months
from sim.running import Progress, World, run_many

MOST_PEOPLE = 50_000
"""Customers who are lived; of a larger log an even part stands for all."""

Starts = tuple[dict[str, Any], ...]

FUTURES, FUTURES_OF_FEW, FEW = 8, 20, 3000
"""Futures in which every calibration is lived, and more of them where so few customers are soon lived."""

LONGEST = 3650
MOST_STARTS = 2000


@dataclass(frozen=True)
class Match:
    """Repeat orders by week: actual, and simulated [seed, week]; ``held_out`` marks the weeks that were not fitted."""

    actual: NDArray[np.int64]
    simulated: NDArray[np.int64]
    held_out: NDArray[np.bool_]
    people: int

    @property
    def band(self) -> tuple[Floats, Floats]:
        """The 90 % band of a week's repeat orders over seeds."""
        low, high = np.quantile(self.simulated, (0.05, 0.95), axis=0)
        return low, high

    @property
    def coverage(self) -> float | None:
        """The share of weeks held out whose repeat orders lie within the band."""
        return float(self._inside[self.held_out].mean()) if self.held_out.any() else None

    @property
    def coverage_of_all(self) -> float:
        """The share of all weeks whose repeat orders lie within the band."""
        return float(self._inside.mean())

    @property
    def _inside(self) -> NDArray[np.bool_]:
        low, high = self.band
        return np.asarray((self.actual >= low) & (self.actual <= high))

    @property
    def totals(self) -> dict[str, float]:
        """Repeat orders of a whole run: the mean over futures, and between which nine in ten lie."""
        found = self.simulated.sum(axis=1)
        low, high = np.quantile(found, (0.05, 0.95))
        return {"mean": float(found.mean()), "low": float(low), "high": float(high)}

    @property
    def error(self) -> float | None:
        """Mean absolute error of cumulative repeats over the weeks held out, of the mean over seeds."""
        mean = self.simulated.cumsum(axis=1).mean(axis=0)
        return mean_error(self.actual.cumsum()[self.held_out], mean[self.held_out])

    def as_json(self) -> dict[str, Any]:
        """For other programs."""
        return {
            "seeds": len(self.simulated),
            "people": self.people,
            "weeks_held_out": int(self.held_out.sum()),
            "mape": self.error,
            "coverage_90": self.coverage,
            "repeats": {"log": int(self.actual.sum()), **self.totals},
        }


def again_of(found: Calibration, scenario: Scenario, regime: Regime) -> Scenario:
    """The regime under which the log arose, with its own customers on their own days: a run gives the log back.

    Nothing is advertised, and what was caught comes by itself, which leaves every repeat order in place. Raises
    ScenarioError with one sentence if the log is longer than a run can be.
    """
    period = found.period
    days = 7 * period.week_ends.size
    if not 0 < days <= LONGEST:
        raise ScenarioError([f"the log has {days} days in whole weeks, but a run has from 7 to {LONGEST}; cut the log"])
    starts = _starts(_some(found.customers), period.first_day)
    changes = {
        "question": "Does the simulator give the log back?",
        "question_zh": "仿真能否重现订单日志？",
        "clock.days": days,
        "clock.warm_up_days": 0,
        "clock.run_out_days": 0,
        "brand.budget_cny_per_day": 0.0,
        "market.people": max(sum(start["people"] for start in starts) * 2, 1000),
        "market.season_factors": season_from(scenario.market.season_factors, period.first_day),
        "market.starting_customers": starts,
        "public.repeat_orders_paid_share": 1.0 - regime.caught_share,
    }
    return load(scenario, changes)


def match(
    found: Calibration, scenario: Scenario, regime: Regime, seeds: int, *, progress: Progress | None = None
) -> Match:
    """Live the log's weeks with so many seeds, each with parameters drawn from what the fit leaves open.

    Raises ScenarioError with one sentence if the log is longer than a run can be.
    """
    again = again_of(found, scenario, regime)
    watched = watched_months(found)
    regimes = [_varied(again, factors, watched) for factors in found.fits["pareto_nbd"].drawn(seeds)]
    worlds = [World(each, "public_only", seed) for seed, each in enumerate(regimes, 1)]
    results = run_many(worlds, progress=progress)
    weekly = np.array([r.count("orders_by_itself").reshape(-1, 7).sum(axis=1) for r in results])
    customers, period = _some(found.customers), found.period
    actual = np.diff(actual_repeats(found.orders, customers, period.week_ends), prepend=0)
    return Match(actual, weekly, period.held_out, customers.number.size)


def futures_of(found: Calibration) -> int:
    """Futures that tell whether a scenario gives its log back."""
    return FUTURES_OF_FEW if found.customers.number.size <= FEW else FUTURES


def _some(customers: Customers) -> Customers:
    step = -(-customers.number.size // MOST_PEOPLE)
    return Customers(*(column[::step] for column in vars(customers).values()))


def _starts(customers: Customers, first_day: int) -> Starts:
    """How many begin on each day of the run, as starting customers outside the pool."""
    day, people = np.unique(customers.first_day - first_day, return_counts=True)
    if day.size > MOST_STARTS:
        day, people = np.unique((customers.first_day - first_day) // 7 * 7 + 3, return_counts=True)
    return tuple({"day": int(d), "people": int(n), "in_pool": False} for d, n in zip(day, people, strict=True))


def _varied(scenario: Scenario, factors: Floats, watched_months: float) -> Scenario:
    """The scenario with need and exit times factors, within the limits that every scenario has."""
    market = scenario.market
    r, alpha, s, beta = map(float, factors)
    need = need_within(market.need_gamma_shape * r, market.need_gamma_months * alpha)
    left = exit_within(market.exit_gamma_shape * s, market.exit_gamma_months * beta, watched_months)
    changes = {"need_gamma_shape": need.shape, "need_gamma_months": need.months}
    changes |= {"exit_gamma_shape": left.shape, "exit_gamma_months": left.months}
    return load(scenario, {f"market.{key}": value for key, value in changes.items()})
