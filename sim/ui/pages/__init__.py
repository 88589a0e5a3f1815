"""The pages, in the order of the navigation, and the bare ones that only a link leads to.

A page is a module of this package with `show(visit)`, and has a catalogue of its words, `TEXTS`, in `sim.ui.words`.
`LINK = ("job",)` in it names what it alone understands in the address.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from sim.ui.visit import Visit

IN_NAVIGATION = ("answer", "compare", "live", "what_if", "my_data", "runs", "model")
BARE = ("bet",)
"""Pages without navigation and scenario: the one on which a class enters its bets from telephones."""


def made() -> tuple[str, ...]:
    """Those of the pages that there are."""
    return tuple(name for name in (*IN_NAVIGATION, *BARE) if find_spec(f"{__name__}.{name}"))


def shown_by(name: str) -> Callable[[Visit], None]:
    """What draws a page; its module is imported when it is first shown."""
    return cast(Callable[[Visit], None], import_module(f"{__name__}.{name}").show)


def link_keys(name: str) -> tuple[str, ...]:
    """What a page alone understands in the address."""
    return tuple(getattr(import_module(f"{__name__}.{name}"), "LINK", ()))
