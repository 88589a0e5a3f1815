"""A scenario's channels and entrances as the crowd's verbs need them: plain numbers, switches applied."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import DAYS_PER_MONTH, Channel, Scenario
from sim.kernel.ledger import MICRO
from sim.rules.channels import MOST_CHANNELS

CHANNEL_FIELDS = (
    "member_share", "accessibility", "persona", "leave_factor", "charge", "obeys", "half_life", "folded_a_day",
    "opens_every", "lurkers_after",
)
(
    MEMBER_SHARE, ACCESSIBILITY, PERSONA, LEAVE_FACTOR, CHARGE, OBEYS, HALF_LIFE, FOLDED_A_DAY, OPENS_EVERY,
    LURKERS_AFTER,
) = range(len(CHANNEL_FIELDS))

ENDURES = (0.0,) * 4
"""The life of a channel that does not grow old, is open all the time and is not cleared of lurkers."""


def channels_of(scenario: Scenario) -> NDArray[np.float64]:
    """A world's channels [channel, field]: the pool's own, which everybody follows, then further ones; the charge for a
    message in micro-yuan."""
    rows = [[_on_the_account(scenario), scenario.pool.accessibility_chance, 1.0, 1.0, 0.0, 1.0, *ENDURES]]
    for channel in scenario.further_channels:
        vector = channel.vector
        reach = vector.accessibility_chance, vector.persona_share, vector.leave_factor
        life = _life_of(channel) if scenario.switches.group_life else ENDURES
        rows.append([channel.member_share, *reach, round(vector.message_cny * MICRO), vector.obeys_platform, *life])
    if scenario.steps_into_a_channel:
        rows[1][MEMBER_SHARE] = 1.0
    return np.array(rows + [[0.0] * len(CHANNEL_FIELDS)] * (MOST_CHANNELS - len(rows)))


def _life_of(channel: Channel) -> tuple[float, ...]:
    """How a channel grows old: half-life of reading, folded a day, days between openings, days until lurkers go."""
    folded = channel.folded_share_per_month / DAYS_PER_MONTH
    return channel.half_life_days, folded, channel.opens_every_days, channel.removes_lurkers_after_days


def _on_the_account(scenario: Scenario) -> float:
    """Members who are on the pool's own channel: all, unless they step into another one first."""
    return scenario.door.second_step_chance if scenario.steps_into_a_channel else 1.0


ENTRANCE_FIELDS = ("newcomers_share", "met_by", "seen_chance", "ease", "intent", "joiner_cost")
NEWCOMERS_SHARE, MET_BY, SEEN_CHANCE, EASE, INTENT, JOINER_COST = range(len(ENTRANCE_FIELDS))
WAYS = {"everybody": 0b111, "clickers": 0b001, "visitors": 0b010, "friends": 0b100}
"""How newcomers may have come, as bits in the order of asking.BY_ADS, BY_THEMSELVES, BY_A_FRIEND."""


def entrances_of(scenario: Scenario) -> NDArray[np.float64]:
    """A world's entrances [entrance, field] beside the invitation in the parcel; the cost of a joiner in micro-yuan."""
    consent = scenario.door.consent_share
    rows = [
        (
            each.newcomers_share, WAYS[each.met_by], each.invitation_seen_chance * consent, each.accept_factor,
            each.engagement_factor, round(each.joiner_cny * MICRO),
        )
        for each in (scenario.door.entrances if scenario.switches.entrances else ())
    ]
    return np.array(rows, np.float64).reshape(len(rows), len(ENTRANCE_FIELDS))


def doors_of(scenarios: Sequence[Scenario]) -> NDArray[np.float64]:
    """The entrances of several worlds [world, entrance, field]; where one has fewer, rows that nobody meets."""
    entrances = [entrances_of(scenario) for scenario in scenarios]
    doors = np.zeros((len(scenarios), max(map(len, entrances), default=0), len(ENTRANCE_FIELDS)))
    for w, rows in enumerate(entrances):
        doors[w, : len(rows)] = rows
    return doors


def open_to(doors: NDArray[np.float64], solvent: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The same entrances; without those that cost something in worlds whose brand has no money today."""
    if not doors.size:
        return doors
    is_open = solvent[:, np.newaxis] | (doors[:, :, JOINER_COST] == 0)
    return doors * is_open[:, :, np.newaxis]
