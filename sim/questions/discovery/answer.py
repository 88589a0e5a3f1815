"""In which worlds does which strategy win: a few rules, with how much they cover and how often they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from sim.assumptions.ranges import Range, plain, with_unit
from sim.inference.answer import Answer
from sim.results.metrics import METRICS
from sim.text.phrases import Language, strategy_name

if TYPE_CHECKING:
    from pandas import DataFrame

Sense = Literal[">=", "<="]


@dataclass(frozen=True)
class Condition:
    """One assumption on one side of a value."""

    span: Range
    sense: Sense
    value: float

    def in_words(self, language: Language) -> str:
        """Such as: market.margin_share at least 0.48."""
        value = with_unit(self.span, self.value, language)
        if language == "zh":
            return f"{self.span.label('zh')}{'不低于' if self.sense == '>=' else '不高于'} {value}"
        return f"{self.span.key} {'at least' if self.sense == '>=' else 'at most'} {value}"


@dataclass(frozen=True)
class Rule:
    """Where all conditions hold, ``winner`` mostly wins.

    ``density`` is the share of worlds under the rule in which it does, ``coverage`` the share of its wins that lie
    under the rule, ``worlds`` how many worlds lie there: all counted in worlds that were not used to find the rule.
    """

    winner: str
    conditions: tuple[Condition, ...]
    density: float
    coverage: float
    worlds: int


@dataclass(frozen=True, repr=False)
class Rules(Answer):
    """Rules found in some random worlds and judged in others; ``wins_share`` is the first strategy's, over the latter.

    A world is a draw of every assumption from its range, each evenly and independent of the others.
    """

    question: ClassVar[str] = "rules"

    scenario: str
    fingerprint: str
    metric: str
    strategies: tuple[str, ...]
    seeds: tuple[int, ...]
    spans: tuple[Range, ...]
    worlds: int
    wins_share: float
    rules: tuple[Rule, ...]
    runs: int

    def in_words(self, language: Language = "en") -> str:
        """How often the first wins over all worlds, and each rule in a sentence."""
        name, metric = strategy_name(self.strategies[0], language), _metric(self.metric, language)
        rules = "".join(self.rule_in_words(rule, language) for rule in self.rules) or _NONE[language]
        if language == "zh":
            ranges = f"把 {len(self.spans)} 条假设在各自范围内同时随机变动，得到 {self.worlds} 种情形"
            return f"{ranges}，{name}的{metric}占优的占 {self.wins_share:.0%}。{rules}"
        drawn = f"Over {self.worlds} worlds, with {len(self.spans)} assumptions drawn at random from their ranges"
        return f"{drawn}, {name} is better on {metric} in {self.wins_share:.0%}.{rules}"

    def rule_in_words(self, rule: Rule, language: Language) -> str:
        """One rule in a sentence."""
        winner = strategy_name(rule.winner, language)
        told = [each.in_words(language) for each in rule.conditions]
        if language == "zh":
            held = f"当{'，且'.join(told)}时，{winner}占优的占 {rule.density:.0%}"
            return f"{held}；其占优情形的 {rule.coverage:.0%} 落在这里。"
        where = f" With {' and '.join(told)}, {winner} is better in {rule.density:.0%} of worlds"
        return f"{where}; {rule.coverage:.0%} of all worlds in which it is better lie there."

    def frame(self) -> DataFrame:
        """A row for each condition of each rule."""
        from pandas import DataFrame

        return DataFrame(
            {
                "rule": number,
                "winner": rule.winner,
                "key": each.span.key,
                "sense": each.sense,
                "value": plain(each.value),
                "density": rule.density,
                "coverage": rule.coverage,
                "worlds": rule.worlds,
            }
            for number, rule in enumerate(self.rules, 1)
            for each in rule.conditions
        )


_NONE: dict[Language, str] = {
    "en": " No simple rule tells when.",
    "zh": "没有简单的规则能说明何时如此。",
}


def _metric(metric: str, language: Language) -> str:
    return METRICS[metric].label_zh if language == "zh" else METRICS[metric].label_en
