"""In which worlds does a strategy win? Many worlds drawn at random, and the few simple rules that tell its wins apart.

This is scenario discovery (Bryant and Lempert 2010, "Thinking inside the box", Technological Forecasting and Social
Change 77) by subgroup search: of all rules with up to three conditions on single assumptions the one with the greatest
weighted relative accuracy, coverage x (density - base rate), is taken (Lavrac, Flach and Zupan 1999). Pairs of
conditions are tried exhaustively, which is a product of matrices. Rules are found in one half of the worlds and judged
in the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from sim.assumptions.errors import ScenarioError
from sim.assumptions.loading import Assumed, assumed
from sim.assumptions.parameter_ranges import assumptions, changed, ranges_of
from sim.assumptions.provenance import scenario_fingerprint
from sim.assumptions.ranges import Range
from sim.assumptions.scenario import Scenario
from sim.inference.bootstrap import FLOAT
from sim.inference.paired_differences import PairedDifferences
from sim.inference.replications import Announce, Replications, pair, yardstick
from sim.questions.discovery.answer import Condition, Rule, Rules, Sense
from sim.results.metrics import METRICS
from sim.running import Progress

Truth = NDArray[np.bool_]

FOR_FIRST, FOR_SECOND = 2, 1
"""How many rules are sought at most for either strategy."""

CUTS = 10
"""Each range is cut at nine values into so many equal parts."""

WORTH_ANOTHER = 1.15
"""A further condition must make a rule better by this factor: short rules are understood."""

SURE = 1.64
"""Standard errors by which a rule must beat the base rate in worlds that it was not found in."""

_SEED = 20_100_101


def discover(
    scenario: Assumed,
    vary: str | Range | Sequence[str | Range] = (),
    *,
    strategies: str | Sequence[str] = ("private_pool", "public_only"),
    metric: str = "profit_cny",
    worlds: int = 300,
    seeds: int | Sequence[int] = 2,
    workers: int | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> Rules:
    """Rules that tell in which worlds each of two strategies wins.

    Args:
        scenario: the assumptions that stay as they are.
        vary: keys (over their documented range) or ``key=LOW..HIGH``; every documented assumption if none is named.
        strategies: the two.
        metric: the yardstick, such as ``profit_cny`` or ``roi``.
        worlds: how many are drawn, half of them to find rules and half to judge them.
        seeds: how many futures in each world, or which.
        workers: threads.
        progress: told days lived and days in all.
        announce: told beforehand how many runs it will take.

    Raises:
        ScenarioError: for a parameter that cannot be varied so.
        ValueError, KeyError: for seeds, strategies, metrics or numbers of worlds that do not exist.
    """
    scenario = assumed(scenario)
    if worlds < 40:
        raise ValueError(f"worlds is {worlds}, but rules need at least 40 to be found and judged")
    spans, chosen = ranges_of(scenario, vary) if vary else assumptions(scenario), pair(strategies)
    replications = Replications([yardstick(metric)], seeds, workers=workers, progress=progress)
    replications.promise(len(chosen) * 2 * (worlds // 2), announce)
    halves = [_lived(replications, scenario, spans, chosen, worlds // 2, seed) for seed in (_SEED, _SEED + 1)]
    found, judged = halves
    rules = [
        *_judged(_rules(found, spans, FOR_FIRST), judged, spans, chosen[0]),
        *_judged(_rules(found.turned, spans, FOR_SECOND), judged.turned, spans, chosen[1]),
    ]
    return Rules(
        scenario.name, scenario_fingerprint(scenario), metric, chosen, replications.seeds, spans, judged.wins.size,
        float(judged.wins.mean()), tuple(rules), replications.runs,
    )  # fmt: skip


class Worlds(NamedTuple):
    """Worlds that were lived: their values [world, assumption], and whether the strategy in question won."""

    values: FLOAT
    wins: Truth

    @property
    def turned(self) -> Worlds:
        """The same for the other strategy."""
        return Worlds(self.values, ~self.wins)

    def under(self, conditions: Sequence[Condition], spans: Sequence[Range]) -> Truth:
        """Which worlds lie where all conditions hold."""
        column = {span.key: n for n, span in enumerate(spans)}
        inside = np.ones(len(self.values), np.bool_)
        for each in conditions:
            values = self.values[:, column[each.span.key]]
            inside &= values >= each.value if each.sense == ">=" else values <= each.value
        return inside


def _lived(
    replications: Replications, scenario: Scenario, spans: Sequence[Range], strategies: Sequence[str], worlds: int,
    seed: int,
) -> Worlds:
    """So many worlds, lived; ties count for neither and are left out."""
    cases = list(_worlds(scenario, spans, worlds, seed))
    found: PairedDifferences = replications.differences([world for _, world in cases], strategies)
    sign = -1.0 if METRICS[replications.metrics[0].name].better == "lower" else 1.0
    clear = ~np.isnan(found.means) & (found.means != 0)
    values = np.array([row for row, _ in cases]).reshape(len(cases), len(spans))
    return Worlds(values[clear], (sign * found.means > 0)[clear])


def _worlds(
    scenario: Scenario, spans: Sequence[Range], worlds: int, seed: int
) -> Iterator[tuple[list[float], Scenario]]:
    """Worlds that fill the ranges evenly; those that the model cannot hold are passed over."""
    dice = np.random.Generator(np.random.Philox(seed))
    cube = qmc.LatinHypercube(len(spans), rng=dice).random(worlds)
    for row in cube.tolist():
        values = [span.low + share * span.width for span, share in zip(spans, row, strict=True)]
        values = [float(round(value)) if span.whole else value for span, value in zip(spans, values, strict=True)]
        try:
            keys = (span.key for span in spans)
            yield values, changed(scenario, dict(zip(keys, values, strict=True)), spans)
        except ScenarioError:
            continue


def rules_of(found: Worlds, judged: Worlds, spans: Sequence[Range], winner: str, most: int) -> tuple[Rule, ...]:
    """At most so many rules for the wins in worlds that were lived already: found in some, judged in others."""
    return tuple(_judged(_rules(found, spans, most), judged, spans, winner))


def _rules(lived: Worlds, spans: Sequence[Range], most: int) -> Iterator[tuple[Condition, ...]]:
    """Up to so many rules, each for wins that those before it do not cover."""
    left = np.ones(len(lived.wins), np.bool_)
    for _ in range(most):
        rest = Worlds(lived.values[left], lived.wins[left])
        if rest.wins.sum() < 5 or rest.wins.all():
            return
        rule = _best_rule(rest, spans)
        if not rule:
            return
        yield rule
        left &= ~lived.under(rule, spans)


def _best_rule(lived: Worlds, spans: Sequence[Range]) -> tuple[Condition, ...]:
    """The rule of one, two or three conditions that tells wins apart best; empty if none does."""
    every = [each for span in spans for each in _conditions(span)]
    holds = np.array([lived.under([each], spans) for each in every], np.float64)
    gain = (lived.wins - lived.wins.mean()) / lived.wins.size
    accuracy = (holds * gain) @ holds.T
    single, (one, other) = np.diag(accuracy), np.unravel_index(int(accuracy.argmax()), accuracy.shape)
    best = int(single.argmax())
    if single[best] <= 0:
        return ()
    chosen, value = [best], float(single[best])
    if accuracy[one, other] > WORTH_ANOTHER * value:
        chosen, value = [int(one), int(other)], float(accuracy[one, other])
        both = holds[one] * holds[other]
        third = holds @ (both * gain)
        if third.max() > WORTH_ANOTHER * value:
            chosen.append(int(third.argmax()))
    return _tidied([every[n] for n in sorted(chosen)])


def _conditions(span: Range) -> Iterator[Condition]:
    senses: tuple[Sense, Sense] = (">=", "<=")
    for share in range(1, CUTS):
        for sense in senses:
            yield Condition(span, sense, span.low + span.width * share / CUTS)


def _tidied(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Of two conditions that say the same of one assumption only the narrower one."""
    kept: dict[tuple[str, Sense], Condition] = {}
    for each in conditions:
        key, before = (each.span.key, each.sense), kept.get((each.span.key, each.sense))
        narrower = before is None or (each.value > before.value) == (each.sense == ">=")
        kept[key] = each if narrower or before is None else before
    return tuple(kept.values())


def _judged(
    rules: Iterator[tuple[Condition, ...]], judged: Worlds, spans: Sequence[Range], winner: str
) -> Iterator[Rule]:
    """The rules that hold in worlds that they were not found in, with how well they do there."""
    base = float(judged.wins.mean())
    for conditions in rules:
        inside = judged.under(conditions, spans)
        worlds = int(inside.sum())
        if not worlds:
            continue
        density = float(judged.wins[inside].mean())
        if density > base + SURE * float(np.sqrt(base * (1 - base) / worlds)):
            coverage = float(judged.wins[inside].sum() / judged.wins.sum())
            yield Rule(winner, conditions, density, coverage, worlds)
