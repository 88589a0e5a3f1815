"""What would flip the answer that the scenario's own values give: one assumption moved, or two at once.

Which end of a range is the bad one is read off the worlds that were lived; the assumptions that hurt most are then
moved there alone and in pairs, in one future, and what flips is confirmed in twenty. Pairs that a source documents come
first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from sim.assumptions.errors import ScenarioError
from sim.assumptions.loading import load
from sim.assumptions.scenario import Scenario
from sim.inference.bootstrap import FLOAT
from sim.inference.conditional_means import expected_given
from sim.inference.paired_differences import PairedDifference
from sim.inference.replications import Replications
from sim.questions.decide.answer import AsAssumed, Flip
from sim.questions.decide.draws import Draws, ends_of
from sim.results.metrics import METRICS

FUTURES = 20
"""In so many fresh futures a flip is confirmed."""
STRONGEST = 12
"""So many assumptions, those that hurt most, are tried in pairs."""
TOLD = 3
"""At most so many single assumptions, and so many pairs, are told."""
STEPS = 5
"""Steps by which the value is sought at which one assumption flips the answer."""

DOCUMENTED: tuple[tuple[Mapping[str, float], str], ...] = (
    (
        {"pool.service_cny_per_month": 1.6, "platform.operator_members_count": 5000},
        "source 004: an account holds 5,000 members, and one operator of 8,000 yuan a month tends them",
    ),
)
"""Values that a source gives together, so that they stand or fall together."""


class Duel(NamedTuple):
    """The winner at the scenario's own values against its rival, in one future for searching and many to confirm."""

    scenario: Scenario
    pair: tuple[str, str]
    quick: Replications
    sure: Replications

    def leads(self, changes: Sequence[Mapping[str, float]]) -> list[float]:
        """How far the winner is ahead under each change, in one future; endless where no firm can be so."""
        worlds = [_changed(self.scenario, each) for each in changes]
        held = [world for world in worlds if world is not None]
        means = iter(self.quick.differences(held, self.pair).means.tolist() if held else [])
        return [np.inf if world is None else self._ahead(next(means)) for world in worlds]

    def confirmed(self, changes: Mapping[str, float]) -> PairedDifference | None:
        """The winner less its rival under a change, in many futures, if the rival is clearly better there."""
        world = _changed(self.scenario, changes)
        if world is None:
            return None
        gap = self.sure.differences([world], self.pair).gap(0)
        return gap if gap.clear and self._ahead(gap.mean or 0.0) < 0 else None

    def _ahead(self, gap: float) -> float:
        return -gap if self.sure.metrics[0].better == "lower" else gap


def most_runs(draws: Draws, strategies: int) -> int:
    """How many runs the search takes at most."""
    pairs, singles = STRONGEST * (STRONGEST - 1) // 2, len(draws.priors)
    confirmed = strategies + 2 * (2 * TOLD + len(DOCUMENTED) + TOLD)
    return (2 * (singles + pairs + TOLD * STEPS) + FUTURES * confirmed) if draws.priors else FUTURES * strategies


def as_assumed(scenario: Scenario, strategies: Sequence[str], sure: Replications) -> AsAssumed:
    """Who wins if every assumption held exactly, over whom, and by how much, in twenty futures."""
    metric = sure.metrics[0].name
    sign = -1.0 if METRICS[metric].better == "lower" else 1.0
    means = [sign * float(sure.differences([scenario], [name]).means[0]) for name in strategies]
    winner, rival = (strategies[n] for n in np.argsort([-mean for mean in means], kind="stable")[:2])
    return AsAssumed(winner, rival, sure.differences([scenario], [winner, rival]).gap(0))


def flips(duel: Duel, draws: Draws, worlds: Sequence[int], ahead: FLOAT) -> tuple[Flip, ...]:
    """What flips the answer, documented pairs first, then single assumptions, then pairs, the worst first.

    ``ahead`` is by how much the winner was ahead of the rival in the ``worlds`` of the draws that were lived.
    """
    ends = list(_bad_ends(draws, draws.values[worlds], ahead))
    alone = sorted(zip(duel.leads(ends), ends, strict=True), key=lambda each: each[0])
    singles = [each for lead, each in alone if lead < 0][:TOLD]
    strongest = [each for lead, each in alone[: STRONGEST + len(singles)] if 0 <= lead < np.inf][:STRONGEST]
    pairs = [{**one, **other} for one, other in combinations(strongest, 2)]
    worst = [
        each for lead, each in sorted(zip(duel.leads(pairs), pairs, strict=True), key=lambda each: each[0]) if lead < 0
    ]
    found = [*_documented(duel, draws), *(_moved(duel, each) for each in singles), *_confirmed(duel, worst)]
    told: dict[tuple[str, ...], Flip] = {}
    for flip in found:
        if flip is not None:
            told.setdefault(tuple(sorted(flip.changes)), flip)
    return tuple(told.values())


def _bad_ends(draws: Draws, values: FLOAT, ahead: FLOAT) -> Iterator[dict[str, float]]:
    """Each number at the end of its range at which the winner is to be expected less far ahead."""
    for prior in draws.priors:
        ends, (column, *_) = ends_of(prior), draws.columns(prior)
        if ends is None:
            continue
        fitted = expected_given(ahead[:, None], values[:, [column]])[:, 0]
        low = fitted[values[:, column].argmin()] <= fitted[values[:, column].argmax()]
        yield {prior.key: _whole(ends[0] if low else ends[1], whole=prior.whole)}


def _documented(duel: Duel, draws: Draws) -> Iterator[Flip]:
    """Documented values that flip the answer, of those that are still open."""
    for changes, source in DOCUMENTED:
        if set(changes) <= set(draws.names) and (gap := duel.confirmed(changes)):
            yield Flip(changes, gap, source)


def _moved(duel: Duel, end: Mapping[str, float]) -> Flip | None:
    """One assumption, no farther from its value than needed for the answer to flip clearly, else at its end."""
    (key, far), near = next(iter(end.items())), _value(duel.scenario, next(iter(end)))
    left, right = near, float(far)
    for _ in range(STEPS):
        middle = _whole((left + right) / 2, whole=isinstance(far, int))
        left, right = (left, middle) if duel.leads([{key: middle}])[0] < 0 else (middle, right)
    for value in (_outwards(right, near, far), far):
        if gap := duel.confirmed({key: value}):
            return Flip({key: value}, gap)
    return None


def _confirmed(duel: Duel, pairs: Iterable[Mapping[str, float]]) -> Iterator[Flip]:
    """The worst pairs that flip the answer in many futures too."""
    left = TOLD
    for changes in list(pairs)[: 2 * TOLD]:
        if left and (gap := duel.confirmed(changes)):
            left -= 1
            yield Flip(changes, gap)


def _outwards(value: float, near: float, far: float) -> float:
    """A value with two figures, rounded away from ``near`` and no farther than ``far``."""
    if isinstance(far, int):
        return round(value)
    step = 10.0 ** (np.floor(np.log10(abs(value))) - 1) if value else 1.0
    rounded = float(np.ceil(value / step) * step if far > near else np.floor(value / step) * step)
    rounded = float(f"{rounded:.6g}")
    return min(rounded, far) if far > near else max(rounded, far)


def _value(scenario: Scenario, key: str) -> float:
    found: object = scenario
    for step in key.split("."):
        found = found[int(step)] if isinstance(found, tuple) else getattr(found, step)
    return float(found)  # type: ignore[arg-type]


def _whole(value: float, *, whole: bool) -> float:
    return round(value) if whole else float(value)


def _changed(scenario: Scenario, changes: Mapping[str, float]) -> Scenario | None:
    try:
        return load(scenario, changes)
    except ScenarioError:
        return None
