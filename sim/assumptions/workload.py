"""What a run will need, told before it starts: memory and time, and whether this computer has as much.

The figures are upper estimates from the scenario alone: as many customers as money, attention and word of mouth could
bring if nobody ever left. The costs of a unit of work were measured (docs/reference/performance.md).
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass

from sim.assumptions.scenario import DAYS_PER_MONTH, Scenario
from sim.kernel.ledger import ACCOUNTS, COHORT_FIELDS, COUNT_NAMES, KINDS

BYTES_A_ROW = 43
"""Of a customer, in all columns."""
SPARE_ROWS = 2.5
"""Rows allocated for each one needed while columns are being widened: the old ones and half as many more again."""
BYTES_AN_AGENT = 2_500
BASE_BYTES = 600e6
"""Python with the libraries, while the model is being compiled."""

SECONDS_A_CUSTOMER_DAY, SECONDS_AN_AGENT_DAY = 14e-9, 4e-6
SECONDS_A_CLICK, SECONDS_AN_AUCTION, SECONDS_A_DAY = 40e-9, 0.5e-6, 0.1e-3
"""On one processor of a small shared server."""
SPREAD = 1.25
"""A day's clicks may be that much cheaper, or better matched, than the start price and the average say."""
WIDEST_BRANCHING = 0.95
"""Members who tell more than so many new customers each are taken to reach everybody."""


@dataclass(frozen=True)
class Workload:
    """At most so many customers in a world, so many bytes of memory, and about so many seconds."""

    customers: float
    memory_bytes: float
    seconds: float


def workload(scenario: Scenario, runs: int = 1, *, at_once: int = 64, threads: int | None = None,
             agents: bool = False, books_kept: int | None = None) -> Workload:
    """What ``runs`` runs of a scenario need, ``at_once`` of them side by side on so many threads.

    Experiments keep the books of ``books_kept`` runs at a time; a comparison keeps all (None).
    """
    threads = threads or os.cpu_count() or 1
    clock, sampled = scenario.clock, scenario.public.sampled_auctions_count
    customers, customer_days = _customers(scenario)
    clicks = _clicks_a_day(scenario)
    acquiring = clock.warm_up_days + clock.days
    books = clock.total_days * (len(ACCOUNTS) + len(COUNT_NAMES))
    books += (clock.total_days // 7 + 1) * len(KINDS) * len(COHORT_FIELDS)
    world = customers * (BYTES_AN_AGENT if agents else BYTES_A_ROW * SPARE_ROWS) + scenario.market.people / 8
    side_by_side = min(runs, at_once * (threads if runs > at_once else 1))
    memory = BASE_BYTES + side_by_side * (world + 4 * clicks) + min(runs, books_kept or runs) * 8 * books
    seconds = customer_days * (SECONDS_AN_AGENT_DAY if agents else SECONDS_A_CUSTOMER_DAY)
    seconds += acquiring * clicks * SECONDS_A_CLICK
    seconds += clock.total_days * (sampled * SECONDS_AN_AUCTION + SECONDS_A_DAY)
    return Workload(customers, memory, 1.0 + runs * seconds / (1 if agents else threads))


def _clicks_a_day(scenario: Scenario) -> float:
    public = scenario.public
    return min(public.clicks_offered_per_day, scenario.brand.budget_cny_per_day / public.start_click_price_cny) + 1.0


def _told_by_each(scenario: Scenario) -> float:
    """At most how many new customers one brings in the whole run: orders, invitations each, orders of the invited."""
    market, words = scenario.market, scenario.word_of_mouth
    if not scenario.switches.referral:
        return 0.0
    needs_a_month = market.need_gamma_shape / market.need_gamma_months * market.need_factor
    orders = needs_a_month * scenario.clock.total_days / DAYS_PER_MONTH
    induced = 1.0 + words.induced_factor * (words.reward_cny > 0)
    return orders * words.invitations_level * induced * words.invitee_order_chance


def _customers(scenario: Scenario) -> tuple[float, float]:
    """At most how many customers there are in the end, and the sum of customers over all days lived."""
    clock, people = scenario.clock, float(scenario.market.people)
    visitors, content = scenario.visitors, scenario.content
    entering = visitors.passers_by_per_day * visitors.enter_share
    entering += content.seeding_cny_per_day * content.visits_per_cny * scenario.switches.content_seeding
    public, coupons = scenario.public, scenario.brand.new_customer_coupon_cny > 0 and scenario.switches.coupons
    ordering = public.first_order_chance * (1.0 + public.coupon_lift_share * coupons)
    ordering *= 1.0 + public.carts_left_factor * scenario.brand.cart_recovered_chance * scenario.switches.cart_messages
    ordering *= 1.0 + public.lookalike_lift_share * scenario.switches.lookalikes
    ordering *= max(1.0, *(feast.need_factor for feast in public.festivals), 0.0)
    a_day = SPREAD * _clicks_a_day(scenario) * ordering + entering * visitors.buy_share
    started = sum(float(batch.people) for batch in scenario.market.starting_customers)
    spreads = 1.0 / (1.0 - min(_told_by_each(scenario), WIDEST_BRANCHING))
    acquiring = clock.warm_up_days + clock.days
    arrived = a_day * acquiring
    most = min(people, (started + arrived + 4.0 * math.sqrt(arrived)) * spreads)
    growing = min(people, started * spreads) + (most - min(people, started * spreads)) / 2
    return most, growing * acquiring + most * clock.run_out_days
