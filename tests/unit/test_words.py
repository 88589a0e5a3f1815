"""The verdict in words: what practitioners read, in both languages, and what it must never say."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len
from tiny_books import earning, run, scenario

from sim.inference.bootstrap import Estimate
from sim.inference.comparison import Comparison
from sim.report.tables import comparison_table, run_table
from sim.report.words import headline, natural_alarm, quantity, run_sentence, verdict
from sim.text.phrases import Language, amount, amount_range, in_futures, ratio, strategy_name

BOTH: tuple[Language, ...] = ("en", "zh")


def compared(ads: dict[str, float], **revenues: list[float]) -> Comparison:
    """One-day runs: revenue by strategy and seed, and what each strategy spends on clicks."""
    return Comparison.from_results(
        earning(name, seed, revenue, ads[name])
        for name, amounts in revenues.items()
        for seed, revenue in enumerate(amounts, 1)
    )


def clear() -> Comparison:
    """The pool earns 9,000 yuan more in 39 of 40 futures, and pays back at once."""
    public = [15_000.0 + 10 * seed for seed in range(40)]
    private = [revenue + 9_000 for revenue in public[:39]] + [public[39] - 1]
    return compared({"public_only": 10_000, "private_pool": 10_000}, public_only=public, private_pool=private)


def test_a_clear_verdict_names_the_winner_the_lead_the_interval_and_the_futures() -> None:
    text = verdict(clear(), "en")
    assert text.startswith(
        "Private pool earns most, with a net profit of 14,000 yuan, 8,770 yuan more than Public only"
    )
    assert re.search(r"\(95% interval 8,\d\d0 to 9,000 yuan\), and wins in 39 of 40 futures\.", text)
    assert "ROI agrees, 1.40 against 0.52 for Public only (difference 0.88, 95% interval 0." in text
    assert text.endswith("Private pool is never in the red.")


def test_the_chinese_verdict_says_the_same_in_the_words_of_the_trade() -> None:
    text = verdict(clear(), "zh")
    assert text.startswith("主做私域净利润最高，为 1.4 万元，比只做公域多 8,770 元（95% 区间 8,")
    assert "在 40 个未来中的 39 个里胜出。" in text
    assert "投产比 ROI 结论一致：主做私域 1.40，只做公域 0.52（相差 0.88，95% 区间 0." in text
    assert text.endswith("主做私域始终没有亏空。")


def test_a_verdict_that_could_go_either_way_is_too_close_to_call() -> None:
    up_and_down = [1000.0 + (400 if seed % 2 else -400) for seed in range(40)]
    close = compared({"hybrid": 500, "public_only": 500}, hybrid=up_and_down, public_only=[999.0] * 40)
    assert headline(close, "en").startswith(
        "Too close to call on net profit: Hybrid (500 yuan) and Public only (499 yuan)"
    )
    assert "Hybrid wins in 20 of 40 futures." in headline(close, "en")
    assert "ROI is too close to call" in verdict(close, "en")
    assert headline(close, "zh").startswith("净利润难分高下：公私域结合（500 元）与只做公域（499 元）")
    assert "投产比 ROI 难分高下" in verdict(close, "zh")


def test_profit_and_roi_that_disagree_are_said_to_disagree() -> None:
    # Public: profit 300 on 100; hybrid: profit 500 on 1,000.
    found = compared({"public_only": 100, "hybrid": 1000}, public_only=[400.0] * 20, hybrid=[1500.0] * 20)
    assert not found.verdict.agree
    assert headline(found, "en").startswith(
        "Hybrid earns most, with a net profit of 500 yuan, 200 yuan more than Public only"
    )
    assert "ROI disagrees and is highest for Public only, 3.00 against 0.50 for Hybrid" in verdict(found, "en")
    assert "投产比 ROI 结论相反，只做公域更高：只做公域 3.00，公私域结合 0.50" in verdict(found, "zh")


def test_of_three_strategies_the_one_with_the_best_roi_is_set_against_the_one_with_the_most_profit() -> None:
    # ROI: public 3.0, private 2.0, hybrid 0.5; profit: 300, 200, 500.
    ads = {"public_only": 100.0, "private_pool": 100.0, "hybrid": 1000.0}
    found = compared(ads, public_only=[400.0] * 20, private_pool=[300.0] * 20, hybrid=[1500.0] * 20)
    assert found.verdict.roi.ranking == ("public_only", "private_pool", "hybrid")
    assert "ROI disagrees and is highest for Public only, 3.00 against 0.50 for Hybrid" in verdict(found, "en")


def test_one_future_says_that_it_says_nothing_about_certainty() -> None:
    found = compared({"hybrid": 100, "public_only": 100}, hybrid=[300.0], public_only=[200.0])
    assert headline(found, "en") == (
        "In this one future Hybrid earns most, with a net profit of 200 yuan, 100 yuan more than Public only."
    )
    assert verdict(found, "en").endswith("one future says nothing about certainty.")
    assert headline(found, "zh").startswith("在这一个未来里，公私域结合净利润最高")
    assert verdict(found, "zh").endswith("单个未来不能说明确定性。")
    assert "interval" not in verdict(found, "en")


def test_the_best_of_losers_loses_least_and_may_not_pay_back() -> None:
    found = compared({"hybrid": 200, "public_only": 300}, hybrid=[100.0] * 20, public_only=[100.0] * 20)
    assert headline(found, "en").startswith("Hybrid loses least, with a net profit of -100 yuan, 100 yuan more than")
    assert verdict(found, "en").endswith("Hybrid does not pay back within 1 days.")
    assert "亏损最少，净利润为 -100 元" in headline(found, "zh")
    assert verdict(found, "zh").endswith("公私域结合在 1 天内没有回本。")


def test_a_third_strategy_that_is_clearly_behind_is_said_to_be() -> None:
    up_and_down = [1000.0 + (400 if seed % 2 else -400) for seed in range(40)]
    found = compared(
        {"hybrid": 500, "public_only": 500, "private_pool": 500},
        public_only=[10.0] * 40, hybrid=up_and_down, private_pool=[999.0] * 40,
    )  # fmt: skip
    assert found.verdict.behind == ("public_only",)
    assert headline(found, "en").endswith("; Public only is clearly behind.")
    assert headline(found, "zh").endswith("；只做公域明显落后。")


def test_payback_in_some_futures_only_says_in_how_many() -> None:
    clock = scenario(3)
    results = [
        run(clock, yuan={"ads_new": [10, 0, 0], "first_free": [0, 0, 10 if seed < 10 else 0]}, seed=seed)
        for seed in range(40)
    ]
    text = verdict(Comparison.from_results(results), "en")
    assert text.endswith("Hybrid pays back in 10 of 40 futures, on day 2 on average.")
    assert verdict(Comparison.from_results(results), "zh").endswith(
        "公私域结合在 40 个未来中的 10 个里回本，平均在第 2 天。"
    )


def test_payback_gives_its_spread_over_futures() -> None:
    clock = scenario(3)
    late, soon = ([10, 0, 0], [0, 10, 0]), ([10, 0, 0], [0, 0, 10])
    results = [
        run(clock, yuan={"ads_new": ads, "first_free": income}, seed=seed)
        for seed, (ads, income) in enumerate([late, soon] * 10)
    ]
    text = verdict(Comparison.from_results(results), "en")
    assert text.endswith("Hybrid pays back on day 2 (day 1 to 2 in the middle nine tenths of futures).")


def test_a_brand_that_spends_nothing_has_no_roi() -> None:
    found = compared({"hybrid": 0, "public_only": 0}, hybrid=[10.0, 12.0], public_only=[5.0, 5.0])
    assert "ROI is undefined, because nothing was spent on marketing" in verdict(found, "en")
    assert "投产比 ROI 无定义" in verdict(found, "zh")


@pytest.mark.parametrize("language", BOTH)
def test_no_verdict_gives_roi_as_a_percentage_or_mixes_languages(language: Language) -> None:
    text = verdict(clear(), language)
    assert not re.findall(r"(?<!95)%", text)
    assert bool(re.search(r"[\u4e00-\u9fff]", text)) == (language == "zh")
    assert "None" not in text
    assert "nan" not in text


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (0, "0 yuan", "0 元"),
        (12.345, "12.3 yuan", "12.3 元"),
        (-999.6, "-1,000 yuan", "-1,000 元"),
        (12_345, "12,300 yuan", "1.23 万元"),
        (999_999, "1 million yuan", "100 万元"),
        (1_234_567, "1.23 million yuan", "123 万元"),
        (123_456_789, "123 million yuan", "1.23 亿元"),
        (-5_678_000_000, "-5.68 billion yuan", "-56.8 亿元"),
    ],
)
def test_amounts_are_rounded_to_three_figures_in_the_readers_units(value: float, english: str, chinese: str) -> None:
    assert amount(value, "en") == english
    assert amount(value, "zh") == chinese


def test_ranges_ratios_and_shares_of_futures_read_well() -> None:
    assert amount_range(-5_000, 1_200_000, "en") == "-5,000 to 1.2 million yuan"
    assert amount_range(-5_000, 1_200_000, "zh") == "-5,000 至 120 万元"
    assert amount_range(98_000, 150_000, "zh") == "9.8 万至 15 万元"
    assert (ratio(0.4249), ratio(-0.001), ratio(0.0123, 3)) == ("0.42", "0.00", "0.012")
    assert in_futures(0.999, 1000, "en") == "999 of 1000 futures"
    assert in_futures(1.0, 40, "en") == "40 of 40 futures"
    assert in_futures(0.875, 40, "zh") == "40 个未来中的 35 个"
    assert in_futures(0.9, 5, "en") == "4.5 of 5 futures"
    assert strategy_name("my_own", "zh") == "my_own"


def test_a_run_in_a_sentence_warns_that_it_is_one_future() -> None:
    result = earning("hybrid", 7, 300)
    assert run_sentence(result, "en") == (
        "Hybrid, seed 7: net profit 200 yuan, ROI 2.00, pays back on day 0; one future says nothing about certainty."
    )
    assert run_sentence(result, "zh").startswith("公私域结合（种子 7）：净利润 200 元，投产比 ROI 2.00，第 0 天回本")


@pytest.mark.parametrize("language", BOTH)
def test_the_columns_of_a_table_line_up_whatever_the_width_of_the_letters(language: Language) -> None:
    table = comparison_table(clear(), language)
    first, second = table.split("\n\n")
    rows = first.splitlines()
    assert len({cell_len(row) for row in rows}) == 1, "the last column is to the right, so that all rows end together"
    assert "13,970 (" in first  # 5,195 + (39 x 9,000 - 1) / 40
    assert len(second.splitlines()) == 3
    assert ("39 of 40 futures" if language == "en" else "40 个未来中的 39 个") in second


def test_a_run_table_shows_every_metric_and_a_dash_for_what_is_undefined() -> None:
    table = run_table(earning("hybrid", 1, 300), "en")
    assert re.search(r"^net profit +200\.00  yuan$", table, re.MULTILINE)
    assert re.search(r"^report CAC +-  yuan$", table, re.MULTILINE)
    assert quantity("orders", 12.34) == "12.3"


@pytest.mark.parametrize("language", BOTH)
def test_an_alarm_names_who_surely_gets_fewer_natural_customers_than_paid_ones(language: Language) -> None:
    few, perhaps, many = (Estimate(mean, low, high, low, mean, high) for mean, low, high in ((0.4, 0.3, 0.5), (0.9, 0.7, 1.1), (1.4, 1.3, 1.5)))
    alarm = natural_alarm({"Few": few, "Perhaps": perhaps, "Many": many}, language)
    assert alarm is not None and "Few 0.40" in alarm and "Perhaps" not in alarm and "Many" not in alarm
    assert natural_alarm({"Perhaps": perhaps, "Many": many, "Alone": Estimate(0.4, None, None, None, None, None)}, language) is None
