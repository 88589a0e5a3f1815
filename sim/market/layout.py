"""One world's square laid out in rows: its rivals, with and without pools, what moves them, and its festivals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.scenario import DAYS_PER_YEAR, Scenario
from sim.kernel import luck
from sim.market import rivals
from sim.market.initial import MarketStart
from sim.rules.rivalry import in_festival


class Rows(NamedTuple):
    """The rivals of a world on day 0, a column for each row of advertisers: see rivals_day."""

    classes: NDArray[np.float64]
    standing: NDArray[np.float64]
    pace: NDArray[np.float64]
    rounding: NDArray[np.float64]


def has_pools(scenario: Scenario) -> bool:
    """Whether rivals build pools of their own in this scenario."""
    return scenario.switches.rival_pools and scenario.public.pool_innovation_share_per_year > 0


def is_watched(scenario: Scenario) -> bool:
    """Whether what rivals earn moves anything in this scenario, so that it must be found every day."""
    public, switches = scenario.public, scenario.switches
    moves = public.entry_share_per_year > 0 or public.exit_share_per_year > 0
    return (switches.rival_entry and moves) or (switches.rival_reinvestment and public.reinvested_share_per_year > 0)


def world_row(scenario: Scenario, start: MarketStart) -> NDArray[np.float64]:
    """The parameters of a world: those of day 0, and those of what moves the rivals afterwards."""
    public, switches, world = scenario.public, scenario.switches, start.world.copy()
    world[rivals.CLICKS_GROWTH] = public.clicks_growth_share_per_year * switches.attention_growth
    world[rivals.ENTRY] = public.entry_share_per_year * switches.rival_entry
    world[rivals.EXIT] = public.exit_share_per_year * switches.rival_entry
    world[rivals.REINVESTED] = public.reinvested_share_per_year * switches.rival_reinvestment
    world[rivals.INNOVATION] = public.pool_innovation_share_per_year * switches.rival_pools
    world[rivals.IMITATION] = public.pool_imitation_share_per_year
    return world


def rival_rows(scenario: Scenario, start: MarketStart, seed: int) -> Rows:
    """The rivals of a world on day 0: first those without pools, then, if any are built, those with one."""
    classes = start.classes
    standing = np.stack([np.ones_like(start.pace), np.ones_like(start.pace), start.earns, start.pays])
    kinds = start.pace.size
    draws = np.array([luck.draw(seed, luck.MARKET, 0, kind, 0) for kind in range(kinds)])
    if not has_pools(scenario):
        return Rows(classes, standing, start.pace, draws[:, 0])
    richer, times = classes.copy(), scenario.public.pool_value_factor
    richer[rivals.COUNT] = 0.0
    richer[rivals.VALUE] *= times
    slower = np.where(start.pace < 1.0, start.pace / times, 1.0)  # the same budget, so the same bid
    return Rows(
        np.hstack([classes, richer]), np.hstack([standing, standing]), np.concatenate([start.pace, slower]),
        np.concatenate([draws[:, 0], draws[:, 1]]),
    )


def side_by_side(tables: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Tables of several worlds as one, padded with zeros to the longest last axis of any."""
    longest = max(table.shape[-1] for table in tables)
    return np.stack([
        np.pad(table, [(0, 0)] * (table.ndim - 1) + [(0, longest - table.shape[-1])]) for table in tables
    ])


def festival_tables(scenarios: Sequence[Scenario]) -> NDArray[np.float64]:
    """What festivals multiply, in every world and on every day of the year; 1 on other days [world, day, what]."""
    tables = np.ones((len(scenarios), DAYS_PER_YEAR, 3))
    for table, scenario in zip(tables, scenarios, strict=True):
        for festival in scenario.public.festivals if scenario.switches.festivals else ():
            days = [day for day in range(DAYS_PER_YEAR) if in_festival(day, festival.day, festival.length_days)]
            table[days, rivals.VALUE_TIMES] *= festival.rival_value_factor
            table[days, rivals.BUDGET_TIMES] *= festival.rival_budget_factor
            table[days, rivals.CLICKS_TIMES] *= festival.clicks_factor
    return tables
