"""Everything that may be wrong with a scenario is said in Chinese too, wholly, with the same names and numbers."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from damaged_files import damaged
from hypothesis import given, settings

from sim.assumptions.errors import ScenarioError, every_key
from sim.assumptions.loading import load, loads, traced
from sim.assumptions.priors import priors_of
from sim.assumptions.scenario import UNITS
from sim.results.metrics import METRICS
from sim.results.metrics.evidence import refuse_unknown_metrics
from sim.ui import mistakes_of_scenarios as tables
from sim.ui.mistakes import in_chinese, mistake_in_chinese, told

CHINESE = re.compile("[\u4e00-\u9fff]")
QUOTED = "程序的原话"
WRONG = ("", "[1, 2]", "[]", "{days: 3}", "-1e300", "1e300", "0.5", "abc", "no", "'3'", "45%", "'1,000'", "40", "'" + "y" * 400 + "'", ".nan")
TEXTS = (
    "a: [b", "clock:\n\tdays: 1", "name: \x00", "", "- 1", "[" * 50, "? [a]\n: 1", "name: &a x", "name: *a", "name: a\n---\nname: b",
    "name: !!python/object/apply:os.system [ls]", "name: a\nname: b", "x" * 1_000_001, "name: \ud800", "\"\\ud800\": 1", "publik: {}",
    "zzz: 1", "clock: {day_s: 3}", "public: {pricing: secondprice}", "extends: [a, b]", "extends: baselin", "extends: no_such_thing_at_all", "market: 3",
    "public: {rivals: [{advertisers_count: 1}]}", "public: {rivals: [{name: a}]}", "public: {rivals: [5]}", "public: {rivals: []}",
    "public: {rivals: [{name: a, advertisers_count: 1, budget_clicks_per_day: x}]}", "market: {season_factors: [1, 2]}",
    "market: {people: 1_000_000_000, order_value_cny: 90_000}\nclock: {days: 3650}",
    "content: {seeding_cny_per_day: 1e6, visits_per_cny: 1000}", "public: {value_growth_share_per_year: 9, start_click_price_cny: 900}\nclock: {days: 3650}",
    "".join(f"key{i}: 1\n" for i in range(60)), "question: 'rock, but rock and roll; write it'\npublic: {pricing: 'rock, but rock and roll; write it'}",
)
DOUBTS = (*tuple(f"{{prior: {{{each}}}}}" for each in ("known: [market.margin_shar, brand.gift_cny, clock.days, qqqq.zz]", "ranges: [{key: pool.capture_levl, low: 1, high: 2}]", "ranges: [{key: market.season_factors, low: 1, high: 2}]", "ranges: [{key: market.people, low: 1}]", "ranges: [{key: market.people, high: 1}]", "ranges: [{key: market.people, low: 3, high: 2}]", "ranges: [{key: market.margin_share, low: 0.2, high: 3}]", "ranges: [{key: market.order_value_cny, low: 0, high: 3}]", "ranges: [{key: market.margin_share, low: 0, high: 0.3, shape: lognormal}]", "ranges: [{key: market.margin_share, low: 0, high: 0.3, shape: logit_normal}]", "ranges: [{key: market.people, low: 1, high: 2, shape: uniform, mode: 2}]", "ranges: [{key: market.people, low: 10, high: 20, mode: 30}]", "tables: [{name: a, keys: [market.people], rows: [[1, 2]]}]", "ranges: [{key: market.people, low: 1, high: 2}, {key: market.people, low: 1, high: 2}]", "structures: [{name: b, alternatives: [{chance: 0.7, changes: [switchs.fatigue=false]}, {chance: 0.6, changes: [switches.fatigue=maybe]}]}]")), "evidence: [{metric: roi}]", "evidence: [{metric: roi, low: 3, high: 2}]", "evidence: [{metric: roi, low: 1, than: [nothing.at_all=3]}]")
METRICS_OF_EVIDENCE = ("repurchase_shar", "qqqqqqqqq", "members_own_effect")
CHANGES = (
    "clock.days", "=3", "public.rivals.3.name=x", "clock.days.x=3", "clock.days=[1", "platform.events.0.day=3",
    "public.first_order_chance=3",
)
WRITTEN = set(re.findall(r"\w+", " ".join(text[:300] for text in (*TEXTS, *DOUBTS, *METRICS_OF_EVIDENCE, *CHANGES, *WRONG)))) | {"tag", "org", "key"}
LEFT_IN_ENGLISH = {"pert", "uniform", "lognormal", "logit_normal", "mode", "nan", "null", "true", "false", "extends", "siyu", "explain", "scenarios", "baseline", "yaml", "utf", "set", "my_case"}


def mistakes_of(text, changes=()):
    try:
        loads(text, "my.yaml", changes)
    except ScenarioError as error:
        return error.mistakes
    return []


def walk():
    """Every parameter with each kind of wrong value, every kind of broken text, and changes that lead nowhere."""
    for path in every_key():
        if path[0] in {"expect"} or path[:2] in {("public", "rivals"), ("public", "festivals"), ("pool", "channels"), ("platform", "events"), ("market", "starting_customers")}:
            continue
        before = "".join(f"{'  ' * depth}{step}:\n" for depth, step in enumerate(path[:-1]))
        for value in WRONG:
            yield from mistakes_of(f"{before}{'  ' * (len(path) - 1)}{path[-1]}: {value}\n")
    yield from mistakes_of("", {"\ud800": 1})
    for text in (*TEXTS, *DOUBTS):
        yield from mistakes_of(text)
    for metric in METRICS_OF_EVIDENCE:
        with pytest.raises(ScenarioError) as caught:
            refuse_unknown_metrics(traced("baseline", {"evidence": ({"metric": metric, "low": 1.0},)}))
        yield from caught.value.mistakes
    for change in CHANGES:
        yield from mistakes_of("extends: baseline\n", [change])


@pytest.fixture(scope="module")
def all_told():
    told_so_far = list(walk())
    assert len(told_so_far) > 1000
    return told_so_far


def words_left_in_english(chinese, english):
    """English words in a Chinese sentence that are neither names of parameters nor what the visitor has written."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"|`[^`]*`', "", chinese)
    names = {step for path in every_key() for step in map(str, path)} | WRITTEN | set(METRICS)
    return [word for word in re.findall(r"[A-Za-z_]{3,}", bare) if word.lower() not in LEFT_IN_ENGLISH and word not in names and "one of" not in english]


def test_every_mistake_of_a_scenario_is_told_in_chinese_with_the_same_names_and_numbers(all_told):
    for english in all_told:
        chinese = mistake_in_chinese(english)
        assert QUOTED not in chinese, english
        assert CHINESE.search(chinese) and chinese.endswith(("。", "？")) and not chinese.endswith("？。")
        assert words_left_in_english(chinese, english) == [], (english, chinese)
        numbers = re.findall(r"\d[\d_.]*\d|\d", english)
        assert not Counter(numbers) - Counter(re.findall(r"\d[\d_.]*\d|\d", chinese)) or "cannot be read" in english, (english, chinese)


def test_every_mistake_is_a_kind_of_its_own_and_no_table_holds_what_is_never_said(all_told, tmp_path):
    (tmp_path / "gbk.yaml").write_bytes("name: 私域".encode("gbk"))
    for n in range(12):
        (tmp_path / f"f{n}.yaml").write_text(f"extends: f{n - 1}.yaml\n" if n else "extends: f0.yaml\n", encoding="utf-8")
    (tmp_path / "out.yaml").write_text("extends: ../out.yaml\n", encoding="utf-8")
    (tmp_path.parent / "out.yaml").write_text("name: out\n", encoding="utf-8")
    (tmp_path / "empty.csv").write_text("market.people\n", encoding="utf-8")
    more = [_refused(tmp_path / name) for name in ("gbk.yaml", "f0.yaml", "f11.yaml", "out.yaml")] + [_refused("baselin"), _refused("qqqq")]
    more += [_refused("baseline", priors_of, tmp_path / name) for name in ("empty.csv", "none.yaml")]
    assert [QUOTED in mistake_in_chinese(each) for each in more] == [False] * 8, more
    said = "".join(mistake_in_chinese(each) for each in (*all_told, *more))
    for english, chinese in {**tables.TEXT, **tables.EXTENDS, **tables.PARAMETERS, **tables.ALLOWED, **tables.LIMITS, **tables.REMEDIES}.items():
        if english in NEVER_MET:
            continue
        parts = [re.escape(part) for part in re.split(r"\{\w+\}", chinese)]
        assert re.search(".+?".join(parts), said, re.DOTALL), english


NEVER_MET = {
    "it cannot be read ({reason}); check that you may read it",  # who runs the tests may read everything
}


def _refused(source, reader=load, *more):
    with pytest.raises(ScenarioError) as caught:
        reader(source, *more)
    return caught.value.mistakes[0]


def test_a_sentence_reads_as_a_practitioner_would_write_it():
    found = mistakes_of("extends: baseline\npublic:\n  first_order_chance: 3\n  pricing: secondprice\nmarket: {people: '1,000'}\nclok: {}\n")
    assert in_chinese(ScenarioError(found)).splitlines() == [
        "my.yaml 第 3 行：public.first_order_chance 的值是 3，而概率应在 0 与 1 之间；3% 请写成 0.03。",
        'my.yaml 第 4 行：public.pricing 的值是 "secondprice"，而它只能是 second_price, first_price, vickrey 之一；是否指 second_price？',
        'my.yaml 第 5 行：market.people 的值是 "1,000"，而它应是 1 至 1_100_000_000 的整数（人）；请写 1_000。',
        "my.yaml 第 6 行：没有参数 clok；是否指 clock？",
    ]


def test_what_the_visitor_has_written_stays_as_it_was_written():
    (found,) = mistakes_of('public: {pricing: "date and amount, but exit; did you mean need?"}')
    assert '"date and amount, but exit; did you mean need?"' in mistake_in_chinese(found)
    assert mistake_in_chinese("date and amount.yaml, line 3: clock is 3, but it is a group of parameters; write them below it, "
                              "indented, or remove the line.").startswith("date and amount.yaml 第 3 行：clock 的值是 3，")


def test_the_same_error_is_told_in_either_language():
    error = ScenarioError(["changes: there is no publik; did you mean public?"])
    assert told(error, "en") == "changes: there is no publik; did you mean public?"
    assert told(error, "zh") == "改动：没有参数 publik；是否指 public？"


def test_every_unit_has_its_words_in_a_sentence():
    assert {unit.replace(" (", "; ").removesuffix(")") for unit in UNITS.values()} == set(tables.MEASURES)


@settings(max_examples=60, deadline=None)
@given(damaged)
def test_whatever_is_done_to_the_baseline_is_told_in_chinese(text):
    for each in mistakes_of(text):
        assert QUOTED not in mistake_in_chinese(each), each
