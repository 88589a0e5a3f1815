"""Batches: the same tables whatever happens on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from batch_runs import DESIGN, alive, contents, environment, siyu, started, wait_until

import sim
import sim.cli
from sim.batches import folder as batch_folder
from sim.batches import work as batch_work
from sim.batches import workers
from sim.batches.design import read_design
from sim.batches.stored.about import BatchFolderError, finished_parts, read_about
from sim.batches.stored.batch import Batch
from sim.batches.stored.summary import summaries
from sim.batches.study import batch
from sim.batches.workers import WorkerLostError, Workers
from sim.results.metrics import METRICS

posix = pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")


@pytest.fixture(scope="module")
def design(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("design") / "short.yaml"
    path.write_text(DESIGN.format(seeds=10) + "daily: true\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def whole(design: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch that nothing disturbed, by one worker."""
    folder = tmp_path_factory.mktemp("whole") / "batch"
    told: list[tuple[int, int]] = []
    assert batch(design, folder, workers=1, progress=lambda *numbers: told.append(numbers)).finished
    assert told == [(done, 160) for done in (0, 24, 48, 72, 96, 120, 144, 160)]
    return folder


def test_every_row_is_the_run_that_it_says(whole: Path):
    made = Batch(whole)
    frame = made.frame()
    assert frame["run_id"].tolist() == list(range(160))
    for run_id in (0, 37, 159):
        scenario, strategy, seed = made.run(run_id)
        row, result = frame.loc[run_id], sim.run(scenario, strategy, seed)
        assert (row["scenario"], row["strategy"], row["seed"]) == (scenario.name, strategy, seed)
        assert row["public.start_click_price_cny"] == scenario.public.start_click_price_cny
        assert row["switches.referral"] == scenario.switches.referral
        assert row["ledger_sha256"] == result.ledger_sha256
        assert {name: None if pd.isna(row[name]) else row[name] for name in METRICS} == {name: metric.of(result) for name, metric in METRICS.items()}
        days = made.frame("daily").query(f"run_id == {run_id}")
        assert (days["ads_new_cny"] * 1e6).round().tolist() == result.account("ads_new").tolist()
        assert days["orders_pool"].tolist() == result.count("orders_pool").tolist()
        assert days["phase"].tolist() == ["counted"] * 6 + ["run_out"] * 2


def test_tables_open_by_their_folder_and_have_types(whole: Path):
    frame = pd.read_parquet(whole / "runs")
    assert len(frame) == 160
    kinds = {name: str(frame[name].dtype) for name in ("seed", "public.start_click_price_cny", "switches.referral", "roi")}
    assert kinds == {"seed": "int64", "public.start_click_price_cny": "float64", "switches.referral": "bool", "roi": "float64"}


def test_the_summary_is_that_of_a_comparison(whole: Path):
    scenario = Batch(whole).run(0)[0]
    comparison = sim.compare(scenario, ["public_only", "hybrid"], seeds=10)
    groups = list(summaries(Batch(whole)))
    assert len(groups) == 16
    for group in groups[:2]:
        assert (group.scenario, group.values, group.seeds) == ("baseline", (2.0, True), 10)
        assert group.estimates == comparison.estimates[group.strategy]


KILLED = """
import os, signal, sys
from sim.batches.study import batch

def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)

design, folder, moment, number = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
if moment == "while writing":
    calls, real = [], os.fsync
    os.fsync = lambda handle: kill() if len(calls) == number else calls.append(real(handle))
batch(design, folder, workers=2, progress=lambda done, _: kill() if moment == "after" and done >= number else None)
"""


@posix
def test_a_batch_killed_and_resumed_leaves_the_same_bytes(design: Path, whole: Path, tmp_path: Path):
    folder = tmp_path / "batch"
    for moment, number in (("after", "24"), ("while writing", "9"), ("after", "96"), ("while writing", "0")):
        killed = subprocess.run([sys.executable, "-c", KILLED, str(design), str(folder), moment, number], env=environment(), check=False, timeout=300)
        assert killed.returncode == -signal.SIGKILL
    assert list(folder.rglob(".aside-*")), "no part was being written"
    finished, _ = finished_parts(folder, read_about(folder))
    before = {path: path.stat().st_mtime_ns for paths in finished.values() for path in paths.values()}
    assert len(before) == 3 * 4
    assert batch(design, folder, workers=2).finished
    assert contents(folder) == contents(whole)
    assert all(path.stat().st_mtime_ns == time_ns for path, time_ns in before.items()), "finished work was done again"
    for what in (["results", "--out"], ["export", "--out"], ["export", "--table", "daily", "--out"]):
        files = []
        for n, made in enumerate((folder, whole)):
            command, *options = what
            assert siyu(command, str(made), *options, str(tmp_path / f"{n}.csv")).returncode == 0
            files.append((tmp_path / f"{n}.csv").read_bytes())
        assert files[0] == files[1]


@pytest.mark.parametrize("spoil", [
    lambda path: path.write_bytes(path.read_bytes()[:-10]),
    lambda path: path.write_bytes(path.read_bytes()[:100] + b"?" + path.read_bytes()[101:]),
    lambda path: path.write_bytes(b""),
    lambda path: path.unlink(),
], ids=["cut short", "one byte changed", "empty", "lost"])
def test_a_spoilt_part_is_left_out_and_made_anew(design: Path, whole: Path, tmp_path: Path, spoil):
    folder = tmp_path / "batch"
    for name, content in contents(whole).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    spoil(sorted(folder.glob("runs/part-*"))[2])
    assert len(Batch(folder)) == 160 - 24
    (folder / "runs" / ".aside-left").write_bytes(b"half a part")
    told: list[int] = []
    batch(design, folder, workers=1, progress=lambda done, _: told.append(done))
    assert told == [160 - 24, 160]
    assert contents(folder) == contents(whole)


def test_a_folder_refuses_another_design_another_version_and_strangers(design: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    other = {"scenarios": "baseline", "seeds": 5}
    with pytest.raises(BatchFolderError, match=r"holds the batch of another design \(short: 160 runs\); give that design"):
        batch(other, whole)
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BatchFolderError, match=r"holds mine\.txt, which is not a batch's; name a new folder"):
        batch(other, tmp_path)
    with pytest.raises(BatchFolderError, match="holds no batch"):
        Batch(tmp_path)
    monkeypatch.setattr(batch_folder, "code_version", lambda: batch_work.code_version() | {"numpy": "9.9"})
    with pytest.raises(BatchFolderError, match=r"another version of the code \(numpy was .* and is 9\.9\); install that version"):
        batch(design, whole)


def test_two_batches_cannot_write_in_one_folder(design: Path, whole: Path):
    with batch_folder.place_of(read_design(design), whole):
        done = siyu("batch", str(design), "--out", str(whole))
    assert (done.returncode, done.stdout) == (2, "")
    assert "is in use: another batch is writing there; wait until it has ended, or name another folder." in done.stderr
    assert siyu("batch", str(design), "--out", str(whole)).returncode == 0


@posix
def test_a_worker_that_is_killed_is_replaced_and_its_work_done_again(design: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    hands: list[Workers] = []
    monkeypatch.setattr("sim.batches.study.Workers", lambda count: hands.append(Workers(count)) or hands[-1])

    def kill_somebody(done: int, _total: int) -> None:
        if done in (24, 72) and hands:
            next(each for each in hands[0]._processes if each.poll() is None).kill()

    assert batch(design, tmp_path / "batch", workers=2, progress=kill_somebody).finished
    assert len(hands[0]._processes) > 2
    assert contents(tmp_path / "batch") == contents(whole)
    wait_until(lambda: not any(alive(each.pid) for each in hands[0]._processes), 5)


def test_workers_that_always_die_are_given_up_with_a_sentence(design: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workers, "START", "import sys; sys.exit(3)")
    with pytest.raises(WorkerLostError, match=r"workers ended 3 times while living runs 0 to 23 \(last with status 3\)"):
        batch(design, tmp_path / "batch", workers=1)


def test_a_worker_of_another_version_is_refused_with_a_sentence(design: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(batch_work, "code_version", lambda: {"siyu": "0.0.1"})
    with pytest.raises(batch_work.OtherCodeError, match=r"a worker has another version of the code \(siyu was 0\.0\.1 and is "):
        batch(design, tmp_path / "batch", workers=1)


@posix
def test_control_c_ends_a_batch_within_a_second_and_says_how_to_go_on(design: Path, tmp_path: Path):
    folder = tmp_path / "batch"
    with started("batch", str(design), "--out", str(folder), "--workers", "1") as process:
        wait_until(lambda: list(folder.glob("runs/part-*")))
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
        assert time.monotonic() - began < 1
    assert process.returncode == 130
    assert f"runs are safe in {folder}" in told
    assert f"To go on from there, say the same again: siyu batch {design} --out {folder} --workers 1" in told
    assert "Traceback" not in told


@posix
def test_workers_end_when_whoever_started_them_is_killed():
    script = ("import time; from sim.batches.workers import Workers\n"
              "workers = Workers(1); process = workers._started(); print(process.pid, flush=True); time.sleep(60)")
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as parent:
        worker = int(parent.stdout.readline())
        assert alive(worker)
        parent.kill()
    wait_until(lambda: not alive(worker), 30)


def test_the_command_line_tells_progress_and_what_to_do_next(design: Path, whole: Path, tmp_path: Path):
    done = siyu("batch", str(design), "--out", str(tmp_path / "batch"), "--workers", "2")
    assert done.returncode == 0
    assert done.stdout == f"All 160 runs are in {tmp_path / 'batch'}; see them with: siyu results {tmp_path / 'batch'}\n"
    assert "160 of 160 runs done\n" in done.stderr
    shown = siyu("results", str(whole), "--metric", "roi")
    assert len(shown.stdout.splitlines()) == 17
    assert shown.stdout.split("\n")[1].split()[:3] == ["baseline", "2.0", "true"]


@pytest.mark.parametrize(("arguments", "sentence"), [
    (["batch", "{design}", "--workers", "2", "--cluster", "tcp://127.0.0.1:1"], "--workers and --cluster exclude each other"),
    (["batch", "none.yaml"], "none.yaml: it cannot be read"),
    (["results", "{empty}"], "holds no batch; name the folder that `siyu batch` wrote."),
    (["results", "{whole}", "--metric", "roy"], "There is no metric roy; did you mean roi?"),
    (["export", "{whole}", "--as", "orders"], "--run is missing; the batch has runs 0 to 159."),
    (["export", "{whole}", "--as", "orders", "--run", "160"], "run 160 is not there"),
    (["export", "{whole}", "--strategy", "hybrid"], "--strategy, --days and --set are for a scenario"),
    (["export", "baseline", "--as", "orders"], "--strategy is missing"),
    (["export", "baseline", "--run", "3"], "--run is for a batch's folder, and baseline is none."),
])
def test_what_cannot_be_done_ends_with_status_2_and_a_sentence(design: Path, whole: Path, tmp_path: Path, capsys, arguments, sentence):
    places = {"design": design, "whole": whole, "empty": tmp_path}
    assert sim.cli.main([each.format(**places) for each in arguments]) == 2
    told = capsys.readouterr()
    assert sentence in told.err
    assert told.out == ""


def test_an_unfinished_batch_is_summed_up_with_a_warning(whole: Path, tmp_path: Path, capsys):
    folder = tmp_path / "batch"
    for name, content in contents(whole).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    sorted(folder.glob("sums/part-*"))[-1].write_bytes(b"spoilt")
    assert sim.cli.main(["results", str(folder), "--json"]) == 0
    told = capsys.readouterr()
    assert "Only 144 of 160 runs are finished; these are shown." in told.err
    assert "is spoilt and left out" in told.err
    assert '"done": 144' in told.out


def test_without_dask_a_cluster_says_how_to_install_it(design: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert sim.cli.main(["batch", str(design), "--out", str(tmp_path / "batch"), "--cluster", "tcp://127.0.0.1:9"]) == 2
    assert "a cluster needs Dask; install it with: pip install 'siyu[cluster]'." in capsys.readouterr().err
