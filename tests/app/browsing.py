"""The app in a real browser: what any page must hold, whoever made it."""

from __future__ import annotations

import re
import shutil
from urllib.parse import urlsplit

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
PATIENCE = 180_000
OFTEN = 100
"""Milliseconds between looks at a page: at every frame they would keep the browser from its work."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
RAW_KEY = re.compile(r"\b[a-z]+(?:_[a-z]+)+_(?:heading|note|alt|method|ask|help)\b|\{[a-z_]+\}")
"""A text of the catalogue that was not said, or a gap that was not filled."""


def keep_inside(context, wrong):
    """Note what a context asks for beyond this computer, where no name is found (FLAGS), and what breaks.

    Nothing is intercepted: a browser whose requests are does without its cache.
    """

    def note(request):
        if urlsplit(request.url).hostname != "127.0.0.1" and not request.url.startswith(("data:", "blob:")):
            wrong.append(f"asked for {request.url}")

    context.on("request", note)
    context.on("weberror", lambda found: wrong.append(str(found.error)))


def settle(page):
    """Wait until the script and what is said rest, no preview or placeholder is left, and nothing is still going on."""
    page.wait_for_function(
        """() => { const app = document.querySelector('[data-testid=stApp]');
            const rests = app && app.dataset.testScriptState === 'notRunning'
                && document.querySelector('[data-testid=stMainBlockContainer] h1')
                && !document.querySelector('.siyu-preview, [data-testid=stProgress], [data-testid=stSkeleton]');
            const now = performance.now(), said = rests && document.body.innerText;
            if (!rests || said !== window.restsWith) { window.restsSince = null; window.restsWith = said; return false }
            window.restsSince = window.restsSince ?? now;
            return now - window.restsSince > 500 }""",
        timeout=PATIENCE, polling=OFTEN)
    if urlsplit(page.url).path == "/live":
        page.wait_for_selector(".player[data-day]", timeout=PATIENCE)


def turned(page, width, height):
    """The same page in a window of another size, when its charts have followed."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(600)
    return page


def wait_for_answer(page, not_this=None):
    """Wait until the full answer stands there, another than the one given, and the script rests."""
    page.wait_for_function(
        """old => { const now = document.querySelector('.siyu-answer');
            return now && now.innerText !== old && !document.querySelector('.siyu-preview') }""",
        arg=not_this, timeout=PATIENCE, polling=OFTEN)
    settle(page)


def answer(page):
    return page.inner_text(".siyu-answer")


def said(page):
    """All that can be read on the page, but for the language switch."""
    return page.inner_text("[data-testid=stMain]").replace("中文", "")


def boxes_of_exceptions(page):
    return page.locator("[data-testid=stException]").count()


def sideways(page):
    """Whether the page can be scrolled sideways."""
    return page.evaluate(
        """() => { const main = document.querySelector('[data-testid=stMain]');
            return main.scrollWidth > main.clientWidth || document.documentElement.scrollWidth > innerWidth }""")


def nameless_charts(page):
    """Charts that say nothing to those who cannot see them."""
    return page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stPlotlyChart], canvas')].filter(
            each => !each.closest('[aria-label]') && !each.closest('[aria-hidden=true]')).length""")


def wholly_in_sight(page, selector):
    """Whether an element is seen without scrolling."""
    box, size = page.locator(selector).first.bounding_box(), page.viewport_size
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= size["height"]


def axe_violations(page):
    """What axe-core finds against levels A and AA, in short."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]][:4]) for each in found]


def fonts_of(page, selector):
    """The fonts in which the browser really draws an element."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    top = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": top, "selector": selector})["nodeId"]
    return [each["familyName"] for each in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]]


def fonts_with_chinese(page):
    """The fonts in which the page's letters are drawn: of one element, the wordiest, for each style that there is."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    page.evaluate(
        """() => { const wordiest = new Map();
            for (const each of document.querySelectorAll('[data-testid=stMain] :is(p, h1, h2, label, td, th, button)')) {
                delete each.dataset.style;
                const { fontFamily, fontWeight, fontStyle } = getComputedStyle(each);
                const style = [each.tagName, each.closest('[lang]').lang, fontFamily, fontWeight, fontStyle].join();
                if (each.innerText.length > (wordiest.get(style)?.innerText.length ?? 0)) wordiest.set(style, each) }
            for (const each of wordiest.values()) each.dataset.style = '' }""")
    top = session.send("DOM.getDocument")["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": top, "selector": "[data-style]"})
    names = set()
    for node in nodes["nodeIds"]:
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        names |= {each["familyName"] for each in fonts}
    return names
