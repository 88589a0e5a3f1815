"""A verdict that knows what it does not know: strategies over possible worlds, what doubt costs, what to find out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.inference.bootstrap import FLOAT
from sim.inference.paired_differences import PairedDifference
from sim.inference.value_of_information import Luck
from sim.questions.decide import words
from sim.questions.discovery.answer import Rule
from sim.text.phrases import Language

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class Outcome:
    """One strategy over possible worlds, in the metric's unit (yuan).

    ``p5`` and ``p95`` are quantiles of worlds, ``p_best`` is the share of worlds in which it is the best,
    ``expected_loss`` its mean distance from the best of each world, ``p_negative`` the share of worlds below 0,
    ``worst_tenth`` the mean of the worst tenth of worlds, ``max_regret`` the greatest distance from the best.
    """

    mean: float
    p5: float
    p95: float
    p_best: float
    expected_loss: float
    p_negative: float
    worst_tenth: float
    max_regret: float


@dataclass(frozen=True)
class Worth:
    """A value of knowing, with the level of noise below which it says nothing."""

    value: float
    noise: float

    @property
    def clear(self) -> bool:
        """Whether it stands above its noise."""
        return self.value > self.noise


@dataclass(frozen=True)
class Known(Worth):
    """What knowing these parameters before choosing is worth, and ``who`` can find them out."""

    keys: tuple[str, ...] = ()
    who: str = "nobody"


@dataclass(frozen=True)
class Flip:
    """Changes of the scenario's own values under which the winner there loses: the winner less the rival, confirmed in
    fresh futures. ``source`` is who documents these values together, None for what a search found.
    """

    changes: Mapping[str, float]
    difference: PairedDifference
    source: str | None = None


@dataclass(frozen=True)
class AsAssumed:
    """What the scenario's own values say, as if each held exactly: the winner there, the rival, and the difference."""

    winner: str
    rival: str
    difference: PairedDifference


@dataclass(frozen=True)
class OtherPrior:
    """The same under another prior."""

    prior: str
    draws: int
    choice: str
    strategies: Mapping[str, Outcome]
    evpi: Worth


@dataclass(frozen=True, eq=False)
class Along:
    """Expected losses along one parameter: ``at`` its values, ``means`` of each strategy and of choosing the best in
    each world [value, strategy and best].
    """

    key: str
    label_zh: str
    at: FLOAT
    means: FLOAT
    now: float

    @property
    def losses(self) -> FLOAT:
        """How much each strategy loses on average against knowing the world, at each value."""
        return np.maximum(self.means[:, -1:] - self.means[:, :-1], 0.0)

    @property
    def frontier(self) -> NDArray[np.int64]:
        """Which strategy loses least at each value."""
        return self.losses.argmin(axis=1)


@dataclass(frozen=True, eq=False)
class Verdict:
    """The answer of ``decide``.

    ``draws`` possible worlds were drawn and lived; ``accepted_share`` of them are firms that can exist, and only these
    count. ``lead`` is the choice less the runner-up with its 95 % interval. ``values`` holds what each strategy came to
    in each of these worlds [world, strategy], ``drawn`` the drawn values there [world, parameter of ``drawn_keys``].
    ``stopped`` tells that fewer worlds were lived than were asked for; ``meanings`` are those of keys, in Chinese.
    """

    scenario: str
    fingerprint: str
    metric: str
    prior: str
    draws: int
    asked: int
    accepted_share: float
    luck_share: float
    luck: Luck | None
    choice: str
    runner_up: str
    lead: PairedDifference
    strategies: Mapping[str, Outcome]
    evpi: Worth
    evppi: tuple[Known, ...]
    rules: tuple[Rule, ...]
    values: FLOAT
    drawn: FLOAT
    drawn_keys: tuple[str, ...]
    worlds: NDArray[np.int64]
    flips: tuple[Flip, ...] = ()
    as_assumed: AsAssumed | None = None
    other_prior: OtherPrior | None = None
    along: Along | None = None
    meanings: Mapping[str, str] = field(default_factory=dict)
    runs: int = 0

    @property
    def stopped(self) -> bool:
        """Whether fewer worlds were lived than were asked for."""
        return self.draws < self.asked

    @property
    def singles(self) -> tuple[Known, ...]:
        """What knowing one thing is worth, the dearest first."""
        return tuple(each for each in self.evppi if len(each.keys) == 1)

    def named(self, key: str, language: Language) -> str:
        """A parameter as readers know it: its key, and in Chinese what it means."""
        return self.meanings.get(key, key) if language == "zh" else key

    def in_words(self, language: Language) -> str:
        """The verdict as a short text: choice, doubt, what to find out first, what other rules of choice would say."""
        return words.told(self, language)

    def as_json(self) -> dict[str, Any]:
        """What `siyu decide --json` prints: money in yuan, shares as fractions."""
        other = self.other_prior
        return {
            "scenario": self.scenario,
            "fingerprint": self.fingerprint,
            "prior": self.prior,
            "draws": self.draws,
            "accepted_share": self.accepted_share,
            "luck_share": self.luck_share,
            "choice": self.choice,
            "strategies": {name: asdict(each) for name, each in self.strategies.items()},
            "evpi": asdict(self.evpi),
            "evppi": [
                {"keys": list(each.keys), "value": each.value, "noise": each.noise, "who": each.who}
                for each in self.evppi
            ],
            "flips": [_flip(each) for each in self.flips],
            "rules": [_rule(each) for each in self.rules],
            "other_prior": None
            if other is None
            else {
                "prior": other.prior,
                "choice": other.choice,
                "strategies": {name: asdict(each) for name, each in other.strategies.items()},
                "evpi": asdict(other.evpi),
            },
            "verdict": {language: self.in_words(language) for language in ("en", "zh")},
        }

    def frame(self) -> DataFrame:
        """A row for each strategy."""
        from pandas import DataFrame

        return DataFrame({"strategy": name, **asdict(each)} for name, each in self.strategies.items())

    def worth_knowing(self) -> DataFrame:
        """A row for each parameter and group that might become known, the dearest first."""
        from pandas import DataFrame

        return DataFrame(
            {"keys": ", ".join(each.keys), "value": each.value, "noise": each.noise, "who": each.who}
            for each in self.evppi
        )

    def __repr__(self) -> str:
        best = self.strategies[self.choice]
        return f"<Verdict on {self.scenario}: {self.choice}, best in {best.p_best:.0%} of {len(self.values)} worlds>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(self.in_words('en'))}</p>{self.frame().to_html(index=False, float_format='{:,.2f}'.format)}"


def _flip(flip: Flip) -> dict[str, Any]:
    gap = flip.difference
    difference = {"mean": gap.mean, "low": gap.low, "high": gap.high}
    return {"changes": dict(flip.changes), "difference": difference, "source": flip.source}


def _rule(rule: Rule) -> dict[str, Any]:
    conditions = [{"key": each.span.key, "sense": each.sense, "value": each.value} for each in rule.conditions]
    return {
        "loses": conditions,
        "density": rule.density,
        "coverage": rule.coverage,
        "worlds": rule.worlds,
        "words": {language: words.rule_sentence(rule, language) for language in ("en", "zh")},
    }
