"""The best setting in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.assumptions.ranges import plain
from sim.inference.paired_differences import PairedDifference, quantity, spread
from sim.results.metrics import METRICS
from sim.text.phrases import Language, strategy_name

if TYPE_CHECKING:
    from sim.questions.optimise.answer import Candidate, Optimum


def sentences(answer: Optimum, language: Language) -> str:
    """Setting and value on fresh seeds; gain over now; regret of the runner-up; optimism of the search."""
    parts = [_best(answer, language), _gain(answer, language), _regret(answer, language), _optimism(answer, language)]
    return ("" if language == "zh" else " ").join(part for part in parts if part)


def headline(answer: Optimum, language: Language) -> str:
    """What is best, and against the setting as it is now."""
    return ("" if language == "zh" else " ").join((_best(answer, language), _gain(answer, language)))


def setting(answer: Optimum, each: Candidate, language: Language) -> str:
    """The values of a candidate, parameter by parameter."""
    labels = {span.key: span.label(language) for span in answer.spans}
    said = (f"{labels[key]} = {plain(value)}" for key, value in each.values.items())
    return ("、" if language == "zh" else ", ").join(said)


def _said(answer: Optimum, gap: PairedDifference, language: Language) -> str:
    return quantity(answer.objective, gap.mean, language) + spread(answer.objective, gap.low, gap.high, language)


def _best(answer: Optimum, language: Language) -> str:
    metric, taken = METRICS[answer.objective], answer.recommended
    name, values = strategy_name(answer.strategy, language), setting(answer, taken, language)
    value, futures = _said(answer, taken.fresh, language), len(answer.fresh_seeds)
    broken = not taken.allowed
    if language == "zh":
        caution = "，但在这些未来里未能守住全部限制" if broken else ""
        head = f"{name}维持现行设置：{values}" if answer.stays else f"{name}的最优设置：{values}"
        return f"{head}；在 {futures} 个未参与搜索的未来里，{metric.label_zh}为 {value}{caution}。"
    caution = ", but there it does not keep every limit" if broken else ""
    head = f"{name} stays as it is now: {values}" if answer.stays else f"Best for {name}: {values}"
    return f"{head}; in {futures} fresh futures {metric.label_en} is {value}{caution}."


def _gain(answer: Optimum, language: Language) -> str:
    if answer.best.values == answer.now.values:
        told = "搜索没有找到更好的设置。", "The search found nothing better."
        return told[language != "zh"]
    if answer.stays:
        return _no_better(answer, language)
    return _against(answer, answer.gain, ("the setting as it is now", "现行设置"), language)


def _no_better(answer: Optimum, language: Language) -> str:
    """The best that the search found, and why it is not taken."""
    found = setting(answer, answer.best, language)
    against = _against(answer, answer.gain, ("the setting as it is now", "现行设置"), language)
    breaks = answer.now.allowed and not answer.best.allowed
    if language == "zh":
        return f"搜索所得的最好设置为 {found}{'，但守不住全部限制' if breaks else ''}。{against}"
    return f"The search found {found}{', which does not keep every limit' if breaks else ''}. {against}"


def _turned(gap: PairedDifference) -> tuple[float | None, float | None]:
    """The interval of a difference's size: turned round where the difference is below 0."""
    if gap.low is None or gap.high is None or (gap.mean or 0.0) >= 0:
        return gap.low, gap.high
    return -gap.high, -gap.low


def _regret(answer: Optimum, language: Language) -> str:
    if answer.stays or answer.runner_up is None or answer.regret is None:
        return ""
    said = setting(answer, answer.runner_up, language)
    return _against(answer, answer.regret, (f"the runner-up ({said})", f"次优设置（{said}）"), language)


def _against(answer: Optimum, ahead: PairedDifference, other: tuple[str, str], language: Language) -> str:
    """How much choosing another setting would lose, or would have won, on fresh seeds."""
    if ahead.mean is None:
        return ""
    wins = ahead.mean < 0
    said = quantity(answer.objective, abs(ahead.mean), language) + spread(answer.objective, *_turned(ahead), language)
    if language == "zh":
        close = "" if ahead.clear else "，难分高下"
        return f"改选{other[1]}会{'多得' if wins else '损失'} {said}{close}。"
    close = "" if ahead.clear else ", too close to call"
    return f"Choosing {other[0]} would {'win' if wins else 'lose'} {said}{close}."


def _optimism(answer: Optimum, language: Language) -> str:
    searched = quantity(answer.objective, answer.best.searched.mean, language)
    said, futures = _said(answer, answer.optimism, language), len(answer.search_seeds)
    if language == "zh":
        return f"搜索自用的 {futures} 个未来给出 {searched}；乐观偏差为 {said}。"
    return f"The search's own {futures} futures said {searched}; their optimism is {said}."
