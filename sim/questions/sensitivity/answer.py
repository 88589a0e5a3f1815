"""Which assumptions matter: each over its range (tornado), and all at once (Sobol, Morris)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from sim.assumptions.ranges import Range
from sim.inference.answer import Answer, parts
from sim.inference.paired_differences import PairedDifference
from sim.questions.sensitivity import words as sensitivity_words
from sim.text.phrases import Language

if TYPE_CHECKING:
    from pandas import DataFrame

Method = Literal["sobol", "morris"]


@dataclass(frozen=True)
class Swing:
    """One assumption moved to either end of its range, everything else as it is.

    ``swing`` is the gap at the high end less that at the low end, paired by future.
    """

    span: Range
    at_low: PairedDifference
    at_high: PairedDifference
    swing: PairedDifference

    @property
    def flips(self) -> bool:
        """Whether the winner at one end (of a single strategy, the sign) is clearly another than at the other."""
        return self.at_low.clear and self.at_high.clear and self.at_low.leads != self.at_high.leads

    def as_json(self) -> dict[str, Any]:
        """Its parts as plain values, and whether it flips the answer."""
        return {**parts(self), "flips": self.flips}

    @property
    def size(self) -> float:
        """How far the ends are apart, 0 where that is undefined."""
        return abs(self.swing.mean or 0.0)


@dataclass(frozen=True, repr=False)
class Tornado(Answer):
    """Every assumption over its range, the widest bar first. ``now`` is the gap under the scenario itself.

    With one strategy the gap is the strategy's own value, and flipping is a change of its sign. ``unused`` names the
    assumptions that changed nothing at all, to the last micro-yuan, because this scenario does not use them.
    """

    question: ClassVar[str] = "tornado"

    scenario: str
    fingerprint: str
    metric: str
    strategies: tuple[str, ...]
    seeds: tuple[int, ...]
    now: PairedDifference
    swings: tuple[Swing, ...]
    runs: int
    unused: tuple[str, ...] = ()

    @property
    def deserve_data(self) -> tuple[Swing, ...]:
        """The assumptions on which data are worth most: all that flip the answer, else the three that clearly move it
        most.
        """
        flipping = tuple(each for each in self.swings if each.flips)
        return flipping or tuple(each for each in self.swings if each.swing.clear)[:3]

    def in_words(self, language: Language = "en") -> str:
        """Which assumptions deserve data, in a sentence or two."""
        return sensitivity_words.tornado_sentence(self, language)

    def as_json(self) -> dict[str, Any]:
        """Everything as plain values, with the sentences in both languages."""
        return {**super().as_json(), "deserve_data": [each.span.key for each in self.deserve_data]}

    def frame(self) -> DataFrame:
        """A row for each assumption, the widest bar first."""
        from pandas import DataFrame

        return DataFrame(
            {
                "key": each.span.key,
                "low": each.span.low,
                "now": each.span.now,
                "high": each.span.high,
                "basis": each.span.basis,
                "at_low": each.at_low.mean,
                "at_high": each.at_high.mean,
                "swing": each.swing.mean,
                "swing_low": each.swing.low,
                "swing_high": each.swing.high,
                "flips": each.flips,
            }
            for each in self.swings
        )


@dataclass(frozen=True)
class Index:
    """How much one assumption matters when all vary at once; each ``error`` is half of a 95 % interval.

    Sobol: ``first`` is the share of the variance that it explains alone, ``total`` with all its interplay. Morris:
    ``first`` is mu* (the mean size of a step's effect), ``total`` is sigma (how far effects differ), without an error.
    """

    span: Range
    first: float
    first_error: float
    total: float
    total_error: float | None


@dataclass(frozen=True, repr=False)
class Indices(Answer):
    """Global indices of assumptions, the most important first.

    ``deviation`` is the standard deviation of the gap over all samples, ``wins_share`` the share of samples in which
    the first strategy is the better one, over the ranges as they are.
    """

    question: ClassVar[str] = "indices"

    scenario: str
    fingerprint: str
    metric: str
    strategies: tuple[str, ...]
    seeds: tuple[int, ...]
    method: Method
    samples: int
    deviation: float
    wins_share: float
    indices: tuple[Index, ...]
    runs: int

    @property
    def deserve_data(self) -> tuple[Index, ...]:
        """The assumptions that certainly matter, interval and all; the three that matter most."""
        if self.method == "sobol":
            matter = [each for each in self.indices if each.total - (each.total_error or 0.0) > 0.02]
        else:
            matter = [each for each in self.indices if each.first - each.first_error > 0]
        return tuple(matter[:3])

    def in_words(self, language: Language = "en") -> str:
        """What matters most when everything varies, in a sentence or two."""
        return sensitivity_words.indices_sentence(self, language)

    def as_json(self) -> dict[str, Any]:
        """Everything as plain values, with the sentences in both languages."""
        named = [each.span.key for each in self.deserve_data]
        return {**super().as_json(), "question": self.method, "deserve_data": named}

    def frame(self) -> DataFrame:
        """A row for each assumption, the most important first, in the method's own words."""
        from pandas import DataFrame

        names = {"sobol": ("S1", "S1_conf", "ST", "ST_conf"), "morris": ("mu_star", "mu_star_conf", "sigma")}[
            self.method
        ]
        rows = [
            {"key": each.span.key, "low": each.span.low, "high": each.span.high}
            | dict(zip(names, (each.first, each.first_error, each.total, each.total_error), strict=False))
            for each in self.indices
        ]
        return DataFrame(rows)
