"""The verdict on what a search has found: on seeds that it has not seen, and how much its own seeds flattered it."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING

from sim.assumptions.provenance import scenario_fingerprint
from sim.inference.bootstrap import FLOAT, interval
from sim.inference.paired_differences import PairedDifference, PairedDifferences
from sim.inference.replications import Replications
from sim.questions.optimise.answer import Candidate, Curve, Optimum, Role

if TYPE_CHECKING:
    from sim.questions.optimise.search import Search


def judged(
    search: Search, curves: Sequence[Curve], chosen: Sequence[tuple[float, ...]], fresh: Replications
) -> Optimum:
    """The best setting, the runner-up and the one as it is now, lived in fresh futures and compared there."""
    chosen = _in_fresh_order(search, chosen[:2], fresh)
    settings = [*chosen, search.now]
    roles: list[Role] = ["best", "runner_up", "now"] if len(settings) == 3 else ["best", "now"]
    own, new = search.differences(settings), search.differences(settings, fresh)
    found = {role: _candidate(search, role, settings[n], n, own, new) for n, role in enumerate(roles)}
    return Optimum(
        search.scenario.name,
        scenario_fingerprint(search.scenario),
        search.strategy,
        search.replications.metrics[0].name,
        search.limits,
        search.spans,
        search.replications.seeds,
        fresh.seeds,
        tuple(curves),
        found["best"],
        found.get("runner_up"),
        found["now"],
        _ahead(new[0], 1, search.sign) if len(roles) == 3 else None,
        _ahead(new[0], len(roles) - 1, search.sign),
        _optimism(own[0], new[0], search.sign, min(len(search.replications.seeds), len(fresh.seeds))),
        len(search.lived),
        fresh.runs,
    )


def _in_fresh_order(
    search: Search, chosen: Sequence[tuple[float, ...]], fresh: Replications
) -> list[tuple[float, ...]]:
    """The best and the runner-up, changed about where fresh futures call the runner-up the better one."""
    if len(chosen) < 2:
        return list(chosen)
    objective, *limited = search.differences(chosen, fresh)
    ahead = _ahead(objective, 1, search.sign)
    first, second = (search.excess([each.means[n] for each in limited]) for n in (0, 1))
    turned = ahead.leads == "second" and not ahead.too_close and second <= first
    return list(reversed(chosen) if turned else chosen)


def _candidate(
    search: Search, role: Role, setting: tuple[float, ...], n: int, own: list[PairedDifferences],
    new: list[PairedDifferences],
) -> Candidate:
    limits = {limit.metric: each.gap(n) for limit, each in zip(search.limits, new[1:], strict=True)}
    kept = all(limit.excess(each.means[n]) == 0 for limit, each in zip(search.limits, new[1:], strict=True))
    return Candidate(role, dict(search.named(setting)), own[0].gap(n), new[0].gap(n), limits, kept)


def _ahead(found: PairedDifferences, other: int, sign: float) -> PairedDifference:
    """How much better the first setting is than another, positive in its favour, paired by future."""
    turned = PairedDifferences(sign * found.means, sign * found.samples, sign * found.singles, "higher")
    return turned.between(0, other)


def _optimism(own: PairedDifferences, new: PairedDifferences, sign: float, futures: int) -> PairedDifference:
    """How much better the best looked on the search's own seeds; the two sets of futures are independent."""
    mean = sign * float(own.means[0] - new.means[0])
    samples: FLOAT = sign * (own.samples[:, 0] - new.samples[::-1, 0])
    low, high = interval(samples, futures)
    return PairedDifference(mean, low, high) if not isnan(mean) else PairedDifference(None, None, None)
