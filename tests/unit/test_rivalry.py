"""What moves the rivals, rule by rule."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from sim.rules.rivalry import (
    MOST_TIMES,
    adopted_share,
    after_a_day,
    budget_growth,
    crowd_growth,
    in_festival,
    remembered,
)


def test_at_the_free_entry_equilibrium_nobody_comes_or_goes() -> None:
    assert crowd_growth(1.0, 0.5, 2.0) == 0.0


def test_rivals_come_in_proportion_to_excess_profit_and_go_in_proportion_to_what_is_missing() -> None:
    assert crowd_growth(3.0, 0.5, 2.0) == pytest.approx(1.0)
    assert crowd_growth(0.5, 0.5, 2.0) == pytest.approx(-1.0)


def test_a_year_of_days_grows_by_the_growth_of_a_year() -> None:
    times = 1.0
    for _ in range(365):
        times = after_a_day(times, 0.4)
    assert times == pytest.approx(math.exp(0.4))


@pytest.mark.parametrize(("growth", "end"), [(1e9, MOST_TIMES), (-1e9, 1.0 / MOST_TIMES)])
def test_no_crowd_grows_or_shrinks_without_end(growth: float, end: float) -> None:
    times = 1.0
    for _ in range(1000):
        times = after_a_day(times, growth)
    assert times == end


def test_budgets_grow_by_the_part_of_profit_that_is_put_back() -> None:
    assert budget_growth(0.5, 0.2) == pytest.approx(0.1)


def test_a_month_of_the_same_day_is_remembered_by_two_thirds() -> None:
    memory = 0.0
    for _ in range(30):
        memory = remembered(memory, 1.0)
    assert memory == pytest.approx(1.0 - (1.0 - 1.0 / 30.0) ** 30)


def test_where_nobody_begins_nobody_imitates() -> None:
    assert adopted_share(0.0, 5.0, 10.0) == 0.0


def test_adoption_begins_at_nothing_never_falls_and_ends_with_everybody() -> None:
    shares = [adopted_share(0.03, 0.38, year / 4.0) for year in range(400)]
    assert shares[0] == 0.0
    assert all(later >= earlier for earlier, later in pairwise(shares))
    assert shares[-1] == pytest.approx(1.0)


def test_a_festival_lasts_its_days_every_year_and_may_cross_new_years_eve() -> None:
    double_eleven = [day + 1 for day in range(730) if in_festival(day, 305, 11)]
    assert double_eleven == [*range(305, 316), *range(670, 681)]
    assert [day + 1 for day in range(365) if in_festival(day, 364, 4)] == [1, 2, 364, 365]
