"""Writes constraints.txt: the version of every library that the checks were run with, its licence beside it.

`python docs/write_constraints.py` in an environment with all extras; `PIP_CONSTRAINT=constraints.txt make test` then
installs these versions and no others. `docs/write_reference.py` makes the page of licences from it.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
HEAD = "# Written by docs/write_constraints.py: versions that the checks were run with, and their licences.\n"


def closure() -> dict[str, Distribution]:
    """Every installed library that the project needs, with all extras, and what these need in turn."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *(each for some in project["optional-dependencies"].values() for each in some)]
    waiting = [(Requirement(each).name, Requirement(each).extras) for each in needed]
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = waiting.pop()
        if (name.lower(), frozenset(extras)) in seen:
            continue
        seen.add((name.lower(), frozenset(extras)))
        try:
            there = distribution(name)
        except PackageNotFoundError:
            continue
        found[re.sub(r"[-_.]+", "-", there.metadata["Name"]).lower()] = there
        for text in there.requires or ():
            inner = Requirement(text)
            if inner.marker is None or any(inner.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                waiting.append((inner.name, inner.extras))
    return found


def licence(of: Distribution) -> str:
    """The name of a library's licence as its metadata say it."""
    stated = of.metadata["License-Expression"]
    if stated:
        return str(stated)
    classifiers = [text for text in of.metadata.get_all("Classifier") or () if text.startswith("License ::")]
    classified = [text.rsplit("::", 1)[1].strip() for text in classifiers]
    named = [text for text in classified if text != "OSI Approved"]
    written = (of.metadata["License"] or "").strip().splitlines()
    return " and ".join(named) or (written[0][:60] if written else "not stated")


def main() -> None:
    """Write the file."""
    lines = [f"{name}=={each.version}  # {licence(each)}\n" for name, each in sorted(closure().items())]
    (ROOT / "constraints.txt").write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
