"""Tables of experiments' answers, for a terminal."""

from __future__ import annotations

from sim.assumptions.ranges import BASES, Range, plain
from sim.inference.paired_differences import PairedDifference
from sim.questions.breakeven.answer import BreakEven, Frontier
from sim.questions.optimise.answer import Optimum
from sim.questions.sensitivity.answer import Indices, Tornado
from sim.questions.waterfall.answer import Bar, Waterfall
from sim.report.tables import rendered
from sim.report.words import metric_label, metric_unit, quantity
from sim.text.phrases import Language, strategy_name

HEADINGS: dict[str, dict[Language, str]] = {
    "kind": {"en": "break-even", "zh": "口径"},
    "interval": {"en": "(95% interval)", "zh": "（95% 区间）"},
    "wins": {"en": "{name} wins", "zh": "{name}胜出比例"},
    "assumption": {"en": "assumption", "zh": "假设"},
    "range": {"en": "range", "zh": "范围"},
    "basis": {"en": "range from", "zh": "范围来源"},
    "at_low": {"en": "at the low end", "zh": "取下限"},
    "at_high": {"en": "at the high end", "zh": "取上限"},
    "swing": {"en": "swing (95% interval)", "zh": "变动（95% 区间）"},
    "flips": {"en": "flips", "zh": "翻转"},
    "yes": {"en": "yes", "zh": "是"},
    "unused": {"en": "Left out, because they change nothing here: ", "zh": "以下假设在此情景下毫无影响，未列出："},
    "part": {"en": "part", "zh": "分项"},
    "share": {"en": "yuan a future (95% interval)", "zh": "每个未来，元（95% 区间）"},
    "alone": {"en": "turned off alone", "zh": "单独关闭时"},
    "total": {"en": "difference", "zh": "差额"},
    "setting": {"en": "setting", "zh": "设置"},
    "best": {"en": "best", "zh": "最优"},
    "found": {"en": "found", "zh": "搜索所得"},
    "runner_up": {"en": "runner-up", "zh": "次优"},
    "now": {"en": "now", "zh": "现行"},
    "fresh": {"en": "fresh futures (95% interval)", "zh": "新未来（95% 区间）"},
    "searched": {"en": "search's futures (95% interval)", "zh": "搜索自用未来（95% 区间）"},
    "limits": {"en": "keeps limits", "zh": "守住限制"},
    "no": {"en": "no", "zh": "否"},
    "equal_envelope": {"en": "equal envelope", "zh": "预算相同"},
    "same_customers": {"en": "same customers", "zh": "顾客相同"},
}
INDEX_HEADINGS = {"sobol": ("S1", "±", "ST", "±"), "morris": ("mu*", "±", "sigma")}


def breakeven_table(answer: BreakEven, language: Language) -> str:
    """Every value lived, with the gap there."""
    rows = [
        [_word(line.kind, language), plain(value), _with_interval(answer.metric, gap), _wins(gap)]
        for line in answer.lines
        for value, gap in zip(line.values, line.gaps, strict=True)
    ]
    head = [_word("kind", language), _named(answer.span, language), *_gap_heads(answer, language)]
    return rendered(head, rows, "lrrr")


def frontier_table(answer: Frontier, language: Language) -> str:
    """Every pair of values lived, with the gap there."""
    rows = [
        [_word(each.kind, language), plain(y), plain(x), _with_interval(answer.metric, gap), _wins(gap)]
        for each in answer.maps
        for y, row in zip(answer.second_values, each.gaps, strict=True)
        for x, gap in zip(answer.first_values, row, strict=True)
    ]
    names = [_named(span, language) for span in (answer.second, answer.first)]
    return rendered([_word("kind", language), *names, *_gap_heads(answer, language)], rows, "lrrrr")


def tornado_table(answer: Tornado, language: Language) -> str:
    """Every assumption over its range, the widest swing first."""
    rows = [
        [
            each.span.label(language),
            f"{plain(each.span.low)}..{plain(each.span.high)}",
            BASES[each.span.basis][language],
            quantity(answer.metric, each.at_low.mean),
            quantity(answer.metric, each.at_high.mean),
            _with_interval(answer.metric, each.swing),
            _word("yes", language) if each.flips else "",
        ]
        for each in answer.swings
    ]
    names = ("assumption", "range", "basis", "at_low", "at_high", "swing", "flips")
    table = rendered([_word(name, language) for name in names], rows, "lrlrrrl")
    return table + (f"\n{_word('unused', language)}{', '.join(answer.unused)}\n" if answer.unused else "")


def indices_table(answer: Indices, language: Language) -> str:
    """Every assumption with its indices, the most important first."""
    sobol = answer.method == "sobol"
    rows = [
        [each.span.label(language), f"{plain(each.span.low)}..{plain(each.span.high)}"]
        + [
            f"{value:.3f}" if sobol else quantity(answer.metric, value)
            for value in (each.first, each.first_error, each.total, each.total_error)
            if value is not None
        ]
        for each in answer.indices
    ]
    heads = INDEX_HEADINGS[answer.method]
    return rendered([_word("assumption", language), _word("range", language), *heads], rows, "lr" + "r" * len(heads))


def waterfall_table(answer: Waterfall, language: Language) -> str:
    """Every bar, then the difference that they add up to."""
    alone = {bar.name: bar for bar in answer.one_at_a_time}
    only_alone = [bar for bar in answer.one_at_a_time if bar.name not in {each.name for each in answer.bars}]
    rows = [[bar.label(language), _bar(bar), _bar(alone.get(bar.name))] for bar in answer.bars]
    rows += [[bar.label(language), "", _bar(bar)] for bar in only_alone]
    total = Bar("total", answer.total_micro_yuan, answer.total.low, answer.total.high)
    rows += [[_word("total", language), _bar(total), _bar(total) if alone else ""]]
    heads = [_word(name, language) for name in ("part", "share", "alone")]
    if not alone:
        return rendered(heads[:2], [row[:2] for row in rows], "lr")
    return rendered(heads, rows, "lrr")


def optimum_table(answer: Optimum, language: Language) -> str:
    """The settings that were judged on fresh seeds."""
    rows = [
        [_word(answer.role(each), language), *(plain(each.values[span.key]) for span in answer.spans)]
        + [_with_interval(answer.objective, gap) for gap in (each.fresh, each.searched)]
        + ([_word("yes" if each.allowed else "no", language)] if answer.limits else [])
        for each in answer.candidates
    ]
    heads = [_word("setting", language), *(_named(span, language) for span in answer.spans)]
    heads += [_word(name, language) for name in ("fresh", "searched", *(("limits",) if answer.limits else ()))]
    return rendered(heads, rows, "l" + "r" * (len(heads) - 1))


def _word(name: str, language: Language) -> str:
    return HEADINGS[name][language]


def _named(span: Range, language: Language) -> str:
    unit = span.unit_in(language)
    return f"{span.label(language)} [{unit}]" if unit else span.label(language)


def _gap_heads(answer: BreakEven | Frontier, language: Language) -> list[str]:
    names = [strategy_name(name, language) for name in answer.strategies]
    what = f"{metric_label(answer.metric, language)} [{metric_unit(answer.metric, language)}]"
    between = f"{names[0]}减{names[1]}：" if language == "zh" else f"{names[0]} less {names[1]}: "
    gap = f"{between}{what}{'' if language == 'zh' else ' '}{_word('interval', language)}"
    return [gap, HEADINGS["wins"][language].format(name=names[0])]


def _wins(gap: PairedDifference) -> str:
    return "-" if gap.wins_share is None else f"{gap.wins_share:.2f}"


def _with_interval(metric: str, gap: PairedDifference) -> str:
    mean = quantity(metric, gap.mean)
    if gap.low is None or gap.high is None:
        return mean
    return f"{mean} ({quantity(metric, gap.low)} .. {quantity(metric, gap.high)})"


def _bar(bar: Bar | None) -> str:
    if bar is None:
        return ""
    if bar.low is None or bar.high is None:
        return f"{bar.yuan:,.0f}"
    return f"{bar.yuan:,.0f} ({bar.low:,.0f} .. {bar.high:,.0f})"
