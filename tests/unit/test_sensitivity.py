"""Which assumptions matter: against functions whose answers are known."""

from __future__ import annotations

import json

import numpy as np
import pytest
from formula_worlds import live_by, noise, one_day, price

import sim

pytest.importorskip("SALib")

VARIED = ("public.start_click_price_cny=1..5", "market.order_value_cny=60..200", "pool.capture_level=0.8..2", "pool.service_cny_per_month=0.2..1.6")
SLOPES, WIDTHS = np.array([10.0, -0.2, 5.0, 0.0]), np.array([4.0, 140.0, 1.2, 1.4])


def additive(scenario, strategy, seed):
    """A sum of the four, with the seed's luck on top."""
    if strategy == "public_only":
        return 3.0 * noise(seed)
    values = np.array([price(scenario), scenario.market.order_value_cny, scenario.pool.capture_level, scenario.pool.service_cny_per_month])
    return float(SLOPES @ values) + 3.0 * noise(seed)


def test_the_bars_of_a_tornado_are_the_slopes_times_the_widths(monkeypatch):
    live_by(monkeypatch, additive)
    found = sim.sensitivity(one_day(), VARIED, seeds=3)
    swings = {each.span.key: each.swing.mean for each in found.swings}
    assert list(swings.values()) == pytest.approx([40.0, -28.0, 6.0, 0.0], abs=1e-5)
    assert next(iter(swings)) == "public.start_click_price_cny"
    assert found.runs == 2 * 3 * 9


def test_what_alone_changes_the_winner_deserves_data_first(monkeypatch):
    live_by(monkeypatch, lambda s, strategy, seed: (price(s) - 2.5 + 0.01 * noise(seed)) * (strategy == "private_pool") + 0.001 * s.market.order_value_cny)
    found = sim.sensitivity(one_day(), VARIED, seeds=3)
    assert [each.span.key for each in found.deserve_data] == ["public.start_click_price_cny"]
    assert [each.flips for each in found.swings] == [True, False, False, False]
    assert "Data are worth most on this, since it alone changes who wins: public.start_click_price_cny (1 to 5 yuan)" in found.in_words("en")
    assert "会翻转结论" in found.in_words("zh") or "就会翻转结论" in found.in_words("zh")


def test_without_a_flip_the_widest_clear_bars_deserve_data(monkeypatch):
    live_by(monkeypatch, lambda s, strategy, seed: 1000.0 + additive(s, strategy, seed) if strategy == "private_pool" else 0.0)
    found = sim.sensitivity(one_day(), VARIED, seeds=3)
    assert [each.span.key for each in found.deserve_data] == [each.split("=")[0] for each in VARIED[:3]]
    assert "No assumption alone changes the answer" in found.in_words("en")


def test_every_documented_assumption_is_moved_but_no_decision_of_the_brand(monkeypatch):
    live_by(monkeypatch, lambda *_: 0.0)
    keys = {each.span.key for each in sim.sensitivity(one_day(), seeds=1).swings}
    assert len(keys) > 50
    assert "pool.capture_level" in keys
    assert not any(key.startswith("brand.") for key in keys)


def test_sobol_indices_of_a_sum_are_its_shares_of_the_variance(monkeypatch):
    live_by(monkeypatch, additive)
    found = sim.sensitivity(one_day(), VARIED, method="sobol", samples=256, seeds=1)
    shares = (SLOPES * WIDTHS) ** 2 / ((SLOPES * WIDTHS) ** 2).sum()
    indices = {each.span.key: each for each in found.indices}
    for asked, share in zip(VARIED, shares, strict=True):
        each = indices[asked.split("=")[0]]
        assert each.total == pytest.approx(share, abs=0.02)
        assert each.total - each.total_error <= share <= each.total + each.total_error
        assert each.first == pytest.approx(share, abs=max(0.02, 1.5 * each.first_error))
    assert found.deviation == pytest.approx(np.sqrt(((SLOPES * WIDTHS) ** 2).sum() / 12), rel=0.05)
    assert found.samples == 256 * 6 and found.runs == 2 * 256 * 6


def test_morris_finds_the_effects_of_a_sum_without_any_spread(monkeypatch):
    live_by(monkeypatch, additive)
    found = sim.sensitivity(one_day(), VARIED, method="morris", samples=6, seeds=1)
    effects = {each.span.key: (each.first, each.total) for each in found.indices}
    for asked, size in zip(VARIED, np.abs(SLOPES * WIDTHS), strict=True):
        assert effects[asked.split("=")[0]] == pytest.approx((size, 0.0), abs=1e-4)
    assert found.samples == 6 * 5


def test_interplay_shows_in_the_total_and_in_the_spread(monkeypatch):
    live_by(monkeypatch, lambda s, strategy, _: (price(s) - 3) * (s.pool.capture_level - 1.4) if strategy == "private_pool" else 0.0)
    both = ("public.start_click_price_cny=1..5", "pool.capture_level=0.8..2")
    for each in sim.sensitivity(one_day(), both, method="sobol", samples=128, seeds=1).indices:
        assert each.first == pytest.approx(0.0, abs=0.15) and each.total == pytest.approx(1.0, abs=0.2)
    for each in sim.sensitivity(one_day(), both, method="morris", samples=8, seeds=1).indices:
        assert each.total > 0.5 * each.first > 0


def test_where_nothing_varies_nothing_matters(monkeypatch):
    live_by(monkeypatch, lambda *_: 1.0)
    found = sim.sensitivity(one_day(), VARIED, method="sobol", samples=4, seeds=1)
    assert {(each.first, each.total) for each in found.indices} == {(0.0, 0.0)}
    assert "None clearly matters." in found.in_words("en")


def test_too_few_samples_are_called_rough(monkeypatch):
    live_by(monkeypatch, lambda s, strategy, _: np.exp(3 * price(s)) * s.pool.capture_level ** 4 if strategy == "private_pool" else 0.0)
    found = sim.sensitivity(one_day(), VARIED, method="sobol", samples=4, seeds=1)
    assert "take more samples" in found.in_words("en") and "样本太少" in found.in_words("zh")


def test_one_strategy_is_looked_at_itself(monkeypatch):
    live_by(monkeypatch, additive)
    found = sim.sensitivity(one_day(), VARIED[:1], strategies=["private_pool"], seeds=2)
    assert found.swings[0].swing.mean == pytest.approx(40.0)
    assert found.in_words("en").startswith("net profit of Private pool is ")


@pytest.mark.parametrize(("arguments", "sentence"), [
    ({"method": "sobol"}, "needs to be told what to vary"),
    ({"method": "sobol", "vary": VARIED, "samples": 60}, "power of 2"),
    ({"method": "morris", "samples": 1}, "at least 2"),
    ({"samples": 8}, "for morris and sobol"),
    ({"method": "magic"}, "no method 'magic'"),
])
def test_what_a_method_cannot_do_is_refused(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        sim.sensitivity(one_day(), **arguments)


def test_answers_are_plain_json_and_tidy_frames(monkeypatch):
    live_by(monkeypatch, additive)
    for method, columns in (("tornado", "swing"), ("sobol", "ST"), ("morris", "sigma")):
        found = sim.sensitivity(one_day(), VARIED, method=method, samples=None if method == "tornado" else 4, seeds=1)
        plain = json.loads(json.dumps(found.as_json(), allow_nan=False))
        assert plain["question"] == method and plain["deserve_data"] == [each.span.key for each in found.deserve_data]
        assert columns in found.frame().columns and len(found.frame()) == 4


def test_nothing_is_said_to_depend_on_what_weighs_nothing(monkeypatch):
    live_by(monkeypatch, lambda *_: 1.0)
    for method in ("sobol", "morris"):
        found = sim.sensitivity(one_day(), VARIED, method=method, samples=4, seeds=1)
        assert "depends most on" not in found.in_words("en") and "0.00" not in found.in_words("en")
