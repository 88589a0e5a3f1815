"""Break-evens and frontiers in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.assumptions.ranges import plain, with_unit
from sim.inference.paired_differences import quantity
from sim.results.metrics import METRICS
from sim.text.phrases import Language, strategy_name

if TYPE_CHECKING:
    from sim.questions.breakeven.answer import BreakEven, Crossing, Frontier, Line, Map

KIND_NAMES: dict[str, dict[Language, str]] = {
    "equal_envelope": {"en": "Equal envelope (pool costs displace ads)", "zh": "预算相同（私域成本占用广告预算）"},
    "same_customers": {"en": "Same customers (pool costs on top)", "zh": "顾客相同（私域成本另付）"},
}


MOST_TOLD = 3
"""Ties that are told one by one."""


def metric_name(metric: str, language: Language) -> str:
    """A metric as it stands in a sentence."""
    return METRICS[metric].label_zh if language == "zh" else METRICS[metric].label_en


def line_sentence(answer: BreakEven, line: Line, language: Language) -> str:
    """Where the two tie, or who wins throughout and where the tie is nearest."""
    kind = KIND_NAMES[line.kind][language]
    if line.crossings:
        told = [_crossing(answer, each, language) for each in line.crossings]
        if len(told) > MOST_TOLD:
            told = [_many(answer, line.crossings, language)]
        return f"{kind}: {'; '.join(told)}." if language == "en" else f"{kind}：{'；'.join(told)}。"
    if line.nearest is None:
        return _undefined(answer, kind, language)
    if line.winner is None:
        equal = all(each.mean in (None, 0) for each in line.gaps)
        return (_tie_throughout if equal else _close_throughout)(answer, kind, language)
    return _no_crossing(answer, kind, line, language)


def _crossing(answer: BreakEven, each: Crossing, language: Language) -> str:
    value = with_unit(answer.span, each.value, language)
    low, high = plain(each.low), with_unit(answer.span, each.high, language)
    metric, alone = metric_name(answer.metric, language), len(answer.seeds) == 1
    if language == "zh":
        to_end = "，区间伸到范围端点，真值可能在外" if each.open_low or each.open_high else ""
        interval = "" if alone else f"（95% 区间 {low} 至 {high}{to_end}）"
        where = f"{answer.span.label('zh')}为 {value}{interval}时，两者{metric}打平"
        return f"{where}；{sides(each.below, each.above, 'zh')}"
    to_end = ", which runs to the end of the range" if each.open_low or each.open_high else ""
    interval = "" if alone else f" (95% interval {low} to {high}{to_end})"
    where = f"the two tie on {metric} at {answer.span.key} = {value}{interval}"
    return f"{where}; {sides(each.below, each.above, 'en')}"


def sides(below: str | None, above: str | None, language: Language) -> str:
    """Who is better on either side of a tie, where that is clear."""
    one, other = (None if each is None else strategy_name(each, language) for each in (below, above))
    if language == "zh":
        both = (("低于此值", one), ("高于此值", other))
        return "，".join(f"{place}{who}占优" if who else f"{place}难分高下" for place, who in both)
    if one and other:
        return f"below it {one} is better, above it {other}"
    if not (one or other):
        return "on either side the winner is too close to call"
    close, clear, who = ("above", "below", one) if one else ("below", "above", other)
    return f"{clear} it {who} is better, {close} it the winner is too close to call"


def _many(answer: BreakEven, crossings: Sequence[Crossing], language: Language) -> str:
    """More ties than can be told one by one: how many, between which values, and who is better outside them."""
    first, last = plain(crossings[0].value), with_unit(answer.span, crossings[-1].value, language)
    told = sides(crossings[0].below, crossings[-1].above, language)
    if language == "zh":
        return f"{answer.span.label('zh')}在 {first} 至 {last} 之间，领先者更替 {len(crossings)} 次；此区间之外，{told}"
    return f"between {answer.span.key} = {first} and {last} the lead changes {len(crossings)} times; outside, {told}"


def _no_crossing(answer: BreakEven, kind: str, line: Line, language: Language) -> str:
    """Who is better throughout, or wherever that is clear, and where the two come nearest."""
    name, metric = strategy_name(line.winner or "", language), metric_name(answer.metric, language)
    ends = f"{plain(answer.span.low)}..{with_unit(answer.span, answer.span.high, language)}"
    if language == "zh":
        where = f"{kind}：在 {answer.span.label('zh')} {ends} 内没有打平点"
        who = f"{name}的{metric}始终占优" if throughout(line) else f"凡能分出高下处都是{name}的{metric}占优"
        return f"{where}，{who}；{_nearest(answer, line, language)}。"
    where = f"{kind}: no tie for {answer.span.key} in {ends}; {name} is better on {metric}"
    return f"{where} {'throughout' if throughout(line) else 'wherever the winner is clear'}. " + _nearest(
        answer, line, language
    )


def throughout(line: Line) -> bool:
    """Whether there is a winner at every value at which the two can be compared."""
    return all(gap.clear or (gap.lone and gap.leads) for gap in line.gaps if gap.mean is not None)


def _nearest(answer: BreakEven, line: Line, language: Language) -> str:
    nearest = line.nearest or 0.0
    gap, at = line.gaps[line.values.index(nearest)], with_unit(answer.span, nearest, language)
    lead = quantity(answer.metric, abs(gap.mean or 0.0), language)
    clear = gap.clear or gap.lone
    if language == "zh":
        return f"最接近处为 {at}，领先 {lead}" if clear else f"最接近处为 {at}，相差 {lead}，难分高下"
    if clear:
        return f"It comes nearest at {at}, where it leads by {lead}."
    return f"The two come nearest at {at}, where they are {lead} apart, too close to call."


def _close_throughout(answer: BreakEven, kind: str, language: Language) -> str:
    ends = f"{plain(answer.span.low)}..{with_unit(answer.span, answer.span.high, language)}"
    metric = metric_name(answer.metric, language)
    if language == "zh":
        return f"{kind}：在 {answer.span.label('zh')} {ends} 内，两者的{metric}始终难分高下。"
    return f"{kind}: on {metric} the winner is too close to call throughout {answer.span.key} = {ends}."


def _tie_throughout(answer: BreakEven, kind: str, language: Language) -> str:
    ends = f"{plain(answer.span.low)}..{plain(answer.span.high)}"
    if language == "zh":
        return f"{kind}：在 {answer.span.label('zh')} {ends} 内，两者始终完全相同。"
    return f"{kind}: the two are exactly equal throughout {answer.span.key} = {ends}."


def _undefined(answer: BreakEven, kind: str, language: Language) -> str:
    metric = metric_name(answer.metric, language)
    if language == "zh":
        return f"{kind}：{metric}在整个范围内无定义，无法比较。"
    return f"{kind}: {metric} is undefined throughout, so that nothing can be compared."


def map_sentence(answer: Frontier, each: Map, language: Language) -> str:
    """How much of the map each strategy clearly holds, and where the border runs at its two ends."""
    kind = KIND_NAMES[each.kind][language]
    cells = [gap for row in each.gaps for gap in row]
    clear = [winner for gap in cells if (winner := gap.winner(answer.strategies))]
    one, other = answer.strategies
    names = [strategy_name(name, language) for name in answer.strategies]
    counts = clear.count(one), clear.count(other), len(cells) - len(clear)
    if language == "zh":
        head = f"{kind}：{len(cells)} 个格点中，{names[0]}明显占优 {counts[0]} 个，{names[1]} {counts[1]} 个"
        return f"{head}，难分高下 {counts[2]} 个{_border(answer, each, 'zh')}。"
    head = f"{kind}: of {len(cells)} points {names[0]} clearly wins {counts[0]} and {names[1]} {counts[1]}"
    return f"{head}; {counts[2]} {'is' if counts[2] == 1 else 'are'} too close to call{_border(answer, each, 'en')}."


def _border(answer: Frontier, each: Map, language: Language) -> str:
    rows = [(y, row[0]) for y, row in zip(answer.second_values, each.crossings, strict=True) if row]
    if not rows:
        return "; nowhere do they tie" if language == "en" else "；没有打平线"
    said = []
    for y, crossing in rows if len(rows) == 1 else (rows[0], rows[-1]):
        x, at = with_unit(answer.first, crossing.value, language), with_unit(answer.second, y, language)
        low, high = plain(crossing.low), plain(crossing.high)
        if language == "zh":
            said.append(f"{answer.second.label('zh')}为 {at} 时打平于 {x}（{low} 至 {high}）")
        else:
            said.append(f"at {answer.second.key} = {at} they tie at {answer.first.key} = {x} ({low} to {high})")
    return ("；" if language == "zh" else "; ") + ("，" if language == "zh" else ", and ").join(said)
