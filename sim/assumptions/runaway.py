"""Whether friends of friends would fill the market by themselves: R0 of word of mouth, estimated without living it."""

from __future__ import annotations

from sim.assumptions.scenario import DAYS_PER_MONTH, Scenario

RUNS_AWAY = 1.0
"""New buyers whom a joiner brings, from which on word of mouth feeds itself."""


def needs_per_month(scenario: Scenario) -> float:
    """Mean needs a customer and month, at most one a day."""
    market = scenario.market
    shape, days = market.need_gamma_shape, market.need_gamma_months * DAYS_PER_MONTH
    if market.need_factor <= 0:
        return 0.0
    return float(DAYS_PER_MONTH * (1.0 - (1.0 + market.need_factor / days) ** -shape))


def expected_r0(scenario: Scenario) -> float:
    """About how many new buyers a member brings in the days lived: orders, times invitations an order, times their
    success.

    A member counts as engaged as on its first day, and every need as caught; a market that fills up brings fewer.
    """
    words, on = scenario.word_of_mouth, scenario.switches
    if not on.referral:
        return 0.0
    reward = words.reward_cny * on.rewards
    level = words.invitations_level * (1.0 + words.induced_factor * reward / (reward + words.half_reward_cny))
    orders = needs_per_month(scenario) * _months_alive(scenario)
    return float(orders * level * scenario.pool.start_engagement_level * words.invitee_order_chance)


def _months_alive(scenario: Scenario) -> float:
    """The part of the days lived that a customer stays, of those who come in the middle of the first half year."""
    market, clock = scenario.market, scenario.clock
    months = max(clock.days - min(clock.days, 180) / 2 + clock.run_out_days, 1.0) / DAYS_PER_MONTH
    if not scenario.switches.silent_exit:
        return months
    shape, scale = market.exit_gamma_shape, market.exit_gamma_months
    steps = [months * (n + 0.5) / 200 for n in range(200)]
    return float(sum((1.0 + month / scale) ** -shape for month in steps) * months / 200)


def runaway_caution(scenario: Scenario) -> str | None:
    """A sentence where word of mouth would run away; None where it would not."""
    found = expected_r0(scenario)
    if found <= RUNS_AWAY:
        return None
    return (
        f"word of mouth would run away: with {needs_per_month(scenario):.3g} needs a month and "
        f"word_of_mouth.invitations_level {scenario.word_of_mouth.invitations_level:.3g} an order, a member of a pool "
        f"brings some {found:.1f} new buyers (R0 above 1), and friends of friends fill the market whatever is "
        "advertised; the baseline's level is tuned to goods that are bought seldom: lower it for goods of every day"
    )
