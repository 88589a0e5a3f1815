"""A comparison on one page: the answer in two sentences, its pictures, its main numbers, and how far to trust them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from sim.assumptions.provenance import scenario_fingerprint
from sim.inference.bootstrap import Estimate
from sim.inference.comparison import Comparison
from sim.report.charts import draw_cash, draw_roi
from sim.report.looks import drawing, readable, wrapped
from sim.report.words import headline, metric_label, metric_unit, quantity, verdict
from sim.text.phrases import Language, strategy_name

Form = Literal["pdf", "png"]

SHOWN = ("roi", "profit_cny", "revenue_cny", "marketing_cny", "paid_cac_cny", "ltv_365_cny", "payback_day")
TEXTS: dict[str, dict[Language, str]] = {
    "metric": {"en": "mean (95% interval)", "zh": "均值（95% 区间）"},
    "trust": {
        "en": "Scenario {scenario}; seeds {first} to {last}, the same luck for every strategy; {days} days counted and "
        "{run_out} more without new customers; fingerprint of all assumptions {fingerprint}. {origin} "
        "A model and not a forecast.",
        "zh": "情景 {scenario}；随机种子 {first} 至 {last}，各策略运气相同；计入 {days} 天，其后停止拉新再观察 "
        "{run_out} 天；全部假设的指纹 {fingerprint}。{origin}这是模型，不是预测。",
    },
    "calibrated": {"en": "Calibrated to an order log.", "zh": "已用订单数据校准。"},
    "uncalibrated": {"en": "Not calibrated to anybody's data.", "zh": "未用任何企业的数据校准。"},
}
LINE = "#CCCCCC"
SIZE = 9.5
COLUMNS = 92
"""Columns of text on the page in letters of that size; a Chinese character takes two."""


@dataclass(frozen=True)
class Brief:
    """What stands on the page: a comparison, the language, whether the scenario was calibrated, and what was changed
    in it (``public.start_click_price_cny=3``).
    """

    comparison: Comparison
    language: Language
    calibrated: bool = False
    changes: Sequence[str] = ()

    def figure(self) -> Figure:
        """The page, A4 upright. In English, with a note, if this computer has no Chinese font."""
        language, note = readable(self.language)
        with drawing(language), mpl.rc_context({"pdf.fonttype": 42}):
            figure = Figure(figsize=(8.27, 11.69), layout=ConstrainedLayoutEngine(rect=(0.05, 0.04, 0.9, 0.92)))
            title, cash, roi, numbers, trust = figure.subplots(5, 1, height_ratios=(2.1, 3.6, 2.2, 2.4, 1.0))
            self._write(title, language)
            draw_cash(cash, self.comparison, language)
            draw_roi(roi, self.comparison, language)
            self._tabulate(numbers, language)
            _text(trust, 0.95, f"{self.trust(language)} {note}".strip(), 8)
        return figure

    def saved(self, form: Form) -> bytes:
        """The page as a file. Its text can be searched and copied, in Chinese too."""
        page = io.BytesIO()
        with drawing(readable(self.language)[0]), mpl.rc_context({"pdf.fonttype": 42}):
            self.figure().savefig(page, format=form, dpi=144)
        return page.getvalue()

    def trust(self, language: Language) -> str:
        """Where the numbers come from."""
        scenario, seeds = self.comparison.scenario, self.comparison.seeds
        changed = f" ({', '.join(self.changes)})" if self.changes else ""
        return TEXTS["trust"][language].format(
            scenario=scenario.name + changed, first=seeds[0], last=seeds[-1], days=scenario.clock.days,
            run_out=scenario.clock.run_out_days, fingerprint=scenario_fingerprint(scenario)[:12],
            origin=TEXTS["calibrated" if self.calibrated else "uncalibrated"][language],
        )

    def _write(self, axes: Axes, language: Language) -> None:
        scenario, first = self.comparison.scenario, headline(self.comparison, language)
        question = scenario.question_zh if language == "zh" else scenario.question
        rest = verdict(self.comparison, language).removeprefix(first).strip()
        _text(axes, 1.0, question, 9)
        lines = _text(axes, 0.84, first, 13)
        _text(axes, 0.78 - 0.16 * lines, rest, 9.5)

    def _tabulate(self, axes: Axes, language: Language) -> None:
        axes.axis("off")
        names, estimates = self.comparison.strategies, self.comparison.estimates
        head = [TEXTS["metric"][language], *(strategy_name(name, language) for name in names)]
        rows = [
            [f"{metric_label(metric, language)} ({metric_unit(metric, language)})"]
            + [_estimated(metric, estimates[name][metric]) for name in names]
            for metric in SHOWN
        ]
        width = 0.72 / len(names)
        widths = [0.28, *[width] * len(names)]
        table = axes.table(rows, colLabels=head, loc="upper center", colWidths=widths, edges="horizontal")
        table.auto_set_font_size(False)
        table.set_fontsize(7.5 if len(names) < 4 else 6)
        table.scale(1, 1.3)
        for cell in table.get_celld().values():
            cell.set_edgecolor(LINE)


def _text(axes: Axes, height: float, text: str, size: float) -> int:
    """Write a text that is broken to fit the page; how many lines that takes."""
    axes.axis("off")
    broken = wrapped(text, round(COLUMNS * SIZE / size))
    axes.text(0, height, broken, fontsize=size, linespacing=1.35, va="top", ha="left", transform=axes.transAxes)
    return broken.count("\n") + 1


def _estimated(metric: str, found: Estimate) -> str:
    if found.low is None or found.high is None:
        return quantity(metric, found.mean)
    return f"{quantity(metric, found.mean)}\n({quantity(metric, found.low)} .. {quantity(metric, found.high)})"
