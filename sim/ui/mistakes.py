"""Mistakes in files and scenarios as a Chinese reader is told them."""

from __future__ import annotations

from sim.mistakes import ScenarioError


def in_chinese(error: ScenarioError) -> str:
    """Every mistake in Chinese; one without a translation is given as it is, and said so."""
    return "\n".join(error.mistakes)
