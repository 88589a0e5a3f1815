"""Everybody in a model whose customers are columns: actors, who are objects, and customers, as one Mesa AgentSet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf
from typing import Any

from mesa.agent import AgentSet

from sim.customers.customer import Customer
from sim.mesa_model.column_set import FIXED, ColumnSet

APART = "customers in columns and other agents do not fit into one new set; ask model.customers, or name an agent_type"


class Everybody(AgentSet):
    """All agents of a model whose crowd is columns: the actors, who are objects, and then the customers."""

    def __init__(self, actors: AgentSet, customers: ColumnSet) -> None:
        self._actors, self._customers, self.random = actors, customers, actors.random

    def __len__(self) -> int:
        return len(self._actors) + len(self._customers)

    def __iter__(self) -> Iterator[Any]:
        yield from self._actors
        yield from self._customers

    def __contains__(self, agent: object) -> bool:
        return agent in self._actors or agent in self._customers

    def __getitem__(self, item: int | slice) -> Any:
        return list(self)[item]

    def to_list(self) -> list[Any]:
        """Everybody, the actors first."""
        return list(self)

    def select(
        self, filter_func: Callable[[Any], bool] | None = None, at_most: float = inf, inplace: bool = False,
        agent_type: type | None = None,
    ) -> Any:
        """The agents of one type; for customers that is the set of columns."""
        if agent_type is None or inplace:
            raise TypeError(APART)
        part = self._customers if issubclass(agent_type, Customer) else self._actors
        return part.select(filter_func, at_most, agent_type=agent_type)

    def get(self, attr_names: Any, handle_missing: str = "error", default_value: Any = None) -> list[Any]:
        """Attributes of everybody, the actors first."""
        parts = (self._actors, self._customers)
        return [value for part in parts for value in part.get(attr_names, handle_missing, default_value)]

    def set(self, attr_name: str, value: Any) -> Everybody:
        """Give everybody that value."""
        for part in (self._actors, self._customers):
            part.set(attr_name, value)
        return self

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Everybody:
        """First the actors, then the customers."""
        for part in (self._actors, self._customers):
            part.do(method, *args, **kwargs)
        return self

    shuffle_do = do

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Results for everybody, the actors first."""
        return [result for part in (self._actors, self._customers) for result in part.map(method, *args, **kwargs)]

    def sort(self, *_arguments: Any, **_named: Any) -> Any:
        """Refused."""
        raise TypeError(APART)

    shuffle = groupby = sort

    def add(self, agent: Any) -> None:
        """Refused."""
        raise TypeError(f"{FIXED}: {agent!r}")

    discard = remove = add
