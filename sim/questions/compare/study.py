"""Strategies in the same futures: each seed is one future, lived once under every strategy."""

from __future__ import annotations

from collections.abc import Sequence

from sim.assumptions.loading import Assumed, assumed
from sim.assumptions.scenario import Scenario
from sim.assumptions.seeds import futures_of
from sim.inference.comparison import Comparison, RunSummary
from sim.running import Progress, World, run_many
from sim.strategies import Strategy, listed, name_of, names


def compare(
    scenario: Assumed,
    strategies: Strategy | Sequence[Strategy] | None = None,
    seeds: int | Sequence[int] = 40,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Run every strategy (the main three, unless others are given) in the same futures and compare them.

    ``scenario`` is a scenario, a file or the name of a shipped one.
    A strategy is given by name, as a class or as an object; see sim.strategies.
    ``seeds`` is a number of futures (seeds 1 to that number) or the seeds themselves. ``workers`` is how many threads
    share the work; ``progress`` is told (days lived, days in all), summed over runs. Raises ValueError if there is no
    future or no strategy, or if one is named twice, and KeyError for a strategy that does not exist.
    """
    scenario = assumed(scenario)
    chosen = listed(names() if strategies is None else strategies)
    futures = futures_of(seeds)
    _check(tuple(name_of(each) for each in chosen))
    worlds = [World(scenario, strategy, seed) for strategy in chosen for seed in futures]
    return Comparison.from_results(run_many(worlds, threads=workers, progress=progress))


def simulate(
    scenario: Scenario, seeds: Sequence[int], strategies: Sequence[Strategy] | None = None, *,
    workers: int | None = None, progress: Progress | None = None,
) -> list[RunSummary]:
    """What a comparison keeps of every strategy (the main three, unless others are given) in these futures.

    Portions of futures that were lived one after the other make the same comparison as all of them at once. A single
    future is lived by one thread: its days are too short to be shared out.
    """
    chosen = tuple(names() if strategies is None else strategies)
    worlds = [World(scenario, strategy, seed) for strategy in chosen for seed in seeds]
    threads = 1 if len(seeds) == 1 else workers
    return [RunSummary.of(run) for run in run_many(worlds, threads=threads, progress=progress)]


def _check(strategies: tuple[str, ...]) -> None:
    if not strategies:
        raise ValueError("a comparison needs at least one strategy")
    twice = [each for i, each in enumerate(strategies) if each in strategies[:i]]
    if twice:
        raise ValueError(f"strategy {twice[0]} is named twice; each takes part once")
