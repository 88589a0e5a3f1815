"""Run worlds: a scenario under a strategy with a seed. Many go side by side and cost little more than one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Literal, NamedTuple

import numpy as np

from sim.assumptions.loading import Assumed, assumed
from sim.assumptions.scenario import Clock, Scenario
from sim.assumptions.seeds import seed_of
from sim.customers.columns import Columns
from sim.kernel.ledger import Ledger
from sim.market.market import Market
from sim.results.result import Result
from sim.simulation.brand import Brands
from sim.simulation.day import live_one_day
from sim.strategies import Strategy, name_of, policy_for

WORLDS_SIDE_BY_SIDE = 64
"""Worlds that live their days together: enough to share a day's fixed cost, few enough to show progress."""
WORLDS_WORTH_A_THREAD = 8
"""Fewer worlds than this for each thread live together, and the threads share their rows."""

Crowd = Literal["columns", "agents"]
"""How customers are kept: in arrays, or as a Mesa agent each."""

Progress = Callable[[int, int], None]
"""Told (days lived, days in all), summed over worlds."""


class World(NamedTuple):
    """One scenario under one strategy with one seed (below 2**63)."""

    scenario: Scenario
    strategy: Strategy
    seed: int


def run(
    scenario: Assumed, strategy: Strategy, seed: int = 1, *, crowd: Crowd = "columns", threads: int | None = None,
    progress: Progress | None = None,
) -> Result:
    """Run one scenario under one strategy. The same seed gives the same result to the bit on any number of threads.

    ``scenario`` is a scenario, a file or the name of a shipped one.
    ``crowd`` keeps customers as columns or as Mesa agents, which are slow, and give the same result to the bit. Raises
    KeyError for a strategy that does not exist, and ValueError for a seed that is no whole number from 0 to 2**63 - 1.
    """
    scenario = assumed(scenario)
    if crowd == "columns":
        return run_many([World(scenario, strategy, seed)], threads=threads, progress=progress)[0]
    return _run_model(scenario, strategy, seed_of(seed), crowd, progress)


def _run_model(scenario: Scenario, strategy: Strategy, seed: int, crowd: Crowd, progress: Progress | None) -> Result:
    from sim.mesa_model.traffic import TrafficModel  # Mesa, which only agents need

    model, days = TrafficModel(scenario, strategy, rng=seed, crowd=crowd), scenario.clock.total_days
    while model.running:
        model.live_a_day()
        if progress:
            progress(model.day, days)
    return model.result


def open_square(scenario: Scenario) -> None:
    """Whether the public square can be opened at all; raises UnreachablePrice, a ScenarioError, if it cannot."""
    Market([scenario], np.zeros(1, np.int64))


def run_many(worlds: Sequence[World], *, threads: int | None = None, progress: Progress | None = None) -> list[Result]:
    """Run many worlds, which may differ in everything, and return their results in the same order.

    Raises ValueError for a seed that is none.
    """
    worlds = [world._replace(seed=seed_of(world.seed)) for world in worlds]
    threads = threads or os.cpu_count() or 1
    days_in_all = sum(world.scenario.clock.total_days for world in worlds)
    done = 0

    def tell(days: int) -> None:
        nonlocal done
        done += days
        if progress:
            progress(done, days_in_all)

    groups = list(_side_by_side(worlds, threads))
    inner = threads if len(groups) == 1 else 1
    stop = Event()
    results: dict[int, Result] = {}
    with ThreadPoolExecutor(min(threads, max(len(groups), 1))) as pool:
        jobs = [pool.submit(_run_group, [worlds[n] for n in group], inner, tell, stop) for group in groups]
        try:
            for group, job in zip(groups, jobs, strict=True):
                results.update(zip(group, job.result(), strict=True))
        finally:
            stop.set()
    return [results[n] for n in range(len(worlds))]


def _side_by_side(worlds: Sequence[World], threads: int) -> Iterator[list[int]]:
    """Groups of worlds with the same clock that live their days together: one that all threads share, or many."""
    clocks: dict[Clock, list[int]] = {}
    for n, world in enumerate(worlds):
        clocks.setdefault(world.scenario.clock, []).append(n)
    for numbers in clocks.values():
        rounds = -(-len(numbers) // (WORLDS_SIDE_BY_SIDE * threads))
        groups = rounds * threads if len(numbers) >= WORLDS_WORTH_A_THREAD * threads else 1
        size = -(-len(numbers) // groups)
        yield from (numbers[n : n + size] for n in range(0, len(numbers), size))


def _run_group(worlds: Sequence[World], threads: int, tell: Callable[[int], None], stop: Event) -> list[Result]:
    clock = worlds[0].scenario.clock
    scenarios = [world.scenario for world in worlds]
    books = Ledger(len(worlds), clock.total_days)
    brands = Brands(
        scenarios, [policy_for(world.strategy, world.scenario.brand) for world in worlds],
        [world.seed for world in worlds], books,
    )
    square = Market(scenarios, np.array([world.seed for world in worlds], np.int64))
    with Columns(scenarios, [world.seed for world in worlds], books, threads) as crowd:
        for day in range(clock.total_days):
            if stop.is_set():
                break
            live_one_day(day, day < clock.warm_up_days + clock.days, brands, square, crowd, books)
            tell(len(worlds))
    return [_result(world, books, w) for w, world in enumerate(worlds)]


def _result(world: World, books: Ledger, w: int) -> Result:
    tables = [np.ascontiguousarray(table[w]) for table in (books.money, books.counts, books.cohorts, books.buyers)]
    for table in tables:
        table.setflags(write=False)
    return Result(world.scenario, name_of(world.strategy), world.seed, *tables)
