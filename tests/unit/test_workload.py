"""What a run will need is told before it starts, never too little, and too much of it is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

import sim
from sim.assumptions.workload import workload
from sim.cli import main
from sim.running import World, run_many


def test_no_shipped_scenario_has_more_customers_than_was_told():
    for name in sim.shipped():
        scenario = sim.load(name, {"clock.days": 60, "clock.run_out_days": 30})
        (result,) = run_many([World(scenario, "hybrid", 1)])
        assert result.count("customers")[-1] <= workload(scenario).customers, name


MEASURED = """
import sys
import sim
from sim.assumptions.workload import workload
people = int(sys.argv[1])
scenario = sim.load("baseline", {
    "clock.days": 5, "clock.run_out_days": 0, "market.people": 3 * people,
    "market.starting_customers": [{"day": 0, "people": people}],
})
sim.run(scenario, "private_pool")
status = dict(line.split(":") for line in open("/proc/self/status"))  # what resource tells includes the parent's
print(int(status["VmHWM"].split()[0]) * 1024, workload(scenario).memory_bytes)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells a process its peak memory")
@pytest.mark.parametrize("people", [1_000, 4_000_000])
def test_peak_memory_stays_below_what_was_told_and_is_no_tenth_of_it(root, people):
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, str(people)], capture_output=True, text=True, check=True, cwd=root,
        timeout=600, env={**os.environ, "PYTHONPATH": str(root)},
    )
    used, told = map(float, ran.stdout.split())
    assert told / 10 < used <= told


def test_more_runs_people_or_days_need_more():
    baseline = sim.load("baseline")
    needs = workload(baseline)
    assert workload(baseline, 10).seconds > 5 * (needs.seconds - 1)
    assert workload(baseline, 1000).memory_bytes > needs.memory_bytes + 4e8
    larger = sim.load("baseline", {"market.people": 1_000_000_000})
    assert workload(larger).memory_bytes > needs.memory_bytes + 1e8
    assert workload(sim.load("baseline", {"clock.days": 3000})).customers > 2 * needs.customers
    assert workload(baseline, agents=True).seconds > 10 * (needs.seconds - 1)


def test_an_estimate_is_told_and_nothing_is_lived(capsys):
    assert main(["compare", "baseline", "--estimate", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert set(facts) == {"customers", "memory_gib", "seconds"}
    assert main(["run", "baseline", "--strategy", "hybrid", "--estimate"]) == 0
    assert "customers in a world" in capsys.readouterr().out


@pytest.mark.parametrize(("bounds", "said"), [
    (["--most-gib", "0.01"], "lower market.people or the number of runs, or allow it with --most-gib"),
    (["--most-hours", "0.00001"], "or allow it with --most-hours"),
])
def test_what_is_too_much_is_refused_before_it_starts(bounds, said, capsys, tmp_path):
    assert main(["compare", "baseline", "--out", str(tmp_path / "out"), *bounds]) == 2
    assert said in capsys.readouterr().err


def test_what_the_user_allows_is_done(capsys):
    small = ["run", "baseline", "--strategy", "hybrid", "--days", "3", "--set", "clock.run_out_days=0"]
    assert main([*small, "--most-gib", "2", "--most-hours", "0.01"]) == 0
    assert main([*small, "--most-gib", "0.1"]) == 2
    capsys.readouterr()


ASKED = {
    "breakeven": ["--vary", "market.need_factor"], "sensitivity": ["--vary", "market.need_factor"], "waterfall": [],
    "optimize": ["--strategy", "hybrid"], "price-causes": [],
}


@pytest.mark.parametrize("command", list(ASKED))
def test_experiments_tell_and_refuse_what_is_too_much_before_they_start(command, capsys):
    asked = [command, "baseline", *ASKED[command]]
    assert main([*asked, "--estimate", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"customers", "memory_gib", "seconds"}
    assert main([*asked, "--most-hours", str(told["seconds"] / 3600 * 0.9)]) == 2
    assert "or allow it with --most-hours" in capsys.readouterr().err
    assert main([*asked, "--most-gib", str(told["memory_gib"] * 0.9)]) == 2
    assert "or allow it with --most-gib" in capsys.readouterr().err


def test_a_batch_that_is_too_much_is_refused_and_leaves_no_folder(write, tmp_path, capsys):
    design = write("many.yaml", "name: many\nscenarios: [baseline]\nstrategies: [hybrid]\nseeds: 50000\n")
    asked = ["batch", design, "--out", str(tmp_path / "out"), "--workers", "2"]
    assert main([*asked, "--estimate"]) == 0
    assert main([*asked, "--most-hours", "0.01"]) == 2
    assert "or allow it with --most-hours" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
