"""What one mail alone brings: Hillstrom's experiment (2008) with 64,000 customers, a third of whom got no mail.

Those without a mail are fitted (how many order, what an order is worth). What a mail does is the baseline's, fitted to
another study of mails (Zhang, Kumar & Cosguner 2017); the lifts of the men's mail are therefore foretold. The women's mail
brought half as much: its orders are fitted by one number, and only its spending is a check. Visits to a shop's pages are
not in the model.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from many_worlds import lived, mean_and_error, said, varied

from sim.kernel.ledger import MICRO

CUSTOMERS = {"none": 21_306, "women's": 21_387, "men's": 21_307}
ORDERED = {"none": 0.00573, "women's": 0.00884, "men's": 0.01253}
SPENT = {"none": 0.653, "women's": 1.077, "men's": 1.423}
"""Customers of each part, the share who ordered within two weeks, and what each customer spent, dollars."""

ALL_ORDERED, ALL_SPENT, ALL_SPENT_DEVIATION = 0.009031, 1.050908, 15.036448
SQUARE_OF_AN_ORDER = (ALL_SPENT_DEVIATION**2 + ALL_SPENT**2) / ALL_ORDERED
"""The mean square of an order over all parts, dollars squared: it says how sure the spending of a part is."""

STARTED, MAILED_ON = 64_000, 13
WOMENS_MAIL = {"pool.offer_order_chance": 0.0113}
"""Calibrated to the orders that the women's mail brought; the men's mail needs nothing."""


class Lift(NamedTuple):
    """What a mail brought for each customer, and how far 95 % of such experiments are off."""

    value: float
    within: float


def lift_of_orders(mail: str) -> Lift:
    """Orders per customer beyond those without a mail."""
    errors = [ORDERED[part] * (1 - ORDERED[part]) / CUSTOMERS[part] for part in ("none", mail)]
    return Lift(ORDERED[mail] - ORDERED["none"], 1.96 * sum(errors) ** 0.5)


def lift_of_spending(mail: str) -> Lift:
    """Dollars per customer beyond those without a mail."""
    errors = [(ORDERED[part] * SQUARE_OF_AN_ORDER - SPENT[part] ** 2) / CUSTOMERS[part] for part in ("none", mail)]
    return Lift(SPENT[mail] - SPENT["none"], 1.96 * sum(errors) ** 0.5)


def two_weeks(changes: list[dict], seeds=range(1, 17)) -> np.ndarray:
    """Orders and spending per customer in the two weeks [world, what, seed]."""
    found = lived(varied("one_mail", changes), "private_pool", seeds)
    repeats = ("orders_pool", "orders_by_itself")
    return np.array([[
        [sum(r.count(name)[MAILED_ON:].sum() for name in repeats) / STARTED for r in results],
        [r.revenue[MAILED_ON:].sum() / MICRO / STARTED for r in results],
    ] for results in found])


@pytest.fixture(scope="module")
def arms():
    """The same people without a mail, with a mail, and with one that tempts as the women's did."""
    return two_weeks([{"brand.touches_per_month": 0.0}, {}, WOMENS_MAIL])


def test_everybody_in_the_pool_gets_one_mail_at_the_start_of_two_weeks_and_sees_no_advertisement():
    ((result,),) = lived(varied("one_mail", [{}]), "private_pool", [1])
    sent = result.count("sent")
    assert len(sent) == MAILED_ON + 14 and sent[MAILED_ON] > 0.99 * STARTED and sent.sum() == sent[MAILED_ON]
    assert result.marketing.sum() == 0 and result.count("clicks").sum() == 0


def test_those_without_a_mail_order_and_spend_as_they_did(arms):
    """Fitted."""
    orders, spending = (mean_and_error(each) for each in arms[0])
    assert orders[0] == pytest.approx(ORDERED["none"], rel=0.03), said(*orders, 5)
    assert spending[0] == pytest.approx(SPENT["none"], rel=0.05), said(*spending)


def test_a_mail_lifts_orders_and_spending_as_the_mens_mail_did(arms):
    """Nothing is fitted to these lifts: what a mail does comes from another study."""
    for found, published in zip(arms[1] - arms[0], (lift_of_orders("men's"), lift_of_spending("men's")), strict=True):
        lift, error = mean_and_error(found)
        assert abs(lift - published.value) + 2 * error < published.within, (said(lift, error, 5), published)


def test_fitted_to_the_orders_of_the_womens_mail_its_spending_comes_out(arms):
    orders, spending = (mean_and_error(each) for each in arms[2] - arms[0])
    published = lift_of_spending("women's")
    assert orders[0] == pytest.approx(lift_of_orders("women's").value, rel=0.05), said(*orders, 5)
    assert abs(spending[0] - published.value) + 2 * spending[1] < published.within, (said(*spending), published)


def test_the_lift_is_added_to_needs_and_does_not_multiply_them(arms):
    """Whoever needs three times as much is tempted as often by one mail."""
    thirsty = two_weeks([{"brand.touches_per_month": 0.0, "market.need_factor": 0.327}, {"market.need_factor": 0.327}])
    often, seldom = mean_and_error(thirsty[1, 0] - thirsty[0, 0]), mean_and_error(arms[1, 0] - arms[0, 0])
    assert thirsty[0, 0].mean() > 2.5 * arms[0, 0].mean()
    assert often[0] == pytest.approx(seldom[0], rel=0.05), (said(*often, 5), said(*seldom, 5))
