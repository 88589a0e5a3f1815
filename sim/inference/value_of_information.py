"""What not knowing costs: expected losses, the value of knowing everything (EVPI) and of knowing something (EVPPI).

Gains are arrays [draw, strategy], more being better: what each strategy came to in each possible world. Knowing some
causes is worth the mean, over worlds, of the best strategy's gain to be expected given them, less the best strategy's
gain to be expected without (Strong, Oakley & Brennan 2014, "Estimating multiparameter partial expected value of perfect
information from a probabilistic sensitivity analysis sample: a nonparametric regression approach", Medical Decision
Making 34). The same regression on what a trial would show gives the value of that trial (Strong and others 2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.inference.conditional_means import FLOAT, Regression, expected_given

CHANCE_OF_NOISE = 0.05
"""How often something that tells nothing comes out above the level of noise."""
_SEED = 20_140_301


def best(gains: FLOAT) -> int:
    """The strategy with the greatest mean: what to choose if nothing more becomes known."""
    return int(gains.mean(axis=0).argmax())


def regrets(gains: FLOAT) -> FLOAT:
    """How much less than the best strategy of its world each strategy gained: [draw, strategy]."""
    return gains.max(axis=1, keepdims=True) - gains


def expected_losses(gains: FLOAT) -> FLOAT:
    """The mean regret of each strategy; the least of them is the value of knowing everything."""
    return regrets(gains).mean(axis=0)


def shares_best(gains: FLOAT) -> FLOAT:
    """The share of worlds in which each strategy is the best, ties shared out."""
    first = gains == gains.max(axis=1, keepdims=True)
    return (first / first.sum(axis=1, keepdims=True)).mean(axis=0)


def worst_tenth(gains: FLOAT) -> FLOAT:
    """The mean of the worst tenth of worlds of each strategy (at least one world)."""
    worst = max(1, round(len(gains) / 10))
    return np.sort(gains, axis=0)[:worst].mean(axis=0)


def evpi(gains: FLOAT) -> float:
    """The expected value of perfect information: of choosing in every world what is best there."""
    return float(expected_losses(gains).min())


def evpi_error(gains: FLOAT) -> float:
    """The standard error of ``evpi``."""
    return float(regrets(gains)[:, best(gains)].std(ddof=1) / np.sqrt(len(gains)))


class Knowledge:
    """Some causes [draw, cause] that might become known before choosing, and what that would be worth.

    Knowing them is worth at most as much as knowing everything.
    """

    def __init__(self, causes: FLOAT) -> None:
        self._told_by = Regression(causes)

    def worth(self, gains: FLOAT) -> float:
        """The expected value of knowing them (EVPPI)."""
        return min(_explained(gains, self._told_by), evpi(gains))

    def noise(self, gains: FLOAT, shuffles: int = 200, first: int = 0) -> FLOAT:
        """What knowing them would seem to be worth if they told nothing: gains are shuffled among the draws."""
        dice = np.random.Generator(np.random.Philox(_SEED + first))
        return np.array([self.worth(gains[dice.permutation(len(gains))]) for _ in range(shuffles)])


def evppi(gains: FLOAT, known: FLOAT) -> float:
    """The value of knowing some causes [draw, cause] before choosing: at least as much as knowing any one of them."""
    alone = [known[:, [n]] for n in range(known.shape[1])] if known.shape[1] > 1 else []
    return max(Knowledge(each).worth(gains) for each in [known, *alone])


def noise_level(gains: FLOAT, causes: Sequence[FLOAT], shuffles: int = 200) -> float:
    """Below which a value of knowing says nothing: the 95 % quantile of what groups of columns seem worth, shuffled."""
    each = -(-shuffles // len(causes))
    return level([Knowledge(group).noise(gains, each, n) for n, group in enumerate(causes)])


def level(noises: Sequence[FLOAT]) -> float:
    """The 95 % quantile of all these values of nothing."""
    return float(np.quantile(np.concatenate(noises), 1 - CHANCE_OF_NOISE))


def _explained(gains: FLOAT, known: Regression) -> float:
    chosen = best(gains)
    ahead = known.expected(np.delete(gains, chosen, axis=1) - gains[:, [chosen]])
    return float(np.maximum(ahead.max(axis=1, initial=-np.inf), 0.0).mean())


@dataclass(frozen=True)
class Luck:
    """How luck and worlds share the doubt, from worlds that were lived in two futures each.

    ``share`` of the variance of the lead of the best strategy over the runner-up is luck. ``evpi_of_luck`` is what
    knowing would seem to be worth if worlds did not differ (the 95 % quantile). ``seen`` and ``scored`` are the value
    of knowing everything where the choice of each world is made and scored in the same future, and made in one future
    and scored in the other: what the first has above the second is luck taken for knowledge.
    """

    share: float
    evpi_of_luck: float
    seen: float
    scored: float

    @property
    def honest(self) -> bool:
        """Whether choosing and scoring in the same future says nearly the same as in two."""
        return abs(self.seen - self.scored) <= max(0.05 * self.seen, 1e-9)


def luck_of(gains: FLOAT, again: FLOAT, whole: FLOAT | None = None) -> Luck:
    """Luck, from the gains of the same worlds in two futures; ``whole`` are those of all worlds, if these are some."""
    every = gains if whole is None else whole
    one, other = np.argsort(-every.mean(axis=0), kind="stable")[:2]
    lead, apart = every[:, one] - every[:, other], (gains - again)[:, one] - (gains - again)[:, other]
    within, total = float((apart**2).mean()) / 2, float(lead.var(ddof=1))
    share = min(1.0, within / total) if total > 0 else 0.0
    chosen = best(every)
    seen = np.mean([(each.max(axis=1) - each[:, chosen]).mean() for each in (gains, again)])
    scored = np.mean([_scored(a, b, chosen) for a, b in ((gains, again), (again, gains))])
    return Luck(share, _evpi_of(gains - again, every.mean(axis=0), len(every)), float(seen), float(scored))


def _scored(chosen_in: FLOAT, scored_in: FLOAT, otherwise: int) -> float:
    picked = np.take_along_axis(scored_in, chosen_in.argmax(axis=1)[:, None], axis=1)[:, 0]
    return float((picked - scored_in[:, otherwise]).mean())


def _evpi_of(apart: FLOAT, means: FLOAT, draws: int) -> float:
    """What luck of this size about these means makes of the value of knowing everything, at most in 95 of 100."""
    luck = np.concatenate([apart, -apart]) / np.sqrt(2)
    regret = regrets(luck + means)[:, int(means.argmax())]
    return float(regret.mean() + 1.645 * regret.std(ddof=1) / np.sqrt(draws))


def value_along(gains: FLOAT, place: FLOAT, at: FLOAT) -> NDArray[np.float64]:
    """The mean of each gain, and of the best one, where one cause has the values ``at``: [value, strategy and best]."""
    outcomes = np.hstack([gains, gains.max(axis=1, keepdims=True)])
    fitted = expected_given(outcomes, place[:, None])
    order = np.argsort(place, kind="stable")
    return np.stack([np.interp(at, place[order], column[order]) for column in fitted.T], axis=1)
