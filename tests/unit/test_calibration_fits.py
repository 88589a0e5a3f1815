"""Fitted processes: likelihoods by another road, the truth given back, and a plain word where a log decides nothing."""

from __future__ import annotations

import numpy as np
import pytest
from order_logs import sampled
from scipy.integrate import quad
from scipy.special import betaln, digamma, gammaln

from sim.calibration import bg_nbd, gamma_gamma, pareto_nbd
from sim.calibration.calibrating import calibrate
from sim.calibration.daily_steps import daily_needs
from sim.calibration.fitting import fit, fit_large
from sim.calibration.histories import Histories, customers_until
from sim.calibration.holdout import Period
from sim.calibration.read.orders import Rows, merged

TRUTH = (0.8, 60.0, 0.7, 90.0)
SPEND = (5.0, 4.0, 30.0)
HISTORIES = [(0, 0, 30), (1, 4, 30), (3, 29, 30), (3, 5, 30), (40, 30, 30), (300, 200, 400), (2, 0.5, 400)]
THETAS = [(0.55, 10.6, 0.6, 11.7), (2.0, 3.0, 0.3, 200.0), (0.3, 90.0, 3.0, 2.0), (1.0, 7.0, 1.0, 7.0)]


def one(x, last, watched) -> Histories:
    return Histories(*(np.array([float(each)]) for each in (x, last, watched, 1)))


def orders_of(who, when, amount):
    who, day = np.asarray(who, np.int32), np.asarray(when, np.int32) + 18_000
    return merged(Rows("log", who, day, day, np.asarray(amount, float), (), None, (), np.arange(2, 2 + who.size)))


def calibrated(who, when, amount, until, ends=None, unit="day"):
    orders = orders_of(who, when, amount)
    return calibrate(orders, Period(orders.first_day, 18_000 + until, 18_000 + (ends or until), unit), "log")


@pytest.mark.parametrize("theta", THETAS)
@pytest.mark.parametrize("history", HISTORIES)
def test_pareto_nbd_likelihood_is_the_integral_over_the_day_of_exit(theta, history):
    (r, alpha, s, beta), (x, last, watched) = theta, history

    def density(u, power):
        return np.exp(-(r + x) * np.log((alpha + u) / (alpha + last)) - (s + power) * np.log(beta + u))

    gone = quad(density, last, watched, args=(1.0,), limit=500, epsabs=0, epsrel=1e-11)[0]
    within = density(watched, 0.0) + s * gone
    expected = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta) - (r + x) * np.log(alpha + last) + np.log(within)
    assert pareto_nbd.log_likelihood(np.array(theta), one(*history))[0] == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("history", HISTORIES)
def test_bg_nbd_likelihood_is_the_papers_product_of_gamma_and_beta_functions(history):
    (r, alpha, a, b), (x, last, watched) = (0.24, 4.4, 0.8, 2.4), history
    stays = betaln(a, b + x) - betaln(a, b) + gammaln(r + x) - gammaln(r) + r * np.log(alpha) - (r + x) * np.log(alpha + watched)
    goes = betaln(a + 1, b + x - 1) - betaln(a, b) + gammaln(r + x) - gammaln(r) + r * np.log(alpha) - (r + x) * np.log(alpha + last)
    expected = np.logaddexp(stays, goes) if x else stays
    assert bg_nbd.log_likelihood(np.array([r, alpha, a, b]), one(*history))[0] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("theta", THETAS)
@pytest.mark.parametrize("model", [pareto_nbd, bg_nbd, gamma_gamma])
def test_slopes_are_those_of_the_likelihood(model, theta):
    columns = [np.array(column, float) for column in zip(*HISTORIES, strict=True)]
    data = Histories(*columns, np.arange(1.0, 8.0))
    if model is gamma_gamma:
        data, theta = gamma_gamma.Spending(np.arange(1.0, 8.0), np.linspace(3, 90, 7), np.ones(7)), theta[:3]
    middle = np.array(theta)
    slope = model.log_likelihood(middle, data)[1]
    for place, value in enumerate(middle):
        aside = np.zeros(middle.size)
        aside[place] = 1e-5 * value
        rise = model.log_likelihood(middle + aside, data)[0] - model.log_likelihood(middle - aside, data)[0]
        assert slope[place] == pytest.approx(rise / (2e-5 * value), rel=1e-5, abs=1e-5)


def test_expected_repeats_and_later_orders_are_those_of_people_made_up():
    """Means over a sample of the very process, within four standard errors."""
    random = np.random.default_rng(4)
    r, alpha, s, beta = theta = np.array([0.8, 8.0, 0.7, 12.0])
    people, time, later = 200_000, 30.0, 25.0
    rate, exits = random.gamma(r, 1 / alpha, people), random.gamma(s, 1 / beta, people)
    gone = random.exponential(1, people) / exits
    first, second = random.poisson(rate * np.minimum(gone, time)), random.poisson(rate * np.clip(gone - time, 0, later))
    last = np.minimum(gone, time) * random.random(people) ** (1 / np.maximum(first, 1)) * (first > 0)
    expected = pareto_nbd.expected_repeats(theta, np.array([time]))[0]
    assert first.mean() == pytest.approx(expected, abs=4 * first.std() / np.sqrt(people))
    foretold = pareto_nbd.expected_later(theta, first.astype(float), last, np.full(people, time), later)
    for x in range(4):
        some = first == x
        off = second[some] - foretold[some]
        assert off.mean() == pytest.approx(0, abs=4 * off.std() / np.sqrt(some.sum())), x


def test_bg_nbd_expectations_are_those_of_people_made_up():
    random = np.random.default_rng(5)
    r, alpha, a, b = theta = np.array([0.9, 5.0, 0.8, 2.5])
    people, time, later = 100_000, 20.0, 30.0
    rate, coin = random.gamma(r, 1 / alpha, people), random.beta(a, b, people)
    tosses = random.geometric(np.maximum(coin, 1e-12))
    clock, counts = np.zeros(people), np.zeros((people, 2))
    last = np.zeros(people)
    for order in range(1, 400):
        clock += random.exponential(1, people) / np.maximum(rate, 1e-12)
        real = order <= tosses
        counts[:, 0] += real & (clock <= time)
        counts[:, 1] += real & (clock > time) & (clock <= time + later)
        last = np.where(real & (clock <= time), clock, last)
    expected = bg_nbd.expected_repeats(theta, np.array([time]))[0]
    assert counts[:, 0].mean() == pytest.approx(expected, abs=4 * counts[:, 0].std() / np.sqrt(people))
    foretold = bg_nbd.expected_later(theta, counts[:, 0], last, np.full(people, time), later)
    off = counts[:, 1] - foretold
    assert off.mean() == pytest.approx(0, abs=4 * off.std() / np.sqrt(people))


def test_a_log_gives_back_the_truth_that_made_it():
    found = calibrated(*sampled(8000, 540, 120, TRUTH, SPEND, seed=11), until=400, ends=539)
    process = found.fits["pareto_nbd"]
    for name, true in zip(pareto_nbd.NAMES, TRUTH, strict=True):
        low, high = process.interval(name, deviations=3.3)
        assert low < true < high, name
    for name, true in zip(gamma_gamma.NAMES, SPEND, strict=True):
        low, high = found.spend.interval(name, deviations=3.3)
        assert low < true < high, name
    assert found.holdout["pareto_nbd_mape"] < 0.03
    assert found.holdout["pareto_nbd"] == pytest.approx(found.holdout["actual_repeats"], rel=0.06)
    assert found.later.expected["pareto_nbd"] == pytest.approx(found.later.actual, rel=0.25)


def test_days_and_weeks_tell_the_same_process():
    log = sampled(3000, 400, 90, TRUTH, SPEND, seed=3)
    day, week = (calibrated(*log, until=300, unit=unit).fits for unit in ("day", "week"))
    repeats = customers_until(orders_of(*log), 18_300).repeats.sum()
    for name, scales in (("pareto_nbd", ("alpha", "beta")), ("bg_nbd", ("alpha",))):
        days, weeks = day[name], week[name]
        for key, value in days.parameters.items():
            assert value == pytest.approx(weeks.parameters[key] * (7 if key in scales else 1), rel=1e-4)
        assert weeks.log_likelihood - days.log_likelihood == pytest.approx(repeats * np.log(7), abs=1e-4)


def test_large_logs_are_fitted_to_the_same_maximum_as_small_ones(monkeypatch):
    log = sampled(4000, 400, 90, TRUTH, SPEND, seed=8)
    histories, _ = customers_until(orders_of(*log), 18_300).alike(18_300, "week")
    starts = [[1.0, 10.0, 1.0, 10.0]]
    whole = fit_large(pareto_nbd.NAMES, pareto_nbd.log_likelihood, histories, starts)
    for name, rows in (("FIRST_LOOK", 200), ("SECOND_LOOK", 900), ("ROWS_AT_ONCE", 500)):
        monkeypatch.setattr(f"sim.calibration.fitting.{name}", rows)
    parted = fit_large(pareto_nbd.NAMES, pareto_nbd.log_likelihood, histories, starts)
    assert parted.values == pytest.approx(whole.values, rel=1e-3)
    assert parted.log_likelihood == pytest.approx(whole.log_likelihood, abs=1e-3)
    errors = [list(each.standard_errors.values()) for each in (parted, whole)]
    assert errors[0] == pytest.approx(errors[1], rel=0.25)


def test_customers_who_never_leave_are_told_and_no_exit_is_made_up():
    found = calibrated(*sampled(1500, 500, 60, (1.0, 40.0, 0.5, 1e9), SPEND, seed=5), until=499)
    assert any("not determined" in note or "hardly any exit" in note for note in found.notes)
    rate = found.fits["pareto_nbd"].parameters
    assert rate["s"] / rate["beta"] < 3e-4


def test_customers_who_are_all_alike_are_told():
    found = calibrated(*sampled(1500, 500, 60, (900.0, 36_000.0, 0.6, 300.0), SPEND, seed=5), until=499)
    assert any("customers hardly differ in their need" in note or "r, alpha" in note for note in found.notes)


def test_one_cohort_only_is_told():
    found = calibrated(*sampled(1500, 400, 3, TRUTH, SPEND, seed=5), until=399)
    assert any(note.startswith("all customers began within one week: one cohort") for note in found.notes)


def test_few_who_came_back_are_told():
    found = calibrated(*sampled(120, 200, 60, TRUTH, SPEND, seed=5), until=199)
    assert any("customers came back: read the standard errors" in note for note in found.notes)


def test_order_values_that_do_not_differ_have_no_spread_fitted():
    who, when, amount = sampled(1000, 300, 60, TRUTH, SPEND, seed=5)
    found = calibrated(who, when, np.full(amount.size, 30.0), until=299)
    merged_once = found.spend is None or bool(found.spend.unsure)
    assert merged_once and any("spend" in note or "Gamma-Gamma" in note for note in found.notes)


def test_spend_that_goes_with_frequency_is_told():
    who, when, amount = sampled(3000, 300, 60, TRUTH, SPEND, seed=5)
    found = calibrated(who, when, amount * np.bincount(who)[who] ** 2, until=299)
    assert any("the value of an order goes with how often people order" in note for note in found.notes)


def test_a_season_is_found_only_where_it_is_seen_twice():
    def season(day):
        return 0.6 + 0.4 * np.cos(2 * np.pi * (day - 15) / 365)

    long = calibrated(*sampled(6000, 1095, 300, (1.5, 60.0, 0.3, 900.0), SPEND, seed=2, season=season), until=1094)
    assert long.season.told and max(long.season.factors) > 1.3 and min(long.season.factors) < 0.6
    assert sum(long.season.factors) / 12 == pytest.approx(1)
    short = calibrated(*sampled(6000, 600, 300, (1.5, 60.0, 0.3, 900.0), SPEND, seed=2, season=season), until=599)
    assert not short.season.told and "must be seen twice" in short.season.reason
    flat = calibrated(*sampled(6000, 1095, 300, (1.5, 60.0, 0.3, 900.0), SPEND, seed=2), until=1094)
    assert not flat.season.told and set(flat.season.factors) == {1.0}


@pytest.mark.parametrize(("r", "days", "caught"), [(0.8, 60.0, 1.0), (1.2, 18.0, 1.0), (1.2, 18.0, 0.5), (5.0, 900.0, 1.0)])
def test_needs_of_at_most_one_a_day_are_found_again_from_the_orders_that_they_gave(r, days, caught):
    random = np.random.default_rng(7)
    watched, people = 200, 400_000
    orders = random.binomial(watched, -caught * np.expm1(-random.gamma(r, 1 / days, people)))
    counts = np.bincount(orders)
    x = np.arange(counts.size)

    def likelihood(theta):
        shape, scale = theta
        value = gammaln(shape + x) - gammaln(shape) + shape * np.log(scale) - (shape + x) * np.log(scale + watched)
        slopes = digamma(shape + x) - digamma(shape) + np.log(scale) - np.log(scale + watched), shape / scale - (shape + x) / (scale + watched)
        return float(counts @ value), np.array([counts @ slope for slope in slopes])

    fitted = fit(("r", "alpha"), likelihood, [(1.0, 30.0)], people)
    found = daily_needs(*map(float, fitted.values), caught, watched)
    assert found == pytest.approx((r, days), rel=0.015)
    assert caught < 1 or days > 100 or fitted.values != pytest.approx((r, days), rel=0.015)
