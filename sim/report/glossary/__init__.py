"""One word for one thing, in code, scenario files, charts, tables and the app: what docs/glossary.md lists."""

from __future__ import annotations

from sim.report.glossary.answer_terms import ANSWER_TERMS
from sim.report.glossary.market_terms import MARKET_TERMS
from sim.report.glossary.pool_terms import POOL_TERMS
from sim.report.glossary.term import Term

TERMS: tuple[Term, ...] = (*POOL_TERMS, *MARKET_TERMS, *ANSWER_TERMS)
"""Every term, in the order of the trade: attention, the pool, its members, orders, auctions, money, answers."""

__all__ = ["TERMS", "Term"]
