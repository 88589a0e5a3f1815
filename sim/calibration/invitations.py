"""Goods of every day: invitations that the baseline tunes per order, where orders come far oftener than its own."""

from __future__ import annotations

from sim.assumptions.runaway import RUNS_AWAY, expected_r0, needs_per_month
from sim.assumptions.scenario import Scenario
from sim.calibration.stated import Stated, within

KEY = "word_of_mouth.invitations_level"


def invitations_of(scenario: Scenario, baseline: Scenario) -> tuple[list[Stated], list[str]]:
    """The level under which members invite as often a month as the baseline's, and a caution, where word of mouth would
    run away; nothing elsewhere."""
    r0, oftener = expected_r0(scenario), needs_per_month(scenario) / needs_per_month(baseline)
    if r0 <= RUNS_AWAY or oftener <= 1.0:
        return [], []
    level = scenario.word_of_mouth.invitations_level
    reason = f"assumption: as many invitations a month as the baseline's; needs are {oftener:.3g} times as many"
    lowered = within(KEY, level / oftener, reason)
    told = (
        f"goods are needed {oftener:.3g} times as often as the baseline's, whose invitations are tuned per order: with "
        f"{level:.3g} an order a member of a pool would bring some {r0:.1f} new buyers (R0 above 1), and friends of "
        f"friends would fill the market by themselves; {KEY} was lowered to {lowered.value:.3g}, which is an assumption"
    )
    return [lowered], [told]
