"""What a brand may decide each morning: one strategy a file, one method, one citation."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from inspect import isabstract
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

from sim.assumptions.scenario import Brand
from sim.strategies.hybrid import Hybrid
from sim.strategies.plan import Plan, Policy, StrategyError, plan_of
from sim.strategies.private_pool import PrivatePool
from sim.strategies.public_only import PublicOnly
from sim.strategies.rest_when_tired import RestWhenTired
from sim.strategies.stop_after import StopAfterAMonth, StopAfterAWeek, StopAfterThreeMonths
from sim.strategies.target_cac import TargetCac

MAIN: tuple[type[Policy], ...] = (PublicOnly, Hybrid, PrivatePool)
"""The three strategies that are compared unless others are named."""

VARIANTS: tuple[type[Policy], ...] = (TargetCac, RestWhenTired, StopAfterAWeek, StopAfterAMonth, StopAfterThreeMonths)

SHIPPED: dict[str, type[Policy]] = {policy.name: policy for policy in (*MAIN, *VARIANTS)}

Strategy: TypeAlias = str | type[Policy] | Policy
"""How a strategy may be given: by name, as a class, or as an object."""


def names() -> tuple[str, ...]:
    """The names of the strategies that are compared unless others are named."""
    return tuple(policy.name for policy in MAIN)


def find(strategy: str) -> type[Policy]:
    """The strategy of that name: a shipped one, or ``FILE.py:Class`` or ``module:Class`` for one of your own.

    Raises KeyError with a sentence for any other.
    """
    if ":" in strategy:
        return _own(strategy)
    if strategy not in SHIPPED:
        raise KeyError(f"there is no strategy {strategy!r}; choose from {', '.join(SHIPPED)}")
    return SHIPPED[strategy]


def listed(strategies: Strategy | Sequence[Strategy]) -> tuple[Strategy, ...]:
    """Strategies as they were given: a list of them, or a single one by its name, as a class or as an object."""
    single = isinstance(strategies, str | Policy | type)
    return (strategies,) if single else tuple(strategies)  # type: ignore[arg-type, return-value]


def policy_for(strategy: Strategy, brand: Brand) -> Policy:
    """A strategy ready to decide for a brand, from a name, a class or an object (of which a copy is used).

    Raises StrategyError if a class cannot be made for this brand.
    """
    if isinstance(strategy, Policy):
        return deepcopy(strategy)
    made = find(strategy) if isinstance(strategy, str) else strategy
    try:
        return made(brand)
    except Exception as error:
        raise StrategyError([f"strategy {made.name} cannot begin: {type(error).__name__}: {error}"]) from error


def name_of(strategy: Strategy) -> str:
    """What a strategy is called in results."""
    return find(strategy).name if isinstance(strategy, str) else strategy.name


def _own(place: str) -> type[Policy]:
    """A class in a file or a module of the user's."""
    where, _, name = place.rpartition(":")
    try:
        module = _from_file(where, Path(where).stat().st_mtime_ns) if where.endswith(".py") else import_module(where)
        found = getattr(module, name)
    except OSError as error:
        raise KeyError(f"strategy {place!r}: {where} cannot be read ({error.strerror})") from None
    except Exception as error:  # whatever a user's file does
        raise KeyError(f"strategy {place!r}: {type(error).__name__}: {error}") from error
    if not (isinstance(found, type) and issubclass(found, Policy)):
        raise KeyError(f"strategy {place!r} is no class of sim.strategies.Policy")
    if isabstract(found):
        raise KeyError(f"strategy {place!r} has no method intended")
    return found


@cache
def _from_file(file: str, _changed_at: int) -> ModuleType:
    """The module in a file, read once unless the file changes."""
    spec = spec_from_file_location(f"strategy_{Path(file).stem}", file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} is no Python file")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


__all__ = [
    "SHIPPED", "Plan", "Policy", "Strategy", "StrategyError", "find", "name_of", "names", "plan_of", "policy_for",
]
