"""A table of things by name that says, of a name that it does not know, what there is."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TypeVar

Value = TypeVar("Value")


class Named(dict[str, Value]):
    """A dict of one kind of thing (a metric, an account); an unknown name is a KeyError with a sentence."""

    kind = "name"

    @classmethod
    def of(cls, kind: str, things: dict[str, Value]) -> Named[Value]:
        """Things of a kind, by name."""
        made = cls(things)
        made.kind = kind
        return made

    def __missing__(self, name: object) -> Value:
        raise KeyError(unknown(self.kind, name, tuple(self)))


def unknown(kind: str, name: object, known: tuple[str, ...]) -> str:
    """The sentence for a name that nothing bears: there is no metric 'rio'; did you mean roi?"""
    near = get_close_matches(str(name), known, 1, 0.5)
    advice = f"did you mean {near[0]}?" if near else f"choose from {', '.join(known)}"
    return f"there is no {kind} {name!r}; {advice}"
