"""What messages do: from a log of contacts with a hold-out group, or with contacts staggered over days.

 Without either there is no comparison that is not confounded, and this says so: who is contacted is usually who would
have ordered anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sim.calibration.effects import Effect, held_out_effect, naive_effect, staggered_effect
from sim.calibration.read.columns import plain, recognised
from sim.calibration.read.dates import days_in
from sim.calibration.read.orders import Orders
from sim.calibration.read.reading import codes_in
from sim.calibration.read.tables import Table, numpy_of, open_table
from sim.calibration.stated import Stated, within
from sim.mistakes import ScenarioError, shown
from sim.scenario import Scenario

TREATED = {
    "treated",
    "treatment",
    "test",
    "contact",
    "contacted",
    "target",
    "1",
    "yes",
    "y",
    "true",
    "t",
    "实验",
    "实验组",
    "触达",
    "触达组",
    "是",
    "测试组",
}
CONTROL = {
    "control",
    "holdout",
    "heldout",
    "c",
    "0",
    "no",
    "n",
    "false",
    "对照",
    "对照组",
    "空白",
    "空白组",
    "留白",
    "留出",
    "否",
}
INVERTED = {"holdout", "control", "对照组"}
"""Columns in which a yes means that nobody was contacted."""


@dataclass(frozen=True)
class Contacts:
    """A contact a row: customer's number in the order log, day since 1970; ``held_out`` are customers kept apart by
    lot."""

    customer: NDArray[np.int64]
    day: NDArray[np.int64]
    held_out: NDArray[np.int64] | None
    strangers: int


@dataclass(frozen=True)
class Lift:
    """What a contact brings: extra orders each, how much less each further one in 28 days brings, and whether to
    believe it."""

    design: str
    effect: Effect
    confounded: bool
    sentence: str

    def as_json(self) -> dict[str, object]:
        """For other programs."""
        effect = self.effect
        return {
            "design": self.design,
            "confounded": self.confounded,
            "contacts": effect.contacts,
            "treated": effect.treated,
            "compared_with": effect.control,
            "lift_per_touch": effect.lift,
            "lift_interval": effect.interval,
            "fatigue_per_touch": effect.fatigue,
            "fatigue_interval": effect.fatigue_interval,
            "before_difference_z": effect.before_z,
            "sentence": self.sentence,
        }

    def stated(self, baseline: Scenario) -> list[Stated]:
        """The extra order of a seen offer, where the estimate is not confounded and is above nothing."""
        if self.confounded or self.effect.lift is None:
            return []
        pool = baseline.pool
        engaged, tie = pool.start_engagement_level, pool.start_tie_level
        seen = pool.accessibility_chance * (pool.seen_floor_share + (1 - pool.seen_floor_share) * engaged)
        tied = pool.weak_tie_order_factor + (1 - pool.weak_tie_order_factor) * tie
        reason = (
            f"contact log: {self.sentence} Divided by the baseline's chance to be seen ({seen:.3g}) and effect of the "
            f"tie ({tied:.3g}) of a new member: an assumption, since a contact log shows neither"
        )
        return [within("pool.offer_order_chance", max(self.effect.lift, 0.0) / (seen * tied), reason)]


def read_contacts(path: Path, orders: Orders, date_order: str | None) -> Contacts:
    """A log of contacts; raises ScenarioError with one sentence if it cannot be read or meets nobody of the order
    log."""
    table = open_table(path)
    places = recognised(table.name, table.header, {}, ("customer", "date"), ("group",))
    columns = dict(zip(places, table.columns(tuple(places.values())), strict=True))
    codes, names = codes_in(columns["customer"], table, "customer")
    known = numpy_of(pc.index_in(names, orders.customers).fill_null(-1)).astype(np.int64)
    customer = known[codes]
    if (customer < 0).all():
        raise ScenarioError(
            [f"{table.name}: none of its customers is in the order log; check that both use the same numbers"]
        )
    held_out = _held_out(table, columns["group"], table.header[places["group"]]) if "group" in places else None
    day = np.full(customer.size, np.iinfo(np.int64).max)
    dated = np.ones(customer.size, np.bool_) if held_out is None else ~held_out
    chosen = pa.chunked_array([columns["date"].combine_chunks().filter(pa.array(dated))])
    if not dated.any():
        raise ScenarioError([f"{table.name}: nobody in it was contacted; add the contacts to those held out"])
    day[dated] = days_in(chosen, table.name, table.line, date_order)
    real = (customer >= 0) & dated
    apart = None if held_out is None else np.unique(customer[(customer >= 0) & held_out])
    _refuse_both(table, customer[real], apart)
    return Contacts(customer[real], day[real], apart, int((known < 0).sum()))


def _held_out(table: Table, column: pa.ChunkedArray, header: str) -> NDArray[np.bool_]:
    codes, names = codes_in(column, table, "group")
    texts = [plain(name) for name in names.to_pylist()]
    for place, text in enumerate(texts):
        if text not in TREATED | CONTROL:
            where = table.line + int(np.argmax(codes == place))
            said = f"{table.name}: the group in line {where} is {shown(names[place].as_py())}"
            raise ScenarioError([f"{said}; write treated or control (实验组 or 对照组)"])
    control = np.array([text in CONTROL for text in texts])
    return (~control if plain(header) in INVERTED and not set(texts) <= INVERTED | {"treated"} else control)[codes]


def _refuse_both(table: Table, contacted: NDArray[np.int64], apart: NDArray[np.int64] | None) -> None:
    if apart is not None and np.isin(contacted, apart).any():
        number = int(np.isin(np.unique(contacted), apart).sum())
        raise ScenarioError(
            [f"{table.name}: {number} customers are both contacted and held out; put each in one group"]
        )


def lift_of(contacts: Contacts, orders: Orders, log_ends: int) -> Lift:
    """What contacts did, by the best comparison that the log allows."""
    after = contacts.day < log_ends
    if not after.any():
        raise ScenarioError(
            ["--touches: no contact lies before the end of the order log, so that nothing can be seen of it"]
        )
    customer, day = contacts.customer[after], contacts.day[after]
    if contacts.held_out is not None and contacts.held_out.size:
        return _told("holdout", held_out_effect(customer, day, contacts.held_out, orders, log_ends))
    effect = staggered_effect(customer, day, orders, log_ends)
    if effect is not None:
        return _told("staggered", effect)
    return _told("none", naive_effect(customer, day, orders, log_ends))


def _told(design: str, effect: Effect) -> Lift:
    before = effect.before_z
    unlike = before is not None and abs(before) > 3
    confounded = design == "none" or unlike or effect.lift is None
    if effect.lift is None or effect.interval is None:
        return Lift(design, effect, True, "Contacts: too few customers on either side to compare.")
    low, high = effect.interval
    number = f"{effect.lift:.4f} extra orders a contact (95 % interval {low:.4f} to {high:.4f})"
    if design == "none":
        why = "there is no group held out by lot and no staggering, so that the estimate is confounded"
        return Lift(design, effect, True, f"Contacts: {why}: {number} is who was contacted as much as what it did.")
    if unlike:
        why = (
            f"but both sides already differed before any contact (z = {before:.1f}), so that the estimate is confounded"
        )
        return Lift(design, effect, True, f"Contacts, {effect.treated} against {effect.control}: {number}, {why}.")
    held = "a group held out" if design == "holdout" else "people who were contacted later"
    luck = "if lot or the calendar decided, and not what people did"
    return Lift(design, effect, confounded, f"Contacts against {held}: {number}, {luck}.")
