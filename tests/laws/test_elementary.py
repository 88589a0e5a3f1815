"""Exponentials and logarithms of our own: as exact as the system's, and the same to the bit compiled or not."""

from __future__ import annotations

import math

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel.vecmath import exp, log


@numba.njit
def many(function, numbers):
    found = np.empty(numbers.size)
    for i in range(numbers.size):
        found[i] = function(numbers[i])
    return found


def units_off(found, exact):
    """By how many units in the last place numbers differ."""
    return np.abs(found - exact) / np.spacing(np.abs(exact))


def test_exponentials_are_those_of_the_system_to_the_last_place():
    numbers = np.concatenate([np.linspace(-708, 709, 400_001), np.linspace(-1e-3, 1e-3, 20_001)])
    assert units_off(many(exp, numbers), np.exp(numbers)).max() <= 1


def test_logarithms_are_those_of_the_system_to_the_last_place():
    dice = np.random.default_rng(1)
    near_one = 1 + dice.uniform(-1e-3, 1e-3, 100_000)
    numbers = np.concatenate([dice.random(200_000), near_one, 10 ** dice.uniform(-300, 300, 200_000), [0.5, 1.0, 2.0**-1022]])
    assert units_off(many(log, numbers), np.log(numbers)).max() <= 1


def test_at_the_ends_an_exponential_is_nothing_or_stays_finite():
    assert (exp(0.0), exp(-math.inf), exp(-708.1)) == (1.0, 0.0, 0.0)
    assert 1e307 < exp(1e9) < math.inf
    assert (log(1.0), log(math.inf)) == (0.0, pytest.approx(1024 * math.log(2)))


@given(st.floats(-800, 800))
def test_an_exponential_has_the_same_bits_without_the_compiler(number):
    assert exp(number) == exp.py_func(number)


@given(st.floats(2.0**-1022, 1e300))
def test_a_logarithm_has_the_same_bits_without_the_compiler(number):
    assert log(number) == log.py_func(number)
