"""Which assumptions deserve data? Each over its range, and all at once, after Sobol and Morris, through SALib."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

import numpy as np

from sim.assumptions.loading import Assumed, assumed
from sim.assumptions.parameter_ranges import assumptions, changed, ranges_of
from sim.assumptions.provenance import scenario_fingerprint
from sim.assumptions.ranges import Range
from sim.assumptions.scenario import Scenario
from sim.inference.bootstrap import FLOAT
from sim.inference.paired_differences import PairedDifferences
from sim.inference.replications import Announce, Replications, pair, yardstick
from sim.questions.sensitivity.answer import Index, Indices, Method, Swing, Tornado
from sim.results.metrics import METRICS
from sim.running import Progress

LEVELS = 4
"""Levels of Morris's grid, as he recommends."""

_SEED = 19_910_501
_RESAMPLES = 1000


def sensitivity(
    scenario: Assumed,
    vary: str | Range | Sequence[str | Range] = (),
    *,
    method: Literal["tornado", "morris", "sobol"] = "tornado",
    samples: int | None = None,
    seeds: int | Sequence[int] | None = None,
    **more: Any,
) -> Tornado | Indices:
    """Which assumptions matter: one at a time (``tornado``), or all at once (``morris``, ``sobol``).

    ``samples`` is the number of walks for Morris, and Sobol's power of 2. The other arguments are those of ``tornado``.

    Raises:
        ScenarioError: for a parameter that cannot be varied so.
        ValueError, KeyError: for methods, samples, seeds, strategies or metrics that do not exist.
    """
    if method == "tornado":
        if samples is not None:
            raise ValueError("samples are for morris and sobol; the tornado lives the two ends of each range")
        return tornado(scenario, vary, seeds=8 if seeds is None else seeds, **more)
    if method == "sobol":
        return sobol(scenario, vary, samples=samples or 64, seeds=2 if seeds is None else seeds, **more)
    if method == "morris":
        return morris(scenario, vary, trajectories=samples or 8, seeds=2 if seeds is None else seeds, **more)
    raise ValueError(f"there is no method {method!r}; choose from tornado, morris, sobol")


def tornado(
    scenario: Assumed,
    vary: str | Range | Sequence[str | Range] = (),
    *,
    strategies: str | Sequence[str] = ("private_pool", "public_only"),
    metric: str = "profit_cny",
    seeds: int | Sequence[int] = 8,
    workers: int | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> Tornado:
    """Move each assumption to either end of its range, all else being equal, under common luck.

    Args:
        scenario: the assumptions as they are now.
        vary: keys (over their documented range) or ``key=LOW..HIGH``; every documented assumption if none is named.
        strategies: two, whose difference is looked at, or one, which is looked at itself.
        metric: the yardstick, such as ``profit_cny`` or ``roi``.
        seeds: how many futures, or which.
        workers: threads.
        progress: told days lived and days in all.
        announce: told beforehand how many runs it will take.

    Raises:
        ScenarioError: for a parameter that cannot be varied so.
        ValueError, KeyError: for seeds, strategies or metrics that do not exist.
    """
    scenario = assumed(scenario)
    chosen, spans = pair(strategies, at_least=1), _spans(scenario, vary)
    replications = Replications([yardstick(metric)], seeds, workers=workers, progress=progress)
    replications.promise(len(chosen) * (1 + 2 * len(spans)), announce)
    ends = [changed(scenario, {span.key: end}, spans) for span in spans for end in (span.low, span.high)]
    found = replications.differences([scenario, *ends], chosen)
    every = [(span, _swing(found, span, 1 + 2 * n)) for n, span in enumerate(spans)]
    idle = {span.key for n, (span, _) in enumerate(every) if not vary and _changes_nothing(found, 1 + 2 * n)}
    idle = set() if len(idle) == len(every) else idle  # a metric that nothing moves says nothing about assumptions
    swings = sorted((swing for span, swing in every if span.key not in idle), key=lambda each: -each.size)
    return Tornado(
        scenario.name,
        scenario_fingerprint(scenario),
        metric,
        chosen,
        replications.seeds,
        found.gap(0),
        tuple(swings),
        replications.runs,
        tuple(span.key for span in spans if span.key in idle),
    )


def _changes_nothing(found: PairedDifferences, low: int) -> bool:
    """Whether every future comes out at both ends exactly as it does now: then the scenario does not use it."""
    now = found.singles[:, :1]
    return bool(np.array_equal(found.singles[:, low : low + 2], np.repeat(now, 2, axis=1), equal_nan=True))


def _spans(scenario: Scenario, vary: str | Range | Sequence[str | Range]) -> tuple[Range, ...]:
    return ranges_of(scenario, vary) if vary else assumptions(scenario)


def _swing(found: PairedDifferences, span: Range, low: int) -> Swing:
    return Swing(span, found.gap(low), found.gap(low + 1), found.between(low + 1, low))


def sobol(
    scenario: Assumed, vary: str | Range | Sequence[str | Range], *, samples: int = 64,
    seeds: int | Sequence[int] = 2, **more: Any,
) -> Indices:
    """Shares of the variance of the gap that each assumption explains, alone and with all its interplay.

    Saltelli's sampling takes ``samples`` (a power of 2) times (assumptions + 2) sets of values, each lived in every
    future. The other arguments and errors are those of ``tornado``; each range is taken as uniform, all as independent.
    """
    if not vary:
        raise ValueError("sobol needs to be told what to vary; the tornado tells which assumptions are worth it")
    if samples < 2 or samples & (samples - 1):
        raise ValueError(f"samples is {samples}, but Sobol's sequence needs a power of 2, such as 64")
    return _global(scenario, vary, "sobol", samples, seeds, **more)


def morris(
    scenario: Assumed,
    vary: str | Range | Sequence[str | Range] = (),
    *,
    trajectories: int = 8,
    seeds: int | Sequence[int] = 2,
    **more: Any,
) -> Indices:
    """Mean size and spread of the effect of a step in each assumption, from so many walks through all ranges.

    Each walk takes (assumptions + 1) sets of values. Every documented assumption if none is named; the other arguments
    and errors are those of ``tornado``.
    """
    if trajectories < 2:
        raise ValueError(f"trajectories is {trajectories}, but spread needs at least 2")
    return _global(scenario, vary, "morris", trajectories, seeds, **more)


def _global(
    scenario: Assumed,
    vary: str | Range | Sequence[str | Range],
    method: Method,
    size: int,
    seeds: int | Sequence[int],
    *,
    strategies: str | Sequence[str] = ("private_pool", "public_only"),
    metric: str = "profit_cny",
    workers: int | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> Indices:
    scenario = assumed(scenario)
    chosen, spans = pair(strategies, at_least=1), _spans(scenario, vary)
    replications = Replications([yardstick(metric)], seeds, workers=workers, progress=progress)
    design = _SOBOL if method == "sobol" else _MORRIS
    sets = design.sample(spans, size)
    replications.promise(len(chosen) * len(sets), announce)
    worlds = [changed(scenario, dict(zip((s.key for s in spans), row, strict=True)), spans) for row in sets]
    gaps = replications.differences(worlds, chosen).means
    if np.isnan(gaps).any():
        lost = int(np.isnan(gaps).sum())
        raise ValueError(f"{metric} is undefined in {lost} of {len(gaps)} sets of values; choose another metric")
    weight = attrgetter("total" if method == "sobol" else "first")
    indices = sorted(design.analyse(spans, sets, gaps), key=weight, reverse=True)
    better = -gaps if METRICS[metric].better == "lower" else gaps
    return Indices(
        scenario.name,
        scenario_fingerprint(scenario),
        metric,
        chosen,
        replications.seeds,
        method,
        len(sets),
        float(gaps.std()),
        float((better > 0).mean()),
        tuple(indices),
        replications.runs,
    )


def _problem(spans: Sequence[Range]) -> dict[str, Any]:
    # Whole numbers are rounded later: half a unit more at each end gives every one of them the same chance.
    half = [0.499 if span.whole else 0.0 for span in spans]
    bounds = [[span.low - more, span.high + more] for span, more in zip(spans, half, strict=True)]
    return {"num_vars": len(spans), "names": [span.key for span in spans], "bounds": bounds}


@dataclass(frozen=True)
class _SobolDesign:
    """Saltelli et al. 2010: first and total indices from radial samples of a scrambled Sobol sequence."""

    def sample(self, spans: Sequence[Range], size: int) -> FLOAT:
        from SALib.sample import sobol as sampling

        return np.asarray(sampling.sample(_problem(spans), size, calc_second_order=False, seed=_SEED))

    def analyse(self, spans: Sequence[Range], _sets: FLOAT, gaps: FLOAT) -> list[Index]:
        from SALib.analyze import sobol as analysis

        if not gaps.std() > 0:
            return [Index(span, 0.0, 0.0, 0.0, 0.0) for span in spans]
        found = analysis.analyze(
            _problem(spans), gaps, calc_second_order=False, num_resamples=_RESAMPLES, conf_level=0.95, seed=_SEED
        )
        columns = zip(*(found[name] for name in ("S1", "S1_conf", "ST", "ST_conf")), strict=True)
        return [Index(span, *map(float, row)) for span, row in zip(spans, columns, strict=True)]


@dataclass(frozen=True)
class _MorrisDesign:
    """Morris 1991, with the mean of absolute effects of Campolongo, Cariboni & Saltelli 2007."""

    def sample(self, spans: Sequence[Range], size: int) -> FLOAT:
        from SALib.sample import morris as sampling

        return np.asarray(sampling.sample(_problem(spans), size, num_levels=LEVELS, seed=_SEED))

    def analyse(self, spans: Sequence[Range], sets: FLOAT, gaps: FLOAT) -> list[Index]:
        from SALib.analyze import morris as analysis

        found = analysis.analyze(
            _problem(spans), sets, gaps, num_levels=LEVELS, num_resamples=_RESAMPLES, conf_level=0.95, seed=_SEED
        )
        columns = zip(*(found[name] for name in ("mu_star", "mu_star_conf", "sigma")), strict=True)
        return [
            Index(span, float(mean), float(error), float(sigma), None)
            for span, (mean, error, sigma) in zip(spans, columns, strict=True)
        ]


_SOBOL, _MORRIS = _SobolDesign(), _MorrisDesign()
