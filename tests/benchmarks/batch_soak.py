"""Batches at full size: killed at random, on two workers, with ten thousand runs. Prints figures; fails if one is wrong.

    python tests/benchmarks/batch_soak.py              # all: some minutes on two idle cores
    python tests/benchmarks/batch_soak.py kills        # 2,000 short runs, SIGKILL three times, the same bytes
    python tests/benchmarks/batch_soak.py workers      # 200 runs of the baseline by one worker and by two
    python tests/benchmarks/batch_soak.py memory       # 10,000 runs of ten days: the parent's memory
    python tests/benchmarks/batch_soak.py memory_full  # 10,000 runs of the baseline, as long as they are
    python tests/benchmarks/batch_soak.py cluster      # 2,000 short runs on two Dask workers, one of them killed
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SIYU = [sys.executable, "-c", "import sys; from sim.cli import main; sys.exit(main())"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}
TWO = ["--workers", "2"]

SHORT = {
    "scenarios": ["baseline"],
    "strategies": ["public_only", "hybrid"],
    "seeds": 100,
    "changes": {"clock": {"days": 20, "run_out_days": 10}, "market.people": 20_000},
    "grid": {"public.start_click_price_cny": [2, 3, 4, 5, 6], "switches.referral": [True, False]},
}
BASELINE = {"scenarios": ["baseline"], "strategies": ["public_only", "hybrid"], "seeds": 100}
MANY = {
    "scenarios": ["baseline"],
    "strategies": ["hybrid"],
    "seeds": 1,
    "latin_hypercube": {"points": 10_000, "vary": {"public.start_click_price_cny": "1..8", "brand.touches_per_month": "0..20"}},
}
TEN_DAYS = MANY | {"changes": {"clock": {"days": 10, "run_out_days": 0}}}


def design(folder: Path, content: dict[str, object]) -> Path:
    path = folder / "design.yaml"
    path.write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML
    return path


def started(file: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*SIYU, "batch", str(file), "--out", str(out), *options], env=ENVIRONMENT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def seconds_of(process: subprocess.Popen[bytes]) -> float:
    began = time.monotonic()
    if process.wait():
        raise SystemExit(f"the batch ended with status {process.returncode}")
    return time.monotonic() - began


def processor_seconds() -> float:
    """What all children that have ended used of processors, their own children included."""
    return sum(os.times()[2:4])


def parts(out: Path) -> int:
    return len(list(out.glob("runs/part-*")))


def tables(out: Path) -> dict[str, bytes]:
    """The files of a batch, its summary and its export, by name."""
    found = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file() and path.name != ".lock"}
    for command in ("results", "export"):
        file = out.parent / f"{command}.csv"
        subprocess.run([*SIYU, command, str(out), "--out", str(file)], env=ENVIRONMENT, check=True, stderr=subprocess.DEVNULL)
        found[file.name] = file.read_bytes()
    return found


def must_be_equal(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    if one != other:
        raise SystemExit(f"different: {[name for name in one.keys() | other.keys() if one.get(name) != other.get(name)]}")
    print(f"   {len(one)} files, byte for byte the same, results.csv and export.csv among them", flush=True)


def kills(folder: Path) -> None:
    """2,000 short runs, killed with SIGKILL at random moments three times and resumed."""
    file, dice = design(folder, SHORT), random.Random(20)  # noqa: S311 - moments to kill, no secret
    alone = seconds_of(started(file, folder / "whole", *TWO))
    print(f"kills: 2,000 runs never killed: {alone:.1f} s", flush=True)
    killed = 0
    while killed < 3:
        process = started(file, folder / "killed", *TWO)
        before = parts(folder / "killed")
        target = before + dice.randint(3, 20)
        while parts(folder / "killed") < target and process.poll() is None:
            time.sleep(0.02)
        time.sleep(dice.uniform(0.0, 0.5))
        if process.poll() is not None:
            raise SystemExit("the batch was finished before it could be killed three times")
        process.kill()
        process.wait()
        killed += 1
        print(f"   SIGKILL {killed}: {before} parts before, {parts(folder / 'killed')} after", flush=True)
    seconds_of(started(file, folder / "killed", *TWO))
    must_be_equal(tables(folder / "killed"), tables(folder / "whole"))


def workers(folder: Path) -> None:
    """200 runs of the baseline by one worker and by two."""
    file, taken, used = design(folder, BASELINE), [], []
    for name, count in (("one", "1"), ("two", "2")):
        before = processor_seconds()
        taken.append(seconds_of(started(file, folder / name, "--workers", count)))
        used.append(processor_seconds() - before)
    told = f"one {taken[0]:.1f} s, two {taken[1]:.1f} s, ratio {taken[0] / taken[1]:.2f}"
    print(f"workers: 200 runs of the baseline: {told}; of processors {used[0]:.1f} s and {used[1]:.1f} s", flush=True)
    must_be_equal(tables(folder / "one"), tables(folder / "two"))


def memory(folder: Path, content: dict[str, object] = TEN_DAYS) -> None:
    """10,000 runs: the most memory that the parent ever had."""
    process = started(design(folder, content), folder / "many", *TWO)
    most, began = 0, time.monotonic()
    while process.poll() is None:
        try:
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
        except OSError:
            break
        most = max([most, *(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))])
        time.sleep(0.2)
    taken = time.monotonic() - began
    if process.wait():
        raise SystemExit(f"the batch ended with status {process.returncode}")
    size = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
    print(f"memory: 10,000 runs in {taken:.0f} s, parent at most {most / 1024:.0f} MiB, {parts(folder / 'many')} parts of {size / 2**20:.1f} MiB", flush=True)
    if most > 2**20:
        raise SystemExit("more than 1 GiB")


def memory_full(folder: Path) -> None:
    """10,000 runs of the baseline as they are."""
    memory(folder, MANY)


def cluster(folder: Path) -> None:
    """2,000 short runs on two Dask workers on the loopback address, one of them killed midway."""
    file, said = design(folder, SHORT), folder / "scheduler.json"
    seconds_of(started(file, folder / "whole", *TWO))
    here = ["--host", "127.0.0.1", "--no-dashboard"]
    dask = [sys.executable, "-m", "dask"]
    quiet = {"env": ENVIRONMENT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [subprocess.Popen([*dask, "scheduler", *here, "--port", "0", "--scheduler-file", str(said)], **quiet)]
    try:
        while not said.exists() or not said.read_text(encoding="utf-8"):
            time.sleep(0.1)
        address = json.loads(said.read_text(encoding="utf-8"))["address"]
        worker = [*dask, "worker", address, *here, "--no-nanny", "--nthreads", "1", "--local-directory", str(folder)]
        processes += [subprocess.Popen(worker, **quiet) for _ in range(2)]
        process = started(file, folder / "spread", "--cluster", address)
        while parts(folder / "spread") < 30 and process.poll() is None:
            time.sleep(0.02)
        processes[-1].kill()
        print(f"cluster: one of two workers killed after {parts(folder / 'spread')} of 84 parts", flush=True)
        seconds_of(process)
    finally:
        for each in processes:
            each.kill()
            each.wait()
    must_be_equal(tables(folder / "spread"), tables(folder / "whole"))


ALL = {"kills": kills, "workers": workers, "memory": memory, "memory_full": memory_full, "cluster": cluster}

if __name__ == "__main__":
    for name in sys.argv[1:] or ["kills", "workers", "memory", "cluster"]:
        with tempfile.TemporaryDirectory(prefix="siyu-soak-") as place:
            ALL[name](Path(place))
