"""The search for the best setting: response curves, the whole ranges, the neighbourhood of the best, a shortlist.

Both searches are SciPy's: differential evolution (Storn & Price 1997) over the whole ranges, a generation side by side,
then Nelder and Mead's method (1965) about the best. Every setting is lived in the same futures. Limits follow Deb's
rule (Deb 2000): a setting that keeps them beats one that does not, and of two that do not the one that breaks less.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import differential_evolution, minimize
from scipy.stats import qmc

from sim.assumptions.parameter_ranges import changed, evenly
from sim.assumptions.ranges import Range
from sim.assumptions.scenario import Scenario
from sim.inference.bootstrap import FLOAT
from sim.inference.paired_differences import PairedDifferences
from sim.inference.replications import Case, Replications
from sim.questions.optimise.answer import Curve, Limit

SMALLEST_GENERATION = 6
"""Settings of a generation; differential evolution needs at least five."""

REFINING = 0.12
"""First steps of the refinement, as a part of each range."""

STEPS = 50
"""A parameter is tried in tidy steps of about this part of its range, so that 7 is not 7.0312."""

APART = 0.1
"""Settings of the shortlist differ from one another by at least this part of some parameter's range."""

SHORTLIST = 5
"""Settings that are lived again in further futures before one is chosen."""

HOPELESS = 1e30

_SEED = 19_970_101


@dataclass
class Search:
    """Settings lived so far, tidy values by key in the order of ``spans``, each with its value and its excess."""

    replications: Replications
    scenario: Scenario
    strategy: str
    spans: tuple[Range, ...]
    limits: tuple[Limit, ...]
    lived: dict[tuple[float, ...], float] = field(default_factory=dict)

    @property
    def sign(self) -> float:
        """-1 where the objective is to be low."""
        return -1.0 if self.replications.metrics[0].better == "lower" else 1.0

    @property
    def now(self) -> tuple[float, ...]:
        """The setting as it is."""
        return tuple(span.now for span in self.spans)

    def world(self, setting: Sequence[float]) -> Scenario:
        """The scenario with a setting."""
        return changed(self.scenario, self.named(setting), self.spans)

    def named(self, setting: Sequence[float]) -> Mapping[str, float]:
        """A setting by key."""
        return {span.key: value for span, value in zip(self.spans, setting, strict=True)}

    def costs(self, settings: Sequence[tuple[float, ...]]) -> list[float]:
        """What a minimiser minimises, in the search's own futures; remembered."""
        found = self.costs_in(self.replications, settings)
        self.lived |= dict(zip(settings, found, strict=True))
        return found

    def costs_in(self, replications: Replications, settings: Sequence[tuple[float, ...]]) -> list[float]:
        """The objective with its sign turned or, beyond a limit, hopeless, and the more so the further beyond."""
        found = self.differences(settings, replications)
        return [self._cost([each.means[n] for each in found]) for n in range(len(settings))]

    def _cost(self, values: Sequence[float]) -> float:
        objective, *limited = values
        excess = self.excess(limited)
        if excess > 0 or np.isnan(objective):
            return HOPELESS * (1 + min(excess, 1e200))
        return -self.sign * float(objective)

    def differences(
        self, settings: Sequence[tuple[float, ...]], replications: Replications | None = None
    ) -> list[PairedDifferences]:
        """Objective and limited metrics of some settings, each metric over all of them."""
        replications = replications or self.replications
        worlds = [self.world(setting) for setting in settings]
        replications.live([Case(world, self.strategy) for world in worlds])
        return [replications.differences(worlds, (self.strategy,), n) for n in range(len(replications.metrics))]

    def excess(self, values: Sequence[float]) -> float:
        """By how much limited metrics break their limits together, each in parts of its limit."""
        return sum(
            limit.excess(value) / max(abs(limit.value), 1.0) for limit, value in zip(self.limits, values, strict=True)
        )

    def curve(self, span: Range, points: int) -> Curve:
        """The response to one parameter, all else as it is now."""
        place = self.spans.index(span)
        values = sorted({self.tidy(span, value) for value in evenly(span, points)} | {span.now})
        settings = [(*self.now[:place], value, *self.now[place + 1 :]) for value in values]
        costs = self.costs(settings)
        found = self.differences(settings)[0]
        changes = tuple(found.between(n, values.index(span.now)) for n in range(len(values)))
        return Curve(span, tuple(values), found.gaps(), changes, tuple(bool(cost < HOPELESS) for cost in costs))

    def find(self, curves: Sequence[Curve], evaluations: int) -> None:
        """Search between the ranges' ends, from what the curves promise: widely first, then about the best."""
        before = len(self.lived)
        self._evolve(curves, -(-evaluations // 2))
        self._refine(evaluations - (len(self.lived) - before))

    def _evolve(self, curves: Sequence[Curve], evaluations: int) -> None:
        size = max(SMALLEST_GENERATION, min(5 * len(self.spans), evaluations // 3))
        start = np.array(self._first_generation(curves, size))
        if evaluations < 2 * size:
            self.costs([self._tidied(row) for row in start[:evaluations]])
            return
        differential_evolution(
            self._vectorised,
            [(span.low, span.high) for span in self.spans],
            init=start,
            maxiter=evaluations // size - 1,
            tol=0,
            polish=False,
            vectorized=True,
            updating="deferred",
            rng=np.random.Generator(np.random.Philox(_SEED)),
        )

    def _refine(self, evaluations: int) -> None:
        """Nelder and Mead's method, which asks only which of two settings is the better one, in units of the ranges."""
        if evaluations < 1:
            return
        low, width = (np.array([getattr(span, name) for span in self.spans]) for name in ("low", "width"))
        best = (np.array(min(filter(self._inside, self.lived), key=lambda setting: self.lived[setting])) - low) / width
        steps = np.diag(np.where(best > 0.5, -REFINING, REFINING))
        minimize(
            lambda x: self.costs([self._tidied(low + x * width)])[0],
            best,
            method="Nelder-Mead",
            bounds=[(0.0, 1.0)] * len(best),
            options={
                "maxfev": evaluations,
                "initial_simplex": np.vstack([best, best + steps]),
                "xatol": 0.5 / STEPS,
                "fatol": 0.0,
            },
        )

    def _first_generation(self, curves: Sequence[Curve], size: int) -> list[list[float]]:
        """The best points of all curves together, each alone, the setting as it is, and a Latin hypercube."""
        tops = [self._top(curve) for curve in curves]
        alone = [[*self.now[:n], top, *self.now[n + 1 :]] for n, top in enumerate(tops)]
        low, high = ([getattr(span, end) for span in self.spans] for end in ("low", "high"))
        known = np.unique(np.clip([tops, list(self.now), *alone], low, high), axis=0)[: size // 2]
        cube = qmc.LatinHypercube(len(self.spans), rng=np.random.Generator(np.random.Philox(_SEED)))
        return [*known.tolist(), *qmc.scale(cube.random(size - len(known)), low, high).tolist()]

    def _top(self, curve: Curve) -> float:
        known = [
            (self.sign * (gap.mean or 0.0), value)
            for gap, value, allowed in zip(curve.responses, curve.values, curve.allowed, strict=True)
            if allowed
        ]
        return max(known)[1] if known else curve.span.now

    def _vectorised(self, columns: FLOAT) -> NDArray[np.float64]:
        rows = np.atleast_2d(columns.T)
        return np.array(self.costs([self._tidied(row) for row in rows]))

    def _tidied(self, row: Sequence[float] | NDArray[np.float64]) -> tuple[float, ...]:
        return tuple(self.tidy(span, float(value)) for span, value in zip(self.spans, row, strict=True))

    @staticmethod
    def tidy(span: Range, value: float) -> float:
        """The nearest value that can be said: a step of 1, 2 or 5 times a power of ten, within the range."""
        rough = span.width / STEPS
        power = 10.0 ** np.floor(np.log10(rough))
        step = float(power * max(factor for factor in (1, 2, 5) if factor * power <= rough * (1 + 1e-9)))
        step = max(1.0, step) if span.whole else step
        near = float(f"{round(value / step) * step:.12g}")
        return min(max(near, span.low), span.high)

    def chosen(self, further: Replications) -> list[tuple[float, ...]]:
        """The best few settings, each truly another, in the order in which further futures put them."""
        short: list[tuple[float, ...]] = []
        for each in sorted(filter(self._inside, self.lived), key=lambda setting: self.lived[setting]):
            if len(short) < SHORTLIST and all(self._apart(each, other) for other in short):
                short.append(each)
        found = dict(zip(short, self.costs_in(further, short), strict=True))
        return sorted(short, key=lambda setting: found[setting])

    def _inside(self, setting: Sequence[float]) -> bool:
        return all(span.low <= value <= span.high for value, span in zip(setting, self.spans, strict=True))

    def _apart(self, one: Sequence[float], other: Sequence[float]) -> bool:
        return any(abs(a - b) >= APART * span.width for a, b, span in zip(one, other, self.spans, strict=True))
