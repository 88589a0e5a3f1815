"""Orders as numbers: who ordered on which day for how much, one entry a customer and day.

 A log is refused, with one sentence, if its rows cannot be orders: returns, orders of tomorrow, rows copied twice, a
single customer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.errors import ScenarioError

if TYPE_CHECKING:
    from sim.calibration.read.report import ReadingReport

Days = NDArray[np.int32]
EPOCH = np.datetime64("1970-01-01", "D")
EARLIEST = int((np.datetime64("1980-01-01", "D") - EPOCH).astype(int))
MOST_AMOUNT = 1e12
"""More than any order is worth, in any currency; sums of amounts stay numbers."""

LEAST_AMOUNT = 1e-6
"""Less than any order is worth that is not free."""

COPIES_SHARE = 0.005
"""Rows that may always be exactly alike: 0.3 % are in the CDNOW sample, whose rows have no time of day."""


@dataclass(frozen=True)
class Orders:
    """A log: one entry a customer and day with an order, sorted by customer, then day.

    ``customer`` numbers customers from 0, ``day`` counts days since 1970-01-01, ``amount`` is what the orders of that
    day were worth together, in the log's currency. ``channel`` numbers the day's first order's channel in ``channels``,
    if there is one. ``rows`` counts the log's rows before those of a day were merged, ``copies`` those exactly like
    another row. ``priced`` says whether the log has amounts; without, each is 0. ``reading`` tells how the log was read.
    """

    customer: NDArray[np.int32]
    day: Days
    amount: NDArray[np.float64]
    customers: Any = ()
    channel: NDArray[np.int32] | None = None
    channels: tuple[str, ...] = ()
    rows: int = 0
    copies: int = 0
    priced: bool = True
    reading: ReadingReport | None = None

    @property
    def first_day(self) -> int:
        """The log's first day, since 1970."""
        return int(self.day.min())

    @property
    def last_day(self) -> int:
        """The log's last day, since 1970."""
        return int(self.day.max())


@dataclass(frozen=True)
class Rows:
    """Rows of a log as read, in the file's order, and the line on which each stands."""

    name: str
    customer: NDArray[np.int32]
    day: Days
    moment: NDArray[np.int32]
    amount: NDArray[np.float64]
    customers: Any
    channel: NDArray[np.int32] | None
    channels: tuple[str, ...]
    lines: NDArray[np.int64]


def date_of(day: int) -> str:
    """A day since 1970 as people write it: 2026-03-01."""
    return str(EPOCH + np.timedelta64(int(day), "D"))


def day_of(date: str) -> int:
    """A date such as 2026-03-01 as a day since 1970; raises ValueError if it is none."""
    return int((np.datetime64(date, "D") - EPOCH).astype(int))


def today() -> int:
    """Today, since 1970; the earth's eastern half may already be a day further."""
    return int(datetime.now(UTC).timestamp() // 86_400)


def orders_of(rows: Rows, *, keep_copies: bool = False) -> Orders:
    """The orders in rows; raises ScenarioError with one sentence if they cannot be orders."""
    _refuse_days(rows)
    _refuse_amounts(rows)
    if not rows.customer.max():
        raise ScenarioError(
            [f"{rows.name}: all orders are by one customer, from whom nothing about others can be learnt"]
        )
    copies = _copies(rows, refuse=not keep_copies)
    return replace(merged(rows), copies=copies)


def merged(rows: Rows) -> Orders:
    """Rows with the orders of a customer's day added up."""
    start = int(rows.day.min())
    span = int(rows.day.max()) - start + 1
    keys = rows.customer.astype(np.int64) * span + (rows.day - start)
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    amount = np.add.reduceat(rows.amount[order], first)
    channel = None if rows.channel is None else rows.channel[order][first]
    customer, day = (keys[first] // span).astype(np.int32), (keys[first] % span + start).astype(np.int32)
    return Orders(customer, day, amount, rows.customers, channel, rows.channels, rows.customer.size)


def orders_since(orders: Orders, day: int) -> Orders:
    """Orders of the customers whose first order in the log lies on a day or after it, numbered anew.

    Raises ScenarioError if there are fewer than two of them.
    """
    starts = np.flatnonzero(np.diff(orders.customer, prepend=-1))
    new = orders.day[starts] >= day
    kept = new[np.cumsum(np.diff(orders.customer, prepend=-1) > 0) - 1]
    if new.sum() < 2:
        raise ScenarioError([f"--calibrate-from is {date_of(day)}, but hardly anybody began after it; choose an earlier day"])
    number = np.cumsum(new) - 1
    known = orders.customers.take(orders.customer[starts][new]) if hasattr(orders.customers, "take") else orders.customers
    customer = number[np.cumsum(np.diff(orders.customer, prepend=-1) > 0) - 1][kept].astype(np.int32)
    channel = None if orders.channel is None else orders.channel[kept]
    share = float(kept.mean())
    return replace(
        orders, customer=customer, day=orders.day[kept], amount=orders.amount[kept], customers=known, channel=channel,
        rows=round(orders.rows * share),
    )  # fmt: skip


def _refuse_days(rows: Rows) -> None:
    late = np.flatnonzero(rows.day > today() + 1)
    if late.size:
        where = f"line {rows.lines[late[0]]} is dated {date_of(rows.day[late[0]])}"
        raise ScenarioError([f"{rows.name}: {where}, which is yet to come; correct the date, or leave the row out"])
    early = np.flatnonzero(rows.day < EARLIEST)
    if early.size:
        where = f"line {rows.lines[early[0]]} is dated {date_of(rows.day[early[0]])}"
        raise ScenarioError([f"{rows.name}: {where}, which no order log reaches back to; correct it, or leave it out"])


def _refuse_amounts(rows: Rows) -> None:
    wrong = np.flatnonzero(~np.isfinite(rows.amount))
    if wrong.size:
        raise ScenarioError([f"{rows.name}: the amount in line {rows.lines[wrong[0]]} is no number; correct it"])
    above = np.flatnonzero((rows.amount > MOST_AMOUNT) | ((rows.amount > 0) & (rows.amount < LEAST_AMOUNT)))
    if above.size:
        what = f"the amount in line {rows.lines[above[0]]} is {rows.amount[above[0]]:g}"
        raise ScenarioError([f"{rows.name}: {what}, which no order is worth; correct it"])
    below = np.flatnonzero(rows.amount < 0)
    if below.size:
        what = f"the amount in line {rows.lines[below[0]]} is {rows.amount[below[0]]:g}"
        others = f" (and {below.size - 1} more are negative)" if below.size > 1 else ""
        raise ScenarioError(
            [f"{rows.name}: {what}{others}, but an order is worth 0 or more; leave returns out, or net them"]
        )


def _copies(rows: Rows, *, refuse: bool) -> int:
    """How many rows are exactly like another; a log in which they are more than chance explains may be refused."""
    channel = np.zeros(1, np.int32) if rows.channel is None else rows.channel
    mixed = _mixed(rows.customer, rows.moment, channel, rows.amount.view(np.uint64))
    ranked = np.sort(mixed)
    copies = int(np.count_nonzero(ranked[1:] == ranked[:-1]))
    if not refuse or copies <= COPIES_SHARE * mixed.size or copies <= _day_after_day(rows):
        return copies
    order = np.argsort(mixed, kind="stable")
    places = np.flatnonzero(mixed[order][1:] == mixed[order][:-1])
    place = places[np.argmin(order[places])]
    alike = (
        f"{copies:,} of {mixed.size:,} rows repeat another row exactly (as line {rows.lines[order[place + 1]]} does "
    )
    remedy = "take them out, or say --keep-copies if each is an order or an item of its own"
    raise ScenarioError([f"{rows.name}: {alike}line {rows.lines[order[place]]}); {remedy}"])


def _day_after_day(rows: Rows) -> int:
    """How many rows have one like them on the next day: by chance at least as many have one on the same day, nearly."""
    amount = rows.amount.view(np.uint64)
    today, tomorrow = (np.unique(_mixed(rows.customer, rows.day + days, amount)) for days in (0, 1))
    return int(np.intersect1d(today, tomorrow, assume_unique=True).size)


def _mixed(*columns: NDArray[Any]) -> NDArray[np.uint64]:
    """A number for each row that is the same only for rows that are the same (but once in thousands of large logs)."""
    found = np.zeros(columns[0].size, np.uint64)
    with np.errstate(over="ignore"):
        for column in columns:
            found = (found ^ column.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
            found ^= found >> np.uint64(29)
    return found
