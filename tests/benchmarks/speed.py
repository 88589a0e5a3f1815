"""How fast the simulator is, as ratios measured in one run. Run it with ``make bench`` on a quiet machine.

Nothing here asserts a time: machines differ. What counts are the ratios: to the machine's memory, to luck alone, of two
threads to one, of many worlds to one.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from sim import load, luck
from sim.running import World, run, run_many
from sim.scenario import Scenario

REPEATS = 5


def seconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """The median time of some work, after one round that does not count."""
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def triad_gigabytes_a_second() -> float:
    """Memory: a = b + 3 c over arrays much larger than the cache, one thread."""
    a, b, c = (np.ones(20_000_000) for _ in range(3))

    def work() -> None:
        np.multiply(c, 3.0, out=a)
        np.add(a, b, out=a)

    return 5 * a.nbytes / seconds(work) / 1e9


def draws_a_second() -> float:
    """Luck alone: two uniforms a person and day, one thread, block by block."""
    people, uniforms = np.arange(1_000_000, dtype=np.int32), np.empty((2, 4096), np.float32)

    def work() -> None:
        for start in range(0, people.size - 4096, 4096):
            luck.draw_twos(1, luck.LIFE, 1, 0, people, start, start + 4096, uniforms)

    return people.size / seconds(work)


def large_pool(members: int, days: int) -> Scenario:
    """The baseline with a pool of so many members from the first day, for so many days without new acquisition."""
    return load("baseline", {
        "market.people": 20 * members,
        "market.starting_customers": [{"day": 0, "people": members, "in_pool": True}],
        "brand.budget_cny_per_day": members / 20,
        "clock.days": 1,
        "clock.run_out_days": days,
    })


def member_days_a_second(threads: int, members: int = 1_000_000, days: int = 365) -> float:
    """The full rules at a million members: what one more day costs, from a long and a short run."""
    long, short = large_pool(members, days), large_pool(members, days // 5)
    alive = [run(s, "private_pool", threads=threads).count("members").sum() for s in (long, short)]
    times = [seconds(lambda s=s: run(s, "private_pool", threads=threads), 3) for s in (long, short)]
    return float(alive[0] - alive[1]) / (times[0] - times[1])


def main() -> None:
    """Print the table."""
    year = load("baseline", {"clock.run_out_days": 0})
    one = seconds(lambda: run(year, "hybrid", threads=1))
    strategies = ("public_only", "hybrid", "private_pool")
    worlds = [World(year, strategy, seed) for seed in range(1, 9) for strategy in strategies]
    many = seconds(lambda: run_many(worlds), 3)
    single, double = member_days_a_second(1), member_days_a_second(2)
    draws = draws_a_second()
    rows = [
        ("memory, triad, one thread", f"{triad_gigabytes_a_second():.1f} GB/s", ""),
        ("luck alone, one thread", f"{draws / 1e6:.0f} M people-days/s", "1.00"),
        ("full rules, 1 million members, one thread", f"{single / 1e6:.0f} M member-days/s",
         f"{single / draws:.2f} of luck"),
        ("full rules, 1 million members, two threads", f"{double / 1e6:.0f} M member-days/s",
         f"{double / single:.2f} x one"),
        ("baseline, a year, one world", f"{one:.3f} s", ""),
        ("baseline, a year, 24 worlds", f"{many:.3f} s", f"{many / one:.1f} x one world"),
    ]
    for name, figure, ratio in rows:
        print(f"{name:<45}{figure:>28}   {ratio}")


if __name__ == "__main__":
    main()
