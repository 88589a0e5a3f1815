"""Why the price of a click rose: its growth split by cause, in parts that add up exactly.

Growth is the logarithm of the mean click price of the last counted days over that of the first, summed over futures
before it is divided. Causes are switched off in every combination, under common luck, and each one's part is its
Shapley value (Shapley 1953): what it adds, averaged over all orders in which causes may come. What is left when all
causes are off is the rest. Parts and rest add up to the growth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from sim.assumptions.loading import Assumed, assumed, load
from sim.assumptions.scenario import DAYS_PER_YEAR, Scenario
from sim.assumptions.seeds import futures_of
from sim.inference.bootstrap import FLOAT, interval, resampled
from sim.kernel.ledger import MICRO
from sim.questions.price_causes.answer import REST, Part, PriceCauses, Year
from sim.results.metrics.periods import counted
from sim.results.result import Result
from sim.running import Progress, World, run_many

WINDOW_DAYS = 30


@dataclass(frozen=True)
class Cause:
    """A cause of growing prices: whether a scenario has it, and what takes it away."""

    acts: Callable[[Scenario], bool]
    without: Mapping[str, Any]


def _entry_acts(s: Scenario) -> bool:
    stated = s.switches.price_growth and s.public.advertisers_growth_share_per_year != 0
    moves = s.public.entry_share_per_year > 0 or s.public.exit_share_per_year > 0
    return stated or (s.switches.rival_entry and moves)


def _budgets_act(s: Scenario) -> bool:
    held = any(rival.budget_clicks_per_day is not None for rival in s.public.rivals)
    stated = s.switches.price_growth and s.public.budget_growth_share_per_year != 0
    return held and (stated or (s.switches.rival_reinvestment and s.public.reinvested_share_per_year > 0))


CAUSES: dict[str, Cause] = {
    "entry": Cause(_entry_acts, {"public.advertisers_growth_share_per_year": 0.0, "switches.rival_entry": False}),
    "values": Cause(
        lambda s: s.switches.price_growth and s.public.value_growth_share_per_year != 0,
        {"public.value_growth_share_per_year": 0.0},
    ),
    "budgets": Cause(_budgets_act, {"public.budget_growth_share_per_year": 0.0, "switches.rival_reinvestment": False}),
    "pools": Cause(
        lambda s: s.switches.rival_pools and s.public.pool_innovation_share_per_year > 0,
        {"switches.rival_pools": False},
    ),
    "attention": Cause(
        lambda s: s.switches.attention_growth and s.public.clicks_growth_share_per_year != 0,
        {"switches.attention_growth": False},
    ),
    "festivals": Cause(lambda s: s.switches.festivals and bool(s.public.festivals), {"switches.festivals": False}),
}
"""Causes in the order in which they are told."""


def price_causes(
    scenario: Assumed,
    strategy: str = "public_only",
    seeds: int | Sequence[int] = 8,
    *,
    window_days: int = WINDOW_DAYS,
    workers: int | None = None,
    progress: Progress | None = None,
) -> PriceCauses:
    """Split the growth of a scenario's click price by cause.

    ``seeds`` is a number of futures (seeds 1 to that number) or the seeds themselves; every combination of the causes
    that the scenario has is run in each, at most 64. ``window_days`` is shortened to half the counted days where these
    are few. Raises ValueError without a future or a day, KeyError for a strategy that does not exist.
    """
    scenario = assumed(scenario)
    futures = futures_of(seeds)
    if window_days < 1:
        raise ValueError("a split of the price needs a window of at least one day")
    window = min(window_days, max(1, scenario.clock.days // 2))
    present = [name for name, cause in CAUSES.items() if cause.acts(scenario)]
    coalitions = [set(some) for size in range(len(present) + 1) for some in combinations(present, size)]
    worlds = [
        World(_with_only(scenario, present, some), strategy, seed) for some in coalitions for seed in futures
    ]
    results = run_many(worlds, threads=workers, progress=progress)
    whole = results[-len(futures) :]  # the last combination is that of all causes
    prices = np.array([_windows(result, window) for result in results]).reshape(len(coalitions), len(futures), 4)
    index, parts = _split(prices, shapley_weights(present, coalitions))
    cost, years = _cost_index(whole, window), tuple(_years(whole))
    return PriceCauses(scenario.name, strategy, futures, window, *index, parts, cost, years)


def settings_of(scenario: Scenario) -> int:
    """How many combinations of causes a split lives in each future: every set of those that the scenario has."""
    return 2 ** sum(cause.acts(scenario) for cause in CAUSES.values())


def _with_only(scenario: Scenario, present: Sequence[str], some: set[str]) -> Scenario:
    """The scenario with only some of its causes, lived to the last counted day."""
    changes: dict[str, Any] = {"clock.run_out_days": 0}
    for name in present:
        changes |= {} if name in some else CAUSES[name].without
    return load(scenario, changes)


def _windows(result: Result, window: int) -> tuple[float, float, float, float]:
    """Summed click prices of the last and the first days, as the parts of a ratio."""
    price = result.count("click_price")[counted(result)]
    return float(price[-window:].sum()), float(price[:window].sum()), 1.0, 1.0


def _split(
    prices: FLOAT, weights: Mapping[str, FLOAT]
) -> tuple[tuple[float, float | None, float | None], tuple[Part, ...]]:
    """The index with its interval, and each cause's part, from prices [combination, future, parts of a ratio]."""
    futures = prices.shape[1]
    sums = prices.sum(axis=1)
    logs = np.log(sums[:, 0] / sums[:, 1])
    shaken = np.log(resampled(np.swapaxes(prices, 0, 1)))
    parts = (Part(name, float(each @ logs), *interval(shaken @ each, futures)) for name, each in weights.items())
    return (math.exp(logs[-1]), *interval(np.exp(shaken[:, -1]), futures)), tuple(parts)


def shapley_weights(present: Sequence[str], coalitions: Sequence[set[str]]) -> dict[str, FLOAT]:
    """What each combination's value counts in each cause's Shapley value; the rest is the combination without any."""
    n = len(present)
    weights = {name: np.zeros(len(coalitions)) for name in present}
    for name in present:
        for i, some in enumerate(coalitions):
            before = len(some - {name})
            weight = math.factorial(before) * math.factorial(n - before - 1) / math.factorial(n)
            weights[name][i] = weight if name in some else -weight
    return {**weights, REST: np.array([0.0 if some else 1.0 for some in coalitions])}


def _cost(results: Sequence[Result], days: slice) -> float | None:
    """Cost of clicks for each customer whom they brought on these counted days, in yuan; None if they brought none."""
    spent = sum(int(result.account("ads_new")[counted(result)][days].sum()) for result in results)
    won = sum(int(result.count("orders_first_paid")[counted(result)][days].sum()) for result in results)
    return spent / MICRO / won if won else None


def _cost_index(results: Sequence[Result], window: int) -> float | None:
    last, first = _cost(results, slice(-window, None)), _cost(results, slice(0, window))
    return last / first if last and first else None


def _years(results: Sequence[Result]) -> Iterator[Year]:
    for n in range(results[0].scenario.clock.days // DAYS_PER_YEAR):
        days = slice(n * DAYS_PER_YEAR, (n + 1) * DAYS_PER_YEAR)
        price = np.mean([result.count("click_price")[counted(result)][days].mean() for result in results]) / MICRO
        won = np.mean([result.count("orders_first_paid")[counted(result)][days].sum() for result in results])
        yield Year(n + 1, float(price), _cost(results, days), float(won))
