"""CDNOW through `siyu calibrate` itself, against the published fits (Fader, Hardie & Lee 2005; Fader & Hardie 2013).

The 1/10 sample of 2,357 customers was made public by B. Hardie and is shipped in the package `lifetimes` (a test dependency
for this file alone, read and never imported); it is not copied here, because nobody states a licence for it.
"""

from __future__ import annotations

import json
import time
from importlib import metadata

import pytest

from sim.cli import main

SAMPLE = "lifetimes/datasets/CDNOW_sample.txt"


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """The sample as a log: the second number is the customer's, then day, number of CDs, dollars."""
    try:
        files = metadata.files("lifetimes") or []
    except metadata.PackageNotFoundError:
        pytest.skip("needs CDNOW's sample: pip install --no-deps lifetimes==0.11.3")
    sample = next(file for file in files if str(file) == SAMPLE)
    rows = [line.split() for line in sample.locate().read_text(encoding="utf-8").splitlines() if line.strip()]
    path = tmp_path_factory.mktemp("cdnow") / "orders.csv"
    path.write_text("customer,date,amount\n" + "".join(f"{who},{day},{paid}\n" for _, who, day, _, paid in rows), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def found(log):
    return said(log, "--calibration-weeks", "39")


def said(log, *options):
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()):
        assert main(["calibrate", log, *options, "--json"]) == 0
    return json.loads(out.getvalue())


PARETO_NBD = {"r": 0.5533, "alpha": 10.5776, "s": 0.6062, "beta": 11.6679}
BG_NBD = {"r": 0.2426, "alpha": 4.4135, "a": 0.7929, "b": 2.4258}
GAMMA_GAMMA = {"p": 6.250, "q": 3.744, "gamma": 15.444}


def test_the_sample_is_the_published_one(found):
    assert (found["customers"], found["orders"]) == (2357, 6919)
    assert found["calibration"] == {"customers": 2357, "repeaters": 946, "repeats": 2457}
    assert (found["calibrated_until"], found["log_ends"]) == ("1997-09-30", "1998-06-30")


@pytest.mark.parametrize(("model", "published", "likelihood"), [("pareto_nbd", PARETO_NBD, -9594.97), ("bg_nbd", BG_NBD, -9582.43)])
def test_parameters_and_likelihoods_are_the_published_ones(found, model, published, likelihood):
    assert {name: found[model][name] for name in published} == pytest.approx(published, rel=1e-3)
    assert found[model]["log_likelihood"] == pytest.approx(likelihood, abs=0.01)
    assert set(found[model]) == {*published, "log_likelihood"}


def test_spend_is_the_published_one(found):
    assert found["gamma_gamma"] == pytest.approx(GAMMA_GAMMA, rel=1e-3)
    p, q, gamma = found["gamma_gamma"].values()
    assert p * gamma / (q - 1) == pytest.approx(35.17, abs=0.005)


def test_the_weeks_held_out_are_foretold_as_published(found):
    held_out = found["holdout"]
    assert held_out["actual_repeats"] == 1882
    assert held_out["pareto_nbd"] == pytest.approx(4270.1 - 2524.9, abs=0.2)
    assert held_out["bg_nbd"] == pytest.approx(4160.6 - 2494.0, abs=0.2)
    assert held_out["pareto_nbd_mape"] == pytest.approx(0.0131, abs=5e-5)
    assert held_out["bg_nbd_mape"] == pytest.approx(0.0263, abs=5e-5)


def test_nothing_is_in_doubt_and_the_season_is_not_made_up(found):
    assert not any(found["not_determined"].values())
    assert set(found["season_factors"]) == {1.0}


def test_days_tell_the_same_process_in_unscaled_time(log, found):
    days = said(log, "--calibrate-until", "1997-09-30", "--unit", "day")
    assert days["pareto_nbd"]["alpha"] == pytest.approx(7 * found["pareto_nbd"]["alpha"], rel=1e-4)
    assert days["pareto_nbd"]["log_likelihood"] == pytest.approx(found["pareto_nbd"]["log_likelihood"] - 2457 * 1.945910149, abs=0.01)
    assert days["holdout"] == pytest.approx(found["holdout"], rel=1e-4)


def test_it_takes_less_than_five_seconds(log):
    start = time.process_time()
    said(log, "--calibration-weeks", "39")
    assert time.process_time() - start < 5
