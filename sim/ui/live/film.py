"""The film: what a panel saw, as the one payload that the browser plays without asking again."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.kernel.ledger import COUNT_NAMES, MICRO
from sim.text.phrases import Language
from sim.ui.words import LOCALES
from sim.ui.words.live import TEXTS, say

if TYPE_CHECKING:
    from sim.records.incidents import Incident
    from sim.records.panel import Panel, Watched

PLAYER_WORDS = (
    "back", "next", "play", "pause", "speed", "a_second", "scrub", "keys", "locked", "numbers", "drop", "drop_in",
    "day", "happened", "cash", "spent", "orders", "click", "cash_row", "orders_row", "cashline", "canvas",
)
"""Texts that the browser says; it fills in their gaps itself."""

ZONE_WORDS = ("zone_square", "zone_shop", "zone_active", "zone_silent", "zone_gone")
ORDERS = tuple(name for name in COUNT_NAMES if name.startswith("orders_"))


def film(
    panel: Panel, names: Sequence[str], language: Language, *, world: str, locked: bool,
    incidents: Sequence[Incident] = (), choices: Sequence[str] = (),
) -> dict[str, Any]:
    """What the player needs: JSON of about 100 kB.

    Args:
        panel: what was seen.
        names: what each arm is called, in the visitor's language.
        language: the visitor's.
        world: which question it answers; a film of the same world goes on at the day that was shown.
        locked: nobody may see more than the first morning, and nothing more is sent.
        incidents: what happens in it.
        choices: what may be dropped in.
    """
    gaps = {"one_in": panel.one_in, "dots": f"{panel.people.size:,}"}
    sample = say("sample_one", language, dots=gaps["dots"]) if panel.one_in == 1 else say("sample", language, **gaps)
    return {
        "id": "-".join((world, language, str(locked), *(f"{each.name}.{each.day}" for each in incidents))),
        "world": world,
        "locale": LOCALES[language],
        "locked": locked,
        "days": panel.days,
        "people": int(panel.people.size),
        "arms": [_arm(arm, name, locked=locked) for arm, name in zip(panel.arms, names, strict=True)],
        "incidents": [{"day": each.day, "label": say(each.name, language)} for each in incidents],
        "choices": [[name, say(name, language)] for name in choices],
        "words": {key: TEXTS[key][language] for key in PLAYER_WORDS}
        | {"sample": sample, "zones": [say(key, language) for key in ZONE_WORDS]},
    }


def _arm(arm: Watched, name: str, *, locked: bool) -> dict[str, Any]:
    """One arm; of a locked one only the first morning."""
    end = 1 if locked else len(arm.zones)
    tables = {"moves": arm.moves(), "orders": arm.orders, "arrivals": arm.arrivals}
    return {
        "name": name,
        "counts": arm.counts[:end].tolist(),
        **{key: _packed(table[table[:, 0] < end]) for key, table in tables.items()},
        **{key: line[:end].tolist() for key, line in _money(arm).items()},
    }


def _money(arm: Watched) -> dict[str, NDArray[Any]]:
    """By frame: cash up to now and marketing of the day in whole yuan, orders of the day, yuan for a click."""
    result = arm.result
    cash = np.cumsum(result.contribution - result.marketing) / MICRO
    price = result.count("click_price") / MICRO
    return {
        "cash": np.rint(np.concatenate([[0], cash])).astype(np.int64),
        "spent": np.rint(np.concatenate([[0], result.marketing / MICRO])).astype(np.int64),
        "ordered": np.concatenate([[0], sum((result.count(name) for name in ORDERS), np.zeros(len(cash), np.int64))]),
        "click": np.round(np.concatenate([price[:1], price]), 2),
    }


def _packed(table: NDArray[np.int64]) -> str:
    """Rows of small whole numbers as base64 of little-endian int16."""
    return base64.b64encode(np.ascontiguousarray(table, "<i2").tobytes()).decode("ascii")
