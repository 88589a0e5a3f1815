"""Write docs/reference/ anew from the code, so that it cannot tell otherwise: ``python docs/write_reference.py``."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import annotated_types
import click
from pydantic.fields import FieldInfo

import sim
from sim.assumptions.errors import every_key, group_of, key_of, number, parameter
from sim.assumptions.loading import load, shipped
from sim.assumptions.scenario import Expectation, Part, Scenario, unit_of
from sim.assumptions.writing import written
from sim.cli import siyu
from sim.report.glossary import TERMS
from sim.results.metrics import METRICS

FOLDER = Path(__file__).parent / "reference"
ABOUT = "Written from the code by `python docs/write_reference.py`; do not edit it by hand.\n"
BETTER = {"higher": "higher", "lower": "lower", "neither": ""}
HEADING = "| parameter | default | unit | meaning · 含义 | may be | plausible | source |"

OF_LICENCES = """\
The libraries that an installation with all extras brings, theirs included, in the versions with which the checks were
run (`constraints.txt`, written by `python docs/write_constraints.py`), and the names of their licences as their own
metadata say them. Siyu itself is under the MIT licence.
"""
OF_PARAMETERS = """\
A name ends in its unit. *May be* are the limits outside which a value is refused, *plausible* is the range that
`siyu sensitivity` varies. A field of a list, such as a rival, stands below its list's name and is written with the
item's number, counted from 0: `public.rivals.0.advertisers_count`.
"""
OF_METRICS = """\
Each is a ratio of two whole numbers taken from the ledger and the counts of a run; a few are a ratio of two such
ratios. Over several futures the numbers are summed before they are divided: a ratio of sums, never a mean of ratios.
Where nothing can be divided a metric is undefined (`None`), never 0.
"""
OF_TERMS = """\
One word for one thing, in code, scenario files, charts, tables and the app. Siyu is a simulator: it computes what
happens to a brand and its customers day by day under stated assumptions, in several possible futures, once for each
strategy. The third column names where a word stands: a parameter of a scenario, a metric, an account or a count of the
ledger, or a command.
"""
OF_SCENARIOS = """\
`siyu expect NAME` holds a scenario to the last column. The 95 % interval of the paired difference must lie wholly on
the side that is expected against the world, or the strategy, named after *than*; and it must not do so in the world in
which the mechanism is gone, named after *unless*.
"""
OF_PERFORMANCE = """\
`make bench` prints it; `make -s bench | python docs/write_performance.py MACHINE` measures on a quiet machine, which is
named in general words, and writes this page. A figure belongs to its machine. The ratios travel better: full rules
against luck alone (drawing the random numbers that every person needs, and nothing else), two threads against one,
columns against Mesa agents, a plain Mesa model and NumPy, many worlds side by side against one. A *member-day* is one
member of a pool living one day under all rules. Nothing in the tests asserts a time.
"""
OF_COMMANDS = """\
Exit status: 0 done; 1 an expectation did not hold (`siyu expect`); 2 what was given is wrong; 130 interrupted.
Every command also has `-h` or `--help`.
"""


def table(head: str, rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; bars and line breaks within a cell are kept from ending it."""
    lines = [head, "| " + " | ".join(["---"] * (head.count("|") - 1)) + " |"]
    lines += ["| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def sentence(text: str | None) -> str:
    """The first sentence of a docstring."""
    paragraph = " ".join(inspect.cleandoc(text or "").split("\n\n")[0].split())
    return re.split(r"(?<=[.?!]) (?=[A-Z`])", paragraph)[0]


def parameters() -> str:
    """Every parameter by group: default, unit, meaning in two languages, limits, plausible range, source."""
    groups: dict[str, list[tuple[str, FieldInfo]]] = {}
    for path in every_key():
        field = parameter(path)
        if field is not None and group_of(field) is None:
            groups.setdefault(key_of(path[:-1]), []).append((key_of(path), field))
    parts = ["# Parameters · 参数", "", ABOUT, OF_PARAMETERS]
    for group, fields in groups.items():
        rows = [_parameter(key, field) for key, field in fields]
        parts += [f"## {group or 'the scenario itself'}", "", _about(group), "", table(HEADING, rows)]
    return "\n".join(parts)


def _about(group: str) -> str:
    field = parameter(tuple(group.split("."))) if group else None
    part: type[Part] | None = group_of(field) if field else Scenario
    return " ".join(inspect.cleandoc((part and part.__doc__) or "").split())


def _parameter(key: str, field: FieldInfo) -> tuple[str, ...]:
    notes = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    meaning = f"{field.description or ''} · {notes.get('meaning_zh', '')}".strip(" ·")
    plausible = notes.get("plausible")
    span = " to ".join(number(float(end)) for end in plausible) if isinstance(plausible, list) else ""
    default = "" if field.is_required() else f"`{written(field.default)}`"
    return (
        f"`{key}`",
        default,
        unit_of(key.rsplit(".", 1)[-1]),
        meaning,
        _limits(field),
        span,
        str(notes.get("source", "")),
    )


def _limits(field: FieldInfo) -> str:
    """What the scenario's model accepts, in words."""
    said = {annotated_types.Ge: "at least", annotated_types.Gt: "above", annotated_types.Le: "at most"}
    found = [
        (kind, getattr(limit, sign))
        for limit in field.metadata
        for kind, sign in ((annotated_types.Ge, "ge"), (annotated_types.Gt, "gt"), (annotated_types.Le, "le"))
        if isinstance(limit, kind)
    ]
    return ", ".join(f"{said[kind]} {number(float(value))}" for kind, value in found)


def metrics() -> str:
    """Every metric with its definition."""
    head = "| metric | English | 中文 | unit | better | definition | 定义 |"
    rows = (
        (
            f"`{m.name}`",
            m.label_en,
            m.label_zh,
            f"{m.unit} · {m.unit_zh}",
            BETTER[m.better],
            m.definition_en,
            m.definition_zh,
        )
        for m in METRICS.values()
    )
    return f"# Metrics · 指标\n\n{ABOUT}\n{OF_METRICS}\n{table(head, rows)}"


def commands() -> str:
    """The help of every command, as the command line itself prints it at a width of 100."""
    rows = ((f"`siyu {name}`", sentence(siyu.commands[name].help)) for name in sorted(siyu.commands))
    parts = ["# Commands", "", ABOUT, OF_COMMANDS, table("| command | what it does |", rows)]
    for name in sorted(siyu.commands):
        parts += [f"## siyu {name}", "", "```", _help(siyu.commands[name], f"siyu {name}"), "```", ""]
    return "\n".join(parts)


def _help(command: click.Command, name: str) -> str:
    """A command's help without the line on help itself, whose wording hangs on who asked first."""
    context = click.Context(command, info_name=name, terminal_width=100, max_content_width=100)
    lines = command.get_help(context).splitlines()
    return "\n".join(line for line in lines if not line.endswith("Show this message and exit."))


def scenarios() -> str:
    """The scenarios that ship: question in two languages, source, and what each expects of itself."""
    head = "| name | question · 问题 | source | expects |"
    found = [(name, load(name)) for name in sorted(shipped())]
    rows = (
        (f"`{name}`", f"{s.question} · {s.question_zh}", s.source, "; ".join(map(_expectation, s.expect)))
        for name, s in found
    )
    return f"# Scenarios · 情景库\n\n{ABOUT}\n{OF_SCENARIOS}\n{table(head, rows)}"


def _expectation(each: Expectation) -> str:
    wanted = f"`{each.strategy}`: `{each.metric}` {each.direction} than with {_codes(each.than)}"
    return f"{wanted}, unless {_codes(each.unless)}"


def _codes(texts: Iterable[str]) -> str:
    return ", ".join(f"`{text}`" for text in texts)


def python() -> str:
    """Every public name, with its signature and the first sentence of its docstring."""
    head = "| name | what it is |"
    public = [name for name in sim.__all__ if not name.startswith("__")]
    rows = ((f"`{_signed(name)}`", _told(name)) for name in public)
    inner = "\n".join(f"## `sim.{name}`\n\n{table('| member | what it is |', _members(name))}" for name in _classes())
    return f"# Python\n\n{ABOUT}\n`import sim`, then:\n\n{table(head, rows)}\n{inner}"


TABLES = {"METRICS": "Every metric by its name: labels, definition in two languages, unit; see [metrics](metrics.md)."}
"""What the public names are that are no functions and no classes."""


def _told(name: str) -> str:
    return TABLES.get(name) or sentence(getattr(sim, name).__doc__)


def _signed(name: str) -> str:
    thing = getattr(sim, name)
    if not callable(thing):
        return f"sim.{name}"
    return f"sim.{name}" + ("" if inspect.isclass(thing) else f"({', '.join(inspect.signature(thing).parameters)})")


def _classes() -> list[str]:
    return [name for name in ("Batch", "Comparison", "Result", "TrafficModel") if list(_members(name))]


def _members(name: str) -> Iterator[tuple[str, str]]:
    for member, value in vars(getattr(sim, name)).items():
        told = inspect.getdoc(value) if callable(value) or isinstance(value, property) else None
        if told and not member.startswith("_"):
            takes = f" ({', '.join(list(inspect.signature(value).parameters)[1:])})" if callable(value) else ""
            yield f"`{member}`{takes}", sentence(told)


def performance() -> str:
    """The page of what ``make bench`` printed, as docs/write_performance.py keeps it."""
    kept = FOLDER / "performance.txt"
    return performance_of(kept.read_text(encoding="utf-8") if kept.exists() else "")


def performance_of(kept: str) -> str:
    """The page from a first line that names the machine, and the benchmark's table."""
    if not kept:
        return f"# Performance\n\n{OF_PERFORMANCE}\nNo machine's figures are kept for this version.\n"
    machine, *lines = kept.splitlines()
    return f"# Performance\n\n{OF_PERFORMANCE}\nMeasured on {machine.strip()}.\n\n" + "\n".join(lines) + "\n"


def licences() -> str:
    """The page of every library that an installation with all extras brings, from constraints.txt."""
    lines = (FOLDER.parents[1] / "constraints.txt").read_text(encoding="utf-8").splitlines()
    rows = [re.fullmatch(r"(\S+)==(\S+)  # (.+)", line) for line in lines if not line.startswith("#")]
    told = table("| library | version | licence |", (row.groups() for row in rows if row))
    return f"# Licences\n\n{OF_LICENCES}\n{told}"


def glossary() -> str:
    """The page of every term in English and Chinese: where it stands in Siyu and what it means."""
    heading = "| English | 中文 | in Siyu | meaning | 含义 |"
    rows = ((each.english, each.chinese, _in_code(each.where), each.meaning_en, each.meaning_zh) for each in TERMS)
    return f"# Glossary · 术语表\n\n{ABOUT}\n{OF_TERMS}\n{table(heading, rows)}"


def _in_code(where: str) -> str:
    """Names as code; words as they are."""
    return where if not where or where.startswith("the ") else ", ".join(f"`{name}`" for name in where.split(", "))


PAGES: dict[str, Callable[[], str]] = {
    "../glossary.md": glossary,
    "parameters.md": parameters,
    "metrics.md": metrics,
    "commands.md": commands,
    "scenarios.md": scenarios,
    "python.md": python,
    "performance.md": performance,
    "licences.md": licences,
}
"""The pages of the reference and what writes each."""


def main() -> None:
    """Write every page."""
    FOLDER.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page().rstrip("\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
