"""The simulation as a Mesa model: one scenario under one strategy with one seed, a day a step.

>>> from sim import TrafficModel
>>> model = TrafficModel("forty_first_fans", "hybrid", rng=7, days=30)
>>> model.run_model()
>>> bool(model.result.count("customers")[-1] >= 40)
True

Customers are columns or, one object each, agents; both give the same books to the bit.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import mesa
import numpy as np

from sim.assumptions.loading import load
from sim.assumptions.scenario import Scenario
from sim.assumptions.seeds import seed_of
from sim.customers.agents import Agents
from sim.customers.columns import Columns
from sim.customers.customer import Customer
from sim.kernel.ledger import ACCOUNTS, COUNT_NAMES, MICRO, Ledger
from sim.market.market import Market
from sim.mesa_model.actors import Advertiser, Brand, Platform
from sim.mesa_model.column_set import ColumnSet
from sim.mesa_model.everybody import Everybody
from sim.results.metrics import METRICS, all_of
from sim.results.result import Result
from sim.simulation.brand import Brands
from sim.simulation.day import live_one_day
from sim.strategies import Strategy, name_of, policy_for

CUSTOMER_STATE = ("person", "engagement", "tie", "fatigue", "orders", "is_member", "is_muted", "has_exited")
"""What the data collector notes about each customer of the sample."""


class TrafficModel(mesa.Model):
    """One future, lived day by day. Raises ScenarioError for what cannot be assumed, KeyError for an unknown strategy.

    ``scenario`` is a Scenario, a file or the name of a shipped one; ``days`` and ``users`` change its clock.days and
    market.people. ``rng``, or in older Mesa's word ``seed``, is the seed; without one a new seed is drawn, which
    ``seed_used`` tells. ``crowd`` is columns or agents; agents may be of a class of your own (``customer``) and be
    activated by do or shuffle_do. ``sample`` customers, those met first, are noted every day by ``datacollector``.
    """

    def __init__(
        self, scenario: Scenario | str | Path = "baseline", strategy: Strategy = "hybrid", *, rng: Any = None,
        crowd: Literal["columns", "agents"] = "columns", days: int | None = None, users: int | None = None,
        customer: type[Customer] = Customer, activation: Literal["do", "shuffle_do"] = "do", sample: int = 0,
        threads: int = 1, seed: Any = None,
    ) -> None:
        self.seed_used = _seed_from(seed if rng is None else rng)
        self._assumptions = _assumed(scenario, days, users)
        super().__init__(rng=self.seed_used)
        self.strategy, self._sample_size = name_of(strategy), sample
        clock = self.scenario.clock
        self.books = Ledger(1, clock.total_days)
        policy = policy_for(strategy, self.scenario.brand)
        self.brands = Brands([self.scenario], [policy], [self.seed_used], self.books)
        self.square = Market([self.scenario], np.array([self.seed_used], np.int64))
        self.crowd = self._make_crowd(crowd, customer, activation, threads)
        self.day, self._morning = 0, (self.crowd.members, self.crowd.liveliness)
        self._actors = [Brand(self), Platform(self)]
        self._actors += [Advertiser(self, kind) for kind in range(len(self.scenario.public.rivals))]
        self._sample: dict[int, None] = {}
        self.datacollector = _Notes(_reporters(), dict.fromkeys(CUSTOMER_STATE) if sample else None)

    def _make_crowd(self, crowd: str, customer: type[Customer], activation: str, threads: int) -> Columns | Agents:
        if crowd == "agents":
            return Agents(self, self.scenario, self.seed_used, self.books, customer, activation)
        if crowd != "columns":
            raise ValueError(f"crowd is {crowd!r}, but there are 'columns' and 'agents'")
        if customer is not Customer:
            raise ValueError(
                f"{customer.__name__} needs crowd='agents': the day of customers in columns is compiled and never asks "
                "a method in Python"
            )
        return Columns([self.scenario], [self.seed_used], self.books, threads)

    @property
    def scenario(self) -> Scenario:
        """What is assumed."""
        return self._assumptions

    @scenario.setter
    def scenario(self, _theirs: object) -> None:
        """Mesa 3.5 sets a scenario of its own kind, which this model does not need."""

    @property
    def columns(self) -> Columns:
        """The crowd, where it is columns."""
        if not isinstance(self.crowd, Columns):
            raise TypeError("the customers of this model are agents, not columns")
        return self.crowd

    @property
    def agents(self) -> Any:
        """Everybody: brand, platform, advertisers and customers."""
        if not hasattr(self, "crowd") or isinstance(self.crowd, Agents):
            return super().agents
        return Everybody(super().agents, ColumnSet(self))

    @property
    def agents_by_type(self) -> Any:
        """Sets of agents by class."""
        known = super().agents_by_type
        if not hasattr(self, "crowd"):
            return known
        if isinstance(self.crowd, Columns):
            return {**known, Customer: ColumnSet(self)}
        kind = self.crowd.kind_of_customer
        return known if kind in known else {**known, kind: self.customers}

    @property
    def agent_types(self) -> list[type]:
        """The classes of agents that there are."""
        return list(self.agents_by_type)

    @property
    def customers(self) -> Any:
        """The customers: an AgentSet, of objects or of columns."""
        if isinstance(self.crowd, Columns):
            return ColumnSet(self)
        return mesa.agent.AgentSet(self.crowd.customers.values(), random=self.random)

    def step(self) -> None:
        """Live through one day; the last one ends ``running``."""
        if not self.running:
            return
        self.live_a_day()
        if len(self._sample) < self._sample_size:
            met = self.customers.get("person")
            self._sample.update(dict.fromkeys(list(met)[: self._sample_size]))
        self.datacollector.collect(self)

    def live_a_day(self) -> None:
        """The day itself, without notes."""
        clock = self.scenario.clock
        acquiring = self.day < clock.warm_up_days + clock.days
        self._morning = self.crowd.members.copy(), self.crowd.liveliness.copy()
        live_one_day(self.day, acquiring, self.brands, self.square, self.crowd, self.books)
        self.day += 1
        self.running = self.day < clock.total_days

    def live_again(self) -> None:
        """Let customers in columns live through the current day once more, as ``do("step")`` on agents does.

        It is the day that was lived last, with its messages and the pool as it was that morning.
        """
        if self.day == 0:
            return
        crowd = self.columns
        evening = crowd.members, crowd.liveliness
        crowd.members, crowd.liveliness = self._morning
        crowd.live(self.brands.messages.today)
        crowd.members, crowd.liveliness = evening

    def sampled(self) -> list[Any]:
        """The customers that the data collector follows, as far as they are still there."""
        if isinstance(self.crowd, Columns):
            return list(ColumnSet(self).only(list(self._sample)))
        return [self.crowd.customers[person] for person in self._sample if person in self.crowd.customers]

    @property
    def result(self) -> Result:
        """The books up to now: all metrics and reports are functions of it."""
        books = self.books
        tables = [table[0].copy() for table in (books.money, books.counts, books.cohorts, books.buyers)]
        for table in tables:
            table.setflags(write=False)
        return Result(self.scenario, self.strategy, self.seed_used, *tables)

    def metrics(self) -> dict[str, float | None]:
        """Every metric once the run is over; before, each is None."""
        return dict.fromkeys(METRICS) if self.running else all_of(self.result)


class _Notes(mesa.DataCollector):
    """Mesa's data collector, whose agent reporters look at the model's sample of customers only."""

    def __init__(self, model_reporters: dict[str, Any], agent_reporters: dict[str, Any] | None) -> None:
        named = {name: name for name in agent_reporters} if agent_reporters else None
        super().__init__(model_reporters=model_reporters, agent_reporters=named)

    def collect(self, model: TrafficModel) -> None:
        """Note the day; metrics are computed once, on the last one."""
        self.metrics = model.metrics()
        super().collect(model)

    def get_agent_vars_dataframe(self) -> Any:
        """What was noted of customers; without a row where nothing is noted yet, for which Mesa 3.3 makes two."""
        if not self.agent_reporters or any(self._agent_records.values()):
            return super().get_agent_vars_dataframe()
        import pandas as pd

        nobody = pd.MultiIndex.from_arrays([[], []], names=["Step", "AgentID"])
        return pd.DataFrame(columns=list(self.agent_reporters), index=nobody)

    def _record_agents(self, model: TrafficModel) -> Any:
        return super()._record_agents(SimpleNamespace(agents=model.sampled()))


def _reporters() -> dict[str, Any]:
    """What is noted every day: each account in yuan, each count and level; and all metrics on the last day."""
    accounts = {f"today_{name}_cny": partial(_money_today, account=n) for n, name in enumerate(ACCOUNTS)}
    counts = {f"today_{name}": partial(_count_today, count=n) for n, name in enumerate(COUNT_NAMES)}
    return {"seed_used": "seed_used", **{name: partial(_metric, name=name) for name in METRICS}, **accounts, **counts}


def _metric(model: TrafficModel, name: str) -> float | None:
    return model.datacollector.metrics[name]


def _money_today(model: TrafficModel, account: int) -> float:
    return float(model.books.money[0, model.day - 1, account]) / MICRO


def _count_today(model: TrafficModel, count: int) -> int:
    return int(model.books.counts[0, model.day - 1, count])


def _seed_from(rng: Any) -> int:
    """The seed that ``rng`` means: a whole number from 0 to 2**63 - 1, or a new one."""
    return int(np.random.default_rng().integers(2**31)) if rng is None else seed_of(rng)


def _assumed(scenario: Scenario | str | Path, days: int | None, users: int | None) -> Scenario:
    changes = {"clock.days": days, "market.people": users}
    return load(scenario, {key: value for key, value in changes.items() if value is not None})
