"""The best of what a brand may decide: response curves, then a search, then a shortlist, then a verdict on fresh seeds.

The search is SciPy's differential evolution (Storn & Price 1997). A generation is lived side by side, every setting in
the same futures. Limits follow Deb's rule (Deb 2000): a setting that keeps them beats one that does not, and of two
that do not the one that breaks them less. Who looks best after many tries is partly lucky: so the best few, each truly
another, are lived again in further futures, which choose between them, and the verdict comes from futures of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import differential_evolution
from scipy.stats import qmc

from sim.answers.gap import Contrast
from sim.answers.optimum import Curve, Limit, Optimum
from sim.answers.ranges import Range
from sim.estimates import FLOAT
from sim.experiments.judging import judged
from sim.experiments.ranging import changed, evenly, ranges_of
from sim.experiments.trials import Announce, Case, Trials, futures, yardstick
from sim.metrics import METRICS
from sim.policies import find
from sim.running import Progress
from sim.scenario import Scenario

SMALLEST_GENERATION = 6
"""Settings of a generation; differential evolution needs at least five."""

STEPS = 50
"""A parameter is tried in tidy steps of about this part of its range, so that 7 is not 7.0312."""

APART = 0.1
"""Settings of the shortlist differ from one another by at least this part of some parameter's range."""

SHORTLIST = 5
"""Settings that are lived again in further futures before one is chosen."""

SHORTLIST_FUTURES = 2
"""So many times as many futures as the search itself has."""

HOPELESS = 1e30
_SEED = 19_970_101

DECISIONS = {
    "hybrid": ("brand.touches_per_month", "brand.offer_share", "brand.gift_cny", "brand.pool_budget_share"),
    "private_pool": ("brand.touches_per_month", "brand.offer_share", "brand.gift_cny"),
}
"""What is varied if nothing is named: what a strategy can decide about its pool."""


def optimize(
    scenario: Scenario,
    strategy: str,
    vary: Sequence[str | Range] = (),
    *,
    objective: str = "profit_cny",
    limits: Sequence[str | Limit] = (),
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
    find(strategy)
    conditions = tuple(each if isinstance(each, Limit) else read_limit(each) for each in limits)
    spans = ranges_of(scenario, vary or _decisions(strategy))
    if METRICS.get(objective, METRICS["roi"]).better == "neither":
        raise ValueError(f"{objective} is neither better high nor low, so that there is no best; choose another metric")
    metrics = [yardstick(objective), *(METRICS[limit.metric] for limit in conditions)]
    own = futures(seeds)
    further = _further(own, SHORTLIST_FUTURES * len(own))
    fresh = _further((*own, *further), fresh_seeds)
    trials = Trials(metrics, own, workers=workers, progress=progress)
    search = Search(trials, scenario, strategy, spans, conditions)
    _promise(trials, (1 + points) * len(spans) + evaluations, SHORTLIST * len(further) + 3 * len(fresh), announce)
    curves = tuple(search.curve(span, points) for span in spans)
    search.evolve(curves, evaluations)
    chosen = search.chosen(trials.sequel(further))
    return judged(search, curves, chosen, trials.sequel(fresh))


def _promise(trials: Trials, settings: int, more_runs: int, announce: Announce | None) -> None:
    trials.promise(settings - (-more_runs // len(trials.seeds)), announce)


def read_limit(text: str) -> Limit:
    """The limit in ``METRIC>=VALUE`` or ``METRIC<=VALUE``; raises ValueError with a sentence for any other text."""
    found = re.fullmatch(r"\s*(\w+)\s*(>=|<=)\s*([-+]?[\d_]*\.?\d+(?:[eE][-+]?\d+)?)\s*", text)
    if not found:
        raise ValueError(f"{text!r} is no limit; write METRIC>=VALUE or METRIC<=VALUE, as in cash_trough_cny>=-50000")
    return Limit(yardstick(found[1]).name, found[2], float(found[3].replace("_", "")))  # type: ignore[arg-type]


def _decisions(strategy: str) -> tuple[str, ...]:
    if strategy not in DECISIONS:
        raise ValueError(f"{strategy} decides nothing about a pool; name with vary what is to be tried")
    return DECISIONS[strategy]


def _further(before: tuple[int, ...], asked: int | Sequence[int]) -> tuple[int, ...]:
    """So many seeds after those before, or the ones that were asked for; raises ValueError if one was there before."""
    found = futures(range(max(before) + 1, max(before) + 1 + asked) if isinstance(asked, int) else asked)
    if set(found) & set(before):
        raise ValueError("fresh seeds must be others than those of the search and its shortlist")
    return found


@dataclass
class Search:
    """Settings lived so far, tidy values by key in the order of ``spans``, each with its value and its excess."""

    trials: Trials
    scenario: Scenario
    strategy: str
    spans: tuple[Range, ...]
    limits: tuple[Limit, ...]
    lived: dict[tuple[float, ...], float] = field(default_factory=dict)

    @property
    def sign(self) -> float:
        """-1 where the objective is to be low."""
        return -1.0 if self.trials.metrics[0].better == "lower" else 1.0

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
        found = self.costs_in(self.trials, settings)
        self.lived |= dict(zip(settings, found, strict=True))
        return found

    def costs_in(self, trials: Trials, settings: Sequence[tuple[float, ...]]) -> list[float]:
        """The objective with its sign turned or, beyond a limit, hopeless, and the more so the further beyond."""
        found = self.contrasts(settings, trials)
        return [self._cost([each.means[n] for each in found]) for n in range(len(settings))]

    def _cost(self, values: Sequence[float]) -> float:
        objective, *limited = values
        excess = self._excess(limited)
        if excess > 0 or np.isnan(objective):
            return HOPELESS * (1 + min(excess, 1e200))
        return -self.sign * float(objective)

    def contrasts(self, settings: Sequence[tuple[float, ...]], trials: Trials | None = None) -> list[Contrast]:
        """Objective and limited metrics of some settings, each metric over all of them."""
        trials = trials or self.trials
        worlds = [self.world(setting) for setting in settings]
        trials.live([Case(world, self.strategy) for world in worlds])
        return [trials.contrast(worlds, (self.strategy,), n) for n in range(len(trials.metrics))]

    def _excess(self, values: Sequence[float]) -> float:
        return sum(
            limit.excess(value) / max(abs(limit.value), 1.0) for limit, value in zip(self.limits, values, strict=True)
        )

    def curve(self, span: Range, points: int) -> Curve:
        """The response to one parameter, all else as it is now."""
        place = self.spans.index(span)
        values = sorted({self.tidy(span, value) for value in evenly(span, points)} | {span.now})
        settings = [(*self.now[:place], value, *self.now[place + 1 :]) for value in values]
        costs = self.costs(settings)
        found = self.contrasts(settings)[0]
        changes = tuple(found.between(n, values.index(span.now)) for n in range(len(values)))
        return Curve(span, tuple(values), found.gaps(), changes, tuple(cost < HOPELESS for cost in costs))

    def evolve(self, curves: Sequence[Curve], evaluations: int) -> None:
        """Search between the ranges' ends, from what the curves promise."""
        size = max(SMALLEST_GENERATION, min(5 * len(self.spans), evaluations // 4))
        generations = evaluations // size - 1
        start = np.array(self._first_generation(curves, size))
        if generations < 1:
            self.costs([self._tidied(row) for row in start[:evaluations]])
            return
        differential_evolution(
            self._vectorised,
            [(span.low, span.high) for span in self.spans],
            init=start,
            maxiter=generations,
            tol=0,
            polish=False,
            vectorized=True,
            updating="deferred",
            rng=np.random.Generator(np.random.Philox(_SEED)),
        )

    def _first_generation(self, curves: Sequence[Curve], size: int) -> list[list[float]]:
        """The best point of each curve alone, all of them together, the setting as it is, and a Latin hypercube."""
        tops = [self._top(curve) for curve in curves]
        alone = [[*self.now[:n], top, *self.now[n + 1 :]] for n, top in enumerate(tops)]
        known = [[*tops], [*self.now], *alone][: size // 2]
        low, high = ([getattr(span, end) for span in self.spans] for end in ("low", "high"))
        cube = qmc.LatinHypercube(len(self.spans), rng=np.random.Generator(np.random.Philox(_SEED)))
        rest = qmc.scale(cube.random(size - len(known)), low, high)
        return [[min(max(v, a), b) for v, a, b in zip(row, low, high, strict=True)] for row in [*known, *rest.tolist()]]

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

    def chosen(self, further: Trials) -> list[tuple[float, ...]]:
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
