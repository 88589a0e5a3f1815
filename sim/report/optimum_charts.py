"""Picture of an optimum: how the objective answers to each parameter, and the verdict of fresh seeds."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.questions.optimise.answer import Candidate, Curve, Optimum
from sim.questions.optimise.words import headline
from sim.report.breakeven_charts import axis_name
from sim.report.looks import INK, drawing, finish, looks, money_scale, readable
from sim.results.metrics import METRICS
from sim.text.phrases import Language

TEXTS: dict[str, dict[Language, str]] = {
    "response": {
        "en": "all else as now; band: 95% interval of the change",
        "zh": "其余取现值；色带：相对现值变化的 95% 区间",
    },
    "verdict": {"en": "verdict; line: 95% interval", "zh": "裁定；横线：95% 区间"},
    "best": {"en": "best", "zh": "最优"},
    "found": {"en": "found", "zh": "搜索所得"},
    "runner_up": {"en": "runner-up", "zh": "次优"},
    "now": {"en": "now", "zh": "现行"},
    "fresh": {"en": "{n} fresh futures", "zh": "{n} 个新未来"},
    "searched": {"en": "the search's own {n}", "zh": "搜索自用的 {n} 个"},
    "broken": {"en": "breaks a limit", "zh": "突破限制"},
}
COLUMNS = 3


def optimum_figure(answer: Optimum, language: Language) -> Figure:
    """Response curves with the best and the present value marked, then the candidates in fresh futures."""
    language, note = readable(language)
    panels = len(answer.curves) + 1
    rows = -(-panels // COLUMNS)
    with drawing(language):
        figure = Figure(figsize=(12, 1.6 + 3.4 * rows), layout="constrained")
        every = figure.subplots(rows, min(COLUMNS, panels), squeeze=False).ravel()
        size, unit = _scale(answer, language)
        for axes, curve in zip(every, answer.curves, strict=False):
            _draw_curve(axes, answer, curve, size, language)
        every[0].set_ylabel(_objective(answer, unit, language))
        _draw_verdict(every[panels - 1], answer, size, unit, language)
        for axes in every[panels:]:
            figure.delaxes(axes)
        finish(figure, headline(answer, language), note)
    return figure


def _scale(answer: Optimum, language: Language) -> tuple[float, str]:
    found = METRICS[answer.objective]
    if found.unit == "yuan":
        values = [gap.mean or 0.0 for curve in answer.curves for gap in curve.responses]
        return money_scale(max(map(abs, values), default=0.0), language)
    return 1.0, found.unit_zh if language == "zh" else found.unit


def _objective(answer: Optimum, unit: str, language: Language) -> str:
    found = METRICS[answer.objective]
    return f"{found.label_zh}（{unit}）" if language == "zh" else f"{found.label_en} ({unit})"


def _draw_curve(axes: Axes, answer: Optimum, curve: Curve, size: float, language: Language) -> None:
    look = looks((answer.strategy,))[answer.strategy]
    known = [(x, gap) for x, gap in zip(curve.values, curve.responses, strict=True) if gap.mean is not None]
    xs = [x for x, _ in known]
    axes.plot(xs, [(gap.mean or 0.0) / size for _, gap in known], look.line, marker=".", color=look.colour, lw=2)
    _draw_band(axes, curve, size, look.colour)
    _mark_broken(axes, curve, size, language)
    for value, name, dashes, top in (
        (curve.span.now, "now", ":", 0.13),
        (answer.best.values[curve.span.key], answer.role(answer.best), "-", 0.03),
    ):
        axes.axvline(value, color=INK, lw=1.2, ls=dashes)
        said = TEXTS[name][language]
        axes.annotate(said, (value, top), (3, 0), axes.get_xaxis_transform(), textcoords="offset points", fontsize=8)
    axes.set_xlabel(axis_name(curve.span, language))
    axes.set_title(TEXTS["response"][language], fontsize=8, loc="left", color=INK)


def _draw_band(axes: Axes, curve: Curve, size: float, colour: str) -> None:
    """The interval of the change from the value as it is now, laid about the curve."""
    now = curve.responses[curve.values.index(curve.span.now)].mean or 0.0
    known = [
        (x, (now + change.low) / size, (now + change.high) / size)
        for x, change in zip(curve.values, curve.changes, strict=True)
        if change.low is not None and change.high is not None
    ]
    if known:
        xs, low, high = zip(*known, strict=True)
        axes.fill_between(xs, low, high, color=colour, alpha=0.18, lw=0)


def _mark_broken(axes: Axes, curve: Curve, size: float, language: Language) -> None:
    broken = [
        (x, (gap.mean or 0.0) / size)
        for x, gap, allowed in zip(curve.values, curve.responses, curve.allowed, strict=True)
        if not allowed and gap.mean is not None
    ]
    if broken:
        axes.plot(*zip(*broken, strict=True), "x", color="#AA4499", ms=8, mew=2, label=TEXTS["broken"][language])
        axes.legend(fontsize=8, frameon=False)


def _draw_verdict(axes: Axes, answer: Optimum, size: float, unit: str, language: Language) -> None:
    look = looks((answer.strategy,))[answer.strategy]
    rows: list[Candidate] = list(reversed(answer.candidates))
    for height, each in enumerate(rows):
        for gap, shift, marker, colour in ((each.fresh, 0.1, "o", look.colour), (each.searched, -0.12, "d", "#888888")):
            if gap.mean is None:
                continue
            if gap.low is not None and gap.high is not None:
                axes.plot((gap.low / size, gap.high / size), (height + shift,) * 2, color=colour, lw=2)
            axes.plot(gap.mean / size, height + shift, marker, color=colour, ms=7, mec="white")
    names = {
        "fresh": (len(answer.fresh_seeds), "o", look.colour),
        "searched": (len(answer.search_seeds), "d", "#888888"),
    }
    for name, (futures, marker, colour) in names.items():
        axes.plot([], [], marker, color=colour, label=TEXTS[name][language].format(n=futures))
    axes.set_yticks(range(len(rows)), [TEXTS[answer.role(each)][language] for each in rows])
    axes.set_ylim(-0.9, len(rows) - 0.5)
    axes.set_xlabel(_objective(answer, unit, language))
    axes.set_title(TEXTS["verdict"][language], fontsize=8, loc="left", color=INK)
    axes.legend(loc="lower left", fontsize=8, frameon=False, ncols=2)
