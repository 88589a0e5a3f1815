"""The command that serves the app."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from sim.assumptions.errors import shown

LOOPBACK = "127.0.0.1"


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port on this computer.")
@click.option("--runs", metavar="DIR", type=click.Path(path_type=Path), help="Show the batches in the folders there.")
@click.option(
    "--address", default=LOOPBACK, show_default=True, metavar="ADDRESS",
    help="Address to listen at; 0.0.0.0 lets everybody in this computer's networks in, such as a class with phones.",
)
@click.option(
    "--name", "names", multiple=True, metavar="NAME",
    help="A name under which browsers reach the app, such as that of a proxy in front of it; may be given again.",
)
def app(port: int, runs: Path | None, address: str, names: tuple[str, ...]) -> int:
    """Serve the app at an address that it prints; it can be reached with a browser on this computer only.

    With --address it can be reached from elsewhere too: there is no password, and whoever finds it may use it. Pages of
    other hosts, and names that are neither this computer's nor given by --name, are refused.
    """
    from importlib.util import find_spec

    here = Path(__file__).parent.parent
    page = next((file for file in (here / "_app" / "app.py", here.parent / "app.py") if file.is_file()), None)
    if page is None:
        raise click.ClickException("The app is not part of this installation; install Siyu anew.")
    if find_spec("streamlit") is None:
        raise click.ClickException("The app needs Streamlit; install it with: pip install 'siyu[app]'")
    if runs is not None and not runs.is_dir():
        raise click.UsageError(f"--runs is {shown(str(runs))}, but that is no folder; name one that holds batches.")
    places = {} if runs is None else {"SIYU_RUNS_DIR": str(runs.resolve())}
    # All other settings stand in .streamlit/config.toml beside the page; these must hold whatever others say.
    settings = [f"--server.address={_checked(address)}", f"--server.port={port}", "--browser.gatherUsageStats=false"]
    settings += [f"--server.allowedHosts={json.dumps([_name(each) for each in names])}"] if names else []
    return _served([sys.executable, "-m", "sim.ui.server", str(page), *settings], places)


def _served(command: list[str], places: dict[str, str]) -> int:
    """Run the server until it ends or this command is told to; its exit status.

    It holds one end of a pipe and we the other: when ours closes, because we were told to end or are no longer there,
    the server ends, and its jobs with it.
    """
    import os
    import signal
    import subprocess

    theirs, ours = os.pipe()
    around = os.environ | places | {"SIYU_APP_ENDS_WITH_INPUT": "1"}
    with _told_to_end(lambda: os.close(ours)) as told:
        status = subprocess.run(command, check=False, env=around, stdin=theirs).returncode  # noqa: S603 - our own file
    os.close(theirs)
    if signal.SIGINT in told:
        raise KeyboardInterrupt
    return status


@contextmanager
def _told_to_end(act: Callable[[], None]) -> Iterator[list[int]]:
    """Act, once, as soon as a signal tells this process to end, or at the end; gives the signals that came."""
    import signal
    from threading import current_thread, main_thread

    told: list[int] = []

    def end(number: int, _frame: object) -> None:
        if not told:
            act()
        told.append(number)

    heard = (signal.SIGTERM, signal.SIGINT) if current_thread() is main_thread() else ()
    before = {number: signal.signal(number, end) for number in heard}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if not told:
            act()


def _name(text: str) -> str:
    """A host's name as a browser's address bar says it, without scheme, port or path."""
    if not re.fullmatch(r"(?a)[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?", text):
        raise click.BadParameter(
            f"{shown(text)} is no name of a host; write it as in siyu.example.org, without http:// and without a port.",
            param_hint="--name",
        )
    return text.lower()


def _checked(address: str) -> str:
    """The address, if it is one; says aloud if others can reach it."""
    from ipaddress import ip_address

    try:
        is_here = ip_address(address).is_loopback
    except ValueError:
        raise click.BadParameter(
            f"{shown(address)} is no address; write 127.0.0.1 for this computer only, 0.0.0.0 for its networks too.",
            param_hint="--address",
        ) from None
    if not is_here:
        click.echo(
            f"The app listens at {address}: whoever can reach this computer may use it. Stop it after class.", err=True
        )
    return address
