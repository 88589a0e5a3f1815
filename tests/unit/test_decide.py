"""A verdict that knows what it does not know, over worlds that live a formula: what it says, keeps and refuses."""

from __future__ import annotations

import csv
import io
import json
import re

import numpy as np
import pytest
from formula_worlds import live_by, noise, one_day, price

import sim
from sim.cli import main
from sim.inference.value_of_information import evpi
from sim.questions.decide.draws import drawn
from sim.report import fonts
from sim.report.answers import figure, table
from sim.report.decide_charts import hundred

PRICE, SERVICE, OPERATORS = "public.start_click_price_cny", "pool.service_cny_per_month", "platform.operator_members_count"
KEYS = ("scenario", "fingerprint", "prior", "draws", "accepted_share", "luck_share", "choice", "strategies", "evpi", "evppi", "flips", "rules",
        "other_prior", "verdict")
OUTCOME = ("mean", "p5", "p95", "p_best", "expected_loss", "p_negative", "worst_tenth", "max_regret")
QUIET = ("prior.structures=[]", "evidence=[]")


def earned(scenario, strategy, seed):
    """The pool gains with the price of a click and loses with its staff, and most where both kinds of staff are dear."""
    if strategy == "public_only":
        return 1000.0 + 2 * noise(seed)
    staff = 200 * scenario.pool.service_cny_per_month * (1 + 3 * scenario.platform.operator_members_count / 5000)
    return 1000.0 + 400 * (price(scenario) - 2) + 30 - staff + (400 if strategy == "hybrid" else 0) + 2 * noise(seed)


@pytest.fixture
def formula(monkeypatch):
    monkeypatch.setattr("sim.kernel.compiled.is_compiled_already", lambda: True)
    return live_by(monkeypatch, earned)


def quiet(**more):
    return one_day(**{"prior.structures": (), "evidence": (), **more})


@pytest.fixture(scope="module")
def verdict():
    with pytest.MonkeyPatch.context() as patch:
        live_by(patch, earned)
        return sim.decide(quiet(), draws=256)


def test_the_json_has_exactly_the_keys_of_the_contract(verdict):
    plain = json.loads(json.dumps(verdict.as_json(), allow_nan=False))
    assert tuple(plain) == KEYS
    assert tuple(plain["strategies"]) == ("public_only", "hybrid", "private_pool")
    assert all(tuple(each) == OUTCOME for each in plain["strategies"].values())
    assert tuple(plain["evpi"]) == ("value", "noise") and all(tuple(e) == ("keys", "value", "noise", "who") for e in plain["evppi"])
    assert all(tuple(e) == ("changes", "difference", "source") and tuple(e["difference"]) == ("mean", "low", "high") for e in plain["flips"])
    assert tuple(plain["other_prior"]) == ("prior", "choice", "strategies", "evpi") and plain["other_prior"]["prior"] == "central"
    assert plain["draws"] == 256 and plain["accepted_share"] == 1 and set(plain["verdict"]) == {"en", "zh"}


def test_the_choice_has_the_best_mean_and_its_loss_is_the_value_of_knowing_all(verdict):
    found = verdict.strategies
    assert verdict.choice == max(found, key=lambda name: found[name].mean)
    assert found[verdict.choice].expected_loss == min(each.expected_loss for each in found.values()) == verdict.evpi.value == evpi(verdict.values)
    assert sum(each.p_best for each in found.values()) == pytest.approx(1)


def test_what_matters_is_worth_knowing_and_the_rest_is_noise_and_the_dearest_comes_first(verdict):
    clear = {each.keys[0] for each in verdict.singles if each.clear}
    assert PRICE in clear and len(clear) <= 3 + 10  # what matters, and of some eighty others one in twenty
    assert verdict.singles[0].keys == (PRICE,)
    values = [each.value for each in verdict.evppi]
    assert values == sorted(values, reverse=True) and values[0] <= verdict.evpi.value
    assert {each.who for each in verdict.evppi if len(each.keys) > 1} <= {"accounting", "log", "pilot", "nobody"}


def test_the_documented_pair_flips_and_comes_first_and_every_flip_is_clear(verdict):
    first = verdict.flips[0]
    assert dict(first.changes) == {SERVICE: 1.6, OPERATORS: 5000} and "source 004" in first.source
    assert first.difference.mean == pytest.approx(430 - 1280, abs=1)
    for flip in verdict.flips:
        assert flip.difference.high < 0 and len(flip.changes) <= 2
    (alone,) = [flip for flip in verdict.flips if len(flip.changes) == 1]
    assert alone.changes == {PRICE: 1.1}  # it flips below 1.175, not only at the end of its range


def test_rules_say_where_the_choice_loses(verdict):
    said = " ".join(rule["words"]["en"] for rule in verdict.as_json()["rules"])
    assert "It loses where" in said and (PRICE in said or SERVICE in said) and len(verdict.rules) <= 3


def test_the_text_names_choice_worlds_cost_luck_and_what_to_ask_and_is_never_certain(verdict):
    english, chinese = verdict.in_words("en"), verdict.in_words("zh")
    for part in ("has the best mean", "of 100 possible worlds", "on average against knowing", "Luck is", "Find out first:", "Under the other prior"):
        assert part in english
    for part in ("100 个可能的世界里", "运气占", "最值得先查清", "换用另一种先验"):
        assert part in chinese
    assert not re.search(r"certain|surely|guarantee|一定|必然|肯定", english + chinese) and not re.search(r"[\u4e00-\u9fff]", english)


def test_it_shows_itself_shortly_and_as_a_table_in_a_notebook(verdict):
    assert len(repr(verdict)) < 120 and "\n" not in repr(verdict)
    assert "<table" in verdict._repr_html_() and list(verdict.frame()["strategy"]) == list(verdict.strategies)
    assert list(verdict.worth_knowing()["value"]) == [each.value for each in verdict.evppi]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_picture_and_table_show_a_hundred_worlds_and_the_losses(verdict, language):
    if language == "zh" and fonts.chinese_family() is None:
        pytest.skip("no Chinese font here")
    curves, dots = (picture := figure(verdict, language)).axes
    picture.savefig(io.BytesIO(), format="png", dpi=40)
    assert sum(len(line.get_xdata()) for line in dots.lines) == 100
    assert len(curves.lines) >= 4 and curves.get_ylim()[0] == 0
    rows = table(verdict, language).splitlines()
    assert len(rows) > 12 and any(verdict.named(PRICE, language) in row for row in rows)


def test_a_hundred_marks_are_always_a_hundred():
    for shares in ([1 / 3] * 3, [1.0, 0.0], [0.005, 0.995], [0.645, 0.23, 0.125]):
        assert sum(hundred(shares)) == 100
    assert hundred([0.645, 0.23, 0.125]) == [65, 23, 12] or hundred([0.645, 0.23, 0.125]) == [64, 23, 13]


def test_where_nothing_is_drawn_the_interval_is_that_of_compare_to_the_byte():
    known = quiet(**{"clock.days": 20})
    scenario = sim.load(known, {"prior.known": tuple(drawn_keys(known))})
    assert not drawn_keys(scenario)
    found, compared = sim.decide(scenario, draws=12), sim.compare(scenario, seeds=12)
    lead = compared.difference("profit_cny", found.choice, found.runner_up)
    assert (found.lead.mean, found.lead.low, found.lead.high, found.lead.wins_share) == (lead.mean, lead.low, lead.high, lead.wins_share)
    for name, each in found.strategies.items():
        estimate = compared.estimates[name]["profit_cny"]
        assert (each.p5, each.p95) == (estimate.p5, estimate.p95) and each.mean == pytest.approx(estimate.mean, rel=1e-12)
    assert found.luck_share == 1 and found.evpi.value == 0 and found.evppi == () == found.flips and found.other_prior is None
    assert "if every assumption held exactly" in found.in_words("en") and "恰好成立" in found.in_words("zh")


def drawn_keys(scenario):
    from sim.assumptions.priors import priors_of

    return [name for prior in priors_of(scenario) for name in prior.names]


def test_more_draws_begin_with_the_same_worlds():
    from sim.assumptions.priors import priors_of

    priors = priors_of(sim.load("baseline"))
    few, many = drawn(priors, 64), drawn(priors, 300)
    assert np.array_equal(few.values, many.values[:64]) and few.names == many.names and len(many) == 300


def test_what_is_known_or_set_is_not_drawn(formula):  # noqa: ARG001
    found = sim.decide(quiet(), draws=8, know=[f"{PRICE}=3"], known=[SERVICE])
    assert PRICE not in found.drawn_keys and SERVICE not in found.drawn_keys and OPERATORS in found.drawn_keys


def test_worlds_that_miss_the_evidence_are_refused_and_told(formula):  # noqa: ARG001
    evidence = ({"metric": "profit_cny", "strategy": "hybrid", "low": 1000.0},)
    found = sim.decide(quiet(evidence=evidence), draws=32)
    assert 0 < found.accepted_share < 1 and len(found.values) == round(32 * found.accepted_share)
    assert (found.values[:, 1] >= 1000).all() and "cannot exist" in found.in_words("en") and "剔除" in found.in_words("zh")
    with pytest.raises(sim.ScenarioError, match="widen the evidence"):
        sim.decide(quiet(evidence=({"metric": "profit_cny", "strategy": "hybrid", "low": 1e9},)), draws=8)


def test_a_curve_over_a_choice_moves_it_and_leaves_the_verdict_as_it_is(formula):
    found = sim.decide(quiet(), draws=16, over="brand.touches_per_month=2..12")
    assert found.along.key == "brand.touches_per_month" and 2 <= found.along.at[0] < found.along.at[-1] <= 12
    assert "brand.touches_per_month" not in found.drawn_keys
    assert len({world.scenario.brand.touches_per_month for world in formula}) > 12


def test_stopped_from_the_keyboard_it_holds_for_the_worlds_that_were_lived(formula, capsys):
    def stop(found):
        if found.draws == 128:
            raise KeyboardInterrupt

    found = sim.decide(quiet(), draws=512, partial=stop)
    assert found.stopped and found.draws == 128 and len(found.values) == 128 and len(formula) == 3 * (128 + 64)
    assert "128 of 512 worlds" in found.in_words("en") and "128" in found.in_words("zh")
    assert capsys.readouterr().out == ""


def test_it_speaks_after_64_worlds_and_each_time_there_are_twice_as_many(formula):  # noqa: ARG001
    told, announced, bar = [], [], []
    sim.decide(quiet(), draws=140, partial=lambda each: told.append(each.draws), progress=lambda done, most: bar.append((done, most)),
               announce=lambda worlds, runs: announced.append((len(worlds), runs)))
    assert told == [64, 128, 140]
    assert announced[0][0] == 64 and all(done <= most for done, most in bar)


def test_the_announced_runs_are_an_upper_bound(formula):
    announced = []
    found = sim.decide(quiet(), draws=32, announce=lambda _, runs: announced.append(runs))
    assert found.runs <= announced[0] and len(formula) <= announced[0]


def test_the_same_bytes_on_one_thread_and_on_two():
    short = sim.load("baseline", {"clock.days": 15, "clock.run_out_days": 0, "market.people": 20_000})
    one, two = (json.dumps(sim.decide(short, draws=16, workers=workers, strategies=["public_only", "hybrid"]).as_json()) for workers in (1, 2))
    assert one == two


@pytest.mark.parametrize(("options", "sentence"), [
    (["--draws", "0"], "draws is 0, but it must be a whole number from 8 to 16,384"),
    (["--draws", "-5"], "draws is -5"),
    (["--draws", "99999999"], "draws is 99999999"),
    (["--draws", "nan"], "'nan' is not a valid integer"),
    (["--know", "pool.servise_cny_per_month=1"], "did you mean pool.service_cny_per_month?"),
    (["--know", "brand.gift_cny=2"], "--know: brand.gift_cny is yours to choose and not to know"),
    (["--know", "clock.days=30"], "--know: clock.days is a setting of the model"),
    (["--know", "market.margin_share"], "--know: market.margin_share is no KEY=VALUE"),
    (["--know", "market.margin_share=2"], "--know: market.margin_share is 2, but a share lies between 0 and 1"),
    (["--know", "market.margin_share=nan"], "market.margin_share"),
    (["--know", "market.margin_share=0.5", "--know", "market.margin_share=0.4"], "named twice"),
    (["--prior", "nowhere.yaml"], "nowhere.yaml: there is no such file"),
    (["--over", f"{PRICE}=5..1"], f"--over: {PRICE} goes from 5 to 1"),
    (["--over", "nothing=1..2"], "--over: there is no nothing"),
    (["--over", f"{PRICE}=1..2", "--know", f"{PRICE}=2"], "nothing to draw a curve over"),
    (["--metric", "profit"], "there is no metric profit"),
    (["--metric", "payback_day"], "payback_day is no yardstick to decide by"),
    (["--strategies", "hybrid"], "two, as in A,B"),
    (["--strategies", "hybrid,pool"], "There is no strategy pool"),
    (["--draws", "16384", "--most-hours", "0.01"], "hours are allowed"),
    (["--chart", "verdict.txt"], "a picture ends in .png, .svg or .pdf"),
])
def test_what_cannot_be_is_one_sentence_and_status_2(options, sentence, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["decide", "baseline", *options]) == 2
    told = capsys.readouterr()
    assert sentence in told.err and told.out == "" and "Traceback" not in told.err and len(told.err.strip().splitlines()) == 1


def test_the_command_prints_sentences_and_tables_and_leaves_files(formula, capsys, tmp_path):  # noqa: ARG001
    asked = ["decide", "baseline", "--days", "1", "--draws", "128", *(part for each in (*QUIET, "clock.run_out_days=0") for part in ("--set", each))]
    assert main([*asked, "--out", str(tmp_path / "out"), "--chart", str(tmp_path / "a.png"), "--lang", "zh"]) == 0
    out, err = capsys.readouterr()
    assert "按平均净利润最好的是" in out and "64/128" in err and (tmp_path / "a.png").stat().st_size > 5000
    rows = list(csv.reader((tmp_path / "out" / "worlds.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 129 and PRICE in rows[0]
    assert tuple(json.loads((tmp_path / "out" / "verdict.json").read_text(encoding="utf-8"))) == KEYS
    asked[asked.index("128")] = "32"
    assert main([*asked, "--json", "--strategies", "public_only,hybrid", "--know", f"{PRICE}=3"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert tuple(plain) == KEYS and list(plain["strategies"]) == ["public_only", "hybrid"]
    assert PRICE not in {key for each in plain["evppi"] for key in each["keys"]}


def test_a_lower_metric_is_better_lower(formula):  # noqa: ARG001
    found = sim.decide(quiet(), draws=16, metric="marketing_cny", strategies=["public_only", "hybrid"])
    assert found.choice == min(found.strategies, key=lambda name: found.strategies[name].mean)
    with pytest.raises(ValueError, match="paid_cac_cny is undefined in 16 of 16 worlds; choose another metric"):
        sim.decide(quiet(), draws=16, metric="paid_cac_cny")


@pytest.mark.parametrize("draws", [0, -1, 7, 16_385, 64.0, True, float("nan"), "64", None])
def test_numbers_of_draws_that_cannot_be_are_refused(draws):
    with pytest.raises(ValueError, match="whole number from 8 to 16,384"):
        sim.decide(one_day(), draws=draws)
