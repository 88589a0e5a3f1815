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
    from sim.assumptions.errors import ScenarioError
    from sim.assumptions.explaining import explain
    from sim.assumptions.loading import load, loads, shipped
    from sim.assumptions.scenario import Scenario
    from sim.assumptions.writing import to_yaml
    from sim.batches.stored.batch import Batch
    from sim.batches.study import batch
    from sim.customers.customer import Customer
    from sim.inference.comparison import Comparison
    from sim.mesa_model import TrafficModel
    from sim.questions.breakeven.frontier import frontier
    from sim.questions.breakeven.study import breakeven
    from sim.questions.compare.study import compare
    from sim.questions.decide.study import decide
    from sim.questions.discovery.study import discover
    from sim.questions.optimise.study import optimize
    from sim.questions.price_causes.study import price_causes
    from sim.questions.sensitivity.study import sensitivity
    from sim.questions.waterfall.study import waterfall
    from sim.records.recording import record
    from sim.records.synthetic_data import export_mmm, export_orders, export_touches
    from sim.report.answers import figure
    from sim.results.metrics import METRICS
    from sim.results.result import Result
    from sim.running import run
    from sim.strategies.plan import Plan, Policy

    __version__: str

__all__ = [
    "METRICS",
    "Batch",
    "Comparison",
    "Customer",
    "Plan",
    "Policy",
    "Result",
    "Scenario",
    "ScenarioError",
    "TrafficModel",
    "__version__",
    "batch",
    "breakeven",
    "compare",
    "decide",
    "discover",
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
    "record",
    "run",
    "sensitivity",
    "shipped",
    "to_yaml",
    "waterfall",
]

_HOME = {
    "METRICS": "sim.results.metrics",
    "Customer": "sim.customers.customer",
    "Plan": "sim.strategies.plan",
    "Policy": "sim.strategies.plan",
    "discover": "sim.questions.discovery.study",
    "record": "sim.records.recording",
    "Batch": "sim.batches.stored.batch",
    "Comparison": "sim.inference.comparison",
    "Result": "sim.results.result",
    "Scenario": "sim.assumptions.scenario",
    "ScenarioError": "sim.assumptions.errors",
    "batch": "sim.batches.study",
    "TrafficModel": "sim.mesa_model",
    "breakeven": "sim.questions.breakeven.study",
    "compare": "sim.questions.compare.study",
    "decide": "sim.questions.decide.study",
    "explain": "sim.assumptions.explaining",
    "figure": "sim.report.answers",
    "frontier": "sim.questions.breakeven.frontier",
    "export_mmm": "sim.records.synthetic_data",
    "export_orders": "sim.records.synthetic_data",
    "export_touches": "sim.records.synthetic_data",
    "load": "sim.assumptions.loading",
    "loads": "sim.assumptions.loading",
    "optimize": "sim.questions.optimise.study",
    "price_causes": "sim.questions.price_causes.study",
    "run": "sim.running",
    "sensitivity": "sim.questions.sensitivity.study",
    "shipped": "sim.assumptions.loading",
    "to_yaml": "sim.assumptions.writing",
    "waterfall": "sim.questions.waterfall.study",
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
