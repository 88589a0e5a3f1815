"""Where numbers come from: which version and which assumptions made them. No names of machines, people or folders."""

from __future__ import annotations

import hashlib
import json
import platform
from functools import cache
from importlib import metadata
from pathlib import Path

from sim.assumptions.scenario import Scenario

LIBRARIES = ("numpy", "scipy", "numba")

NO_SAY = ("ui", "cli", "report", "questions", "calibration", "batches", "records")
"""Packages that call the model or show what it found, and have no say in the numbers of a run."""


def version_of(distribution: str) -> str:
    """The installed version of a distribution, or "not installed" (such as a bare checkout of this project)."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "not installed"


def scenario_fingerprint(scenario: Scenario) -> str:
    """The SHA-256 of every assumption and of this project's version, in hexadecimal, the same on every machine."""
    assumptions = json.dumps(scenario.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{version_of('siyu')}\n{assumptions}".encode()).hexdigest()


def versions() -> dict[str, str]:
    """The versions of this project, of Python and of the libraries that have a say in the numbers."""
    return {"siyu": version_of("siyu"), "python": platform.python_version()} | {
        name: version_of(name) for name in LIBRARIES
    }


@cache
def model_fingerprint() -> str:
    """Sixteen hexadecimal digits that change with every source file that has a say in the numbers of a run."""
    digest = hashlib.sha256()
    here = Path(__file__).parent.parent
    for path in sorted(here.rglob("*.py")):
        name = path.relative_to(here)
        if name.parts[0] not in NO_SAY:
            digest.update(name.as_posix().encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:16]
