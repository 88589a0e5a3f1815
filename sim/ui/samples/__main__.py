"""Writes the sample order log: `python -m sim.ui.samples`."""

from __future__ import annotations

from pathlib import Path

from sim.assumptions.loading import load
from sim.records.recording import record
from sim.records.synthetic_data import orders_table
from sim.report.spreadsheets import rows_of, write_csv
from sim.ui.samples import ORDERS, SEED, SHOP, STRATEGY

COLUMNS = ("customer_id", "date", "monetary_value")


def write(file: Path) -> None:
    """Live the shop's two years and write down who ordered when for how much."""
    table = orders_table(record(load(SHOP), STRATEGY, SEED))
    paid = table["truth_source"] != "starting"
    write_csv(rows_of({name: table[name][paid] for name in COLUMNS}), file)


if __name__ == "__main__":
    write(ORDERS)
