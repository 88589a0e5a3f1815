"""Pictures of sensitivity: the tornado, and global indices."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.assumptions.ranges import Range, plain
from sim.questions.sensitivity.answer import Indices, Swing, Tornado
from sim.questions.sensitivity.words import subject
from sim.report.looks import INK, drawing, finish, money_scale, readable
from sim.results.metrics import METRICS
from sim.text.phrases import Language

TEXTS: dict[str, dict[Language, str]] = {
    "how": {
        "en": "bar: value at either end of the range; line: 95% interval; * changes who wins",
        "zh": "横条：范围两端的取值；细线：95% 区间；* 会翻转结论",
    },
    "how_one": {
        "en": "bar: value at either end of the range; line: 95% interval; * changes the sign",
        "zh": "横条：范围两端的取值；细线：95% 区间；* 会变号",
    },
    "low": {"en": "at the low end", "zh": "取下限时"},
    "high": {"en": "at the high end", "zh": "取上限时"},
    "now": {"en": "now", "zh": "现值"},
    "more": {"en": "{n} more assumptions move it less", "zh": "另有 {n} 条假设影响更小"},
    "sobol": {"en": "share of the variance (ratio), line: 95% interval", "zh": "占方差比例（比值），细线：95% 区间"},
    "first": {"en": "alone", "zh": "单独作用"},
    "total": {"en": "interplay included", "zh": "含共同作用"},
    "morris": {"en": "effect of a step ({unit})", "zh": "一步变动的影响（{unit}）"},
    "mu": {"en": "mean size (mu*), line: 95% interval", "zh": "平均大小（mu*），细线：95% 区间"},
    "sigma": {"en": "spread (sigma)", "zh": "离散程度（sigma）"},
}
LOW_END, HIGH_END = "#B7B7B7", "#4A3F8F"
MOST_BARS = 15


def tornado_figure(answer: Tornado, language: Language) -> Figure:
    """Each assumption over its range, the widest bar on top."""
    language, note = readable(language)
    shown = answer.swings[:MOST_BARS]
    with drawing(language):
        figure = Figure(figsize=(12, 2.6 + 0.42 * len(shown)), layout="constrained")
        axes = figure.subplots()
        size, unit = _scale(
            answer.metric, [each.at_low.mean or 0.0 for each in shown] + [answer.now.mean or 0.0], language
        )
        for height, each in enumerate(reversed(shown)):
            _draw_swing(axes, each, height, (answer.now.mean or 0.0) / size, size)
        _frame_tornado(axes, answer, shown, size, unit, language)
        finish(figure, answer.in_words(language), note)
        axes.grid(visible=False, axis="y")
    return figure


def indices_figure(answer: Indices, language: Language) -> Figure:
    """How much each assumption matters when all vary at once, the most important on top."""
    language, note = readable(language)
    shown = answer.indices[:MOST_BARS]
    with drawing(language):
        figure = Figure(figsize=(12, 2.6 + 0.5 * len(shown)), layout="constrained")
        axes = figure.subplots()
        sobol = answer.method == "sobol"
        size, unit = (1.0, "") if sobol else _scale(answer.metric, [each.first for each in shown], language)
        first, total = (TEXTS[name][language] for name in (("first", "total") if sobol else ("mu", "sigma")))
        rows = list(enumerate(reversed(shown)))
        _draw_bars(axes, [(n + 0.19, each.first, each.first_error) for n, each in rows], size, HIGH_END, first)
        _draw_bars(axes, [(n - 0.19, each.total, each.total_error) for n, each in rows], size, LOW_END, total)
        axes.set_yticks(range(len(shown)), [row_name(each.span, language) for each in reversed(shown)])
        axes.set_xlabel(TEXTS["sobol"][language] if sobol else TEXTS["morris"][language].format(unit=unit))
        axes.set_xlim(left=0)
        axes.legend(loc="lower right", frameon=True)
        finish(figure, answer.in_words(language), note)
        axes.grid(visible=False, axis="y")
    return figure


def _draw_bars(axes: Axes, bars: list[tuple[float, float, float | None]], size: float, colour: str, label: str) -> None:
    """Bars at some heights, with their errors where they have any."""
    heights, values = [height for height, _, _ in bars], [value / size for _, value, _ in bars]
    errors = [(error or 0.0) / size for _, _, error in bars]
    axes.barh(heights, values, 0.36, xerr=errors if any(errors) else None, color=colour, ecolor=INK, label=label)


def row_name(span: Range, language: Language) -> str:
    """A parameter with its range."""
    return f"{span.label(language)}  {plain(span.low)}..{plain(span.high)}"


def _scale(metric: str, values: list[float], language: Language) -> tuple[float, str]:
    found = METRICS[metric]
    if found.unit == "yuan":
        return money_scale(max((abs(value) for value in values), default=0.0), language)
    return 1.0, found.unit_zh if language == "zh" else found.unit


def _draw_swing(axes: Axes, each: Swing, height: int, now: float, size: float) -> None:
    """From what it is now to either end; the bar nearer to now lies on top, so that both are seen."""
    ends = [(each.at_low, LOW_END, each.span.low, 0.16), (each.at_high, HIGH_END, each.span.high, -0.16)]
    for gap, colour, value, shift in ends:
        if gap.mean is None:
            continue
        end = gap.mean / size
        axes.barh(height + shift, end - now, 0.3, left=now, color=colour)
        if gap.low is not None and gap.high is not None:
            axes.plot((gap.low / size, gap.high / size), (height + shift,) * 2, color=INK, lw=1)
        outward = max(gap.high or gap.mean, gap.mean) if end >= now else min(gap.low or gap.mean, gap.mean)
        axes.annotate(
            plain(value), (outward / size, height + shift), (4 if end >= now else -4, 0), textcoords="offset points",
            ha="left" if end >= now else "right", va="center", fontsize=8,
        )  # fmt: skip


def _frame_tornado(
    axes: Axes, answer: Tornado, shown: tuple[Swing, ...], size: float, unit: str, language: Language
) -> None:
    names = [f"{each.span.label(language)}{' *' if each.flips else ''}" for each in reversed(shown)]
    axes.set_yticks(range(len(shown)), names)
    axes.axvline((answer.now.mean or 0.0) / size, color=INK, lw=1, ls=":", label=TEXTS["now"][language])
    axes.axvline(0, color=INK, lw=1)
    for colour, name in ((LOW_END, "low"), (HIGH_END, "high")):
        axes.barh(0, 0, color=colour, label=TEXTS[name][language])
    axes.margins(x=0.08)
    what = subject(answer.metric, answer.strategies, language)
    axes.set_xlabel(f"{what}（{unit}）" if language == "zh" else f"{what} ({unit})")
    left_out = len(answer.swings) - len(shown)
    more = f"; {TEXTS['more'][language].format(n=left_out)}" if left_out else ""
    how = TEXTS["how" if len(answer.strategies) > 1 else "how_one"][language]
    axes.set_title(how + more, fontsize=9, loc="left", color=INK)
    axes.legend(loc="lower right", frameon=True)
