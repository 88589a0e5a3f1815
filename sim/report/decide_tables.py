"""The verdict under doubt as tables: strategies over worlds, what is worth finding out and who can, where it loses."""

from __future__ import annotations

from collections.abc import Mapping

from sim.questions.decide.answer import Known, Outcome, Verdict
from sim.questions.decide.words import ASKED, flip_sentence, of_100, rule_sentence
from sim.report.tables import rendered
from sim.report.words import metric_label, metric_unit, quantity
from sim.text.phrases import Language, strategy_name

HEADINGS: dict[str, dict[Language, str]] = {
    "strategy": {"en": "strategy", "zh": "策略"},
    "mean": {"en": "mean", "zh": "均值"},
    "range": {"en": "9 of 10 worlds", "zh": "九成世界"},
    "p_best": {"en": "best in 100", "zh": "百个世界中最好"},
    "expected_loss": {"en": "expected loss", "zh": "预期损失"},
    "p_negative": {"en": "below 0 in 100", "zh": "百个中为负"},
    "worst_tenth": {"en": "worst tenth", "zh": "最差一成均值"},
    "max_regret": {"en": "greatest regret", "zh": "最大后悔"},
    "who": {"en": "who can tell", "zh": "谁能查清"},
    "what": {"en": "what", "zh": "什么"},
    "value": {"en": "worth knowing", "zh": "知情价值"},
    "noise": {"en": "noise", "zh": "噪声水平"},
    "all": {"en": "all {n} together", "zh": "全部 {n} 项"},
    "everything": {"en": "everything (EVPI)", "zh": "一切（EVPI）"},
    "other": {"en": "Under the other prior ({prior}):", "zh": "换用另一种先验（{prior}）："},
    "rules": {"en": "Where it loses:", "zh": "在哪里会输："},
    "flips": {"en": "What flips the scenario's own answer:", "zh": "什么会翻转情景自身的结论："},
}
MOST_SHOWN = 12


def decide_table(verdict: Verdict, language: Language) -> str:
    """All tables, one below the other."""
    parts = [_strategies(verdict.metric, verdict.strategies, language), _worths(verdict, language)]
    parts += [_flips(verdict, language), _rules(verdict, language)]
    if verdict.other_prior is not None:
        title = HEADINGS["other"][language].format(prior=verdict.other_prior.prior)
        parts.append(f"{title}\n{_strategies(verdict.metric, verdict.other_prior.strategies, language)}")
    return "\n".join(part for part in parts if part)


def _strategies(metric: str, found: Mapping[str, Outcome], language: Language) -> str:
    rows = [
        [
            strategy_name(name, language),
            quantity(metric, each.mean),
            f"{quantity(metric, each.p5)} .. {quantity(metric, each.p95)}",
            of_100(each.p_best),
            quantity(metric, each.expected_loss),
            of_100(each.p_negative),
            quantity(metric, each.worst_tenth),
            quantity(metric, each.max_regret),
        ]
        for name, each in found.items()
    ]
    names = ("mean", "range", "p_best", "expected_loss", "p_negative", "worst_tenth", "max_regret")
    first = f"{metric_label(metric, language)} [{metric_unit(metric, language)}]"
    return rendered([first, *(HEADINGS[name][language] for name in names)], rows, "lrrrrrrr")


def _worths(verdict: Verdict, language: Language) -> str:
    if not verdict.drawn_keys:
        return ""
    shown = [each for each in verdict.evppi if each.clear or len(each.keys) > 1][:MOST_SHOWN]
    rows = [
        [
            _what(verdict, each, language),
            quantity(verdict.metric, each.value),
            quantity(verdict.metric, each.noise),
            ASKED[each.who][language],
        ]
        for each in shown
    ]
    whole = verdict.evpi
    everything = [quantity(verdict.metric, whole.value), quantity(verdict.metric, whole.noise)]
    rows.insert(0, [HEADINGS["everything"][language], *everything, ""])
    return rendered([HEADINGS[name][language] for name in ("what", "value", "noise", "who")], rows, "lrrl")


def _what(verdict: Verdict, known: Known, language: Language) -> str:
    return (
        verdict.named(known.keys[0], language)
        if len(known.keys) == 1
        else HEADINGS["all"][language].format(n=len(known.keys))
    )


def _flips(verdict: Verdict, language: Language) -> str:
    if not verdict.flips or verdict.as_assumed is None:
        return ""
    pair = verdict.as_assumed.winner, verdict.as_assumed.rival
    told = [
        flip_sentence(verdict, each, *pair, language) + (f" ({each.source})" if each.source else "")
        for each in verdict.flips
    ]
    return "\n".join([HEADINGS["flips"][language], *told]) + "\n"


def _rules(verdict: Verdict, language: Language) -> str:
    if not verdict.rules:
        return ""
    return "\n".join([HEADINGS["rules"][language], *(rule_sentence(each, language) for each in verdict.rules)]) + "\n"
