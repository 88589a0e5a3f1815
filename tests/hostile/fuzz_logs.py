"""Order logs broken on purpose in ways that know their structure: each ends in orders or in one sentence.

Run by hand, from the top of the repository: `python tests/hostile/fuzz_logs.py --cases 100000` (half an hour); a few
hundred cases are part of the tests. A case is told by its number alone, and `--only NUMBER` does it again.
"""

from __future__ import annotations

import argparse
import functools
import io
import operator
import random
import sys
import tempfile
import time
import warnings
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pyarrow as pa
from openpyxl.utils.exceptions import IllegalCharacterError
from pyarrow import parquet

from sim.assumptions.errors import ScenarioError
from sim.calibration.read.how import How
from sim.calibration.read.reading import read_orders

NAMES = {
    "customer": ["customer", "Customer ID", "user_id", "买家会员名", "客户", "email", "id", "手机号", "會員編號", ""],
    "date": ["date", "Order Date", "下单时间", "created_at", "Created at", "日期", "time", "訂單時間"],
    "amount": ["amount", "Total", "实付金额", "price", "金额(元)", "Amount (USD)", "paid", "單價", "order_total"],
    "order": ["order_id", "订单编号", "Invoice", "Name"],
    "state": ["status", "订单状态", "Financial Status", "state"],
    "kind": ["type", "收/支", "event"],
    "quantity": ["Quantity", "数量", "qty"],
    "currency": ["currency", "币种"],
    "refunded": ["Refunded Amount", "退款金额"],
    "paid_at": ["Paid at", "付款时间"],
}
ODD = [
    "", " ", "NULL", "nan", "None", "-", "0", "Guest", "匿名用户", "合计", "Total", "=A1+1", '="x"', "'1", "`2", "😀", "\ufeff",
    "1e308", "-1e308", "5e-324", "inf", "-inf", "NaN", "1.38E+10", "a**1", "1,234", "1.234", "1.234,50", "(5)", "5-", "¥5", "$5",
    "5元", "12/31/99", "31.02.2024", "2024-13-01", "0000-00-00", "1900-01-01", "9999-12-31", "99999", "44937.5", "1700000000",
    "2024年1月1日", "星期三", "Wed", "a" * 300, '"', "\x1f", "\x0b", "\u2028", "\ud800", "交易关闭", "refund", "closed", "paid", "USD",
    "１２３", "٣", "²", "+86 13800000001", "1" * 400, "0x10", "1_000", "--5", "..", ",,", "1..2", "T12:00", "12:00",
]  # fmt: skip
DATES = [
    "%Y-%m-%d", "%Y/%m/%d %H:%M", "%d.%m.%Y", "%m/%d/%Y", "%d-%b-%y", "%Y%m%d", "%Y年%m月%d日", "%b %d, %Y", "%m/%d/%y", "%a, %d %b %Y %H:%M:%S +0000",
]  # fmt: skip


def base(luck: random.Random) -> tuple[list[str], list[list[str]]]:
    """A sound log of few customers, with columns of an export, and the names of its columns."""
    roles = ["customer", "date", "amount", *luck.sample(list(NAMES)[3:], luck.randrange(5))]
    luck.shuffle(roles)
    form, start = luck.choice(DATES), 1_650_000_000
    values = {
        "customer": lambda n: f"c{luck.randrange(20)}",
        "date": lambda n: time.strftime(form, time.gmtime(start + n * 86_400 * 2)),
        "amount": lambda n: luck.choice([f"{luck.random() * 100:.2f}", f"¥{luck.randrange(900)}.50"]) if luck.random() < 0.02 else f"{luck.random() * 100:.2f}",
        "order": lambda n: str(1000 + n // luck.choice([1, 2])),
        "state": lambda n: luck.choice(["paid", "交易成功", "cancelled", "refunded", "completed"]),
        "kind": lambda n: luck.choice(["sale", "refund"]),
        "quantity": lambda n: str(luck.randrange(-1, 5)),
        "currency": lambda n: "CNY",
        "refunded": lambda n: luck.choice(["", "0", "3.5"]),
        "paid_at": lambda n: luck.choice(["", "2024-01-01"]),
    }
    rows = [[values[role](n) for role in roles] for n in range(luck.choice([3, 30, 60]))]
    return [luck.choice(NAMES[role]) for role in roles], rows


def spoilt(luck: random.Random, header: list[str], rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """The same with odd cells, lost or double cells, titles, totals, blank rows and names that are gone."""
    for _ in range(luck.choice([0, 0, 0, 1, 1, 2, 5, 40])):
        row = luck.choice(rows)
        if row:
            row[luck.randrange(len(row))] = luck.choice(ODD)
    if luck.random() < 0.2:
        place, odd = luck.randrange(len(header)), luck.choice(ODD)
        for row in rows:
            if place < len(row):
                row[place] = odd
    if luck.random() < 0.2:
        header[luck.randrange(len(header))] = luck.choice([*ODD, *functools.reduce(operator.iadd, NAMES.values(), [])])
    if luck.random() < 0.15:
        rows.insert(luck.randrange(len(rows) + 1), luck.choice([[], [""] * len(header), ["合计"], ["Total", "", "9"], ["x"] * 9]))
    if luck.random() < 0.15:
        rows.append([luck.choice(["合计", "Total", "", "----"]), *[""] * (len(header) - 2), "123"])
    lines = [header, *rows]
    if luck.random() < 0.1:
        lines.insert(0, luck.choice([["Orders of 2024"], ["From:", "2024-01-01"], ["sep=,"], ["#remark"], [""] * len(header)]))
    return lines[0], lines[1:]


def as_csv(luck: random.Random, header: list[str], rows: list[list[str]]) -> bytes:
    between = luck.choice([",", ",", ",", ";", "\t", "|", "，", " ", "；"])
    quote = luck.random() < 0.2
    lines = [between.join(f'"{cell}"' if quote else cell for cell in row) for row in [header, *rows]]
    text = luck.choice(["\n", "\n", "\r\n", "\r"]).join(lines)
    encoding = luck.choice(["utf-8"] * 8 + ["utf-8-sig", "gb18030", "cp1252", "utf-16", "utf-32", "big5", "utf-16-le"])
    return text.encode(encoding, "replace")


def as_xlsx(luck: random.Random, header: list[str], rows: list[list[str]]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheets = [book.active, *(book.create_sheet() for _ in range(luck.randrange(3)))]
    for sheet in sheets:
        if luck.random() < 0.2:
            sheet.sheet_state = "hidden"
        for row in [header, *rows] if luck.random() < 0.8 else [["说明"]]:
            cells = [_cell(luck, cell) for cell in row]
            try:
                sheet.append(cells)
            except (ValueError, IllegalCharacterError):
                sheet.append(["x"])
    if all(sheet.sheet_state == "hidden" for sheet in sheets):
        sheets[0].sheet_state = "visible"
    try:
        book.save(file)
    except (UnicodeError, ValueError):
        return b"PK\x03\x04"
    return _scratched_part(luck, file.getvalue()) if luck.random() < 0.3 else file.getvalue()


def _cell(luck: random.Random, cell: str) -> object:
    try:
        return float(cell) if luck.random() < 0.7 and len(cell) < 30 and float(cell) == float(cell) and abs(float(cell)) < 1e300 else cell
    except ValueError:
        return cell


def _scratched_part(luck: random.Random, content: bytes) -> bytes:
    """A workbook one of whose parts is missing, cut, or another's."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = luck.choice(old.namelist())
        for name in old.namelist():
            data = old.read(name)
            if name == chosen:
                data = luck.choice([b"", data[: len(data) // 2], b"<a/>", data.replace(b"<", b"<<", 1), data.replace(b'r="A', b'r="ZZZZ', 1), scratched(luck, data)])
            new.writestr(name, data)
    return out.getvalue()


def as_parquet(luck: random.Random, header: list[str], rows: list[list[str]]) -> bytes:
    columns = {name or f"c{n}": [row[n] if n < len(row) else None for row in rows] for n, name in enumerate(header)}
    arrays = {}
    for name, cells in columns.items():
        safe = [None if cell is None else cell.encode("utf-8", "replace").decode() for cell in cells]
        arrays[str(name).encode("utf-8", "replace").decode()] = _typed(luck, safe)
    file = io.BytesIO()
    parquet.write_table(pa.table(arrays), file, compression=luck.choice(["snappy", "zstd", "none"]))
    return file.getvalue()


def _typed(luck: random.Random, cells: list[str | None]) -> pa.Array:
    count = len(cells)
    if luck.random() < 0.7:
        return pa.array(cells)
    made = luck.choice([
        lambda: pa.array(cells), lambda: pa.array(cells), lambda: pa.array(cells).dictionary_encode(), lambda: pa.array(cells, pa.large_string()),
        lambda: pa.array([luck.random() * 100 for _ in cells]), lambda: pa.array([luck.choice([float("nan"), 1e308, -1.0, 7.0]) for _ in cells]),
        lambda: pa.array([luck.randrange(-5, 30) for _ in cells]), lambda: pa.array([[cell] for cell in cells]), lambda: pa.array([{"a": cell} for cell in cells]),
        lambda: pa.nulls(count), lambda: pa.array([True] * count), lambda: pa.array([b"\xff\xfe"] * count), lambda: pa.array([b"ok"] * count),
        lambda: pa.array([19_000 + n for n in range(count)], pa.date32()), lambda: pa.array([10**18 + n * 10**14 for n in range(count)], pa.timestamp("ns")),
        lambda: pa.array([10**15] * count, pa.timestamp("us", luck.choice(["UTC", "Asia/Shanghai", "Nowhere/Bad", "+08:00"]))),
        lambda: pa.array([2**50] * count, pa.timestamp("s")), lambda: pa.array(list(range(count)), pa.time32("s")), lambda: pa.array([1] * count, pa.duration("s")),
    ])  # fmt: skip
    return made()


def scratched(luck: random.Random, content: bytes) -> bytes:
    """Bytes changed, cut out, put in, or the end cut off."""
    data = bytearray(content)
    for _ in range(luck.choice([1, 1, 3, 20])):
        if not data:
            break
        place = luck.randrange(len(data))
        what = luck.randrange(4)
        if what == 0:
            data[place] = luck.randrange(256)
        elif what == 1:
            del data[place : place + luck.choice([1, 4, 100])]
        elif what == 2:
            data[place:place] = luck.choice([b"\x00", b"\xff\xff", b'"', b"\n", b",", bytes(8)])
        else:
            del data[place : None if luck.random() < 0.3 else place + 1]
    return bytes(data)


FORMS = {"csv": as_csv, "xlsx": as_xlsx, "parquet": as_parquet}


def made(number: int) -> tuple[str, bytes, How]:
    """The file of a case, and how it is to be read."""
    luck = random.Random(number)
    form = luck.choices(list(FORMS), (6, 2, 3))[0]
    content = FORMS[form](luck, *spoilt(luck, *base(luck)))
    if luck.random() < 0.15:
        content = scratched(luck, content)
    if luck.random() < 0.5:
        return form, content, How(leave_out_empty=True, decimal="point", keep_copies=True)
    how = How(
        leave_out_empty=luck.random() < 0.5, keep_copies=luck.random() < 0.5, decimal=luck.choice([None, None, "point", "comma"]),
        date_order=luck.choice([None, "mdy", "dmy"]), without_amounts=luck.random() < 0.05, skip_rows=luck.choice([None] * 9 + [0, 1, 5]),
        rates=luck.choice([{}, {}, {"USD": 7.0}]), amount_of=luck.choice([None, None, "line", "order"]), encoding=luck.choice([None] * 9 + ["utf-8", "gb18030"]),
        states=luck.choice([(), (), (), ("paid",)]), sheet=luck.choice([None] * 9 + ["Sheet"]), calibrate_from=luck.choice([None] * 9 + ["2022-05-01"]),
    )  # fmt: skip
    return form, content, how


def outcome(number: int, folder: Path) -> str:
    """What came of a case: orders, or one sentence; raises AssertionError for anything else."""
    form, content, how = made(number)
    path = folder / f"log.{form}"
    path.write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("default", category=ResourceWarning)
        warnings.filterwarnings("ignore", "Exporting an unversioned DLPack")
        try:
            orders = read_orders(path, how=how)
        except ScenarioError as error:
            assert len(error.mistakes) == 1, error.mistakes
            sentence = error.mistakes[0]
            assert sentence.endswith((".", "?")) and "\n" not in sentence and len(sentence) < 900, sentence
            sentence.encode()
            return f"{form}: a sentence"
    report = orders.reading
    assert report is not None
    assert orders.rows >= orders.day.size >= 2 and (orders.amount >= 0).all()
    assert report.rows >= report.orders + sum(count for reason, count in report.left_out.items() if reason != "earlier")
    assert repr(report.as_json())
    return f"{form}: orders"


def main() -> int:
    """Do the cases that were asked for; status 1 if some case ended otherwise than in orders or a sentence."""
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("--cases", type=int, default=100_000)
    asking.add_argument("--first", type=int, default=0)
    asking.add_argument("--only", type=int)
    asked = asking.parse_args()
    numbers = [asked.only] if asked.only is not None else range(asked.first, asked.first + asked.cases)
    found, broken = Counter[str](), 0
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            try:
                found[outcome(number, Path(folder))] += 1
            except Exception:
                broken += 1
                if broken <= 20:
                    pass
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
