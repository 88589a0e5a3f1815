"""Live cases in both engines and print what comes out, for other interpreters and for the compiler switched off.

Called as ``python tell.py 3 8 12``: a line a case and engine with its number, the books' and the states' fingerprints.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from both import Lived, in_agents, in_columns
from made_up import cases


def state_of(lived: Lived) -> str:
    """A fingerprint of everybody's state."""
    everything = (sorted((person, sorted(state.items())) for person, state in lived.people.items()), lived[2:])
    return hashlib.sha256(repr(everything).encode()).hexdigest()


def told(numbers: list[int]) -> list[str]:
    """A line for each case and engine."""
    lines = []
    for number in numbers:
        (case,) = cases(range(number, number + 1))
        (rows,), agents = in_columns([case.world]), in_agents(case)
        for name, lived in (("columns", rows), ("agents", agents)):
            lines.append(f"{number} {name} {lived.result.ledger_sha256} {state_of(lived)}")
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(told([int(number) for number in sys.argv[1:]])) + "\n")
