"""What laws, stories and papers share: worlds that differ in a few assumptions, lived side by side, and standard errors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

import sim
from sim.assumptions.scenario import Scenario
from sim.results.result import Result
from sim.running import World, run_many

STRATEGIES = ("public_only", "hybrid", "private_pool")


def members(people: int, day: int = 0) -> tuple[dict, ...]:
    """A list of starting customers: so many members from a day on."""
    return ({"day": day, "people": people, "in_pool": True},)


def outsiders(people: int, day: int = 0) -> tuple[dict, ...]:
    """A list of starting customers: so many people outside the pool."""
    return ({"day": day, "people": people, "in_pool": False},)


def lived(scenarios: Iterable[Scenario], strategy: str, seeds: Sequence[int]) -> list[list[Result]]:
    """Each scenario lived with each seed, all side by side: a list of results for each scenario."""
    scenarios, count = list(scenarios), len(seeds)
    results = run_many([World(scenario, strategy, seed) for scenario in scenarios for seed in seeds])
    return [results[n * count : (n + 1) * count] for n in range(len(scenarios))]


def varied(base: str | Scenario, values: Sequence[dict]) -> list[Scenario]:
    """One scenario for each mapping of changes."""
    return [sim.load(base, changes) for changes in values]


def profit(result: Result) -> float:
    """Contribution less marketing of all days lived, in yuan."""
    return float(result.contribution.sum() - result.marketing.sum()) / 1e6


def standard_error(values: Sequence[float]) -> float:
    """The standard error of a mean."""
    return float(np.std(values, ddof=1) / np.sqrt(len(values)))


def mean_and_error(values: Sequence[float]) -> tuple[float, float]:
    """A mean with its standard error."""
    return float(np.mean(values)), standard_error(values)


def ratio_and_error(above: Sequence[float], below: Sequence[float]) -> tuple[float, float]:
    """A ratio of sums over seeds with its jackknife standard error; the two series are paired by seed."""
    a, b, n = np.asarray(above, float), np.asarray(below, float), len(above)
    left_out = (a.sum() - a) / (b.sum() - b)
    return float(a.sum() / b.sum()), float(np.sqrt((n - 1) / n * ((left_out - left_out.mean()) ** 2).sum()))


def said(value: float, error: float, digits: int = 3) -> str:
    """A figure with its standard error in brackets."""
    return f"{value:.{digits}f} ({error:.{digits}f})"
