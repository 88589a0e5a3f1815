"""CDNOW's own calibrated scenario, lived by the simulator, against the tracking curve that the calibration tells."""

from __future__ import annotations

from dataclasses import replace
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
from many_worlds import lived, mean_and_error, said

import sim
from sim.calibration.learning import Asked, learn
from sim.cli import main

SAMPLE = "lifetimes/datasets/CDNOW_sample.txt"
WEEKS, SEEDS = 78, range(1, 51)


def sample() -> Path:
    """Where CDNOW's 1/10 sample lies (made public by B. Hardie, shipped in `lifetimes`, read and never imported)."""
    try:
        files = metadata.files("lifetimes") or []
    except metadata.PackageNotFoundError:
        pytest.skip("needs CDNOW's sample: pip install --no-deps lifetimes==0.11.3")
    return Path(str(next(file for file in files if str(file) == SAMPLE).locate()))


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    rows = [line.split() for line in sample().read_text(encoding="utf-8").splitlines() if line.strip()]
    path = tmp_path_factory.mktemp("cdnow") / "orders.csv"
    path.write_text("customer,date,amount\n" + "".join(f"{who},{day},{paid}\n" for _, who, day, _, paid in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def found(log):
    """What the calibration of weeks 1 to 39 found; it tells the tracking curve that others are held against."""
    return learn(log, Asked(weeks=39), "cdnow").found


@pytest.fixture(scope="module")
def weekly(log):
    """Cumulative repeat orders [seed, week] of the scenario file that `siyu calibrate --again` writes."""
    file = log.parent / "again.yaml"
    assert main(["calibrate", str(log), "--calibration-weeks", "39", "--again", str(file)]) == 0
    (results,) = lived([sim.load(file)], "public_only", SEEDS)
    return np.array([r.count("orders_by_itself").cumsum()[6::7] for r in results])


def standing_off(weekly, expected) -> np.ndarray:
    """How many standard errors the mean of the seeds is off, from the second week on: in the first hardly anybody orders."""
    mean, error = weekly.mean(axis=0), weekly.std(axis=0, ddof=1) / np.sqrt(len(weekly))
    return (mean - expected)[1:] / error[1:]


def test_the_log_and_the_tracking_curves_stand_where_published_after_39_and_78_weeks(found):
    at = [38, 77]
    assert len(found.track.actual) == WEEKS
    assert found.track.actual[at].tolist() == [2457, 4339]
    assert found.track.expected["pareto_nbd"][at] == pytest.approx([2524.9, 4270.1], abs=0.2)
    assert found.track.expected["bg_nbd"][at] == pytest.approx([2494.0, 4160.6], abs=0.2)


def test_customers_are_watched_for_the_published_time(found):
    watched = (found.period.last_day - found.customers.first_day) / 7
    assert found.customers.number.size == 2357
    assert watched.mean() == pytest.approx(32.72, abs=0.005)


def test_the_calibrated_scenario_follows_the_calibrations_own_curve_in_every_week(found, weekly):
    assert weekly.shape == (50, WEEKS)
    off = standing_off(weekly, found.track.expected["pareto_nbd"])
    worst = int(np.abs(off).argmax()) + 1
    week = said(*mean_and_error(weekly[:, worst]), 1)
    assert np.abs(off).max() < 3, f"week {worst + 1}: {week} against {found.track.expected['pareto_nbd'][worst]:.1f}"


def pull(weekly, expected, lagging) -> float:
    """How many standard errors the seeds are off in the direction in which a lag would pull: weekly orders, each week
    weighted by what the lag does there over its variance (Poisson), which is the sharpest straight line of sight."""
    due, moved = np.diff(expected, prepend=0.0), np.diff(lagging, prepend=0.0) - np.diff(expected, prepend=0.0)
    seen = np.diff(weekly, axis=1, prepend=0) @ (moved / due)
    return float((seen.mean() - moved.sum()) / (seen.std(ddof=1) / np.sqrt(len(seen))))


def lagged(found, days):
    """The calibration's curve as it would be if everybody had begun so many days later."""
    late = replace(found, customers=replace(found.customers, first_day=found.customers.first_day + days))
    return late.expected("pareto_nbd", found.period.week_ends)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_curve_that_lags_by_one_day_is_noticed_by_the_simulator(found, weekly, days):
    right, wrong = found.track.expected["pareto_nbd"], lagged(found, days)
    assert abs(pull(weekly, right, wrong)) < 3
    assert abs(pull(weekly, wrong, right)) > 4


@pytest.mark.parametrize("days", [-1, 1])
def test_a_curve_that_lags_by_one_day_is_noticed_by_the_published_figures(found, days):
    assert np.abs(lagged(found, days)[[38, 77]] - [2524.9, 4270.1]).min() > 10 * 0.2
