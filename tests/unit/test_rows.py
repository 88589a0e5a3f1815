"""Marked rows are found and counted many at a time, and come out as if one looked at each."""

from __future__ import annotations

import numba
import numpy as np
import pytest

from sim.customers.rows import EIGHT, count_marked, list_marked


@numba.njit
def listed(marks, a, b, looked_for, found):
    return list_marked(marks, a, b, looked_for, found)


@numba.njit
def counted(marks, rows, mark):
    return count_marked(marks, rows, mark)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 1.0])
@pytest.mark.parametrize(("a", "b"), [(0, 1), (0, 8), (8, 23), (16, 40), (0, 4096), (2048, 4089), (24, 24)])
def test_exactly_the_rows_that_bear_one_of_the_marks_are_listed_in_their_order(share, a, b):
    dice = np.random.default_rng(b)
    marks = np.where(dice.random(4096) < share, dice.choice([1, 4, 5], 4096), 16).astype(np.uint8)
    found = np.full(b - a + 1, -1)
    many = listed(marks, a, b, 5, found[: b - a])
    assert found[:many].tolist() == [i for i in range(a, b) if marks[i] & 5]
    assert found[-1] == -1  # no more room is taken than for every row


@pytest.mark.parametrize("rows", [0, 1, 8, 2048, 5003])
def test_as_many_rows_are_counted_as_bear_the_mark_up_to_the_next_eight(rows):
    marks = np.random.default_rng(rows).integers(0, 256, -(-rows // EIGHT) * EIGHT + EIGHT).astype(np.uint8)
    whole = -(-rows // EIGHT) * EIGHT
    for mark in (1, 4, 128):
        assert counted(marks, rows, mark) == sum(bool(each & mark) for each in marks[:whole])
