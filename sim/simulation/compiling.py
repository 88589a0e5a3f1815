"""The first compilation: two processes side by side, one for the square and who comes from it, one for the pool.

Compiled code is cached, so that this happens once for every version of the model. Whatever is not compiled here is
compiled when it is first needed.
"""

from __future__ import annotations

import math
import subprocess
import sys

import numba
import numpy as np

from sim.assumptions.scenario import Clock, Scenario
from sim.customers import orders
from sim.customers.columns import Columns
from sim.kernel.compiled import is_compiled_already
from sim.kernel.ledger import Ledger
from sim.market.market import Market
from sim.rules.pool import NO_MESSAGE, Calendar

THE_SQUARE = "--the-square"
"""What the other process is told: its half only."""

MOST_SECONDS = 600
"""How long the other process may take before this one does without it."""


def compile_side_by_side() -> None:
    """Compile the model into the cache, if it is not there yet, in two processes; half a minute or less."""
    if numba.config.DISABLE_JIT or is_compiled_already():
        return
    command, nothing = [sys.executable, "-m", "sim.simulation.compiling", THE_SQUARE], subprocess.DEVNULL
    with subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing) as other:  # noqa: S603 - Python itself
        try:
            tend_the_pool()
            other.wait(MOST_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        finally:
            other.kill()


def _one_day() -> tuple[Scenario, Columns]:
    scenario = Scenario(clock=Clock(days=1, run_out_days=0))
    crowd = Columns([scenario], [1], Ledger(1, 1))
    crowd.wake_up(0)
    return scenario, crowd


def tend_the_pool() -> None:
    """Use each verb of a day with customers once."""
    _, crowd = _one_day()
    crowd.start_customers(np.array([True]))
    messages, every = np.array([[0, NO_MESSAGE]], np.int8), np.ones((1, 2), np.int64)
    crowd.live(Calendar(messages, every, np.ones(1), np.ones((1, 1), np.bool_)))
    orders.buy_back(0, crowd.population, np.zeros(1), np.zeros((1, orders.TALLY), np.int64))
    crowd.invite()
    crowd.census()


def visit_the_square() -> None:
    """Use each verb of a day in public once."""
    scenario, crowd = _one_day()
    square, money = Market([scenario], np.ones(1, np.int64)), np.array([10**9])
    square.open(0, np.array([math.inf]))
    crowd.open_door(np.array([True]), np.ones(1), np.ones(1, np.int64), np.array([True]))
    crowd.arrive_invited()
    crowd.arrive_visitors(np.ones(1))
    crowd.arrive_clicked(square, money)
    square.close(money)


if __name__ == "__main__":
    if THE_SQUARE in sys.argv:
        visit_the_square()
    else:
        compile_side_by_side()
