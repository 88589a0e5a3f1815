"""Which of a table's columns are taken for a log, by their names and by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sim.assumptions.errors import ScenarioError, shown
from sim.calibration.read.cells import Codes, as_texts, coded
from sim.calibration.read.columns import candidates, known_place, missing_columns, named_place, refuse_one_for_two
from sim.calibration.read.customers import People, people_in
from sim.calibration.read.how import How
from sim.calibration.read.money import written
from sim.calibration.read.tables import Table
from sim.calibration.read.words_of import names, plain

SWITCHES = frozenset({"0", "1", "0.0", "1.0", "true", "false", "yes", "no", "y", "n", "t", "f", "是", "否", ""})
MOST_CANDIDATES = 6
FEW = 20
"""Rows from which on a column that differs in every row, or holds two words, is taken for no column of customers."""


class Columns:
    """A table's columns, each read once."""

    def __init__(self, table: Table, places: Sequence[int]) -> None:
        self.table, self._read = table, {}
        self._coded: dict[int, tuple[Codes, pa.Array]] = {}
        wanted = sorted(set(places))
        for place, column in zip(wanted, table.columns(wanted), strict=True):
            self._read[place] = column

    def __contains__(self, place: int) -> bool:
        return place in self._read

    def __getitem__(self, place: int) -> pa.ChunkedArray:
        return self._read[place]

    def coded(self, place: int) -> tuple[Codes, pa.Array]:
        """A column as numbers for texts, with the texts."""
        if place not in self._coded:
            self._coded[place] = coded(self._read[place], self.table.name)
        return self._coded[place]

    def __len__(self) -> int:
        return len(next(iter(self._read.values()))) if self._read else 0


ROLES = ("customer", "date", "amount", "price", "quantity", "order", "state", "kind", "currency", "paid_at",
         "cancelled_at", "refunded", "channel")  # fmt: skip


class Choice:
    """Which column is which: places by role. ``amount`` is None if the log has none, or if it is price x quantity."""

    def __init__(self, table: Table, how: How) -> None:
        self.table, self.how = table, how
        self.header = table.header
        self.named = {
            role: named_place(table.name, self.header, role, text) for role, text in how.named.items() if text
        }
        self.found: dict[str, list[int]] = {role: self._known(role) for role in ROLES}
        refuse_one_for_two(table.name, self.header, self._as_named())
        self._refuse_missing()
        places = {place for role in ROLES for place in self.found[role][:MOST_CANDIDATES]} | ({0} if table.opened.form != "parquet" else set())
        self.columns = Columns(table, sorted(places))
        if not len(self.columns):
            raise ScenarioError([f"{table.name}: there are no orders in it; export the log again"])
        self.date = self._date()
        self.customer, self.people = self._customer()
        self.amount = self._amount()
        self.price, self.quantity = (self._free(role) for role in ("price", "quantity"))
        self._settle_price()
        refuse_one_for_two(
            table.name, self.header,
            {k: v for k, v in (("customer", self.customer), ("date", self.date), ("amount", self.amount)) if v is not None},
        )  # fmt: skip

    def _as_named(self) -> dict[str, int]:
        """Columns by role as named, and those that are recognised best; one of them may not be two things."""
        best = {role: place for role in ("customer", "date", "amount") if (place := known_place(self.table.name, self.header, role)) is not None}
        return {role: self.named.get(role, best.get(role, -1 - n)) for n, role in enumerate((*best, *self.named))}

    def _known(self, role: str) -> list[int]:
        if role in self.named:
            return [self.named[role]]
        taken = set(self.named.values())
        found = [place for place in candidates(self.header, role) if place not in taken]
        if role == "order" and self._is_shopify():
            found = [place for place, each in enumerate(self.header) if plain(each) == "name"] + found
        if role in ("customer", "date", "amount") and found:
            known_place(self.table.name, self.header, role)  # refuses two of one name
        return found

    def _is_shopify(self) -> bool:
        bare = {plain(each) for each in self.header}
        return bool(bare & {"financialstatus", "lineitemquantity", "lineitemname"})

    def _refuse_missing(self) -> None:
        missing = [role for role in ("customer", "date") if not self.found[role]]
        if not self.found["amount"] and not self.found["price"] and not self._without_amounts():
            missing.append("amount")
        if missing:
            raise ScenarioError([missing_columns(self.table.name, self.header, missing)])

    def _without_amounts(self) -> bool:
        """Whether the log has no amounts: as was said, or as no column is left that could hold them."""
        known = {place for role in ROLES for place in self.found[role]}
        return self.how.without_amounts or (
            all(self.found[role] for role in ("customer", "date")) and len(known) == len(self.header)
        )

    def _free(self, role: str) -> int | None:
        taken = {self.customer, self.date, self.amount}
        return next((place for place in self.found[role] if place not in taken), None)

    def several(self, role: str) -> Iterator[int]:
        """All columns of a role that are nothing else."""
        taken = {self.customer, self.date, self.amount}
        yield from (place for place in self.found[role][:MOST_CANDIDATES] if place not in taken)

    def one(self, role: str) -> int | None:
        """The best column of a role that is nothing else."""
        return next(self.several(role), None)

    def _date(self) -> int:
        places = self.found["date"][:MOST_CANDIDATES]
        if "date" in self.named or len(places) == 1:
            return places[0]
        empty = [_empty_share(self.columns[place]) for place in places]
        return places[next(n for n, share in enumerate(empty) if share <= min(empty) + 0.01)]

    def _customer(self) -> tuple[int, People]:
        places = [place for place in self.found["customer"][:MOST_CANDIDATES] if place != self.date]
        if not places:
            raise ScenarioError([missing_columns(self.table.name, self.header, ["customer"])])
        people = {place: people_in(self.columns[place], self.table.name) for place in places}
        if "customer" in self.named:
            return places[0], people[places[0]]
        faults = {place: self._fault(place, people[place]) for place in places}
        sound = [place for place in places if not faults[place]] or places[:1]
        best = sound[0]
        nobody = {place: float((people[place].codes < 0).mean()) for place in sound}
        for place in sound[1:]:
            if nobody[best] > 0.02 and nobody[place] < nobody[best] / 2:
                best = place
        best = next((place for place in sound if nobody[place] <= nobody[best] + 0.02 and _has_repeats(people[place])
                     and not _has_repeats(people[best])), best)  # fmt: skip
        if faults[best]:
            raise ScenarioError([f"{self.table.name}: {faults[best]}"])
        return best, people[best]

    def _fault(self, place: int, people: People) -> str:
        """Why a column cannot be that of customers, as a sentence; empty if it can."""
        rows, column = len(people.codes), shown(self.header[place])
        named = people.codes >= 0
        remedy = "name the column of customers with --customer COLUMN"
        if people.are_groups and rows >= FEW and rows > 3 * len(people.names):
            words = shown(", ".join(people.names.to_pylist()))
            return f"{column} says what kind of customer ordered ({words}), and not who; {remedy}"
        if plain(self.header[place]) in names("weak_customer") and named.sum() >= FEW and not _has_repeats(people):
            return f"{column} differs in every row, as an order's number does, and no customer's; {remedy}"
        share = float(np.isin(people.codes[named], np.flatnonzero(people.cut)).mean()) if named.any() else 0.0
        if share > 0.5:
            name = shown(people.names[int(np.flatnonzero(people.cut)[0])].as_py().upper())
            return f"{column} holds numbers that Excel has cut short, as {name}, many people in one; export it as text"
        if named.any() and people.masked.any() and float(people.masked.mean()) > 0.5 and _is_short(people):
            name = shown(people.names[int(np.flatnonzero(people.masked)[0])].as_py())
            return f"{column} holds masked names, as {name}, many people in one; {remedy}, or name this one to take it"
        return ""

    def _amount(self) -> int | None:
        if self.how.without_amounts:
            return None
        taken = {self.customer, self.date}
        places = [place for place in self.found["amount"][:MOST_CANDIDATES] if place not in taken]
        if "amount" in self.named:
            return self.named["amount"]
        kinds = {place: _kind_of_numbers(self.columns[place]) for place in places}
        sound = [place for place in places if kinds[place] == "numbers"]
        if sound:
            return sound[0]
        if places and not self.found["price"]:
            if all(kinds[place] == "switch" for place in places):
                said = f"{shown(self.header[places[0]])} holds only 0 and 1, a switch and no amount"
                raise ScenarioError([f"{self.table.name}: {said}; name the amount with --amount COLUMN"])
            return places[0]
        return None

    def _settle_price(self) -> None:
        """Price x quantity is an amount where no other is; a price alone is the amount."""
        if self.amount is not None or self.how.without_amounts:
            self.price = self.quantity = None
        elif self.price is not None and (self.quantity is None or self._is_amazon()):
            self.amount, self.price, self.quantity = self.price, None, None

    def _is_amazon(self) -> bool:
        return any(plain(each) == "amazonorderid" for each in self.header)

    @property
    def whole_order(self) -> bool | None:
        """Whether the amount's name says that it is the order's (True) or a line's (False); None if it says neither."""
        if self.amount is None:
            return False
        bare = plain(self.header[self.amount])
        return True if bare in names("whole_order") else False if bare in names("line_only") else None


def _has_repeats(people: People) -> bool:
    named = people.codes[people.codes >= 0]
    return named.size > np.unique(named).size


def _is_short(people: People) -> bool:
    """Whether masked names show so little that many people must share one: two letters or so."""
    seen = [len(re.sub(r"[*＊•●xX]", "", name)) for name, mask in zip(people.names.to_pylist(), people.masked, strict=True) if mask]
    return float(np.median(seen)) <= 3


def _empty_share(column: pa.ChunkedArray) -> float:
    if not len(column):
        return 0.0
    if not pa.types.is_string(column.type):
        return column.null_count / len(column)
    return float(pc.mean(pc.equal(pc.utf8_trim_whitespace(column), "").cast(pa.float64())).as_py() or 0.0)


def _kind_of_numbers(column: pa.ChunkedArray) -> str:
    """Whether a column holds ``numbers``, a ``switch`` that is on or off, or ``texts``."""
    some = column.slice(0, 5_000)
    _, texts = coded(as_texts(some))
    cells = [cell.lower() for cell in texts.to_pylist()]
    if set(cells) <= SWITCHES and len(some) >= FEW and _all_switches(column):
        return "switch"
    filled = [cell for cell in cells if cell]
    numbers = sum(written(cell) is not None for cell in filled)
    return "numbers" if not filled or numbers > 0.5 * len(filled) else "texts"


def _all_switches(column: pa.ChunkedArray) -> bool:
    return {cell.lower() for cell in coded(as_texts(column))[1].to_pylist()} <= SWITCHES
