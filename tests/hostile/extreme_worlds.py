"""Scenarios at the edges of what `siyu check` accepts: every parameter may stand at its limits, in a small world."""

from __future__ import annotations

from typing import Any, get_args, get_origin

from hypothesis import strategies as st
from pydantic.fields import FieldInfo

from sim.assumptions.errors import every_key, group_of, parameter
from sim.assumptions.scenario import TAGS

SMALL: dict[str, Any] = {
    "clock.warm_up_days": 3, "clock.days": 25, "clock.run_out_days": 8, "market.people": 1500,
    "public.clicks_offered_per_day": 3000.0, "public.sampled_auctions_count": 16, "brand.budget_cny_per_day": 300.0,
    "market.starting_customers": ({"day": 0, "people": 60, "in_pool": True}, {"day": 2, "people": 20, "in_pool": False}),
    "visitors.passers_by_per_day": 40.0, "word_of_mouth.neighbours_count": 20,
}
"""A world that lives within milliseconds, with members, outsiders and visitors from its first days."""

SIZES = {
    "clock.warm_up_days": (0, 1, 8), "clock.days": (1, 2, 25, 45), "clock.run_out_days": (0, 1, 20),
    "market.people": (1, 2, 3, 150, 1500, 20_000), "public.clicks_offered_per_day": (1e-6, 1.0, 300.0, 30_000.0),
    "public.sampled_auctions_count": (16, 17), "visitors.passers_by_per_day": (0.0, 1e-9, 10_000.0),
    "word_of_mouth.neighbours_count": (2, 3, 10_000),
}
"""Values of the parameters that say how much work there is: the limits themselves would take hours."""

TINY = 1e-9
"""Stands for the limit of what must be above 0."""

UNTRIED = ("prior", "evidence", "name", "question", "source", "expect", "public.rivals.name", "public.festivals.name")
"""Texts and expectations: they change nothing in a run."""

LISTED = ("public.rivals", "public.festivals", "market.starting_customers", "platform.events", "pool.channels",
          "door.entrances")
"""Lists of groups."""


def limit(field: FieldInfo, *names: str) -> Any:
    found = [getattr(rule, name) for rule in field.metadata for name in names if getattr(rule, name, None) is not None]
    return found[0] if found else None


def values_of(key: str) -> st.SearchStrategy[Any]:
    """A parameter's limits, its plausible range, its default, and anything between its limits."""
    field = parameter(tuple(key.split(".")))
    if key in SIZES:
        return st.sampled_from(SIZES[key])
    kinds = [kind for kind in get_args(field.annotation) if kind is not type(None)] or [field.annotation]
    if field.annotation is bool:
        return st.booleans()
    if get_origin(field.annotation) is not None and all(isinstance(kind, str) for kind in kinds):
        return st.sampled_from(kinds)
    least, above, most = limit(field, "ge"), limit(field, "gt"), limit(field, "le")
    low = least if least is not None else TINY
    if int in kinds:
        return st.sampled_from([low, min(low + 1, most), most]) | st.integers(low, min(most, low + 60))
    edges = [float(low), float(most), *((field.json_schema_extra or {}).get("plausible") or [])]
    assert above in {None, 0}, key
    found = st.sampled_from([float(edge) for edge in edges]) | st.floats(float(low), float(most))
    return found | st.none() if type(None) in get_args(field.annotation) else found


def _group(key: str, **known: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    fields = group_of(parameter(tuple(key.split(".")))).model_fields
    return st.fixed_dictionaries({name: known[name] if name in known else values_of(f"{key}.{name}") for name in fields})


def _tuples(items: st.SearchStrategy[Any], least: int, most: int) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, min_size=least, max_size=most).map(tuple)


shares = st.floats(1e-6, 1.0) | st.sampled_from([1e-6, 1.0])

LISTS: dict[str, st.SearchStrategy[Any]] = {
    "public.rivals": _tuples(
        _group("public.rivals", name=st.just("rival"), advertisers_count=st.sampled_from([0, 1, 2, 40, 100_000])), 1, 4,
    ),
    "public.festivals": _tuples(_group("public.festivals", name=st.just("feast")), 0, 4),
    "public.slot_click_shares": _tuples(shares, 1, 8),
    "market.starting_customers": _tuples(
        _group("market.starting_customers", day=st.integers(0, 60), people=st.sampled_from([0, 1, 400, 30_000])), 0, 4,
    ),
    "market.season_factors": st.sampled_from([(0.0,) * 12, (0.0, 3.0) * 6, (100.0,) * 12, (100.0,) + (0.0,) * 11]),
    "platform.events": _tuples(_group("platform.events", day=st.integers(0, 40)), 0, 6),
    "pool.channels": _tuples(_group("pool.channels"), 0, 7),
    "door.entrances": _tuples(_group("door.entrances", name=st.just("door")), 0, 4),
    "tags.coupons_for": _tuples(st.sampled_from(TAGS), 0, 5),
    "calendar.onboarding_days": _tuples(st.integers(0, 52), 0, 53),
}

KEYS = tuple(
    key for key in map(".".join, every_key())
    if not key.startswith(UNTRIED) and group_of(parameter(tuple(key.split(".")))) is None
    and not key.startswith(tuple(f"{name}." for name in LISTED))
) + LISTED
"""Every parameter that can change a run; lists as a whole."""


def at_limits(keys: tuple[str, ...] = KEYS, least: int = 1, most: int = 25) -> st.SearchStrategy[dict[str, Any]]:
    """A small world in which some of those parameters stand anywhere within what is allowed, mostly at the ends."""
    chosen = st.lists(st.sampled_from(keys), min_size=least, max_size=most, unique=True)
    drawn = chosen.flatmap(lambda keys: st.fixed_dictionaries({key: LISTS[key] if key in LISTS else values_of(key) for key in keys}))
    return drawn.map(lambda changes: {**SMALL, **changes})
