"""Do logs give back the truth that made them? Run it with ``python tests/benchmarks/recovery.py [REPETITIONS]``.

Two kinds of logs, made anew with each seed: by a small sampler of Pareto/NBD and Gamma-Gamma that shares no code with Siyu,
and by the simulator itself, whose customers' orders are written down day by day. For each parameter it counts the
repetitions in which the stated 95 % interval holds the truth, and for all of a process at once those in which the truth lies
within the 95 % ellipsoid of the stated covariance.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))

from order_logs import sampled
from scipy.stats import chi2

import sim
from sim.assumptions.scenario import DAYS_PER_MONTH
from sim.calibration import gamma_gamma, pareto_nbd
from sim.calibration.calibrating import calibrate
from sim.calibration.fitting import Fit
from sim.calibration.holdout import Period
from sim.calibration.read.orders import Rows, merged
from sim.calibration.regimes import Regime
from sim.calibration.scenario_of import needs_of
from sim.customers.columns import Columns
from sim.kernel.ledger import Ledger
from sim.market.market import Market
from sim.simulation.brand import Brands
from sim.simulation.day import live_one_day
from sim.strategies import find

TRUTH = (0.8, 60.0, 0.7, 120.0)
"""r, alpha, s, beta, in days."""

SPEND = (6.25, 3.74, 15.44)
PEOPLE, DAYS, JOINING = 3000, 420, 84
SIDE_BY_SIDE = 10
FIRST_DAY = 19_000


def fitted(who, when, amount) -> tuple[Fit, Fit | None]:
    """Need and exit, and Gamma-Gamma, of a log, in days, by the road that ``siyu calibrate`` takes to a scenario."""
    day = np.asarray(when, np.int32) + FIRST_DAY
    who = np.unique(who, return_inverse=True)[1].astype(np.int32)
    orders = merged(Rows("log", who, day, day, np.asarray(amount, float), (), None, (), np.arange(2, 2 + who.size)))
    found = calibrate(orders, Period(orders.first_day, FIRST_DAY + DAYS - 1, FIRST_DAY + DAYS - 1, "day"), "log")
    shape, scale = needs_of(found, Regime(0.0, True, "every need comes by itself"))
    orders = found.fits["pareto_nbd"]
    return replace(orders, values=np.array([shape, scale, *orders.values[2:]])), found.spend


def simulated(seeds: list[int]):
    """The logs of worlds without marketing in which every need comes by itself: customers, days, and an amount of 1."""
    people = [PEOPLE // JOINING + (day < PEOPLE % JOINING) for day in range(JOINING)]
    r, alpha, s, beta = TRUTH
    scenario = sim.load("baseline", {
        "clock.days": DAYS, "clock.run_out_days": 0, "brand.budget_cny_per_day": 0.0,
        "market.people": 100_000, "public.repeat_orders_paid_share": 0.0,
        "market.need_gamma_shape": r, "market.need_gamma_months": alpha / DAYS_PER_MONTH,
        "market.exit_gamma_shape": s, "market.exit_gamma_months": beta / DAYS_PER_MONTH,
        "market.starting_customers": tuple({"day": d, "people": n, "in_pool": False} for d, n in enumerate(people)),
    })
    worlds = [scenario] * len(seeds)
    books = Ledger(len(seeds), DAYS)
    brands = Brands(worlds, [find("public_only")(scenario.brand)] * len(seeds), books)
    square, seen = Market(worlds, np.array(seeds, np.int64)), np.full((len(seeds), 100_000), -1, np.int64)
    found: list[list[tuple[int, int]]] = [[] for _ in seeds]
    with Columns(worlds, seeds, books, 1) as crowd:
        for day in range(DAYS):
            live_one_day(day, True, brands, square, crowd, books)
            for world, filled in enumerate(crowd.population.filled):
                person, orders = (column[world, :filled] for column in crowd.population.rows[0:10:9])
                bought = person[orders.astype(np.int64) > seen[world, person]]
                seen[world, person] = orders
                found[world] += [(int(each), day) for each in bought]
    for log in found:
        yield np.array([each[0] for each in log]), np.array([each[1] for each in log]), np.ones(len(log))


def held(found: Fit, truth, names) -> list[bool]:
    """Whether each parameter's interval holds the truth, and whether all do together."""
    intervals = [found.interval(name) for name in names]
    each = [interval is not None and interval[0] < true < interval[1] for interval, true in zip(intervals, truth, strict=True)]
    if found.spread is None:
        return [*each, False]
    off = np.log(found.values) - np.log(truth)
    return [*each, bool(off @ np.linalg.solve(found.spread, off) < chi2.ppf(0.95, len(truth)))]


def told(name: str, names, results: list[list[bool]]) -> None:
    """One line: how often the truth was held."""
    counts = np.sum(results, axis=0)
    parts = ", ".join(f"{each} {count}" for each, count in zip((*names, "all together"), counts, strict=True))
    print(f"{name}: of {len(results)} repetitions the truth was held in: {parts}", flush=True)


def main(repetitions: int) -> None:
    """Both kinds of logs."""
    process, spend = [], []
    for seed in range(1, repetitions + 1):
        needs, values = fitted(*sampled(PEOPLE, DAYS, JOINING, TRUTH, SPEND, seed=seed))
        process.append(held(needs, TRUTH, pareto_nbd.NAMES))
        spend.append(held(values, SPEND, gamma_gamma.NAMES) if values else [False] * 4)
    told("logs of the independent sampler, Pareto/NBD", pareto_nbd.NAMES, process)
    told("logs of the independent sampler, Gamma-Gamma", gamma_gamma.NAMES, spend)
    process = []
    for start in range(1, repetitions + 1, SIDE_BY_SIDE):
        seeds = list(range(start, min(start + SIDE_BY_SIDE, repetitions + 1)))
        process += [held(fitted(*log)[0], TRUTH, pareto_nbd.NAMES) for log in simulated(seeds)]
    told("logs of the simulator, Pareto/NBD", pareto_nbd.NAMES, process)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
