"""What one run left behind: inert, exact, tidy. Metrics, comparisons and reports are functions of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import Scenario
from sim.kernel.ledger import ACCOUNT, COUNT, EARNED, GIVEN_UP, MARKETING, fingerprint, in_use


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
        """One ledger account by day, in micro-yuan."""
        return self.money[:, ACCOUNT[name]]

    def count(self, name: str) -> NDArray[np.int64]:
        """One count or level by day."""
        return self.counts[:, COUNT[name]]

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
