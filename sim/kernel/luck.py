"""Luck: every random draw is keyed by (seed, person, day, decision), so that no draw depends on any other.

There is no generator object, no state and no order of drawing. The same person has the same luck under every strategy
(common random numbers), in either engine, with any number of threads; one more person disturbs nobody else.

The generators are Philox4x32-10 and, for what everybody decides every day, Philox2x32-10 (Salmon, Moraes, Dror & Shaw
2011). The first has counter = (who, which, day, stream), key = seed; the second counter = (who, a word), key = another
word, both drawn by the first from (stream, which, day). Both are checked against the known answers of Random123.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernel.compiled import kernel, rule

KEYS = 0  # no decision: the stream from which ``draw_two`` takes the day's key

# Streams: a decision's number in the key. Append only; a number is never used again for another decision. None of
# them contains the scenario or the strategy, because luck must be the same under all of them.
TRAITS = 1  # a person's need rate, exit rate, habit to invite, readiness to join
LIFE = 2  # a customer's day: need and who catches it; silent exit or leaving for no reason
TOUCH = 3  # a message to a member: seen and tempted; leaves or mutes
ORDER = 4  # an order: comes by itself, its value, invitations, rank in the queue to be bought back
CLICK = 5  # the n-th paid click of a day: in which auction, whether it brings an order
FIRST_ORDER = 6  # a newcomer's order: value, sees the invitation, accepts it
VISIT = 7  # the n-th visitor of a day without an advertisement: who, whether it orders
INVITATION = 8  # an invited neighbour: who, whether it orders
NEIGHBOUR = 9  # who a person's n-th neighbour is
AUCTION = 10  # where the lattice of a day's sampled auctions starts, four uniforms at a time
PLATFORM = 12  # the platform's acts on a day: who is on which account, which account is taken, sanctions
TAG = 14  # a member's tag in the brand's system: whether it is wrong; whether a message goes to such members
FOLDING = 15  # whether a member has folded a group away since it was opened
ENTRANCE = 16  # whether a newcomer meets the n-th entrance
MARKET = 11  # the market as a whole on a day: rounding of counts
CLICKER = 13  # who makes the n-th paid click of a day, if it may order: how well it suits, who it is

MASK = 0xFFFFFFFF
_MULTIPLY_0, _MULTIPLY_1 = 0xD2511F53, 0xCD9E8D57
_WEYL_0, _WEYL_1 = 0x9E3779B9, 0xBB67AE85
_MULTIPLY_2 = 0xD256D193
_TO_UNIT = 2.0**-32
TO_UNIT: Any = np.float32(2.0**-31 * (1.0 - 2.0**-24))
"""Times a word below 2**31: a uniform below 1, however the word is rounded to a real number."""


@rule(signature="UniTuple(int64, 4)(int64, int64, int64, int64, int64, int64)")
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Philox4x32-10: four 32-bit words from a counter of four and a key of two, all below 2**32."""
    for _ in range(10):
        a, b = _MULTIPLY_0 * c0, _MULTIPLY_1 * c2
        c0, c1, c2, c3 = ((b >> 32) & MASK) ^ c1 ^ k0, b & MASK, ((a >> 32) & MASK) ^ c3 ^ k1, a & MASK
        k0, k1 = (k0 + _WEYL_0) & MASK, (k1 + _WEYL_1) & MASK
    return c0, c1, c2, c3


@rule(signature="UniTuple(float64, 4)(int64, int64, int64, int64, int64)")
def draw(seed: int, stream: int, day: int, who: int, which: int) -> tuple[float, float, float, float]:
    """Four independent uniforms in (0, 1) for one decision.

    ``who`` (a person's id or a running number) and ``which`` (the n-th of its kind) are below 2**32, ``day`` counts
    from the first day lived, ``seed`` is below 2**63. Never exactly 0 or 1; steps of 2**-32.
    """
    key = int(seed)
    a, b, c, d = philox(int(who), int(which), int(day), int(stream), key & MASK, (key >> 32) & MASK)
    return (a + 0.5) * _TO_UNIT, (b + 0.5) * _TO_UNIT, (c + 0.5) * _TO_UNIT, (d + 0.5) * _TO_UNIT


@rule(inline="always")
def _round_of_four(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    a, b = _MULTIPLY_0 * c0, _MULTIPLY_1 * c2
    return ((b >> 32) & MASK) ^ c1 ^ k0, b & MASK, ((a >> 32) & MASK) ^ c3 ^ k1, a & MASK


@kernel(signature="void(int64, int64, int64, int64, int32[::1], int64, float64[:, ::1])")
def draw_fours(
    seed: int, stream: int, day: int, which: int, people: NDArray[Any], many: int, uniforms: NDArray[Any]
) -> None:
    """The same draws as ``draw`` for the first ``many`` of ``people``: four rows of ``uniforms``.

    Written out, because a loop would keep the compiler from drawing for several people at once.
    """
    key = int(seed)
    k0, k1 = key & MASK, (key >> 32) & MASK
    first, second, third, fourth = uniforms[0], uniforms[1], uniforms[2], uniforms[3]
    for i in range(many):
        a, b, c, d = int(people[i]) & MASK, int(which), int(day), int(stream)
        a, b, c, d = _round_of_four(a, b, c, d, k0, k1)
        a, b, c, d = _round_of_four(a, b, c, d, (k0 + _WEYL_0) & MASK, (k1 + _WEYL_1) & MASK)
        a, b, c, d = _round_of_four(a, b, c, d, (k0 + 2 * _WEYL_0) & MASK, (k1 + 2 * _WEYL_1) & MASK)
        a, b, c, d = _round_of_four(a, b, c, d, (k0 + 3 * _WEYL_0) & MASK, (k1 + 3 * _WEYL_1) & MASK)
        a, b, c, d = _round_of_four(a, b, c, d, (k0 + 4 * _WEYL_0) & MASK, (k1 + 4 * _WEYL_1) & MASK)
        a, b, c, d = _round_of_four(a, b, c, d, (k0 + 5 * _WEYL_0) & MASK, (k1 + 5 * _WEYL_1) & MASK)
        a, b, c, d = _round_of_four(a, b, c, d, (k0 + 6 * _WEYL_0) & MASK, (k1 + 6 * _WEYL_1) & MASK)
        a, b, c, d = _round_of_four(a, b, c, d, (k0 + 7 * _WEYL_0) & MASK, (k1 + 7 * _WEYL_1) & MASK)
        a, b, c, d = _round_of_four(a, b, c, d, (k0 + 8 * _WEYL_0) & MASK, (k1 + 8 * _WEYL_1) & MASK)
        a, b, c, d = _round_of_four(a, b, c, d, (k0 + 9 * _WEYL_0) & MASK, (k1 + 9 * _WEYL_1) & MASK)
        first[i], second[i] = (a + 0.5) * _TO_UNIT, (b + 0.5) * _TO_UNIT
        third[i], fourth[i] = (c + 0.5) * _TO_UNIT, (d + 0.5) * _TO_UNIT


@rule(inline="always")
def _round(c0: int, c1: int, key: int) -> tuple[int, int]:
    product = _MULTIPLY_2 * c0
    return ((product >> 32) & MASK) ^ key ^ c1, product & MASK


@rule(inline="always")
def philox_of_two(c0: int, c1: int, key: int) -> tuple[int, int]:
    """Philox2x32-10: two 32-bit words from a counter of two and a key, all below 2**32.

    Written out, because a loop would keep the compiler from drawing for several people at once.
    """
    c0, c1 = _round(c0, c1, key)
    c0, c1 = _round(c0, c1, (key + _WEYL_0) & MASK)
    c0, c1 = _round(c0, c1, (key + 2 * _WEYL_0) & MASK)
    c0, c1 = _round(c0, c1, (key + 3 * _WEYL_0) & MASK)
    c0, c1 = _round(c0, c1, (key + 4 * _WEYL_0) & MASK)
    c0, c1 = _round(c0, c1, (key + 5 * _WEYL_0) & MASK)
    c0, c1 = _round(c0, c1, (key + 6 * _WEYL_0) & MASK)
    c0, c1 = _round(c0, c1, (key + 7 * _WEYL_0) & MASK)
    c0, c1 = _round(c0, c1, (key + 8 * _WEYL_0) & MASK)
    return _round(c0, c1, (key + 9 * _WEYL_0) & MASK)


@rule(signature="UniTuple(int64, 2)(int64, int64, int64, int64)")
def key_of_the_day(seed: int, stream: int, day: int, which: int) -> tuple[int, int]:
    """What makes the two draws of ``draw_two`` differ between seeds, streams, days and the n-th of a kind."""
    key = int(seed)
    a, b, _, _ = philox(int(stream), int(which), int(day), KEYS, key & MASK, (key >> 32) & MASK)
    return a, b


@rule(signature="UniTuple(float32, 2)(int64, int64, int64, int64, int64)")
def draw_two(seed: int, stream: int, day: int, who: int, which: int) -> tuple[float, float]:
    """Two independent uniforms in [0, 1) for what is decided most often (LIFE, TOUCH, CLICK), half as dear as four.

    Small ones are as fine as 2**-31, so that rare events have their chance; 1 is never reached.
    """
    key, other = key_of_the_day(seed, stream, day, which)
    a, b = philox_of_two(int(who), other, key)
    return np.float32(a >> 1) * TO_UNIT, np.float32(b >> 1) * TO_UNIT


@kernel(signature="void(int64, int64, int64, int64, int32[::1], int64, int64, float32[:, ::1])")
def draw_twos(
    seed: int, stream: int, day: int, which: int, people: NDArray[Any], start: int, stop: int, uniforms: NDArray[Any]
) -> None:
    """The same draws as ``draw_two`` for rows ``start`` to ``stop`` of ``people``: two rows of ``uniforms``.

    Kept apart from the rules so that the compiler draws for several people at once.
    """
    key, other = key_of_the_day(seed, stream, day, which)
    who, first, second = people[start:stop], uniforms[0], uniforms[1]
    for i in range(stop - start):
        a, b = philox_of_two(int(who[i]), other, key)
        first[i], second[i] = np.float32(np.int32(a >> 1)) * TO_UNIT, np.float32(np.int32(b >> 1)) * TO_UNIT
