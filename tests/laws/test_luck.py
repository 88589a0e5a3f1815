"""Luck against Random123's known answers, against itself, and against chance."""

from __future__ import annotations

import numba
import numpy as np
import pytest

from sim.kernel import luck
from sim.kernel.luck import draw, draw_fours, draw_two, draw_twos, key_of_the_day, philox, philox_of_two

STREAMS = {name: value for name, value in vars(luck).items() if name.isupper() and type(value) is int and value < 100}

KNOWN_ANSWERS = {
    "zeros": ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    "ones": ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    "pi": (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
}


@pytest.mark.parametrize("vector", KNOWN_ANSWERS)
def test_philox_gives_the_known_answers_of_random123(vector):
    counter, key, answer = KNOWN_ANSWERS[vector]
    assert philox(*counter, *key) == answer


KNOWN_ANSWERS_OF_TWO = [
    ((0, 0), 0, (0xFF1DAE59, 0x6CD10DF2)),
    ((0xFFFFFFFF, 0xFFFFFFFF), 0xFFFFFFFF, (0x2C3F628B, 0xAB4FD7AD)),
    ((0x243F6A88, 0x85A308D3), 0x13198A2E, (0xDD7CE038, 0xF62A4C12)),
]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS_OF_TWO)
def test_philox_of_two_gives_the_known_answers_of_random123(counter, key, answer):
    assert philox_of_two(*counter, key) == answer


@numba.njit
def uniforms(seed, stream, day, people, which):
    found = np.empty((people, 4))
    for person in range(people):
        found[person] = draw(seed, stream, day, person, which)
    return found


@numba.njit
def twos(seed, stream, day, people, which):
    found = np.empty((people, 2))
    for person in range(people):
        found[person] = draw_two(seed, stream, day, person, which)
    return found


@pytest.mark.parametrize("seed", [0, 1, 2**31 + 7, 2**62 + 12345])
@pytest.mark.parametrize(("stream", "day", "which"), [(luck.LIFE, 0, 0), (luck.TOUCH, 729, 7), (luck.LIFE, 10_000, 1)])
def test_twos_for_many_rows_are_the_draws_of_each(seed, stream, day, which):
    people = np.array([5, 0, 2**31 - 1, 17, 400_000, 3], np.int32)
    found = np.zeros((2, 4), np.float32)
    draw_twos(seed, stream, day, which, people, 1, 5, found)
    for place, person in enumerate(people[1:5]):
        assert tuple(found[:, place]) == draw_two(seed, stream, day, int(person), which)


@pytest.mark.parametrize("seed", [0, 1, 2**31 + 7, 2**62 + 12345])
@pytest.mark.parametrize(("stream", "day", "which"), [(luck.ORDER, 0, 0), (luck.TRAITS, 729, 7), (luck.CLICKER, 10_000, 1)])
def test_fours_for_many_people_are_the_draws_of_each(seed, stream, day, which):
    people = np.array([5, 0, 2**31 - 1, 17, 400_000, 3], np.int32)
    found = np.zeros((4, 8))
    draw_fours(seed, stream, day, which, people, 5, found)
    assert [tuple(found[:, place]) for place in range(5)] == [draw(seed, stream, day, int(p), which) for p in people[:5]]
    assert not found[:, 5:].any()


def test_a_draw_of_two_is_philox_of_the_person_under_a_key_that_is_drawn_from_everything_else():
    seed = 2**40 + 99
    key, other, _, _ = philox(luck.TOUCH, 3, 77, luck.KEYS, seed & luck.MASK, seed >> 32)
    assert key_of_the_day(seed, luck.TOUCH, 77, 3) == (key, other)
    words = philox_of_two(123, other, key)
    found = draw_two(seed, luck.TOUCH, 77, 123, 3)
    assert found == pytest.approx([word / 2**32 for word in words], rel=1e-6, abs=2**-31)


def test_a_uniform_never_reaches_one_and_small_ones_are_fine():
    assert np.float32(np.int32(2**31 - 1)) * luck.TO_UNIT < 1
    assert np.float32(np.int32(1)) * luck.TO_UNIT == pytest.approx(2**-31, rel=1e-6)


@pytest.mark.parametrize(("stream", "which"), [(luck.LIFE, 0), (luck.TOUCH, 0), (luck.TOUCH, 5)])
def test_draws_of_two_are_uniform_even_far_below_and_uncorrelated_between_days_people_and_each_other(stream, which):
    n = 1_000_000
    u, next_day = twos(11, stream, 3, n, which), twos(11, stream, 4, n, which)
    assert u.min() >= 0 and u.max() < 1
    for chance in (0.5, 0.01, 1e-4):
        found = (u < chance).mean(axis=0)
        assert np.abs(found - chance).max() < 4.5 * np.sqrt(chance / n)
    pairs = np.column_stack([u, next_day, np.roll(u, 1, axis=0), np.roll(u, -64, axis=0)])
    correlations = np.corrcoef(pairs.T)[np.triu_indices(8, 1)]
    assert np.abs(correlations).max() < 4.5 / np.sqrt(n)


def test_a_draw_is_philox_of_person_which_day_and_stream_under_the_seed():
    seed = (0x299F31D0 << 32) + 0xA4093822 & (2**63 - 1)
    words = philox(9, 4, 77, luck.ORDER, seed & luck.MASK, seed >> 32)
    assert draw(seed, luck.ORDER, 77, 9, 4) == tuple((word + 0.5) / 2**32 for word in words)


@pytest.mark.parametrize("stream", sorted(STREAMS))
def test_draws_are_uniform_and_the_four_of_them_uncorrelated(stream):
    n = 200_000
    u = uniforms(11, STREAMS[stream], 3, n, 0)
    assert u.min() > 0 and u.max() < 1
    assert np.abs(u.mean(axis=0) - 0.5).max() < 4 * np.sqrt(1 / 12 / n)
    assert np.abs(u.var(axis=0) - 1 / 12).max() < 4 * np.sqrt(1 / 180 / n)
    correlations = np.corrcoef(u.T)[np.triu_indices(4, 1)]
    assert np.abs(correlations).max() < 4 / np.sqrt(n)


@pytest.mark.parametrize("other", ["seed", "stream", "day", "person", "which"])
def test_neighbouring_keys_have_nothing_to_do_with_each_other(other):
    n = 100_000
    a = uniforms(1, luck.LIFE, 5, n, 0)
    b = {
        "seed": lambda: uniforms(2, luck.LIFE, 5, n, 0),
        "stream": lambda: uniforms(1, luck.TOUCH, 5, n, 0),
        "day": lambda: uniforms(1, luck.LIFE, 6, n, 0),
        "person": lambda: np.roll(a, 1, axis=0),
        "which": lambda: uniforms(1, luck.LIFE, 5, n, 1),
    }[other]()
    for i in range(4):
        assert not np.array_equal(a[:, i], b[:, i])
        assert abs(np.corrcoef(a[:, i], b[:, i])[0, 1]) < 4 / np.sqrt(n)


def test_no_two_decisions_share_a_stream():
    assert len(set(STREAMS.values())) == len(STREAMS) == 17
