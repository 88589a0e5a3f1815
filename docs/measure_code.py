"""Measure the code as a house: files, lines, lengths of functions, modules that import in circles, tests per line.

``python docs/measure_code.py`` measures ``sim`` and ``tests``; other projects are compared so:
``python docs/measure_code.py path/to/package path/to/its/tests``.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import networkx as nx

LONG = 25
"""Lines from which on a function is called long, its docstring left out."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def trees_of(folder: Path) -> dict[str, ast.Module]:
    """Every module below a folder, by its dotted name; tests inside a package are left out."""
    files = [path for path in sorted(folder.rglob("*.py")) if "tests" not in path.relative_to(folder).parts]
    places = [path.relative_to(folder.parent).with_suffix("") for path in files]
    names = [".".join(place.parts).removesuffix(".__init__") for place in places]
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in zip(names, files, strict=True)}


def length(function: Function) -> int:
    """Lines of a function without its docstring."""
    said = function.body[0] if ast.get_docstring(function) is not None else None
    return function.end_lineno - function.lineno + 1 - (said.end_lineno - said.lineno + 1 if said else 0)


def functions_of(tree: ast.Module) -> Iterator[Function]:
    """Every function and method of a module."""
    yield from (node for node in ast.walk(tree) if isinstance(node, Function))


def imports_of(name: str, tree: ast.Module, known: set[str]) -> Iterator[str]:
    """The modules of the same package that a module imports anywhere, deferred and for types only too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            for each in node.names:
                whole = f"{node.module}.{each.name}"
                yield from {whole if whole in known else node.module} & known - {name}
        elif isinstance(node, ast.Import):
            yield from {each.name for each in node.names} & known - {name}


def circles_of(trees: dict[str, ast.Module]) -> list[set[str]]:
    """Groups of modules of which each imports each other one, by whatever way round."""
    graph = nx.DiGraph((name, other) for name, tree in trees.items() for other in imports_of(name, tree, set(trees)))
    return [each for each in nx.strongly_connected_components(graph) if len(each) > 1]


def lines_below(folder: Path) -> int:
    """Lines of all Python files below a folder."""
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in folder.rglob("*.py"))


def measured(package: Path, tests: Path) -> str:
    """The figures as rows of text."""
    trees = trees_of(package)
    lengths = [length(function) for tree in trees.values() for function in functions_of(tree)]
    circles, lines = circles_of(trees), lines_below(package)
    rows = {
        "files": f"{len(trees)}",
        "lines": f"{lines:,}",
        "function, median / 90th percentile": f"{median(lengths):.0f} / {quantiles(lengths, n=10)[-1]:.0f}",
        f"functions longer than {LONG} lines": f"{sum(each > LONG for each in lengths) / len(lengths):.1%}",
        "import circles (largest)": f"{len(circles)} ({max(map(len, circles), default=0)})",
        "lines of tests per line of code": f"{lines_below(tests) / lines:.2f}",
    }
    circles_told = [f"  {' <-> '.join(sorted(each))}" for each in circles]
    return "\n".join([*(f"{name:36} {value}" for name, value in rows.items()), *circles_told])


if __name__ == "__main__":
    here = Path(__file__).parents[1]
    package, tests = (Path(each) for each in sys.argv[1:]) if len(sys.argv) == 3 else (here / "sim", here / "tests")
    sys.stdout.write(measured(package.resolve(), tests.resolve()) + "\n")
