"""Siyu: what pays for a brand, renting attention in public auctions, owning it in a private pool, or both?

>>> import sim
>>> scenario = sim.load("baseline", ["clock.days=90"])
>>> scenario.clock.days
90

This is the one public door. It is lazy: a name is imported when it is first used, so that reading a scenario does not
wait for a compiler.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.batches.batch import Batch
    from sim.comparison import Comparison
    from sim.experiments.batch import batch
    from sim.experiments.breakeven import breakeven
    from sim.experiments.frontier import frontier
    from sim.experiments.optimize import optimize
    from sim.experiments.pairing import compare
    from sim.experiments.price_causes import price_causes
    from sim.experiments.sensitivity import sensitivity
    from sim.experiments.truth import export_mmm, export_orders, export_touches
    from sim.experiments.waterfall import waterfall
    from sim.explaining import explain
    from sim.loading import load, loads, shipped
    from sim.mistakes import ScenarioError
    from sim.model import TrafficModel
    from sim.reporting.answers import figure
    from sim.result import Result
    from sim.running import run
    from sim.scenario import Scenario
    from sim.writing import to_yaml

    __version__: str

__all__ = [
    "Batch",
    "Comparison",
    "Result",
    "Scenario",
    "ScenarioError",
    "TrafficModel",
    "__version__",
    "batch",
    "breakeven",
    "compare",
    "explain",
    "export_mmm",
    "export_orders",
    "export_touches",
    "figure",
    "frontier",
    "load",
    "loads",
    "optimize",
    "price_causes",
    "run",
    "sensitivity",
    "shipped",
    "to_yaml",
    "waterfall",
]

_HOME = {
    "Batch": "sim.batches.batch",
    "Comparison": "sim.comparison",
    "Result": "sim.result",
    "Scenario": "sim.scenario",
    "ScenarioError": "sim.mistakes",
    "batch": "sim.experiments.batch",
    "TrafficModel": "sim.model",
    "breakeven": "sim.experiments.breakeven",
    "compare": "sim.experiments.pairing",
    "explain": "sim.explaining",
    "figure": "sim.reporting.answers",
    "frontier": "sim.experiments.frontier",
    "export_mmm": "sim.experiments.truth",
    "export_orders": "sim.experiments.truth",
    "export_touches": "sim.experiments.truth",
    "load": "sim.loading",
    "loads": "sim.loading",
    "optimize": "sim.experiments.optimize",
    "price_causes": "sim.experiments.price_causes",
    "run": "sim.running",
    "sensitivity": "sim.experiments.sensitivity",
    "shipped": "sim.loading",
    "to_yaml": "sim.writing",
    "waterfall": "sim.experiments.waterfall",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _version()
    if name not in _HOME:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # 30 ms that few need

    try:
        return version("siyu")
    except PackageNotFoundError:
        return "not installed"
