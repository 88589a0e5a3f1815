"""The look of interactive charts: plain frames, zero lines, no tools, and the font that has Chinese glyphs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go

from sim.assumptions.errors import parameter
from sim.assumptions.ranges import Range
from sim.assumptions.scenario import unit_of
from sim.report.looks import INK, wrapped
from sim.text.phrases import Language
from sim.ui.words.frame import say, say_unit

FONTS = "Source Sans, Noto Sans CJK SC, Noto Sans SC, Microsoft YaHei, PingFang SC, sans-serif"


def frame(
    across: str, up: str, *, x: dict[str, Any] | None = None, y: dict[str, Any] | None = None,
    margin: dict[str, int] | None = None, **more: Any,
) -> dict[str, Any]:
    """The layout of a chart in a plain frame; a finger that moves over it scrolls the page.

    ``x`` and ``y`` say more about the axes. To be given when a figure is made: changing one takes plotly ten times as
    long. Margins hold what stands beside the axes; where they do not, the browser widens them, and draws twice.
    """
    return {
        "template": "none", "height": 300, "margin": {"l": 8, "r": 12, "t": 8, "b": 44} | (margin or {}),
        "showlegend": False, "dragmode": False, "font": {"family": FONTS, "size": 13, "color": INK},
        "paper_bgcolor": "white", "plot_bgcolor": "white", "xaxis": _axis(across) | (x or {}),
        "yaxis": _axis(up) | (y or {}), **more,
    }


def _axis(title: str) -> dict[str, Any]:
    return {
        "gridcolor": "#E3E3E3", "zerolinecolor": INK, "zerolinewidth": 1, "automargin": True, "fixedrange": True,
        "title": {"text": title, "standoff": 6, "font": {"size": 13}},
    }


def framed(figure: go.Figure, across: str, up: str, height: int = 320) -> go.Figure:
    """A figure that is there already, of one frame or several, in plain frames."""
    layout = frame(across, up, height=height, margin={"r": 16, "t": 12, "b": 8})
    x, y = layout.pop("xaxis"), layout.pop("yaxis")
    figure.update_layout(layout)
    figure.update_xaxes(x)
    figure.update_yaxes(y)
    return figure


def width_of(labels: Iterable[str], size: int = 13) -> int:
    """About how many pixels the widest of some labels beside an axis takes, in characters of such a size."""
    widths = (sum(1.2 if ord(each) > ord("\u2e80") else 0.5 for each in label) for label in labels)
    return 10 + round(size * max(widths, default=0.0))


def faint(colour: str, opacity: float) -> str:
    """A colour that lets through what lies below it."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def named(span: Range, language: Language) -> str:
    """A parameter in short, without its unit."""
    return _short(span.meaning_zh if language == "zh" else span.meaning)


def named_with_unit(span: Range, language: Language) -> str:
    """A parameter in short, with its unit."""
    return _labelled(named(span, language), span.key, language)


def label_of(key: str, language: Language) -> str:
    """A parameter in short, with its unit, by its key."""
    field = parameter(tuple(key.split(".")))
    notes = field.json_schema_extra if field and isinstance(field.json_schema_extra, dict) else {}
    text = str(notes.get("meaning_zh", key)) if language == "zh" else str(field and field.description)
    return _labelled(text, key, language)


def _labelled(meaning: str, key: str, language: Language) -> str:
    name, unit = _short(meaning), say_unit(unit_of(key.rpartition(".")[2]), language)
    return name if name.endswith((unit, f"{unit}）")) else say("label", language, meaning=name, unit=unit)


def _short(meaning: str) -> str:
    """The first part of a meaning, with a capital."""
    text = meaning.split(";", maxsplit=1)[0].split("；", maxsplit=1)[0]
    return text[:1].upper() + text[1:]


def folded(text: str, columns: int, language: Language) -> str:
    """A label in lines of so many columns."""
    lines = wrapped(text, columns) if language == "zh" else textwrap.fill(text, columns)
    return lines.replace("\n", "<br>")
