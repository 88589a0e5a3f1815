"""The app as its visitors meet it: a server of its own on a free port of this computer, stopped in the end."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError

ROOT = Path(__file__).parents[1]


def run_aside(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine returns, run in a thread of its own: a browser of other tests keeps a loop going in this one."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, coroutine).result()


@contextmanager
def served(log: Path | None = None, **environment: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The app's address and its server, healthy; what it says goes into ``log``, if one is given."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "sim.ui.server", "app.py", f"--server.port={port}"]
    around = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    with Path(log or os.devnull).open("wb") as said, subprocess.Popen(command, cwd=ROOT, env=around, stdout=said, stderr=said) as server:
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}", server
        finally:
            server.terminate()
            server.wait(20)


def wait_until_healthy(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the app at an address answers; AssertionError if its process ends before or it never does."""
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310 - our own server
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("the app did not start")
