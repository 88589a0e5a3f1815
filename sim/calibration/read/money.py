"""Amounts: which currency they are in, whether a point or a comma stands before the decimals, and what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sim.calibration.read.words_of import simplified

CURRENCIES = {
    "CNY": "cny rmb cnh ¥ ￥ 元 圆 块 人民币 yuan renminbi cn¥ rmb¥ ¥cny 人民币元",
    "USD": "usd $ us$ 美元 美金 dollar dollars us usd$ $usd",
    "EUR": "eur € euro euros 欧元 €eur",
    "GBP": "gbp £ 英镑 pound pounds sterling gb£ £gbp",
    "JPY": "jpy 円 日元 日圆 jp¥ yen",
    "HKD": "hkd hk$ 港元 港币 港纸",
    "TWD": "twd ntd nt$ nt 新台币 台币 台币元 twd$",
    "MOP": "mop mop$ 澳门元 澳门币",
    "SGD": "sgd s$ sg$ 新加坡元 新币",
    "AUD": "aud a$ au$ 澳元",
    "CAD": "cad c$ ca$ 加元",
    "NZD": "nzd nz$ 纽元",
    "KRW": "krw ₩ 원 韩元",
    "INR": "inr ₹ rs rs. rupees",
    "RUB": "rub ₽ руб руб. 卢布",
    "THB": "thb ฿ 泰铢",
    "VND": "vnd ₫ đ",
    "PHP": "php ₱",
    "IDR": "idr rp rp.",
    "MYR": "myr rm 马币",
    "BRL": "brl r$",
    "MXN": "mxn mx$",
    "CHF": "chf fr. sfr sfr.",
    "SEK": "sek",
    "NOK": "nok",
    "DKK": "dkk",
    "PLN": "pln zł",
    "CZK": "czk kč",
    "HUF": "huf ft",
    "TRY": "try ₺ tl",
    "UAH": "uah ₴",
    "ILS": "ils ₪",
    "AED": "aed",
    "SAR": "sar",
    "ZAR": "zar",
    "NGN": "ngn ₦",
    "KR": "kr kr.",
}
WORDS = {simplified(word).lower(): code for code, words in CURRENCIES.items() for word in words.split()}

SIGN = r"[^\d.,+\-−()'’ ]*"
NUMBER = re.compile(
    rf"(?P<before>{SIGN}) *(?P<minus>[+\-−]?) *(?P<middle>{SIGN}) *(?P<core>[\d.,]*\d[\d.,]*(?:[eE][+-]?\d+)?)"
    rf" *(?P<after>[^\d.,+\-()'’]*?) *(?P<late>-?)"
)
POINT = re.compile(r"\.\d{1,2}$|\.\d{4,}$|^\d{4,}\.\d|^0\.|^\.\d|,\d{3}\.|[eE]|^\d{1,3}(,\d{3}){2,}")
COMMA = re.compile(r",\d{1,2}$|,\d{4,}$|^\d{4,},\d|^0,|^,\d|\.\d{3},|^\d{1,3}(\.\d{3}){2,}")
EITHER_POINT = re.compile(r"\d{1,3}\.\d{3}")
EITHER_COMMA = re.compile(r"\d{1,3},\d{3}")


def code_of(word: str) -> str | None:
    """The code of a currency by its sign, code or Chinese name; None if it is none."""
    return WORDS.get(simplified(word).strip().lower().replace(" ", ""))


def currency_in(header: str) -> str | None:
    """The currency that a column's name tells, as in 金额（元）, Amount (USD) or price_eur; None if it tells none."""
    words = re.split(r"[\s_\-()（）\[\]【】:：/.]+", header.strip())
    known = [code for code in map(code_of, words[1:]) if code]
    if not known and re.match(r"dollar", header.strip().lower()):
        return "USD"
    return known[0] if known else None


@dataclass(frozen=True)
class Written:
    """A number as it is written: its digits with points and commas, whether it is below 0, and its currency."""

    core: str
    minus: bool
    currency: str | None


def written(text: str) -> Written | None:
    """The parts of an amount; None if it is no number."""
    if "," not in text and text.replace(".", "", 1).isdigit() and text.isascii():
        return Written(text, minus=False, currency=None)
    bare = re.sub(r"(?<=\d)['’ ](?=\d{3}(?!\d))", "", re.sub(r"\s", " ", simplified(text)).strip())
    inside = re.fullmatch(r"(.*?)\((.*)\)(.*)", bare)
    found = NUMBER.fullmatch("".join(inside.groups()).strip() if inside else bare)
    if found is None:
        return None
    signs = [found[name].strip() for name in ("before", "middle", "after") if found[name].strip()]
    codes = {code_of(sign) for sign in signs}
    if None in codes or len(codes) > 1:
        return None
    minus = bool(inside) or found["minus"] in ("-", "−") or bool(found["late"])
    return Written(found["core"], minus, next(iter(codes), None))


def decimal_of(cores: Sequence[str], *, semicolons: bool = False) -> str | None:
    """Whether decimals stand after a "point" or a "comma"; None if a number may be meant both ways and none tells."""
    point, comma = (any(map(pattern.search, cores)) for pattern in (POINT, COMMA))
    if point != comma:
        return "point" if point else "comma"
    if point or not any(map(EITHER_POINT.fullmatch, cores)):
        return None if semicolons and not point and any(map(EITHER_COMMA.fullmatch, cores)) else "point"
    return None


def value_of(core: str, decimal: str) -> float | None:
    """The number; None if its points and commas stand where they cannot."""
    thousands, point = (",", ".") if decimal == "point" else (".", ",")
    groups = core.split(point, maxsplit=1)[0].split(thousands)
    if len(groups) > 1 and not (re.fullmatch(r"\d{1,3}", groups[0]) and all(_group(each) for each in groups[1:])):
        return None
    try:
        return float(core.replace(thousands, "").replace(point, "."))
    except ValueError:
        return None


def _group(text: str) -> bool:
    return bool(re.fullmatch(r"\d{2,3}", text))
