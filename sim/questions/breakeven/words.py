"""Break-evens and frontiers in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.assumptions.ranges import plain, with_unit
from sim.inference.paired_differences import Gap, leader, quantity
from sim.results.metrics import METRICS
from sim.text.phrases import Language, strategy_name

if TYPE_CHECKING:
    from sim.questions.breakeven.answer import BreakEven, Crossing, Frontier, Line, Map

KIND_NAMES: dict[str, dict[Language, str]] = {
    "equal_envelope": {"en": "Equal envelope (pool costs displace ads)", "zh": "预算相同（私域成本占用广告预算）"},
    "same_customers": {"en": "Same customers (pool costs on top)", "zh": "顾客相同（私域成本另付）"},
}


def metric_name(metric: str, language: Language) -> str:
    """A metric as it stands in a sentence."""
    return METRICS[metric].label_zh if language == "zh" else METRICS[metric].label_en


def line_sentence(answer: BreakEven, line: Line, language: Language) -> str:
    """Where the two tie, or who wins throughout and where the tie is nearest."""
    kind = KIND_NAMES[line.kind][language]
    if line.crossings:
        told = [_crossing(answer, each, language) for each in line.crossings]
        return f"{kind}: {'; '.join(told)}." if language == "en" else f"{kind}：{'；'.join(told)}。"
    if line.nearest is None:
        return _undefined(answer, kind, language)
    gap = line.gaps[line.values.index(line.nearest)]
    if line.winner is None:
        return _tie_throughout(answer, kind, language)
    return _no_crossing(answer, kind, line.winner, line.nearest, gap, language)


def _crossing(answer: BreakEven, each: Crossing, language: Language) -> str:
    below, above = (strategy_name(name, language) for name in (each.below, each.above))
    value = with_unit(answer.span, each.value, language)
    low, high = plain(each.low), with_unit(answer.span, each.high, language)
    metric, alone = metric_name(answer.metric, language), len(answer.seeds) == 1
    if language == "zh":
        to_end = "，区间伸到范围端点，真值可能在外" if each.open_low or each.open_high else ""
        interval = "" if alone else f"（95% 区间 {low} 至 {high}{to_end}）"
        where = f"{answer.span.label('zh')}为 {value}{interval}时，两者{metric}打平"
        return f"{where}；低于此值{below}占优，高于此值{above}占优"
    to_end = ", which runs to the end of the range" if each.open_low or each.open_high else ""
    interval = "" if alone else f" (95% interval {low} to {high}{to_end})"
    where = f"the two tie on {metric} at {answer.span.key} = {value}{interval}"
    return f"{where}; below it {below} is better, above it {above}"


def _no_crossing(answer: BreakEven, kind: str, winner: str, nearest: float, gap: Gap, language: Language) -> str:
    name, metric = strategy_name(winner, language), metric_name(answer.metric, language)
    ends = f"{plain(answer.span.low)}..{with_unit(answer.span, answer.span.high, language)}"
    at = with_unit(answer.span, nearest, language)
    lead = quantity(answer.metric, abs(gap.mean or 0.0), language)
    unsure = not gap.clear
    if language == "zh":
        still = "，此处难分高下" if unsure else ""
        where = f"{kind}：在 {answer.span.label('zh')} {ends} 内没有打平点"
        return f"{where}，{name}的{metric}始终占优；最接近处为 {at}，领先 {lead}{still}。"
    still = " and is too close to call there" if unsure else ""
    return (
        f"{kind}: no tie for {answer.span.key} in {ends}; {name} is better on {metric} throughout. It comes nearest at"
        f" {at}, where it leads by {lead}{still}."
    )


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
    clear = [leader(gap.mean, answer.strategies, answer.metric) for gap in cells if gap.clear and gap.mean is not None]
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
