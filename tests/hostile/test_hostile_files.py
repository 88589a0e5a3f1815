"""Scenarios, changes and designs from strangers: whatever stands in them, a scenario or sentences, and soon."""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sim
from sim.assumptions.errors import ScenarioError, every_key
from sim.assumptions.loading import loads
from sim.assumptions.scenario import Scenario
from sim.batches.design import read_design
from sim.cli import main

SECONDS = 10.0
"""A refusal takes no longer, on a busy machine."""


def refused(read):
    """The sentences with which something is refused: each one line that steers no terminal, and not too long."""
    start = time.monotonic()
    with pytest.raises(ScenarioError) as error:
        read()
    assert time.monotonic() - start < SECONDS
    told = error.value.mistakes
    assert told and len(told) <= 60
    for sentence in told:
        assert sentence.isprintable() and len(sentence) < 1000 and sentence.endswith((".", "?")), sentence
        assert "Traceback" not in sentence and "pydantic" not in sentence
    return told


LAUGHS = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))

BOMBS = {
    "billion laughs": LAUGHS,
    "a mapping that is its own key": "&a {*a : 1}",
    "a list that holds itself": "market: &a [*a]",
    "ten thousand brackets": "market: " + "[" * 10_000,
    "ten thousand braces": "{a: " * 10_000,
    "nested by indentation": "".join(" " * n + f"k{n}:\n" for n in range(300)),
    "more than a megabyte": "#" + "x" * 1_000_001,
    "a hundred thousand keys": "".join(f"k{n}: 1\n" for n in range(100_000)),
    "a hundred thousand rivals": "public:\n  rivals:\n" + "  - {name: a}\n" * 60_000,
    "a key of a million letters": "a" * 900_000 + ": 1",
    "a key asked about": "? " + "a" * 5000 + "\n: 1",
    "a value of a million letters": "source: " + "x" * 900_000,
    "a number of a million digits": "market: {people: " + "9" * 900_000 + "}",
    "many documents": "---\n" * 5000,
    "merge keys": "base: &b {people: 3}\nmarket:\n  <<: *b",
    "nothing": "", "only a comment": "# x", "a number alone": "3", "a list": "[1, 2]", "null": "~",
    "tabs": "market:\n\tpeople: 3", "an end without a start": "]}", "a lone quote": '"', "a percent": "%YAML 9.9\n---\na: 1",
    "a directive of tags": "%TAG ! tag:x,2000:\n--- !y\na: 1",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_soon_and_with_sentences(name):
    assert refused(lambda: loads(BOMBS[name]))


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_as_a_design_is_refused_too(name, write):
    file = write("design.yaml", BOMBS[name])
    assert refused(lambda: read_design(file))


TAGS = [
    "!!python/object/apply:os.system ['true']", "!!python/name:os.system", "!!binary aGk=", "!!set {a}", "!!float 3",
    "!!timestamp 2001-01-01", "!include /etc/passwd", "!<tag:yaml.org,2002:int> 3", "!!python/object/new:os.system [x]",
]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("place", ["market: {place}", "market: {{people: {place}}}", "{place}: 1", "extends: {place}"])
def test_no_tag_is_obeyed(tag, place):
    assert refused(lambda: loads(place.format(place=tag)))


NO_PEOPLE = [
    "-1", "0", "-.inf", ".inf", ".nan", "1e308", "1e309", "-1e308", "1" + "0" * 30, "1" + "0" * 300, "1.5", "1e-3",
    "true", "false", "yes", "null", "~", "''", "'3'", "three", "[3]", "{a: 3}", "2001-01-01", "2001-12-14t21:59:43.10-05:00",
    "190:20:30", "0o17", "0x1F", "0b11", "1_", "_1", "1__0", "1,000", "3 000", "３", "٣", "Ⅷ", "²", "3%", "1/2", "+-3", "--3",
    "1e", "e3", "1e1e1", "3\u200b", "\u202e3", "NaN", "Infinity", "inf", "-0", "1e400", "9" * 41,
]


@pytest.mark.parametrize("value", NO_PEOPLE)
def test_what_is_no_number_of_people_is_refused_in_files_and_changes_and_designs(value):
    assert refused(lambda: loads(f"market:\n  people: {value}\n"))
    assert refused(lambda: sim.load("baseline", [f"market.people={value}"]))
    quoted = loads_value(value)
    assert refused(lambda: read_design({"scenarios": ["baseline"], "grid": {"market.people": [400_000, quoted]}}))
    assert refused(lambda: read_design({"scenarios": ["baseline"], "changes": {"market.people": quoted}}))


def loads_value(text):
    from sim.assumptions import yaml_reader

    return yaml_reader.read(f"a: {text}", "x").values["a"]


@pytest.mark.parametrize(("written", "value"), [
    ("1e3", 1000), ("1_000", 1000), ("1000.0", 1000), ("+7", 7), ("007", 7), ("0o17", None), ("1e-3", None), ("010", 10),
])
def test_numbers_mean_what_a_marketer_reads(written, value):
    """Zeros in front never mean octal; what a programmer writes in other bases is no number."""
    if value is None:
        assert refused(lambda: loads(f"market: {{people: {written}}}"))
    else:
        assert loads(f"market: {{people: {written}}}").market.people == value


ODD_FLOATS = [".inf", "-.inf", ".nan", "1e309", "-1e309", "9" * 400, "true", "'0.5'", "2001-01-01", "1:30.5", "0x1p-3", "-1e-400x"]


@pytest.mark.parametrize("key", ["market.margin_share", "brand.budget_cny_per_day", "calendar.event_cny", "content.visits_per_cny"])
@pytest.mark.parametrize("value", ODD_FLOATS)
def test_what_is_no_finite_number_is_refused_everywhere(key, value):
    assert refused(lambda: sim.load("baseline", [f"{key}={value}"]))


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 10**400, -(10**400), 1e309, True, "x", object(), b"3", {1: 2}, [1], {3}])
def test_values_from_python_are_checked_like_those_of_files(value):
    assert refused(lambda: sim.load("baseline", {"market.margin_share": value}))


TRICKS = {
    "right to left": "\u202eabc", "isolates": "\u2066abc\u2069", "zero width": "a\u200bb", "joiner": "a\u200db", "bom": "\ufeffa",
    "nul": "a\x00b", "escape": "\x1b[31m", "bell": "\x07", "lone surrogate": "a\ud800", "next line": "a\u0085b",
    "line separator": "a\u2028b", "tag letter": "\U000e0041", "private use": "\ue000", "not a letter": "\uffff",
    "combining": "a" + "\u0301" * 500, "homoglyph": "m\u0430rket", "full width": "ｍarket", "long s": "\u017f", "emoji": "🧨" * 200,
}


@pytest.mark.parametrize("name", TRICKS)
@pytest.mark.parametrize("place", ["{}: 1", "market: {{{}: 1}}", "name: '{}'", "extends: '{}'", "public: {{pricing: '{}'}}"])
def test_letters_that_deceive_are_refused_and_never_reach_the_screen(name, place):
    for sentence in refused(lambda: loads(place.format(TRICKS[name]))):
        assert not set(sentence) & set("\u202e\u2066\u2069\u200b\u200d\ufeff\x00\x1b\x07\ud800\u0085\u2028\ue000")


@pytest.mark.parametrize("name", TRICKS)
def test_letters_that_deceive_in_changes_are_refused_too(name):
    trick = TRICKS[name]
    for change in (trick, f"{trick}=1", f"market.{trick}=1", f"name={trick}", f"{trick}.a=1", f"name.{trick}=1", f"market.people={trick}"):
        assert refused(lambda change=change: sim.load("baseline", [change]))
    assert refused(lambda: sim.load("baseline", {f"name.{trick}": 1}))


def test_steps_into_an_invisible_key_are_shown_safely():
    """Found by a coverage-guided run: the key that is a single value stood in the sentence as it was written."""
    assert refused(lambda: sim.load("baseline", ["\u06dd\x1b=1", "\u06dd\x1b.rivals=2"]))


OUTSIDE = [
    "../secret.yaml", "../../etc/passwd", "/etc/passwd", "//etc/passwd", "sub/../../secret.yaml", "..", ".", "./", "~/x.yaml",
    "file:///etc/passwd", "http://127.0.0.1/x.yaml", "\\\\host\\x.yaml", "C:\\x.yaml", "secret.yaml\x00.yaml", "con", "x" * 5000,
    "/dev/zero", "/proc/self/environ", "${HOME}/x.yaml", "%2e%2e/secret.yaml", "link.yaml", "linked/secret.yaml", "loop.yaml",
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_outside_its_folder_is_extended(name, tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.yaml").write_text("question: a secret\n", encoding="utf-8")
    (inside / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (inside / "linked").symlink_to(tmp_path)
    (inside / "loop.yaml").symlink_to(inside / "loop.yaml")
    quoted = name.replace("\\", "\\\\").replace("\x00", "\\0")
    (inside / "case.yaml").write_text(f'extends: "{quoted}"\n', encoding="utf-8")
    for sentence in refused(lambda: sim.load(inside / "case.yaml")):
        assert "a secret" not in sentence and "root:" not in sentence


@pytest.mark.parametrize("special", ["/dev/null", "/proc/self/mem", ".", "/", "\x00", "a" * 300, "~", "|ls", "-"])
def test_what_is_no_file_is_refused_as_a_scenario_and_as_a_design(special):
    assert refused(lambda: sim.load(special))
    assert refused(lambda: read_design(special))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_a_pipe_that_nobody_fills_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    assert refused(lambda: sim.load(tmp_path / "pipe.yaml"))
    assert refused(lambda: read_design(tmp_path / "pipe.yaml"))


@pytest.mark.parametrize("name", ["../up", "a/b", "/var/x", "..", ".", "", "a b", "A", "x" * 61, "a\x00", "con:", "情景"])
def test_a_name_never_leads_out_of_the_results_folder(name):
    assert refused(lambda: sim.load("baseline", {"name": name}))
    assert refused(lambda: read_design({"name": name, "scenarios": ["baseline"]}))


MARKUP = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "![x](http://127.0.0.1/)", "`$(id)`"]


@pytest.mark.parametrize("markup", MARKUP)
def test_markup_is_refused_in_names_and_plain_in_sentences(markup):
    assert refused(lambda: sim.load("baseline", {"name": markup}))
    assert "." in markup or any(markup in sentence for sentence in refused(lambda: sim.load("baseline", {markup: 1})))


DESIGNS = [
    {"seeds": 10**30}, {"seeds": -1}, {"seeds": [2**63]}, {"seeds": "1..1e300"}, {"seeds": True}, {"seeds": "9..1"},
    {"grid": {"market.people": list(range(1, 2000)), "clock.days": list(range(1, 2000))}},
    {"latin_hypercube": {"points": 10**12, "vary": {"market.people": "1..2"}}},
    {"latin_hypercube": {"points": -3, "vary": {"market.people": "1..2"}}},
    {"latin_hypercube": {"points": 3, "vary": {"market.people": "nan..inf"}}},
    {"latin_hypercube": {"points": 3, "vary": {"market.margin_share": "-1e308..1e308"}}},
    {"latin_hypercube": {"points": 3, "seed": 10**40, "vary": {"market.margin_share": "0..1"}}},
    {"grid": {"name": ["a", "b"]}}, {"grid": {"public.rivals.99.name": ["a"]}}, {"grid": {"public.rivals.²": [1]}},
    {"grid": {"": [1]}}, {"grid": {"a." * 5000: [1]}}, {"list": [{"market.people": []}]}, {"list": 3}, {"changes": [1]},
    {"strategies": ["../x.py:X"]}, {"strategies": ["os:system"]}, {"strategies": ["/etc/passwd:X"]}, {"strategies": [[1]]},
    {"scenarios": ["../x.yaml"]}, {"scenarios": [3]}, {"scenarios": [{"a": 1}]}, {"scenarios": "/etc/passwd"},
    {"scenarios": ["baseline"] * 3}, {"daily": "yes"}, {"question": 3}, {"unknown\u202e": 1}, {"name": 3},
]


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: str(design)[:50])
def test_a_hostile_design_is_refused_before_any_run(design):
    assert refused(lambda: read_design({"scenarios": ["baseline"], **design}))


keys = st.sampled_from([".".join(key) for key in every_key()])
words = st.text(st.characters(codec=None), max_size=20) | st.sampled_from([
    *NO_PEOPLE, *ODD_FLOATS, *TRICKS.values(), *TAGS, "baseline", "*a", "&a x", "- ", "? ", "{", "[", "|", ">", "'", '"', "#", "%", "@", "`",
])
lines = st.builds(
    "{}{}:{}{}".format, st.integers(0, 6).map(lambda n: " " * n), keys.map(lambda key: key.rpartition(".")[2]) | words,
    st.sampled_from([" ", "", "\n  ", "\n- "]), words | st.floats().map(str) | st.integers().map(str),
)
pages = st.lists(lines | words, max_size=12).map("\n".join) | st.text(st.characters(codec=None), max_size=200)


@settings(max_examples=400, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(pages, st.sampled_from(["", "extends: baseline\n", "market:\n", "public:\n  rivals:\n"]))
def test_any_page_is_a_scenario_or_sentences(page, before):
    try:
        assert isinstance(loads(before + page), Scenario)
    except ScenarioError as error:
        assert error.mistakes
        for sentence in error.mistakes:
            assert sentence.isprintable() and len(sentence) < 1000, sentence


@settings(max_examples=300, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.builds("{}={}".format, keys | words, words | st.floats().map(str)), max_size=5))
def test_any_changes_give_a_scenario_or_sentences(changes):
    try:
        assert isinstance(sim.load("baseline", changes), Scenario)
    except ScenarioError as error:
        for sentence in error.mistakes:
            assert sentence.isprintable() and len(sentence) < 1000, sentence


@pytest.mark.parametrize("arguments", [
    ("check", "x" * 9000), ("check", "a\x00b"), ("check", "baseline", "--set", "\ud800=1"), ("explain", "\x1b[2J"),
    ("run", "baseline", "--strategy", "../../x.py:Y"), ("run", "baseline", "--strategy", "\x1b[2J"),
    ("batch", "/proc/self/mem"), ("results", "\x1b[2J"), ("results", "/proc"),
    ("run", "baseline", "--strategy", "hybrid", "--out", "/proc/nowhere"), ("calibrate", "/dev/null"), ("\x1b[2J",),
])
def test_the_command_line_ends_with_status_2_and_sentences(arguments, capsys):
    assert main(list(arguments)) == 2
    said = capsys.readouterr()
    assert said.err and "Traceback" not in said.err and "\x1b" not in said.err and not said.out


