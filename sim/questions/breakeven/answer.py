"""Where two strategies tie: crossings along one parameter, with intervals, and a map over two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from sim.assumptions.ranges import Range
from sim.inference.answer import Answer
from sim.inference.paired_differences import PairedDifference
from sim.questions.breakeven import words as breakeven_words
from sim.text.phrases import Language

if TYPE_CHECKING:
    from pandas import DataFrame

Kind = Literal["equal_envelope", "same_customers"]

KINDS: dict[Kind, str] = {"equal_envelope": "within_envelope", "same_customers": "on_top"}
"""The two kinds of break-even, and where the pool's costs go in each: they displace advertisements, or come on top."""


@dataclass(frozen=True)
class Crossing:
    """One value at which two strategies tie, and the values about it at which, with 95 %, the winner is not clear.

    ``below`` and ``above`` name the better strategy on either side, None where no value there has a clear winner. An
    interval that runs to an end of the range is ``open_low`` or ``open_high``: the true one may be wider.
    """

    value: float
    low: float
    high: float
    open_low: bool
    open_high: bool
    below: str | None
    above: str | None


@dataclass(frozen=True)
class Line:
    """The gap between two strategies along a parameter, for one kind of break-even.

    ``winner`` is the strategy that is better wherever the winner is clear, or None if there is a crossing or no value
    with a clear winner; ``nearest`` is the value, among those lived, at which the two are least apart.
    """

    kind: Kind
    values: tuple[float, ...]
    gaps: tuple[PairedDifference, ...]
    crossings: tuple[Crossing, ...]
    winner: str | None
    nearest: float | None


@dataclass(frozen=True, repr=False)
class BreakEven(Answer):
    """What would flip the answer: one parameter, two strategies, each kind of break-even."""

    question: ClassVar[str] = "breakeven"

    scenario: str
    fingerprint: str
    metric: str
    strategies: tuple[str, ...]
    seeds: tuple[int, ...]
    span: Range
    lines: tuple[Line, ...]
    runs: int

    def line(self, kind: str) -> Line:
        """The line of one kind; raises KeyError if it was not asked for."""
        return {line.kind: line for line in self.lines}[kind]  # type: ignore[index]

    def in_words(self, language: Language = "en") -> str:
        """The answer in a sentence for each kind."""
        return "\n".join(breakeven_words.line_sentence(self, line, language) for line in self.lines)

    def frame(self) -> DataFrame:
        """A row for each kind and value: the gap, its interval, the share of futures won."""
        from pandas import DataFrame

        return DataFrame(
            {"kind": line.kind, self.span.key: value, **gap.facts()}
            for line in self.lines
            for value, gap in zip(line.values, line.gaps, strict=True)
        )


@dataclass(frozen=True)
class Map:
    """Who wins over two parameters, for one kind: ``gaps[row][column]``, rows by ``second``, columns by ``first``.

    ``crossings`` holds, for each row, where the two tie along the first parameter.
    """

    kind: Kind
    gaps: tuple[tuple[PairedDifference, ...], ...]
    crossings: tuple[tuple[Crossing, ...], ...]


@dataclass(frozen=True, repr=False)
class Frontier(Answer):
    """The border between two strategies' realms over two parameters."""

    question: ClassVar[str] = "frontier"

    scenario: str
    fingerprint: str
    metric: str
    strategies: tuple[str, ...]
    seeds: tuple[int, ...]
    first: Range
    second: Range
    first_values: tuple[float, ...]
    second_values: tuple[float, ...]
    maps: tuple[Map, ...]
    runs: int

    def in_words(self, language: Language = "en") -> str:
        """The map in a sentence for each kind."""
        return "\n".join(breakeven_words.map_sentence(self, each, language) for each in self.maps)

    def frame(self) -> DataFrame:
        """A row for each kind and pair of values: the gap, its interval, the share of futures won."""
        from pandas import DataFrame

        return DataFrame(
            {"kind": each.kind, self.first.key: x, self.second.key: y, **gap.facts()}
            for each in self.maps
            for y, row in zip(self.second_values, each.gaps, strict=True)
            for x, gap in zip(self.first_values, row, strict=True)
        )
