"""Luck is checked once: what is no seed is refused in the same sentence at every door."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import sim
from sim.assumptions.seeds import LARGEST, SeedError, futures_of, seed_of
from sim.batches.design import read_design
from sim.cli import main
from sim.questions.expectations import check_expectations
from sim.records.panel import Arm, watch
from sim.records.recording import record

NO_SEEDS = [1.0, 1.5, -1, 2**63, 2**70, 10**5000, True, None, "7", b"7", float("nan"), float("inf"), 1j, np.float64(2), np.bool_(1), np.timedelta64(7),
            np.uint64(2**63), np.array([7]), np.array([[1], [2]]), {}, object()]
SEEDS = [0, 7, LARGEST, np.int64(7), np.uint8(255), np.int32(1)]
SMALL = sim.load("baseline", {"clock": {"days": 2, "run_out_days": 0}, "market.people": 1000})
ONE: dict[str, Callable[[Any], Any]] = {
    "run": lambda seed: sim.run(SMALL, "hybrid", seed).seed,
    "agents": lambda seed: sim.run(SMALL, "hybrid", seed, crowd="agents").seed,
    "compare": lambda seed: sim.compare(SMALL, ["hybrid", "public_only"], [seed]).seeds[0],
    "record": lambda seed: record(SMALL, "hybrid", seed).result.seed,
    "watch": lambda seed: watch([Arm(SMALL, "hybrid")], seed).arms[0].result.seed,
}


def sentence(call: Callable[[], Any]) -> str:
    with pytest.raises(ValueError, match="write one such as") as told:
        call()
    assert str(told.value).isprintable()
    return str(told.value)


@pytest.mark.parametrize("seed", NO_SEEDS, ids=lambda seed: str(type(seed).__name__))
def test_what_is_no_seed_is_refused_in_one_sentence_at_every_door(seed: Any):
    said = sentence(lambda: seed_of(seed))
    assert all(sentence(lambda live=live: live(seed)) == said for live in ONE.values())
    if seed is not None:
        assert sentence(lambda: sim.TrafficModel(SMALL, rng=seed)) == said


@pytest.mark.parametrize("seed", SEEDS, ids=str)
def test_a_seed_of_any_kind_of_whole_number_is_kept_as_a_plain_one(seed: Any):
    kept = [live(seed) for live in ONE.values()] + [sim.TrafficModel(SMALL, rng=seed).seed_used]
    assert kept == [int(seed)] * len(kept)
    assert {type(each) for each in kept} == {int}


@pytest.mark.parametrize("seeds", [0, -1, 100_001, 2**70, 1.5, True, None, "12", b"12", {1: 2}, [], [1, 1], [1.5], np.linspace(0, 1, 10),
                                   np.array([[1, 2]]), np.array(3), itertools.count(), [True], ["1"]], ids=str)
def test_futures_that_are_none_are_refused_alike(seeds: Any):
    for ask in (futures_of, lambda these: sim.compare(SMALL, ["hybrid"], these), lambda these: sim.price_causes(SMALL, "hybrid", these),
                lambda these: check_expectations(SMALL, these), lambda these: sim.waterfall(SMALL, seeds=these)):
        with pytest.raises(SeedError):
            ask(seeds)


@pytest.mark.parametrize(("seeds", "meant"), [
    (2, (1, 2)), (np.int64(2), (1, 2)), ([5, 3], (5, 3)), (range(3), (0, 1, 2)), (np.array([4, 2]), (4, 2)), (iter([9]), (9,)),
])
def test_futures_are_a_number_or_seeds_of_any_kind_of_list(seeds: Any, meant: tuple[int, ...]):
    assert futures_of(seeds) == meant
    assert {type(each) for each in meant} == {int}


@pytest.mark.parametrize("written", ["1.5", "-1", str(2**70), "true", "", "seven", ".nan", "[7]"])
def test_the_command_line_refuses_what_is_no_seed_in_the_same_sentence(written: str, capsys: pytest.CaptureFixture[str]):
    assert main(["run", "baseline", "--strategy", "hybrid", f"--seed={written}"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("Invalid value for '--seed': seed is ") and said.endswith("write one such as 7.\n") and said.count("\n") == 1


@pytest.mark.parametrize("seeds", NO_SEEDS, ids=lambda seed: str(type(seed).__name__))
def test_a_design_refuses_what_is_no_seed(seeds: Any):
    with pytest.raises(sim.ScenarioError, match=r"seeds must be|^design: seeds\.0 "):
        read_design({"scenarios": "baseline", "seeds": [seeds]})
