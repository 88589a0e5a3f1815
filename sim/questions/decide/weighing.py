"""What was lived, weighed: strategies over possible worlds, what knowing is worth, where the choice loses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sim.assumptions.explaining import Row, explain
from sim.assumptions.provenance import scenario_fingerprint
from sim.assumptions.ranges import Range
from sim.inference.bootstrap import FLOAT, quantiles
from sim.inference.paired_differences import PairedDifference, differences
from sim.inference.value_of_information import (
    Knowledge,
    Luck,
    best,
    evpi,
    evpi_error,
    expected_losses,
    level,
    luck_of,
    regrets,
    shares_best,
    value_along,
    worst_tenth,
)
from sim.questions.decide.answer import Along, Known, OtherPrior, Outcome, Verdict, Worth
from sim.questions.decide.asking import Asked
from sim.questions.decide.draws import Draws
from sim.questions.decide.worlds import Lives
from sim.questions.discovery.answer import Rule
from sim.questions.discovery.study import Worlds, rules_of

ENOUGH_TO_REGRESS = 32
"""Fewer worlds tell nothing about what one thing is worth."""
ENOUGH_FOR_RULES = 128
"""Fewer worlds, half of them to find rules and half to judge them, tell no rule."""
MOST_RULES = 3
SHUFFLES, SHUFFLES_OF_A_GROUP = 400, 40
MOST_RESAMPLED = 4096
"""More worlds than this get the normal interval, which is then the same, and not a table of resamples."""
POINTS = 61
"""Values at which a curve is drawn."""


class UndefinedMetric(ValueError):
    """The yardstick has no value in some worlds."""


def weighed(
    asked: Asked, draws: Draws, lives: Lives, again: Lives | None, last: int, *, wholly: bool = True
) -> Verdict:
    """The verdict of the worlds lived among the first ``last`` draws; ``again`` are some in a second future.

    What single things are worth and where the choice loses is told only ``wholly``: it takes a second or two.
    """
    values = defined(asked, lives)
    gains = -values if asked.lower else values
    drawn = draws.values[lives.draws]
    order = np.argsort(-gains.mean(axis=0), kind="stable")
    choice, runner_up = (asked.strategies[n] for n in order[:2])
    luck = None if again is None else _luck(asked, lives, again)
    open_ = bool(draws.priors)
    return Verdict(
        scenario=asked.scenario.name,
        fingerprint=scenario_fingerprint(asked.scenario),
        metric=asked.metric,
        prior=asked.prior,
        draws=last,
        asked=asked.draws,
        accepted_share=len(lives.draws) / last,
        luck_share=luck.share if luck else 1.0,
        luck=luck,
        choice=choice,
        runner_up=runner_up,
        lead=_lead(asked, lives, order[:2].tolist()),
        strategies=outcomes(asked, values, knowable=open_),
        evpi=_evpi(gains, luck.evpi_of_luck if luck else 0.0) if open_ else Worth(0.0, 0.0),
        evppi=_dearest_first(_worths(gains, draws, drawn)) if wholly else (),
        rules=tuple(_rules(asked, gains, draws, drawn, choice)) if wholly else (),
        values=values,
        drawn=drawn,
        drawn_keys=draws.names,
        worlds=lives.draws,
        meanings={row.key: row.meaning_zh for row in explain(asked.scenario) if row.meaning_zh},
    )


def other_prior(asked: Asked, lives: Lives) -> OtherPrior:
    """What the other prior says."""
    values = defined(asked, lives)
    gains = -values if asked.lower else values
    found = outcomes(asked, values, knowable=True)
    return OtherPrior(asked.other, len(values), asked.strategies[best(gains)], found, _evpi(gains, 0.0))


def outcomes(asked: Asked, values: FLOAT, *, knowable: bool) -> dict[str, Outcome]:
    """Each strategy over worlds; where nothing can be known but luck, a loss is a distance of means."""
    gains = -values if asked.lower else values
    means = gains.mean(axis=0)
    losses = expected_losses(gains) if knowable else means.max() - means
    first, regret, worst = shares_best(gains), regrets(gains).max(axis=0), worst_tenth(gains)
    return {
        name: Outcome(
            mean=float(values[:, n].mean()),
            p5=_quantiles(values[:, n])[0],
            p95=_quantiles(values[:, n])[1],
            p_best=float(first[n]),
            expected_loss=float(losses[n]),
            p_negative=float((values[:, n] < 0).mean()),
            worst_tenth=float(-worst[n] if asked.lower else worst[n]),
            max_regret=float(regret[n]),
        )
        for n, name in enumerate(asked.strategies)
    }


def along(asked: Asked, key: str, values: FLOAT, column: FLOAT) -> Along:
    """Expected losses along one parameter, inside the nine tenths of its values in the middle and a little beyond."""
    gains = -values if asked.lower else values
    low, high = np.quantile(column, (0.01, 0.99)).tolist()
    at = np.linspace(low, high, POINTS)
    row = _row(asked, key)
    return Along(key, row.meaning_zh, at, value_along(gains, column, at), float(row.value))


def defined(asked: Asked, lives: Lives) -> FLOAT:
    """The yardstick in every world under every strategy; raises UndefinedMetric where it has no value."""
    values = lives.values()
    lost = int(np.isnan(values).any(axis=1).sum())
    if lost:
        raise UndefinedMetric(
            f"{asked.metric} is undefined in {lost} of {len(values)} worlds; choose another metric, such as profit_cny"
        )
    return values


def _quantiles(values: FLOAT) -> tuple[float, float]:
    low, _, high = quantiles(values.tolist(), never_is_last=False)
    return float(low or 0.0), float(high or 0.0)


def _lead(asked: Asked, lives: Lives, order: Sequence[int]) -> PairedDifference:
    """The choice less the runner-up over all worlds with its 95 % interval, as `siyu compare` makes it."""
    one, other = (lives.parts[:, [n], 0].astype(np.float64) for n in order)
    if len(one) <= MOST_RESAMPLED:
        return differences(asked.metric, one, other).gap(0)
    apart = lives.values()[:, order[0]] - lives.values()[:, order[1]]
    error = 1.96 * float(apart.std(ddof=1)) / np.sqrt(len(apart))
    mean = float(apart.mean())
    return PairedDifference(mean, mean - error, mean + error, float((-apart if asked.lower else apart > 0).mean()))


def _evpi(gains: FLOAT, of_luck: float) -> Worth:
    """Its noise is what luck alone would show, and at least what few worlds leave open."""
    return Worth(evpi(gains), max(of_luck, 1.645 * evpi_error(gains) if len(gains) > 1 else 0.0))


def _luck(asked: Asked, lives: Lives, again: Lives) -> Luck | None:
    """How luck and worlds share the doubt, from the worlds that were lived twice."""
    both, here, there = np.intersect1d(lives.draws, again.draws, return_indices=True)
    sign = -1.0 if asked.lower else 1.0
    if both.size < 2:
        return None
    return luck_of(
        sign * defined(asked, lives)[here], sign * defined(asked, again)[there], sign * defined(asked, lives)
    )


def _dearest_first(known: Iterator[Known]) -> tuple[Known, ...]:
    return tuple(sorted(known, key=lambda each: -each.value))


def _worths(gains: FLOAT, draws: Draws, drawn: FLOAT) -> Iterator[Known]:
    """What knowing each thing, and all that the same people can tell, is worth."""
    if len(gains) < ENOUGH_TO_REGRESS or not draws.priors:
        return
    single = {prior: Knowledge(drawn[:, draws.columns(prior)]) for prior in draws.priors}
    each = -(-SHUFFLES // len(single))
    noise = level([known.noise(gains, each, n) for n, known in enumerate(single.values())])
    worth = {prior: known.worth(gains) for prior, known in single.items()}
    yield from (Known(worth[prior], noise, tuple(prior.names), prior.who) for prior in single)
    for who in dict.fromkeys(prior.who for prior in draws.priors):
        group = [prior for prior in draws.priors if prior.who == who]
        if len(group) > 1:
            known = Knowledge(drawn[:, [n for prior in group for n in draws.columns(prior)]])
            value = max(known.worth(gains), *(worth[prior] for prior in group))
            above = max(noise, level([known.noise(gains, SHUFFLES_OF_A_GROUP)]))
            yield Known(value, above, tuple(name for prior in group for name in prior.names), who)


def _rules(asked: Asked, gains: FLOAT, draws: Draws, drawn: FLOAT, choice: str) -> Iterator[Rule]:
    """Where the choice is not the best: found in every other world and judged in the rest."""
    if len(gains) < ENOUGH_FOR_RULES or not draws.priors:
        return
    rows = {row.key: row for row in explain(asked.scenario)}
    columns = [n for n, name in enumerate(draws.names) if name in rows and np.ptp(drawn[:, n]) > 0]
    spans = [_span(rows[draws.names[n]], drawn[:, n]) for n in columns]
    loses = gains.argmax(axis=1) != asked.strategies.index(choice)
    found, judged = (Worlds(drawn[half::2, columns], loses[half::2]) for half in (0, 1))
    yield from rules_of(found, judged, spans, choice, MOST_RULES)


def _row(asked: Asked, key: str) -> Row:
    return next(row for row in explain(asked.scenario) if row.key == key)


def _span(row: Row, values: FLOAT) -> Range:
    """A drawn parameter as conditions of rules speak of it."""
    ends = float(values.min()), float(values.max())
    whole = isinstance(row.value, int)
    return Range(
        row.key, *ends, float(row.value), row.unit, row.meaning, row.meaning_zh, row.source, "plausible", whole
    )
