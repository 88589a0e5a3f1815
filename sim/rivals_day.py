"""The rivals' side of a day in one world: who takes part this morning, and what the day's books make them do next.

A class whose members may have pools of their own stands in two rows: row ``c`` holds those without, row ``plain + c``
those with one. Money is in units of the start click price. ``standing`` is all that rivals carry from day to day beside
their paces: by how much a class has grown by entry, its budgets by reinvestment, and what its members earn and pay.
"""

from __future__ import annotations

import math
from typing import Any

from numpy.typing import NDArray

from sim.auction import arrival_rate, grown, whole_advertisers
from sim.compiled import step
from sim.rivalry import adopted_share, after_a_day, budget_growth, crowd_growth, in_festival, remembered

# Rows of ``rivals``: what every advertiser of a class is today.
RATE, QUALITY, BID, BUDGET, WORTH = 0, 1, 2, 3, 4  # BUDGET is the whole class's, infinite without one

# Rows of ``classes``: what every advertiser of a class is on day 0, at pace 1.
COUNT, VALUE, CLASS_QUALITY, EACH_BUDGET, COST = 0, 1, 2, 3, 4  # COST is what a day in the square costs besides clicks

# Columns of the parameters of a world, see Market.
(SHAPE, NOISE_MEAN, RESERVE, PAGE_VIEWS, BASE_BID, MATCH, MICRO_PER_UNIT, GAIN, COUNT_GROWTH, VALUE_GROWTH,
 BUDGET_GROWTH, CLICKS_GROWTH, ENTRY, EXIT, REINVESTED, INNOVATION, IMITATION) = range(17)
WORLD_COLUMNS = 17
AUCTIONS, SLOTS, PRICING, WARM_UP, GROWING_DAYS, PLAIN, POOLS, WATCHED = range(8)

# Columns of a festival.
BEGINS, LENGTH, VALUE_TIMES, BUDGET_TIMES, CLICKS_TIMES = range(5)

# Rows of ``standing``, by class.
ENTERED, FUNDED, EARNS, PAYS = range(4)


@step
def growing_days(day: int, sizes: NDArray[Any]) -> int:
    """Days for which the square has been growing: from the end of warm-up to the last counted day."""
    return min(max(day - int(sizes[WARM_UP]), 0), int(sizes[GROWING_DAYS]))


@step
def festival_times(day: int, festivals: NDArray[Any], column: int) -> float:
    """The factor that the festivals of this day put on something; 1 on other days."""
    times = 1.0
    for f in range(festivals.shape[0]):
        if in_festival(day, int(festivals[f, BEGINS]), int(festivals[f, LENGTH])):
            times *= festivals[f, column]
    return times


@step
def clicks_times(day: int, years: float, world: NDArray[Any], festivals: NDArray[Any]) -> float:
    """The clicks that the square gives today, relative to day 0."""
    return grown(world[CLICKS_GROWTH], years) * festival_times(day, festivals, CLICKS_TIMES)


@step
def count_rivals(
    years: float, world: NDArray[Any], sizes: NDArray[Any], classes: NDArray[Any], standing: NDArray[Any],
    rounding: NDArray[Any], alive: NDArray[Any],
) -> None:
    """How many advertisers of each row take part today, in whole numbers that never flicker."""
    plain = int(sizes[PLAIN])
    share = adopted_share(world[INNOVATION], world[IMITATION], years)
    for c in range(alive.size):
        count = classes[COUNT, c] * standing[ENTERED, c]
        alive[c] = whole_advertisers(count, world[COUNT_GROWTH], years, rounding[c])
    if sizes[POOLS]:
        for c in range(plain):
            alive[plain + c] = math.floor(alive[c] * share + rounding[plain + c])
            alive[c] -= alive[plain + c]


@step
def prepare_rivals(
    day: int, years: float, world: NDArray[Any], sizes: NDArray[Any], festivals: NDArray[Any], classes: NDArray[Any],
    standing: NDArray[Any], pace: NDArray[Any], rounding: NDArray[Any], rivals: NDArray[Any], alive: NDArray[Any],
) -> bool:
    """What the classes of rivals are today; returns whether any has a budget."""
    limited, plain = False, int(sizes[PLAIN])
    dearer = festival_times(day, festivals, VALUE_TIMES)
    richer = grown(world[BUDGET_GROWTH], years) * festival_times(day, festivals, BUDGET_TIMES)
    count_rivals(years, world, sizes, classes, standing, rounding, alive)
    for c in range(alive.size):
        own = c - plain if sizes[POOLS] and plain <= c < 2 * plain else c
        worth = classes[VALUE, c] * grown(world[VALUE_GROWTH], years)
        bid = worth * pace[c] * dearer
        rivals[QUALITY, c], rivals[BID, c], rivals[WORTH, c] = classes[CLASS_QUALITY, c], bid, worth * dearer
        rivals[RATE, c] = arrival_rate(bid * classes[CLASS_QUALITY, c], world[SHAPE], world[NOISE_MEAN])
        rivals[BUDGET, c] = math.inf
        if alive[c] > 0.0 and classes[EACH_BUDGET, c] < math.inf:
            rivals[BUDGET, c] = classes[EACH_BUDGET, c] * alive[c] * richer * standing[FUNDED, own]
            limited = True
    return limited


@step
def learn(
    world: NDArray[Any], sizes: NDArray[Any], classes: NDArray[Any], present: NDArray[Any], earned: NDArray[Any],
    paid: NDArray[Any], standing: NDArray[Any],
) -> None:
    """What a day's books make rivals do: profit draws others in, or drives some out, and is put back into budgets.

    ``earned`` and ``paid`` are each row's profit and cost of clicks today. A class that earned nothing on day 0, or of
    which nobody is left, stands still.
    """
    plain = int(sizes[PLAIN])
    for c in range(plain):
        n, gain, cost = present[c], earned[c], paid[c]
        if sizes[POOLS]:
            n, gain, cost = n + present[plain + c], gain + earned[plain + c], cost + paid[plain + c]
        if n > 0.0 and classes[COST, c] > 0.0:
            standing[EARNS, c] = remembered(standing[EARNS, c], gain / n)
            standing[PAYS, c] = remembered(standing[PAYS, c], cost / n)
            crowd = crowd_growth(standing[EARNS, c] / classes[COST, c], world[ENTRY], world[EXIT])
            standing[ENTERED, c] = after_a_day(standing[ENTERED, c], crowd)
            money = budget_growth(standing[EARNS, c] / max(standing[PAYS, c], 1e-9), world[REINVESTED])
            standing[FUNDED, c] = after_a_day(standing[FUNDED, c], money)
