"""The best of what a brand may decide: found on some seeds, judged on fresh ones."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from sim.assumptions.ranges import Range
from sim.inference.paired_differences import Gap
from sim.questions.optimise import words as optimum_words
from sim.text.phrases import Language, shortly

if TYPE_CHECKING:
    from pandas import DataFrame

Role = Literal["best", "runner_up", "now"]


@dataclass(frozen=True)
class Limit:
    """A condition that the best must meet: a metric at least, or at most, so much, over all futures together."""

    metric: str
    sense: Literal[">=", "<="]
    value: float

    def excess(self, found: float | None) -> float:
        """By how much a value breaks the condition; 0 if it keeps it, infinite if it is undefined."""
        if found is None or math.isnan(found):
            return float("inf")
        return max(0.0, self.value - found if self.sense == ">=" else found - self.value)

    def __str__(self) -> str:
        return f"{self.metric}{self.sense}{self.value:g}"


@dataclass(frozen=True)
class Curve:
    """Response of the objective to one parameter, all else as it is now, in the search's own futures.

    ``changes`` are the responses less the one at the value as it is now, paired by future: their intervals tell which
    differences along the curve are more than noise. ``allowed`` tells where all limits are kept.
    """

    span: Range
    values: tuple[float, ...]
    responses: tuple[Gap, ...]
    changes: tuple[Gap, ...]
    allowed: tuple[bool, ...]


@dataclass(frozen=True)
class Candidate:
    """One setting of the parameters: what the search's own seeds say of it, and what fresh seeds say.

    ``limits`` holds each limited metric on the fresh seeds, ``allowed`` whether all limits are kept there.
    """

    role: Role
    values: Mapping[str, float]
    searched: Gap
    fresh: Gap
    limits: Mapping[str, Gap]
    allowed: bool


@dataclass(frozen=True)
class Optimum:
    """The best setting found. All verdicts are from fresh seeds that the search has not seen.

    ``regret`` is what choosing the runner-up would lose, ``gain`` what the best adds to the policy as it is now, both
    on fresh seeds, paired, in the direction of the objective (positive is in favour of the best). ``optimism`` is how
    much better the search's own seeds made the best look than the fresh ones do.
    """

    scenario: str
    fingerprint: str
    strategy: str
    objective: str
    limits: tuple[Limit, ...]
    spans: tuple[Range, ...]
    search_seeds: tuple[int, ...]
    fresh_seeds: tuple[int, ...]
    curves: tuple[Curve, ...]
    best: Candidate
    runner_up: Candidate | None
    now: Candidate
    regret: Gap | None
    gain: Gap
    optimism: Gap
    evaluations: int
    runs: int

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """All settings that were judged on fresh seeds."""
        return tuple(each for each in (self.best, self.runner_up, self.now) if each)

    def __repr__(self) -> str:
        return shortly(self)

    def in_words(self, language: Language) -> str:
        """What is best, how sure that is, and by how much the search flattered it."""
        return optimum_words.sentences(self, language)

    def as_json(self) -> dict[str, Any]:
        """Everything as plain values, with the sentences in both languages."""
        words = {language: self.in_words(language) for language in ("en", "zh")}
        return {"question": "optimize", **asdict(self), "verdict": words}

    def frame(self) -> DataFrame:
        """A row for each point of each response curve, then one for each setting judged on fresh seeds."""
        from pandas import DataFrame

        curves = [
            {"kind": "response", "varied": curve.span.key, curve.span.key: x, "allowed": allowed, **asdict(response)}
            for curve in self.curves
            for x, response, allowed in zip(curve.values, curve.responses, curve.allowed, strict=True)
        ]
        judged = [
            {"kind": each.role, "varied": None, **each.values, "allowed": each.allowed, **asdict(each.fresh)}
            for each in self.candidates
        ]
        return DataFrame([*curves, *judged])
