"""Designs of batches: which runs they mean, in which order, and what is wrong with them."""

from __future__ import annotations

from itertools import islice

import pytest

from sim.assumptions.errors import ScenarioError
from sim.batches.design import read_design
from sim.batches.tables import value_at

PRICE, TOUCHES, PEOPLE = "public.start_click_price_cny", "brand.touches_per_month", "market.people"


def mistakes(source) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read_design(source)
    return caught.value.mistakes


def test_a_design_makes_every_combination_with_seeds_turning_fastest():
    design = read_design({"scenarios": ["baseline", "car"], "strategies": ["hybrid", "public_only"], "seeds": 3,
                          "grid": {PRICE: [2, 4]}})
    runs = [design[n] for n in range(len(design))]
    told = [(run.scenario.name, dict(run.changes)[PRICE], run.strategy, run.seed) for run in runs]
    assert told == [(scenario, price, strategy, seed) for scenario in ("baseline", "car") for price in (2, 4)
                    for strategy in ("hybrid", "public_only") for seed in (1, 2, 3)]
    assert [run.run_id for run in runs] == list(range(24))
    assert runs[6].assumed().public.start_click_price_cny == 4.0
    with pytest.raises(IndexError):
        design[24]


def test_a_run_has_its_point_and_what_is_changed_in_all():
    design = read_design({"scenarios": "baseline", "changes": {"clock": {"days": 9}}, "grid": {"market.season_factors.3": [2.0]}})
    scenario = design[0].assumed()
    assert (scenario.clock.days, scenario.market.season_factors[3], value_at(scenario, "market.season_factors.3")) == (9, 2.0, 2.0)


def test_a_latin_hypercube_visits_every_slice_of_every_range_once():
    varied = {PRICE: "2..6", PEOPLE: "1000..1009"}
    design = read_design({"scenarios": "baseline", "latin_hypercube": {"points": 10, "vary": varied}})
    prices, people = zip(*(tuple(change.value for change in point) for point in design.points), strict=True)
    assert sorted(int((price - 2) / 0.4) for price in prices) == list(range(10))
    assert sorted(people) == list(range(1000, 1010))
    again = read_design({"scenarios": "baseline", "latin_hypercube": {"points": 10, "vary": varied}})
    other = read_design({"scenarios": "baseline", "latin_hypercube": {"points": 10, "seed": 2, "vary": varied}})
    assert again.fingerprint == design.fingerprint != other.fingerprint


def test_grid_hypercube_and_list_are_crossed():
    design = read_design({
        "scenarios": "baseline", "strategies": "hybrid", "grid": {PRICE: [2, 4]},
        "latin_hypercube": {"points": 3, "vary": {TOUCHES: "1..12"}},
        "list": [{"brand.gift_cny": 0}, {"brand.gift_cny": 5, "switches.referral": False}],
    })
    assert len(design) == 2 * 3 * 2
    assert design.keys == (PRICE, TOUCHES, "brand.gift_cny", "switches.referral")
    assert [design[n].assumed().switches.referral for n in range(2)] == [True, False]


def test_seeds_are_a_number_a_range_or_a_list():
    for given, seeds in ((3, (1, 2, 3)), ("11..13", (11, 12, 13)), ([9, 4], (9, 4))):
        assert read_design({"scenarios": "baseline", "seeds": given}).seeds == seeds


def test_comments_and_the_name_of_the_file_do_not_make_another_design(write):
    one = read_design(write("one.yaml", "scenarios: [baseline]\nseeds: 2\n"))
    two = read_design(write("two.yaml", "# why\nscenarios: baseline\nseeds: [1, 2]\nquestion: really?\n"))
    three = read_design(write("three.yaml", "scenarios: baseline\nseeds: [2, 1]\n"))
    assert one.fingerprint == two.fingerprint != three.fingerprint
    assert (one.name, two.name) == ("one", "two")


def test_a_scenario_stands_beside_the_design(write):
    write("mine.yaml", "extends: baseline.yaml\nclock:\n  days: 12\n")
    assert read_design(write("design.yaml", "scenarios: mine.yaml\n"))[0].scenario.clock.days == 12


def test_every_mistake_of_a_design_is_told_at_once_with_its_line(write):
    file = write("bad.yaml", """\
scenarios: [baseline]
strategies: [public_only, hybird]
seeds: 0
chages: {}
grid:
  public.start_clik_price_cny: [2]
  brand: [1]
  brand.gift_cny: 3
latin_hypercube:
  points: many
  vary:
    brand.touches_per_month: 12..1
    switches.referral: 0..1
""")
    assert mistakes(file) == [
        f"{file}, line 4: there is no chages in a design; did you mean changes?",
        f"{file}, line 2: there is no strategy hybird; did you mean hybrid?",
        f"{file}, line 3: seeds must be a number from 1 to 100_000, a range or a list of different whole numbers; write `seeds: 40`, `seeds: 101..140` or `seeds: [7, 8]`.",
        f"{file}, line 6: there is no public.start_clik_price_cny that could vary; did you mean public.start_click_price_cny?",
        f"{file}, line 7: there is no brand that could vary; `siyu explain baseline` lists all that there are.",
        f"{file}, line 8: grid.brand.gift_cny must list its values; write `brand.gift_cny: [1, 2, 3]`.",
        f"{file}, line 12: brand.touches_per_month must have a range, the smaller end first; write `brand.touches_per_month: 1..12`.",
        f"{file}, line 13: switches.referral is no number; vary it in a grid or a list.",
        f"{file}, line 10: latin_hypercube.points must be a whole number from 1 to 100_000; write `points: 100`.",
    ]


def test_a_value_that_a_scenario_refuses_is_told_with_the_line_on_which_it_stands(write):
    file = write("bad.yaml", "scenarios: [baseline, car]\ngrid:\n  public.first_order_chance:\n    - 0.02\n    - 3\n"
                 "latin_hypercube:\n  points: 4\n  vary:\n    brand.offer_share: 2..3\n")
    chance, share = sorted(mistakes(file))
    assert chance.startswith(f"{file}, line 5: public.first_order_chance is 3, but a chance lies between 0 and 1; write 0.03 for 3 %")
    assert share.startswith(f"{file}, line 9: brand.offer_share is 2..3, but a share lies between 0 and 1")


@pytest.mark.parametrize(("source", "sentence"), [
    ({}, "scenarios is missing"),
    ({"scenarios": "baselin"}, "did you mean baseline?"),
    ({"scenarios": ["baseline", "baseline"]}, "two scenarios are called baseline"),
    ({"scenarios": "baseline", "strategies": []}, "strategies must name one strategy or more"),
    ({"scenarios": "baseline", "daily": "yes"}, "daily is either true or false"),
    ({"scenarios": "baseline", "name": "../up"}, "name may have up to 60 small letters"),
    ({"scenarios": "baseline", "grid": [1]}, "grid must be a group"),
    ({"scenarios": "baseline", "grid": {PRICE: [2, 2]}}, "must list different single values"),
    ({"scenarios": "baseline", "grid": {PRICE: [2]}, "list": [{PRICE: 3}]}, "varies in two ways"),
    ({"scenarios": "baseline", "list": [{PRICE: [2, 3]}]}, "must be a single value"),
    ({"scenarios": "baseline", "list": {PRICE: 2}}, "list must hold groups of changes"),
    ({"scenarios": "baseline", "latin_hypercube": {"points": 3}}, "latin_hypercube varies nothing"),
    ({"scenarios": "baseline", "changes": {"clock.dayz": 3}}, "did you mean clock.days?"),
    ({"scenarios": "baseline", "seeds": 100_000, "grid": {PRICE: [1, 2, 3, 4]}}, "asks for 1_200_000 runs"),
    ({"scenarios": "baseline", "grid": {PRICE: list(range(1, 1001)), PEOPLE: list(range(10_000, 10_101))}}, "asks for 101_000 points"),
])
def test_a_design_that_cannot_be_is_refused_with_a_sentence(source, sentence):
    told = mistakes(source)
    assert any(sentence in mistake for mistake in told), told
    assert all(mistake.startswith("design") or "baselin" in mistake for mistake in told)


def test_a_file_that_is_no_design_is_refused_with_a_sentence(write, tmp_path):
    assert "cannot be read" in mistakes(tmp_path / "none.yaml")[0]
    assert "no `key: value` lines" in mistakes(write("list.yaml", "- 1\n"))[0]
    (tmp_path / "latin.yaml").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in mistakes(tmp_path / "latin.yaml")[0]
    (tmp_path / "large.yaml").write_bytes(b"#" * 1_000_001)
    assert "larger than 1 MB" in mistakes(tmp_path / "large.yaml")[0]


def test_the_runs_of_a_large_design_are_made_only_when_asked_for():
    design = read_design({"scenarios": "baseline", "seeds": 100_000})
    assert len(design) == 300_000
    assert [run.seed for run in islice((design[n] for n in (0, 99_999, 299_999)), 3)] == [1, 100_000, 100_000]


OWN = """
from sim.strategies import Hybrid


class Mine(Hybrid):
    name = "mine"
"""


def test_a_strategy_of_ones_own_has_a_say_in_what_the_design_is(write):
    file = write("mine.py", OWN)
    source = {"scenarios": "baseline", "strategies": ["hybrid", f"{file}:Mine"]}
    design = read_design(source)
    before = design.fingerprint
    assert design.strategies[1] == f"{file}:Mine"
    write("mine.py", OWN + "\n# another thought\n")
    assert read_design(source).fingerprint != before
    assert "Nobody" in mistakes({"scenarios": "baseline", "strategies": f"{file}:Nobody"})[0]
