"""Picture of a waterfall: from nothing to the difference between two strategies, bar by bar."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.assumptions.ranges import plain
from sim.questions.waterfall.answer import INTERPLAY, REST, Bar, Waterfall
from sim.report.looks import INK, drawing, finish, looks, money_scale, readable
from sim.results.metrics import METRICS
from sim.text.phrases import Language, strategy_name

TEXTS: dict[str, dict[Language, str]] = {
    "total": {"en": "difference", "zh": "差额"},
    "axis": {
        "en": "{one} less {other}: {metric} ({unit} a future)",
        "zh": "{one}减{other}：{metric}（每个未来，{unit}）",
    },
    "accounts": {
        "en": "by ledger account; line: 95% interval; bars add up exactly",
        "zh": "按账目分解；细线：95% 区间；各条之和与差额分毫不差",
    },
    "mechanisms": {
        "en": "by mechanism (Shapley values); line: 95% interval; diamond: turned off alone; bars add up exactly",
        "zh": "按机制分解（Shapley 值）；细线：95% 区间；菱形：单独关闭时；各条之和与差额分毫不差",
    },
}


def waterfall_figure(answer: Waterfall, language: Language) -> Figure:
    """Bars in the first strategy's colour where they speak for it, in the second's where against."""
    language, note = readable(language)
    bars = _in_order(answer)
    with drawing(language):
        figure = Figure(figsize=(12, 2.4 + 0.44 * (len(bars) + 1)), layout="constrained")
        axes = figure.subplots()
        size, unit = money_scale(max((abs(bar.yuan) for bar in bars), default=0.0), language)
        alone = {bar.name: bar.yuan / size for bar in answer.one_at_a_time if bar.name not in (REST, INTERPLAY)}
        running = 0.0
        for n, bar in enumerate(bars):
            _draw_bar(axes, answer, bar, len(bars) - n, running, size)
            if bar.name in alone:
                axes.plot(running + alone[bar.name], len(bars) - n, "D", mfc="white", mec=INK, ms=6, zorder=5)
            running += bar.yuan / size
        _draw_total(axes, answer, size)
        _frame(axes, answer, bars, unit, language)
        finish(figure, answer.in_words(language), note)
        axes.grid(visible=False, axis="y")
    return figure


def _in_order(answer: Waterfall) -> list[Bar]:
    """What stays with everything off first, then from the best for the first strategy to the worst."""
    if answer.by == "accounts":
        return [bar for bar in answer.bars if bar.micro_yuan]
    return sorted(answer.bars, key=lambda bar: (bar.name != REST, -bar.micro_yuan))


def _draw_bar(axes: Axes, answer: Waterfall, bar: Bar, height: int, start: float, size: float) -> None:
    look = looks(answer.strategies)
    colour = look[answer.strategies[0 if bar.yuan >= 0 else 1]].colour
    value = bar.yuan / size
    axes.barh(height, value, 0.62, left=start, color=colour, alpha=0.8)
    axes.plot((start + value,) * 2, (height - 1, height + 0.31), color=INK, lw=0.8, ls=":")
    right = max(start, start + value)
    if bar.low is not None and bar.high is not None:
        axes.plot((start + bar.low / size, start + bar.high / size), (height, height), color=INK, lw=1.5)
        right = max(right, start + bar.high / size)
    _say(axes, value, right, height)


def _draw_total(axes: Axes, answer: Waterfall, size: float) -> None:
    total = answer.total_micro_yuan / 1e6 / size
    axes.barh(0, total, 0.62, color="#777777", hatch="//", edgecolor="white")
    right = max(total, 0.0)
    if answer.total.low is not None and answer.total.high is not None:
        axes.plot((answer.total.low / size, answer.total.high / size), (0, 0), color=INK, lw=1.5)
        right = max(right, answer.total.high / size)
    _say(axes, total, right, 0)


def _say(axes: Axes, value: float, right: float, height: int) -> None:
    said = f"{'+' if value > 0 else ''}{plain(value)}"
    axes.annotate(said, (right, height), (5, 0), textcoords="offset points", va="center", fontsize=9)


def _frame(axes: Axes, answer: Waterfall, bars: list[Bar], unit: str, language: Language) -> None:
    names = [bar.label(language) for bar in bars]
    axes.set_yticks(range(len(bars), -1, -1), [*names, TEXTS["total"][language]])
    axes.axvline(0, color=INK, lw=1)
    axes.margins(x=0.1)
    one, other = (strategy_name(name, language) for name in answer.strategies)
    metric = METRICS[answer.metric].label_zh if language == "zh" else METRICS[answer.metric].label_en
    axes.set_xlabel(TEXTS["axis"][language].format(one=one, other=other, metric=metric, unit=unit))
    axes.set_title(TEXTS[answer.by][language], fontsize=9, loc="left", color=INK)
