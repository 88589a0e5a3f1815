"""The verdict on what a search has found: on seeds that it has not seen, and how much its own seeds flattered it."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING

from sim.assumptions.provenance import scenario_fingerprint
from sim.inference.bootstrap import FLOAT, interval
from sim.inference.paired_differences import Contrast, Gap
from sim.inference.replications import Trials
from sim.questions.optimise.answer import Candidate, Curve, Optimum, Role

if TYPE_CHECKING:
    from sim.questions.optimise.search import Search


def judged(search: Search, curves: Sequence[Curve], chosen: Sequence[tuple[float, ...]], fresh: Trials) -> Optimum:
    """The best setting, the runner-up and the one as it is now, lived in fresh futures and compared there."""
    settings = [*chosen[:2], search.now]
    roles: list[Role] = ["best", "runner_up", "now"] if len(settings) == 3 else ["best", "now"]
    own, new = search.contrasts(settings), search.contrasts(settings, fresh)
    found = {role: _candidate(search, role, settings[n], n, own, new) for n, role in enumerate(roles)}
    return Optimum(
        search.scenario.name,
        scenario_fingerprint(search.scenario),
        search.strategy,
        search.trials.metrics[0].name,
        search.limits,
        search.spans,
        search.trials.seeds,
        fresh.seeds,
        tuple(curves),
        found["best"],
        found.get("runner_up"),
        found["now"],
        _ahead(new[0], 1, search.sign) if len(roles) == 3 else None,
        _ahead(new[0], len(roles) - 1, search.sign),
        _optimism(own[0], new[0], search.sign, min(len(search.trials.seeds), len(fresh.seeds))),
        len(search.lived),
        fresh.runs,
    )


def _candidate(
    search: Search, role: Role, setting: tuple[float, ...], n: int, own: list[Contrast], new: list[Contrast]
) -> Candidate:
    limits = {limit.metric: each.gap(n) for limit, each in zip(search.limits, new[1:], strict=True)}
    kept = all(limit.excess(each.means[n]) == 0 for limit, each in zip(search.limits, new[1:], strict=True))
    return Candidate(role, dict(search.named(setting)), own[0].gap(n), new[0].gap(n), limits, kept)


def _ahead(found: Contrast, other: int, sign: float) -> Gap:
    """How much better the first setting is than another, positive in its favour, paired by future."""
    turned = Contrast(sign * found.means, sign * found.samples, sign * found.singles, "higher")
    return turned.between(0, other)


def _optimism(own: Contrast, new: Contrast, sign: float, futures: int) -> Gap:
    """How much better the best looked on the search's own seeds; the two sets of futures are independent."""
    mean = sign * float(own.means[0] - new.means[0])
    samples: FLOAT = sign * (own.samples[:, 0] - new.samples[::-1, 0])
    low, high = interval(samples, futures)
    return Gap(mean, low, high) if not isnan(mean) else Gap(None, None, None)
