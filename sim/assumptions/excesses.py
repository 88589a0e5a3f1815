"""Scenarios whose numbers are each allowed and together too much: refused before anything is lived, with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from sim.assumptions.errors import Origin, Path, key_of, number, origin_of
from sim.assumptions.scenario import DAYS_PER_MONTH, DAYS_PER_YEAR, Scenario

MOST_TURNOVER_CNY = 9e12
"""Yuan that whole micro-yuan in 64 bits can add up to; beyond, sums would silently turn negative."""

MOST_VISITS_PER_DAY = 2e7
"""Visitors of one day for whom there is room in memory."""

MOST_CLICK_PRICE_CNY = 1e9
"""Yuan for a click that whole micro-yuan in 64 bits can bear to be multiplied with."""


def excesses(scenario: Scenario, origins: Mapping[Path, Origin]) -> list[str]:
    """A sentence for each quantity of the whole scenario that no computer's books or memory could hold."""
    market, content = scenario.market, scenario.content
    tests = (
        (most_turnover_cny(scenario), MOST_TURNOVER_CNY, ("market", "order_value_cny"),
         f"{number(market.people)} people could spend {{}} yuan, but the books hold {{}}",
         "market.people or clock.days"),
        (_most_visits_per_day(scenario), MOST_VISITS_PER_DAY, ("content", "visits_per_cny"),
         "{} visitors a day could come without an advertisement, but there is room for {}",
         "content.seeding_cny_per_day" if content.seeding_cny_per_day else "content.post_visits_per_day"),
        (_most_click_price_cny(scenario), MOST_CLICK_PRICE_CNY, ("public", "value_growth_share_per_year"),
         "a click could come to cost {} yuan, but the books hold {}", "public.start_click_price_cny or clock.days"),
    )
    return [
        f"{origin_of(path, origins)}: {what.format(f'{much:.1e}', f'{most:.0e}')}; lower {key_of(path)}, {others}"
        for much, most, path, what, others in tests if not much <= most
    ]


def most_turnover_cny(scenario: Scenario) -> float:
    """Yuan that people could spend in all the days lived if everybody became a customer on the first.

    Needs and messages (on every channel) bring a person one order a day at most; the pool's premium lifts every one.
    """
    market, pool, calendar = scenario.market, scenario.pool, scenario.calendar
    needs = market.need_gamma_shape / market.need_gamma_months / DAYS_PER_MONTH * market.need_factor
    wanted = prod(max(1.0, feast.need_factor) for feast in scenario.public.festivals)
    worth = prod(max(1.0, feast.order_value_factor) for feast in scenario.public.festivals)
    needs *= wanted * max(0.0, *market.season_factors) * max(1.0, scenario.word_of_mouth.referred_need_factor)
    tempted = scenario.brand.touches_per_month / DAYS_PER_MONTH * pool.offer_order_chance
    tempted += calendar.event_order_chance * (calendar.event_every_days > 0)
    tempted *= 1 + len(scenario.further_channels)
    orders = 1.0 + scenario.clock.total_days * min(1.0, needs + tempted)
    return market.people * orders * market.order_value_cny * worth * (1.0 + pool.price_premium_share)


def _most_visits_per_day(scenario: Scenario) -> float:
    content, visitors = scenario.content, scenario.visitors
    found = content.seeding_cny_per_day * content.visits_per_cny + content.post_visits_per_day * scenario.market.people
    return visitors.passers_by_per_day * visitors.enter_share + found * scenario.switches.content_seeding


def _most_click_price_cny(scenario: Scenario) -> float:
    """The start click price with the growth of values, and of rivals as far as their number lifts prices."""
    public, years = scenario.public, scenario.clock.days / DAYS_PER_YEAR * scenario.switches.price_growth
    growth = 1.0 + max(public.value_growth_share_per_year, 0.0)
    more = (1.0 + max(public.advertisers_growth_share_per_year, 0.0)) ** public.match_noise_shape
    feast = max((each.rival_value_factor for each in public.festivals), default=1.0)
    return float(public.start_click_price_cny * (growth * more) ** years * max(feast, 1.0))
