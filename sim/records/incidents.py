"""What may happen on a day: a price that doubles, a purge, a brand that stops engaging. Before it nothing differs.

Each incident is a change of parameters that a scenario has anyway, or of the plan of a strategy. The world is then
lived anew from its first day under the same luck, so that the past comes out the same and the future does not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sim.assumptions.loading import load
from sim.assumptions.scenario import DAYS_PER_YEAR
from sim.records.panel import Arm
from sim.strategies import policy_for
from sim.strategies.change_of_plan import ChangeOfPlan

MOST_INCIDENTS = 6
"""In one run: more could not be told apart."""

DOUBLE_ELEVEN_DAYS = 11
"""As scenarios/double_eleven.yaml has it."""

PURGED_SHARE = 1.0
"""All of them: a small brand has a single account, and two in five of that would be a coin toss."""

RULES = ("platform.bans_per_year", "platform.sanction_chance_per_month", "platform.commission_share")
"""What else the switch of the platform's rules turns on."""

GIVEN_UP = {"invites": False, "tends": False, "messages_per_month": 0.0, "pool_budget_share": 0.0}
FLOODED = {"messages_per_month": 30.0, "offer_share": 1.0}
TAP_CLOSED = {"most_ads_cny": 0.0}


class Incident(NamedTuple):
    """What happens, by its name in INCIDENTS, and on which day, counted from the first day lived as 0."""

    name: str
    day: int


def happening(arm: Arm, incidents: Sequence[Incident]) -> Arm:
    """The same future, in which these things happen.

    Raises:
        KeyError: for an incident that does not exist.
        ValueError: for too many, for a day outside the run, or a run longer than a year: what returns every year could
            not be told from what happens once.
    """
    days = arm.scenario.clock.total_days
    if days > DAYS_PER_YEAR or arm.scenario.clock.warm_up_days:
        raise ValueError("incidents need a run of at most a year, without warm-up")
    if len(incidents) > MOST_INCIDENTS or not all(0 <= each.day < days for each in incidents):
        raise ValueError(f"at most {MOST_INCIDENTS} incidents, each on a day from 0 to {days - 1}")
    for each in sorted(incidents, key=lambda incident: incident.day):
        arm = INCIDENTS[each.name](arm, each.day)
    return arm


def _price_doubles(arm: Arm, day: int) -> Arm:
    """Rivals value clicks, and budget for them, twice as much from that day on; the platform gives as many."""
    last = arm.scenario.clock.total_days - day
    return _festival(arm, "dearer clicks", day, last, {"rival_value_factor": 2.0, "rival_budget_factor": 2.0})


def _double_eleven(arm: Arm, day: int) -> Arm:
    """Everybody bids for a festival; factors as in scenarios/double_eleven.yaml."""
    factors = {"rival_value_factor": 2.0, "rival_budget_factor": 3.0, "clicks_factor": 1.5}
    return _festival(arm, "Double 11", day, DOUBLE_ELEVEN_DAYS, factors)


def _festival(arm: Arm, name: str, day: int, length: int, factors: dict[str, float]) -> Arm:
    scenario = arm.scenario
    held = scenario.public.festivals if scenario.switches.festivals else ()
    length = min(length, DAYS_PER_YEAR - day)
    new = {"name": name, "day": day + 1, "length_days": length, **factors}
    festivals = [*(each.model_dump() for each in held), new]
    return _changed(arm, {"public.festivals": festivals, "switches.festivals": True})


def _accounts_purged(arm: Arm, day: int) -> Arm:
    """The platform takes all accounts, with those of their members who cannot be won again."""
    return _act_of_the_platform(arm, {"day": day, "lost_accounts_share": PURGED_SHARE})


def _act_of_the_platform(arm: Arm, act: dict[str, Any]) -> Arm:
    """One more dated act; where the platform's rules are switched off, nothing but such acts awakes."""
    rules, on = arm.scenario.platform, arm.scenario.switches.platform_rules
    acts = [each.model_dump() for each in (rules.events if on else ())]
    quiet = {} if on else dict.fromkeys(RULES, 0.0)
    return _changed(arm, {"platform.events": [*acts, act], "switches.platform_rules": True, **quiet})


def _reach_cut(arm: Arm, day: int) -> Arm:
    """The platform shows the brand's messages to fewer, by `platform.reach_cut_share`, for the rest of the run."""
    days = arm.scenario.clock.total_days - day
    return _act_of_the_platform(arm, {"day": day, "lost_accounts_share": 0.0, "reach_cut_days": days})


def _changed(arm: Arm, changes: dict[str, Any]) -> Arm:
    return arm._replace(scenario=load(arm.scenario, changes))


def _planned(**changes: Any) -> Callable[[Arm, int], Arm]:
    def planned(arm: Arm, day: int) -> Arm:
        return arm._replace(strategy=ChangeOfPlan(policy_for(arm.strategy, arm.scenario.brand), day, **changes))

    return planned


INCIDENTS: dict[str, Callable[[Arm, int], Arm]] = {
    "price_doubles": _price_doubles,
    "double_eleven": _double_eleven,
    "accounts_purged": _accounts_purged,
    "reach_cut": _reach_cut,
    "stops_engaging": _planned(**GIVEN_UP),
    "offers_daily": _planned(**FLOODED),
    "tap_closed": _planned(**TAP_CLOSED),
}
"""What may happen: from that day on clicks are dearer, or for some days; accounts are taken; fewer
members are reached; nobody tends the pool; an offer goes out every day; no more clicks are bought."""
