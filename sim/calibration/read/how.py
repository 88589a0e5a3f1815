"""How a log is to be read, as far as the reader has said: what is not said is recognised, or asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.assumptions.errors import ScenarioError, shown

Named = Mapping[str, str | None]


@dataclass(frozen=True)
class How:
    """What was said about a log beside the log itself.

    ``named`` gives columns by role; ``sheet``, ``encoding`` and ``skip_rows`` say where the table is; ``date_order`` is
    dmy or mdy, ``decimal`` point or comma; ``states`` are the states, or kinds of rows, that count as orders;
    ``amount_of`` says whether an amount is the whole order's or its own line's; ``rates`` gives yuan for one unit of a
    currency, or None where only the currency was named, ``rate`` the same for whatever currency the log is in.
    ``calibrate_from`` leaves out who ordered before that day.
    """

    named: Named = field(default_factory=dict)
    date_order: str | None = None
    keep_copies: bool = False
    sheet: str | None = None
    encoding: str | None = None
    skip_rows: int | None = None
    leave_out_empty: bool = False
    without_amounts: bool = False
    decimal: str | None = None
    states: tuple[str, ...] = ()
    amount_of: str | None = None
    rates: Mapping[str, float | None] = field(default_factory=dict)
    rate: float | None = None
    calibrate_from: str | None = None


def rates_of(currencies: tuple[str, ...]) -> dict[str, float | None]:
    """Yuan for one unit, by currency, from words such as USD=7.1 or EUR; raises ScenarioError for what is neither."""
    from sim.calibration.read.money import code_of

    found: dict[str, float | None] = {}
    for text in currencies:
        word, _, rate = text.partition("=")
        code = code_of(word)
        if code is None:
            raise ScenarioError([f"--currency is {shown(text)}, which is no currency; write it as in USD or USD=7.1"])
        found[code] = _rate(text, rate) if rate or "=" in text else None
    return found


def _rate(text: str, rate: str) -> float:
    try:
        found = float(rate)
    except ValueError:
        found = 0.0
    if not 1e-6 <= found <= 1e6:
        raise ScenarioError(
            [f"--currency is {shown(text)}, but its rate is yuan for one unit, above 0; write it as in USD=7.1"]
        )
    return found
