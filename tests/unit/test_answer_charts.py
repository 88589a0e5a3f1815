"""Pictures and tables of answers: what they show equals the numbers, in both languages."""

from __future__ import annotations

import io
import logging
import re
import warnings

import numpy as np
import pytest
from formula_worlds import live_by, noise, one_day, price

import sim
from sim.report import fonts
from sim.report.answers import figure, table

PRICE = "public.start_click_price_cny=1..5"


def earned(scenario, strategy, seed):
    luck = 0.2 * noise(seed)
    if strategy == "public_only":
        return 2000.0 + 100 * luck
    s = scenario.switches
    lifted = 700.0 * s.pool_capture * (1 + s.touch_effects) - 450.0 * s.fatigue - 80.0 * s.forgetting
    dear = 300 * np.log(price(scenario) / 3) - 50 * scenario.pool.service_cny_per_month
    return 1000.0 + lifted + dear - 9 * (scenario.brand.touches_per_month - 7) ** 2 + 100 * luck * price(scenario)


@pytest.fixture
def answers(monkeypatch):
    """One of each kind."""
    live_by(monkeypatch, earned)
    both = [PRICE, "pool.service_cny_per_month=0.2..1.6"]
    return {
        "breakeven": sim.breakeven(one_day(), PRICE, seeds=5),
        "frontier": sim.frontier(one_day(), *both, seeds=4, points=5),
        "tornado": sim.sensitivity(one_day(), both, seeds=4),
        "sobol": sim.sensitivity(one_day(), both, method="sobol", samples=16),
        "morris": sim.sensitivity(one_day(), both, method="morris"),
        "waterfall": sim.waterfall(one_day(), mechanisms=["pool_capture", "touch_effects", "fatigue", "forgetting"], pairs=3, seeds=4),
        "accounts": sim.waterfall(one_day(), by="accounts", seeds=4),
        "optimum": sim.optimize(one_day(), "private_pool", ["brand.touches_per_month", "brand.gift_cny"], seeds=3, fresh_seeds=6, evaluations=20),
    }


def texts(drawn) -> str:
    drawn.savefig(io.BytesIO(), format="png", dpi=40)
    shown = [t.get_text() for axes in drawn.axes for t in (*axes.texts, axes.xaxis.label, axes.yaxis.label)]
    shown += [t.get_text() for axes in drawn.axes for t in (*axes.get_xticklabels(), *axes.get_yticklabels())]
    shown += [t.get_text() for axes in drawn.axes if axes.get_legend() for t in axes.get_legend().get_texts()]
    return "\n".join([*shown, *(axes.get_title("left") for axes in drawn.axes), drawn.get_suptitle()])


def test_the_tie_stands_in_the_picture_and_either_side_is_named(answers):
    drawn = figure(answers["breakeven"], "en")
    shown = texts(drawn)
    for line in answers["breakeven"].lines:
        assert f"{line.crossings[0].value:.3g}" in shown
    assert {"Private pool better", "Public only better", "now 2"} <= set(shown.split("\n"))


def test_the_bars_of_the_waterfall_are_as_wide_as_its_numbers(answers):
    for name in ("waterfall", "accounts"):
        found = answers[name]
        bars = [patch.get_width() for patch in figure(found, "en").axes[0].patches]
        *parts, total = bars
        wanted = sorted(bar.yuan for bar in found.bars if bar.micro_yuan or name == "waterfall")
        scale = total / (found.total_micro_yuan / 1e6)
        assert sorted(parts) == pytest.approx([scale * each for each in wanted])
        assert sum(parts) == pytest.approx(total)


def test_the_widest_bar_of_the_tornado_is_on_top(answers):
    labels = [t.get_text() for t in figure(answers["tornado"], "en").axes[0].get_yticklabels()]
    assert labels[-1].startswith(answers["tornado"].swings[0].span.key)


def test_each_parameter_has_its_curve_and_the_verdict_its_panel(answers):
    drawn = figure(answers["optimum"], "en")
    assert [axes.get_xlabel() for axes in drawn.axes[:2]] == ["brand.touches_per_month (a month)", "brand.gift_cny (yuan)"]
    assert len(drawn.axes) == 3 and "6 fresh futures" in texts(drawn)


def test_english_pictures_and_tables_have_no_chinese_and_the_other_way_round(answers):
    if fonts.chinese_family() is None:
        pytest.skip("no Chinese font is installed here")
    for answer in answers.values():
        assert not re.search(r"[\u4e00-\u9fff]", texts(figure(answer, "en")) + table(answer, "en"))
        chinese = texts(figure(answer, "zh")) + table(answer, "zh").splitlines()[0]
        assert re.search(r"[\u4e00-\u9fff]", chinese)
        assert set(re.findall(r"[A-Za-z]{2,}", chinese)) <= {"mu", "sigma", "Shapley", "ST"}


@pytest.mark.skipif(fonts.chinese_family() is None, reason="no Chinese font is installed here")
def test_every_chinese_character_is_found_in_a_font(answers, caplog):
    with warnings.catch_warnings(), caplog.at_level(logging.WARNING, logger="matplotlib"):
        warnings.simplefilter("error")
        for answer in answers.values():
            figure(answer, "zh").savefig(io.BytesIO(), format="png")
        for kind in ("svg", "pdf"):
            figure(answers["tornado"], "zh").savefig(io.BytesIO(), format=kind)
    assert not [record for record in caplog.records if "font" in record.getMessage().lower()]


def test_there_is_one_door_for_pictures_and_it_refuses_strangers(answers):
    assert sim.figure(answers["tornado"]).axes
    for door in (figure, table):
        with pytest.raises(TypeError, match="of a str"):
            door("nothing")
