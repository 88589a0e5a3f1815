"""Take pictures of every page of the app, in both languages and widths, into docs/images: ``make screenshots``.

Needs a Chromium on the PATH, and a font with Chinese. Nothing is asked for outside this computer.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import click
from playwright.sync_api import Browser, Page, sync_playwright

from sim.phrases import Language
from sim.ui import pages

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
LANGUAGES: tuple[Language, ...] = ("en", "zh")
WIDTHS = {"wide": (1280, 720), "narrow": (390, 844)}
FIRST_SCREEN = {"width": 1280, "height": 1060}
"""What the README shows of the answer."""

TALLEST = 5000
"""Points of a picture; what is below is left out."""

PATIENCE = 600_000
RESTS = """() => { const app = document.querySelector('[data-testid=stApp]');
    return app && app.dataset.testScriptState === 'notRunning' && document.querySelector('h1.siyu-name')
        && !document.querySelector('.siyu-preview') && !document.querySelector('[data-testid=stProgress]') }"""


@click.command()
@click.option("--only", multiple=True, help="A page's name; all pages if not given.")
@click.option("--query", default="", help="More for the address, such as days=60&futures=20.")
def main(only: tuple[str, ...], query: str) -> None:
    """Take the pictures."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise click.ClickException("There is no Chromium on the PATH; install one and try again.")
    IMAGES.mkdir(exist_ok=True)
    with _served() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for name in only or pages.made():
            for language in LANGUAGES:
                for width in WIDTHS:
                    where = "" if name == pages.IN_NAVIGATION[0] else name
                    _take(browser, f"{address}/{where}?lang={language}&{query}", f"{name}-{language}", width)
        browser.close()


@contextmanager
def _served() -> Iterator[str]:
    """The app on a free port of this computer, until it is no longer needed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own server
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise click.ClickException("The app did not start.")


def _take(browser: Browser, link: str, name: str, width: str) -> None:
    """One picture of the whole page, and of an answer's first screen."""
    page = browser.new_page(viewport=dict(zip(("width", "height"), WIDTHS[width], strict=True)))  # type: ignore[arg-type]
    page.goto(link)
    _settle(page)
    if name.startswith("answer") and width == "wide":
        page.set_viewport_size(FIRST_SCREEN)  # type: ignore[arg-type]
        page.wait_for_timeout(1500)
        page.screenshot(path=IMAGES / f"app-{name[-2:]}.png")
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": WIDTHS[width][0], "height": min(TALLEST, height)})
    page.wait_for_timeout(1500)
    path = IMAGES / f"{name}-{width}.png"
    page.screenshot(path=path)
    click.echo(f"{path.relative_to(ROOT)}: {WIDTHS[width][0]} x {min(TALLEST, height)}")
    page.close()


def _settle(page: Page) -> None:
    """Wait until the script has rested for a second."""
    for _ in range(2):
        page.wait_for_function(RESTS, timeout=PATIENCE)
        page.wait_for_timeout(1000)


if __name__ == "__main__":
    main()
