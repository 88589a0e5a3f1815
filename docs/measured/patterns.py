"""Patterns of the trade: what was fitted, measured again, and what was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import test_hillstrom as hillstrom
from many_worlds import lived, members, outsiders, profit, varied

import sim
from measured.rows import Row, of_futures, of_ratio
from sim.results.metrics import METRICS
from sim.results.result import Result

PUBLISHED_MESSAGES = {4: 0.68, 7: 1.0, 10: 0.84}
FITTED = "docs/explanation/calibration.md"


def metric(name: str, results: Sequence[Result]) -> tuple[float, float, float]:
    """A metric over several futures, a ratio of sums, with 95 % by the jackknife."""
    parts = [METRICS[name].parts(r) for r in results]
    if any(part.by_denominator != 1 or part.by_numerator != 1 for part in parts):
        return _jackknife(parts)
    return of_ratio([part.numerator for part in parts], [part.denominator for part in parts])


def _jackknife(parts: Sequence[Any]) -> tuple[float, float, float]:
    sums = np.array(parts, float)

    def value(kept: np.ndarray) -> float:
        above, below, by_above, by_below = kept.sum(axis=0)
        return float(above / below * by_below / by_above)

    n, whole = len(sums), value(sums)
    left = np.array([value(np.delete(sums, each, axis=0)) for each in range(n)])
    far = 2.3 * float(np.sqrt((n - 1) / n * ((left - left.mean()) ** 2).sum()))
    return whole, whole - far, whole + far


def fitted() -> Iterator[Row]:
    """Outcomes to which parameters were fitted; docs/explanation/calibration.md names them."""
    (repeats,) = lived([sim.load("baseline", {"public.repeat_orders_paid_share": 0.0})], "public_only", range(1, 5))
    yield Row("beauty customers who buy again within a year", 0.40, *metric("repurchase_share", repeats), 0.02, "fitted", FITTED, 4)
    (grown,) = lived([sim.load("baseline", {"clock.run_out_days": 0})], "public_only", range(1, 9))
    daily = np.array([r.count("click_price") for r in grown], float)
    yearly = (daily[:, 335:365].mean(axis=1) / daily[:, :30].mean(axis=1)) ** (365 / 335)
    yield Row("click price, times a year", 1.339, *of_futures(yearly), 0.02, "fitted", FITTED, 8)
    (pool,) = lived([sim.load("baseline")], "private_pool", range(1, 9))
    yield Row("buyers who join at a gift of 3 yuan", 0.5, *metric("join_share", pool), 0.01, "fitted", FITTED, 8)
    yield Row("R0, `private_pool`", 0.07, *metric("r0", pool), 0.05, "fitted", FITTED, 8)
    by_chance = sim.load("baseline", {"switches.self_selection": False, "switches.referral": False})
    plain, alike = lived([sim.load("baseline"), by_chance], "hybrid", range(1, 9))
    yield Row("R0, `hybrid`", 0.10, *metric("r0", plain), 0.05, "fitted", FITTED, 8)
    yield Row("members' repeat orders over others', joined by chance", 1.235, *metric("naive_joiner_uplift", alike), 0.1, "fitted", FITTED, 8)
    yield from _messages()
    yield from _quiet_pool()
    yield from _fans()


def _messages() -> Iterator[Row]:
    cohort = {
        "clock.days": 1, "clock.run_out_days": 729, "brand.budget_cny_per_day": 0.0, "brand.gift_cny": 0.0,
        "pool.service_cny_per_month": 0.0, "switches.referral": False, "brand.remove_after_days": 10_000,
        "market.starting_customers": members(20_000), "public.repeat_orders_paid_share": 1.0,
        "switches.buy_back": False, "switches.liveliness": False,
    }
    tried = (0, 4, 6, 7, 8, 10, 60)
    worlds = varied("baseline", [{**cohort, "brand.touches_per_month": float(n)} for n in tried])
    gains = np.array([[profit(r) for r in each] for each in lived(worlds, "private_pool", range(1, 5))])
    gains = gains[1:] - gains[0]
    seven = gains[tried.index(7) - 1]
    for n, value in ((4, 0.68), (6, None), (8, None), (10, 0.84), (60, None)):
        found = of_ratio(gains[tried.index(n) - 1], seven)
        if value is None:
            yield Row(f"profit of {n} messages a month over that of 7", float("nan"), *found, float("nan"), "told", FITTED, 4)
        else:
            yield Row(f"profit of {n} messages a month over that of 7", value, *found, 0.05, "fitted", "tests/stories/test_frequency.py", 4)


def _quiet_pool() -> Iterator[Row]:
    closed = sim.load("pool_without_inflow")
    whole = {"clock.days": closed.clock.days + closed.clock.run_out_days, "clock.run_out_days": 0}
    for name, scenario in (("without inflow", closed), ("with inflow", sim.load(closed, whole))):
        (results,) = lived([scenario], "private_pool", range(1, 5))
        for day in (119, 164, 209, 299):
            found = of_ratio([r.count("engaged")[day] for r in results], [r.count("members")[day] for r in results])
            yield Row(f"engaged share of members on day {day}, {name}", float("nan"), *found, float("nan"), "told", FITTED, 4)


def _fans() -> Iterator[Row]:
    (results,) = lived([sim.load("forty_first_fans")], "private_pool", range(1, 101))
    times = np.array([r.count("customers")[-1] for r in results]) / 40
    for what, side in (("below 3 times", times < 3), ("above 10 times", times > 10), ("above 25 times", times > 25)):
        found = of_futures(side.astype(float))
        yield Row(f"forty first fans after two years: {what} the start", float("nan"), *found, float("nan"), "told", FITTED, 100)


def one_mail() -> Iterator[Row]:
    """Hillstrom's mail experiment: those without a mail are fitted, the lifts of the men's mail are not."""
    test, seeds = "tests/papers/test_hillstrom.py", 16
    none, mail, womens = hillstrom.two_weeks([{"brand.touches_per_month": 0.0}, {}, hillstrom.WOMENS_MAIL], range(1, seeds + 1))
    orders, spent = hillstrom.ORDERED["none"], hillstrom.SPENT["none"]
    yield Row("without a mail: customers who order, %", 100 * orders, *of_futures(100 * none[0]), 3 * orders, "fitted", test, seeds)
    yield Row("without a mail: spent, dollars", spent, *of_futures(none[1]), 0.05 * spent, "fitted", test, seeds)
    for name, found, kind in (("men's", mail - none, "published"), ("women's", womens - none, "fitted")):
        lift, money = hillstrom.lift_of_orders(name), hillstrom.lift_of_spending(name)
        row = Row(f"{name} mail: more who order, points", 100 * lift.value, *of_futures(100 * found[0]), 100 * lift.within, kind, test, seeds)
        yield row
        yield Row(f"{name} mail: more spent, dollars", money.value, *of_futures(found[1]), money.within, "published", test, seeds)


def not_fitted() -> Iterator[Row]:
    """Patterns that no parameter was fitted to."""
    test = "tests/papers/test_published_figures.py"
    plain = {
        "clock.days": 731, "clock.run_out_days": 0, "brand.budget_cny_per_day": 0.0, "public.repeat_orders_paid_share": 0.0,
        "market.starting_customers": outsiders(10_000),
    }
    base = sim.load("baseline")
    referred = {
        "market.need_factor": base.word_of_mouth.referred_need_factor,
        "market.exit_gamma_months": base.market.exit_gamma_months / base.word_of_mouth.referred_exit_factor,
    }
    both = lived(varied("baseline", [{**plain, **referred}, plain]), "public_only", range(1, 7))
    first = 10_000 * base.market.order_value_cny * base.market.margin_share
    worth = of_ratio(*([first + r.contribution.sum() / 1e6 for r in results] for results in both))
    yield Row("worth of a referred customer over two years, times", 1.16, *worth, 0.02, "fitted", test, 6)
    few = (0.25, 0.5, 1.0, 1.5, 2.0, 4.0)
    cohort = {
        "clock.days": 1, "clock.run_out_days": 729, "brand.budget_cny_per_day": 0.0, "brand.gift_cny": 0.0,
        "pool.service_cny_per_month": 0.0, "switches.referral": False, "market.starting_customers": members(10_000),
        "public.repeat_orders_paid_share": 1.0, "switches.buy_back": False, "switches.liveliness": False,
    }
    worlds = varied("car", [{**cohort, "brand.touches_per_month": n} for n in few])
    profits = np.array([[profit(r) for r in each] for each in lived(worlds, "private_pool", range(1, 7))])
    best = few[int(profits.mean(axis=1).argmax())]
    yield Row("cars: best messages a month (not fitted)", 1.0, best, None, None, 1.0, "derived", "tests/stories/test_frequency.py", 6)
    ratio = _variance_ratio()
    yield Row("variance of a difference, seeds of their own over common luck", 47.0, ratio, None, None, 37.0, "derived", "tests/stories/test_looks_that_deceive.py", 80)


def _variance_ratio() -> float:
    year = {
        "clock.days": 365, "clock.run_out_days": 0, "brand.budget_cny_per_day": 0.0, "public.repeat_orders_paid_share": 0.0,
        "market.starting_customers": outsiders(1000),
    }
    worlds = varied("baseline", [year, {**year, "market.need_factor": 1.2}])
    a, b = (np.array([profit(r) for r in each]) for each in lived(worlds, "public_only", range(1, 81)))
    return float((a.var(ddof=1) + b.var(ddof=1)) / (b - a).var(ddof=1))
