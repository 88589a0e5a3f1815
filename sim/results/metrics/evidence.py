"""What a scenario's evidence says of runs: the value that it looks at, and whether it lies where it must.

A few numbers need two runs in the same future: those in ``PAIRED`` compare a strategy with another one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sim.assumptions.doubts import Evidence
from sim.assumptions.errors import Origin, Path, ScenarioError, guess, origin_of
from sim.assumptions.loading import Traced
from sim.results.metrics import METRICS, Parts

PartsOf = Callable[[str], Parts]
"""Tells the parts of a metric of one run, by the metric's name."""


def members_own_effect(with_pool: PartsOf, without: PartsOf) -> Parts:
    """Repeat orders of joiners within 365 days, over what the same people order in a world in which nobody can join.

    Who does not join orders as much in both worlds, so that what the joiners would have ordered is everybody's repeat
    orders a customer without the pool, less the outsiders' with it.
    """
    joined, outside = with_pool("joiner_repeat_orders"), with_pool("outsider_repeat_orders")
    alone = without("outsider_repeat_orders")
    customers = joined.denominator + outside.denominator
    would = alone.numerator * customers - outside.numerator * alone.denominator
    return Parts(joined.numerator * alone.denominator, would) if would > 0 else Parts(0, 0)


PAIRED: dict[str, Callable[[PartsOf, PartsOf], Parts]] = {"members_own_effect": members_own_effect}
"""Metrics of two runs in the same future, by name: of a strategy, against another."""


def evidence_parts(evidence: Evidence, runs: Mapping[str, PartsOf]) -> Parts:
    """The whole numbers of what evidence looks at, from the metrics of each strategy's run in one future."""
    if evidence.metric in PAIRED:
        return PAIRED[evidence.metric](runs[evidence.strategy], runs[evidence.against or "public_only"])
    return runs[evidence.strategy](evidence.metric)


def met(evidence: Evidence, value: float | None) -> bool:
    """Whether a value lies where the evidence says; one that is undefined tells nothing and is met."""
    if value is None:
        return True
    return (evidence.low is None or value >= evidence.low) and (evidence.high is None or value <= evidence.high)


def refuse_unknown_metrics(found: Traced) -> None:
    """Raise ScenarioError with a sentence for each piece of evidence that looks at no metric, or lacks a strategy."""
    mistakes = [
        f"{_where(('evidence', n, 'metric'), found)}: {sentence}"
        for n, each in enumerate(found.scenario.evidence)
        if (sentence := _unknown(n, each))
    ]
    if mistakes:
        raise ScenarioError(mistakes)


def _unknown(n: int, evidence: Evidence) -> str:
    names = [*METRICS, *PAIRED]
    if evidence.metric not in names:
        near = guess(evidence.metric, names)
        hint = f"did you mean {near}?" if near else "write one such as repurchase_share"
        return f"evidence.{n}.metric is {evidence.metric}, but there is no such metric; {hint}"
    if evidence.metric in PAIRED and evidence.against is None:
        return f"evidence.{n} compares two strategies, but says only one; add `against: public_only`"
    return ""


def _where(path: Path, found: Traced) -> Origin:
    return origin_of(path, found.origins)
