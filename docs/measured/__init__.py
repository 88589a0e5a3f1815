"""What the validation report measures, section by section, with the worlds that the tests of papers and stories use."""

from __future__ import annotations

import sys
from pathlib import Path

_TESTS = Path(__file__).parents[2] / "tests"
sys.path += [str(_TESTS), str(_TESTS / "papers")]

from measured import markets, patterns, processes  # noqa: E402 - needs the path of the tests
from measured.rows import Row  # noqa: E402

__all__ = ["SECTIONS", "Row"]

SECTIONS = {
    "CDNOW, fitted and simulated": processes.cdnow,
    "Pools and accounts": processes.stocks,
    "Word of mouth": processes.word_of_mouth,
    "Auctions": markets.auctions,
    "Costs of a new customer, and the shop on the square": markets.customers,
    "Click prices that sources print": markets.prices,
    "Patterns that were fitted, measured again": patterns.fitted,
    "One mail alone (Hillstrom 2008)": patterns.one_mail,
    "Other patterns": patterns.not_fitted,
}
