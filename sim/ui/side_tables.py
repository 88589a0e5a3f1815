"""Tables of the Compare page: every main number with its difference and win share, and exactly what differs."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from math import isnan
from typing import Any

from sim.assumptions.explaining import explain
from sim.assumptions.writing import written
from sim.inference.paired_differences import PairedDifference
from sim.questions.compare.side import Side
from sim.report.words import metric_label, metric_unit, quantity
from sim.results.metrics import METRICS
from sim.text.phrases import Language, amount, amount_range, in_futures, strategy_name
from sim.ui.words.compare import say

STRIP = (120, 18)
"""Width and height of a strip of differences, in points."""

NAMED = ("name", "question", "question_zh", "source", "expect")
"""What a scenario says about itself: no assumption."""


def main_rows(sides: Sequence[Side], labels: Sequence[str], metrics: Sequence[str], language: Language) -> str:
    """The table as HTML: a row a metric, a column a side; the others also as differences from the first."""
    first, *others = sides
    values, gaps = [side.values() for side in sides], [side.less(first) for side in others]
    heads = [say("metric", language), *labels]
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = ""
    for metric in metrics:
        cells = [_value(metric, each[metric], language) for each in values]
        for n, side in enumerate(others):
            cells[n + 1] += _difference(metric, gaps[n][metric], side.gaps(first, metric), language)
        body += f"<tr>{_head(metric, language)}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    caption = escape(say("table", language, first=labels[0]))
    return (
        f'<div class="siyu-table" tabindex="0" role="region" aria-label="{caption}"><table>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _head(metric: str, language: Language) -> str:
    """The metric with its unit; its definition where one points."""
    found = METRICS[metric]
    told = escape(found.definition_zh if language == "zh" else found.definition_en, quote=True)
    gaps = {"metric": metric_label(metric, language), "unit": metric_unit(metric, language)}
    name = escape(say("metric_unit", language, **gaps))
    return f'<th scope="row"><abbr title="{told}">{name}</abbr></th>'


def _value(metric: str, found: PairedDifference, language: Language) -> str:
    return f"{quantity(metric, found.mean)}{_interval(metric, found, language)}"


def _difference(metric: str, gap: PairedDifference, singles: Sequence[float], language: Language) -> str:
    """How a side differs from the first: mean, interval, in how many futures it is the better one, and a strip."""
    if gap.mean is None:
        return ""
    if all(value == 0 for value in singles):
        return f'<div class="siyu-gap">{quantity(metric, 0.0)} · {escape(say("equal", language))}</div>'
    sign = "+" if gap.mean > 0 else ""
    told = f"{sign}{quantity(metric, gap.mean)}{_interval(metric, gap, language)}"
    known = [value for value in singles if not isnan(value)]
    if gap.wins_share is not None:
        ties_share = known.count(0.0) / len(known)
        text = say("wins", language, futures=in_futures(gap.wins_share, len(known), language, ties_share))
        told += f"<small>{escape(text if gap.clear else text + ' · ' + say('close', language))}</small>"
    return f'<div class="siyu-gap">{told}{_strip(known, language)}</div>'


def _interval(metric: str, found: PairedDifference, language: Language) -> str:
    if found.low is None or found.high is None:
        return ""
    limits = {"low": quantity(metric, found.low), "high": quantity(metric, found.high)}
    return f"<small>{escape(say('interval', language, **limits))}</small>"


def _strip(values: Sequence[float], language: Language) -> str:
    """A tick for each future's difference, and a line at zero."""
    width, height = STRIP
    low, high = min(0.0, *values), max(0.0, *values)
    scale = (width - 8) / ((high - low) or 1.0)
    ticks = "".join(f"M{4 + (value - low) * scale:.1f} 4V14" for value in values)
    zero = 4 - low * scale
    name = escape(say("strip", language, count=len(values)), quote=True)
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<path d="{ticks}" stroke="#0B5C8A" stroke-opacity="0.55"/>'
        f'<path d="M{zero:.1f} 0V{height}" stroke="#222222" stroke-width="1.5"/></svg>'
    )
    source = f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"
    return f'<img class="siyu-strip" alt="{name}" src="{source}">'


def sentences(sides: Sequence[Side], labels: Sequence[str], language: Language) -> list[str]:
    """Which side earns most, and how each of the others compares with the first on net profit."""
    profits = [side.values()["profit_cny"].mean or 0.0 for side in sides]
    best = max(range(len(sides)), key=profits.__getitem__)
    told = [say("most", language, best=labels[best], profit=amount(profits[best], language))]
    for label, side in zip(labels[1:], sides[1:], strict=True):
        gap, names = side.less(sides[0])["profit_cny"], {"other": label, "first": labels[0]}
        if not any(side.gaps(sides[0], "profit_cny")):
            told.append(say("more_equal", language, **names))
            continue
        low, high = gap.low or 0.0, gap.high or 0.0
        numbers = {"gap": signed_amount(gap.mean or 0.0, language), "interval": amount_range(low, high, language)}
        ties_share = side.gaps(sides[0], "profit_cny").count(0.0) / len(side.seeds)
        wins = in_futures(gap.wins_share or 0.0, len(side.seeds), language, ties_share)
        told.append(say("more" if gap.clear else "more_close", language, futures=wins, **names, **numbers))
    return told


def signed_amount(value: float, language: Language) -> str:
    """An amount of money with its sign, whichever it is."""
    return f"{'+' if value > 0 else ''}{amount(value, language)}"


def differing(sides: Sequence[Side]) -> dict[str, list[Any]]:
    """The keys of exactly those assumptions in which sides differ, with each side's value; None where it has none."""
    tables = [
        {row.key: row.value for row in explain(side.scenario) if row.key.partition(".")[0] not in NAMED}
        for side in sides
    ]
    keys = list(dict.fromkeys(key for table in tables for key in table))
    found = {key: [table.get(key) for table in tables] for key in keys}
    return {key: values for key, values in found.items() if any(value != values[0] for value in values)}


def difference_rows(sides: Sequence[Side], labels: Sequence[str], language: Language) -> Iterator[list[str]]:
    """What differs, in words: assumptions, then strategies."""
    meanings = {
        row.key: row.meaning_zh if language == "zh" else row.meaning for side in sides for row in explain(side.scenario)
    }
    yield [say("key", language), say("meaning", language), *labels]
    for key, values in differing(sides).items():
        yield [key, meanings[key], *(say("absent", language) if each is None else written(each) for each in values)]
    if len({side.strategy for side in sides}) > 1:
        names = [strategy_name(side.strategy, language) for side in sides]
        yield ["strategy", say("strategies", language), *names]


def number_rows(sides: Sequence[Side], labels: Sequence[str], language: Language) -> Iterator[list[Any]]:
    """Every metric of every side, and every side's difference from the first, for a file."""
    first = sides[0]
    gap_columns = ["difference", "difference_low", "difference_high", "wins_share"]
    yield ["side", "metric", "unit", "mean", "low", "high", *gap_columns]
    for label, side in zip(labels, sides, strict=True):
        values, gaps = side.values(), side.less(first)
        for metric, found in values.items():
            gap = gaps[metric]
            unit = metric_unit(metric, language)
            yield [label, metric, unit, found.mean, found.low, found.high, gap.mean, gap.low, gap.high, gap.wins_share]
