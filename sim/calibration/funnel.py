"""The funnel sheet: what an order log cannot say, by week, day or month. Every column but the week may be left empty or
out; the time between its lines is read from their dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.assumptions.errors import ScenarioError, guess, shown
from sim.assumptions.scenario import DAYS_PER_MONTH, Scenario
from sim.calibration.histories import Floats
from sim.calibration.read.columns import plain
from sim.calibration.read.dates import days_in
from sim.calibration.read.orders import date_of, today
from sim.calibration.read.reading import numbers_in
from sim.calibration.read.tables import Table, open_table
from sim.calibration.stated import Stated, within

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
# One line a week (or a day, or a month, as the dates say); leave out what you do not know. Money in yuan. Dates as
# 2026-03-02 (the week's first day).
# 每周一行（也可每天或每月一行，按日期识别），不知道的留空；金额单位为元；日期写作 2026-03-02（该周第一天）。
# visits: people who came without an advertisement; paid_clicks: paid clicks for new customers; members: on the last day
# {"，".join(f"{name} {chinese}" for name, chinese in COLUMNS.items())}
{",".join(COLUMNS)}
"""

DAYS_BETWEEN = {"day": 1.0, "week": 7.0, "month": DAYS_PER_MONTH}
"""What a line may stand for, in days."""

NO_MORE_THAN = (("joins", "first_orders"), ("messages_seen", "messages_sent"))
"""Columns of which one cannot exceed the other in any line."""


@dataclass(frozen=True)
class Ratio:
    """A ratio of sums over lines, with its jackknife standard error (None for a single line) and how many lines.

    ``weeks`` counts the lines, each of which is of an ``every``: a week, a day or a month.
    """

    value: float
    error: float | None
    weeks: int
    every: str = "week"

    def said(self) -> str:
        """With its error, as part of a sentence."""
        error = "" if self.error is None else f", standard error {self.error:.2g}"
        return f"{self.value:.4g}{error}, {self.weeks} {self.every}s"


@dataclass(frozen=True)
class Funnel:
    """A filled sheet: one row for every week, day or month, NaN where nothing was filled in."""

    name: str
    columns: Mapping[str, Floats]
    every: str = "week"

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
        return Ratio(float(a.sum() / b.sum()) * factor, error, n, self.every)

    @property
    def ratios(self) -> dict[str, Ratio]:
        """What the sheet says: acquisition cost, chances and costs."""
        per_month = DAYS_PER_MONTH / DAYS_BETWEEN[self.every]
        asked = {
            "acquisition_cost_cny": self.ratio("ad_cost_cny", "first_orders"),
            "click_price_cny": self.ratio("ad_cost_cny", "paid_clicks"),
            "order_per_click": self.ratio("first_orders", "paid_clicks"),
            "join_share": self.ratio("joins", "first_orders"),
            "gift_cny": self.ratio("gift_cost_cny", "joins"),
            "service_cny_per_month": self.ratio("staff_cost_cny", "members", per_month),
            "touches_per_month": self.ratio("messages_sent", "members", per_month),
            "seen_share": self.ratio("messages_seen", "messages_sent"),
            "left_per_month": self.ratio("members_left", "members", per_month),
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
            name: {"value": found.value, "standard_error": found.error, f"{found.every}s": found.weeks}
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
    return Funnel(table.name, *_filled(table, places))


def _filled(table: Table, places: dict[str, int]) -> tuple[dict[str, Floats], str]:
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
    _refuse_impossible(table, found)
    return found, _time_between(table, weeks.astype(np.int64))


def _refuse_impossible(table: Table, found: Mapping[str, Floats]) -> None:
    """Refuse lines in which more join than order first, or more messages are seen than sent."""
    for part, whole in NO_MORE_THAN:
        if part not in found or whole not in found:
            continue
        above = np.flatnonzero(found[part] > found[whole])
        if above.size:
            line, more, less = table.line + above[0], found[part][above[0]], found[whole][above[0]]
            said = f"{part} in line {line} is {more:g}, but {whole} is {less:g}, and it cannot be more"
            raise ScenarioError([f"{table.name}: {said}; correct one of them"])


def _time_between(table: Table, days: NDArray[np.int64]) -> str:
    """What a line stands for, as the dates say: a day, a week or a month; some may be missing."""
    late = np.flatnonzero(days > today())
    if late.size:
        where = f"line {table.line + late[0]} is dated {date_of(days[late[0]])}"
        raise ScenarioError([f"{table.name}: {where}, which is yet to come; correct the date, or leave the line out"])
    apart = np.asarray(np.diff(np.sort(days)), np.int64)
    if not apart.size or (apart.min() == 7 and (apart % 7 == 0).all()):
        return "week"
    if _by_month(np.sort(days)):
        return "month"
    if apart.min() == 1 and np.median(apart) <= 3:
        return "day"
    least, most = int(apart.min()), int(apart.max())
    between = f"{least} days" if least == most else f"{least} to {most} days"
    raise ScenarioError([f"{table.name}: lines lie {between} apart; give one line a week, a day or a month"])


def _by_month(days: NDArray[np.int64]) -> bool:
    """Whether each line is of another month and of the same day in it, or of its last one."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    of_month = (dates - months.astype("datetime64[D]")).astype(int)
    last = dates + np.timedelta64(1, "D") == (months + 1).astype("datetime64[D]")
    alike = (of_month == of_month.max()) | (last & (of_month < of_month.max()))
    return bool(np.diff(months.astype(int)).min() == 1 and alike.all())
