"""What is said of a log that was read, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

CAUTIONS: dict[str, tuple[str, str]] = {
    "foreign": (
        ("the log's amounts are in {currency} and were taken as yuan one for one; whether buying customers back pays, and "
        "so the needs, depends on it: say --currency {currency}=RATE (yuan for one)"),
        "日志的金额是 {currency}，按一比一当作人民币；是否值得花钱召回以及需求频率都取决于此：请用 --currency {currency}=汇率 指定",
    ),
    "share": (
        ("one customer, {name}, has {share} of all orders ({orders}): a reseller, a member of staff or a test account? "
        "Leave those rows out if it is"),
        "一位顾客 {name} 占全部订单的 {share}（{orders} 单）：是分销商、员工还是测试账号？若是请删去这些行",
    ),
    "masked": (
        ("the names of {count} of {all} customers are masked, as {name} is: several people may stand behind one, so that "
        "repeats are too many and customers too few"),
        "{all} 位顾客中有 {count} 位的名称被打码，如 {name}：可能多人合为一人，复购偏多而顾客偏少",
    ),
    "hole": (
        "there is no order at all from {first} to {last}, though there were {rate} a day around it: a hole in the export?",
        "{first} 至 {last} 没有任何订单，而前后每天约 {rate} 单：导出是否有缺口？",
    ),
    "nobody": (
        "{count} of {all} orders name no customer and were left out: what they would have added is not known",
        "{all} 笔订单中有 {count} 笔没有顾客，已略去：它们会带来什么无从得知",
    ),
    "order_number": (
        "the column {column} was not taken for order numbers, since one number stands on days far apart",
        "{column} 列没有当作订单编号，因为同一编号出现在相隔很久的日子",
    ),
    "sheets": ("other sheets were not read: {names}", "其他工作表没有读取：{names}"),
    "no_amounts": (
        "the log was read without amounts: need and exit alone are fitted, and the order value stays the baseline's",
        "日志按无金额读取：只拟合需求与流失，客单价沿用基准",
    ),
}

REASONS: dict[str, tuple[str, str]] = {
    "blank": ("blank", "空行"),
    "total": ("totals and remarks", "合计与备注行"),
    "continuation": ("further lines of an order", "同一订单的续行"),
    "goods": ("lines of goods", "商品明细行"),
    "cancelled": ("cancelled", "已取消或关闭"),
    "failed": ("failed", "失败"),
    "unpaid": ("never paid", "未付款"),
    "refunded": ("refunded", "已退款"),
    "refund": ("refunds", "退款记录"),
    "other": ("no sales", "非销售记录"),
    "return": ("returns (below 0)", "退货（负数）"),
    "state": ("of other states", "其他状态"),
    "nobody": ("without a customer", "没有顾客"),
    "no_date": ("without a date", "没有日期"),
    "no_amount": ("without an amount", "没有金额"),
    "earlier": ("of customers from before the fit begins", "拟合开始前的老顾客"),
}

ROLES: dict[str, tuple[str, str]] = {
    "customer": ("customer", "顾客"), "date": ("date", "日期"), "amount": ("amount", "金额"),
    "channel": ("channel", "渠道"), "order": ("order number", "订单编号"), "state": ("state", "状态"),
    "kind": ("kind of row", "行类型"), "currency": ("currency", "币种"), "paid_at": ("paid at", "付款时间"),
    "cancelled_at": ("cancelled at", "取消时间"), "refunded": ("refunded", "退款金额"),
}  # fmt: skip


def caution(code: str, language: str, gaps: Mapping[str, str]) -> str:
    """A caution as a sentence."""
    return CAUTIONS[code][language == "zh"].format(**gaps)


def told(report: Mapping[str, Any], language: str) -> Iterator[str]:
    """A reading report as sentences: from plain numbers alone."""
    zh = language == "zh"
    columns = [f"{ROLES[role][zh]} = {column}" for role, column in report["columns"].items()]
    yield ("读取：" if zh else "Read: ") + ("，" if zh else ", ").join(columns) + ("。" if zh else ".")
    reasons = [f"{count:,} {REASONS[key][zh]}" for key, count in report["left_out"].items()]
    without = ("；略去：" if zh else "; left out: ") + ("、" if zh else ", ").join(reasons) if reasons else ""
    merged = report["merged_names"]
    folded = ("" if not merged else f"，合并 {merged:,} 个写法不同的名称" if zh else f" ({merged:,} names written otherwise merged)")
    if zh:
        yield f"{report['rows']:,} 行，得 {report['orders']:,} 笔订单、{report['customers']:,} 位顾客{folded}{without}。"
    else:
        yield (
            f"{report['rows']:,} rows made {report['orders']:,} orders of {report['customers']:,} customers"
            f"{folded}{without}."
        )
    yield _money(report, zh=zh)
    holes = [f"{first} – {last}" for first, last in report["holes"]]
    gap = (("；缺口：" if zh else "; holes: ") + ", ".join(holes)) if holes else ""
    days = f"{report['first_day']} 至 {report['last_day']}，共 {report['days']:,} 天" if zh else (
        f"{report['first_day']} to {report['last_day']}, {report['days']:,} days"
    )  # fmt: skip
    yield f"{days}{gap}" + ("。" if zh else ".")


def _money(report: Mapping[str, Any], *, zh: bool) -> str:
    total, currency, rate = report["total"], report["currency"], report["rate"]
    if total is None:
        return "金额：无。" if zh else "Money: none."
    if rate is not None and currency != "CNY":
        return (
            f"金额：共 {total:,.0f} 元，由 {currency} 按 {rate:g} 折算。" if zh
            else f"Money: {total:,.0f} yuan in all, turned from {currency} at {rate:g}."
        )  # fmt: skip
    said = {None: ("no currency is said, taken as yuan", "未注明币种，当作人民币"), "CNY": ("yuan", "人民币元")}
    what = said.get(currency, (f"{currency}, taken as yuan", f"{currency}，当作人民币"))[zh]
    return f"金额：共 {total:,.0f}（{what}）。" if zh else f"Money: {total:,.0f} in all ({what})."
