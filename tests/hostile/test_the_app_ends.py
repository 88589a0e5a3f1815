"""`siyu app` is told to end, or is killed: its server and its jobs end too, even if somebody never stops sending."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("streamlit", reason="the app is an extra: pip install '.[app]'")

from serving import ROOT, run_aside, wait_until_healthy
from soak_visitors import Visitor

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as on Unix")


def until(told, patience=60):
    end = time.monotonic() + patience
    while not (found := told()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
    return found


def listens(port):
    with socket.socket() as stream:
        return stream.connect_ex(("127.0.0.1", port)) == 0


def lives(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


async def ask_for_much(app):
    """A visitor of the page of runs who presses the button for more futures, and stays."""
    from tornado.websocket import websocket_connect

    visitor = Visitor(1, app)
    stream = await websocket_connect(visitor.address, max_message_size=200_000_000)
    await visitor._ask(stream, {}, "runs")
    (button,) = [each for each in visitor.buttons if "ask-more" in each]
    visitor.query = "days=3650&futures=4"
    await visitor._ask(stream, {"button": button}, "runs")
    stream.close()
    while await stream.read_message() is not None:  # until the server has closed it too, so that nothing stays open
        pass


@contextmanager
def ended(process):
    """A process that does not outlive a test that fails meanwhile, which would wait for it for ever."""
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_server_and_its_jobs_end_with_the_command_however_it_ends(number, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = f"import sys; from sim.cli import main; sys.exit(main(['app', '--port', '{port}']))"
    around = os.environ | {"PYTHONPATH": str(ROOT), "SIYU_JOBS_DIR": str(tmp_path / "jobs")}
    with ended(subprocess.Popen([sys.executable, "-c", code], env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)) as app:
        wait_until_healthy(f"http://127.0.0.1:{port}", app)
        run_aside(ask_for_much(f"http://127.0.0.1:{port}"))
        (job,) = until(lambda: [path.parent for path in tmp_path.glob("jobs/jobs/*/alive") if path.read_text()])
        worker = int((job / "alive").read_text())
        assert lives(worker)
        slow = socket.create_connection(("127.0.0.1", port))
        slow.sendall(f"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 1000000\r\n\r\nx".encode())
        app.send_signal(number)
        app.wait(30)
        until(lambda: not listens(port))
        until(lambda: not lives(worker))
        until(lambda: json.loads((job / "state.json").read_text())["state"] == "stopped")
        slow.close()
