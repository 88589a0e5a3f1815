"""Small worlds made up at random: every parameter of the schema moves, every switch, every strategy.

Whatever is added to the schema takes part by itself, because values are made from its limits and plausible ranges.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, get_args, get_origin

from own_strategies import OWN

import sim
from sim.assumptions.errors import ScenarioError, every_key, group_of, key_of, parameter
from sim.assumptions.scenario import TAGS, Clock
from sim.rules.channels import USUAL
from sim.running import World
from sim.strategies import SHIPPED, Strategy

STRATEGIES: tuple[Strategy, ...] = (*SHIPPED, *OWN)
WORLDS_OF_A_CLOCK = 10
"""So many cases share a clock, so that columns live them side by side."""


class Case(NamedTuple):
    """A world, and how agents live it."""

    number: int
    world: World
    activation: Literal["do", "shuffle_do"]


def cases(numbers: range) -> list[Case]:
    """The cases of these numbers, always the same."""
    return [_case(number) for number in numbers]


def _case(number: int) -> Case:
    activation: Literal["do", "shuffle_do"] = "shuffle_do" if number % 2 else "do"
    seed = number + 2 ** (3 * (number % 20))
    for attempt in range(100):
        luck = random.Random(1000 * number + attempt)  # noqa: S311 - a world made up keeps no secret
        try:
            scenario = sim.load("baseline", {**_any_values(f"{number} {attempt}"), **_size(number, luck)})
        except ScenarioError as error:
            if attempt == 99:
                raise AssertionError(f"case {number}: {error}") from error
            continue
        if _has_a_start_price(scenario):
            return Case(number, World(scenario, STRATEGIES[number % len(STRATEGIES)], seed), activation)
    raise AssertionError(f"case {number}: no square of a hundred has a start price")


def _has_a_start_price(scenario: sim.Scenario) -> bool:
    from sim.market.initial import UnreachablePrice, market_start

    try:
        market_start(scenario.public, scenario.brand.budget_cny_per_day, scenario.switches.price_growth)
    except UnreachablePrice:
        return False
    return True


def _any_values(key: str) -> dict[str, Any]:
    """A value for about a third of all parameters that are single numbers, words or switches.

    Each has luck of its own, so that a new parameter leaves the others' values as they are.
    """
    values = {}
    for path in every_key():
        field, luck = parameter(path), random.Random(f"{key} {key_of(path)}")  # noqa: S311 - as above
        inside_a_list = any(not isinstance(parameter(path[:n]).annotation, type) for n in range(1, len(path)))
        if group_of(field) is None and not inside_a_list and luck.random() < 0.35:
            value = _any_value(field, luck)
            if value is not None:
                values[key_of(path)] = value
    return values


def _any_value(field: Any, luck: random.Random) -> Any:
    """A value that this parameter may have, or None where one cannot be made up: texts and lists."""
    if field.annotation is bool:
        return luck.random() < 0.5
    if get_origin(field.annotation) is Literal:
        return luck.choice(get_args(field.annotation))
    if field.annotation not in (int, float):
        return None
    limits = {name: limit for item in field.metadata for name in ("ge", "gt", "le") if (limit := getattr(item, name, None)) is not None}
    least, most = limits.get("ge", limits.get("gt", 0)), limits.get("le", float("inf"))
    low, high = (field.json_schema_extra or {}).get("plausible") or (field.default / 3, 3 * field.default + 1)
    value = luck.uniform(low, high) if luck.random() < 0.8 else luck.choice([low / 5, low, high, 5 * high, least, min(most, 20 * high)])
    value = min(max(value, least), most)
    value = int(value) if field.annotation is int else float(f"{value:.4g}")
    return value if "gt" not in limits or value > limits["gt"] else field.default


def _size(number: int, luck: random.Random) -> dict[str, Any]:
    """What keeps a case small and lively: few people and clicks, who need something often. Ten cases share a clock."""
    price = luck.uniform(0.5, 5.0)
    return {
        **_clock(number // WORLDS_OF_A_CLOCK),
        "market.people": luck.randint(300, 3000),
        "market.need_gamma_months": luck.choice([0.3, 1.0, 2.0, 4.69]),
        "market.season_factors": luck.choice([(1.0,) * 12, (0.4, 1.7) * 6]),
        "market.starting_customers": tuple(_starts(luck)),
        "visitors.passers_by_per_day": luck.choice([0.0, 20.0, 33.3]),
        "public.start_click_price_cny": round(price, 3),
        "public.clicks_offered_per_day": luck.choice([500.0, 2000.0]),
        "public.sampled_auctions_count": 16,
        "public.slot_click_shares": luck.choice([(1.0,), (1.0, 0.6, 0.36, 0.216)]),
        "public.rivals": tuple(_rivals(luck)),
        "brand.budget_cny_per_day": round(price * luck.choice([0.0, 10.0, 30.0, 60.0]), 2),
        "public.festivals": tuple(_festivals(luck)),
        "calendar.onboarding_days": luck.choice([(), (0, 2, 7, 15, 30)]),
        "calendar.event_every_days": luck.choice([0, 5]),
        "calendar.event_cny": luck.choice([0.0, 15.0]),
        "calendar.care_contacts_per_day": luck.choice([0.0, 4.5]),
        "calendar.win_back_contacts_per_day": luck.choice([0.0, 5.0]),
        "pool.accessibility_chance": luck.choice([0.05, 0.5, 0.78, 1.0]),
        "content.seeding_cny_per_day": luck.choice([0.0, 12.0]),
        "platform.account_members_count": luck.choice([15, 60, 5000]),
        "platform.account_cny_per_month": luck.choice([0.0, 30.0]),
        "platform.operator_members_count": luck.choice([1, 50]),
        "platform.bans_per_year": luck.choice([0.0, 6.0]),
        "platform.sanction_chance_per_month": luck.choice([0.0, 0.9]),
        "word_of_mouth.reward_cny": luck.choice([0.0, 2.0]),
        "platform.events": tuple(_acts_of_the_platform(luck)),
        "brand.remove_after_days": luck.choice([7, 15, 60, 10_000]),
        "brand.pool_budget_share": luck.choice([0.02, 0.3, 1.0]),
        "pool.channels": tuple(_channels(number, luck)),
        "door.entrances": tuple(_entrances(number)),
        "tags.coupons_for": luck.choice([("due", "silent"), TAGS, ()]),
    }


def _channels(number: int, luck: random.Random) -> Iterator[dict[str, Any]]:
    own = random.Random(f"life of channels {number}")  # noqa: S311 - as above
    kinds = [kind for kind in USUAL if luck.random() < 0.25]
    for kind in kinds:
        share, price = luck.choice([0.0, 0.5, 1.0]), luck.choice([None, 0.02])
        yield {"kind": kind, "member_share": share, "leave_factor": luck.choice([None, 30.0]), "message_cny": price, **_life(own)}


def _life(luck: random.Random) -> dict[str, Any]:
    return {
        "half_life_days": luck.choice([0.0, 0.0, 4.5]), "folded_share_per_month": luck.choice([0.0, 0.0, 1.5]),
        "removes_lurkers_after_days": luck.choice([0, 0, 6]), "opens_every_days": luck.choice([0, 0, 11]),
        "open_days": luck.choice([0, 0, 5]),
    }


def _entrances(number: int) -> Iterator[dict[str, Any]]:
    luck = random.Random(f"entrances {number}")  # noqa: S311 - as above
    for n in range(luck.choice([0, 0, 1, 3])):
        yield {
            "name": f"way {n}", "met_by": luck.choice(["everybody", "clickers", "visitors", "friends"]),
            "newcomers_share": luck.choice([0.4, 1.0]), "invitation_seen_chance": luck.choice([0.5, 1.0]),
            "accept_factor": luck.choice([0.4, 1.0, 1.7]), "engagement_factor": luck.choice([0.3, 1.0]),
            "joiner_cny": luck.choice([0.0, 1.3]),
        }


def _clock(number: int) -> dict[str, int]:
    luck = random.Random(f"clock {number}")  # noqa: S311 - as above
    clock = Clock(warm_up_days=luck.choice([0, 0, 9]), days=luck.randint(20, 45), run_out_days=luck.choice([0, 11]))
    return {f"clock.{name}": value for name, value in clock}


def _starts(luck: random.Random) -> Iterator[dict[str, Any]]:
    for _ in range(luck.randint(0, 3)):
        yield {"day": luck.choice([0, 0, 8]), "people": luck.randint(0, 350), "in_pool": luck.random() < 0.7}


def _rivals(luck: random.Random) -> Iterator[dict[str, Any]]:
    for n in range(luck.randint(1, 3)):
        budget = luck.choice([None, 40.0, 400.0])
        yield {"name": f"class {n}", "advertisers_count": luck.randint(4, 20), "value_factor": luck.choice([0.7, 1.0, 1.6]), "budget_clicks_per_day": budget}


def _festivals(luck: random.Random) -> Iterator[dict[str, Any]]:
    if luck.random() < 0.3:
        yield {"name": "fair", "day": luck.randint(0, 20), "length_days": 3, "rival_value_factor": 1.4, "need_factor": luck.choice([1.0, 2.5]), "order_value_factor": luck.choice([1.0, 1.3])}


def _acts_of_the_platform(luck: random.Random) -> Iterator[dict[str, Any]]:
    if luck.random() < 0.4:
        day = luck.randint(0, 20)
        yield {"day": day, "lost_accounts_share": luck.choice([0.3, 1.0]), "reach_cut_days": day % 2 * 9}
