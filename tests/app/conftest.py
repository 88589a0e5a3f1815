"""What the tests of the app share."""

from __future__ import annotations

import pytest
from browsing import CHROMIUM, FLAGS, PATIENCE, keep_inside, settle
from serving import served


@pytest.fixture
def open_app(root, monkeypatch, tmp_path):
    """Opens a page at a link, of a short time and few futures unless it says otherwise; its jobs are its own."""
    pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")
    from streamlit.testing.v1 import AppTest

    from sim.ui import pages
    from sim.ui.jobs import board

    monkeypatch.setenv("SIYU_JOBS_DIR", str(tmp_path / "jobs"))
    board.the_board.cache_clear()

    def opened(page: str = "answer", **link: str) -> AppTest:
        others = [each for each in ("answer", "compare", "model") if each != page]
        monkeypatch.setattr(pages, "IN_NAVIGATION", (page, *others))
        test = AppTest.from_file(str(root / "app.py"), default_timeout=180)
        test.query_params.update({"days": "30", "futures": "2"} | link)
        return test.run()

    yield opened
    board.the_board().close()
    board.the_board.cache_clear()


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """The app, served from the repository as a visitor would; stopped in the end."""
    with served(SIYU_JOBS_DIR=str(tmp_path_factory.mktemp("jobs"))) as (there, _):
        yield there


@pytest.fixture(scope="session")
def browser():
    """A browser that is already installed; skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="drives the browser: pip install '.[test]'")
    if CHROMIUM is None:
        pytest.skip("no chromium on the PATH")
    with playwright.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, address):
    """Opens a page at a link and waits until it rests; in the end nothing may have gone wrong or outside."""
    wrong = []
    context = browser.new_context(locale="en-GB", accept_downloads=True)
    context.set_default_timeout(PATIENCE)

    def visited(link, width=1280, height=720):
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.goto(link if link.startswith("http") else f"{address}/{link}")
        settle(page)
        assert page.locator("[role=dialog]").count() == 0, "a dialogue stands before the page"
        return page

    keep_inside(context, wrong)
    yield visited
    context.close()
    assert wrong == []
