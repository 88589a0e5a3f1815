"""What a scenario does not use: mechanisms with nothing to switch, and assumptions about them."""

from __future__ import annotations

from collections.abc import Callable

from sim.assumptions.errors import parameter
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

ALSO_ABOUT: tuple[tuple[Callable[[Scenario], bool], tuple[str, ...]], ...] = (
    (IDLE["coupons"], ("public.coupon_lift_share", "public.half_coupon_cny", "brand.coupon_leak_share")),
    (IDLE["points"], ("brand.points_",)),
    (IDLE["cart_messages"], ("brand.cart_",)),
    (lambda s: not s.platform.automation_share, ("platform.bans_per_year",)),
    (lambda s: not (s.platform.automation_share or s.platform.events), ("platform.recovered_share",)),
)
"""Further assumptions that are not read: nobody need draw them, though `siyu sensitivity` may vary them in vain."""

SWITCHED: dict[str, tuple[str, ...]] = {
    "price_growth": (
        "public.advertisers_growth_", "public.value_growth_", "public.budget_growth_",
    ),
    "attention_growth": ("public.clicks_growth_",),
    "rival_entry": ("public.entry_share_", "public.exit_share_"),
    "rival_reinvestment": ("public.reinvested_",),
    "rival_pools": ("public.pool_",),
    "pool_capture": ("pool.capture_level",),
    "fatigue": ("pool.fatigue_",),
    "liveliness": ("pool.liveliness_", "pool.quiet_forgetting_factor"),
    "silent_exit": ("market.exit_", "pool.exit_reduction_share", "word_of_mouth.referred_exit_factor"),
    "referral": ("word_of_mouth.",),
    "buy_back": ("public.returning_order_chance",),
    "self_selection": ("door.self_selection_share",),
    "events": ("calendar.event_",),
    "care": ("calendar.care_",),
    "win_back": ("calendar.win_back_",),
    "content_seeding": ("content.",),
    "lookalikes": ("public.lookalike_", "public.half_lookalike_"),
    "quality_erosion": ("market.quality_",),
    "tags": ("tags.",),
}  # fmt: skip
"""How the keys of assumptions begin that nothing reads while a switch is off."""

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


def is_choice(key: str) -> bool:
    """Whether a brand decides a parameter: what its field says it is (``kind``), else what its key begins with."""
    field = parameter(tuple(int(step) if step.isdigit() else step for step in key.split(".")))
    notes = field.json_schema_extra if field else None
    kind = notes.get("kind") if isinstance(notes, dict) else None
    return key.startswith(DECISIONS) if kind is None else kind == "choice"


def unused(scenario: Scenario) -> tuple[str, ...]:
    """How the keys of parameters begin that cannot matter in this scenario, or are the brand's to choose."""
    idle = [key for name, keys in ABOUT.items() if IDLE[name](scenario) for key in keys]
    nobody_passes = () if scenario.visitors.passers_by_per_day else ("visitors.",)
    return (*DECISIONS, *nobody_passes, *idle)


def never_read(scenario: Scenario) -> tuple[str, ...]:
    """How the keys of parameters begin that nothing reads in this scenario, so that drawing them would tell nothing."""
    idle = [key for name, keys in ABOUT.items() if IDLE[name](scenario) for key in keys]
    idle += [key for is_idle, keys in ALSO_ABOUT if is_idle(scenario) for key in keys]
    idle += [key for name, keys in SWITCHED.items() if not getattr(scenario.switches, name) for key in keys]
    return (*idle, *(() if scenario.visitors.passers_by_per_day else ("visitors.",)))
