"""The Live page in a real browser: it plays by button and key, stays locked until the bet, and asks the server nothing."""

from __future__ import annotations

import sys
import time

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")
pytest.importorskip("playwright", reason="drives the browser: pip install '.[test]'")

from browsing import CHINESE, CHROMIUM, PATIENCE, keep_inside, turned

LESSON, SANDBOX = "lesson=land", "lesson=sandbox&days=200"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the PATH")


@pytest.fixture
def visit(browser, address):
    """Opens a page of the app as somebody new; in the end nothing may have gone wrong or outside."""
    wrong, contexts = [], []

    def visited(link, width=1280, height=720, **more):
        context = browser.new_context(locale="en-GB", viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        keep_inside(context, wrong)
        page = context.new_page()
        page.frames_seen = []
        page.on("websocket", lambda socket: _listen(socket, page.frames_seen))
        page.goto(link if link.startswith("http") else f"{address}/live?{link}")
        page.wait_for_selector("[data-testid=stForm]" if "/bet?" in link else ".player[data-day]", timeout=PATIENCE)
        rest(page)
        return page

    yield visited
    for context in contexts:
        context.close()
    assert wrong == []


def _listen(socket, seen):
    for event in ("framesent", "framereceived"):
        socket.on(event, lambda frame: seen.append(frame))  # noqa: PLW0108 - Playwright marks what it is given


def rest(page):
    """Until the script rests."""
    page.wait_for_timeout(150)
    page.wait_for_function(
        "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'", timeout=PATIENCE)
    assert page.locator("[data-testid=stException]").count() == 0


def bet(page, guess="30"):
    page.locator("[data-testid=stForm] input").fill(guess)
    page.keyboard.press("Enter")
    page.wait_for_selector(".play:enabled", timeout=PATIENCE)
    rest(page)


def day(page):
    return int(page.locator(".player").get_attribute("data-day"))


def is_playing(page):
    return page.locator(".player").get_attribute("data-playing") == "true"


def go(page, to):
    page.locator(".scrub").fill(str(to))
    assert day(page) == to


def numbers(page):
    """The day's numbers as the page says them: rows of a name and one value an arm."""
    rows = page.eval_on_selector("table", "table => [...table.rows].map(row => [...row.cells].map(cell => cell.textContent))")
    return {name: [int(value.replace(",", "").replace("\u2212", "-")) for value in values] for name, *values in rows[1:]}


def picture(page):
    return page.eval_on_selector("canvas", "canvas => canvas.toDataURL()")


def test_nothing_plays_until_there_is_a_bet(visit):
    page = visit(LESSON)
    for control in (".play", ".next", ".back", ".scrub"):
        assert page.locator(control).is_disabled()
    assert page.locator(".locked").inner_text() == "Locked until you bet, or until your room is closed."
    page.locator("canvas").focus()
    for key in ("ArrowRight", "End", "Space"):
        page.keyboard.press(key)
    assert day(page) == 0 and not is_playing(page)
    bet(page)
    assert not page.locator(".locked").is_visible()
    page.locator("canvas").focus()
    page.keyboard.press("End")
    assert day(page) == 365


def test_buttons_and_keys_move_a_day_and_play_and_pause(visit):
    page = visit(SANDBOX)
    page.locator(".next").click()
    page.locator(".next").click()
    page.locator(".back").click()
    assert day(page) == 1
    page.locator("canvas").focus()
    page.keyboard.press("ArrowRight")
    assert day(page) == 2
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert day(page) == 0
    page.keyboard.press("Space")
    assert is_playing(page)
    _wait_for_day(page, 3)
    page.keyboard.press("Space")
    assert not is_playing(page)
    stopped, seen = day(page), picture(page)
    page.wait_for_timeout(700)
    assert (day(page), picture(page)) == (stopped, seen)
    page.locator(".play").click()
    _wait_for_day(page, stopped + 2)
    page.locator(".play").click()
    assert not is_playing(page)


def _wait_for_day(page, at_least):
    until = time.monotonic() + 30
    while day(page) < at_least:
        assert time.monotonic() < until, f"day {at_least} was never reached"
        page.wait_for_timeout(50)


def test_on_every_day_everybody_is_somewhere(visit):
    page = visit(SANDBOX)
    for to in (0, 1, 57, 120, 200):
        go(page, to)
        found = numbers(page)
        zones = ("Public square", "Shop only", "Pool: active", "Pool: silent", "Gone")
        assert [sum(found[zone][arm] for zone in zones) for arm in (0, 1)] == [400_000, 400_000]
        told = page.locator("canvas").get_attribute("aria-label")
        assert f"Day {to} of 200" in told and f"Pool: active {found['Pool: active'][1]:,}" in told


def test_it_plays_smoothly_and_asks_the_server_nothing(visit):
    page = visit(SANDBOX)
    rest(page)
    page.locator(".play").click()
    page.wait_for_timeout(300)
    page.frames_seen.clear()
    page.evaluate("""() => { window.times = []; const note = now => { times.push(now); requestAnimationFrame(note) };
                             requestAnimationFrame(note) }""")
    page.wait_for_timeout(4000)
    times = page.evaluate("times")
    assert page.frames_seen == []
    assert is_playing(page)
    frames_a_second = 1000 * (len(times) - 1) / (times[-1] - times[0])
    sys.stdout.write(f"{frames_a_second:.1f} frames a second\n")
    assert frames_a_second > 10


def test_who_wants_less_motion_sees_whole_days(visit):
    page = visit(SANDBOX, reduced_motion="reduce")
    page.locator(".speed select").select_option("1")
    go(page, 50)
    still = picture(page)
    page.locator(".play").click()
    page.wait_for_timeout(400)
    assert is_playing(page)
    assert day(page) == 50 and picture(page) == still


def test_what_is_dropped_in_leaves_the_past_and_changes_the_future(visit):
    page = visit(SANDBOX)
    go(page, 60)
    past = numbers(page)
    go(page, 160)
    future = numbers(page)
    go(page, 60)
    page.locator(".drop select").select_option("stops_engaging")
    page.locator(".drop button").click()
    page.wait_for_url("**/live?*happens=stops_engaging.60*", timeout=PATIENCE)
    page.get_by_text("Happens: Day 61: nobody tends the pool any more.").wait_for(timeout=PATIENCE)
    rest(page)
    assert day(page) == 60 and numbers(page) == past
    go(page, 160)
    changed = numbers(page)
    assert changed["Pool: active"][1] < future["Pool: active"][1] / 2
    assert [values[0] for values in changed.values()] == [values[0] for values in future.values()]
    copied = visit(page.url)
    go(copied, 160)
    assert numbers(copied) == changed


def test_a_phone_bets_in_the_room_and_the_name_stays_text(visit):
    teacher = visit(LESSON)
    teacher.get_by_text("A class bets from their own phones").click()
    teacher.get_by_role("button", name="Open a room").click()
    rest(teacher)
    phone = visit(teacher.locator("[data-testid=stCode]").inner_text().strip(), 390, 844)
    assert phone.locator("canvas").count() == phone.locator(".js-plotly-plot").count() == 0
    phone.get_by_label("Your name").fill("<b>Li</b>")
    phone.get_by_role("spinbutton").fill("44")
    phone.get_by_role("button", name="Send my bet").click()
    phone.get_by_text("Counted: 44 of 100.").wait_for()
    teacher.get_by_text("Bets so far: 1").wait_for()
    teacher.reload()
    teacher.wait_for_selector(".player[data-day]", timeout=PATIENCE)
    teacher.get_by_text("Bets so far: 1").wait_for()
    assert "Li" not in teacher.inner_text("[data-testid=stMain]").replace("Live", "")
    teacher.get_by_role("button", name="Close the room and unlock").click()
    teacher.wait_for_selector(".play:enabled")
    rest(teacher)
    teacher.get_by_role("button", name="Reveal the answer").click()
    teacher.locator(".siyu-bets").wait_for()
    assert "<b>Li</b>\t44\t" in teacher.locator(".siyu-bets").inner_text()
    phone.get_by_role("button", name="Is the answer there?").click()
    phone.get_by_text("You were off by").wait_for()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_fits_at_both_widths_and_speaks_one_language(visit, language):
    page = visit(f"lang={language}&{LESSON}", 1280, 720)
    bet(page)
    go(page, 200)
    _fits(page, 1280)
    play = page.locator(".play").bounding_box()
    assert play["y"] + play["height"] <= 720
    _fits(turned(page, 390, 844), 390)
    assert day(page) == 200
    words = page.inner_text("[data-testid=stMain]").replace("中文", "").replace("English", "")
    name = page.locator("canvas").get_attribute("aria-label")
    assert bool(CHINESE.search(words)) == bool(CHINESE.search(name)) == (language == "zh")
    assert page.locator(".scrub").get_attribute("aria-valuetext") == {"en": "Day 200 of 365", "zh": "第 200 天，共 365 天"}[language]
    assert all(page.locator(f".{each}").inner_text().strip() for each in ("play", "back", "next"))


def _fits(page, width):
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") == width
    canvas = page.locator("canvas").bounding_box()
    assert canvas["x"] >= 0 and canvas["x"] + canvas["width"] <= width
