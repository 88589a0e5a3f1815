"""Doors of Python and the command line: names where things are taken, a sentence for what is not there."""

from __future__ import annotations

import json

import pytest

import sim
from sim.cli import main

SHORT = ["clock.days=5", "clock.run_out_days=0", "market.people=2000"]


def test_a_run_is_a_frame_a_sentence_and_a_face_in_a_notebook_and_names_that_are_not_there_are_told():
    run = sim.run(sim.load("baseline", SHORT), "hybrid")
    assert len(run.frame()) == 5 and "Hybrid, seed 1" in run.in_words() and "<table" in run._repr_html_()
    with pytest.raises(KeyError, match="there is no account 'adds_new'; did you mean ads_new"):
        run.account("adds_new")
    with pytest.raises(KeyError, match="there is no metric 'rio'; did you mean roi"):
        sim.METRICS["rio"]


def test_one_strategy_may_be_a_text_and_where_two_are_needed_that_is_said():
    found = sim.compare(sim.load("baseline", SHORT), "hybrid", seeds=1)
    assert found.strategies == ("hybrid",) and "<table" in found._repr_html_() and len(found.frame()) == len(sim.METRICS)
    with pytest.raises(ValueError, match="name two different strategies; strategies is 'hybrid'"):
        sim.breakeven("baseline", "public.start_click_price_cny", strategies="hybrid")
    with pytest.raises(sim.ScenarioError, match="a int is no scenario"):
        sim.run(5, "hybrid")


def test_optimize_refuses_what_no_brand_decides(capsys):
    assert main(["optimize", "baseline", "--strategy", "hybrid", "--vary", "market.margin_share"]) == 2
    assert "market.margin_share is nothing that a brand decides" in capsys.readouterr().err


def test_strategies_metrics_and_one_assumption_are_told(capsys):
    assert main(["strategies", "--json"]) == 0
    assert {"public_only", "hybrid"} <= {each["name"] for each in json.loads(capsys.readouterr().out)["strategies"]}
    assert main(["metrics", "--lang", "zh"]) == 0 and "净利润" in capsys.readouterr().out
    assert main(["explain", "baseline", "market.margin_share"]) == 0
    assert capsys.readouterr().out.startswith("market.margin_share: 0.45")
    assert main(["explain", "baseline", "market.margn_share"]) == 2
    assert "did you mean market.margin_share?" in capsys.readouterr().err
