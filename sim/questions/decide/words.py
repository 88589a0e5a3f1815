"""The verdict under doubt in sentences, in English and Chinese: what is chosen, what doubt costs, what to ask first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sim.inference.paired_differences import quantity, spread
from sim.questions.discovery.answer import Rule
from sim.results.metrics import METRICS
from sim.text.phrases import Language, strategy_name

if TYPE_CHECKING:
    from sim.questions.decide.answer import Flip, Outcome, Verdict

ASKED: dict[str, dict[Language, str]] = {
    "accounting": {"en": "the books tell", "zh": "查账可知"},
    "log": {"en": "the order log tells", "zh": "查订单记录可知"},
    "pilot": {"en": "a pilot tells", "zh": "试点可知"},
    "nobody": {"en": "nobody can tell yet", "zh": "目前无人能知"},
}


def told(verdict: Verdict, language: Language) -> str:
    """All sentences, one after the other."""
    said = [
        _stopped(verdict, language),
        headline(verdict, language),
        _first_to_ask(verdict, language),
        _worst_flip(verdict, language),
        _other_prior(verdict, language),
        _other_criteria(verdict, language),
        _refused(verdict, language),
        _one_future(verdict, language),
    ]
    return ("" if language == "zh" else " ").join(each for each in said if each)


def headline(verdict: Verdict, language: Language) -> str:
    """The choice, in how many of 100 possible worlds it is best, what it costs against knowing, and luck's part."""
    if not verdict.drawn_keys:
        return _as_if_known(verdict, language)
    mine = verdict.strategies[verdict.choice]
    name, mean = strategy_name(verdict.choice, language), quantity(verdict.metric, mine.mean, language)
    cost = quantity(verdict.metric, mine.expected_loss, language)
    metric = METRICS[verdict.metric]
    if language == "zh":
        return (
            f"按平均{metric.label_zh}最好的是{name}（{mean}），{_best_in(verdict, 'zh')}；"
            f"与事先知道会是哪种世界相比，选它平均要差 {cost}。"
            f"这份不确定中，运气占 {_percent(verdict.luck_share)}，其余来自尚不知道的假设。"
        )
    return (
        f"{name} has the best mean ({metric.label_en} {mean}) and is best in {_best_in(verdict, 'en')};"
        f" choosing it costs {cost} on average against knowing which world it will be."
        f" Luck is {_percent(verdict.luck_share)} of this doubt, the rest is what is not known."
    )


def _as_if_known(verdict: Verdict, language: Language) -> str:
    name, rival = (strategy_name(each, language) for each in (verdict.choice, verdict.runner_up))
    lead = quantity(verdict.metric, abs(verdict.lead.mean or 0.0), language)
    within = spread(verdict.metric, verdict.lead.low, verdict.lead.high, language)
    if language == "zh":
        return f"没有任何假设被抽取：若每条假设都恰好成立，{name}比{rival}好 {lead}{within}，剩下的不确定全是运气。"
    return (
        f"Nothing was drawn: if every assumption held exactly, {name} would be {lead} better than {rival}{within},"
        " and all the doubt that is left is luck."
    )


def _best_in(verdict: Verdict, language: Language) -> str:
    """In how many possible worlds it is best, and who is in the others: of 100, or of all if there are fewer."""
    shares = {name: each.p_best for name, each in verdict.strategies.items() if name != verdict.choice}
    others = sorted(shares, key=lambda name: -shares[name])
    worlds = min(100, len(verdict.values))
    mine = _of(verdict.strategies[verdict.choice].p_best, worlds)
    if language == "zh":
        rest = "、".join(f"{strategy_name(name, 'zh')} {_of(shares[name], worlds)} 个" for name in others)
        return f"{worlds} 个可能的世界里有 {mine} 个是它最好（{rest}）"
    rest = ", ".join(f"{strategy_name(name, 'en')} in {_of(shares[name], worlds)}" for name in others)
    return f"{mine} of {worlds} possible worlds ({rest})"


def _first_to_ask(verdict: Verdict, language: Language) -> str:
    clear = [each for each in verdict.singles if each.clear][:3]
    if not verdict.drawn_keys:
        return ""
    if not clear:
        nothing = "No single thing is clearly worth finding out."
        return "没有哪一项单独值得先查清。" if language == "zh" else nothing
    named = [
        (
            verdict.named(each.keys[0], language),
            quantity(verdict.metric, each.value, language),
            ASKED[each.who][language],
        )
        for each in clear
    ]
    if language == "zh":
        return f"最值得先查清的是：{'；'.join(f'{key}（值 {worth}，{who}）' for key, worth, who in named)}。"
    return f"Find out first: {'; '.join(f'{key} (worth {worth}; {who})' for key, worth, who in named)}."


def _worst_flip(verdict: Verdict, language: Language) -> str:
    if not verdict.flips or verdict.as_assumed is None:
        return ""
    assumed = verdict.as_assumed
    return flip_sentence(verdict, verdict.flips[0], assumed.winner, assumed.rival, language)


def flip_sentence(verdict: Verdict, flip: Flip, winner: str, rival: str, language: Language) -> str:
    """What flips the answer that the scenario's own values give."""
    ahead, behind = strategy_name(winner, language), strategy_name(rival, language)
    gap = quantity(verdict.metric, abs(flip.difference.mean or 0.0), language)
    gap += spread(verdict.metric, flip.difference.low, flip.difference.high, language)
    values = [f"{verdict.named(key, language)} = {value:g}" for key, value in flip.changes.items()]
    if language == "zh":
        return f"以情景自身取值，{ahead}领先；但若{'，且'.join(values)}，则{ahead}比{behind}差 {gap}。"
    return f"At the scenario's own values {ahead} leads; with {' and '.join(values)} it falls {gap} behind {behind}."


def _other_prior(verdict: Verdict, language: Language) -> str:
    other = verdict.other_prior
    if other is None:
        return ""
    name, share = strategy_name(other.choice, language), of_100(other.strategies[other.choice].p_best)
    same = other.choice == verdict.choice
    if language == "zh":
        return (
            f"换用另一种先验（{other.prior}），{'仍选' if same else '则改选'}{name}，100 个世界里 {share} 个是它最好。"
        )
    chosen = f"the choice is {'still ' if same else ''}{name}, best in {share} of 100 worlds"
    return f"Under the other prior ({other.prior}) {chosen}{'' if same else ': the answer hangs on what is believed'}."


def _other_criteria(verdict: Verdict, language: Language) -> str:
    """Which other rules of choice would choose otherwise."""
    found = verdict.strategies
    rules: dict[Language, dict[str, str]] = {
        "en": {
            "max_regret": "the smallest greatest regret",
            "worst_tenth": "the best worst tenth",
            "p_negative": "the fewest losses",
            "p_best": "most often the best",
        },
        "zh": {
            "max_regret": "最大后悔最小",
            "worst_tenth": "最差一成最好",
            "p_negative": "亏损最少见",
            "p_best": "最常最好",
        },
    }
    ties = {rule: pick for rule in rules[language] if (pick := _pick(found, rule, verdict)) != verdict.choice}
    if not ties or len(found) < 2:
        return ""
    said = [f"{rules[language][rule]}: {strategy_name(pick, language)}" for rule, pick in ties.items()]
    if language == "zh":
        return f"按别的准则会另选：{'；'.join(said).replace(': ', '为')}。"
    return f"Other rules would choose otherwise ({'; '.join(said)})."


def _pick(found: Mapping[str, Outcome], rule: str, verdict: Verdict) -> str:
    """The strategy that a rule of choice picks; the verdict's choice wherever it is as good."""
    sign = -1.0 if METRICS[verdict.metric].better == "lower" else 1.0
    score: dict[str, Callable[[Outcome], float]] = {
        "max_regret": lambda each: -each.max_regret,
        "worst_tenth": lambda each: sign * each.worst_tenth,
        "p_negative": lambda each: -each.p_negative * sign,
        "p_best": lambda each: each.p_best,
    }
    scores = {name: score[rule](each) for name, each in found.items()}
    most = max(scores.values())
    if scores[verdict.choice] >= most:
        return verdict.choice
    return next(name for name, each in scores.items() if each == most)


def _refused(verdict: Verdict, language: Language) -> str:
    if verdict.accepted_share == 1:
        return ""
    share = _percent(1 - verdict.accepted_share)
    if language == "zh":
        return f"抽到的世界里有 {share} 是不可能存在的商家，已剔除。"
    return f"{share} of the worlds drawn are firms that cannot exist and were refused."


def _one_future(verdict: Verdict, language: Language) -> str:
    """A warning where luck passes for knowledge."""
    luck = verdict.luck
    if luck is None or luck.honest or not verdict.evpi.clear:
        return ""
    seen, scored = (quantity(verdict.metric, value, language) for value in (luck.seen, luck.scored))
    if language == "zh":
        return f"注意：在一个未来里选、在另一个未来里评分，知情只值 {scored}，而不是 {seen}：其中有运气的成分。"
    told = f"chosen in one future and scored in another, knowing is worth {scored} and not {seen}"
    return f"Beware: {told}; part of it is luck."


def _stopped(verdict: Verdict, language: Language) -> str:
    if not verdict.stopped:
        return ""
    if language == "zh":
        return f"已提前停止：{verdict.asked:,} 个世界中只算完 {verdict.draws:,} 个，以下仅据此而言。"
    return f"Stopped early: {verdict.draws:,} of {verdict.asked:,} worlds were lived, and this holds for these alone."


def rule_sentence(rule: Rule, language: Language) -> str:
    """Where the choice loses: one rule in a sentence."""
    conditions = [each.in_words(language) for each in rule.conditions]
    if language == "zh":
        return (
            f"当{'，且'.join(conditions)}时它会输：这样的世界 100 个里有 {of_100(rule.density)} 个如此；"
            f"它输掉的世界里有 {of_100(rule.coverage)}% 在这里。"
        )
    return (
        f"It loses where {' and '.join(conditions)}: in {of_100(rule.density)} of 100 such worlds, and"
        f" {of_100(rule.coverage)} of 100 worlds in which it loses lie there."
    )


def of_100(share: float) -> str:
    """A share of worlds counted in a hundred: never all or none unless it was all or none."""
    return _of(share, 100)


def _of(share: float, worlds: int) -> str:
    rounded = round(worlds * share)
    if rounded == worlds and share < 1:
        return f"{worlds - 1}"
    return "1" if rounded == 0 and share > 0 else f"{rounded}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if share < 0.095 else f"{of_100(share)} %"
