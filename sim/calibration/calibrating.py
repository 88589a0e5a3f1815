"""From an order log to fitted processes with their checks: what `siyu calibrate` does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.errors import ScenarioError
from sim.calibration import bg_nbd, gamma_gamma, pareto_nbd
from sim.calibration.fitting import Fit, fit_large
from sim.calibration.histories import Customers, Floats, Histories, Whole, customers_until
from sim.calibration.holdout import Later, Period, actual_repeats, later_orders, mean_error, tracking
from sim.calibration.read.holes import holes_in, weeks_with
from sim.calibration.read.orders import Orders, date_of
from sim.calibration.seasonality import Season, season_of

FEWEST_REPEATERS = 10
"""Customers who must have come back for four parameters to be sought at all."""

MODELS: dict[str, Any] = {"pareto_nbd": pareto_nbd, "bg_nbd": bg_nbd}


@dataclass(frozen=True)
class Track:
    """Cumulative repeat orders at the end of each week: actual, and as each model expects them."""

    actual: NDArray[np.int64]
    expected: dict[str, Floats]


@dataclass(frozen=True)
class Calibration:
    """Everything that was learnt from a log, with the checks that it passed or did not."""

    name: str
    orders: Orders
    period: Period
    customers: Customers
    fits: dict[str, Fit]
    spend: Fit | None
    track: Track
    later: Later | None
    season: Season
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        people, rows = self.customers.number.size, self.orders.rows
        return f"<Calibration of {self.name}: {people:,} customers, {rows:,} orders>"

    @property
    def holdout(self) -> dict[str, float | int | None] | None:
        """Repeat orders held out and foretold, and mean errors of the cumulative curve over the weeks held out."""
        period = self.period
        if period.log_ends <= period.last_day:
            return None
        ends = np.array([period.last_day, period.log_ends])
        actual = actual_repeats(self.orders, self.customers, ends)
        found: dict[str, float | int | None] = {"actual_repeats": int(actual[1] - actual[0])}
        for name in MODELS:
            found[name] = float(np.diff(self.expected(name, ends))[0])
        out = period.held_out
        for name, expected in self.track.expected.items():
            found[f"{name}_mape"] = mean_error(self.track.actual[out], expected[out])
        return found

    def expected(self, name: str, days: NDArray[np.int64]) -> Floats:
        """Cumulative repeat orders at the end of these days, as a model expects them."""
        return _tracked(name, self.fits[name], self.customers, days, self.period.unit)

    def as_json(self) -> dict[str, Any]:
        """For other programs: parameters in the papers' letters, time in the unit, likelihoods summed over
        customers."""
        spend = dict.fromkeys(gamma_gamma.NAMES) if self.spend is None else self.spend.parameters
        fitted = {**self.fits, **({} if self.spend is None else {"gamma_gamma": self.spend})}
        return {
            "customers": int(self.orders.customer[-1]) + 1,
            "orders": self.orders.rows,
            **{name: {**found.parameters, "log_likelihood": found.log_likelihood} for name, found in self.fits.items()},
            "gamma_gamma": spend,
            "holdout": self.holdout,
            "unit": self.period.unit,
            "calibrated_from": date_of(self.period.first_day),
            "calibrated_until": date_of(self.period.last_day),
            "log_ends": date_of(self.period.log_ends),
            "calibration": {
                "customers": int(self.customers.number.size),
                "repeaters": int((self.customers.repeats > 0).sum()),
                "repeats": int(self.customers.repeats.sum()),
            },
            "standard_errors": {name: found.standard_errors for name, found in fitted.items()},
            "not_determined": {name: list(found.unsure) for name, found in fitted.items()},
            "season_factors": list(self.season.factors),
            "notes": list(self.notes),
        }


def calibrate(orders: Orders, period: Period, name: str) -> Calibration:
    """Fit the processes to a log's calibration period and check them on the rest; raises ScenarioError if it cannot
    be."""
    customers = customers_until(orders, period.last_day)
    histories, entry = customers.alike(period.last_day, period.unit)
    _refuse_few(histories, name)
    starts = _starts(histories)
    fits = {
        each: fit_large(model.NAMES, model.log_likelihood, histories, starts[each]) for each, model in MODELS.items()
    }
    spend, spend_notes = _spend(customers) if orders.priced else (None, [])
    weeks = period.week_ends
    track = Track(
        actual_repeats(orders, customers, weeks),
        {each: _tracked(each, found, customers, weeks, period.unit) for each, found in fits.items()},
    )
    later = _later(fits, customers, histories, entry, period.later_time) if period.log_ends > period.last_day else None
    holes = holes_in(orders.day)
    weekly = (np.diff(track.actual, prepend=0), np.diff(track.expected["pareto_nbd"], prepend=0))
    season = season_of(period.first_day, *weekly, weeks_with(holes, weeks))
    found = Calibration(name, orders, period, customers, fits, spend, track, later, season, ())
    from sim.calibration.cautions import cautions

    return Calibration(**{**vars(found), "notes": (*cautions(found, histories), *spend_notes, season.reason)})


def _refuse_few(histories: Histories, name: str) -> None:
    if histories.customers < 2:
        raise ScenarioError(
            [f"{name}: the calibration period has one customer, from whom nothing about others follows"]
        )
    if histories.repeaters < FEWEST_REPEATERS:
        few = f"{histories.repeaters} of {histories.customers:,} customers came back in the calibration period"
        remedy = f"need and exit cannot be told apart from fewer than {FEWEST_REPEATERS}; give a longer log"
        raise ScenarioError([f"{name}: only {few}, and {remedy}"])


def _starts(histories: Histories) -> dict[str, list[list[float]]]:
    """Where to begin: rates as the log shows them, with little and much difference between customers."""
    people = histories.people
    time = max(float(people @ histories.watched) / people.sum(), 1e-3)
    rate = max(float(people @ histories.repeats) / max(float(people @ histories.watched), 1e-9), 1e-6)
    shapes = (0.5, 1.0, 3.0)
    return {
        "pareto_nbd": [[r, r / (2.0 * rate), s, time] for r, s in zip(shapes, (0.5, 1.0, 0.3), strict=True)],
        "bg_nbd": [
            [r, r / (2.0 * rate), a, b] for r, a, b in zip(shapes, (0.8, 0.3, 2.0), (2.5, 1.0, 10.0), strict=True)
        ],
    }


def _spend(customers: Customers) -> tuple[Fit | None, list[str]]:
    """Gamma-Gamma on the mean repeat order of each customer who spent anything, and what to say about it."""
    again = customers.repeats > 0
    paying = again & (customers.repeat_spend > 0)
    orders, mean = customers.repeats[paying].astype(float), customers.repeat_spend[paying] / customers.repeats[paying]
    free = int(again.sum() - paying.sum())
    notes = [f"{free:,} customers whose repeat orders were all free are left out of the fit of spend"] if free else []
    if mean.size < FEWEST_REPEATERS or mean.std() < 1e-9 * mean.mean():
        return None, [*notes, "spend: order values do not differ between customers, so Gamma-Gamma is not fitted"]
    level = float(mean.mean())
    starts = [[p, q, level * max(q - 1.0, 0.5) / p] for p, q in ((1.0, 2.0), (5.0, 4.0), (20.0, 3.0))]
    spending = gamma_gamma.Spending(orders, mean, np.ones(mean.size))
    return fit_large(gamma_gamma.NAMES, gamma_gamma.log_likelihood, spending, starts), notes


def _tracked(name: str, found: Fit, customers: Customers, days: NDArray[np.int64], unit: str) -> Floats:
    return tracking(lambda time: MODELS[name].expected_repeats(found.values, time), customers, days, unit)


def _later(fits: dict[str, Fit], customers: Customers, histories: Histories, entry: Whole, time: float) -> Later:
    told = (histories.repeats, histories.last, histories.watched)
    expected = {name: MODELS[name].expected_later(found.values, *told, time)[entry] for name, found in fits.items()}
    return later_orders(customers, expected)
