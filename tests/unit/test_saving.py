"""Saved folders: every yuan comes back, nothing is left half written, nothing of the user's is overwritten."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_books import earning, scenario

import sim
from sim.assumptions.loading import load
from sim.inference.comparison import MAIN, Comparison
from sim.kernel.ledger import ACCOUNTS, COHORT_FIELDS, COUNT, COUNT_NAMES, KINDS, MICRO
from sim.report import saving
from sim.report.saving import COMPARISON_FILES, RUN_FILES, in_yuan, save_comparison, save_run
from sim.results.metrics import METRICS, all_of
from sim.results.result import Result


def random_run() -> Result:
    """Books full of odd amounts, some of them negative and some beyond what a float can hold."""
    clock, dice = scenario(10, warm_up_days=3, run_out_days=8), np.random.default_rng(3)
    money = dice.integers(-(10**6), 2**60, (21, len(ACCOUNTS)))
    counts = dice.integers(0, 10**9, (21, len(COUNT_NAMES)))
    cohorts = dice.integers(-(10**6), 2**60, (4, len(KINDS), len(COHORT_FIELDS)))
    return Result(clock, "hybrid", 7, money, counts, cohorts)


def rows(path: Path) -> list[dict[str, str]]:
    """A CSV file as dictionaries."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_saved_money_adds_up_to_the_books_to_the_last_millionth(tmp_path: Path) -> None:
    result = random_run()
    save_run(result, tmp_path / "run")
    daily = rows(tmp_path / "run" / "daily.csv")
    for i, account in enumerate(ACCOUNTS):
        column = [Decimal(row[f"{account}_cny"]) for row in daily]
        assert sum(column) * MICRO == sum(result.money[:, i].tolist())
    cohorts = rows(tmp_path / "run" / "cohorts.csv")
    ever = sum(Decimal(row["contribution_ever_cny"]) for row in cohorts) * MICRO
    assert ever == sum(result.cohorts[:, :, COHORT_FIELDS.index("contribution_ever")].ravel().tolist())


def test_saved_days_carry_their_phase_and_every_count(tmp_path: Path) -> None:
    result = random_run()
    save_run(result, tmp_path / "run")
    daily = rows(tmp_path / "run" / "daily.csv")
    assert [row["phase"] for row in daily] == ["warm_up"] * 3 + ["counted"] * 10 + ["run_out"] * 8
    assert [int(row["day"]) for row in daily] == list(range(21))
    assert [int(row["members"]) for row in daily] == result.count("members").tolist()
    price = result.counts[:, COUNT["click_price"]].tolist()
    assert [Decimal(row["click_price_cny"]) * MICRO for row in daily] == price
    assert len(daily[0]) == 2 + len(ACCOUNTS) + len(COUNT_NAMES)


def test_a_saved_run_says_where_it_comes_from_and_names_no_machine(tmp_path: Path) -> None:
    result = random_run()
    save_run(result, tmp_path / "run")
    folder = tmp_path / "run"
    assert sorted(path.name for path in folder.iterdir()) == sorted(RUN_FILES)
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    assert about["ledger_sha256"] == result.ledger_sha256
    assert (about["strategy"], about["seed"], about["scenario"]) == ("hybrid", 7, "tiny")
    assert about["versions"]["numpy"] == np.__version__
    assert str(tmp_path) not in "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert load(folder / "scenario.yaml") == result.scenario
    values = {row["metric"]: row["value"] for row in rows(folder / "metrics.csv")}
    assert values == {name: "" if value is None else str(value) for name, value in all_of(result).items()}


def test_the_same_run_is_saved_byte_for_byte_the_same(tmp_path: Path) -> None:
    for name in ("one", "two"):
        save_run(random_run(), tmp_path / name)
    for file in RUN_FILES:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def comparison() -> Comparison:
    """Two strategies in three futures."""
    amounts = {"public_only": (100, 200, 300), "hybrid": (200, 190, 500)}
    return Comparison.from_results(
        earning(name, seed, amount) for name, revenues in amounts.items() for seed, amount in enumerate(revenues, 1)
    )


def test_a_saved_comparison_holds_its_json_every_future_and_every_difference(tmp_path: Path) -> None:
    found = comparison()
    save_comparison(found, tmp_path / "pair")
    folder = tmp_path / "pair"
    assert sorted(path.name for path in folder.iterdir()) == sorted(COMPARISON_FILES)
    assert json.loads((folder / "comparison.json").read_text(encoding="utf-8")) == found.as_json()
    futures = rows(folder / "metrics.csv")
    assert len(futures) == 2 * 3 * len(METRICS)
    profits = {(row["strategy"], row["seed"]): float(row["value"]) for row in futures if row["metric"] == "profit_cny"}
    assert profits[("hybrid", "3")] == 400
    differences = rows(folder / "differences.csv")
    assert [row["metric"] for row in differences] == list(MAIN)
    assert (differences[0]["better"], differences[0]["too_close"]) == ("hybrid", "true")
    summary = rows(folder / "summary.csv")
    assert len(summary) == 2 * len(METRICS)
    assert float(summary[0]["mean"]) == found.estimates["public_only"]["roi"].mean


def test_an_earlier_run_is_replaced_and_a_folder_of_other_things_is_not(tmp_path: Path) -> None:
    save_run(random_run(), tmp_path / "run")
    save_run(earning("hybrid", 1, 300), tmp_path / "run")
    assert len(rows(tmp_path / "run" / "daily.csv")) == 1
    (tmp_path / "run" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match=r"notes\.txt"):
        save_run(random_run(), tmp_path / "run")
    assert (tmp_path / "run" / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_failure_half_way_leaves_the_earlier_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_run(earning("hybrid", 1, 300), tmp_path / "run")
    before = (tmp_path / "run" / "daily.csv").read_bytes()

    def full_disk(_: Result) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(saving, "_cohorts", full_disk)
    with pytest.raises(OSError, match="no space"):
        save_run(random_run(), tmp_path / "run")
    assert (tmp_path / "run" / "daily.csv").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


@given(st.integers(-(2**63), 2**63 - 1))
def test_yuan_with_six_decimals_lose_nothing(micro: int) -> None:
    assert Decimal(in_yuan(micro)) * MICRO == micro
    assert in_yuan(-1_500_000) == "-1.500000"


def test_every_amount_of_a_saved_run_is_read_as_a_number_negative_ones_too(tmp_path):
    import pandas as pd

    loss = sim.load("baseline", {"clock": {"days": 9, "run_out_days": 0}, "market.people": 20_000, "market.refund_share": 1.0, "brand.new_customer_coupon_cny": 90.0})
    save_run(sim.run(loss, "hybrid"), tmp_path / "run")
    for file in ("cohorts.csv", "daily.csv"):
        frame = pd.read_csv(tmp_path / "run" / file)
        money = [name for name in frame if name.endswith("_cny")]
        assert money and all(pd.api.types.is_numeric_dtype(frame[name]) for name in money)
        assert "'" not in (tmp_path / "run" / file).read_text("utf-8")
    assert (frame[money] < 0).any(axis=None) or (pd.read_csv(tmp_path / "run" / "cohorts.csv")["contribution_ever_cny"] < 0).any()
