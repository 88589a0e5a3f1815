"""An order log from a file: columns found, rows decided, cells turned into numbers, every mistake one clear sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.assumptions.errors import ScenarioError, shown
from sim.calibration.read.cells import Codes, coded
from sim.calibration.read.choosing import Choice
from sim.calibration.read.customers import People, folded_codes
from sim.calibration.read.dates import days_in
from sim.calibration.read.deciding import Decision, decide
from sim.calibration.read.holes import holes_in
from sim.calibration.read.how import How, Named
from sim.calibration.read.money import code_of, currency_in
from sim.calibration.read.numbers import Numbers, numbers_in, read_numbers
from sim.calibration.read.order_lines import Lines
from sim.calibration.read.orders import Orders, Rows, date_of, day_of, orders_of, orders_since
from sim.calibration.read.report import Caution, ReadingReport
from sim.calibration.read.tables import Table, open_table

__all__ = ["codes_in", "numbers_in", "read_orders"]

LARGE_SHARE = 0.1
"""From this share of all orders on, one customer is told of."""

DENSE_SHARE = 0.6
"""Share of a log's days on which one customer ordered, from which on that customer is told of."""


def read_orders(path: Path, named: Named | None = None, how: How | None = None, **asked: Any) -> Orders:
    """The orders in a log, with a report of how they were read; raises ScenarioError with one sentence if it cannot be.

    ``named`` gives columns by role (customer, date, amount, channel) where their names are not recognised; everything
    else that may be said stands in ``how``, or by its names (see ``How``).
    """
    if named:
        asked["named"] = named
    said = replace(how or How(), **asked)
    with np.errstate(over="ignore", invalid="ignore"):  # amounts beyond all bounds are told as such afterwards
        return _Log(open_table(path, said), said).orders()


class _Log:
    """A log on its way from a table to orders."""

    def __init__(self, table: Table, how: How) -> None:
        self.table, self.how = table, how
        self.choice = Choice(table, how)
        self.cautions: list[Caution] = []
        self.order_place = next((p for p in self.choice.several("order") if self._numbers_orders(p)), None)
        self.lines_of = table.line + np.arange(len(self.choice.columns))

    def orders(self) -> Orders:
        """The orders, with their report."""
        numbers = self._order_numbers()
        decision, people = decide(self.choice, numbers, self.table.line)
        self._leave_out_empty(decision, people)
        self._refuse_nothing(decision)
        amount, money = self._amounts(decision)
        amount = self._without_refunds(decision, amount)
        kept = decision.kept
        day = self._days(kept)
        rows = self._rows(kept, people[kept], day, amount[kept])
        rows, once = self._as_orders(rows, None if numbers is None else numbers[kept])
        found = orders_of(rows, keep_copies=self.how.keep_copies or rows.moment.size < int(kept.sum()))
        found = replace(found, priced=self._is_priced)
        if self.how.calibrate_from:
            found = self._since(found, decision)
        return replace(found, reading=self._report(found, decision, money, once))

    @property
    def _is_priced(self) -> bool:
        return self.choice.amount is not None or self.choice.price is not None

    # Which rows

    def _numbers_orders(self, place: int) -> bool:
        """Whether a column can hold the numbers of orders: not the same few over and over."""
        codes, texts = self.choice.columns.coded(place)
        filled = codes[np.array([bool(text) for text in texts.to_pylist()], np.bool_)[codes]] if len(texts) else codes
        return filled.size > 0 and np.unique(filled).size > max(2, filled.size / 200)

    def _order_numbers(self) -> Codes | None:
        """The order's number of each row, -1 where it has none."""
        if self.order_place is None:
            return None
        codes, texts = self.choice.columns.coded(self.order_place)
        empty = np.array([not text or text in ("0", "-") for text in texts.to_pylist()], np.bool_)
        return np.where(empty[codes], -1, codes).astype(np.int32)

    def _leave_out_empty(self, decision: Decision, people: Codes) -> None:
        """Leave out rows without a customer where guests are usual, or if it was said; else refuse them."""
        choice, before = self.choice, decision.kept.copy()
        nobody, cut = people < 0, np.isin(people, np.flatnonzero(choice.people.cut))
        for reason, rows in (("nobody", nobody | cut), ("no_date", self._is_empty(choice.date, before)),
                             ("no_amount", self._is_empty(choice.amount if choice.price is None else choice.price, before))):  # fmt: skip
            gone = rows & decision.kept
            if not gone.any():
                continue
            if not self.how.leave_out_empty and not (reason == "nobody" and self._has_guests and not (gone & cut).any()):
                raise ScenarioError([self._empty_sentence(reason, gone, decision, cut=bool((gone & cut).any()))])
            decision.leave_out(reason, gone)
            if reason == "nobody":
                gaps = {"count": f"{int(gone.sum()):,}", "all": f"{int(before.sum()):,}"}
                self.cautions.append(Caution("nobody", gaps))

    @property
    def _has_guests(self) -> bool:
        """Whether this is a shop's export, in which orders without a customer's name are usual."""
        return self.order_place is not None or self.choice.one("state") is not None

    def _is_empty(self, place: int | None, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
        if place is None:
            return np.zeros(kept.size, np.bool_)
        codes, texts = self.choice.columns.coded(place)
        empty = np.array([not text or (self.how.leave_out_empty and text.lower() in ("null", "nan", "none", "-", "n/a")) for text in texts.to_pylist()], np.bool_)
        return empty[codes] if empty.size else np.zeros(kept.size, np.bool_)

    def _empty_sentence(self, reason: str, gone: NDArray[np.bool_], decision: Decision, *, cut: bool) -> str:
        line, count = int(self.lines_of[np.argmax(gone)]), int(gone.sum())
        role = {"nobody": "customer", "no_date": "date", "no_amount": "amount"}[reason]
        place = getattr(self.choice, role) if reason != "no_amount" or self.choice.price is None else self.choice.price
        text = self._text(place, int(np.argmax(gone)))
        where = "row" if self.table.opened.form == "parquet" else "line"
        what = "is a number that Excel has cut short, many people in one" if cut else "is empty" if not text else "stands for nobody"
        says = f"the {role} {shown(text)} in" if text else f"the {role} in"
        more = f" (as in {count - 1:,} more of {int(decision.kept.sum()):,})" if count > 1 else ""
        remedy = "fill it in, or say --leave-out-empty to leave such rows out"
        return f"{self.table.name}: {says} {where} {line} {what}{more}; {remedy}"

    def _text(self, place: int, row: int) -> str:
        codes, texts = coded(self.choice.columns[place].slice(row, 1), self.table.name)
        return str(texts[int(codes[0])].as_py())

    def _refuse_nothing(self, decision: Decision) -> None:
        if not decision.kept.any():
            raise ScenarioError([f"{self.table.name}: there are no orders in it; export the log again"])

    # What stands in them

    def _days(self, kept: NDArray[np.bool_]) -> NDArray[np.int32]:
        column = self._kept(self.choice.date, kept)
        return days_in(column, self.table.name, self.lines_of[kept], self.how.date_order)

    def _kept(self, place: int, kept: NDArray[np.bool_]) -> pa.ChunkedArray:
        column = self.choice.columns[place]
        return column if kept.all() else column.filter(pa.array(kept))

    def _numbers(self, place: int, kept: NDArray[np.bool_], role: str, *, ask: bool) -> Numbers:
        """Numbers of the rows kept, in place; 0 elsewhere."""
        found = read_numbers(
            self._kept(place, kept), self.table.name, role, self.lines_of[kept], ask=ask, decimal=self.how.decimal,
            semicolons=self.table.opened.delimiter == ";",
        )  # fmt: skip
        values = np.zeros(kept.size)
        values[kept] = found.values
        return Numbers(values, found.currencies)

    def _amounts(self, decision: Decision) -> tuple[NDArray[np.float64], tuple[str | None, float | None]]:
        """What each row is worth in yuan, as far as a rate is known; returns left out where they are recognised."""
        choice, kept = self.choice, decision.kept
        place = choice.amount if choice.price is None else choice.price
        if place is None:
            self.cautions.append(Caution("no_amounts"))
            return np.zeros(kept.size), (None, None)
        found = self._numbers(place, kept, "amount", ask=True)
        values = found.values
        quantity = choice.quantity if choice.price is not None else None
        if quantity is not None:
            values = values * self._numbers(quantity, kept, "quantity", ask=False).values
        elif (number := choice.one("quantity")) is not None:
            self._returns_by_quantity(decision, number)
        if quantity is not None or self.order_place is not None or choice.one("kind") is not None:
            decision.leave_out("return", values < 0)
        self._leave_out_cancellations(decision)
        self._refuse_nothing(decision)
        money = self._money(place, found, decision.kept)
        return self._in_yuan(values, money, decision.kept), (money if isinstance(money, tuple) else (None, None))

    def _returns_by_quantity(self, decision: Decision, place: int) -> None:
        try:
            decision.leave_out("return", self._numbers(place, decision.kept, "quantity", ask=False).values < 0)
        except ScenarioError:
            return  # what stands there is no quantity, and nothing depends on it

    def _leave_out_cancellations(self, decision: Decision) -> None:
        """Invoices whose number begins with C, where the others' are numbers, are cancellations (as in UCI's log)."""
        if self.order_place is None:
            return
        codes, texts = self.choice.columns.coded(self.order_place)
        cells = texts.to_pylist()
        if sum(cell.isdigit() for cell in cells) > 0.5 * len(cells):
            cancels = np.array([cell[:1] in "Cc" and cell[1:].isdigit() for cell in cells], np.bool_)
            decision.leave_out("cancelled", cancels[codes])

    def _money(self, place: int, found: Numbers, kept: NDArray[np.bool_]) -> tuple[str | None, float | None]:
        """The log's currency and the yuan that one unit of it is taken for; raises ScenarioError for several."""
        header = self.table.header[place]
        said = self._said_in_a_column(kept) or found.currencies
        if len(said) > 1:
            if all(self.how.rates.get(code) for code in said):
                return "several", None
            counted = ", ".join(f"{code} in {count:,} rows" for code, count in sorted(said.items(), key=lambda pair: -pair[1]))
            raise ScenarioError(
                [(f"{self.table.name}: amounts are in more than one currency, {shown(counted, 200)}; convert them into one, "
                 "or give a rate for each, as in --currency USD=7.1")]
            )  # fmt: skip
        code = next(iter(said), None) or currency_in(header)
        if code is None and len(self.how.rates) == 1:
            code = next(iter(self.how.rates))
        elif self.how.rates and code not in self.how.rates and code is not None:
            raise ScenarioError(
                [f"{self.table.name}: --currency names {', '.join(self.how.rates)}, but the log's amounts are in {code}; name that"]
            )
        rate = self.how.rates.get(code or "") or (self.how.rate if code != "CNY" else None)
        if code not in (None, "CNY") and rate is None:
            self.cautions.append(Caution("foreign", {"currency": str(code)}))
        return code, rate

    def _said_in_a_column(self, kept: NDArray[np.bool_]) -> dict[str, int]:
        place = self.choice.one("currency")
        if place is None:
            return {}
        codes, texts = coded(self._kept(place, kept), self.table.name)
        said: dict[str, int] = {}
        for cell, count in zip(texts.to_pylist(), np.bincount(codes, minlength=len(texts)).tolist(), strict=True):
            code = (code_of(cell) or shown(cell.upper(), 12)) if cell else ""
            if code and count:
                said[code] = said.get(code, 0) + count
        return said

    def _in_yuan(
        self, values: NDArray[np.float64], money: tuple[str | None, float | None], kept: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        code, rate = money
        if code != "several":
            return values * (rate or 1.0)
        place = self.choice.one("currency")
        if place is None:
            raise ScenarioError([f"{self.table.name}: amounts are in more than one currency, and no column says which; convert them"])
        codes, texts = self.choice.columns.coded(place)
        rates = np.array([self.how.rates.get(code_of(cell) or "") or 1.0 for cell in texts.to_pylist()])
        return np.where(kept, values * rates[codes], 0.0)

    def _without_refunds(self, decision: Decision, amount: NDArray[np.float64]) -> NDArray[np.float64]:
        """Amounts less what was refunded of them; orders refunded in full left out."""
        place = self.choice.one("refunded")
        if place is None or self.choice.amount is None:
            return amount
        try:
            back = read_numbers(self.choice.columns[place], self.table.name, "refund", self.lines_of, empty=True).values
        except ScenarioError:
            return amount  # what stands there is no money
        back = np.abs(np.nan_to_num(back))
        decision.leave_out("refunded", (back >= amount) & (amount > 0))
        self._refuse_nothing(decision)
        return np.where(back < amount, amount - back, amount)

    # Orders

    def _rows(
        self, kept: NDArray[np.bool_], people: Codes, day: NDArray[np.int32], amount: NDArray[np.float64]
    ) -> Rows:
        moment = coded(self._kept(self.choice.date, kept), self.table.name)[0]
        place, names = self.choice.one("channel"), self.choice.people.names
        channel: Codes | None = None
        texts: tuple[str, ...] = ()
        if place is not None:
            channel, channels = coded(self._kept(place, kept), self.table.name)
            texts = tuple(map(str, channels.to_pylist()))
        seen, customer = np.unique(people, return_inverse=True)
        known = names.take(pa.array(seen))
        return Rows(self.table.name, customer.astype(np.int32), day, moment, amount, known, channel, texts, self.lines_of[kept])

    def _as_orders(self, rows: Rows, numbers: Codes | None) -> tuple[Rows, str | None]:
        """Rows with the lines of each order put together, and whether amounts were the order's or the line's."""
        if numbers is None or self.order_place is None:
            return rows, None
        lines = Lines(rows.customer, numbers)
        if lines.first.size == rows.customer.size:
            return rows, None
        if lines.are_far_apart(rows.day):
            self.cautions.append(Caution("order_number", {"column": shown(self.table.header[self.order_place])}))
            self.order_place = None
            return rows, None
        once = self._is_once(lines, rows)
        first, channel = lines.first, None if rows.channel is None else rows.channel[lines.first]
        worth = lines.worth(rows.amount, once=once)
        merged = Rows(rows.name, rows.customer[first], rows.day[first], rows.moment[first], worth, rows.customers, channel,
                      rows.channels, rows.lines[first])  # fmt: skip
        return merged, "order" if once else "line"

    def _is_once(self, lines: Lines, rows: Rows) -> bool:
        """Whether the amount on each line is the whole order's."""
        if self.how.amount_of:
            return self.how.amount_of == "order"
        if self.choice.whole_order is False or not lines.are_repeated(rows.amount):
            return False
        different = np.unique(rows.amount[np.bincount(lines.order)[lines.order] > 1]).size
        if self.choice.whole_order is None and self._is_priced and different < 3:
            where = int(rows.lines[np.argmax(np.bincount(lines.order)[lines.order] > 1)])
            raise ScenarioError(
                [(f"{self.table.name}: the lines of an order have one amount, as from line {where} on, which may be each line's "
                 "or the order's; say --amount-of line or order")]
            )  # fmt: skip
        return True

    def _since(self, found: Orders, decision: Decision) -> Orders:
        """Orders of those who first ordered on the day from which the fit begins, or later."""
        text = self.how.calibrate_from or ""
        try:
            day = day_of(text)
        except ValueError:
            raise ScenarioError([f"--calibrate-from is {shown(text)}, which is no date; write it as in 2026-03-01"]) from None
        if not found.first_day <= day < found.last_day:
            ends = f"{self.table.name} goes from {date_of(found.first_day)} to {date_of(found.last_day)}"
            raise ScenarioError([f"--calibrate-from is {shown(text)}, but {ends}; choose a day in between"])
        later = orders_since(found, day)
        decision.left_out["earlier"] = found.rows - later.rows
        return later

    # What was made of it

    def _report(self, found: Orders, decision: Decision, money: tuple[str | None, float | None], once: str | None) -> ReadingReport:
        opened = self.table.opened
        left_out = dict(decision.left_out)
        for reason, count in (("total", opened.totals), ("blank", opened.blank)):
            if count:
                left_out[reason] = left_out.get(reason, 0) + count
        self._notice(found)
        holes = holes_in(found.day)
        for first, last, due in holes[:5]:
            gaps = {"first": date_of(first), "last": date_of(last), "rate": f"{due / (last - first + 1):.3g}"}
            self.cautions.append(Caution("hole", gaps))
        people = self.choice.people
        return ReadingReport(
            form=opened.form, columns=self._taken(), rows=len(self.choice.columns) + opened.totals + opened.blank,
            orders=found.rows, customers=int(np.unique(found.customer).size), left_out=left_out,
            first_day=date_of(found.first_day), last_day=date_of(found.last_day), days=found.last_day - found.first_day + 1,
            holes=tuple((date_of(first), date_of(last)) for first, last, _ in holes), encoding=opened.encoding,
            sheets=tuple(opened.sheets), other_sheets=tuple(opened.other_sheets), lines_above=opened.lines_above,
            merged_names=people.merged, amount_of=once, currency=money[0], rate=money[1],
            total=float(found.amount.sum()) if self._is_priced else None, cautions=tuple(self.cautions),
        )  # fmt: skip

    def _taken(self) -> dict[str, str]:
        """The columns that were taken, by role, as they are called in the file."""
        choice, header = self.choice, self.table.header
        places: dict[str, int | None] = {"customer": choice.customer, "date": choice.date, "amount": choice.amount}
        places["order"] = self.order_place
        places |= {role: choice.one(role) for role in ("state", "kind", "currency", "paid_at", "cancelled_at", "refunded", "channel")}
        taken = {role: shown(header[place], 80) for role, place in places.items() if place is not None}
        if choice.price is not None and choice.quantity is not None:
            taken["amount"] = f"{shown(header[choice.quantity], 40)} x {shown(header[choice.price], 40)}"
        return taken

    def _notice(self, found: Orders) -> None:
        """What must be told of customers and sheets."""
        counts = np.bincount(found.customer)
        best, names = int(np.argmax(counts)), found.customers
        share, second = counts[best] / counts.sum(), np.sort(counts)[-2] if counts.size > 1 else 0
        days = found.last_day - found.first_day + 1
        often = counts[best] > DENSE_SHARE * days and days >= 60 and counts[best] > 3 * second
        if counts.size >= 30 and (share >= LARGE_SHARE or (share >= 0.05 and counts[best] > 3 * second) or often):
            gaps = {"name": shown(str(names[best])), "share": f"{share:.0%}", "orders": f"{counts[best]:,}"}
            self.cautions.append(Caution("share", gaps))
        people: People = self.choice.people
        if people.masked.any():
            name = shown(str(people.names[int(np.flatnonzero(people.masked)[0])]))
            gaps = {"count": f"{int(people.masked.sum()):,}", "all": f"{people.masked.size:,}", "name": name}
            self.cautions.append(Caution("masked", gaps))
        if self.table.opened.other_sheets:
            listed = shown(", ".join(self.table.opened.other_sheets), 200)
            self.cautions.append(Caution("sheets", {"names": listed}))


def codes_in(column: pa.ChunkedArray, table: Table, role: str) -> tuple[NDArray[np.int32], pa.Array]:
    """Whole numbers for texts, with the texts, customers' folded; raises ScenarioError for an empty one."""
    codes, texts = folded_codes(column, table.name)[:2] if role == "customer" else coded(column, table.name)
    empty = [place for place, text in enumerate(texts.to_pylist()) if not text]
    if empty:
        where = table.line + int(np.argmax(codes == empty[0]))
        raise ScenarioError([f"{table.name}: the {role} in line {where} is empty; fill it in, or leave the row out"])
    return codes, texts
