"""Where two strategies tie: against formulas whose ties are known, and what is said when there is none."""

from __future__ import annotations

import json

import numpy as np
import pytest
from formula_worlds import live_by, noise, one_day, price

import sim
from sim.assumptions.errors import ScenarioError

PRICE = "public.start_click_price_cny"


def gap_of(curve, spread=0.0, salt=0):
    """Private pool earns the curve more than public only, which earns 50; luck of the seed moves all prices alike."""

    def formula(scenario, strategy, seed):
        mine = curve(price(scenario)) + spread * noise(salt, seed) if strategy == "private_pool" else 0.0
        return 50.0 + mine

    return formula


def test_a_tie_is_found_where_it_is(monkeypatch):
    live_by(monkeypatch, gap_of(lambda x: (x - 2.9) * (x + 3)))
    line = sim.breakeven(one_day(), f"{PRICE}=1..5", kinds=["equal_envelope"], seeds=2).lines[0]
    (tie,) = line.crossings
    assert tie.value == pytest.approx(2.9, abs=0.01)
    assert (tie.below, tie.above, line.winner) == ("public_only", "private_pool", None)


def test_ties_agree_with_brute_force_on_a_fine_grid(monkeypatch):
    formula = gap_of(lambda x: 30 * np.log(x / 3.1), spread=4.0)
    live_by(monkeypatch, formula)
    (tie,) = sim.breakeven(one_day(), f"{PRICE}=1..5", kinds=["equal_envelope"], seeds=12).lines[0].crossings
    shift = np.mean([4.0 * noise(0, seed) for seed in range(1, 13)])
    fine = np.linspace(1, 5, 4001)
    brute = fine[np.argmin(np.abs(30 * np.log(fine / 3.1) + shift))]
    assert tie.value == pytest.approx(brute, abs=0.01)
    assert tie.low < brute < tie.high
    assert not tie.open_low and not tie.open_high


def test_the_interval_holds_the_truth_in_about_nineteen_of_twenty_experiments(monkeypatch):
    held = 0
    for salt in range(100):
        live_by(monkeypatch, gap_of(lambda x: 10 * (x - 3.0), spread=5.0, salt=salt))
        found = sim.breakeven(one_day(), f"{PRICE}=1..5", kinds=["equal_envelope"], seeds=10, points=3)
        held += sum(tie.low <= 3.0 <= tie.high for tie in found.lines[0].crossings)
    assert 87 <= held <= 100


def test_every_tie_is_found_where_there_are_several(monkeypatch):
    live_by(monkeypatch, gap_of(lambda x: (x - 1.7) * (x - 3.6), spread=0.01))
    found = sim.breakeven(one_day(), f"{PRICE}=1..5", kinds=["equal_envelope"], seeds=3)
    first, second = found.lines[0].crossings
    assert [first.value, second.value] == pytest.approx([1.7, 3.6], abs=0.02)
    assert [first.above, second.above] == ["public_only", "private_pool"]


def test_a_curve_that_trembles_about_a_tie_makes_one_crossing(monkeypatch):
    def formula(scenario, strategy, seed):
        x = price(scenario)
        return (x - 3.0 + 2.0 * noise(round(x, 6), seed)) if strategy == "private_pool" else 0.0

    live_by(monkeypatch, formula)
    found = sim.breakeven(one_day(), f"{PRICE}=1..5", kinds=["equal_envelope"], seeds=10, points=41)
    (tie,) = found.lines[0].crossings
    assert tie.low <= 3.0 <= tie.high


def test_without_a_tie_the_winner_is_named_and_where_the_tie_is_nearest(monkeypatch):
    live_by(monkeypatch, gap_of(lambda x: -10 - (x - 2) ** 2))
    found = sim.breakeven(one_day(), f"{PRICE}=1..5", kinds=["equal_envelope"], seeds=3, points=9)
    line = found.lines[0]
    assert (line.crossings, line.winner, line.nearest) == ((), "public_only", 2.0)
    said = found.in_words("en")
    assert "no tie" in said and "Public only is better on net profit throughout" in said and "at 2 yuan, where it leads by 10 yuan" in said
    assert "没有打平点" in found.in_words("zh")


def test_two_strategies_that_are_the_same_tie_throughout(monkeypatch):
    live_by(monkeypatch, lambda *_: 7.0)
    found = sim.breakeven(one_day(), f"{PRICE}=1..5", seeds=3)
    assert [(line.crossings, line.winner) for line in found.lines] == [((), None)] * 2
    assert "exactly equal throughout" in found.in_words("en")


def test_the_two_kinds_differ_in_where_the_pools_costs_fall(monkeypatch):
    def formula(scenario, strategy, _seed):
        shift = 1.0 if scenario.brand.pool_costs == "on_top" else 0.0
        return price(scenario) - 3.0 + shift if strategy == "private_pool" else 0.0

    live_by(monkeypatch, formula)
    found = sim.breakeven(one_day(), f"{PRICE}=1..5", seeds=1)
    ties = {line.kind: line.crossings[0].value for line in found.lines}
    assert ties == pytest.approx({"equal_envelope": 3.0, "same_customers": 2.0}, abs=0.01)
    assert "95%" not in found.in_words("en")


def test_where_lower_is_better_the_lower_one_wins(monkeypatch):
    live_by(monkeypatch, lambda *_: 7.0)

    def costs(worlds, **_):
        from tiny_books import earning

        return [earning(w.strategy, w.seed, 500.0, price(w.scenario) if w.strategy == "hybrid" else 3.0, w.scenario) for w in worlds]

    monkeypatch.setattr("sim.inference.replications.run_many", costs)
    found = sim.breakeven(one_day(), f"{PRICE}=1..5", strategies=["hybrid", "public_only"], metric="marketing_cny", seeds=2)
    tie = found.lines[0].crossings[0]
    assert (round(tie.value, 2), tie.below, tie.above) == (3.0, "hybrid", "public_only")


def test_whole_numbers_are_tried_as_whole_numbers(monkeypatch):
    lived = live_by(monkeypatch, lambda s, strategy, _: s.brand.remove_after_days - 100.5 if strategy == "private_pool" else 0.0)
    found = sim.breakeven(one_day(), "brand.remove_after_days", kinds=["equal_envelope"], seeds=1)
    assert found.lines[0].crossings[0].value == pytest.approx(100.5, abs=0.6)
    assert all(isinstance(world.scenario.brand.remove_after_days, int) for world in lived)


def test_no_more_is_lived_than_was_announced_and_nothing_twice(monkeypatch):
    promised: list[int] = []
    told: list[tuple[int, int]] = []
    lived = live_by(monkeypatch, gap_of(lambda x: (x - 1.7) * (x - 2.6) * (x - 3.6), spread=0.5))
    found = sim.breakeven(one_day(), f"{PRICE}=1..5", seeds=4, announce=promised.append, progress=lambda *pair: told.append(pair))
    assert found.runs == len(lived) == len(set(lived)) <= promised[0]
    assert all(done <= total for done, total in told)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_an_answer_is_plain_json_and_a_tidy_frame(monkeypatch):
    live_by(monkeypatch, gap_of(lambda x: x - 2.9))
    found = sim.breakeven(one_day(), f"{PRICE}=1..5", seeds=2)
    plain = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert plain["lines"][0]["crossings"][0]["value"] == pytest.approx(2.9, abs=0.01)
    assert set(plain["verdict"]) == {"en", "zh"}
    frame = found.frame()
    assert len(frame) == sum(len(line.values) for line in found.lines)
    assert list(frame.columns) == ["kind", PRICE, "mean", "low", "high", "wins_share"]


# over two parameters


def test_the_border_on_a_map_runs_where_the_formula_says(monkeypatch):
    def formula(scenario, strategy, seed):
        mine = price(scenario) - 2.0 - scenario.pool.service_cny_per_month + 0.05 * noise(seed)
        return mine if strategy == "private_pool" else 0.0

    live_by(monkeypatch, formula)
    found = sim.frontier(one_day(), f"{PRICE}=1..5", "pool.service_cny_per_month=0.2..1.6", kinds=["equal_envelope"], seeds=6, points=5)
    borders = [row[0] for row in found.maps[0].crossings]
    shift = 0.05 * np.mean([noise(seed) for seed in range(1, 7)])
    assert [tie.value for tie in borders] == pytest.approx([2.0 + y - shift for y in found.second_values], abs=1e-6)
    assert all(tie.low < 2.0 + y - shift < tie.high for tie, y in zip(borders, found.second_values, strict=True))
    assert found.runs == 2 * 6 * 25
    assert "at pool.service_cny_per_month = 0.2 yuan a month they tie at" in found.in_words("en")
    assert len(found.frame()) == 25


# what can be varied


@pytest.mark.parametrize(("asked", "sentence"), [
    ("public.start_click_price_cn=1..5", "--vary: there is no public.start_click_price_cn; did you mean public.start_click_price_cny?"),
    (f"{PRICE}=1-5", f"--vary: {PRICE}=1-5 is no range; write {PRICE}=LOW..HIGH, as in {PRICE}=1..4."),
    (f"{PRICE}=1..", f"--vary: {PRICE}=1.. is no range; write"),
    (f"{PRICE}=a..b", f"--vary: {PRICE}=a..b is no range; write"),
    (f"{PRICE}=nan..2", f"--vary: {PRICE}=nan..2 is no range; write"),
    (f"{PRICE}=5..1", f"--vary: {PRICE} goes from 5 to 1; the first must be the smaller one."),
    (f"{PRICE}=-1..5", f"--vary: {PRICE} is -1.0, but it must be a number from 1e-06"),
    ("clock.days=1.5..9", "--vary: clock.days is 1.5, but it must be a whole number"),
    ("pool=1..2", "--vary: pool is a group of parameters; vary one number in it."),
    ("switches.fatigue=0..1", "--vary: switches.fatigue is no number"),
    ("public.pricing", "--vary: public.pricing is no number"),
    ("visitors.passers_by_per_day", "--vary: visitors.passers_by_per_day is 0 and has no documented range; write"),
    ("public.rivals.9.advertisers_count=1..5", "--vary: there is no public.rivals.9; public.rivals has 3 items"),
    ("=1..5", "--vary: there is no "),
])
def test_what_cannot_be_varied_is_refused_with_a_sentence(asked, sentence):
    with pytest.raises(ScenarioError) as caught:
        sim.breakeven(one_day(), asked)
    assert len(caught.value.mistakes) == 1
    assert caught.value.mistakes[0].startswith(sentence)


@pytest.mark.parametrize(("asked", "ends", "basis"), [
    (f"{PRICE} = 1e0 .. 4.5", (1.0, 4.5), "asked"),
    (f"{PRICE}=.5..5", (0.5, 5.0), "asked"),
    (f"{PRICE}=1...5", None, None),
    ("market.people=10_000..20_000", (10_000, 20_000), "asked"),
    (PRICE, (1.0, 5.0), "plausible"),
    ("public.sampled_auctions_count", (32, 128), "half_to_double"),
    ("public.rivals.0.advertisers_count", (2, 8), "half_to_double"),
    ("clock.days", (1, 2), "half_to_double"),
])
def test_ranges_are_read_or_documented_or_made_by_rule(asked, ends, basis):
    from sim.assumptions.parameter_ranges import range_of

    if ends is None:
        with pytest.raises(ScenarioError):
            range_of(one_day(), asked)
        return
    span = range_of(one_day(), asked)
    assert ((span.low, span.high), span.basis) == (ends, basis)


def test_a_scenario_outside_the_documented_range_widens_it():
    from sim.assumptions.parameter_ranges import range_of

    assert range_of(one_day(**{PRICE: 150.0}), PRICE).high == 150.0


@pytest.mark.parametrize(("arguments", "error"), [
    ({"strategies": ["hybrid"]}, ValueError), ({"strategies": ["hybrid", "hybrid"]}, ValueError),
    ({"strategies": ["hybrid", "nobody"]}, KeyError), ({"metric": "happiness"}, KeyError), ({"seeds": 0}, ValueError),
    ({"seeds": [1, 1]}, ValueError),
])
def test_strategies_metrics_and_seeds_must_exist(arguments, error):
    with pytest.raises(error):
        sim.breakeven(one_day(), PRICE, **arguments)
