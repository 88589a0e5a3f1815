"""A batch on a Dask cluster: the same tables, also when a worker is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from batch_runs import DESIGN, contents, environment, wait_until

from sim.batches.cluster import ClusterError
from sim.batches.study import batch

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

DASK = [sys.executable, "-m", "dask"]


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([*DASK, *arguments], env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two worker processes on the loopback address, on free ports."""
    said = folder / "scheduler.json"
    here = ["--host", "127.0.0.1", "--no-dashboard"]
    with running("scheduler", *here, "--port", "0", "--scheduler-file", str(said)):
        wait_until(lambda: said.exists() and said.read_text(), 60)
        address = json.loads(said.read_text())["address"]
        worker = ["worker", address, *here, "--no-nanny", "--nthreads", "1", "--local-directory", str(folder)]
        with running(*worker) as one, running(*worker) as two:
            yield address, [one, two]


def test_a_cluster_that_loses_a_worker_gives_the_tables_of_one_process(tmp_path: Path):
    design = tmp_path / "short.yaml"
    design.write_text(DESIGN.format(seeds=16), encoding="utf-8")
    assert batch(design, tmp_path / "alone", workers=1).finished
    with cluster(tmp_path) as (address, workers):
        with subprocess.Popen(
            [sys.executable, "-c", "import sys; from sim.cli import main; sys.exit(main())", "batch", str(design), "--out", str(tmp_path / "many"), "--cluster", address],
            env=environment(), stderr=subprocess.PIPE, text=True,
        ) as process:
            wait_until(lambda: list((tmp_path / "many").glob("runs/part-*")) or process.poll() is not None)
            done = len(list((tmp_path / "many").glob("runs/part-*")))
            workers[0].kill()
            _, told = process.communicate(timeout=300)
        assert process.returncode == 0, told
    assert 0 < done < 11
    assert contents(tmp_path / "many") == contents(tmp_path / "alone")


def test_a_cluster_that_is_not_there_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sim.batches.cluster.PATIENCE_SECONDS", 1)
    with pytest.raises(ClusterError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9 .*; start one with `dask scheduler`"):
        batch({"scenarios": "baseline"}, tmp_path / "batch", cluster="tcp://127.0.0.1:9")


def test_a_cluster_without_workers_is_told_in_a_sentence(tmp_path: Path):
    said = tmp_path / "scheduler.json"
    script = "import sim.batches.cluster as c, sys; c.PATIENCE_SECONDS = 2; from sim.cli import main; sys.exit(main())"
    with running("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(said)):
        wait_until(lambda: said.exists() and said.read_text(), 60)
        address = json.loads(said.read_text())["address"]
        design = tmp_path / "short.yaml"
        design.write_text(DESIGN.format(seeds=1), encoding="utf-8")
        done = subprocess.run([sys.executable, "-c", script, "batch", str(design), "--out", str(tmp_path / "b"), "--cluster", address],
                              env=environment(), capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    assert f"the scheduler at {address} has no workers; start some with `dask worker {address}`." in done.stderr
