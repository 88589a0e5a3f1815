"""What a file says reaches the browser as words: no picture in it is fetched, from anywhere."""

from __future__ import annotations

import json
import time

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")
pytest.importorskip("playwright", reason="drives the browser: pip install '.[test]'")

from browsing import keep_inside, settle
from serving import served

PICTURE = "log.csv: ![](http://evil.example/x.png) <img src='http://evil.example/y.png'> http://evil.example"
JOB = "a" * 16


@pytest.mark.parametrize("page_of_it", ["runs?more=", "my_data?fit="])
def test_a_job_s_failure_is_words_and_fetches_nothing(browser, tmp_path, page_of_it):
    folder = tmp_path / "jobs" / JOB
    folder.mkdir(parents=True)
    request = {"kind": "fit", "scenario": "", "options": {}}
    for name, values in {
        "request": {"visitor": "x", "server": "x", "asked": time.time(), "request": request},
        "state": {"state": "failed", "began": None, "ended": time.time(), "failure": {"en": PICTURE, "zh": PICTURE}},
    }.items():
        (folder / f"{name}.json").write_text(json.dumps(values), encoding="utf-8")
    wrong, asked = [], []
    with served(SIYU_JOBS_DIR=str(tmp_path)) as (address, _):
        context = browser.new_context()
        keep_inside(context, wrong)
        page = context.new_page()
        page.on("request", lambda each: asked.append(each.url))
        page.goto(f"{address}/{page_of_it}{JOB}&lang=en")
        settle(page)
        assert PICTURE in page.inner_text("[data-testid=stMain]")
        assert page.locator("[data-testid=stMain] img").count() == 0
        context.close()
    assert wrong == [] and not any("evil" in each for each in asked)
