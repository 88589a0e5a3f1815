"""How often to write: profit against messages a month is an inverted U (Zhang, Kumar & Cosguner 2017)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from many_worlds import lived, mean_and_error, profit, ratio_and_error, said, varied

MESSAGES = (2, 4, 5, 6, 7, 8, 9, 10, 15)
PUBLISHED = {4: 0.68, 7: 1.0, 10: 0.84}
SEVEN = MESSAGES.index(7)


@pytest.fixture(scope="module")
def gains(gain_of_messages):
    return gain_of_messages(messages=MESSAGES, seeds=range(1, 9))


@pytest.fixture(scope="module")
def gains_without_fatigue(gain_of_messages):
    return gain_of_messages(messages=MESSAGES, changes={"switches.fatigue": False})


def relative(gains, messages):
    """The gain of so many messages over that of seven, with its standard error."""
    return ratio_and_error(gains[MESSAGES.index(messages)], gains[SEVEN])


@pytest.mark.parametrize("messages", PUBLISHED)
def test_the_published_points_of_the_curve_are_met(gains, messages):
    share, error = relative(gains, messages)
    assert share == pytest.approx(PUBLISHED[messages], abs=0.05), said(share, error)


def test_seven_messages_a_month_are_best(gains):
    curve = {m: said(*relative(gains, m)) for m in MESSAGES}
    assert MESSAGES[gains.mean(axis=1).argmax()] == 7, curve


def test_the_curve_rises_before_seven_and_falls_after_it(gains):
    steps = [mean_and_error(after - before) for before, after in pairwise(gains)]
    rising = [mean > 3 * error for mean, error in steps[:SEVEN]]
    falling = [mean < -3 * error for mean, error in steps[SEVEN + 1 :]]
    assert all(rising) and all(falling), [said(*step) for step in steps]


def test_without_fatigue_there_is_no_peak_at_seven(gains_without_fatigue):
    ten, error = relative(gains_without_fatigue, 10)
    assert ten > 1 + 3 * error, f"ten messages bring {said(ten, error)} of seven's gain"
    assert MESSAGES[gains_without_fatigue.mean(axis=1).argmax()] > 10


def test_cars_are_best_with_about_one_message_a_month(gain_of_messages):
    few = (0.25, 0.5, 1.0, 1.5, 2.0, 4.0, 8.0)
    gains = gain_of_messages("car", few, seeds=range(1, 7))
    best = int(gains.mean(axis=1).argmax())
    shown = {m: said(*mean_and_error(gain), 1) for m, gain in zip(few, gains, strict=True)}
    assert 0.5 <= few[best] <= 2.0, shown
    for far in (few.index(0.25), few.index(4.0)):
        less, error = mean_and_error(gains[best] - gains[far])
        assert less > 3 * error, shown


def test_the_full_beauty_strategy_peaks_between_five_and_ten(smaller):
    grid = (3, 4, 5, 6, 7, 8, 9, 10, 12, 15)
    scenarios = varied("baseline", [{**smaller, "brand.touches_per_month": float(m)} for m in grid])
    profits = np.array([[profit(r) for r in results] for results in lived(scenarios, "private_pool", range(1, 9))])
    best = int(profits.mean(axis=1).argmax())
    behind = [mean_and_error(profits[best] - each) for each in profits]
    shown = {m: said(*each, 0) for m, each in zip(grid, behind, strict=True)}
    assert 5 <= grid[best] <= 10, shown
    for m in (3, 4, 15):
        less, error = behind[grid.index(m)]
        assert less > 3 * error, shown
