"""What an analyst would have, with the truth beside it: an order log, a contact log and a weekly media table.

Column names follow the tools that analysts use: `customer_id`, `date` and `monetary_value` for lifetimes and
PyMC-Marketing; `date_week`, spend and exposure by channel for marketing mix models. Names that begin with ``truth_``
are what only a simulator knows. Money is in yuan. ``ORDERS``, ``TOUCHES`` and ``MMM`` say what each column means.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import DAYS_PER_MONTH, Scenario
from sim.kernel.ledger import EARNED, MICRO
from sim.records.event_log import MESSAGES, SOURCES
from sim.records.recording import Recording, record
from sim.results.metrics.periods import FIRST_ORDERS, phase
from sim.results.result import Result
from sim.strategies import Strategy

if TYPE_CHECKING:
    import pandas as pd

Table = dict[str, NDArray[Any]]
"""Columns by name, all of one length."""

FIRST_DAY = date(2018, 1, 1)
"""The date of the first day lived, unless told otherwise: a Monday, followed by two years of 365 days."""

OUTCOME_DAYS = 7
"""Days in which orders count as what followed a message, its own day included."""

ORDERS: dict[str, tuple[str, str]] = {
    "customer_id": ("id", "the person; the same person has the same id under every strategy"),
    "date": ("date", "day of the order; at most one order a customer and day"),
    "monetary_value": ("yuan", "what the customer paid: list price less discount"),
    "list_price": ("yuan", "the order at list price"),
    "discount": ("yuan", "price cut of an offer"),
    "cost_of_goods": ("yuan", "what the goods cost, and every other cost that the order brings"),
    "refund": ("yuan", "what a returned order would have contributed, spread over all orders"),
    "commission": ("yuan", "the platform's share of a private sale"),
    "truth_source": ("word", "the revenue account of the ledger; `starting` for customers from the start, who pay 0"),
    "truth_need_per_month": ("a month", "the customer's own rate of needs (the lambda of Pareto/NBD)"),
    "truth_exit_per_month": ("a month", "the customer's own rate of silent exit, outside the pool (the mu)"),
    "truth_joined_at_door": ("0 or 1", "became a member of the pool with the first order"),
    "truth_exit_date": ("date", "day of the silent exit; empty if alive at the end"),
}

TOUCHES: dict[str, tuple[str, str]] = {
    "customer_id": ("id", "the member"),
    "date": ("date", "day of the message"),
    "message_number": ("count", "the n-th message of the day, from 1"),
    "message": ("word", "content, offer (with something to sell), welcome, event, care or win_back"),
    "held_out": ("0 or 1", "drawn at random to hear nothing: the message was withheld"),
    "orders_in_7_days": ("orders", "orders on that day and the six that follow"),
    "spend_in_7_days": ("yuan", "what was paid in these orders"),
    "truth_seen_if_sent": ("0 or 1", "the member sees the message, were it sent"),
    "truth_tempted_if_sent": ("0 or 1", "the message makes the member order that day, were it sent"),
    "truth_need_anyway": ("0 or 1", "the member has a need that day, with or without the message"),
    "truth_leaves_if_sent": ("0 or 1", "the message makes the member leave the pool, were it sent"),
    "truth_mutes_if_sent": ("0 or 1", "the message makes the member mute the brand, were it sent"),
}

MMM: dict[str, tuple[str, str]] = {
    "date_week": ("date", "first day of the week; weeks are seven days from the first day lived"),
    "days": ("days", "days of the week that were lived: 7, fewer in the last"),
    "phase": ("word", "warm_up, counted or run_out (nobody new is sought), on the week's first day"),
    "sales": ("yuan", "list price less discounts of all orders"),
    "orders": ("orders", "all orders"),
    "new_customers": ("people", "first orders"),
    "ads_new_spend": ("yuan", "paid clicks for new customers"),
    "ads_new_clicks": ("clicks", "these clicks; impressions are auctioned by click and not counted"),
    "ads_new_clicks_offered": ("clicks", "clicks that the brand could have bought at its bid"),
    "ads_new_click_price": ("yuan", "expected price of a click, mean of the days"),
    "ads_recontact_spend": ("yuan", "paid re-contacts of own customers"),
    "ads_recontact_orders": ("orders", "orders bought back"),
    "join_gifts_spend": ("yuan", "gifts for joining the pool"),
    "join_gifts_joins": ("people", "people who joined at the door"),
    "staff_spend": ("yuan", "people who tend the pool"),
    "accounts_spend": ("yuan", "accounts and tools"),
    "events_spend": ("yuan", "events for members"),
    "content_spend": ("yuan", "content that is found"),
    "content_visits": ("visits", "visitors who came without an advertisement"),
    "referral_rewards_spend": ("yuan", "rewards for bringing new buyers"),
    "pool_messages_sent": ("messages", "messages to members"),
    "pool_members": ("people", "members at the end of the week"),
    "truth_pool_messages_seen": ("messages", "messages that were seen"),
    "truth_pool_silent": ("people", "members at the end of the week who have silently exited"),
    "truth_discounts": ("yuan", "price cuts of offers"),
    "truth_sales_first_paid": ("yuan", f"list price of {EARNED['first_paid']}"),
    "truth_sales_first_free": ("yuan", f"list price of {EARNED['first_free']}"),
    "truth_sales_first_referred": ("yuan", f"list price of {EARNED['first_referred']}"),
    "truth_sales_repeat_by_itself": ("yuan", f"list price of {EARNED['repeat_by_itself']}"),
    "truth_sales_repeat_pool": ("yuan", f"list price of {EARNED['repeat_pool']}"),
    "truth_sales_repeat_bought_back": ("yuan", f"list price of {EARNED['repeat_bought_back']}"),
}


def orders_table(recording: Recording, first_day: date = FIRST_DAY) -> Table:
    """The order log: a row an order, in the order of days and then of customers."""
    orders, customers = recording.orders, recording.customers
    row = np.lexsort((orders.source, orders.person, orders.day))
    day, person, source, revenue, discount, refund, commission, goods = (column[row] for column in orders)
    by_person = np.argsort(customers.person)
    who = by_person[np.searchsorted(customers.person[by_person], person)]
    values = (
        person, _dates(day, first_day), (revenue - discount) / MICRO,
        *(amount / MICRO for amount in (revenue, discount, goods, refund, commission)), np.array(SOURCES)[source],
        _per_month(customers.need[who]), _per_month(customers.exit[who]), customers.joined[who],
        _dates(customers.exit_day[who], first_day),
    )
    return dict(zip(ORDERS, values, strict=True))


def touches_table(recording: Recording, first_day: date = FIRST_DAY) -> Table:
    """The contact log: a row for each member and message, sent or withheld, by days and then by customers."""
    touches = recording.touches
    row = np.lexsort((touches.place, touches.person, touches.day))
    day, person, place, kind, held_out, seen, tempted, needed, left, muted = (column[row] for column in touches)
    orders, spend = _outcomes(recording, day, person)
    values = (
        person, _dates(day, first_day), place + 1, np.array(MESSAGES)[kind], held_out, orders, spend,
        seen, tempted, needed, left, muted,
    )
    return dict(zip(TOUCHES, values, strict=True))


def mmm_table(result: Result, first_day: date = FIRST_DAY) -> Table:
    """The weekly media table, with what the ledger knows about where sales came from."""
    starts = np.arange(0, len(result.money), 7)
    last = np.minimum(starts + 7, len(result.money)) - 1

    def yuan(name: str) -> NDArray[np.float64]:
        return np.add.reduceat(result.account(name), starts) / MICRO

    def count(name: str) -> NDArray[np.int64]:
        return np.add.reduceat(result.count(name), starts)

    days = last + 1 - starts
    sales = np.add.reduceat(result.revenue - result.account("discounts"), starts) / MICRO
    first_orders = sum(count(name) for name in FIRST_ORDERS)
    repeats = count("orders_by_itself") + count("orders_pool") + count("orders_bought_back")
    phases = np.array([phase(result.scenario.clock, day) for day in starts.tolist()])
    values = (
        _dates(starts, first_day), days, phases, sales, first_orders + repeats, first_orders,
        yuan("ads_new"), count("clicks"), count("clicks_offered"), count("click_price") / MICRO / days,
        yuan("ads_recontact"), count("orders_bought_back"), yuan("join_gifts"), count("joins"), yuan("staff"),
        yuan("accounts"), yuan("events"), yuan("content"), count("visits"), yuan("referral_rewards"),
        count("sent"), result.count("members")[last], count("seen"), result.count("silent")[last], yuan("discounts"),
        *(yuan(name) for name in EARNED),
    )
    return dict(zip(MMM, values, strict=True))


def export_orders(
    scenario: Scenario, strategy: Strategy, seed: int = 1, *, hold_out_share: float = 0.0, first_day: date = FIRST_DAY
) -> pd.DataFrame:
    """The order log of one run as a frame; columns as in `ORDERS`. Needs pandas.

    With ``hold_out_share`` that share of people, drawn at random, hears nothing from the brand; the contact log of the
    same run says who. Raises KeyError for a strategy that does not exist.
    """
    return _frame(orders_table(record(scenario, strategy, seed, hold_out_share=hold_out_share), first_day))


def export_touches(
    scenario: Scenario, strategy: Strategy, seed: int = 1, *, hold_out_share: float = 0.1, first_day: date = FIRST_DAY
) -> pd.DataFrame:
    """The contact log of one run as a frame; columns as in `TOUCHES`. Needs pandas."""
    found = record(scenario, strategy, seed, touches=True, hold_out_share=hold_out_share)
    return _frame(touches_table(found, first_day))


def export_mmm(scenario: Scenario, strategy: Strategy, seed: int = 1, *, first_day: date = FIRST_DAY) -> pd.DataFrame:
    """The weekly media table of one run as a frame; columns as in `MMM`. Needs pandas."""
    from sim.running import run

    return _frame(mmm_table(run(scenario, strategy, seed), first_day))


def _outcomes(
    recording: Recording, day: NDArray[np.int64], person: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Orders of a person from a day on, within OUTCOME_DAYS, and what was paid in them; real orders only."""
    real = recording.orders.source < len(EARNED)
    days = len(recording.result.money) + OUTCOME_DAYS
    keys = (recording.orders.person * days + recording.orders.day)[real]
    row = np.argsort(keys)
    paid = (recording.orders.revenue - recording.orders.discount)[real][row]
    so_far = np.concatenate([[0], np.cumsum(paid)])
    wanted = person * days + day
    first, after = (np.searchsorted(keys[row], wanted + shift) for shift in (0, OUTCOME_DAYS))
    return after - first, (so_far[after] - so_far[first]) / MICRO


def _per_month(chance_per_day: NDArray[np.float64]) -> NDArray[np.float64]:
    """Events a month from the chance of at least one a day."""
    return -np.log1p(-chance_per_day) * DAYS_PER_MONTH


def _dates(day: NDArray[np.int64], first_day: date) -> NDArray[np.datetime64]:
    """Days as dates; none for a day before the first."""
    dates = np.datetime64(first_day, "D") + day
    return np.where(day < 0, np.datetime64("NaT"), dates)


def _frame(table: Table) -> pd.DataFrame:
    import pandas as pd

    dates = {name: column.astype("datetime64[s]") for name, column in table.items() if column.dtype.kind == "M"}
    return pd.DataFrame(table | dates)
