"""The best setting in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.answers.gap import Gap, quantity, spread
from sim.answers.ranges import plain
from sim.metrics import METRICS
from sim.phrases import Language, strategy_name

if TYPE_CHECKING:
    from sim.answers.optimum import Candidate, Optimum


def sentences(answer: Optimum, language: Language) -> str:
    """Setting and value on fresh seeds; gain over now; regret of the runner-up; optimism of the search."""
    parts = [_best(answer, language), _gain(answer, language), _regret(answer, language), _optimism(answer, language)]
    return ("" if language == "zh" else " ").join(part for part in parts if part)


def setting(answer: Optimum, each: Candidate, language: Language) -> str:
    """The values of a candidate, parameter by parameter."""
    labels = {span.key: span.label(language) for span in answer.spans}
    return ("、" if language == "zh" else ", ").join(f"{labels[key]} = {plain(value)}" for key, value in each.values.items())


def _said(answer: Optimum, gap: Gap, language: Language) -> str:
    return quantity(answer.objective, gap.mean, language) + spread(answer.objective, gap.low, gap.high, language)


def _best(answer: Optimum, language: Language) -> str:
    metric = METRICS[answer.objective]
    name, best = strategy_name(answer.strategy, language), setting(answer, answer.best, language)
    value, futures = _said(answer, answer.best.fresh, language), len(answer.fresh_seeds)
    broken = not answer.best.allowed
    if language == "zh":
        caution = "，但在这些未来里未能守住全部限制" if broken else ""
        return f"{name}的最优设置：{best}；在 {futures} 个未参与搜索的未来里，{metric.label_zh}为 {value}{caution}。"
    caution = ", but there it does not keep every limit" if broken else ""
    return f"Best for {name}: {best}; in {futures} fresh futures {metric.label_en} is {value}{caution}."


def _gain(answer: Optimum, language: Language) -> str:
    same = answer.best.values == answer.now.values
    if same:
        return "现行设置就是最优。" if language == "zh" else "That is the setting as it is now."
    said, sure = _said(answer, answer.gain, language), answer.gain.clear
    if language == "zh":
        return f"比现行设置好 {said}{'' if sure else '，难分高下'}。"
    return f"It is better than the setting now by {said}{'' if sure else ', too close to call'}."


def _regret(answer: Optimum, language: Language) -> str:
    if answer.runner_up is None or answer.regret is None:
        return ""
    other, said = setting(answer, answer.runner_up, language), _said(answer, answer.regret, language)
    if language == "zh":
        close = "" if answer.regret.clear else "，难分高下"
        return f"若改选次优（{other}），损失 {said}{close}。"
    close = "" if answer.regret.clear else ", too close to call"
    return f"Choosing the runner-up ({other}) would lose {said}{close}."


def _optimism(answer: Optimum, language: Language) -> str:
    searched, said = quantity(answer.objective, answer.best.searched.mean, language), _said(answer, answer.optimism, language)
    if language == "zh":
        return f"搜索所用的 {len(answer.search_seeds)} 个未来给出 {searched}，偏乐观 {said}。"
    return f"The search's own {len(answer.search_seeds)} futures said {searched}: optimistic by {said}."
