"""Gamma-Gamma: what an order is worth differs between orders and, more steadily, between customers.

 An order is Gamma(p, nu), a customer's nu is Gamma(q, gamma); spend and frequency are independent (Fader & Hardie
2013). The mean repeat order of each customer is what is fitted; first orders are left out, as in the published
tables.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, gammaln

from sim.calibration.histories import Floats

NAMES = ("p", "q", "gamma")


@dataclass(frozen=True)
class Spending:
    """The number and the mean value of each customer's repeat orders; ``people`` is a customer's weight."""

    orders: Floats
    mean: Floats
    people: Floats

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return round(float(self.people.sum()))

    def some(self, most: int, seed: int = 1) -> Spending:
        """So many customers, drawn evenly, who stand for all."""
        if self.orders.size <= most:
            return self
        rows = np.sort(np.random.default_rng(seed).choice(self.orders.size, most, replace=False))
        return Spending(self.orders[rows], self.mean[rows], self.people[rows] * (self.orders.size / most))

    def pieces(self, rows: int) -> list[Spending]:
        """These customers in pieces of so many, to be shared out between threads."""
        columns = (self.orders, self.mean, self.people)
        starts = range(0, self.orders.size, rows)
        return [Spending(*(column[start : start + rows] for column in columns)) for start in starts]


def log_likelihood(theta: Floats, spending: Spending) -> tuple[float, Floats]:
    """The log-likelihood of customers' mean repeat orders, and its slope in p, q and gamma."""
    p, q, gamma = theta
    orders, mean, people = spending.orders, spending.mean, spending.people
    shape, spent = p * orders, orders * mean
    whole = np.log(gamma + spent)
    terms = gammaln(shape + q) - gammaln(shape) - gammaln(q) + q * np.log(gamma) + shape * np.log(orders)
    value = float((people * (terms + (shape - 1.0) * np.log(mean) - (shape + q) * whole)).sum())
    both = digamma(shape + q)
    slopes = (
        orders * (both - digamma(shape) + np.log(spent) - whole),
        both - digamma(q) + np.log(gamma) - whole,
        q / gamma - (shape + q) / (gamma + spent),
    )
    return value, np.array([(people * slope).sum() for slope in slopes])


def mean_order(theta: Floats) -> float | None:
    """The mean value of an order over all customers, or None where it has no mean (q of 1 or less)."""
    p, q, gamma = theta
    return float(p * gamma / (q - 1.0)) if q > 1.0 else None


def order_variation(theta: Floats) -> float | None:
    """Standard deviation over mean of one order of a random customer, or None where there is none (q of 2 or less)."""
    p, q, _ = theta
    return float(np.sqrt((p + 1.0) * (q - 1.0) / (p * (q - 2.0)) - 1.0)) if q > 2.0 else None
