"""A scenario gives its log back: limits on what parameters mean, boundaries, holes, beginnings, rhythms, and what is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from order_logs import lines, sampled

import sim
from sim.assumptions.runaway import expected_r0, runaway_caution
from sim.calibration.learning import Asked, learn, lived
from sim.calibration.limits import exit_within, need_within
from sim.calibration.newcomers import old_customers
from sim.calibration.pareto_nbd import time_alive
from sim.calibration.read.holes import holes_in
from sim.calibration.read.reading import read_orders
from sim.calibration.regularity import rhythm_of
from sim.cli import main

SPEND = (5.0, 4.0, 120.0)


def log_of(folder, who, when):
    """A log with these orders (days from 0), all worth about ten."""
    order = np.lexsort((when, who))
    who, when = np.asarray(who)[order], np.asarray(when)[order]
    (folder / "o.csv").write_text(lines(who, when, 10.0 + np.arange(who.size) % 997 / 100), encoding="utf-8")
    return folder / "o.csv"


def alike(people, days, chance, seed):
    """People who all have the same chance of an order a day, and never leave."""
    random = np.random.default_rng(seed)
    who, when = np.nonzero(random.random((people, days)) < chance)
    first = random.integers(0, 60, people)
    later = when > first[who]
    return np.concatenate((np.arange(people), who[later])), np.concatenate((first, when[later]))


@given(st.floats(-4, 6), st.floats(-2, 7))
@settings(max_examples=200, deadline=None)
def test_whatever_pair_of_need_is_cut_the_mean_rate_stays(log_shape, log_months):
    shape, months = 10.0**log_shape, 10.0**log_months
    kept = need_within(shape, months)
    assert 0.02 <= kept.shape <= 1000 and 0 < kept.months <= 10_000
    if shape / months > 0.02 / 10_000:  # less is no need at all; a million a month is the schema's limit
        assert kept.shape / kept.months == pytest.approx(min(shape / months, 1000 / 0.001), rel=1e-9)


@given(st.floats(-4, 6), st.floats(-3, 7), st.floats(1, 60))
@settings(max_examples=200, deadline=None)
def test_whatever_pair_of_exit_is_cut_customers_stay_as_long(log_shape, log_months, watched):
    shape, months = 10.0**log_shape, 10.0**log_months
    kept = exit_within(shape, months, watched)
    stays = [float(time_alive(*pair, np.array([watched]))[0]) / watched for pair in ((shape, months), kept)]
    assert 0.02 <= kept.shape <= 1000 and 0 < kept.months <= 10_000
    if 0.01 < stays[0] < 1 - 1e-3:
        assert stays[1] == pytest.approx(stays[0], rel=1e-3)


@pytest.mark.parametrize(("people", "days", "chance"), [(120, 500, 0.02), (700, 400, 0.0001)])
def test_people_who_are_all_alike_give_their_log_back(people, days, chance, tmp_path):
    found = lived(learn(log_of(tmp_path, *alike(people, days, chance, 3)), Asked(), "x"))
    totals = found.match.as_json()["repeats"]
    assert totals["mean"] == pytest.approx(totals["log"], abs=max(0.1 * totals["log"], 6))
    assert "r" in found.found.fits["pareto_nbd"].unsure


def test_a_boundary_in_exit_leaves_need_its_errors(tmp_path):
    random = np.random.default_rng(8)
    rates = random.gamma(0.8, 1 / 70, 400)
    who, when = np.nonzero(random.random((400, 420)) < rates[:, None])
    late = when > 0
    log = log_of(tmp_path, np.concatenate((np.arange(400), who[late])), np.concatenate((np.zeros(400, int), when[late])))
    fit = learn(log, Asked(), "x").found.fits["pareto_nbd"]
    assert {"s", "beta"} <= set(fit.unsure) and not {"r", "alpha"} & set(fit.unsure)
    low, high = fit.interval("r")
    assert low < 0.8 < high and high / low < 1.6
    drawn = fit.drawn(50)
    assert (drawn[:, 2:] == 1).all() and drawn[:, 0].std() > 0.03


@pytest.fixture(scope="module")
def steady(tmp_path_factory):
    """A shop that opened with the log and wins customers evenly over two years and a quarter."""
    who, when, amount = sampled(1200, 820, 760, (0.9, 50.0, 0.6, 150.0), SPEND, seed=31)
    path = tmp_path_factory.mktemp("steady") / "o.csv"
    path.write_text(lines(who, when, amount), encoding="utf-8")
    return path


def without(path, folder, keep):
    """The log without the orders on days that are not kept, counted from its first."""
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    days = np.array([row.split(",")[1] for row in rows], "datetime64[D]")
    kept = keep((days - days.min()).astype(int))
    (folder / "o.csv").write_text("\n".join([head, *(row for row, k in zip(rows, kept, strict=True) if k)]) + "\n", encoding="utf-8")
    return folder / "o.csv"


def test_a_steady_log_has_neither_holes_nor_old_customers_nor_a_rhythm(steady):
    orders = read_orders(steady)
    assert (holes_in(orders.day), old_customers(orders), rhythm_of(orders)) == ((), None, None)


def test_a_hole_is_told_and_makes_no_season(steady, tmp_path):
    found = learn(without(steady, tmp_path, lambda day: (day < 400) | (day > 450)), Asked(), "x").found
    (hole,) = holes_in(found.orders.day)
    assert (hole.first_day - found.period.first_day, hole.last_day - found.period.first_day) == (400, 450)
    assert set(found.season.factors) == {1.0}
    assert any("no order at all from" in note and "no season is made of it" in note for note in found.notes)


def test_a_log_that_begins_in_the_middle_is_told(steady, tmp_path):
    found = old_customers(read_orders(without(steady, tmp_path, lambda day: day > 380)))
    assert found is not None and found.people > 0.2 * found.everybody


def test_the_weeks_held_out_are_judged_alone(steady, tmp_path):
    random = np.random.default_rng(5)
    thinned = without(steady, tmp_path, lambda day: (day < 700) | (random.random(day.size) < 0.6))
    notes = learn(thinned, Asked(weeks=100), "x").found.notes
    assert any("the weeks held out had" in note and "too many" in note for note in notes)
    assert not any("the weeks held out had" in note for note in learn(steady, Asked(weeks=100), "x").found.notes)


def test_customers_who_order_in_a_rhythm_are_told_and_others_are_not(tmp_path):
    random = np.random.default_rng(6)
    who, when = [], []
    for person, wait in enumerate(random.uniform(10, 60, 150)):
        days = np.cumsum(random.gamma(4.0, wait / 4, 40)).astype(int)
        who += [person] * int((days < 700).sum())
        when += days[days < 700].tolist()
    found = rhythm_of(read_orders(log_of(tmp_path, who, when)))
    assert found is not None and 3.0 < found.shape < 5.0


def test_a_run_that_misses_its_log_is_told(steady):
    learnt = learn(steady, Asked(weeks=100), "x")
    wrong = replace(learnt, scenario=sim.load(learnt.scenario, {"market.need_factor": 1.6}))
    told = lived(wrong)
    assert any("a run of this scenario over the log's own weeks has" in note for note in told.notes)
    assert "a run of this scenario" in " ".join(told.text.replace("\n#", "").split())
    assert not any("a run of this scenario" in note for note in lived(learnt).notes)


# word of mouth that feeds itself


def test_goods_of_every_day_lower_invitations_that_are_tuned_per_order(tmp_path):
    random = np.random.default_rng(9)
    rates = random.gamma(2.0, 0.15, 150)
    who, when = np.nonzero(random.random((150, 250)) < -np.expm1(-rates[:, None]))
    learnt = learn(log_of(tmp_path, np.concatenate((np.arange(150), who)), np.concatenate((np.zeros(150, int), when))), Asked(), "x")
    assert learnt.scenario.word_of_mouth.invitations_level < 0.02
    assert expected_r0(learnt.scenario) < 1 and any("R0 above 1" in note for note in learnt.cautions)


def test_a_scenario_in_which_word_of_mouth_runs_away_is_told_by_check_compare_and_run(capsys):
    often = ["--set", "market.need_gamma_months=0.05", "--set", "market.people=20000"]
    assert main(["check", "baseline", *often]) == 0
    assert "R0 above 1" in capsys.readouterr().err
    assert main(["check", "baseline"]) == 0
    assert capsys.readouterr().err == "" and runaway_caution(sim.load("baseline")) is None
    short = ["--days", "120", "--set", "brand.budget_cny_per_day=400", *often]
    assert main(["compare", "baseline", "--seeds", "2", "--strategies", "public_only,private_pool", *short]) == 0
    assert "word of mouth runs away" in capsys.readouterr().out
    assert main(["run", "baseline", "--strategy", "private_pool", "--json", *short]) == 0
    assert "word of mouth runs away" in capsys.readouterr().err
