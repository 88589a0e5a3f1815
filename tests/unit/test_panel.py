"""The panel: where sampled people are every evening, against the books of the same run."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.kernel.ledger import COUNT_NAMES
from sim.records.panel import MOST_PEOPLE, NOT_DRAWN, Arm, watch
from sim.records.trajectories import ACTIVE, SHOP, SILENT, SQUARE, ZONES

DAYS = 130


def world(*changes, scenario="baseline"):
    return sim.load(scenario, [f"clock.days={DAYS}", "clock.run_out_days=0", *changes])


@pytest.fixture(scope="module")
def everybody():
    """Both ways of life, everybody who becomes a customer drawn."""
    small = world("market.people=20000", "brand.budget_cny_per_day=300.0", "word_of_mouth.invitations_level=3.0")
    return watch([Arm(small, "public_only"), Arm(small, "private_pool")], seed=3, one_in=1)


def test_the_zones_are_those_of_the_books_on_every_day(everybody):
    assert everybody.one_in == 1
    for arm in everybody.arms:
        seen = np.stack([(arm.zones == zone).sum(axis=1) for zone in range(len(ZONES))], axis=1)
        assert (seen[:, SHOP:] == arm.counts[:, SHOP:]).all()
        assert (arm.counts.sum(axis=1) == 20_000).all()
        books = arm.result
        assert (seen[1:, ACTIVE] == books.count("active")).all()
        assert (seen[1:, ACTIVE] + seen[1:, SILENT] == books.count("members")).all()
        assert (seen[1:, SHOP:].sum(axis=1) == books.count("customers")).all()
    assert everybody.arms[1].counts[-1].min() > 0
    assert (everybody.arms[0].counts[:, [ACTIVE, SILENT]] == 0).all()


def test_the_run_that_is_watched_is_the_run_that_would_have_been(everybody):
    for arm in everybody.arms:
        told = arm.result
        assert told.ledger_sha256 == sim.run(told.scenario, told.strategy, told.seed).ledger_sha256


def test_orders_and_arrivals_are_those_of_the_books(everybody):
    for arm in everybody.arms:
        orders = sum(arm.result.count(name) for name in COUNT_NAMES if name.startswith("orders_"))
        assert (np.bincount(arm.orders[:, 0], minlength=DAYS + 1)[1:] == orders).all()
        referred = arm.result.count("orders_first_referred")
        assert (np.bincount(arm.arrivals[:, 0], minlength=DAYS + 1)[1:] == referred).all()
    frame, inviter, invited = everybody.arms[1].arrivals.T
    assert frame.size > 9
    zones = everybody.arms[1].zones
    assert (zones[frame - 1, invited] == SQUARE).all() and (zones[frame, invited] != SQUARE).all()
    assert np.isin(zones[frame - 1, inviter], (ACTIVE, SILENT)).all()


def test_moves_are_all_that_changes(everybody):
    for arm in everybody.arms:
        again = np.zeros_like(arm.zones)
        for frame, person, zone in arm.moves():
            again[frame:, person] = zone
        assert (again == arm.zones).all()
        assert (np.diff(arm.moves()[:, 0]) >= 0).all()


def test_the_panel_is_a_bounded_sample_that_says_how_many_each_stands_for(everybody):
    arms = [Arm(each.result.scenario, each.result.strategy) for each in everybody.arms]
    some = watch(arms, seed=3, usual=100)
    assert 10 < some.people.size <= 100 < everybody.people.size
    assert some.one_in in (5, 10, 20, 50)
    place = np.searchsorted(everybody.people, some.people)
    for whole, part in zip(everybody.arms, some.arms, strict=True):
        assert (whole.zones[:, place] == part.zones).all()
        assert (whole.counts == part.counts).all()
        assert (part.arrivals[:, 1] >= NOT_DRAWN).all()
    expected = everybody.people.size / some.one_in
    assert abs(some.people.size - expected) < 4 * expected**0.5


def test_a_ratio_that_would_draw_too_many_is_raised():
    crowded = world("market.starting_customers=[{day: 0, people: 9000, in_pool: true}]", "clock.days=2")
    assert watch([Arm(crowded, "hybrid")], one_in=1).one_in == 5
    assert watch([Arm(crowded, "hybrid")], one_in=1).people.size <= MOST_PEOPLE
    assert watch([Arm(crowded, "hybrid")], one_in=50).one_in == 50


def test_starting_customers_are_in_the_pool_from_their_day_on_without_an_order():
    begun = world("market.starting_customers=[{day: 1, people: 300, in_pool: true}]", "brand.budget_cny_per_day=0.0",
                  "clock.days=3", "pool.service_cny_per_month=0.0")
    (arm,) = watch([Arm(begun, "hybrid")], one_in=1).arms
    assert [int((zones == ACTIVE).sum()) for zones in arm.zones[:3]] == [0, 0, 300]
    assert not np.isin(arm.orders[:, 0], (0, 1, 2)).any()


def test_nobody_at_all_is_an_empty_panel():
    alone = world("brand.budget_cny_per_day=0.0", "clock.days=3")
    panel = watch([Arm(alone, "hybrid"), Arm(alone, "public_only")])
    assert (panel.people.size, panel.days, panel.one_in) == (0, 3, 1)
    assert panel.arms[0].zones.shape == (4, 0)


def test_arms_of_different_length_and_wild_ratios_are_refused():
    short, long = world("clock.days=3"), world("clock.days=4")
    with pytest.raises(ValueError, match="alike in days and people"):
        watch([Arm(short, "hybrid"), Arm(long, "hybrid")])
    with pytest.raises(ValueError, match="one_in at least 1"):
        watch([Arm(short, "hybrid")], one_in=0)


def test_progress_is_told_until_everything_is_lived():
    told = []
    watch([Arm(world("clock.days=3"), "hybrid")] * 2, progress=lambda done, total: told.append((done, total)))
    assert sorted(told) == [(n, 6) for n in range(1, 7)]
