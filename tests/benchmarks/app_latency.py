"""How quick the app is in a real browser: ``python tests/benchmarks/app_latency.py``.

Prints, in milliseconds, the first page from a cold browser, and the median over presses of a slider's key from the
press until the sentence and three charts of the preview are drawn anew; then seconds until all futures are there. The
last line says how long a fixed piece of arithmetic takes beside it, because other work on the computer slows all alike.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from serving import served

PRESSES = 15
SLIDER = ".st-key-baseline-public-start_click_price_cny input[type=range]"
WATCH = """() => { window.drawn = {sentence: null, charts: {}}; window.pressed = null;
    document.addEventListener('keydown', () => { window.pressed = performance.now(); window.drawn = {sentence: null, charts: {}} }, true);
    const seen = {};
    const look = () => {
        for (const place of document.querySelectorAll('[class*="st-key-chart-"]')) {
            const chart = place.querySelector('.js-plotly-plot'), name = place.className;
            if (!chart || !chart.calcdata || seen[name] === chart.calcdata) continue;
            if (seen[name]) window.drawn.charts[name] = performance.now();
            seen[name] = chart.calcdata }
        requestAnimationFrame(look) };
    look();
    new MutationObserver(() => { if (window.drawn.sentence === null && document.querySelector('.siyu-preview'))
        window.drawn.sentence = performance.now() })
        .observe(document.querySelector('.st-key-answer'), {subtree: true, childList: true, characterData: true}) }"""
"""A chart is drawn anew when Plotly has laid it out from new data; the time is that of the next picture on the screen."""


def main() -> None:
    """Measure and print."""
    with served() as (address, _):
        _measure(address)


def _measure(address: str) -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        start = time.monotonic()
        page.goto(f"{address}/?lang=en&futures=1")
        page.wait_for_selector(".siyu-answer", timeout=300_000)
        print(f"first page, model loaded for the first time: {time.monotonic() - start:.1f} s")
        page.close()
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        start = time.monotonic()
        page.goto(f"{address}/?lang=en")
        page.wait_for_selector(".siyu-answer", timeout=300_000)
        page.wait_for_function("document.querySelectorAll('.js-plotly-plot .main-svg').length >= 4", timeout=300_000)
        print(f"first page of the next visitor: {time.monotonic() - start:.1f} s")
        _wait_for_all(page)
        page.evaluate(WATCH)
        page.wait_for_timeout(500)
        times = [_press(page, "ArrowRight") for _ in range(PRESSES)]
        for what, values in zip(("sentence", "three charts"), zip(*times, strict=True), strict=True):
            spread = f"{min(values):.0f} to {max(values):.0f}"
            print(f"slider to the preview's {what}: median {statistics.median(values):.0f} ms ({spread})")
        start = time.monotonic()
        _wait_for_all(page)
        print(f"then all 100 futures: {time.monotonic() - start:.1f} s more")
        browser.close()
    start = time.process_time()
    sum(i * i for i in range(5_000_000))
    print(json.dumps({"arithmetic_seconds": round(time.process_time() - start, 2)}))


def _press(page: Page, key: str) -> tuple[float, float]:
    """Milliseconds from a key on the slider until the sentence, and until three charts are drawn."""
    page.locator(SLIDER).focus()
    page.keyboard.press(key)
    page.wait_for_function("window.drawn.sentence !== null && Object.keys(window.drawn.charts).length >= 3", timeout=120_000)
    sentence, third = page.evaluate(
        "[window.drawn.sentence - window.pressed, Object.values(window.drawn.charts).sort((a, b) => a - b)[2] - window.pressed]"
    )
    return float(sentence), float(third)


def _wait_for_all(page: Page) -> None:
    page.wait_for_function(
        "document.querySelector('.siyu-answer') && !document.querySelector('.siyu-preview') && "
        "document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'", timeout=600_000,
    )


if __name__ == "__main__":
    main()
