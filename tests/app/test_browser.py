"""The app in a real browser: what every page holds in both languages and widths, and what the first two do."""

from __future__ import annotations

import io
import json
import re

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")
pytest.importorskip("playwright", reason="drives the browser: pip install '.[test]'")
pytest.importorskip("axe_playwright_python", reason="brings axe-core: pip install '.[test]'")

from browsing import (
    CHINESE,
    RAW_KEY,
    answer,
    axe_violations,
    boxes_of_exceptions,
    fonts_of,
    fonts_with_chinese,
    nameless_charts,
    said,
    settle,
    sideways,
    turned,
    wait_for_answer,
    wholly_in_sight,
)
from pypdf import PdfReader

import sim
from sim.cli import main as siyu
from sim.ui import pages

SHORT = "days=30&futures=5"
CHOSEN = "scenario=referral_quiet&brand.touches_per_month=3"
WIDE, NARROW = (1280, 720), (390, 844)


def path(name):
    """Where a page stands: the first one at the root."""
    return "" if name == pages.IN_NAVIGATION[0] else name


@pytest.mark.parametrize("name", pages.made())
def test_every_page_speaks_one_language_at_both_widths_keeps_its_state_and_can_be_used_by_everybody(visit, name):
    page = visit(f"{path(name)}?lang=en&{CHOSEN}&{SHORT}", *WIDE)
    holds(page, name, "en", WIDE)
    holds(turned(page, *NARROW), name, "en", NARROW)
    page.get_by_text("中文", exact=True).click()
    page.wait_for_function("document.documentElement.lang == 'zh-CN'")
    page.wait_for_url(re.compile("lang=zh.*scenario=referral_quiet.*brand.touches_per_month=3"))
    settle(page)
    telephone = visit(page.url, *NARROW)
    assert shown(telephone) == shown(page), "a copied address shows the same in another tab"
    page.close()
    holds(telephone, name, "zh", NARROW)
    holds(turned(telephone, *WIDE), name, "zh", WIDE)


def holds(page, name, language, size):
    """What any page must hold, in either language and at either width."""
    assert boxes_of_exceptions(page) == 0
    text = said(page)
    assert len(text) > (20 if name in pages.BARE else 100)
    assert not RAW_KEY.search(text)
    if language == "en":
        assert not CHINESE.search(text)
    else:
        assert CHINESE.search(text)
        assert "Noto Sans CJK JP" not in fonts_with_chinese(page)
    assert page.evaluate("document.documentElement.lang") == {"en": "en-GB", "zh": "zh-CN"}[language]
    assert not sideways(page)
    assert nameless_charts(page) == 0
    if size == WIDE and page.locator(".siyu-answer").count():
        assert wholly_in_sight(page, ".siyu-answer")
    assert axe_violations(page) == []


def shown(page):
    """The answer, or all that the page says where there is none."""
    return answer(page) if page.locator(".siyu-answer").count() else said(page)


def test_a_reloaded_and_a_copied_address_give_the_same_answer_in_another_browser(visit, browser):
    page = visit(f"?lang=zh&{CHOSEN}&{SHORT}")
    before = answer(page)
    page.reload()
    wait_for_answer(page)
    context = browser.new_context(locale="de-DE")
    stranger = context.new_page()
    stranger.goto(page.url)
    wait_for_answer(stranger)
    assert answer(stranger) == answer(page) == before
    context.close()


def test_the_first_page_is_found_by_its_own_name_with_all_that_the_link_says(visit):
    page = visit(f"answer?lang=zh&{CHOSEN}&{SHORT}")
    assert CHINESE.search(answer(page))
    assert re.search(r"//[^/]+/\?lang=zh.*scenario=referral_quiet.*brand.touches_per_month=3", page.url)


def test_the_numbers_of_the_sentence_are_those_of_the_command_line(visit, capsys):
    page = visit(f"?lang=en&public.start_click_price_cny=3&{SHORT}")
    asked = ["compare", "baseline", "--set", "public.start_click_price_cny=3", "--set", "clock.days=30", "--seeds", "5", "--json"]
    assert siyu(asked) == 0
    printed = json.loads(capsys.readouterr().out)
    assert " ".join(answer(page).split()) == printed["verdict"]["en"]
    dots = page.evaluate("document.querySelector('.st-key-futures .js-plotly-plot').data[0].x")
    assert f"wins in {sum(x > 0 for x in dots)} of 5 futures" in answer(page)


def test_a_key_on_a_slider_changes_the_answer_and_the_address_gives_the_same_on_a_telephone(visit):
    page = visit(f"?lang=en&{SHORT}")
    before = answer(page)
    page.locator(".st-key-baseline-public-start_click_price_cny input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    wait_for_answer(page, not_this=before)
    assert "public.start_click_price_cny=2.1" in page.url
    telephone = visit(page.url, *NARROW)
    assert answer(telephone) == answer(page)


def test_a_kind_of_brand_sets_the_sliders_and_the_address(visit):
    page = visit(f"?lang=en&{SHORT}")
    before = answer(page)
    page.get_by_text("Fresh food", exact=True).click()
    wait_for_answer(page, not_this=before)
    assert "scenario=fresh_food" in page.url
    slider = page.locator(".st-key-fresh_food-brand-touches_per_month input[type=range]")
    assert float(slider.input_value()) == sim.load("fresh_food").brand.touches_per_month


def test_the_brief_that_is_downloaded_holds_the_sentence_in_either_language(visit):
    page = visit(f"?lang=en&{SHORT}")
    assert "".join(answer(page).split()) in brief(page)
    page.get_by_text("中文", exact=True).click()
    page.wait_for_function("document.documentElement.lang == 'zh-CN'")
    settle(page)
    if any("Noto Sans CJK" in name for name in fonts_of(page, ".siyu-first")):
        assert "".join(answer(page).split()) in brief(page)


def brief(page):
    """The words of the one sheet that is downloaded, without spaces."""
    with page.expect_download() as waiting:
        page.locator(".st-key-take-pdf button").click()
    (sheet,) = PdfReader(io.BytesIO(waiting.value.path().read_bytes())).pages
    return "".join(sheet.extract_text().split())


def test_a_side_against_itself_is_exactly_zero_and_the_changed_keys_are_listed(visit):
    page = visit(f"compare?lang=en&sides=this:hybrid,this:hybrid,fresh_food:hybrid&{SHORT}")
    assert "B Hybrid · baseline and A Hybrid · baseline are exactly equal." in answer(page)
    keys = page.locator(".siyu-words tbody th").all_inner_texts()
    one, other = ({row.key: row.value for row in sim.explain(*given)} for given in (("baseline", ["clock.days=30"]), ("fresh_food",)))
    about = ("name", "question", "question_zh", "source", "expect")
    assert keys == [key for key in one if one[key] != other.get(key) and key not in about]


def test_pages_are_reached_by_links_that_keep_what_was_chosen(visit):
    page = visit(f"?lang=zh&scenario=referral_quiet&{SHORT}")
    page.locator(".st-key-pages a", has_text="模型").click()
    page.wait_for_url(re.compile("/model"))
    page.wait_for_selector("text=术语表")
    assert "scenario=referral_quiet" in page.url
    assert "lang=zh" in page.url
