"""What a figure of the gallery is: a question, how large it is asked, what was found, and a picture in two languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.inference.bootstrap import FLOAT, draws, interval
from sim.report.looks import drawing, finish
from sim.text.phrases import Language

Texts = dict[Language, str]
COLUMNS = 96
"""How wide the title over a picture may be, in letters."""


class Size(NamedTuple):
    """How large a question is asked: futures (seeds 1 to that number), values of a parameter, other changes."""

    futures: int
    points: int = 0
    changes: Mapping[str, Any] = {}

    @property
    def seeds(self) -> range:
        """The seeds of these futures."""
        return range(1, self.futures + 1)


@dataclass(frozen=True)
class Finding:
    """The answer in a sentence, what the picture's marks mean, and the picture."""

    answer: Texts
    marks: Texts
    draw: Callable[[Language], Figure]


@dataclass(frozen=True)
class Question:
    """One question of the gallery, the scenario it is asked of, and the command that asks it again."""

    asked: Texts
    scenario: str
    size: Size
    ask: Callable[[Size], Finding]
    command: str

    def caption(self, marks: Texts, language: Language) -> str:
        """Which scenario, how many futures, and what the marks mean."""
        futures = self.size.futures
        if language == "zh":
            return f"情景 {self.scenario}；n = {futures} 个未来（种子 1 至 {futures}）；{marks['zh']}"
        return f"scenario {self.scenario}; n = {futures} futures (seeds 1 to {futures}); {marks['en']}"


@contextmanager
def frames(language: Language, title: str, rows: int = 1) -> Iterator[list[Axes]]:
    """Frames to draw in, one above the other, under the answer's sentence."""
    with drawing(language):
        figure = Figure(figsize=(9.6, 5.6 if rows == 1 else 6.8), layout="constrained")
        yield list(figure.subplots(rows, 1, squeeze=False)[:, 0])
        finish(figure, title, "", COLUMNS)


@contextmanager
def picture(language: Language, title: str) -> Iterator[Axes]:
    """One frame to draw in."""
    with frames(language, title) as found:
        yield found[0]


def with_interval(values: FLOAT) -> tuple[FLOAT, FLOAT, FLOAT]:
    """The mean over futures (rows) of each column, and its 95 % interval from resampling whole futures."""
    futures = len(values)
    means = draws(futures) @ values / futures
    ends = np.array([interval(column, futures) for column in means.T], float)
    return values.mean(axis=0), ends[:, 0], ends[:, 1]


def draw_line(axes: Axes, xs: FLOAT, values: FLOAT, look: Any, marker: str = "") -> float:
    """The mean of futures (rows) with its interval as a band; where the line ends."""
    mean, low, high = with_interval(values)
    axes.fill_between(xs, low, high, color=look.colour, alpha=0.2, lw=0)
    axes.plot(xs, mean, linestyle=look.line, marker=marker, color=look.colour, lw=2, ms=6)
    return float(mean[-1])


def spans(mean: float, low: float, high: float, form: str = ",.0f") -> Texts:
    """A number with its 95 % interval, in both languages."""
    m, a, b = (format(value, form).replace("-", "−") for value in (mean, low, high))
    return {"en": f"{m} ({a} to {b})", "zh": f"{m}（{a} 至 {b}）"}
