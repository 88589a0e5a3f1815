"""Under which regime a log arose: which needs became orders, and how. A log shows orders that were caught, never needs.

 The regime is an assumption that the scenario states. Outside a pool a need comes back by itself with 1 - paid share;
the rest waits to be bought back by a paid re-contact. If the brand bought back, every need became an order; if not,
only those that came by themselves. Orders are then needs thinned evenly, which is Pareto/NBD again: r, s and beta
stay, and alpha of the needs is alpha of the orders times the share caught.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.assumptions.errors import ScenarioError, guess, shown
from sim.assumptions.scenario import Scenario
from sim.calibration.read.orders import Orders


@dataclass(frozen=True)
class Regime:
    """How repeat orders came about while the log was written.

    ``paid_share`` is the share of needs that come back only if bought back; ``bought_back`` says whether the brand did
    so. ``reason`` tells where both come from.
    """

    paid_share: float
    bought_back: bool
    reason: str

    @property
    def caught_share(self) -> float:
        """The share of needs that became orders in the log."""
        return 1.0 if self.bought_back else 1.0 - self.paid_share


def regime_of(
    orders: Orders,
    scenario: Scenario,
    order_value: float,
    paid_share: float | None = None,
    bought_back: bool | None = None,
    paid_channels: Sequence[str] = (),
) -> Regime:
    """The regime that the user states, that the log's channels show, or else the baseline's assumption.

    Raises ScenarioError if a channel is named that the log does not have, or if nothing would have been caught.
    """
    if paid_channels:
        share, reason = _seen_share(orders, paid_channels)
        return Regime(share, True, reason)
    stated = paid_share is not None
    share = scenario.public.repeat_orders_paid_share if paid_share is None else paid_share
    reason = f"paid share {share:g} " + (
        "as stated" if stated else "as in the baseline (source 001: natural : paid is 1 : 1)"
    )
    back = bought_back if bought_back is not None else _pays(scenario, order_value)
    if bought_back is None:
        told = "all others were bought back, which pays" if back else "nobody was, which would not have paid"
        reason += f"; bought back: it is assumed that {told}"
    else:
        reason += "; all others were bought back, as stated" if back else "; nobody was bought back, as stated"
    if not back and share >= 1:
        raise ScenarioError(
            ["--paid-share is 1 and nobody was bought back, so that no repeat order could be in the log"]
        )
    return Regime(share, back, reason)


def _pays(scenario: Scenario, order_value: float) -> bool:
    """Whether a paid re-contact earns its price at the start: the rule by which the simulator's brands buy back."""
    public = scenario.public
    if public.returning_order_chance <= 0:
        return False
    return public.start_click_price_cny / public.returning_order_chance <= scenario.market.margin_share * order_value


def _seen_share(orders: Orders, paid: Sequence[str]) -> tuple[float, str]:
    """The share of repeat orders that came through paid channels."""
    if orders.channel is None:
        raise ScenarioError(["--paid-channels needs a column of channels in the log; name it with --channel COLUMN"])
    for name in paid:
        if name not in orders.channels:
            near = guess(name, orders.channels)
            hint = f"did you mean {near}?" if near else f"there are {shown(', '.join(orders.channels[:20]), 200)}"
            raise ScenarioError([f"--paid-channels names {shown(name)}, but the log has no such channel; {hint}"])
    repeat = np.diff(orders.customer, prepend=-1) == 0
    codes = [orders.channels.index(name) for name in paid]
    share = float(np.isin(orders.channel[repeat], codes).mean()) if repeat.any() else 0.0
    return share, f"paid share {share:.3f}: of {int(repeat.sum()):,} repeat orders, those through {', '.join(paid)}"
