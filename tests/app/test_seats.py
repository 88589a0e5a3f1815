"""A bet belongs to a seat that the browser keeps; a teacher's rooms go on beside one another."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from sim.ui.live import betting
from sim.ui.live.lessons import LESSONS
from sim.ui.words import bet as bet_words
from sim.ui.words import live

SEAT = "0123456789abcdef01234567"


@pytest.fixture(autouse=True)
def no_rooms():
    betting.all_rooms.clear()


@pytest.fixture
def open_page(root):
    """Opens a page in a browser that keeps a name, or in a new one."""

    def opened(name, seat=None, **link):
        page = AppTest.from_file(str(root / "app.py"), default_timeout=180)
        page._page_hash = calc_hash(name)
        if seat:
            page.session_state["visitor"] = seat
        page.query_params.update({"lang": "en"} | link)
        return page.run()

    return opened


def press(page, text):
    (found,) = [each for each in page.button if each.label == text]
    return found.click().run()


def send(phone, name, guess, words="send"):
    phone.text_input(key="bet.name").set_value(name)
    phone.number_input(key="bet.guess").set_value(guess)
    return press(phone, bet_words.TEXTS[words]["en"])


def said(page):
    kinds = (page.markdown, page.header, page.caption, page.success, page.info, page.warning, page.error)
    return "\n".join(each.value for kind in kinds for each in kind)


def test_a_bet_survives_a_closed_tab_can_be_changed_until_the_close_and_counts_once(open_page):
    room = betting.all_rooms().open("teacher", "land")
    send(open_page("bet", SEAT, room=room.code), "Li", 31)
    again = open_page("bet", SEAT, room=room.code)
    assert "Counted: 31 of 100." in said(again)
    assert (again.text_input(key="bet.name").value, again.number_input(key="bet.guess").value) == ("Li", 31)
    send(again, "Li", 44, "change")
    send(open_page("bet", room=room.code), "Li", 7)  # another phone, another child of the same name
    assert sorted((each.name, each.guess) for each in room.bets.values()) == [("Li", 7), ("Li", 44)]
    betting.all_rooms().close("teacher")
    closed = open_page("bet", SEAT, room=room.code)
    assert "The room is closed" in said(closed) and "Counted: 44 of 100." in said(closed)
    assert [each.label for each in closed.button] == [bet_words.TEXTS["look"]["en"]]


def test_a_room_in_another_lesson_leaves_the_open_one_as_it_is(open_page):
    teacher = press(open_page("live", lesson="land"), live.TEXTS["room_open"]["en"])
    (code,) = re.findall(r"Room \*\*(\w+)\*\*", said(teacher))
    send(open_page("bet", SEAT, room=code), "Li", 31)
    teacher.button_group(key="lesson.en").set_value("messages").run()
    assert f"Your room {code} for" in said(teacher) and "bets so far: 1" in said(teacher)
    press(teacher, live.TEXTS["room_open"]["en"])
    assert len(betting.all_rooms().find(code).bets) == 1 and betting.all_rooms().find(code).is_open
    both = teacher.query_params["teacher"]
    again = open_page("live", lesson="land", teacher=both)
    assert f"Room **{code}**" in said(again) and "Bets so far: 1" in said(again)


def test_after_the_reveal_the_next_class_gets_a_room_of_its_own(open_page):
    teacher = press(open_page("live", lesson="land"), live.TEXTS["room_open"]["en"])
    (first,) = re.findall(r"Room \*\*(\w+)\*\*", said(teacher))
    press(teacher, live.TEXTS["room_close"]["en"])
    assert live.TEXTS["room_next"]["en"] not in [each.label for each in teacher.button]
    press(press(teacher, live.TEXTS["reveal"]["en"]).run(), live.TEXTS["room_next"]["en"])
    (second,) = re.findall(r"Room \*\*(\w+)\*\*", said(teacher))
    assert first != second and betting.all_rooms().find(first) is None and "The answer:" not in said(teacher)


def test_the_secrets_of_all_lessons_fit_into_the_address():
    from sim.ui.link import LONGEST

    assert len(LESSONS) * 33 - 1 <= LONGEST
