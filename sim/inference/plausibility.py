"""A firm that cannot be: what is odd about a scenario before it is lived, and about an answer afterwards.

Nothing here is refused. Each doubt is a sentence that `siyu check`, `siyu compare` and the app's first page tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.assumptions.excesses import most_turnover_cny
from sim.assumptions.scenario import Scenario
from sim.text.phrases import Language, amount, strategy_name

if TYPE_CHECKING:
    from sim.inference.comparison import Comparison

MOST_CLICKS_A_PERSON = 3.0
"""Clicks on offer a day for each person of the market, beyond which nobody would click so much."""

SQUARES_BOUGHT = 5.0
"""Times over that a budget could buy every click on offer at its start price, beyond which it cannot be meant."""

LEAST_SPENT_SHARE = 0.5
"""Of a budget, what at least one strategy spends; below, the budget says nothing about the firm."""

FEWEST_DAYS = 28
"""Counted days from which on a budget that was not spent is worth a word."""


@dataclass(frozen=True)
class Doubt:
    """One oddity: a key of what is odd, and the sentence in both languages."""

    key: str
    en: str
    zh: str

    def in_words(self, language: Language) -> str:
        """The sentence."""
        return self.zh if language == "zh" else self.en


def doubts_about(scenario: Scenario) -> tuple[Doubt, ...]:
    """What is odd about a scenario as it stands: budget, people and clicks that do not belong together."""
    return tuple(_of_scenario(scenario))


def doubts_after(comparison: Comparison) -> tuple[Doubt, ...]:
    """What is odd about a scenario and its answer: also budgets that cannot be spent, and members left unserved."""
    return (*doubts_about(comparison.scenario), *_unspent(comparison), *_unserved(comparison))


def told(doubts: tuple[Doubt, ...], language: Language) -> str:
    """The sentences, a line each; empty if nothing is odd."""
    return "".join(f"{doubt.in_words(language)}\n" for doubt in doubts)


def as_json(doubts: tuple[Doubt, ...]) -> list[dict[str, str]]:
    """The doubts as plain values."""
    return [{"about": each.key, "en": each.en, "zh": each.zh} for each in doubts]


def _of_scenario(s: Scenario) -> Iterator[Doubt]:
    people, budget, public = s.market.people, s.brand.budget_cny_per_day, s.public
    lived, most = budget * s.clock.days, most_turnover_cny(s)
    if lived > most:
        yield Doubt(
            "brand.budget_cny_per_day",
            f"Not plausible: the budget of {s.clock.days} days is {amount(lived, 'en')}, but all {people:,} people of "
            f"the market together could spend at most {amount(most, 'en')}; lower brand.budget_cny_per_day or raise "
            "market.people.",
            f"不合常理：{s.clock.days} 天的预算共 {amount(lived, 'zh')}，而市场上全部 {people:,} 人最多只能消费 "
            f"{amount(most, 'zh')}；请调低 brand.budget_cny_per_day 或调高 market.people。",
        )
    clicks = public.clicks_offered_per_day
    if clicks > MOST_CLICKS_A_PERSON * people:
        each = clicks / people
        yield Doubt(
            "public.clicks_offered_per_day",
            f"Not plausible: {clicks:,.0f} clicks are on offer a day in a market of {people:,} people, {each:,.0f} for "
            "each; lower public.clicks_offered_per_day or raise market.people.",
            f"不合常理：{people:,} 人的市场每天有 {clicks:,.0f} 次点击可买，人均 {each:,.0f} 次；"
            "请调低 public.clicks_offered_per_day 或调高 market.people。",
        )
    square = clicks * public.start_click_price_cny
    if budget > SQUARES_BOUGHT * square > 0:
        yield Doubt(
            "brand.budget_cny_per_day",
            f"Not plausible: {amount(budget, 'en')} a day would buy all clicks on offer {budget / square:,.0f} times "
            "over at their start price; most of it cannot be spent.",
            f"不合常理：每天 {amount(budget, 'zh')}，按起始价可把全部在售点击买下 {budget / square:,.0f} 遍，"
            "大部分花不出去。",
        )
    passers = s.visitors.passers_by_per_day
    if passers > people:
        yield Doubt(
            "visitors.passers_by_per_day",
            f"Not plausible: {passers:,.0f} people pass by a day in a market of {people:,}.",
            f"不合常理：市场只有 {people:,} 人，每天却有 {passers:,.0f} 人路过。",
        )


def _unspent(comparison: Comparison) -> Iterator[Doubt]:
    """A budget of which hardly anything can be spent, whatever the strategy."""
    scenario = comparison.scenario
    budget = scenario.brand.budget_cny_per_day * scenario.clock.days
    spent = max((found["marketing_cny"].mean or 0.0) for found in comparison.estimates.values())
    if scenario.clock.days >= FEWEST_DAYS and spent < LEAST_SPENT_SHARE * budget:
        yield Doubt(
            "marketing_cny",
            f"Of a budget of {amount(budget, 'en')} no strategy could spend more than {amount(spent, 'en')}.",
            f"预算共 {amount(budget, 'zh')}，没有哪种策略花得出超过 {amount(spent, 'zh')}。",
        )


def _unserved(comparison: Comparison) -> Iterator[Doubt]:
    """Days on which the pool's staff could not be paid in full, so that members were left unserved."""
    days = next(iter(comparison.daily_cash.values())).shape[1]
    for strategy, found in comparison.estimates.items():
        unserved, members = found["underserved_days"].mean or 0.0, found["pool_members"].mean or 0.0
        if unserved > 0:
            number = f"{unserved:,.0f}" if unserved >= 10 else f"{unserved:.2g}"
            yield Doubt(
                "underserved_days",
                f"{strategy_name(strategy, 'en')} could not pay its pool's staff in full on {number} of {days} days: "
                f"part of its {members:,.0f} members (on average) went unserved.",
                f"{strategy_name(strategy, 'zh')}在 {days} 天中有 {number} 天付不起全部社群人工，"
                f"平均 {members:,.0f} 名会员中有一部分无人服务。",
            )
