"""A visitor who walks about in the app: every page twice, back and forth, with other languages and a log in between."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")
pytest.importorskip("playwright", reason="drives the browser: pip install '.[test]'")

from browsing import CHINESE, boxes_of_exceptions, said, settle

from sim.ui import pages

SHORT = "days=30&futures=2&scenario=referral_quiet"
OTHER = {"en": "zh", "zh": "en"}
SWITCH = {"en": "English", "zh": "中文"}


def go(page, place):
    """Follow the link to the page that stands at this place of the navigation."""
    page.locator(".st-key-pages a").nth(place).click()
    name = pages.IN_NAVIGATION[place]
    page.wait_for_url(re.compile(rf"//[^/]+/{'' if place == 0 else name}(\?|$)"))


def turn(page, way):
    """Back or forward, until another page's words stand there: the old ones rest a moment before they go."""
    before = said(page)
    getattr(page, way)()
    page.wait_for_function(
        "old => { const now = document.querySelector('[data-testid=stMain]').innerText.replace('中文', '');"
        " return now.trim().length > 20 && now !== old }", arg=before,
    )


def switch(page, language):
    page.get_by_text(SWITCH[language], exact=True).click()
    page.wait_for_function("tag => document.documentElement.lang.startsWith(tag)", arg=language)
    page.wait_for_url(re.compile(f"lang={language}"))
    settle(page)


def holds(page, language):
    """The page is whole, in the visitor's language, about the visitor's scenario."""
    settle(page)
    assert boxes_of_exceptions(page) == 0, said(page)
    assert "encountered an error" not in said(page)
    assert page.evaluate("document.documentElement.lang").startswith(language)
    assert bool(CHINESE.search(said(page))) is (language == "zh")
    assert f"lang={language}" in page.url
    assert "scenario=referral_quiet" in page.url


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_is_whole_the_second_time_too_forth_and_back_and_in_the_other_language(visit, language):
    page = visit(f"?lang={language}&{SHORT}")
    places = range(len(pages.IN_NAVIGATION))
    for place in [*places, *reversed(places)]:
        go(page, place)
        holds(page, language)
    switch(page, OTHER[language])
    holds(page, OTHER[language])
    for place in (6, 5, 6):  # the first click after a language switch, and the second change between pages
        go(page, place)
        holds(page, OTHER[language])
    for _ in range(2):
        turn(page, "go_back")
        holds(page, OTHER[language])


def test_a_log_that_was_looked_over_and_a_language_switched_on_the_way_are_kept_from_page_to_page(visit):
    page = visit(f"my_data?lang=en&{SHORT}")
    page.locator(".st-key-sample button").first.click()
    page.locator(".st-key-ask-fit button").first.wait_for()
    holds(page, "en")
    for place in (6, 4, 6):
        go(page, place)
        holds(page, "en")
    switch(page, "zh")
    go(page, 4)
    holds(page, "zh")
    assert "orders.csv" in said(page), "the log is still there"
    turn(page, "go_back")
    holds(page, "zh")
    turn(page, "go_forward")
    holds(page, "zh")
    assert "orders.csv" in said(page)
