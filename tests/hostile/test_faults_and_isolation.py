"""Signals, a full disk, foreign folders, no network: clear ends, nothing finished lost."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys

import pytest
from batch_runs import DESIGN, SIYU, environment, siyu, started, wait_until

LONG = ["--set", "clock.days=3650", "--set", "market.people=3000"]


@pytest.mark.skipif(os.name != "posix", reason="signals as on Unix")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("command", ["run", "compare"])
def test_what_is_interrupted_leaves_no_half_folder(command, number, tmp_path):
    arguments = ["--strategy", "hybrid"] if command == "run" else ["--seeds", "40"]
    with started(command, "baseline", *arguments, *LONG, "--out", str(tmp_path / "out")) as process:
        wait_until((tmp_path / "out").exists, 60)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1.0)
        process.send_signal(number)
        said = process.communicate(timeout=60)[1]
    assert process.returncode == {signal.SIGINT: 130}.get(number, -number)
    assert "Traceback" not in said
    assert not any((tmp_path / "out").iterdir())


def limited(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.skipif(os.name != "posix", reason="limits as on Unix")
def test_a_full_disk_ends_a_batch_with_a_sentence_and_it_goes_on_later(tmp_path):
    design = tmp_path / "short.yaml"
    design.write_text(DESIGN.format(seeds=2), encoding="utf-8")
    command = [*SIYU, "batch", str(design), "--out", str(tmp_path / "out"), "--workers", "1"]
    full = subprocess.run(
        command, env=environment() | {"NUMBA_DISABLE_CACHING": "1"}, capture_output=True, text=True, check=False,
        timeout=300, preexec_fn=limited(8000),
    )
    assert full.returncode == 2 and "Traceback" not in full.stderr
    safe = re.search(rf"{re.escape(str(tmp_path / 'out'))} cannot be written \(File too large\); (\d+) of 32 runs are safe there\.", full.stderr)
    assert safe and int(safe[1]) < 32, full.stderr
    again = siyu(*command[len(SIYU):])
    assert again.returncode == 0 and "All 32 runs" in again.stdout


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "null", '{"name": 3}', "\x00" * 50, '{"name": "x", "runs": -1}'])
def test_a_folder_with_a_foreign_about_is_refused_with_a_sentence(content, tmp_path, capsys):
    from sim.cli import main

    (tmp_path / "about.json").write_text(content, encoding="utf-8")
    assert main(["results", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "is spoilt" in said and "Traceback" not in said


def test_a_read_only_folder_is_refused_before_anything_is_lived(tmp_path, capsys):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    from sim.cli import main

    tmp_path.chmod(0o500)
    assert main(["run", "baseline", "--strategy", "hybrid", "--out", str(tmp_path / "out")]) == 2
    assert "nothing can be written" in capsys.readouterr().err


BLOCKED = """
import socket, sys
def guard(real):
    def connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise SystemExit(f"a call beyond loopback: {address}")
        return real(self, address)
    return connect
socket.socket.connect, socket.socket.connect_ex = guard(socket.socket.connect), guard(socket.socket.connect_ex)
def no_names(*_):
    raise SystemExit("a name was looked up")
socket.getaddrinfo = socket.gethostbyname = no_names
from sim.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_comparison_calls_nobody(tmp_path):
    command = [sys.executable, "-c", BLOCKED, "compare", "baseline", "--seeds", "2", "--days", "5", "--out", str(tmp_path / "out")]
    ended = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "out" / "comparison.json").exists()


def test_only_workers_unpickle_and_only_what_their_own_parent_or_child_sent(root):
    found = {
        path.relative_to(root).as_posix() for path in (root / "sim").rglob("*.py")
        if re.search(r"pickle\.loads?\(|read_pickle|joblib|marshal\.load|shelve|\beval\(|allow_pickle=True", path.read_text("utf-8"))
    }
    # Compiled code, which numba has always pickled, lies in a folder of the user's own (test_compiling).
    assert found <= {"sim/batches/worker.py", "sim/batches/workers.py", "sim/kernel/kept_code.py"}


def test_two_fresh_processes_and_any_threads_give_the_same_books():
    run = ["run", "baseline", "--strategy", "hybrid", "--days", "30", "--json"]
    said = {siyu(*run, "--threads", threads).stdout for threads in ("1", "1", "2")}
    assert len(said) == 1 and '"ledger_sha256"' in said.pop()


def test_no_cell_of_a_saved_run_is_a_formula(tmp_path):
    """Strategies of one's own may bear any name; texts that begin like a formula get an apostrophe."""
    from sim.report import saving

    saving._write_csv(tmp_path / "x.csv", [["=1+1", "@SUM(A1)", -3, "+x", "-x", "\tx", None, 0.5]])
    assert (tmp_path / "x.csv").read_text("utf-8") == "'=1+1,'@SUM(A1),-3,'+x,'-x,'\tx,,0.5\n"
