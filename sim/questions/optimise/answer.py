"""The best of what a brand may decide: found on some seeds, judged on fresh ones."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from sim.assumptions.ranges import Range
from sim.inference.answer import Answer, plain
from sim.inference.paired_differences import PairedDifference
from sim.questions.optimise import words as optimum_words
from sim.text.phrases import Language

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
    responses: tuple[PairedDifference, ...]
    changes: tuple[PairedDifference, ...]
    allowed: tuple[bool, ...]


@dataclass(frozen=True)
class Candidate:
    """One setting of the parameters: what the search's own seeds say of it, and what fresh seeds say.

    ``limits`` holds each limited metric on the fresh seeds, ``allowed`` whether all limits are kept there.
    """

    role: Role
    values: Mapping[str, float]
    searched: PairedDifference
    fresh: PairedDifference
    limits: Mapping[str, PairedDifference]
    allowed: bool


@dataclass(frozen=True, repr=False)
class Optimum(Answer):
    """The best setting found. All verdicts are from fresh seeds that the search has not seen.

    The setting as it is now stays (``stays``) unless the fresh seeds call the other one better, by the rule of
    `sim.inference.judgement`, or unless only the other one keeps every limit: ``recommended`` is the one to take.
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
    regret: PairedDifference | None
    gain: PairedDifference
    optimism: PairedDifference
    evaluations: int
    runs: int

    question: ClassVar[str] = "optimize"

    @property
    def stays(self) -> bool:
        """Whether the setting as it is now is kept: nothing that was tried is surely better."""
        if self.best.values == self.now.values:
            return True
        if self.best.allowed != self.now.allowed:
            return self.now.allowed
        return self.gain.too_close or self.gain.leads != "first"

    @property
    def recommended(self) -> Candidate:
        """The setting to take: the best one found, or the one as it is now, which stays."""
        return self.now if self.stays else self.best

    def role(self, candidate: Candidate) -> str:
        """What a candidate is called: ``best`` only where it is to be taken, else ``found``."""
        return "found" if candidate.role == "best" and self.stays else candidate.role

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """All settings that were judged on fresh seeds."""
        return tuple(each for each in (self.best, self.runner_up, self.now) if each)

    def in_words(self, language: Language = "en") -> str:
        """What is best, how sure that is, and by how much the search flattered it."""
        return optimum_words.sentences(self, language)

    def as_json(self) -> dict[str, Any]:
        """Everything as plain values, with the setting to take and the sentences in both languages."""
        taken = {"stays": self.stays, "recommended": plain(self.recommended.values)}
        return {**super().as_json(), **taken}

    def frame(self) -> DataFrame:
        """A row for each point of each response curve, then one for each setting judged on fresh seeds."""
        from pandas import DataFrame

        curves = [
            {"kind": "response", "varied": curve.span.key, curve.span.key: x, "allowed": allowed, **response.facts()}
            for curve in self.curves
            for x, response, allowed in zip(curve.values, curve.responses, curve.allowed, strict=True)
        ]
        judged = [
            {"kind": each.role, "varied": None, **each.values, "allowed": each.allowed, **each.fresh.facts()}
            for each in self.candidates
        ]
        return DataFrame([*curves, *judged])
