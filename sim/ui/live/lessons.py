"""Five short lessons: two futures of the same luck side by side, and a number to bet on before they are seen.

What they say in words stands in sim.ui.words.live under the lesson's name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.assumptions.loading import load
from sim.assumptions.scenario import Scenario
from sim.kernel.ledger import MICRO

if TYPE_CHECKING:
    from sim.records.panel import Arm, Panel

YEAR = 365
"""Days that are watched at most: what returns every year could not be told from what happens once."""

TAP_DAY, PURGE_DAY = 90, 180
"""Days on which the tap is closed, and on which the platform takes the accounts."""

SANDBOX = "sandbox"

Bet = Callable[["Panel"], float]


class Lesson(NamedTuple):
    """One question: what is watched, which number is bet on and between which bounds, and what it turns out to be."""

    arms: Callable[[], list[Arm]]
    truth: Bet
    low: int
    high: int


def watched_for_a_year(scenario: Scenario) -> Scenario:
    """The scenario without warm-up and run-out, a year long at most; raises ScenarioError."""
    changes = {"clock.days": min(scenario.clock.days, YEAR), "clock.warm_up_days": 0, "clock.run_out_days": 0}
    return load(scenario, changes)


def _arm(scenario: str, strategy: str, changes: Mapping[str, Any] | None = None) -> Arm:
    from sim.records.panel import Arm  # the compiled model, which the words of a page need not wait for

    return Arm(watched_for_a_year(load(scenario, {"clock.days": YEAR, **(changes or {})})), strategy)


def _with(arm: Arm, name: str, day: int) -> list[Arm]:
    """A future, and the same one in which something happens."""
    from sim.records.incidents import Incident, happening

    return [arm, happening(arm, [Incident(name, day)])]


def _rent_or_own() -> list[Arm]:
    return [_arm("baseline", "public_only"), _arm("baseline", "hybrid")]


def _unfed() -> list[Arm]:
    return _with(_arm("baseline", "hybrid"), "tap_closed", TAP_DAY)


def _messages() -> list[Arm]:
    calm = {"brand.touches_per_month": 7.0, "brand.offer_share": 0.5}
    return [_arm("pool_over_harvested", "hybrid", calm), _arm("pool_over_harvested", "hybrid")]


def _viral() -> list[Arm]:
    return [_arm("forty_first_fans", "private_pool"),
            _arm("forty_first_fans", "private_pool", {"word_of_mouth.invitations_level": 22.0})]


def _land() -> list[Arm]:
    return _with(_arm("baseline", "hybrid"), "accounts_purged", PURGE_DAY)


def cash_cny(panel: Panel, arm: int) -> float:
    """Contribution less marketing of one arm over all days, yuan."""
    result = panel.arms[arm].result
    return float((result.contribution - result.marketing).sum()) / MICRO


def _level(panel: Panel, arm: int, name: str, day: int = -1) -> int:
    """A level in the evening of a day (0 is the first one lived; -1 the last)."""
    return int(panel.arms[arm].result.count(name)[day])


def _of_a_hundred(part: int, whole: int) -> float:
    return 100.0 * part / max(whole, 1)


LESSONS: dict[str, Lesson] = {
    "rent_or_own": Lesson(_rent_or_own, lambda seen: (cash_cny(seen, 1) - cash_cny(seen, 0)) / 1000, -500, 500),
    "unfed": Lesson(
        _unfed, lambda seen: _of_a_hundred(_level(seen, 1, "active"), _level(seen, 1, "active", TAP_DAY - 1)), 0, 200
    ),
    "messages": Lesson(
        _messages, lambda seen: _of_a_hundred(_level(seen, 1, "active"), _level(seen, 0, "active")), 0, 300
    ),
    "viral": Lesson(_viral, lambda seen: _level(seen, 0, "customers"), 40, 100_000),
    "land": Lesson(
        _land,
        lambda seen: _of_a_hundred(_level(seen, 1, "members", PURGE_DAY), _level(seen, 1, "members", PURGE_DAY - 1)),
        0, 100,
    ),
}
"""In the order in which they are taught."""


def nearest(lesson: Lesson, truth: float) -> int:
    """The answer as a whole number, as bets are."""
    return round(min(max(truth, lesson.low), lesson.high))
