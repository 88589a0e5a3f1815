"""What is luck and what is none: one check of seeds for every door, from Python, the command line and designs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from sim.assumptions.from_python import as_given, numpys

LARGEST = 2**63 - 1
"""The largest seed: what a signed whole number of eight bytes holds."""

MOST = 100_000
"""Futures that are lived at once, at most."""


class SeedError(ValueError):
    """Something is given as luck that is none; the message says what is allowed."""


def is_whole(value: Any) -> bool:
    """Whether a value is a whole number, of Python's or NumPy's; true, false and spans of time are none."""
    return isinstance(value, (int, *numpys("integer"))) and not isinstance(value, (bool, *numpys("timedelta64")))


def is_seed(value: Any) -> bool:
    """Whether a value can be a seed."""
    return is_whole(value) and 0 <= value <= LARGEST


def seed_of(value: Any) -> int:
    """A seed as Python's own whole number.

    Raises:
        SeedError: for anything but a whole number from 0 to 2**63 - 1.
    """
    if not is_seed(value):
        raise SeedError(
            f"seed is {as_given(value)}, but must be a whole number from 0 to 2**63 - 1; write one such as 7"
        )
    return int(value)


def futures_of(seeds: Any) -> tuple[int, ...]:
    """The seeds themselves, or seeds 1 to that number.

    Raises:
        SeedError: if there is none, one is no seed or named twice, or there are more than anybody means.
    """
    if is_whole(seeds) and 1 <= seeds <= MOST:
        return tuple(range(1, int(seeds) + 1))
    if not isinstance(seeds, Iterable) or isinstance(seeds, str | bytes | Mapping) or getattr(seeds, "ndim", 1) != 1:
        raise SeedError(
            f"seeds is {as_given(seeds)}, but must be a whole number from 1 to {MOST:_}, or a list of "
            "at least one seed; write one such as 40 or [7, 8]"
        )
    return _each_once([seed_of(each) for each in islice(seeds, MOST + 1)])


def _each_once(found: list[int]) -> tuple[int, ...]:
    if not found:
        raise SeedError("seeds is empty, but at least one seed is needed; write one such as [7]")
    if len(found) > MOST:
        raise SeedError(f"seeds names more than {MOST:_} of them; take fewer")
    twice = next((each for each, times in Counter(found).items() if times > 1), None)
    if twice is not None:
        raise SeedError(f"seed {twice} is named twice; each takes part once")
    return tuple(found)
