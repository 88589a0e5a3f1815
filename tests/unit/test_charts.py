"""Charts: what they show equals the numbers, and nobody ever sees a box instead of a Chinese character."""

from __future__ import annotations

import io
import logging
import re
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from rich.cells import cell_len
from tiny_books import run, scenario

from sim.inference.comparison import Comparison
from sim.report import fonts, looks
from sim.report.charts import comparison_figure, run_figure
from sim.results.result import Result
from sim.text.phrases import Language

BOTH: tuple[Language, ...] = ("en", "zh")
STRATEGIES = ("public_only", "hybrid", "private_pool")
NEEDS_CHINESE = pytest.mark.skipif(fonts.chinese_family() is None, reason="no Chinese font is installed here")


def one_run(strategy: str = "private_pool", seed: int = 1, run_out_days: int = 20) -> Result:
    """Fifty days and a run-out: costs first, income later, more of it under a pool."""
    days = 50 + run_out_days
    income = np.linspace(0, 300 + 100 * STRATEGIES.index(strategy) + 3 * seed, days)
    costs = [100.0] * 50 + [0.0] * run_out_days
    members = np.arange(days) * 3
    levels = {"members": members, "active": members // 2, "silent": members // 5}
    accounts = {"first_free": list(income), "ads_new": costs}
    return run(scenario(50, run_out_days=run_out_days), yuan=accounts, counts=levels, strategy=strategy, seed=seed)


def three_strategies() -> Comparison:
    """Five futures of each shipped strategy."""
    return Comparison.from_results(one_run(name, seed) for name in STRATEGIES for seed in range(1, 6))


def texts(figure: Figure) -> str:
    """Every text that a drawn figure shows."""
    figure.savefig(io.BytesIO(), format="png", dpi=40)
    shown = [
        t.get_text() for axes in figure.axes for t in (*axes.texts, axes.title, axes.xaxis.label, axes.yaxis.label)
    ]
    ticks = [t.get_text() for axes in figure.axes for t in (*axes.get_xticklabels(), *axes.get_yticklabels())]
    titles = [axes.get_title("left") for axes in figure.axes]
    return "\n".join([*shown, *ticks, *titles, figure.get_suptitle(), figure.get_supxlabel()])


def test_the_median_line_of_each_strategy_ends_at_the_median_of_cumulative_cash() -> None:
    found = three_strategies()
    lines = [line for line in comparison_figure(found, "en").axes[0].lines if len(np.asarray(line.get_ydata())) == 70]
    for line, name in zip(lines, found.strategies, strict=True):
        ends = found.daily_cash[name].sum(axis=1) / 1e6
        assert np.asarray(line.get_ydata())[-1] * 1000 == pytest.approx(np.median(ends))
        assert to_hex(str(line.get_color())) == looks.LOOKS[name].colour.lower()


def test_every_future_is_a_dot_and_every_mean_a_number_in_the_picture_of_roi() -> None:
    found = three_strategies()
    axes = comparison_figure(found, "en").axes[1]
    dots = sorted(x for cloud in axes.collections for x, _ in np.asarray(cloud.get_offsets()))
    assert dots == pytest.approx(sorted(v for name in STRATEGIES for v in found.values[name]["roi"] if v is not None))
    means = {f"{found.estimates[name]['roi'].mean:.2f}" for name in STRATEGIES}
    assert means <= {text.get_text() for text in axes.texts}


@pytest.mark.parametrize("language", BOTH)
def test_axes_carry_units_and_strategies_their_names(language: Language) -> None:
    if language == "zh" and fonts.chinese_family() is None:
        pytest.skip("no Chinese font is installed here")
    shown = texts(comparison_figure(three_strategies(), language))
    for words in {
        "en": ("thousand yuan", "days since", "ratio", "Public only", "Hybrid", "Private pool", "run-out"),
        "zh": ("万元", "天", "比值", "只做公域", "公私域结合", "主做私域", "观察期"),
    }[language]:
        assert words in shown
    assert bool(re.search(r"[\u4e00-\u9fff]", shown)) == (language == "zh")


@NEEDS_CHINESE
@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_every_chinese_character_is_found_in_a_font(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    with warnings.catch_warnings(), caplog.at_level(logging.WARNING, logger="matplotlib"):
        warnings.simplefilter("error")
        for figure in (comparison_figure(three_strategies(), "zh"), run_figure(one_run(), "zh")):
            figure.savefig(io.BytesIO(), format=kind)
    assert not [record for record in caplog.records if "font" in record.getMessage().lower()]


def test_without_a_chinese_font_the_chart_is_in_english_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "chinese_family", lambda: None)
    for figure in (comparison_figure(three_strategies(), "zh"), run_figure(one_run(), "zh")):
        shown = texts(figure)
        assert looks.NO_FONT in shown
        assert not re.search(r"[\u4e00-\u9fff]", shown)


def test_a_font_that_matplotlib_has_not_listed_yet_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    added: list[str] = []
    monkeypatch.setattr(fonts.font_manager, "get_font_names", lambda: ["SimHei"] if added else ["DejaVu Sans"])
    monkeypatch.setattr(fonts.font_manager, "findSystemFonts", lambda: ["/f/Arial.ttf", "C:\\Fonts\\SimHei.ttf"])
    monkeypatch.setattr(fonts.font_manager.fontManager, "addfont", added.append)
    assert fonts.chinese_family.__wrapped__() == "SimHei"
    assert added == ["C:\\Fonts\\SimHei.ttf"]


def test_the_run_out_is_shaded_only_if_there_is_one() -> None:
    assert "run-out" in texts(run_figure(one_run(), "en"))
    assert "run-out" not in texts(run_figure(one_run(run_out_days=0), "en"))


def test_names_at_the_ends_of_lines_do_not_overlap() -> None:
    axes = Figure().subplots()
    axes.set_ylim(0, 100)
    looks.label_ends(axes, {"one": (50, "black"), "two": (50, "black"), "three": (51, "black")})
    heights = sorted(float(text.get_position()[1]) for text in axes.texts)
    assert min(np.diff(heights)) >= 5


def test_a_strategy_of_ones_own_gets_a_look_of_its_own() -> None:
    given = looks.looks(["hybrid", "mine", "yours"])
    assert given["hybrid"] is looks.LOOKS["hybrid"]
    assert len({look.colour for look in given.values()}) == len({look.marker for look in given.values()}) == 3


def test_a_long_title_is_wrapped_without_cutting_a_number_or_starting_a_line_with_a_stop() -> None:
    text = "主做私域净利润最高，为 42.3 万元，比公私域结合多 11.1 万元（95% 区间 9.69 万至 12.4 万元）。"
    for columns in range(16, 60):
        lines = looks.wrapped(text, columns).split("\n")
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(cell_len(line) <= columns for line in lines)
        assert not any(line[0] in "，。）；" for line in lines)
        assert sum(number in line for line in lines for number in ("42.3", "11.1", "95%", "9.69", "12.4")) == 5
    assert looks.wrapped("one two three", 8) == "one two\nthree"


def test_charts_are_drawn_without_streamlit_or_a_screen() -> None:
    code = "import sys, sim.report.charts; sys.exit(bool({'streamlit', 'matplotlib.pyplot'} & set(sys.modules)))"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
