"""The documents of record name only what exists, and leave nothing out that they promise to hold."""

from __future__ import annotations

import ast
import importlib.util
import re
import shlex
import tomllib
from pathlib import Path

import numpy as np
import pytest

from sim.assumptions.errors import ScenarioError, every_key, key_of, parameter
from sim.assumptions.loading import load, loads, shipped
from sim.assumptions.scenario import Part, Scenario
from sim.cli import siyu
from sim.kernel import luck

ROOT = Path(__file__).parents[2]
EXPLANATION = ROOT / "docs" / "explanation"
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
GROUPS = "|".join(name for name in Scenario.model_fields if isinstance(getattr(Scenario(), name), Part))

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def code_in(page: Path) -> list[str]:
    """Every piece of code in a page: `spans` and ``` blocks ```."""
    text = text_of(page)
    return [*re.findall(r"^```.*?\n(.*?)^```", text, re.S | re.M), *re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```", "", text, flags=re.S | re.M))]


def keys_in(text: str) -> set[str]:
    """Parameters' full keys in a text; files such as pool.py are none."""
    found = re.findall(rf"(?<![\w./])((?:{GROUPS})(?:\.\w+)+)", text)
    return {key for key in found if not key.endswith((".py", ".yaml", ".md"))}


def defined_in(file: Path) -> set[str]:
    """Functions, classes, methods and constants of a source file."""
    tree = ast.parse(text_of(file))
    names = {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    names |= {f"{each.name}.{inner.name}" for each in ast.walk(tree) if isinstance(each, ast.ClassDef)
              for inner in each.body if isinstance(inner, ast.FunctionDef)}
    return names


@pytest.fixture(scope="module")
def source_words() -> set[str]:
    files = [*(ROOT / "sim").rglob("*.py"), *(ROOT / "scenarios").glob("*.yaml"), ROOT / "Makefile", ROOT / "pyproject.toml"]
    return set(re.findall(r"\w+", " ".join([*map(text_of, files), *(file.stem for file in files)])))


@every_page
def test_every_file_that_a_page_names_exists(page):
    named = re.findall(r"(?<![\w/])((?:sim|tests|scenarios|docs)/[\w/]+(?:\.\w+)?/?)", " ".join(code_in(page)))
    assert [name for name in named if not (ROOT / name).exists() and not name.startswith("sim/_")] == []


@every_page
def test_every_function_that_a_page_names_stands_in_the_file_that_it_names(page):
    named = [(file, name) for file, names in re.findall(r"`(sim/[\w/]+\.py): ([\w.,\s]+)`", text_of(page))
             for name in re.split(r",\s*", names)]
    assert [(file, name) for file, name in named if name not in defined_in(ROOT / file)] == []
    assert named or page.parent != EXPLANATION or page.stem in {"calibration", "dependencies"}


@every_page
def test_every_parameter_that_a_page_names_exists(page):
    keys = keys_in("\n".join(code for code in code_in(page) if "clik_price_cny" not in code))
    paths = {key: tuple(int(step) if step.isdigit() else step for step in key.split(".")) for key in keys}
    assert [key for key, path in paths.items() if parameter(path) is None] == []


@every_page
def test_every_name_that_a_page_puts_as_code_is_a_word_of_the_sources(page, source_words):
    names = {code for code in code_in(page) if re.fullmatch(r"_?[a-z][a-z0-9]*(_[a-z0-9]+)+", code)}
    assert sorted(names - source_words) == []


@every_page
def test_every_link_to_another_page_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text_of(page))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_parameter_is_explained_in_the_description_of_the_model():
    text = text_of(EXPLANATION / "odd.md")
    items = ("public.rivals", "platform.events")
    explained = keys_in(text) | {f"{group}.{name}" for name in re.findall(r"`(\w+)`", text) for group in items}
    explained |= set(re.findall(r"`((?:expect|evidence)\.\w+)`", text))
    titles_and_groups = set(Scenario.model_fields)
    keys = {key for key in map(key_of, every_key()) if not key.startswith("market.starting_customers.")}
    assert keys - explained == titles_and_groups


def write_tables():
    spec = importlib.util.spec_from_file_location("write_tables", ROOT / "docs" / "write_tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_of_sources_are_those_of_the_scenario():
    tables = write_tables()
    assert text_of(tables.PAGE) == tables.page(), "run `python docs/write_tables.py` and commit the page"


def test_every_fitted_parameter_says_to_what_it_is_fitted_and_what_it_gives():
    tables = write_tables()
    fitted = {key for key, source in tables.sources().items() if tables.class_of(source) == "calibrated"}
    rows = re.search(r"## What is fitted to what(.*?)\n## ", text_of(tables.PAGE), re.S)[1].split("\n| ")[2:]
    assert set().union(*(keys_in(row.split(" | ")[0]) for row in rows)) == fitted


def test_every_dependency_is_accounted_for_and_no_other():
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    declared = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    names = {re.match(r"[\w-]+", each)[0].lower() for each in declared}
    tables = text_of(EXPLANATION / "dependencies.md").split("## Decided against")[0]
    assert set(re.findall(r"^\| (?:`(?:app|cluster|docs)` \| )?`([\w-]+)`", tables, re.M)) == names


def test_every_stream_of_luck_is_told():
    streams = {name for name, value in vars(luck).items() if name.isupper() and isinstance(value, int) and value < 100}
    assert set(re.findall(r"^\| `(\w+)` \|", text_of(EXPLANATION / "luck.md"), re.M)) == streams


def test_every_chinese_word_of_the_glossary_is_one_that_siyu_prints():
    printed = "".join(text_of(file) for file in (ROOT / "sim").rglob("*.py"))
    rows = re.findall(r"^\| [^|]+ \| ([^|]*[\u4e00-\u9fff][^|]*) \|", text_of(ROOT / "docs" / "glossary.md"), re.M)
    words = [word.strip() for row in rows for word in row.split("；")]
    assert len(words) > 50
    assert [word for word in words if word not in printed] == []


def test_the_words_of_the_glossary_stand_once():
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", text_of(ROOT / "docs" / "glossary.md"), re.M)
    for column in (0, 1):
        words = [row[column] for row in rows]
        assert sorted(words) == sorted(set(words))


def test_referred_customers_are_worth_sixteen_percent_more():
    market, words = Scenario().market, Scenario().word_of_mouth

    def orders(need: float, exits: float, months: float = 24.0) -> float:
        # Expected repeats of Pareto/NBD (Schmittlein, Morrison & Colombo 1987), and the first order.
        s, beta = market.exit_gamma_shape, market.exit_gamma_months / exits
        rate = need * market.need_gamma_shape / market.need_gamma_months
        return 1.0 + rate * beta / (s - 1.0) * (1.0 - (beta / (beta + months)) ** (s - 1.0))

    alone = orders(1.0, words.referred_exit_factor) / orders(1.0, 1.0) - 1.0
    both = orders(words.referred_need_factor, words.referred_exit_factor) / orders(1.0, 1.0) - 1.0
    assert np.round([alone, both], 3).tolist() == [0.038, 0.158]


def test_the_scenario_in_the_readme_loads():
    text = re.search(r"```yaml\n(.*?)```", text_of(ROOT / "README.md"), re.S)[1]
    assert loads(text, "my.yaml").public.start_click_price_cny == 4.0


def test_the_mistakes_in_the_readme_are_told_so():
    told = re.search(r"```\n(my\.yaml, line .*?)```", text_of(ROOT / "README.md"), re.S)[1].splitlines()
    text = "extends: baseline.yaml\nquestion: what?\npublic:\n  clik_price_cny: 4.0\n  first_order_chance: 3\n"
    with pytest.raises(ScenarioError) as caught:
        loads(text, "my.yaml")
    assert caught.value.mistakes == told


def test_every_command_in_the_readme_is_one():
    blocks = re.findall(r"```sh\n(.*?)```", text_of(ROOT / "README.md"), re.S)
    commands = [shlex.split(line, comments=True) for block in blocks for line in block.splitlines() if line.startswith("siyu ")]
    assert len(commands) > 5
    for _, name, *arguments in commands:
        siyu.commands[name].make_context(name, arguments)


def test_every_target_of_make_in_a_page_is_one():
    made = set(re.findall(r"^(\w+):", text_of(ROOT / "Makefile"), re.M))
    asked = {target for page in PAGES for code in code_in(page) for target in re.findall(r"(?m)^make (\w+)", code)}
    assert asked <= made
    assert {"demo", "test"} <= asked


def test_the_scenarios_in_the_readme_are_those_that_ship_with_their_questions():
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", text_of(ROOT / "README.md"), re.M))
    assert rows == {name: load(name).question for name in shipped()}


def test_the_python_in_the_readme_runs():
    text = re.search(r"```python\n(.*?)```", text_of(ROOT / "README.md"), re.S)[1]
    names: dict[str, object] = {}
    exec(text.replace("clock.days=90", "clock.days=9").replace("seeds=40", "seeds=2"), names)  # noqa: S102 - our own page
    assert names["comparison"].seeds == (1, 2)


WITH_PYTHON = ("write_a_strategy", "subclass_a_customer", "use_mesa_batch_run")


@pytest.mark.parametrize("page", [ROOT / "docs" / "how-to" / f"{name}.md" for name in WITH_PYTHON], ids=lambda page: page.stem)
def test_every_python_block_of_a_how_to_runs_one_after_the_other(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```", text_of(page), re.S | re.M)
    names: dict[str, object] = {"__name__": "__main__"}
    for block in blocks:
        exec(compile(block, str(page), "exec"), names)  # noqa: S102 - our own page
    assert len(blocks) > 1


CHINESE = ROOT / "docs" / "README.zh.md"


def said_in(page: Path, language: str) -> list[str]:
    """The lines of code in one language, without the remarks beside them."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", text_of(page), re.S | re.M)
    return [line.split("  #")[0].rstrip() for block in blocks for line in block.splitlines()]


def test_the_chinese_readme_has_the_sections_commands_and_code_of_the_english_one():
    english = ROOT / "README.md"
    for language in ("sh", "python"):
        assert said_in(CHINESE, language) == said_in(english, language)
    told = [re.search(r"```\n(my\.yaml, line .*?)```", text_of(page), re.S)[1] for page in (CHINESE, english)]
    assert told[0] == told[1]
    assert len(re.findall(r"^## ", text_of(CHINESE), re.M)) == len(re.findall(r"^## ", text_of(english), re.M))


def test_the_two_readmes_lead_to_the_same_pages():
    def leads(page: Path) -> set[Path]:
        links = re.findall(r"\]\(([^)#:\s]+)", text_of(page))
        return {(page.parent / link).resolve() for link in links if link.endswith(".md") and "README" not in link}

    assert leads(CHINESE) == leads(ROOT / "README.md")


def test_the_scenarios_in_the_chinese_readme_are_those_that_ship_with_their_questions():
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", text_of(CHINESE), re.M))
    assert rows == {name: load(name).question_zh for name in shipped()}


def test_the_chinese_readme_uses_the_words_of_the_glossary():
    for word in ("公域", "私域", "入池", "触达", "疲劳", "退出", "拉新", "付费召回", "投产比", "净利润", "回本日", "难分高下", "客单价"):
        assert word in text_of(CHINESE), word
