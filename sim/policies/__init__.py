"""What a brand may decide each morning: one strategy a file, one method, one citation."""

from __future__ import annotations

from copy import deepcopy
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from sim.policies.hybrid import Hybrid
from sim.policies.plan import Plan, Policy
from sim.policies.private_pool import PrivatePool
from sim.policies.public_only import PublicOnly
from sim.policies.rest_when_tired import RestWhenTired
from sim.policies.stop_after import StopAfterAMonth, StopAfterAWeek, StopAfterThreeMonths
from sim.policies.target_cac import TargetCac
from sim.scenario import Brand

MAIN: tuple[type[Policy], ...] = (PublicOnly, Hybrid, PrivatePool)
"""The three strategies that are compared unless others are named."""

VARIANTS: tuple[type[Policy], ...] = (TargetCac, RestWhenTired, StopAfterAWeek, StopAfterAMonth, StopAfterThreeMonths)

SHIPPED: dict[str, type[Policy]] = {policy.name: policy for policy in (*MAIN, *VARIANTS)}

Strategy = str | type[Policy] | Policy
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


def policy_for(strategy: Strategy, brand: Brand) -> Policy:
    """A strategy ready to decide for a brand, from a name, a class or an object (of which a copy is used)."""
    if isinstance(strategy, str):
        return find(strategy)(brand)
    return deepcopy(strategy) if isinstance(strategy, Policy) else strategy(brand)


def name_of(strategy: Strategy) -> str:
    """What a strategy is called in results."""
    return find(strategy).name if isinstance(strategy, str) else strategy.name


def _own(place: str) -> type[Policy]:
    """A class in a file or a module of the user's."""
    where, _, name = place.rpartition(":")
    try:
        module = _from_file(where) if where.endswith(".py") else import_module(where)
        found = getattr(module, name)
    except (ImportError, AttributeError, OSError) as error:
        raise KeyError(f"strategy {place!r}: {error}") from None
    if not (isinstance(found, type) and issubclass(found, Policy)):
        raise KeyError(f"strategy {place!r} is no sim.policies.Policy")
    return found


def _from_file(file: str) -> ModuleType:
    spec = spec_from_file_location(f"strategy_{Path(file).stem}", file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} is no Python file")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


__all__ = ["SHIPPED", "Plan", "Policy", "Strategy", "find", "name_of", "names", "policy_for"]
