"""A scenario as the crowd's verbs need it: plain numbers, units per day, switches already applied.

A mechanism that is switched off is a number that does nothing, decided here and nowhere else, so that no rule and no
verb asks about switches.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import DAYS_PER_MONTH, DAYS_PER_YEAR, TAGS, Scenario
from sim.kernel.ledger import EARLY_DAYS
from sim.rules.people import TABLE_ROWS, daily_chances, gamma_table, lognormal_table, readiness_table
from sim.rules.pool import CARE, CONTENT, EVENT, KINDS_OF_MESSAGES, OFFER, WELCOME, WIN_BACK
from sim.rules.rivalry import in_festival

NEVER = 1e12
"""A half-life in days, or a level, so large that nothing happens within any run."""


class Settings(NamedTuple):
    """The effective numbers of one world, in the order of a row of the settings array."""

    people: float
    order_value_cny: float
    margin_share: float
    refund: float
    commission: float
    coupon_cny: float
    leaked_coupon_cny: float
    # the pool
    half_life_days: float
    quiet_factor: float
    tie_half_life_share: float
    join_factor: float
    half_lively: float
    lively_window: float
    start_engagement: float
    start_tie: float
    order_gain: float
    accessibility: float
    seen_floor: float
    muted_factor: float
    message_gain: float
    fatigue_stays: float
    tires: float
    fatigue_blunts: float
    fatigue_leaves: float
    leave_per_seen: float
    mute_per_leave: float
    base_stay_chance: float
    weak_tie_factor: float
    capture: float
    exit_reduction: float
    price_premium: float
    offer_valid_days: float
    offer_discount: float
    remove_after_days: float
    onboarding: float
    once_a_day: float
    # tags
    uses_tags: float
    new_days: float
    due_after_days: float
    silent_after_days: float
    loyal_orders: float
    tag_error: float
    uncut_order: float
    relevance_gain: float
    touch_share_new: float
    touch_share_active: float
    touch_share_due: float
    touch_share_loyal: float
    touch_share_silent: float
    coupons: float
    # back again
    comes_by_itself: float
    points_share: float
    points_most: float
    points_return: float
    # the door
    invitation_seen: float
    accept_without_gift: float
    half_gift_cny: float
    gift_joiner_engagement: float
    self_selection: float
    # word of mouth
    invitations: float
    quiet_invitations: float
    neighbours: float
    rewired_share: float
    invitee_orders: float
    referred_exit: float
    referred_need: float
    early_from_day: float
    early_before_day: float
    # arrivals
    first_order_chance: float
    visitor_buys: float


AT: Any = Settings(*range(len(Settings._fields)))
"""Where each number stands in a row: ``settings[world, AT.capture]``."""


def settings_of(scenario: Scenario) -> Settings:
    """The numbers by which a world lives under this scenario."""
    market, public, pool, door = scenario.market, scenario.public, scenario.pool, scenario.door
    words, on, brand = scenario.word_of_mouth, scenario.switches, scenario.brand
    touched, tags = float(on.touch_effects), scenario.tags
    new, active, due, loyal, silent = tags.touch_shares
    return Settings(
        people=market.people,
        order_value_cny=market.order_value_cny,
        margin_share=market.margin_share,
        refund=market.refund_share,
        commission=scenario.platform.commission_share * on.platform_rules,
        coupon_cny=brand.new_customer_coupon_cny * on.coupons,
        leaked_coupon_cny=brand.new_customer_coupon_cny * brand.coupon_leak_share * on.coupons,
        half_life_days=pool.engagement_half_life_days if on.forgetting else NEVER,
        quiet_factor=pool.quiet_forgetting_factor if on.liveliness else 1.0,
        tie_half_life_share=pool.tie_half_life_share,
        join_factor=pool.liveliness_join_factor,
        half_lively=pool.liveliness_half_level,
        lively_window=pool.liveliness_window_days,
        start_engagement=pool.start_engagement_level,
        start_tie=pool.start_tie_level,
        order_gain=pool.order_engagement_share,
        accessibility=pool.accessibility_chance,
        seen_floor=pool.seen_floor_share,
        muted_factor=pool.muted_seen_factor,
        message_gain=pool.touch_engagement_share * touched,
        fatigue_stays=float(0.5 ** (1.0 / pool.fatigue_half_life_days)),
        tires=float(on.fatigue and on.touch_effects),
        fatigue_blunts=pool.fatigue_blunts_level,
        fatigue_leaves=pool.fatigue_leaves_level,
        leave_per_seen=pool.leave_per_seen_chance * touched,
        mute_per_leave=pool.mute_per_leave_factor,
        base_stay_chance=(1.0 - pool.base_leave_chance_per_month) ** (1.0 / DAYS_PER_MONTH),
        weak_tie_factor=pool.weak_tie_order_factor,
        capture=pool.capture_level if on.pool_capture else 0.0,
        exit_reduction=pool.exit_reduction_share,
        price_premium=pool.price_premium_share,
        offer_valid_days=brand.offer_valid_days,
        offer_discount=brand.offer_discount_share * touched,
        remove_after_days=brand.remove_after_days,
        onboarding=sum(2.0**day for day in set(scenario.calendar.onboarding_days)),
        once_a_day=float(brand.deduplicates and bool(scenario.further_channels)),
        uses_tags=float(scenario.uses_tags),
        new_days=tags.new_days,
        due_after_days=tags.due_after_days,
        silent_after_days=tags.silent_after_days,
        loyal_orders=tags.loyal_orders_count,
        tag_error=tags.error_chance,
        uncut_order=tags.uncut_order_factor,
        relevance_gain=tags.relevance_gain_share,
        touch_share_new=new,
        touch_share_active=active,
        touch_share_due=due,
        touch_share_loyal=loyal,
        touch_share_silent=silent,
        coupons=sum(1 << TAGS.index(name) for name in set(tags.coupons_for)),
        comes_by_itself=1.0 - public.repeat_orders_paid_share,
        points_share=brand.points_earned_share * on.points,
        points_most=brand.points_order_share * on.points,
        points_return=pool.points_return_share * on.points,
        invitation_seen=door.invitation_seen_chance * door.consent_share,
        accept_without_gift=min(door.accept_without_gift_chance * _ease_of_the_first_step(scenario), 1.0),
        gift_joiner_engagement=door.gift_joiner_engagement_factor,
        half_gift_cny=door.half_gift_cny,
        self_selection=door.self_selection_share if on.self_selection else 0.0,
        invitations=_invitations(scenario) if on.referral else 0.0,
        quiet_invitations=words.invitations_level * on.referral,
        neighbours=min(words.neighbours_count, market.people),
        rewired_share=words.rewired_share,
        invitee_orders=words.invitee_order_chance,
        referred_exit=words.referred_exit_factor,
        referred_need=words.referred_need_factor,
        early_from_day=scenario.clock.warm_up_days,
        early_before_day=scenario.clock.warm_up_days + min(EARLY_DAYS, scenario.clock.days),
        first_order_chance=min(public.first_order_chance * _coupon_lift(scenario) * _cart_lift(scenario), 1.0),
        visitor_buys=scenario.visitors.buy_share,
    )


def _ease_of_the_first_step(scenario: Scenario) -> float:
    """How much more readily who notices the invitation accepts a first step that is only into a group."""
    return scenario.door.channel_first_accept_factor if scenario.steps_into_a_channel else 1.0


def _invitations(scenario: Scenario) -> float:
    """The level of invitations, raised by what a reward induces."""
    words = scenario.word_of_mouth
    reward = words.reward_cny * scenario.switches.rewards
    return words.invitations_level * (1.0 + words.induced_factor * reward / (reward + words.half_reward_cny))


def _coupon_lift(scenario: Scenario) -> float:
    """By how much newcomers' coupons raise the chance of a first order."""
    coupon = scenario.brand.new_customer_coupon_cny * scenario.switches.coupons
    return 1.0 + scenario.public.coupon_lift_share * coupon / (coupon + scenario.public.half_coupon_cny)


def _cart_lift(scenario: Scenario) -> float:
    """By how much messages about carts left behind raise the chance that a click ends in a first order."""
    recovered = scenario.brand.cart_recovered_chance * scenario.switches.cart_messages
    return 1.0 + scenario.public.carts_left_factor * recovered


NEEDED, DEMANDED, WORTH = range(3)
FESTIVE = [AT.first_order_chance, AT.order_value_cny]
"""Settings that festivals change: what DEMANDED and WORTH are multiplied with."""


def days_of_the_year(scenario: Scenario) -> NDArray[np.float64]:
    """For each day of a year [what, day], relative to usual: customers' needs (season and festivals), newcomers' orders
    per click and the value of an order (festivals)."""
    days = np.ones((3, DAYS_PER_YEAR))
    for feast in scenario.public.festivals if scenario.switches.festivals else ():
        on = [in_festival(day, feast.day, feast.length_days) for day in range(DAYS_PER_YEAR)]
        days[DEMANDED, on] *= feast.need_factor
        days[WORTH, on] *= feast.order_value_factor
    months = [int(day * 12 / DAYS_PER_YEAR) for day in range(DAYS_PER_YEAR)]
    days[NEEDED] = np.array(scenario.market.season_factors)[months] * days[DEMANDED]
    return days


KIND_FIELDS = ("value", "builds", "wears", "order_chance", "discounted")
KIND_VALUE, BUILDS, WEARS, ORDER_CHANCE, DISCOUNTED = range(len(KIND_FIELDS))


def kinds_of_messages(scenario: Scenario) -> NDArray[np.float64]:
    """What each kind of message does [kind, field]: value, tie built and worn, chance of an extra order, price cut."""
    pool, calendar, on = scenario.pool, scenario.calendar, scenario.switches
    content_order = pool.offer_order_chance * pool.content_order_factor
    kinds = np.zeros((KINDS_OF_MESSAGES, len(KIND_FIELDS)))
    kinds[CONTENT] = pool.content_value_share, pool.content_tie_share, 0.0, content_order, 0.0
    kinds[OFFER] = pool.offer_value_share, 0.0, pool.offer_tie_share, pool.offer_order_chance, 1.0
    kinds[WELCOME] = kinds[CONTENT]
    kinds[EVENT] = calendar.event_value_share, calendar.event_tie_share, 0.0, calendar.event_order_chance, 1.0
    kinds[CARE] = calendar.care_value_share, calendar.care_tie_share, 0.0, content_order, 0.0
    kinds[WIN_BACK] = calendar.win_back_value_share, 0.0, 0.0, content_order, 0.0
    kinds[:, BUILDS : ORDER_CHANCE + 1] *= float(on.touch_effects)
    return kinds


TRAIT_TABLES = ("need", "exit", "habit", "value", "readiness")
NEED, EXIT, HABIT, VALUE, READINESS = range(len(TRAIT_TABLES))


def trait_tables(scenario: Scenario) -> NDArray[np.float64]:
    """The five trait tables of a scenario, one a row: chance of a need a day, chance of silent exit a day, habit to
    invite (mean 1), an order's value (mean 1) and readiness to join (mean 0, in step with the need)."""
    market = scenario.market
    needs = gamma_table(market.need_gamma_shape) * _per_day(market.need_gamma_shape, market.need_gamma_months)
    exits = gamma_table(market.exit_gamma_shape) * _per_day(market.exit_gamma_shape, market.exit_gamma_months)
    tables = np.empty((len(TRAIT_TABLES), TABLE_ROWS))
    tables[NEED] = daily_chances(needs * market.need_factor)
    tables[EXIT] = daily_chances(exits) * float(scenario.switches.silent_exit)
    tables[HABIT] = gamma_table(scenario.word_of_mouth.inviter_gamma_shape)
    tables[VALUE] = lognormal_table(market.order_value_variation_share)
    tables[READINESS] = readiness_table(needs)
    return tables


def _per_day(shape: float, months: float) -> float:
    return shape / months / DAYS_PER_MONTH
