"""Which rows of a log are orders, and why the others are not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.errors import ScenarioError, guess, shown
from sim.calibration.read.cells import Codes
from sim.calibration.read.choosing import Choice
from sim.calibration.read.words_of import is_nobody, is_total, meaning, names, plain, plain_state

Mask = NDArray[np.bool_]


class Decision:
    """Rows that are kept, and how many were left out for each reason, in the order in which reasons were asked."""

    def __init__(self, rows: int) -> None:
        self.kept: Mask = np.ones(rows, np.bool_)
        self.left_out: dict[str, int] = {}

    def leave_out(self, reason: str, rows: Mask) -> None:
        """Leave rows out that were not left out before."""
        gone = rows & self.kept
        if gone.any():
            self.left_out[reason] = self.left_out.get(reason, 0) + int(gone.sum())
            self.kept &= ~gone


def decide(choice: Choice, orders: Codes | None, line: int) -> tuple[Decision, NDArray[np.int32]]:
    """Which rows may be orders by all but their numbers; and the customers, those of further lines filled in."""
    people, decision = choice.people.codes.copy(), Decision(len(choice.columns))
    empty_date = _empty(choice, choice.date)
    empty_amount = np.ones_like(empty_date) if choice.amount is None else _empty(choice, choice.amount)
    if choice.price is not None:
        empty_amount = _empty(choice, choice.price)
    empty_customer = _empty(choice, choice.customer)
    total = _totals(choice, empty_date)
    decision.leave_out("total", total)
    decision.leave_out("blank", empty_customer & empty_date & empty_amount)
    _last_without_a_name(decision, empty_customer & empty_date)
    if orders is not None:
        people = _filled(people, orders)
        if choice.amount is not None:
            decision.leave_out("continuation", _continued(orders, people) & empty_amount)
    for role, what in (("state", "states"), ("kind", "kinds")):
        for place in choice.several(role):
            _by_state(choice, place, what, decision, line)
    _refuse_unused_states(choice)
    for place in choice.several("cancelled_at"):
        decision.leave_out("cancelled", ~_empty(choice, place))
    for place in choice.several("paid_at"):
        unpaid = _empty(choice, place) & decision.kept
        if unpaid.sum() <= 0.5 * decision.kept.sum():
            decision.leave_out("unpaid", unpaid)
    return decision, people


def _per_text(choice: Choice, place: int, check: Callable[[str], bool]) -> Mask:
    codes, texts = choice.columns.coded(place)
    found = np.array([check(text) for text in texts.to_pylist()], np.bool_)
    return found[codes] if len(found) else np.zeros(len(codes), np.bool_)


def _empty(choice: Choice, place: int) -> Mask:
    return _per_text(choice, place, lambda text: not text or (len(text) < 30 and _says_nothing(text)))


def _says_nothing(text: str) -> bool:
    return text.startswith("0000-00-00") or (not text[0].isdigit() and text[-1:] != "1" and is_nobody(text)
                                            and text.lower() not in ("nan", "x", "test"))  # fmt: skip


def _totals(choice: Choice, empty_date: Mask) -> Mask:
    places = {choice.customer, choice.date} | set(choice.several("order")) | ({0} if 0 in choice.columns else set())
    found = np.zeros(len(empty_date), np.bool_)
    rows = np.flatnonzero(empty_date | _per_text(choice, choice.date, lambda text: not text[:1].isdigit() and is_total(text)))
    for place in places:
        codes, texts = choice.columns.coded(place)
        said = {code: is_total(str(texts[code])) for code in np.unique(codes[rows]).tolist()}
        found[rows] |= np.array([said[code] for code in codes[rows].tolist()], np.bool_)
    return found


def _last_without_a_name(decision: Decision, nameless: Mask) -> None:
    """A last row with neither customer nor date sums up the others."""
    kept = np.flatnonzero(decision.kept)
    if kept.size > 1 and nameless[kept[-1]] and not nameless[kept[:-1]].any():
        last = np.zeros_like(nameless)
        last[kept[-1]] = True
        decision.leave_out("total", last)


def _filled(people: Codes, orders: Codes) -> Codes:
    """Customers of an order's further lines, where only its first line names them."""
    named = np.flatnonzero((people >= 0) & (orders >= 0))
    if named.size == people.size:
        return people
    first = np.full(int(orders.max(initial=-1)) + 2, -1, np.int32)
    first[orders[named[::-1]]] = people[named[::-1]]
    return np.where((people < 0) & (orders >= 0), first[orders], people).astype(np.int32)


def _continued(orders: Codes, people: Codes) -> Mask:
    """Rows whose order began in an earlier row."""
    first = np.full(int(orders.max(initial=-1)) + 2, len(people), np.int64)
    np.minimum.at(first, orders, np.arange(len(orders)))
    return (orders >= 0) & (np.arange(len(orders)) > first[orders])


def _by_state(choice: Choice, place: int, what: str, decision: Decision, line: int) -> None:
    """Leave rows out whose state, or kind, is no order's; ask about texts that are not known."""
    codes, texts = choice.columns.coded(place)
    cells = texts.to_pylist()
    said = [plain_state(state) for state in choice.how.states]
    if said and any(plain_state(cell) in said for cell in cells):
        decision.leave_out("state", np.array([bool(cell) and plain_state(cell) not in said for cell in cells])[codes])
        return
    meant = [meaning(what, cell) if cell and not _says_nothing(cell) else "" for cell in cells]
    if what == "states":
        meant = _closed(meant)
    known, telling = sum(bool(each) for each in meant), {"paid", "counts", "sale", "", None, "either"}
    if not known or (what == "kinds" and (not set(meant) - telling or (set(meant) - telling == {"goods"} and "sale" not in meant))):
        strong = what == "states" and plain(choice.header[place]) not in names("weak_state") and any(cells)
        if known or not strong:
            return
    unknown = next((n for n, each in enumerate(meant) if each in (None, "either") and (decision.kept & (codes == n)).any()), None)
    if unknown is not None:
        where = line + int(np.argmax(codes == unknown))
        text = f"{shown(choice.header[place])} is {shown(cells[unknown])} in line {where}"
        raise ScenarioError(
            [f"{choice.table.name}: {text}, which may or may not be an order's; name those that count with --states A,B"]
        )
    for reason in ("refunded", "cancelled", "failed", "unpaid", "refund", "other", "goods"):
        decision.leave_out(reason, np.array([each == reason for each in meant], np.bool_)[codes])


def _closed(meant: list[str | None]) -> list[str | None]:
    """States in which "closed" beside a state of success means cancelled."""
    return ["cancelled" if each == "either" and "paid" in meant else each for each in meant]


def _refuse_unused_states(choice: Choice) -> None:
    if not choice.how.states:
        return
    cells = {
        text for role in ("state", "kind") for place in choice.several(role)
        for text in choice.columns.coded(place)[1].to_pylist()
    }  # fmt: skip
    bare = {plain_state(cell) for cell in cells}
    for state in choice.how.states:
        if plain_state(state) not in bare:
            near = guess(state, cells)
            hint = f"did you mean {shown(near)}?" if near else f"there are {shown(', '.join(sorted(cells)), 200)}"
            raise ScenarioError([f"--states names {shown(state)}, but no column of states has it; {hint}"])
