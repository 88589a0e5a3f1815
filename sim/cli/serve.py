"""The command that serves the app."""

from __future__ import annotations

import sys
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
def app(port: int, runs: Path | None, address: str) -> int:
    """Serve the app at an address that it prints; it can be reached with a browser on this computer only.

    With --address it can be reached from elsewhere too: there is no password, and whoever finds it may use it.
    """
    import os
    import subprocess
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
    command = [sys.executable, "-m", "sim.ui.server", str(page), *settings]
    return subprocess.run(command, check=False, env=os.environ | places).returncode  # noqa: S603 - our own file


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
