"""The main numbers of a comparison as a small table, as the command line prints them."""

from __future__ import annotations

from html import escape

from sim.inference.bootstrap import Estimate
from sim.inference.comparison import Comparison
from sim.report.words import metric_label, metric_unit, quantity
from sim.text.phrases import Language, in_futures, strategy_name
from sim.ui.words.answer import say

SHOWN: tuple[str, ...] = (
    "roi",
    "profit_cny",
    "revenue_cny",
    "marketing_cny",
    "paid_cac_cny",
    "ltv_365_cny",
    "payback_day",
    "new_customers",
    "repurchase_share",
)


def main_table(comparison: Comparison, language: Language) -> str:
    """The table as HTML, so that it can be read aloud, copied and scrolled sideways on a telephone."""
    names = [strategy_name(name, language) for name in comparison.strategies]
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in (say("metric", language), *names))
    rows = "".join(_row(comparison, metric, language) for metric in SHOWN)
    return (
        f'<div class="siyu-table" tabindex="0" role="region" aria-label="{escape(say("table", language))}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(comparison: Comparison, metric: str, language: Language) -> str:
    label = say("metric_unit", language, metric=metric_label(metric, language), unit=metric_unit(metric, language))
    found = (comparison.estimates[name][metric] for name in comparison.strategies)
    cells = "".join(f"<td>{_cell(metric, each, len(comparison.seeds), language)}</td>" for each in found)
    return f'<tr><th scope="row">{escape(label)}</th>{cells}</tr>'


def _cell(metric: str, found: Estimate, futures: int, language: Language) -> str:
    notes = []
    if found.low is not None and found.high is not None:
        limits = {"low": quantity(metric, found.low), "high": quantity(metric, found.high)}
        notes.append(say("interval", language, **limits))
    if found.reached_share is not None and found.reached_share < 1:
        notes.append(say("reached", language, futures=in_futures(found.reached_share, futures, language)))
    return quantity(metric, found.mean) + "".join(f"<small>{escape(note)}</small>" for note in notes)
