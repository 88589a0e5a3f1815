"""The Live page and the page for bets without a browser: what is locked, who sees what, and that names stay text."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from sim.records.panel import watch
from sim.ui.live import betting, player
from sim.ui.live.lessons import LESSONS, nearest
from sim.ui.live.rooms import MOST_ROOMS
from sim.ui.words import bet as bet_words
from sim.ui.words import lessons, live

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def no_rooms():
    """Rooms belong to the server; each test has one of its own."""
    betting.all_rooms.clear()


@pytest.fixture
def films(monkeypatch):
    """What the player is given, in order; it is the real film of the real model."""
    given, made = [], player.film

    def noted(*args, **more):
        given.append(made(*args, **more))
        return given[-1]

    monkeypatch.setattr(player, "film", noted)
    return given


@pytest.fixture
def open_page(root):
    """Opens a page of the app at a link."""

    def opened(name: str = "live", **link: str) -> AppTest:
        page = AppTest.from_file(str(root / "app.py"), default_timeout=180)
        page._page_hash = calc_hash(name)
        page.query_params.update({"lang": "en"} | link)
        return page.run()

    return opened


def button(page, key, words=live, language="en"):
    (found,) = [each for each in page.button if each.label == words.TEXTS[key][language]]
    return found


def said(page):
    """All texts of the page, for what must or must not be said."""
    kinds = (page.markdown, page.header, page.caption, page.success, page.info, page.warning, page.error)
    return "\n".join([*(each.value for kind in kinds for each in kind), *(each.proto.body for each in page.get("html"))])


def bet(page, guess):
    page.number_input[0].set_value(guess)
    return button(page, "place").click().run()


def test_the_film_is_locked_until_there_is_a_bet_and_the_answer_until_it_is_asked_for(open_page, films):
    page = open_page(lesson="unfed")
    assert not page.exception and films[-1]["locked"]
    assert [each.label for each in page.button].count("Reveal the answer") == 0
    bet(page, 70)
    assert not page.exception and not films[-1]["locked"]
    lesson = LESSONS["unfed"]
    truth = nearest(lesson, lesson.truth(watch(lesson.arms())))
    assert f"The answer: {truth}" not in said(page)
    button(page, "reveal").click().run()
    assert f"The answer: {truth} of 100" in said(page)
    assert f"<td>70</td><td>{70 - truth}</td>" in said(page)
    assert lessons.TEXTS["unfed_learned"]["en"] in said(page)


def test_a_bet_in_one_lesson_unlocks_that_lesson_only(open_page, films):
    page = bet(open_page(lesson="viral"), 100)
    assert not films[-1]["locked"]
    page.button_group(key="lesson.en").set_value("land").run()
    assert films[-1]["locked"] and films[-1]["world"] == "land"
    assert page.query_params["lesson"] == "land"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_lesson_speaks_one_language(open_page, films, language):
    page = open_page(lesson="messages", lang=language)
    other = "zh" if language == "en" else "en"
    own = [text[other] for words in (live, lessons) for text in words.TEXTS.values() if len(text[other]) > 12 and "{" not in text[other]]
    assert lessons.TEXTS["messages_bet"][language] in said(page)
    assert [text for text in own if text in said(page)] == []
    assert all(bool(CHINESE.search(word)) == (language == "zh") for word in films[-1]["words"]["zones"])
    assert films[-1]["locale"] == {"en": "en-GB", "zh": "zh-CN"}[language]


def test_what_happens_in_the_sandbox_stands_in_the_link_and_can_be_taken_out(open_page, films):
    page = open_page(lesson="sandbox", days="40")
    calm = films[-1]
    assert not calm["locked"] and calm["incidents"] == [] and calm["days"] == 40
    assert calm["choices"][0] == ["price_doubles", "clicks cost twice as much from now on"]
    page = open_page(lesson="sandbox", days="40", happens="tap_closed.20")
    dry = films[-1]
    assert dry["incidents"] == [{"day": 20, "label": "no more clicks are bought"}] and dry["world"] == calm["world"]
    for one, other in zip(calm["arms"], dry["arms"], strict=True):
        assert one["cash"][:21] == other["cash"][:21] and one["cash"][21:] != other["cash"][21:]
    assert "Day 21: no more clicks are bought" in said(page)
    button(page, "undo").click().run()
    assert films[-1]["id"] == calm["id"] and "happens" not in page.query_params


@pytest.mark.parametrize(("state", "understood"), [
    ({"dropped": {"name": "tap_closed", "day": 5}}, ("tap_closed", 5)), ({"dropped": {"name": "tap_closed", "day": 5.5}}, None),
    ({"dropped": {"name": ["x"], "day": 5}}, None), ({"dropped": "x"}, None), ({"dropped": None}, None), ({}, None), (None, None),
    ({"dropped": {"name": "tap_closed", "day": float("nan")}}, None), ({"dropped": {"name": "tap_closed", "day": float("inf")}}, None),
])
def test_what_a_browser_sends_is_read_with_care(monkeypatch, state, understood):
    monkeypatch.setattr("streamlit.session_state", {player.KEY: state})
    assert player.dropped() == understood


def test_the_sandbox_takes_the_scenario_that_was_chosen_above(open_page, films):
    open_page(lesson="sandbox", scenario="pool_over_harvested", days="20", ways="hybrid,private_pool")
    assert [arm["name"] for arm in films[-1]["arms"]] == ["Hybrid", "Private pool"]
    assert films[-1]["arms"][0]["counts"][1][2] > 4000


def test_a_class_bets_from_its_phones_and_nobody_sees_a_bet_before_the_room_is_closed(open_page, films):
    teacher = open_page(lesson="land")
    button(teacher, "room_open").click().run()
    (code,) = re.findall(r"Room \*\*(\w+)\*\*", said(teacher))
    assert f"/bet?room={code}&lang=en" in teacher.code[0].value
    assert "No phone can reach this address" in said(teacher)
    phone = open_page("bet", room=code.lower())
    assert lessons.TEXTS["land_bet"]["en"] in said(phone)
    phone.text_input(key="bet.name").set_value("<img src=x> **Li**")
    phone.number_input(key="bet.guess").set_value(31)
    button(phone, "send", bet_words).click().run()
    assert "Counted: 31 of 100." in said(phone)
    teacher.run()
    assert "Bets so far: 1" in said(teacher) and "Li" not in said(teacher) and films[-1]["locked"]
    button(teacher, "room_close").click().run()
    assert "The room is closed. Bets: 1." in said(teacher) and not films[-1]["locked"]
    assert "Li" not in said(teacher)
    button(teacher, "reveal").click().run()
    assert "&lt;img src=x&gt; **Li**" in said(teacher) and "<img" not in said(teacher)
    phone.run()
    truth = nearest(LESSONS["land"], LESSONS["land"].truth(watch(LESSONS["land"].arms())))
    assert f"The answer: {truth} of 100. You were off by {abs(31 - truth)}." in said(phone)
    assert [each.label for each in phone.button] == []


def test_a_room_that_is_opened_after_the_reveal_hides_the_answer_and_locks_the_film_again(open_page, films):
    page = bet(open_page(lesson="land"), 31)
    button(page, "reveal").click().run()
    assert "The answer:" in said(page) and not films[-1]["locked"]
    button(page, "room_open").click().run()
    assert "The answer:" not in said(page) and films[-1]["locked"]
    assert [each.label for each in page.button].count("Reveal the answer") == 0
    button(page, "room_close").click().run()
    assert not films[-1]["locked"]


def test_the_teacher_s_address_opens_the_room_again_and_the_students_link_does_not(open_page, films):
    teacher = open_page(lesson="land")
    assert "teacher" not in teacher.query_params
    button(teacher, "room_open").click().run()
    (code,) = re.findall(r"Room \*\*(\w+)\*\*", said(teacher))
    secret = teacher.query_params["teacher"]
    assert secret not in said(teacher) and secret not in teacher.code[0].value
    again = open_page(lesson="land", teacher=secret)
    assert f"Room **{code}**" in said(again) and films[-1]["locked"]
    for stranger in (open_page(lesson="land", room=code), open_page(lesson="land", teacher=code), open_page(lesson="land", teacher="")):
        assert f"Room **{code}**" not in said(stranger) and [each.label for each in stranger.button].count("Close the room and unlock") == 0
    button(again, "room_close").click().run()
    button(again, "reveal").click().run()
    assert "The answer:" in said(open_page(lesson="land", teacher=secret)), "a reload after the reveal shows the answer again"


def test_a_link_that_somebody_else_has_made_opens_no_room_of_the_teacher_s(open_page):
    page = open_page(lesson="land", teacher="f" * 32)
    button(page, "room_open").click().run()
    secret = page.query_params["teacher"]
    assert len(secret) == 32 and secret != "f" * 32
    assert betting.all_rooms().of("f" * 32) is None and betting.all_rooms().of(secret)


def test_a_teacher_for_whom_no_room_is_left_is_told_so_and_can_press_again(open_page):
    for n in range(MOST_ROOMS):
        betting.all_rooms().open(f"somebody {n}", "land")
    page = open_page(lesson="land", lang="zh")
    button(page, "room_open", language="zh").click().run()
    assert [each.value for each in page.error] == [live.TEXTS["too_many_rooms"]["zh"]]
    betting.all_rooms().forget("somebody 0")
    button(page, "room_open", language="zh").click().run()
    assert not page.error and betting.all_rooms().of(page.query_params["teacher"])


@pytest.mark.parametrize(("name", "guess", "sentence"), [
    ("", 31, "Please enter a name."), ("Li", None, "Please enter a number."),
])
def test_a_phone_is_told_what_is_missing(open_page, name, guess, sentence):
    room = betting.all_rooms().open("teacher", "land")
    phone = open_page("bet", room=room.code)
    phone.text_input(key="bet.name").set_value(name)
    phone.number_input(key="bet.guess").set_value(guess)
    button(phone, "send", bet_words).click().run()
    assert [each.value for each in phone.error] == [sentence]
    assert room.bets == {}


def test_a_phone_without_the_right_code_is_told_so(open_page):
    phone = open_page("bet", room="QQQQQ", lang="zh")
    assert [each.value for each in phone.warning] == [bet_words.TEXTS["no_room"]["zh"]]
    assert len(open_page("bet").warning) == 0


def test_the_page_for_bets_asks_for_nothing_of_the_model(open_page, films):
    room = betting.all_rooms().open("teacher", "rent_or_own")
    phone = open_page("bet", room=room.code)
    assert films == [] and not phone.exception
    assert len(phone.selectbox) == 0
