"""What the tests of the app share."""

from __future__ import annotations

import pytest


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
