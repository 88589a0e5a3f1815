"""The verdict under doubt as a picture: what each strategy loses along a price, and a hundred worlds by winner."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.assumptions.ranges import plain
from sim.questions.decide.answer import Along, Verdict
from sim.questions.decide.words import headline
from sim.report.looks import INK, drawing, finish, looks, money_scale, readable
from sim.results.metrics import METRICS
from sim.text.phrases import Language, strategy_name

TEXTS: dict[str, dict[Language, str]] = {
    "loss": {"en": "expected loss ({unit})", "zh": "预期损失（{unit}）"},
    "frontier": {
        "en": "lowest line: the best choice; its height: what knowing is worth",
        "zh": "最低的线：最佳选择；其高度：知情的价值",
    },
    "dots": {
        "en": "each mark is one of 100 possible worlds, by its best strategy",
        "zh": "每个标记是 100 个可能世界之一，按其最佳策略着色",
    },
    "now": {"en": "now {value}", "zh": "现值 {value}"},
    "best_in": {"en": "{name}: best in {share}", "zh": "{name}：{share} 个最好"},
}
SIDE = 10


def decide_figure(verdict: Verdict, language: Language) -> Figure:
    """Expected-loss curves with the frontier, and a hundred worlds; the worlds alone where no curve was asked for."""
    language, note = readable(language)
    with drawing(language):
        wide = verdict.along is not None
        figure = Figure(figsize=(12.5 if wide else 6.2, 6), layout="constrained")
        panels = figure.subplots(1, 2 if wide else 1, squeeze=False, width_ratios=[1.35, 1] if wide else None)[0]
        if verdict.along is not None:
            _curves(panels[0], verdict, verdict.along, language)
        _dots(panels[-1], verdict, language)
        finish(figure, headline(verdict, language), note, 132 if wide else 66)
        panels[-1].grid(visible=False)
        panels[-1].spines[["left", "bottom"]].set_visible(False)
    return figure


def _curves(axes: Axes, verdict: Verdict, along: Along, language: Language) -> None:
    size, unit = _scale(verdict, float(along.losses.max()), language)
    for (name, look), losses in zip(looks(list(verdict.strategies)).items(), along.losses.T, strict=True):
        axes.plot(along.at, losses / size, color=look.colour, ls=look.line, lw=2, label=strategy_name(name, language))
    axes.plot(along.at, along.losses.min(axis=1) / size, color=INK, lw=6, alpha=0.18, solid_capstyle="butt")
    axes.set_ylim(bottom=0)
    axes.set_xlim(along.at[0], along.at[-1])
    if along.at[0] <= along.now <= along.at[-1]:
        axes.axvline(along.now, color=INK, lw=1, ls=":")
        said = TEXTS["now"][language].format(value=plain(along.now))
        axes.annotate(
            said, (along.now, 0.96), (4, 0), axes.get_xaxis_transform(), textcoords="offset points", fontsize=9
        )
    axes.set_xlabel(along.label_zh if language == "zh" and along.label_zh else along.key)
    axes.set_ylabel(TEXTS["loss"][language].format(unit=unit))
    axes.set_title(TEXTS["frontier"][language], fontsize=9, loc="left", color=INK)
    axes.legend(frameon=True, fontsize=9)


def _dots(axes: Axes, verdict: Verdict, language: Language) -> None:
    """A hundred worlds in the shares of their winners, drawn row by row."""
    counts = hundred([each.p_best for each in verdict.strategies.values()])
    places = iter([(n % SIDE, SIDE - 1 - n // SIDE) for n in range(SIDE * SIDE)])
    for (name, look), count in zip(looks(list(verdict.strategies)).items(), counts, strict=True):
        spots = np.array([next(places) for _ in range(count)]).reshape(-1, 2)
        label = TEXTS["best_in"][language].format(name=strategy_name(name, language), share=count)
        axes.plot(spots[:, 0], spots[:, 1], look.marker, color=look.colour, ms=11, ls="", label=label)
    axes.set_xlim(-0.7, SIDE - 0.3)
    axes.set_ylim(-0.7, SIDE - 0.3)
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_title(TEXTS["dots"][language], fontsize=9, loc="left", color=INK)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.02), ncols=min(3, len(counts)), frameon=False, fontsize=9)


def hundred(shares: list[float]) -> list[int]:
    """Shares as whole numbers that sum to a hundred, by the largest remainders."""
    exact = 100 * np.array(shares) / sum(shares)
    counts = np.floor(exact).astype(int)
    for n in np.argsort(counts - exact, kind="stable")[: 100 - int(counts.sum())]:
        counts[n] += 1
    return [int(count) for count in counts]


def _scale(verdict: Verdict, most: float, language: Language) -> tuple[float, str]:
    found = METRICS[verdict.metric]
    if found.unit == "yuan":
        return money_scale(most, language)
    return 1.0, found.unit_zh if language == "zh" else found.unit
