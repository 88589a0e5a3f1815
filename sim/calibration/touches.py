"""What messages do: from a log of contacts with a hold-out group, or with contacts staggered over days.

 Without either there is no comparison that is not confounded, and this says so: who is contacted is usually who would
have ordered anyway.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sim.assumptions.errors import ScenarioError, shown
from sim.assumptions.scenario import Scenario
from sim.calibration.effects import Effect, held_out_effect, naive_effect, staggered_effect, triggered_effect
from sim.calibration.read.columns import plain, recognised
from sim.calibration.read.dates import days_in
from sim.calibration.read.orders import Orders
from sim.calibration.read.reading import codes_in
from sim.calibration.read.tables import Table, numpy_of, open_table
from sim.calibration.stated import Stated, within

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
MOST_ARMS = 20
"""Names of groups beside the control group's; more are no arms but mistakes."""

HELD = {
    "holdout": "a group held out",
    "triggered": "a group held out, each from the own day on",
    "staggered": "people who were contacted later",
}
FEW_REMEDIES = {
    "holdout": ", of those who were customers before the first contact of all; where each was contacted on a day of "
    "its own, give those held out the day on which they would have been",
    "triggered": ", of those who were customers before the own day and were watched long enough after it",
}
"""What to do where too few could be compared."""

INVERTED = {"holdout", "control", "对照组"}
"""Columns in which a yes means that nobody was contacted."""


@dataclass(frozen=True)
class Contacts:
    """A contact a row: customer's number in the order log, day since 1970; ``held_out`` are customers kept apart by
    lot.

    ``own_day`` is the day of the contact that each of these was spared, where the log says it. ``arm`` numbers the
    kind of each contact in ``arms``, where there are several.
    """

    customer: NDArray[np.int64]
    day: NDArray[np.int64]
    held_out: NDArray[np.int64] | None
    strangers: int
    own_day: NDArray[np.int64] | None = None
    arm: NDArray[np.int64] | None = None
    arms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lift:
    """What a contact brings: extra orders each, how much less each further one in 28 days brings, and whether to
    believe it."""

    design: str
    effect: Effect
    confounded: bool
    sentence: str
    arms: tuple[tuple[str, Effect], ...] = ()

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
            "arms": [
                {"arm": name, "treated": each.treated, "lift_per_touch": each.lift, "lift_interval": each.interval}
                for name, each in self.arms
            ],
        }

    def stated(self, baseline: Scenario) -> list[Stated]:
        """The extra order of a seen offer, where the estimate is not confounded and is above nothing."""
        if self.confounded or self.effect.lift is None:
            return []
        pool = baseline.pool
        engaged, tie = pool.start_engagement_level, pool.start_tie_level
        seen = pool.accessibility_chance * (pool.seen_floor_share + (1 - pool.seen_floor_share) * engaged)
        tied = pool.weak_tie_order_factor + (1 - pool.weak_tie_order_factor) * tie
        source = "stated" if self.design == "stated" else "contact log"
        reason = (
            f"{source}: {self.sentence} Divided by the baseline's chance to be seen ({seen:.3g}) and effect of the "
            f"tie ({tied:.3g}) of a new member: an assumption, since contacts and orders show neither"
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
    groups = _groups(table, columns["group"], table.header[places["group"]]) if "group" in places else None
    held_out = None if groups is None else groups.held_out
    day = np.full(customer.size, np.iinfo(np.int64).max)
    dated = np.ones(customer.size, np.bool_) if held_out is None else ~held_out
    own = held_out is not None and held_out.any() and bool(_filled(columns["date"])[held_out].all())
    chosen = pa.chunked_array([columns["date"].combine_chunks().filter(pa.array(dated))])
    if own:
        day = days_in(columns["date"], table.name, table.line, date_order).astype(np.int64)
    if not dated.any():
        raise ScenarioError([f"{table.name}: nobody in it was contacted; add the contacts to those held out"])
    if not own:
        day[dated] = days_in(chosen, table.name, table.line, date_order)
    real = (customer >= 0) & dated
    spared = np.zeros(customer.size, np.bool_) if held_out is None else (customer >= 0) & held_out
    apart, own_day = _first_days(customer[spared], day[spared])
    _refuse_both(table, customer[real], apart)
    found = Contacts(customer[real], day[real], None if held_out is None else apart, int((known < 0).sum()))
    found = replace(found, own_day=own_day if own else None)
    if groups is None or len(groups.arms) < 2:
        return found
    _refuse_two_arms(table, customer[real], groups.arm[real])
    return replace(found, arm=groups.arm[real], arms=groups.arms)


def _filled(column: pa.ChunkedArray) -> NDArray[np.bool_]:
    """Which rows hold anything."""
    texts = pc.utf8_trim_whitespace(column.cast(pa.string())).fill_null("")
    return np.asarray(numpy_of(pc.not_equal(texts, "")), np.bool_)


def _first_days(customer: NDArray[np.int64], day: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each customer once, with the first of the days."""
    order = np.lexsort((day, customer))
    people, place = np.unique(customer[order], return_index=True)
    return people, day[order][place]


class Groups(NamedTuple):
    """Which rows are held out, which arm every other is of (-1: none), and what arms are called."""

    held_out: NDArray[np.bool_]
    arm: NDArray[np.int64]
    arms: tuple[str, ...]


def _groups(table: Table, column: pa.ChunkedArray, header: str) -> Groups:
    """Groups by name: where one is a control group, every other name is an arm of its own."""
    codes, names = codes_in(column, table, "group")
    texts = [plain(name) for name in names.to_pylist()]
    others = [place for place, text in enumerate(texts) if text not in CONTROL]
    strange = any(text not in TREATED | CONTROL for text in texts)
    if strange and 0 < len(others) < len(texts) and len(others) <= MOST_ARMS and plain(header) not in INVERTED:
        number = np.full(len(texts), -1)
        number[others] = np.arange(len(others))
        arm = number[codes]
        return Groups(arm < 0, arm, tuple(str(names[place].as_py()) for place in others))
    held_out = _held_out(table, codes.astype(np.int64), names, header)
    return Groups(held_out, np.where(held_out, -1, 0), ("treated",))


def _refuse_two_arms(table: Table, customer: NDArray[np.int64], arm: NDArray[np.int64]) -> None:
    pairs = np.unique(np.column_stack((customer, arm)), axis=0)
    number = len(pairs) - np.unique(customer).size
    if number:
        raise ScenarioError([f"{table.name}: {number} customers are in more than one arm; put each in one group"])


def _held_out(table: Table, codes: NDArray[np.int64], names: pa.Array, header: str) -> NDArray[np.bool_]:
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
        design, effect = _against_held_out(contacts, after, orders, log_ends)
        each = [
            (name, _against_held_out(contacts, after & (contacts.arm == number), orders, log_ends)[1])
            for number, name in enumerate(contacts.arms)
            if (after & (contacts.arm == number)).any()
        ]
        return _with_arms(_told(design, effect), each)
    staggered = staggered_effect(customer, day, orders, log_ends)
    if staggered is not None:
        return _told("staggered", staggered)
    return _told("none", naive_effect(customer, day, orders, log_ends))


def _against_held_out(
    contacts: Contacts, chosen: NDArray[np.bool_], orders: Orders, log_ends: int
) -> tuple[str, Effect]:
    """Some contacts against people held out: on the same days, or each from the own day on where these differ."""
    customer, day, own_day = contacts.customer[chosen], contacts.day[chosen], contacts.own_day
    apart = np.zeros(0, np.int64) if contacts.held_out is None else contacts.held_out
    if own_day is not None and np.unique(own_day).size > 1:
        return "triggered", triggered_effect(customer, day, apart, own_day, orders, log_ends)
    return "holdout", held_out_effect(customer, day, apart, orders, log_ends)


def _with_arms(found: Lift, arms: list[tuple[str, Effect]]) -> Lift:
    """The same with what each arm brought."""
    if not arms:
        return found
    told = "; ".join(f"{shown(name)} ({each.treated} customers): {_number(each)}" for name, each in arms)
    return replace(found, sentence=f"{found.sentence} By arm: {told}.", arms=tuple(arms))


def _number(effect: Effect) -> str:
    if effect.lift is None or effect.interval is None:
        return "too few customers"
    return f"{effect.lift:.4f} ({effect.interval[0]:.4f} to {effect.interval[1]:.4f})"


def stated_lift(text: str) -> Lift:
    """A lift that a test elsewhere found: extra orders a contact and their 95 % interval, as in 0.03,0.01,0.05."""
    try:
        lift, low, high = (float(part) for part in text.replace("..", ",").split(","))
        right = isfinite(lift) and low <= lift <= high and isfinite(high - low) and 0 <= lift <= 1
    except ValueError:
        right = False
    if not right:
        wanted = "the extra orders a contact (0 to 1) and their 95 % interval, as in 0.03,0.01,0.05"
        raise ScenarioError([f"--lift is {shown(text)}; write {wanted}"])
    number = f"{lift:.4f} extra orders a contact (95 % interval {low:.4f} to {high:.4f})"
    return Lift("stated", Effect(lift, (low, high), None, None, None, 0, 0, 0), False, f"Contacts as stated: {number}.")


def _told(design: str, effect: Effect) -> Lift:
    before = effect.before_z
    unlike = before is not None and abs(before) > 3
    confounded = design == "none" or unlike or effect.lift is None
    if effect.lift is None or effect.interval is None:
        few = f"Contacts: too few customers on either side to compare ({effect.treated} against {effect.control})"
        return Lift(design, effect, True, f"{few}{FEW_REMEDIES.get(design, '')}.")
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
    held = HELD[design]
    luck = "if lot or the calendar decided, and not what people did"
    return Lift(design, effect, confounded, f"Contacts against {held}: {number}, {luck}.")
