"""The funnel sheet: what an order log cannot say, by week. Every column but the week may be left empty or out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.calibration.histories import Floats
from sim.calibration.read.columns import plain
from sim.calibration.read.dates import days_in
from sim.calibration.read.reading import numbers_in
from sim.calibration.read.tables import Table, open_table
from sim.calibration.stated import Stated, within
from sim.mistakes import ScenarioError, guess, shown
from sim.scenario import DAYS_PER_MONTH, Scenario

COLUMNS = {
    "week": "周",
    "visits": "访问人数",
    "paid_clicks": "付费点击",
    "first_orders": "首单数",
    "joins": "入池人数",
    "members": "池内成员",
    "messages_sent": "触达条数",
    "messages_seen": "触达阅读",
    "members_left": "退出人数",
    "ad_cost_cny": "广告费",
    "gift_cost_cny": "礼品费",
    "staff_cost_cny": "人工费",
}
"""Columns of the sheet, in both languages."""

TEMPLATE = f"""\
# One line a week; leave out what you do not know. Money in yuan. Dates as 2026-03-02 (the week's first day).
# 每周一行，不知道的留空；金额单位为元；日期写作 2026-03-02（该周第一天）。
# visits: people who came without an advertisement; paid_clicks: paid clicks for new customers; members: on the last day
# {"，".join(f"{name} {chinese}" for name, chinese in COLUMNS.items())}
{",".join(COLUMNS)}
"""

WEEKS_PER_MONTH = DAYS_PER_MONTH / 7


@dataclass(frozen=True)
class Ratio:
    """A ratio of sums over weeks, with its jackknife standard error (None for a single week) and how many weeks."""

    value: float
    error: float | None
    weeks: int

    def said(self) -> str:
        """With its error, as part of a sentence."""
        error = "" if self.error is None else f", standard error {self.error:.2g}"
        return f"{self.value:.4g}{error}, {self.weeks} weeks"


@dataclass(frozen=True)
class Funnel:
    """A filled sheet: one row a week, NaN where nothing was filled in."""

    name: str
    columns: Mapping[str, Floats]

    def ratio(self, above: str, below: str, factor: float = 1.0) -> Ratio | None:
        """One column over another, summed over the weeks that have both; None if they never do."""
        if above not in self.columns or below not in self.columns:
            return None
        a, b = self.columns[above], self.columns[below]
        both = ~np.isnan(a) & ~np.isnan(b)
        a, b, n = a[both], b[both], int(both.sum())
        if not n or b.sum() <= 0:
            return None
        error = None
        if n > 1 and (b.sum() - b > 0).all():
            left_out = (a.sum() - a) / (b.sum() - b)
            error = float(np.sqrt((n - 1) / n * ((left_out - left_out.mean()) ** 2).sum())) * factor
        return Ratio(float(a.sum() / b.sum()) * factor, error, n)

    @property
    def ratios(self) -> dict[str, Ratio]:
        """What the sheet says: acquisition cost, chances and costs."""
        asked = {
            "acquisition_cost_cny": self.ratio("ad_cost_cny", "first_orders"),
            "click_price_cny": self.ratio("ad_cost_cny", "paid_clicks"),
            "order_per_click": self.ratio("first_orders", "paid_clicks"),
            "join_share": self.ratio("joins", "first_orders"),
            "gift_cny": self.ratio("gift_cost_cny", "joins"),
            "service_cny_per_month": self.ratio("staff_cost_cny", "members", WEEKS_PER_MONTH),
            "touches_per_month": self.ratio("messages_sent", "members", WEEKS_PER_MONTH),
            "seen_share": self.ratio("messages_seen", "messages_sent"),
            "left_per_month": self.ratio("members_left", "members", WEEKS_PER_MONTH),
        }
        return {name: found for name, found in asked.items() if found}

    def stated(self, baseline: Scenario) -> list[Stated]:
        """The parameters that the sheet determines."""
        keys = {
            "click_price_cny": "public.start_click_price_cny",
            "order_per_click": "public.first_order_chance",
            "gift_cny": "brand.gift_cny",
            "touches_per_month": "brand.touches_per_month",
            "service_cny_per_month": "pool.service_cny_per_month",
        }
        ratios = self.ratios
        found = [
            within(key, ratios[name].value, f"funnel sheet: {ratios[name].said()}")
            for name, key in keys.items()
            if name in ratios
        ]
        if "join_share" in ratios:
            found += self._door(baseline, ratios["join_share"], ratios.get("gift_cny"))
        return found

    def _door(self, baseline: Scenario, joins: Ratio, gift: Ratio | None) -> list[Stated]:
        """The chance to see the invitation, so that as many join as did; how readily people accept stays the
        baseline's."""
        door = baseline.door
        worth = baseline.brand.gift_cny if gift is None else gift.value
        accept = door.accept_without_gift_chance
        accept += (1.0 - accept) * worth / (worth + door.half_gift_cny)
        reason = (
            f"funnel sheet: joins per first order {joins.said()}; acceptance {accept:.3g} at a gift of {worth:.3g} yuan"
        )
        return [within("door.invitation_seen_chance", joins.value / accept, f"{reason} is the baseline's assumption")]

    def as_json(self) -> dict[str, Any]:
        """For other programs."""
        return {
            name: {"value": found.value, "standard_error": found.error, "weeks": found.weeks}
            for name, found in self.ratios.items()
        }


def read_funnel(path: Path) -> Funnel:
    """A filled sheet; raises ScenarioError with one sentence if it cannot be read."""
    table = open_table(path)
    known = {plain(each): name for name, chinese in COLUMNS.items() for each in (name, chinese)}
    places: dict[str, int] = {}
    for place, text in enumerate(table.header):
        name = known.get(plain(text))
        if name is None:
            near = guess(plain(text), known)
            hint = f"did you mean {known[near]}?" if near else f"there are {', '.join(COLUMNS)}"
            raise ScenarioError([f"{table.name}: the funnel sheet has no column {shown(text)}; {hint}"])
        if name in places:
            raise ScenarioError([f"{table.name}: two columns are {name}; take one out"])
        places[name] = place
    if "week" not in places:
        raise ScenarioError([f"{table.name}: there is no column week; start from `siyu calibrate --template`"])
    return Funnel(table.name, _filled(table, places))


def _filled(table: Table, places: dict[str, int]) -> dict[str, Floats]:
    read = dict(zip(places, table.columns(tuple(places.values())), strict=True))
    weeks = days_in(read.pop("week"), table.name, table.line, None)
    if np.unique(weeks).size != weeks.size:
        raise ScenarioError([f"{table.name}: a week stands there twice; give one line for each"])
    found = {name: numbers_in(column, table, name, empty=True) for name, column in read.items()}
    for name, values in found.items():
        below = np.flatnonzero(values < 0)
        if below.size:
            where = f"{name} in line {table.line + below[0]} is {values[below[0]]:g}"
            raise ScenarioError([f"{table.name}: {where}, but it is 0 or more; correct it"])
    return found
