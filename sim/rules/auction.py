"""The rules of the public auction: who comes first, what a click costs, how well the person suits.

An advertiser's score for a person is quality x bid x match. The match is T**-shape / Gamma(1 - shape) with T ~ Exp(1):
mean 1, Frechet, so that scores are log-Gumbel. Then T / rate, with rate = (quality x bid / Gamma(1 - shape))**(1 /
shape), is the *arrival* of that advertiser in a race of exponential clocks, and its score is arrival**-shape: who
arrives first has the highest score. The first k + 1 of many advertisers cost k + 1 draws, however many there are.

The match is part of the value: this person suits this brand, and orders the more readily. Hence a bid is a bid per
click of *average* match, and for one person it is multiplied by the match, as automatic bidding does.

Money is in any one unit; scores have the unit of bids. Sources: Edelman, Ostrovsky & Schwarz 2007 and Varian 2007
(position auctions); Balseiro & Gur 2019 (pacing).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernel.compiled import rule, step
from sim.kernel.vecmath import exp, log

SECOND_PRICE, FIRST_PRICE, VICKREY = 0, 1, 2
PRICINGS: dict[str, int] = {"second_price": SECOND_PRICE, "first_price": FIRST_PRICE, "vickrey": VICKREY}

NOBODY = -1
"""Stands in a ranking where no rival is left."""
BRAND = -2
"""Stands in a ranking for the brand."""

_STEEPEST = 230.0  # exponents are kept within e**230 (10**100), so that no rate overflows, however small the shape


@rule
def arrival_rate(score: float, shape: float, noise_mean: float) -> float:
    """How fast an advertiser arrives whose quality x bid is ``score``; ``noise_mean`` is Gamma(1 - shape)."""
    if score <= 0.0:
        return 0.0
    return exp(min(log(score / noise_mean) / shape, _STEEPEST))


@rule
def arrival_at_score(score: float, shape: float) -> float:
    """The arrival that makes just this score: whoever comes later scores less. A score of 0 is reached by everybody."""
    if score <= 0.0:
        return math.inf
    return exp(min(-log(score) / shape, _STEEPEST))


@rule(forceinline=True)
def score_at_arrival(arrival: float, shape: float) -> float:
    """The score of an advertiser that arrives at this moment of the race; 0 if it never comes."""
    score: float = exp(-shape * log(max(arrival, 1e-100)))
    return score if arrival < math.inf else 0.0


@rule(forceinline=True)
def click_price(
    pricing: int, shares: NDArray[Any], slot: int, scores: NDArray[Any], below: int, reserve: float, quality: float,
    own_bid: float,
) -> float:
    """What a click in ``slot`` costs when ``scores[below]`` is the next best score, ``scores[below + 1]`` the next.

    Generalised second price: the next score, or the reserve, over the own quality. Vickrey-Clarke-Groves: what the
    others lose because each of them stands one slot lower, per click of this slot. First price: the own bid.
    """
    if pricing == FIRST_PRICE:
        return own_bid
    if pricing == SECOND_PRICE:
        second: float = max(scores[below], reserve) / quality
        return second
    harm = 0.0
    for s in range(slot, shares.size):
        lower = shares[s + 1] if s + 1 < shares.size else 0.0
        harm += (shares[s] - lower) * max(scores[below + s - slot], reserve)
    per_click: float = harm / (shares[slot] * quality)
    return per_click


@rule
def paced(pace: float, spend: float, money: float, gain: float, most: float) -> float:
    """Tomorrow's pace: bid less if today's bids would have spent too much, more if too little.

    ``spend`` is what the bids would have spent in a whole day without running out of ``money``: a rule on the money
    really spent would never pace, because that never exceeds the budget. Without money the pace stands still.
    """
    if money <= 0.0:
        return pace
    excess = min(max(spend / money, 0.02), 50.0)
    return min(max(pace * exp(-gain * log(excess)), 1e-3), most)


@rule
def whole_advertisers(count: float, growth: float, years: float, luck: float) -> float:
    """Advertisers after some years of growth, rounded by one uniform for good, so that the number never flickers."""
    grown_count: float = count * grown(growth, years)
    return float(math.floor(grown_count + luck))


@rule
def grown(growth: float, years: float) -> float:
    """The factor by which something grows in some years, at a share a year."""
    return exp(min(log(1.0 + growth) * years, _STEEPEST / 10.0))


@rule(forceinline=True)
def conversion_factor(arrival: float, shape: float, scale: float, most: float) -> float:
    """How much more readily a person orders who suits the brand so well; ``arrival`` is T on the own clock."""
    factor: float = score_at_arrival(arrival, shape) * scale
    return min(factor, most)


@rule
def matched_until(arrival: float, shape: float, noise_mean: float, cap: float) -> float:
    """Integral of min(match, ``cap``) over own arrivals T ~ Exp(1) up to ``arrival``: cap, then incomplete gamma."""
    capped: float = arrival_at_score(cap * noise_mean, shape)
    if arrival <= capped:
        return cap * (1.0 - exp(-arrival))
    beyond: float = incomplete_gamma(1.0 - shape, arrival) - incomplete_gamma(1.0 - shape, capped)
    return cap * (1.0 - exp(-capped)) + beyond / noise_mean


@rule
def incomplete_gamma(a: float, t: float) -> float:
    """Integral of x**(a - 1) e**-x from 0 to ``t``, by its power series; constant beyond t = 40."""
    t = min(t, 40.0)
    if t <= 0.0:
        return 0.0
    term = exp(a * log(t) - t) / a
    total, n = 0.0, a
    while term > 1e-17 * total:
        total += term
        n += 1.0
        term *= t / n
    return total


@rule(forceinline=True)
def place_of_click(cumulative: NDArray[Any], uniform: float) -> int:
    """In which auction and slot a click of the day happens: a place in one world's rows of the Market."""
    mark = uniform * cumulative[-1]
    cell, size = 0, cumulative.size
    while size > 1:  # halve to the first cell whose cumulative clicks exceed the mark
        half = size >> 1
        cell = cell + half if cumulative[cell + half - 1] <= mark else cell
        size -= half
    return cell


@rule
def fill_guide(cumulative: NDArray[Any], guide: NDArray[Any]) -> None:
    """For many clicks of one day: the first place in each of as many equal parts of chance as ``guide`` has."""
    cell, step = 0, cumulative[-1] / guide.size
    for part in range(guide.size):
        while cell < cumulative.size - 1 and cumulative[cell] <= part * step:
            cell += 1
        guide[part] = cell


@step
def find_places(
    cumulative: NDArray[Any], guide: NDArray[Any], uniforms: NDArray[Any], many: int, places: NDArray[Any]
) -> None:
    """The same places as ``place_of_click`` says, of the first ``many`` uniforms, found from the guide in a few steps.

    Two steps are taken without a branch, because one that is often guessed wrong would take longer.
    """
    last, top, parts = np.uint64(cumulative.size - 1), cumulative[cumulative.size - 1], float(guide.size)
    for n in range(many):
        uniform = float(uniforms[n])
        cell = np.uint64(guide[np.uint64(uniform * parts)])
        cell = min(cell + np.uint64(cumulative[cell] <= uniform * top), last)
        places[n] = min(cell + np.uint64(cumulative[cell] <= uniform * top), last)
    for n in range(many):
        mark, cell = float(uniforms[n]) * top, np.uint64(places[n])
        while cell < last and cumulative[cell] <= mark:
            cell += np.uint64(1)
        places[n] = cell


@rule(forceinline=True)
def suits_how_well(
    t_low: float, t_mass: float, shape: float, scale: float, most: float, uniform: float
) -> float:
    """How well the person who clicked suits the brand, given that it won just that slot there: the factor on the
    chance of an order, at most ``most``; ``t_low`` and ``t_mass`` are those of the click's place."""
    arrival = t_low - log(1.0 - uniform * t_mass)
    return conversion_factor(arrival, shape, scale, most)


@rule
def draw_click(
    cumulative: NDArray[Any], price_micro: NDArray[Any], t_low: NDArray[Any], t_mass: NDArray[Any], shape: float,
    scale: float, most: float, u1: float, u2: float,
) -> tuple[int, float]:
    """One click of the day: its price in micro-yuan and the factor on the chance of an order.

    The four arrays are one world's rows of the Market; ``u1`` picks the auction and the slot, ``u2`` how well the
    person suits the brand.
    """
    place = place_of_click(cumulative, u1)
    return int(price_micro[place]), suits_how_well(t_low[place], t_mass[place], shape, scale, most, u2)


@rule
def one_slot_win_chance(rate: float, total: float) -> float:
    """The chance to win a page with one slot: the own rate over everybody's."""
    return rate / total


@rule
def one_slot_payment(rate: float, total: float, shape: float, noise_mean: float) -> float:
    """What an advertiser of quality 1 pays per page view with one slot, second price, no reserve, on average."""
    others = total - rate
    payment: float = noise_mean * others * (others ** (shape - 1.0) - total ** (shape - 1.0))
    return payment
