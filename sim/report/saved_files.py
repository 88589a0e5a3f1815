"""The files of saved runs and comparisons, by which a folder of an earlier one is known."""

from __future__ import annotations

RUN_FILES = ("about.json", "cohorts.csv", "daily.csv", "metrics.csv", "scenario.yaml")
COMPARISON_FILES = ("about.json", "comparison.json", "differences.csv", "metrics.csv", "scenario.yaml", "summary.csv")
VERDICT_FILES = ("about.json", "scenario.yaml", "strategies.csv", "verdict.json", "worlds.csv", "worth_knowing.csv")
