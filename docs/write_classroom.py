"""Measure the answers of the classroom kit and write them into its pages: ``python docs/write_classroom.py``.

Every answer is lived by the model in the futures of seeds 1 to 20; the first of them is the one that the Live page shows
before anybody changes the seed. What was measured is kept in answers.json beside the pages.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import sim
from sim.inference.paired_differences import differences
from sim.kernel.ledger import MICRO
from sim.results.metrics import METRICS
from sim.running import World, run_many
from sim.text.phrases import Language

FOLDER = Path(__file__).parent / "classroom"
KEPT = FOLDER / "answers.json"
MARKS = "<!-- answers: written by docs/write_classroom.py -->", "<!-- answers end -->"
LANGUAGES: tuple[Language, ...] = ("en", "zh")
HEADS = {
    "en": "| question | unit | seed 1, as on the Live page | mean of 20 futures (95 % interval) | 5 % to 95 % of futures |\n| --- | --- | --- | --- | --- |\n",
    "zh": "| 问题 | 单位 | 种子 1（即 Live 页） | 20 个未来的均值（95% 区间） | 90% 的未来 |\n| --- | --- | --- | --- | --- |\n",
}
SEEDS = range(1, 21)
YEAR = {"clock.days": 365, "clock.run_out_days": 0}
TAP_DAY = 90
CLOSED = {"clock.days": TAP_DAY, "clock.run_out_days": 365 - TAP_DAY}


class Asked(NamedTuple):
    """One question: in two languages, its unit, and what answers it in each future (numerators and denominators)."""

    en: str
    zh: str
    unit: tuple[str, str]
    found: Callable[[], tuple[list[float], list[float]]]


def lived(scenario: str, strategy: str, changes: Mapping[str, Any]) -> list[sim.Result]:
    """One scenario in every future."""
    world = sim.load(scenario, dict(changes))
    return run_many([World(world, strategy, seed) for seed in SEEDS])


def thousands(scenario: str, one: str, other: str, changes: Mapping[str, Any]) -> Callable[[], tuple[list[float], list[float]]]:
    """By how many thousand yuan of cash the first strategy is ahead of the second."""

    def found() -> tuple[list[float], list[float]]:
        first, second = (
            [float((r.contribution - r.marketing).sum()) / MICRO / 1000 for r in lived(scenario, name, changes)]
            for name in (one, other)
        )
        return [a - b for a, b in zip(first, second, strict=True)], [1.0] * len(first)

    return found


def left_of_100(strategy: str, changes: Mapping[str, Any], count: str = "active") -> Callable[[], tuple[list[float], list[float]]]:
    """Members so counted on the last day for every 100 of the day on which the tap was closed."""

    def found() -> tuple[list[float], list[float]]:
        results = lived("baseline", strategy, {**CLOSED, **changes})
        levels = [r.count(count) for r in results]
        return [100.0 * level[-1] for level in levels], [float(level[TAP_DAY - 1]) for level in levels]

    return found


def fans(changes: Mapping[str, Any], of: Callable[[sim.Result], float]) -> Callable[[], tuple[list[float], list[float]]]:
    """Something about forty first fans a year later."""

    def found() -> tuple[list[float], list[float]]:
        return [of(r) for r in lived("forty_first_fans", "private_pool", {**YEAR, **changes})], [1.0] * len(SEEDS)

    return found


def customers(result: sim.Result) -> float:
    """Everybody who has ordered or started as a fan."""
    return float(result.count("customers")[-1])


YUAN, LEFT, PEOPLE = ("thousand yuan", "千元"), ("of 100", "每 100 名"), ("customers", "名顾客")
CLICK = "public.start_click_price_cny"
TWICE = {"word_of_mouth.invitations_level": 22.0}

LESSONS: dict[str, tuple[Asked, ...]] = {
    "rent_or_own": (
        Asked("Bet: cash of B (hybrid) less cash of A (public only) after a year", "下注题：一年后 B（公私域结合）比 A（只做公域）多的现金",
              YUAN, thousands("baseline", "hybrid", "public_only", YEAR)),
        Asked("The same a year later, when nobody has advertised for a year", "再过一年（期间都不投广告）",
              YUAN, thousands("baseline", "hybrid", "public_only", {})),
        Asked("The same after two years, where B never buys a customer back (private pool)", "两年后，若 B 从不付费召回（主做私域）",
              YUAN, thousands("baseline", "private_pool", "public_only", {})),
        Asked("The same after two years, if a click costs 4 yuan instead of 2 (hybrid)", "两年后，若点击单价为 4 元而非 2 元（公私域结合）",
              YUAN, thousands("baseline", "hybrid", "public_only", {CLICK: 4.0})),
        Asked("The same after two years, if messages do nothing (hybrid)", "两年后，若消息毫无作用（公私域结合）",
              YUAN, thousands("baseline", "hybrid", "public_only", {"switches.touch_effects": False})),
    ),
    "dead_pool": (
        Asked("Bet: active members on day 365 for every 100 on day 90, clicks stopped on day 91", "下注题：第 91 天断流，第 90 天每 100 名活跃成员到第 365 天剩几名",
              LEFT, left_of_100("hybrid", {})),
        Asked("The same for all members, active or not", "同上，但数全部成员", LEFT, left_of_100("hybrid", {}, "members")),
        Asked("Active, if nobody exited silently", "若无人静默流失", LEFT, left_of_100("hybrid", {"switches.silent_exit": False})),
        Asked("Active, if a quiet pool did not forget faster", "若池子冷清时遗忘不加快", LEFT, left_of_100("hybrid", {"switches.liveliness": False})),
        Asked("Active, if members invited nobody", "若成员不转介绍", LEFT, left_of_100("hybrid", {"switches.referral": False})),
        Asked("Active, if members got 3 messages a month instead of 7", "若每月发 3 条而非 7 条", LEFT, left_of_100("hybrid", {"brand.touches_per_month": 3.0})),
    ),
    "goes_viral": (
        Asked("Bet: customers after a year, the forty included", "下注题：一年后的顾客数（含那四十名）", PEOPLE, fans({}, customers)),
        Asked("The same, if they talk twice as much", "若传播力加倍", PEOPLE, fans(TWICE, customers)),
        Asked("R0: buyers whom one joiner brings, as realised", "R0：每名加入者带来的买家（实际）", ("buyers", "人"),
              fans({"clock.days": 730}, lambda r: METRICS["r0"].of(r) or 0.0)),
        Asked("Customers after two years", "两年后的顾客数", PEOPLE, fans({"clock.days": 730}, customers)),
        Asked("Futures in which the forty have not even tripled after two years", "两年后还不到三倍的未来", ("of 100 futures", "每 100 个未来"),
              fans({"clock.days": 730}, lambda r: 100.0 * (customers(r) < 120))),
    ),
}  # fmt: skip


def measured(asked: Asked) -> dict[str, float]:
    """The first future, the mean with its interval, and nine tenths of the futures."""
    above, below = (np.array(each, float) for each in asked.found())
    parts = np.stack([above, below, np.ones_like(above), np.ones_like(above)], axis=1)[:, None, :]
    gap, single = differences("profit_cny", parts).gap(0), above / below
    values = (single[0], gap.mean, gap.low, gap.high, *np.quantile(single, (0.05, 0.95)))
    names = ("first", "mean", "low", "high", "p5", "p95")
    return {name: round(float(value or 0.0), 3) for name, value in zip(names, values, strict=True)}


def table(lesson: str, kept: dict[str, list[dict[str, float]]], language: Language) -> str:
    """A lesson's answers in one language."""
    zh, rows = language == "zh", []
    for asked, found in zip(LESSONS[lesson], kept[lesson], strict=True):
        first, mean, low, high, p5, p95 = (_number(found[name]) for name in ("first", "mean", "low", "high", "p5", "p95"))
        interval = f"{mean}（{low} 至 {high}）" if zh else f"{mean} ({low} to {high})"
        spread = f"{p5} 至 {p95}" if zh else f"{p5} to {p95}"
        rows.append(f"| {asked.zh if zh else asked.en} | {asked.unit[zh]} | {first} | {interval} | {spread} |")
    return HEADS[language] + "\n".join(rows)


def _number(value: float) -> str:
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    return text.replace("-", "−")


def pages() -> dict[tuple[str, Language], Path]:
    """Where each lesson stands in each language."""
    return {(lesson, language): FOLDER / f"{lesson}{'' if language == 'en' else '.zh'}.md" for lesson in LESSONS for language in LANGUAGES}


def page(lesson: str, language: Language, kept: dict[str, list[dict[str, float]]]) -> str:
    """A lesson's page with its answers anew."""
    text = pages()[lesson, language].read_text(encoding="utf-8")
    before, after = text.split(MARKS[0])[0], text.split(MARKS[1])[1]
    return f"{before}{MARKS[0]}\n\n{table(lesson, kept, language)}\n\n{MARKS[1]}{after}"


def main() -> None:
    """Measure everything and write."""
    kept: dict[str, list[dict[str, float]]] = {}
    for lesson, questions in LESSONS.items():
        kept[lesson] = [measured(asked) for asked in questions]
        sys.stdout.write(f"{lesson}: {[found['mean'] for found in kept[lesson]]}\n")
        sys.stdout.flush()
    KEPT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    for (lesson, language), path in pages().items():
        path.write_text(page(lesson, language, kept), encoding="utf-8")


if __name__ == "__main__":
    main()
