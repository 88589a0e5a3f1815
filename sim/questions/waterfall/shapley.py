"""Shares of a whole among players who act together: Shapley values (Shapley 1953), exact or from sampled orders.

A game gives each coalition of players a worth in every future, in whole micro-yuan. Sampled orders come in antithetic
pairs, an order and its reverse (Mitchell, Cooper, Frank & Holmes 2022), which costs no more and varies less.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray

from sim.inference.bootstrap import FLOAT, draws

Coalition = frozenset[str]
Worths = Mapping[Coalition, NDArray[np.int64]]
"""The worth of coalitions, one whole number a future."""

Order = tuple[str, ...]

_SEED = 19_530_101


def antithetic_orders(players: Sequence[str], pairs: int) -> list[Order]:
    """So many pairs of an order and its reverse, the same for ever."""
    dice = np.random.Generator(np.random.Philox(_SEED))
    found: list[Order] = []
    for _ in range(pairs):
        order = tuple(players[n] for n in dice.permutation(len(players)))
        found += [order, order[::-1]]
    return found


def on_the_way(orders: Iterable[Order]) -> set[Coalition]:
    """Every coalition that is met when players enter in these orders, from nobody to all."""
    return {frozenset(order[:n]) for order in orders for n in range(len(order) + 1)}


def all_coalitions(players: Sequence[str]) -> set[Coalition]:
    """Every set of players: 2 to the power of their number."""
    return {frozenset(some) for n in range(len(players) + 1) for some in combinations(players, n)}


def sampled(players: Sequence[str], orders: Sequence[Order], worths: Worths) -> tuple[list[Fraction], FLOAT]:
    """Each player's share of the mean future, exactly as the orders have it, and resamples of it (draws x players).

    Resamples draw futures and pairs of orders anew, both with replacement, so that their spread holds both doubts.
    """
    steps = np.array([[_entering(player, order, worths) for player in players] for order in orders])
    futures = steps.shape[2]
    shares = [Fraction(int(steps[:, n].sum()), len(orders) * futures) for n in range(len(players))]
    by_pair = steps.reshape(len(orders) // 2, 2, len(players), futures).mean(axis=1)
    by_future = np.einsum("bp,pkf->bkf", draws(len(by_pair)) / len(by_pair), by_pair)
    # The two doubts are independent, so that the same resample of futures may go with a shuffled one of orders.
    shuffled = np.random.Generator(np.random.Philox(_SEED)).permutation(draws(futures)) / futures
    return shares, np.einsum("bkf,bf->bk", by_future, shuffled)


def exact(players: Sequence[str], worths: Worths) -> tuple[list[Fraction], FLOAT]:
    """Each player's share of the mean future over all orders, and resamples of it by future (draws x players)."""
    n = len(players)
    weights = [Fraction(factorial(size) * factorial(n - 1 - size), factorial(n)) for size in range(n)]
    columns = [_weighted(player, weights, worths) for player in players]
    futures = len(columns[0][1])
    shares = [total / futures for total, _ in columns]
    return shares, draws(futures) @ np.stack([single for _, single in columns], axis=1) / futures


def _weighted(player: str, weights: Sequence[Fraction], worths: Worths) -> tuple[Fraction, FLOAT]:
    """The weighted sum of what a player adds to each coalition: exactly over all futures, and roughly in each."""
    total, singles = Fraction(0), np.zeros(len(worths[frozenset()]))
    for without in worths:
        if player not in without:
            added = worths[without | {player}] - worths[without]
            total += weights[len(without)] * int(added.sum())
            singles += float(weights[len(without)]) * added
    return total, singles


def _entering(player: str, order: Order, worths: Worths) -> NDArray[np.int64]:
    before = frozenset(order[: order.index(player)])
    return worths[before | {player}] - worths[before]


def allotted(shares: Sequence[Fraction], total: int) -> list[int]:
    """Whole numbers that add up to ``total``, each less than one away from its share (largest remainders first).

    Raises ValueError if the shares do not add up to the total to within one half.
    """
    if abs(sum(shares, Fraction(-total))) > Fraction(1, 2):
        raise ValueError("shares must add up to what is allotted")
    whole = [share.numerator // share.denominator for share in shares]
    remainders = sorted(range(len(shares)), key=lambda n: whole[n] - shares[n])
    for n in remainders[: total - sum(whole)]:
        whole[n] += 1
    return whole
