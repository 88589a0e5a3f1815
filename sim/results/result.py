"""What one run left behind: inert, exact, tidy. Metrics, comparisons and reports are functions of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import Scenario
from sim.kernel.ledger import (
    ACCOUNT,
    ACCOUNTS,
    COUNT,
    COUNT_NAMES,
    EARNED,
    GIVEN_UP,
    MARKETING,
    MICRO,
    fingerprint,
    in_use,
)
from sim.text.named import unknown
from sim.text.phrases import Language

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class Result:
    """One scenario under one strategy with one seed, day by day.

    ``money`` (days x ledger.ACCOUNTS, micro-yuan), ``counts`` (days x ledger.COUNT_NAMES) and ``cohorts`` (weeks x
    ledger.KINDS x ledger.COHORT_FIELDS) are read-only int64, and so is ``buyers`` (days), which tells on the last day
    of a counted year how many people ordered in it; it may be missing. Day 0 is the first day lived;
    ``scenario.clock`` tells which days are warm-up, counted and run-out.
    """

    scenario: Scenario
    strategy: str
    seed: int
    money: NDArray[np.int64]
    counts: NDArray[np.int64]
    cohorts: NDArray[np.int64]
    buyers: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    def __repr__(self) -> str:
        return f"<Result of {self.strategy} in {self.scenario.name}, seed {self.seed}: {len(self.money)} days>"

    def account(self, name: str) -> NDArray[np.int64]:
        """One ledger account by day, in micro-yuan; raises KeyError with a sentence if there is none of that name."""
        if name not in ACCOUNT:
            raise KeyError(unknown("account", name, ACCOUNTS))
        return self.money[:, ACCOUNT[name]]

    def count(self, name: str) -> NDArray[np.int64]:
        """One count or level by day; raises KeyError with a sentence if there is none of that name."""
        if name not in COUNT:
            raise KeyError(unknown("count", name, COUNT_NAMES))
        return self.counts[:, COUNT[name]]

    def frame(self) -> DataFrame:
        """A row for each day lived: every account in yuan, then every count."""
        from pandas import DataFrame

        money = {name: self.money[:, n] / MICRO for name, n in ACCOUNT.items()}
        return DataFrame({"day": range(len(self.money)), **money, **{name: self.count(name) for name in COUNT}})

    def in_words(self, language: Language = "en") -> str:
        """The run in a sentence, with the warning that one future is not an answer."""
        from sim.results.words import run_sentence  # metrics are functions of results

        return run_sentence(self, language)

    def _repr_html_(self) -> str:
        """What a notebook shows: the sentence, then every metric."""
        from html import escape

        from pandas import DataFrame

        from sim.results.metrics import METRICS, all_of

        rows = [(METRICS[name].label_en, value, METRICS[name].unit) for name, value in all_of(self).items()]
        table = DataFrame(rows, columns=["metric", "value", "unit"])
        told = f"<p>{escape(self.in_words())}</p>"
        return told + str(table.to_html(index=False, float_format="{:,.4g}".format, na_rep=""))

    @property
    def revenue(self) -> NDArray[np.int64]:
        """Revenue at list price by day, in micro-yuan."""
        return self.money[:, [ACCOUNT[a] for a in EARNED]].sum(axis=1)

    @property
    def contribution(self) -> NDArray[np.int64]:
        """Revenue - discounts - cost of goods by day, in micro-yuan: what is left before marketing."""
        return self.revenue - self.money[:, [ACCOUNT[a] for a in GIVEN_UP]].sum(axis=1)

    @property
    def marketing(self) -> NDArray[np.int64]:
        """Marketing cost by day, in micro-yuan."""
        return self.money[:, [ACCOUNT[a] for a in MARKETING]].sum(axis=1)

    @property
    def ledger_sha256(self) -> str:
        """The SHA-256 of every yuan and every count."""
        return fingerprint(self.money, in_use(self.counts), self.cohorts)
