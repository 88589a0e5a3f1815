"""All that `siyu calibrate` learns at once: the log, the contacts, the funnel sheet, the scenario and how well it
does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.assumptions.errors import shown
from sim.assumptions.loading import load, loads
from sim.assumptions.scenario import Scenario
from sim.assumptions.writing import to_yaml
from sim.calibration.calibrating import Calibration, calibrate
from sim.calibration.cautions import size_of_shop
from sim.calibration.funnel import Funnel, read_funnel
from sim.calibration.invitations import invitations_of
from sim.calibration.periods import period_of, weeks_fitted
from sim.calibration.read.how import How
from sim.calibration.read.reading import read_orders
from sim.calibration.regimes import Regime, regime_of
from sim.calibration.scenario_of import order_value_of, scenario_text, stated_of
from sim.calibration.stated import Stated
from sim.calibration.touches import Lift, lift_of, read_contacts, stated_lift

if TYPE_CHECKING:
    from sim.calibration.matching import Match
    from sim.running import Progress


@dataclass(frozen=True)
class Asked:
    """What was asked for beside the log itself."""

    unit: str = "week"
    weeks: int | None = None
    hold_out_share: float | None = None
    until: str | None = None
    log_ends: str | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)
    how: How = field(default_factory=How)
    paid_share: float | None = None
    bought_back: bool | None = None
    paid_channels: tuple[str, ...] = ()
    touches: Path | None = None
    lift: str | None = None
    funnel: Path | None = None


@dataclass(frozen=True)
class Learnt:
    """What was learnt, the regime that was assumed, and the scenario that follows, as text and as it loads."""

    found: Calibration
    regime: Regime
    text: str
    scenario: Scenario
    lift: Lift | None = None
    funnel: Funnel | None = None
    stated: tuple[Stated, ...] = ()
    title: str = "calibrated"
    match: Match | None = None
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Learnt from {self.found!r}: {self.title}>"

    @property
    def cautions(self) -> list[str]:
        """Everything that a user must be told before believing a number."""
        return [*self._notes, *([self.lift.sentence] if self.lift else [])]

    @property
    def _notes(self) -> list[str]:
        return [*self.found.notes, *self.notes]

    def as_json(self) -> dict[str, Any]:
        """For other programs."""
        reading = self.found.orders.reading
        return {
            **self.found.as_json(),
            "reading": reading.as_json() if reading else None,
            "regime": {
                "paid_share": self.regime.paid_share,
                "bought_back": self.regime.bought_back,
                "caught_share": self.regime.caught_share,
                "reason": self.regime.reason,
            },
            "touches": self.lift.as_json() if self.lift else None,
            "funnel": self.funnel.as_json() if self.funnel else None,
            "matching": self.match.as_json() if self.match else None,
            "notes": self._notes,
        }

    def again(self) -> str:
        """The log's own weeks and customers under the regime, as a complete scenario file."""
        from sim.calibration.matching import again_of

        return to_yaml(again_of(self.found, self.scenario, self.regime))

    def picture(self) -> dict[str, Any]:
        """What the tracking plot and the plot of conditional expectations show."""
        found = self.found
        return {
            "log": shown(found.name.replace("\\", "/").rsplit("/", 1)[-1]),
            "actual": found.track.actual,
            "expected": found.track.expected,
            "held_out": found.period.held_out,
            "later": found.later,
            "match": self.match,
        }


def learn(log: Path, asked: Asked, name: str) -> Learnt:
    """Fit the log and put the scenario together; raises ScenarioError with one sentence for each mistake."""
    orders = read_orders(log, asked.columns, asked.how)
    shown_name = shown(str(log), 200)
    weeks = asked.weeks or weeks_fitted(orders, asked.hold_out_share)
    period = period_of(orders, shown_name, asked.unit, weeks, asked.until, asked.log_ends)
    funnel = read_funnel(asked.funnel) if asked.funnel else None
    contacts = read_contacts(asked.touches, orders, asked.how.date_order) if asked.touches else None
    entered = stated_lift(asked.lift) if asked.lift is not None else None
    found = calibrate(orders, period, shown_name)
    told = tuple(each.text() for each in orders.reading.cautions) if orders.reading else ()
    found = replace(found, notes=(*told, *found.notes))
    lift = lift_of(contacts, orders, period.log_ends) if contacts else entered
    baseline = load("baseline")
    assumed = load(baseline, {each.key: each.value for each in funnel.stated(baseline)}) if funnel else baseline
    value = order_value_of(found) if orders.priced else assumed.market.order_value_cny
    regime = regime_of(orders, assumed, value, asked.paid_share, asked.bought_back, asked.paid_channels)
    stated = stated_of(found, regime, baseline)
    stated += funnel.stated(baseline) if funnel else []
    stated += lift.stated(baseline) if lift else []
    scenario = loads(scenario_text(found, stated, regime, name), "calibrated.yaml")
    lower, notes = invitations_of(scenario, baseline)
    stated += lower
    notes.append(size_of_shop(orders))
    text = scenario_text(found, stated, regime, name, notes)
    return Learnt(
        found, regime, text, loads(text, "calibrated.yaml"), lift, funnel, tuple(stated), name, notes=tuple(notes)
    )


def matched(learnt: Learnt, seeds: int, *, progress: Progress | None = None) -> Learnt:
    """The same, with the simulator held against the log's own weeks, and what must be told of that."""
    from sim.calibration.cautions import cautions_of_runs
    from sim.calibration.matching import match

    found = match(learnt.found, learnt.scenario, learnt.regime, seeds, progress=progress)
    expected = learnt.found.track.expected["pareto_nbd"][-1]
    return _with_notes(replace(learnt, match=found), *cautions_of_runs(found, float(expected)))


def lived(learnt: Learnt, *, progress: Progress | None = None) -> Learnt:
    """The same, held against the log's own weeks in a few futures, as every calibration is."""
    from sim.calibration.matching import LONGEST, futures_of

    days = 7 * learnt.found.period.week_ends.size
    if not 0 < days <= LONGEST:
        told = f"the log has {days} days in whole weeks, which no run lives: the scenario was not tried"
        return _with_notes(learnt, told)
    return matched(learnt, futures_of(learnt.found), progress=progress)


def _with_notes(learnt: Learnt, *notes: str) -> Learnt:
    """The same with more that must be told, in its scenario's text too."""
    told = (*learnt.notes, *notes)
    text = scenario_text(learnt.found, learnt.stated, learnt.regime, learnt.title, told)
    return replace(learnt, notes=told, text=text)
