"""What a pool does to its members: it lifts them, dies without inflow, and wears out under daily offers."""

from __future__ import annotations

import numpy as np
import pytest
from many_worlds import lived, mean_and_error, members, outsiders, ratio_and_error, said, varied

import sim
from sim.kernel.ledger import COHORT_FIELD, KINDS

SEEDS = range(1, 7)
STARTING, REPEATS = KINDS.index("starting"), COHORT_FIELD["repeat_orders_365"]


def uplift(**switches: bool) -> tuple[float, float]:
    """Repeat orders within a year of members over those of the same people outside, buying back included."""
    year = {
        "clock.days": 1, "clock.run_out_days": 366, "brand.budget_cny_per_day": 1e6, "switches.referral": False,
        **{f"switches.{name}": value for name, value in switches.items()},
    }
    groups = varied("baseline", [{**year, "market.starting_customers": of(10_000)} for of in (members, outsiders)])
    repeats = [
        [result.cohorts[:, STARTING, REPEATS].sum() for result in results]
        for results in lived(groups, "hybrid", SEEDS)
    ]
    return ratio_and_error(*repeats)


def test_members_order_a_fifth_more_than_the_same_people_left_alone():
    ratio, error = uplift()
    assert 1.15 <= ratio <= 1.35, said(ratio, error)


def test_without_messages_most_of_that_is_gone():
    ratio, error = uplift(touch_effects=False)
    assert ratio < 1.15 - 3 * error, said(ratio, error)


QUARTERS = (119, 164, 209, 299)
"""The last day with inflow, and one half, one and two quarters later."""


@pytest.fixture(scope="module")
def ponds():
    """Members by day and the share of the living who are engaged: the tap closed, left open, closed without liveliness."""
    closed, still = sim.load("pool_without_inflow"), {"switches.liveliness": False}
    scenarios = {
        "dead": closed, "flowing": sim.load(closed, {"clock.days": 485, "clock.run_out_days": 0}),
        "always lively": sim.load(closed, still),
    }
    found = {}
    for name, results in zip(scenarios, lived(scenarios.values(), "hybrid", SEEDS), strict=True):
        share = [r.count("engaged") / np.maximum(r.count("members") - r.count("silent"), 1) for r in results]
        found[name] = np.array(share), np.array([r.count("members") for r in results])
    return found


def engaged(ponds, name, day):
    return mean_and_error(ponds[name][0][:, day])


def told(ponds):
    return {name: [said(*engaged(ponds, name, day)) for day in QUARTERS] for name in ponds}


def test_in_dead_water_engagement_at_least_halves_within_two_quarters(ponds):
    (before, _), (after, error) = engaged(ponds, "dead", 119), engaged(ponds, "dead", 299)
    assert after + 3 * error < before / 2, told(ponds)


def test_in_dead_water_the_members_stay(ponds):
    kept = ponds["dead"][1][:, 299] / ponds["dead"][1][:, 119]
    mean, error = mean_and_error(kept)
    assert mean > 0.8, f"{said(mean, error)} of the members are left"


def test_with_inflow_the_pool_stays_alive(ponds):
    (dead, _), (alive, error) = engaged(ponds, "dead", 299), engaged(ponds, "flowing", 299)
    before, _ = engaged(ponds, "flowing", 119)
    assert alive - 3 * error > 0.75 * before and alive > 2 * dead, told(ponds)


def test_it_is_mostly_liveliness_that_dies(ponds):
    lost = {name: engaged(ponds, name, 119)[0] - engaged(ponds, name, 299)[0] for name in ("dead", "always lively")}
    assert lost["always lively"] < lost["dead"] / 2, told(ponds)
    kept, error = engaged(ponds, "always lively", 299)
    assert kept - 3 * error > engaged(ponds, "always lively", 119)[0] / 2, "switched off, nothing halves"


SPANS = {"first fortnight": (0, 14), "second": (14, 30), "to day 90": (30, 90), "after": (90, 365), "year": (0, 365)}


def harvests(closed, changes):
    """Gain over no message [span, seed] in yuan a member, and the share of weak ties among the living on day 364: of
    daily offers and of seven mixed messages a month."""
    year = {**closed, "clock.run_out_days": 364, **changes}
    ways = {"daily": (30.0, 1.0), "mixed": (7.0, 0.5), "nothing": (0.0, 0.5)}
    scenarios = varied("pool_over_harvested", [
        {**year, "brand.touches_per_month": often, "brand.offer_share": offers} for often, offers in ways.values()
    ])
    runs = dict(zip(ways, lived(scenarios, "private_pool", SEEDS), strict=True))
    cash = {way: np.array([r.contribution - r.marketing for r in results]) / 1e6 / 5000 for way, results in runs.items()}
    gains = {
        way: {span: (cash[way] - cash["nothing"])[:, a:b].sum(axis=1) for span, (a, b) in SPANS.items()}
        for way in ("daily", "mixed")
    }
    weak = {
        way: np.mean([r.count("weak_ties")[-1] / max(1, r.count("members")[-1] - r.count("silent")[-1]) for r in results])
        for way, results in runs.items()
    }
    return gains, weak


@pytest.fixture(scope="module")
def harvested(closed):
    return harvests(closed, {})


def less(gains, span):
    """What daily offers gain less mixed messages, with its standard error."""
    return mean_and_error(gains["daily"][span] - gains["mixed"][span])


def shown(gains):
    return {way: {span: said(*mean_and_error(gain), 2) for span, gain in spans.items()} for way, spans in gains.items()}


def test_daily_offers_lift_the_first_fortnight(harvested):
    gains, _ = harvested
    more, error = less(gains, "first fortnight")
    assert more > 3 * error, shown(gains)


@pytest.mark.parametrize("span", ["second", "to day 90", "after", "year"])
def test_daily_offers_sink_all_that_follows_and_the_year(harvested, span):
    gains, _ = harvested
    more, error = less(gains, span)
    assert more < -3 * error, shown(gains)


def test_daily_offers_turn_ties_weak(harvested):
    _, weak = harvested
    assert weak["daily"] > 0.5 and weak["mixed"] < 0.1, weak


def test_without_fatigue_daily_offers_would_win_the_year(closed):
    gains, _ = harvests(closed, {"switches.fatigue": False})
    more, error = less(gains, "year")
    assert more > 3 * error, shown(gains)


def test_offers_that_do_not_wear_ties_leave_them_strong(closed):
    _, weak = harvests(closed, {"pool.offer_tie_share": 0.0})
    assert weak["daily"] < 0.1, weak


def test_messages_without_effects_matter_only_for_liveliness_and_for_who_counts_as_silent(closed):
    nothing = {"switches.touch_effects": False, "switches.liveliness": False, "brand.remove_after_days": 10_000}
    gains, _ = harvests(closed, nothing)
    assert not np.any(gains["daily"]["year"]) and not np.any(gains["mixed"]["year"]), shown(gains)
