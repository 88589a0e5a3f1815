"""How fast the simulator is, as ratios measured in one run. Run it with ``make bench`` on a quiet machine.

Nothing here asserts a time: machines differ. What counts are the ratios: to the machine's memory, to luck alone, to
agents, to a plain Mesa model and to NumPy doing such a day, of two threads to one, of twice the members, days, market or
rivals to once. Prints a Markdown table, that of docs/reference/performance.md; ``speed.py NAME...`` some parts of it.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
from plain_engines import ArrayPool, PlainPool

from sim import load
from sim.assumptions.scenario import Scenario
from sim.customers.rows import BLOCK
from sim.kernel import luck
from sim.questions.compare.study import compare
from sim.running import World, run, run_many

MILLION = 1_000_000
ROOT = Path(__file__).parents[2]
STRATEGIES = ("public_only", "hybrid", "private_pool")
Row = tuple[str, str, str]


def seconds(work: Callable[[], object], repeats: int = 3) -> float:
    """The median time of some work, after one round that does not count."""
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


@cache
def triad() -> float:
    """Bytes a second that one thread moves: a = b + 3 c over arrays much larger than the cache."""
    a, b, c = (np.ones(20 * MILLION) for _ in range(3))

    def work() -> None:
        np.multiply(c, 3.0, out=a)
        np.add(a, b, out=a)

    return 5 * a.nbytes / seconds(work, 5)


@cache
def draws(threads: int = 1) -> float:
    """Luck alone: people for whom two uniforms are drawn in a second, block by block."""
    people, rounds = np.arange(120 * BLOCK, dtype=np.int32), 20

    def draw_all(_thread: int) -> None:
        uniforms = np.empty((2, BLOCK), np.float32)
        for start in rounds * [*range(0, people.size, BLOCK)]:
            luck.draw_twos(1, luck.LIFE, 1, 0, people, start, start + BLOCK, uniforms)

    with ThreadPoolExecutor(threads) as pool:
        return rounds * threads * people.size / seconds(lambda: list(pool.map(draw_all, range(threads))), 9)


def large_pool(members: int, days: int) -> Scenario:
    """The baseline with a pool of so many members from the first day, for so many days without new acquisition."""
    return load("baseline", {
        "market.people": min(20 * members, 1_100 * MILLION),
        "market.starting_customers": [{"day": 0, "people": members, "in_pool": True}],
        "brand.budget_cny_per_day": members / 20,
        "clock.days": 1,
        "clock.run_out_days": days - 1,
    })


@cache
def member_days(threads: int, members: int = MILLION, days: int = 120) -> tuple[float, float]:
    """Member-days a second of a whole run, creating the members included, and its seconds."""
    scenario = large_pool(members, days)
    alive = float(run(scenario, "private_pool").count("members").sum())
    taken = seconds(lambda: run(scenario, "private_pool", threads=threads), 3 if members <= MILLION else 1)
    return alive / taken, taken


@cache
def agent_days(members: int = 20_000, days: int = 60) -> float:
    """Customer-days a second of the same pool as Mesa agents, creating them included."""
    scenario = large_pool(members, days)
    alive = float(run(scenario, "private_pool").count("members").sum())
    return alive / seconds(lambda: run(scenario, "private_pool", crowd="agents"))


def days_a_second(pool: PlainPool | ArrayPool, members: int, days: int) -> float:
    """Member-days a second of a plain engine, without creating the members."""

    def work() -> None:
        for _ in range(days):
            pool.step()

    return members * days / seconds(work)


def in_millions(rate: float) -> str:
    return f"{rate / 1e6:,.2f} M member-days/s" if rate < 1e7 else f"{rate / 1e6:,.0f} M member-days/s"


def machine() -> Iterator[Row]:
    yield "memory, triad, one thread", f"{triad() / 1e9:.1f} GB/s", ""
    yield "luck alone, one thread", in_millions(draws()), "1"
    yield "luck alone, two threads", in_millions(draws(2)), f"{draws(2) / draws():.2f} x one thread"


def engines() -> Iterator[Row]:
    """Columns against agents, a plain Mesa model, NumPy, luck alone and memory."""
    (one, _), (two, _), agents = member_days(1), member_days(2), agent_days()
    row_bytes = 2 * 31  # read and written of a row on a quiet day: all but who, when first, and how often
    yield ("full rules, a million members, one thread", in_millions(one),
           f"{one / draws():.2f} of luck; {one * row_bytes / triad():.2f} of memory")
    yield "full rules, a million members, two threads", in_millions(two), f"{two / one:.2f} x one thread"
    yield "full rules, 20,000 members, Mesa agents", in_millions(agents), f"columns are {two / agents:,.0f} x"
    plain = days_a_second(PlainPool(20_000), 20_000, 30)
    yield "plain Mesa, some of the rules, no books", in_millions(plain), f"columns are {two / plain:,.0f} x"
    arrays = days_a_second(ArrayPool(MILLION), MILLION, 14)
    yield "NumPy, some of the rules, no books", in_millions(arrays), f"columns are {two / arrays:.1f} x"


def growth() -> Iterator[Row]:
    """With members, threads, days, market size and rivals."""
    before = None
    for members in (MILLION // 10, MILLION, 10 * MILLION):
        rate, taken = member_days(2, members, 60)
        ratio = f"{taken / before:.1f} x for 10 x the members" if before else ""
        yield f"{members:,} members, 60 days, two threads", f"{taken:.2f} s; {in_millions(rate)}", ratio
        before = taken
    (single, _), (double, _) = member_days(1, 10 * MILLION, 60), member_days(2, 10 * MILLION, 60)
    yield "10,000,000 members: two threads to one", "", f"{double / single:.2f} x"
    short, long = member_days(2)[1], member_days(2, MILLION, 240)[1]
    yield "a million members, 240 days", f"{long:.2f} s", f"{long / short:.2f} x 120 days"
    small, large = (load("baseline", {"market.people": people}) for people in (MILLION, 1_100 * MILLION))
    first, second = (seconds(lambda s=s: run(s, "hybrid")) for s in (small, large))
    yield "baseline in a market of 1.1 billion", f"{second:.2f} s", f"{second / first:.2f} x a market of 1 million"
    rivals = [load("baseline", {f"public.rivals.{n}.advertisers_count": 10 * each.advertisers_count
                                for n, each in enumerate(small.public.rivals)})]
    crowded = seconds(lambda: run(rivals[0], "hybrid"))
    yield "baseline among ten times as many advertisers", f"{crowded:.2f} s", f"{crowded / first:.2f} x"


REACHES_20_000_CNY = 140.0
"""A day's envelope that brings the baseline's brand some 20,000 clicks in a year, each on somebody else."""


def small_runs() -> Iterator[Row]:
    """What the app and a comparison wait for."""
    year = load("baseline", {"clock.run_out_days": 0})
    one = seconds(lambda: run(year, "hybrid", threads=1), 5)
    many = seconds(lambda: run_many([World(year, s, seed) for seed in range(1, 9) for s in STRATEGIES]))
    smaller = load("baseline", {"clock.run_out_days": 0, "brand.budget_cny_per_day": REACHES_20_000_CNY})
    reached = seconds(lambda: run_many([World(smaller, s, seed) for seed in range(1, 9) for s in STRATEGIES]))
    forty = seconds(lambda: compare(year, STRATEGIES, 40), 1)
    yield "baseline, a year, one world", f"{one:.2f} s", ""
    yield "baseline, a year, 3 strategies x 8 futures", f"{many:.2f} s", f"{many / one:.1f} x one world"
    yield "the same, a brand that reaches 20,000 people a year", f"{reached:.2f} s", f"{reached / many:.2f} x the baseline"
    yield "baseline, a year, 3 strategies x 40 futures", f"{forty:.2f} s", f"{forty / one:.1f} x one world"


PEAK = """
import sys
sys.path.insert(0, "tests/benchmarks")
import speed
run_of = {"pool": lambda: (speed.large_pool(int(sys.argv[2]), 30), "private_pool"),
          "market": lambda: (speed.load("baseline", {"market.people": int(sys.argv[2])}), "hybrid")}[sys.argv[1]]
speed.run(*run_of())
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def peak_gib(kind: str, people: int) -> float:
    """The most memory that a process of its own used for a run, GiB (Linux counts in KiB).

    What getrusage says of a process begins with what its parent had when it was started, which may be more.
    """
    ran = subprocess.run(
        [sys.executable, "-c", PEAK, kind, str(people)], cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return float(ran.stdout) / 2**20


def memory() -> Iterator[Row]:
    """Peak memory of whole processes."""
    bare, ten = peak_gib("pool", 1000), peak_gib("pool", 10 * MILLION)
    yield "peak memory, a pool of 1,000", f"{bare:.2f} GiB", "Python and libraries"
    yield ("peak memory, 10,000,000 members, 30 days", f"{ten:.2f} GiB",
           f"{(ten - bare) * 2**30 / 1e7:.0f} bytes a member")
    yield "peak memory, a year in a market of 1.1 billion", f"{peak_gib('market', 1_100 * MILLION):.2f} GiB", ""


def huge() -> Iterator[Row]:
    """A hundred million members; only when asked for: some minutes."""
    rate, taken = member_days(2, 100 * MILLION, 30)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    yield "100,000,000 members, 30 days", f"{taken:.0f} s; {in_millions(rate)}", f"peak {peak:.1f} GiB"


PARTS = {"machine": machine, "engines": engines, "growth": growth, "small_runs": small_runs, "memory": memory, "huge": huge}


def main() -> None:
    """Print the table."""
    print("| what | measured | ratio |\n| --- | --- | --- |")
    for name in sys.argv[1:] or [part for part in PARTS if part != "huge"]:
        for row in PARTS[name]():
            print("|", " | ".join(row), "|", flush=True)


if __name__ == "__main__":
    main()
