"""Comparisons for the pages: done in a thread beside the script, given up when it is, kept while among the latest.

Only this first page's small comparisons are done inside the server. The compiled model runs without Python's global
lock, so that other visitors stay quick. Long jobs (flip values, maps, batches) belong into a process of their own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache
from threading import Event, Lock
from typing import TypeVar

import streamlit as st

from sim.assumptions.provenance import scenario_fingerprint
from sim.assumptions.scenario import Clock, Scenario
from sim.inference.comparison import Comparison, RunSummary
from sim.kernel.compiled import is_compiled_already
from sim.simulation.compiling import compile_side_by_side
from sim.strategies import names
from sim.ui import bounds
from sim.ui.jobs.words import Refused

Work = TypeVar("Work")
Progress = Callable[[int, int], None]

KEPT = 32
"""Comparisons that are kept for all visitors together; one of 20 futures and two years takes half a megabyte."""

STRATEGIES = len(names())
"""A future is lived once under each of them."""

PORTIONS = (1, 8, 40, 70, 100)
"""Futures after which the page is drawn anew; three strategies in sixteen or more use what a computer can do well."""

BREATH_SECONDS = 0.7
"""How long the preview is left alone before the next portion: a browser that shares this computer's processors draws it
first, and who goes on moving a slider has not begun what nobody waits for."""

GLANCE_SECONDS = 0.1
"""How often the script looks whether the work is done, and whether it is still wanted."""
TELL_SECONDS = 1.0
"""How often it tells how far the work is. A browser begins anew to draw a chart whenever the page changes: told ten
times a second, it would show none before the work is done."""


class GivenUp(Exception):
    """The visitor has asked for something else in the meantime."""


class Kept:
    """The place of one comparison: filled in portions by one visitor while others wait, until all futures are lived.

    ``comparison`` says what is known so far, ``seconds`` how long that took, ``lived`` how many futures it rests on.
    """

    def __init__(self, scenario: Scenario, futures: int) -> None:
        self.scenario = scenario
        self.futures = futures
        self.comparison: Comparison | None = None
        self.seconds = 0.0
        self._kept: list[RunSummary] = []
        self._turn = Lock()

    @property
    def lived(self) -> int:
        """Futures that were lived so far."""
        return len(self.comparison.seeds) if self.comparison else 0

    @property
    def is_full(self) -> bool:
        """Whether no future is missing."""
        return self.lived >= self.futures

    @property
    def next_end(self) -> int:
        """How many futures are lived after the next portion: what fills the computer well, and its memory allows."""
        wanted = min(portion_end(self.lived), self.futures) - self.lived
        return self.lived + bounds.most_at_once(self.scenario, STRATEGIES * wanted, STRATEGIES) // STRATEGIES

    def fill(self, progress: Progress, lived: int) -> None:
        """Live one more portion, unless somebody else has in the meantime since so many futures were lived.

        A portion that is given up leaves the place as it was.
        """
        from sim.questions.compare.study import simulate

        with self._turn:
            if self.lived > lived or self.is_full:
                return
            start = time.monotonic()
            seeds = range(self.lived + 1, self.next_end + 1)
            with bounds.room_for(self.scenario, STRATEGIES * len(seeds)):
                kept = [*self._kept, *simulate(self.scenario, seeds, progress=progress)]
            self.comparison = Comparison.from_summaries(kept)
            self._kept = [] if self.is_full else kept
            self.seconds += time.monotonic() - start


def portion_end(lived: int) -> int:
    """How many futures are lived after the next portion: one for a preview, then as many as fill the computer well."""
    return next((end for end in PORTIONS if end > lived), lived + PORTIONS[-1] - PORTIONS[-2])


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def _place(fingerprint: str, futures: int, _scenario: Scenario) -> Kept:  # noqa: ARG001 - it names the place
    return Kept(_scenario, futures)


def place(scenario: Scenario, futures: int) -> Kept:
    """Where the comparison of a scenario in so many futures is kept, or will be."""
    return _place(scenario_fingerprint(scenario), futures, scenario)


class _Model:
    """Whether the model is ready in this process."""

    ready = Event()
    turn = Lock()


def is_ready() -> bool:
    """Whether the model has been loaded, so that a comparison starts at once."""
    return _Model.ready.is_set()


@cache
def must_compile() -> bool:
    """Whether getting ready means compiling, for half a minute, and not only loading."""
    return not is_compiled_already()


def get_ready(_progress: Progress) -> None:
    """Load, and if need be compile, all that a comparison needs, by making a very small one."""
    with _Model.turn:
        if not _Model.ready.is_set():
            compile_side_by_side()
            Kept(Scenario(clock=Clock(days=20, run_out_days=10)), 1).fill(lambda _done, _total: None, 0)
            _Model.ready.set()


def watched(work: Callable[[Progress], Work], tell: Callable[[float], None]) -> Work:
    """Do work in a thread of its own and tell, from the script, which share of it is done.

    Streamlit stops a script by raising an exception when it looks at the session's state, or in `tell`: then the work
    is given up too, at its next step. Raises Refused, with a sentence, where memory does not suffice after all.
    """
    done, told = 0.0, time.monotonic()
    stopped = Event()

    def progress(days: int, days_in_all: int) -> None:
        nonlocal done
        if stopped.is_set():
            raise GivenUp
        done = days / days_in_all

    pool = ThreadPoolExecutor(1)
    try:
        job = pool.submit(work, progress)
        while not wait([job], GLANCE_SECONDS).done:
            if time.monotonic() - told > TELL_SECONDS:
                told = time.monotonic()
                tell(done)
            "still wanted" in st.session_state  # noqa: B015 - looking is enough
        return job.result()
    except MemoryError:
        raise Refused("page_short") from None
    finally:
        stopped.set()
        pool.shutdown(wait=False)
