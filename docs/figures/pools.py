"""Pools over time: what dies without inflow, what staff and accounts cost, what a purge takes."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

import sim
from figures.asking import Finding, Size, draw_line, frames, picture, spans, with_interval
from sim.assumptions.scenario import Scenario
from sim.inference.bootstrap import FLOAT
from sim.kernel.ledger import MICRO
from sim.report.looks import INK, LOOKS, OTHERS, SHADE, label_ends
from sim.results.result import Result
from sim.running import World, run_many
from sim.text.phrases import Language

PRIVATE, PUBLIC, OTHER = LOOKS["private_pool"], LOOKS["public_only"], OTHERS[0]
BAND = {"en": "band: 95% interval of the mean", "zh": "色带：均值的 95% 区间"}
AFTER_DAYS = 180
WEEK = np.full(7, 1 / 7)
LARGE = {"brand.budget_cny_per_day": 8000.0, "public.clicks_offered_per_day": 80_000.0, "market.people": 1_600_000}
"""A brand four times the baseline's, so that one operator is not enough."""


def lived(scenarios: list[Scenario], strategy: str, size: Size) -> list[list[Result]]:
    """Each scenario in the same futures."""
    runs = run_many([World(each, strategy, seed) for each in scenarios for seed in size.seeds])
    return [runs[n * size.futures : (n + 1) * size.futures] for n in range(len(scenarios))]


def dead_pool(size: Size) -> Finding:
    """The engaged share of members after the tap is closed, against the same pool with new customers going on."""
    closed = sim.load("pool_without_inflow", dict(size.changes))
    first, after = closed.clock.days, closed.clock.run_out_days
    fed = sim.load(closed, {"clock.days": first + after, "clock.run_out_days": 0})
    shares = [_engaged(runs, first) for runs in lived([closed, fed], "private_pool", size)]
    last = min(AFTER_DAYS, after)
    start, dead, alive = (
        spans(*(float(each[0]) for each in with_interval(values[:, [day]])), ".2f")
        for values, day in ((shares[0], 0), (shares[0], last), (shares[1], last))
    )
    answer = {
        "en": f"Without inflow the engaged share of members falls from {start['en']} to {dead['en']} within {last} days; "
        f"with new customers going on it is {alive['en']}.",
        "zh": f"断了新流量，活跃占比在 {last} 天内从 {start['zh']} 降到 {dead['zh']}；持续有新客时为 {alive['zh']}。",
    }
    marks = {"en": "mean of 7 days; " + BAND["en"], "zh": "7 天均值；" + BAND["zh"]}
    return Finding(answer, marks, lambda language: _draw_dead(shares, answer[language], language))


def _engaged(runs: list[Result], first: int) -> FLOAT:
    """Engaged over all members, mean of a week, from the week before the tap closes [future, day]."""
    days = slice(first - 7, None)
    shares = [r.count("engaged")[days] / np.maximum(r.count("members")[days], 1) for r in runs]
    return np.array([np.convolve(each, WEEK, "valid") for each in shares])


def _draw_dead(shares: list[FLOAT], title: str, language: Language) -> Figure:
    names = {"en": ("no inflow", "inflow goes on"), "zh": ("断了新流量", "持续有新客")}[language]
    days = np.arange(shares[0].shape[1], dtype=float)
    with picture(language, title) as axes:
        ends = {
            name: (draw_line(axes, days, values, look), look.colour)
            for name, values, look in zip(names, shares, (PRIVATE, PUBLIC), strict=True)
        }
        axes.set_ylim(0, 1)
        axes.set_xlim(0, days[-1])
        axes.set_xlabel({"en": "days since the tap was closed", "zh": "断流后的天数（天）"}[language])
        axes.set_ylabel({"en": "engaged members / members (share)", "zh": "活跃成员 / 全部成员（占比）"}[language])
        label_ends(axes, ends)
    return axes.get_figure()


def account_steps(size: Size) -> Finding:
    """Members, and what staff and accounts cost a day when operators and accounts come whole."""
    whole = sim.load("whole_operators", {**LARGE, **size.changes})
    (runs,) = lived([whole], "private_pool", size)
    cost = np.array([(r.account("staff") + r.account("accounts")) / MICRO for r in runs])
    members = np.array([r.count("members") for r in runs], float)
    smooth = np.roll(members, 1, axis=1) * whole.pool.service_cny_per_month * 12 / 365
    smooth[:, 0] = 0
    peak = int(members.mean(axis=0).argmax())
    people = spans(*(float(each[0]) for each in with_interval(members[:, [peak]])))
    dearer = spans(
        *(
            float(each[0])
            for each in with_interval(cost.sum(axis=1, keepdims=True) / smooth.sum(axis=1, keepdims=True))
        ),
        ".2f",
    )
    held = f"{whole.platform.operator_members_count:,}"
    answer = {
        "en": f"The pool grows to {people['en']} members. Hired whole, one for each {held} members, operators (and accounts) "
        f"cost {dearer['en']} times what the same service costs where it is paid by the member.",
        "zh": f"池子最多有 {people['zh']} 名成员。每 {held} 人整个雇一名运营（加账号费），花费是按人头付费的 {dearer['zh']} 倍。",
    }
    marks = {
        "en": "dashes: what is paid; line: the same by the member; bands: 95% interval of the mean",
        "zh": "虚线：实际支出；实线：按人头计；色带：均值的 95% 区间",
    }
    return Finding(answer, marks, lambda language: _draw_steps(members, (cost, smooth), answer[language], language))


def _draw_steps(members: FLOAT, costs: tuple[FLOAT, FLOAT], title: str, language: Language) -> Figure:
    names = {"en": ("hired whole", "by the member"), "zh": ("整个雇", "按人头")}[language]
    days = np.arange(members.shape[1], dtype=float)
    with frames(language, title, rows=2) as (above, below):
        for axes in (above, below):
            axes.set_xlim(0, days[-1])
            axes.axvspan(len(days) / 2, days[-1], color=SHADE, zorder=0)
        draw_line(above, days, members, PRIVATE)
        above.set_ylabel({"en": "members (people)", "zh": "成员（人）"}[language])
        ends = {
            name: (draw_line(below, days, values, look), look.colour)
            for name, values, look in zip(names, costs, (PRIVATE, PUBLIC), strict=True)
        }
        below.set_ylabel({"en": "staff and accounts (yuan a day)", "zh": "人工与账号（元/天）"}[language])
        below.set_xlabel(
            {"en": "day; shaded: run-out, no new customers", "zh": "第几天；阴影：观察期，不再拉新"}[language]
        )
        label_ends(below, ends)
    return below.get_figure()


def event_study(size: Size) -> Finding:
    """What each purge of accounts takes from a pool, against the same futures under a platform without rules."""
    ruled = sim.load("crackdowns_2019_2020", dict(size.changes))
    runs = lived([ruled, sim.load(ruled, {"switches.platform_rules": False})], "hybrid", size)
    with_rules, without = (np.array([r.count("members") for r in each], float) for each in runs)
    share = with_rules / np.maximum(without, 1)
    events = [event.day for event in ruled.platform.events]
    windows = [share[:, day - 30 : day + 121] / share[:, [day - 1]] - 1 for day in events]
    losses = [spans(*(100 * float(each[0]) for each in with_interval(window[:, [30]])), ".0f") for window in windows]
    later = [spans(*(100 * float(each[0]) for each in with_interval(window[:, [-1]])), ".0f") for window in windows]
    answer = {
        "en": f"The purge of June 2019 changes the pool by {losses[0]['en']} % at once and by {later[0]['en']} % after 120 "
        f"days; that of May 2020 by {losses[1]['en']} % and {later[1]['en']} %.",
        "zh": f"2019 年 6 月的清理当天使成员数变化 {losses[0]['zh']}%，120 天后 {later[0]['zh']}%；"
        f"2020 年 5 月为 {losses[1]['zh']}% 和 {later[1]['zh']}%。",
    }
    marks = {
        "en": "members against the same futures without platform rules, day before = 0; " + BAND["en"],
        "zh": "成员数，相对于同一未来里没有平台规则时，前一天为 0；" + BAND["zh"],
    }
    return Finding(answer, marks, lambda language: _draw_events(windows, answer[language], language))


def _draw_events(windows: list[FLOAT], title: str, language: Language) -> Figure:
    names = {"en": ("18 June 2019", "25 May 2020"), "zh": ("2019 年 6 月 18 日", "2020 年 5 月 25 日")}[language]
    days = np.arange(-30, 121, dtype=float)
    with picture(language, title) as axes:
        ends = {
            name: (draw_line(axes, days, 100 * window, look), look.colour)
            for name, window, look in zip(names, windows, (PRIVATE, OTHER), strict=True)
        }
        axes.axhline(0, color=INK, lw=1)
        axes.axvline(-0.5, color=INK, lw=1, ls=":")
        axes.set_xlim(-30, 120)
        axes.set_xlabel({"en": "days since the purge", "zh": "清理后的天数（天）"}[language])
        axes.set_ylabel({"en": "change in members (%)", "zh": "成员数变化（%）"}[language])
        label_ends(axes, ends)
    return axes.get_figure()
