"""TrafficModel as Mesa users meet it: steps, agents, data collector, both crowds alike, freed when it is over."""

from __future__ import annotations

import gc
import resource
import weakref
from pathlib import Path

import mesa
import pytest
from many_worlds import members

import sim
from sim.customers.customer import Customer
from sim.kernel.ledger import MICRO
from sim.mesa_model.actors import Advertiser, Brand, Platform
from sim.results.metrics import METRICS, all_of

SMALL = {
    "market.people": 3000, "clock.days": 12, "clock.run_out_days": 3, "brand.budget_cny_per_day": 40.0,
    "public.clicks_offered_per_day": 1000.0, "public.sampled_auctions_count": 16, "market.starting_customers": members(200),
    "market.need_gamma_months": 0.5,
}
CROWDS = ("columns", "agents")
both = pytest.mark.parametrize("crowd", CROWDS)


@pytest.fixture(scope="module")
def scenario():
    return sim.load("baseline", SMALL)


@pytest.fixture(scope="module")
def lived(scenario):
    """A model of each crowd after its last day."""
    models = {crowd: sim.TrafficModel(scenario, "hybrid", rng=7, crowd=crowd, sample=20) for crowd in CROWDS}
    for model in models.values():
        model.run_model()
    return models


@both
def test_a_model_runs_until_its_last_day_and_then_stands_still(scenario, crowd):
    model = sim.TrafficModel(scenario, "hybrid", rng=7, crowd=crowd)
    assert isinstance(model, mesa.Model) and model.running and model.day == 0
    model.step()
    assert (model.day, model.steps, model.running) == (1, 1, True)
    model.run_model()
    assert (model.day, model.running) == (15, False)
    books = model.result.ledger_sha256
    model.step()
    assert model.day == 15 and model.result.ledger_sha256 == books
    assert len(model.datacollector.get_model_vars_dataframe()) == 15


@both
def test_a_model_is_the_run_of_the_same_seed(lived, scenario, crowd):
    result = sim.run(scenario, "hybrid", 7)
    assert lived[crowd].result.ledger_sha256 == result.ledger_sha256
    assert lived[crowd].metrics() == all_of(result)
    assert sim.run(scenario, "hybrid", 7, crowd=crowd).ledger_sha256 == result.ledger_sha256


def test_the_data_collector_notes_the_same_of_both_crowds(lived):
    columns, agents = (lived[crowd].datacollector for crowd in CROWDS)
    assert columns.get_model_vars_dataframe().equals(agents.get_model_vars_dataframe())
    one, other = columns.get_agent_vars_dataframe(), agents.get_agent_vars_dataframe()
    assert list(one.columns) == list(other.columns)
    by_person = [frame.reset_index().drop(columns="AgentID").sort_values(["Step", "person"]) for frame in (one, other)]
    assert by_person[0].to_numpy().tolist() == by_person[1].to_numpy().tolist()
    assert set(one.index.get_level_values("Step")) == set(range(1, 16)) and one["person"].nunique() == 20


@both
def test_the_data_collector_holds_each_day_and_the_metrics_on_the_last(lived, crowd):
    frame, result = lived[crowd].datacollector.get_model_vars_dataframe(), lived[crowd].result
    assert frame["today_ads_new_cny"].tolist() == [amount / MICRO for amount in result.account("ads_new").tolist()]
    assert frame["today_members"].tolist() == result.count("members").tolist()
    assert frame["roi"].iloc[:-1].isna().all() and frame["roi"].iloc[-1] == all_of(result)["roi"]
    assert set(METRICS) <= set(frame.columns)


@both
def test_everybody_is_an_agent_by_type(lived, crowd):
    model = lived[crowd]
    kinds = model.agents_by_type
    assert [len(kinds[kind]) for kind in (Brand, Platform, Advertiser)] == [1, 1, 3]
    assert len(kinds[Customer]) == len(model.customers) > 150
    assert set(model.agent_types) == {Brand, Platform, Advertiser, Customer}
    assert len(model.agents) == len(list(model.agents)) == 5 + len(model.customers)
    assert next(iter(model.agents.select(agent_type=Brand))).members == model.result.count("members")[-1]


@both
def test_actors_show_what_the_books_say(lived, crowd):
    model = lived[crowd]
    (brand,), (platform,) = (list(model.agents_by_type[kind]) for kind in (Brand, Platform))
    assert brand.liveliness == pytest.approx(model.result.count("liveliness")[-1] / MICRO, abs=1e-6)
    assert platform.click_price_cny == model.result.count("click_price")[-1] / MICRO
    spent = model.result.marketing.sum() / MICRO
    on_pool = sum(model.result.account(name).sum() for name in ("staff", "join_gifts")) / MICRO
    assert brand.purse_cny == pytest.approx(15 * 40.0 - spent)
    assert brand.pool_purse_cny == pytest.approx(15 * 12.0 - on_pool)
    assert brand.bid_cny > 0 and platform.clicks_offered > 0
    assert [each.number for each in model.agents_by_type[Advertiser]] == [4, 16, 20]
    assert all(0 < each.pace <= 1 for each in model.agents_by_type[Advertiser])


@both
def test_before_the_first_day_there_are_customers_none(scenario, crowd):
    model = sim.TrafficModel(scenario, crowd=crowd)
    assert len(model.customers) == len(model.agents_by_type[Customer]) == 0 and len(model.agents) == 5
    assert model.customers.get("need") is not None and list(model.customers) == []


def test_days_users_and_files_are_taken(tmp_path):
    model = sim.TrafficModel("baseline", days=9, users=1000, rng=3)
    assert (model.scenario.clock.days, model.scenario.market.people) == (9, 1000)
    path = tmp_path / "mine.yaml"
    path.write_text("extends: baseline\nclock: {days: 4}\n", encoding="utf-8")
    assert sim.TrafficModel(path).scenario.clock.days == sim.TrafficModel(str(path)).scenario.clock.days == 4


def test_the_seed_may_be_called_rng_or_seed_and_is_told():
    assert sim.TrafficModel(rng=5).seed_used == sim.TrafficModel(seed=5).seed_used == 5
    assert sim.TrafficModel().seed_used != sim.TrafficModel().seed_used


@pytest.mark.parametrize("rng", [-1, 2**63, 1.5, True, "1"])
def test_a_seed_that_is_none_is_refused(rng):
    with pytest.raises(ValueError, match="must be a whole number from 0"):
        sim.TrafficModel(rng=rng)


def test_what_a_model_does_not_know_is_refused_in_a_sentence(scenario):
    with pytest.raises(ValueError, match="there are 'columns' and 'agents'"):
        sim.TrafficModel(scenario, crowd="rows")
    with pytest.raises(KeyError, match="there is no strategy 'hybird'"):
        sim.TrafficModel(scenario, "hybird")
    with pytest.raises(sim.ScenarioError):
        sim.TrafficModel("nowhere")
    with pytest.raises(TypeError, match="are agents, not columns"):
        _ = sim.TrafficModel(scenario, crowd="agents").columns


class Loyal(Customer):
    """Never leaves the pool."""

    def leave(self) -> None:
        """Stays."""


def test_an_overridden_method_changes_what_agents_do(scenario):
    fickle = sim.load(scenario, {"pool.base_leave_chance_per_month": 0.9})
    usual, loyal = (sim.TrafficModel(fickle, rng=7, crowd="agents", customer=kind) for kind in (Customer, Loyal))
    for model in (usual, loyal):
        model.run_model()
    assert usual.result.count("left").sum() > 20 and loyal.result.count("left").sum() == 0
    assert loyal.result.count("members")[-1] > usual.result.count("members")[-1]
    assert set(loyal.agent_types) >= {Loyal} and all(isinstance(each, Loyal) for each in loyal.customers)


def test_an_overridden_method_in_columns_is_refused_with_the_reason(scenario):
    with pytest.raises(ValueError, match=r"Loyal needs crowd='agents': the day of customers in columns is compiled"):
        sim.TrafficModel(scenario, crowd="columns", customer=Loyal)


def test_a_customer_that_shuffles_or_not_lives_the_same_life(scenario):
    shas = set()
    for activation in ("do", "shuffle_do"):
        model = sim.TrafficModel(scenario, rng=7, crowd="agents", activation=activation)
        model.run_model()
        shas.add(model.result.ledger_sha256)
    assert len(shas) == 1


def resident_megabytes() -> float:
    """What the process holds now; 0 where the system does not tell as Linux does."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text("ascii").split()[1]) * resource.getpagesize() / 1e6 if statm.exists() else 0.0


def test_two_hundred_models_of_agents_in_a_row_leave_memory_flat(scenario):
    short = sim.load(scenario, {"clock.days": 2, "clock.run_out_days": 0})
    alive, sizes = [], []
    for n in range(200):
        model = sim.TrafficModel(short, rng=n, crowd="agents", sample=5)
        model.run_model()
        alive.append(weakref.ref(model))
        del model
        if n % 50 == 49:
            gc.collect()
            sizes.append(resident_megabytes())
    assert [each for each in alive if each() is not None] == []
    assert sizes[-1] - sizes[0] < 8.0, f"{sizes} MB"


def test_before_anything_is_noted_the_table_of_customers_is_empty():
    model = sim.TrafficModel("baseline", rng=7, days=2, users=20_000, sample=5)
    before = model.datacollector.get_agent_vars_dataframe()
    assert len(before) == 0
    model.run_model()
    after = model.datacollector.get_agent_vars_dataframe()
    assert len(after) and list(after.columns) == list(before.columns) and after.index.names == before.index.names
