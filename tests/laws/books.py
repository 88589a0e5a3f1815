"""The identities that the books of every run obey, exactly, every day."""

from __future__ import annotations

import numpy as np

from sim.kernel.ledger import ACCOUNT, COHORT_FIELD, EARNED, GIVEN_UP, KINDS, MARKETING, MICRO
from sim.results.metrics.periods import cumulative_cash
from sim.results.result import Result

FIRST = ("orders_first_paid", "orders_first_free", "orders_first_referred")
REPEAT = ("orders_by_itself", "orders_pool", "orders_bought_back")
ACCOUNT_OF = {
    "orders_first_paid": "first_paid",
    "orders_first_free": "first_free",
    "orders_first_referred": "first_referred",
    "orders_by_itself": "repeat_by_itself",
    "orders_pool": "repeat_pool",
    "orders_bought_back": "repeat_bought_back",
}


def cohorts(result: Result, field: str, kind: str | None = None) -> int:
    """One field of the cohort books, summed over all weeks and over kinds, or of one kind."""
    kinds = slice(None) if kind is None else KINDS.index(kind)
    return int(result.cohorts[:, kinds, COHORT_FIELD[field]].sum())


def counted(result: Result, *names: str) -> np.ndarray:
    """Several counts, summed, by day."""
    return sum(result.count(name) for name in names)


def check_people(r: Result) -> None:
    """Members and customers: who came, who went, and that no part exceeds its whole."""
    flows = counted(r, "joins", "started_in_pool") - counted(r, "left", "removed", "banned")
    assert np.array_equal(np.diff(r.count("members"), prepend=0), flows), "members = yesterday's + came - went"
    assert np.array_equal(r.count("customers"), np.cumsum(counted(r, *FIRST, "started"))), "customers are cumulative"
    for part, whole in (
        ("active", "members"), ("engaged", "members"), ("weak_ties", "members"), ("muted", "members"),
        ("silent", "members"), ("members", "customers"), ("seen", "sent"), ("started_in_pool", "started"),
        ("orders_first_paid", "clicks"), ("orders_first_referred", "invitations"),
        ("referred_by_early", "orders_first_referred"),
    ):
        assert (r.count(part) <= r.count(whole)).all(), f"{part} are at most {whole}"
    assert (r.count("engaged") + r.count("silent") <= r.count("members")).all(), "only the living are engaged"
    assert (r.counts >= 0).all(), "nothing is counted below zero"
    assert (r.count("exited").cumsum() <= r.count("customers")).all(), "nobody exits twice"
    assert (r.count("liveliness") <= MICRO).all()


def check_cohorts(r: Result) -> None:
    """What the cohort books say together is what the daily books say together."""
    assert cohorts(r, "contribution_ever") == r.contribution.sum()
    assert cohorts(r, "customers") == r.count("customers")[-1]
    assert cohorts(r, "customers", "starting") == r.count("started").sum()
    assert cohorts(r, "customers", "joined") == r.count("joins").sum()
    assert cohorts(r, "bought_by_ads") == r.count("orders_first_paid").sum()
    assert cohorts(r, "referred") == r.count("orders_first_referred").sum()
    assert cohorts(r, "repeat_orders") == counted(r, *REPEAT).sum()
    assert cohorts(r, "second_orders_365") <= min(cohorts(r, "repeat_orders_365"), cohorts(r, "customers"))
    assert cohorts(r, "repeat_orders_365") <= cohorts(r, "repeat_orders")
    if len(r.money) <= 365:
        assert cohorts(r, "contribution_365") == r.contribution.sum()


def check_money(r: Result) -> None:
    """Every account, every day."""
    assert (r.money >= 0).all(), "no account is ever negative"
    if r.scenario.brand.new_customer_coupon_cny == 0 or not r.scenario.switches.coupons:
        assert (r.account("discounts") - r.count("points_spent") <= r.account("repeat_pool")).all(), "only what the pool sold was cut in price"
    by_orders = [name for name in GIVEN_UP if name != "commission"]
    assert (sum(r.account(name) for name in by_orders) <= r.revenue + r.account("discounts")).all(), "no order costs more than it brings"
    assert (r.account("commission") <= r.revenue).all(), "the platform takes no more than was sold"
    cash = sum(r.account(name) for name in EARNED) - sum(r.account(name) for name in (*GIVEN_UP, *MARKETING))
    first = r.scenario.clock.warm_up_days
    assert np.array_equal(np.diff(cumulative_cash(r), prepend=0), cash[first:]), "earned - paid = change in cash"
    assert set(ACCOUNT) == {*EARNED, *GIVEN_UP, *MARKETING}
    for orders, account in ACCOUNT_OF.items():
        assert not r.account(account)[r.count(orders) == 0].any(), f"no {account} without {orders}"
    goods = r.revenue * (1 - r.scenario.market.margin_share)
    off = np.abs(r.account("cost_of_goods") - goods)
    assert (off <= counted(r, *FIRST, *REPEAT) + 1e-6 * goods).all(), "goods cost what the margin leaves"


def check_purse(r: Result) -> None:
    """A day spends what the purse holds, its own gifts at most beyond that; a purse that owes pays for nothing else."""
    brand = r.scenario.brand
    envelope = np.arange(1, len(r.money) + 1) * round(brand.budget_cny_per_day * MICRO)
    if brand.pool_costs == "on_top":
        assert (np.cumsum(r.account("ads_new")) <= envelope).all(), "advertisements stay within the envelope"
        return
    purse = np.maximum(envelope - np.cumsum(r.marketing) + r.marketing, 0)
    assert (r.marketing <= purse + r.account("join_gifts")).all(), "spending stays within the envelope, up to a day's gifts"
    if brand.budget_cny_per_day == 0:
        assert not r.marketing.any(), "a zero envelope pays for nothing"


def check_gifts(r: Result) -> None:
    """Every joiner gets a gift as long as the purse can pay it as the door opens, and it is paid for; later ones get none."""
    brand, given = r.scenario.brand, r.account("join_gifts")
    gift = round(brand.gift_cny * MICRO) * (r.strategy != "public_only")
    if gift == 0:
        assert not given.any()
    elif brand.pool_costs == "on_top":
        assert np.array_equal(given, r.count("joins") * gift)
    else:
        envelope = np.arange(1, len(r.money) + 1) * round(brand.budget_cny_per_day * MICRO)
        later = sum(r.account(name) for name in ("join_gifts", "ads_new", "content", "referral_rewards"))
        at_the_door = envelope - np.cumsum(r.marketing) + later
        affordable = np.maximum(at_the_door, 0) // gift
        assert np.array_equal(given, np.minimum(r.count("joins"), affordable) * gift)


def check_strategy(r: Result) -> None:
    """What a strategy does not do leaves no trace in its books."""
    end = r.scenario.clock.warm_up_days + r.scenario.clock.days
    assert not r.account("ads_new")[end:].any(), "the run-out acquires nobody"
    assert not counted(r, "clicks", "orders_first_free")[end:].any(), "no clicks and no visitors in the run-out"
    if r.strategy == "public_only":
        pool = ("members", "joins", "sent", "invitations", "orders_pool", "started_in_pool", "underserved")
        assert not counted(r, *pool).any(), "without a pool nobody is in it"
        spent = ("staff", "join_gifts", "accounts", "events", "referral_rewards", "commission")
        assert not sum(r.account(name) for name in spent).any()
    if r.strategy == "private_pool" or not r.scenario.switches.buy_back:
        assert not r.count("orders_bought_back").any()
        assert not r.account("ads_recontact")[r.count("win_back_contacts") == 0].any()


CHECKS = {
    "people": check_people, "cohorts": check_cohorts, "money": check_money, "purse": check_purse,
    "gifts": check_gifts, "strategy": check_strategy,
}
