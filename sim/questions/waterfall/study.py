"""Why do two strategies differ? By mechanism, turning switches on in many orders; or by account, from the books."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.inactive_mechanisms import IDLE
from sim.assumptions.loading import Assumed, assumed
from sim.assumptions.provenance import scenario_fingerprint
from sim.assumptions.scenario import Scenario, Switches
from sim.inference.bootstrap import FLOAT, draws, interval
from sim.inference.comparison import Comparison
from sim.inference.paired_differences import differences
from sim.inference.replications import Announce, Case, Replications, pair, yardstick
from sim.kernel.ledger import ACCOUNT, ACCOUNTS, EARNED, GIVEN_UP, MARKETING, MICRO
from sim.questions.waterfall import shapley
from sim.questions.waterfall.answer import INTERPLAY, REST, Bar, By, Method, Waterfall
from sim.questions.waterfall.shapley import Coalition
from sim.results.metrics import METRICS, Metric, Parts
from sim.results.metrics.periods import summed, watched
from sim.results.result import Result
from sim.running import Progress

AMOUNTS = ("profit_cny", "contribution_cny", "revenue_cny", "marketing_cny", "ad_spend_cny", "run_out_profit_cny")
"""Metrics that are amounts of money, so that parts of them can add up; a ratio has no such parts."""

MOST_EXACT = 11
"""Mechanisms over which all coalitions may be lived."""


def waterfall(
    scenario: Assumed,
    *,
    strategies: str | Sequence[str] = ("private_pool", "public_only"),
    metric: str = "profit_cny",
    by: By = "mechanisms",
    exact: bool = False,
    mechanisms: Sequence[str] | None = None,
    pairs: int = 6,
    seeds: int | Sequence[int] = 8,
    workers: int | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> Waterfall:
    """The difference between two strategies as bars that add up to it, to the micro-yuan.

    Args:
        scenario: the assumptions; a mechanism that it has off stays off.
        strategies: the first less the second.
        metric: an amount of money (``AMOUNTS``).
        by: ``mechanisms`` (Shapley values of the switches), or ``accounts`` of the ledger (free and exact; net profit).
        exact: live every set of mechanisms instead of sampling orders.
        mechanisms: switches to look at; all that are on and can matter, if not given. The others stay as they are.
        pairs: pairs of an order and its reverse that are sampled.
        seeds: how many futures, or which.
        workers: threads.
        progress: told days lived and days in all.
        announce: told beforehand how many runs it will take.

    Raises:
        ValueError, KeyError: for a metric that is no amount, or strategies or mechanisms that do not exist.
    """
    scenario = assumed(scenario)
    chosen = pair(strategies)
    if yardstick(metric).name not in AMOUNTS or (by == "accounts" and metric != "profit_cny"):
        told = "profit_cny" if by == "accounts" else f"one of {', '.join(AMOUNTS)}"
        raise ValueError(f"{metric} has no parts that add up; the metric must be {told}")
    accounts = [_account(name) for name in _SIGNS] if by == "accounts" else []
    replications = Replications([METRICS[metric], *accounts], seeds, workers=workers, progress=progress)
    if by == "accounts":
        return _by_account(replications, scenario, chosen, announce)
    players = mechanisms_of(scenario) if mechanisms is None else _known(mechanisms, scenario)
    return _by_mechanism(replications, scenario, chosen, players, 0 if exact else pairs, announce)


def mechanisms_of(scenario: Scenario) -> tuple[str, ...]:
    """The switches that are on and can matter: a switch of something that the scenario does not have cannot."""
    return tuple(name for name, on in scenario.switches if on and not (name in IDLE and IDLE[name](scenario)))


def _known(mechanisms: Sequence[str], scenario: Scenario) -> tuple[str, ...]:
    for name in mechanisms:
        if name not in Switches.model_fields:
            raise KeyError(f"there is no mechanism {name!r}; choose from {', '.join(Switches.model_fields)}")
        if not getattr(scenario.switches, name):
            raise ValueError(f"{name} is off in this scenario, so that it explains nothing; leave it out")
    if not mechanisms or len(set(mechanisms)) < len(mechanisms):
        raise ValueError("name at least one mechanism, and each once")
    return tuple(mechanisms)


def _by_mechanism(
    replications: Replications,
    scenario: Scenario,
    strategies: tuple[str, ...],
    players: tuple[str, ...],
    pairs: int,
    announce: Announce | None,
) -> Waterfall:
    if not pairs and len(players) > MOST_EXACT:
        raise ValueError(f"exactly only up to {MOST_EXACT} mechanisms; name fewer")
    orders = shapley.antithetic_orders(players, pairs)
    everybody = frozenset(players)
    needed = shapley.on_the_way(orders) if pairs else shapley.all_coalitions(players)
    needed |= {everybody - {player} for player in players}
    replications.promise(len(needed) * len(strategies), announce)
    worths = _worths(replications, scenario, strategies, players, needed)
    shares, samples = shapley.sampled(players, orders, worths) if pairs else shapley.exact(players, worths)
    doubts = min(pairs, len(replications.seeds)) if pairs else len(replications.seeds)
    rest = _mean(worths[frozenset()])
    total = round(_mean(worths[everybody]))
    heights = shapley.allotted([rest, *shares], total)
    rest_bar = _bar(REST, heights[0], _resampled(worths[frozenset()]), len(replications.seeds))
    bars = [_bar(name, heights[n + 1], samples[:, n], doubts) for n, name in enumerate(players)]
    alone = _one_at_a_time(players, worths, total)
    return _answer(
        replications, scenario, strategies, (rest_bar, *bars), alone, total, "sampled" if pairs else "exact",
        len(orders),
    )


def _worths(
    replications: Replications, scenario: Scenario, strategies: tuple[str, ...], players: Sequence[str],
    needed: Iterable[Coalition],
) -> dict[Coalition, NDArray[np.int64]]:
    """The difference in every future, in micro-yuan, with only some of the players on."""
    coalitions = sorted(needed, key=lambda some: (len(some), sorted(some)))
    worlds = [_with_only(scenario, some, players) for some in coalitions]
    found = replications.live([Case(world, strategy) for strategy in strategies for world in worlds])[:, :, 0, 0]
    difference = found[:, : len(worlds)] - found[:, len(worlds) :]
    return {some: difference[:, n] for n, some in enumerate(coalitions)}


def _with_only(scenario: Scenario, on: Coalition, players: Iterable[str]) -> Scenario:
    switches = scenario.switches.model_copy(update={name: name in on for name in players})
    return scenario.model_copy(update={"switches": switches})


def _one_at_a_time(players: Sequence[str], worths: shapley.Worths, total: int) -> tuple[Bar, ...]:
    """What is lost when each mechanism alone is turned off, what differs with all of them off, and the remainder."""
    everybody = frozenset(players)
    parts = {REST: worths[frozenset()]}
    parts |= {name: worths[everybody] - worths[everybody - {name}] for name in players}
    parts[INTERPLAY] = worths[everybody] - sum(parts.values())
    heights = shapley.allotted([_mean(worth) for worth in parts.values()], total)
    return tuple(
        _bar(name, height, _resampled(worth), len(worth))
        for (name, worth), height in zip(parts.items(), heights, strict=True)
    )


_SIGNS = dict.fromkeys(EARNED, 1) | dict.fromkeys((*GIVEN_UP, *MARKETING), -1)
"""Accounts that add to net profit, and accounts that take from it."""


def _account(name: str) -> Metric:
    def parts(result: Result) -> Parts:
        return Parts(_SIGNS[name] * summed(result.account(name), watched(result)), MICRO)

    return Metric(name, name, name, name, name, "yuan", "higher", parts)


def _by_account(
    replications: Replications, scenario: Scenario, strategies: tuple[str, ...], announce: Announce | None
) -> Waterfall:
    replications.promise(len(strategies), announce)
    found = replications.live([Case(scenario, strategy) for strategy in strategies])[..., 0]
    profit, *accounts = (found[:, 0] - found[:, 1]).T
    total = round(_mean(profit))
    return _answer(replications, scenario, strategies, _account_bars(accounts, total), (), total, "books", 0)


def _account_bars(accounts: Sequence[NDArray[np.int64]], total: int) -> tuple[Bar, ...]:
    """A bar for each account from its signed differences (futures), in whole micro-yuan that add up to the total."""
    heights = shapley.allotted([_mean(account) for account in accounts], total)
    return tuple(
        _bar(name, height, _resampled(account), len(account))
        for name, height, account in zip(_SIGNS, heights, accounts, strict=True)
    )


def waterfall_of(comparison: Comparison, first: str, second: str) -> Waterfall:
    """The difference in net profit between two compared strategies by account, from the books: nothing is lived anew.

    Raises KeyError for a strategy that was not compared.
    """
    signs = np.array([_SIGNS[name] for name in ACCOUNTS], np.int64)
    books = [comparison.accounts[name] * signs for name in (first, second)]
    difference = books[0] - books[1]
    by_name = [difference[:, ACCOUNT[name]] for name in _SIGNS]
    total = round(_mean(difference.sum(axis=1)))
    parts = [np.stack([each.sum(axis=1), *[np.full(len(each), n) for n in (MICRO, 1, 1)]], axis=1) for each in books]
    gap = differences("profit_cny", *(each[:, None, :].astype(np.float64) for each in parts)).gap(0)
    scenario, seeds = comparison.scenario, comparison.seeds
    return Waterfall(
        scenario.name, scenario_fingerprint(scenario), "profit_cny", (first, second), seeds, "accounts", "books",
        _account_bars(by_name, total), (), total, gap, 0, 0,
    )


def _answer(
    replications: Replications,
    scenario: Scenario,
    strategies: tuple[str, ...],
    bars: tuple[Bar, ...],
    alone: tuple[Bar, ...],
    total: int,
    method: Method,
    orders: int,
) -> Waterfall:
    by: By = "accounts" if method == "books" else "mechanisms"
    gap = replications.differences([scenario], strategies).gap(0)
    fingerprint, metric = scenario_fingerprint(scenario), replications.metrics[0].name
    return Waterfall(
        scenario.name,
        fingerprint,
        metric,
        strategies,
        replications.seeds,
        by,
        method,
        bars,
        alone,
        total,
        gap,
        orders,
        replications.runs,
    )


def _bar(name: str, height: int, samples: FLOAT, doubts: int) -> Bar:
    low, high = interval(samples / MICRO, doubts)
    return Bar(name, height, low, high)


def _resampled(worth: NDArray[np.int64]) -> FLOAT:
    return draws(len(worth)) @ worth / len(worth)


def _mean(worth: NDArray[np.int64]) -> Fraction:
    return Fraction(int(worth.sum()), len(worth))
