"""Points of a design: what varies, as a grid, as a Latin hypercube and as a list, crossed with one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Any, get_args

import numpy as np
from pydantic.fields import FieldInfo

from sim.assumptions.errors import Path as Key
from sim.assumptions.errors import every_key, group_of, guess, key_of, number, parameter, shown
from sim.assumptions.overrides import Change
from sim.batches.reading import Reading

Point = tuple[Change, ...]
"""What is changed together in one run."""

MOST_POINTS = 100_000
SIMPLE = (bool, int, float, str, type(None))


def points_of(page: Reading) -> tuple[Point, ...]:
    """All points of a design in their order; one that changes nothing if nothing varies. Notes what is wrong."""
    before = len(page.mistakes)
    page.only(("points", "seed", "vary"), ("latin_hypercube",))
    keys = [*_grid(page), *page.group("latin_hypercube", "vary"), *dict.fromkeys(_keys_of_list(page))]
    for key in {key for key in keys if keys.count(key) > 1}:
        page.mistake((), f"{shown(key)} varies in two ways; keep it in one of grid, latin_hypercube and list")
    points = count_of_points(page)
    if points > MOST_POINTS:
        what = f"the design asks for {number(points)} points, but at most {number(MOST_POINTS)} are made"
        page.mistake((), f"{what}; vary less, or draw a Latin hypercube")
    drawn = _hypercube(page) if points <= MOST_POINTS else []
    if len(page.mistakes) > before:
        return ((),)
    grid = [tuple(changes) for changes in product(*_grid_changes(page))]
    crossed = product(grid, drawn, _list(page))
    return tuple(tuple(change for part in parts for change in part) for parts in crossed)


def count_of_points(page: Reading) -> int:
    """How many points a design asks for, before any of them is made."""
    grid = prod(max(len(values), 1) for values in page.group("grid").values() if isinstance(values, tuple))
    drawn = page.group("latin_hypercube").get("points", 1)
    listed = page.values.get("list")
    count = drawn if isinstance(drawn, int) and drawn > 0 else 1
    return grid * count * (len(listed) if isinstance(listed, tuple) and listed else 1)


def varied(page: Reading, path: Key, key: str) -> FieldInfo | None:
    """The parameter of that full key; None, and a sentence, if there is none that can vary."""
    steps = tuple(int(step) if step.isascii() and step.isdigit() else step for step in key.split("."))
    field = parameter(steps)
    if field is None or len(steps) < 2:
        keys = [key_of(each) for each in every_key() if len(each) > 1]
        near = guess(key, keys)
        hint = f"did you mean {near}?" if near else "`siyu explain baseline` lists all that there are."
        page.mistakes.append(f"{page.place(*path)}: there is no {shown(key)} that could vary; {hint}")
        return None
    if group_of(field) is not None and not isinstance(steps[-1], int):
        page.mistake(path, f"{shown(key)} is a group of parameters; vary single ones that stand in it")
        return None
    return field


def _grid(page: Reading) -> Iterator[str]:
    """The keys of the grid that are as they should be."""
    for key, values in page.group("grid").items():
        path: Key = ("grid", key)
        if varied(page, path, key) is None:
            continue
        if not isinstance(values, tuple) or not values:
            page.mistake(path, f"grid.{shown(key)} must list its values; write `{shown(key)}: [1, 2, 3]`")
        elif not all(isinstance(value, SIMPLE) for value in values) or len(set(values)) < len(values):
            page.mistake(path, f"grid.{shown(key)} must list different single values; write each once")
        yield key


def _grid_changes(page: Reading) -> list[list[Change]]:
    return [
        [Change(key, value, page.place("grid", key, n)) for n, value in enumerate(values)]
        for key, values in page.group("grid").items()
    ]


def _keys_of_list(page: Reading) -> Iterator[str]:
    """The keys that the list of points varies."""
    listed: Any = page.values.get("list", ())
    if not isinstance(listed, tuple) or not all(isinstance(each, dict) and each for each in listed):
        page.mistake(("list",), "list must hold groups of changes; write `- {brand.gift_cny: 2}` below it, one a line")
        return
    for n, changes in enumerate(listed):
        for key, value in changes.items():
            path: Key = ("list", n, key)
            if varied(page, path, key) is not None and not isinstance(value, SIMPLE):
                page.mistake(path, f"{shown(key)} must be a single value; write one number, switch or word")
            yield key


def _list(page: Reading) -> list[Point]:
    listed: Any = page.values.get("list") or ({},)
    return [
        tuple(Change(key, value, page.place("list", n, key)) for key, value in changes.items())
        for n, changes in enumerate(listed)
    ]


def _hypercube(page: Reading) -> list[Point]:
    """Points that fill the space evenly: each parameter's range is cut into as many slices as there are points, and
    each slice is visited once (McKay, Beckman & Conover 1979, Technometrics 21)."""
    group = page.group("latin_hypercube")
    if not group:
        return [()]
    ranges = _ranges(page)
    count, seed = _whole(page, "points", None, MOST_POINTS), _whole(page, "seed", 1, 2**63 - 1)
    if not ranges or count is None or seed is None:
        return [()]
    from scipy.stats import qmc

    dice = np.random.Generator(np.random.Philox(seed))
    shares = qmc.LatinHypercube(len(ranges), seed=dice).random(count)
    return [
        tuple(
            Change(key, _between(low, high, share, whole=whole), page.place("latin_hypercube", "vary", key))
            for (key, low, high, whole), share in zip(ranges, row, strict=True)
        )
        for row in shares.tolist()
    ]


def _ranges(page: Reading) -> list[tuple[str, float, float, bool]]:
    """The ranges of a Latin hypercube: key, lower end, upper end, and whether only whole numbers are meant."""
    found = []
    for key, given in page.group("latin_hypercube", "vary").items():
        path: Key = ("latin_hypercube", "vary", key)
        field, ends = varied(page, path, key), page.range_of(given)
        kinds = (field.annotation, *get_args(field.annotation)) if field else ()
        if field is not None and int not in kinds and float not in kinds:
            page.mistake(path, f"{shown(key)} is no number; vary it in a grid or a list")
        elif ends is None or ends[0] >= ends[1]:
            page.mistake(path, f"{shown(key)} must have a range, the smaller end first; write `{shown(key)}: 1..12`")
        elif field is not None:
            found.append((key, *ends, float not in kinds))
    if not page.group("latin_hypercube", "vary"):
        page.mistake(("latin_hypercube",), "latin_hypercube varies nothing; write `vary:` and below it `key: 1..12`")
    return found


def _whole(page: Reading, key: str, otherwise: int | None, most: int) -> int | None:
    given = page.group("latin_hypercube").get(key, otherwise)
    if isinstance(given, int) and not isinstance(given, bool) and 1 <= given <= most:
        return given
    sentence = f"latin_hypercube.{key} must be a whole number from 1 to {number(most)}; write `{key}: 100`"
    page.mistake(("latin_hypercube", key), sentence)
    return None


def _between(low: float, high: float, share: float, *, whole: bool) -> Any:
    """A value a share of the way; twelve digits, so that it is the same on every computer."""
    if whole:
        return int(low + share * (high - low + 1))
    return float(f"{low + share * (high - low):.12g}")
