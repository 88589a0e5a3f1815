"""Twenty visitors on loopback, as light as is real: Streamlit's own protocol on a WebSocket, no browser.

A browser takes half a processor and 200 MB; twenty of them measure themselves. What a browser sends when a slider is
moved is a message of the session's widgets, and so is what is sent here: sessions, scripts and jobs are the server's.
"""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
import time
from pathlib import Path
from typing import Any

from serving import served

VISITORS = 20
PAGES = ("", "compare", "model", "what_if", "runs")
PAUSE = (1.0, 4.0)
"""Seconds that a visitor looks before the next move."""


class Visitor:
    """One session: opens a page, then moves a slider, presses a question, or turns to another page."""

    def __init__(self, number: int, app: str) -> None:
        self.luck = random.Random(number)  # noqa: S311
        self.address = f"{app.replace('http', 'ws', 1)}/_stcore/stream"
        self.answers: list[float] = []
        self.wrong: list[str] = []
        self.moved = self.asked = 0
        self.state: dict[str, Any] = {}

    async def stay(self, until: float) -> None:
        """Visit until the end, a page after another."""
        from tornado.websocket import websocket_connect

        stream = await websocket_connect(self.address, max_message_size=200_000_000)
        await self._ask(stream, {}, PAGES[0])
        while time.monotonic() < until:
            await asyncio.sleep(self.luck.uniform(*PAUSE))
            await self._ask(stream, self._move(), self.page if self.luck.random() < 0.8 else self.luck.choice(PAGES))
        stream.close()

    page = PAGES[0]
    query = "days=60&futures=4"
    sliders: dict[str, Any]
    buttons: tuple[str, ...] = ()

    def _move(self) -> dict[str, Any]:
        """Another value for one of the page's sliders, or now and then a question that becomes a job."""
        if self.buttons and self.luck.random() < 0.1:
            self.asked += 1
            return {"button": self.luck.choice(self.buttons)}
        if not self.sliders:
            return {}
        name = self.luck.choice(sorted(self.sliders))
        slider = self.sliders[name]
        steps = round((slider.max - slider.min) / slider.step) if slider.step else 1
        self.state[name] = slider.min + slider.step * self.luck.randint(0, max(1, steps))
        self.moved += 1
        return {}

    async def _ask(self, stream: Any, move: dict[str, Any], page: str) -> None:
        """Send what a browser would, and wait until the script has run."""
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        if page != self.page:
            self.state, self.page = {}, page
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = page
        for name, value in self.state.items():
            widget = message.rerun_script.widget_states.widgets.add(id=name)
            widget.double_array_value.data.append(value)
        if "button" in move:
            message.rerun_script.widget_states.widgets.add(id=move["button"], trigger_value=True)
        start = time.monotonic()
        await stream.write_message(message.SerializeToString(), binary=True)
        self.sliders, buttons = {}, []
        while True:
            content = await asyncio.wait_for(stream.read_message(), 180)
            if content is None:
                self.wrong.append("the connection was closed")
                return
            told = ForwardMsg.FromString(content)
            self._see(told, buttons)
            if told.WhichOneof("type") == "script_finished":
                break
        self.buttons = tuple(buttons)
        self.state = {name: value for name, value in self.state.items() if name in self.sliders}  # as a browser forgets
        self.answers.append(time.monotonic() - start)

    def _see(self, told: Any, buttons: list[str]) -> None:
        """Take note of sliders, of buttons that ask for a job, and of whatever should not be there."""
        if told.WhichOneof("type") != "delta" or told.delta.WhichOneof("type") != "new_element":
            return
        element = told.delta.new_element
        if element.WhichOneof("type") == "slider" and len(element.slider.default) == 1:
            self.sliders[element.slider.id] = element.slider
        if element.WhichOneof("type") == "button" and "ask-" in element.button.id:
            buttons.append(element.button.id)
        if element.WhichOneof("type") == "exception":
            self.wrong.append(element.exception.message[:200])


class Flood(Visitor):
    """One who floods: ever new sessions without a name, each of which asks for long jobs as fast as it is answered."""

    query = "days=3650&futures=100"

    async def stay(self, until: float) -> None:
        """Open a session, press every button of the page of runs, and open the next one."""
        from tornado.websocket import websocket_connect

        while time.monotonic() < until:
            stream = await websocket_connect(self.address, max_message_size=200_000_000)
            self.state, self.page = {}, "runs"
            await self._ask(stream, {}, "runs")
            for button in self.buttons:
                self.asked += 1
                await self._ask(stream, {"button": button}, "runs")
            stream.close()


def beside_a_flood(minutes: float) -> tuple[str, int, str]:
    """The same visitors for half of the minutes alone, and for the other half beside one who floods."""
    (alone, _), (beside, asked) = _visited(minutes / 2, [], []), _visited(minutes / 2, [], [Flood(VISITORS, "")])
    first, second = alone[len(alone) // 2], beside[len(beside) // 2]
    told = f"no error; the others' median {first:.2f} s alone, {second:.2f} s beside one who pressed for {asked} long jobs: "
    told += f"{second / first:.2f} times"
    assert second <= 2 * first, told
    return f"{VISITORS} sessions for {minutes:g} minutes, half of them beside one who floods", len(alone) + len(beside), told


def many_visitors(minutes: float) -> tuple[str, int, str]:
    """Twenty sessions that move sliders and ask for jobs, for so many minutes."""
    levels: list[float] = []
    answers, asked = _visited(minutes, levels, [])
    middle, slow = answers[len(answers) // 2], answers[int(len(answers) * 0.95)]
    third = len(levels) // 3
    early, late = (sum(part) / max(len(part), 1) for part in (levels[third : 2 * third], levels[2 * third :]))
    told = f"{asked} jobs asked for; no error; half of the answers within {middle:.2f} s, 95 % within {slow:.2f} s; "
    told += f"memory {early:.0f} MB in the second third, {late:.0f} MB in the last"
    return f"{VISITORS} sessions for {minutes:g} minutes, without browsers", len(answers), told


def _visited(minutes: float, levels: list[float], beside: list[Visitor]) -> tuple[list[float], int]:
    """How long the visitors waited for each answer, in order, and how many jobs were asked for; raises for any error.

    Those ``beside`` are not counted among the visitors.
    """
    with tempfile.TemporaryDirectory() as jobs:
        log = Path(jobs) / "log"
        with served(log, SIYU_JOBS_DIR=jobs) as (app, server):
            visitors = [Visitor(n, app) for n in range(VISITORS)]
            for each in beside:
                each.address = visitors[0].address
            asyncio.run(_all([*visitors, *beside], minutes * 60, server.pid, levels))
            assert server.poll() is None, "the server ended"
        said = log.read_text(encoding="utf-8", errors="replace")
    wrong = [each for visitor in (*visitors, *beside) for each in visitor.wrong]
    assert not wrong and "Traceback" not in said, f"{len(wrong)} errors: {wrong[:3]} {said[-1500:] if 'Traceback' in said else ''}"
    answers = sorted(each for visitor in visitors for each in visitor.answers)
    return answers, sum(each.asked for each in (*visitors, *beside))


async def _all(visitors: list[Visitor], seconds: float, server: int, levels: list[float]) -> None:
    until = time.monotonic() + seconds

    async def measure() -> None:
        while time.monotonic() < until:
            pages = int(Path(f"/proc/{server}/statm").read_text(encoding="ascii").split()[1])
            levels.append(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
            await asyncio.sleep(1)

    await asyncio.gather(measure(), *(visitor.stay(until) for visitor in visitors))
