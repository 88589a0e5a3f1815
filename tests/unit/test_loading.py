"""Reading scenarios: what a file may say, and what it is told when it says something else."""

from __future__ import annotations

import os
import pickle
from itertools import pairwise

import numpy as np
import pytest
from damaged_files import damaged
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.assumptions import yaml_reader
from sim.assumptions.errors import ScenarioError, every_key, parameter
from sim.assumptions.explaining import explain
from sim.assumptions.loading import load, loads, shipped
from sim.assumptions.scenario import Rival, Scenario, StartingCustomers, unit_of
from sim.assumptions.writing import baseline_yaml, to_yaml

TITLES = {"name", "question", "question_zh", "source"}


def mistakes(text: str, changes=()) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        loads(text, "my.yaml", changes)
    return caught.value.mistakes


def only(text: str, changes=()) -> str:
    (sentence,) = mistakes(text, changes)
    return sentence


# The baseline, and what every parameter must say about itself.


def test_the_baseline_file_is_complete_and_equals_the_defaults(root):
    text = (root / "scenarios/baseline.yaml").read_text(encoding="utf-8")
    assert load("baseline") == Scenario(name="baseline")
    stated = {path for path in yaml_reader.read(text, "baseline.yaml").origins if not any(isinstance(s, int) for s in path)}
    # The columns of lists stand in their items, not beside each other.
    lists = {("public", "rivals"), ("public", "festivals"), ("market", "starting_customers"), ("platform", "events"), ("pool", "channels"), ("door", "entrances"), ("expect",), ("evidence",), ("prior", "ranges"), ("prior", "tables"), ("prior", "structures")}
    expected = {path for path in every_key() if path[:2] not in lists and path[:1] not in lists}
    assert stated - {()} == expected | lists


def test_the_baseline_file_is_what_make_baseline_writes(root):
    found = (root / "scenarios/baseline.yaml").read_text(encoding="utf-8")
    assert found == baseline_yaml(), "a default has changed: run `make baseline` and commit the file"


def test_every_parameter_in_the_baseline_file_has_a_comment_with_its_source(root):
    lines = (root / "scenarios/baseline.yaml").read_text(encoding="utf-8").splitlines()
    bare = [line for before, line in pairwise(lines)
            if line.startswith("  ") and line[2].isalpha() and not before.strip().startswith("#")]
    assert bare == []


@pytest.mark.parametrize("path", [path for path in every_key() if path[-1] not in TITLES], ids=".".join)
def test_every_parameter_has_a_unit_a_meaning_in_both_languages_and_a_source(path):
    field = parameter(path)
    if not field.json_schema_extra:
        assert path in {(name,) for name in Scenario.model_fields}, "only groups may be without notes"
        return
    assert field.description and not any("\u4e00" <= letter <= "\u9fff" for letter in field.description)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in field.json_schema_extra["meaning_zh"])
    assert field.json_schema_extra["source"]
    numeric = any(kind in str(field.annotation) for kind in ("int", "float")) and path[0] not in ("prior", "evidence")
    assert unit_of(path[-1]) or not numeric or path[-1] == "day", f"{path[-1]} states no unit"


# Files that extend others.


def test_a_file_states_only_what_differs_and_gets_its_name_from_the_file(write):
    scenario = load(write("Cheap Clicks!.yaml", "extends: baseline.yaml\npublic: {start_click_price_cny: 1}\n"))
    assert scenario.name == "cheap_clicks"
    assert scenario.public.start_click_price_cny == 1.0
    usual = load("baseline")
    assert scenario == usual.model_copy(update={
        "name": "cheap_clicks", "public": usual.public.model_copy(update={"start_click_price_cny": 1.0})})


def test_groups_are_merged_and_lists_replaced_along_a_chain(write):
    write("far.yaml", "extends: baseline\nclock: {days: 10, warm_up_days: 3}\npublic:\n  slot_click_shares: [1, 0.5]\n")
    write("mid.yaml", "extends: far.yaml\nclock: {days: 20}\n")
    scenario = load(write("near.yaml", "extends: mid.yaml\npublic: {slot_click_shares: [0.9]}\n"))
    assert (scenario.clock.days, scenario.clock.warm_up_days) == (20, 3)
    assert scenario.public.slot_click_shares == (0.9,)


def test_mistakes_name_the_file_of_the_chain_in_which_they_stand(write):
    write("far.yaml", "extends: baseline\nclock: {days: 0}\n")
    with pytest.raises(ScenarioError) as caught:
        load(write("near.yaml", "extends: far.yaml\n\nmarket: {peple: 3}\n"))
    first, second = sorted(caught.value.mistakes)
    assert "far.yaml, line 2: clock.days is 0, but it must be a whole number from 1 to 3_650 (days)" in first
    assert "near.yaml, line 3: there is no market.peple; did you mean market.people?" in second


def test_a_list_of_a_nearer_file_takes_the_place_of_one_with_mistakes(write):
    write("far.yaml", "extends: baseline\npublic: {slot_click_shares: [1, 2, oops]}\n")
    assert load(write("near.yaml", "extends: far.yaml\npublic: {slot_click_shares: [1]}\n")).public.slot_click_shares == (1.0,)


def test_files_that_extend_in_a_circle_are_refused(write):
    write("a.yaml", "extends: b.yaml\n")
    with pytest.raises(ScenarioError, match="goes round in a circle"):
        load(write("b.yaml", "extends: a.yaml\n"))


def test_more_than_ten_files_in_a_chain_are_refused_and_ten_are_not(write):
    write("f1.yaml", "extends: baseline\n")
    for i in range(2, 12):
        last = write(f"f{i}.yaml", f"extends: f{i - 1}.yaml\n")
    assert load(last.replace("f11", "f9")).name == "f9"
    with pytest.raises(ScenarioError, match="more than 10 files"):
        load(last)


@pytest.mark.parametrize("name", ["../secret.yaml", "inner/../../secret.yaml", "linked.yaml", "ABSOLUTE"])
def test_a_file_cannot_extend_what_lies_outside_its_folder(write, tmp_path, name):
    secret = write("secret.yaml", "clock: {days: 5}\n")
    write("folder/inner/x.yaml", "clock: {days: 6}\n")
    (tmp_path / "folder/linked.yaml").symlink_to(secret)
    mine = write("folder/my.yaml", f"extends: {secret if name == 'ABSOLUTE' else name}\n")
    with pytest.raises(ScenarioError, match=r"line 1: extends leads out of its folder"):
        load(mine)
    assert load(write("folder/fine.yaml", "extends: inner/x.yaml\n")).clock.days == 6


def test_an_uploaded_text_may_extend_shipped_scenarios_only(tmp_path, monkeypatch):
    (tmp_path / "beside.yaml").write_text("clock: {days: 5}\n")
    monkeypatch.chdir(tmp_path)
    assert loads("extends: baseline.yaml\nclock: {days: 7}\n").clock.days == 7
    assert loads("extends: baseline\n").name == "upload"
    assert "extends is beside.yaml, but there is no such scenario here" in only("extends: beside.yaml\n")


@pytest.mark.parametrize("value", ["[a, b]", "3", "", "true", "{a: b}"])
def test_extends_must_be_one_name(value):
    assert only(f"extends: {value}\n") == "my.yaml, line 1: extends must name one file; write `extends: baseline.yaml`."


# Sentences.


def test_all_mistakes_are_told_at_once_in_the_order_of_lines():
    text = """\
extends: baseline
public:
  first_order_chance: 3
  clik_price_cny: 2
  pricing: secondprice
market:
  people: 1,000
  margin_share: 45%
  season_factors: [1, 2, 3]
switches: {fatigue: no}
brand:
name: My Case
"""
    assert mistakes(text) == [
        "my.yaml, line 3: public.first_order_chance is 3, but a chance lies between 0 and 1; write 0.03 for 3 %.",
        "my.yaml, line 4: there is no public.clik_price_cny; did you mean public.start_click_price_cny?",
        'my.yaml, line 5: public.pricing is "secondprice", but it must be one of second_price, first_price, vickrey; '
        "did you mean second_price?",
        'my.yaml, line 7: market.people is "1,000", but it must be a whole number from 1 to 1_100_000_000 (people); '
        "write 1_000.",
        'my.yaml, line 8: market.margin_share is "45%", but a share lies between 0 and 1; write 0.45 for 45 %.',
        "my.yaml, line 9: market.season_factors has 3 items, but must have exactly 12 items; add or remove some.",
        'my.yaml, line 10: switches.fatigue is "no", but a switch is either true or false; write false.',
        "my.yaml, line 11: brand is empty, but it is a group of parameters; write them below it, indented, or remove "
        "the line.",
        'my.yaml, line 12: name is "My Case", but it may hold only small letters, digits and _, and at most 60 of them; '
        "write one such as my_case.",
    ]


@pytest.mark.parametrize(("text", "sentence"), [
    ("clock: {days: 1.5}", "it must be a whole number from 1 to 3_650 (days); write 2."),
    ("market: {people: .nan}", "it must be a whole number from 1 to 1_100_000_000 (people); write a number such as"),
    ("pool: {capture_level: .inf}", "it must be a number from 0 to 10 (level; dimensionless); write 10 or less."),
    ("door: {half_gift_cny: 0}", "it must be a number from 0.01 to 100_000 (yuan); write 0.01 or more"),
    ("brand: {gift_cny: '3'}", 'is "3", but it must be a number from 0 to 100_000 (yuan)'),
    ("public: {rivals: [{name: a, advertisers_count: 1, budget_clicks_per_day: x}]}", "it must be null or a number from 0.001 to 10_000_000"),
    ("public: {rivals: [{advertisers_count: 1}]}", "public.rivals.0 has no name; add `name:` and give it a name."),
    ("public: {rivals: [5]}", "public.rivals.0 is 5, but it is a group of parameters"),
    ("public: {rivals: []}", "public.rivals has 0 items, but may have from 1 to 12 items"),
    ("public: {slot_click_shares: [5e-324]}", "public.slot_click_shares.0 is 5e-324, but"),
    ("market: {season_factors: [1e300,1,1,1,1,1,1,1,1,1,1,1]}", "market.season_factors.0 is 1e300, but"),
    ("market: {season_factors: [-1,1,1,1,1,1,1,1,1,1,1,1]}", "market.season_factors.0 is -1, but"),
    ("public: {slot_click_shares: 3}", "is 3, but it is a list; write its items in brackets"),
    ("market: {season_factors: [a,1,1,1,1,1,1,1,1,1,1,1]}", 'market.season_factors.0 is "a", but it must be a number'),
    ("market: 3", "market is 3, but it is a group of parameters"),
    ("question: 3", 'question is 3, but it must be a text; put it in "quotation marks".'),
    ("question: ''", 'question is "", but it may have from 1 to 300 characters'),
    ("publik: {}", "there is no publik; did you mean public?"),
    ("door: {offer_tie_share: 1}", "there is no door.offer_tie_share; did you mean pool.offer_tie_share?"),
    ("zzz: 1", "there is no zzz; `siyu explain baseline` lists all that there are."),
])
def test_a_mistake_says_what_it_was_what_is_allowed_and_what_to_do(text, sentence):
    found = only(f"extends: baseline\n{text}\n")
    assert found.startswith("my.yaml, line 2: ")
    assert sentence in found


@pytest.mark.parametrize(("text", "sentence"), [
    ("a: [b", "line 2: this cannot be read"),
    ("clock:\n\tdays: 1", "line 2: this cannot be read"),
    ("name: \x00", "my.yaml: this cannot be read"),
    ("", "it has no `key: value` lines"),
    ("- 1", "it has no `key: value` lines"),
    ("[" * 200_000, "line 1: nested more than 12 levels deep"),
    ("{a: " * 200_000, "line 1: nested more than 12 levels deep"),
    ("? [a]\n: 1", "line 1: a list or group cannot be a key"),
    ("name: &a x", "line 1: &a is not read; write the plain value alone"),
    ("name: *a", "line 1: *a is not read; write the value out"),
    ("name: !!python/object/apply:os.system [ls]", "line 1: tag:yaml.org,2002:python/object/apply:os.system is not read"),
    ("name: a\n---\nname: b", "line 2: a second document starts here"),
    ("name: a\nname: b", "line 2: name is given a second time (first in line 1); keep one of the two"),
    ("clock: {days: 1, days: 2}", "line 1: clock.days is given a second time"),
    ("x" * 1_000_001, "my.yaml: it is larger than 1 MB"),
])
def test_text_that_no_scenario_needs_is_refused_with_a_sentence(text, sentence):
    assert sentence in mistakes(text)[0]


def test_thousands_of_mistakes_are_counted_and_not_told():
    found = mistakes("".join(f"key{i}: 1\n" for i in range(3000)))
    assert len(found) == 51
    assert found[-1] == "my.yaml: there are 2950 more mistakes."


def test_a_sentence_never_steers_a_terminal_and_never_grows_long():
    found = only('"\\e[31mred": 1\n')
    assert "\x1b" not in found and "\\u001b[31mred" in found
    assert len(only(f"{'k' * 500}: {'v' * 500}\n")) < 250


def test_files_that_cannot_be_read_are_told_apart(tmp_path):
    (tmp_path / "gbk.yaml").write_bytes("name: 私域".encode("gbk"))
    (tmp_path / "large.yaml").write_bytes(b"#" * 1_000_001)
    for name, sentence in (("gbk.yaml", "not UTF-8"), ("large.yaml", "larger than 1 MB"), ("none.yaml", "no such file")):
        with pytest.raises(ScenarioError, match=sentence):
            load(tmp_path / name)
    with pytest.raises(ScenarioError, match=r"baselin: there is no such file; did you mean baseline\?"):
        load("baselin")
    for odd in ("", "a\0b", "x" * 5000, str(tmp_path), os.devnull):
        with pytest.raises(ScenarioError, match="there is no such file"):
            load(odd)


def test_a_scenario_error_survives_the_way_between_processes():
    error = ScenarioError(["a is wrong", "b?"])
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert again.mistakes == error.mistakes == ["a is wrong.", "b?"]
    assert str(again) == "a is wrong.\nb?"


# Values.


@pytest.mark.parametrize(("text", "value"), [
    ("1e-3", 0.001), ("1_000", 1000), ("400_000.5", 400_000.5), (".5", 0.5), ("5.", 5), ("-2E3", -2000), ("+7", 7), ("010", 10),
    ("true", True), ("false", False), ("null", None), ("~", None), ("", None),
    ("yes", "yes"), ("no", "no"), ("on", "on"), ("off", "off"), ("True", "True"), ("0x1F", "0x1F"), ("1:30", "1:30"),
    ("2024-01-01", "2024-01-01"), ("1__0", "1__0"), ("_1", "_1"), ("1e", "1e"), ("٣", "٣"), (".", "."), ("-", "-"),
])  # fmt: skip
def test_plain_words_mean_what_they_look_like(text, value):
    assert yaml_reader.scalar(text) == value
    assert type(yaml_reader.scalar(text)) is type(value)


def test_quoted_words_are_texts():
    assert yaml_reader.read("a: '5'\nb: \"true\"\n", "x").values == {"a": "5", "b": "true"}


def test_a_whole_number_written_with_an_exponent_counts_days_and_people():
    assert loads("clock: {days: 1e2}\nmarket: {people: 1_000}\n").clock.days == 100


# Changes.


def test_changes_on_the_command_line_follow_the_rules_of_files():
    scenario = load("baseline", [
        "public.first_order_chance=2e-2", "switches.fatigue=false", "public.rivals.0.value_factor=2",
        "question=What pays: a, or b?", "market.season_factors=[1,1,1,1,1,1,2,2,1,1,1,1]", "clock={days: 9}",
        "public.rivals.2.budget_clicks_per_day=null",
    ])
    assert (scenario.public.first_order_chance, scenario.switches.fatigue) == (0.02, False)
    assert [rival.value_factor for rival in scenario.public.rivals] == [2.0, 1.0, 0.7]
    assert scenario.public.rivals[2].budget_clicks_per_day is None
    assert scenario.question == "What pays: a, or b?"
    assert (scenario.clock.days, scenario.clock.run_out_days) == (9, 365)
    assert scenario.market.season_factors[6] == 2.0


@pytest.mark.parametrize(("change", "sentence"), [
    ("public.first_order_chance=3", "public.first_order_chance is 3, but a chance lies between 0 and 1; write 0.03 for 3 %."),
    ("public.clik_price_cny=2", "there is no public.clik_price_cny; did you mean public.start_click_price_cny?"),
    ("publik.first_order_chance=2", "there is no publik; did you mean public?"),
    ("clock.days", "clock.days is no change; write --set key=value, as in clock.days=90."),
    ("=3", "=3 is no change; write --set key=value, as in clock.days=90."),
    ("public.rivals.3.name=x", "there is no public.rivals.3; public.rivals has 3 items, numbered from 0 to 2."),
    ("public.rivals.x.name=x", "there is no public.rivals.x; public.rivals has 3 items, numbered from 0 to 2."),
    ("clock.days.x=3", "there is no clock.days.x; clock.days is a single value."),
    ("clock.days=[1", "[1 cannot be read as a value; check its brackets and quotation marks."),
    ("clock.days=", "clock.days is empty, but it must be a whole number from 1 to 3_650 (days); write a number such as 365."),
])
def test_mistakes_in_changes_say_set_instead_of_file_and_line(change, sentence):
    assert only("extends: baseline\n", [change]) == f"--set: {sentence}"


def test_mistakes_of_the_file_and_of_changes_are_told_together():
    assert len(mistakes("clock: {days: 0}\n", ["pool.capture_level=99", "x"])) == 3


def test_changes_in_python_may_be_numbers_groups_and_numpy_numbers():
    scenario = load("baseline", {
        "clock": {"days": np.int64(30)}, "public.first_order_chance": np.float64(0.01),
        "market.starting_customers": [{"people": 40}],
    })
    assert scenario.clock.days == 30 and scenario.clock.run_out_days == 365
    assert scenario.market.starting_customers == (StartingCustomers(people=40),)
    assert load(scenario, {"clock.days": 31}).market == scenario.market
    with pytest.raises(ScenarioError, match=r"changes: clock\.days is 0, but"):
        load("baseline", {"clock.days": 0})


def test_a_loaded_scenario_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        load("baseline").clock.days = 3


# Writing and explaining.


@pytest.mark.parametrize("commented", [False, True])
def test_a_written_scenario_loads_back_equal(commented):
    odd = load("baseline", {
        "question": 'a "quoted": \\ # text\nin two lines \u2028 \U0001f600 \x7f', "source": "true", "question_zh": "~",
        "market.need_factor": 1e-5, "market.starting_customers": [{"people": 3, "in_pool": False}],
        "public.rivals": [Rival(name="null", advertisers_count=1, budget_clicks_per_day=1e6)],
    })
    assert loads(to_yaml(odd, commented=commented)) == odd


def test_explain_tells_where_each_value_was_written(write):
    file = write("mine.yaml", "extends: baseline\nclock:\n  days: 90\npublic:\n  rivals: [{name: a, advertisers_count: 4}]\n")
    rows = {row.key: row for row in explain(file, ["pool.capture_level=1"])}
    days = rows["clock.days"]
    assert (days.value, days.unit, days.baseline, days.differs) == (90, "days", 365, True)
    assert days.where == f"{file}, line 3"
    assert rows["pool.capture_level"].where == "--set"
    assert rows["public.rivals.0.value_factor"].where == f"{file}, line 5"
    assert rows["public.rivals.0.value_factor"].baseline == 1.6
    assert rows["clock.run_out_days"].where.startswith("baseline.yaml, line ")
    assert not rows["clock.run_out_days"].differs
    assert (rows["market.people"].meaning_zh, rows["market.people"].unit) == ("潜在顾客人数", "people")


def test_explain_calls_what_no_file_states_a_default(write):
    rows = {row.key: row for row in explain(write("mine.yaml", "clock: {days: 90}\n"))}
    assert rows["market.people"].where == "default"
    assert {row.where for row in explain(Scenario(name="baseline"))} == {"given"}


def test_nothing_in_the_baseline_differs_from_the_baseline():
    assert [row.key for row in explain("baseline") if row.differs] == []


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_scenario_loads_and_asks_its_question(name):
    scenario = load(name)
    assert scenario.name == name
    assert scenario.question and scenario.question_zh


# Whatever is done to the file, it loads or gives sentences.

@settings(max_examples=120, deadline=None)
@given(damaged)
def test_any_mutation_of_the_baseline_loads_or_gives_sentences(text):
    try:
        assert isinstance(loads(text), Scenario)
    except ScenarioError as error:
        assert error.mistakes
        assert all(sentence.startswith("upload.yaml") for sentence in error.mistakes)
        assert all("default" not in sentence.split(":")[0] for sentence in error.mistakes)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([*map(".".join, every_key()), "public.rivals.0", "nothing.here", ""]), VALUES)
def test_any_change_of_any_parameter_is_taken_or_refused_with_sentences(key, value):
    try:
        scenario = load("baseline", {key: value})
    except ScenarioError as error:
        assert all(sentence.startswith("changes: ") for sentence in error.mistakes)
    else:
        assert loads(to_yaml(scenario)) == scenario


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([*map(".".join, every_key())]), st.text(max_size=20))
def test_any_text_on_the_command_line_is_taken_or_refused_with_sentences(key, text):
    try:
        scenario = load("baseline", [f"{key}={text}"])
    except ScenarioError as error:
        assert all(sentence.startswith("--set: ") for sentence in error.mistakes)
    else:
        assert loads(to_yaml(scenario)) == scenario
