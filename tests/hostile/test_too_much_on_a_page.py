"""A scenario that is too much for the server: one estimate before anything is lived, a sentence on every page."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import sim
from sim.assumptions.scenario import Scenario
from sim.questions.compare.study import compare
from sim.ui import bounds, sides, work
from sim.ui.jobs import board
from sim.ui.jobs.words import Refused
from sim.ui.own_scenarios import keep

MILLION = 1_000_000


@pytest.fixture
def open_page(root, monkeypatch, tmp_path):
    monkeypatch.setenv("SIYU_JOBS_DIR", str(tmp_path / "jobs"))
    board.the_board.cache_clear()

    def lived(*_args, **_more):
        raise AssertionError("something was lived")

    for place in ("sim.running.run_many", "sim.questions.compare.study.run_many", "sim.ui.sides.run_many", "sim.records.panel.watch"):
        monkeypatch.setattr(place, lived)

    def opened(name, **link):
        page = AppTest.from_file(str(root / "app.py"), default_timeout=60)
        page._page_hash = calc_hash(name)
        page.query_params.update(link)
        return page.run()

    yield opened
    board.the_board.close()
    board.the_board.cache_clear()


def crowded(people):
    return sim.load("baseline", {"market.people": 50 * MILLION, "market.starting_customers": [{"day": 0, "people": people}]})


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("page", "more"), [
    ("", {}), ("compare", {}), ("live", {"lesson": "sandbox"}), ("what_if", {}),
])
@pytest.mark.parametrize("people", [5 * MILLION, 40 * MILLION])
def test_millions_of_customers_are_a_sentence_on_every_page(open_page, page, more, people, language):
    if page == "what_if" and people == 5 * MILLION:
        pytest.skip("a job of its own may live one run of it")
    found = open_page(page, scenario=keep(crowded(people), "uploaded"), lang=language, futures="100", **more)
    assert not found.exception
    (told,) = [each.value for each in found.warning]
    assert ("MB" in told or "minutes" in told or "分钟" in told) and ("siyu compare" in told or page == "what_if")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in told) == (language == "zh")


@pytest.mark.parametrize("page", ["my_data", "runs", "model"])
def test_pages_that_live_nothing_stand_as_they_are(open_page, page):
    found = open_page(page, scenario=keep(crowded(40 * MILLION), "uploaded"), lang="en")
    assert not found.exception and not found.warning


def test_a_job_that_is_hopeless_is_refused_when_its_button_is_pressed(open_page):
    page = open_page("runs", scenario=keep(crowded(40 * MILLION), "uploaded"), lang="en")
    (button,) = [each for each in page.button if each.key == "ask-more"]
    page = button.click().run()
    assert [each.value[:36] for each in page.warning] == ["One run of this scenario may need 5,"]
    assert board.the_board().jobs() == []


def test_every_shipped_scenario_is_welcome():
    for name in sim.shipped():
        bounds.refuse_too_much(sim.load(name), 3 * 200, 3)
        bounds.refuse_hopeless(sim.load(name))


SMALL = {"clock.days": 20, "clock.run_out_days": 5, "market.people": 3000}


def test_large_work_in_small_portions_gives_the_same_numbers(monkeypatch):
    scenario = sim.load("baseline", SMALL)
    place, side = work.Kept(scenario, 5), sides.Kept(scenario, "hybrid", 5)
    whole = sides.Kept(scenario, "hybrid", 5)
    sides.fill([whole], lambda _done, _total: None)
    monkeypatch.setattr(bounds, "_limit_bytes", lambda: 0.0)
    monkeypatch.setattr(bounds, "HEAVY_MEGABYTES", 0)
    shares = []
    while not place.is_full:
        before = place.lived
        place.fill(lambda _done, _total: None, before)
        assert place.lived == before + 1
    assert place.comparison.values == compare(scenario, seeds=5).values
    sides.fill([side], lambda done, total: shares.append(done / total))
    assert side.side.values() == whole.side.values()
    assert shares == sorted(shares) and shares[-1] == 1.0


def test_memory_that_does_not_suffice_after_all_is_a_sentence():
    def hungry(_progress):
        raise MemoryError

    with pytest.raises(Refused, match="There is not memory enough for this just now"):
        work.watched(hungry, lambda _share: None)


def test_light_work_waits_for_nobody():
    with bounds.room_for(crowded(5 * MILLION), 3), bounds.room_for(Scenario(), 3):
        pass
