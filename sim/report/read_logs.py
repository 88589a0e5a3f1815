"""How a log was read, in sentences: from plain numbers alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.calibration.read.words import told
from sim.text.phrases import Language


def read_lines(found: Mapping[str, Any], language: Language) -> Iterator[str]:
    """Columns taken, rows and orders, money, and days of the log that a calibration came from."""
    if found.get("reading"):
        yield from told(found["reading"], language)
