"""Rules that tell in which worlds a strategy wins: planted ones are found, noise yields none, honest judging."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.assumptions.parameter_ranges import range_of
from sim.assumptions.ranges import Range
from sim.questions.discovery.answer import Condition
from sim.questions.discovery.study import Worlds, _best_rule, _judged, _rules, discover

PRICE, GIFT = "public.start_click_price_cny", "brand.gift_cny"
SPANS = tuple(Range(name, 0.0, 10.0, 5.0, "", name, name, "", "asked", whole=False) for name in "abcdef")


def drawn(worlds, seed):
    return np.random.default_rng(seed).uniform(0, 10, (worlds, len(SPANS)))


def test_a_planted_rule_of_two_conditions_is_found_and_holds_in_fresh_worlds():
    halves = []
    for seed in (1, 2):
        values = drawn(400, seed)
        halves.append(Worlds(values, (values[:, 1] >= 6) & (values[:, 4] <= 7)))
    found, judged = halves
    (rule,) = _judged(_rules(found, SPANS, 1), judged, SPANS, "x")
    assert [(each.span.key, each.sense, each.value) for each in rule.conditions] == [("b", ">=", 6.0), ("e", "<=", 7.0)]
    assert (rule.density, rule.coverage) == (1.0, 1.0)


def test_a_single_cause_is_not_dressed_up_with_further_conditions():
    values = drawn(400, 3)
    rule = _best_rule(Worlds(values, values[:, 2] <= 3), SPANS)
    assert [(each.span.key, each.sense) for each in rule] == [("c", "<=")]


def test_a_second_rule_tells_the_wins_that_the_first_leaves_over():
    values = drawn(1000, 4)
    lived = Worlds(values, (values[:, 0] >= 7) | (values[:, 3] <= 2))
    assert {rule[0].span.key for rule in _rules(lived, SPANS, 2)} == {"a", "d"}


def test_from_pure_chance_hardly_any_rule_survives_the_judging():
    survived = 0
    for seed in range(40):
        dice = np.random.default_rng(1000 + seed)
        found, judged = (Worlds(drawn(150, 2 * seed + half), dice.random(150) < 0.4) for half in (0, 1))
        survived += sum(1 for _ in _judged(_rules(found, SPANS, 1), judged, SPANS, "x"))
    assert survived <= 8  # 5 % of 40 are 2; more than 8 come less than once in a thousand times


def test_density_and_coverage_are_counted_in_the_worlds_of_the_judging():
    values = np.zeros((4, len(SPANS)))
    values[:, 0] = [1, 8, 8, 8]
    judged = Worlds(values, np.array([True, True, True, False]))
    rules = iter([(Condition(SPANS[0], ">=", 5.0),)])
    assert list(_judged(rules, judged, SPANS, "x")) == []  # 2 of 3 is no better than 3 of 4
    many = Worlds(np.tile(values, (50, 1)), np.tile([False, True, True, False], 50))
    (rule,) = _judged(iter([(Condition(SPANS[0], ">=", 5.0),)]), many, SPANS, "x")
    assert (rule.density, rule.coverage, rule.worlds) == (2 / 3, 1.0, 150)


def test_the_price_of_a_click_decides_the_baseline():
    short = sim.load("baseline", {"clock.days": 60, "clock.run_out_days": 60})
    told = []
    answer = discover(short, [f"{PRICE}=1..6", f"{GIFT}=0..3"], worlds=80, seeds=2, announce=told.append)
    assert told == [2 * 80 * 2] and answer.runs == 320
    keys = {each.span.key for rule in answer.rules for each in rule.conditions}
    assert PRICE in keys
    for rule in answer.rules:
        senses = {each.sense for each in rule.conditions if each.span.key == PRICE}
        assert senses <= ({">="} if rule.winner == "private_pool" else {"<="})
    assert answer.worlds <= 40 and "in which it is better lie there" in answer.in_words("en")
    assert "占优" in answer.in_words("zh")
    assert list(answer.frame()["key"]) == [each.span.key for rule in answer.rules for each in rule.conditions]


@pytest.mark.parametrize(("given", "sentence"), [
    ({"worlds": 10}, "worlds is 10, but rules need at least 40 to be found and judged"),
    ({"vary": ["brand.nothing"]}, "brand.nothing"),
])
def test_what_cannot_be_done_is_refused(given, sentence):
    with pytest.raises(ValueError, match=sentence):
        discover(sim.load("baseline"), **given)


def test_whole_numbers_are_drawn_whole():
    span = range_of(sim.load("baseline"), "market.people=1000..2000")
    from sim.questions.discovery.study import _worlds

    values = [row[0] for row, _ in _worlds(sim.load("baseline"), (span,), 20, 1)]
    assert all(value.is_integer() for value in values) and len(values) == 20
