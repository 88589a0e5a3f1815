"""Which days of a log are fitted and which are held out to check the fit."""

from __future__ import annotations

from sim.assumptions.errors import ScenarioError, shown
from sim.calibration.holdout import Period
from sim.calibration.read.orders import Orders, date_of, day_of


def period_of(
    orders: Orders,
    name: str,
    unit: str,
    weeks: int | None = None,
    until: str | None = None,
    log_ends: str | None = None,
) -> Period:
    """The calibration period: so many weeks from the log's first day, or until a date, or all of the log.

    ``log_ends`` is the day to which the log is complete, the day of the last order unless given. Raises ScenarioError
    with one sentence if nothing would be left to fit, or if the period reaches beyond the log.
    """
    first, last = orders.first_day, orders.last_day
    end = last if log_ends is None else _date("--log-ends", log_ends)
    if end < last:
        raise ScenarioError(
            [f"--log-ends is {log_ends}, but {name} has an order of {date_of(last)}; give that day or later"]
        )
    fitted = end
    if weeks is not None:
        fitted = first + 7 * weeks - 1
        if fitted > end and fitted - end < 7:
            end = fitted  # the last days of a log may be without an order
        asked = f"--calibration-weeks is {weeks}, which ends on {date_of(fitted)}"
    elif until is not None:
        fitted = _date("--calibrate-until", until)
        asked = f"--calibrate-until is {until}"
    if fitted > end:
        raise ScenarioError([f"{asked}, but {name} ends on {date_of(end)}; choose an earlier end"])
    if fitted <= first:
        raise ScenarioError(
            [f"{asked}, but {name} begins on {date_of(first)}; choose a later end"]
            if fitted < end
            else [f"{name}: all orders are of one day, {date_of(first)}; give a longer log"]
        )
    return Period(first, fitted, end, unit)


def weeks_fitted(orders: Orders, hold_out_share: float | None) -> int | None:
    """The weeks to be fitted if that share of the log's weeks is held out; None, which is all, if none is to be."""
    weeks = (orders.last_day + 1 - orders.first_day) // 7
    held_out = round(weeks * (hold_out_share or 0.0))
    return weeks - held_out if 0 < held_out < weeks else None


def _date(option: str, text: str) -> int:
    try:
        return day_of(text)
    except ValueError:
        raise ScenarioError([f"{option} is {shown(text)}, which is no date; write it as in 2026-03-01"]) from None
