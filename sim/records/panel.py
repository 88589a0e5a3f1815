"""A panel: a sample of people who are watched day by day while they live through several futures of the same luck.

In each future (an arm: a scenario under a strategy) the real model is run once. Who becomes a customer in any of them
may be drawn into the panel, by a draw of their own, so that an event which changes nothing for somebody changes nothing
about their place in the panel either. The many who never buy are not drawn; they are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import Scenario
from sim.assumptions.seeds import seed_of
from sim.kernel import luck
from sim.kernel.ledger import Ledger
from sim.market.market import Market
from sim.records.trajectories import SQUARE, ZONES, Noted, ObservedCrowd
from sim.results.result import Result
from sim.simulation.brand import Brands
from sim.simulation.day import live_one_day
from sim.strategies import Strategy, name_of, policy_for

Whole = NDArray[np.int64]
Progress = Callable[[int, int], None]
"""Told (days lived, days in all), summed over arms."""

USUAL_PEOPLE, MOST_PEOPLE = 2_000, 3_000
"""How many people are drawn at most, and how many are still shown when an event has brought more."""

IN_PANEL = 2
"""Which of a person's draws of traits decides whether it is watched; 0 decides the traits, 1 who is held out."""

NOT_DRAWN = -1
"""The place of somebody who is not in the panel."""

STEPS = (1, 2, 5)
"""One in so many, times a power of ten: a ratio that can be said aloud."""


class Arm(NamedTuple):
    """One of the futures that are watched side by side."""

    scenario: Scenario
    strategy: Strategy


@dataclass(frozen=True)
class Watched:
    """One arm as the panel saw it. Frame 0 is before the first day, frame n the evening of the n-th day.

    ``zones`` [frame, person of the panel] are places in observed_crowd.ZONES; ``counts`` [frame, zone] holds everybody,
    drawn or not. Rows of ``orders``: frame, person; of ``arrivals``: frame, inviter, invited. People are places in the
    panel; an inviter who is not in it is NOT_DRAWN.
    """

    result: Result
    zones: NDArray[np.uint8]
    counts: Whole
    orders: Whole
    arrivals: Whole

    def moves(self) -> Whole:
        """Only what changes: rows of frame, person, zone from that frame on. Before, everybody is on the square."""
        before = np.vstack([np.full_like(self.zones[:1], SQUARE), self.zones[:-1]])
        frame, person = np.nonzero(self.zones != before)
        return np.stack([frame, person, self.zones[frame, person].astype(np.int64)], axis=1)


@dataclass(frozen=True)
class Panel:
    """The same people in every arm; each stands for ``one_in`` people like them."""

    people: Whole
    one_in: int
    arms: tuple[Watched, ...]

    @property
    def days(self) -> int:
        """Days lived."""
        return len(self.arms[0].result.money)


def watch(
    arms: Sequence[Arm], seed: int = 1, *, one_in: int | None = None, usual: int = USUAL_PEOPLE,
    progress: Progress | None = None,
) -> Panel:
    """Run every arm once with the same luck and watch a sample of the people in it.

    Args:
        arms: what is watched; all of the same length and with the same number of people.
        seed: luck, below 2**63.
        one_in: how many people one of the panel stands for; None chooses 1, 2, 5, 10, 20 and so on such that at most
            ``usual`` are drawn. A ratio that would draw more than 3,000 is raised.
        usual: see ``one_in``; 3,000 at most.
        progress: told how far it is.

    Raises:
        ValueError: if the seed is none, the arms differ in length or in people, or ``usual`` or ``one_in`` is out of
            range.
        KeyError: for a strategy that does not exist.
    """
    alike = {(each.scenario.clock.total_days, each.scenario.market.people) for each in arms}
    if len(alike) != 1 or not 1 <= usual <= MOST_PEOPLE or (one_in is not None and one_in < 1):
        raise ValueError("arms must be alike in days and people, usual from 1 to 3,000, one_in at least 1")
    days, seen, seed = next(iter(alike))[0] * len(arms), 0, seed_of(seed)

    def tell() -> None:
        nonlocal seen
        seen += 1
        if progress:
            progress(seen, days)

    lived = [_live(arm, seed, tell) for arm in arms]
    people, one_in = _drawn([noted for _, noted in lived], seed, one_in, usual)
    return Panel(people, one_in, tuple(_watched(result, noted, people) for result, noted in lived))


def _live(arm: Arm, seed: int, tell: Callable[[], None]) -> tuple[Result, Noted]:
    """One run, exactly that of `sim.run`, and what was noted in it."""
    scenario, clock = arm.scenario, arm.scenario.clock
    books = Ledger(1, clock.total_days)
    brands = Brands([scenario], [policy_for(arm.strategy, scenario.brand)], [seed], books)
    square = Market([scenario], np.array([seed], np.int64))
    with ObservedCrowd(scenario, seed, books) as crowd:
        for day in range(clock.total_days):
            live_one_day(day, day < clock.warm_up_days + clock.days, brands, square, crowd, books)
            tell()
        tables = (books.money[0], books.counts[0], books.cohorts[0], books.buyers[0])
        result = Result(scenario, name_of(arm.strategy), seed, *tables)
        return result, crowd.noted()


def _drawn(noted: Sequence[Noted], seed: int, one_in: int | None, usual: int) -> tuple[Whole, int]:
    """Who is watched, of all who become customers in any arm, and how many people each stands for."""
    everybody = np.unique(np.concatenate([each.moves[:, 1] for each in noted]))
    draws = np.array([luck.draw(seed, luck.TRAITS, 0, int(person), IN_PANEL)[0] for person in everybody])
    most = usual if one_in is None else MOST_PEOPLE
    ratio = next(each for each in _ratios() if each >= (one_in or 1) and (draws * each < 1).sum() <= most)
    return everybody[draws * ratio < 1], ratio


def _ratios() -> Iterable[int]:
    """1, 2, 5, 10, 20, 50 and so on; no market has as many people as the last one."""
    return (step * 10**power for power in range(12) for step in STEPS)


def _watched(result: Result, noted: Noted, people: Whole) -> Watched:
    zones = np.full((len(result.money) + 1, people.size), SQUARE, np.uint8)
    for day, person, zone in _of_panel(noted.moves, people, 1).tolist():
        zones[day + 1 :, person] = zone
    before = np.zeros((1, len(ZONES)), np.int64)
    before[0, SQUARE] = result.scenario.market.people
    orders, arrivals = _of_panel(noted.orders, people, 1), _of_panel(noted.arrivals, people, 2)
    arrivals[:, 1] = _places(arrivals[:, 1], people)
    orders[:, 0] += 1
    arrivals[:, 0] += 1
    return Watched(result, zones, np.vstack([before, noted.counts]), orders, arrivals)


def _of_panel(rows: Whole, people: Whole, column: int) -> Whole:
    """Those rows whose person is in the panel, who is then named by place in the panel."""
    place = _places(rows[:, column], people)
    found = rows[place != NOT_DRAWN]
    found[:, column] = place[place != NOT_DRAWN]
    return found


def _places(persons: Whole, people: Whole) -> Whole:
    """Where persons stand in the panel, or NOT_DRAWN."""
    if not people.size:
        return np.full(persons.shape, NOT_DRAWN)
    place = np.minimum(np.searchsorted(people, persons), people.size - 1)
    return np.where(people[place] == persons, place, NOT_DRAWN)
