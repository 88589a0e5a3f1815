"""Where numbers come from: which version and which assumptions made them. No names of machines, people or folders."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib import metadata

from sim.scenario import Scenario

LIBRARIES = ("numpy", "scipy", "numba")


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
