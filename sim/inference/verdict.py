"""The verdict: who wins on profit and on ROI, by how much and how surely, as facts and as two sentences."""

from __future__ import annotations

from dataclasses import dataclass

from sim.inference.bootstrap import Difference, Estimate
from sim.text.phrases import (
    ENOUGH_FUTURES,
    Language,
    amount,
    amount_range,
    in_futures,
    ratio,
    ratio_range,
    ratios_apart,
    strategy_name,
)


@dataclass(frozen=True)
class Contest:
    """One yardstick: strategies from best to worst, what each reaches, and the winner's lead over the rival that
    counts (None if there is no rival).
    """

    ranking: tuple[str, ...]
    estimates: tuple[Estimate, ...]
    lead: Difference | None

    @property
    def winner(self) -> str:
        """The strategy with the highest mean."""
        return self.ranking[0]

    def of(self, strategy: str) -> Estimate:
        """What one strategy reaches."""
        return self.estimates[self.ranking.index(strategy)]


@dataclass(frozen=True)
class Verdict:
    """All that the two sentences say. ``payback`` belongs to the winner on profit; ``behind`` names strategies other
    than the runner-up that clearly lose to it, ``same`` strategies that are one: equal in every future.
    """

    futures: int
    watched_days: int
    profit: Contest
    roi: Contest
    payback: Estimate
    behind: tuple[str, ...]
    same: tuple[tuple[str, ...], ...] = ()

    @property
    def agree(self) -> bool:
        """Whether profit and ROI name the same winner."""
        return self.profit.winner == self.roi.winner


def sentences(verdict: Verdict, language: Language) -> tuple[str, str]:
    """The verdict as two sentences: profit first, then ROI and payback."""
    if language == "zh":
        first = _profit_zh(verdict) + _same_zh(verdict)
        return first, f"{_roi_zh(verdict)}；{_payback_zh(verdict)}{_caution_zh(verdict)}。"
    return _profit_en(verdict) + _same_en(verdict), f"{_roi_en(verdict)}; {_payback_en(verdict)}{_caution_en(verdict)}."


def in_words(verdict: Verdict, language: Language) -> str:
    """The verdict as one text."""
    return ("" if language == "zh" else " ").join(sentences(verdict, language))


def _same_en(verdict: Verdict) -> str:
    return "".join(
        f" {', '.join(names[:-1])} and {names[-1]} do the same here: nothing differs in any future."
        for names in ([strategy_name(each, "en") for each in group] for group in verdict.same)
    )


def _same_zh(verdict: Verdict) -> str:
    return "".join(
        f"{'、'.join(names[:-1])}与{names[-1]}在此完全相同：任何未来里都没有差别。"
        for names in ([strategy_name(each, "zh") for each in group] for group in verdict.same)
    )


def _wins(lead: Difference, verdict: Verdict, language: Language) -> str:
    return in_futures(lead.wins_share or 0, verdict.futures, language, lead.ties_share)


def _profit_en(verdict: Verdict) -> str:
    contest, lead = verdict.profit, verdict.profit.lead
    winner, mine = strategy_name(contest.winner, "en"), contest.estimates[0]
    if lead is None or lead.mean is None:
        return f"{winner} makes a net profit of {amount(mine.mean or 0, 'en')}{_interval_en(mine)}."
    rival, theirs = strategy_name(lead.than, "en"), contest.of(lead.than).mean or 0
    if verdict.futures == 1:
        return f"In this one future {winner} {_best_en(mine)}, {amount(lead.mean, 'en')} more than {rival}."
    wins = f"wins in {_wins(lead, verdict, 'en')}{_behind_en(verdict)}."
    if lead.too_close:
        return (
            f"Too close to call on net profit: {winner} ({amount(mine.mean or 0, 'en')}) and {rival}"
            f" ({amount(theirs, 'en')}) differ by {amount(lead.mean, 'en')}{_interval_en(lead)}, and {winner} {wins}"
        )
    return f"{winner} {_best_en(mine)}, {amount(lead.mean, 'en')} more than {rival}{_interval_en(lead)}, and {wins}"


def _best_en(mine: Estimate) -> str:
    value = mine.mean or 0
    return f"{'earns most' if value >= 0 else 'loses least'}, with a net profit of {amount(value, 'en')}"


def _interval_en(found: Estimate | Difference) -> str:
    if found.low is None or found.high is None:
        return ""
    return f" (95% interval {amount_range(found.low, found.high, 'en')})"


def _behind_en(verdict: Verdict) -> str:
    names = [strategy_name(each, "en") for each in verdict.behind]
    return f"; {' and '.join(names)} {'is' if len(names) == 1 else 'are'} clearly behind" if names else ""


def _roi_en(verdict: Verdict) -> str:
    contest, lead = verdict.roi, verdict.roi.lead
    mine = contest.estimates[0]
    if mine.mean is None:
        return "ROI is undefined, because nothing was spent on marketing"
    if lead is None or lead.mean is None:
        return f"ROI is {ratio(mine.mean)}"
    winner, rival = strategy_name(contest.winner, "en"), strategy_name(lead.than, "en")
    ours, theirs = ratios_apart(mine.mean, contest.of(lead.than).mean or 0)
    if lead.mean == 0:
        return f"ROI is the same for {winner} and {rival}, {ours}"
    numbers = f"{ours} against {theirs} for {rival}"
    if lead.low is None or lead.high is None:
        return f"ROI is highest for {winner}, {numbers}"
    numbers += f" ({ratio_range(lead.mean, lead.low, lead.high, 'en')})"
    if lead.too_close:
        return f"ROI is too close to call, with {winner} at {numbers}"
    return f"ROI agrees, {numbers}" if verdict.agree else f"ROI disagrees and is highest for {winner}, {numbers}"


def _payback_en(verdict: Verdict) -> str:
    winner, found = strategy_name(verdict.profit.winner, "en"), verdict.payback
    reached = found.reached_share or 0
    if found.mean is None:
        return f"{winner} does not pay back within {verdict.watched_days} days"
    if reached < 1:
        return f"{winner} pays back in {in_futures(reached, verdict.futures, 'en')}, on day {found.mean:.0f} on average"
    if found.p95 == 0:
        return f"{winner} is never in the red"
    spread = ""
    if verdict.futures >= ENOUGH_FUTURES:
        spread = f" (day {found.p5:.0f} to {found.p95:.0f} in the middle nine tenths of futures)"
    return f"{winner} pays back on day {found.mean:.0f}{spread}"


def _caution_en(verdict: Verdict) -> str:
    return "; one future says nothing about certainty" if verdict.futures == 1 else ""


def _profit_zh(verdict: Verdict) -> str:
    contest, lead = verdict.profit, verdict.profit.lead
    winner, mine = strategy_name(contest.winner, "zh"), contest.estimates[0]
    if lead is None or lead.mean is None:
        return f"{winner}的净利润为 {amount(mine.mean or 0, 'zh')}{_interval_zh(mine)}。"
    rival, theirs = strategy_name(lead.than, "zh"), contest.of(lead.than).mean or 0
    if verdict.futures == 1:
        return f"在这一个未来里，{winner}{_best_zh(mine)}，比{rival}多 {amount(lead.mean, 'zh')}。"
    wins = f"在 {_wins(lead, verdict, 'zh')}里胜出{_behind_zh(verdict)}。"
    if lead.too_close:
        return (
            f"净利润难分高下：{winner}（{amount(mine.mean or 0, 'zh')}）与{rival}（{amount(theirs, 'zh')}）"
            f"相差 {amount(lead.mean, 'zh')}{_interval_zh(lead)}，{winner}{wins}"
        )
    return f"{winner}{_best_zh(mine)}，比{rival}多 {amount(lead.mean, 'zh')}{_interval_zh(lead)}，{wins}"


def _best_zh(mine: Estimate) -> str:
    value = mine.mean or 0
    return f"{'净利润最高，' if value >= 0 else '亏损最少，净利润'}为 {amount(value, 'zh')}"


def _interval_zh(found: Estimate | Difference) -> str:
    if found.low is None or found.high is None:
        return ""
    return f"（95% 区间 {amount_range(found.low, found.high, 'zh')}）"


def _behind_zh(verdict: Verdict) -> str:
    names = [strategy_name(each, "zh") for each in verdict.behind]
    return f"；{'、'.join(names)}明显落后" if names else ""


def _roi_zh(verdict: Verdict) -> str:
    contest, lead = verdict.roi, verdict.roi.lead
    mine = contest.estimates[0]
    if mine.mean is None:
        return "没有营销费用，投产比 ROI 无定义"
    if lead is None or lead.mean is None:
        return f"投产比 ROI 为 {ratio(mine.mean)}"
    winner, rival = strategy_name(contest.winner, "zh"), strategy_name(lead.than, "zh")
    ours, theirs = ratios_apart(mine.mean, contest.of(lead.than).mean or 0)
    if lead.mean == 0:
        return f"{winner}与{rival}的投产比 ROI 相同，为 {ours}"
    numbers = f"{winner} {ours}，{rival} {theirs}"
    if lead.low is None or lead.high is None:
        return f"投产比 ROI：{numbers}"
    numbers += f"（{ratio_range(lead.mean, lead.low, lead.high, 'zh')}）"
    if lead.too_close:
        return f"投产比 ROI 难分高下：{numbers}"
    return f"投产比 ROI 结论一致：{numbers}" if verdict.agree else f"投产比 ROI 结论相反，{winner}更高：{numbers}"


def _payback_zh(verdict: Verdict) -> str:
    winner, found = strategy_name(verdict.profit.winner, "zh"), verdict.payback
    reached = found.reached_share or 0
    if found.mean is None:
        return f"{winner}在 {verdict.watched_days} 天内没有回本"
    if reached < 1:
        return f"{winner}在 {in_futures(reached, verdict.futures, 'zh')}里回本，平均在第 {found.mean:.0f} 天"
    if found.p95 == 0:
        return f"{winner}始终没有亏空"
    spread = (
        f"（居中九成的未来在第 {found.p5:.0f} 至 {found.p95:.0f} 天）"
        if verdict.futures >= ENOUGH_FUTURES
        else ""
    )
    return f"{winner}在第 {found.mean:.0f} 天回本{spread}"


def _caution_zh(verdict: Verdict) -> str:
    return "；单个未来不能说明确定性" if verdict.futures == 1 else ""
