"""What a page may live through inside the server: estimated before anything is lived, in one place for every page.

Long jobs have bounds of their own (`sim.ui.jobs.kinds`), in processes of their own; both rest on the same estimate.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sim.assumptions.scenario import Scenario
from sim.assumptions.workload import BASE_BYTES, Workload, workload
from sim.ui.jobs.limits import Limits
from sim.ui.jobs.words import Refused

MEGABYTES = 2_000
"""Memory that one page's work may need, or half of the computer's if it has less than twice as much."""

MINUTES = 90
"""Minutes that one page's work may take by its estimate, which is an upper one: most takes a small part of it."""

HEAVY_MEGABYTES = 500
"""Work that may need more than so much, beyond what the server needs anyhow, waits until no other such work goes on."""

_turn = Lock()


def refuse_too_much(scenario: Scenario, runs: int, least: int = 1) -> None:
    """Raise Refused if so many runs may take too long, or ``least`` of them side by side may need too much memory."""
    seconds, needed, limit = workload(scenario, runs).seconds, workload(scenario, least).memory_bytes, _limit_bytes()
    if needed > limit:
        raise Refused("page_memory", asked=f"{needed / 1e6:,.0f}", limit=f"{limit / 1e6:,.0f}")
    if seconds > 60 * MINUTES:
        raise Refused("page_time", asked=f"{seconds / 60:,.0f}", limit=MINUTES)


def refuse_hopeless(scenario: Scenario) -> None:
    """Raise Refused if not even one run of a scenario is within what a job may use."""
    needed, limits = workload(scenario), Limits()
    if needed.memory_bytes > limits.megabytes * 1e6:
        raise Refused("hopeless", asked=f"{needed.memory_bytes / 1e6:,.0f}", limit=f"{limits.megabytes:,}")


def most_at_once(scenario: Scenario, runs: int, least: int = 1) -> int:
    """How many of so many runs may stand side by side; never fewer than ``least``."""
    while runs > least and workload(scenario, runs).memory_bytes > _limit_bytes():
        runs = max(least, runs // 2)
    return runs


@contextmanager
def room_for(scenario: Scenario, runs: int) -> Iterator[None]:
    """Keep memory for so many runs side by side: heavy work is done one after the other, light work at once."""
    if _beyond_base(workload(scenario, runs)) <= HEAVY_MEGABYTES * 1e6:
        yield
        return
    with _turn:
        yield


def _beyond_base(needs: Workload) -> float:
    return needs.memory_bytes - BASE_BYTES


def _limit_bytes() -> float:
    try:
        there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):  # a system that does not tell
        return MEGABYTES * 1e6
    return min(MEGABYTES * 1e6, there / 2)
