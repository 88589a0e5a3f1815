"""Luck: every random draw is keyed by (seed, person, day, decision), so that no draw depends on any other.

There is no generator object, no state and no order of drawing. The same person has the same luck under every strategy
(common random numbers), in either engine, with any number of threads; one more person disturbs nobody else.

The generator is Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011): counter = (who, which, day, stream), key = seed.
It is checked against the known answers of Random123.
"""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from sim.compiled import kernel, rule

# Streams: a decision's number in the key. Append only; a number is never used again for another decision. None of
# them contains the scenario or the strategy, because luck must be the same under all of them.
TRAITS = 1  # a person's need rate, exit rate, habit to invite, readiness to join
LIFE = 2  # a customer's day: need, caught by the pool, silent exit, leaves for no reason
TOUCH = 3  # a message to a member: seen, extra order, leaves or mutes
ORDER = 4  # an order: comes by itself, its value, invitations, rank in the queue to be bought back
CLICK = 5  # the n-th paid click of a day: who clicks, in which auction, how well it suits, whether it orders
FIRST_ORDER = 6  # a newcomer's order: value, sees the invitation, accepts it
VISIT = 7  # the n-th visitor of a day without an advertisement: who, whether it orders
INVITATION = 8  # an invited neighbour: who, whether it orders
NEIGHBOUR = 9  # who a person's n-th neighbour is
AUCTION = 10  # the n-th sampled auction of a day: arrival of the next score, who it is
MARKET = 11  # the market as a whole on a day: rounding of counts

MASK = 0xFFFFFFFF
_MULTIPLY_0, _MULTIPLY_1 = 0xD2511F53, 0xCD9E8D57
_WEYL_0, _WEYL_1 = 0x9E3779B9, 0xBB67AE85
_TO_UNIT = 2.0**-32
_HALF = 2**31


@rule(inline="always")
def _round(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    a = _MULTIPLY_0 * c0
    b = _MULTIPLY_1 * c2
    return ((b >> 32) & MASK) ^ c1 ^ k0, b & MASK, ((a >> 32) & MASK) ^ c3 ^ k1, a & MASK


@rule(inline="always")
def _bump(k0: int, k1: int) -> tuple[int, int]:
    return (k0 + _WEYL_0) & MASK, (k1 + _WEYL_1) & MASK


@rule(signature="UniTuple(int64, 4)(int64, int64, int64, int64, int64, int64)")
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Philox4x32-10: four 32-bit words from a counter of four and a key of two, all below 2**32."""
    for _ in range(10):
        a, b = _MULTIPLY_0 * c0, _MULTIPLY_1 * c2
        c0, c1, c2, c3 = ((b >> 32) & MASK) ^ c1 ^ k0, b & MASK, ((a >> 32) & MASK) ^ c3 ^ k1, a & MASK
        k0, k1 = (k0 + _WEYL_0) & MASK, (k1 + _WEYL_1) & MASK
    return c0, c1, c2, c3


@rule(inline="always")
def _philox_written_out(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    # The same, without the loop that would keep the compiler from drawing for several people at once.
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = _bump(k0, k1)
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = _bump(k0, k1)
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = _bump(k0, k1)
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = _bump(k0, k1)
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = _bump(k0, k1)
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = _bump(k0, k1)
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = _bump(k0, k1)
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = _bump(k0, k1)
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    k0, k1 = _bump(k0, k1)
    return _round(c0, c1, c2, c3, k0, k1)


@rule(signature="UniTuple(float64, 4)(int64, int64, int64, int64, int64)")
def draw(seed: int, stream: int, day: int, who: int, which: int) -> tuple[float, float, float, float]:
    """Four independent uniforms in (0, 1) for one decision.

    ``who`` (a person's id or a running number) and ``which`` (the n-th of its kind) are below 2**32, ``day`` counts
    from the first day lived, ``seed`` is below 2**63. Never exactly 0 or 1; steps of 2**-32.
    """
    key = int(seed)
    a, b, c, d = philox(int(who), int(which), int(day), int(stream), key & MASK, (key >> 32) & MASK)
    return (a + 0.5) * _TO_UNIT, (b + 0.5) * _TO_UNIT, (c + 0.5) * _TO_UNIT, (d + 0.5) * _TO_UNIT


@rule
def unit(word: int) -> float:
    """The uniform in (0, 1) that a word from ``draw_words`` stands for: the one that ``draw`` returns."""
    return (word + (_HALF + 0.5)) * _TO_UNIT


@kernel(signature="void(int64, int64, int64, int64, int32[::1], int64, int64, int32[:, ::1])")
def draw_words(
    seed: int, stream: int, day: int, which: int, people: NDArray[Any], start: int, stop: int, words: NDArray[Any]
) -> None:
    """The same draws as ``draw`` for rows ``start`` to ``stop`` of ``people``, as words: four rows of ``words``.

    Kept apart from the rules so that the compiler draws for several people at once. A word is 2**31 less than the
    32 bits drawn: processors turn signed numbers into real ones faster than unsigned ones.
    """
    key = int(seed)
    k0, k1 = key & MASK, (key >> 32) & MASK
    who, first, second, third, fourth = people[start:stop], words[0], words[1], words[2], words[3]
    for i in range(stop - start):
        a, b, c, d = _philox_written_out(int(who[i]), which, day, stream, k0, k1)
        first[i], second[i], third[i], fourth[i] = a - _HALF, b - _HALF, c - _HALF, d - _HALF
