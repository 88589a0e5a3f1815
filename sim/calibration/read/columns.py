"""Which column of a table is which: recognised by name in English and Chinese, or named by the user."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sim.mistakes import ScenarioError, guess, shown

KNOWN: dict[str, tuple[str, ...]] = {
    "customer": (
        "customer",
        "customerid",
        "customerno",
        "customernumber",
        "customercode",
        "custid",
        "cust",
        "buyer",
        "buyerid",
        "userid",
        "user",
        "uid",
        "client",
        "clientid",
        "member",
        "memberid",
        "openid",
        "unionid",
        "account",
        "accountid",
        "email",
        "phone",
        "mobile",
        "客户",
        "客户id",
        "客户编号",
        "客户号",
        "客户编码",
        "顾客",
        "顾客id",
        "顾客编号",
        "用户",
        "用户id",
        "用户编号",
        "买家",
        "买家id",
        "买家会员名",
        "买家昵称",
        "会员",
        "会员id",
        "会员号",
        "会员编号",
        "手机号",
        "手机",
        "id",
    ),
    "date": (
        "date",
        "orderdate",
        "orderday",
        "day",
        "purchasedate",
        "transactiondate",
        "invoicedate",
        "orderedat",
        "paidat",
        "createdat",
        "datetime",
        "timestamp",
        "ordertime",
        "time",
        "日期",
        "订单日期",
        "下单日期",
        "购买日期",
        "交易日期",
        "成交日期",
        "下单时间",
        "订单时间",
        "订单创建时间",
        "创建时间",
        "付款时间",
        "支付时间",
        "订单付款时间",
        "成交时间",
        "购买时间",
        "交易时间",
        "时间",
    ),
    "amount": (
        "amount",
        "orderamount",
        "ordervalue",
        "value",
        "total",
        "totalprice",
        "totalamount",
        "ordertotal",
        "price",
        "revenue",
        "sales",
        "spend",
        "spent",
        "paid",
        "payment",
        "monetary",
        "monetaryvalue",
        "dollarvalue",
        "amountcny",
        "金额",
        "订单金额",
        "实付金额",
        "实付",
        "支付金额",
        "付款金额",
        "成交金额",
        "交易金额",
        "消费金额",
        "购买金额",
        "买家实际支付金额",
        "买家实付金额",
        "实收金额",
        "总价",
        "总金额",
        "价格",
        "销售额",
    ),
    "channel": (
        "channel",
        "source",
        "utmsource",
        "trafficsource",
        "orderchannel",
        "渠道",
        "来源",
        "订单渠道",
        "流量来源",
        "订单来源",
    ),
    "group": (
        "group",
        "arm",
        "treatment",
        "treated",
        "variant",
        "holdout",
        "control",
        "cell",
        "组",
        "组别",
        "分组",
        "实验组",
        "对照组",
    ),
    "kind": ("kind", "type", "messagetype", "类型", "触达类型"),
}
"""Names by role, best first, in small letters without blanks and strokes."""


def plain(name: str) -> str:
    """A column's name in small letters without blanks, strokes, dots and brackets' contents."""
    return re.sub(r"[\s_\-.:：/]+|[(（\[].*?[)）\]]", "", name.strip().lower())


def recognised(
    name: str,
    header: Sequence[str],
    named: Mapping[str, str | None],
    needed: Sequence[str],
    optional: Sequence[str] = (),
) -> dict[str, int]:
    """The place of each role's column; raises ScenarioError with one sentence if a needed one is not found."""
    found: dict[str, int] = {}
    for role in (*needed, *optional):
        place = _named(name, header, role, named.get(role)) if named.get(role) else known_place(name, header, role)
        if place is not None:
            found[role] = place
    missing = [role for role in needed if role not in found]
    if missing:
        raise ScenarioError([_missing(name, header, missing)])
    taken = [role for role in found if list(found.values()).count(found[role]) > 1]
    if taken:
        raise ScenarioError([f"{name}: {shown(header[found[taken[0]]])} cannot be {' and '.join(taken)} at once"])
    return found


def _named(name: str, header: Sequence[str], role: str, wanted: str | None) -> int | None:
    asked = (wanted or "").strip()
    places = [place for place, each in enumerate(header) if each.strip() == asked]
    if len(places) > 1:
        raise ScenarioError([f"{name}: two columns are called {shown(asked)}; rename one"])
    if not places:
        near = guess(asked, [each for each in header if each])
        hint = f"did you mean {near}?" if near else f"there are {_listed(header)}"
        raise ScenarioError([f"{name}: --{role} is {shown(asked)}, but there is no such column; {hint}"])
    return places[0]


def known_place(name: str, header: Sequence[str], role: str) -> int | None:
    """The place of the column whose name is known for a role; None if there is none, ScenarioError if there are two."""
    names = [plain(each) for each in header]
    for candidate in KNOWN[role]:
        places = [place for place, each in enumerate(names) if each == candidate]
        if len(places) > 1:
            raise ScenarioError([f"{name}: two columns are called {shown(header[places[0]])}; rename one"])
        if places:
            return places[0]
    return None


def _missing(name: str, header: Sequence[str], missing: Sequence[str]) -> str:
    if all(
        re.fullmatch(r"[\s\d.,:/+¥￥$€-]*", each) or re.fullmatch(r"\d{4}\D\d+\D\d+.*", each) for each in header[1:]
    ):
        return (
            f"{name}: the first line, {shown(', '.join(header))}, holds data and no names of columns; "
            "put a line such as customer,date,amount above it"
        )
    roles = " and ".join(missing)
    options = " ".join(f"--{role} COLUMN" for role in missing)
    return f"{name}: no column for {roles} was recognised among {_listed(header)}; name it with {options}"


def _listed(header: Sequence[str]) -> str:
    return shown(", ".join(each or "(no name)" for each in header), 200)
