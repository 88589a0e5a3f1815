"""Take pictures of every page of the app, in both languages and widths: ``make screenshots``.

All go into results/screenshots, to be looked at; the first screens of the answer and of a lesson also into docs/images,
unless the address was given more. Needs a Chromium on the PATH, and a font with Chinese. Nothing is asked for outside
this computer.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import click
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from serving import served

from sim.text.phrases import Language
from sim.ui import pages

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
LOOKED_AT = ROOT / "results" / "screenshots"
BEST = {"answer": "app", "live": "live"}
"""Pages whose first screens stand in the docs, and under which name."""

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
LANGUAGES: tuple[Language, ...] = ("en", "zh")
WIDTHS = {"wide": (1280, 720), "narrow": (390, 844)}
FIRST_SCREEN = 1060
"""Points of a first screen at most."""

BETTED, WATCHED_DAY = "30", "200"
"""What is bet in a lesson, and the day on which the film stands in its picture."""

TALLEST = 5000
"""Points of a picture; what is below is left out."""

COLOURS = 256
"""Of a picture."""

PATIENCE = 600_000
RESTS = """() => { const app = document.querySelector('[data-testid=stApp]');
    return app && app.dataset.testScriptState === 'notRunning' && document.querySelector('h1.siyu-name')
        && !document.querySelector('.siyu-preview') && !document.querySelector('[data-testid=stProgress]') }"""


@click.command()
@click.option("--only", multiple=True, help="A page's name; all pages if not given.")
@click.option("--query", default="", help="More for the address, such as days=60&futures=20.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), default=LOOKED_AT, help="A folder.")
def main(only: tuple[str, ...], query: str, into: Path) -> None:
    """Take the pictures."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise click.ClickException("There is no Chromium on the PATH; install one and try again.")
    into.mkdir(parents=True, exist_ok=True)
    with served() as (address, _), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for name in only or pages.made():
            for language in LANGUAGES:
                for width in WIDTHS:
                    where = "" if name == pages.IN_NAVIGATION[0] else name
                    _take(browser, f"{address}/{where}?lang={language}&{query}", into / f"{name}-{language}", width)
                if name in BEST and not query:
                    shutil.copy(into / f"{name}-{language}-first.png", IMAGES / f"{BEST[name]}-{language}.png")
        browser.close()


def _take(browser: Browser, link: str, stem: Path, width: str) -> None:
    """One picture of the whole page, and of an answer's first screen."""
    page = browser.new_page(viewport=dict(zip(("width", "height"), WIDTHS[width], strict=True)))  # type: ignore[arg-type]
    page.goto(link)
    _settle(page)
    if page.locator("[data-testid=stException], [role=dialog]").count():
        raise click.ClickException(f"{link} shows an error instead of the page; nothing was written.")
    if stem.name.startswith("live"):
        _watch(page)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    across = WIDTHS[width][0]
    if width == "wide":
        _shoot(page, across, min(FIRST_SCREEN, height), stem.with_name(f"{stem.name}-first.png"))
    path = stem.with_name(f"{stem.name}-{width}.png")
    _shoot(page, across, min(TALLEST, height), path)
    click.echo(f"{path}: {across} x {min(TALLEST, height)}")
    page.close()


def _watch(page: Page) -> None:
    """Bet, and go to the day on which most can be seen."""
    page.locator("[data-testid=stForm] input").fill(BETTED)
    page.keyboard.press("Enter")
    page.wait_for_selector(".play:enabled", timeout=PATIENCE)
    _settle(page)
    page.locator(".scrub").fill(WATCHED_DAY)
    page.locator(".scrub").blur()


def _shoot(page: Page, width: int, height: int, path: Path) -> None:
    """So much of the page, in as many colours as a page of charts has: a third of the size."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(1500)
    page.screenshot(path=path)
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def _settle(page: Page) -> None:
    """Wait until the script has rested for a second."""
    for _ in range(2):
        page.wait_for_function(RESTS, timeout=PATIENCE)
        page.wait_for_timeout(1000)


if __name__ == "__main__":
    main()
