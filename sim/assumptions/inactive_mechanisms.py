"""What a scenario does not use: mechanisms with nothing to switch, and assumptions about them."""

from __future__ import annotations

from collections.abc import Callable

from sim.assumptions.scenario import Scenario

IDLE: dict[str, Callable[[Scenario], bool]] = {
    "attention_growth": lambda s: not s.public.clicks_growth_share_per_year,
    "rival_entry": lambda s: not (s.public.entry_share_per_year or s.public.exit_share_per_year),
    "rival_reinvestment": lambda s: not s.public.reinvested_share_per_year,
    "rival_pools": lambda s: not s.public.pool_innovation_share_per_year,
    "festivals": lambda s: not s.public.festivals,
    "lifetime_value_bidding": lambda s: s.brand.bidding != "lifetime_value",
    "onboarding": lambda s: not s.calendar.onboarding_days,
    "events": lambda s: not s.calendar.event_every_days,
    "care": lambda s: not s.calendar.care_contacts_per_day,
    "win_back": lambda s: not s.calendar.win_back_contacts_per_day,
    "content_seeding": lambda s: not (s.content.seeding_cny_per_day or s.content.post_visits_per_day),
    "rewards": lambda s: not s.word_of_mouth.reward_cny,
    "coupons": lambda s: not s.brand.new_customer_coupon_cny,
    "tags": lambda s: not s.uses_tags,
    "lookalikes": lambda s: not s.public.lookalike_lift_share,
    "quality_erosion": lambda s: not s.market.quality_loss_share,
    "channels": lambda s: not s.pool.channels,
    "group_life": lambda s: all(each.endures for each in s.pool.channels),
    "entrances": lambda s: not s.door.entrances,
    "points": lambda s: not s.brand.points_earned_share,
    "cart_messages": lambda s: not s.brand.cart_recovered_chance,
    "order_of_steps": lambda s: s.door.first_step == "account" or not s.pool.channels,
    "platform_rules": lambda s: (
        not (
            s.platform.events
            or s.platform.commission_share
            or s.platform.sanction_chance_per_month
            or s.platform.bans_per_year * s.platform.automation_share
        )
    ),
}
"""When a switch has nothing to switch, so that living it on and off would say the same twice."""

ABOUT: dict[str, tuple[str, ...]] = {
    "events": ("calendar.event_",),
    "care": ("calendar.care_",),
    "win_back": ("calendar.win_back_",),
    "content_seeding": ("content.",),
    "tags": ("tags.",),
    "points": ("pool.points_",),
    "cart_messages": ("public.carts_left_factor",),
    "order_of_steps": ("door.second_step_chance", "door.channel_first_accept_factor"),
    "lookalikes": ("public.lookalike_", "public.half_lookalike_"),
    "quality_erosion": ("market.quality_",),
    "rewards": ("word_of_mouth.next_tier_share", "word_of_mouth.induced_factor", "word_of_mouth.half_reward_cny"),
}
"""How the keys of assumptions begin that matter only to one mechanism."""

DECISIONS: tuple[str, ...] = (
    "brand.",
    "calendar.event_every_days",
    "calendar.care_contacts_per_day",
    "calendar.win_back_contacts_per_day",
    "content.seeding_cny_per_day",
    "word_of_mouth.reward_cny",
    "platform.automation_share",
)
"""How the keys of parameters begin that a brand chooses: they are no assumptions about the world."""


def unused(scenario: Scenario) -> tuple[str, ...]:
    """How the keys of parameters begin that cannot matter in this scenario, or are the brand's to choose."""
    idle = [key for name, keys in ABOUT.items() if IDLE[name](scenario) for key in keys]
    nobody_passes = () if scenario.visitors.passers_by_per_day else ("visitors.",)
    return (*DECISIONS, *nobody_passes, *idle)
