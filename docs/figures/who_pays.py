"""Who pays off, where and when: over click price and frequency, over time, over messages, and when everybody has a pool."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

import sim
from figures.asking import Finding, Size, Texts, draw_line, picture, with_interval
from figures.pools import BAND, lived
from sim.inference.bootstrap import FLOAT
from sim.kernel.ledger import MICRO
from sim.report.looks import INK, LOOKS, label_ends, money_scale
from sim.results.metrics.periods import cumulative_cash
from sim.results.result import Result
from sim.rules.rivalry import adopted_share
from sim.text.phrases import Language, amount, amount_range, strategy_name

MESSAGES = (0.0, 1.0, 2.0, 4.0, 6.0, 7.0, 8.0, 10.0, 15.0, 20.0, 30.0)
INNOVATION = (0.0, 0.1, 0.3, 1.0, 3.0)
"""Shares of rivals a year who build a pool unasked: from nobody to nearly everybody within the year."""


def who_wins(size: Size) -> Finding:
    """Private pool against public only over the click price and how often people need the goods."""
    scenario = sim.load("baseline", dict(size.changes))
    asked = ("public.start_click_price_cny=0.5..5", "market.need_factor=0.5..6")
    found = sim.frontier(scenario, *asked, kinds=("equal_envelope",), points=size.points, seeds=size.futures)
    rows = found.maps[0]
    gaps = [gap for row in rows.gaps for gap in row]
    private, public = (sum(gap.clear and (gap.mean or 0) * sign > 0 for gap in gaps) for sign in (1, -1))
    ties = [f"{tied[0].value:.2f}" for tied in rows.crossings if tied]
    lowest = next(((y, tied[0]) for y, tied in zip(found.second_values, rows.crossings, strict=True) if tied), None)
    answer = {
        "en": f"Of {len(gaps)} points private pool clearly wins {private} and public only {public}.",
        "zh": f"{len(gaps)} 个点中，主做私域明显占优 {private} 个，只做公域 {public} 个。",
    }
    if lowest and ties:
        y, tie = lowest
        answer["en"] += (
            f" Where people need goods {y:g} times as often as in the baseline the two tie at a click of {tie.value:.2f} yuan ({tie.low:.2f} to {tie.high:.2f})."
        )
        answer["zh"] += (
            f"需求频率为基准的 {y:g} 倍时，点击单价 {tie.value:.2f} 元（{tie.low:.2f} 至 {tie.high:.2f}）处打平。"
        )
    marks = {"en": "pools and advertisements share one envelope", "zh": "私域与广告共用一份预算"}
    return Finding(answer, marks, lambda language: sim.figure(found, language))


def j_curve(size: Size) -> Finding:
    """Cumulative cash of two strategies: how deep each digs, and when it is back."""
    scenario, names = sim.load("baseline", dict(size.changes)), ("private_pool", "hybrid")
    runs = {name: lived([scenario], name, size)[0] for name in names}
    paths = {name: np.array([cumulative_cash(r) for r in each]) / MICRO for name, each in runs.items()}
    told = {name: _trough(each) for name, each in paths.items()}
    answer = {
        "en": f"Private pool digs to {told['private_pool']['en']}; hybrid to {told['hybrid']['en']}.",
        "zh": f"主做私域先亏到{told['private_pool']['zh']}；公私域结合亏到{told['hybrid']['zh']}。",
    }
    return Finding(answer, BAND, lambda language: _draw_cash(paths, answer[language], language))


def _trough(paths: FLOAT) -> Texts:
    """The deepest point of the mean curve, and the days on which single futures are back at zero for good."""
    day = int(paths.mean(axis=0).argmin())
    deep = [float(each[0]) for each in with_interval(paths[:, [day]])]
    last_below = np.where(paths < 0, np.arange(paths.shape[1]), 0).max(axis=1) + 1
    back = float(np.median(last_below))
    return {
        "en": f"{amount(deep[0], 'en')} ({amount_range(deep[1], deep[2], 'en')}) on day {day} and is back on day {back:.0f} (median)",
        "zh": f" {amount(deep[0], 'zh')}（{amount_range(deep[1], deep[2], 'zh')}，第 {day} 天），第 {back:.0f} 天回本（中位数）",
    }


def _draw_cash(paths: dict[str, FLOAT], title: str, language: Language) -> Figure:
    size, unit = money_scale(max(float(np.abs(each).max()) for each in paths.values()), language)
    with picture(language, title) as axes:
        days = np.arange(next(iter(paths.values())).shape[1], dtype=float)
        axes.set_xlim(0, days[-1])
        ends = {}
        for name, values in paths.items():
            ends[strategy_name(name, language)] = (
                draw_line(axes, days, values / size, LOOKS[name]),
                LOOKS[name].colour,
            )
            mean = values.mean(axis=0) / size
            axes.plot(mean.argmin(), mean.min(), LOOKS[name].marker, mfc="white", mec=LOOKS[name].colour, ms=9, mew=2)
        axes.axhline(0, color=INK, lw=1)
        axes.axvline(len(days) / 2, color=INK, lw=1, ls=":")
        axes.set_xlabel({"en": "day (dotted: advertisements end)", "zh": "第几天（点线：停止投放）"}[language])
        axes.set_ylabel({"en": f"cumulative cash ({unit})", "zh": f"累计现金（{unit}）"}[language])
        label_ends(axes, ends)
    return axes.get_figure()


def profits(runs: list[Result]) -> FLOAT:
    """Net profit of each future, yuan."""
    return np.array([float(r.contribution.sum() - r.marketing.sum()) for r in runs]) / MICRO


def inverted_u(size: Size) -> Finding:
    """Profit against messages a month, less the same futures' profit without any message."""
    tried = MESSAGES[: size.points]
    worlds = [sim.load("baseline", {**size.changes, "brand.touches_per_month": each}) for each in tried]
    gains = {}
    for name in ("hybrid", "private_pool"):
        found = np.array([profits(runs) for runs in lived(worlds, name, size)]).T
        gains[name] = found - found[:, [0]]
    means = gains["hybrid"].mean(axis=0)
    best, last = int(means.argmax()), len(tried) - 1
    unclear = [tried[n] for n in range(len(tried)) if n != best and _too_close(gains["hybrid"], best, n)]
    near = {"en": ", ".join(f"{n:g}" for n in unclear), "zh": "、".join(f"{n:g}" for n in unclear)}
    top, end = (_money(gains["hybrid"][:, n]) for n in (best, last))
    answer = {
        "en": f"Under hybrid {tried[best]:g} messages a month earn most, {top['en']} more than none"
        + (f"; too close to call against {near['en']}" if unclear else "")
        + f"; {tried[last]:g} earn {end['en']} more.",
        "zh": f"公私域结合时，每月 {tried[best]:g} 条最赚，比不发多 {top['zh']}"
        + (f"；与 {near['zh']} 条难分高下" if unclear else "")
        + f"；每月 {tried[last]:g} 条多 {end['zh']}。",
    }
    return Finding(answer, BAND, lambda language: _draw_u(np.array(tried), gains, answer[language], language))


def _too_close(gains: FLOAT, one: int, other: int) -> bool:
    _, low, high = with_interval(gains[:, [one]] - gains[:, [other]])
    return bool(low[0] <= 0 <= high[0])


def _money(values: FLOAT) -> Texts:
    mean, low, high = (float(each[0]) for each in with_interval(values[:, None]))
    return {
        "en": f"{amount(mean, 'en')} ({amount_range(low, high, 'en')})",
        "zh": f"{amount(mean, 'zh')}（{amount_range(low, high, 'zh')}）",
    }


def _draw_u(tried: FLOAT, gains: dict[str, FLOAT], title: str, language: Language) -> Figure:
    size, unit = money_scale(max(float(np.abs(each).max()) for each in gains.values()), language)
    with picture(language, title) as axes:
        axes.set_xlim(0, tried[-1])
        ends = {
            strategy_name(name, language): (
                draw_line(axes, tried, values / size, LOOKS[name], LOOKS[name].marker),
                LOOKS[name].colour,
            )
            for name, values in gains.items()
        }
        axes.axhline(0, color=INK, lw=1)
        axes.set_xlabel({"en": "messages to each member (a month)", "zh": "发给每名成员的消息（条/月）"}[language])
        axes.set_ylabel(
            {"en": f"profit less profit without messages ({unit})", "zh": f"净利润减不发消息时的净利润（{unit}）"}[
                language
            ]
        )
        label_ends(axes, ends)
    return axes.get_figure()


def everyones_pool(size: Size) -> Finding:
    """What each strategy earns as more rivals build pools of their own."""
    tried, names = INNOVATION[: size.points], ("hybrid", "public_only", "private_pool")
    key = "public.pool_innovation_share_per_year"
    worlds = [sim.load("rivals_build_pools", {**size.changes, key: each}) for each in tried]
    imitation = worlds[0].public.pool_imitation_share_per_year
    shares = np.array([adopted_share(each, imitation, 1.0) for each in tried])
    found = {name: np.array([profits(runs) for runs in lived(worlds, name, size)]).T for name in names}
    leads = [_money((found["hybrid"] - found["public_only"])[:, n]) for n in (0, len(tried) - 1)]
    ends = [_money(found["hybrid"][:, n]) for n in (0, len(tried) - 1)]
    answer = {
        "en": f"Hybrid earns {ends[0]['en']} while no rival has a pool and {ends[1]['en']} once {shares[-1]:.0%} of them have one; "
        f"its lead over public only goes from {leads[0]['en']} to {leads[1]['en']}.",
        "zh": f"对手都没有私域时，公私域结合赚 {ends[0]['zh']}；{shares[-1]:.0%} 的对手都建了以后，赚 {ends[1]['zh']}；"
        f"对只做公域的领先从 {leads[0]['zh']} 变为 {leads[1]['zh']}。",
    }
    return Finding(answer, BAND, lambda language: _draw_everyone(100 * shares, found, answer[language], language))


def _draw_everyone(shares: FLOAT, found: dict[str, FLOAT], title: str, language: Language) -> Figure:
    size, unit = money_scale(max(float(np.abs(each).max()) for each in found.values()), language)
    with picture(language, title) as axes:
        axes.set_xlim(0, 100)
        ends = {
            strategy_name(name, language): (
                draw_line(axes, shares, values / size, LOOKS[name], LOOKS[name].marker),
                LOOKS[name].colour,
            )
            for name, values in found.items()
        }
        axes.axhline(0, color=INK, lw=1)
        axes.set_xlabel({"en": "rivals with a pool after a year (%)", "zh": "一年后已建私域的对手（%）"}[language])
        axes.set_ylabel({"en": f"net profit ({unit})", "zh": f"净利润（{unit}）"}[language])
        label_ends(axes, ends)
    return axes.get_figure()
