"""What all pages of the app share, without a browser: links, languages, bad links, sliders, work that is given up."""

from __future__ import annotations

import re
import string
import subprocess
import sys
import time
import tomllib
from html import unescape
from importlib import import_module
from pkgutil import iter_modules
from threading import Event

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")

from said import CHINESE, answer, everything_said

import sim
from sim.report import words as report
from sim.ui import link as links
from sim.ui import words, work
from sim.ui.own_scenarios import keep
from sim.ui.sliders import SLIDERS, movable, slider
from sim.ui.visit import Visit
from sim.ui.words.frame import say

PRICE, _, _, TOUCHES, SERVICE = SLIDERS
CATALOGUES = {each.name: import_module(f"sim.ui.words.{each.name}") for each in iter_modules(words.__path__)}


def compared(*changes: str, futures: int = 2):
    return sim.compare(sim.load("baseline", ["clock.days=30", *changes]), seeds=futures)


# Sliders, the link, the language


def test_moving_a_slider_changes_the_answer_and_the_link(open_app):
    page = open_app()
    before = answer(page)
    assert PRICE not in page.query_params
    page.slider(key=f"baseline.{PRICE}").set_value(4.0).run()
    assert answer(page) != before
    assert page.query_params[PRICE] == "4"
    assert answer(page) == report.verdict(compared(f"{PRICE}=4.0"), "en")
    assert answer(open_app(**{PRICE: "4"})) == answer(page)


def test_switching_the_language_keeps_what_was_chosen(open_app):
    page = open_app(scenario="referral_quiet")
    page.slider(key=f"referral_quiet.{TOUCHES}").set_value(3.0).run()
    page.button_group(key="language").set_value("zh").run()
    assert not page.exception
    assert page.selectbox(key="scenario.zh").value == "referral_quiet"
    assert page.slider(key=f"referral_quiet.{TOUCHES}").value == 3.0
    assert CHINESE.search(answer(page))
    assert page.query_params == {"lang": "zh", "scenario": "referral_quiet", TOUCHES: "3", "days": "30", "futures": "2"}


def test_another_scenario_starts_at_its_own_values(open_app):
    page = open_app(**{PRICE: "4"})
    page.selectbox(key="scenario.en").set_value("fresh_food").run()
    assert not page.exception
    assert [page.slider(key=f"fresh_food.{key}").value for key in (PRICE, TOUCHES, SERVICE)] == [1.0, 12.0, 0.5]
    assert PRICE not in page.query_params


@pytest.mark.parametrize("page", ["answer", "compare", "model"])
def test_the_english_page_says_nothing_in_chinese_and_the_chinese_page_leaves_no_text_of_ours_in_english(open_app, page):
    english, chinese = (everything_said(open_app(page, lang=language, days="7")) for language in ("en", "zh"))
    assert len(english) > 3000
    assert not CHINESE.search(english)
    own = [text["en"] for each in CATALOGUES.values() for text in each.TEXTS.values() if len(text["en"]) > 12 and "{" not in text["en"]]
    assert [text for text in own if text in chinese] == []


@pytest.mark.parametrize("page", list(CATALOGUES))
def test_every_text_exists_in_both_languages_with_the_same_gaps(page):
    for key, text in CATALOGUES[page].TEXTS.items():
        assert set(text) == {"en", "zh"}, key
        gaps = [{name for _, name, _, _ in string.Formatter().parse(text[language]) if name} for language in ("en", "zh")]
        assert gaps[0] == gaps[1] or key == "help", key
        assert not CHINESE.search(text["en"]), key
        assert text["zh"].strip() or not text["en"].strip(), key


@pytest.mark.parametrize("name", list(sim.shipped()))
def test_every_scenario_has_sliders_that_start_at_its_own_values_and_speak_both_languages(name):
    scenario = sim.load(name)
    for key in movable():
        each = slider(key, scenario)
        assert each.low <= each.own <= each.high
        every_whole_number = each.step == 1 and isinstance(each.exact(1.5), int)
        assert 10 <= (each.high - each.low) / each.step <= 60.001 or every_whole_number, key
        assert each.low == each.exact(each.low) and each.high == each.exact(each.high)
        assert sim.load(scenario, {key: each.exact(each.low)}) and sim.load(scenario, {key: each.exact(each.high)}), key
        assert CHINESE.search(each.label("zh")) and CHINESE.search(each.help("zh"))
        assert not CHINESE.search(each.label("en") + each.help("en"))
        assert scenario.question != scenario.question_zh


# Links that make no sense


@pytest.mark.parametrize(("link", "sentence"), [
    ({PRICE: "cheap"}, f"The link says `{PRICE}=cheap`, which is not a number from 1 to 5; 2 is used instead."),
    ({PRICE: "900"}, f"The link says `{PRICE}=900`, which is not a number from 1 to 5; 2 is used instead."),
    ({PRICE: "nan"}, f"The link says `{PRICE}=nan`, which is not a number from 1 to 5; 2 is used instead."),
    ({"futures": "1.5"}, "The link says `futures=1.5`, which is not a number from 1 to 200; 100 is used instead."),
    ({"days": "-3"}, "The link says `days=-3`, which is not a number from 1 to 3_650; 365 is used instead."),
    ({"scenario": "../../etc/passwd"},
     "The link says `scenario=../../etc/passwd`, but there is no such scenario; the baseline is shown instead."),
    ({"lang": "de"}, "The link says `lang=de`, but this page speaks English (en) and Chinese (zh) only."),
    ({"![x](http://a.example/`)": "1"},
     "The link says `![x](http://a.example/')=1`, which this page does not know; it is left out."),
])
def test_nonsense_in_the_link_is_told_in_one_sentence_and_replaced_by_what_is_usual(link, sentence):
    wish = links.understood(link, "en")
    assert [say(each.text, "en", **each.gaps) for each in wish.refused] == [sentence]
    assert wish.language == "en"
    assert (wish.scenario, wish.moved, wish.days, wish.futures) == ("baseline", {}, None, links.FUTURES)
    assert CHINESE.search(say(wish.refused[0].text, "zh", **wish.refused[0].gaps))


def test_a_nonsense_link_opens_the_page_with_a_sentence_until_something_is_chosen(open_app):
    page = open_app(**{PRICE: "cheap"})
    assert [each.value for each in page.warning] == [f"The link says `{PRICE}=cheap`, which is not a number from 1 to 5; 2 is used instead."]
    assert answer(page) == report.verdict(compared(), "en")
    assert PRICE not in page.query_params
    page.slider(key=f"baseline.{PRICE}").set_value(4.0).run()
    assert page.warning == []


def warned(page):
    """The one warning: a box where Markdown would show its words just as they are, else HTML of ours."""
    boxes = [each.proto.body for each in page.get("html") if "siyu-told-warning" in each.proto.body and "<style>" not in each.proto.body]
    (told,) = [*(each.value for each in page.warning), *(unescape(re.sub(r"<.*?>", "", each)) for each in boxes)]
    return told.strip()


def test_assumptions_that_the_model_refuses_are_a_sentence_and_the_scenario_s_own_values(open_app):
    crowded = sim.load("baseline", {"market.order_value_cny": 1500.0, "market.people": 700_000_000, "market.need_factor": 0.6})
    with pytest.raises(sim.ScenarioError):
        sim.load(crowded, {"market.need_factor": 2.0, "clock.days": 300})
    page = open_app(scenario=keep(crowded, "uploaded"), days="300", **{"market.need_factor": "2"})
    assert not page.exception
    told = warned(page)
    assert told.startswith("These assumptions cannot be used, so the scenario's own are: ")
    assert "the books hold" in told
    assert "market.need_factor" not in page.query_params
    page.segmented_control(key="language").set_value("zh").run()
    assert warned(page).startswith("这组假设无法使用，改用情景自身的取值：所给情景：700_000_000 人最多可消费 ")


def test_a_scenario_of_the_visitor_s_own_is_run_and_named_in_the_link_until_the_server_forgets_it(open_app):
    mine = sim.load("baseline", {"clock.days": 30, "public.start_click_price_cny": 3.0})
    name = keep(mine, "uploaded")
    page = open_app(scenario=name)
    assert answer(page) == report.verdict(sim.compare(mine, seeds=2), "en")
    assert page.query_params["scenario"] == name
    assert page.selectbox(key="scenario.en").value == name
    forgotten = open_app(scenario="own-0123456789abcdef")
    assert forgotten.warning[0].value.startswith("The link says `scenario=own-0123456789abcdef`: a scenario that was uploaded")
    assert answer(forgotten) == report.verdict(compared(), "en")


def test_a_link_that_is_changed_by_going_back_is_followed(open_app):
    page = open_app(**{PRICE: "4"})
    page.query_params[PRICE] = "3"
    page.run()
    assert page.slider(key=f"baseline.{PRICE}").value == 3.0
    assert answer(page) == report.verdict(compared(f"{PRICE}=3.0"), "en")


# Work, and what the app is allowed to do


def test_work_is_given_up_when_the_script_is_stopped():
    ended = Event()

    class Stopped(Exception):
        pass

    def endless(progress):
        try:
            while True:
                progress(1, 2)
                time.sleep(0.01)
        finally:
            ended.set()

    def tell(share):
        assert share == 0.5
        raise Stopped

    with pytest.raises(Stopped):
        work.watched(endless, tell)
    assert ended.wait(2)


def test_work_that_was_given_up_leaves_its_place_empty_for_the_next():
    place = work.Kept(sim.load("baseline", ["clock.days=3", "clock.run_out_days=0"]), 1)

    def give_up(_done, _total):
        raise work.GivenUp

    with pytest.raises(work.GivenUp):
        place.fill(give_up, 0)
    assert place.comparison is None
    place.fill(lambda _done, _total: None, 0)
    assert place.comparison.seeds == (1,)


def test_charts_know_nothing_of_streamlit():
    modules = "sim.ui.figures, sim.ui.figures_gap, sim.ui.side_figures"
    code = f"import sys, {modules}; sys.exit('streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_the_command_quotes_what_a_shell_would_misread():
    wish = links.Wish("en", "baseline", {"a b": 0.5}, None, 3)
    visit = Visit("answer", wish, sim.load("baseline"), sim.load("baseline"), "shipped")
    assert visit.command("compare", "--seeds", "3") == "siyu compare baseline --set 'a b=0.5' --seeds 3"


def test_the_app_is_served_to_this_computer_only_and_reports_to_nobody(root):
    settings = tomllib.loads((root / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["server"]["headless"] is True
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"
    assert "Noto Sans CJK SC" in settings["theme"]["font"]
