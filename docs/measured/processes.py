"""Customers, pools and cascades against theory and the CDNOW sample, through the worlds of tests/papers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import test_accounts as accounts
import test_bass as bass
import test_calibrated_scenario as calibrated
import test_cascades as cascades
import test_pools as pools
from many_worlds import lived, members

import sim
from measured.rows import Row, of_futures, of_ratio
from sim.calibration.calibrating import Calibration
from sim.calibration.learning import Asked, learn
from sim.customers.settings import NEED, trait_tables
from sim.kernel.ledger import MICRO

CDNOW = "tests/papers/test_cdnow.py"
PUBLISHED = {
    "pareto_nbd": {"r": 0.5533, "alpha": 10.5776, "s": 0.6062, "beta": 11.6679},
    "bg_nbd": {"r": 0.2426, "alpha": 4.4135, "a": 0.7929, "b": 2.4258},
    "gamma_gamma": {"p": 6.250, "q": 3.744, "gamma": 15.444},
}
LIKELIHOODS = {"pareto_nbd": -9594.97, "bg_nbd": -9582.43}
NAMES = {"pareto_nbd": "Pareto/NBD", "bg_nbd": "BG/NBD", "gamma_gamma": "Gamma-Gamma"}
TRACKED = {"pareto_nbd": (2524.9, 4270.1), "bg_nbd": (2494.0, 4160.6)}


def cdnow() -> Iterator[Row]:
    """The published fits, the tracking curves, and the simulator under its own calibrated scenario."""
    rows = [line.split() for line in calibrated.sample().read_text(encoding="utf-8").splitlines() if line.strip()]
    with TemporaryDirectory() as folder:
        log = Path(folder) / "orders.csv"
        log.write_text("customer,date,amount\n" + "".join(f"{who},{day},{paid}\n" for _, who, day, _, paid in rows))
        learnt = learn(log, Asked(weeks=39), "cdnow")
        again = sim.loads(learnt.again(), "again.yaml")
    found = learnt.found.as_json()
    for model, values in PUBLISHED.items():
        for name, value in values.items():
            yield Row(f"CDNOW, {NAMES[model]}: {name}", value, found[model][name], None, None, 1e-3 * value, "published", CDNOW)
        if model in LIKELIHOODS:
            what = f"CDNOW, {NAMES[model]}: log-likelihood"
            yield Row(what, LIKELIHOODS[model], found[model]["log_likelihood"], None, None, 0.01, "published", CDNOW)
    p, q, gamma = found["gamma_gamma"].values()
    yield Row("CDNOW, Gamma-Gamma: mean spend, $", 35.17, p * gamma / (q - 1), None, None, 0.005, "published", CDNOW)
    yield from _tracking(learnt.found, again)


def _tracking(found: Calibration, again: sim.Scenario) -> Iterator[Row]:
    test = "tests/papers/test_calibrated_scenario.py"
    for model, weeks in TRACKED.items():
        for week, value in zip((39, 78), weeks, strict=True):
            ours = float(found.track.expected[model][week - 1])
            yield Row(f"CDNOW, {NAMES[model]}: repeats by week {week}", value, ours, None, None, 0.2, "published", test)
    (results,) = lived([again], "public_only", calibrated.SEEDS)
    weekly = np.array([r.count("orders_by_itself").cumsum()[6::7] for r in results])
    expected = found.track.expected["pareto_nbd"]
    for week in (13, 39, 78):
        error = float(weekly[:, week - 1].std(ddof=1) / np.sqrt(len(weekly)))
        what = f"CDNOW's calibrated scenario, simulated: repeats by week {week}"
        yield Row(what, float(expected[week - 1]), *of_futures(weekly[:, week - 1]), 3 * error, "derived", test, len(weekly))
    off = float(np.abs(calibrated.standing_off(weekly, expected)).max())
    yield Row("the same: most standard errors off in weeks 2 to 78", 0.0, off, None, None, 3.0, "derived", test, len(weekly))


def stocks() -> Iterator[Row]:
    """Pools with constant inflow, a dead pool, and what a full account would turn away."""
    common = {**pools.ONLY_LEAVING, **pools.INFLOW, "pool.base_leave_chance_per_month": pools.leaving(180), "clock.days": 361}
    starts = [sim.load("baseline", {**common, "market.starting_customers": members(n)}) for n in (0, 25_919)]
    filling, steady = (np.array([r.count("members") for r in each], float) for each in lived(starts, "private_pool", pools.SEEDS))
    test, n = "tests/papers/test_pools.py", len(pools.SEEDS)
    half = of_futures(filling[:, 179])
    yield Row("pool, 100 joins a day, half-life 180 days: after 180 days", 12_984, *half, 65, "derived", test, n)
    yield Row("the same: steady state, evenings", 26_019, *of_futures(steady[:, -1]), 120, "derived", test, n)
    dead = sim.load("baseline", {
        **pools.ONLY_LEAVING, "clock.days": 366, "pool.base_leave_chance_per_month": pools.leaving(90),
        "market.starting_customers": members(5000),
    })
    (results,) = lived([dead], "private_pool", range(1, 41))
    left = of_futures([float(r.count("members")[-1]) for r in results])
    yield Row("dead pool: 5,000 members, half-life 90 days, after a year", 301, *left, 8.1, "derived", test, 40)
    (results,) = lived([sim.load("baseline", accounts.OFFERED)], "private_pool", range(1, 17))
    evenings = np.array([r.count("members")[accounts.WARM_UP_DAYS : -1] for r in results])
    paid = np.array([r.account("accounts")[accounts.WARM_UP_DAYS + 1 :] for r in results])
    near = (np.abs(evenings - accounts.CAPACITY) <= accounts.NEAR).sum(axis=1) / (2 * accounts.NEAR + 1)
    blocked = of_ratio(near, (paid < 1.5 * 100 * MICRO * 12 / 365).sum(axis=1))
    yield Row(
        "account of 5,000, offered load 5,000: turned away (Erlang B)", 0.0112, *blocked, 0.0013, "derived",
        "tests/papers/test_accounts.py", 16,
    )


def word_of_mouth() -> Iterator[Row]:
    """Cascades, tiers and diffusion in a well mixed market."""
    test, n = "tests/papers/test_cascades.py", len(cascades.SEEDS)
    plain = {**cascades.WELL_MIXED, "word_of_mouth.invitations_level": 0.1}
    tiers = {
        **plain, "brand.pool_costs": "on_top", "word_of_mouth.reward_cny": 1.0, "word_of_mouth.induced_factor": 0.0,
        "word_of_mouth.reward_tiers_count": 2, "word_of_mouth.next_tier_share": 1.0,
    }
    scenarios = [sim.load("baseline", changes) for changes in (plain, tiers)]
    alone, rewarded = lived(scenarios, "private_pool", cascades.SEEDS)
    r0, _ = cascades.offspring(scenarios[0])
    size = of_futures([r.count("customers")[-1] / cascades.FANS for r in alone])
    yield Row(f"cascade, R0 = {r0:.3f}: mean size", 1 / (1 - r0), *size, 0.04, "derived", test, n)
    people = [float(r.count("customers")[-1]) for r in rewarded]
    reach = of_ratio([float(r.account("referral_rewards").sum()) / MICRO for r in rewarded], people)
    reached = [1 + each for each in reach]
    yield Row(f"two tiers, R0 = {r0:.3f}: whom a member reaches", 1 + r0 + r0**2, *reached, 0.02, "derived", test, n)
    needs = trait_tables(sim.load("baseline", bass.ALIKE))[NEED].mean()
    told = float(bass.Q / bass.DAYS_A_YEAR / needs / bass.ORDER_CHANCE)
    (results,) = lived([sim.load("baseline", {**bass.ALIKE, "word_of_mouth.invitations_level": told})], "private_pool", bass.SEEDS)
    share = np.array([r.count("customers") for r in results]) / bass.PEOPLE
    day = int(bass.PEAK * bass.DAYS_A_YEAR)
    at_peak = float(share[:, day].mean())
    yield Row("Bass, p 0.03, q 0.38: adopted by year 6.19", 0.461, at_peak, None, None, 0.012, "derived", "tests/papers/test_bass.py", 2)
