"""One world lived by columns and by agents: books and everybody's state, and where they part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
from made_up import Case

from sim import running
from sim.customers import columns
from sim.customers.columns import Columns
from sim.customers.customer import Customer
from sim.customers.rows import EXITED, MEMBER, Rows
from sim.kernel.ledger import ACCOUNTS, COHORT_FIELDS, COUNT_NAMES, KINDS
from sim.mesa_model import TrafficModel
from sim.mesa_model.column_set import FLAGS
from sim.results.result import Result
from sim.running import World, run_many

STATE = tuple(name for name in Rows._fields if name not in {"flags", "today", "kind"})
"""Columns that are an attribute of a customer each; what is added to rows is compared by itself."""


class Lived(NamedTuple):
    """What a world left behind: its books; person -> state; liveliness and, for agents, the brand's purse."""

    result: Result
    people: dict[int, dict[str, Any]]
    liveliness: float
    members: int


class _Watched(Columns):
    """Columns that tell their state when the last day is over."""

    seen: dict[int, tuple[dict[int, dict[str, Any]], float, int]]

    def __exit__(self, *problem: object) -> None:
        super().__exit__(*problem)
        for w, seed in enumerate(self.population.seeds.tolist()):
            self.seen[seed] = (_rows_of(self, w), float(self.liveliness[w]), int(self.members[w]))


def _rows_of(crowd: Columns, w: int) -> dict[int, dict[str, Any]]:
    rows, filled = crowd.population.rows, int(crowd.population.filled[w])
    values = {name: getattr(rows, name)[w, :filled].tolist() for name in STATE}
    values |= {name: ((rows.flags[w, :filled] & bit) != 0).tolist() for name, bit in FLAGS.items()}
    values["kind"] = [KINDS[kind] for kind in rows.kind[w, :filled]]
    here = np.flatnonzero((rows.flags[w, :filled] & (MEMBER | EXITED)) != EXITED).tolist()
    return {values["person"][i]: {name: column[i] for name, column in values.items()} for i in here}


@contextmanager
def small_slices() -> Iterator[None]:
    """Threads share the rows of small worlds too."""
    small = {"ROWS_WORTH_A_THREAD": 64, "ROWS_WORTH_THREADS": 1, "BLOCK": 128}
    with patch.multiple(columns, **small), patch.object(columns.customer_day, "BLOCK", 128):
        yield


def in_columns(worlds: Sequence[World], threads: int = 1) -> list[Lived]:
    """Worlds lived side by side; their seeds must differ."""
    watched = type("Watched", (_Watched,), {"seen": {}})
    with patch.object(running, "Columns", watched):
        results = run_many(worlds, threads=threads)
    return [Lived(result, *watched.seen[result.seed]) for result in results]


def in_agents(case: Case, customer: type[Customer] = Customer) -> Lived:
    """The same world lived by one Mesa agent a customer."""
    scenario, strategy, seed = case.world
    model = TrafficModel(scenario, strategy, rng=seed, crowd="agents", activation=case.activation, customer=customer)
    while model.running:
        model.live_a_day()
    assert model.seed_used == seed
    people = {person: _state_of(each) for person, each in model.crowd.customers.items()}
    return Lived(model.result, people, float(model.crowd.liveliness[0]), int(model.crowd.members[0]))


def _state_of(customer: Customer) -> dict[str, Any]:
    state = {name: _plain(getattr(customer, name)) for name in (*STATE, *FLAGS)}
    return {**state, "kind": customer.kind}


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def difference(agents: Lived, in_rows: Lived) -> str | None:
    """Where the two part, as a sentence; None if they are equal to the bit."""
    if agents.result.ledger_sha256 != in_rows.result.ledger_sha256:
        return _in_the_books(agents.result, in_rows.result)
    if agents.result.buyers.tolist() != in_rows.result.buyers.tolist():
        return "other numbers of people ordered in a year"
    if agents.people.keys() != in_rows.people.keys():
        return f"other people are left: {sorted(agents.people.keys() ^ in_rows.people.keys())[:5]}"
    for person, state in agents.people.items():
        for name, value in state.items():
            if value != in_rows.people[person][name]:
                return f"person {person} has {name} {value} in agents and {in_rows.people[person][name]} in columns"
    if (agents.liveliness, agents.members) != (in_rows.liveliness, in_rows.members):
        return f"the pool ends at {agents.liveliness, agents.members} in agents, {in_rows.liveliness, in_rows.members} in columns"
    return None


def _in_the_books(agents: Result, in_rows: Result) -> str:
    for what, names in (("counts", COUNT_NAMES), ("money", ACCOUNTS)):
        mine, theirs = getattr(agents, what), getattr(in_rows, what)
        for day, column in np.argwhere(mine != theirs)[:1]:
            return f"day {day}, {names[column]}: {mine[day, column]} in agents, {theirs[day, column]} in columns"
    week, kind, field = np.argwhere(agents.cohorts != in_rows.cohorts)[0]
    return f"cohort of week {week}, {KINDS[kind]}, differs in {COHORT_FIELDS[field]}"
