"""The best of what a brand may decide: response curves, a search, a shortlist, then a verdict on fresh seeds.

Who looks best after many tries is partly lucky: so the best few, each truly another, are lived in further futures,
which choose between them, and the verdict comes from futures of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sim.assumptions.errors import ScenarioError
from sim.assumptions.inactive_mechanisms import is_choice
from sim.assumptions.loading import Assumed, assumed
from sim.assumptions.parameter_ranges import ranges_of
from sim.assumptions.ranges import Range
from sim.assumptions.seeds import futures_of
from sim.inference.replications import Announce, Replications, yardstick
from sim.questions.optimise.answer import Limit, Optimum
from sim.questions.optimise.holdout_evaluation import judged
from sim.questions.optimise.search import SHORTLIST, Search
from sim.results.metrics import METRICS
from sim.running import Progress
from sim.strategies import find

SHORTLIST_FUTURES = 2
"""So many times as many futures as the search itself has."""

DECISIONS = {
    "hybrid": ("brand.touches_per_month", "brand.offer_share", "brand.gift_cny", "brand.pool_budget_share"),
    "private_pool": ("brand.touches_per_month", "brand.offer_share", "brand.gift_cny"),
}
"""What is varied if nothing is named: what a strategy can decide about its pool."""


def optimize(
    scenario: Assumed,
    strategy: str,
    vary: str | Range | Sequence[str | Range] = (),
    *,
    objective: str = "profit_cny",
    limits: str | Limit | Sequence[str | Limit] = (),
    evaluations: int = 60,
    points: int = 7,
    seeds: int | Sequence[int] = 8,
    fresh_seeds: int | Sequence[int] = 40,
    workers: int | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> Optimum:
    """The values of some parameters that are best for an objective, judged on seeds that the search has not seen.

    Args:
        scenario: the assumptions, and the policy as it is now.
        strategy: the strategy whose decisions are looked for.
        vary: keys (over their documented range) or ``key=LOW..HIGH``; what the strategy decides if none is named.
        objective: a metric; it is made as high as possible, or as low where lower is better.
        limits: conditions such as ``"cash_trough_cny>=-50000"``.
        evaluations: settings that the search may live, after the response curves.
        points: values of each response curve.
        seeds: the search's own futures, how many or which.
        fresh_seeds: futures of the verdict: how many more, after the search's own, or which.
        workers: threads.
        progress: told days lived and days in all, which are the most that it can take.
        announce: told beforehand how many runs it will take at most.

    Raises:
        ScenarioError: for a parameter that cannot be varied so.
        ValueError, KeyError: for objectives, limits, seeds or strategies that do not exist.
    """
    scenario = assumed(scenario)
    find(strategy)
    limits = (limits,) if isinstance(limits, str | Limit) else limits
    conditions = tuple(each if isinstance(each, Limit) else read_limit(each) for each in limits)
    spans = ranges_of(scenario, vary or _decisions(strategy))
    _check_decided(spans)
    if METRICS.get(objective, METRICS["roi"]).better == "neither":
        raise ValueError(f"{objective} is neither better high nor low, so that there is no best; choose another metric")
    metrics = [yardstick(objective), *(METRICS[limit.metric] for limit in conditions)]
    own = futures_of(seeds)
    further = _further(own, SHORTLIST_FUTURES * len(own))
    fresh = _further((*own, *further), fresh_seeds)
    replications = Replications(metrics, own, workers=workers, progress=progress)
    search = Search(replications, scenario, strategy, spans, conditions)
    _promise(replications, (1 + points) * len(spans) + evaluations, SHORTLIST * len(further) + 3 * len(fresh), announce)
    curves = tuple(search.curve(span, points) for span in spans)
    search.find(curves, evaluations)
    chosen = search.chosen(replications.sequel(further))
    return judged(search, curves, chosen, replications.sequel(fresh))


def _promise(replications: Replications, settings: int, more_runs: int, announce: Announce | None) -> None:
    replications.promise(settings - (-more_runs // len(replications.seeds)), announce)


def read_limit(text: str) -> Limit:
    """The limit in ``METRIC>=VALUE`` or ``METRIC<=VALUE``; raises ValueError with a sentence for any other text."""
    found = re.fullmatch(r"\s*(\w+)\s*(>=|<=)\s*([-+]?[\d_]*\.?\d+(?:[eE][-+]?\d+)?)\s*", text)
    if not found:
        raise ValueError(f"{text!r} is no limit; write METRIC>=VALUE or METRIC<=VALUE, as in cash_trough_cny>=-50000")
    return Limit(yardstick(found[1]).name, found[2], float(found[3].replace("_", "")))  # type: ignore[arg-type]


def _check_decided(spans: Sequence[Range]) -> None:
    """Refuse what no brand decides: raises ScenarioError with a sentence for each."""
    refused = [
        f"--vary: {span.key} is nothing that a brand decides ({span.meaning}), so that there is no best value of it; "
        f"vary a decision, such as {DECISIONS['hybrid'][0]}, or ask siyu breakeven or siyu sensitivity about it"
        for span in spans
        if not is_choice(span.key)
    ]
    if refused:
        raise ScenarioError(refused)


def _decisions(strategy: str) -> tuple[str, ...]:
    if strategy not in DECISIONS:
        raise ValueError(f"{strategy} decides nothing about a pool; name with vary what is to be tried")
    return DECISIONS[strategy]


def _further(before: tuple[int, ...], asked: int | Sequence[int]) -> tuple[int, ...]:
    """So many seeds after those before, or the ones that were asked for; raises ValueError if one was there before."""
    found = futures_of([max(before) + each for each in futures_of(asked)] if isinstance(asked, int) else asked)
    if set(found) & set(before):
        raise ValueError("fresh seeds must be others than those of the search and its shortlist")
    return found
