"""The rivals' side of a day in one world: who takes part this morning, and what the day's books make them do next.

A class whose members may have pools of their own stands in two rows: row ``c`` holds those without, row ``plain + c``
those with one. Money is in units of the start click price. ``standing`` is all that rivals carry from day to day beside
their paces: by how much a class has grown by entry, its budgets by reinvestment, and what its members earn and pay.
"""

from __future__ import annotations

import math
from typing import Any

from numpy.typing import NDArray

from sim.kernel.compiled import kernel, step
from sim.rules.auction import arrival_rate, grown, whole_advertisers
from sim.rules.rivalry import adopted_share, after_a_day, budget_growth, crowd_growth, remembered

# Rows of ``rivals``: what every advertiser of a class is today.
RATE, QUALITY, BID, BUDGET, WORTH = 0, 1, 2, 3, 4  # BUDGET is the whole class's, infinite without one

# Rows of ``classes``: what every advertiser of a class is on day 0, at pace 1.
COUNT, VALUE, CLASS_QUALITY, EACH_BUDGET, COST = 0, 1, 2, 3, 4  # COST is what a day in the square costs besides clicks

# Columns of the parameters of a world, see Market.
(SHAPE, NOISE_MEAN, RESERVE, PAGE_VIEWS, BASE_BID, MATCH, MICRO_PER_UNIT, GAIN, COUNT_GROWTH, VALUE_GROWTH,
 BUDGET_GROWTH, CLICKS_GROWTH, ENTRY, EXIT, REINVESTED, INNOVATION, IMITATION) = range(17)
WORLD_COLUMNS = 17
AUCTIONS, SLOTS, PRICING, WARM_UP, GROWING_DAYS, PLAIN, POOLS, WATCHED = range(8)

# Columns of a day of the year: what its festivals multiply, 1 on other days.
VALUE_TIMES, BUDGET_TIMES, CLICKS_TIMES = range(3)

# Rows of ``books``, by class: advertisers today, what they would spend without running out, what they pay and earn.
PRESENT, SPENDING, PAID, EARNED = range(4)

# Rows of ``standing``, by class.
ENTERED, FUNDED, EARNS, PAYS = range(4)


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
    years: float, world: NDArray[Any], sizes: NDArray[Any], today: NDArray[Any], classes: NDArray[Any],
    standing: NDArray[Any], pace: NDArray[Any], rivals: NDArray[Any], books: NDArray[Any],
) -> None:
    """What the classes of rivals are today, festivals included; ``books`` hold how many they are."""
    plain = int(sizes[PLAIN])
    dearer, richer = today[VALUE_TIMES], grown(world[BUDGET_GROWTH], years) * today[BUDGET_TIMES]
    for c in range(pace.size):
        own, alive = c - plain if sizes[POOLS] and plain <= c < 2 * plain else c, books[PRESENT, c]
        worth = classes[VALUE, c] * grown(world[VALUE_GROWTH], years)
        bid = worth * pace[c] * dearer
        rivals[QUALITY, c], rivals[BID, c], rivals[WORTH, c] = classes[CLASS_QUALITY, c], bid, worth * dearer
        rivals[RATE, c] = arrival_rate(bid * classes[CLASS_QUALITY, c], world[SHAPE], world[NOISE_MEAN])
        rivals[BUDGET, c] = math.inf
        if alive > 0.0 and classes[EACH_BUDGET, c] < math.inf:
            rivals[BUDGET, c] = classes[EACH_BUDGET, c] * alive * richer * standing[FUNDED, own]


@kernel
def wake_rivals(
    day: int, worlds: NDArray[Any], sizes: NDArray[Any], festivals: NDArray[Any], classes: NDArray[Any],
    standing: NDArray[Any], rounding: NDArray[Any], pace: NDArray[Any], rivals: NDArray[Any], books: NDArray[Any],
    page_views: NDArray[Any],
) -> None:
    """Morning in every world: who takes part today (``books``), at what bids and budgets; how many pages are seen."""
    for w in range(page_views.size):
        world, today = worlds[w], festivals[w, day % 365]
        years = min(max(day - int(sizes[w, WARM_UP]), 0), int(sizes[w, GROWING_DAYS])) / 365.0
        count_rivals(years, world, sizes[w], classes[w], standing[w], rounding[w], books[w, PRESENT])
        prepare_rivals(years, world, sizes[w], today, classes[w], standing[w], pace[w], rivals[w], books[w])
        page_views[w] = world[PAGE_VIEWS] * grown(world[CLICKS_GROWTH], years) * today[CLICKS_TIMES]


@step
def learn(
    world: NDArray[Any], sizes: NDArray[Any], classes: NDArray[Any], books: NDArray[Any], standing: NDArray[Any]
) -> None:
    """What a day's books make rivals do: profit draws others in, or drives some out, and is put back into budgets.

    A class that earned nothing on day 0, or of which nobody is left, stands still.
    """
    plain = int(sizes[PLAIN])
    for c in range(plain):
        n, gain, cost = books[PRESENT, c], books[EARNED, c], books[PAID, c]
        if sizes[POOLS]:
            with_pool = plain + c
            n, gain = n + books[PRESENT, with_pool], gain + books[EARNED, with_pool]
            cost += books[PAID, with_pool]
        if n > 0.0 and classes[COST, c] > 0.0:
            standing[EARNS, c] = remembered(standing[EARNS, c], gain / n)
            standing[PAYS, c] = remembered(standing[PAYS, c], cost / n)
            crowd = crowd_growth(standing[EARNS, c] / classes[COST, c], world[ENTRY], world[EXIT])
            standing[ENTERED, c] = after_a_day(standing[ENTERED, c], crowd)
            money = budget_growth(standing[EARNS, c] / max(standing[PAYS, c], 1e-9), world[REINVESTED])
            standing[FUNDED, c] = after_a_day(standing[FUNDED, c], money)


@kernel
def learn_everywhere(
    day: int, worlds: NDArray[Any], sizes: NDArray[Any], classes: NDArray[Any], books: NDArray[Any],
    standing: NDArray[Any],
) -> None:
    """Let the rivals of every world that is watched, and still grows, learn from the day; see ``learn``."""
    for w in range(sizes.shape[0]):
        if sizes[w, WATCHED] and 0 <= day - sizes[w, WARM_UP] < sizes[w, GROWING_DAYS]:
            learn(worlds[w], sizes[w], classes[w], books[w], standing[w])
