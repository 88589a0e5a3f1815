"""A disk that is full: a real one, of a few hundred kilobytes; needs root and Linux."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]
SIYU = [sys.executable, "-c", "import sys; from sim.cli import main; sys.exit(main())"]
DESIGN = "name: short\nscenarios: [baseline]\nstrategies: [public_only, hybrid]\nseeds: 96\nchanges: {clock.days: 20, clock.run_out_days: 5}\ndaily: true\n"


@contextmanager
def small_disk(kilobytes: int) -> Iterator[Path]:
    """A file system in memory of so many kilobytes, gone in the end."""
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", place], check=True)  # noqa: S607
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", place], check=True)  # noqa: S607


def siyu(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*SIYU, *arguments], env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=300
    )


def prints(folder: Path) -> dict[str, str]:
    """Every part of a batch with the fingerprint of its bytes."""
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*.parquet")}


def full_disk() -> tuple[str, int, str]:
    """A batch on a disk that fills up, and on the same disk when room was made; the same bytes as on a large one."""
    if os.name != "posix" or os.geteuid() != 0:
        return "a full disk (tmpfs)", 0, "skipped: mounting needs root"
    with tempfile.TemporaryDirectory() as large, small_disk(1024) as place:
        design = Path(large) / "short.yaml"
        design.write_text(DESIGN, encoding="utf-8")
        whole = siyu("batch", str(design), "--out", f"{large}/out", "--workers", "1")
        assert whole.returncode == 0, whole.stderr
        room = sum(path.stat().st_size for path in Path(large, "out").rglob("*") if path.is_file())
        assert room < 1_000_000, f"the batch of {room} bytes never fits"
        ballast = place / "ballast"
        ballast.write_bytes(b"0" * (1024 * 1024 - room // 2 - 32_768))
        command = ["batch", str(design), "--out", f"{place}/out", "--workers", "1"]
        full = siyu(*command)
        assert full.returncode == 2 and "No space left on device" in full.stderr and "Traceback" not in full.stderr, full.stderr
        safe = len(list((place / "out" / "runs").glob("part-*")))
        assert not list((place / "out").rglob(".aside-*")), "half a part was left"
        ballast.unlink()
        again = siyu(*command)
        assert again.returncode == 0, again.stderr
        assert prints(place / "out") == prints(Path(large, "out")), "other bytes"
    return "a batch on a full disk (tmpfs of 1 MB)", 1, f"a sentence, status 2, {safe} of 8 parts safe; finished later with the same bytes"
