"""Which drawn worlds are firms that can exist: those that show what every possible world must show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.doubts import Evidence
from sim.results.metrics import Metric, Parts
from sim.results.metrics.evidence import PartsOf, evidence_parts, met


def usable(evidence: Sequence[Evidence], strategies: Sequence[str]) -> tuple[Evidence, ...]:
    """The evidence that the lived strategies can be held against: that of one which is not lived says nothing here."""
    return tuple(
        each for each in evidence if not each.than and {each.strategy, each.against or each.strategy} <= set(strategies)
    )


def metrics_for(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The metrics of single runs that evidence is told from."""
    asked: dict[str, None] = {}

    def note(name: str) -> Parts:
        asked[name] = None
        return Parts(1, 1)

    for each in evidence:
        evidence_parts(each, dict.fromkeys((each.strategy, each.against or each.strategy), note))
    return tuple(asked)


def possible(
    parts: NDArray[np.int64], evidence: Sequence[Evidence], strategies: Sequence[str], metrics: Sequence[Metric]
) -> NDArray[np.bool_]:
    """Which worlds meet all evidence, from the parts of every metric [world, strategy, metric, 4]."""
    return np.array([_meets(world, evidence, strategies, metrics) for world in parts], np.bool_)


def _meets(
    world: NDArray[np.int64], evidence: Sequence[Evidence], strategies: Sequence[str], metrics: Sequence[Metric]
) -> bool:
    names = [metric.name for metric in metrics]

    def told_by(run: NDArray[np.int64]) -> PartsOf:
        return lambda name: Parts(*run[names.index(name)].tolist())

    runs: Mapping[str, PartsOf] = {name: told_by(run) for name, run in zip(strategies, world, strict=True)}
    return all(met(each, evidence_parts(each, runs).value) for each in evidence)
