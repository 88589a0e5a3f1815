"""A sample order log for trying the page on: made by the simulator itself, so that what is behind it is known.

`python -m sim.ui.samples` writes `orders.csv` anew from `shop.yaml`; the same bytes come out.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
SHOP = HERE / "shop.yaml"
"""The scenario under which the sample arose."""

ORDERS = HERE / "orders.csv"
"""The sample: a line an order, with customer, date and what was paid."""

STRATEGY, SEED = "public_only", 7
