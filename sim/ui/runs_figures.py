"""Charts of stored runs: groups with their intervals laid over one another, and single runs as dots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from sim.report.looks import OTHERS, looks
from sim.report.words import metric_label, metric_unit
from sim.text.phrases import Language, strategy_name
from sim.ui.plain_frame import framed, label_of
from sim.ui.words.runs import say

DASHES = ("solid", "dash", "dot", "dashdot")
Others = tuple[tuple[str, Any], ...]
"""The values of parameters other than the one that is drawn across."""

SYMBOLS = ("circle", "square", "diamond", "triangle-up")


@dataclass(frozen=True)
class Chosen:
    """The summaries that are looked at, by the batches' names, and which strategies and scenarios of them."""

    found: dict[str, dict[str, Any]]
    strategies: tuple[str, ...]
    scenarios: tuple[str, ...]

    def groups(self) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
        """Every group that is looked at: the batch's name, its values by parameter, the group."""
        for name, batch in self.found.items():
            for group in batch["groups"]:
                if group["strategy"] in self.strategies and group["scenario"] in self.scenarios:
                    yield name, dict(zip(batch["keys"], group["values"], strict=True)), group

    def runs(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every single run that is looked at, with its batch's name."""
        for name, batch in self.found.items():
            columns = batch["single"]
            for row in zip(*columns.values(), strict=True):
                run = dict(zip(columns, row, strict=True))
                if run["strategy"] in self.strategies and run["scenario"] in self.scenarios:
                    yield name, run


def overlay_figure(chosen: Chosen, metric: str, across: str, language: Language) -> go.Figure:
    """A metric of each group against a varied parameter or the scenario.

    A line joins what differs in nothing but that parameter; each batch, strategy and scenario is named once.
    """
    series: dict[tuple[str, str, str], dict[Others, list[tuple[Any, list[float | None]]]]] = {}
    for name, values, group in chosen.groups():
        x = group["scenario"] if across == "scenario" else values.get(across)
        if x is not None and group["estimates"][metric][0] is not None:
            where = "" if across == "scenario" else group["scenario"]
            others = tuple((key, value) for key, value in values.items() if key != across)
            lines = series.setdefault((name, group["strategy"], where), {})
            lines.setdefault(others, []).append((x, group["estimates"][metric]))
    figure = go.Figure()
    for (name, strategy, where), lines in series.items():
        for n, (others, points) in enumerate(lines.items()):
            points.sort(key=lambda point: point[0])
            _draw_series(figure, chosen, name, strategy, points, language, joined=across != "scenario")
            _tell_apart(figure, chosen, where, others, language, first=n == 0)
    return _finished(figure, _across(across, language), _up(metric, language))


def _draw_series(
    figure: go.Figure, chosen: Chosen, name: str, strategy: str, points: Sequence[tuple[Any, list[float | None]]],
    language: Language, *, joined: bool,
) -> None:
    rows = [(x, mean, low, high) for x, (mean, low, high) in points if mean is not None]
    up = [0.0 if high is None else high - mean for _, mean, _, high in rows]
    down = [0.0 if low is None else mean - low for _, mean, low, _ in rows]
    figure.add_scatter(
        x=[row[0] for row in rows], y=[row[1] for row in rows], mode="lines+markers" if joined else "markers",
        name=_series(chosen, name, strategy, language), marker=_marker(chosen, name, strategy, 9),
        error_y={"type": "data", "symmetric": False, "thickness": 1.5, "array": up, "arrayminus": down},
    )  # fmt: skip


def _tell_apart(
    figure: go.Figure, chosen: Chosen, where: str, others: Others, language: Language, *, first: bool
) -> None:
    """The last line's scenario in its name and its dashes, and what else is held where a pointer rests."""
    line = figure.data[-1]
    if where and len(chosen.scenarios) > 1:
        line.name = f"{line.name} · {where}"
        line.line.dash = DASHES[chosen.scenarios.index(where) % len(DASHES)]
    held = "".join(f"<br>{label_of(key, language)}: {value}" for key, value in others)
    hover = f"{line.name}<br>%{{x}}: %{{y:,.4~g}}{held}<extra></extra>"
    line.update(showlegend=first, legendgroup=line.name, hovertemplate=hover)


def scatter_figure(chosen: Chosen, metric: str, other: str, language: Language) -> go.Figure:
    """Every run as a dot: one metric up, another across."""
    figure = go.Figure()
    dots: dict[tuple[str, str], list[tuple[float, float, int]]] = {}
    for name, run in chosen.runs():
        if run[metric] is not None and run[other] is not None:
            dots.setdefault((name, run["strategy"]), []).append((run[other], run[metric], run["run_id"]))
    for (name, strategy), rows in dots.items():
        x, y, ids = (list(column) for column in zip(*rows, strict=True))
        figure.add_scatter(
            x=x, y=y, mode="markers", customdata=ids, name=_series(chosen, name, strategy, language),
            marker={**_marker(chosen, name, strategy, 6), "opacity": 0.6},
            hovertemplate=say("dot", language, name=_series(chosen, name, strategy, language)) + "<extra></extra>",
        )  # fmt: skip
    return _finished(figure, _up(other, language), _up(metric, language))


def _series(chosen: Chosen, name: str, strategy: str, language: Language) -> str:
    told = strategy_name(strategy, language)
    called = [each["name"] for each in chosen.found.values()]
    batch = chosen.found[name]["name"]
    return told if len(called) == 1 else f"{batch if called.count(batch) == 1 else name} · {told}"


def _marker(chosen: Chosen, name: str, strategy: str, size: int) -> dict[str, Any]:
    """Colour by strategy, shape by batch."""
    look = looks(chosen.strategies).get(strategy, OTHERS[0])
    return {"color": look.colour, "size": size, "symbol": SYMBOLS[list(chosen.found).index(name) % len(SYMBOLS)]}


def _across(across: str, language: Language) -> str:
    return say("scenario", language) if across == "scenario" else label_of(across, language)


def _up(metric: str, language: Language) -> str:
    label, unit = metric_label(metric, language), metric_unit(metric, language)
    return f"{label}（{unit}）" if language == "zh" else f"{label} ({unit})"


def _finished(figure: go.Figure, across: str, up: str) -> go.Figure:
    names = sum(1 for each in figure.data if each.showlegend is not False)
    framed(figure, across, up, 330 + 24 * max(1, names))  # on a telephone each stands in a line of its own
    legend = {"orientation": "h", "yref": "container", "y": 1.0, "yanchor": "top", "x": 0, "maxheight": 0.7}
    figure.update_layout(showlegend=True, legend={**legend, "tracegroupgap": 0}, margin={"t": 30})
    figure.update_yaxes(exponentformat="none", separatethousands=True)
    return figure
