"""Sensitivity in sentences: which assumptions deserve data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.assumptions.ranges import plain, with_unit
from sim.inference.paired_differences import quantity
from sim.results.metrics import METRICS
from sim.text.phrases import Language, ratio, strategy_name

if TYPE_CHECKING:
    from sim.questions.sensitivity.answer import Index, Indices, Swing, Tornado


MOST_TOLD = 3
"""Assumptions of which is told from what to what they move the answer; further ones that flip it are named."""

ROUGH = 0.25
"""An error of a share of the variance beyond which it should not be read."""


def subject(metric: str, strategies: tuple[str, ...], language: Language) -> str:
    """What is looked at: a strategy's metric, or the difference between two."""
    label = METRICS[metric].label_zh if language == "zh" else METRICS[metric].label_en
    names = [strategy_name(name, language) for name in strategies]
    if language == "zh":
        return f"{names[0]}的{label}" if len(names) == 1 else f"{names[0]}与{names[1]}的{label}之差"
    return f"{label} of {names[0]}" if len(names) == 1 else f"{names[0]} less {names[1]} on {label}"


def tornado_sentence(answer: Tornado, language: Language) -> str:
    """Who deserves data, and whether any assumption alone changes the answer."""
    named = answer.deserve_data
    what = subject(answer.metric, answer.strategies, language)
    now = quantity(answer.metric, answer.now.mean, language)
    if not named:
        if language == "zh":
            return f"{what}为 {now}；在各自范围内，没有哪条假设能明显改变它。"
        return f"{what} is {now}, and no assumption clearly moves it within its range."
    told = [_moved(answer, each, language) for each in named[:MOST_TOLD]]
    told += [each.span.label(language) for each in named[MOST_TOLD:]]
    flips = named[0].flips
    if language == "zh":
        none = "没有哪条假设单独变动就能翻转结论；影响最大、最值得取数的是："
        head = "以下假设单独变动就会翻转结论，最值得取数：" if flips else none
        return f"{what}为 {now}。{head}{'；'.join(told)}。"
    one = len(told) == 1
    if flips:
        changes = "its sign" if len(answer.strategies) == 1 else "who wins"
        these, each = ("this", "it") if one else ("these", "each")
        head = f"Data are worth most on {these}, since {each} alone changes {changes}: "
    else:
        head = "No assumption alone changes the answer within its range; data are worth most on: "
    return f"{what} is {now}. {head}{'; '.join(told)}."


def _moved(answer: Tornado, each: Swing, language: Language) -> str:
    at_low, at_high = (quantity(answer.metric, gap.mean, language) for gap in (each.at_low, each.at_high))
    low, high = plain(each.span.low), with_unit(each.span, each.span.high, language)
    if language == "zh":
        known = "，纯假设" if each.span.assumed else ""
        return f"{each.span.label('zh')}（{low} 至 {high}{known}）：从 {at_low} 到 {at_high}"
    known = ", a plain assumption" if each.span.assumed else ""
    return f"{each.span.key} ({low} to {high}{known}), from {at_low} to {at_high}"


def indices_sentence(answer: Indices, language: Language) -> str:
    """What matters most when everything varies at once."""
    what = subject(answer.metric, answer.strategies, language)
    heavy = [each for each in answer.indices[:3] if _weighs(answer, each)]
    if not heavy:
        if language == "zh":
            return f"所有假设同时变动时，{what}几乎不变。没有哪条假设的影响明显大于零。"
        return f"With all assumptions varying at once, {what} hardly changes. None clearly matters."
    told = [_weight(answer, each, language) for each in heavy]
    named = [each.span.label(language) for each in answer.deserve_data]
    rough = _caution(answer, language)
    if language == "zh":
        needs = f"最值得取数的是：{'、'.join(named)}。" if named else "没有哪条假设的影响明显大于零。"
        wins = _wins(answer, "zh")
        return f"所有假设同时变动时，{what}的主要来源：{'；'.join(told)}。{wins}{needs}{rough}"
    needs = f"Data are worth most on {_listed(named)}." if named else "None clearly matters."
    most = f"With all assumptions varying at once, {what} depends most on {'; '.join(told)}."
    return f"{most} {_wins(answer, 'en')}{needs}{rough}"


def _weighs(answer: Indices, each: Index) -> bool:
    """Whether an assumption weighs anything that can be read."""
    return each.first != 0 if answer.method == "morris" else round(each.total, 2) > 0


def _caution(answer: Indices, language: Language) -> str:
    """A warning where the samples are too few for the shares to be read."""
    errors = [each.total_error or 0.0 for each in answer.indices] if answer.method == "sobol" else []
    if max(errors, default=0.0) <= ROUGH:
        return ""
    return "样本太少，比例仍很粗略。" if language == "zh" else " The shares are still rough; take more samples."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _wins(answer: Indices, language: Language) -> str:
    if len(answer.strategies) == 1:
        return ""
    name, share = strategy_name(answer.strategies[0], language), ratio(answer.wins_share)
    if language == "zh":
        return f"在 {answer.samples} 组假设里，{name}占优的比例为 {share}。"
    return f"{name} is better in a share of {share} of {answer.samples} sets of assumptions. "


def _weight(answer: Indices, each: Index, language: Language) -> str:
    label = each.span.label(language)
    if answer.method == "morris":
        size = quantity(answer.metric, each.first, language)
        return f"{label}（mu* {size}）" if language == "zh" else f"{label} (mu* {size})"
    total, error = ratio(each.total), ratio(each.total_error or 0.0)
    if language == "zh":
        return f"{label}（总效应占方差 {total} ± {error}）"
    return f"{label} (share of the variance, interplay included, {total} ± {error})"
