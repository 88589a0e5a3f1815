"""Customers in columns answer as an AgentSet of objects does: the same questions to the same people."""

from __future__ import annotations

import numpy as np
import pytest
from mesa.agent import AgentSet
from test_model import SMALL

import sim
from sim.customers.customer import Customer
from sim.mesa_model.actors import Brand

NAMES = (
    "person", "need", "exit", "engagement", "tie", "fatigue", "orders", "first_day", "joined_day", "contact_day", "offer_day",
    "is_member", "is_muted", "has_exited", "kind",
)


def model_of(crowd: str) -> sim.TrafficModel:
    model = sim.TrafficModel(sim.load("baseline", {**SMALL, "pool.leave_per_seen_chance": 0.1}), "hybrid", rng=5, crowd=crowd)
    for _ in range(10):
        model.step()
    return model


@pytest.fixture
def models():
    return model_of("columns"), model_of("agents")


@pytest.fixture
def sets(models):
    columns, agents = (model.customers for model in models)
    assert isinstance(columns, AgentSet)
    return columns, agents


@pytest.mark.parametrize("name", NAMES)
def test_get_gives_the_same_values_in_the_same_order(sets, name):
    columns, agents = sets
    assert len(columns) == len(agents) > 150
    assert list(columns.get(name)) == agents.get(name)


def test_get_of_several_names_gives_a_list_a_customer(sets):
    columns, agents = sets
    assert columns.get(["person", "orders", "kind"]) == agents.get(["person", "orders", "kind"])


def test_get_of_what_nobody_has_is_refused_or_answered_by_default(sets):
    for each in sets:
        with pytest.raises(AttributeError):
            each.get("shoe_size")
        assert list(each.get("shoe_size", handle_missing="default", default_value=3)) == [3] * len(each)
    with pytest.raises(AttributeError, match="has no attribute 'shoe_size'; there are person, need"):
        sets[0].get("shoe_size")


def test_set_reaches_the_day_and_what_follows_from_it(models):
    for model in models:
        model.customers.select(lambda each: each.person % 2 == 0).set("engagement", 0.125).set("is_muted", True)
        assert sum(np.asarray(model.customers.get("is_muted"))) >= len(model.customers) // 3
        model.run_model()
    assert models[0].result.ledger_sha256 == models[1].result.ledger_sha256


def test_who_a_customer_is_cannot_be_set(sets):
    for name in ("person", "unique_id", "shoe_size"):
        with pytest.raises(AttributeError, match=f"a customer's {name} cannot be set"):
            sets[0].set(name, 1)


def test_agg_of_one_and_of_several_functions(sets):
    columns, agents = sets
    assert columns.agg("orders", max) == agents.agg("orders", max)
    assert columns.agg("fatigue", [min, max, len]) == agents.agg("fatigue", [min, max, len])


def test_select_by_a_function_a_number_a_share_and_a_type(sets):
    columns, agents = sets
    for arguments in (
        {"filter_func": lambda each: each.is_member and each.orders > 1}, {"at_most": 7}, {"at_most": 0.25},
        {"filter_func": lambda each: not each.is_member, "at_most": 3}, {"agent_type": Customer}, {"agent_type": Brand}, {},
    ):
        assert list(columns.select(**arguments).get("person")) == agents.select(**arguments).get("person"), arguments
    some = columns.select(at_most=10)
    some.select(lambda each: each.person > 100, inplace=True)
    assert 0 < len(some) < 10 and len(columns) > 150


@pytest.mark.parametrize("key", ["engagement", "is_member", "kind", lambda each: -each.orders], ids=["number", "truth", "word", "function"])
@pytest.mark.parametrize("ascending", [True, False])
def test_sort_gives_the_same_order(sets, key, ascending):
    columns, agents = sets
    assert list(columns.sort(key, ascending).get("person")) == agents.sort(key, ascending).get("person")


def test_groupby_gives_the_same_groups(sets):
    for by in ("kind", "is_member", lambda each: each.orders > 1):
        columns, agents = (each.groupby(by) for each in sets)
        assert columns.count() == agents.count() and len(columns.count()) > 1
        means = [groups.agg("engagement", np.mean) for groups in (columns, agents)]
        assert means[0].keys() == means[1].keys()
        assert list(means[0].values()) == pytest.approx(list(means[1].values()), rel=1e-6)
        assert {key: len(group) for key, group in sets[0].groupby(by, result_type="list")} == columns.count()


def test_shuffle_keeps_everybody(sets):
    columns, _ = sets
    before, mixed = columns.get("person").tolist(), columns.shuffle().get("person").tolist()
    assert sorted(before) == sorted(mixed) and before != mixed
    columns.shuffle(inplace=True)
    assert sorted(columns.get("person").tolist()) == sorted(before)


def test_iteration_gives_light_views_that_read_and_write(models):
    columns, agents = models
    views, objects = list(columns.customers), list(agents.customers)
    assert [(each.person, each.orders, each.engagement) for each in views] == [
        (each.person, each.orders, each.engagement) for each in objects
    ]
    view = views[3]
    view.tie = 0.75
    assert view.tie == 0.75 and columns.customers[3].tie == 0.75 and view in columns.customers
    assert view == columns.customers[3] and view != views[4] and len({view, columns.customers[3]}) == 1
    assert view.model is columns and view.unique_id == view.person
    assert [each.person for each in columns.customers[:2]] == [each.person for each in views[:2]]
    assert columns.customers.to_list() == views and columns.agents.to_list()[-1] == views[-1]
    with pytest.raises(AttributeError, match="has no attribute 'shoe_size'"):
        _ = view.shoe_size


def test_do_step_lives_the_day_again_as_agents_do(models):
    for model in models:
        model.customers.do("step")
        model.agents.do("step")
        model.customers.shuffle_do("step")
    for name in NAMES:
        assert sorted(models[0].customers.get(name)) == sorted(models[1].customers.get(name)), name


def test_do_and_map_take_functions_of_a_customer(sets):
    columns, agents = sets
    assert columns.map(lambda each, more: each.orders + more, 2) == agents.map(lambda each, more: each.orders + more, 2)
    told = []
    columns.select(at_most=2).do(lambda each: told.append(each.person))
    columns.select(at_most=2).shuffle_do(lambda each: told.append(each.person))
    assert sorted(told) == sorted(2 * columns.get("person")[:2].tolist())


def test_a_method_by_name_and_people_by_hand_are_refused_in_columns(models):
    columns = models[0]
    for asked in (columns.customers.map, columns.customers.do, columns.customers.select(at_most=2).do):
        with pytest.raises(AttributeError, match="Use crowd='agents' for that"):
            asked("order")
    for group in (columns.customers, columns.agents):
        for change in (group.add, group.remove, group.discard):
            with pytest.raises(TypeError, match="come and go as the model lives"):
                change(columns.customers[0])
        assert columns.customers[0] in group and "somebody" not in group
    for asked in (columns.agents.select, columns.agents.sort, columns.agents.shuffle, columns.agents.groupby):
        with pytest.raises(TypeError, match="name an agent_type"):
            asked()


def test_everybody_together_can_be_asked(models):
    columns, agents = models
    assert len(columns.agents) == len(agents.agents)
    orders = [model.agents.get("orders", handle_missing="default", default_value=0) for model in models]
    assert sum(orders[0]) == sum(orders[1])
    assert columns.agents.agg("unique_id", len) == len(columns.agents)
    assert columns.agents.map(lambda each: each.unique_id)[:2] == [each.unique_id for each in columns.agents][:2]
    columns.agents.select(agent_type=Customer).set("tie", 0.5)
    assert set(columns.customers.get("tie")) == {0.5} and columns.agents[0].model is columns
