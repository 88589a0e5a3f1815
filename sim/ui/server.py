"""The app's server: Streamlit behind a check of who calls, which begins to load the model at once.

``python -m sim.ui.server PAGE [SETTING...]`` is ``streamlit run PAGE [SETTING...]`` with that, for settings that are
written as ``--section.name=value``.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import tomllib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_address
from threading import Thread, Timer
from types import FrameType
from typing import Any

from starlette.middleware import Middleware
from streamlit import App

from sim.ui.host_check import EVERYWHERE, LOOPBACK_NAMES, HostCheck, HostRule
from sim.ui.jobs.board import the_board
from sim.ui.visitor import NamedVisitors
from sim.ui.work import get_ready

M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3
"""What glibc calls, for mallopt, the most heaps that threads share, and the bytes from which on a piece of memory is
none of a heap's, but goes back to the system as soon as it is free."""

LOOPBACK = "127.0.0.1"
ENDS_WITH_INPUT = "SIYU_APP_ENDS_WITH_INPUT"
"""Set by `siyu app`, whose end is the end of the server too."""

PATIENCE_SECONDS = 3.0
"""How long a server that was told to end waits for those who are still sending or being answered."""


def give_memory_back() -> None:
    """Have all threads share two heaps, and give large pieces back at once, where the system's C library is glibc.

    It would open sixteen heaps on two processors for the threads that come and go with sessions, and keep ever larger
    pieces in them: what one session has freed in one heap does not serve the next in another. Twenty visitors took a
    third more memory, and more with every minute.
    """
    with suppress(AttributeError, OSError, TypeError):  # another C library
        settings = ctypes.CDLL(None).mallopt
        settings(M_ARENA_MAX, 2)
        settings(M_MMAP_THRESHOLD, 1 << 20)


def settings_in(words: Sequence[str]) -> dict[str, Any]:
    """Streamlit's settings as the command line says them, and what must hold whatever anybody says.

    Raises ValueError for a word that is no setting.
    """
    found: dict[str, Any] = {"server.address": LOOPBACK}
    for word in words:
        name, equals, value = word.removeprefix("--").partition("=")
        if not (word.startswith("--") and equals):
            raise ValueError(f"{word!r} is no setting; write it as --server.port=8501")
        found[name] = _value(value)
    further = [] if ip_address(found["server.address"]).is_loopback else ["*"]  # our own check knows
    found["server.allowedHosts"] = [*LOOPBACK_NAMES, *found.get("server.allowedHosts", ()), *further]
    if found["server.address"] in EVERYWHERE:  # else Streamlit would ask an outside host under which address it is seen
        found["browser.serverAddress"] = "localhost"
    return found | {"server.enableCORS": True, "server.enableXsrfProtection": True, "browser.gatherUsageStats": False}


def _value(text: str) -> Any:
    """A number, a truth or a list as TOML writes them; any other text as it is."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def served_app(page: str, settings: dict[str, Any]) -> App:
    """The app as a server runs it: Streamlit, behind who is refused and who gets a name."""
    rule = HostRule.of(settings["server.address"], (name for name in settings["server.allowedHosts"] if name != "*"))
    return App(page, middleware=[Middleware(HostCheck, rule=rule), Middleware(NamedVisitors)], lifespan=_ending_in_time)


@asynccontextmanager
async def _ending_in_time(_app: App) -> AsyncIterator[None]:
    """A signal ends the server even if somebody never stops sending; jobs end with it."""
    usual = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def end(number: int, frame: FrameType | None) -> None:
        last = Timer(PATIENCE_SECONDS, _end_now)
        last.daemon = True
        last.start()
        handler = usual[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in usual:
        signal.signal(number, end)
    yield None


def _end_now() -> None:
    the_board.close()
    os._exit(0)


def _end_with_who_started_us() -> None:
    """When the other end of our input closes, however that comes about, the server is told to end."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main(page: str, *settings: str) -> None:
    """Serve a page until a signal ends the server."""
    for number in (signal.SIGTERM, signal.SIGINT):  # comes again when the server has ended: then what is open is closed
        signal.signal(number, lambda _number, _frame: sys.exit(0))
    if os.environ.pop(ENDS_WITH_INPUT, ""):
        Thread(target=_end_with_who_started_us, daemon=True).start()
    found = settings_in(settings)
    app = served_app(page, found)
    sys.argv = [page]  # beside it stands .streamlit/config.toml
    app.run(config=found)


if __name__ == "__main__":
    give_memory_back()
    sys.setswitchinterval(0.0005)
    Thread(target=get_ready, args=(lambda _done, _total: None,), daemon=True).start()
    main(*sys.argv[1:])
