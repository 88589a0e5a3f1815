"""``mesa.batch_run`` gives the numbers of ``sim.run``, in one process and in two; pandas and SALib find what they expect."""

from __future__ import annotations

import warnings
from concurrent.futures import ThreadPoolExecutor

import mesa
import numpy as np
import pandas as pd
import pytest

import sim
from sim.results.metrics import all_of

SMALL = ("market.people=3000", "brand.budget_cny_per_day=40", "public.clicks_offered_per_day=1000", "public.sampled_auctions_count=16")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A small scenario as a file, which other processes can read too."""
    path = tmp_path_factory.mktemp("scenarios") / "small.yaml"
    path.write_text(sim.to_yaml(sim.load("baseline", [*SMALL, "clock.days=8", "clock.run_out_days=2"])), encoding="utf-8")
    return str(path)


def swept(path: str, **more: object) -> list[dict]:
    """Mesa's own runner over strategies and seeds."""
    parameters = {"scenario": path, "strategy": ["public_only", "hybrid"], "rng": [1, 2, 3], "crowd": ["columns", "agents"]}
    with warnings.catch_warnings():
        warnings.simplefilter("default")  # Mesa's words about its own future are not ours to judge
        return mesa.batch_run(sim.TrafficModel, parameters, max_steps=100, display_progress=False, **more)


def is_the_run_of_its_seed(row: dict, path: str) -> bool:
    result = sim.run(sim.load(path), row["strategy"], row["rng"])
    metrics = all_of(result)
    return (
        row["seed_used"] == row["rng"] and {name: row[name] for name in metrics} == metrics
        and row["today_customers"] == result.count("customers")[-1]
    )


@pytest.mark.parametrize("processes", [1, 2])
def test_strategies_times_seeds_give_the_numbers_of_run(path, processes):
    rows = swept(path, number_processes=processes)
    assert len(rows) == 12
    assert {(row["strategy"], row["rng"], row["crowd"]) for row in rows} == {
        (strategy, seed, crowd) for strategy in ("public_only", "hybrid") for seed in (1, 2, 3) for crowd in ("columns", "agents")
    }
    assert all(is_the_run_of_its_seed(row, path) for row in rows)


def test_every_day_can_be_collected(path):
    rows = swept(path, data_collection_period=1)
    assert len(rows) == 12 * 10
    days = [row["today_customers"] for row in rows if row["RunId"] == 0]
    assert days == sim.run(sim.load(path), "public_only", 1).count("customers").tolist()


def test_a_scenario_is_one_value_and_is_not_swept_over(path):
    rows = mesa.batch_run(sim.TrafficModel, {"scenario": sim.load(path), "rng": 4}, display_progress=False)
    assert len(rows) == 1 and rows[0]["seed_used"] == 4


def test_mesas_own_list_of_seeds_is_taken_where_it_has_one(path):
    if "rng" not in mesa.batch_run.__code__.co_varnames:
        pytest.skip("this Mesa takes seeds as a swept parameter only")
    rows = mesa.batch_run(sim.TrafficModel, {"scenario": path}, rng=[5, 6], display_progress=False)
    assert [row["seed_used"] for row in rows] == [5, 6]


def test_results_are_a_data_frame_of_numbers(path):
    frame = pd.DataFrame(swept(path))
    means = frame.groupby("strategy")["profit_cny"].mean()
    assert set(means.index) == {"public_only", "hybrid"} and means.notna().all()
    numbers = frame.drop(columns=["scenario", "strategy", "crowd", "seed"], errors="ignore")
    assert all(kind.kind in "ifb" or numbers[name].isna().all() for name, kind in numbers.dtypes.items())


def test_a_sample_of_parameters_as_salib_makes_them_gives_a_vector_of_answers(path):
    problem = {"names": ["public.first_order_chance", "brand.gift_cny"], "bounds": [[0.01, 0.06], [0.0, 9.0]]}
    low, high = np.array(problem["bounds"]).T
    sample = low + (high - low) * np.random.default_rng(1).random((6, 2))

    def answer(values: np.ndarray) -> float:
        model = sim.TrafficModel(sim.load(path, dict(zip(problem["names"], values, strict=True))), "hybrid", rng=1)
        model.run_model()
        return model.metrics()["profit_cny"]

    answers = np.array([answer(values) for values in sample])
    assert answers.shape == (6,) and answers.dtype == float and np.isfinite(answers).all() and len(set(answers)) == 6
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(answer, sample)) == answers.tolist()
