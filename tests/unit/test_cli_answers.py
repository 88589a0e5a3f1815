"""The commands that ask: what they print, draw and refuse. They live a formula."""

from __future__ import annotations

import json
import re

import pytest
from formula_worlds import live_by, noise, price

from sim.cli import main
from sim.report import fonts

PRICE = "public.start_click_price_cny"
SHORT = ("--days", "1", "--set", "clock.run_out_days=0")
QUESTIONS = {
    "breakeven": ["breakeven", "baseline", "--vary", f"{PRICE}=1..5"],
    "frontier": ["breakeven", "baseline", "--vary", f"{PRICE}=1..5", "--and", "pool.service_cny_per_month", "--points", "4"],
    "tornado": ["sensitivity", "baseline", "--vary", PRICE, "--vary", "pool.capture_level=1..2"],
    "morris": ["sensitivity", "baseline", "--vary", PRICE, "--vary", "pool.capture_level=1..2", "--method", "morris"],
    "waterfall": ["waterfall", "baseline", "--pairs", "2", "--mechanisms", "fatigue,pool_capture"],
    "optimize": ["optimize", "baseline", "--strategy", "hybrid", "--vary", "brand.touches_per_month", "--limit", "roi>=-5", "--evaluations", "10",
                 "--fresh-seeds", "4"],
}


@pytest.fixture
def formula(monkeypatch):
    """A world in which the pool wins above three yuan a click."""
    monkeypatch.setattr("sim.kernel.compiled.is_compiled_already", lambda: True)

    def earned(scenario, strategy, seed):
        luck = 0.1 * noise(seed)
        if strategy == "public_only":
            return 20.0 + luck
        on = scenario.switches.fatigue - 2.0 * scenario.switches.pool_capture
        return 18.0 + price(scenario) + on + luck * price(scenario) - (scenario.brand.touches_per_month - 7) ** 2

    return live_by(monkeypatch, earned)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_a_sentence_a_table_and_how_many_runs_it_took(question, formula, capsys):
    assert main([*QUESTIONS[question], *SHORT, "--seeds", "3"]) == 0
    out, err = capsys.readouterr()
    sentence, table = out.split("\n\n", 1)
    assert sentence.rstrip().endswith(".") and len(table.splitlines()) >= 3
    (most,) = re.fullmatch(r"At most ([\d,]+) runs\.\n", err).groups()
    assert 0 < len(formula) <= int(most.replace(",", ""))


@pytest.mark.parametrize("question", QUESTIONS)
def test_json_is_json_with_sentences_in_both_languages(question, formula, capsys, tmp_path):  # noqa: ARG001
    assert main([*QUESTIONS[question], *SHORT, "--seeds", "2", "--json", "--chart", str(tmp_path / "a.svg")]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["question"] == question and plain["seeds" if question != "optimize" else "search_seeds"] == [1, 2]
    assert re.search(r"[\u4e00-\u9fff]", plain["verdict"]["zh"]) and not re.search(r"[\u4e00-\u9fff]", plain["verdict"]["en"])
    assert (tmp_path / "a.svg").stat().st_size > 1000


@pytest.mark.skipif(fonts.chinese_family() is None, reason="no Chinese font is installed here")
@pytest.mark.parametrize("question", QUESTIONS)
def test_chinese_is_chinese(question, formula, capsys, tmp_path):  # noqa: ARG001
    assert main([*QUESTIONS[question], *SHORT, "--seeds", "2", "--lang", "zh", "--chart", str(tmp_path / "a.png")]) == 0
    sentence, table = capsys.readouterr().out.split("\n\n", 1)
    for text in (sentence, table.splitlines()[0]):
        words = set(re.findall(r"[A-Za-z]{2,}", text)) - {"ROI", "mu", "sigma", "Shapley"}
        assert not words, text
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_the_number_of_futures_is_the_commands_own_if_not_told(formula, capsys):
    assert main([*QUESTIONS["breakeven"], *SHORT, "--kind", "equal-envelope", "--points", "3", "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert len(plain["seeds"]) == 20 and [line["kind"] for line in plain["lines"]] == ["equal_envelope"]
    assert {world.strategy for world in formula} == {"private_pool", "public_only"}


@pytest.mark.parametrize(("arguments", "sentence"), [
    (["breakeven", "baseline"], "Missing option '--vary'"),
    (["breakeven", "baseline", "--vary", "public.start_click_price_cn=1..2"], f"--vary: there is no public.start_click_price_cn; did you mean {PRICE}?\n"),
    (["breakeven", "baseline", "--vary", f"{PRICE}=1-2"], f"--vary: {PRICE}=1-2 is no range; write {PRICE}=LOW..HIGH"),
    (["breakeven", "baseline", "--vary", PRICE, "--metric", "profitt"], "--metric: there is no metric profitt; did you mean profit_cny?\n"),
    (["breakeven", "baseline", "--vary", PRICE, "--strategies", "hybrid"], "--strategies is hybrid; name two different ones, as in A,B.\n"),
    (["breakeven", "baseline", "--vary", PRICE, "--strategies", "hybird,public_only"], "There is no strategy hybird; did you mean hybrid?\n"),
    (["breakeven", "baseline", "--vary", PRICE, "--and", PRICE], f"--vary: {PRICE} is named twice; each is varied over one range.\n"),
    (["breakeven", "baseline", "--vary", PRICE, "--chart", "a.bmp"], "--chart is a.bmp, but a picture ends in .png, .svg or .pdf.\n"),
    (["breakeven", "baselin", "--vary", PRICE], "baselin: there is no such file; did you mean baseline?\n"),
    (["sensitivity", "baseline", "--method", "sobol"], "sobol needs to be told what to vary"),
    (["sensitivity", "baseline", "--samples", "9"], "samples are for morris and sobol"),
    (["sensitivity", "baseline", "--strategies", "hybrid,public_only,private_pool"], "--strategies is hybrid,public_only,private_pool; name one"),
    (["waterfall", "baseline", "--metric", "roi"], "roi has no parts that add up; the metric must be one of profit_cny"),
    (["waterfall", "baseline", "--mechanisms", "fatige"], "there is no mechanism 'fatige'; choose from price_growth"),
    (["optimize", "baseline"], "--strategy is missing"),
    (["optimize", "baseline", "--strategy", "hybrid", "--objective", "profits"], "--objective: there is no metric profits; did you mean"),
    (["optimize", "baseline", "--strategy", "hybrid", "--limit", "roi>5"], "'roi>5' is no limit; write METRIC>=VALUE"),
    (["optimize", "baseline", "--strategy", "public_only"], "public_only decides nothing about a pool"),
])
def test_bad_input_ends_with_status_2_and_one_sentence(formula, capsys, arguments, sentence):
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith(sentence) and err.count("\n") == 1
    assert formula == []


def test_an_interruption_ends_with_status_130(monkeypatch, capsys):
    def interrupted(*_arguments, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.inference.replications.run_many", interrupted)
    assert main([*QUESTIONS["tornado"], *SHORT]) == 130
    assert capsys.readouterr().err.strip().splitlines()[-1] == "Interrupted."
