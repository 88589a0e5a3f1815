"""A minimally different world disturbs nobody else: seen person by person, in the rows of the crowd itself."""

from __future__ import annotations

import numpy as np
import pytest
from many_worlds import members

import sim
from sim.customers.columns import Columns
from sim.customers.rows import EXITED
from sim.customers.settings import EXIT, NEED, trait_tables
from sim.kernel import luck
from sim.kernel.ledger import COUNT, Ledger
from sim.market.market import Market
from sim.rules.people import table_row
from sim.simulation.brand import Brands
from sim.simulation.day import live_one_day
from sim.strategies import find

SEED = 6
ALONE = {
    "market.people": 20_000, "clock.days": 60, "clock.run_out_days": 0, "brand.budget_cny_per_day": 300.0,
    "market.starting_customers": members(3000), "visitors.passers_by_per_day": 100.0, "visitors.buy_share": 0.5,
    "public.repeat_orders_paid_share": 0.0, "brand.remove_after_days": 10_000, "pool.base_leave_chance_per_month": 0.0,
    "pool.leave_per_seen_chance": 0.0, "pool.exit_reduction_share": 0.0, "pool.offer_order_chance": 0.0,
    "switches.referral": False,
}
"""Nobody leaves the pool, no message sells, every need is met: what people do follows from their own luck alone."""


def books_and_rows(changes: dict, strategy: str = "hybrid") -> tuple[Ledger, dict[int, tuple]]:
    """The books, and everybody whom the brand knows after the last day: person -> (first day, need, exit, gone, orders)."""
    scenario = sim.load("baseline", {**ALONE, **changes})
    books = Ledger(1, scenario.clock.total_days)
    brands, square = Brands([scenario], [find(strategy)(scenario.brand)], [SEED], books), Market([scenario], np.array([SEED]))
    with Columns([scenario], [SEED], books) as crowd:
        for day in range(scenario.clock.total_days):
            live_one_day(day, True, brands, square, crowd, books)
        rows, n = crowd.population.rows, int(crowd.population.filled[0])
        columns = (rows.first_day, rows.need, rows.exit, rows.flags & EXITED, rows.orders)
        people = zip(*(column[0, :n].tolist() for column in columns), strict=True)
        return books, dict(zip(rows.person[0, :n].tolist(), people, strict=True))


def rows_after(changes: dict, strategy: str = "hybrid") -> dict[int, tuple]:
    """Everybody whom the brand knows after the last day."""
    return books_and_rows(changes, strategy)[1]


@pytest.fixture(scope="module")
def before():
    return rows_after({})


MINIMAL = {
    "one more message a month": {"brand.touches_per_month": 8.0},
    "messages every day": {"brand.touches_per_month": 30.0},
    "one more person in the market": {"market.people": 20_001},
    "one more passer-by": {"visitors.passers_by_per_day": 101.0},
    "one more yuan": {"brand.budget_cny_per_day": 301.0},
    "a larger gift": {"brand.gift_cny": 4.0},
    "more starting customers": {"market.starting_customers": members(3001)},
    "a dearer click": {"public.start_click_price_cny": 2.5},
}


@pytest.mark.parametrize("change", MINIMAL)
def test_a_minimally_different_world_leaves_traits_and_lives_of_others_untouched(before, change):
    after = rows_after(MINIMAL[change])
    assert after != before or change in {"one more message a month", "messages every day"}
    both = [person for person in before.keys() & after.keys() if before[person][0] == after[person][0]]
    joined = {person for person in both if before[person][0] > 0}
    assert len(both) > 500 and len(joined) > 100
    traits = [person for person in before.keys() & after.keys() if before[person][1:3] != after[person][1:3]]
    assert not traits, f"{len(traits)} people have other traits"
    lives = [person for person in both if before[person] != after[person]]
    assert not lives, f"{len(lives)} of {len(both)} people live another life, such as {lives[:3]}"


def test_members_and_outsiders_of_the_same_name_live_the_same_life(before):
    after = rows_after({}, "public_only")
    alive = [person for person in before.keys() & after.keys() if before[person][0] == after[person][0]]
    assert len(alive) > 2000 and all(before[person] == after[person] for person in alive)


def test_a_row_bears_the_traits_and_the_exit_that_its_keyed_draws_say(before):
    needs, exits = trait_tables(sim.load("baseline", ALONE))[[NEED, EXIT]]
    for person, (first_day, need, leaving, gone, _) in list(before.items())[::7]:
        u = luck.draw(SEED, luck.TRAITS, 0, person, 0)
        assert need == np.float32(needs[table_row(u[0])]) and leaving == np.float32(exits[table_row(u[1])])
        days = range(first_day + 1, 60)  # nobody exits on the first day
        exit_days = [day for day in days if luck.draw_two(SEED, luck.LIFE, day, person, 0)[1] < leaving]
        assert bool(gone) == bool(exit_days)


def test_referred_customers_are_themselves_times_the_published_factors():
    talkative = {"switches.referral": True, "word_of_mouth.invitations_level": 8.0, "switches.silent_exit": False}
    books, rows = books_and_rows({**talkative, "market.need_gamma_months": 1.0})
    needs = trait_tables(sim.load("baseline", {**ALONE, "market.need_gamma_months": 1.0}))[NEED]
    times = [
        need / needs[table_row(luck.draw(SEED, luck.TRAITS, 0, person, 0)[0])] for person, (_, need, *_) in rows.items()
    ]
    referred = np.isclose(times, 1.18, rtol=1e-6)
    assert (referred | np.isclose(times, 1.0, rtol=1e-6)).all()
    assert referred.sum() == books.counts[0, :, COUNT["orders_first_referred"]].sum() > 100
