"""The app in a real browser: it shows its answer, follows keys and links, fits the screen, and asks nobody outside."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")
pytest.importorskip("playwright", reason="drives the browser: pip install '.[test]'")

from playwright.sync_api import sync_playwright

import sim

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")
SHORT = "days=30&futures=5"
PATIENCE = 120_000

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the PATH")


@pytest.fixture(scope="module")
def address(request):
    """The app, served from the repository as a visitor would; stopped in the end."""
    root = request.config.rootpath
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _wait_until_healthy(url, server):
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2) as reply:  # noqa: S310 - our own server
                if reply.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail("the app did not start")


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, address, tmp_path):
    """Opens the page at a link and waits for the full answer; in the end nothing may have gone wrong or outside."""
    wrong = []
    context = browser.new_context(locale="en-GB")

    def guard(route):
        if urlsplit(route.request.url).hostname == "127.0.0.1" or route.request.url.startswith(("data:", "blob:")):
            route.continue_()
        else:
            wrong.append(f"asked for {route.request.url}")
            route.abort()

    def visited(link, width=1280, height=720):
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(link if link.startswith("http") else f"{address}/?{link}")
        wait_for_answer(page)
        page.screenshot(path=tmp_path / f"{len(context.pages)}.png")
        return page

    context.route("**/*", guard)
    yield visited
    context.close()
    assert wrong == []


def wait_for_answer(page, not_this=None):
    """Until the full answer and both charts stand there and the script rests."""
    page.wait_for_function(
        """old => { const now = document.querySelector('.siyu-answer');
            return now && now.innerText !== old && !document.querySelector('.siyu-preview')
            && document.querySelectorAll('.js-plotly-plot .main-svg').length >= 2
            && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning' }""",
        arg=not_this, timeout=PATIENCE)
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator("[data-testid=stAlert]").count() == 0


def answer(page):
    return page.inner_text(".siyu-answer")


def fits(page):
    """Whether the answer is seen without scrolling and nothing sticks out sideways."""
    box, size = page.locator(".siyu-answer").bounding_box(), page.viewport_size
    sideways = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    return box["y"] >= 0 and box["y"] + box["height"] <= size["height"] and sideways == size["width"]


def test_a_key_on_a_slider_changes_the_answer_and_a_copied_link_gives_the_same_on_a_telephone(visit):
    page = visit(f"lang=en&{SHORT}")
    assert fits(page)
    before = answer(page)
    page.locator(".st-key-baseline-public-start_click_price_cny input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    wait_for_answer(page, not_this=before)
    assert "public.start_click_price_cny=2.1" in page.url
    telephone = visit(page.url, 390, 844)
    assert answer(telephone) == answer(page)
    assert fits(telephone)


def test_the_language_switch_translates_the_whole_page_in_the_right_glyphs_and_keeps_the_scenario(visit):
    page = visit(f"lang=en&scenario=referral_quiet&{SHORT}")
    english = page.inner_text("[data-testid=stMain]").replace("中文", "")
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in english)
    assert page.evaluate("document.documentElement.lang") == "en-GB"
    names = [chart.get_attribute("aria-label") for chart in page.locator("[data-testid=stPlotlyChart]").all()]
    assert len(names) == 2 and names[0].startswith("ROI of each strategy: Public only")
    page.get_by_text("中文", exact=True).click()
    wait_for_answer(page, not_this=answer(page))
    assert "scenario=referral_quiet" in page.url and "lang=zh" in page.url
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.input_value(".st-key-scenario-zh input") == sim.load("referral_quiet").question_zh
    assert "起始点击单价（元）" in page.inner_text("[data-testid=stMain]")
    assert fits(page)
    fonts = _fonts_of(page, ".siyu-first")
    if any("Noto Sans CJK" in name for name in fonts):
        assert "Noto Sans CJK SC" in fonts
        assert "Noto Sans CJK JP" not in fonts


def _fonts_of(page, selector):
    """The fonts in which the browser really draws an element."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    top = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": top, "selector": selector})["nodeId"]
    return [each["familyName"] for each in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]]
