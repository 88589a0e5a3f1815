"""What is drawn of a scenario, from which distribution, and what a drawn world must show."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.assumptions.errors import every_key, group_of, parameter
from sim.assumptions.loading import load, loads
from sim.assumptions.priors import draw, evidence_of, priors_of, world_of
from sim.assumptions.writing import to_yaml

LEVELS = np.linspace(0, 1, 41)


def test_no_field_of_the_schema_lacks_its_kind():
    leaves = [path for path in every_key() if group_of(parameter(path)) is None]
    kinds = {path: (parameter(path).json_schema_extra or {}).get("kind") for path in leaves}
    assert [path for path, kind in kinds.items() if kind not in ("choice", "fact", "doubt", "device")] == []


def test_only_facts_and_doubts_are_drawn_and_facts_are_asked_first():
    singles = [each for each in priors_of("baseline") if not each.rows]
    assert [each.kind for each in singles] == sorted((each.kind for each in singles), key=("fact", "doubt").index)
    assert not any(each.key.startswith(("brand.", "switches.", "clock.", "tags.")) for each in singles)


@pytest.mark.parametrize("name", ["plausible", "central"])
def test_quantiles_rise_and_stay_between_the_ends(name):
    for each in (each for each in priors_of("baseline", name) if not each.rows):
        values = each.quantile(LEVELS)
        assert (np.diff(values) >= 0).all(), each.key
        assert values.min() >= each.low and values.max() <= each.high, each.key


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["uniform", "pert", "lognormal", "logit_normal"]), st.floats(0.02, 0.5), st.floats(0.05, 0.3))
def test_low_and_high_hold_nine_of_ten_worlds(shape, low, width):
    stated = {"prior.ranges": ({"key": "market.margin_share", "low": low, "high": low + width, "shape": shape},)}
    (prior,) = [each for each in priors_of(load("baseline", stated)) if each.key == "market.margin_share"]
    values = prior.quantile((np.arange(4000) + 0.5) / 4000)
    held = np.mean((values >= low) & (values <= low + width))
    assert held >= 0.898 and (held <= 0.902 or shape == "pert")  # the number's own limits may cut off the rest


def test_a_number_that_a_reader_states_is_known_unless_a_range_stands_with_it():
    text = "extends: baseline\nmarket: {order_value_cny: 20, margin_share: 0.45, refund_share: 0.02}\n"
    told = {each.key for each in priors_of(loads(text))}
    assert told.isdisjoint({"market.order_value_cny", "market.margin_share", "market.refund_share"})
    ranged = loads(f"{text}prior: {{ranges: [{{key: market.refund_share, low: 0.01, high: 0.05}}]}}\n")
    assert "market.refund_share" in {each.key for each in priors_of(ranged)}
    assert "market.refund_share" not in {each.key for each in priors_of(load(ranged, ["market.refund_share=0.03"]))}


def test_priors_and_evidence_survive_being_written():
    text = "extends: baseline\nprior: {ranges: [{key: market.people, low: 9, high: 99}], tables: [{name: a, keys: [market.need_factor], rows: [[1], [2]]}]}\nevidence: [{metric: roi, low: 0.1}]\n"
    scenario = loads(text, "a.yaml")
    assert loads(to_yaml(scenario)) == scenario
    assert priors_of(loads(to_yaml(scenario))) == priors_of(scenario)


def test_evidence_is_not_asked_of_what_is_known():
    assert "repurchase_share" in {each.metric for each in evidence_of("baseline")}
    assert "repurchase_share" not in {each.metric for each in evidence_of("baseline", {"market.need_gamma_shape": 1.0})}


def test_a_drawn_world_holds_what_was_drawn():
    baseline = load("baseline")
    priors = priors_of(baseline)
    drawn = draw(priors, np.random.default_rng(1).random((8, len(priors))))
    for n in range(8):
        world = world_of(baseline, drawn, n)
        assert world.market.order_value_cny == drawn["market.order_value_cny"][n]
        assert world.switches.fatigue == drawn["switches.fatigue"][n]
