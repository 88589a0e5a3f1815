"""What tests of batches share: a design of short runs, `siyu` as a process, folders as bytes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
SIYU = [sys.executable, "-c", "import sys; from sim.cli import main; sys.exit(main())"]

DESIGN = """\
name: short
scenarios: [baseline, selection_only]
strategies: [public_only, hybrid]
seeds: {seeds}
changes:
  market.people: 3000
  clock: {{days: 6, run_out_days: 2}}
grid:
  public.start_click_price_cny: [2, 4]
  switches.referral: [true, false]
"""


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT)}


def siyu(*arguments: str) -> subprocess.CompletedProcess[str]:
    """`siyu` as people run it."""
    return subprocess.run([*SIYU, *arguments], env=environment(), capture_output=True, text=True, check=False, timeout=300)


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`siyu` in the background; killed at the end if it is still there."""
    process = subprocess.Popen([*SIYU, *arguments], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_until(true: Callable[[], object], seconds: float = 200) -> None:
    """Wait until something is so; fail if it takes too long."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.01)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a batch by name; the lock has nothing to say."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*")
            if path.is_file() and path.name != ".lock"}


def alive(pid: int) -> bool:
    """Whether a process lives; one that only waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
