"""At which value of a parameter do two strategies tie? Root finding under common luck, with an interval from the seeds.

First the whole range is lived at evenly spread values, so that all crossings are found where there are several; then
each change of sign is narrowed by Chandrupatla's method (Chandrupatla 1997), all of them at once, side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import elementwise

from sim.assumptions.loading import Assumed, assumed
from sim.assumptions.parameter_ranges import changed, evenly, range_of
from sim.assumptions.provenance import scenario_fingerprint
from sim.assumptions.ranges import Range
from sim.assumptions.scenario import Scenario
from sim.inference.paired_differences import PairedDifference, PairedDifferences, joined
from sim.inference.replications import Announce, Replications, pair, yardstick
from sim.questions.breakeven.answer import KINDS, BreakEven, Crossing, Kind, Line
from sim.questions.breakeven.crossings import Bracket, Contest, brackets, crossing
from sim.running import Progress

ROUNDS = 5
"""Rounds of narrowing; each takes one more value a crossing."""

MOST_CROSSINGS = 3
"""Crossings of one kind that are narrowed; more than so many are noise about a tie."""

FINENESS = 1 / 400
"""Narrowing stops at this part of the range."""


def breakeven(
    scenario: Assumed,
    vary: str | Range,
    *,
    strategies: str | Sequence[str] = ("private_pool", "public_only"),
    metric: str = "profit_cny",
    kinds: Sequence[Kind] = tuple(KINDS),
    seeds: int | Sequence[int] = 20,
    points: int = 9,
    workers: int | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> BreakEven:
    """Where two strategies tie on a metric while one parameter varies, of either kind of break-even.

    Args:
        scenario: the assumptions that stay as they are.
        vary: ``"public.start_click_price_cny=1..5"``, or a key alone for its documented range.
        strategies: the two; a positive gap says that the first has the higher value.
        metric: the yardstick, such as ``profit_cny`` or ``roi``.
        kinds: ``equal_envelope`` (pool costs displace advertisements), ``same_customers`` (they come on top).
        seeds: how many futures, or which.
        points: evenly spread values that are lived before narrowing.
        workers: threads.
        progress: told days lived and days in all, which are the most that it can take.
        announce: told beforehand how many runs it will take at most.

    Raises:
        ScenarioError: for a parameter that cannot be varied so.
        ValueError, KeyError: for seeds, strategies or metrics that do not exist.
    """
    scenario = assumed(scenario)
    span, chosen = range_of(scenario, vary), pair(strategies)
    replications = Replications([yardstick(metric)], seeds, workers=workers, progress=progress)
    replications.promise(len(kinds) * len(chosen) * (points + MOST_CROSSINGS * (ROUNDS + 2)), announce)
    search = _Search(replications, span, chosen, [_Curve(kind, under(scenario, kind)) for kind in kinds])
    search.live([list(evenly(span, points))] * len(kinds))
    search.narrow()
    search.live([_interval_ends(line.crossings) for line in search.lines()])
    return BreakEven(
        scenario.name,
        scenario_fingerprint(scenario),
        metric,
        chosen,
        replications.seeds,
        span,
        tuple(search.lines()),
        replications.runs,
    )


def under(scenario: Scenario, kind: Kind) -> Scenario:
    """The scenario with the pool's costs where a kind of break-even has them."""
    return scenario.model_copy(update={"brand": scenario.brand.model_copy(update={"pool_costs": KINDS[kind]})})


def _interval_ends(found: Sequence[Crossing]) -> list[float]:
    return [end for each in found[:MOST_CROSSINGS] for end in (each.low, each.high)]


@dataclass
class _Curve:
    """What is known of one kind's curve so far: the values lived and the gaps there."""

    kind: Kind
    scenario: Scenario
    values: list[float] = field(default_factory=list)
    found: PairedDifferences | None = None
    roots: list[tuple[Bracket, float]] = field(default_factory=list)

    @property
    def known(self) -> PairedDifferences:
        """The gaps at the values lived."""
        if self.found is None:
            raise LookupError("nothing was lived yet")
        return self.found

    def add(self, values: Sequence[float], found: PairedDifferences) -> None:
        """Take in more values, kept in ascending order."""
        both = found if self.found is None else joined([self.found, found])
        every = np.array([*self.values, *values])
        order = np.argsort(every, kind="stable")
        self.values, self.found = every[order].tolist(), both.part(order)


@dataclass
class _Search:
    replications: Replications
    span: Range
    strategies: tuple[str, ...]
    curves: list[_Curve]

    def live(self, values: Sequence[Sequence[float]]) -> None:
        """Live some values of each curve, all side by side; those already lived are left out."""
        asked = [
            sorted({self._tidy(value) for value in some} - set(curve.values))
            for some, curve in zip(values, self.curves, strict=True)
        ]
        scenarios = [
            changed(curve.scenario, {self.span.key: value}, (self.span,))
            for curve, some in zip(self.curves, asked, strict=True)
            for value in some
        ]
        if not scenarios:
            return
        found = self.replications.differences(scenarios, self.strategies)
        start = 0
        for curve, some in zip(self.curves, asked, strict=True):
            curve.add(some, found.part(slice(start, start + len(some))))
            start += len(some)

    def narrow(self) -> None:
        """Narrow every change of sign, a value each a round."""
        found = [(n, each) for n, curve in enumerate(self.curves) for each in brackets(curve.values, curve.known)]
        todo = [(n, each) for m, (n, each) in enumerate(found) if [k for k, _ in found[:m]].count(n) < MOST_CROSSINGS]
        for n, each in found:
            if (n, each) not in todo:  # trembling about a tie: read off the curve as it is
                self.curves[n].roots.append((each, sum(each) / 2))
        if not todo:
            return
        numbers = np.array([n for n, _ in todo])
        low, high = (np.array(ends) for ends in zip(*(each for _, each in todo), strict=True))
        fine = max(self.span.width * FINENESS, 0.5 if self.span.whole else 0.0)
        answer = elementwise.find_root(
            self._gaps_at, (low, high), args=(numbers,), tolerances={"xatol": fine, "xrtol": 0.0}, maxiter=ROUNDS
        )
        for (number, each), root in zip(todo, answer.x, strict=True):
            self.curves[number].roots.append((each, float(root)))

    def _gaps_at(self, values: NDArray[np.float64], numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        """The mean gap at some values, each on the curve of its number."""
        asked: list[list[float]] = [[] for _ in self.curves]
        for value, number in zip(values, numbers, strict=True):
            asked[int(number)].append(float(value))
        self.live(asked)
        known = [dict(zip(curve.values, curve.known.means, strict=True)) for curve in self.curves]
        return np.array([known[int(n)][self._tidy(float(v))] for v, n in zip(values, numbers, strict=True)])

    def _tidy(self, value: float) -> float:
        inside = min(max(value, self.span.low), self.span.high)
        return float(round(inside)) if self.span.whole else inside

    def lines(self) -> list[Line]:
        """What is known of every curve, with its crossings."""
        return [self._line(curve) for curve in self.curves]

    def _line(self, curve: _Curve) -> Line:
        found, gaps = curve.known, curve.known.gaps()
        contest = Contest(self.strategies, (self.span.low, self.span.high))
        crossings = tuple(crossing(curve.values, found, root, each, contest) for each, root in sorted(curve.roots))
        defined = np.flatnonzero(~np.isnan(found.means))
        nearest = int(defined[np.argmin(np.abs(found.means[defined]))]) if defined.size else None
        return Line(
            curve.kind,
            tuple(curve.values),
            gaps,
            crossings,
            None if crossings else _throughout(gaps, self.strategies),
            None if nearest is None else curve.values[nearest],
        )


def _throughout(gaps: Sequence[PairedDifference], strategies: Sequence[str]) -> str | None:
    """The strategy that is better wherever the winner is clear (with a single future, wherever the two differ)."""
    sides = {gap.leads for gap in gaps if gap.leads and (gap.clear or gap.lone)}
    return strategies[0 if "first" in sides else 1] if sides else None
