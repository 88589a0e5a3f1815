"""The film that the browser plays and the lessons that it illustrates."""

from __future__ import annotations

import base64
import json
import re

import numpy as np
import pytest

from sim.records.incidents import INCIDENTS, Incident
from sim.records.panel import MOST_PEOPLE, watch
from sim.ui.live import sandbox
from sim.ui.live.film import film
from sim.ui.live.lessons import LESSONS, nearest, watched_for_a_year
from sim.ui.words import lessons as lesson_words
from sim.ui.words import live as live_words

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module", params=list(LESSONS))
def taught(request):
    """A lesson and what is seen in it."""
    return request.param, LESSONS[request.param], watch(LESSONS[request.param].arms())


def unpacked(text, width):
    return np.frombuffer(base64.b64decode(text), "<i2").reshape(-1, width)


def shown(panel, **more):
    return film(panel, ["one", "other"], "en", **({"world": "w", "locked": False} | more))


def test_every_lesson_has_an_answer_within_its_bounds_and_room_on_both_sides(taught):
    _, lesson, panel = taught
    truth = lesson.truth(panel)
    assert lesson.low < truth < lesson.high
    assert nearest(lesson, truth) == round(truth)


def test_what_a_lesson_says_is_what_is_seen_in_it(taught):
    name, lesson, panel = taught
    first, second = (each.result for each in panel.arms)
    truth = lesson.truth(panel)
    if name == "rent_or_own":
        assert abs(first.count("customers")[-1] / second.count("customers")[-1] - 1) < 0.1
        assert 0 < truth * 1000 < 0.1 * float(first.account("ads_new").sum()) / 1e6
    elif name == "unfed":
        assert truth < 60
        assert (second.count("clicks")[90:] == 0).all() and second.count("clicks")[89] > 0
        cash = [(each.contribution - each.marketing)[90:].sum() for each in (first, second)]
        assert cash[1] > cash[0]
    elif name == "messages":
        assert truth < 60
        sold = [sum(each.count(key)[:21].sum() for key in ("orders_pool", "orders_by_itself")) for each in (first, second)]
        assert sold[1] > sold[0]
        assert second.count("muted")[60] > first.count("muted")[60]
    elif name == "viral":
        assert first.account("ads_new").sum() == 0
        assert 40 < truth < 120
        assert (np.bincount(panel.arms[0].arrivals[:, 0], minlength=366) == 0).mean() > 0.8
    else:
        assert 20 < truth < 45
        assert second.count("members")[-1] > second.count("members")[180]
        assert (first.contribution - first.marketing).sum() > (second.contribution - second.marketing).sum()


def test_a_film_holds_what_the_panel_saw_and_is_small(taught):
    _, _, panel = taught
    data = shown(panel)
    assert len(json.dumps(data)) < 250_000
    assert data["people"] == panel.people.size <= MOST_PEOPLE and data["days"] == panel.days == 365
    for arm, seen in zip(data["arms"], panel.arms, strict=True):
        assert np.array_equal(unpacked(arm["moves"], 3), seen.moves())
        assert np.array_equal(unpacked(arm["orders"], 2), seen.orders)
        assert np.array_equal(unpacked(arm["arrivals"], 3), seen.arrivals)
        assert (np.array(arm["counts"]).sum(axis=1) == seen.result.scenario.market.people).all()
        cash = (seen.result.contribution - seen.result.marketing).sum() / 1e6
        assert arm["cash"][-1] == pytest.approx(cash, abs=1)
        assert len(arm["cash"]) == len(arm["click"]) == len(arm["ordered"]) == len(arm["spent"]) == 366


def test_a_locked_film_gives_nothing_away(taught):
    _, _, panel = taught
    for arm in shown(panel, locked=True)["arms"]:
        assert arm["moves"] == arm["orders"] == arm["arrivals"] == ""
        assert len(arm["counts"]) == len(arm["cash"]) == 1


def test_films_of_other_languages_locks_and_incidents_are_told_apart(taught):
    _, _, panel = taught
    rain = [Incident("tap_closed", 9)]
    ids = {shown(panel)["id"], shown(panel, locked=True)["id"], shown(panel, incidents=rain)["id"],
           film(panel, ["一", "二"], "zh", world="w", locked=False)["id"]}
    assert len(ids) == 4
    assert shown(panel, incidents=rain)["incidents"] == [{"day": 9, "label": "no more clicks are bought"}]


def test_a_lesson_has_all_its_words_in_both_languages():
    for name in LESSONS:
        for part in ("", "_bet", "_unit", "_a", "_b", "_learned"):
            text = lesson_words.TEXTS[name + part]
            assert text["en"].strip() and CHINESE.search(text["zh"]), name + part


def test_everything_that_may_happen_can_be_dropped_in_and_has_words():
    assert set(sandbox.CHOICES) == set(INCIDENTS) <= set(live_words.TEXTS)


@pytest.mark.parametrize(("own", "ways", "seed", "happens"), [
    ({}, ("public_only", "hybrid"), 1, ()),
    ({"ways": "hybrid,private_pool", "seed": "7", "happens": "tap_closed.3,price_doubles.10"}, ("hybrid", "private_pool"), 7,
     (Incident("tap_closed", 3), Incident("price_doubles", 10))),
    ({"ways": "evil.py:Class,<b>", "seed": "-1", "happens": "rain.3,tap_closed.999,tap_closed.x"}, ("public_only", "hybrid"), 1,
     ()),
    ({"happens": ",".join(f"tap_closed.{n}" for n in range(99)), "seed": "٣"}, ("public_only", "hybrid"), 1,
     tuple(Incident("tap_closed", n) for n in range(6))),
])
def test_nonsense_in_the_link_is_left_out(own, ways, seed, happens):
    wish = sandbox.understood(own, watched_for_a_year(LESSONS["land"].arms()[0].scenario))
    assert (wish.ways, wish.seed, wish.incidents) == (ways, seed, happens)
    assert sandbox.understood({"happens": sandbox.written(happens) or ""}, wish.scenario).incidents == happens
