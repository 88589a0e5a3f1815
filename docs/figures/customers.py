"""Customers one cohort, one cascade at a time: who comes back when, and how far forty first fans carry."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import sim
from figures.asking import Finding, Size, picture, spans, with_interval
from figures.pools import lived
from sim.assumptions.scenario import DAYS_PER_MONTH
from sim.inference.bootstrap import FLOAT
from sim.records.synthetic_data import FIRST_DAY
from sim.report.looks import INK, LOOKS
from sim.text.phrases import Language

FEW, MANY = 3.0, 10.0


def cascade_sizes(size: Size) -> Finding:
    """How many customers forty first fans have become after two years, future by future."""
    scenario = sim.load("forty_first_fans", dict(size.changes))
    (runs,) = lived([scenario], "private_pool", size)
    fans = sum(group.people for group in scenario.market.starting_customers)
    times = np.sort(np.array([r.count("customers")[-1] for r in runs]) / fans)
    few, many = (
        spans(*(100 * float(each[0]) for each in with_interval(side[:, None].astype(float))), ".0f")
        for side in (times < FEW, times > MANY)
    )
    answer = {
        "en": f"In {few['en']} of 100 futures the brand stays below {FEW:g} times its {fans} first fans, in {many['en']} it "
        f"grows beyond {MANY:g} times; the median is {np.median(times):.1f}, the largest {times[-1]:.0f} times.",
        "zh": f"每 100 个未来中，{few['zh']} 个不到最初 {fans} 名粉丝的 {FEW:g} 倍，{many['zh']} 个超过 {MANY:g} 倍；"
        f"中位数 {np.median(times):.1f} 倍，最大 {times[-1]:.0f} 倍。",
    }
    marks = {
        "en": "one step for each future; band: 95% interval of the share",
        "zh": "每级一个未来；色带：占比的 95% 区间",
    }
    return Finding(answer, marks, lambda language: _draw_sizes(times, answer[language], language))


def _draw_sizes(times: FLOAT, title: str, language: Language) -> Figure:
    levels, look = np.geomspace(1, times[-1], 120), LOOKS["private_pool"]
    mean, low, high = with_interval((times[:, None] > levels).astype(float))
    with picture(language, title) as axes:
        axes.fill_between(levels, low, high, color=look.colour, alpha=0.2, lw=0, step="post")
        axes.step(levels, mean, where="post", color=look.colour, lw=2)
        for level in (FEW, MANY):
            axes.axvline(level, color=INK, lw=1, ls=":")
        axes.set_xscale("log")
        ticks = [tick for tick in (1, 3, 10, 30, 100) if tick <= times[-1]]
        axes.set_xticks(ticks, [str(tick) for tick in ticks], minor=False)
        axes.set_xticks([], minor=True)
        axes.set_xlim(1, times[-1])
        axes.set_ylim(0, 1)
        axes.set_xlabel({"en": "customers / first fans (times)", "zh": "客户数 / 最初粉丝数（倍）"}[language])
        axes.set_ylabel({"en": "futures that grow larger (share)", "zh": "超过该倍数的未来（占比）"}[language])
    return axes.get_figure()


def cohort_triangle(size: Size) -> Finding:
    """Repeat orders for each customer by the month of the first order and the months since, from exported order logs."""
    scenario = sim.load("baseline", {"clock.run_out_days": 0, **size.changes})
    tables = [_cohorts(scenario, seed) for seed in size.seeds]
    repeats, people = (np.array([each[n] for each in tables]) for n in (0, 1))
    months = people.shape[1]
    with np.errstate(invalid="ignore", divide="ignore"):
        single = repeats / people[:, :, None]
        mean = repeats.sum(axis=0) / people.sum(axis=0)[:, None]
    seen = np.add.outer(np.arange(months), np.arange(months)) + 2 <= months
    mean[~seen] = np.nan
    old, young = (
        spans(*(float(each[0]) for each in with_interval(single[:, row, [2]])), ".2f") for row in (0, months - 4)
    )
    ends = spans(*(float(each[0]) for each in with_interval(single[:, 0, [months - 2]])), ".2f")
    answer = {
        "en": f"Who came in the first month has ordered {ends['en']} times again {months - 1} months later. After three months "
        f"it was {old['en']} for the first month's customers and {young['en']} for those of month {months - 3}.",
        "zh": f"第 1 个月来的客户，{months - 1} 个月后人均复购 {ends['zh']} 单。满三个月时，第 1 个月的客户为 {old['zh']} 单，"
        f"第 {months - 3} 个月的为 {young['zh']} 单。",
    }
    widths = [with_interval(single[:, row]) for row in range(months - 1)]
    width = float(np.nanmean(np.where(seen[:-1], [(high - low) / 2 for _, low, high in widths], np.nan)))
    marks = {
        "en": f"repeat orders for each customer; 95% interval ± {width:.3f} on the mean of all cells",
        "zh": f"人均复购单数；95% 区间，各格平均 ± {width:.3f}",
    }
    return Finding(answer, marks, lambda language: _draw_triangle(mean, answer[language], language))


def _cohorts(scenario: sim.Scenario, seed: int) -> tuple[FLOAT, FLOAT]:
    """Repeat orders up to each month since the first order [month of first order, age], and customers by that month."""
    import pandas as pd

    log = sim.export_orders(scenario, "hybrid", seed)
    day = (pd.to_datetime(log["date"]) - pd.Timestamp(FIRST_DAY)).dt.days.to_numpy()
    first = pd.Series(day).groupby(log["customer_id"].to_numpy()).transform("min").to_numpy()
    months = round(scenario.clock.days / DAYS_PER_MONTH)
    cohort, age = (first / DAYS_PER_MONTH).astype(int), ((day - first) / DAYS_PER_MONTH).astype(int)
    repeats = np.zeros((months, months))
    again = (day > first) & (cohort < months) & (age < months)
    np.add.at(repeats, (cohort[again], age[again]), 1)
    people = np.bincount(cohort[(day == first) & (cohort < months)], minlength=months).astype(float)
    return repeats.cumsum(axis=1), people


def _draw_triangle(mean: FLOAT, title: str, language: Language) -> Figure:
    shown = mean[:-1, :-1]
    with picture(language, title) as axes:
        axes.imshow(
            np.ma.masked_invalid(shown), cmap="Blues", aspect="auto", vmin=0, vmax=float(np.nanmax(shown)) * 1.25
        )
        for row, column in zip(*np.nonzero(~np.isnan(shown)), strict=True):
            _write(axes, row, column, shown)
        names = [str(n + 1) for n in range(len(shown))]
        axes.set_xticks(range(len(names)), names)
        axes.set_yticks(range(len(names)), names)
        axes.set_xlabel({"en": "months since the first order", "zh": "首单后的月数（月）"}[language])
        axes.set_ylabel({"en": "month of the first order", "zh": "首单所在月（第几个月）"}[language])
    axes.grid(visible=False)
    return axes.get_figure()


def _write(axes: Axes, row: int, column: int, shown: FLOAT) -> None:
    dark = shown[row, column] > 0.75 * np.nanmax(shown)
    axes.text(
        column, row, f"{shown[row, column]:.2f}", ha="center", va="center", color="white" if dark else INK, fontsize=9
    )
