"""Strategies against each other under common luck: the same futures for each, compared future by future."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.provenance import scenario_fingerprint
from sim.assumptions.scenario import Scenario
from sim.inference.answer import Answer
from sim.inference.bootstrap import FLOAT, Difference, Estimate, interval, quantiles, resampled
from sim.inference.verdict import Contest, Verdict, in_words
from sim.results.metrics import METRICS, Metric, Parts, total
from sim.results.metrics.periods import watched
from sim.results.result import Result
from sim.text.named import Named
from sim.text.phrases import Language

if TYPE_CHECKING:
    from pandas import DataFrame

MAIN: tuple[str, ...] = (
    "roi",
    "profit_cny",
    "revenue_cny",
    "contribution_cny",
    "marketing_cny",
    "paid_cac_cny",
    "blended_cac_cny",
    "ltv_365_cny",
    "ltv_to_cac",
    "payback_day",
    "cash_trough_cny",
    "run_out_profit_cny",
    "new_customers",
    "orders",
    "repurchase_share",
)
"""The metrics on which strategies are compared with each other."""


@dataclass(frozen=True, eq=False)
class RunSummary:
    """What a comparison keeps of one run: a hundredth of its books, so that many futures can be gathered in portions.

    ``parts`` holds every metric's whole numbers, ``daily_cash`` and ``accounts`` what `Comparison` says, of this run.
    """

    scenario: Scenario
    strategy: str
    seed: int
    parts: tuple[Parts, ...]
    daily_cash: NDArray[np.int64]
    accounts: NDArray[np.int64]

    @classmethod
    def of(cls, run: Result) -> RunSummary:
        """What is kept of a run."""
        days = watched(run)
        return cls(
            run.scenario, run.strategy, run.seed, tuple(metric.parts(run) for metric in METRICS.values()),
            (run.contribution - run.marketing)[days], run.money[days].sum(axis=0),
        )


@dataclass(frozen=True, eq=False)
class Comparison(Answer):
    """Several strategies in the same futures.

    ``values[strategy][metric]`` holds one value per seed (None: undefined), ``estimates[strategy][metric]`` what all
    seeds say together, ``differences`` every pair on every main metric, ``daily_cash[strategy]`` contribution less
    marketing (seeds x watched days, int64 micro-yuan; the first watched day is the first counted one),
    ``accounts[strategy]`` what each ledger account came to on the watched days (seeds x ledger.ACCOUNTS, micro-yuan).
    """

    question: ClassVar[str] = "compare"

    scenario: Scenario
    strategies: tuple[str, ...]
    seeds: tuple[int, ...]
    values: dict[str, dict[str, tuple[float | None, ...]]]
    estimates: dict[str, dict[str, Estimate]]
    differences: tuple[Difference, ...]
    daily_cash: dict[str, NDArray[np.int64]]
    accounts: dict[str, NDArray[np.int64]]

    @classmethod
    def from_results(cls, results: Iterable[Result]) -> Comparison:
        """Compare runs of one scenario; raises ValueError unless every strategy was run once with every seed."""
        return cls.from_summaries(map(RunSummary.of, results))

    @classmethod
    def from_summaries(cls, summaries: Iterable[RunSummary]) -> Comparison:
        """Compare what was kept of runs; raises ValueError as `from_results` does."""
        by_strategy = _grouped(list(summaries))
        parts = {name: [list(run.parts) for run in runs] for name, runs in by_strategy.items()}
        tables = {name: np.array(rows, np.float64) for name, rows in parts.items()}
        samples = {name: resampled(table) for name, table in tables.items()}
        values = {name: _values(rows) for name, rows in parts.items()}
        estimates = {name: _estimates(parts[name], samples[name], values[name]) for name in parts}
        runs = next(iter(by_strategy.values()))
        return cls(
            scenario=runs[0].scenario,
            strategies=tuple(by_strategy),
            seeds=tuple(run.seed for run in runs),
            values=_by_name(values),
            estimates=_by_name(estimates),
            differences=tuple(
                _difference(METRICS[metric], pair, samples, values, estimates)
                for pair in combinations(by_strategy, 2)
                for metric in MAIN
            ),
            daily_cash={name: np.stack([run.daily_cash for run in group]) for name, group in by_strategy.items()},
            accounts={name: np.stack([run.accounts for run in group]) for name, group in by_strategy.items()},
        )

    def difference(self, metric: str, one: str, other: str) -> Difference:
        """The difference between two strategies on a main metric; raises KeyError if there is none."""
        for each in self.differences:
            if each.metric == metric and {each.better, each.than} == {one, other}:
                return each
        raise KeyError(f"no difference on {metric!r} between {one!r} and {other!r}")

    def __repr__(self) -> str:
        futures = f"{len(self.seeds)} future{'' if len(self.seeds) == 1 else 's'}"
        return f"<Comparison of {', '.join(self.strategies)} in {self.scenario.name}: {futures}>"

    def in_words(self, language: Language = "en") -> str:
        """The answer in two sentences: profit first, then ROI and payback."""
        return in_words(self.verdict, language)

    def frame(self) -> DataFrame:
        """A row for each strategy and metric: mean, 95 % interval, quantiles of single futures, share that reach it."""
        from pandas import DataFrame

        return DataFrame(
            {"strategy": name, "metric": metric, **asdict(each)}
            for name, found in self.estimates.items()
            for metric, each in found.items()
        )

    @property
    def verdict(self) -> Verdict:
        """Who wins on profit and on ROI, by how much, how surely, and when the winner pays back."""
        profit = self._contest("profit_cny")
        roi = self._contest("roi", rival=profit.winner)
        near = {profit.winner, *self._twins(profit.winner), *([profit.lead.than] if profit.lead else [])}
        others = [each for each in profit.ranking if each not in near]
        behind = [each for each in others if not self.difference("profit_cny", profit.winner, each).too_close]
        return Verdict(
            futures=len(self.seeds),
            watched_days=next(iter(self.daily_cash.values())).shape[1],
            profit=profit,
            roi=roi,
            payback=self.estimates[profit.winner]["payback_day"],
            behind=tuple(behind),
            same=self.same,
        )

    @property
    def same(self) -> tuple[tuple[str, ...], ...]:
        """Groups of strategies that are one here: every metric and account of every future is equal."""
        groups = dict.fromkeys((name, *self._twins(name)) for name in self.strategies if self._is_first(name))
        return tuple(group for group in groups if len(group) > 1)

    def _is_first(self, name: str) -> bool:
        before = self.strategies[: self.strategies.index(name)]
        return not set(before) & set(self._twins(name))

    def _twins(self, name: str) -> tuple[str, ...]:
        """The other strategies that do what this one does."""
        return tuple(
            each
            for each in self.strategies
            if each != name
            and self.values[each] == self.values[name]
            and np.array_equal(self.accounts[each], self.accounts[name])
        )

    def _contest(self, metric: str, rival: str | None = None) -> Contest:
        """Strategies ranked by mean, and the winner's lead over the named rival, else over the runner-up."""
        found = {name: self.estimates[name][metric] for name in self.strategies}
        ranking = sorted(found, key=lambda name: (found[name].mean is None, -(found[name].mean or 0.0)))
        twins = self._twins(ranking[0])
        others = [name for name in (rival, *ranking[1:]) if name and name != ranking[0] and name not in twins]
        lead = self.difference(metric, ranking[0], others[0]) if others else None
        return Contest(tuple(ranking), tuple(found[name] for name in ranking), lead)

    def as_json(self) -> dict[str, Any]:
        """The comparison as plain numbers and texts; undefined is None, and no number is infinite.

        Where something is not plausible, ``plausibility`` says what.
        """
        from sim.inference import plausibility

        doubts = plausibility.as_json(plausibility.doubts_after(self))
        return {
            "scenario": self.scenario.name,
            "fingerprint": scenario_fingerprint(self.scenario),
            "seeds": list(self.seeds),
            "days": self.scenario.clock.days,
            "strategies": {
                name: {metric: _estimate_as_json(each) for metric, each in self.estimates[name].items()}
                for name in self.strategies
            },
            "differences": [_difference_as_json(each) for each in self.differences],
            "verdict": self.verdict_in_both(),
            **({"plausibility": doubts} if doubts else {}),
        }


Table = TypeVar("Table")


def _by_name(table: dict[str, dict[str, Table]]) -> dict[str, dict[str, Table]]:
    """What each strategy has of each metric; a name that is not there is answered with a sentence."""
    columns = {name: Named.of("metric", row) for name, row in table.items()}
    return Named.of("compared strategy", columns)  # type: ignore[arg-type]


def _estimate_as_json(estimate: Estimate) -> dict[str, Any]:
    futures = {"p5": estimate.p5, "p50": estimate.p50, "p95": estimate.p95}
    plain: dict[str, Any] = {"mean": estimate.mean, "low": estimate.low, "high": estimate.high, "futures": futures}
    return plain if estimate.reached_share is None else plain | {"reached_share": estimate.reached_share}


def _difference_as_json(each: Difference) -> dict[str, Any]:
    return {name: value for name, value in asdict(each).items() if name != "ties_share"}


def _grouped(results: Sequence[RunSummary]) -> dict[str, list[RunSummary]]:
    """Runs by strategy in order of appearance, each sorted by seed, so that the order of runs changes no number."""
    by_strategy: dict[str, list[RunSummary]] = {}
    for run in results:
        by_strategy.setdefault(run.strategy, []).append(run)
    for runs in by_strategy.values():
        runs.sort(key=lambda run: run.seed)
    seeds = {tuple(run.seed for run in runs) for runs in by_strategy.values()}
    if len(seeds) != 1 or any(len(set(each)) < len(each) for each in seeds):
        raise ValueError("a comparison needs every strategy run exactly once with every seed")
    if any(run.scenario != results[0].scenario for run in results):
        raise ValueError("a comparison needs runs of one and the same scenario")
    return by_strategy


def _values(rows: list[list[Parts]]) -> dict[str, tuple[float | None, ...]]:
    return {name: tuple(row[i].value for row in rows) for i, name in enumerate(METRICS)}


def _estimates(
    rows: list[list[Parts]], samples: FLOAT, values: dict[str, tuple[float | None, ...]]
) -> dict[str, Estimate]:
    together = [total(column) for column in zip(*rows, strict=True)]
    return {
        name: _estimate(METRICS[name], together[i].value, samples[:, i], values[name]) for i, name in enumerate(METRICS)
    }


def _estimate(metric: Metric, mean: float | None, samples: FLOAT, values: tuple[float | None, ...]) -> Estimate:
    defined = sum(value is not None for value in values)
    reached = defined / len(values) if metric.undefined_loses else None
    never_is_last = metric.undefined_loses
    return Estimate(mean, *interval(samples, defined), *quantiles(values, never_is_last), reached)


def _difference(
    metric: Metric,
    pair: tuple[str, str],
    samples: dict[str, FLOAT],
    values: dict[str, dict[str, tuple[float | None, ...]]],
    estimates: dict[str, dict[str, Estimate]],
) -> Difference:
    one, other = pair
    wins = _wins_share(metric, values[one][metric.name], values[other][metric.name])
    means = [estimates[name][metric.name].mean for name in pair]
    better, than = (one, other) if _leads(metric, means[0], means[1], wins) else (other, one)
    wins = _wins_share(metric, values[better][metric.name], values[than][metric.name])
    ties = _ties_share(values[better][metric.name], values[than][metric.name])
    first, second = estimates[better][metric.name].mean, estimates[than][metric.name].mean
    if first is None or second is None:
        return Difference(better, than, metric.name, None, None, None, wins, ties)
    column = list(METRICS).index(metric.name)
    futures = min(sum(v is not None for v in values[name][metric.name]) for name in pair)
    low, high = interval(samples[better][:, column] - samples[than][:, column], futures)
    return Difference(better, than, metric.name, first - second, low, high, wins, ties)


def _leads(metric: Metric, mine: float | None, theirs: float | None, wins: float | None) -> bool:
    """Whether the first of two is the better one: by its mean; by futures won where a day may never come."""
    if metric.undefined_loses and wins is not None and wins != 0.5:
        return wins > 0.5
    if mine is None or theirs is None:
        return mine is not None or theirs is None
    return mine <= theirs if metric.better == "lower" else mine >= theirs


def _ties_share(mine: Sequence[float | None], theirs: Sequence[float | None]) -> float:
    """The share of futures in which two are exactly equal, or never come."""
    return sum(a == b for a, b in zip(mine, theirs, strict=True)) / len(mine)


def _wins_share(metric: Metric, mine: Sequence[float | None], theirs: Sequence[float | None]) -> float | None:
    """The share of futures that the first wins, ties counting half; None if no future can be compared."""
    never = float("inf") if metric.undefined_loses else None
    sign = -1 if metric.better == "lower" else 1
    pairs = [(never if a is None else a, never if b is None else b) for a, b in zip(mine, theirs, strict=True)]
    comparable = [(sign * a, sign * b) for a, b in pairs if a is not None and b is not None]
    if not comparable:
        return None
    return sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in comparable) / len(comparable)
