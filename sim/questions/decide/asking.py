"""The question of a verdict, checked: every mistake as one sentence before anything is lived."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.assumptions import yaml_reader
from sim.assumptions.doubts import Evidence
from sim.assumptions.errors import Origin, ScenarioError, guess, shown
from sim.assumptions.explaining import Row, explain
from sim.assumptions.loading import load
from sim.assumptions.overrides import Change
from sim.assumptions.parameter_ranges import OPTION, range_of
from sim.assumptions.prior import Prior
from sim.assumptions.priors import evidence_of, priors_of
from sim.assumptions.ranges import Range
from sim.assumptions.scenario import Scenario
from sim.questions.decide.draws import columns_of
from sim.questions.decide.evidence import usable
from sim.questions.decide.worlds import FIRST
from sim.results.metrics import METRICS
from sim.strategies import find, names

LEAST, MOST = 8, 16_384
"""How many worlds may be drawn."""
OTHER = 4
"""The other prior, and a curve's parameter, get one world for so many of the verdict's, at least `FIRST`."""


@dataclass(frozen=True)
class Asked:
    """A question that is in order."""

    scenario: Scenario
    prior: str
    draws: int
    strategies: tuple[str, ...]
    metric: str
    known: frozenset[str]
    over: Range | None

    @property
    def other(self) -> str:
        """The prior that is shown beside the one asked for."""
        return "plausible" if self.prior == "central" else "central"

    @property
    def fewer(self) -> int:
        """How many worlds something beside the verdict gets."""
        return min(self.draws, max(FIRST, self.draws // OTHER))

    @property
    def lower(self) -> bool:
        """Whether less of the metric is better."""
        return METRICS[self.metric].better == "lower"

    def priors(self, prior: str) -> tuple[Prior, ...]:
        """What is drawn."""
        return priors_of(self.scenario, prior, dict.fromkeys(self.known))

    def evidence(self) -> tuple[Evidence, ...]:
        """What a possible world must show."""
        return usable(evidence_of(self.scenario, dict.fromkeys(self.known)), self.strategies)

    def priors_over(self) -> list[Prior]:
        """What is drawn for the curve: its parameter over its range, and all else as it is drawn anyway."""
        if self.over is None:
            return []
        span = self.over
        moved = Prior(span.key, "choice", "nobody", "uniform", span.low, span.high, span.now, span.whole, span.source)
        return [moved, *(each for each in self.priors(self.prior) if span.key not in columns_of(each))]


def asked_for(
    scenario: Scenario, prior: str, draws: Any, strategies: Sequence[str] | None, metric: str, know: Iterable[str],
    known: Iterable[str], over: str | None,
) -> Asked:  # fmt: skip
    """The question, if it is in order.

    Raises:
        ScenarioError, ValueError, KeyError: with a sentence for what is not.
    """
    if isinstance(draws, bool) or not isinstance(draws, (int, np.integer)) or not LEAST <= draws <= MOST:
        raise ValueError(
            f"draws is {shown(str(draws))}, but it must be a whole number from {LEAST} to {MOST:,}; try 512"
        )
    chosen = _strategies(strategies)
    _check_metric(metric)
    stated = _stated([know] if isinstance(know, str) else know)
    assumed = _with(scenario, stated)
    keys = frozenset([*(each.key for each in stated), *known])
    span = None if over is None else _over(assumed, over)
    if span is not None and span.key in keys:
        raise ScenarioError(
            [f"--over: {span.key} is known, so that there is nothing to draw a curve over; leave one out"]
        )
    return Asked(assumed, prior, int(draws), chosen, metric, keys, span)


def _strategies(strategies: Sequence[str] | None) -> tuple[str, ...]:
    chosen = names() if strategies is None else tuple(strategies)
    for each in chosen:
        find(each)
    if len(chosen) < 2 or len(set(chosen)) < len(chosen):
        raise ValueError("a decision needs two or more different strategies")
    return chosen


def _check_metric(metric: str) -> None:
    if metric not in METRICS:
        near = guess(metric, METRICS)
        raise KeyError(
            f"there is no metric {shown(metric)}; " + (f"did you mean {near}?" if near else "try profit_cny")
        )
    if METRICS[metric].better == "neither" or METRICS[metric].undefined_loses:
        raise ValueError(f"{metric} is no yardstick to decide by; choose one such as profit_cny")


def _stated(know: Iterable[str]) -> list[Change]:
    """``KEY=VALUE`` as changes; raises ScenarioError for anything else."""
    found: dict[str, Change] = {}
    mistakes: list[str] = []
    for each in know:
        key, _, text = (part.strip() for part in each.partition("="))
        value, wrong = yaml_reader.read_value(text, Origin("--know"))
        if not key or not text:
            mistakes.append(f"--know: {shown(each)} is no KEY=VALUE; write one such as market.margin_share=0.5")
        elif key in found:
            mistakes.append(f"--know: {shown(key)} is named twice; say it once")
        mistakes.extend(wrong)
        found[key] = Change(key, value, Origin("--know", text=text))
    if mistakes:
        raise ScenarioError(mistakes)
    return list(found.values())


def _with(scenario: Scenario, stated: list[Change]) -> Scenario:
    """The scenario with what is known; raises ScenarioError for what is the brand's choice or the model's setting."""
    rows: dict[str, Row] = {row.key: row for row in explain(scenario)}
    mistakes = []
    for each in stated:
        kind = rows[each.key].kind if each.key in rows else "doubt"
        if kind == "choice":
            mistakes.append(f"--know: {shown(each.key)} is yours to choose and not to know; choose it with --set")
        elif kind == "device":
            mistakes.append(
                f"--know: {shown(each.key)} is a setting of the model and not to be known; change it with --set"
            )
    if mistakes:
        raise ScenarioError(mistakes)
    return load(scenario, stated) if stated else scenario


def _over(scenario: Scenario, over: str) -> Range:
    try:
        return range_of(scenario, over)
    except ScenarioError as error:
        told = (each.replace(f"{OPTION}:", "--over:", 1).replace(OPTION, "--over") for each in error.mistakes)
        raise ScenarioError(list(told)) from None
