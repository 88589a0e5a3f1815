"""One run written down order by order and message by message: the same numbers as `sim.run`, and who was behind them.

At the end the orders are added up and compared with the ledger, every account and day; a recording that differs by a
micro-yuan is refused.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.assumptions.loading import Assumed, assumed, load
from sim.assumptions.seeds import seed_of
from sim.kernel.ledger import EARNED, GIVEN_UP, Ledger
from sim.market.market import Market
from sim.records.event_log import SOURCES, Customers, Orders, RecordedCrowd, Touches
from sim.results.result import Result
from sim.simulation.brand import Brands
from sim.simulation.day import live_one_day
from sim.strategies import Strategy, name_of, policy_for

NEVER_DAYS = 10_000
"""Longer than any run."""


class Recording(NamedTuple):
    """A run and everything that happened in it, one by one."""

    result: Result
    orders: Orders
    touches: Touches
    customers: Customers


def record(
    scenario: Assumed, strategy: Strategy, seed: int = 1, *, touches: bool = False, hold_out_share: float = 0.0
) -> Recording:
    """Live one run and write it down.

    Args:
        scenario: what is assumed.
        strategy: a strategy's name, class or object.
        seed: luck, below 2**63.
        touches: whether messages are written down as well, which takes a few times as long.
        hold_out_share: the share of people, drawn at random, to whom no message is ever sent. With 0 the run is
            exactly that of `sim.run`; else nobody is removed for having had no contact, because that would leave
            other people among those who hear from the brand than among those held out.

    Raises:
        KeyError: for a strategy that does not exist.
        ValueError: for a seed that is none.
        ArithmeticError: if the orders do not add up to the ledger.
    """
    scenario = assumed(scenario)
    clock, seed = scenario.clock, seed_of(seed)
    if hold_out_share:
        scenario = load(scenario, {"brand.remove_after_days": NEVER_DAYS})
    books = Ledger(1, clock.total_days)
    brands = Brands([scenario], [policy_for(strategy, scenario.brand)], [seed], books)
    square = Market([scenario], np.array([seed], np.int64))
    with RecordedCrowd(scenario, seed, books, touches=touches, hold_out_share=hold_out_share) as crowd:
        for day in range(clock.total_days):
            live_one_day(day, day < clock.warm_up_days + clock.days, brands, square, crowd, books)
        tables = (books.money[0], books.counts[0], books.cohorts[0], books.buyers[0])
        result = Result(scenario, name_of(strategy), seed, *tables)
        recording = Recording(result, *crowd.written_down())
    _check(recording)
    return recording


def _check(recording: Recording) -> None:
    """Raise ArithmeticError unless the orders add up to the ledger, by account and day."""
    result, orders = recording.result, recording.orders
    found = np.zeros((len(SOURCES), len(result.money)), np.int64)
    np.add.at(found, (orders.source, orders.day), orders.revenue)
    written = dict(zip(EARNED, found, strict=False))
    for name, amounts in zip(GIVEN_UP, orders[4:], strict=True):
        written[name] = np.zeros(len(result.money), np.int64)
        np.add.at(written[name], orders.day, amounts)
    wrong = [name for name, days in written.items() if not np.array_equal(days, result.account(name))]
    if wrong:
        raise ArithmeticError(f"the orders written down do not add up to the ledger's {', '.join(wrong)}")
