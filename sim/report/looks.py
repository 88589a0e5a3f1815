"""How charts look: colours, lines, markers, fonts, units on axes, wrapped titles, labels beside what they name."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from rich.cells import cell_len

from sim.report.fonts import chinese_family
from sim.text.phrases import Language

INK = "#333333"
SHADE = "#EFEFEF"


@dataclass(frozen=True)
class Look:
    """Colour, line and marker of one strategy."""

    colour: str
    line: Any
    marker: str


LOOKS: dict[str, Look] = {
    "public_only": Look("#0072B2", "-", "s"),
    "private_pool": Look("#D55E00", "--", "o"),
    "hybrid": Look("#009E73", "-.", "^"),
}
"""The shipped strategies: told apart in any colour vision, and in black and white."""

OTHERS: tuple[Look, ...] = (
    Look("#AA4499", ":", "D"),
    Look("#6B5B00", (0, (5, 1, 1, 1, 1, 1)), "v"),
    Look("#333333", (0, (8, 2)), "P"),
)

SCALES: dict[Language, tuple[tuple[float, str], ...]] = {
    "en": ((1e6, "million yuan"), (1e3, "thousand yuan"), (1, "yuan")),
    "zh": ((1e8, "亿元"), (1e4, "万元"), (1, "元")),
}

NO_FONT = "(This computer has no Chinese font, so the chart is in English.)"


def looks(strategies: Sequence[str]) -> dict[str, Look]:
    """A look for each strategy; those that do not ship share out the others in turn."""
    strangers = [name for name in strategies if name not in LOOKS]
    return {name: LOOKS.get(name) or OTHERS[strangers.index(name) % len(OTHERS)] for name in strategies}


def money_scale(most: float, language: Language) -> tuple[float, str]:
    """The size and the name of the unit in which amounts up to ``most`` yuan read well."""
    return next((size, name) for size, name in SCALES[language] if abs(most) >= 2 * size or size == 1)


def readable(language: Language) -> tuple[Language, str]:
    """The language that this computer's fonts can draw, and a note if it is not the one asked for."""
    return ("en", NO_FONT) if language == "zh" and chinese_family() is None else (language, "")


@contextmanager
def drawing(language: Language) -> Iterator[None]:
    """Matplotlib's settings while a chart in this language is drawn."""
    family = [chinese_family(), "DejaVu Sans"] if language == "zh" else ["DejaVu Sans"]
    with mpl.rc_context({"font.family": family, "axes.unicode_minus": False, "font.size": 10, "text.color": INK}):
        yield


def wrapped(text: str, columns: int) -> str:
    """A title in lines of so many columns; Chinese may break but in a number, before a stop and after a bracket."""
    if cell_len(text) == len(text):
        return textwrap.fill(text, columns)
    lines = [""]
    for piece in re.findall(r"[（“]*(?:[\w.,%-]+|.)[，。；：）”、]*", text, re.ASCII):
        if cell_len(lines[-1] + piece) > columns:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.strip() for line in lines)


def finish(figure: Figure, title: str, note: str, columns: int = 132) -> None:
    """Plain frames, and fonts fixed for labels that are made only when the chart is drawn; then title and note."""
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(labelfontfamily=mpl.rcParams["font.family"], colors=INK)
        axes.grid(axis="both", color="#DDDDDD", linewidth=0.6)
        axes.set_axisbelow(True)
    figure.suptitle(wrapped(title, columns), x=0.01, ha="left", fontsize=12, fontweight="regular")
    if note:
        figure.supxlabel(note, x=0.01, ha="left", fontsize=9)


def label_ends(axes: Axes, ends: dict[str, tuple[float, str]]) -> None:
    """Write names beside the right ends of lines (name: height, colour), moved apart where they would overlap."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    place = right + 0.01 * (right - left)
    gap, floor = (high - low) * 0.055, -float("inf")
    for name, (y, colour) in sorted(ends.items(), key=lambda item: item[1][0]):
        floor = max(y, floor + gap)
        axes.text(place, floor, name, color=colour, va="center", ha="left")
