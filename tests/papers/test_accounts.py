"""Accounts of 5,000 friends as lines of an exchange: what Erlang (1917) says one account alone would turn away."""

from __future__ import annotations

import numpy as np
import pytest
from many_worlds import lived, mean_and_error, ratio_and_error, said
from scipy.stats import poisson

import sim
from sim.assumptions.scenario import DAYS_PER_MONTH
from sim.kernel.ledger import MICRO

CAPACITY, HALF_LIFE_DAYS, WARM_UP_DAYS, DAYS = 5000, 2.0, 20, 300
STAYS = 0.5 ** (1 / HALF_LIFE_DAYS)
JOINS_A_DAY = CAPACITY * (1 - STAYS)
NEAR = 14
"""So many members on either side of a full account, for the density there: a fifth of a standard deviation."""
OFFERED = {
    "clock.warm_up_days": WARM_UP_DAYS, "clock.days": DAYS, "clock.run_out_days": 0, "market.people": 300_000_000,
    "market.need_factor": 0.0, "market.starting_customers": ({"day": 0, "people": round(CAPACITY * STAYS), "in_pool": True},),
    "brand.budget_cny_per_day": 0.0, "brand.gift_cny": 0.0, "brand.touches_per_month": 0.0,
    "brand.remove_after_days": 10_000, "brand.pool_costs": "on_top",
    "door.invitation_seen_chance": 1.0, "door.accept_without_gift_chance": 1.0, "switches.self_selection": False,
    "pool.service_cny_per_month": 0.0, "pool.base_leave_chance_per_month": 1 - STAYS**DAYS_PER_MONTH,
    "switches.silent_exit": False, "visitors.enter_share": 1.0, "visitors.buy_share": 0.05,
    "visitors.passers_by_per_day": 20 * JOINS_A_DAY, "platform.account_members_count": CAPACITY,
    "platform.account_cny_per_month": 100.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def evenings():
    """Members every evening, and how many accounts were paid for them next morning, of each seed."""
    (results,) = lived([sim.load("baseline", OFFERED)], "private_pool", range(1, 17))
    members = np.array([r.count("members")[WARM_UP_DAYS:-1] for r in results])
    paid = np.array([r.account("accounts")[WARM_UP_DAYS + 1 :] for r in results])
    return members, np.rint(paid / (100 * MICRO / DAYS_PER_MONTH)).astype(int)


def test_erlangs_formula_gives_the_published_blocking():
    assert poisson.pmf(CAPACITY, CAPACITY) / poisson.cdf(CAPACITY, CAPACITY) == pytest.approx(0.0112, abs=5e-5)


def test_a_second_account_is_paid_for_exactly_above_5000_members(evenings):
    members, accounts = evenings
    assert (accounts == 1 + (members > CAPACITY)).all()
    assert (accounts == 1).mean() == pytest.approx(poisson.cdf(CAPACITY, CAPACITY), abs=0.06)


def test_an_offered_load_of_5000_has_the_mean_and_spread_of_poisson(evenings):
    members, _ = evenings
    mean, error = mean_and_error(members.mean(axis=1))
    assert mean == pytest.approx(CAPACITY, abs=3 * error), said(mean, error, 1)
    assert members.std() == pytest.approx(np.sqrt(CAPACITY), rel=0.1)


def test_one_account_alone_would_turn_away_what_erlang_says(evenings):
    """A blocked pool is the free one, cut off at its capacity (both are reversible): full over not more than full."""
    members, accounts = evenings
    near = (np.abs(members - CAPACITY) <= NEAR).sum(axis=1) / (2 * NEAR + 1)
    blocked, error = ratio_and_error(near, (accounts == 1).sum(axis=1))
    assert error < 0.0008
    assert blocked == pytest.approx(0.0112, abs=3 * error), said(blocked, error, 5)


def test_more_load_would_be_noticed(evenings):
    members, _ = evenings
    blocked = poisson.pmf(CAPACITY, 1.03 * CAPACITY) / poisson.cdf(CAPACITY, 1.03 * CAPACITY)
    near = (np.abs(members - CAPACITY) <= NEAR).sum(axis=1) / (2 * NEAR + 1)
    found, error = ratio_and_error(near, (members <= CAPACITY).sum(axis=1))
    assert abs(found - blocked) > 5 * error
