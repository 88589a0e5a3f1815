"""Customers in columns as a Mesa AgentSet: the same questions, answered from arrays, without an object a customer.

``len``, ``get``, ``set``, ``agg``, ``select``, ``groupby``, ``sort``, ``shuffle`` and iteration work as on any
AgentSet; ``do("step")`` lets everybody live through the current day again, compiled. A customer met in a loop is a
light view.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np
from mesa.agent import AgentSet
from numpy.typing import NDArray

from sim.customers.customer import Customer
from sim.customers.rows import BOUGHT, EXITED, MEMBER, MUTED
from sim.kernel.ledger import KINDS

try:
    from mesa.agentset import GroupBy  # Mesa 3.4 and later
except ImportError:
    from mesa.agent import GroupBy

if TYPE_CHECKING:
    from sim.mesa_model.traffic import TrafficModel

FLAGS = {"is_member": MEMBER, "is_muted": MUTED, "has_exited": EXITED, "bought_this_year": BOUGHT}
COLUMNS = (
    "person", "need", "exit", "engagement", "tie", "fatigue", "orders", "first_day", "joined_day", "contact_day",
    "offer_day",
)
FIXED = "customers in columns come and go as the model lives; they cannot be added or removed by hand"


class CustomerRow:
    """A light view of one customer: reads and writes its row."""

    __slots__ = ("_everybody", "person")

    def __init__(self, everybody: ColumnSet, person: int) -> None:
        self._everybody: ColumnSet
        self.person: int
        object.__setattr__(self, "_everybody", everybody)
        object.__setattr__(self, "person", person)

    @property
    def unique_id(self) -> int:
        """The number of the person."""
        return self.person

    @property
    def model(self) -> TrafficModel:
        """The model in which the customer lives."""
        return self._everybody.model

    def __getattr__(self, name: str) -> Any:
        return self._everybody.only([self.person]).get(name)[0].item()

    def __setattr__(self, name: str, value: Any) -> None:
        self._everybody.only([self.person]).set(name, value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CustomerRow) and (self.person, self.model) == (other.person, other.model)

    def __hash__(self) -> int:
        return hash(self.person)


class ColumnSet(AgentSet):
    """The customers of a model whose crowd is columns; ``people`` names some of them in an order, None means all."""

    def __init__(self, model: TrafficModel, people: NDArray[np.int32] | None = None) -> None:
        self.model, self.random, self._people = model, model.random, people

    def only(self, people: Sequence[int] | NDArray[np.int32]) -> ColumnSet:
        """Those of the named people who are customers, in that order."""
        return ColumnSet(self.model, np.asarray(people, np.int32))

    @property
    def _places(self) -> NDArray[np.intp]:
        """The rows of these customers; those who are gone for good have none."""
        population = self.model.columns.population
        filled = int(population.filled[0])
        flags = population.rows.flags[0, :filled]
        here = np.flatnonzero((flags & (MEMBER | EXITED)) != EXITED)
        if self._people is None:
            return here
        people = population.rows.person[0, here]
        order = np.argsort(people)
        at = np.minimum(np.searchsorted(people[order], self._people), max(len(here) - 1, 0))
        found = people[order[at]] == self._people if len(here) else np.zeros(len(self._people), bool)
        return here[order[at[found]]] if len(here) else here

    def _column(self, name: str) -> NDArray[Any]:
        rows = self.model.columns.population.rows
        if name in FLAGS:
            return (rows.flags[0, self._places] & FLAGS[name]) != 0
        if name == "kind":
            return np.array(KINDS)[rows.kind[0, self._places]]
        name = "person" if name == "unique_id" else name
        if name not in COLUMNS:
            known = ", ".join((*COLUMNS, *FLAGS, "kind"))
            raise AttributeError(f"a customer has no attribute {name!r}; there are {known}")
        return np.asarray(getattr(rows, name)[0, self._places])

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[CustomerRow]:
        return (CustomerRow(self, person) for person in self._column("person").tolist())

    def __contains__(self, agent: object) -> bool:
        return isinstance(agent, CustomerRow) and agent.person in self._column("person")

    def __getitem__(self, item: int | slice) -> Any:
        people = self._column("person")[item]
        return [CustomerRow(self, person) for person in people.tolist()] if isinstance(item, slice) else CustomerRow(
            self, int(people)
        )

    def to_list(self) -> list[CustomerRow]:
        """Views of all of them."""
        return list(self)

    def get(self, attr_names: Any, handle_missing: str = "error", default_value: Any = None) -> Any:
        """A column of values, or for several names a list of values for each customer."""
        if isinstance(attr_names, str):
            try:
                return self._column(attr_names)
            except AttributeError:
                if handle_missing == "default":
                    return np.full(len(self), default_value)
                raise
        columns = [self.get(name, handle_missing, default_value).tolist() for name in attr_names]
        return [list(values) for values in zip(*columns, strict=True)]

    def set(self, attr_name: str, value: Any) -> ColumnSet:
        """Give every customer that value; raises AttributeError for what is not a customer's state."""
        rows, places = self.model.columns.population.rows, self._places
        if attr_name in FLAGS:
            flags = rows.flags[0]
            flags[places] = flags[places] | FLAGS[attr_name] if value else flags[places] & ~FLAGS[attr_name]
        elif attr_name in COLUMNS and attr_name != "person":
            getattr(rows, attr_name)[0, places] = value
        else:
            raise AttributeError(f"a customer's {attr_name} cannot be set")
        return self

    def agg(self, attribute: str, func: Any) -> Any:
        """One or several functions of a column."""
        values = self.get(attribute)
        return func(values) if callable(func) else [each(values) for each in func]

    def select(
        self, filter_func: Callable[[Any], bool] | None = None, at_most: float = inf, inplace: bool = False,
        agent_type: type | None = None,
    ) -> ColumnSet:
        """Those for whom ``filter_func`` (of a view) is true, at most so many or such a share."""
        people = self._column("person")
        if agent_type is not None and not issubclass(Customer, agent_type):
            people = people[:0]
        most = int(len(people) * at_most) if isinstance(at_most, float) and at_most <= 1.0 else at_most
        if filter_func is not None:
            chosen = (person for person in people.tolist() if filter_func(CustomerRow(self, person)))
            people = np.array([person for person, _ in zip(chosen, _counting(most), strict=False)], np.int32)
        elif most < len(people):
            people = people[: int(most)]
        return self._update_to(people, inplace)

    def _update_to(self, people: NDArray[np.int32], inplace: bool) -> ColumnSet:
        if not inplace:
            return self.only(people)
        self._people = people
        return self

    def shuffle(self, inplace: bool = False) -> ColumnSet:
        """The same customers in random order."""
        people = self._column("person").tolist()
        self.random.shuffle(people)
        return self._update_to(np.array(people, np.int32), inplace)

    def sort(self, key: Any, ascending: bool = False, inplace: bool = False) -> ColumnSet:
        """The same customers in the order of an attribute or of a function of a view."""
        values = self.get(key).tolist() if isinstance(key, str) else [key(each) for each in self]
        order = sorted(range(len(values)), key=values.__getitem__, reverse=not ascending)
        return self._update_to(self._column("person")[order], inplace)

    def groupby(self, by: Any, result_type: str = "agentset") -> Any:
        """The customers by the value of an attribute or of a function of a view, as Mesa's groups."""
        keys = self.get(by).tolist() if isinstance(by, str) else [by(each) for each in self]
        groups: dict[Hashable, list[int]] = {}
        for key, person in zip(keys, self._column("person").tolist(), strict=True):
            groups.setdefault(key, []).append(person)
        sets = {key: self.only(people) for key, people in groups.items()}
        return GroupBy({key: list(each) for key, each in sets.items()} if result_type == "list" else sets)

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> ColumnSet:
        """``step``, compiled, for everybody together; any other function of a view one by one."""
        if method == "step" and self._people is None:
            self.model.live_again()
        else:
            self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> ColumnSet:
        """The same in random order, which changes nothing about ``step``."""
        return self.do(method, *args, **kwargs) if method == "step" else self.shuffle().do(method, *args, **kwargs)

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """The results of a function of each view; columns know no method by name but ``step``."""
        if isinstance(method, str):
            raise AttributeError(
                f"customers in columns have no method {method!r} to call one by one: their day is compiled. "
                "Use crowd='agents' for that, or give a function of a customer."
            )
        return [method(each, *args, **kwargs) for each in self]

    def add(self, agent: Any) -> None:
        """Refused."""
        raise TypeError(f"{FIXED}: {agent!r}")

    discard = remove = add


def _counting(most: float) -> Iterable[None]:
    count = 0
    while count < most:
        yield None
        count += 1
