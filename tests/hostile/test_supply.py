"""What is installed is pinned for the checks and has a licence; another Python lives the same."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
from batch_runs import environment
from packaging.requirements import Requirement

RUN = ["run", "baseline", "--strategy", "hybrid", "--days", "30", "--json"]
SIYU = ["-c", "import sys; from sim.cli import main; sys.exit(main())"]


def pins(root):
    lines = (root / "constraints.txt").read_text("utf-8").splitlines()[1:]
    return {found[1]: (found[2], found[3]) for line in lines if (found := re.fullmatch(r"(\S+)==(\S+)  # (.+)", line))}


def test_every_dependency_is_pinned_within_its_range_and_has_the_name_of_a_licence(root):
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *(each for some in project["optional-dependencies"].values() for each in some)]
    pinned = pins(root)
    assert len(pinned) == len((root / "constraints.txt").read_text("utf-8").splitlines()) - 1
    for text in needed:
        asked = Requirement(text)
        version, licence = pinned[asked.name.lower()]
        assert asked.specifier.contains(version), text
        assert licence.strip() and len(licence) < 80, text


def test_every_pin_is_one_version(root):
    assert all(re.fullmatch(r"[\d.]+(post\d+|rc\d+)?", version) for version, _ in pins(root).values())


def lived(python):
    told = subprocess.run([python, *SIYU, *RUN], env=environment(), capture_output=True, text=True, check=False, timeout=600)
    assert told.returncode == 0, told.stderr[-2000:]
    return json.loads(told.stdout)


def test_another_python_lives_the_same_days_to_the_last_bit():
    other = os.environ.get("SIYU_OTHER_PYTHON")
    if not other or not shutil.which(other):
        pytest.skip("SIYU_OTHER_PYTHON names no other interpreter with the dependencies installed")
    ours, theirs = lived(sys.executable), lived(other)
    assert ours["ledger_sha256"] == theirs["ledger_sha256"]
    assert ours == theirs
